"""Makes values of the program for tests: a test names the fields that it is about, and all others have usual values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from processor import judge
from processor.model import UNKNOWN, Batch, Text
from processor.model.tables import SOLD_OUT
from processor.rulebook import Rulebook, read  # the function itself: `typed` replaces that of the module
from processor.rulebook.types import Product, Reason

RULES = Path(__file__).parent.parent / "rules.yaml"


@cache  # proving it takes half a second
def default_rules() -> Rulebook:
    return read(RULES, judge.WORDS)


def product(number: str, goods: str | None = None, agreed: str = UNKNOWN, **more: int) -> Product:
    """What the seller says of a product; `more`: return_fee, outbound_fee, free_shipping_over in won."""
    fees: dict[str, Any] = {"return_fee": None, "outbound_fee": None, "free_shipping_over": None, **more}
    return Product(product_no=number, goods=goods, agreed=agreed, **fees)


def reason(name: str, english: str, fault: str, cause: str, *labels: str, code: str = "", chosen: str = "") -> Reason:
    """A reason for a claim. `fault`: whose, whoever filed it. `chosen`: the one of the popup's seven that says the same."""
    return Reason(
        name=name,
        label=Text(name, english),
        code=code or None,
        fault_if_buyer=fault,
        fault_if_seller=fault,
        seller_chooses=chosen or None,
        offered=chosen == name,
        cause=cause,
        labels=labels,
    )


def batch(claims: pd.DataFrame, sold_out: pd.DataFrame | None = None, **more: Any) -> Batch:
    """Orders, and the entries of 품절상품; what is not named is empty."""
    parts: dict[str, Any] = {"files": (), "sheets": (), "row_problems": (), "file_problems": (), **more}
    return Batch(claims=claims, sold_out=SOLD_OUT.empty() if sold_out is None else sold_out, **parts)

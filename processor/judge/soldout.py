"""Which orders are of goods that the seller put on the list 품절상품."""

from __future__ import annotations

import pandas as pd

from processor.model import Batch, Col
from processor.rulebook.types import Reason, Rulebook

_KEYS = (Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION_CODE, Col.OPTION)


def listed(batch: Batch) -> pd.Series[bool]:
    """True where some entry fits: every field that the entry fills must equal the order's."""
    wanted: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for entry in batch.sold_out.to_dict("records"):
        filled = tuple(key for key in _KEYS if entry[key])
        wanted.setdefault(filled, set()).add(tuple(entry[key] for key in filled))
    found = pd.Series(data=False, index=batch.claims.index)
    for keys, entries in wanted.items():
        orders = zip(*(batch.claims[key].fillna("") for key in keys), strict=True)
        found |= pd.Series([order in entries for order in orders], index=batch.claims.index, dtype="bool")
    return found


def reason(book: Rulebook) -> Reason:
    """The one reason that carries cancel points."""
    return next(reason for reason in book.reasons if reason.code == "SOLD_OUT")

"""Which orders are of goods that the seller put on the list 품절상품."""

from __future__ import annotations

import pandas as pd

from processor.model import Batch, Col
from processor.rulebook.types import Reason, Rulebook

_KEYS = (Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION_CODE, Col.OPTION)


def listed(batch: Batch) -> pd.Series[bool]:
    """True where some entry fits: every field that the entry fills must equal the order's."""
    claims, entries = batch.claims, batch.sold_out
    found = pd.Series(data=False, index=claims.index)
    for filled in {tuple(bool(row[key]) for key in _KEYS) for row in entries.to_dict("records")}:
        keys = [key for key, used in zip(_KEYS, filled, strict=True) if used]
        wanted = set(entries.loc[_pattern(entries) == filled, keys].itertuples(index=False, name=None))
        rows = zip(*(claims[key].fillna("") for key in keys), strict=True)
        found |= pd.Series([row in wanted for row in rows], index=claims.index, dtype="bool")
    return found


def reason(book: Rulebook) -> Reason:
    """The one reason that carries cancel points."""
    return next(reason for reason in book.reasons if reason.code == "SOLD_OUT")


def _pattern(entries: pd.DataFrame) -> pd.Series:
    filled = [tuple(bool(value) for value in row) for row in entries[list(_KEYS)].itertuples(index=False, name=None)]
    return pd.Series(filled, index=entries.index)

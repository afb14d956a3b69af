"""Finds the orders whose goods are on the seller's list 품절상품."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

import pandas as pd

from processor.model.inputs import Batch
from processor.model.tables import SOLD_OUT, Col
from processor.model.text import space_free

NUMBERS = (Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION_CODE)
"""Every entry has at least one of these."""
_KEYS = tuple(SOLD_OUT)


def listed(batch: Batch) -> pd.Series[bool]:
    """Is there an entry that fits the order?

    All filled fields of the entry must equal those of the order (`space_free`).
    """
    found = pd.Series(data=False, index=batch.claims.index)
    for filled, entries in _wanted(batch).items():
        found |= pd.Series([order in entries for order in _orders(batch, filled)], index=found.index, dtype="bool")
    return found


def unmatched(batch: Batch) -> list[str]:
    """The entries that fit no order, as written: they may have a typing mistake."""
    known = {filled: set(_orders(batch, filled)) for filled in _wanted(batch)}
    return [
        " · ".join(entry[key] for key in _KEYS if entry[key])
        for entry in batch.sold_out.to_dict("records")
        if _key(entry) not in known[_filled(entry)]
    ]


def _wanted(batch: Batch) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """The entries, grouped by the fields that they fill."""
    wanted: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    if batch.sold_out.empty:
        return wanted
    for entry in batch.sold_out.to_dict("records"):
        wanted.setdefault(_filled(entry), set()).add(_key(entry))
    return wanted


def _orders(batch: Batch, keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    columns = (list(map(space_free, batch.claims[key].fillna(""))) for key in keys)
    return zip(*columns, strict=True)


def _filled(entry: Mapping[Hashable, str]) -> tuple[str, ...]:
    return tuple(key for key in _KEYS if entry[key])


def _key(entry: Mapping[Hashable, str]) -> tuple[str, ...]:
    return tuple(space_free(entry[key]) for key in _filled(entry))

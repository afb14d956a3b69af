"""Judges many small cases as one batch, because each call of the judge takes some tenths of a second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from test_facts import Line, batch_of

from processor.model import Batch, Col

SHARED = (Col.ORDER_NO, Col.BUNDLE_NO)
"""What makes two rows belong together. Each case is given numbers of its own."""


def apart(cases: Sequence[Sequence[Line]]) -> tuple[Batch, list[list[str]]]:
    """All lines of all cases, and the product order numbers of each case. No two cases share an order or a bundle."""
    lines = [_own(line, number) for number, case in enumerate(cases) for line in case]
    batch = batch_of(*lines)
    numbers: Iterator[str] = iter(batch.claims[Col.PRODUCT_ORDER_NO])
    return batch, [[next(numbers) for _ in case] for case in cases]


def _own(line: Line, number: int) -> Mapping[str, Any]:
    return {**line, **{role: f"{number:04}{line[role]}" for role in SHARED if line.get(role)}}

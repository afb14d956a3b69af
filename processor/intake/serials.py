"""Sheets whose dates have lost their format, so that each is the number by which Excel counts days."""

from __future__ import annotations

from collections.abc import Mapping

from processor.intake.cells import FAULTS, is_blank, serial
from processor.intake.columns import Column
from processor.model import DATE_COLUMNS


def whole_days(raw: Mapping[str, Column]) -> frozenset[str]:
    """The date columns in which a whole number is a day too, and no amount of money.

    They hold nothing but such numbers, and at least one date column of the sheet that holds nothing else has a number
    with a fraction, which is a time of day. A date written in any other way shows that the format was kept.
    """
    numbers = {role: found for role in DATE_COLUMNS & raw.keys() if (found := _serials(raw[role]))}
    timed = any(not days.is_integer() for found in numbers.values() for days in found)
    return frozenset(numbers) if timed else frozenset()


def _serials(column: Column) -> list[float]:
    """What its cells count, if all that say anything are such numbers; else none. A date ends the search."""
    found: list[float] = []
    for cell in column.still_there():
        if is_blank(cell) or cell in FAULTS:
            continue
        if (days := serial(cell)) is None:
            return []
        found.append(days)
    return found

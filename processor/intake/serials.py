"""Finds sheets whose dates lost their format, so that each date is stored as a number of days."""

from __future__ import annotations

from collections.abc import Mapping

from processor.intake.cells import FAULTS, is_blank, serial
from processor.intake.columns import Column
from processor.model import DATE_COLUMNS


def whole_days(raw: Mapping[str, Column]) -> frozenset[str]:
    """The date columns in which a whole number is a day and not an amount of money.

    Such a column has only numbers of days. And at least one column of that sort in the sheet has a number with a
    fraction, which is a time of day. A date in any other form shows that the sheet kept its date format.
    """
    numbers = {role: found for role in DATE_COLUMNS & raw.keys() if (found := _serials(raw[role]))}
    timed = any(not days.is_integer() for found in numbers.values() for days in found)
    return frozenset(numbers) if timed else frozenset()


def _serials(column: Column) -> list[float]:
    """The numbers in a column if all its cells that are not blank are numbers of days; else []."""
    found: list[float] = []
    for cell in column.still_there():
        if is_blank(cell) or cell in FAULTS:
            continue
        if (days := serial(cell)) is None:
            return []
        found.append(days)
    return found

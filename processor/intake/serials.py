"""Sheets whose dates have lost their format, so that each is the number by which Excel counts days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from processor.intake.cells import is_blank, serial
from processor.intake.columns import Column
from processor.model import DATE_COLUMNS
from processor.opener.reply import ERRORS, NOT_WORKED_OUT, Cell


def whole_days(raw: Mapping[str, Column]) -> frozenset[str]:
    """The date columns in which a whole number is a day too, and no amount of money.

    They hold nothing but such numbers, and at least one date column of the sheet that holds nothing else has a number
    with a fraction, which is a time of day. A date written in any other way shows that the format was kept.
    """
    numbers = {role: found for role in DATE_COLUMNS & raw.keys() if all(found := [*_serials(raw[role])])}
    timed = any(days is not None and not days.is_integer() for found in numbers.values() for days in found)
    return frozenset(numbers) if timed else frozenset()


def _serials(column: Column) -> Iterator[float | None]:
    """What each cell counts, where it says anything."""
    return (serial(cell) for cell in column.distinct if not _says_nothing(cell))


def _says_nothing(cell: Cell) -> bool:
    return is_blank(cell) or cell in ERRORS or cell == NOT_WORKED_OUT

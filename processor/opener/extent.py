"""Finds sheets whose cells stand so far apart that the reader of workbooks could not hold the blanks between them.

calamine makes a table of all cells from the first to the last one. 2 KB with a value in XFD1048576, Excel's last cell,
would take it half a terabyte. So a sheet of few cells over a wide range is recognised before it is loaded. One that has
about as many cells as its range is left to the bound of memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

BYTES_OF_A_CELL: Final = 32
"""What calamine needs for each cell of the range, measured with 8 million of them."""
_BYTES_OF_A_ROW: Final = 16
"""A row that is written at all takes more bytes of the sheet. If there are fewer, rows are missing."""
_ROW: Final = re.compile(rb"row\s(?:[^<>]*\s)?r=[\"']([1-9]\d{0,6})[\"']")
_FILLED: Final = re.compile(
    rb"\sr=[\"']([A-Z]{1,3})([1-9]\d{0,6})[\"'](?:[^<>]{0,200}[^<>/])?>\s{0,200}<(?:\w{1,20}:)?(?:v|is|f)[\s>]"
)
"""A cell with a value. Cells that only have a format are not in calamine's table. All repeats are short, so it is linear."""


class Scattered(NamedTuple):
    """A sheet with far fewer cells than its range."""

    corner: str  # the last cell of the range, as in XFD1048576
    cells: int  # of the range


class LastRow:
    """The number of the last row of a sheet, as far as its bytes were looked at."""

    def __init__(self) -> None:
        self.number = 0

    def look(self, xml: bytes) -> None:
        found = _ROW.match(xml, max(xml.rfind(b"row "), 0))
        if found is not None:
            self.number = max(self.number, int(found[1]))

    def is_beyond(self, length: int) -> bool:
        """Is it further down than a sheet of this many bytes could have a row for each number?"""
        return self.number * _BYTES_OF_A_ROW > length


def filled(xml: bytes) -> Iterator[tuple[int, int]]:
    """Row and column of each cell with a value, from 1."""
    for found in _FILLED.finditer(xml):
        yield int(found[2]), column_number(found[1].decode())


def scattered(places: Iterable[tuple[int, int]]) -> Scattered | None:
    """The range of these cells (row and column, from 1), if more than half of it is blank."""
    count, top, left, bottom, right = 0, 0, 0, 0, 0
    for row, column in places:
        top, left = (min(top, row), min(left, column)) if count else (row, column)
        bottom, right = max(bottom, row), max(right, column)
        count += 1
    cells = (bottom - top + 1) * (right - left + 1)
    return Scattered(f"{_letters(right)}{bottom}", cells) if count and cells > 2 * count else None


def column_number(letters: str) -> int:
    """The number of a column, from 1 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters

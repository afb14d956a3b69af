"""Reads how a sheet of an .xlsx looks: widths, heights, frozen rows and columns, and which format each cell has.

Only numbers are taken from the file, so nothing that somebody wrote into it can come along. Takes time and memory that
grow with the bytes of the sheet, whatever ranges it names. It raises ExpatError or ValueError for a damaged sheet.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from processor.opener.extent import column_number

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
_WIDEST: Final = 255  # characters, the most that Excel accepts
_TALLEST: Final = 409  # points, the most that Excel accepts
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class Appearance:
    """Rows and columns are numbered from 1, as Excel counts."""

    def __init__(self, sheet: bytes) -> None:
        self.widths: list[tuple[int, int, float]] = []  # first and last column, and the width of each in characters
        self.heights: dict[int, float] = {}  # row → points
        self.frozen = 0, 0  # the number of rows above, and of columns at the left, that stay in view
        self.formats: dict[tuple[int, int], int] = {}  # row and column → number of the cell's format
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._begin
        parser.Parse(sheet, True)

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        match element.rpartition(" ")[2]:
            case "c":
                place = _PLACE.fullmatch(attributes.get("r", ""))
                if place is not None and "s" in attributes:
                    self.formats[int(place[2]), column_number(place[1])] = int(attributes["s"])
            case "row":
                height = float(attributes.get("ht", 0))
                if 0 < height <= _TALLEST and "r" in attributes:
                    self.heights[int(attributes["r"])] = height
            case "col":
                self._widen(attributes)
            case "pane" if attributes.get("state") in ("frozen", "frozenSplit"):
                self.frozen = int(float(attributes.get("ySplit", 0))), int(float(attributes.get("xSplit", 0)))

    def _widen(self, attributes: dict[str, str]) -> None:
        """Takes the width of a range of columns that begins to the right of the last one, as Excel writes them."""
        first, last, width = int(attributes["min"]), int(attributes["max"]), float(attributes.get("width", 0))
        after = self.widths[-1][1] if self.widths else 0
        if after < first <= last <= LAST_COLUMN and 0 < width <= _WIDEST:
            self.widths.append((first, last, width))

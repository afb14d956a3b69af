"""What a correction copy is made of, as plain values: told to the process that opens files, which makes it with openpyxl.

Rows and columns are numbered from 1, as Excel counts. Heights of rows are in points, widths in characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple


class OwnSheet(NamedTuple):
    """A sheet of the seller's own file that goes back with its look, but without what it says about buyers."""

    name: str
    header_row: int
    personal: frozenset[int]  # columns about the buyer, from 0


class NewSheet(NamedTuple):
    """A sheet with copied rows alone, for a file that cannot be marked; the first row holds the headers."""

    name: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]  # of each header's column


class BadCell(NamedTuple):
    """A cell to correct: where it stands in the copy, its comment, and its line in the list of problems."""

    sheet: str
    row: int
    column: int
    comment: str
    comment_height: int  # pixels
    line: Sequence[str]  # a text for each column of the list; in that of `ProblemList.link` stands the cell's own name
    line_height: float


class ProblemList(NamedTuple):
    """The sheet in front, with a line for each bad cell."""

    name: str
    heading: str
    heading_height: float
    headers: Sequence[str]
    widths: Sequence[int]
    link: int  # the column that names the bad cell and leads to it


class Colours(NamedTuple):
    """As RRGGBB, and the name of the font."""

    font: str
    header: str
    link: str
    marked: str
    edge: str


class Correction(NamedTuple):
    """What is written over a workbook to make it a correction copy."""

    title: str
    language: str
    made_at: datetime
    colours: Colours
    bad: Sequence[BadCell]
    problems: ProblemList

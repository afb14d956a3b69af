"""The description of a correction copy as plain values. The reading process makes the copy from it with openpyxl.

Rows and columns are numbered from 1, as Excel counts. Heights of rows are in points, widths in characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple


class OwnSheet(NamedTuple):
    """A sheet of the seller's own file that is returned with its formats, but without the columns about the buyer."""

    name: str  # in the file
    title: str  # in the copy: a name that Excel accepts
    header_row: int
    personal: frozenset[int]  # columns about the buyer, from 0 for the first one that is read


class NewSheet(NamedTuple):
    """A new sheet with copied rows only, for a file that cannot be marked. The first row has the headers."""

    title: str  # a name that Excel accepts
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]  # of each column


class BadCell(NamedTuple):
    """A cell to correct: its place in the copy, its comment, and its line in the list of problems."""

    sheet: int  # number of its sheet, from 0, without the list of problems
    row: int
    column: int  # from 1 for the first one that is read
    comment: str
    comment_height: int  # pixels
    line: Sequence[str]  # a text for each column of the list; the column `ProblemList.link` has the cell's address
    line_height: float


class ProblemList(NamedTuple):
    """The first sheet of the copy, with a line for each bad cell."""

    name: str
    heading: str
    heading_height: float
    headers: Sequence[str]
    widths: Sequence[int]
    link: int  # the column with the address of the bad cell and a link to it


class Colours(NamedTuple):
    """The colours as RRGGBB, and the name of the font."""

    font: str
    header: str
    link: str
    marked: str
    edge: str


class Correction(NamedTuple):
    """Everything that is added to a workbook to make it a correction copy."""

    title: str
    language: str
    made_at: datetime
    password: str | None  # locks the copy; None = not locked
    colours: Colours
    bad: Sequence[BadCell]
    problems: ProblemList

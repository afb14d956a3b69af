"""What comes in: files, sheets, rows, and what could not be used of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from processor.model.kinds import Kind
from processor.model.tables import CLAIMS, ROWS, SOLD_OUT, Col
from processor.model.text import NOTHING, Text

if TYPE_CHECKING:  # pandas serves only as a type here, so that the nouns cost no start-up time
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    import pandas as pd


class Place(NamedTuple):
    """Where a row stands, as Excel shows it. Set once by the reader; row 0 means the whole sheet or file."""

    file: str
    sheet: str = ""
    row: int = 0


class Origin(NamedTuple):
    """The cell that a value of an order came from: its place, the header above it, and what it says ("" = blank)."""

    place: Place
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, sheet or file that could not be used: what is wrong and how to mend it. The code is stable."""

    code: str
    place: Place
    message: Text
    fix: Text
    column: str = ""
    value: str = ""
    more: tuple[Problem, ...] = ()  # of a row: its further bad cells

    @property
    def cells(self) -> tuple[Problem, ...]:
        """One for each bad cell of the row."""
        return (self, *self.more)


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file that lay in the inbox: enough to name it, to recognise it again and to put it away."""

    path: Path
    name: str  # as shown to the seller: relative to the inbox, NFC
    sha256: str
    taken_at: datetime  # the download time in its name, else the file's own time


class Repeat(NamedTuple):
    """A file that holds, to the byte, what was handled before: it is named and not read again."""

    name: str  # as it lies in the inbox now; a member of a zip as `zip/file`
    first: str  # as it was called when it was handled
    handled_at: datetime | None  # the moment of that run; None = it lies in this inbox twice

    @property
    def text(self) -> Text:
        """Why it is not read again."""
        if self.handled_at is None:
            return Text(f"'{self.first}' 파일과 똑같아 한 번만 읽었습니다.", f"The same as '{self.first}': read once.")
        when, first = f"{self.handled_at:%Y-%m-%d %H:%M}", self.first.rsplit("/", 1)[-1]
        renamed = first != self.name.rsplit("/", 1)[-1]
        return Text(
            f"{when}에 이미 처리한 파일이라 다시 읽지 않았습니다"
            + (f" (그때 이름: {self.first})." if renamed else "."),
            f"Handled at {when} already, so it was not read again"
            + (f" (then called {self.first})." if renamed else "."),
        )


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet that was recognised and read, as far as its rows are still needed to be joined with others."""

    file: str  # as shown to the seller
    name: str
    kind: Kind
    taken_at: datetime  # when the Seller Center made it, by its name, else the file's own time
    dated: bool  # does its name tell that time?
    typed: bool  # do its cells tell text from numbers? a csv's do not
    headers: Mapping[str, str]  # role of each column that was there → its header as written
    sha256: str  # of the file, or of the member of a zip
    whole: bool = True  # a list of all that its screen shows, each row with a number that could be read
    earlier: bool = False  # read by a run of an earlier day
    since: datetime | None = None  # the earliest request that it lists


@dataclass(frozen=True, eq=False)
class Evidence:
    """What was read: sheets with their rows as typed cells, answers, and files that could not be read."""

    sheets: tuple[ReadSheet, ...]
    rows: pd.DataFrame  # tables.ROWS; Mark.SHEET counts into `sheets`
    answer_rows: tuple[AnswerRow, ...] = ()  # of new files, and those that earlier runs of this day read
    lost: tuple[Problem, ...] = ()  # files and sheets that nobody could read
    unread: frozenset[str] = frozenset()  # order numbers in tables that were refused

    def __post_init__(self) -> None:
        ROWS.check(self.rows)


@dataclass(frozen=True, slots=True)
class InputSheet:
    """A sheet of an input and how many rows of it were read. What became of each is counted at the end, by `fates`."""

    file: str
    sheet: str
    kind: Kind | None  # None: not an export; nothing was read from it
    read: int = 0  # rows
    listed: int = 0  # those of them that speak of no order that could be decided: goods, sums, rows left blank
    note: Text = NOTHING
    taken_at: datetime | None = None  # when the Seller Center made it, as far as the file tells
    tables: int = 1  # one below another, each with headers of its own


class OriginalSheet(NamedTuple):
    """One sheet of an original: where its table stands, and its bad rows as they came, as text."""

    name: str
    header_row: int  # as Excel counts
    headers: tuple[str, ...]  # as the sheet writes them, from column A on
    key: int  # the column to mark where a whole row is meant
    personal: frozenset[int]  # columns about the buyer
    rows: Mapping[int, tuple[str, ...]]  # Excel's row → its cells


class Original(NamedTuple):
    """A file of which some rows could not be used: what is told of it, so that it can go back to be corrected."""

    name: str  # as shown to the seller
    taken_at: datetime
    password: str | None  # None: it was not locked
    whole: bool  # may all of it go back, and not only the rows to correct?
    sheets: tuple[OriginalSheet, ...]  # those that were read
    problems: tuple[Problem, ...]  # one for each of those rows


class AnswerRow(NamedTuple):
    """What one row of an input says in the cells that the seller fills; "" = left blank, None = no such column."""

    product_order_no: str
    place: Place
    at: datetime  # when its file was made, as far as the file tells
    workbook: str | None  # the run that wrote this workbook, by the file's name; None = another file, or renamed
    cells: dict[str, str | None]  # a name of ANSWER_COLUMNS → the cell
    action: str | None  # 조치 as it stands in a returned workbook
    run: int = 0  # the earlier run of this day that read it; 0 = this one


@dataclass(frozen=True, eq=False)
class Batch:
    """All inputs of a run: one row per product order, and what could not be one."""

    claims: pd.DataFrame  # tables.CLAIMS
    sold_out: pd.DataFrame  # tables.SOLD_OUT
    files: tuple[InputFile, ...]
    sheets: tuple[InputSheet, ...]
    row_problems: tuple[Problem, ...]
    file_problems: tuple[Problem, ...]
    answer_rows: tuple[AnswerRow, ...] = ()  # rows of inputs that have cells for answers
    contents: tuple[InputFile, ...] = ()  # what was read: the files, and for a zip its members
    repeats: tuple[Repeat, ...] = ()
    unread: frozenset[str] = frozenset()  # orders that stand in rows which became problems
    earlier: pd.DataFrame | None = None  # as `claims`: orders of which only rows of earlier days speak; None = none
    lists: tuple[ReadSheet, ...] = ()  # every sheet of an export, those of earlier days too
    new: Evidence | None = None  # what this run read, to be remembered; None = nothing
    listed: tuple[tuple[Place, ...], ...] = ()  # the rows of each order that was taken out of `claims`, newest first

    def __post_init__(self) -> None:
        CLAIMS.check(self.claims)
        SOLD_OUT.check(self.sold_out)
        if self.earlier is not None:
            CLAIMS.check(self.earlier)

    def without(self, orders: pd.Series[bool]) -> Batch:
        """The batch without these rows of `claims`: nothing is to be decided about them, so all that speaks of them is listed."""
        if not orders.any():
            return self
        listed = (*self.listed, *self.claims.loc[orders, Col.SOURCE].tolist())
        return replace(self, claims=self.claims[~orders].reset_index(drop=True), listed=listed)

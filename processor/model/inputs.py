"""The input: files, sheets and rows, and the problems of those that could not be used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from processor.model.answer_cells import TAKING_BACK
from processor.model.kinds import Kind
from processor.model.tables import CLAIMS, ROWS, SOLD_OUT, Col
from processor.model.text import NOTHING, Text

if TYPE_CHECKING:  # pandas is needed for types only; not importing it saves start-up time
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

PUT_AWAY: Final = frozenset({"done", "failed"})
"""The folders of the inbox into which a run files inputs away."""


class Place(NamedTuple):
    """The place of a row, numbered as in Excel. Row 0 means the whole sheet or file."""

    file: str
    sheet: str = ""
    row: int = 0


class Origin(NamedTuple):
    """The cell that gave a value of an order: its place, its header and its text ("" = blank)."""

    place: Place
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, sheet or file that could not be used: what is wrong and how to correct it.

    Codes do not change between versions.
    """

    code: str
    place: Place
    message: Text
    fix: Text
    column: str = ""
    value: str = ""
    more: tuple[Problem, ...] = ()  # for a row: the problems of its other bad cells

    @property
    def cells(self) -> tuple[Problem, ...]:
        """One problem for each bad cell of the row."""
        return (self, *self.more)


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file in the inbox, with what is needed to name it, to recognise it again and to move it."""

    path: Path
    name: str  # shown to the seller: the path in the inbox, NFC
    sha256: str
    taken_at: datetime  # the download time in its name, else the time of its last change


class Repeat(NamedTuple):
    """A file with exactly the same content as one that was handled before. It is listed but not read again."""

    name: str  # its name in the inbox now; for a member of a zip `zip/file`
    first: str  # its name when it was handled
    handled_at: datetime | None  # the moment of that run; None = the inbox has the file twice

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
    """A sheet that was read, with what is needed to join its rows with rows of other sheets."""

    file: str  # shown to the seller
    name: str
    kind: Kind
    taken_at: datetime  # the download time in its name, else the time of its last change
    dated: bool  # is that time from its name?
    typed: bool  # can text cells be distinguished from numbers? not in a csv
    headers: Mapping[str, str]  # role of each column of the sheet → header as written
    sha256: str  # of the file, or of the member of a zip
    whole: bool = True  # does it list all orders of its screen, each with a readable number?
    earlier: bool = False  # read by a run of an earlier day
    since: datetime | None = None  # the time of the earliest request in it
    stamp: datetime | None = (
        None  # the time of its file, if that is later than the run that read it and so not `taken_at`
    )


@dataclass(frozen=True, eq=False)
class Evidence:
    """Everything that was read: sheets with their rows as typed cells, answers, and files that could not be read."""

    sheets: tuple[ReadSheet, ...]
    rows: pd.DataFrame  # tables.ROWS; Mark.SHEET is an index into `sheets`
    answer_rows: tuple[AnswerRow, ...] = ()  # of new files, and of files that earlier runs of this day read
    lost: tuple[Problem, ...] = ()  # of files and sheets that could not be read
    unread: frozenset[str] = frozenset()  # order numbers in tables that were refused

    def __post_init__(self) -> None:
        ROWS.check(self.rows)


@dataclass(frozen=True, slots=True)
class InputSheet:
    """A sheet of an input and the number of its rows. `fates` counts at the end what happened to each row."""

    file: str
    sheet: str
    kind: Kind | None  # None: not an export, so nothing was read from it
    read: int = 0  # rows
    listed: int = 0  # those rows that are not about an order: goods, sums, blank rows
    note: Text = NOTHING
    taken_at: datetime | None = None  # when the Seller Center made it, if known
    tables: int = 1  # the number of tables one below another, each with its own headers


class OriginalSheet(NamedTuple):
    """One sheet of an original: the place of its table, and its bad rows as text, unchanged."""

    name: str
    header_row: int  # as Excel counts
    headers: tuple[str, ...]  # as written, from the first column that is read
    key: int  # the column to mark if the problem is about a whole row
    personal: frozenset[int]  # columns about the buyer
    rows: Mapping[int, tuple[str, ...]]  # Excel's row → its cells


class Original(NamedTuple):
    """A file with rows that could not be used, with what is needed to make its correction copy."""

    name: str  # shown to the seller
    taken_at: datetime
    password: str | None  # None: it was not locked
    whole: bool  # may the whole file be returned, and not only copied rows?
    sheets: tuple[OriginalSheet, ...]  # the sheets that were read
    problems: tuple[Problem, ...]  # one for each bad row


class AnswerRow(NamedTuple):
    """The answers of the seller in one row of an input; "" = left blank, None = no such column."""

    product_order_no: str
    place: Place
    at: datetime  # when its file was made, if known
    workbook: str | None  # the run that wrote this workbook, by the file's name; None = another file, or renamed
    cells: dict[str, str | None]  # a name of ANSWER_COLUMNS → the cell
    action: str | None  # the text of 조치 in a returned workbook
    run: int = 0  # the earlier run of this day that read it; 0 = this one


def standing(rows: Iterable[AnswerRow]) -> list[AnswerRow]:
    """The rows without those that others take back."""
    rows = list(rows)
    back = {
        (row.product_order_no, row.action.removeprefix(TAKING_BACK))
        for row in rows
        if row.action and row.action.startswith(TAKING_BACK)
    }
    return [row for row in rows if (row.product_order_no, row.place.file) not in back]


@dataclass(frozen=True, eq=False)
class Batch:
    """All inputs of a run: one row per product order, and the problems."""

    claims: pd.DataFrame  # tables.CLAIMS
    sold_out: pd.DataFrame  # tables.SOLD_OUT
    files: tuple[InputFile, ...]
    sheets: tuple[InputSheet, ...]
    row_problems: tuple[Problem, ...]  # one for each bad row; further rows of a sheet share one without a row
    file_problems: tuple[Problem, ...]
    answer_rows: tuple[AnswerRow, ...] = ()  # rows with cells for answers
    contents: tuple[InputFile, ...] = ()  # what was read: the files, and for a zip its members
    repeats: tuple[Repeat, ...] = ()
    unread: frozenset[str] = frozenset()  # numbers of orders in rows that became problems
    earlier: pd.DataFrame | None = (
        None  # like `claims`, for orders that only rows of earlier days contain; None = no such orders
    )
    lists: tuple[ReadSheet, ...] = ()  # every sheet of an export, including those of earlier days
    new: Evidence | None = None  # what this run read, to be stored in the ledger; None = nothing
    fresh: bool = True  # did this run read anything but answers: an export, a list of goods, what could not be read?
    listed: tuple[tuple[Place, ...], ...] = ()  # the rows of each order that was taken out of `claims`, newest first

    def __post_init__(self) -> None:
        CLAIMS.check(self.claims)
        SOLD_OUT.check(self.sold_out)
        if self.earlier is not None:
            CLAIMS.check(self.earlier)

    @property
    def problems(self) -> list[tuple[Problem, int]]:
        """Each problem once, with the number of its rows: 0 for a file or sheet, more than one where rows share it."""
        of_rows = Counter(problem for problem in self.row_problems if not problem.place.row)
        return [
            *((problem, 0) for problem in self.file_problems),
            *((problem, 1) for problem in self.row_problems if problem.place.row),
            *of_rows.items(),
        ]

    def without(self, orders: pd.Series[bool]) -> Batch:
        """The batch without these rows of `claims`.

        Nothing has to be decided about them, so their source rows count as listed.
        """
        if not orders.any():
            return self
        listed = (*self.listed, *self.claims.loc[orders, Col.SOURCE].tolist())
        return replace(self, claims=self.claims[~orders].reset_index(drop=True), listed=listed)

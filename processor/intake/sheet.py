"""An opened file and its recognised sheets, whatever the file's format. Rows are numbered from 1, as in Excel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processor.intake.recognise import OWN_ROWS, SEARCHED_ROWS, Recognised
from processor.market.downloads import is_selection
from processor.model import OWN_SHEETS, Kind, Place
from processor.opener.process import Opener


@dataclass(frozen=True, slots=True)
class Book:
    """One opened file. Its content stays in the reading process; `opener` asks for parts of it."""

    file: str
    taken_at: datetime
    names: tuple[str, ...]
    opener: Opener
    typed: bool = True  # can text cells be distinguished from numbers? not in a csv

    @property
    def returned(self) -> bool:
        """Is it a workbook of this program that the seller filled and dropped in again?"""
        return any(set(own) <= set(self.names) for own in zip(*OWN_SHEETS, strict=True))

    @property
    def searched_rows(self) -> int:
        """So many rows of each of its sheets are searched for the header."""
        return OWN_ROWS if self.returned else SEARCHED_ROWS


@dataclass(frozen=True, slots=True)
class ExportSheet:
    """A recognised sheet among all sheets of a batch."""

    file: str
    name: str
    taken_at: datetime
    found: Recognised
    typed: bool = True
    dated: bool = False  # does its file name contain the time when it was made?
    sha256: str = ""  # of the file, or of the member of a zip
    earlier: bool = False  # read by a run of an earlier day
    listed_whole: bool = True  # for a sheet of an earlier day: was every number in it readable?
    remembered: bool = False  # read by an earlier run
    stamp: datetime | None = None  # the time of its file, if that is later than the run and so not `taken_at`
    not_orders: tuple[int, ...] = ()  # the numbers of its rows with only sums or a memo
    cut: bool = False  # has it cells of which only the beginning was read?

    @property
    def kind(self) -> Kind:
        return self.found.kind

    @property
    def whole(self) -> bool:
        """Does it list all orders of its screen? A selection (선택주문) does not."""
        return self.listed_whole and not is_selection(self.file)

    def place(self, row: int = 0) -> Place:
        return Place(self.file, self.name, row)

    def header(self, role: str) -> str:
        """The header of a column as written in this sheet."""
        return self.found.headers.get(role, role)

    def saw(self, *roles: str) -> bool:
        """Does the sheet have all of these columns?"""
        return all(role in self.found.headers for role in roles)

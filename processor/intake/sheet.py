"""What every opened file gives, whatever it was: sheets of rows, the first row being Excel's row 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processor.intake.recognise import Recognised
from processor.market.downloads import is_selection
from processor.model import Kind, Place
from processor.opener.process import Opener


@dataclass(frozen=True, slots=True)
class Book:
    """One opened file. Its sheets stay with the process that opened it, which tells what it is asked about them."""

    file: str
    taken_at: datetime
    names: tuple[str, ...]
    opener: Opener
    typed: bool = True  # do its cells tell text from numbers? a csv's do not


@dataclass(frozen=True, slots=True)
class ExportSheet:
    """A recognised sheet among all sheets of a batch."""

    file: str
    name: str
    taken_at: datetime
    found: Recognised
    typed: bool = True
    dated: bool = False  # does its name tell when it was made?
    sha256: str = ""  # of the file, or of the member of a zip
    earlier: bool = False  # read by a run of an earlier day
    listed_whole: bool = True  # of an earlier day's: was every number in it readable?
    remembered: bool = False  # read by an earlier run
    not_orders: tuple[int, ...] = ()  # the numbers of its rows that hold only sums or a memo

    @property
    def kind(self) -> Kind:
        return self.found.kind

    @property
    def whole(self) -> bool:
        """A list of all that its screen shows? A selection (선택주문) is none."""
        return self.listed_whole and not is_selection(self.file)

    def place(self, row: int = 0) -> Place:
        return Place(self.file, self.name, row)

    def header(self, role: str) -> str:
        """The header of a column as this sheet writes it."""
        return self.found.headers.get(role, role)

    def saw(self, *roles: str) -> bool:
        """Was every one of these columns there to be looked at?"""
        return all(role in self.found.headers for role in roles)

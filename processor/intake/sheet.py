"""What every opened file gives, whatever it was: sheets of rows, the first row being Excel's row 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processor.intake.recognise import Recognised
from processor.model import Kind, Place
from processor.opener.apart import Opener


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
    not_orders: tuple[int, ...] = ()  # the numbers of its rows that hold only sums or a memo

    @property
    def kind(self) -> Kind:
        return self.found.kind

    def place(self, row: int = 0) -> Place:
        return Place(self.file, self.name, row)

    def header(self, role: str) -> str:
        """The header of a column as this sheet writes it."""
        return self.found.headers.get(role, role)

    def saw(self, *roles: str) -> bool:
        """Was every one of these columns there to be looked at?"""
        return all(role in self.found.headers for role in roles)

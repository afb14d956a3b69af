"""What the reading process answers: plain values, without sentences for a person."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import NamedTuple

Cell = str | int | float | bool | datetime | date | time | timedelta


class Lacking(Enum):
    """A cell that the file does not hold. A blank cell says "none"; this one says nothing."""

    ABSENT = "absent"  # its row ends before it, or a merge covers it that says nothing about this row
    COVERED = "covered"  # by a merge down this one column, whose value a spreadsheet shows here
    HIDDEN = "hidden"  # covered or out of place, though the file has something there that no spreadsheet shows so


class Unfinished(NamedTuple):
    """The last cell of a row that breaks off: there may have been more of it."""

    cell: Cell


RawCell = Cell | Lacking | Unfinished
"""A cell, or why there is none."""

NOT_WORKED_OUT = "#수식"
"""What a cell says whose formula no spreadsheet has worked out."""
ERRORS = frozenset(
    f"#{error}"
    for error in (
        *("NULL!", "DIV/0!", "VALUE!", "REF!", "NAME?", "NUM!", "N/A"),
        *("GETTING_DATA", "SPILL!", "CALC!", "BLOCKED!", "FIELD!", "CONNECT!", "UNKNOWN!"),
    )
)
"""What Excel writes into a cell in place of a value; in a csv it is text like any other."""


class Bounds(NamedTuple):
    """How much one file may cost; beyond that it is refused."""

    file_mib: int
    unpacked_mib: int
    ratio: int  # unpacked by packed
    rows: int
    columns: int
    seconds: int
    memory_mib: int  # of the process that reads it


class Refusal(NamedTuple):
    """Why a file or one sheet of it is not read: the name of the sentence, and the bound that it broke."""

    said: str
    sheet: str = ""
    n: int = 0


class Found(NamedTuple):
    """A spreadsheet that can be looked into."""

    sha256: str
    changed: datetime | None = None  # of a member of a zip: when it was changed last, as its zip tells


class Locked(NamedTuple):
    """It takes a password, or another one than the last."""


class Opened(NamedTuple):
    sheets: tuple[str, ...]
    typed: bool  # do its cells tell text from numbers? a csv's do not


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns of a table, each as numbers into its distinct cells: a word that stands there a thousand times is
    sent once.
    """

    codes: tuple[array[int], ...]
    distinct: tuple[list[RawCell], ...]
    may_lack: bool = False  # may some of these cells not be held?
    header: int | None = None  # the row, from 0, with the headers of another table; these columns end above it

"""The types of the reading process's answers: plain values, without sentences for a person."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import NamedTuple

Cell = str | int | float | bool | datetime | date | time | timedelta


class Lacking(Enum):
    """A cell that the file does not hold. A blank cell means "none"; the value of this one is unknown."""

    ABSENT = "absent"  # its row ends before it, or it is covered by a merge whose value does not apply to this row
    COVERED = "covered"  # covered by a merge down this one column, whose value a spreadsheet shows here
    HIDDEN = "hidden"  # covered or shifted, but the file has a value there that a spreadsheet does not show


class Unfinished(NamedTuple):
    """The last cell of a row that breaks off; its end may be missing."""

    cell: Cell


RawCell = Cell | Lacking | Unfinished
"""A cell, or why there is none."""

NOT_WORKED_OUT = "#수식"
"""The text of a cell with a formula that has no computed result."""
ERRORS = frozenset(
    f"#{error}"
    for error in (
        *("NULL!", "DIV/0!", "VALUE!", "REF!", "NAME?", "NUM!", "N/A"),
        *("GETTING_DATA", "SPILL!", "CALC!", "BLOCKED!", "FIELD!", "CONNECT!", "UNKNOWN!"),
    )
)
"""The errors that Excel shows in place of a value. In a csv they are ordinary text."""


class Bounds(NamedTuple):
    """The limits for one file; beyond them it is refused."""

    file_mib: int
    unpacked_mib: int
    ratio: int  # unpacked size divided by packed size
    rows: int
    columns: int
    seconds: int
    memory_mib: int  # of the process that reads it


class Refusal(NamedTuple):
    """Why a file or sheet is not read: a name of a sentence in `intake.problems`, and the bound or cell that it names."""

    said: str
    sheet: str = ""
    n: int = 0
    cell: str = ""  # as in XFD1048576


class Found(NamedTuple):
    """A selected spreadsheet that can be opened."""

    sha256: str
    changed: datetime | None = None  # for a member of a zip: the time of its last change, if the zip has it


class Locked(NamedTuple):
    """A password is needed, or the tried password was wrong."""


class Opened(NamedTuple):
    sheets: tuple[str, ...]
    typed: bool  # can text cells be distinguished from numbers? not in a csv


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns of a table, each as indexes into its distinct cells. So a cell that occurs a thousand times is
    sent once.
    """

    codes: tuple[array[int], ...]
    distinct: tuple[list[RawCell], ...]
    may_lack: bool = False  # may the table not hold some of these cells?
    header: int | None = None  # the row (from 0) with headers of another table; these columns end above it
    cut: bool = False  # was a text cut that no spreadsheet could hold? It ends in "…"

"""What a sheet of the workbook holds, as a plain value: lines, tables of typed columns, charts. Nothing here draws.

What is said in our own words is a `Text`, which holds both languages; `rendering` picks one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple, overload

from processor.model import Text

CAPACITY: Final = 1_048_576
"""Rows that one sheet of a workbook can hold."""
LINKS: Final = 65_530
"""Links that one sheet of a workbook can hold."""
CHART_ROWS: Final = 16
"""Rows kept free for charts."""


_TOTAL: Final = Text("합계", "Total")
_PART_TOTAL: Final = Text("이 시트 합계", "Total of this sheet")

Said = str | Text
"""What somebody reads. A `str` is the same in both languages: it came from a file, is an identifier, or was rendered."""


def one_language(said: Said) -> str:
    """What a rendered sheet says there. Raises TypeError where nobody has picked a language yet."""
    if isinstance(said, Text):
        raise TypeError(f"not rendered: {said}")
    return said


@dataclass(frozen=True, slots=True)
class Term:
    """What is taken from a table of the workbook: the sum of a column, or how many rows there are.

    where: only rows whose column says that; `=` stands for a blank cell. but: only rows whose column says anything else.
    """

    table: str
    column: str
    where: tuple[tuple[str, Said], ...] = ()
    but: tuple[tuple[str, Said], ...] = ()
    counts: bool = False
    minus: bool = False


class Tally(int):
    """A number that the workbook works out itself from its tables. As an int it is what that comes to.

    Only numbers of our own making are of this type: a text from an input stays a text.
    """

    terms: tuple[Term, ...]

    def __new__(cls, value: int, *terms: Term) -> Tally:
        made = super().__new__(cls, value)
        made.terms = terms
        return made


Value = Said | int | Tally | date | None


class Later(Sequence[Value]):
    """Cells that are worked out when they are first asked for: a column that only one language shows costs the other nothing."""

    def __init__(self, make: Callable[[], Sequence[Value]]) -> None:
        self._make = make

    @cached_property
    def _cells(self) -> Sequence[Value]:
        return self._make()

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, place: int) -> Value: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Value]: ...
    def __getitem__(self, place: int | slice) -> Value | Sequence[Value]:
        return self._cells[place]


class Look(StrEnum):
    """How a column shows its values."""

    TEXT = "text"  # an identifier, or what came from a file
    WORDS = "words"  # a few words of ours, on one line in Korean
    LONG = "long"  # sentences, wrapped
    ORDER = "order"  # 상품주문번호, linked to its screen in the Seller Center
    SHEET = "sheet"  # the name of a sheet, linked to it
    COUNT = "count"
    WON = "won"
    KRW = "krw"  # the same as English readers write it
    DAY = "day"
    ANSWER = "answer"  # yellow: the seller writes here


class Tone(StrEnum):
    """How loud a line is."""

    TITLE = "title"
    HEADING = "heading"
    NOTE = "note"
    WARNING = "warning"


class Loud(StrEnum):
    """Why a cell stands out."""

    ASKED = "asked"  # its answer would settle the order
    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"


class Mark(NamedTuple):
    """What makes a cell stand out, and the words that say so beside its value: colour is never the only sign."""

    loud: Loud
    words: Said = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A header, how its values look, between which widths it may grow, and what may be answered in it.

    folded: for looking up; it opens by the [+] above it. names: its texts are names or units, which begin in English as
    they are written, not with a capital letter. english_only: it explains Korean to English readers.
    name: by which marks, totals, formulas and charts know the column: its Korean header, in either language.
    """

    header: Said
    look: Look = Look.TEXT
    narrow: int = 8
    wide: int = 24
    choices: tuple[Said, ...] = ()
    hint: Said = ""
    folded: bool = False
    names: bool = False
    english_only: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.header.ko if isinstance(self.header, Text) else self.header)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence across the sheet; `link` names the sheet that it leads to, if any."""

    text: Said
    tone: Tone = Tone.NOTE
    link: Said = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length under their headers. `name` is Excel's own name for it: unique, ASCII.

    totals: columns summed in a last row, under `total_name`, or the other one where only a part stands. marks: column → row → what makes that cell stand out.
    done: the column and the answer that make a row fade. blocks: the column whose change begins a new block of rows.
    """

    name: str
    columns: tuple[Column, ...]
    cells: tuple[Sequence[Value], ...]
    totals: tuple[str, ...] = ()
    total_name: Said = _TOTAL
    part_total_name: Said = _PART_TOTAL
    marks: Mapping[str, Mapping[int, Mark]] = field(default_factory=dict)
    done: tuple[str, Said] | None = None
    blocks: str | None = None

    @property
    def length(self) -> int:
        return len(self.cells[0])

    @property
    def height(self) -> int:
        """Rows on the sheet: header, values, total."""
        return 1 + self.length + bool(self.totals and self.length)

    def part(self, first: int, last: int) -> Table:
        """Some of its rows, with the marks that belong to them."""
        marks = {
            name: {row - first: mark for row, mark in marked.items() if first <= row < last}
            for name, marked in self.marks.items()
        }
        return replace(self, cells=tuple(column[first:last] for column in self.cells), marks=marks)


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns, one upon the other, or lines, drawn from a table of the same sheet, by the names of its columns; `alt` says
    the same in words.

    lying: bars from left to right, which leave room for long names. ceiling: nothing above it is drawn. most: of so many
    rows of the table only, the first ones.
    """

    table: str
    category: str
    columns: tuple[str, ...]
    lines: tuple[str, ...]
    title: Said
    alt: Said
    lying: bool = False
    ceiling: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts side by side, in rows of their own, which share the room."""

    charts: tuple[Chart, ...]


Block = Line | Table | Charts


@dataclass(frozen=True, slots=True)
class Sheet:
    """Blocks from top to bottom. frozen: columns that stay in sight, with everything down to the first header.

    printed: so many columns, from the left, go on paper; None = all. upright: on paper that stands.
    """

    name: Said
    blocks: tuple[Block, ...]
    frozen: int | None = None
    printed: int | None = None
    upright: bool = False

    def placed(self) -> list[tuple[int, Block]]:
        """Each block with the row it begins on, counted from 0; a blank row follows a table."""
        placed, row = [], 0
        for block in self.blocks:
            placed.append((row, block))
            row += height(block)
        return placed


def height(block: Block) -> int:
    match block:
        case Line():
            return 1
        case Table():
            return block.height + 1
        case Charts():
            return CHART_ROWS


def table_of(name: str, columns: Iterable[tuple[Column, Sequence[Value]]], totals: tuple[str, ...] = ()) -> Table:
    pairs = tuple(columns)
    return Table(name, tuple(column for column, _ in pairs), tuple(values for _, values in pairs), totals)


def table_by_row(
    name: str, columns: tuple[Column, ...], rows: Iterable[Sequence[Value]], totals: tuple[str, ...] = ()
) -> Table:
    """The same from rows, for tables that are small."""
    lines = list(rows)
    cells = ([line[number] for line in lines] for number in range(len(columns)))
    return table_of(name, zip(columns, cells, strict=True), totals=totals)


def pages(sheet: Sheet, capacity: int = CAPACITY) -> list[Sheet]:
    """A rendered sheet itself, or, when it holds more rows than fit, `name`, `name (2)` … which go on with its last table.

    Each of them adds up its own rows and says so; the lines and tables above hold the sums over all of them.
    """
    row, last = sheet.placed()[-1]
    if not isinstance(last, Table) or row + last.height <= capacity:
        return [sheet]
    room = capacity - row - 1 - bool(last.totals)  # its header, its total
    parts = [last.part(first, first + room) for first in range(0, last.length, room)]
    head = sheet.blocks[:-1]
    found = []
    for number, part in enumerate(parts, start=1):
        more = "" if number == 1 else f" ({number})"
        named = replace(part, name=last.name + (f"_{number}" if more else ""), total_name=part.part_total_name)
        blocks = tuple(block for block in head if isinstance(block, Line) or not more)
        found.append(replace(sheet, name=one_language(sheet.name) + more, blocks=(*blocks, named)))
    return found

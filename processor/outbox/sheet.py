"""What a sheet of the workbook holds, as a plain value: lines, tables of typed columns, charts. Nothing here draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from processor.outbox.typeset import clean

CAPACITY: Final = 1_048_576
"""Rows that one sheet of a workbook can hold."""
LINKS: Final = 65_530
"""Links that one sheet of a workbook can hold."""
CHART_ROWS: Final = 16
"""Rows kept free for charts."""


@dataclass(frozen=True, slots=True)
class Term:
    """What is taken from a table of the workbook: the sum of a column, or how many rows there are.

    where: only rows whose column says that; `=` stands for a blank cell, `<>…` for any other text.
    """

    table: str
    column: str
    where: tuple[tuple[str, str], ...] = ()
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


Value = str | int | Tally | date | None


class Look(StrEnum):
    """How a column shows its values."""

    TEXT = "text"
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
    words: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A header, how its values look, between which widths it may grow, and what may be answered in it.

    folded: for looking up; it opens by the [+] above it.
    """

    header: str
    look: Look = Look.TEXT
    narrow: int = 8
    wide: int = 24
    choices: tuple[str, ...] = ()
    hint: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence across the sheet; `link` names the sheet that it leads to."""

    text: str
    tone: Tone = Tone.NOTE
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length under their headers. `name` is Excel's own name for it: unique, ASCII.

    totals: headers summed in a last row, under `total_name`, or the other one where only a part stands. marks: header → row → what makes that cell stand out.
    done: the header and the answer that make a row fade. blocks: the header whose change begins a new block of rows.
    """

    name: str
    columns: tuple[Column, ...]
    cells: tuple[Sequence[Value], ...]
    totals: tuple[str, ...] = ()
    total_name: str = "합계"
    part_total_name: str = "이 시트 합계"
    marks: Mapping[str, Mapping[int, Mark]] = field(default_factory=dict)
    done: tuple[str, str] | None = None
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
            header: {row - first: mark for row, mark in marked.items() if first <= row < last}
            for header, marked in self.marks.items()
        }
        return replace(self, cells=tuple(column[first:last] for column in self.cells), marks=marks)


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns, one upon the other, or lines, drawn from a table of the same sheet; `alt` says the same in words.

    lying: bars from left to right, which leave room for long names. ceiling: nothing above it is drawn. most: of so many
    rows of the table only, the first ones.
    """

    table: str
    category: str
    columns: tuple[str, ...]
    lines: tuple[str, ...]
    title: str
    alt: str
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

    name: str
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
    """A table whose texts are fit for a cell."""
    pairs = tuple(columns)
    return Table(name, tuple(column for column, _ in pairs), tuple(_fit(values) for _, values in pairs), totals)


def table_by_row(
    name: str, columns: tuple[Column, ...], rows: Iterable[Sequence[Value]], totals: tuple[str, ...] = ()
) -> Table:
    """The same from rows, for tables that are small."""
    lines = list(rows)
    cells = ([line[number] for line in lines] for number in range(len(columns)))
    return table_of(name, zip(columns, cells, strict=True), totals=totals)


def _fit(values: Sequence[Value]) -> list[Value]:
    fit: dict[Value, Value] = {value: clean(value) for value in set(values) if isinstance(value, str)}
    return [fit.get(value, value) for value in values]


def pages(sheet: Sheet, capacity: int = CAPACITY) -> list[Sheet]:
    """The sheet itself, or, when it holds more rows than fit, `name`, `name (2)` … which go on with its last table.

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
        found.append(replace(sheet, name=sheet.name + more, blocks=(*blocks, named)))
    return found

"""The content of a sheet as plain values: lines, tables of typed columns, charts. Nothing here draws or writes.

Our own words are a `Text`, which holds both languages; `rendering` picks one.
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
"""Words that a person reads. A `str` is the same in both languages: it is from a file, an identifier, or rendered."""


def one_language(said: Said) -> str:
    """The words of a rendered sheet. Raises TypeError for a `Text`, of which no language has been picked yet."""
    if isinstance(said, Text):
        raise TypeError(f"not rendered: {said}")
    return said


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a formula: the sum of a table's column, or the number of its rows (`counts`).

    where: (column, value) pairs, only rows with these values count; `=` stands for a blank cell. but: pairs of which
    only rows with another value count. minus: the term is subtracted.
    """

    table: str
    column: str
    where: tuple[tuple[str, Said], ...] = ()
    but: tuple[tuple[str, Said], ...] = ()
    counts: bool = False
    minus: bool = False


class Tally(int):
    """A number that is written as a formula over tables of the workbook; as an int it has the formula's result.

    Only this program makes values of this type, so no text of an input becomes a formula.
    """

    terms: tuple[Term, ...]

    def __new__(cls, value: int, *terms: Term) -> Tally:
        made = super().__new__(cls, value)
        made.terms = terms
        return made


Value = Said | int | float | Tally | date | None


class Later(Sequence[Value]):
    """Cells that are computed at their first use, so that a column of one language is not computed for the other."""

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
    """The kind of values in a column, which decides how they look: alignment, number format, link, colour."""

    TEXT = "text"  # an identifier, or what came from a file
    WORDS = "words"  # a few words of ours, on one line in Korean
    LONG = "long"  # sentences, wrapped
    CUT = "cut"  # sentences on one line: cut by the next cell on the screen, and whole when opened or copied
    ORDER = "order"  # 상품주문번호, linked to its screen in the Seller Center
    SHEET = "sheet"  # the name of a sheet, linked to it
    FILE = "file"  # the path of a file from the folder of this workbook, with slashes, linked to it
    COUNT = "count"
    WON = "won"
    KRW = "krw"  # won as English readers write it: ₩3,000
    RATIO = "ratio"  # a share of 1, shown in per cent
    DAY = "day"
    ANSWER = "answer"  # yellow: the seller writes here
    OPEN = "open"  # the seller may write here; yellow only where a mark says that an answer changes something
    TICK = "tick"  # the seller's own note, such as the tick that it is done: no question


class Tone(StrEnum):
    """How strongly a line is emphasised."""

    TITLE = "title"
    HEADING = "heading"
    NOTE = "note"
    SMALL = "small"  # for paper
    WARNING = "warning"


class Tab(StrEnum):
    """The kind of a sheet, which its tab shows by a colour."""

    SUMMARY = "summary"
    LIST = "list"  # orders to work through
    MONEY = "money"  # what it costs, in points and won
    LOOK_UP = "look_up"  # read only when something is looked up


class Loud(StrEnum):
    """Why a cell is marked."""

    ASKED = "asked"  # its answer would settle the order
    ANSWER = "answer"  # an answer would change what is done
    LATE = "late"
    TODAY = "today"
    TOMORROW = "tomorrow"


class Mark(NamedTuple):
    """Why a cell is marked, and the words that say so beside its value, because colour must never be the only sign.

    hint: what is said when the cell is chosen, instead of the hint of its column.
    """

    loud: Loud
    words: Said = ""
    hint: Said = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, the look of its values, its least and greatest width in characters, its list of answers.

    folded: hidden until the [+] above it is clicked. share: its share of the room that the other columns of a list leave
    (`Sheet.room`). names: its texts are names or units, which in English keep their
    own first letter instead of a capital one. english_only: the column stands in English workbooks only. name: the
    Korean header, by which marks, totals, formulas and charts refer to the column in either language.
    """

    header: Said
    look: Look = Look.TEXT
    narrow: int = 8
    wide: int = 24
    choices: tuple[Said, ...] = ()
    hint: Said = ""
    folded: bool = False
    share: int = 0
    names: bool = False
    english_only: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.header.ko if isinstance(self.header, Text) else self.header)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence across the sheet; `link` names the sheet that it leads to, if any. at: the column in which it begins."""

    text: Said
    tone: Tone = Tone.NOTE
    link: Said = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A long text below a list, for paper: rendered, it is as many lines as the list is wide for. at: as in `Line`."""

    text: Said
    tone: Tone = Tone.NOTE
    at: int = 0


@dataclass(frozen=True, slots=True)
class Captions:
    """The names of columns of a table below, in a row that stays visible when the sheet is scrolled."""

    names: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of columns of equal length. name: Excel's name of it, unique and ASCII.

    totals: the columns that a last row sums. total_name: the name of that row; part_total_name: its name where the
    sheet holds only a part of the table. marks: column → row (from 0) → its mark. done: (column, answer) that makes a
    row fade. blocks: the column at whose change a new block of rows begins.
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
        """The number of rows on the sheet: header, values, total."""
        return 1 + self.length + bool(self.totals and self.length)

    def part(self, first: int, last: int) -> Table:
        """The rows from `first` up to, not including, `last`, with their marks."""
        marks = {
            name: {row - first: mark for row, mark in marked.items() if first <= row < last}
            for name, marked in self.marks.items()
        }
        return replace(self, cells=tuple(column[first:last] for column in self.cells), marks=marks)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a table on the same sheet: stacked columns, or lines.

    table: its name. category, columns, lines: names of its columns. alt: the content in words. lying: horizontal bars,
    which leave room for long names. ceiling: the axis ends there. most: shows only so many rows, the first ones.
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
    """Charts side by side, which share the width of the sheet and have its rows for themselves."""

    charts: tuple[Chart, ...]


Block = Line | Paragraph | Captions | Table | Charts


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its blocks from top to bottom.

    frozen: the number of columns that stay visible when the sheet is scrolled, with all rows down to the captions or
    the first header. printed: the number of columns, from the left, that are printed; None = all. upright: printed in
    portrait format. tab: None leaves its tab without a colour. room: the width, in pixels, that the columns of a list
    that are not folded take together, in Korean; English takes more. on_screen: what the footer says where
    the last table is not printed, because its rows are read on the screen alone.
    """

    name: Said
    blocks: tuple[Block, ...]
    frozen: int | None = None
    printed: int | None = None
    upright: bool = False
    tab: Tab | None = None
    room: int | None = None
    on_screen: Said = ""

    def placed(self) -> list[tuple[int, Block]]:
        """Each block with the row on which it begins, counted from 0. A blank row follows each table."""
        placed, row = [], 0
        for block in self.blocks:
            placed.append((row, block))
            row += height(block)
        return placed


def height(block: Block) -> int:
    match block:
        case Line() | Captions() | Paragraph():
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
    """Makes a table of rows instead of columns, for small tables."""
    lines = list(rows)
    cells = ([line[number] for line in lines] for number in range(len(columns)))
    return table_of(name, zip(columns, cells, strict=True), totals=totals)


def pages(sheet: Sheet, capacity: int = CAPACITY) -> list[Sheet]:
    """The rendered sheet, or several if it has more rows than `capacity`: `name`, `name (2)` …

    Each of several sheets has a part of the last table. The last row of a part sums that part alone, under a name that
    says so. The lines and tables above have the sums over all parts.
    """
    tables = [number for number, block in enumerate(sheet.blocks) if isinstance(block, Table)]
    if not tables:
        return [sheet]
    head, tail = sheet.blocks[: tables[-1]], sheet.blocks[tables[-1] + 1 :]
    row, last = sheet.placed()[tables[-1]]
    below = len(tail) and 1 + sum(map(height, tail))
    if not isinstance(last, Table) or row + last.height + below <= capacity:
        return [sheet]
    room = capacity - row - 1 - bool(last.totals) - below  # without the header and the total
    parts = [last.part(first, first + room) for first in range(0, last.length, room)]
    found = []
    for number, part in enumerate(parts, start=1):
        more = "" if number == 1 else f" ({number})"
        named = replace(part, name=last.name + (f"_{number}" if more else ""), total_name=part.part_total_name)
        blocks = tuple(block for block in head if isinstance(block, Line | Captions) or not more)
        found.append(replace(sheet, name=one_language(sheet.name) + more, blocks=(*blocks, named, *tail)))
    return found

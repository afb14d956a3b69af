"""Writes sheets into an .xlsx file by XlsxWriter, and knows nothing of claims. `compat` has what XlsxWriter lacks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import chain, groupby, repeat
from math import ceil
from pathlib import Path
from traceback import clear_frames
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell

from processor import disk
from processor.compat.xlsxwriter_tables import NO_CELL, new_workbook, serial
from processor.market.seller_center import ORDER_PAGE
from processor.model import Text
from processor.opener.seal import sealed
from processor.outbox import looks
from processor.outbox.charts import Canvas, draw
from processor.outbox.looks import Format
from processor.outbox.rendering import rendered
from processor.outbox.sheet import (
    LINKS,
    Captions,
    Charts,
    Column,
    Line,
    Look,
    Mark,
    Paragraph,
    Said,
    Sheet,
    Table,
    Tally,
    Term,
    Value,
    height,
    one_language,
    pages,
)
from processor.outbox.sizes import heights, line_height, points, widths
from processor.outbox.typeset import units

_A4: Final = 9
_PAGE_HIGH: Final = 620  # points of a list on a page of A4 across that is as wide as the list
_CHARTS_WIDE: Final = 1040  # width, in pixels, that the charts of one row share
_ON_SCREEN, _NEVER = 1, 2  # XlsxWriter's numbers for when to hide the lines between cells
_Any = Any  # an object of XlsxWriter, which ships no types
_LONGEST_LIST: Final = 255  # characters
_WRITTEN: Final = (Look.ANSWER, Look.OPEN, Look.TICK)  # looks of cells into which the seller writes


@dataclass(frozen=True, slots=True)
class Title:
    """The properties of the file."""

    title: Text
    subject: Text
    created: datetime


class _Place(NamedTuple):
    """The place of a table, or of the part of it that one worksheet holds."""

    sheet: str
    top: int
    table: Table

    def column(self, name: str) -> str:
        """The reference to the cells of that column for formulas on the same sheet."""
        number = [column.name for column in self.table.columns].index(name)
        return str(xl_range_abs(self.top + 1, number, self.top + self.table.length, number))


_Formats = dict[tuple[tuple[str, str | int | bool], ...], _Any]
"""Properties → the format of XlsxWriter that has them."""
_Places = Mapping[str, Sequence[_Place]]
"""Name of a table → its places: one for each worksheet that holds a part of it."""


@dataclass(slots=True)
class _Page:
    """A worksheet that is being written, with the formats, the places of all tables, and the number of links left."""

    book: _Any
    paper: _Any
    sheet: Sheet
    widths: list[int]
    formats: _Formats
    places: _Places
    links: int = LINKS

    def format(self, wanted: Format) -> _Any:
        what = tuple(wanted.items())
        if what not in self.formats:
            self.formats[what] = self.book.add_format(wanted)
        return self.formats[what]


def save(
    path: Path,
    sheets: Sequence[Sheet],
    title: Title,
    lang: str,
    password: str | None = None,
    on_sheet: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Writes the sheets in one language. Raises OSError when the disk refuses; then no file but that at `path` is left.

    With a password the file is locked, and no part of it is on the disk unencrypted at any moment.
    """
    content = BytesIO()  # in memory: a zip on a full disk would write and fail once more when it is garbage-collected
    formats: _Formats = {}
    with _parts(path) as parts:
        own_font = dict(looks.FONT)  # a copy, for XlsxWriter changes it
        on_disk = {"tmpdir": str(parts)} if password is None else {"in_memory": True}
        book = new_workbook(content, {"default_format_properties": own_font, **on_disk})
        said = {"title": title.title.said(lang), "subject": title.subject.said(lang)}
        book.set_properties({**said, "created": title.created})
        book.set_custom_property("Language", "en" if lang == "en" else "ko-KR")
        parts_of = [pages(sheet) for sheet in rendered(sheets, lang)]
        places = _places(parts_of)
        all_pages = [*chain.from_iterable(parts_of)]
        for done, page in enumerate(all_pages, start=1):
            _write(_Page(book, book.add_worksheet(page.name), page, widths(page), formats, places))
            on_sheet(done, len(all_pages))
        try:
            book.close()
        except FileCreateError as error:
            refused = error.args[0]
            clear_frames(refused.__traceback__)  # releases the unfinished zip while it can still be closed
            raise OSError(refused.errno, refused.strerror, refused.filename) from None
    with content.getbuffer() as whole:  # else a refusal's traceback keeps it, and `content` can't be closed
        disk.write_new(path, whole if password is None else sealed(bytes(whole), password))


@contextmanager
def _parts(path: Path) -> Iterator[Path]:
    """A hidden folder beside the workbook for the temporary files that are packed into it.

    A killed run leaves them behind. Here the next run finds and removes them; in the system's folder it would not.
    """
    folder = path.with_name(f".{path.name.removeprefix('.').removesuffix('.tmp')}.parts.tmp")
    disk.folder(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _places(parts_of: Sequence[Sequence[Sheet]]) -> _Places:
    """The places of each table by name. The parts of a long table have numbered names; its own name lists them all."""
    places: dict[str, list[_Place]] = {}
    for parts in parts_of:
        for part in parts:
            for (row, block), whole in zip(reversed(part.placed()), reversed(parts[0].blocks), strict=False):
                if isinstance(block, Table) and isinstance(whole, Table):
                    places.setdefault(whole.name, []).append(_Place(one_language(part.name), row, block))
    return places


def _write(page: _Page) -> None:
    placed = page.sheet.placed()
    tops = [row for row, block in placed if isinstance(block, Table)]
    if page.sheet.tab:
        page.paper.set_tab_color(looks.TABS[page.sheet.tab])
    _columns(page)
    for row, block in placed:
        match block:
            case Line():
                _line(page, row, block)
            case Captions():
                _captions(page, row, block)
            case Paragraph():
                raise TypeError(f"not rendered: {block}")
            case Table():
                _table(page, row, block)
            case Charts():
                room = _CHARTS_WIDE // max(len(block.charts), 1)
                for place, chart in enumerate(block.charts):
                    canvas = Canvas(page.book, page.paper, *page.places[chart.table][0])
                    draw(canvas, row, place, chart, room)
    _print_set_up(page, tops)


def _columns(page: _Page) -> None:
    """Sets the widths of the columns, and folds those of the table that are only looked up now and then."""
    folded = {
        number
        for block in page.sheet.blocks
        if isinstance(block, Table)
        for number, column in enumerate(block.columns)
        if column.folded
    }
    for number, room in enumerate([*page.widths, None]):
        fold = {"level": 1, "hidden": True} if number in folded else {}
        if number - 1 in folded and number not in folded:
            fold = {"collapsed": True}
        page.paper.set_column(number, number, room, None, fold)


def _print_set_up(page: _Page, tops: Sequence[int]) -> None:
    if not page.sheet.upright:
        page.paper.set_landscape()
    page.paper.set_paper(_A4)
    page.paper.fit_to_pages(1, _pages_high(page.sheet))
    page.paper.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.5)
    said = one_language(page.sheet.on_screen)
    page.paper.set_footer(f"&L&A{f'&C{said}' if said else ''}&R&P / &N")
    page.paper.hide_gridlines(_NEVER if page.sheet.frozen is None else _ON_SCREEN)
    heads = [row for row, block in page.sheet.placed() if isinstance(block, Captions | Table)]
    if page.sheet.frozen is not None and heads:
        page.paper.freeze_panes(heads[0] + 1, page.sheet.frozen)
        page.paper.repeat_rows(heads[0])
    wide = page.sheet.printed or (len(page.widths) if page.sheet.on_screen else None)
    if wide is not None:
        whole = sum(map(height, page.sheet.blocks)) - isinstance(page.sheet.blocks[-1], Table)  # without its blank row
        below = max(tops[-1] - 1, 1) if page.sheet.on_screen and tops else whole
        page.paper.print_area(0, 0, below - 1, wide - 1)


def _line(page: _Page, row: int, line: Line) -> None:
    """Writes a sentence across the sheet; not as a merged cell where columns are frozen, for that would not scroll."""
    wanted = looks.LINES[line.tone]
    spread = page.sheet.frozen is None and not line.at
    style = page.format(looks.WRAPPED_LINES[line.tone] if spread else wanted)
    if spread and len(page.widths) > 1:
        page.paper.merge_range(row, 0, row, len(page.widths) - 1, "", style)
    if line.link:
        page.paper.put_links(row, line.at, [f"#'{line.link}'!A1"])
        page.links -= 1
    page.paper.write_string(row, line.at, line.text, style)
    page.paper.set_row(row, line_height(line, sum(page.widths) if spread else None))


def _pages_high(sheet: Sheet) -> int:
    """The number of pages of a list, which is printed up to a fifth smaller to fill them; 0 = as many as needed."""
    return 0 if sheet.room is None else ceil(points(sheet) / (1.2 * _PAGE_HIGH))


def _captions(page: _Page, row: int, captions: Captions) -> None:
    style = page.format(looks.CAPTION)
    for number, name in enumerate(captions.names):
        page.paper.write_string(row, number, name, style)
    page.paper.set_row(row, looks.CAPTION_HEIGHT)


def _table(page: _Page, top: int, table: Table) -> None:
    headers = [page.format(looks.header(column.look)) for column in table.columns]
    if table.length:
        columns = [
            {"header": column.header, "header_format": header}
            for column, header in zip(table.columns, headers, strict=True)
        ]
        options = {"name": table.name, "columns": columns, "style": "Table Style Light 1"}
        page.paper.make_table(top, top + table.length, len(columns) - 1, options)
        _conditions(page, top, table)
        _answering(page, top + 1, table)
    cells = [
        [page.paper.text(one_language(column.header), header), *_cells(page, top + 1, number, column, table)]
        for number, (column, header) in enumerate(zip(table.columns, headers, strict=True))
    ]
    page.paper.put_table(top, cells, chain(heights(table, page.widths), repeat(None)))
    if table.totals and table.length:
        _total(page, top, table)


def _conditions(page: _Page, top: int, table: Table) -> None:
    """Sets the conditional formats of a table, which follow the present values. Where two apply, the first shows."""
    names = [column.name for column in table.columns]
    first = top + 1
    conditions = {}
    if table.blocks is not None:
        number = names.index(table.blocks)
        here, above = (xl_rowcol_to_cell(row, number, col_abs=True) for row in (first, top))
        conditions[f"={here}<>{above}"] = looks.NEW_BLOCK
    if table.done is not None:
        name, answer = table.done
        cell = xl_rowcol_to_cell(first, names.index(name), col_abs=True)
        conditions[f"={cell}={_quoted(answer)}"] = looks.DONE
    conditions["=TRUE"] = looks.BETWEEN_ROWS
    for formula, wanted in conditions.items():
        rule = {"type": "formula", "criteria": formula, "format": page.format(wanted)}
        page.paper.conditional_format(first, 0, top + table.length, len(names) - 1, rule)


def _cells(page: _Page, top: int, number: int, column: Column, table: Table) -> list[_Any]:
    """Makes one column's cells. A blank cell is left out, except in a column into which the seller writes."""
    values = table.cells[number]
    match column.look:
        case Look.ORDER:
            _links(page, top, number, values, ORDER_PAGE.format)
        case Look.SHEET:
            _links(page, top, number, values, "#'{}'!A1".format)
        case Look.FILE:
            _links(page, top, number, values, quote)
    cells = _spelled(page, values, looks.CELLS[column.look], column.look)
    marked: dict[Mark, list[int]] = {}
    for row, mark in table.marks.get(column.name, {}).items():
        marked.setdefault(mark, []).append(row)
    for mark, rows in marked.items():
        own = _spelled(page, [values[row] for row in rows], looks.marked(column.look, mark), column.look)
        for row, cell in zip(rows, own, strict=True):
            cells[row] = cell
    return cells


def _spelled(page: _Page, values: Sequence[Value], wanted: Format, look: Look) -> list[_Any]:
    """Makes cells by the type of value. A str is always a text cell, so no text of a file becomes a formula or link."""
    style, paper = page.format(wanted), page.paper
    blank = paper.blank(style) if look in _WRITTEN else NO_CELL

    def spell(value: Value) -> _Any:
        match value:
            case None | "":
                return blank
            case str() | Text():
                return paper.text(one_language(value), style)
            case Tally():
                return paper.formula(_formula(page, value), int(value), style)
            case int() | float():
                return paper.number(value, style)
            case _:
                return paper.number(serial(value), style)

    if Tally in set(map(type, values)):  # tallies with equal numbers may have different formulas
        return [spell(value) for value in values]
    spelled = {value: spell(value) for value in dict.fromkeys(values)}
    return [spelled[value] for value in values]


def _formula(page: _Page, tally: Tally) -> str:
    """The formula of a tally. It refers to whole columns by their places, so sorting and filtering change nothing."""
    return "=" + "".join(("-" if term.minus else "+") + _term(page, term) for term in tally.terms).removeprefix("+")


def _term(page: _Page, term: Term) -> str:
    """A term of the formula: the sum over all parts of its table."""
    parts = [_of_place(page, term, place) for place in page.places[term.table]]
    return parts[0] if len(parts) == 1 else f"({'+'.join(parts)})"


def _of_place(page: _Page, term: Term, place: _Place) -> str:
    other = "" if place.sheet == page.sheet.name else f"'{place.sheet}'!"

    def column(name: str) -> str:
        return other + place.column(name)

    met = ",".join(
        [f"{column(name)},{_quoted(said)}" for name, said in term.where]
        + [f"{column(name)},{_quoted('<>' + one_language(said))}" for name, said in term.but]
    )
    if term.counts:
        return f"COUNTIFS({met})" if met else f"ROWS({column(term.column)})"
    return f"SUMIFS({column(term.column)},{met})" if met else f"SUM({column(term.column)})"


def _quoted(said: Said) -> str:
    return '"{}"'.format(one_language(said).replace('"', '""'))


def _links(page: _Page, top: int, number: int, values: Sequence[Value], target: Callable[[str], str]) -> None:
    """Writes cells with links, as many as a sheet can hold, and the rest as plain text."""
    linked = values[: page.links]
    page.paper.put_links(top, number, [target(str(value)) if value else None for value in linked])
    page.links -= len(linked)


def _answering(page: _Page, top: int, table: Table) -> None:
    """Sets the lists of choices of the cells for answers, and the hints that say what an answer does."""
    for number, column in enumerate(table.columns):
        if column.look not in _WRITTEN:
            continue
        choices = list(map(one_language, column.choices))
        listed = _can_be_listed(choices)
        for hint, runs in _hints(table, column).items():
            rule: dict[str, Any] = {"validate": "any", "input_title": one_language(column.header)}
            rule |= {"input_message": hint} if hint else {}
            rule |= {"validate": "list", "source": choices, "error_type": "stop"} if listed else {}
            first, *others = ([top + start, number, top + end - 1, number] for start, end in runs)
            page.paper.data_validation(*first, rule | ({"other_cells": others} if others else {}))


def _hints(table: Table, column: Column) -> dict[str, list[tuple[int, int]]]:
    """What is said at the cells of a column, each with its runs of rows, from a first up to, not including, a last."""
    marks = table.marks.get(column.name, {})
    hints = [
        one_language(marks[row].hint or column.hint if row in marks else column.hint) for row in range(table.length)
    ]
    runs: dict[str, list[tuple[int, int]]] = {}
    below = 0
    for hint, rows in groupby(hints):
        end = below + len([*rows])
        runs.setdefault(hint, []).append((below, end))
        below = end
    return runs


def _can_be_listed(choices: Sequence[str]) -> bool:
    """Whether Excel can offer these choices as a list: it stores them as one short text, separated by commas.

    Without a list the answer is typed.
    """
    listed = ",".join(choices)
    return listed.count(",") == len(choices) - 1 and '"' not in listed and units(listed) <= _LONGEST_LIST


def _total(page: _Page, top: int, table: Table) -> None:
    """Writes the row of sums as formulas, with their results for programs that do not calculate."""
    row = top + table.length + 1
    page.paper.write_string(row, 0, table.total_name, page.format(looks.TOTALS[Look.TEXT]))
    for number, column in enumerate(table.columns):
        if column.name in table.totals:
            place = xl_range(top + 1, number, top + table.length, number)
            total = sum(value for value in table.cells[number] if isinstance(value, int))
            page.paper.write_formula(row, number, f"=SUM({place})", page.format(looks.TOTALS[column.look]), total)

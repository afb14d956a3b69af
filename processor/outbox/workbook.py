"""Sheets → an .xlsx file. The only door to XlsxWriter; it knows no claim."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from traceback import clear_frames
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_range_abs

from processor.outbox import looks
from processor.outbox.charts import Canvas, draw
from processor.outbox.layout import heights, line_height, widths
from processor.outbox.looks import Format
from processor.outbox.sheet import (
    LINKS,
    Charts,
    Column,
    Line,
    Look,
    Sheet,
    Table,
    Tally,
    Term,
    Value,
    pages,
)

_ORDER_SCREEN: Final = "https://sell.smartstore.naver.com/o/v3/manage/order/popup/{}/productOrderDetail"
_EPOCH: Final = date(1899, 12, 30)  # day 0 of Excel's calendar
_A4: Final = 9
_CHARTS_WIDE: Final = 1040  # pixels that the charts of one row share
_PRINTED_TOO, _NEVER = 0, 2  # XlsxWriter's numbers for when to show the lines between cells
_Any = Any  # something of XlsxWriter, which ships no types


@dataclass(frozen=True, slots=True)
class Title:
    """What the file says of itself in its properties."""

    title: str
    subject: str
    language: str
    created: datetime


@dataclass(slots=True)
class _Page:
    """A worksheet being written: its formats, its blocks' rows, and the links it may still hold."""

    book: _Any
    paper: _Any
    sheet: Sheet
    widths: list[int]
    formats: dict[int, _Any]
    links: int = LINKS
    tops: dict[str, tuple[int, Table]] = field(default_factory=dict)

    def format(self, wanted: Format) -> _Any:
        if id(wanted) not in self.formats:
            self.formats[id(wanted)] = self.book.add_format(wanted)
        return self.formats[id(wanted)]


def save(path: Path, sheets: Sequence[Sheet], title: Title) -> None:
    """Raises OSError when the disk does not take it; nothing of it is left then but what stands at the path."""
    content = BytesIO()  # a zip on a full disk would go on writing, and complaining, when it is thrown away
    formats: dict[int, _Any] = {}
    with _keeping_everything(), _parts(path) as parts:
        own_font = dict(looks.FONT)  # XlsxWriter writes into it
        book = xlsxwriter.Workbook(content, {"default_format_properties": own_font, "tmpdir": str(parts)})
        book.set_properties({"title": title.title, "subject": title.subject, "created": title.created})
        book.set_custom_property("Language", title.language)
        for page in chain.from_iterable(map(pages, sheets)):
            _write(_Page(book, book.add_worksheet(page.name), page, widths(page), formats))
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            refused = error.args[0]
            clear_frames(refused.__traceback__)  # the half-made zip goes here, while it can still be closed
            raise OSError(refused.errno, refused.strerror, refused.filename) from None
    path.write_bytes(content.getbuffer())


@contextmanager
def _keeping_everything() -> Iterator[None]:
    """Millions of cells are made and none is dropped before the end: a search for garbage among them is lost time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _parts(path: Path) -> Iterator[Path]:
    """A hidden folder beside the workbook for the many files that are packed into it.

    A killed run leaves them behind: here the next one finds them, in the system's folder nobody would.
    """
    folder = path.with_name(f".{path.name.removeprefix('.').removesuffix('.tmp')}.parts.tmp")
    folder.mkdir(exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(page: _Page) -> None:
    placed = page.sheet.placed()
    page.tops = {block.name: (row, block) for row, block in placed if isinstance(block, Table)}
    for number, room in enumerate(page.widths):
        page.paper.set_column(number, number, room)
    for row, block in placed:
        match block:
            case Line():
                _line(page, row, block)
            case Table():
                _table(page, row, block)
            case Charts():
                room = _CHARTS_WIDE // max(len(block.charts), 1)
                for place, chart in enumerate(block.charts):
                    canvas = Canvas(page.book, page.paper, page.sheet.name, *page.tops[chart.table])
                    draw(canvas, row, place, chart, room)
    _print_set_up(page)


def _print_set_up(page: _Page) -> None:
    page.paper.set_landscape()
    page.paper.set_paper(_A4)
    page.paper.fit_to_pages(1, 0)
    page.paper.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.paper.set_footer("&L&A&R&P / &N")
    if page.sheet.frozen is None:
        page.paper.hide_gridlines(_NEVER)
    elif page.tops:
        page.paper.hide_gridlines(_PRINTED_TOO)
        header = min(top for top, _ in page.tops.values())
        page.paper.freeze_panes(header + 1, page.sheet.frozen)
        page.paper.repeat_rows(header)


def _line(page: _Page, row: int, line: Line) -> None:
    """Across the sheet; where columns are frozen it runs on to the right instead, for a merged cell would not scroll."""
    wanted = looks.LINES[line.tone]
    spread = page.sheet.frozen is None
    style = page.format(looks.WRAPPED_LINES[line.tone] if spread else wanted)
    if spread and len(page.widths) > 1:
        page.paper.merge_range(row, 0, row, len(page.widths) - 1, "", style)
    if line.link:
        page.paper.write_url(row, 0, f"internal:'{line.link}'!A1", style, line.text)
        page.links -= 1
    else:
        page.paper.write_string(row, 0, line.text, style)
    page.paper.set_row(row, line_height(line, sum(page.widths) if spread else None))


def _table(page: _Page, top: int, table: Table) -> None:
    last = top + table.length
    headers = [
        page.format(looks.ANSWER_HEADER if column.look is Look.ANSWER else looks.HEADER) for column in table.columns
    ]
    if table.length:
        columns = [
            {"header": column.header, "header_format": header}
            for column, header in zip(table.columns, headers, strict=True)
        ]
        place = (top, 0, last, len(columns) - 1)
        page.paper.add_table(*place, {"name": table.name, "columns": columns, "style": "Table Style Light 1"})
    for number, (column, header) in enumerate(zip(table.columns, headers, strict=True)):
        page.paper.write_string(top, number, column.header, header)
        _cells(page, top + 1, number, column, table)
    for row, points in enumerate(heights(table, page.widths), start=top):
        page.paper.set_row(row, points)
    if table.totals and table.length:
        _total(page, top, table)


def _cells(page: _Page, top: int, number: int, column: Column, table: Table) -> None:
    """One column's values; a blank one is left out, except where the seller is to write."""
    style = page.format(looks.CELLS[column.look])
    match column.look:
        case Look.ANSWER:
            _answers(page, top, number, column, table)
        case Look.ORDER:
            _links(page, top, number, table.cells[number], _ORDER_SCREEN, style)
        case Look.SHEET:
            _links(page, top, number, table.cells[number], "internal:'{}'!A1", style)
        case _:
            _values(page, top, number, table.cells[number], style)


def _values(page: _Page, top: int, number: int, values: Sequence[Value], style: _Any) -> None:
    """Text is only ever text: nothing that came from a file can become a formula or a link."""
    paper, bare = page.paper, page.sheet.frozen is None  # without lines between cells, blanks need their own
    for row, value in enumerate(values, start=top):
        if value is None or value == "":
            if bare:
                paper.write_blank(row, number, None, style)
        elif isinstance(value, str):
            paper.write_string(row, number, value, style)
        elif isinstance(value, Tally):
            paper.write_formula(row, number, _formula(page, value), style, int(value))
        elif isinstance(value, int):
            paper.write_number(row, number, value, style)
        else:
            paper.write_number(row, number, (value - _EPOCH).days, style)


def _formula(page: _Page, tally: Tally) -> str:
    """Whole columns by their places: sorting and filtering change nothing."""
    return "=" + "".join(("-" if term.minus else "+") + _term(page, term) for term in tally.terms).removeprefix("+")


def _term(page: _Page, term: Term) -> str:
    top, table = page.tops[term.table]

    def column(header: str) -> str:
        number = [one.header for one in table.columns].index(header)
        return str(xl_range_abs(top + 1, number, top + table.length, number))

    met = ",".join(f"{column(header)},{_quoted(said)}" for header, said in term.where)
    if term.counts:
        return f"COUNTIFS({met})" if met else f"ROWS({column(term.column)})"
    return f"SUMIFS({column(term.column)},{met})" if met else f"SUM({column(term.column)})"


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""'))


def _links(page: _Page, top: int, number: int, values: Sequence[Value], target: str, style: _Any) -> None:
    """As many links as a sheet can hold, plain text beyond."""
    linked = values[: page.links]
    for row, value in enumerate(linked, start=top):
        if value:
            page.paper.write_url(row, number, target.format(value), style, value)
    page.links -= len(linked)
    _values(page, top + len(linked), number, values[len(linked) :], style)


def _answers(page: _Page, top: int, number: int, column: Column, table: Table) -> None:
    if not table.length:
        return
    blank, asked = page.format(looks.CELLS[Look.ANSWER]), page.format(looks.ASKED)
    marked = table.asked.get(column.header, frozenset())
    for row, answer in enumerate(table.cells[number]):
        style = asked if row in marked else blank
        if answer:
            page.paper.write_string(top + row, number, str(answer), style)
        else:
            page.paper.write_blank(top + row, number, None, style)
    rule: dict[str, str | list[str] | bool] = {"validate": "any", "input_title": column.header}
    if column.hint:
        rule["input_message"] = column.hint
    if column.choices:
        rule |= {"validate": "list", "source": list(column.choices), "error_type": "stop"}
    page.paper.data_validation(top, number, top + table.length - 1, number, rule)


def _total(page: _Page, top: int, table: Table) -> None:
    """Sums as formulas, with their values beside them for whoever does not calculate."""
    row = top + table.length + 1
    page.paper.write_string(row, 0, table.total_name, page.format(looks.TOTALS[Look.TEXT]))
    for number, column in enumerate(table.columns):
        if column.header in table.totals:
            place = xl_range(top + 1, number, top + table.length, number)
            total = sum(value for value in table.cells[number] if isinstance(value, int))
            page.paper.write_formula(row, number, f"=SUM({place})", page.format(looks.TOTALS[column.look]), total)

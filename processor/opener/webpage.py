"""Reads a web page with a table. Some programs save such a page as an "Excel file"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree, html

from processor.opener.held import Merge, Table
from processor.opener.reply import Bounds, Cell, Refusal

_CELL: Final = 8  # bytes of memory that a blank cell takes


def is_webpage(beginning: str) -> bool:
    start = beginning.lstrip("\ufeff \t\r\n").lower()
    return start.startswith("<") and any(tag in start for tag in ("<html", "<table", "<!doctype html", "<body"))


def is_old_xml(beginning: str) -> bool:
    """Is this the XML format of Excel 2003, which cannot be read here?"""
    return beginning.lstrip("\ufeff \t\r\n").startswith("<?xml") and "urn:schemas-microsoft-com:office" in beginning


def table_in(text: str, bounds: Bounds) -> Table | Refusal:
    """All tables of the page, one below another, as Excel shows them. A cell over several places has its text once."""
    try:
        page = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return Refusal("file_unreadable.html")
    if page.xpath("//input[translate(@type, 'PASWORD', 'pasword') = 'password']"):
        return Refusal("file_unreadable.login")
    rows: list[list[Cell]] = []
    merges: list[Merge] = []
    cells = 0  # a cell over many rows and columns fills them all
    for table in page.xpath("//table[not(ancestor::table)]"):
        for section in table.xpath("self::*[tr] | ./thead | ./tbody | ./tfoot"):
            for row in _rows(section, len(rows), merges, bounds):
                rows.append(row)
                cells += len(row)
                if len(rows) > bounds.rows:
                    return Refusal("file_too_large.rows", n=bounds.rows)
                if len(row) > bounds.columns:
                    return Refusal("file_too_large.columns", n=bounds.columns)
                if cells * _CELL > bounds.unpacked_mib * 1024 * 1024:
                    return Refusal("file_too_large.unpacked", n=bounds.unpacked_mib)
    if not rows:
        return Refusal("file_unreadable.html")
    return Table(rows, merges, delimited=False, broken=frozenset({len(rows) - 1} if _breaks_off(text) else ()))


def _breaks_off(text: str) -> bool:
    """Does the page end inside a table, as an incomplete download does?"""
    lower = text.lower()
    return lower.rfind("</table") < max(lower.rfind(cell) for cell in ("<td", "<th", "<tr"))


def _rows(section: Any, first: int, merges: list[Merge], bounds: Bounds) -> Iterator[list[Cell]]:  # noqa: ANN401 - an untyped library
    """The rows of one part of a table. Cells over several rows or columns keep the other cells in their columns."""
    lines = section.xpath("./tr")
    hanging: dict[int, int] = {}  # column → the last row of a cell from above
    for number, line in enumerate(lines, start=first):
        row: list[Cell] = []
        hanging = {column: last for column, last in hanging.items() if last >= number}
        for cell in line.xpath("./td | ./th"):
            while len(row) in hanging:
                row.append("")
            wide, high = _span(cell, "colspan", bounds.columns + 1), _span(cell, "rowspan", len(lines) + 1)
            last = min(number + (high or len(lines)), first + len(lines)) - 1
            if wide > 1 or last > number:
                merges.append(Merge(number, len(row), last, len(row) + wide - 1))
            if last > number:
                hanging |= dict.fromkeys(range(len(row), len(row) + wide), last)
            row += [_text(cell), *[""] * (wide - 1)]
            if len(row) > bounds.columns:
                break
        while len(row) in hanging:
            row.append("")
        yield row


def _span(cell: Any, name: str, most: int) -> int:  # noqa: ANN401 - an untyped library
    """How many columns or rows the cell takes. A rowspan of 0 takes all remaining rows."""
    written = cell.get(name, "1").strip()
    if not (written.isascii() and written.isdigit() and len(written) < 9):
        return 1
    return min(int(written), most) if name == "rowspan" else max(1, min(int(written), most))


def _text(cell: Any) -> str:  # noqa: ANN401 - an untyped library
    """The text that a browser shows for the cell, on one line."""
    for line_break in cell.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return " ".join(cell.text_content().split())

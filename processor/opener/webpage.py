"""A web page with a table, under the name of a spreadsheet: what some programs call an Excel file."""

from __future__ import annotations

from typing import Any

from lxml import etree, html

from processor.opener.delimited import squared
from processor.opener.reply import Bounds, Cell, Refusal

_WIDEST = 1000  # cells that one cell may span, as browsers have it


def is_webpage(beginning: str) -> bool:
    start = beginning.lstrip("\ufeff \t\r\n").lower()
    return start.startswith("<") and any(tag in start for tag in ("<html", "<table", "<!doctype html", "<body"))


def is_old_xml(beginning: str) -> bool:
    """The XML form of Excel 2003, which no reader here knows."""
    return beginning.lstrip("\ufeff \t\r\n").startswith("<?xml") and "urn:schemas-microsoft-com:office" in beginning


def table_in(text: str, bounds: Bounds) -> list[list[Cell]] | Refusal:
    """The tables of the page one below another, as Excel shows them; a cell that spans several holds its text once."""
    try:
        page = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        return Refusal("file_unreadable.html")
    if page.xpath("//input[translate(@type, 'PASWORD', 'pasword') = 'password']"):
        return Refusal("file_unreadable.login")
    rows: list[list[Cell]] = []
    for table in page.xpath("//table[not(ancestor::table)]"):
        for row in _rows(table, bounds.columns):
            rows.append(row)
            if len(rows) > bounds.rows:
                return Refusal("file_too_large.rows", n=bounds.rows)
            if len(row) > bounds.columns:
                return Refusal("file_too_large.columns", n=bounds.columns)
    return squared(rows) if rows else Refusal("file_unreadable.html")


def _rows(table: Any, most: int) -> list[list[Cell]]:  # noqa: ANN401 - an untyped library
    """Columns stay columns where cells span several of them, or several rows."""
    rows: list[list[Cell]] = []
    hanging: dict[int, int] = {}  # column → how many further rows a cell above it takes
    for line in table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"):
        row: list[Cell] = []
        below: dict[int, int] = {at: left - 1 for at, left in hanging.items() if left > 1}
        for cell in line.xpath("./td | ./th"):
            while len(row) in hanging:
                row.append("")
            wide, high = _span(cell, "colspan", most + 1), _span(cell, "rowspan", _WIDEST)
            below |= {at: high - 1 for at in range(len(row), len(row) + wide) if high > 1}
            row += [_text(cell), *[""] * (wide - 1)]
            if len(row) > most:
                return [*rows, row]
        rows.append(row)
        hanging = below
    return rows


def _span(cell: Any, name: str, most: int) -> int:  # noqa: ANN401 - an untyped library
    written = cell.get(name, "1").strip()
    return max(1, min(int(written), most)) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _text(cell: Any) -> str:  # noqa: ANN401 - an untyped library
    """What a browser shows of it, on one line."""
    for line_break in cell.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    return " ".join(cell.text_content().split())

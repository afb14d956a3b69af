"""Writes new Excel workbooks row by row, locked on request. Existing files are never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from processor.opener.seal import sealed
from processor.samples.columns import Column, Form
from processor.samples.order import Order

_LOOKS: Final = {Form.WON: '"₩"#,##0', Form.MOMENT: "yyyy/mm/dd hh:mm"}
_COLUMN_WIDTH: Final = 17
_NOTICE_HEIGHT: Final = 150


@contextmanager
def new_workbook(path: Path, created: datetime, password: str | None = None) -> Iterator[Workbook]:
    """A workbook to fill from the top, written to disk at the end.

    Equal content and times give equal files if not locked.
    """
    with path.open("xb") as file:
        plain = BytesIO() if password else file
        book = xlsxwriter.Workbook(plain, {"constant_memory": True})
        book.set_properties({"created": created})
        yield book
        book.close()
        if isinstance(plain, BytesIO) and password:
            file.write(sealed(plain.getvalue(), password))


def write_notice(book: Workbook, sheet: Worksheet, left: str, right: str) -> None:
    """Writes the tall row above the header of 발주발송관리, with two merged cells."""
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_row(0, _NOTICE_HEIGHT)
    sheet.merge_range("A1:C1", left, wrapped)
    sheet.merge_range("D1:F1", right, wrapped)


def write_headers(book: Workbook, sheet: Worksheet, headers: Sequence[str], row: int = 0) -> None:
    bold = book.add_format({"bold": True, "bg_color": "#D9D9D9", "border": 1})
    sheet.set_column(0, len(headers) - 1, _COLUMN_WIDTH)
    for place, header in enumerate(headers):
        sheet.write_string(row, place, header, bold)


def write_orders(
    book: Workbook, sheet: Worksheet, columns: Mapping[str, Column], orders: Iterable[Order], header_row: int = 0
) -> int:
    """Writes a header row and a row per order, and gives the number of orders.

    Cells without a value are not written.
    """
    write_headers(book, sheet, list(columns), header_row)
    looks = {form: book.add_format({"num_format": look}) for form, look in _LOOKS.items()}
    cells = [
        (place, read, sheet.write_string if form is Form.TEXT else sheet.write_number, looks.get(form))
        for place, (form, read) in enumerate(columns.values())
    ]
    count = 0
    for count, order in enumerate(orders, start=1):
        for place, read, write, look in cells:
            value = read(order)
            if value is not None and value != "":
                write(header_row + count, place, value, look)
    return count

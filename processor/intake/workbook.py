"""The one door to python-calamine: bytes of a workbook into sheets of rows, as Excel numbers them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from processor.intake.problems import problem
from processor.intake.sheet import Book, Sheet
from processor.model import Place, Problem
from processor.rulebook.types import Limits

T = TypeVar("T")


def open_book(data: bytes, file: str, taken_at: datetime, limits: Limits) -> Book | Problem:
    workbook = _attempt(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    if workbook is None:
        return problem("file_unreadable", Place(file))
    names = tuple(sheet.name for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet)
    return Book(file, taken_at, names, _sheets(workbook, names, file, limits))


def _sheets(workbook: CalamineWorkbook, names: tuple[str, ...], file: str, limits: Limits) -> Iterator[Sheet | Problem]:
    for name in names:
        sheet = _attempt(lambda name=name: workbook.get_sheet_by_name(name))  # type: ignore[misc]  # a default binds it
        yield problem("file_unreadable", Place(file, name)) if sheet is None else _within(sheet, file, limits)


def _within(sheet: CalamineSheet, file: str, limits: Limits) -> Sheet | Problem:
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= limits.rows:
        return problem("file_too_large.rows", Place(file, sheet.name), n=limits.rows)
    if last_column >= limits.columns:
        return problem("file_too_large.columns", Place(file, sheet.name), n=limits.columns)
    return Sheet(sheet.name, sheet.iter_rows())  # from row 1 on, though columns left of the first cell are skipped


def _attempt(read: Callable[[], T]) -> T | None:
    """None when the workbook is damaged. Calamine panics over some damage, with a class that cannot be imported."""
    try:
        return read()
    except CalamineError:
        return None
    except BaseException as damage:
        if type(damage).__name__ != "PanicException":
            raise
        return None

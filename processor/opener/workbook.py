"""Reads workbooks with python-calamine; no other module imports it. Rows are numbered as in Excel."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from processor.opener.extent import BYTES_OF_A_CELL
from processor.opener.faults import Findings, merges_in_binary
from processor.opener.header_rows import Headers
from processor.opener.held import Merge
from processor.opener.reply import Bounds, Cell, Refusal

T = TypeVar("T")

_MIB: Final = 1 << 20


class Workbook:
    """An open workbook. A sheet is loaded when it is requested, and released when the next one is."""

    def __init__(self, data: bytes, workbook: CalamineWorkbook, findings: Findings, bounds: Bounds) -> None:
        self._data = data
        self.names = tuple(sheet.name for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet)
        self._workbook = workbook
        self._findings = findings
        self._bounds = bounds
        self._loaded: tuple[str, CalamineSheet] | None = None

    def within(self, findings: Findings, bounds: Bounds) -> Workbook:
        """The same loaded workbook, with these findings and bounds, which were not known when it was loaded."""
        self._findings, self._bounds = findings, bounds
        return self

    def rows(self, name: str) -> Iterator[Sequence[Cell]] | Refusal:
        """The rows from Excel's row 1 on. Empty columns left of the first cell are skipped."""
        wide = self._findings.scattered.get(name)
        if wide is not None and wide.cells * BYTES_OF_A_CELL > self._bounds.memory_mib * _MIB:
            return Refusal("file_too_large.scattered", name, cell=wide.corner)
        if self._loaded is None or self._loaded[0] != name:
            self._loaded = None
            sheet = _attempt(lambda: self._workbook.get_sheet_by_name(name))
            if sheet is None:
                return Refusal("file_unreadable", name)
            self._loaded = name, sheet
        sheet = self._loaded[1]
        last_row, last_column = sheet.end or (0, 0)
        if last_row >= self._bounds.rows:
            return Refusal("file_too_large.rows", name, self._bounds.rows)
        if last_column >= self._bounds.columns:
            return Refusal("file_too_large.columns", name, self._bounds.columns)
        return self._with_faults(sheet, name)

    def below(
        self, name: str, row: int, _headers: Headers
    ) -> tuple[Sequence[Cell], Iterator[Sequence[Cell]]] | Refusal:
        """Row number `row` and the rows below it. A workbook leaves out blank cells, so no row counts as cut off."""
        found = self.rows(name)
        return found if isinstance(found, Refusal) else (next(islice(found, row - 1, None), ()), found)

    def merges(self, name: str) -> list[Merge]:
        """The merges of the sheet whose rows are being read."""
        if self._loaded is None:
            return []
        sheet = self._loaded[1]
        ranges = sheet.merged_cell_ranges
        if ranges is None:  # an .xlsb
            return [_merge(*each, start=sheet.start) for each in merges_in_binary(self._data, name)]
        return [_merge(*begin, *end, start=sheet.start) for begin, end in ranges]

    def left(self, name: str) -> int:
        """The number of empty columns that `rows` skips, of the sheet whose rows are being read."""
        start = self._loaded[1].start if self._loaded is not None and self._loaded[0] == name else None
        return start[1] if start else 0

    def _with_faults(self, sheet: CalamineSheet, name: str) -> Iterator[Sequence[Cell]]:
        """The rows, with the text of the fault in cells for which calamine gives a blank (see `faults`)."""
        faults = self._findings.faults.get(name, {})
        left = sheet.start[1] if sheet.start else 0
        for number, row in enumerate(sheet.iter_rows()):
            for column, says in faults.get(number, {}).items():
                if 0 <= column - left < len(row):
                    row[column - left] = says
            yield row


def _merge(top: int, left: int, bottom: int, right: int, *, start: tuple[int, int] | None) -> Merge:
    """A merge with columns counted from the first one that is read. The file may name its corners in any order."""
    skipped = start[1] if start else 0
    left, right = sorted((left, right))
    return Merge(min(top, bottom), left - skipped, max(top, bottom), right - skipped)


def open_workbook(data: bytes, findings: Findings, bounds: Bounds) -> Workbook | Refusal:
    workbook = _attempt(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    return Refusal("file_unreadable") if workbook is None else Workbook(data, workbook, findings, bounds)


def _attempt(read: Callable[[], T]) -> T | None:
    """The result, or None if the workbook is damaged.

    For some damage calamine raises a class that cannot be imported.
    """
    try:
        return read()
    except CalamineError:
        return None
    except BaseException as damage:
        if type(damage).__name__ != "PanicException":
            raise
        return None

"""Reads a sheet of a written workbook: its lines, and its tables by their first header."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl


def table_in(workbook: Path, sheet: str, first: str) -> list[list[Any]]:
    """The rows of the table whose first column has that header, up to the blank row or the sum below it, without blank cells."""
    rows = [*openpyxl.load_workbook(workbook, data_only=True)[sheet].iter_rows(values_only=True)]
    start = next(place for place, row in enumerate(rows) if row[0] == first and row[1] is not None)
    width = sum(cell is not None for cell in rows[start])
    found = []
    for row in rows[start + 1 :]:
        if row[0] in (None, "합계"):
            break
        found.append([*row[:width]])
    return found


def lines_in(workbook: Path, sheet: str) -> list[str]:
    """The texts of the first column."""
    rows = openpyxl.load_workbook(workbook, data_only=True)[sheet].iter_rows(values_only=True)
    return [row[0] for row in rows if isinstance(row[0], str)]

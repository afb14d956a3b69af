"""Finds the table of orders on a list of a workbook, below its groups."""

from __future__ import annotations

from typing import Any


def orders(sheet: Any) -> list[tuple[Any, ...]]:
    """The cells of the header and of each order."""
    (name,) = (name for name in sheet.tables if name.startswith("claims_"))
    return list(sheet[sheet.tables[name].ref])


def order_values(sheet: Any) -> list[tuple[Any, ...]]:
    """The values of the header and of each order."""
    return [tuple(cell.value for cell in row) for row in orders(sheet)]

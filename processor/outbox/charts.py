"""Adds native Excel charts that show a table of the same sheet. `workbook` passes in XlsxWriter's objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from processor.compat.xlsxwriter_tables import serial
from processor.model import Text
from processor.outbox import looks
from processor.outbox.sheet import CHART_ROWS, Chart, Table, Value, one_language


@dataclass(frozen=True, slots=True)
class Canvas:
    """XlsxWriter's workbook and worksheet, and the table that the chart shows with its first row on that worksheet."""

    book: Any  # xlsxwriter ships no types
    paper: Any
    sheet: str
    top: int
    table: Table


def draw(canvas: Canvas, row: int, place: int, wanted: Chart, room: int) -> None:
    """Draws the chart from that row on, as the `place`-th from the left (from 0). room: its width in pixels."""
    kind = {"type": "bar" if wanted.lying else "column", "subtype": "stacked"} if wanted.columns else {"type": "line"}
    chart = canvas.book.add_chart(kind)
    for number, name in enumerate(wanted.columns):
        chart.add_series(_series(canvas, wanted, name, {**looks.CHART_COLUMNS[number], "gap": 60}))
    for number, name in enumerate(reversed(wanted.lines)):  # the last line is the limit
        chart.add_series(_series(canvas, wanted, name, looks.CHART_LINES[number]))
    chart.set_title({"name": wanted.title, "name_font": {"name": looks.FONT["font_name"], "size": 12}})
    chart.set_legend({"position": "bottom"})
    scale = {"min": 0, "max": wanted.ceiling, "major_gridlines": {"visible": True, "line": {"color": looks.CHART_GRID}}}
    days = {"num_format": "m/d", "date_axis": True, "major_unit": 3, "major_unit_type": "days"}
    chart.set_x_axis(scale if wanted.lying else {} if wanted.columns else days)
    names = {"reverse": True, "interval_unit": 1, "num_font": {"size": 8}}  # the first bar on top, as in the table
    chart.set_y_axis(names if wanted.lying else scale)
    chart.set_size({"width": room - 20, "height": CHART_ROWS * 20 - 20})
    canvas.paper.insert_chart(row, 0, chart, {"description": wanted.alt, "x_offset": 8 + place * room, "y_offset": 8})


def _series(canvas: Canvas, wanted: Chart, name: str, style: dict[str, Any]) -> dict[str, Any]:
    names = [column.name for column in canvas.table.columns]
    length = min(canvas.table.length, wanted.most or canvas.table.length)
    first, last = canvas.top + 1, canvas.top + length
    category, value = names.index(wanted.category), names.index(name)
    return {
        "name": canvas.table.columns[value].header,
        "categories": [canvas.sheet, first, category, last, category],
        "categories_data": _drawn(canvas.table.cells[category][:length]),
        "values": [canvas.sheet, first, value, last, value],
        "values_data": _drawn(canvas.table.cells[value][:length]),
        **style,
    }


def _drawn(values: Sequence[Value]) -> list[str | float | None]:
    """The values that the chart shows until a program recalculates the sheet."""
    return [serial(value) if isinstance(value, date) else _plain(value) for value in values]


def _plain(value: str | Text | float | None) -> str | float | None:
    return one_language(value) if isinstance(value, str | Text) else value

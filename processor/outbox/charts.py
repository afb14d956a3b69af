"""Charts drawn natively from a table that stands on the same sheet. `workbook` hands in the things to draw with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from processor.outbox import looks
from processor.outbox.sheet import CHART_ROWS, Chart, Table

_LIMIT_LINE: Final = {"line": {"color": looks.CHART_LINE, "width": 2}, "marker": {"type": "diamond", "size": 8}}


@dataclass(frozen=True, slots=True)
class Canvas:
    """The workbook and the worksheet to draw on, and where the chart's table stands there."""

    book: Any  # xlsxwriter ships no types
    paper: Any
    sheet: str
    top: int
    table: Table


def draw(canvas: Canvas, row: int, place: int, wanted: Chart) -> None:
    """Draws it beginning on that row, as the `place`-th from the left."""
    chart = canvas.book.add_chart({"type": "bar" if wanted.lying else "column"})
    for header in wanted.columns:
        chart.add_series(_series(canvas, wanted, header, {"fill": {"color": looks.CHART_COLUMN}, "gap": 80}))
    if wanted.lines:
        limits = canvas.book.add_chart({"type": "line"})
        for header in wanted.lines:
            limits.add_series(_series(canvas, wanted, header, _LIMIT_LINE))
        chart.combine(limits)
    chart.set_title({"name": wanted.title, "name_font": {"name": looks.FONT["font_name"], "size": 12}})
    chart.set_legend({"position": "bottom"} if wanted.lines else {"none": True})
    scale = {"min": 0, "major_gridlines": {"visible": True, "line": {"color": looks.CHART_GRID}}}
    chart.set_x_axis(scale if wanted.lying else {})
    chart.set_y_axis({"reverse": True} if wanted.lying else scale)  # lying: the first bar on top, as in the table
    chart.set_size({"width": 480, "height": CHART_ROWS * 20 - 20})
    canvas.paper.insert_chart(row, 0, chart, {"description": wanted.alt, "x_offset": 8 + place * 500, "y_offset": 8})


def _series(canvas: Canvas, wanted: Chart, header: str, style: dict[str, Any]) -> dict[str, Any]:
    headers = [column.header for column in canvas.table.columns]
    rows = (canvas.top + 1, canvas.top + canvas.table.length)

    def place(name: str) -> list[str | int]:
        number = headers.index(name)
        return [canvas.sheet, rows[0], number, rows[1], number]

    value = {"value": True} if header in wanted.columns else {}
    return {
        "name": header,
        "categories": place(wanted.category),
        "values": place(header),
        "data_labels": value,
        **style,
    }

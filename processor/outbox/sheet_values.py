"""A sheet as JSON values, for a face that shows it: what the workbook says, without how it looks there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from processor.model import Action
from processor.outbox.sheet import Block, Chart, Charts, Line, Look, Sheet, Table, Value

_ACTIONS: Final = {name: action.value for action in Action for name in (action.text.ko, action.text.en)}


def sheet_values(sheet: Sheet) -> dict[str, Any]:
    """The blocks of a rendered sheet in their order: lines, tables, charts of those tables. The keys are a contract."""
    return {"name": sheet.name, "blocks": [value for block in sheet.blocks for value in _of_block(block)]}


def _of_block(block: Block) -> Iterator[dict[str, Any]]:
    match block:
        case Line():
            yield {"kind": "line", "text": block.text, "tone": block.tone.value}
        case Table():
            yield _of_table(block)
        case Charts():
            yield from map(_of_chart, block.charts)


def _of_table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "name": table.name,
        "columns": [
            {"name": column.name, "header": column.header, "look": column.look.value} for column in table.columns
        ],
        "rows": [
            [_plain(value, column.look) for value, column in zip(row, table.columns, strict=True)]
            for row in zip(*table.cells, strict=True)
        ],
    }


def _of_chart(chart: Chart) -> dict[str, Any]:
    return {
        "kind": "chart",
        "table": chart.table,
        "category": chart.category,
        "columns": list(chart.columns),
        "lines": list(chart.lines),
        "title": chart.title,
        "alt": chart.alt,
        "ceiling": chart.ceiling,
    }


def _plain(value: Value, look: Look) -> Any:  # noqa: ANN401 - what JSON knows
    """The value as JSON has it. The name of a list is the action that it is about: other faces call it otherwise."""
    if look is Look.SHEET and isinstance(value, str):
        return _ACTIONS.get(value, value)
    return value.isoformat() if isinstance(value, date) else value

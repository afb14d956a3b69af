"""Computes the widths of columns and heights of rows, because programs that open a workbook do not adjust them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from processor.model import Text
from processor.outbox.looks import CAPTION_HEIGHT, LINE_HEIGHT, TALLEST
from processor.outbox.sheet import Column, Line, Look, Sheet, Table, Tone, Value, one_language
from processor.outbox.typeset import lines, width

_FILTER_BUTTON: Final = 4  # width, in characters, of the filter arrow beside a header
_DAY: Final = len("2026-11-22")
_BOLD: Final = 3  # characters of room for the space before the words of a bold day, and for being bold
_DIGIT, _PADDING = 7, 5  # pixels: of one character, and beside the text of a cell
_ALONE: Final = 100  # width, in characters, of the only column of a sheet without a table
_LOUD: Final = {Tone.TITLE: 1.4, Tone.HEADING: 1.2, Tone.NOTE: 1.1, Tone.SMALL: 0.85, Tone.WARNING: 1.1}


def widths(sheet: Sheet) -> list[int]:
    """The width of each column of the sheet, in characters: by its content, within the bounds that its tables set."""
    tables = [block for block in sheet.blocks if isinstance(block, Table)]
    wanted = [
        [_wanted(column, values) for column, values in zip(table.columns, table.cells, strict=True)] for table in tables
    ]
    columns = max((len(table) for table in wanted), default=0)
    found = [max(table[number] for table in wanted if number < len(table)) for number in range(columns)] or [_ALONE]
    return found if sheet.room is None else _of_list(found, tables, sheet.room)


def pixels(characters: int) -> int:
    """The width on the screen of a column of so many characters."""
    return characters * _DIGIT + _PADDING


def _of_list(found: list[int], tables: Sequence[Table], room: int) -> list[int]:
    """The widths of a list: each header on one line, days whole, and columns with a share part what the others leave of the room."""
    for table in tables:
        for number, column in enumerate(table.columns):
            found[number] = max(found[number], width(one_language(column.header)) + _FILTER_BUTTON)
            if column.look is Look.DAY:  # a day that its column cannot hold is shown as ###
                words = {one_language(mark.words) for mark in table.marks.get(column.name, {}).values()}
                found[number] = max(found[number], _DAY + max(map(width, words), default=0) + _BOLD)
    columns = [*enumerate(tables[-1].columns)]
    left = (room - sum(pixels(found[number]) for number, column in columns if not column.folded)) // _DIGIT
    shares = sum(column.share for _, column in columns)
    for number, column in columns:
        found[number] += max(left, 0) * column.share // max(shares, 1)
    return found


def points(sheet: Sheet) -> float:
    """The height of a list, in points: each row of it is one line high."""
    found = 0.0
    for block in sheet.blocks:
        match block:
            case Line():
                found += line_height(block, None)
            case Table():
                found += LINE_HEIGHT * (block.height + 1)
            case _:
                found += CAPTION_HEIGHT
    return found


def _wanted(column: Column, values: Sequence[Value]) -> int:
    if column.narrow == column.wide:
        return column.wide
    needed = max((_room(value, column.look) for value in set(values)), default=0) + 2
    return min(column.wide, max(column.narrow, needed, width(one_language(column.header)) + _FILTER_BUTTON))


def _room(value: Value, look: Look) -> int:
    match value:
        case None:
            return 0
        case str() | Text():
            return width(one_language(value))
        case date():
            return _DAY
        case int():
            return len(f"{value:,}") + 2 * (look is Look.WON)
        case float():
            return len(f"{value:.1%}")


def heights(table: Table, room: Sequence[int]) -> Iterator[float]:
    """The heights of the header and of each row, in points, by the number of lines of their wrapped texts.

    room: the width of each column, in characters.
    """
    yield (
        LINE_HEIGHT
        * max(
            lines(one_language(column.header), room[number] - _FILTER_BUTTON)
            for number, column in enumerate(table.columns)
        )
        + 3
    )
    wrapped = [
        _lines(values, room[number] - 1)
        for number, (column, values) in enumerate(zip(table.columns, table.cells, strict=True))
        if column.look is Look.LONG and not column.folded
    ]
    if not wrapped:
        return
    for needed in zip(*wrapped, strict=True):
        yield LINE_HEIGHT * min(TALLEST, max(needed)) + 2


def _lines(values: Sequence[Value], room: int) -> list[int]:
    needed: dict[Value, int] = {value: lines(value, room) for value in set(values) if isinstance(value, str)}
    return [needed.get(value, 1) for value in values]


def line_height(line: Line, room: int | None) -> float:
    """The height, in points, of a sentence that is `room` characters wide; without room it stays on one line."""
    loud = _LOUD[line.tone]
    if room is None:
        return LINE_HEIGHT * loud
    return LINE_HEIGHT * lines(one_language(line.text), int(room / loud)) * loud + 4

"""Renders sheets in one language: each `Text` becomes a str of that language, made fit for a cell.

English sheets differ in more than words. Each line of a cell begins with a capital letter. A name inside 〈〉 is the
Korean name of a sheet or column and is replaced by its English name. Columns of our own words wrap, because English
takes more room. Amounts are written as ₩3,000.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from processor.model import Text
from processor.outbox.sheet import (
    Block,
    Captions,
    Charts,
    Column,
    Line,
    Look,
    Mark,
    Paragraph,
    Said,
    Sheet,
    Table,
    Tally,
    Tone,
    Value,
    one_language,
)
from processor.outbox.typeset import all_clean, broken, capitalised, clean

_REFERENCE: Final = re.compile("〈([^〉]*)〉")
_FILTER_BUTTON: Final = 4  # width, in characters, of the filter arrow beside a header
_MORE_ROOM: Final = 170  # pixels that an English list is wider
_LETTER: Final = {Tone.WARNING: 8, Tone.HEADING: 9, Tone.SMALL: 8}
"""Pixels of room for each character of a paragraph, which may begin right of the first columns."""
_ROOMY: Final = 20  # the least width, in characters, of a column of words that wraps


def rendered(sheets: Iterable[Sheet], lang: str) -> tuple[Sheet, ...]:
    """The sheets with a str for each `Text`, and all text made fit for a cell. Raises no error."""
    whole = tuple(sheets)
    language = _English(_names(whole)) if lang == "en" else _Korean()
    return tuple(_sheet(sheet, language) for sheet in whole)


def _names(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Korean name → English name of columns and sheets. Where both have the same name, that of the sheet counts."""
    columns = (
        column for sheet in sheets for block in sheet.blocks if isinstance(block, Table) for column in block.columns
    )
    texts = [*(column.header for column in columns), *(sheet.name for sheet in sheets)]
    return {text.ko: text.en for text in texts if isinstance(text, Text)}


@dataclass(frozen=True, slots=True)
class _Korean:
    """Korean: the sentences are used as they are written."""

    def words(self, said: Said) -> str:
        """Renders a name, a sentence across the sheet, or a hint."""
        return clean(said.ko if isinstance(said, Text) else said)

    def cell(self, said: Said, *, names: bool) -> str:
        return self.words(said)

    def column(self, column: Column, *, last: bool) -> Column:
        return replace(column, look=Look.TEXT if column.look is Look.WORDS else column.look)

    def room(self, room: int) -> int:
        """The width, in pixels, of a list that takes so much in Korean."""
        return room

    def shows(self, column: Column) -> bool:
        return not column.english_only


@dataclass(frozen=True, slots=True)
class _English:
    names: Mapping[str, str]

    def words(self, said: Said) -> str:
        if not isinstance(said, Text):
            return clean(said)
        return clean(_REFERENCE.sub(lambda found: f"〈{self.names.get(found[1], found[1])}〉", said.en))

    def cell(self, said: Said, *, names: bool) -> str:
        """Renders a cell: each line begins with a capital letter, after its number if it has one."""
        text = self.words(said)
        return text if names or isinstance(said, str) else capitalised(text)

    def column(self, column: Column, *, last: bool) -> Column:
        """Lets words wrap, except in the last column, and makes the column as wide as its longest word needs."""
        flat = last or column.folded
        look = {Look.WON: Look.KRW, Look.WORDS: Look.TEXT if flat else Look.LONG}.get(column.look, column.look)
        wraps = column.look is Look.WORDS and look is Look.LONG
        choices = () if column.look is Look.OPEN else column.choices  # a list has no room for the longest choice
        room = max(
            [len(word) + _FILTER_BUTTON for word in one_language(column.header).split()]
            + [len(one_language(choice)) + 2 for choice in choices]
        )
        wide = max(column.wide, room, _ROOMY if wraps else 0)
        return replace(column, look=look, narrow=max(column.narrow, room), wide=wide)

    def room(self, room: int) -> int:
        return room + _MORE_ROOM

    def shows(self, column: Column) -> bool:
        return True


_Language = _Korean | _English


def _sheet(sheet: Sheet, language: _Language) -> Sheet:
    room = sheet.room and language.room(sheet.room)
    blocks = tuple(chain.from_iterable(_block(block, room, language) for block in sheet.blocks))
    return replace(
        sheet, name=language.words(sheet.name), blocks=blocks, room=room, on_screen=language.words(sheet.on_screen)
    )


def _block(block: Block, room: int | None, language: _Language) -> Iterator[Block]:
    """The block, or the lines of a paragraph. room: the width of the list in pixels, if it is one."""
    words = language.words
    match block:
        case Line():
            yield replace(block, text=words(block.text), link=words(block.link))
        case Paragraph():
            for text in broken(language.cell(block.text, names=False), (room or 0) // _LETTER[block.tone]):
                yield Line(text, block.tone, at=block.at)
        case Captions():
            yield Captions(tuple(map(words, block.names)))
        case Table():
            yield _table(block, language)
        case Charts():
            yield Charts(tuple(replace(one, title=words(one.title), alt=words(one.alt)) for one in block.charts))


def _table(table: Table, language: _Language) -> Table:
    """The table in this language, with only those columns that are shown in it."""
    last = len(table.columns) - 1
    shown = [number for number, column in enumerate(table.columns) if language.shows(column)]
    columns = [table.columns[number] for number in shown]
    cells = [_cells(table.cells[number], table.columns[number], language) for number in shown]
    return replace(
        table,
        columns=tuple(
            _column(column, language, last=number == last) for number, column in zip(shown, columns, strict=True)
        ),
        cells=tuple(cells),
        total_name=language.words(table.total_name),
        part_total_name=language.words(table.part_total_name),
        marks={name: _marks(marks, language) for name, marks in table.marks.items()},
        done=table.done and (table.done[0], language.cell(table.done[1], names=False)),
    )


def _column(column: Column, language: _Language, *, last: bool) -> Column:
    worded = replace(
        column,
        header=language.words(column.header),
        choices=tuple(language.cell(choice, names=column.names) for choice in column.choices),
        hint=language.words(column.hint),
    )
    return language.column(worded, last=last)


def _marks(marks: Mapping[int, Mark], language: _Language) -> dict[int, Mark]:
    """The marks in this language. Few distinct marks stand on many rows, so each distinct one is rendered once."""
    known = {
        mark: mark._replace(words=language.words(mark.words), hint=language.words(mark.hint))
        for mark in set(marks.values())
    }
    return {row: known[mark] for row, mark in marks.items()}


def _cells(cells: Sequence[Value], column: Column, language: _Language) -> list[Value]:
    """The cells in this language; each distinct text is rendered once, and one that would stay as it is not at all."""
    distinct = set(cells)
    others = {value for value in distinct if isinstance(value, str)}
    as_they_are = others if all_clean(others) else set()
    texts = (value for value in distinct - as_they_are if isinstance(value, str | Text))
    known: dict[Value, Value] = {text: language.cell(text, names=column.names) for text in texts}
    if Tally in set(map(type, cells)):
        return [_tally(value, language) if isinstance(value, Tally) else known.get(value, value) for value in cells]
    return [known.get(value, value) for value in cells]


def _tally(tally: Tally, language: _Language) -> Tally:
    """The formula with its conditions in this language, so that they match the rendered cells."""

    def met(conditions: tuple[tuple[str, Said], ...]) -> tuple[tuple[str, Said], ...]:
        return tuple((name, language.cell(said, names=False)) for name, said in conditions)

    return Tally(int(tally), *(replace(term, where=met(term.where), but=met(term.but)) for term in tally.terms))

"""One answer cell of one order: what earlier runs remember of it, what the inputs of this day say, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from processor.model import ANSWER_CELLS, UNKNOWN, AnswerRow, Past, RememberedAnswer, Spelling, Text, space_free
from processor.model.matching import space_free_words
from processor.model.recalled import CellKey
from processor.rulebook.reasons import causes
from processor.rulebook.types import Rulebook


class Words:
    """Which spellings say the same."""

    def __init__(self, book: Rulebook) -> None:
        states = book.exports.states
        self._known = {
            cell.column: space_free_words(states[cell.column]) if cell.closed else causes(book.reasons)
            for cell in ANSWER_CELLS
            if cell.closed or cell.spelling is Spelling.CAUSES
        }
        self._facts = {cell.column: book.words[cell.word] for cell in ANSWER_CELLS if cell.word}

    def said(self, cell: str, value: str) -> Text:
        """An answer as it was written, and its word in English."""
        return Text(value, self._facts[cell].named(self.of(cell, value)).en)

    def of(self, cell: str, value: str) -> str:
        word = self._known.get(cell, {}).get(space_free(value), value)
        return "" if word == UNKNOWN else word


@dataclass(slots=True)
class Cell:
    """One cell of one order: what was remembered, and what the inputs of this day say."""

    key: CellKey
    history: Sequence[RememberedAnswer]
    today: frozenset[int]  # runs of this day
    entries: list[tuple[AnswerRow, str]] = field(
        default_factory=list
    )  # each row of this day that has it, and its value

    @property
    def before(self) -> RememberedAnswer:
        """What held as the day began."""
        held = (answer for answer in reversed(self.history) if answer.held and answer.run not in self.today)
        return next(held, RememberedAnswer(*self.key, value="", run=0))

    def held_at(self, run: int) -> RememberedAnswer | None:
        """What held in this cell when that run wrote its workbook."""
        known = (answer for answer in reversed(self.history) if answer.run == run or (answer.held and answer.run < run))
        return next(known, None)

    def shown(self, run: int) -> str:
        """What the workbook of that run had in this cell."""
        answer = self.held_at(run)
        return "" if answer is None or answer.asked else answer.value

    def touched(self, past: Past, words: Words) -> list[tuple[AnswerRow, str, int]]:
        """The entries that were written over what a workbook showed, with the run of that workbook."""
        found = []
        for row, value in self.entries:
            run = past.runs.get(row.workbook or "")
            if run is not None and words.of(self.key[1], value) != words.of(self.key[1], self.shown(run.number)):
                found.append((row, value, run.number))
        return found

    def alive(self, past: Past, words: Words) -> list[tuple[AnswerRow, str]]:
        """Without the entries that a run had read before somebody wrote over them in its workbook."""
        latest = max((run for *_, run in self.touched(past, words)), default=0)
        return [(row, value) for row, value in self.entries if not 0 < row.run <= latest]

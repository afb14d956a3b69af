"""One answer cell of one order: the answers of earlier runs, and the entries of this day's inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from processor.model import ANSWER_CELLS, UNKNOWN, AnswerRow, Past, RememberedAnswer, Spelling, Text, space_free
from processor.model.matching import space_free_words
from processor.model.recalled import CellKey
from processor.rulebook.reasons import by_label, causes
from processor.rulebook.types import Rulebook


class Words:
    """Finds which spellings of an answer mean the same word."""

    def __init__(self, book: Rulebook) -> None:
        states = book.exports.states
        self._known = {
            cell.column: space_free_words(states[cell.column]) if cell.closed else causes(book.reasons)
            for cell in ANSWER_CELLS
            if cell.closed or cell.spelling is Spelling.CAUSES
        }
        self._reasons = by_label(book.reasons)
        self._facts = {cell.column: book.words[cell.word] for cell in ANSWER_CELLS if cell.word}

    def in_both_languages(self, cell: str, value: str) -> Text:
        """The answer as it was written, and in English by its word."""
        return Text(value, self._facts[cell].named(self.of(cell, value)).en)

    def knows(self, cell: str, value: str) -> bool:
        """Is this answer a word of the rules?"""
        return self.of(cell, value) in (self._facts[cell].values or ())

    def is_reason(self, stated: str) -> bool:
        """Do the rules know this 판매취소사유?"""
        return space_free(stated) in self._reasons

    def of(self, cell: str, value: str) -> str:
        word = self._known.get(cell, {}).get(space_free(value), value)
        return "" if word == UNKNOWN else word


@dataclass(slots=True)
class Cell:
    """One cell of one order: the remembered answers, and the entries of this day's inputs."""

    key: CellKey
    history: Sequence[RememberedAnswer]
    today: frozenset[int]  # numbers of this day's runs
    entries: list[tuple[AnswerRow, str]] = field(
        default_factory=list
    )  # the rows of this day that have this cell, with its value

    @property
    def before(self) -> RememberedAnswer:
        """The answer that held when the day began."""
        held = (answer for answer in reversed(self.history) if answer.held and answer.run not in self.today)
        return next(held, RememberedAnswer(*self.key, value="", run=0))

    def held_at(self, run: int) -> RememberedAnswer | None:
        """The answer that held when that run wrote its workbook."""
        known = (answer for answer in reversed(self.history) if answer.run == run or (answer.held and answer.run < run))
        return next(known, None)

    def shown(self, run: int) -> str:
        """The text of this cell in the workbook of that run."""
        answer = self.held_at(run)
        return "" if answer is None or answer.asked else answer.value

    def touched(self, past: Past, words: Words) -> list[tuple[AnswerRow, str, int]]:
        """The entries that differ from what their workbook showed, each with the number of the workbook's run."""
        found = []
        for row, value in self.entries:
            run = past.runs.get(row.workbook or "")
            if run is not None and words.of(self.key[1], value) != words.of(self.key[1], self.shown(run.number)):
                found.append((row, value, run.number))
        return found

    def alive(self, past: Past, words: Words) -> list[tuple[AnswerRow, str]]:
        """The entries that still count: without those that a run had read before its workbook was overwritten."""
        latest = max((run for *_, run in self.touched(past, words)), default=0)
        return [(row, value) for row, value in self.entries if not 0 < row.run <= latest]

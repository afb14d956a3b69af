"""Shows how a verdict was found: the rows that were tried, the row that fits, and the answers that would change it."""

from __future__ import annotations

from collections.abc import Iterator

from processor.judge.decide import conditions
from processor.judge.verdict import ASKED
from processor.model import UNKNOWN, Answer, Text, Trail, Tried, Verdict
from processor.rulebook.types import Row, Rulebook, Situation


def trail(verdict: Verdict, book: Rulebook) -> Trail:
    """The trail of a verdict. book: the rules of the day on which it was judged."""
    rows = book.decisions.rows
    hit = next(at for at, row in enumerate(rows) if row.id == verdict.rule)
    tried = [_tried(row, Text(row.action.ko, row.action.en), verdict.facts, book) for row in rows[: hit + 1]]
    after = verdict.facts | {"조치": verdict.action.ko}
    brought = {event.event for event in verdict.penalties}
    points = [_tried(row, row.why, after, book) for row in book.penalties.table.rows if row.event not in brought]
    return Trail(
        above=tuple(tried[:-1]),
        hit=tried[-1],
        points=tuple(row for row in points if len(row.misses) == 1),
        answers=tuple(_answers(verdict, book)),
    )


def _tried(row: Row, outcome: Text, situation: Situation, book: Rulebook) -> Tried:
    return Tried(row.id, outcome, conditions(row, situation, book))


def _answers(verdict: Verdict, book: Rulebook) -> Iterator[Answer]:
    """The action to which each answer to an asked cell would lead.

    Words with further values than those listed (such as 실제사유) are left out: what an answer changes is not known yet.
    """
    for cell in verdict.asks:
        word = book.words[ASKED[cell]]
        for value in () if word.more else word.possible:
            if value != UNKNOWN:
                row = book.decisions.first(verdict.facts | {word.name: value})
                yield Answer(cell, value, word.named(value), row.id, row.action)

"""Shows how a verdict was found: the rows that were tried, the row that fits, and the answers that would change it."""

from __future__ import annotations

from processor.judge.decide import conditions
from processor.model import Text, Trail, Tried, Verdict
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
        answers=tuple(answer for answer in verdict.answers if answer.cell in verdict.asks),
    )


def _tried(row: Row, outcome: Text, situation: Situation, book: Rulebook) -> Tried:
    return Tried(row.id, outcome, conditions(row, situation, book))

"""Judges a situation that is only supposed, in the same way as that of an order."""

from __future__ import annotations

from datetime import date
from functools import partial

from processor.judge.decide import Decided, explained_alone
from processor.judge.facts import FACTS
from processor.judge.situations import LATE, Consequences
from processor.judge.verdict import brought, verdict_on
from processor.model import UNKNOWN, Verdict
from processor.rulebook.types import Row, Rulebook, Situation

_ANSWERED = "조치"


def supposed(given: Situation, book: Rulebook) -> dict[str, str | int]:
    """The situation completed: a word that is not given has the value of the store's settings, else its usual value.

    Where the rows of `impossible` leave such a word only one value, it has that one.
    """
    usual = {name: word.usual for name, word in book.words.items() if name != _ANSWERED}
    settings = {word: fact.setting(book) for word, fact in FACTS.items() if fact.setting}
    situation = usual | settings | dict(given)
    while ruled_out := cannot_be(situation, book):
        forced = [
            (word, left[0])
            for word in ruled_out.when
            if word not in given and len(left := _left(word, situation, book)) == 1
        ]
        if not forced:
            break
        situation |= dict(forced[:1])
    return situation


def cannot_be(situation: Situation, book: Rulebook) -> Row | None:
    """The row of `impossible` that fits this situation, if there is one."""
    return next((row for row in book.impossible if row.fits(situation)), None)


def _left(word: str, situation: Situation, book: Rulebook) -> list[str]:
    """The values of the word that no row of `impossible` about it rules out."""
    rows = [row for row in book.impossible if word in row.when]
    return [
        value for value in book.words[word].possible if not any(row.fits({**situation, word: value}) for row in rows)
    ]


def suppose(situation: dict[str, str | int], book: Rulebook, day: date) -> Verdict:
    """The verdict on this situation. book: the rules of that day.

    Points have their value of that day, because the days on which they would be given are not known.
    """
    row = book.decisions.first(situation)
    worth = {each.id: (each.points.on(day) or 0) * each.holds(day) for each in book.penalties.table.rows}
    late = {word: situation.get(word, UNKNOWN) for word in LATE}
    follows = Consequences(late, doubt="", worth=worth)
    verdict = verdict_on(Decided(situation, {}, row), follows, book)
    return explained_alone(verdict, row, book, partial(brought, follows, book))

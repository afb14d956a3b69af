"""Tries each answer that the seller could give to each situation, so that only those are asked that change something.

An answer to a cell is tried on what follows from it for the line itself. Who asked for what stays as it is: a cell is no
question where only the seller's own wish to cancel would change something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from processor.judge.facts import FACTS, IN_ORDER, Claims, Fact, among, found
from processor.model import ANSWER_CELLS, UNKNOWN, Action, Answer, AnswerCell, Col
from processor.model.answer_cells import TRUE_REASON
from processor.rulebook import reasons
from processor.rulebook.types import Decision, Rulebook, Situation

ASKED: Final = {cell.header.ko: cell for cell in ANSWER_CELLS if cell.asked}
"""The cells that may be asked, by their header."""
_REQUEST: Final = "요청"
_EARLIER: Final = "지난기록"
_DIFFER: Final = "답변모순"
_TRUE: Final = "사유일치"

Brings = Callable[[Situation, Action], int]
"""The points that an action brings in a situation."""
Told = Mapping[str, Mapping[str, Situation]]
"""Header of a cell → possible answer → the words that it would change, with their new values."""


class Tried(NamedTuple):
    """What the answers to one situation lead to.

    answers: all possible ones of each cell of which at least one leads to another rule. idle: the cells that were tried
    and change nothing.
    """

    answers: tuple[Answer, ...] = ()
    idle: tuple[str, ...] = ()


def tried(situation: Situation, row: Decision, told: Told, book: Rulebook, brings: Brings) -> Tried:
    """Tries these answers in a situation that `row` answers. brings: the points that an action brings in a situation."""
    if situation[_EARLIER] == _DIFFER:
        return Tried(tuple(_settling(situation, row, told, book, brings)))
    answers: list[Answer] = []
    idle = []
    for cell, changes in told.items():
        rows = book.decisions.firsts(situation, [*changes.values()])
        if all(one is row for one in rows):
            idle.append(cell)
        else:
            answers += _answers(cell, situation, changes, rows, book, brings)
    return Tried(tuple(answers), tuple(idle))


def _settling(situation: Situation, row: Decision, told: Told, book: Rulebook, brings: Brings) -> Iterator[Answer]:
    """The answers where earlier ones contradict each other: whichever is given, they no longer do."""
    settled = {**situation, _EARLIER: book.words[_EARLIER].usual}
    for cell in row.asks:
        if cell in told and situation[ASKED[cell].word] == UNKNOWN:
            rows = book.decisions.firsts(settled, [*told[cell].values()])
            yield from _answers(cell, settled, told[cell], rows, book, brings)


def _answers(
    cell: str,
    situation: Situation,
    changes: Mapping[str, Situation],
    rows: Sequence[Decision],
    book: Rulebook,
    brings: Brings,
) -> Iterator[Answer]:
    word = book.words[ASKED[cell].word]
    for (value, changed), row in zip(changes.items(), rows, strict=True):
        yield Answer(cell, value, word.named(value), row.id, row.action, brings({**situation, **changed}, row.action))


def plainly(book: Rulebook) -> Told:
    """The answers to cells whose word is simply what the seller answers, and changes no other."""
    return {
        header: {value: {cell.word: value} for value in book.words[cell.word].possible if value != UNKNOWN}
        for header, cell in ASKED.items()
        if not _followed(cell)
    }


def told(claims: Claims, places: Sequence[int]) -> list[Told]:
    """The answers to the orders at these places of the claims table."""
    plain = plainly(claims.book)
    could: list[dict[str, Mapping[str, Situation]]] = [{**plain} for _ in places]
    for header, cell in ASKED.items():
        if header not in plain:
            for one, changes in zip(could, _by_facts(claims, places, cell), strict=True):
                one[header] = changes
    return [*could]


def _by_facts(claims: Claims, places: Sequence[int], cell: AnswerCell) -> Iterator[Mapping[str, Situation]]:
    """For each order what each answer changes: the facts are found anew as if it had been given."""
    answers = reasons.choices(claims.book.reasons)
    at = [place for place in places for _ in answers]
    table = claims.table.iloc[at].reset_index(drop=True)
    given = table.assign(**{cell.column: pd.Series(answers * len(places), dtype="str")})
    if cell is TRUE_REASON:  # the answer takes the place of a stated reason that is none, or is not the true one
        known = among(claims.label(Col.SELLER_REASON), [*reasons.by_label(claims.book.reasons)])
        replaced = np.asarray(~known | (claims.facts[_TRUE] == "아니오"))[at]
        given = given.assign(**{Col.SELLER_REASON: given[Col.SELLER_REASON].mask(replaced, "")})
    trial = replace(
        claims,
        batch=replace(claims.batch, claims=given),
        facts={word: claims.facts[word].take(at) for word in _needed(cell)},
        because={_REQUEST: claims.because[_REQUEST].take(at)},
        dates={},
        days={},
        asked={},
    )
    facts = _followed(cell)
    for fact in facts:
        trial.facts[fact.word.name] = found(fact, trial)
    words = [fact.word.name for fact in facts]
    changed = zip(*(trial.facts[word].tolist() for word in words), strict=True)
    for _ in places:
        yield {answer: dict(zip(words, next(changed), strict=True)) for answer in answers}


def _followed(cell: AnswerCell) -> tuple[Fact, ...]:
    """The facts of the line that an answer to the cell changes, in the order of finding; () = its own word alone."""
    moved: set[str] = set()
    for fact in IN_ORDER:
        word = fact.word
        if word.name != _REQUEST and (cell.column in word.columns or moved & {*word.facts}):
            moved.add(word.name)
    return () if moved == {cell.word} and cell.closed else tuple(f for f in IN_ORDER if f.word.name in moved)


def _needed(cell: AnswerCell) -> set[str]:
    """The words that these facts are found from."""
    return {word for fact in _followed(cell) for word in FACTS[fact.word.name].word.facts}

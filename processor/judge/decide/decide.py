"""What to do with each situation: the first row of `decisions` that fits, with all that a seller must know beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from processor.judge.decide.whynot import why_not
from processor.judge.facts.claims import Claims
from processor.judge.facts.goods import held_by_addons
from processor.judge.facts.words import FACTS
from processor.judge.situations import number, spread
from processor.model import UNKNOWN, Action, Text, WhyNot
from processor.rulebook.types import Decision, Rulebook, Word


@dataclass(frozen=True, slots=True)
class Decided:
    """One situation and the row that answers it."""

    facts: dict[str, str | int]
    grounds: dict[str, Text]
    row: Decision
    why_not: WhyNot | None


_Judged = tuple[dict[str, str | int], Decision]
"""The facts of a situation, those it rests on among them (`word?`), and the row that answers it."""


def decide(claims: Claims) -> tuple[pd.Series[int], list[Decided]]:
    """Judge every situation once; again where the decisions themselves change a fact.

    An add-on that turns out not to be cancelled holds its main good back (추가상품), and more approvals than the store
    allows in one run become questions (승인한도).
    """
    codes, judged = _judge(claims, "이내")
    going = spread(codes, judged, lambda one: one[1].action.cancels)
    if (held := held_by_addons(claims, going)).any():
        claims.facts["추가상품"] = claims.facts["추가상품"].mask(held, "빠짐")
        codes, judged = _judge(claims, "이내")
    limit = claims.book.store.approve_limit
    approvals = spread(codes, judged, lambda one: one[1].action is Action.APPROVE).sum()
    if limit is not None and approvals > limit:
        codes, judged = _judge(claims, "초과")
    return codes, [_decided(situation, row, claims.book) for situation, row in judged]


def _judge(claims: Claims, approvals: str) -> tuple[pd.Series[int], list[_Judged]]:
    because = {f"{word}?": column for word, column in claims.because.items()}
    codes, situations = number({**claims.facts, **because}, claims.seen_before)
    complete = (situation | {"승인한도": approvals} for situation in situations)
    return codes, [(situation, claims.book.decisions.first(situation)) for situation in complete]


def _decided(situation: dict[str, str | int], row: Decision, book: Rulebook) -> Decided:
    facts = {word: value for word, value in situation.items() if not word.endswith("?")}
    grounds = {
        word: _inferred(book.words[word], facts[word], FACTS[word].grounds[key])
        for word in facts
        if (key := str(situation.get(f"{word}?", ""))) in FACTS[word].grounds and facts[word] != UNKNOWN
    }
    return Decided(facts, grounds, row, why_not(book, row, facts))


def _inferred(word: Word, value: str | int, ground: Text) -> Text:
    """A counted word counts working days."""
    shown = Text(f"{value}영업일", f"{value} working days") if isinstance(value, int) else word.named(value)
    return Text(f"{shown.ko} ({ground.ko})", f"{shown.en} ({ground.en})")

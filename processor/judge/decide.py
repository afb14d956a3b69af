"""What to do with each situation: the first row of `decisions` that fits, with all that a seller must know beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from processor.judge.claims import Claims
from processor.judge.facts import GROUNDS
from processor.judge.goods_facts import held_by_addons
from processor.judge.situations import number, spread
from processor.judge.whynot import why_not
from processor.model import UNKNOWN, Action, Text, WhyNot
from processor.rulebook.types import Decision, Rulebook, Word


@dataclass(frozen=True, slots=True)
class Decided:
    """One situation and the row that answers it."""

    facts: dict[str, str | int]
    grounds: dict[str, Text]
    row: Decision
    why_not: WhyNot | None


def decide(claims: Claims) -> tuple[pd.Series[int], list[Decided]]:
    """Judge every situation once; again where the decisions themselves change a fact.

    An add-on that turns out not to be cancelled holds its main good back (추가상품), and more approvals than the store
    allows in one run become questions (승인한도).
    """
    codes, decided = _judge(claims, "이내")
    going = spread(codes, decided, lambda one: one.row.action in (Action.APPROVE, Action.SELLER_CANCEL))
    if (held := held_by_addons(claims, going)).any():
        claims.facts["추가상품"] = claims.facts["추가상품"].mask(held, "빠짐")
        codes, decided = _judge(claims, "이내")
    limit = claims.book.store.approve_limit
    approvals = spread(codes, decided, lambda one: one.row.action is Action.APPROVE).sum()
    return _judge(claims, "초과") if limit is not None and approvals > limit else (codes, decided)


def _judge(claims: Claims, approvals: str) -> tuple[pd.Series[int], list[Decided]]:
    because = {f"{word}?": column for word, column in claims.because.items()}
    codes, situations = number({**claims.facts, **because})
    return codes, [_decided(situation, approvals, claims.book) for situation in situations]


def _decided(situation: dict[str, str | int], approvals: str, book: Rulebook) -> Decided:
    facts = {word: value for word, value in situation.items() if not word.endswith("?")} | {"승인한도": approvals}
    grounds = {
        word[:-1]: _inferred(book.words[word[:-1]], situation[word[:-1]], GROUNDS[word[:-1], str(value)])
        for word, value in situation.items()
        if (word[:-1], value) in GROUNDS and situation[word[:-1]] != UNKNOWN
    }
    row = book.decisions.first(facts)
    return Decided(facts, grounds, row, why_not(book, row, facts))


def _inferred(word: Word, value: str | int, ground: Text) -> Text:
    """A counted word counts working days."""
    shown = Text(f"{value}영업일", f"{value} working days") if isinstance(value, int) else word.named(value)
    return Text(f"{shown.ko} ({ground.ko})", f"{shown.en} ({ground.en})")

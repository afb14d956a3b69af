"""Decides what to do in each situation: the first row of `decisions` that fits, with the grounds of its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from processor.judge.facts import FACTS, Claims, Fact, Flags, among, held_by_addons, surely
from processor.judge.situations import Codes, number, spread, together
from processor.model import UNKNOWN, Col, Text
from processor.rulebook.types import UNDER_WAY, Decision, Rulebook, Situation, Word


@dataclass(frozen=True, slots=True)
class Decided:
    """One situation, what its facts were inferred from, and the row that answers it."""

    facts: dict[str, str | int]
    grounds: dict[str, Text]  # word → what it was inferred from; a word that a file states directly has no entry
    row: Decision


@dataclass(frozen=True, slots=True)
class _Answered:
    """A situation and the row that answers it."""

    facts: dict[str, str | int]
    row: Decision


def decide(claims: Claims) -> tuple[Codes, list[Decided]]:
    """Returns the number of each order's decision, and the decisions in the order of these numbers.

    Every distinct situation is judged once. Two facts depend on the decisions themselves, so all situations are judged
    again when one of them changes: an add-on that is not cancelled after all keeps its main good from being cancelled
    (추가상품), and when there are more cancels than the store allows on one day, all that are still to be clicked become
    확인필요 (승인한도).
    """
    book, facts, because = claims.book, {**claims.facts}, {**claims.because}
    codes, situations = number(facts)
    answered = _answered(situations, "이내", book)
    going = spread(codes, answered, lambda one: one.row.action.cancels, bool)
    if (held := held_by_addons(claims, going)).any():
        facts["추가상품"] = np.where(held, "빠짐", facts["추가상품"])
        codes, situations = number(facts)
        answered = _answered(situations, "이내", book)
    limit = book.store.approve_limit
    cancels = spread(codes, answered, lambda one: one.row.action.cancels, bool) | _cancelled_today(claims)
    if limit is not None and cancels.sum() > limit:
        answered = _answered(situations, "초과", book)
    because_codes, grounds = number(because)
    both, pairs = together(codes, because_codes)
    return both, [
        Decided(one.facts, _grounds(one.facts, grounds[why], book), one.row)
        for at, why in pairs
        for one in [answered[at]]
    ]


def _cancelled_today(claims: Claims) -> Flags:
    """Orders that were approved, or cancelled by the seller, on this day.

    Today's files tell it: one shows the request waiting and a newer one approved, or the seller's own cancel is of today.
    What an earlier run said does not count, so that a day has one number however its files are dropped (law 13).
    """
    over = among(claims.state(Col.CANCEL_STATUS), [*UNDER_WAY, "완료"])
    when = claims.table[Col.CANCELLED_AT].fillna(claims.table[Col.CLAIM_REQUESTED])
    own = (claims.facts["접수"] == "판매자") & surely(when.dt.normalize().eq(pd.Timestamp(claims.as_of.date())))
    today: Flags = over & (claims.flag(Col.WAITED_TODAY) | own)
    return today


def _answered(situations: Iterable[dict[str, str | int]], approvals: str, book: Rulebook) -> list[_Answered]:
    complete = (situation | {"승인한도": approvals} for situation in situations)
    return [_Answered(situation, book.decisions.first(situation)) for situation in complete]


def _grounds(facts: Situation, because: Mapping[str, str | int], book: Rulebook) -> dict[str, Text]:
    """`because`: word → key of what it was inferred from, as in Claims."""
    return {
        word: _inferred(book.words[word], value, FACTS[word], key)
        for word, value in facts.items()
        if (key := str(because.get(word, ""))) in FACTS[word].grounds and value != UNKNOWN
    }


def _inferred(word: Word, value: str | int, fact: Fact, key: str) -> Text:
    """The value with its ground in brackets. The number of a counted word is a number of working days."""
    ground = fact.grounds[key]
    if isinstance(value, int):
        shown = Text(f"{value}영업일", f"{value} working days")
    else:
        shown = fact.said.get(value) or word.named(value)
    return Text(f"{shown.ko} ({ground.ko})", f"{shown.en} ({ground.en})")

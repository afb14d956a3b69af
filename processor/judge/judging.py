"""Judges each order: facts → decisions → what follows from them → a verdict for each distinct combination."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

import pandas as pd

from processor.judge.decide import Decided, decide, doubts, own_cancels, possible
from processor.judge.facts import Claims
from processor.judge.money import amounts, bundle_goes, still_free
from processor.judge.points import Judged, worth
from processor.judge.situations import Codes, Consequences, number, spread, together
from processor.judge.verdict import verdict_on
from processor.judge.workdays import Workdays
from processor.model import Batch, Past
from processor.model.matching import Texts
from processor.rulebook.types import Rulebook

_DOUBT: Final = "doubt"


class Acted(NamedTuple):
    """What follows from the decisions: a value for each product order."""

    action: Texts
    bundle: Texts  # 묶음
    own_cancel: Texts  # as in Out.OWN_CANCEL


def judge_orders(batch: Batch, book: Rulebook, as_of: datetime, calendar: Workdays, past: Past) -> tuple[Judged, Acted]:
    """The orders with their verdicts, which are not explained yet."""
    claims = possible(batch, book, as_of, calendar)
    codes, decided = decide(claims)
    acted = _acted(claims, codes, decided)
    return _judged(claims, codes, decided, acted, past), acted


def money(orders: Judged, acted: Acted) -> pd.DataFrame:
    """The money columns of `Out` for each order."""
    rulings = {row.id: row for row in orders.claims.book.fees.rows}
    paid_by = [rulings[verdict.fee.rule] for verdict in orders.verdicts]
    return amounts(orders.claims, paid_by, orders.codes, acted.action, acted.bundle)


def _acted(claims: Claims, codes: Codes, decided: Sequence[Decided]) -> Acted:
    action = spread(codes, decided, lambda one: one.row.action.ko)
    return Acted(action, bundle_goes(claims, action), own_cancels(claims, action))


def _judged(claims: Claims, codes: Codes, decided: Sequence[Decided], acted: Acted, past: Past) -> Judged:
    """A verdict for each distinct decision with its consequences. codes: the number of each order's decision."""
    late_codes, late = number({"묶음": acted.bundle, "무료기준": still_free(claims, acted.action)})
    doubt_codes, doubt = number({_DOUBT: doubts(claims, acted.own_cancel, past)})
    worth_codes, brought = worth(claims)
    all_codes, combined = together(codes, late_codes, doubt_codes, worth_codes)
    follows = [Consequences(late[at], str(doubt[why][_DOUBT]), brought[much]) for _, at, why, much in combined]
    verdicts = [
        verdict_on(decided[first], each, claims.book) for (first, *_), each in zip(combined, follows, strict=True)
    ]
    return Judged(claims, all_codes, follows, verdicts)

"""Sums over all rows of a report, computed from its verdicts, so that they do not depend on what a sheet shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from processor.model import Action, FeeRuling, Out, Payer, Point, PointState, Report, Verdict


@dataclass(frozen=True, slots=True)
class FeeTotal:
    """What one payer bears: the number of claims, the won of the known legs, and the claims with an unknown amount."""

    claims: int
    won: int
    unknown: int


def uses(report: Report) -> list[int]:
    """The number of rows of each verdict, in the order of the verdicts."""
    counted: list[int] = np.bincount(report.rows[Out.SITUATION], minlength=len(report.verdicts)).tolist()
    return counted


def actions(report: Report) -> dict[Action, int]:
    found = dict.fromkeys(Action, 0)
    for verdict, times in zip(report.verdicts, uses(report), strict=True):
        found[verdict.action] += times
    return found


def order_of_work(report: Report) -> tuple[Action, ...]:
    """The actions that ask something of the seller, by the most urgent deadline of their orders.

    Those without a deadline come after, those without orders last; where deadlines are equal, the order of `Action`.
    """
    counts = actions(report)
    firsts = {action: date.max for action in Action if action.to_do}
    soonest = report.rows.groupby(Out.SITUATION)[Out.ACT_BY].min().dropna()
    for situation, first in zip(soonest.index.tolist(), soonest, strict=True):
        action = report.verdicts[situation].action
        if action in firsts:
            firsts[action] = min(firsts[action], first.date())
    return tuple(sorted(firsts, key=lambda action: (not counts[action], firsts[action])))


def late(report: Report) -> int:
    """The number of orders with something to do whose deadline has passed."""
    busy = report.rows[Out.ACT_BY][rows_where(report, lambda verdict: verdict.action.to_do)]
    return int((busy < pd.Timestamp(report.as_of.date())).sum())


def points(lines: pd.DataFrame, *states: PointState) -> int:
    """The sum of the points in these states."""
    return int(lines[Point.POINTS][lines[Point.STATE].isin([one.value for one in states])].sum())


def points_by_order(lines: pd.DataFrame, state: PointState) -> dict[str, int]:
    """The points of each order in that state; orders without any are left out."""
    found = lines[lines[Point.STATE].eq(state.value)].groupby(Point.PRODUCT_ORDER_NO)[Point.POINTS].sum()
    return dict(zip(found.index.tolist(), found.tolist(), strict=True))


def fees(report: Report) -> dict[Payer, FeeTotal]:
    """The total of each payer who bears something or may have to."""
    return {
        payer: total
        for payer in (Payer.BUYER, Payer.SELLER, Payer.UNDECIDED)
        if (total := _borne_by(payer, report)).claims
    }


def _borne_by(payer: Payer, report: Report) -> FeeTotal:
    if not any(here := rows_where(report, lambda verdict: verdict.fee.payer is payer)):
        return FeeTotal(0, 0, 0)
    legs = [Out.FEE_OUTBOUND, Out.FEE_RETURN]
    rows = report.rows[[*legs, Out.FEE_AMOUNT]][here]
    won = sum(int(rows[leg].sum()) for leg in legs)
    return FeeTotal(len(rows), won, int(rows[Out.FEE_AMOUNT].isna().sum()))


def bears_something(fee: FeeRuling) -> bool:
    return fee.payer is not Payer.NONE


def rows_where(report: Report, wanted: Callable[[Verdict], bool]) -> NDArray[np.bool_]:
    """For each row whether its verdict is wanted."""
    answers = np.array([wanted(verdict) for verdict in report.verdicts], bool)
    chosen: NDArray[np.bool_] = answers[report.rows[Out.SITUATION]]
    return chosen

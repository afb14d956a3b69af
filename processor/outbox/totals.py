"""Sums over all rows of a report, taken verdict by verdict. What a sheet shows is cut from these, never the reverse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from processor.model import Action, FeeRuling, Out, Payer, Point, PointState, Report, Verdict


@dataclass(frozen=True, slots=True)
class FeeTotal:
    """What one payer bears: claims, won of the legs that are known, and claims of which some amount is not known."""

    claims: int
    won: int
    unknown: int


def uses(report: Report) -> list[int]:
    """How many rows each verdict has."""
    counted = report.rows[Out.SITUATION].value_counts()
    return [int(counted.get(number, 0)) for number in range(len(report.verdicts))]


def actions(report: Report) -> dict[Action, int]:
    found = dict.fromkeys(Action, 0)
    for verdict, times in zip(report.verdicts, uses(report), strict=True):
        found[verdict.action] += times
    return found


def points(lines: pd.DataFrame, *standings: PointState) -> int:
    """The points of those lines that are of one of the standings."""
    return int(lines.loc[lines[Point.STATE].isin([one.value for one in standings]), Point.POINTS].sum())


def fees(report: Report) -> dict[Payer, FeeTotal]:
    """For each payer that bears something or may have to."""
    return {
        payer: total
        for payer in (Payer.BUYER, Payer.SELLER, Payer.UNDECIDED)
        if (total := _borne_by(payer, report)).claims
    }


def _borne_by(payer: Payer, report: Report) -> FeeTotal:
    legs = [Out.FEE_OUTBOUND, Out.FEE_RETURN]
    rows = report.rows.loc[rows_where(report, lambda verdict: verdict.fee.payer is payer), [*legs, Out.FEE_AMOUNT]]
    won = sum(int(rows[leg].sum()) for leg in legs)
    return FeeTotal(len(rows), won, int(rows[Out.FEE_AMOUNT].isna().sum()))


def bears_something(fee: FeeRuling) -> bool:
    return fee.payer is not Payer.NONE


def rows_where(report: Report, wanted: Callable[[Verdict], bool]) -> list[bool]:
    """One word for each row: whether its verdict is wanted."""
    words = [wanted(verdict) for verdict in report.verdicts]
    return [words[situation] for situation in report.rows[Out.SITUATION].tolist()]

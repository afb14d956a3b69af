"""Which points an order brings, by today's action or by itself, and on which day they are given (policy §6)."""

from __future__ import annotations

from datetime import date

import pandas as pd

from processor.judge.claims import Claims
from processor.judge.deadlines import deadline_column
from processor.model import PenaltyEvent
from processor.rulebook.types import PenaltyRow, Rulebook, Situation


def granted_on(claims: Claims, row: PenaltyRow) -> pd.Series[pd.Timestamp]:
    """Points are given at dawn of a working day after the deadline passed, or after today's action."""
    passed = deadline_column(claims, row.due) if row.due else claims.today()
    return claims.calendar.add(passed, row.grant_after)


def suspended(claims: Claims) -> pd.Series[str]:
    """For each order the penalty rows whose points fall into a moratorium, by the day of granting (policy §6.5)."""
    names = pd.Series("", index=claims.table.index, dtype="str")
    for row in claims.book.penalties.table.rows:
        if row.moratorium_exempt or not claims.book.penalties.moratoria:
            continue
        granted = granted_on(claims, row).dt.normalize()
        for span in claims.book.penalties.moratoria:
            inside = granted.between(pd.Timestamp(span.first), pd.Timestamp(span.last))
            names = names.mask(inside & ~names.str.contains(f" {row.id} "), names + f" {row.id} ")
    return names


def events(book: Rulebook, situation: Situation, day: date, suspended_rows: str) -> tuple[PenaltyEvent, ...]:
    """All events of one situation, worth what they are worth on that day."""
    found = []
    for row in book.penalties.table.all(situation):
        points = row.points.on(day)
        if points is None or f" {row.id} " in suspended_rows:
            continue
        late = situation.get("발송기한", 0)
        times = -late if row.per_day and isinstance(late, int) else 1
        found.append(PenaltyEvent(row.id, row.event, row.why, points * times, row.by_action, row.sources))
    return tuple(found)

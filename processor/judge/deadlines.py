"""By when to act: the named deadlines of `calendar.deadlines`, as a column of days."""

from __future__ import annotations

import pandas as pd

from processor.judge import order_facts
from processor.judge.claims import Claims
from processor.model import Col


def deadline_column(claims: Claims, name: str) -> pd.Series[pd.Timestamp]:
    """The last day of that deadline for each order; missing where its start is not known."""
    deadline = claims.book.calendar.deadlines[name]
    days = deadline.working_days.on(claims.as_of.date())
    if days is None:
        return pd.Series(pd.NaT, index=claims.table.index)
    match deadline.start:
        case "today":
            start = claims.today()
        case Col.DUE_AT:
            start = order_facts.due(claims)
        case column:
            start = claims.table[column]
    return claims.calendar.add(start, days)

"""By when to act: the named deadlines of `calendar.deadlines`, as a column of days."""

from __future__ import annotations

import pandas as pd

from processor.judge.claims import Claims


def deadline_column(claims: Claims, name: str) -> pd.Series[pd.Timestamp]:
    """The last day of that deadline for each order; missing where its start is not known."""
    deadline = claims.book.calendar.deadlines[name]
    days = deadline.working_days.on(claims.as_of.date())
    if days is None:
        return pd.Series(pd.NaT, index=claims.table.index)
    start = claims.today() if deadline.start == "today" else claims.dates.get(deadline.start)
    return claims.calendar.add(claims.table[deadline.start] if start is None else start, days)

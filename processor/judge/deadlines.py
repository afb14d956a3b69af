"""By when to act: the named deadlines of `calendar.deadlines`, as a column of days."""

from __future__ import annotations

import pandas as pd

from processor.judge.claims import Claims
from processor.judge.workdays import Workdays
from processor.rulebook.types import Dated


def deadline_column(claims: Claims, name: str) -> pd.Series[pd.Timestamp]:
    """The last day of that deadline for each order; missing where its start is not known."""
    deadline = claims.book.calendar.deadlines[name]
    start = claims.today() if deadline.start == "today" else claims.dates.get(deadline.start)
    return after(claims.calendar, claims.table[deadline.start] if start is None else start, deadline.working_days)


def days_after(claims: Claims, name: str | None, number: int) -> pd.Series[pd.Timestamp]:
    """The `number`-th working day after that deadline, or after today; found once for all that ask for it."""
    if (name, number) not in claims.days:
        start = claims.today() if name is None else deadline_column(claims, name)
        claims.days[name, number] = claims.calendar.add(start, number)
    return claims.days[name, number]


def after(calendar: Workdays, start: pd.Series[pd.Timestamp], working_days: Dated) -> pd.Series[pd.Timestamp]:
    """Each date plus the number of working days that held on it."""
    found = pd.Series(pd.NaT, index=start.index, dtype="datetime64[us]")
    day = start.dt.normalize()
    for first, last, number in working_days.spans():
        found = found.mask(day.between(pd.Timestamp(first), pd.Timestamp(last)), calendar.add(start, number))
    return found

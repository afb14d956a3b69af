"""Computes the named deadlines of `calendar.deadlines` as columns of days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from processor.judge.facts.claims import Claims, Moments
from processor.judge.workdays import Workdays, between, plain_days
from processor.rulebook.types import Dated


def deadline_column(claims: Claims, name: str) -> Moments:
    """The last day of that deadline for each order; missing where its start is not known."""
    deadline = claims.book.calendar.deadlines[name]
    start = claims.today() if deadline.start == "today" else claims.dates.get(deadline.start)
    last = after(claims.calendar, claims.table[deadline.start] if start is None else start, deadline.working_days)
    if deadline.or_sooner is None:
        return last
    other = deadline_column(claims, deadline.or_sooner)
    return last.mask(last.isna() | other.lt(last), other)


def days_after(claims: Claims, name: str | None, number: int) -> Moments:
    """The `number`-th working day after the named deadline; after today where `name` is None. Results are cached."""
    if (name, number) not in claims.days:
        if number:
            start = days_after(claims, name, 0)
        else:
            start = claims.today() if name is None else deadline_column(claims, name)
        claims.days[name, number] = claims.calendar.add(start, number)
    return claims.days[name, number]


def after(calendar: Workdays, start: Moments, working_days: Dated) -> Moments:
    """Each date plus the number of working days that held on it."""
    day = plain_days(start)
    found = np.full(len(day), np.datetime64("NaT", "us"), "datetime64[us]")
    for first, last, number in working_days.spans():
        here = between(day, first, last)
        found[here] = calendar.add(start[here], number).to_numpy()
    return pd.Series(found, index=start.index)

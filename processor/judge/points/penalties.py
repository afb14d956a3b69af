"""Which points an order brings, by today's action or by itself, and on which day they are given (policy §6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from processor.judge.facts import Claims, Column, clock_stopped_at, days_after
from processor.judge.situations import number
from processor.judge.workdays import between, plain_days
from processor.model import PenaltyEvent, RuleId
from processor.rulebook.types import PenaltyRow, Rulebook, Situation


def granted_on(claims: Claims, row: PenaltyRow) -> pd.Series[pd.Timestamp]:
    """Points are given at dawn of a working day after the deadline passed, or after today's action; missing = unknown."""
    return days_after(claims, row.due, row.grant_after)


def last_day(claims: Claims, row: PenaltyRow) -> pd.Series[pd.Timestamp]:
    """The last day on which the event could, or can, be avoided."""
    return days_after(claims, row.due, max(row.grant_after - 1, 0))


def worth_on(book: Rulebook, row: PenaltyRow, day: date) -> int:
    """What a row that counts day by day brings on one day."""
    moment = pd.Timestamp(day)
    if any(first <= moment <= last for first, last in _moratoria(book, row)):
        return 0
    return next((number for first, last, number in _spans(row) if first <= moment <= last), 0)


def worth(claims: Claims) -> tuple[pd.Series[int], list[dict[RuleId, int]]]:
    """For each order the number of what each penalty row would bring to it, and what that is in points.

    A row brings what it is worth on its own day. One that is within a moratorium then, or whose day nobody knows, is left out.
    """
    alike: dict[tuple[object, ...], list[PenaltyRow]] = {}
    for row in claims.book.penalties.table.rows:
        alike.setdefault(_alike(row), []).append(row)
    columns = {
        rows[0].id: _by_day(claims, rows[0]) if rows[0].per_day else _once(claims, rows[0]) for rows in alike.values()
    }
    if not columns:
        return pd.Series(0, index=claims.table.index), [{}]
    codes, found = number(columns)
    return codes, [
        {row.id: points for rows in alike.values() if isinstance(points := brought[rows[0].id], int) for row in rows}
        for brought in found
    ]


def _alike(row: PenaltyRow) -> tuple[object, ...]:
    """All that the worth of a row depends on: rows that are alike in this are worth the same."""
    return row.due, row.grant_after, row.points, row.since, row.until, row.moratorium_exempt, row.per_day


def events(book: Rulebook, situation: Situation, worth: Mapping[RuleId, int]) -> tuple[PenaltyEvent, ...]:
    """All events of one situation that bring points; `worth`: what each row would bring in it."""
    return tuple(
        PenaltyEvent(row.id, row.event, row.why, brought, row.by_action, row.sources)
        for row in book.penalties.table.all(situation)
        if (brought := worth.get(row.id, 0))
    )


def _once(claims: Claims, row: PenaltyRow) -> Column:
    """An event happens on the last day on which it could have been avoided, and is given on the next working day.

    One that happened on a day that no file tells is worth what it would be today.
    """
    happened = last_day(claims, row).fillna(days_after(claims, None, max(row.grant_after - 1, 0)))
    day, granted = plain_days(happened), plain_days(granted_on(claims, row))
    points, known = np.zeros(len(day), "int64"), np.zeros(len(day), "bool")
    for first, last, each in _spans(row):
        here = between(day, first, last)
        points[here], known[here] = each, True
    for first, last in _moratoria(claims.book, row):
        known &= ~between(granted, first, last)
    return pd.Series(pd.arrays.IntegerArray(points, ~known), index=happened.index)


def _by_day(claims: Claims, row: PenaltyRow) -> Column:
    """The same points again at dawn of each working day after the deadline, up to that of the dispatch or today's.

    A day off belongs to the next working day: what is not sent by Friday has its point at dawn of Monday.
    """
    start, until = days_after(claims, row.due, 0), claims.calendar.on_or_after(_late_until(claims))
    total = pd.Series(0, index=start.index, dtype="Int64")
    for first, last, each in _spans(row):
        total += each * _days_within(claims, start, until, first, last)
        for begins, ends in _moratoria(claims.book, row):
            total -= each * _days_within(claims, start, until, max(first, begins), min(last, ends))
    return total


def _late_until(claims: Claims) -> Column:
    """What is dispatched, or asked to be cancelled, is late no more; its points of that day were given at dawn."""
    stopped, since = clock_stopped_at(claims)
    today = claims.today()
    return today.mask(stopped, since.mask(since > today, today))


def _days_within(claims: Claims, passed: Column, until: Column, first: pd.Timestamp, last: pd.Timestamp) -> Column:
    """How many of the working days after `passed` up to `until` lie between these two days, both in."""
    if last < first:
        return pd.Series(0, index=passed.index, dtype="Int64")
    eve = first - pd.Timedelta(days=1)
    start, end = (day.dt.normalize().clip(eve, last) for day in (passed, until))
    return claims.calendar.count(start, end).clip(lower=0)


def _spans(row: PenaltyRow) -> list[tuple[pd.Timestamp, pd.Timestamp, int]]:
    """The days, first and last, on which each number of points holds, as far as the row itself does."""
    spans = [
        (max(first, row.since or first), min(last, row.until or last), number)
        for first, last, number in row.points.spans()
    ]
    return [(pd.Timestamp(first), pd.Timestamp(last), number) for first, last, number in spans if first <= last]


def _moratoria(book: Rulebook, row: PenaltyRow) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Days of granting on which this row brings nothing (policy §6.5)."""
    if row.moratorium_exempt:
        return []
    return [(pd.Timestamp(span.first), pd.Timestamp(span.last)) for span in book.penalties.moratoria]

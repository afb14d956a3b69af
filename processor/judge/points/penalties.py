"""Which penalty points an order brings, by today's action or by a missed deadline, and when (policy §6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from processor.judge.facts import Claims, Moments, clock_stopped_at, days_after
from processor.judge.situations import Codes, number
from processor.judge.workdays import between, plain_days
from processor.model import PenaltyEvent, RuleId
from processor.rulebook.types import PenaltyRow, Rulebook, Situation


def granted_on(claims: Claims, row: PenaltyRow) -> pd.Series[pd.Timestamp]:
    """The day of points: they come at dawn of a working day after the deadline or today's action; missing = unknown."""
    return days_after(claims, row.due, row.grant_after)


def last_day(claims: Claims, row: PenaltyRow) -> pd.Series[pd.Timestamp]:
    """The last day on which the event could, or can, be avoided."""
    return days_after(claims, row.due, max(row.grant_after - 1, 0))


def worth_on(book: Rulebook, row: PenaltyRow, day: date) -> int:
    """The points that a daily row brings on one day; 0 outside its dates and within a moratorium."""
    moment = pd.Timestamp(day)
    if any(first <= moment <= last for first, last in _moratoria(book, row)):
        return 0
    return next((number for first, last, number in _spans(row) if first <= moment <= last), 0)


def worth(claims: Claims) -> tuple[Codes, list[dict[RuleId, int]]]:
    """For each order a number, and by this number the points that each penalty row would bring to the order.

    A row's points are those of the day on which its event happens. A row is left out where its points are given within
    a moratorium, or are not known.
    """
    alike: dict[tuple[object, ...], list[PenaltyRow]] = {}
    for row in claims.book.penalties.table.rows:
        alike.setdefault(_alike(row), []).append(row)
    columns = {
        rows[0].id: _by_day(claims, rows[0]) if rows[0].per_day else _once(claims, rows[0]) for rows in alike.values()
    }
    if not columns:
        return np.zeros(len(claims.table), "int64"), [{}]
    codes, found = number(columns)
    return codes, [
        {row.id: points for rows in alike.values() if isinstance(points := brought[rows[0].id], int) for row in rows}
        for brought in found
    ]


def _alike(row: PenaltyRow) -> tuple[object, ...]:
    """The key of all that the points of a row depend on: rows with equal keys bring the same points."""
    return row.due, row.grant_after, row.points, row.since, row.until, row.moratorium_exempt, row.per_day


def events(book: Rulebook, situation: Situation, worth: Mapping[RuleId, int]) -> tuple[PenaltyEvent, ...]:
    """All events of one situation that bring points. worth: the points that each row would bring in it."""
    return tuple(
        PenaltyEvent(row.id, row.event, row.why, brought, row.by_action, row.sources)
        for row in book.penalties.table.all(situation)
        if (brought := worth.get(row.id, 0))
    )


def _once(claims: Claims, row: PenaltyRow) -> pd.Series[int]:
    """The points of a row that is given once; missing on a day without points.

    An event happens on the last day on which it could have been avoided, and its points are given on the next working
    day. An event whose day no file has counts as one of today.
    """
    happened, else_today = last_day(claims, row), days_after(claims, None, max(row.grant_after - 1, 0))
    day, granted = plain_days(happened), plain_days(granted_on(claims, row))
    day = np.where(np.isnat(day), plain_days(else_today), day)
    points, known = np.zeros(len(day), "int64"), np.zeros(len(day), "bool")
    for first, last, each in _spans(row):
        here = between(day, first, last)
        points[here], known[here] = each, True
    for first, last in _moratoria(claims.book, row):
        known &= ~between(granted, first, last)
    return pd.Series(pd.arrays.IntegerArray(points, ~known), index=happened.index)


def _by_day(claims: Claims, row: PenaltyRow) -> pd.Series[int]:
    """The points of a daily row: given at dawn of each working day after the deadline, up to the dispatch or today.

    A day off belongs to the next working day: an order that is not sent by Friday has its point at dawn of Monday.
    """
    start, until = days_after(claims, row.due, 0), claims.calendar.on_or_after(_late_until(claims))
    total = pd.Series(0, index=start.index, dtype="Int64")
    for first, last, each in _spans(row):
        total += each * _days_within(claims, start, until, first, last)
        for begins, ends in _moratoria(claims.book, row):
            total -= each * _days_within(claims, start, until, max(first, begins), min(last, ends))
    return total


def _late_until(claims: Claims) -> Moments:
    """The last day on which each order is late: the day of the dispatch or of the cancel request, else today.

    That day counts, for its points were given at dawn.
    """
    stopped, since = clock_stopped_at(claims)
    today = claims.today()
    return today.mask(stopped, since.mask(since > today, today))


def _days_within(
    claims: Claims, passed: Moments, until: Moments, first: pd.Timestamp, last: pd.Timestamp
) -> pd.Series[int]:
    """How many of the working days after `passed` up to `until` lie between `first` and `last`, both included."""
    if last < first:
        return pd.Series(0, index=passed.index, dtype="Int64")
    eve = first - pd.Timedelta(days=1)
    start, end = (day.dt.normalize().clip(eve, last) for day in (passed, until))
    return claims.calendar.count(start, end).clip(lower=0)


def _spans(row: PenaltyRow) -> list[tuple[pd.Timestamp, pd.Timestamp, int]]:
    """First day, last day and points of each period for which the row has points, within the row's own dates."""
    spans = [
        (max(first, row.since or first), min(last, row.until or last), number)
        for first, last, number in row.points.spans()
    ]
    return [(pd.Timestamp(first), pd.Timestamp(last), number) for first, last, number in spans if first <= last]


def _moratoria(book: Rulebook, row: PenaltyRow) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """First and last day of each moratorium: points of this row are not given then (policy §6.5)."""
    if row.moratorium_exempt:
        return []
    return [(pd.Timestamp(span.first), pd.Timestamp(span.last)) for span in book.penalties.moratoria]

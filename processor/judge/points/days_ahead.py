"""The points of the next thirty days, day by day, against what a sanction needs (policy §11.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

import pandas as pd

from processor.judge.points.stages import History, stage_on
from processor.judge.points.windows import Daily, days_from, needed, within
from processor.judge.workdays import Workdays
from processor.model import Day, Forecast, Point, PointState, Range, Scenario
from processor.rulebook.types import PenaltyNow, Rulebook

_AHEAD: Final = timedelta(days=30)
_A_USUAL_WEEK: Final = 5  # days of history from which the orders of a whole window can be told
_CERTAIN: Final = Range(0, 0)


def forecast(
    points: pd.DataFrame, paid: Daily, since: date | None, book: Rulebook, today: date, calendar: Workdays
) -> Forecast:
    """Of the lines of points, given ones of any age; `since` as in Forecast."""
    sanction = book.penalties.sanction
    told = _told(book, today)
    held = _by_day(_of(points, PointState.GIVEN), today)
    coming = {plan: _by_day(_under(plan, points), today, calendar) for plan in Scenario}
    days = tuple(
        _day(day, held, coming, _unseen(day, held, told, since, sanction.window_days), sanction.window_days)
        for day in days_from(today, today + _AHEAD)
    )
    orders = _paid(paid, since, told, today, sanction.window_days)
    need = Range(needed(orders.low, sanction), None if orders.high is None else needed(orders.high, sanction))
    peak = max(day.counts[Scenario.ALWAYS].safe for day in days)
    room, cancel = need.low - 1 - peak, _of_a_sold_out_cancel(book, today)
    return Forecast(
        days=days,
        paid=orders,
        need=need,
        reached={plan: _first(days, plan, need.low) for plan in Scenario},
        room=room,
        sold_out_room=max(room, 0) // cancel if cancel else None,
        early=_near(peak, orders.low, book),
        stage=stage_on(today, History(held, paid, since), book),
        since=since,
        told_on=told.day if told else None,
    )


def _told(book: Rulebook, today: date) -> PenaltyNow | None:
    """The seller's own figure, as long as its points still count."""
    now = book.store.penalty_now
    return now if now and 0 <= (today - now.day).days < book.penalties.sanction.window_days else None


def _of(points: pd.DataFrame, *standings: PointState) -> pd.DataFrame:
    return points[points[Point.STATE].isin([standing.value for standing in standings])]


def _under(plan: Scenario, points: pd.DataFrame) -> pd.DataFrame:
    """What is still to be given, where so much is done and no more."""
    match plan:
        case Scenario.NOTHING:
            return _of(points, PointState.SURE, PointState.AVOIDABLE)
        case Scenario.TODAY:
            left = _of(points, PointState.SURE, PointState.BY_ACTION, PointState.AVOIDABLE)
            return left[~(left[Point.ENDED] & left[Point.STATE].eq(PointState.AVOIDABLE.value))]
        case Scenario.ALWAYS:
            return _of(points, PointState.SURE, PointState.BY_ACTION)


def _by_day(lines: pd.DataFrame, today: date, calendar: Workdays | None = None) -> Counter[date]:
    """Points by day; those of an unknown day are taken to be given today, when they count longest.

    With a calendar, daily ones come again on each working day to come.
    """
    found: Counter[date] = Counter()
    sums = lines.fillna({Point.DAY: pd.Timestamp(today)}).groupby([Point.DAY, Point.DAILY])[Point.POINTS].sum()
    for moment, daily, number in sums.reset_index().itertuples(index=False):
        for day in calendar.days(moment.date(), today + _AHEAD) if daily and calendar else [moment.date()]:
            found[day] += number
    return found


def _day(day: date, held: Daily, coming: Mapping[Scenario, Daily], unseen: Range, window: int) -> Day:
    counted = within(day, held, window)
    return Day(
        day=day,
        held=_sum(counted, unseen),
        expiring=held.get(day - timedelta(days=window), 0),
        coming=coming[Scenario.NOTHING].get(day, 0),
        counts={plan: _sum(counted + within(day, more, window), unseen) for plan, more in coming.items()},
    )


def _sum(counted: int, unseen: Range) -> Range:
    return Range(max(counted + unseen.low, 0), None if unseen.high is None else max(counted + unseen.high, 0))


def _unseen(day: date, held: Daily, told: PenaltyNow | None, since: date | None, window: int) -> Range:
    """Points that count on a day and that this program did not see; less than 0 where it saw too many.

    On which days those of the seller's own figure were given nobody knows: they may be over on any day after it.
    """
    if told is not None:
        more = told.points - within(told.day, held, window)
        if day == told.day:
            return Range(more, more)
        return Range(min(more, 0), max(more, 0)) if (day - told.day).days < window else _CERTAIN
    known = since is not None and (day - since).days >= window
    return _CERTAIN if known else Range(0, None)


def _paid(paid: Daily, since: date | None, told: PenaltyNow | None, today: date, window: int) -> Range:
    """Orders paid within the window: from the seller's own ratio, else those seen, else what may be left unseen."""
    if told is not None and told.points and told.ratio_percent is not None:
        low = told.points * 100 // (told.ratio_percent + 1) + 1
        return Range(low, told.points * 100 // told.ratio_percent if told.ratio_percent else None)
    seen = within(today, paid, window)
    known_days = (today - since).days if since is not None else 0
    if known_days >= window:
        return Range(seen, seen)
    if since is None or known_days < _A_USUAL_WEEK:
        return Range(seen, None)
    lately = sum(paid.get(day, 0) for day in days_from(since, today - timedelta(days=1)))
    return Range(seen, max(seen, -(-lately * window // known_days)))


def _first(days: Iterable[Day], plan: Scenario, need: int) -> date | None:
    return next((day.day for day in days if day.counts[plan].safe >= need), None)


def _of_a_sold_out_cancel(book: Rulebook, today: date) -> int | None:
    """Points of the usual kind, which stands first."""
    return next((row.points.on(today) for row in book.penalties.table.rows if row.by_action), None)


def _near(peak: int, paid: int, book: Rulebook) -> bool:
    """Near both bounds: far from one of them there is nothing to fear (policy §10.5 D9, §6.4)."""
    early = book.penalties.early
    return peak >= early.points and peak * 100 >= early.ratio_percent * paid

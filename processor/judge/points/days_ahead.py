"""Forecasts the penalty points of the next thirty days, day by day, against what a sanction needs (policy §11.2)."""

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
_A_USUAL_WEEK: Final = 5  # days of history that are enough to estimate the paid orders of a whole window
_CERTAIN: Final = Range(0, 0)


def forecast(
    points: pd.DataFrame, paid: Daily, since: date | None, book: Rulebook, today: date, calendar: Workdays
) -> Forecast:
    """The forecast from today on.

    points: a row per point of an order (`Point`), given ones of any age. paid: product orders by day of payment.
    since: the first day that the ledger remembers, as in Forecast.
    """
    sanction = book.penalties.sanction
    entered = _entered_figure(book, today)
    held = _by_day(_of(points, PointState.GIVEN), today)
    coming = {plan: _by_day(_under(plan, points), today, calendar) for plan in Scenario}
    days = tuple(
        _day(day, held, coming, _unseen(day, held, entered, since, sanction.window_days), sanction.window_days)
        for day in days_from(today, today + _AHEAD)
    )
    orders = _paid(paid, since, entered, today, sanction.window_days)
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
        entered_on=entered.day if entered else None,
    )


def _entered_figure(book: Rulebook, today: date) -> PenaltyNow | None:
    """The figure that the seller entered in rules.yaml, if its points still count today."""
    now = book.store.penalty_now
    return now if now and 0 <= (today - now.day).days < book.penalties.sanction.window_days else None


def _of(points: pd.DataFrame, *states: PointState) -> pd.DataFrame:
    return points[points[Point.STATE].isin([state.value for state in states])]


def _under(plan: Scenario, points: pd.DataFrame) -> pd.DataFrame:
    """The points that are still to be given if exactly the work of that scenario is done."""
    match plan:
        case Scenario.NOTHING:
            return _of(points, PointState.SURE, PointState.AVOIDABLE)
        case Scenario.TODAY:
            left = _of(points, PointState.SURE, PointState.BY_ACTION, PointState.AVOIDABLE)
            return left[~(left[Point.ENDED] & left[Point.STATE].eq(PointState.AVOIDABLE.value))]
        case Scenario.ALWAYS:
            return _of(points, PointState.SURE, PointState.BY_ACTION)


def _by_day(lines: pd.DataFrame, today: date, calendar: Workdays | None = None) -> Counter[date]:
    """Points by day. Points of an unknown day are put on today, the day from which they would count longest.

    With a calendar, daily points are repeated on each working day ahead.
    """
    found: Counter[date] = Counter()
    sums: Counter[tuple[date, bool]] = Counter()
    days = lines[Point.DAY].fillna(pd.Timestamp(today)).to_numpy().astype("datetime64[D]").tolist()
    for day, daily, number in zip(days, lines[Point.DAILY].tolist(), lines[Point.POINTS].tolist(), strict=True):
        sums[day, daily] += number
    for (first, daily), number in sums.items():
        for day in calendar.days(first, today + _AHEAD) if daily and calendar else [first]:
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


def _unseen(day: date, held: Daily, entered: PenaltyNow | None, since: date | None, window: int) -> Range:
    """Points that count on that day and that this program did not see; negative where it counted too many.

    They are the difference to the figure that the seller entered. The days on which the points of that figure were
    given are not known, so on every later day any part of them may have expired.
    """
    if entered is not None:
        more = entered.points - within(entered.day, held, window)
        if day == entered.day:
            return Range(more, more)
        return Range(min(more, 0), max(more, 0)) if (day - entered.day).days < window else _CERTAIN
    known = since is not None and (day - since).days >= window
    return _CERTAIN if known else Range(0, None)


def _paid(paid: Daily, since: date | None, entered: PenaltyNow | None, today: date, window: int) -> Range:
    """Orders paid within the window, with bounds: from the ratio that the seller entered, or counted, or estimated."""
    if entered is not None and entered.points and entered.ratio_percent is not None:
        low = entered.points * 100 // (entered.ratio_percent + 1) + 1
        return Range(low, entered.points * 100 // entered.ratio_percent if entered.ratio_percent else None)
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
    """Points of one sold-out cancel: those of the first row of the table that an action of the seller brings."""
    return next((row.points.on(today) for row in book.penalties.table.rows if row.by_action), None)


def _near(peak: int, paid: int, book: Rulebook) -> bool:
    """Whether both bounds are near, for a sanction needs both (policy §10.5 D9, §6.4). peak: most points of a day."""
    early = book.penalties.early
    return peak >= early.points and peak * 100 >= early.ratio_percent * paid

"""Lists every penalty point of every order: given, brought by today's action, certain, or avoidable (policy §11.2).

The points that come if nothing is done are found by the same table of penalties: each situation is looked up once more
as it will be after its deadlines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from processor.judge.facts import Claims, Flags, days_after
from processor.judge.points.penalties import granted_on, last_day, worth_on
from processor.judge.situations import Codes, Consequences, completed, spread
from processor.model import POINT, UNKNOWN, Col, Past, Point, PointState, RuleId, Verdict
from processor.rulebook.types import PenaltyRow, Rulebook

_LONG: Final = 10_000  # working days: later than any deadline
_GROWING: Final = ("수거경과", "송장경과")
_AHEAD: Final = (PointState.AVOIDABLE.value, PointState.SURE.value)
_NEVER: Final = np.datetime64("NaT", "us")
_STOPPING: Final = ("구매자취소", "취소처리중", "완료")
"""Requests that stop the dispatch clock."""

Worth = Mapping[int, int]
"""Number of a situation → the points that one row brings in it."""


@dataclass(frozen=True, eq=False, slots=True)
class Judged:
    """The orders of a batch, each with the number of its verdict."""

    claims: Claims
    codes: Codes
    consequences: Sequence[Consequences]  # by number
    verdicts: Sequence[Verdict]  # by number

    @property
    def today(self) -> pd.Timestamp:
        return pd.Timestamp(self.claims.as_of.date())

    @property
    def working_day(self) -> pd.Timestamp:
        """Today if it is a working day, else the next working day."""
        return self.claims.calendar.on_or_after(pd.Series([self.today]))[0]


def points(judged: Judged, still_open: Flags, past: Past) -> pd.DataFrame:
    """A row per point of an order, with the columns of Point. Includes given points that no longer count."""
    ahead = [_ahead(judged, code) for code in range(len(judged.verdicts))]
    rows = judged.claims.book.penalties.table.rows
    events = [{event.rule: event.points for event in verdict.penalties} for verdict in judged.verdicts]
    shown = _table(part for row in rows for part in _of_rule(judged, row, events, ahead))
    known = _remembered(judged, past.points, shown, still_open)
    return pd.concat([_not_again(shown, known), known], ignore_index=True)


def that_count(lines: pd.DataFrame, book: Rulebook, today: date) -> pd.DataFrame:
    """The lines that count: within the window that ends today, ahead, or of an unknown day."""
    window = timedelta(days=book.penalties.sanction.window_days)
    counts = lines[Point.DAY].isna() | lines[Point.DAY].gt(pd.Timestamp(today - window))
    return lines[counts].reset_index(drop=True)


def _ahead(judged: Judged, code: int) -> dict[RuleId, int]:
    """The points that each penalty row would bring in this situation after its deadlines, if nothing is done."""
    verdict, follows = judged.verdicts[code], judged.consequences[code]
    later = completed(verdict.facts, verdict.action, follows.late)
    later |= {word: _LONG for word in _GROWING if later.get(word, UNKNOWN) != UNKNOWN}
    if (not _stopped(verdict) or _unsettled(verdict)) and later["발송기한"] != UNKNOWN:
        later["발송기한"] = -_LONG
    rows = judged.claims.book.penalties.table.all(later)
    return {row.id: follows.worth[row.id] for row in rows if row.id in follows.worth and not row.by_action}


def _stopped(verdict: Verdict) -> bool:
    """Whether the dispatch deadline no longer runs: the order is sent, or its cancel was requested."""
    return verdict.facts["송장"] == "입력" or verdict.facts["요청"] in _STOPPING


def _unsettled(verdict: Verdict) -> bool:
    """Whether the request is still open. If it is refused or withdrawn, the deadline counts as never interrupted."""
    return verdict.facts["송장"] != "입력" and verdict.facts["요청"] == "구매자취소"


def _of_rule(
    judged: Judged, row: PenaltyRow, events: Sequence[Mapping[RuleId, int]], ahead: Sequence[Mapping[RuleId, int]]
) -> Iterator[pd.DataFrame]:
    """What one row of the penalty table brings to the orders of this batch.

    events, ahead: for each verdict the points of each row, brought already or as in `_ahead`.
    """
    now = {code: brought[row.id] for code, brought in enumerate(events) if row.id in brought}
    if row.per_day:
        yield from _given_daily(judged, row, now)
        each = worth_on(judged.claims.book, row, judged.today.date())
        running = [code for code, verdict in enumerate(judged.verdicts) if _unsettled(verdict) or not _stopped(verdict)]
        late = {code: each for code in running if row.id in ahead[code] and each}
    else:
        yield from _happened(judged, row, now)
        late = {code: of[row.id] for code, of in enumerate(ahead) if of.get(row.id) and code not in now}
    open_ = {code: worth for code, worth in late.items() if _unsettled(judged.verdicts[code])}
    yield from _coming(judged, row, {code: worth for code, worth in late.items() if code not in open_})
    for lines in _lines(judged, row, open_, PointState.UNSETTLED):
        day = lines[Point.DAY]
        yield lines.assign(**{Point.DAY: day.mask(day.notna() & row.per_day)})


def _lines(judged: Judged, row: PenaltyRow, worth: Worth, state: PointState) -> Iterator[pd.DataFrame]:
    """A line for each order whose situation has points in `worth`, on the day that the order's own deadline gives."""
    if not worth:
        return
    claims, here = judged.claims, np.isin(judged.codes, list(worth))
    code, other = judged.codes[here], row.grant_after_else
    columns = {
        Point.PRODUCT_ORDER_NO: claims.text(Col.PRODUCT_ORDER_NO)[here],
        Point.PRODUCT_NO: claims.text(Col.PRODUCT_NO)[here],
        Point.PRODUCT: claims.text(Col.PRODUCT_NAME)[here],
        Point.RULE: row.id,
        Point.EVENT: row.event,
        Point.POINTS: [worth[each] for each in code.tolist()],
        Point.DAY: granted_on(claims, row)[here],
        Point.DAY_ELSE: _NEVER if other is None else days_after(claims, row.due, other)[here],
        Point.UNTIL: _NEVER if row.by_action else last_day(claims, row)[here],
        Point.STATE: state.value,
        Point.DAILY: False,
        Point.LISTED: spread(code, judged.verdicts, lambda verdict: verdict.action.to_do, bool),
        Point.ENDED: spread(code, judged.verdicts, lambda verdict: verdict.action.entry.ends_points, bool),
        Point.REMEMBERED: False,
    }
    yield pd.DataFrame(columns, index=claims.table.index[here])


def _happened(judged: Judged, row: PenaltyRow, now: Worth) -> Iterator[pd.DataFrame]:
    """Points that today's action brings, and points of past events: given, or certain for the next working day."""
    if row.by_action:
        yield from _lines(judged, row, now, PointState.BY_ACTION)
        return
    for lines in _lines(judged, row, now, PointState.GIVEN):
        ahead = lines[Point.DAY].gt(judged.today)
        yield lines.assign(**{Point.STATE: lines[Point.STATE].mask(ahead, PointState.SURE.value)})


def _coming(judged: Judged, row: PenaltyRow, worth: Worth) -> Iterator[pd.DataFrame]:
    """Points whose day lies ahead.

    Where the policy can be read in two ways (`grant_after_else`), the earlier day is shown as the last one on which the
    points can be avoided, unless it has passed.
    """
    add, today = judged.claims.calendar.add, judged.today
    for lines in _lines(judged, row, worth, PointState.AVOIDABLE):
        until, day = lines[Point.UNTIL], lines[Point.DAY]
        if row.per_day:  # given again on each working day; on a day off the next point is certain already
            until = until.mask(until.lt(today), judged.working_day)
            day = add(until, 1)
        if row.grant_after_else is not None:
            sooner = days_after(judged.claims, row.due, row.grant_after_else - 1)[lines.index]
            until = until.mask(sooner.ge(today) & sooner.lt(until), sooner)
        state = lines[Point.STATE].mask(until.lt(today), PointState.SURE.value)
        coming = lines.assign(**{Point.DAY: day, Point.UNTIL: until, Point.STATE: state})
        yield coming.assign(**{Point.DAILY: row.per_day})[day.gt(today)]


def _given_daily(judged: Judged, row: PenaltyRow, now: Worth) -> Iterator[pd.DataFrame]:
    """Points that are given again each working day: a line for each dawn of giving, past or certain."""
    for lines in _lines(judged, row, now, PointState.GIVEN):
        pairs = list(zip(lines[Point.UNTIL], lines[Point.POINTS], strict=True))
        days = {pair: _days_given(judged, row, *pair) for pair in set(pairs)}
        given = pd.Series([days[pair] for pair in pairs], index=lines.index)
        each = lines.assign(**{Point.DAY: given}).explode(Point.DAY).astype({Point.DAY: "datetime64[us]"})
        worth = each[Point.DAY].map(lambda moment: worth_on(judged.claims.book, row, moment.date()))
        state = each[Point.STATE].mask(each[Point.DAY].gt(judged.today), PointState.SURE.value)
        yield each.assign(**{Point.POINTS: worth, Point.STATE: state})


def _days_given(judged: Judged, row: PenaltyRow, due: pd.Timestamp, total: int) -> list[pd.Timestamp]:
    """The working days after the deadline on which points were given, counted until their sum reaches `total`."""
    start, days, late = pd.Series([due]), [], 0
    while total > 0 and (day := judged.claims.calendar.add(start, late := late + 1)[0]) <= judged.working_day:
        if worth := worth_on(judged.claims.book, row, day.date()):
            days.append(day)
            total -= worth
    return days


def _remembered(judged: Judged, known: pd.DataFrame, shown: pd.DataFrame, still_open: Flags) -> pd.DataFrame:
    """Points that earlier runs recorded and today's files do not show.

    Without the points of a cancel that was planned but not done. Points that today's files show as open count as open,
    although an earlier run recorded them: it could not know that the buyer had asked in time.
    """
    if known.empty:
        return known
    undone = judged.claims.table.loc[still_open, Col.PRODUCT_ORDER_NO]
    planned = known[Point.STATE].eq(PointState.BY_ACTION.value)
    again = _same(known, shown[~shown[Point.STATE].isin(_AHEAD)])
    left = known[~again & ~(planned & known[Point.PRODUCT_ORDER_NO].isin(undone))]
    ahead = left[Point.DAY].gt(judged.today)
    state = left[Point.STATE].mask(ahead & ~planned, PointState.SURE.value).where(ahead, PointState.GIVEN.value)
    return left.assign(**{Point.STATE: state})


def _not_again(shown: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Without the coming points of an event that was given already, for each event gives points once."""
    once = shown[Point.STATE].isin(_AHEAD) & ~shown[Point.DAILY]
    return shown[~(once & _same(shown, known))]


def _same(lines: pd.DataFrame, others: pd.DataFrame) -> pd.Series[bool]:
    """Lines whose order and event are among the others."""
    if lines.empty or others.empty:
        return pd.Series(data=False, index=lines.index)
    keys = [Point.PRODUCT_ORDER_NO, Point.EVENT]
    found = pd.MultiIndex.from_frame(lines[keys]).isin(pd.MultiIndex.from_frame(others[keys]))
    return pd.Series(found, index=lines.index, dtype="bool")


def _table(parts: Iterator[pd.DataFrame]) -> pd.DataFrame:
    found = [part for part in parts if len(part)]
    return pd.concat(found, ignore_index=True).astype(POINT) if found else POINT.empty()

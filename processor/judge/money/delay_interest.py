"""Interest that the seller owes for a late refund, by day, from the working day after the deadline (policy §5.1)."""

from __future__ import annotations

import pandas as pd

from processor.judge.facts import Claims, Flags, Moments, among, deadline_column, surely
from processor.model import Col, Out

_HUNDRED_YEARS = 100 * 365  # won × percent × days / this


def interest(claims: Claims) -> pd.DataFrame:
    """Days of interest and its won for each order up to today; 0 = the refund is not late, missing = not known.

    The seller has until the end of the deadline's day. Interest counts calendar days from the next working day through
    today, both included: a weekend after that first day counts, a weekend before it does not.
    """
    owed = _owed(claims)
    if not owed.any():
        none = pd.Series(0, index=claims.table.index, dtype="Int64")
        return pd.DataFrame({Out.DELAY_DAYS: none, Out.DELAY_WON: none})
    begins = _begins(claims)
    today = pd.Timestamp(claims.as_of).normalize()
    days = weighed = pd.Series(0, index=begins.index, dtype="Int64")
    for since, until, percent in claims.book.delay_interest.percent.spans():
        first = begins.mask(begins.lt(pd.Timestamp(since)), pd.Timestamp(since))
        last = min(today, pd.Timestamp(until))
        counted = ((last - first).dt.days + 1).clip(lower=0).astype("Int64")
        days, weighed = days + counted, weighed + counted * percent
    won = claims.table[Col.TOTAL_AMOUNT] * weighed // _HUNDRED_YEARS
    late = owed & ~surely(days.eq(0))
    return pd.DataFrame({Out.DELAY_DAYS: days.where(owed, 0), Out.DELAY_WON: won.where(late, 0)}, index=begins.index)


def _begins(claims: Claims) -> Moments:
    """The first day of interest; missing where the deadline's start is not known."""
    begins: Moments = pd.Series(pd.NaT, index=claims.table.index, dtype="datetime64[us]")
    for request, deadline in claims.book.delay_interest.after.items():
        first = claims.calendar.add(deadline_column(claims, deadline), 1).dt.normalize()
        begins = begins.mask(claims.facts["요청"] == request, first)
    return begins


def _owed(claims: Claims) -> Flags:
    """Whether a refund is owed: the goods came back, and it was neither made nor held.

    An order that left every list is not counted, for it may have been refunded.
    """
    asked = among(claims.facts["요청"], claims.book.delay_interest.after)
    back, held = claims.facts["수거"] == "완료", claims.facts["보류"] == "예"
    owed: Flags = asked & back & ~held & (claims.facts["지난기록"] != "목록에없음")
    return owed

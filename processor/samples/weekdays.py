"""Counts weekdays, to invent plausible deadlines. Public holidays count as weekdays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

_END_OF_DAY = time(23, 59)


def weekdays_from(day: date, count: int) -> date:
    """The weekday `count` weekdays after a day; before it if `count` is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if day.weekday() < 5:
            count -= step.days
    return day


def end_of(day: date) -> datetime:
    """The last minute of a day, as 발송기한 is written."""
    return datetime.combine(day, _END_OF_DAY)

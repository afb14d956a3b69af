"""Days without weekends, enough to invent plausible deadlines. Public holidays are none of its business."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

_END_OF_DAY = time(23, 59)


def weekdays_from(day: date, count: int) -> date:
    """The weekday so many weekdays after a day, or before it when the count is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if day.weekday() < 5:
            count -= step.days
    return day


def end_of(day: date) -> datetime:
    """How 발송기한 is written: the last minute of its day."""
    return datetime.combine(day, _END_OF_DAY)

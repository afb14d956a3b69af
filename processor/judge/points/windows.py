"""What counts within a window of days, and when it is enough for a sanction (policy §6.4).

A point counts on the day it is given and on the days after it, as many as the window has: given on day 1 it counts
through day 30 of a window of 30, and no longer on day 31. Days are those of Korea. It is not established that Naver counts
so to the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from processor.rulebook.types import Sanction

Daily = Mapping[date, int]
"""Points by the day on which they are given, or orders by the day on which they were paid."""


def within(day: date, each: Daily, window_days: int) -> int:
    """The sum over the window that ends with this day."""
    return sum(each.get(day - timedelta(days=back), 0) for back in range(window_days))


def needed(paid: int, sanction: Sanction) -> int:
    """The points that bring a sanction: so many at least, and so large a part of the paid orders."""
    return max(sanction.points, -(-sanction.ratio_percent * paid // 100))


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day, both ends in."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))

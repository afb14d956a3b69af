"""Sums within a window of days, and the points that a sanction needs (policy §6.4).

A window of 30 days includes its first and its last day: a point given on day 1 counts through day 30, and no longer on
day 31. Days are Korean days. It is not established that Naver counts so to the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from processor.rulebook.types import Sanction

Daily = Mapping[date, int]
"""Points by the day on which they are given, or orders by the day on which they were paid."""


def within(day: date, each: Daily, window_days: int) -> int:
    """The sum over the window that ends with this day."""
    return sum(each.get(day - timedelta(days=back), 0) for back in range(window_days)) if each else 0


def needed(paid: int, sanction: Sanction) -> int:
    """The points that bring a sanction with `paid` orders: the least number, and the ratio to the paid orders."""
    return max(sanction.points, -(-sanction.ratio_percent * paid // 100))


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))

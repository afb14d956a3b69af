"""How a deadline stands out: late, today, tomorrow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from processor.model import Text
from processor.outbox.sheet import Loud, Mark


def urgent(deadlines: Iterable[date | None], today: date, lang: str) -> dict[int, Mark]:
    """The rows that are late, or must be dealt with today or tomorrow."""
    days = list(deadlines)
    marks = {day: urgency(day, today, lang) for day in set(days)}
    return {row: mark for row, day in enumerate(days) if (mark := marks[day]) is not None}


def urgency(day: date | None, today: date, lang: str) -> Mark | None:
    if day is None or day > today + timedelta(days=1):
        return None
    if day < today:
        return Mark(Loud.LATE, Text("지남", "late").said(lang))
    if day == today:
        return Mark(Loud.TODAY, Text("오늘", "today").said(lang))
    return Mark(Loud.TOMORROW, Text("내일", "tomorrow").said(lang))

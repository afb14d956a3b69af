"""The pure middle of every command that decides: makes a report of a batch and of what is remembered."""

from __future__ import annotations

from datetime import datetime

from processor import judge
from processor.judge import Workdays
from processor.model import Batch, Past, Report
from processor.model.nothing import NOTHING_BEFORE
from processor.recall import recall
from processor.rulebook import Rulebook


def think(batch: Batch, book: Rulebook, as_of: datetime, calendar: Workdays, past: Past = NOTHING_BEFORE) -> Report:
    """Recalls, then judges, by the rules of the day of `as_of`."""
    book = book.on(as_of.date())
    return judge.judge(recall(batch, past, book, as_of), book, as_of, calendar, past)

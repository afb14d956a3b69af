"""The middle of every command that decides: a batch and what is remembered go in, a report comes out. Pure."""

from __future__ import annotations

from datetime import datetime

from processor import judge
from processor.judge import Workdays
from processor.model import Batch, Past, Report
from processor.model.nothing import NOTHING_BEFORE
from processor.recall import recall
from processor.rulebook import Rulebook


def think(batch: Batch, book: Rulebook, as_of: datetime, calendar: Workdays, past: Past = NOTHING_BEFORE) -> Report:
    """Recall, then judge, by the rules of that day."""
    book = book.on(as_of.date())
    return judge.judge(recall(batch, past, book, as_of), book, as_of, calendar, past)

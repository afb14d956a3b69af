"""The pure middle of every command that decides: recalls, then judges, by the rules of the day of `as_of`."""

from __future__ import annotations

from datetime import datetime

from processor import judge
from processor.judge import Workdays
from processor.model import Batch, Past, Report
from processor.model.impact import Side
from processor.model.nothing import NOTHING_BEFORE
from processor.recall import recall
from processor.rulebook import Rulebook


def think(batch: Batch, book: Rulebook, as_of: datetime, calendar: Workdays, past: Past = NOTHING_BEFORE) -> Report:
    """The report on a batch and on what is remembered."""
    book = book.on(as_of.date())
    return judge.judge(recall(batch, past, book, as_of), book, as_of, calendar, past)


def sides(batch: Batch, book: Rulebook, as_of: datetime, calendar: Workdays, past: Past) -> dict[str, Side]:
    """What these rules decide on each order, by 상품주문번호, as far as two rulebooks are compared."""
    book = book.on(as_of.date())
    return judge.sides(recall(batch, past, book, as_of), book, as_of, calendar, past)

"""Finds the seller's stage of sanctions: as the seller entered it, else as this program has counted (policy §6.4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from processor.judge.points.windows import Daily, days_from, needed, within
from processor.model import Stage
from processor.rulebook.types import Rulebook, Steps


class History(NamedTuple):
    """What is known of the days up to today."""

    given: Daily  # points
    paid: Daily  # product orders
    since: date | None  # the first day that the ledger remembers; None = it has only begun


def stage_on(today: date, history: History, book: Rulebook) -> Stage | None:
    """The stage today. None where it cannot be known: the seller has not entered it, and the ledger is too young."""
    steps, entered = book.penalties.steps, book.store.penalty_now
    if entered is not None and entered.stage is not None and entered.day <= today:
        stage = Stage(entered.stage, entered.stage_since, entered=True)
        return _faded(_counted(stage, entered.day + timedelta(days=1), today, history, book), today, steps)
    if history.since is None:
        return None
    stage = _counted(Stage(0, None, entered=False), history.since, today, history, book)
    long_enough = (today - history.since).days >= steps.memory_days
    return _faded(stage, today, steps) if stage.number or long_enough else None


def _counted(stage: Stage, first: date, today: date, history: History, book: Rulebook) -> Stage:
    """The stage after all sanctions since `first`: one on each day on which the bounds are newly reached."""
    sanction, steps = book.penalties.sanction, book.penalties.steps
    if history.since is None:
        return stage
    before = True  # bounds that were reached before the first day bring no new sanction
    for day in days_from(max(first, history.since + timedelta(days=sanction.window_days - 1)), today):
        paid = within(day, history.paid, sanction.window_days)
        now = within(day, history.given, sanction.window_days) >= needed(paid, sanction)
        if now and not before:
            stage = Stage(steps.after(_faded(stage, day, steps).number), day, entered=False)
        before = now
    return stage


def _faded(stage: Stage, day: date, steps: Steps) -> Stage:
    """The stage on that day: back at 0 once it is older than `memory_days`."""
    over = stage.since is not None and (day - stage.since).days >= steps.memory_days
    return Stage(0, None, stage.entered) if over else stage

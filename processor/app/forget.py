"""Forgetting: old inputs with the buyers' data in them, and the entries of the ledger that nothing hangs on any more."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from processor import intake, ledger
from processor.app import plan
from processor.app.desk import Desk


@dataclass(frozen=True, slots=True)
class Old:
    entries: ledger.Forgettable
    folders: list[Path]  # of inputs that were put away, done or failed


def old(desk: Desk, before: date) -> Old:
    """What is older than that day. Nothing is removed."""
    return Old(ledger.forgettable(desk.ledger, before), intake.put_away_before(desk.inbox, before))


def forget(desk: Desk, before: date) -> Old:
    """Remove it: the inputs first, for an entry without its file is better than a file that nobody knows of."""
    with ledger.alone(desk.outbox):
        plan.finish(desk)
        found = old(desk, before)
        for folder in found.folders:
            shutil.rmtree(folder)
        ledger.forget(desk.ledger, before)
    return found

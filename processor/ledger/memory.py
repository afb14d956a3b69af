"""The ledger, opened: what it knows, and how an entry is made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from processor.ledger.entering import enter
from processor.ledger.entry import Entry
from processor.ledger.evidence import evidence_of
from processor.ledger.past import past_of
from processor.ledger.sql import rows
from processor.ledger.store import connection, nothing, transaction
from processor.model import Evidence, Past, Repeat


class Memory:
    """A ledger that is open."""

    def __init__(self, base: sqlite3.Connection, *, writing: bool) -> None:
        self._base = base
        self._writing = writing

    def handled(self, rules: str) -> dict[str, Repeat]:
        """The files that were handled by these very rules, by their hash."""
        query = "SELECT sha256, files.name, as_of FROM files JOIN runs ON run = number WHERE files.rules = :rules"
        return {
            file["sha256"]: Repeat(file["name"], file["name"], datetime.fromisoformat(file["as_of"]))
            for file in rows(self._base, query, {"rules": rules})
        }

    def rules_of(self, program: str) -> set[str]:
        """The rules, by their hash, that this program has made runs with, and so has found sound."""
        query = "SELECT DISTINCT rules FROM runs WHERE version = :program"
        return {run["rules"] for run in rows(self._base, query, {"program": program})}

    def evidence(self, as_of: datetime) -> Evidence:
        """All that earlier runs of this day read, and of earlier days the rows of orders that were open as it began."""
        return evidence_of(self._base, as_of.date())

    def past(self, numbers: Iterable[str], as_of: datetime) -> Past:
        """Every order that is still open, and those of these numbers whatever became of them."""
        return past_of(self._base, numbers, as_of.date())

    def last_run(self) -> tuple[str, datetime, str] | None:
        """The newest run, its moment, and the hash of its rules."""
        found = rows(self._base, "SELECT name, as_of, rules FROM runs ORDER BY number DESC LIMIT 1")
        return next(((run["name"], datetime.fromisoformat(run["as_of"]), run["rules"]) for run in found), None)

    def last_decision(self, number: str) -> tuple[str, str] | None:
        """The run that decided an order last, and its rule."""
        query = "SELECT name, rule FROM orders JOIN runs ON run = number WHERE product_order_no = :order"
        return next(((each["name"], each["rule"]) for each in rows(self._base, query, {"order": number})), None)

    def record(self, entry: Entry) -> None:
        """Everything that a run found out, in one transaction; the same entry once more changes nothing."""
        if not self._writing:
            raise ValueError("a ledger that was opened to be read")
        with transaction(self._base):
            enter(self._base, entry)


@contextmanager
def opened(path: Path, *, writing: bool) -> Iterator[Memory]:
    """The ledger at that place. One that is only read need not be there: then nothing is known."""
    there = writing or path.exists()
    with connection(path, writing=writing) if there else nothing() as base:
        yield Memory(base, writing=writing)

"""The opened ledger: it answers questions about earlier runs and stores entries."""

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
from processor.ledger.putting_back import put_back
from processor.ledger.sql import rows
from processor.ledger.store import connection, nothing, transaction
from processor.model import Evidence, Past, Repeat


class Memory:
    """An open ledger."""

    def __init__(self, base: sqlite3.Connection, *, writing: bool) -> None:
        self._base = base
        self._writing = writing

    def handled(self, rules: str) -> dict[str, Repeat]:
        """The files that were handled by exactly these rules, by their SHA-256. `rules`: SHA-256 of the rules."""
        query = "SELECT sha256, files.name, as_of FROM files JOIN runs ON run = number WHERE files.rules = :rules"
        return {
            file["sha256"]: Repeat(file["name"], file["name"], datetime.fromisoformat(file["as_of"]))
            for file in rows(self._base, query, {"rules": rules})
        }

    def rules_of(self, program: str) -> set[str]:
        """The SHA-256 of all rules with which this program has made runs. It has proved those rules."""
        query = "SELECT DISTINCT rules FROM runs WHERE version = :program"
        return {run["rules"] for run in rows(self._base, query, {"program": program})}

    def evidence(self, as_of: datetime) -> Evidence:
        """All that earlier runs of this day read, and rows of earlier days of orders that were open as this day began."""
        return evidence_of(self._base, as_of.date())

    def past(self, numbers: Iterable[str], as_of: datetime) -> Past:
        """Every open order, and the orders with these numbers even if they are closed."""
        return past_of(self._base, numbers, as_of.date())

    def last_moment(self) -> datetime | None:
        """The latest moment of any run; None before the first run."""
        (last,) = self._base.execute("SELECT MAX(as_of) FROM runs").fetchone()
        return None if last is None else datetime.fromisoformat(last)

    def put_back(self, as_of: datetime) -> None:
        """Makes every run that a wrong clock recorded for a later moment one of this moment, with all it entered."""
        with transaction(self._base):
            put_back(self._base, as_of)

    def last_run(self) -> tuple[str, datetime, str] | None:
        """The name of the newest run, its moment, and the SHA-256 of its rules."""
        found = rows(self._base, "SELECT name, as_of, rules FROM runs ORDER BY number DESC LIMIT 1")
        return next(((run["name"], datetime.fromisoformat(run["as_of"]), run["rules"]) for run in found), None)

    def last_decision(self, number: str) -> tuple[str, str] | None:
        """The name of the last run that decided an order, and the id of the rule."""
        query = "SELECT name, rule FROM orders JOIN runs ON run = number WHERE product_order_no = :order"
        return next(((each["name"], each["rule"]) for each in rows(self._base, query, {"order": number})), None)

    def record(self, entry: Entry) -> None:
        """Stores everything that a run found out, in one transaction. Storing the same entry again changes nothing."""
        if not self._writing:
            raise ValueError("a ledger that was opened to be read")
        with transaction(self._base):
            enter(self._base, entry)


@contextmanager
def opened(path: Path, *, writing: bool) -> Iterator[Memory]:
    """Opens the ledger. If it is only read and does not exist, an empty one is used."""
    there = writing or path.exists()
    with connection(path, writing=writing) if there else nothing() as base:
        yield Memory(base, writing=writing)

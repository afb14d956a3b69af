"""The opened ledger: it answers questions about earlier runs and stores entries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from processor import disk
from processor.ledger.entering import enter
from processor.ledger.entry import Entry
from processor.ledger.evidence import evidence_of, told_on
from processor.ledger.past import past_of
from processor.ledger.putting_back import put_back
from processor.ledger.sql import Value, listed, rows
from processor.ledger.store import connection, nothing, transaction, understanding
from processor.model import AnswerRow, Evidence, Past, Repeat
from processor.model.tables import Table
from processor.model.tables.ledger import FILES, ORDERS, RUNS


class Memory:
    """An open ledger. Each question raises Unusable if the stored values are not such as this program stores."""

    def __init__(self, base: sqlite3.Connection, path: Path, *, writing: bool) -> None:
        self._base = base
        self._path = path
        self._writing = writing

    def handled(self, rules: str) -> dict[str, Repeat]:
        """The files that were handled by exactly these rules, by their SHA-256. `rules`: SHA-256 of the rules."""
        query = "SELECT sha256, files.name, as_of FROM files JOIN runs ON run = number WHERE files.rules = :rules"
        return {
            file["sha256"]: Repeat(file["name"], file["name"], datetime.fromisoformat(file["as_of"]))
            for file in self._rows(query, {"rules": rules}, FILES, RUNS)
        }

    def evidence(self, as_of: datetime) -> Evidence:
        """All that earlier runs of this day read, and rows of earlier days of orders that were open as this day began."""
        with understanding(self._path):
            return evidence_of(self._base, as_of.date())

    def told(self, as_of: datetime) -> tuple[AnswerRow, ...]:
        """The rows with answers that earlier runs of this day read."""
        with understanding(self._path):
            return told_on(self._base, as_of.date())

    def past(self, numbers: Iterable[str], as_of: datetime) -> Past:
        """Every open order, and the orders with these numbers even if they are closed."""
        with understanding(self._path):
            return past_of(self._base, numbers, as_of.date())

    def last_moment(self) -> datetime | None:
        """The latest moment of any run; None before the first run."""
        found = self._rows("SELECT as_of FROM runs ORDER BY as_of DESC LIMIT 1", {}, RUNS)
        return next((datetime.fromisoformat(run["as_of"]) for run in found), None)

    def put_back(self, as_of: datetime) -> None:
        """Makes every run that a wrong clock recorded for a later moment one of this moment, with all it entered."""
        with transaction(self._base):
            put_back(self._base, as_of)

    def last_list(self) -> str | None:
        """The name of the newest run that left a workbook."""
        found = self._rows("SELECT name FROM runs WHERE listed ORDER BY number DESC LIMIT 1", {}, RUNS)
        return next((run["name"] for run in found), None)

    def last_run(self) -> str | None:
        """The name of the newest run, with or without a workbook."""
        found = self._rows("SELECT name FROM runs ORDER BY number DESC LIMIT 1", {}, RUNS)
        return next((run["name"] for run in found), None)

    def last_rules(self) -> str | None:
        """The SHA-256 of the rules of the newest run."""
        found = self._rows("SELECT rules FROM runs ORDER BY number DESC LIMIT 1", {}, RUNS)
        return next((run["rules"] for run in found), None)

    def run_names(self) -> set[str]:
        """The names of all runs."""
        return {run["name"] for run in self._rows("SELECT name FROM runs", {}, RUNS)}

    def last_decision(self, number: str) -> tuple[str, str] | None:
        """The name of the last run that decided an order, and the id of the rule."""
        query = f"SELECT name, {listed(ORDERS, 'orders')} FROM orders JOIN runs ON run = number WHERE product_order_no = :order"
        found = self._rows(query, {"order": number}, RUNS, ORDERS)
        return next(((each["name"], each["rule"]) for each in found), None)

    def record(self, entry: Entry) -> None:
        """Stores everything that a run found out, in one transaction. Storing the same entry again changes nothing."""
        if not self._writing:
            raise ValueError("a ledger that was opened to be read")
        with understanding(self._path), transaction(self._base):
            enter(self._base, entry)

    def _rows(self, query: str, values: Mapping[str, Value], *tables: Table) -> list[dict[str, Any]]:
        with understanding(self._path):
            return rows(self._base, query, values, of=tables)


@contextmanager
def opened(path: Path, *, writing: bool) -> Iterator[Memory]:
    """Opens the ledger. If it is only read and does not exist, an empty one is used."""
    there = writing or disk.taken(path)
    with connection(path, writing=writing) if there else nothing() as base:
        yield Memory(base, path, writing=writing)

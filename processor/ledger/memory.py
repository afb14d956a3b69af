"""The ledger, opened: what it knows, and how an entry is made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from processor.ledger.entry import ORDERS, Entry, Value
from processor.ledger.store import connection, transaction
from processor.model import KEPT, EarlierRun, Given, Kept, Past, Repeat

_LIVES: Final = "-90 days"
"""An order that is never sent is refunded on its 90th day (policy §3.2): nothing is waited for longer than that."""

_OPEN: Final = ORDERS.index(Kept.OPEN)
_FILLED: Final = (*ORDERS[:-1], Kept.RUN, Kept.DECIDED_AT, Kept.SINCE)
"""The columns of an order that an entry fills; its state has a table of its own."""
_ORDER: Final = f"""
    INSERT INTO orders ({", ".join(_FILLED)}) VALUES ({", ".join("?" * len(_FILLED))})
    ON CONFLICT (product_order_no) DO UPDATE SET
        order_no = excluded.order_no, bundle_no = excluded.bundle_no, open = excluded.open,
        rule = excluded.rule, asks = excluded.asks, flags = excluded.flags, act_by = excluded.act_by,
        request_open = excluded.request_open, earlier = excluded.earlier, product = excluded.product,
        run = excluded.run, decided_at = excluded.decided_at,
        since = CASE WHEN action = excluded.action THEN since ELSE excluded.since END,
        action = excluded.action,
        dispatched = MAX(dispatched, excluded.dispatched),
        requested_at = COALESCE(excluded.requested_at, requested_at),
        seen_in = CASE WHEN excluded.seen_at IS NULL THEN seen_in ELSE excluded.seen_in END,
        seen_at = COALESCE(excluded.seen_at, seen_at)
"""
_STATE: Final = "INSERT OR REPLACE INTO states (product_order_no, state) VALUES (?, ?)"
_ANSWER: Final = """
    INSERT OR REPLACE INTO answers (product_order_no, cell, value, asked, about, run) VALUES (?, ?, ?, ?, ?, ?)
"""
_POINTS: Final = """
    INSERT OR REPLACE INTO points (product_order_no, rule, event, points, granted_on, by_action, run)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""


class Memory:
    """A ledger that is open; without one there is no past."""

    def __init__(self, base: sqlite3.Connection | None) -> None:
        self._base = base

    def handled(self, rules: str) -> dict[str, Repeat]:
        """The files that were handled by these very rules, by their hash."""
        found = self._rows(
            "SELECT sha256, files.name, as_of FROM files JOIN runs ON run = number WHERE files.rules = ?", (rules,)
        )
        return {sha256: Repeat(name, name, datetime.fromisoformat(as_of)) for sha256, name, as_of in found}

    def past(self, numbers: Iterable[str]) -> Past:
        """Every order that is still open, and those of these numbers whatever became of them."""
        return Past(
            orders=self._orders(list(numbers)),
            answers=tuple(
                Given(number, cell, value, run, bool(asked), about)
                for number, cell, value, run, asked, about in self._rows(
                    "SELECT product_order_no, cell, value, answers.run, asked, about FROM orders "
                    "JOIN answers USING (product_order_no) WHERE open ORDER BY answers.run"
                )
            ),
            runs={
                name: EarlierRun(number, datetime.fromisoformat(as_of))
                for number, name, as_of in self._rows("SELECT number, name, as_of FROM runs")
            },
        )

    def last_decision(self, number: str) -> tuple[str, str] | None:
        """The run that decided an order last, and its rule."""
        found = self._rows(
            "SELECT name, rule FROM orders JOIN runs ON run = number WHERE product_order_no = ?", (number,)
        )
        return found[0] if found else None

    def record(self, entry: Entry) -> None:
        """Everything that a run found out, in one transaction; the same entry once more changes nothing."""
        if self._base is None:
            raise ValueError("a ledger that was opened to be read")
        base = self._base
        with transaction(base):
            made = base.execute(
                "INSERT OR IGNORE INTO runs (name, as_of, rules, version, orders) VALUES (?, ?, ?, ?, ?)",
                (entry.name, entry.as_of, entry.rules, entry.version, len(entry.orders)),
            )
            if made.rowcount:
                _enter(base, entry, made.lastrowid or 0)

    def _orders(self, numbers: Sequence[str]) -> pd.DataFrame:
        rows: list[Any] = []
        columns = [f"COALESCE({name}, '')" if name == Kept.STATE else name for name in KEPT]  # a closed order has none
        if self._base is not None:
            self._base.execute("CREATE TEMP TABLE IF NOT EXISTS named (number TEXT PRIMARY KEY)")
            self._base.execute("DELETE FROM named")
            self._base.executemany("INSERT OR IGNORE INTO named VALUES (?)", [(number,) for number in numbers])
            rows = self._rows(
                f"SELECT product_order_no, {', '.join(columns)} FROM orders LEFT JOIN states USING (product_order_no) "
                "WHERE product_order_no IN (SELECT product_order_no FROM orders WHERE open UNION SELECT number FROM named)"
            )
        table = pd.DataFrame(rows, columns=["product_order_no", *KEPT]).set_index("product_order_no")
        dates = {name: pd.to_datetime(table[name]) for name, dtype in KEPT.items() if dtype.startswith("datetime")}
        return table.assign(**dates).astype(KEPT)

    def _rows(self, query: str, values: Sequence[Value] = ()) -> list[Any]:
        return [] if self._base is None else self._base.execute(query, values).fetchall()


@contextmanager
def opened(path: Path, *, writing: bool) -> Iterator[Memory]:
    """The ledger at that place. One that is only read need not be there: then nothing is known."""
    if not writing and not path.exists():
        yield Memory(None)
        return
    with connection(path, writing=writing) as base:
        yield Memory(base)


def _enter(base: sqlite3.Connection, entry: Entry, run: int) -> None:
    base.executemany(
        "INSERT OR REPLACE INTO files (sha256, name, rules, run) VALUES (?, ?, ?, ?)",
        ([*file, entry.rules, run] for file in entry.files),
    )
    base.executemany(_ORDER, ([*order, run, entry.as_of, entry.as_of] for *order, _ in entry.orders))
    base.executemany(_STATE, ((number, state) for number, *_, state in entry.orders if state))
    base.executemany(_ANSWER, ([*answer, run] for answer in entry.answers))
    today = entry.as_of[:10]
    base.executemany(  # what had only been foreseen is foreseen anew
        "DELETE FROM points WHERE product_order_no = ? AND (granted_on IS NULL OR granted_on > ?)",
        ((order[0], today) for order in entry.orders),
    )
    base.executemany(_POINTS, ([*points, run] for points in entry.points))
    closed = [(order[0],) for order in entry.orders if not order[_OPEN]] + [(number,) for number in entry.gone]
    closed += base.execute(
        "SELECT product_order_no FROM orders WHERE open AND COALESCE(seen_at, decided_at) < date(?, ?)",
        (entry.as_of, _LIVES),
    ).fetchall()
    base.executemany("UPDATE orders SET open = 0 WHERE product_order_no = ?", closed)
    base.executemany("DELETE FROM states WHERE product_order_no = ?", closed)
    base.executemany("DELETE FROM answers WHERE product_order_no = ?", closed)

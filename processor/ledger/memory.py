"""The ledger, opened: what it knows, and how an entry is made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pandas as pd

from processor.ledger.entry import ORDERS, Entry, Value
from processor.ledger.store import connection, transaction
from processor.model import KEPT, POINT, EarlierRun, Given, Kept, Past, Repeat, Standing

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
        product_no = excluded.product_no, own_cancel = excluded.own_cancel,
        run = excluded.run, decided_at = excluded.decided_at,
        since = CASE WHEN action = excluded.action THEN since ELSE excluded.since END,
        action = excluded.action,
        dispatched = MAX(dispatched, excluded.dispatched),
        requested_at = COALESCE(excluded.requested_at, requested_at),
        paid_on = COALESCE(excluded.paid_on, paid_on),
        seen_in = CASE WHEN excluded.seen_at IS NULL THEN seen_in ELSE excluded.seen_in END,
        seen_at = COALESCE(excluded.seen_at, seen_at)
"""
_STATE: Final = "INSERT OR REPLACE INTO states (product_order_no, state) VALUES (?, ?)"
_ANSWER: Final = """
    INSERT OR REPLACE INTO answers (product_order_no, cell, value, asked, about, run) VALUES (?, ?, ?, ?, ?, ?)
"""
_POINTS: Final = """
    INSERT OR REPLACE INTO points (product_order_no, event, granted_on, rule, points, by_action, run)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_LOOKED_BACK: Final = 400
"""Days of points and payments that are told: a sanction is remembered for a year, and its window before it."""


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

    def rules_of(self, program: str) -> set[str]:
        """The rules, by their hash, that this program has made runs with, and so has found sound."""
        return {rules for (rules,) in self._rows("SELECT DISTINCT rules FROM runs WHERE version = ?", (program,))}

    def past(self, numbers: Iterable[str], as_of: datetime) -> Past:
        """Every order that is still open, and those of these numbers whatever became of them."""
        self._name(numbers)
        return Past(
            orders=self._orders(),
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
            points=self._points(as_of.date()),
            paid=self._paid(as_of.date()),
            own_cancels=self._own_cancels(as_of.date()),
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

    def _name(self, numbers: Iterable[str]) -> None:
        """The numbers that the questions below are about, in a table of this connection alone."""
        if self._base is not None:
            self._base.execute("CREATE TEMP TABLE IF NOT EXISTS named (number TEXT PRIMARY KEY)")
            self._base.execute("DELETE FROM named")
            self._base.execute("INSERT OR IGNORE INTO named SELECT value FROM json_each(?)", (json.dumps([*numbers]),))

    def _orders(self) -> pd.DataFrame:
        columns = [f"COALESCE({name}, '')" if name == Kept.STATE else name for name in KEPT]  # a closed order has none
        rows = self._rows(
            f"SELECT product_order_no, {', '.join(columns)} FROM orders LEFT JOIN states USING (product_order_no) "
            "WHERE product_order_no IN (SELECT product_order_no FROM orders WHERE open UNION SELECT number FROM named)"
        )
        return _table(rows, {"product_order_no": "str", **KEPT}).set_index("product_order_no")

    def _points(self, today: date) -> pd.DataFrame:
        """Of orders that are forgotten too, without their product."""
        rows = self._rows(
            "SELECT product_order_no, COALESCE(product_no, ''), COALESCE(product, ''), points.rule, event, points, "
            "NULLIF(granted_on, ''), NULL, NULL, CASE WHEN by_action THEN ? ELSE ? END, 0, 0, 0, 1 "
            "FROM points LEFT JOIN orders USING (product_order_no) WHERE granted_on = '' OR granted_on >= ?",
            (Standing.BY_ACTION.value, Standing.GIVEN.value, _back(today, _LOOKED_BACK)),
        )
        return _table(rows, POINT)

    def _paid(self, today: date) -> dict[date, int]:
        """By the day, all that is known less what is named: the batch tells of those itself."""
        known = "SELECT paid_on, COUNT(*) FROM orders WHERE paid_on >= ? GROUP BY paid_on"
        named = "SELECT paid_on, COUNT(*) FROM orders JOIN named ON product_order_no = number WHERE paid_on >= ? GROUP BY paid_on"
        since = (_back(today, _LOOKED_BACK),)
        less = dict(self._rows(named, since))
        return {date.fromisoformat(day): number - less.get(day, 0) for day, number in self._rows(known, since)}

    def _own_cancels(self, today: date) -> dict[str, list[date]]:
        found: dict[str, list[date]] = {}
        for product, moment in self._rows(
            "SELECT product_no, decided_at FROM orders WHERE own_cancel != '' AND product_no != '' AND decided_at >= ? "
            "AND product_order_no NOT IN (SELECT number FROM named)",
            (_back(today, _LOOKED_BACK),),
        ):
            found.setdefault(product, []).append(datetime.fromisoformat(moment).date())
        return found

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


def _table(rows: list[Any], dtypes: Mapping[str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(dtypes))
    dates = {name: pd.to_datetime(table[name]) for name, dtype in dtypes.items() if dtype.startswith("datetime")}
    return table.assign(**dates).astype(dict(dtypes))


def _back(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def _enter(base: sqlite3.Connection, entry: Entry, run: int) -> None:
    base.executemany(
        "INSERT OR REPLACE INTO files (sha256, name, rules, run) VALUES (?, ?, ?, ?)",
        ([*file, entry.rules, run] for file in entry.files),
    )
    base.executemany(_ORDER, ([*order, run, entry.as_of, entry.as_of] for *order, _ in entry.orders))
    base.executemany(_STATE, ((number, state) for number, *_, state in entry.orders if state))
    base.executemany(_ANSWER, ([*answer, run] for answer in entry.answers))
    base.executemany(  # what had only been foreseen, or only been planned, is told anew as long as the order is open
        "DELETE FROM points WHERE product_order_no = ? AND (granted_on = '' OR granted_on > ? OR (by_action AND ?))",
        ((order[0], entry.as_of[:10], order[_OPEN]) for order in entry.orders),
    )
    base.executemany(
        "DELETE FROM points WHERE product_order_no = ? AND event = ?",
        {(number, event) for number, event, *_ in entry.points},
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

"""The ledger, opened: what it knows, and how an entry is made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from processor.ledger.entry import ORDERS, ROW_MARKS, Entry, Value
from processor.ledger.store import connection, transaction
from processor.model import (
    ANSWER_COLUMNS,
    PAST_ORDERS,
    POINT,
    AnswerRow,
    Col,
    EarlierRun,
    Evidence,
    Kind,
    Past,
    PastOrder,
    Place,
    PointState,
    Problem,
    ReadSheet,
    RememberedAnswer,
    Repeat,
    Text,
)
from processor.model.tables import MARKS, READ, ROWS, Mark

_LIVES: Final = "-90 days"
"""An order that is never sent is refunded on its 90th day (policy §3.2): nothing is waited for longer than that."""

_OPEN: Final = ORDERS.index(PastOrder.OPEN)
_FILLED: Final = (*ORDERS, PastOrder.RUN, PastOrder.DECIDED_AT, PastOrder.SINCE)
"""The columns of an order that an entry fills."""
_ORDER: Final = f"""
    INSERT INTO orders ({", ".join(_FILLED)}) VALUES ({", ".join("?" * len(_FILLED))})
    ON CONFLICT (product_order_no) DO UPDATE SET
        order_no = excluded.order_no, bundle_no = excluded.bundle_no, open = excluded.open,
        rule = excluded.rule, asks = excluded.asks, flags = excluded.flags, act_by = excluded.act_by,
        product = excluded.product, product_no = excluded.product_no, own_cancel = excluded.own_cancel,
        run = excluded.run, decided_at = excluded.decided_at,
        since = CASE WHEN action = excluded.action THEN since ELSE excluded.since END,
        action = excluded.action,
        dispatched = MAX(dispatched, excluded.dispatched),
        paid_on = COALESCE(excluded.paid_on, paid_on),
        seen_at = COALESCE(excluded.seen_at, seen_at)
"""
_ANSWER: Final = """
    INSERT OR REPLACE INTO answers (product_order_no, cell, value, asked, about, at, run) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_POINTS: Final = """
    INSERT OR REPLACE INTO points (product_order_no, event, granted_on, rule, points, by_action, run)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_SHEET: Final = """
    INSERT INTO sheets (sha256, file, name, kind, taken_at, dated, typed, headers, whole, run)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_EVIDENCE: Final = "INSERT INTO evidence (product_order_no, sheet, row, cells, problem) VALUES (?, ?, ?, ?, ?)"
_TOLD: Final = """
    INSERT INTO told (product_order_no, file, sheet, row, at, workbook, cells, action, run)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_TOUCHED: Final = (
    "(decided_at >= :day OR product_order_no IN (SELECT product_order_no FROM orders_before WHERE day = :day))"
)
"""Orders whose entry this day's runs have changed: how they stood before is kept in orders_before."""
_OPEN_AS_THE_DAY_BEGAN: Final = f"""
    SELECT product_order_no FROM orders WHERE open AND NOT {_TOUCHED} UNION
    SELECT product_order_no FROM orders_before WHERE open AND day = :day
"""
_SHEETS: Final = """
    SELECT sheets.number, file, sheets.name, kind, taken_at, dated, typed, headers, sha256, whole,
        substr(COALESCE(as_of, ''), 1, 10) != :day
    FROM sheets LEFT JOIN runs ON runs.number = run WHERE substr(as_of, 1, 10) = :day OR taken_at >= :since
    OR sheets.number IN (SELECT sheet FROM evidence)
"""
_EVIDENCE_OF: Final = f"""
    SELECT sheet, row, product_order_no, cells, problem FROM evidence
    WHERE product_order_no IN ({_OPEN_AS_THE_DAY_BEGAN}) OR sheet IN (
        SELECT sheets.number FROM sheets JOIN runs ON runs.number = run WHERE substr(as_of, 1, 10) = :day)
    ORDER BY sheet, row
"""
_TODAY: Final = "run IN (SELECT number FROM runs WHERE substr(as_of, 1, 10) = :day)"
_TOLD_TODAY: Final = f"""
    SELECT product_order_no, file, sheet, row, at, workbook, cells, action, run FROM told WHERE {_TODAY} ORDER BY rowid
"""
_LOST_TODAY: Final = f"SELECT problem, numbers FROM lost WHERE {_TODAY} ORDER BY rowid"
_SAYS_THE_SAME: Final = """
    DELETE FROM evidence WHERE cells NOT LIKE '%"cancel_status"%'
    AND sheet IN (SELECT sheets.number FROM sheets JOIN runs ON runs.number = run WHERE substr(as_of, 1, 10) != :day)
    AND EXISTS (
        SELECT 1 FROM evidence AS newer JOIN sheets AS its ON its.number = newer.sheet
        JOIN sheets AS mine ON mine.number = evidence.sheet
        WHERE newer.product_order_no = evidence.product_order_no AND newer.cells = evidence.cells
        AND newer.problem IS NULL AND its.kind = mine.kind AND its.headers = mine.headers AND its.dated >= mine.dated
        AND its.taken_at > mine.taken_at)
"""
"""Rows of earlier days that a newer download of the same screen repeats to the letter, so that the next morning need
not read them. When a request was first seen is kept."""
_REMEMBERED: Final = 90
"""Days for which it is remembered which lists were read."""
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

    def evidence(self, as_of: datetime) -> Evidence:
        """All that earlier runs of this day read, and of earlier days the rows of orders that were open as it began."""
        day = {"day": as_of.date().isoformat(), "since": _back(as_of.date(), _REMEMBERED)}
        found = self._rows(_SHEETS, day)
        sheets, places = tuple(_sheet(row) for _, *row in found), {number: at for at, (number, *_) in enumerate(found)}
        lost = self._rows(_LOST_TODAY, day)
        return Evidence(
            sheets=sheets,
            rows=_rows_of(self._rows(_EVIDENCE_OF, day), places, sheets),
            answer_rows=tuple(map(_told, self._rows(_TOLD_TODAY, day))),
            lost=tuple(_problem(json.loads(told)) for told, _ in lost),
            unread=frozenset(number for _, numbers in lost for number in numbers.split()),
        )

    def past(self, numbers: Iterable[str], as_of: datetime) -> Past:
        """Every order that is still open, and those of these numbers whatever became of them."""
        self._name(numbers)
        day = {"day": as_of.date().isoformat()}
        return Past(
            orders=self._orders(day),
            latest=self._table_of_orders(
                f"SELECT product_order_no, {', '.join(PAST_ORDERS)} FROM orders "
                "WHERE run IN (SELECT number FROM runs WHERE as_of >= :day)",
                day,
            ),
            answers=tuple(
                RememberedAnswer(number, cell, value, run, bool(asked), about, _moment(at), bool(held))
                for number, cell, value, run, asked, about, at, held in self._rows(
                    "SELECT product_order_no, cell, value, run, asked, about, at, held FROM answers "
                    f"WHERE product_order_no IN ({_OPEN_AS_THE_DAY_BEGAN}) OR {_TODAY} ORDER BY run",
                    day,
                )
            ),
            runs={
                name: EarlierRun(number, datetime.fromisoformat(moment), bool(listed))
                for number, name, moment, listed in self._rows("SELECT number, name, as_of, listed FROM runs")
            },
            points=self._points(as_of.date()),
            paid=self._paid(as_of.date()),
            own_cancels=self._own_cancels(as_of.date()),
        )

    def last_run(self) -> tuple[str, datetime, str] | None:
        """The newest run, its moment, and the hash of its rules."""
        found = self._rows("SELECT name, as_of, rules FROM runs ORDER BY number DESC LIMIT 1")
        return (found[0][0], datetime.fromisoformat(found[0][1]), found[0][2]) if found else None

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
                "INSERT OR IGNORE INTO runs (name, as_of, rules, version, orders, listed) VALUES (?, ?, ?, ?, ?, ?)",
                (entry.name, entry.as_of, entry.rules, entry.version, len(entry.orders), entry.listed),
            )
            if made.rowcount:
                _enter(base, entry, made.lastrowid or 0)

    def _name(self, numbers: Iterable[str]) -> None:
        """The numbers that the questions below are about, in a table of this connection alone."""
        if self._base is not None:
            self._base.execute("CREATE TEMP TABLE IF NOT EXISTS named (number TEXT PRIMARY KEY)")
            self._base.execute("DELETE FROM named")
            self._base.execute("INSERT OR IGNORE INTO named SELECT value FROM json_each(?)", (json.dumps([*numbers]),))

    def _orders(self, day: Mapping[str, str]) -> pd.DataFrame:
        """As they stood when the day began."""
        named = "SELECT number FROM named"
        wanted = f"product_order_no IN (SELECT product_order_no FROM orders WHERE open UNION {named})"
        columns = f"product_order_no, {', '.join(PAST_ORDERS)}"
        return self._table_of_orders(
            f"SELECT {columns} FROM orders WHERE {wanted} AND NOT {_TOUCHED} "
            f"UNION ALL SELECT {columns} FROM orders_before WHERE day = :day "
            f"AND (open OR product_order_no IN ({named}))",
            day,
        )

    def _table_of_orders(self, query: str, values: Mapping[str, str]) -> pd.DataFrame:
        return _table(self._rows(query, values), {"product_order_no": "str", **PAST_ORDERS}).set_index(
            "product_order_no"
        )

    def _points(self, today: date) -> pd.DataFrame:
        """Of orders that are forgotten too, without their product.

        Of orders that are told anew, as the day began; of others, as the last run left them.
        """
        columns = "product_order_no, rule, event, points, granted_on, by_action"
        anew = (
            f"product_order_no IN (SELECT number FROM named JOIN orders ON product_order_no = number WHERE {_TOUCHED})"
        )
        rows = self._rows(
            "SELECT product_order_no, COALESCE(product_no, ''), COALESCE(product, ''), known.rule, event, points, "
            "NULLIF(granted_on, ''), NULL, NULL, CASE WHEN by_action THEN :planned ELSE :given END, 0, 0, 0, 1 "
            f"FROM (SELECT {columns} FROM points WHERE NOT {anew} "
            f"UNION ALL SELECT {columns} FROM points_before WHERE day = :day AND {anew}) AS known "
            "LEFT JOIN orders USING (product_order_no) WHERE granted_on = '' OR granted_on >= :since",
            {
                "planned": PointState.BY_ACTION.value,
                "given": PointState.GIVEN.value,
                "day": today.isoformat(),
                "since": _back(today, _LOOKED_BACK),
            },
        )
        return _table(rows, POINT)

    def _paid(self, today: date) -> dict[date, int]:
        """By the day, all that is known less what is named: the batch tells of those itself."""
        known = "SELECT paid_on, COUNT(*) FROM orders WHERE paid_on >= ? GROUP BY paid_on"
        named = (  # CROSS: from the few that are named to their orders, not from all that were paid
            "SELECT paid_on, COUNT(*) FROM named CROSS JOIN orders ON product_order_no = number "
            "WHERE paid_on >= ? GROUP BY paid_on"
        )
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

    def _rows(self, query: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> list[Any]:
        if self._base is None:
            return []
        return self._base.execute(query, values).fetchall()


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


def _sheet(row: Sequence[Any]) -> ReadSheet:
    file, name, kind, taken_at, dated, typed, headers, sha256, whole, earlier = row
    return ReadSheet(
        file, name, Kind(kind), datetime.fromisoformat(taken_at), bool(dated), bool(typed), json.loads(headers), sha256,
        bool(whole), bool(earlier),
    )  # fmt: skip


def _rows_of(found: list[Any], places: Mapping[int, int], sheets: Sequence[ReadSheet]) -> pd.DataFrame:
    """Remembered rows as they were read: a column that was there and said nothing is blank, not missing."""
    told = json.loads(f"[{','.join(cells for *_, cells, _ in found)}]")
    numbers = [places[sheet] for sheet, *_ in found]
    said = pd.DataFrame(told, columns=[*READ, *ROW_MARKS], index=range(len(found)), dtype="object")
    texts = [role for role, dtype in READ.items() if dtype == "str"]
    there = _held(texts, numbers, sheets, said[Mark.UNHELD])
    made: dict[str, Any] = {
        Col.PRODUCT_ORDER_NO: [number or None for _, _, number, _, _ in found],
        Mark.SHEET: numbers,
        Mark.ROW: [row for _, row, *_ in found],
        Mark.PROBLEM: [None if problem is None else _problem(json.loads(problem)) for *_, problem in found],
        **{mark: said[mark].notna() if MARKS[mark] == "bool" else said[mark].fillna("") for mark in ROW_MARKS},
    }
    dates = {role: pd.to_datetime(said[role]) for role, dtype in READ.items() if dtype.startswith("datetime")}
    blank = said[texts].mask(said[texts].isna() & there, "")
    return said.assign(**{role: blank[role] for role in texts}, **dates)[list(READ)].assign(**made).astype(ROWS)


def _held(
    roles: Sequence[str], numbers: Sequence[int], sheets: Sequence[ReadSheet], unheld: pd.Series
) -> NDArray[np.bool_]:
    """For each row, by the number of its sheet, and each column: was that cell there to be looked at?"""
    headers = np.array([[role in sheet.headers for role in roles] for sheet in sheets], dtype=bool)
    there: NDArray[np.bool_] = headers.reshape(len(sheets), len(roles))[np.array(numbers, dtype=int)]
    for at, lacking in enumerate(unheld.tolist()):
        if isinstance(lacking, str):
            there[at] &= [role not in lacking.split() for role in roles]
    return there


def _problem(told: Mapping[str, Any]) -> Problem:
    return Problem(
        told["code"],
        Place(*told["place"]),
        Text(*told["message"]),
        Text(*told["fix"]),
        told["column"],
        told["value"],
        tuple(map(_problem, told["more"])),
    )


def _told(row: Sequence[Any]) -> AnswerRow:
    number, file, sheet, place, at, workbook, cells, action, run = row
    said = dict.fromkeys(ANSWER_COLUMNS) | json.loads(cells)
    return AnswerRow(number, Place(file, sheet, place), datetime.fromisoformat(at), workbook, said, action, run)


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)


def _back(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def _enter(base: sqlite3.Connection, entry: Entry, run: int) -> None:
    day = {"day": entry.as_of[:10]}
    (earlier,) = base.execute(
        "SELECT COUNT(*) FROM runs WHERE substr(as_of, 1, 10) = :day AND number != :run", day | {"run": run}
    ).fetchone()
    if not earlier:
        _begin_day(base, entry.as_of)
    _keep_as_the_day_began(base, entry, day)
    base.executemany(
        "INSERT OR REPLACE INTO files (sha256, name, rules, run) VALUES (?, ?, ?, ?)",
        ([*file, entry.rules, run] for file in entry.files),
    )
    _enter_evidence(base, entry, run)
    base.execute(_SAYS_THE_SAME, day)
    base.executemany(_ORDER, ([*order, run, entry.as_of, entry.as_of] for order in entry.orders))
    base.execute(
        "UPDATE answers SET held = 0 WHERE run IN (SELECT number FROM runs WHERE substr(as_of, 1, 10) = :day)", day
    )
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
    base.executemany("UPDATE orders SET open = 0 WHERE product_order_no = ?", ((number,) for number in entry.gone))
    base.execute(
        "UPDATE orders SET open = 0 WHERE open AND COALESCE(seen_at, decided_at) < date(?, ?)", (entry.as_of, _LIVES)
    )


def _begin_day(base: sqlite3.Connection, as_of: str) -> None:
    """What only the runs of one day need goes, and so does what was remembered of orders that are over."""
    for table in ("orders_before", "points_before", "told", "lost"):
        base.execute(f"DELETE FROM {table}")
    over = "product_order_no NOT IN (SELECT product_order_no FROM orders WHERE open)"
    base.execute(f"DELETE FROM answers WHERE {over}")
    base.execute(f"DELETE FROM evidence WHERE problem IS NOT NULL OR {over}")
    base.execute("DELETE FROM evidence WHERE sheet IN (SELECT number FROM sheets WHERE kind = 'answers')")
    base.execute(
        "DELETE FROM sheets WHERE taken_at < date(?, ?) AND number NOT IN (SELECT sheet FROM evidence)", (as_of, _LIVES)
    )


def _keep_as_the_day_began(base: sqlite3.Connection, entry: Entry, day: Mapping[str, str]) -> None:
    """Of each order that this run tells of: how it stood before the first run of the day, for the next one to begin from."""
    base.execute("CREATE TEMP TABLE IF NOT EXISTS entered (product_order_no TEXT PRIMARY KEY)")
    base.execute("DELETE FROM entered")
    numbers = [order[0] for order in entry.orders] + entry.gone
    base.executemany("INSERT OR IGNORE INTO entered VALUES (?)", ((number,) for number in numbers))
    known, fresh = "product_order_no IN (SELECT product_order_no FROM entered)", f"NOT {_TOUCHED}"
    untouched = f"product_order_no IN (SELECT product_order_no FROM orders WHERE {known} AND {fresh})"
    base.execute(f"INSERT INTO points_before SELECT :day, * FROM points WHERE {untouched}", day)
    base.execute(  # what an earlier run of this day entered for them is told anew
        f"DELETE FROM points WHERE {known} AND product_order_no IN (SELECT product_order_no FROM orders WHERE {_TOUCHED})",
        day,
    )
    columns = "product_order_no, event, granted_on, rule, points, by_action, run"
    base.execute(
        f"INSERT OR IGNORE INTO points ({columns}) SELECT {columns} FROM points_before WHERE day = :day AND {known}",
        day,
    )
    base.execute(f"INSERT INTO orders_before SELECT :day, * FROM orders WHERE {known} AND {fresh}", day)
    base.execute(  # closed by an earlier run of this day, which did not know what this one knows
        "UPDATE orders SET open = 1 WHERE product_order_no IN (SELECT product_order_no FROM orders_before "
        "WHERE day = :day AND open)",
        day,
    )


def _enter_evidence(base: sqlite3.Connection, entry: Entry, run: int) -> None:
    for sha256, *_ in entry.sheets:  # read again, by other rules
        base.execute("DELETE FROM evidence WHERE sheet IN (SELECT number FROM sheets WHERE sha256 = ?)", (sha256,))
        base.execute("DELETE FROM sheets WHERE sha256 = ? AND run != ?", (sha256, run))
    numbers = [base.execute(_SHEET, [*sheet, run]).lastrowid for sheet in entry.sheets]
    base.executemany(
        _EVIDENCE,
        ([order, numbers[int(sheet or 0)], row, cells, problem] for order, sheet, row, cells, problem in entry.rows),
    )
    base.executemany(_TOLD, ([*row, run] for row in entry.told))
    base.executemany("INSERT INTO lost (problem, numbers, run) VALUES (?, ?, ?)", ([*row, run] for row in entry.lost))

"""Stores an entry in the database: new results replace earlier ones, and rows that nobody needs are deleted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Final

from processor.ledger.entry import Entry
from processor.ledger.sql import TODAY, TOUCHED, Value, insert, listed
from processor.model import Col, PastOrder, Point
from processor.model.tables.ledger import (
    ANSWER_ROWS,
    ANSWERS,
    EVIDENCE,
    FILES,
    GIVEN,
    LOST,
    ORDERS,
    ORDERS_BEFORE,
    POINTS_BEFORE,
    SHEETS,
    AnswerColumn,
    AnswerRowColumn,
    EvidenceColumn,
    FileColumn,
    GivenColumn,
    LostColumn,
    RunColumn,
    SheetColumn,
)

_LIVES: Final = "-90 days"
"""An order that is never sent is refunded on its 90th day (policy §3.2).

So orders and lists older than that are dropped.
"""
_KEPT: Final[Mapping[str, str]] = {
    PastOrder.SINCE: "CASE WHEN action = excluded.action THEN since ELSE excluded.since END",
    PastOrder.DISPATCHED: "MAX(dispatched, excluded.dispatched)",
    PastOrder.PAID_ON: "COALESCE(excluded.paid_on, paid_on)",
    PastOrder.SEEN_AT: "COALESCE(excluded.seen_at, seen_at)",
}
"""Columns of an order whose new value also depends on the stored one, as SQL.

All other columns take the entry's value.
"""
_DELETE_REPEATED_ROWS: Final = """
    DELETE FROM evidence WHERE cells NOT LIKE '%"cancel_status"%'
    AND sheet IN (SELECT sheets.number FROM sheets JOIN runs ON runs.number = run WHERE substr(as_of, 1, 10) != :day)
    AND EXISTS (
        SELECT 1 FROM evidence AS newer JOIN sheets AS its ON its.number = newer.sheet
        JOIN sheets AS mine ON mine.number = evidence.sheet
        WHERE newer.product_order_no = evidence.product_order_no AND newer.cells = evidence.cells
        AND newer.problem IS NULL AND its.kind = mine.kind AND its.headers = mine.headers AND its.dated >= mine.dated
        AND its.taken_at > mine.taken_at)
"""
"""Deletes rows of earlier days that a newer download of the same screen repeats exactly, so that the next morning need
not read them. Rows with a request stay: they show when it was first seen."""


def enter(base: sqlite3.Connection, entry: Entry) -> None:
    """Stores everything that a run found out. An entry of a run that is stored already changes nothing."""
    row: dict[str, Value] = {
        RunColumn.NAME: entry.name,
        RunColumn.AS_OF: entry.as_of,
        RunColumn.RULES: entry.rules,
        RunColumn.VERSION: entry.version,
        RunColumn.ORDERS: len(entry.orders[Col.PRODUCT_ORDER_NO]),
        RunColumn.LISTED: int(entry.listed),
    }
    values = listed(f":{column}" for column in row)
    made = base.execute(f"INSERT OR IGNORE INTO runs ({listed(row)}) VALUES ({values})", row)
    if not made.rowcount:
        return
    run, day = made.lastrowid or 0, {"day": entry.as_of[:10]}
    if not _ran_before(base, run, day):
        _begin_day(base, entry.as_of)
    _keep_as_the_day_began(base, entry, day)
    insert(base, FILES, entry.files, {FileColumn.RULES: entry.rules, FileColumn.RUN: run}, verb="INSERT OR REPLACE")
    _enter_evidence(base, entry, run)
    base.execute(_DELETE_REPEATED_ROWS, day)
    _enter_orders(base, entry, run)
    base.execute(f"UPDATE answers SET held = 0 WHERE {TODAY}", day)
    insert(base, ANSWERS, entry.answers, {AnswerColumn.RUN: run}, verb="INSERT OR REPLACE")
    _enter_points(base, entry, run)
    _close(base, entry)


def _ran_before(base: sqlite3.Connection, run: int, day: Mapping[str, str]) -> bool:
    """Was there another run on the day of this run?"""
    query = "SELECT COUNT(*) FROM runs WHERE substr(as_of, 1, 10) = :day AND number != :run"
    return bool(base.execute(query, {**day, "run": run}).fetchone()[0])


def _begin_day(base: sqlite3.Connection, as_of: str) -> None:
    """Deletes what only the runs of one day need, and what is stored of orders that are closed."""
    for table in (ORDERS_BEFORE, POINTS_BEFORE, ANSWER_ROWS, LOST):
        base.execute(f"DELETE FROM {table.name}")
    over = "product_order_no NOT IN (SELECT product_order_no FROM orders WHERE open)"
    base.execute(f"DELETE FROM answers WHERE {over}")
    base.execute(f"DELETE FROM evidence WHERE problem IS NOT NULL OR {over}")
    base.execute("DELETE FROM evidence WHERE sheet IN (SELECT number FROM sheets WHERE kind = 'answers')")
    base.execute(
        "DELETE FROM sheets WHERE (kind = 'answers' OR taken_at < date(?, ?)) AND number NOT IN (SELECT sheet FROM evidence)",
        (as_of, _LIVES),
    )


def _keep_as_the_day_began(base: sqlite3.Connection, entry: Entry, day: Mapping[str, str]) -> None:
    """Keeps the state of each order of this entry before the first run of the day. The day's next run starts from it."""
    base.execute("CREATE TEMP TABLE IF NOT EXISTS entered (product_order_no TEXT PRIMARY KEY)")
    base.execute("DELETE FROM entered")
    numbers = (*entry.orders[Col.PRODUCT_ORDER_NO], *entry.gone)
    base.executemany("INSERT OR IGNORE INTO entered VALUES (?)", ((number,) for number in numbers))
    known, fresh = "product_order_no IN (SELECT product_order_no FROM entered)", f"NOT {TOUCHED}"
    untouched = f"product_order_no IN (SELECT product_order_no FROM orders WHERE {known} AND {fresh})"
    points, orders = listed(GIVEN), listed(ORDERS)
    base.execute(f"INSERT INTO points_before (day, {points}) SELECT :day, {points} FROM points WHERE {untouched}", day)
    base.execute(  # points that an earlier run of this day entered; this run enters them again
        f"DELETE FROM points WHERE {known} AND product_order_no IN (SELECT product_order_no FROM orders WHERE {TOUCHED})",
        day,
    )
    base.execute(
        f"INSERT OR IGNORE INTO points ({points}) SELECT {points} FROM points_before WHERE day = :day AND {known}", day
    )
    base.execute(
        f"INSERT INTO orders_before (day, {orders}) SELECT :day, {orders} FROM orders WHERE {known} AND {fresh}", day
    )
    base.execute(  # opens again what an earlier run of this day closed; `_close` decides anew
        "UPDATE orders SET open = 1 WHERE product_order_no IN (SELECT product_order_no FROM orders_before "
        "WHERE day = :day AND open)",
        day,
    )


def _enter_evidence(base: sqlite3.Connection, entry: Entry, run: int) -> None:
    """Stores the rows that the run read.

    If a file was read again by other rules, its new rows replace the earlier ones.
    """
    files = {"files": json.dumps([*entry.sheets[SheetColumn.SHA256]])}
    again = "sha256 IN (SELECT value FROM json_each(:files))"
    base.execute(f"DELETE FROM evidence WHERE sheet IN (SELECT number FROM sheets WHERE {again})", files)
    base.execute(f"DELETE FROM sheets WHERE {again}", files)
    (last,) = base.execute("SELECT COALESCE(MAX(number), 0) FROM sheets").fetchone()
    numbers = range(last + 1, last + 1 + len(entry.sheets[SheetColumn.SHA256]))
    insert(base, SHEETS, {**entry.sheets, SheetColumn.NUMBER: numbers}, {SheetColumn.RUN: run})
    sheets = [numbers[int(at or 0)] for at in entry.evidence[EvidenceColumn.SHEET]]
    insert(base, EVIDENCE, {**entry.evidence, EvidenceColumn.SHEET: sheets})
    insert(base, ANSWER_ROWS, entry.answer_rows, {AnswerRowColumn.RUN: run})
    insert(base, LOST, entry.lost, {LostColumn.RUN: run})


def _enter_orders(base: sqlite3.Connection, entry: Entry, run: int) -> None:
    by_this_run: dict[str, Value] = {
        PastOrder.RUN: run,
        PastOrder.DECIDED_AT: entry.as_of,
        PastOrder.SINCE: entry.as_of,
    }
    columns = [column for column in (*entry.orders, *by_this_run) if column != Col.PRODUCT_ORDER_NO]
    changes = listed(f"{column} = {_KEPT.get(column, f'excluded.{column}')}" for column in columns)
    insert(base, ORDERS, entry.orders, by_this_run, then=f"ON CONFLICT (product_order_no) DO UPDATE SET {changes}")


def _enter_points(base: sqlite3.Connection, entry: Entry, run: int) -> None:
    """Stores the points. Earlier forecast or planned points of an order are replaced as long as the order is open."""
    numbers, still_open = entry.orders[Col.PRODUCT_ORDER_NO], entry.orders[PastOrder.OPEN]
    base.executemany(
        "DELETE FROM points WHERE product_order_no = ? AND (granted_on = '' OR granted_on > ? OR (by_action AND ?))",
        ((number, entry.as_of[:10], open_) for number, open_ in zip(numbers, still_open, strict=True)),
    )
    events = zip(entry.points[Point.PRODUCT_ORDER_NO], entry.points[Point.EVENT], strict=True)
    base.executemany("DELETE FROM points WHERE product_order_no = ? AND event = ?", set(events))
    insert(base, GIVEN, entry.points, {GivenColumn.RUN: run}, verb="INSERT OR REPLACE")


def _close(base: sqlite3.Connection, entry: Entry) -> None:
    """Closes orders that left the exports as expected, and orders that no export has shown for `_LIVES`."""
    base.executemany("UPDATE orders SET open = 0 WHERE product_order_no = ?", ((number,) for number in entry.gone))
    base.execute(
        "UPDATE orders SET open = 0 WHERE open AND COALESCE(seen_at, decided_at) < date(?, ?)", (entry.as_of, _LIVES)
    )

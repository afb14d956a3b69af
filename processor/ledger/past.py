"""Loads from the ledger what earlier runs decided, and the answers and points that they stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import pandas as pd

from processor.ledger.sql import OPEN_AS_THE_DAY_BEGAN, TODAY, TOUCHED, frame, listed, rows, typed
from processor.model import EarlierRun, Past, Point, PointState, RememberedAnswer
from processor.model.tables import PAST_ORDERS, POINT
from processor.model.tables.ledger import ANSWERS, GIVEN, ORDERS, RUNS, GivenColumn

_LOOKED_BACK: Final = 400
"""Days of points and payments that are loaded: a sanction counts for a year, plus the window before it."""
_NAMED: Final = "SELECT number FROM named"


def past_of(base: sqlite3.Connection, numbers: Iterable[str], today: date) -> Past:
    """Every open order, and the orders with these numbers even if they are closed."""
    _name(base, numbers)
    day = {"day": today.isoformat(), "since": (today - timedelta(days=_LOOKED_BACK)).isoformat()}
    return Past(
        orders=_orders(base, day),
        latest=_by_number(
            base,
            f"SELECT {listed(ORDERS)} FROM orders WHERE run IN (SELECT number FROM runs WHERE as_of >= :day)",
            day,
        ),
        answers=_answers(base, day),
        runs=_runs(base),
        points=_points(base, day),
        paid=_paid(base, day),
        own_cancels=_own_cancels(base, day),
    )


def _name(base: sqlite3.Connection, numbers: Iterable[str]) -> None:
    """Puts the numbers for the queries below into a temporary table of this connection."""
    base.execute("CREATE TEMP TABLE IF NOT EXISTS named (number TEXT PRIMARY KEY)")
    base.execute("DELETE FROM named")
    base.execute("INSERT OR IGNORE INTO named SELECT value FROM json_each(?)", (json.dumps([*numbers]),))


def _orders(base: sqlite3.Connection, day: Mapping[str, str]) -> pd.DataFrame:
    """The orders in their state when the day began."""
    wanted = f"product_order_no IN (SELECT product_order_no FROM orders WHERE open UNION {_NAMED})"
    query = f"""
        SELECT {listed(ORDERS)} FROM orders WHERE {wanted} AND NOT {TOUCHED}
        UNION ALL SELECT {listed(ORDERS)} FROM orders_before
        WHERE day = :day AND (open OR product_order_no IN ({_NAMED}))
    """
    return _by_number(base, query, day)


def _by_number(base: sqlite3.Connection, query: str, values: Mapping[str, str]) -> pd.DataFrame:
    return typed(ORDERS, frame(base, query, values, of=(ORDERS,))).set_index(str(PAST_ORDERS.index))


def _answers(base: sqlite3.Connection, day: Mapping[str, str]) -> tuple[RememberedAnswer, ...]:
    query = f"""
        SELECT {listed(ANSWERS)} FROM answers
        WHERE product_order_no IN ({OPEN_AS_THE_DAY_BEGAN}) OR {TODAY} ORDER BY run
    """
    return tuple(
        RememberedAnswer(
            product_order_no=given["product_order_no"],
            cell=given["cell"],
            value=given["value"],
            run=given["run"],
            asked=bool(given["asked"]),
            about=given["about"],
            at=None if given["at"] is None else datetime.fromisoformat(given["at"]),
            held=bool(given["held"]),
        )
        for given in rows(base, query, day, of=(ANSWERS,))
    )


def _runs(base: sqlite3.Connection) -> dict[str, EarlierRun]:
    return {
        run["name"]: EarlierRun(run["number"], datetime.fromisoformat(run["as_of"]), bool(run["listed"]))
        for run in rows(base, f"SELECT {listed(RUNS)} FROM runs", of=(RUNS,))
    }


def _points(base: sqlite3.Connection, day: Mapping[str, str]) -> pd.DataFrame:
    """Points of orders in today's files in their state when the day began; of other orders in their latest state.

    Points of a deleted order have no product.
    """
    anew = f"product_order_no IN (SELECT number FROM named JOIN orders ON product_order_no = number WHERE {TOUCHED})"
    query = f"""
        SELECT product_order_no, COALESCE(product_no, '') AS product_no, COALESCE(product, '') AS product, {listed(_SHARED, "known")}, {listed(_OWN, "known")}
        FROM (
            SELECT {listed(GIVEN)} FROM points WHERE NOT {anew}
            UNION ALL SELECT {listed(GIVEN)} FROM points_before WHERE day = :day AND {anew}
        ) AS known
        LEFT JOIN orders USING (product_order_no) WHERE granted_on = '' OR granted_on >= :since
    """
    found = frame(base, query, day, of=(GIVEN, ORDERS))
    planned = found[GivenColumn.BY_ACTION].astype("bool")
    known: dict[str, Any] = {
        Point.DAY: found[GivenColumn.GRANTED_ON].replace("", None),
        Point.DAY_ELSE: pd.NaT,
        Point.UNTIL: pd.NaT,
        Point.STATE: planned.map({True: PointState.BY_ACTION.value, False: PointState.GIVEN.value}),
        Point.DAILY: False,
        Point.LISTED: False,
        Point.ENDED: False,
        Point.REMEMBERED: True,
    }
    return typed(POINT, found.assign(**known)[list(POINT)])


_OWN: Final = (GivenColumn.GRANTED_ON, GivenColumn.BY_ACTION)
_SHARED: Final = (Point.RULE, Point.EVENT, Point.POINTS)
"""Columns of the stored points that are used unchanged."""


def _paid(base: sqlite3.Connection, day: Mapping[str, str]) -> dict[date, int]:
    """The number of orders paid on each day, without the named orders, which the batch counts itself."""
    known = "SELECT paid_on, COUNT(*) AS orders FROM orders WHERE paid_on >= :since GROUP BY paid_on"
    named = (  # CROSS makes SQLite start with the few named orders, not with all paid orders
        "SELECT paid_on, COUNT(*) AS orders FROM named CROSS JOIN orders ON product_order_no = number "
        "WHERE paid_on >= :since GROUP BY paid_on"
    )
    less = {each["paid_on"]: each["orders"] for each in rows(base, named, day, of=(ORDERS,))}
    return {
        date.fromisoformat(each["paid_on"]): each["orders"] - less.get(each["paid_on"], 0)
        for each in rows(base, known, day, of=(ORDERS,))
    }


def _own_cancels(base: sqlite3.Connection, day: Mapping[str, str]) -> dict[str, list[date]]:
    """For each 상품번호 the days of the seller's own cancels for a buyer's reason, without the named orders."""
    found: dict[str, list[date]] = {}
    query = f"""
        SELECT product_no, decided_at FROM orders
        WHERE own_cancel != '' AND product_no != '' AND decided_at >= :since AND product_order_no NOT IN ({_NAMED})
    """
    for order in rows(base, query, day, of=(ORDERS,)):
        found.setdefault(order["product_no"], []).append(datetime.fromisoformat(order["decided_at"]).date())
    return found

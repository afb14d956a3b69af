"""Deletes old entries of the ledger that nothing depends on any more."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from processor import disk
from processor.ledger.store import connection, transaction

_OLD: Final = {  # table → the condition for its rows to be closed and older than a day
    "points": "granted_on < :day AND run IN (SELECT number FROM runs WHERE as_of < :day)",
    "orders": "NOT open AND decided_at < :day",
    "files": "run IN (SELECT number FROM runs WHERE as_of < :day)",
}


_OF_ORDERS: Final = ("orders_before", "points_before", "evidence")


class Forgettable(NamedTuple):
    """The number of entries to delete, and of old entries that stay because they may still be needed."""

    orders: int
    files: int
    points: int
    still_open: int


def forgettable(path: Path, before: date) -> Forgettable:
    """What `forget` would delete. Deletes nothing."""
    if not disk.taken(path):
        return Forgettable(0, 0, 0, 0)
    day = {"day": before.isoformat()}
    with connection(path, writing=False) as base:
        count = {
            table: base.execute(f"SELECT COUNT(*) FROM {table} WHERE {old}", day).fetchone()[0]
            for table, old in _OLD.items()
        }
        still = base.execute("SELECT COUNT(*) FROM orders WHERE open AND decided_at < :day", day).fetchone()[0]
    return Forgettable(count["orders"], count["files"], count["points"], still)


def forget(path: Path, before: date) -> None:
    """Deletes what `forgettable` counts.

    Runs keep their name and moment, because answers and open orders refer to them.
    """
    if not disk.taken(path):
        return
    with connection(path, writing=True) as base:
        with transaction(base):
            for table, old in _OLD.items():
                base.execute(f"DELETE FROM {table} WHERE {old}", {"day": before.isoformat()})
            for table in _OF_ORDERS:  # their state when the day began, and the rows read of them
                base.execute(f"DELETE FROM {table} WHERE product_order_no NOT IN (SELECT product_order_no FROM orders)")
        base.execute("VACUUM")

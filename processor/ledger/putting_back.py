"""Corrects the moments of runs that a wrong clock recorded for the future."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Final

_MOMENTS: Final = {"runs": ("as_of",), "orders": ("decided_at", "since"), "orders_before": ("decided_at", "since")}
"""Table → its columns with the moment of a run."""
_DAYS: Final = ("orders_before", "points_before")
"""Tables that keep how things stood when a day began."""


def put_back(base: sqlite3.Connection, as_of: datetime) -> None:
    """Gives this moment to runs of a later one, and to all that they entered.

    They then count as earlier runs of this day: their files are evidence of this day, and what they decided is decided
    anew from the state before them.
    """
    moment = {"moment": as_of.isoformat(), "day": as_of.date().isoformat()}
    for table, columns in _MOMENTS.items():
        for column in columns:
            base.execute(f"UPDATE {table} SET {column} = :moment WHERE {column} > :moment", moment)
    for table in _DAYS:
        base.execute(f"UPDATE {table} SET day = :day WHERE day > :day", moment)

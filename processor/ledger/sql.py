"""Makes SQL from the declared tables, so that rows are written and read by the names of their columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from processor.model.tables import Table

Value = str | int | None
Columns = Mapping[str, Sequence[Value]]
"""Rows of a table: the name of each column with the values of all rows."""

_NONE: Final[Mapping[str, Value]] = {}

TODAY: Final = "run IN (SELECT number FROM runs WHERE substr(as_of, 1, 10) = :day)"
"""The condition for rows that runs of the day `:day` entered."""
TOUCHED: Final = (
    "(decided_at >= :day OR product_order_no IN (SELECT product_order_no FROM orders_before WHERE day = :day))"
)
"""The condition for orders that runs of this day have changed; orders_before keeps their earlier state."""
OPEN_AS_THE_DAY_BEGAN: Final = f"""
    SELECT product_order_no FROM orders WHERE open AND NOT {TOUCHED} UNION
    SELECT product_order_no FROM orders_before WHERE open AND day = :day
"""


def listed(columns: Iterable[str], of: str = "") -> str:
    """The names of columns as a list in SQL. `of`: their table, if several tables have them."""
    return ", ".join(f"{of}.{column}" if of else column for column in columns)


def insert(
    base: sqlite3.Connection,
    table: Table,
    columns: Columns,
    alike: Mapping[str, Value] = _NONE,
    *,
    verb: str = "INSERT",
    then: str = "",
) -> None:
    """Inserts rows. `alike`: columns with the same value in all rows."""
    names = (*columns, *alike)
    query = f"{verb} INTO {table.name} ({listed(names)}) VALUES ({listed('?' * len(names))}) {then}"
    same = tuple(alike.values())
    base.executemany(query, ((*row, *same) for row in zip(*columns.values(), strict=True)))


def rows(base: sqlite3.Connection, query: str, values: Mapping[str, Value] = _NONE) -> list[dict[str, Any]]:
    """The rows that a query finds, as dicts by column name."""
    found = base.execute(query, values)
    names = [name for name, *_ in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def frame(base: sqlite3.Connection, query: str, values: Mapping[str, Value]) -> pd.DataFrame:
    """The rows that a query finds, as a table with the values of the database."""
    found = base.execute(query, values)
    return pd.DataFrame(found.fetchall(), columns=[name for name, *_ in found.description], dtype="object")


def typed(table: Table, found: pd.DataFrame) -> pd.DataFrame:
    """The rows with the dtypes that `table` declares."""
    dates = {name: pd.to_datetime(found[name]) for name in table.of_dtype("datetime64[us]")}
    return found.assign(**dates).astype(dict(table))

"""Makes SQL from the declared tables, so that rows are written and read by the names of their columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from processor.ledger.values import check
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


def rows(
    base: sqlite3.Connection, query: str, values: Mapping[str, Value] = _NONE, *, of: Sequence[Table]
) -> list[dict[str, Any]]:
    """The rows that a query finds, as dicts by column name.

    of: a column of the result is checked as the column of that name of the first of these tables that has one.
    """
    names, found = _found(base, query, values, of)
    return [dict(zip(names, row, strict=True)) for row in found]


def frame(base: sqlite3.Connection, query: str, values: Mapping[str, Value], *, of: Sequence[Table]) -> pd.DataFrame:
    """The rows that a query finds, as a table with the values of the database. of: as in `rows`."""
    names, found = _found(base, query, values, of)
    return pd.DataFrame(found, columns=names, dtype="object")


def _found(
    base: sqlite3.Connection, query: str, values: Mapping[str, Value], of: Sequence[Table]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    answer = base.execute(query, values)
    names, found = [name for name, *_ in answer.description], answer.fetchall()
    for name, column in zip(names, zip(*found, strict=True), strict=False):  # no rows, no columns
        if (table := next((table for table in of if name in table), None)) is not None:
            check(table, {name: column})
    return names, found


def typed(table: Table, found: pd.DataFrame) -> pd.DataFrame:
    """The rows with the dtypes that `table` declares."""
    if found.empty:
        return table.empty()
    dates = {name: pd.to_datetime(found[name], format="ISO8601") for name in table.of_dtype("datetime64[us]")}
    return found.assign(**dates).astype(dict(table))

"""SQL made from the declared tables, so that rows are written and read by the names of their columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from processor.model.tables import Table

Value = str | int | None
Columns = Mapping[str, Sequence[Value]]
"""Rows of a table: for each column, by its name, the values of all rows."""

_NONE: Final[Mapping[str, Value]] = {}

TODAY: Final = "run IN (SELECT number FROM runs WHERE substr(as_of, 1, 10) = :day)"
"""Rows that the runs of a day entered."""
TOUCHED: Final = (
    "(decided_at >= :day OR product_order_no IN (SELECT product_order_no FROM orders_before WHERE day = :day))"
)
"""Orders whose entry this day's runs have changed: how they stood before is kept in orders_before."""
OPEN_AS_THE_DAY_BEGAN: Final = f"""
    SELECT product_order_no FROM orders WHERE open AND NOT {TOUCHED} UNION
    SELECT product_order_no FROM orders_before WHERE open AND day = :day
"""


def listed(columns: Iterable[str], of: str = "") -> str:
    """Names of columns as SQL lists them; `of`: the table that they are taken from, where several have them."""
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
    """Enter rows; `alike`: columns that have one value in all of them."""
    names = (*columns, *alike)
    query = f"{verb} INTO {table.name} ({listed(names)}) VALUES ({listed('?' * len(names))}) {then}"
    same = tuple(alike.values())
    base.executemany(query, ((*row, *same) for row in zip(*columns.values(), strict=True)))


def rows(base: sqlite3.Connection, query: str, values: Mapping[str, Value] = _NONE) -> list[dict[str, Any]]:
    """What a query finds, each row by the names of its columns."""
    found = base.execute(query, values)
    names = [name for name, *_ in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def frame(base: sqlite3.Connection, query: str, values: Mapping[str, Value]) -> pd.DataFrame:
    """The same as a table, with values as the database has them."""
    found = base.execute(query, values)
    return pd.DataFrame(found.fetchall(), columns=[name for name, *_ in found.description], dtype="object")


def typed(table: Table, found: pd.DataFrame) -> pd.DataFrame:
    """With the dtypes that are declared."""
    dates = {name: pd.to_datetime(found[name]) for name in table.of_dtype("datetime64[us]")}
    return found.assign(**dates).astype(dict(table))

"""The columns that intake works with: those of the claims table, with their types, and its own marks on a row."""

from __future__ import annotations

from typing import Final

import pandas as pd

from processor.model import DATE_COLUMNS, NUMBER_COLUMNS, Col

_MADE: Final = {
    Col.SOURCE: "object",
    Col.INVOICE_SEEN: "bool",
    Col.DISPATCH_SEEN: "bool",
    Col.TROUBLE: "str",
    Col.SEEN_AT: "datetime64[us]",
    Col.SEEN_IN: "str",
    Col.EARLIER: "str",
    Col.NOTE_KO: "str",
    Col.NOTE_EN: "str",
}
_ALL: Final = [name for key, name in vars(Col).items() if key.isupper()]


def _dtype(role: str) -> str:
    if role in DATE_COLUMNS:
        return "datetime64[us]"
    return "Int64" if role in NUMBER_COLUMNS else "str"


READ: Final = {role: _dtype(role) for role in _ALL if role not in _MADE}
"""Columns that come out of cells, with their types."""

CLAIMS: Final = {role: _MADE.get(role) or READ[role] for role in _ALL}
"""The claims table."""


class Mark:
    """What intake notes beside each row until its fate is known."""

    SHEET: Final = "#sheet"  # index into the recognised sheets of the batch
    ROW: Final = "#row"  # as Excel shows it
    PROBLEM: Final = "#problem"  # Problem | None
    ROUNDED: Final = "#rounded"  # 상품주문번호 was a number whose last digit is 0
    ORDER_ROUNDED: Final = "#order_rounded"  # the same of 주문번호
    SILENT: Final = "#silent"  # a row of an answers sheet without any answer
    UNHELD: Final = "#unheld"  # columns of its sheet that the file does not hold for this row, space-separated


MARKS: Final = {
    Mark.SHEET: "int64",
    Mark.ROW: "int64",
    Mark.PROBLEM: "object",
    Mark.ROUNDED: "bool",
    Mark.ORDER_ROUNDED: "bool",
    Mark.SILENT: "bool",
    Mark.UNHELD: "str",
}


def lacks(rows: pd.DataFrame, role: str) -> pd.Series:
    """Rows of which the file does not hold this column, though their sheet has it."""
    if not rows[Mark.UNHELD].ne("").any():
        return pd.Series(data=False, index=rows.index)
    return rows[Mark.UNHELD].str.split(" ").map(lambda names: role in names).astype("bool")


def empty(columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in columns.items()})

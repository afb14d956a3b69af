"""The columns that intake works with: those of the claims table, with their types, and its own marks on a row."""

from __future__ import annotations

from typing import Final

from processor.model.columns import ANSWER_COLUMNS, DATE_COLUMNS, NUMBER_COLUMNS, Col

_MADE: Final = {
    Col.SOURCE: "object",
    Col.INVOICE_SEEN: "bool",
    Col.DISPATCH_SEEN: "bool",
    Col.TROUBLE: "str",
    Col.SEEN_AT: "datetime64[us]",
    Col.SEEN_IN: "str",
    Col.SHOWN: "bool",
    Col.ASKED_AT: "datetime64[us]",
    Col.ASKED_TODAY: "bool",
    Col.OVER_AT: "datetime64[us]",
    Col.UNCLAIMED_AT: "datetime64[us]",
    Col.SENT_AT: "datetime64[us]",
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

CELLS: Final = tuple(role for role in READ if role not in (Col.PRODUCT_ORDER_NO, *ANSWER_COLUMNS, Col.STATED_ACTION))
"""Columns of an export that are remembered with a row; what the seller answered is remembered process."""

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

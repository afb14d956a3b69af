"""Declares every table: name, dtype, meaning and unit of each column.

Empty tables, checks and SQL are made from this.
"""

from processor.model.tables.claims import (
    ANSWER_COLUMNS,
    CELLS,
    CLAIMS,
    DATE_COLUMNS,
    ID_COLUMNS,
    MARKS,
    NUMBER_COLUMNS,
    READ,
    ROWS,
    SOLD_OUT,
    Col,
    Mark,
)
from processor.model.tables.judged import JUDGED, POINT, TO_MARK, Marked, Out, Point
from processor.model.tables.ledger import LEDGER, PAST_ORDERS, PastOrder
from processor.model.tables.schema import Column, Table

__all__ = [
    "ANSWER_COLUMNS",
    "CELLS",
    "CLAIMS",
    "DATE_COLUMNS",
    "ID_COLUMNS",
    "JUDGED",
    "LEDGER",
    "MARKS",
    "NUMBER_COLUMNS",
    "PAST_ORDERS",
    "POINT",
    "READ",
    "ROWS",
    "SOLD_OUT",
    "TO_MARK",
    "Col",
    "Column",
    "Mark",
    "Marked",
    "Out",
    "PastOrder",
    "Point",
    "Table",
]

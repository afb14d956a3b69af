"""Converts an entry to JSON and back. If a run is killed, the next run stores the saved entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from processor.ledger import values
from processor.ledger.entry import Entry, filled, no_rows
from processor.ledger.sql import Columns, Value
from processor.model import Col, PastOrder, Point
from processor.model.tables import Table
from processor.model.tables.ledger import (
    ANSWER_ROWS,
    ANSWERS,
    EVIDENCE,
    FILES,
    GIVEN,
    LOST,
    ORDERS,
    RUNS,
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


def written(entry: Entry) -> dict[str, Any]:
    """The entry as plain data: a dict of its fields, with each table as a dict of its columns."""
    return {field.name: getattr(entry, field.name) for field in fields(entry)}


def read_back(data: Mapping[str, Any] | Sequence[Any]) -> Entry:
    """Reads an entry of this version, or of an older version, which wrote lists without names.

    Raises TypeError, ValueError, KeyError, AttributeError or RecursionError if the data is neither, or if a value is
    not such as this program stores.
    """
    entry = Entry(**data) if isinstance(data, Mapping) else _by_place(data)
    _check(entry)
    return entry


def _check(entry: Entry) -> None:
    run = {RunColumn.NAME: entry.name, RunColumn.AS_OF: entry.as_of, RunColumn.RULES: entry.rules}
    values.check(RUNS, {column: [value] for column, value in {**run, RunColumn.VERSION: entry.version}.items()})
    if not isinstance(entry.listed, bool):
        raise TypeError("listed")
    values.check(ORDERS, {Col.PRODUCT_ORDER_NO: entry.gone})
    for table, columns in _tables(entry):
        if set(columns) != set(filled(table)) or len({len(column) for column in columns.values()}) > 1:
            raise ValueError(f"no columns of {table.name}")
        values.check(table, columns)
    if not set(range(len(entry.sheets[SheetColumn.SHA256]))) >= set(entry.evidence[EvidenceColumn.SHEET]):
        raise ValueError("rows of no sheet")
    values.objects(map(str, entry.evidence[EvidenceColumn.CELLS]))
    for kept, texts in (
        (values.problem, filter(None, entry.evidence[EvidenceColumn.PROBLEM])),
        (values.problem, entry.lost[LostColumn.PROBLEM]),
        (values.headers, entry.sheets[SheetColumn.HEADERS]),
        (values.answers, entry.answer_rows[AnswerRowColumn.CELLS]),
    ):
        for text in set(texts):  # many rows may share a problem
            kept(str(text))


def _tables(entry: Entry) -> Iterator[tuple[Table, Columns]]:
    yield FILES, entry.files
    yield ORDERS, entry.orders
    yield ANSWERS, entry.answers
    yield GIVEN, entry.points
    yield SHEETS, entry.sheets
    yield EVIDENCE, entry.evidence
    yield ANSWER_ROWS, entry.answer_rows
    yield LOST, entry.lost


def _by_place(places: Sequence[Any]) -> Entry:
    """Reads an entry of version 0.1.0: fourteen values, or ten in the releases that stored no rows."""
    name, as_of, rules, version, files, orders, answers, points, gone, listed, *more = places
    sheets, evidence, answer_rows, lost = more or ([], [], [], [])
    return Entry(
        name=name,
        as_of=as_of,
        rules=rules,
        version=version,
        listed=bool(listed),
        gone=gone,
        files=_columns(FILES, _FILES, files),
        orders=_columns(ORDERS, _ORDERS if more else _ORDERS_OF_TEN, orders),
        answers=_columns(ANSWERS, _ANSWERS, answers if more else [[*answer, None] for answer in answers]),
        points=_columns(GIVEN, _POINTS, points),
        sheets=_columns(SHEETS, _SHEETS, sheets),
        evidence=_columns(EVIDENCE, _EVIDENCE, evidence),
        answer_rows=_columns(ANSWER_ROWS, _ANSWER_ROWS, answer_rows),
        lost=_columns(LOST, _LOST, lost),
    )


def _columns(table: Table, places: Sequence[str], rows: Sequence[Sequence[Value]]) -> Columns:
    """The rows as columns, without columns that the table no longer has."""
    if not rows:
        return no_rows(table)
    columns = dict(zip(places, zip(*rows, strict=True), strict=True))
    return {column: list(columns[column]) for column in filled(table)}


_FILES: Final = (FileColumn.SHA256, FileColumn.NAME)
_ORDERS: Final = (
    Col.PRODUCT_ORDER_NO, PastOrder.ORDER_NO, PastOrder.BUNDLE_NO, PastOrder.OPEN, PastOrder.ACTION, PastOrder.RULE,
    PastOrder.ASKS, PastOrder.FLAGS, PastOrder.ACT_BY, PastOrder.DISPATCHED, PastOrder.SEEN_AT, PastOrder.PRODUCT,
    PastOrder.PRODUCT_NO, PastOrder.PAID_ON, PastOrder.OWN_CANCEL,
)  # fmt: skip
_ORDERS_OF_TEN: Final = (
    *_ORDERS[:9], "request_open", "requested_at", PastOrder.DISPATCHED, "earlier", PastOrder.SEEN_AT, "seen_in",
    *_ORDERS[11:], "state",
)  # fmt: skip
_ANSWERS: Final = (
    AnswerColumn.PRODUCT_ORDER_NO, AnswerColumn.CELL, AnswerColumn.VALUE, AnswerColumn.ASKED, AnswerColumn.ABOUT,
    AnswerColumn.AT,
)  # fmt: skip
_POINTS: Final = (
    Point.PRODUCT_ORDER_NO, Point.EVENT, GivenColumn.GRANTED_ON, Point.RULE, Point.POINTS, GivenColumn.BY_ACTION,
)  # fmt: skip
_SHEETS: Final = (
    SheetColumn.SHA256, SheetColumn.FILE, SheetColumn.NAME, SheetColumn.KIND, SheetColumn.TAKEN_AT, SheetColumn.DATED,
    SheetColumn.TYPED, SheetColumn.HEADERS, SheetColumn.WHOLE,
)  # fmt: skip
_EVIDENCE: Final = (
    EvidenceColumn.PRODUCT_ORDER_NO, EvidenceColumn.SHEET, EvidenceColumn.ROW, EvidenceColumn.CELLS,
    EvidenceColumn.PROBLEM,
)  # fmt: skip
_ANSWER_ROWS: Final = (
    AnswerRowColumn.PRODUCT_ORDER_NO, AnswerRowColumn.FILE, AnswerRowColumn.SHEET, AnswerRowColumn.ROW,
    AnswerRowColumn.AT, AnswerRowColumn.WORKBOOK, AnswerRowColumn.CELLS, AnswerRowColumn.ACTION,
)  # fmt: skip
_LOST: Final = (LostColumn.PROBLEM, LostColumn.NUMBERS)
"""The columns of each table in the order in which the lists of version 0.1.0 had them."""

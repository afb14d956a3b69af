"""What one run adds to the ledger, as plain values. They are saved before the workbook appears and entered after it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from processor.ledger import values
from processor.ledger.sql import Columns, Value
from processor.model import (
    AnswerRow,
    Col,
    Evidence,
    Out,
    PastOrder,
    Point,
    PointState,
    ReadSheet,
    Report,
    Verdict,
)
from processor.model.tables import CELLS, MARKS, Mark
from processor.model.tables.ledger import (
    ANSWER_ROWS,
    ANSWERS,
    EVIDENCE,
    FILES,
    GIVEN,
    LOST,
    ORDERS,
    SHEETS,
    AnswerColumn,
    AnswerRowColumn,
    EvidenceColumn,
    FileColumn,
    GivenColumn,
    LostColumn,
    SheetColumn,
)
from processor.model.tables.schema import Table

ROW_MARKS: Final = tuple(mark for mark in MARKS if mark not in (Mark.SHEET, Mark.ROW, Mark.PROBLEM))
"""Marks that are stored with the cells of a row."""
_GIVEN_BY_THE_LEDGER: Final[Mapping[str, frozenset[str]]] = {
    FILES.name: frozenset({FileColumn.RULES, FileColumn.RUN}),
    ORDERS.name: frozenset({PastOrder.RUN, PastOrder.DECIDED_AT, PastOrder.SINCE}),
    ANSWERS.name: frozenset({AnswerColumn.RUN, AnswerColumn.HELD}),
    GIVEN.name: frozenset({GivenColumn.RUN}),
    SHEETS.name: frozenset({SheetColumn.NUMBER, SheetColumn.RUN}),
    ANSWER_ROWS.name: frozenset({AnswerRowColumn.RUN}),
    LOST.name: frozenset({LostColumn.RUN}),
}
"""Columns that an entry does not have; the ledger fills them when the entry is stored."""


_NOTHING: Final = (":null}", ':""}')
"""How the JSON of a row ends whose value is missing or blank. In a longer text a quotation mark has a backslash."""


def filled(table: Table) -> tuple[str, ...]:
    """The columns of a table that an entry fills."""
    return tuple(column for column in table if column not in _GIVEN_BY_THE_LEDGER.get(table.name, frozenset()))


def no_rows(table: Table) -> Columns:
    return {column: [] for column in filled(table)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Rows for the tables of the ledger, each with the columns that `filled` names."""

    name: str  # name of the run, as in 처리목록_<name>.xlsx
    as_of: str  # moment of the run, ISO 8601
    rules: str  # SHA-256 of the rules
    version: str  # the version of the program
    listed: bool  # does the run leave a workbook?
    gone: Sequence[str]  # numbers of the orders to close
    files: Columns
    orders: Columns
    answers: Columns
    points: Columns
    sheets: Columns
    evidence: Columns  # the sheet of a row is its index in `sheets`
    answer_rows: Columns
    lost: Columns


def entry(report: Report, rules: str, name: str, version: str, *, acting: bool = True, listed: bool = True) -> Entry:
    """Makes the entry of a run. `version`: of the program. If not `acting`, orders are stored without a decision."""
    new = report.batch.new
    files = ({FileColumn.SHA256: file.sha256, FileColumn.NAME: file.name} for file in report.batch.contents)
    return Entry(
        name=name,
        as_of=report.as_of.isoformat(),
        rules=rules,
        version=version,
        listed=listed,
        gone=list(report.gone),
        files=_by_column(FILES, files),
        orders=_orders(report, acting),
        answers=_by_column(
            ANSWERS,
            (
                {
                    AnswerColumn.PRODUCT_ORDER_NO: given.product_order_no,
                    AnswerColumn.CELL: given.cell,
                    AnswerColumn.VALUE: given.value,
                    AnswerColumn.ASKED: int(given.asked),
                    AnswerColumn.ABOUT: given.about,
                    AnswerColumn.AT: _moment(given.at),
                }
                for given in report.answers
            ),
        ),
        points=_points(report) if acting else no_rows(GIVEN),
        sheets=_by_column(SHEETS, () if new is None else _sheets(new.sheets, report.batch.lists)),
        evidence=no_rows(EVIDENCE) if new is None else _evidence(new),
        answer_rows=_by_column(ANSWER_ROWS, (_answer_row(row) for row in report.answer_rows if not row.run)),
        lost=_by_column(LOST, () if new is None else _lost(new)),
    )


def _by_column(table: Table, rows: Iterable[Mapping[str, Value]]) -> Columns:
    """The rows as columns; each row must have all columns that an entry fills."""
    rows = list(rows)
    return {column: [row[column] for row in rows] for column in filled(table)}


def _sheets(sheets: Sequence[ReadSheet], lists: Sequence[ReadSheet]) -> Iterator[dict[str, Value]]:
    whole = {(each.file, each.name) for each in lists if each.whole}
    for sheet in sheets:
        yield {
            SheetColumn.SHA256: sheet.sha256,
            SheetColumn.FILE: sheet.file,
            SheetColumn.NAME: sheet.name,
            SheetColumn.KIND: sheet.kind.value,
            SheetColumn.TAKEN_AT: sheet.taken_at.isoformat(),
            SheetColumn.DATED: int(sheet.dated),
            SheetColumn.TYPED: int(sheet.typed),
            SheetColumn.HEADERS: json.dumps(dict(sheet.headers), ensure_ascii=False),
            SheetColumn.WHOLE: int((sheet.file, sheet.name) in whole),
        }


def _evidence(new: Evidence) -> Columns:
    """Every row that was read. The seller's answers in it are stored separately: see answer_rows."""
    rows, written = (
        new.rows,
        cache(lambda problem: json.dumps(values.of_problem(problem))),
    )  # many rows may share a problem
    marked = (rows[mark].where(rows[mark].astype(bool)) for mark in ROW_MARKS)
    members = [said for column in (*(rows[role] for role in CELLS), *marked) if (said := _members(column))]
    return {
        EvidenceColumn.PRODUCT_ORDER_NO: rows[Col.PRODUCT_ORDER_NO].fillna("").tolist(),
        EvidenceColumn.SHEET: rows[Mark.SHEET].tolist(),
        EvidenceColumn.ROW: rows[Mark.ROW].tolist(),
        EvidenceColumn.CELLS: _objects(members, len(rows)),
        EvidenceColumn.PROBLEM: [None if problem is None else written(problem) for problem in rows[Mark.PROBLEM]],
    }


def _objects(members: Sequence[Sequence[str]], rows: int) -> list[str]:
    """A JSON object for each row, made of its members."""
    if not members:
        return ["{}"] * rows
    return [f"{{{''.join(row)[1:]}}}" for row in zip(*members, strict=True)]


def _members(column: pd.Series) -> list[str]:
    """The member `,"name":value` of each row; "" if the value is missing or blank. No members if all are.

    A column has few distinct values: each is encoded once, which takes less than half the time.
    """
    found = column.to_numpy(object, na_value="") if column.dtype == "str" else column
    if not (found.any() if isinstance(found, np.ndarray) else found.notna().any()):
        return []
    codes, distinct = pd.factorize(found, use_na_sentinel=False)
    lines = pd.DataFrame({column.name: distinct}).to_json(
        orient="records", lines=True, force_ascii=False, date_format="iso", date_unit="us"
    )
    members = ["" if line.endswith(_NOTHING) else f",{line[1:-1]}" for line in lines.rstrip("\n").split("\n")]
    return [members[code] for code in codes.tolist()] if any(members) else []


def _lost(new: Evidence) -> Iterator[dict[str, Value]]:
    """A row for each problem; the first one has the numbers, because they belong to all of them together."""
    numbers = " ".join(sorted(new.unread))
    for at, problem in enumerate(new.lost):
        yield {LostColumn.PROBLEM: json.dumps(values.of_problem(problem)), LostColumn.NUMBERS: "" if at else numbers}


def _answer_row(row: AnswerRow) -> dict[str, Value]:
    answers = {cell: value for cell, value in row.cells.items() if value is not None}
    return {
        AnswerRowColumn.PRODUCT_ORDER_NO: row.product_order_no,
        AnswerRowColumn.FILE: row.place.file,
        AnswerRowColumn.SHEET: row.place.sheet,
        AnswerRowColumn.ROW: row.place.row,
        AnswerRowColumn.AT: row.at.isoformat(),
        AnswerRowColumn.WORKBOOK: row.workbook,
        AnswerRowColumn.CELLS: json.dumps(answers, ensure_ascii=False),
        AnswerRowColumn.ACTION: row.action,
    }


def _orders(report: Report, acting: bool) -> Columns:
    """Each order of the report, sorted by number because SQLite then inserts them in half the time."""
    numbers = report.rows[Col.PRODUCT_ORDER_NO].tolist()
    rows = report.rows.iloc[sorted(range(len(numbers)), key=numbers.__getitem__)]
    verdicts, situations = report.verdicts, rows[Out.SITUATION].tolist()

    def decided(of: Callable[[Verdict], str]) -> list[str]:
        values = [of(verdict) if acting else "" for verdict in verdicts]
        return [values[situation] for situation in situations]

    dispatched = rows[Col.DISPATCH_SEEN] | rows[Col.DISPATCHED_AT].notna()
    return {
        Col.PRODUCT_ORDER_NO: rows[Col.PRODUCT_ORDER_NO].tolist(),
        PastOrder.ORDER_NO: rows[Col.ORDER_NO].fillna("").tolist(),
        PastOrder.BUNDLE_NO: rows[Col.BUNDLE_NO].fillna("").tolist(),
        PastOrder.OPEN: rows[Out.OPEN].astype("int64").tolist(),
        PastOrder.ACTION: decided(lambda verdict: verdict.action.value),
        PastOrder.RULE: decided(lambda verdict: verdict.rule),
        PastOrder.ASKS: decided(lambda verdict: " ".join(verdict.asks)),
        PastOrder.FLAGS: decided(lambda verdict: " ".join(verdict.flags)),
        PastOrder.ACT_BY: _days(rows[Out.ACT_BY]) if acting else [None] * len(rows),
        PastOrder.DISPATCHED: dispatched.astype("int64").tolist(),
        PastOrder.SEEN_AT: _moments(rows[Col.SEEN_AT]),
        PastOrder.PRODUCT: rows[Col.PRODUCT_NAME].fillna("").tolist(),
        PastOrder.PRODUCT_NO: rows[Col.PRODUCT_NO].fillna("").tolist(),
        PastOrder.PAID_ON: _days(rows[Out.PAID_ON]),
        PastOrder.OWN_CANCEL: rows[Out.OWN_CANCEL].tolist(),
    }


def _points(report: Report) -> Columns:
    """Points that were given, that can't be avoided any more, or that today's actions bring."""
    open_ = report.points[Point.STATE].isin([PointState.AVOIDABLE.value, PointState.UNSETTLED.value])
    lines = report.points[~open_ & ~report.points[Point.REMEMBERED]]
    return {
        **{name: lines[name].tolist() for name in (Point.PRODUCT_ORDER_NO, Point.EVENT, Point.RULE, Point.POINTS)},
        GivenColumn.GRANTED_ON: [day or "" for day in _days(lines[Point.DAY])],
        GivenColumn.BY_ACTION: lines[Point.STATE].eq(PointState.BY_ACTION.value).astype("int64").tolist(),
    }


def _moment(at: object) -> str | None:
    return None if at is None else pd.Timestamp(at).isoformat()  # type: ignore[arg-type]


def _moments(column: pd.Series[pd.Timestamp]) -> list[str | None]:
    return _written(column, pd.Timestamp.isoformat)


def _days(column: pd.Series[pd.Timestamp]) -> list[str | None]:
    return _written(column, lambda moment: moment.date().isoformat())


def _written(column: pd.Series[pd.Timestamp], form: Callable[[pd.Timestamp], str]) -> list[str | None]:
    """The moments as text; None if missing. Each distinct moment is formatted once."""
    codes, distinct = pd.factorize(column)
    texts = [*map(form, distinct), None]
    return [texts[code] for code in codes.tolist()]

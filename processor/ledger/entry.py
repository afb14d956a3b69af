"""What one run adds to the ledger, as plain values: they are written down before the workbook appears, and entered after."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from processor.model import (
    AnswerRow,
    Col,
    Evidence,
    Out,
    PastOrder,
    Point,
    PointState,
    Problem,
    ReadSheet,
    Report,
    Verdict,
)
from processor.model.tables import CELLS, MARKS, Mark

ORDERS: Final = (
    "product_order_no",
    PastOrder.ORDER_NO,
    PastOrder.BUNDLE_NO,
    PastOrder.OPEN,
    PastOrder.ACTION,
    PastOrder.RULE,
    PastOrder.ASKS,
    PastOrder.FLAGS,
    PastOrder.ACT_BY,
    PastOrder.DISPATCHED,
    PastOrder.SEEN_AT,
    PastOrder.PRODUCT,
    PastOrder.PRODUCT_NO,
    PastOrder.PAID_ON,
    PastOrder.OWN_CANCEL,
)
"""The columns of an entry's orders."""
ROW_MARKS: Final = tuple(mark for mark in MARKS if mark not in (Mark.SHEET, Mark.ROW, Mark.PROBLEM))
"""Marks that are remembered with the cells of a row."""

Value = str | int | None


class Entry(NamedTuple):
    """Rows for the tables of the ledger, without the number of the run, which the ledger gives."""

    name: str
    as_of: str
    rules: str
    version: str
    files: list[list[Value]]  # sha256, name
    orders: list[list[Value]]  # in the columns of ORDERS
    answers: list[list[Value]]  # 상품주문번호, cell, value, asked, about, at
    points: list[list[Value]]  # 상품주문번호, event, granted_on ("" = not known), rule, points, by_action
    gone: list[Value]  # orders to close
    listed: int = 1  # does the run leave a workbook?
    sheets: list[list[Value]] = []  # noqa: RUF012 - never changed  # sha256, file, name, kind, taken_at, dated, typed, headers, whole
    rows: list[list[Value]] = []  # noqa: RUF012 - of those sheets: 상품주문번호, number in `sheets`, Excel's row, cells, problem
    told: list[list[Value]] = []  # noqa: RUF012 - 상품주문번호, file, sheet, row, at, workbook, cells, action
    lost: list[list[Value]] = []  # noqa: RUF012 - problem, order numbers in refused tables


def written_before(told: list[Any]) -> Entry:
    """An entry that was written down as plain values, also by the version before, whose orders had more columns."""
    older = len(told) < len(Entry._fields)
    if older:
        orders = [[value for at, value in enumerate(order) if at not in _DROPPED] for order in told[5]]
        answers = [[*answer, None] for answer in told[6]]
        told = [*told[:5], orders, answers, *told[7:]]
    return Entry(*told)


_DROPPED: Final = (9, 10, 12, 14, 19)
"""Columns of an order in the version before: request_open, requested_at, earlier, seen_in, state."""


def entry(report: Report, rules: str, name: str, version: str, *, acting: bool = True, listed: bool = True) -> Entry:
    """`version`: which program made the run. Without acting the orders are only taken note of: nothing counts as decided."""
    new = report.batch.new
    return Entry(
        name=name,
        as_of=report.as_of.isoformat(),
        rules=rules,
        version=version,
        files=[[file.sha256, file.name] for file in report.batch.contents],
        orders=_orders(report, acting),
        answers=[
            [given.product_order_no, given.cell, given.value, int(given.asked), given.about, _moment(given.at)]
            for given in report.answers
        ],
        points=_points(report) if acting else [],
        gone=list(report.gone),
        listed=int(listed),
        sheets=[] if new is None else [_sheet(sheet, report.batch.lists) for sheet in new.sheets],
        rows=[] if new is None else _rows(new),
        told=[_told(row) for row in report.answer_rows if not row.run],
        lost=[]
        if new is None
        else [[json.dumps(_problem(problem)), " ".join(sorted(new.unread))] for problem in new.lost],
    )


def _sheet(sheet: ReadSheet, lists: Sequence[ReadSheet]) -> list[Value]:
    whole = any((each.file, each.name, each.whole) == (sheet.file, sheet.name, True) for each in lists)
    headers = json.dumps(dict(sheet.headers), ensure_ascii=False)
    moment = sheet.taken_at.isoformat()
    return [
        sheet.sha256,
        sheet.file,
        sheet.name,
        sheet.kind.value,
        moment,
        int(sheet.dated),
        int(sheet.typed),
        headers,
        int(whole),
    ]


def _rows(new: Evidence) -> list[list[Value]]:
    """Each row with what it says; what the seller answered in it is told process."""
    rows = new.rows
    blank = rows[list(CELLS)].replace("", pd.NA)
    members = [_members(blank[role]) for role in CELLS if blank[role].notna().any()]
    members += [
        _members(rows[mark].where(rows[mark].astype(bool))) for mark in ROW_MARKS if rows[mark].astype(bool).any()
    ]
    cells = _objects(members, len(rows))
    problems = [None if problem is None else json.dumps(_problem(problem)) for problem in rows[Mark.PROBLEM]]
    numbers = rows[Col.PRODUCT_ORDER_NO].fillna("").tolist()
    columns = (numbers, rows[Mark.SHEET].tolist(), rows[Mark.ROW].tolist(), cells, problems)
    return [list(row) for row in zip(*columns, strict=True)]


def _objects(members: Sequence[Iterator[str]], rows: int) -> list[str]:
    if not members:
        return ["{}"] * rows
    return [f"{{{','.join(filter(None, row))}}}" for row in zip(*members, strict=True)]


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "place": list(problem.place),
        "message": list(problem.message),
        "fix": list(problem.fix),
        "column": problem.column,
        "value": problem.value,
        "more": [_problem(other) for other in problem.more],
    }


def _told(row: AnswerRow) -> list[Value]:
    said = {cell: value for cell, value in row.cells.items() if value is not None}
    cells = json.dumps(said, ensure_ascii=False)
    return [row.product_order_no, *row.place, row.at.isoformat(), row.workbook, cells, row.action]


def _orders(report: Report, acting: bool) -> list[list[Value]]:
    """A row per order of the report, in the columns of ORDERS, by number: so it is entered in half the time."""
    rows, verdicts = report.rows, report.verdicts
    situations = rows[Out.SITUATION].tolist()

    def decided(of: Callable[[Verdict], str]) -> list[str]:
        said = [of(verdict) if acting else "" for verdict in verdicts]
        return [said[situation] for situation in situations]

    dispatched = rows[Col.DISPATCH_SEEN] | rows[Col.DISPATCHED_AT].notna()
    columns: dict[str, Sequence[Value]] = {
        "product_order_no": rows[Col.PRODUCT_ORDER_NO].tolist(),
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
    return sorted([*row] for row in zip(*(columns[name] for name in ORDERS), strict=True))


def _members(column: pd.Series) -> Iterator[str]:
    """The `"name":value` of each row, if there is any.

    Most columns say few things: written once each, that takes less than half the time.
    """
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    lines = pd.DataFrame({column.name: distinct}).to_json(
        orient="records", lines=True, force_ascii=False, date_format="iso", date_unit="us"
    )
    said = ["" if line.endswith(":null}") else line[1:-1] for line in lines.rstrip("\n").split("\n")]
    return map(said.__getitem__, codes.tolist())


def _points(report: Report) -> list[list[Value]]:
    """What was given, or can't be avoided any more, or comes by what is to be done today."""
    open_ = report.points[Point.STATE].isin([PointState.AVOIDABLE.value, PointState.UNSETTLED.value])
    lines = report.points[~open_ & ~report.points[Point.REMEMBERED]]
    planned = lines[Point.STATE].eq(PointState.BY_ACTION.value).astype("int64")
    columns = (lines[name].tolist() for name in (Point.PRODUCT_ORDER_NO, Point.EVENT, Point.RULE, Point.POINTS))
    numbers, events, rules, worth = columns
    days = [day or "" for day in _days(lines[Point.DAY])]
    return [list(row) for row in zip(numbers, events, days, rules, worth, planned.tolist(), strict=True)]


def _moment(at: object) -> str | None:
    return None if at is None else pd.Timestamp(at).isoformat()  # type: ignore[arg-type]


def _moments(column: pd.Series[pd.Timestamp]) -> list[str | None]:
    return _said(column, pd.Timestamp.isoformat)


def _days(column: pd.Series[pd.Timestamp]) -> list[str | None]:
    return _said(column, lambda moment: moment.date().isoformat())


def _said(column: pd.Series[pd.Timestamp], say: Callable[[pd.Timestamp], str]) -> list[str | None]:
    """Each distinct moment is said once; what is missing is None."""
    codes, distinct = pd.factorize(column)
    said = [*map(say, distinct), None]
    return [said[code] for code in codes.tolist()]

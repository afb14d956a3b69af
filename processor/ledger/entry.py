"""What one run adds to the ledger, as plain values: they are written down before the workbook appears, and entered after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import pandas as pd

from processor.model import ANSWER_COLUMNS, Col, Kept, Out, Point, Report, Standing, Verdict
from processor.program import program

_NOT_STATE: Final = frozenset(
    {
        *ANSWER_COLUMNS,
        Col.PRODUCT_ORDER_NO,
        Col.STATED_ACTION,
        Col.SOURCE,
        Col.TROUBLE,
        Col.SEEN_AT,
        Col.SEEN_IN,
        Col.EARLIER,
        Col.NOTE_KO,
        Col.NOTE_EN,
    }
)

ORDERS: Final = (
    "product_order_no",
    Kept.ORDER_NO,
    Kept.BUNDLE_NO,
    Kept.OPEN,
    Kept.ACTION,
    Kept.RULE,
    Kept.ASKS,
    Kept.FLAGS,
    Kept.ACT_BY,
    Kept.REQUEST_OPEN,
    Kept.REQUESTED_AT,
    Kept.DISPATCHED,
    Kept.EARLIER,
    Kept.SEEN_AT,
    Kept.SEEN_IN,
    Kept.PRODUCT,
    Kept.PRODUCT_NO,
    Kept.PAID_ON,
    Kept.OWN_CANCEL,
    Kept.STATE,
)
"""The columns of an entry's orders, the state last."""

Value = str | int | None


class Entry(NamedTuple):
    """Rows for the tables of the ledger, without the number of the run, which the ledger gives."""

    name: str
    as_of: str
    rules: str
    version: str
    files: list[list[Value]]  # sha256, name
    orders: list[list[Value]]  # in the columns of ORDERS
    answers: list[list[Value]]  # 상품주문번호, cell, value, asked, about
    points: list[list[Value]]  # 상품주문번호, event, granted_on ("" = not known), rule, points, by_action
    gone: list[Value]  # orders to close


def entry(report: Report, rules: str, name: str, *, acting: bool = True) -> Entry:
    """Without acting the orders are only taken note of: nothing counts as decided."""
    return Entry(
        name=name,
        as_of=report.as_of.isoformat(),
        rules=rules,
        version=program(),
        files=[[file.sha256, file.name] for file in report.batch.contents],
        orders=_orders(report, acting),
        answers=[
            [given.product_order_no, given.cell, given.value, int(given.asked), given.about] for given in report.answers
        ],
        points=_points(report) if acting else [],
        gone=list(report.gone),
    )


def _orders(report: Report, acting: bool) -> list[list[Value]]:
    """A row per order of the report, in the columns of ORDERS, by number: so it is entered in half the time."""
    rows, verdicts = report.rows, report.verdicts
    situations = rows[Out.SITUATION].tolist()

    def decided(of: Callable[[Verdict], str]) -> list[str]:
        said = [of(verdict) if acting else "" for verdict in verdicts]
        return [said[situation] for situation in situations]

    states = iter(_states(rows))
    dispatched = rows[Col.DISPATCH_SEEN] | rows[Col.DISPATCHED_AT].notna()
    columns: dict[str, Sequence[Value]] = {
        "product_order_no": rows[Col.PRODUCT_ORDER_NO].tolist(),
        Kept.ORDER_NO: rows[Col.ORDER_NO].fillna("").tolist(),
        Kept.BUNDLE_NO: rows[Col.BUNDLE_NO].fillna("").tolist(),
        Kept.OPEN: rows[Out.OPEN].astype("int64").tolist(),
        Kept.ACTION: decided(lambda verdict: verdict.action.value),
        Kept.RULE: decided(lambda verdict: verdict.rule),
        Kept.ASKS: decided(lambda verdict: " ".join(verdict.asks)),
        Kept.FLAGS: decided(lambda verdict: " ".join(verdict.flags)),
        Kept.ACT_BY: _days(rows[Out.ACT_BY]) if acting else [None] * len(rows),
        Kept.REQUEST_OPEN: rows[Out.REQUEST_OPEN].astype("int64").tolist(),
        Kept.REQUESTED_AT: _moments(rows[Col.CLAIM_REQUESTED]),
        Kept.DISPATCHED: dispatched.astype("int64").tolist(),
        Kept.EARLIER: rows[Col.EARLIER].tolist(),
        Kept.SEEN_AT: _moments(rows[Col.SEEN_AT]),
        Kept.SEEN_IN: rows[Col.SEEN_IN].tolist(),
        Kept.PRODUCT: rows[Col.PRODUCT_NAME].fillna("").tolist(),
        Kept.PRODUCT_NO: rows[Col.PRODUCT_NO].fillna("").tolist(),
        Kept.PAID_ON: _days(rows[Out.PAID_ON]),
        Kept.OWN_CANCEL: rows[Out.OWN_CANCEL].tolist(),
        Kept.STATE: [next(states) if is_open else "" for is_open in rows[Out.OPEN].tolist()],
    }
    return sorted([*row] for row in zip(*(columns[name] for name in ORDERS), strict=True))


def _states(rows: pd.DataFrame) -> list[str]:
    """Each open order's columns as JSON: "" = seen and blank, left out = no file had the column."""
    names = {name for key, name in vars(Col).items() if key.isupper()} - _NOT_STATE
    state = rows.loc[rows[Out.OPEN], [name for name in rows.columns if name in names and rows[name].notna().any()]]
    orders = zip(*(_members(state[name]) for name in state), strict=True)
    return [f"{{{','.join(filter(None, members))}}}" for members in orders]


def _members(column: pd.Series) -> Iterator[str]:
    """The `"name":value` of each row, if there is any.

    Most columns say few things: written once each, that takes less than half the time.
    """
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    lines = pd.DataFrame({column.name: distinct}).to_json(
        orient="records", lines=True, force_ascii=False, date_format="iso", date_unit="s"
    )
    said = ["" if line.endswith(":null}") else line[1:-1] for line in lines.rstrip("\n").split("\n")]
    return map(said.__getitem__, codes.tolist())


def _points(report: Report) -> list[list[Value]]:
    """What was given, or can't be avoided any more, or comes by what is to be done today."""
    lines = report.points[report.points[Point.STANDING].ne(Standing.AVOIDABLE.value) & ~report.points[Point.REMEMBERED]]
    planned = lines[Point.STANDING].eq(Standing.BY_ACTION.value).astype("int64")
    columns = (lines[name].tolist() for name in (Point.PRODUCT_ORDER_NO, Point.EVENT, Point.RULE, Point.POINTS))
    numbers, events, rules, worth = columns
    days = [day or "" for day in _days(lines[Point.DAY])]
    return [list(row) for row in zip(numbers, events, days, rules, worth, planned.tolist(), strict=True)]


def _moments(column: pd.Series[pd.Timestamp]) -> list[str | None]:
    return _said(column, pd.Timestamp.isoformat)


def _days(column: pd.Series[pd.Timestamp]) -> list[str | None]:
    return _said(column, lambda moment: moment.date().isoformat())


def _said(column: pd.Series[pd.Timestamp], say: Callable[[pd.Timestamp], str]) -> list[str | None]:
    """Each distinct moment is said once; what is missing is None."""
    codes, distinct = pd.factorize(column)
    said = [*map(say, distinct), None]
    return [said[code] for code in codes.tolist()]

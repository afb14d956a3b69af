"""What one run adds to the ledger, as plain values: they are written down before the workbook appears, and entered after."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

import pandas as pd

from processor import __version__
from processor.model import ANSWER_COLUMNS, Col, Out, Report

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

Value = str | int | None


class Entry(NamedTuple):
    """Rows for the tables of the ledger, without the number of the run, which the ledger gives."""

    name: str
    as_of: str
    rules: str
    version: str
    files: list[list[Value]]  # sha256, name
    orders: list[list[Value]]  # as ORDERS below
    answers: list[list[Value]]  # 상품주문번호, cell, value, asked, about
    points: list[list[Value]]  # 상품주문번호, rule, event, points, granted_on, by_action
    gone: list[Value]  # orders to close


def entry(report: Report, rules: str, name: str, *, acting: bool = True) -> Entry:
    """Without acting the orders are only taken note of: nothing counts as decided."""
    return Entry(
        name=name,
        as_of=report.as_of.isoformat(),
        rules=rules,
        version=__version__,
        files=[[file.sha256, file.name] for file in report.batch.contents],
        orders=_orders(report, acting),
        answers=[
            [given.product_order_no, given.cell, given.value, int(given.asked), given.about] for given in report.answers
        ],
        points=_points(report) if acting else [],
        gone=list(report.gone),
    )


def _orders(report: Report, acting: bool) -> list[list[Value]]:
    rows, verdicts = report.rows, report.verdicts
    decided = [
        [verdict.action.value, verdict.rule, " ".join(verdict.asks), " ".join(verdict.flags)] for verdict in verdicts
    ]
    shared = decided if acting else [["", "", "", ""]] * len(verdicts)
    columns = (
        rows[Col.PRODUCT_ORDER_NO],
        rows[Col.ORDER_NO].fillna(""),
        rows[Col.BUNDLE_NO].fillna(""),
        rows[Out.OPEN],
        rows[Out.SITUATION],
        rows[Out.ACT_BY] if acting else [pd.NaT] * len(rows),
        rows[Out.REQUEST_OPEN],
        rows[Col.CLAIM_REQUESTED],
        rows[Col.DISPATCH_SEEN] | rows[Col.DISPATCHED_AT].notna(),
        rows[Col.EARLIER],
        rows[Col.SEEN_AT],
        rows[Col.SEEN_IN],
        rows[Col.PRODUCT_NAME].fillna(""),
        _states(rows),
    )
    return [
        [
            number,
            order,
            bundle,
            int(is_open),
            *shared[situation],
            _day(act_by),
            int(request_open),
            _moment(requested),
            int(dispatched),
            earlier,
            _moment(seen_at),
            seen_in,
            product,
            state if is_open else "",
        ]
        for (
            number,
            order,
            bundle,
            is_open,
            situation,
            act_by,
            request_open,
            requested,
            dispatched,
            earlier,
            seen_at,
            seen_in,
            product,
            state,
        ) in zip(*columns, strict=True)
    ]


def _states(rows: pd.DataFrame) -> list[str]:
    """Each order's columns as JSON: null = no file had the column, "" = seen and blank."""
    names = {name for key, name in vars(Col).items() if key.isupper()} - _NOT_STATE
    state = rows[[name for name in rows.columns if name in names]].dropna(axis="columns", how="all")
    lines = state.to_json(orient="records", lines=True, force_ascii=False, date_format="iso", date_unit="s")
    return lines.rstrip("\n").split("\n") if len(rows) else []


def _points(report: Report) -> list[list[Value]]:
    found: list[list[Value]] = []
    scored = {number: verdict.penalties for number, verdict in enumerate(report.verdicts) if verdict.penalties}
    with_points = report.rows[Out.SITUATION].isin(list(scored))
    orders = report.rows.loc[with_points, [Col.PRODUCT_ORDER_NO, Out.SITUATION]]
    granted = {rule: report.granted[rule].tolist() for rule in report.granted}
    for at, number, situation in orders.itertuples():
        for event in scored[situation]:
            day = _day(granted[event.rule][at])
            found.append([number, event.rule, event.event, event.points, day, int(event.by_action)])
    return found


def _moment(value: datetime) -> str | None:
    return None if pd.isna(value) else value.isoformat()


def _day(value: datetime) -> str | None:
    return None if pd.isna(value) else date(value.year, value.month, value.day).isoformat()

"""Makes a report of a batch: facts → decisions → fees and penalties → rows in the order to work in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Final

import pandas as pd

from processor.judge.decide import explained
from processor.judge.facts import Claims, Flags, Moments, among, deadline_column, is_addon
from processor.judge.judging import Acted, judge_orders, money
from processor.judge.missing import missing
from processor.judge.money import interest
from processor.judge.points import Judged, forecast, granted_on, points, that_count
from processor.judge.received import acknowledged
from processor.judge.situations import spread
from processor.judge.verdict import brought
from processor.judge.warnings import warnings
from processor.judge.workdays import Workdays
from processor.market.order_numbers import DAY, DAY_FORMAT
from processor.model import (
    UNKNOWN,
    Action,
    Col,
    Out,
    Past,
    PastOrder,
    Point,
    PointState,
    RememberedAnswer,
    Report,
    Verdict,
    account,
)
from processor.model.recalled import CellKey, Recalled
from processor.model.tables import Marked
from processor.rulebook import reasons
from processor.rulebook.types import Rulebook

_IDLE: Final = ("", *(action for action in Action if not action.to_do))
"""Actions of an earlier run, as remembered, by which it asked nothing of the seller."""


def judge(recalled: Recalled, book: Rulebook, as_of: datetime, calendar: Workdays, past: Past) -> Report:
    """The report on these orders. book: the rules of the day of `as_of`. Pure: equal arguments give an equal report."""
    judged, acted = judge_orders(recalled.batch, book, as_of, calendar, past)
    claims = judged.claims
    brings = [partial(brought, follows, book) for follows in judged.consequences]
    judged = replace(judged, verdicts=explained(judged.verdicts, claims, judged.codes, brings))
    still_open, paid_on = _open(claims), _paid_on(claims)
    scored = points(judged, still_open, past)
    rows = acknowledged(_rows(judged, acted, scored, still_open, paid_on), judged.verdicts, recalled.received)

    done = rows[Col.PRODUCT_ORDER_NO].isin(list(recalled.done))
    batch = claims.batch.without(done)
    order = _working_order(rows, claims)
    finished = done.loc[order].to_numpy()
    verdicts = judged.verdicts
    on_lists = rows.loc[order[~finished]].reset_index(drop=True)
    return Report(
        as_of=as_of,
        rows=on_lists,
        granted=_granted(claims).loc[order[~finished]].reset_index(drop=True),
        verdicts=tuple(verdicts),
        batch=batch,
        account=account(batch, batch.claims[Col.SOURCE]),
        sold_out_products=_to_mark_sold_out(rows, claims),
        points=that_count(scored, book, as_of.date()),
        forecast=forecast(scored, _paid(paid_on, past), _since(past), book, as_of.date(), calendar),
        answers=(*recalled.answers, *_implied(rows, verdicts, recalled.now)),
        answer_rows=recalled.answer_rows,
        gone=recalled.gone,
        done_rows=rows.loc[order[finished]].reset_index(drop=True),
        contradictions=recalled.contradictions,
        remaining=_remaining(on_lists, verdicts, past),
        news=recalled.news,
        replaces=tuple(name for name, run in past.runs.items() if run.listed and run.as_of.date() == as_of.date()),
        warnings=(*missing(on_lists, verdicts, batch), *warnings(claims, verdicts, recalled.batch), *recalled.warnings),
        calendar_version=calendar.version,
    )


def _rows(judged: Judged, acted: Acted, scored: pd.DataFrame, still_open: Flags, paid_on: Moments) -> pd.DataFrame:
    """The claims table with the columns of Out, in the order of the claims."""
    claims = judged.claims
    own = {
        Out.SITUATION: judged.codes,
        Out.ACT_BY: _act_by(judged, scored),
        Out.OPEN: still_open,
        Out.PAID_ON: paid_on,
        Out.OWN_CANCEL: pd.Series(acted.own_cancel, index=claims.table.index, dtype="str"),
    }
    parts = [claims.table, pd.DataFrame(own, index=claims.table.index), money(judged, acted), interest(claims)]
    return pd.concat(parts, axis="columns")


def _granted(claims: Claims) -> pd.DataFrame:
    """A column for each penalty row: the day on which its points are, or would be, given."""
    rows = claims.book.penalties.table.rows
    return pd.DataFrame({row.id: granted_on(claims, row) for row in rows}, index=claims.table.index)


def _remaining(rows: pd.DataFrame, verdicts: Sequence[Verdict], past: Past) -> int:
    """How many of the orders on which an earlier list of this day wanted an action still want one."""
    asked = past.latest.index[~past.latest[PastOrder.ACTION].isin(_IDLE)]
    acting = rows[Out.SITUATION].map([verdict.action.to_do for verdict in verdicts].__getitem__)
    return int((acting.astype("bool") & rows[Col.PRODUCT_ORDER_NO].isin(asked)).sum())


def _open(claims: Claims) -> Flags:
    """Whether an order is still open: not over, not sent without a claim, not gone from every export."""
    request = claims.facts["요청"]
    over = (claims.facts["주문상태"] == "종료") | (request == "완료") | (claims.facts["지난기록"] == "목록에없음")
    sent = (claims.facts["송장"] == "입력") & among(request, ["없음", "취소철회"])
    still_open: Flags = ~over & ~sent
    return still_open


def _paid_on(claims: Claims) -> Moments:
    """The day of payment; where no file has it, the day of the order, with which its number begins (exports §1.4)."""
    paid = ~among(claims.facts["주문상태"], ["결제대기", UNKNOWN])
    ordered = pd.to_datetime(claims.table[Col.PRODUCT_ORDER_NO].str[DAY], format=DAY_FORMAT, errors="coerce")
    exported: Moments = claims.table[Col.PAID_AT].dt.normalize()
    return exported.fillna(ordered.where(paid)).astype("datetime64[us]")


def _paid(paid_on: Moments, past: Past) -> Counter[date]:
    """How many product orders were paid on each day, those of earlier runs included."""
    days = paid_on.value_counts()
    return Counter(past.paid) + Counter(dict(zip(pd.DatetimeIndex(days.index).date, days.tolist(), strict=True)))


def _since(past: Past) -> date | None:
    return min((run.as_of.date() for run in past.runs.values()), default=None)


def _implied(
    rows: pd.DataFrame, verdicts: Sequence[Verdict], now: Mapping[CellKey, RememberedAnswer]
) -> Iterator[RememberedAnswer]:
    """Answers that this workbook shows in 실제사유 although the seller did not write them; they are remembered as his.

    Where the stated reason is not the true one, the cell is empty and asks (`asked`).
    """
    speaking = [code for code, verdict in enumerate(verdicts) if verdict.contradicted or verdict.implied_cause]
    if not speaking:
        return
    shown = rows[rows[Out.SITUATION].isin(speaking)]
    columns = (shown[Col.PRODUCT_ORDER_NO], shown[Col.TRUE_REASON].fillna(""), shown[Out.SITUATION])
    for order, answer, situation in zip(*(column.tolist() for column in columns), strict=True):
        verdict, before = verdicts[situation], now.get((order, Col.TRUE_REASON))
        if verdict.contradicted:
            if before is None or not before.asked:
                yield RememberedAnswer(order, Col.TRUE_REASON, value="", run=0, asked=True)
        elif not answer and verdict.implied_cause:
            yield RememberedAnswer(order, Col.TRUE_REASON, value=verdict.implied_cause, run=0)


def _act_by(judged: Judged, scored: pd.DataFrame) -> Moments:
    """The deadline of the action or the last day on which points of the order can be avoided, whichever is earlier."""
    claims, verdicts = judged.claims, judged.verdicts
    chosen = spread(judged.codes, verdicts, lambda verdict: verdict.deadline or "")
    act_by = pd.Series(pd.NaT, index=claims.table.index, dtype="datetime64[us]")
    for name in {verdict.deadline for verdict in verdicts if verdict.deadline}:
        act_by = act_by.mask(chosen == name, deadline_column(claims, name))
    at_stake = scored[scored[Point.STATE].eq(PointState.AVOIDABLE.value) & scored[Point.LISTED]]
    sooner = at_stake.groupby(Point.PRODUCT_ORDER_NO)[Point.UNTIL].min()
    until = sooner.reindex(claims.table[Col.PRODUCT_ORDER_NO]).set_axis(act_by.index)
    return act_by.mask(act_by.isna() | until.lt(act_by.dt.normalize()), until)


def _working_order(rows: pd.DataFrame, claims: Claims) -> pd.Index:
    """Most urgent order first; inside an order the add-ons before the main good (policy §2 finding 9)."""
    order = claims.order()
    urgency = rows[Out.ACT_BY].fillna(pd.Timestamp.max.floor("D").as_unit("us")).groupby(order).transform("min")
    keys = {_By.URGENCY: urgency, _By.ORDER: order, _By.MAIN: ~is_addon(claims), _By.NUMBER: rows[Col.PRODUCT_ORDER_NO]}
    return pd.DataFrame(keys).sort_values(list(keys), kind="stable").index


class _By:
    """The sort keys of the rows, in this order."""

    URGENCY: Final = "urgency"  # the earliest deadline (`Out.ACT_BY`) of the order's lines
    ORDER: Final = "order"
    MAIN: Final = "main"  # bool: not an add-on
    NUMBER: Final = "number"  # 상품주문번호


def _to_mark_sold_out(rows: pd.DataFrame, claims: Claims) -> pd.DataFrame:
    """Products that the seller must set to 품절 now, so that no further points follow (policy §11.3 row 26)."""
    cause = reasons.sold_out(claims.book.reasons).cause
    wanted: Flags = (claims.facts["요청"] == "판매자취소") & (claims.facts["실제사유"] == cause)
    columns = [Col.PRODUCT_NO, Col.PRODUCT_NAME, Col.OPTION]
    found = rows.loc[wanted, columns].fillna("").groupby(columns, sort=True).size()
    return found.rename(Marked.ORDERS).reset_index()

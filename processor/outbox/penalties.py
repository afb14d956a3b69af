"""The sheet 패널티: the points given, the points to come and how to avoid them, and the points that a sanction needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pandas as pd

from processor.model import (
    PENALTIES,
    Action,
    Col,
    Forecast,
    Out,
    Point,
    PointState,
    Report,
    RuleId,
    Scenario,
    Text,
)
from processor.outbox import captions, outlook
from processor.outbox.actions import urgent
from processor.outbox.part import Part, days, plain
from processor.outbox.points import by_cause, by_day, by_product, day_chart, more, on_the_table, ratio, share_chart
from processor.outbox.sheet import Block, Charts, Column, Line, Look, Sheet, Table, Tone, Value, table_by_row, table_of
from processor.outbox.wording import letters
from processor.rulebook.types import PenaltyRow

_PLANS: Final = (
    Column(Text("언제", "When"), Look.WORDS, 20, 28),
    Column(captions.POINTS, Look.COUNT, 10, 12),
    Column(captions.UP_TO, Look.COUNT, 10, 14),
    Column(Text("비율", "Ratio"), Look.RATIO, 10, 16),
    Column(captions.DAY, Look.DAY, 12, 14),
    Column(Text("제재 기준 도달일", "Sanction from"), Look.DAY, 18, 18),
)
_AVOIDABLE: Final = (
    Column(captions.UNTIL, Look.DAY, 18, 20),
    Column(captions.POINTS, Look.COUNT, 10, 12),
    Column(captions.COUNT, Look.COUNT, 10, 14),
    Column(captions.SHEET, Look.SHEET, 14, 16),
    Column(captions.EVENT, Look.LONG, 14, 18),
    Column(captions.AVOID, Look.LONG, 20, 36),
)
_STATES: Final = {
    PointState.GIVEN: Text("있음", "given"),
    PointState.SURE: Text("피할 수 없음", "can't be avoided"),
    PointState.BY_ACTION: Text("오늘 조치로", "by today's action"),
    PointState.AVOIDABLE: Text("피할 수 있음", "can be avoided"),
    PointState.UNSETTLED: Text("취소요청이 있어 정해지지 않음", "open until the cancel request is settled"),
}
_FIRST: Final = [
    one.value
    for one in (PointState.AVOIDABLE, PointState.BY_ACTION, PointState.UNSETTLED, PointState.SURE, PointState.GIVEN)
]
"""The order of the rows: avoidable points first."""


def penalty_sheet(part: Part) -> Sheet:
    return Sheet(PENALTIES, tuple(_blocks(part)), upright=True)


def _blocks(part: Part) -> Iterator[Block]:
    report, book = part.report, part.book
    shown, of_order = on_the_table(report.points), _actions(report)
    dated, causes = by_day(report.forecast), by_cause(shown, book)
    products = list(by_product(shown))
    yield Charts((day_chart(report, dated),))
    yield Line(outlook.headline(report), Tone.TITLE)
    yield from (Line(sentence, Tone.WARNING) for sentence in outlook.warnings(report, book))
    yield from _avoidable(part, of_order)
    yield from map(Line, outlook.cautions(report, book))
    yield table_by_row("points_plans", _PLANS, _plans(report.forecast))
    yield Line(outlook.stage(report, book), Tone.HEADING)
    yield Line(outlook.stages(book))
    if len(shown):
        titles = (Text("원인별 벌점", "Points by cause"), Text("상품별 벌점", "Points by product"))
        tables = (causes, next(block for block in products if isinstance(block, Table)))
        yield Charts(tuple(share_chart(table, title) for table, title in zip(tables, titles, strict=True)))
        yield causes
        yield from products
    yield dated
    yield from _rows(part, shown, of_order)


def _avoidable(part: Part, of_order: Mapping[str, Action]) -> Iterator[Block]:
    """All points that can still be avoided, also of orders on no list yet, by the last day on which they can be."""
    points, today = part.report.points, part.report.as_of.date()
    open_ = points[points[Point.STATE].eq(PointState.AVOIDABLE.value)]
    if open_.empty:
        return
    whole, by_lists = int(open_[Point.POINTS].sum()), int(open_.loc[open_[Point.ENDED], Point.POINTS].sum())
    last_day = int(open_.loc[open_[Point.UNTIL].dt.normalize().eq(pd.Timestamp(today)), Point.POINTS].sum())
    yield Line(
        Text(
            f"지금 하면 피하는 벌점: 오늘이 마지막 날인 것 {last_day:,}점 · 오늘 목록을 다 하면 {by_lists:,}점 · 모두 {whole:,}점",
            f"Points that can be avoided: {last_day:,} today only · {by_lists:,} by today's lists · {whole:,} in all",
        ),
        Tone.HEADING,
    )
    known = _rules(part)
    keyed = open_.assign(action=[of_order.get(order, Action.NONE).value for order in open_[Point.PRODUCT_ORDER_NO]])
    sums = keyed.groupby([Point.UNTIL, "action", Point.RULE], dropna=False)[Point.POINTS].agg(["sum", "count"])
    of_rule = {rule: _of_rule(part, known.get(rule), rule) for rule in set(open_[Point.RULE])}
    untils = days(sums.reset_index()[Point.UNTIL])
    rows = [
        (until, int(total), int(count), Action(action).text, of_rule[rule][0], _way(Action(action), of_rule[rule][1]))
        for until, (_, action, rule, total, count) in zip(
            untils, sums.reset_index().itertuples(index=False), strict=True
        )
    ]
    table = table_by_row("points_avoidable", _AVOIDABLE, rows, (captions.POINTS.ko, captions.COUNT.ko))
    yield replace(table, marks={captions.UNTIL.ko: urgent(untils, today)})


def _way(action: Action, way: Text | None) -> Text | None:
    """How points are avoided: those of an order that today's list cancels, by the cancel and not by sending it."""
    return _FINISH if action is Action.SELLER_CANCEL else way


def _plans(forecast: Forecast) -> Iterator[tuple[Value, ...]]:
    """The points now, and for each plan the day with most points and the day on which a sanction may come."""
    now = forecast.days[0]
    yield Text("지금", "Now"), now.held.low, more(now.held), ratio(now.held.safe, forecast), now.day, None
    for one in Scenario:
        plan, peak = outlook.plan(one), max(forecast.days, key=lambda day: day.counts[one].safe)
        number = peak.counts[one]
        reached = forecast.reached[one] or Text("30일 안에 없음", "not within 30 days")
        name = Text(f"{plan.ko} 최고", f"at most, {plan.en}")
        yield name, number.low, more(number), ratio(number.safe, forecast), peak.day, reached


def _rows(part: Part, shown: pd.DataFrame, of_order: Mapping[str, Action]) -> Iterator[Table]:
    if shown.empty:
        return
    urgent = shown[Point.STATE].map({state: place for place, state in enumerate(_FIRST)})
    keys = shown.assign(urgent=urgent).sort_values(
        ["urgent", Point.UNTIL, Point.DAY, Point.PRODUCT_ORDER_NO], kind="stable"
    )
    lines = shown.loc[keys.index]
    rules, window = _rules(part), timedelta(days=part.book.penalties.sanction.window_days)
    of_rule = {rule: _of_rule(part, rules.get(rule), rule) for rule in set(lines[Point.RULE])}
    by_line = [of_rule[rule] for rule in lines[Point.RULE].tolist()]
    by_value = {one.value: one for one in PointState}
    states = [by_value[one] for one in lines[Point.STATE].tolist()]
    ways: list[Value] = [
        _way(of_order.get(order, Action.NONE), way)
        if one is PointState.AVOIDABLE
        else way
        if one is PointState.BY_ACTION
        else None
        for (_, way, _), one, order in zip(by_line, states, lines[Point.PRODUCT_ORDER_NO], strict=True)
    ]
    untils: list[Value] = [
        day if one is PointState.AVOIDABLE else None for day, one in zip(days(lines[Point.UNTIL]), states, strict=True)
    ]
    given = days(lines[Point.DAY])
    columns: tuple[tuple[Column, list[Value]], ...] = (
        (Column(captions.PRODUCT_ORDER_NO, Look.ORDER, 18, 20), plain(lines[Point.PRODUCT_ORDER_NO])),
        (Column(captions.POINTS, Look.COUNT, 10, 12), plain(lines[Point.POINTS])),
        (Column(Text("어떤 벌점", "Standing"), Look.WORDS, 12, 14), [_STATES[one] for one in states]),
        (Column(captions.UNTIL, Look.DAY, 12, 16), untils),
        (Column(captions.EVENT, Look.LONG, 14, 18), [event for event, _, _ in by_line]),
        (Column(captions.AVOID, Look.LONG, 20, 36), ways),
        (Column(captions.PRODUCT_NAME, Look.LONG, 14, 20), plain(lines[Point.PRODUCT])),
        (Column(Text("붙는 날", "Given on"), Look.DAY, 12, 14), list(given)),
        (Column(Text("사라지는 날", "Gone on"), Look.DAY, 13, 14), [_gone(day, window) for day in given]),
        (Column(Text("다른 해석", "Or, by another reading"), Look.DAY, 12, 14), list(days(lines[Point.DAY_ELSE]))),
        (Column(captions.RULE, Look.TEXT, 10, 16, folded=True), [ground for _, _, ground in by_line]),
    )
    yield table_of("points_by_order", columns, totals=(captions.POINTS.ko,))


_FINISH: Final = Text("그날까지 이 판매자취소를 끝내세요", "finish this cancel by then")


def _actions(report: Report) -> dict[str, Action]:
    """The action of each order with points, by its 상품주문번호."""
    scored = report.rows[Col.PRODUCT_ORDER_NO].isin(report.points[Point.PRODUCT_ORDER_NO])
    orders, situations = (report.rows.loc[scored, name].tolist() for name in (Col.PRODUCT_ORDER_NO, Out.SITUATION))
    return {order: report.verdicts[situation].action for order, situation in zip(orders, situations, strict=True)}


def _rules(part: Part) -> dict[RuleId, PenaltyRow]:
    return {row.id: row for row in part.book.penalties.table.rows}


def _of_rule(part: Part, row: PenaltyRow | None, rule: str) -> tuple[Text, Text | None, str]:
    """The event, what avoids it, and the rule with its sources. row: None if only an earlier run knew the rule."""
    if row is None:
        return Text.same(rule), None, rule
    return row.why, row.avoid if row.avoid.ko else None, f"{rule} ({letters(row.sources, part.book)})"


def _gone(given: date | None, window: timedelta) -> date | None:
    return given + window if given else None

"""The sheet 패널티: the points given, the points to come and how to avoid them, and the points that a sanction needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from processor.model import (
    NOTHING,
    PENALTIES,
    Action,
    Col,
    Day,
    Forecast,
    Out,
    Point,
    PointState,
    Range,
    RuleId,
    Scenario,
    Text,
)
from processor.outbox import captions, outlook
from processor.outbox.part import Part, days, plain
from processor.outbox.points import by_cause, by_day, by_product, day_chart, more, on_the_table, ratio, share_chart
from processor.outbox.sheet import Block, Charts, Column, Line, Look, Sheet, Table, Tone, Value, table_by_row, table_of
from processor.outbox.wording import letters
from processor.rulebook.types import PenaltyRow

_NUMBERS: Final = (
    Column(Text("항목", "Figure"), Look.WORDS, 34, 34),
    Column(Text("점·건", "Number"), Look.COUNT, 10, 14),
    Column(captions.UP_TO, Look.COUNT, 10, 14),
    Column(captions.DAY, Look.DAY, 12, 14),
)
_STAGES: Final = (
    Column(Text("단계", "Stage"), Look.WORDS, 18, 20),
    Column(Text("지금", "Now"), Look.WORDS, 10, 12),
    Column(Text("무엇이 막히나", "What it restricts"), Look.WORDS, 10, 14),
)
_LATER: Final = (
    Column(captions.UNTIL, Look.DAY, 18, 20),
    Column(captions.COUNT, Look.COUNT, 10, 14),
    Column(captions.POINTS, Look.COUNT, 10, 14),
    Column(Text("무엇을", "What to do by then"), Look.WORDS, 12, 14),
)
_STATES: Final = {
    PointState.GIVEN: Text("있음", "given"),
    PointState.SURE: Text("막을 수 없음", "can't be avoided"),
    PointState.BY_ACTION: Text("오늘 조치로", "by today's action"),
    PointState.AVOIDABLE: Text("막을 수 있음", "can be avoided"),
    PointState.UNSETTLED: Text("취소요청이 있어 정해지지 않음", "open until the cancel request is settled"),
}
_FIRST: Final = [
    one.value
    for one in (PointState.AVOIDABLE, PointState.BY_ACTION, PointState.UNSETTLED, PointState.SURE, PointState.GIVEN)
]
"""The order of the rows: avoidable points first."""


def penalty_sheet(part: Part) -> Sheet:
    return Sheet(PENALTIES, tuple(_blocks(part)))


def _blocks(part: Part) -> Iterator[Block]:
    report, book = part.report, part.book
    yield Line(outlook.headline(report), Tone.TITLE)
    yield from (Line(sentence, Tone.WARNING) for sentence in outlook.warnings(report, book))
    yield from map(Line, outlook.cautions(report))
    shown = on_the_table(report.points)
    dated, causes = by_day(report.forecast), by_cause(shown, book)
    products = list(by_product(shown))
    yield Charts((day_chart(report, dated),))
    if len(shown):
        titles = (Text("원인별 점수", "Points by cause"), Text("상품별 점수", "Points by product"))
        tables = (causes, next(block for block in products if isinstance(block, Table)))
        yield Charts(tuple(share_chart(table, title) for table, title in zip(tables, titles, strict=True)))
    yield table_by_row("points_numbers", _NUMBERS, _numbers(part))
    yield Line(outlook.stage(report, book), Tone.HEADING)
    yield table_by_row("points_stages", _STAGES, _stages(part))
    if len(shown):
        yield causes
        yield from products
    yield dated
    yield from _later(part)
    yield from _rows(part, shown)


def _numbers(part: Part) -> Iterator[tuple[Value, ...]]:
    """The rows of the figures: name, number or bounds, and a day where one belongs to it."""
    forecast, bounds = part.report.forecast, part.book.penalties.sanction

    def figure(name: Text, number: Range, day: date | None = None) -> tuple[Value, ...]:
        return name, number.low, more(number), day

    now, days_, percent = forecast.days[0], bounds.window_days, bounds.ratio_percent
    yield figure(Text("지금 있는 점수", "Points now"), now.held, now.day)
    yield figure(Text(f"최근 {days_}일 결제건수", f"Orders paid in the last {days_} days"), forecast.paid)
    of_orders = Text(f"지금 비율 (제재는 {percent}%부터)", f"Ratio now (a sanction from {percent} % on)")
    yield of_orders, ratio(now.held.safe, forecast), None, None
    yield figure(Text("이만큼이면 제재", "Points that bring a sanction"), forecast.need)
    for one in Scenario:
        peak, name = _peak(forecast, one), outlook.plan(one)
        yield figure(Text(f"{name.ko} 가장 많을 때", f"At most, {name.en}"), peak.counts[one], peak.day)
    for one in Scenario:
        name = outlook.plan(one)
        yield Text(f"{name.ko} 제재에 닿는 날", f"A sanction {name.en}"), None, None, forecast.reached[one]
    room = Text("목록을 늘 다 하면 남는 여유", "Room left, with every list done")
    yield room, max(forecast.room, 0), None, None
    cancels = Text("그 여유를 품절취소로 치면", "The same in sold-out cancels")
    yield cancels, forecast.sold_out_room, None, None


def _peak(forecast: Forecast, plan: Scenario) -> Day:
    return max(forecast.days, key=lambda day: day.counts[plan].safe)


def _stages(part: Part) -> Iterator[tuple[Value, ...]]:
    steps, now = part.book.penalties.steps, part.report.forecast.stage
    following = None if now is None else steps.after(now.number)
    for number, (stage, restricts) in enumerate(zip(steps.stages, steps.restricts, strict=True), start=1):
        here = now is not None and now.number == number
        mark = Text("지금", "now") if here else Text("다음", "next") if number == following else NOTHING
        yield stage, mark, restricts


def _later(part: Part) -> Iterator[Block]:
    """Points of orders that are on none of today's lists, by the day until which they can be avoided."""
    points = part.report.points
    later = points[~points[Point.LISTED] & points[Point.STATE].eq(PointState.AVOIDABLE.value)]
    if later.empty:
        return
    yield Line(
        Text(
            "오늘 목록에는 없지만 그날까지 보내거나 처리하지 않으면 붙을 점수",
            "Not on today's lists: points that come unless they are dealt with by that day",
        ),
        Tone.HEADING,
    )
    rules = _rules(part)
    sums = later.groupby([Point.UNTIL, Point.RULE])[Point.POINTS].agg(["count", "sum"]).reset_index()
    rows = (
        (until.date(), int(count), int(total), rules[rule].avoid)
        for until, rule, count, total in sums.itertuples(index=False)
    )
    yield table_by_row("points_later", _LATER, rows, (captions.COUNT.ko, captions.POINTS.ko))


def _rows(part: Part, shown: pd.DataFrame) -> Iterator[Table]:
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
    cancelled = _to_be_cancelled(part)
    ways: list[Value] = [
        _FINISH
        if one is PointState.AVOIDABLE and order in cancelled
        else way
        if one in (PointState.AVOIDABLE, PointState.BY_ACTION)
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
        (Column(Text("어떤 점수", "Standing"), Look.WORDS, 12, 14), [_STATES[one] for one in states]),
        (Column(captions.UNTIL, Look.DAY, 12, 14), untils),
        (Column(Text("붙는 날", "Given on"), Look.DAY, 12, 14), list(given)),
        (Column(Text("다른 해석", "Or, by another reading"), Look.DAY, 12, 14), list(days(lines[Point.DAY_ELSE]))),
        (Column(Text("사라지는 날", "Gone on"), Look.DAY, 13, 14), [_gone(day, window) for day in given]),
        (Column(Text("사건", "Event"), Look.LONG, 14, 18), [event for event, _, _ in by_line]),
        (Column(captions.PRODUCT_NAME, Look.LONG, 14, 24), plain(lines[Point.PRODUCT])),
        (Column(Text("막는 길", "How to avoid it"), Look.LONG, 20, 44), ways),
        (Column(captions.RULE, Look.TEXT, 10, 16), [ground for _, _, ground in by_line]),
    )
    yield table_of("points_by_order", columns, totals=(captions.POINTS.ko,))


_FINISH: Final = Text("그날까지 이 판매자취소를 끝내세요", "finish this cancel by then")


def _to_be_cancelled(part: Part) -> set[str]:
    """The numbers of orders that today's list cancels; their points are avoided by the cancel, not by sending them."""
    cancels = [verdict.action is Action.SELLER_CANCEL for verdict in part.report.verdicts]
    chosen = [cancels[situation] for situation in part.report.rows[Out.SITUATION]]
    return set(part.report.rows.loc[chosen, Col.PRODUCT_ORDER_NO])


def _rules(part: Part) -> dict[RuleId, PenaltyRow]:
    return {row.id: row for row in part.book.penalties.table.rows}


def _of_rule(part: Part, row: PenaltyRow | None, rule: str) -> tuple[Text, Text | None, str]:
    """The event, what avoids it, and the rule with its sources. row: None if only an earlier run knew the rule."""
    if row is None:
        return Text.same(rule), None, rule
    return row.why, row.avoid if row.avoid.ko else None, f"{rule} ({letters(row.sources, part.book)})"


def _gone(given: date | None, window: timedelta) -> date | None:
    return given + window if given else None

"""패널티: the points that today's actions bring and those that come by themselves, by cause, product and day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from processor.model import Col, PenaltyEvent, RuleId, Text
from processor.outbox import totals
from processor.outbox.english import several
from processor.outbox.part import Part, days, plain
from processor.outbox.points import POINTS, Score, by_cause, by_day, by_product, cause_chart, day_chart, when
from processor.outbox.sheet import Block, Charts, Column, Line, Look, Sheet, Table, Tone, Value, table_of
from processor.outbox.told import sources

NAME: Final = "패널티"


def penalty_sheet(part: Part) -> Sheet:
    scores = list(_scores(part))
    if not scores:
        said = Text(
            "오늘 조치로 생기거나 저절로 붙는 패널티가 없습니다.",
            "No points come today, from actions or by themselves.",
        )
        return Sheet(NAME, (Line(said.said(part.lang), Tone.TITLE),))
    return Sheet(NAME, tuple(_blocks(part, scores)))


def _scores(part: Part) -> Iterator[Score]:
    """Order by order, each event with the day that its own rule gives."""
    rows = part.rows
    orders, numbers, names = (plain(rows[name]) for name in (Col.PRODUCT_ORDER_NO, Col.PRODUCT_NO, Col.PRODUCT_NAME))
    granted = _granted(part)
    events = [[event for event in verdict.penalties if event.points] for verdict in part.report.verdicts]
    for place, situation in enumerate(part.situations):
        for event in events[situation]:
            product = (str(numbers[place] or ""), str(names[place] or ""))
            yield Score(orders[place], product, event, granted[event.rule][place])


def _granted(part: Part) -> dict[RuleId, list[date | None]]:
    """For each rule of today's events the day on which every row's points are given; unknown where nobody said."""
    table = part.report.granted
    rules = {event.rule for verdict in part.report.verdicts for event in verdict.penalties}
    return {rule: days(table[rule]) for rule in rules}


def _blocks(part: Part, scores: list[Score]) -> Iterator[Block]:
    brought, coming = (totals.points(part.report, by_action=choice) for choice in (True, False))
    limit = part.book.penalties.sanction
    yield Line(
        Text(
            f"오늘 조치로 생기는 점수 {brought:,}점 · 저절로 생겼거나 생길 점수 {coming:,}점",
            f"{several(brought, 'point')} from today's actions · {several(coming, 'point')} that came or come by themselves",
        ).said(part.lang),
        Tone.TITLE,
    )
    yield Line(
        Text(
            f"제재는 {limit.window_days}일 동안 {limit.points}점 이상이고 주문의 {limit.ratio_percent}% 이상일 때입니다. "
            "여기에는 이번에 넣은 파일에서 보이는 점수만 있습니다.",
            f"A sanction needs {limit.points} points or more and {limit.ratio_percent} % of the orders within "
            f"{limit.window_days} days. Only points seen in these files are shown here.",
        ).said(part.lang)
    )
    causes, coming_days = by_cause(scores, part.lang), by_day(scores, limit.points, part.lang)
    yield Charts((cause_chart(causes, part.lang), day_chart(coming_days, part.lang)))
    yield causes
    yield coming_days
    yield from by_product(scores, part.lang)
    yield _rows(part, scores)


def _rows(part: Part, scores: list[Score]) -> Table:
    bases = {id(score.event): _basis(part, score.event) for score in scores}
    columns: tuple[tuple[Column, list[Value]], ...] = (
        (Column("상품주문번호", Look.ORDER, 18, 20), [score.order for score in scores]),
        (Column("상품명", Look.LONG, 10, 30), [score.product[1] for score in scores]),
        (Column("사건", Look.LONG, 10, 16), [score.event.name.said(part.lang) for score in scores]),
        (POINTS, [score.event.points for score in scores]),
        (Column("부과일", Look.DAY, 12, 12), [score.day for score in scores]),
        (Column("근거", Look.LONG, 20, 44), [bases[id(score.event)] for score in scores]),
    )
    return table_of("points_by_order", columns, totals=("점수",))


def _basis(part: Part, event: PenaltyEvent) -> str:
    return f"{event.rule} · {when(event.by_action).said(part.lang)}\n{sources(event.sources, part.book, part.lang)}"

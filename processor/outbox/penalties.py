"""패널티: the points that today's actions bring and those that come by themselves, by cause, product and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from processor.model import Col, PenaltyEvent, RuleId, Text
from processor.outbox import totals
from processor.outbox.part import Part, days, plain
from processor.outbox.sheet import (
    Block,
    Chart,
    Charts,
    Column,
    Line,
    Look,
    Sheet,
    Table,
    Tone,
    Value,
    table_by_row,
    table_of,
)
from processor.outbox.told import sources

NAME: Final = "패널티"
_PRODUCTS_SHOWN: Final = 20
_POINTS: Final = Column("점수", Look.COUNT)
_COUNT: Final = Column("건수", Look.COUNT, 10, 30)
_BY_CAUSE: Final = (Column("원인", Look.TEXT, 18, 20), _COUNT, _POINTS, Column("언제", Look.TEXT, 14, 34))
_BY_PRODUCT: Final = (Column("상품번호", Look.TEXT, 18, 20), Column("상품", Look.LONG, 10, 30), _POINTS)
_BY_DAY: Final = (
    Column("붙는 날", Look.TEXT, 18, 20),
    _COUNT,
    _POINTS,
    Column("더한 점수", Look.COUNT),
    Column("제재 기준", Look.COUNT),
)


@dataclass(frozen=True, slots=True)
class _Score:
    """One event of one order; the product is named by number, or by name where it has none."""

    order: Value
    product: tuple[str, str]
    event: PenaltyEvent
    day: date | None


def penalty_sheet(part: Part) -> Sheet:
    scores = list(_scores(part))
    if not scores:
        said = Text(
            "오늘 조치로 생기거나 저절로 붙는 패널티가 없습니다.",
            "No points come today, from actions or by themselves.",
        )
        return Sheet(NAME, (Line(said.said(part.lang), Tone.TITLE),))
    return Sheet(NAME, tuple(_blocks(part, scores)))


def _scores(part: Part) -> Iterator[_Score]:
    """Order by order, each event with the day that its own rule gives."""
    rows = part.rows
    orders, numbers, names = (plain(rows[name]) for name in (Col.PRODUCT_ORDER_NO, Col.PRODUCT_NO, Col.PRODUCT_NAME))
    granted = _granted(part)
    events = [[event for event in verdict.penalties if event.points] for verdict in part.report.verdicts]
    for place, situation in enumerate(part.situations):
        for event in events[situation]:
            product = (str(numbers[place] or ""), str(names[place] or ""))
            yield _Score(orders[place], product, event, granted[event.rule][place])


def _granted(part: Part) -> dict[RuleId, list[date | None]]:
    """For each rule of today's events the day on which every row's points are given; unknown where nobody said."""
    table = part.report.granted
    rules = {event.rule for verdict in part.report.verdicts for event in verdict.penalties}
    if table is None:
        return dict.fromkeys(rules, [None] * len(part.situations))
    return {rule: days(table[rule]) for rule in rules}


def _blocks(part: Part, scores: list[_Score]) -> Iterator[Block]:
    brought, coming = (totals.points(part.report, by_action=choice) for choice in (True, False))
    limit = part.book.penalties.sanction
    yield Line(
        Text(
            f"오늘 조치로 생기는 점수 {brought:,}점 · 저절로 생겼거나 생길 점수 {coming:,}점",
            f"{brought:,} points from today's actions · {coming:,} points that came or come by themselves",
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
    by_cause, by_day = _by_cause(scores, part.lang), _by_day(scores, limit.points, part.lang)
    yield Charts((_cause_chart(by_cause, part.lang), _day_chart(by_day, part.lang)))
    yield by_cause
    yield by_day
    yield from _by_product(scores, part.lang)
    yield _rows(part, scores)


def _by_cause(scores: list[_Score], lang: str) -> Table:
    counted = Counter((score.event.name.said(lang), score.event.by_action) for score in scores)
    points: Counter[tuple[str, bool]] = Counter()
    for score in scores:
        points[score.event.name.said(lang), score.event.by_action] += score.event.points
    rows = ((name, counted[name, own], total, _when(own).said(lang)) for (name, own), total in points.most_common())
    return table_by_row("points_by_cause", _BY_CAUSE, rows, ("건수", "점수"))


def _when(by_action: bool) -> Text:
    return Text("오늘 조치로", "by today's action") if by_action else Text("저절로", "by itself")


def _by_day(scores: list[_Score], limit: int, lang: str) -> Table:
    """Points by the day they are given, added up against the number that a sanction needs."""
    known = sorted({score.day for score in scores if score.day is not None})
    order: list[date | None] = [*known, *([None] if any(score.day is None for score in scores) else [])]
    counted = Counter(score.day for score in scores)
    points = [sum(score.event.points for score in scores if score.day == day) for day in order]
    unknown = Text("모름", "unknown").said(lang)
    rows = zip(
        [unknown if day is None else str(day) for day in order],
        [counted[day] for day in order],
        points,
        accumulate(points),
        [limit] * len(order),
        strict=True,
    )
    return table_by_row("points_by_day", _BY_DAY, rows)


def _by_product(scores: list[_Score], lang: str) -> Iterator[Block]:
    points: Counter[str] = Counter()
    names: dict[str, tuple[str, str]] = {}  # a product may have been renamed: the first name is shown
    for score in scores:
        product = score.product[0] or score.product[1]
        names.setdefault(product, score.product)
        points[product] += score.event.points
    shown = points.most_common(_PRODUCTS_SHOWN)
    if len(points) > len(shown):
        rest = points.total() - sum(total for _, total in shown)
        said = Text(
            f"점수가 큰 상품 {len(shown)}개입니다. 나머지 {len(points) - len(shown):,}개 상품에 {rest:,}점이 더 있습니다.",
            f"The {len(shown)} products with most points. {len(points) - len(shown):,} more products have {rest:,} points.",
        )
        yield Line(said.said(lang), Tone.HEADING)
    yield table_by_row("points_by_product", _BY_PRODUCT, ((*names[product], total) for product, total in shown))


def _rows(part: Part, scores: list[_Score]) -> Table:
    bases = {id(score.event): _basis(part, score.event) for score in scores}
    columns: tuple[tuple[Column, list[Value]], ...] = (
        (Column("상품주문번호", Look.ORDER, 18, 20), [score.order for score in scores]),
        (Column("상품명", Look.LONG, 10, 30), [score.product[1] for score in scores]),
        (Column("사건", Look.LONG, 10, 16), [score.event.name.said(part.lang) for score in scores]),
        (_POINTS, [score.event.points for score in scores]),
        (Column("부과일", Look.DAY, 12, 12), [score.day for score in scores]),
        (Column("근거", Look.LONG, 20, 44), [bases[id(score.event)] for score in scores]),
    )
    return table_of("points_by_order", columns, totals=("점수",))


def _basis(part: Part, event: PenaltyEvent) -> str:
    return f"{event.rule} · {_when(event.by_action).said(part.lang)}\n{sources(event.sources, part.book, part.lang)}"


def _cause_chart(table: Table, lang: str) -> Chart:
    said = ", ".join(f"{name} {points}" for name, points in zip(table.cells[0], table.cells[2], strict=True))
    return Chart(
        table.name,
        "원인",
        ("점수",),
        (),
        Text("원인별 점수", "Points by cause").said(lang),
        Text(f"원인별 점수를 나타낸 막대그래프: {said}", f"Column chart of points by cause: {said}").said(lang),
    )


def _day_chart(table: Table, lang: str) -> Chart:
    said = ", ".join(f"{day} {points}" for day, points in zip(table.cells[0], table.cells[3], strict=True))
    return Chart(
        table.name,
        "붙는 날",
        ("더한 점수",),
        ("제재 기준",),
        Text("붙는 날까지 더한 점수와 제재 기준", "Points added up, and what a sanction needs").said(lang),
        Text(f"날마다 더한 점수와 제재 기준을 견준 그래프: {said}", f"Points added up day by day: {said}").said(lang),
    )

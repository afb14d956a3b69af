"""Penalty points added up by cause, by day and by product, as tables and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from processor.model import PenaltyEvent, Text
from processor.outbox.english import several
from processor.outbox.sheet import Block, Chart, Column, Line, Look, Table, Tone, Value, table_by_row

_PRODUCTS_SHOWN: Final = 20
POINTS: Final = Column("점수", Look.COUNT)
_COUNT: Final = Column("건수", Look.COUNT, 10, 30)
_BY_CAUSE: Final = (Column("원인", Look.LONG, 18, 30), _COUNT, POINTS, Column("언제", Look.TEXT, 14, 34))
_BY_PRODUCT: Final = (Column("상품번호", Look.TEXT, 18, 20), Column("상품", Look.LONG, 10, 30), POINTS)
_BY_DAY: Final = (
    Column("붙는 날", Look.TEXT, 18, 20),
    _COUNT,
    POINTS,
    Column("더한 점수", Look.COUNT),
    Column("제재 기준", Look.COUNT),
)


@dataclass(frozen=True, slots=True)
class Score:
    """One event of one order; the product is named by number, or by name where it has none."""

    order: Value
    product: tuple[str, str]
    event: PenaltyEvent
    day: date | None


def by_cause(scores: list[Score], lang: str) -> Table:
    counted = Counter((score.event.name.said(lang), score.event.by_action) for score in scores)
    points: Counter[tuple[str, bool]] = Counter()
    for score in scores:
        points[score.event.name.said(lang), score.event.by_action] += score.event.points
    rows = ((name, counted[name, own], total, when(own).said(lang)) for (name, own), total in points.most_common())
    return table_by_row("points_by_cause", _BY_CAUSE, rows, ("건수", "점수"))


def when(by_action: bool) -> Text:
    return Text("오늘 조치로", "by today's action") if by_action else Text("저절로", "by itself")


def by_day(scores: list[Score], limit: int, lang: str) -> Table:
    """Points by the day they are given, added up against the number that a sanction needs."""
    known = sorted({score.day for score in scores if score.day is not None})
    order: list[date | None] = [*known, *([None] if any(score.day is None for score in scores) else [])]
    counted = Counter(score.day for score in scores)
    given: Counter[date | None] = Counter()
    for score in scores:
        given[score.day] += score.event.points
    points = [given[day] for day in order]
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


def by_product(scores: list[Score], lang: str) -> Iterator[Block]:
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
            f"The {len(shown)} products with most points. {several(len(points) - len(shown), 'more product has', 'more products have')} {several(rest, 'point')}.",
        )
        yield Line(said.said(lang), Tone.HEADING)
    yield table_by_row("points_by_product", _BY_PRODUCT, ((*names[product], total) for product, total in shown))


def cause_chart(table: Table, lang: str) -> Chart:
    said = ", ".join(f"{name} {points}" for name, points in zip(table.cells[0], table.cells[2], strict=True))
    return Chart(
        table.name,
        "원인",
        ("점수",),
        (),
        Text("원인별 점수", "Points by cause").said(lang),
        Text(f"원인별 점수를 나타낸 막대그래프: {said}", f"Bar chart of points by cause: {said}").said(lang),
        lying=True,
    )


def day_chart(table: Table, lang: str) -> Chart:
    said = ", ".join(f"{day} {points}" for day, points in zip(table.cells[0], table.cells[3], strict=True))
    return Chart(
        table.name,
        "붙는 날",
        ("더한 점수",),
        ("제재 기준",),
        Text("붙는 날까지 더한 점수와 제재 기준", "Points added up, and what a sanction needs").said(lang),
        Text(f"날마다 더한 점수와 제재 기준을 견준 그래프: {said}", f"Points added up day by day: {said}").said(lang),
    )

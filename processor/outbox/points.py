"""Penalty points as tables and charts: day by day, by cause, by product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from processor.model import UNKNOWN, Day, Forecast, Point, PointState, Range, Report, Scenario, Text, several
from processor.outbox import captions, outlook
from processor.outbox.sheet import Block, Chart, Column, Line, Look, Table, Tone, Value, table_by_row
from processor.rulebook.types import Rulebook

_PRODUCTS_SHOWN: Final = 20
_BARS: Final = 8
_CUT: Final = 2
"""A chart is cut off at this multiple of the limit."""
HELD: Final = Column(Text("붙은 벌점", "Points now"), Look.COUNT, 11, 12)
BROUGHT: Final = Column(Text("오늘 조치로", "By today's actions"), Look.COUNT, 12, 13)
SURE: Final = Column(Text("피할 수 없음", "Unavoidable"), Look.COUNT, 12, 14)
OPEN: Final = Column(Text("피할 수 있음", "Avoidable"), Look.COUNT, 12, 14)
UNSETTLED: Final = Column(Text("정해지지 않음", "Unsettled"), Look.COUNT, 12, 14)
_SHARES: Final = (HELD, SURE, BROUGHT, OPEN, UNSETTLED)
PLANS: Final = {
    Scenario.NOTHING: Column(Text("아무것도 안 하면", "Nothing done"), Look.COUNT, 14, 18),
    Scenario.TODAY: Column(Text("오늘 목록만 하면", "Today's lists done"), Look.COUNT, 14, 18),
    Scenario.ALWAYS: Column(Text("날마다 목록을 다 하면", "Every list done"), Look.COUNT, 14, 18),
}
LIMIT: Final = Column(Text("제재 기준", "Sanction from"), Look.COUNT, 10, 12)
_BY_DAY: Final = (
    Column(captions.DAY, Look.DAY, 18, 20),
    HELD,
    Column(captions.UP_TO, Look.COUNT, 10, 12),
    Column(Text("사라지는 벌점", "Expiring"), Look.COUNT, 12, 14),
    Column(Text("새로 붙는 벌점", "Coming"), Look.COUNT, 12, 14),
    *PLANS.values(),
    LIMIT,
    Column(Text("비율: 안 하면", "Ratio: nothing done"), Look.RATIO, 14, 14),
)
_STATES: Final = {
    HELD.name: (PointState.GIVEN,),
    SURE.name: (PointState.SURE,),
    BROUGHT.name: (PointState.BY_ACTION,),
    OPEN.name: (PointState.AVOIDABLE,),
    UNSETTLED.name: (PointState.UNSETTLED,),
}


def on_the_table(points: pd.DataFrame) -> pd.DataFrame:
    """All points but the avoidable ones of orders that are on none of today's lists."""
    return points[points[Point.LISTED] | points[Point.STATE].ne(PointState.AVOIDABLE.value)]


def more(number: Range) -> Value:
    """The upper bound of a number that is not known exactly (모름 where it has none); else blank."""
    return "" if number.known else Text(UNKNOWN, "unknown") if number.high is None else number.high


def by_day(forecast: Forecast) -> Table:
    return table_by_row("points_by_day", _BY_DAY, (_of_day(day, forecast) for day in forecast.days))


def _of_day(day: Day, forecast: Forecast) -> tuple[Value, ...]:
    counts = (day.counts[one].safe for one in Scenario)
    held = (day.held.low, more(day.held))
    undone = ratio(day.counts[Scenario.NOTHING].safe, forecast)
    return day.day, *held, day.expiring, day.coming, *counts, forecast.need.low, undone


def ratio(points: int, forecast: Forecast) -> float | None:
    """Points divided by paid orders, as the Seller Center shows it; with the least number of orders that were paid."""
    return round(points / forecast.paid.low, 4) if forecast.paid.low else None


def by_cause(points: pd.DataFrame, book: Rulebook) -> Table:
    names = {row.event: row.why for row in reversed(book.penalties.table.rows)}  # the first row of an event names it
    shares = _shares(points, points[Point.EVENT])
    rows: Iterator[tuple[Value, ...]] = ((names.get(event, Text.same(event)), *each) for event, *each in shares)
    columns = (Column(Text("원인", "Cause"), Look.LONG, 18, 34), Column(captions.COUNT, Look.COUNT, 10, 14), *_SHARES)
    return table_by_row("points_by_cause", columns, rows, tuple(column.name for column in columns[1:]))


def by_product(points: pd.DataFrame) -> Iterator[Block]:
    """The table of points by product, grouped by its number, or by its name without one; the first name is shown."""
    key = points[Point.PRODUCT_NO].where(points[Point.PRODUCT_NO].ne(""), points[Point.PRODUCT])
    names = points.groupby(key, sort=False)[[Point.PRODUCT_NO, Point.PRODUCT]].first()
    shares = _shares(points, key)
    shown = shares[:_PRODUCTS_SHOWN]
    if rest := shares[_PRODUCTS_SHOWN:]:
        left = sum(sum(each[1:]) for _, *each in rest)
        heading = Text(
            f"벌점이 큰 상품 {len(shown)}개입니다. 나머지 {len(rest):,}개 상품에 {left:,}점이 더 있습니다.",
            f"The {len(shown)} products with most points. {several(len(rest), 'more product has', 'more products have')} {several(left, 'point')}.",
        )
        yield Line(heading, Tone.HEADING)
    unnamed = Text("이름 모름", "no name")
    called, numbers = names[Point.PRODUCT].to_dict(), names[Point.PRODUCT_NO].to_dict()
    rows = ((called[one] or unnamed, *each, numbers[one]) for one, *each in shown)
    columns = (
        Column(Text("상품", "Product"), Look.LONG, 18, 34, names=True),
        Column(captions.COUNT, Look.COUNT, 10, 14),
        *_SHARES,
        Column(captions.PRODUCT_NO, Look.TEXT, 14, 18),
    )
    yield table_by_row("points_by_product", columns, rows)


def _shares(points: pd.DataFrame, key: pd.Series[str]) -> list[tuple[str, *tuple[int, ...]]]:
    """For each key the number of events and the points of each state (`_STATES`), the most points first."""
    worth = {
        name: points[Point.POINTS].where(points[Point.STATE].isin([one.value for one in states]), 0)
        for name, states in _STATES.items()
    }
    sums = pd.DataFrame({"count": 1, **worth}, index=points.index).groupby(key, sort=False).sum()
    order = sums[list(worth)].sum(axis="columns").sort_values(ascending=False, kind="stable").index
    return [(str(one), *sums.loc[one].tolist()) for one in order]


def day_chart(report: Report, table: Table) -> Chart:
    """The lines of the next days. What would be so high that the limit could not be seen is cut off, and named."""
    need = report.forecast.need.low
    peaks = {one: max(day.counts[one].safe for day in report.forecast.days) for one in Scenario}
    ceiling = _CUT * max(need, peaks[Scenario.ALWAYS])
    ends = _named_peaks(peaks)
    said = Text(
        f"앞으로 30일의 벌점과 제재 기준 {need:,}점을 비교한 그래프. 가장 많을 때: {ends.ko}",
        f"Points of the next 30 days against the {need:,} that a sanction needs. At most: {ends.en}",
    )
    title = Text("앞으로 30일의 벌점과 제재 기준", "Points of the next 30 days, and what a sanction needs")
    if beyond := {one: peak for one, peak in peaks.items() if peak > ceiling}:
        cut = _named_peaks(beyond)
        title = Text(
            f"{title.ko} ({ceiling:,}점에서 잘랐습니다. {cut.ko})", f"{title.en} (cut off at {ceiling:,}; {cut.en})"
        )
    drawn = tuple(column.name for column in (*PLANS.values(), LIMIT))
    return Chart(table.name, captions.DAY.ko, (), drawn, title, said, ceiling=ceiling)


def _named_peaks(peaks: Mapping[Scenario, int]) -> Text:
    """Each plan with the most points of a day."""
    named = ((outlook.plan(one), peak) for one, peak in peaks.items())
    return Text.joined(", ", [Text(f"{plan.ko} 최고 {peak:,}점", f"{plan.en} up to {peak:,}") for plan, peak in named])


def share_chart(table: Table, title: Text) -> Chart:
    """A chart of horizontal bars, which have room for long names. The table below it also has the smaller ones."""
    if table.length > _BARS:
        title = Text(f"{title.ko} (많은 것 {_BARS}개)", f"{title.en} (the {_BARS} largest)")
    totals = zip(
        table.cells[0][:_BARS], *(table.cells[number][:_BARS] for number in range(2, 2 + len(_SHARES))), strict=True
    )
    said = Text.joined(
        ", ",
        [Text.joined(" ", [_name(name), Text.same(f"{sum(map(_points, parts)):,}")]) for name, *parts in totals],
    )
    drawn = tuple(column.name for column in _SHARES)
    alt = Text.joined(": ", [title, said])
    return Chart(table.name, table.columns[0].name, drawn, (), title, alt, lying=True, most=_BARS)


def _name(value: Value) -> Text:
    return value if isinstance(value, Text) else Text.same(str(value))


def _points(value: Value) -> int:
    return value if isinstance(value, int) else 0

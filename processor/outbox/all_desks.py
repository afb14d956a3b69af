"""The workbook about many desks: a line for each, the most urgent orders of all, what failed and why, and the points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from processor.model import NOTHING, Action, Col, Out, PointState, Range, Report, Text, several
from processor.outbox import captions, outlook, totals
from processor.outbox.actions import urgent
from processor.outbox.points import BROUGHT, HELD, SURE, more
from processor.outbox.publish import first_free, write_sheets
from processor.outbox.sheet import (
    Block,
    Chart,
    Charts,
    Column,
    Line,
    Look,
    Loud,
    Mark,
    Sheet,
    Tab,
    Table,
    Tone,
    Value,
    table_by_row,
)

MOST_URGENT: Final = 100
"""Orders that the list of the most urgent ones holds."""
_NAME: Final = "모든가게_"
_BARS: Final = 10

_DESKS: Final = Text("가게", "Stores")
_URGENT: Final = Text("급한 주문", "Urgent orders")
_POINTS: Final = Text("가게별 벌점", "Points by store")
_FAILED: Final = Text("처리 못한 가게", "Not handled")

_DESK: Final = Column(Text("가게", "Store"), Look.TEXT, 16, 30)
_ACT_BY: Final = Column(Text("가장 급한 기한", "Most urgent"), Look.DAY, 18, 18)
_LEFT: Final = Column(Text("제재까지 (많아야)", "Left to a sanction (at most)"), Look.COUNT, 12, 14)
_LIST: Final = Column(Text("처리목록", "List"), Look.FILE, 24, 60)
_BY_DESK: Final = (
    _DESK,
    Column(Text("결과", "Outcome"), Look.WORDS, 12, 14),
    Column(Text("할 일", "To do"), Look.COUNT, 9, 9),
    Column(Text("기한 지남", "Late"), Look.COUNT, 9, 9),
    _ACT_BY,
    Column(Text("답할 주문", "To be answered"), Look.COUNT, 10, 10),
    Column(Text("읽기 문제", "Problems"), Look.COUNT, 10, 10),
    HELD,
    _LEFT,
    _LIST,
)
_SUMMED: Final = tuple(_BY_DESK[at].name for at in (2, 3, 5, 6))
_BY_ORDER: Final = (
    Column(Text("처리기한", "Act by"), Look.DAY, 18, 18),
    Column(Text("가게", "Store"), Look.TEXT, 16, 30),
    Column(Text("할 일", "To do"), Look.WORDS, 12, 16),
    Column(captions.PRODUCT_ORDER_NO, Look.ORDER, 18, 18),
    Column(captions.PRODUCT_NAME, Look.TEXT, 16, 34),
    _LIST,
)
_BY_POINTS: Final = (
    _DESK,
    HELD,
    Column(captions.UP_TO, Look.COUNT, 10, 12),
    SURE,
    BROUGHT,
    _LEFT,
    Column(Text("제재 기준", "Sanction from"), Look.COUNT, 10, 12),
)
_BY_FAILURE: Final = (
    _DESK,
    Column(Text("처리하지 못한 이유", "Why it was not handled"), Look.LONG, 60, 100),
)
_HANDLED: Final = Text("처리함", "handled")
_NOTHING_NEW: Final = Text("새 파일 없음", "nothing new")
_NOT_HANDLED: Final = Text("처리 못함", "not handled")


class UrgentOrder(NamedTuple):
    """An order that asks something of the seller and has a deadline. Nothing about its buyer is in it."""

    act_by: date
    product_order_no: str
    action: Action
    product: str


class Figures(NamedTuple):
    """What the line of a desk counts, by its list of the day."""

    orders: int
    to_do: int
    late: int  # of them, those past their deadlines
    asked: int  # orders of which an answer is wanted
    problems: int  # files, sheets and rows that could not be used
    first: date | None  # the most urgent deadline
    held: Range  # points now
    sure: int  # points that can no longer be avoided
    brought: int  # points that today's actions bring
    left: int  # points up to those of a sanction, at most; negative = exceeded
    need: int  # points that bring a sanction
    urgent: tuple[UrgentOrder, ...]  # the most urgent ones, at most `MOST_URGENT`


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One desk among many. figures: None if it was not handled; failure says why."""

    name: str  # its path below the folder of all desks
    store: str = ""  # as rules.yaml names it
    figures: Figures | None = None
    workbook: Path | None = None  # its newest list
    news: bool = False  # was there anything new in its inbox
    failure: Text | None = None

    @property
    def called(self) -> str:
        """The store's name with the folder, or the folder alone."""
        return f"{self.store} ({self.name})" if self.store and self.store != self.name else self.name

    @property
    def sentence(self) -> Text:
        """The line for a person in the terminal."""
        if (its := self.figures) is None:
            why = self.failure or NOTHING
            return Text(f"! {self.called}: {why.ko}", f"! {self.called}: {why.en}")
        parts = [
            Text(f"할 일 {its.to_do:,}건", f"{its.to_do:,} to do"),
            *([Text(f"기한 지남 {its.late:,}건", f"{its.late:,} late")] if its.late else []),
            *([Text(f"답할 주문 {its.asked:,}건", f"{its.asked:,} to be answered")] if its.asked else []),
            *([Text(f"읽기 문제 {its.problems:,}건", several(its.problems, "problem"))] if its.problems else []),
            *([] if self.news else [_NOTHING_NEW]),
        ]
        told = Text.joined(" · ", parts)
        return Text(f"  {self.called}: {told.ko}", f"  {self.called}: {told.en}")


def figures(report: Report) -> Figures:
    """The figures of a desk by its report."""
    today = pd.Timestamp(report.as_of.date())
    busy = report.rows[totals.rows_where(report, lambda verdict: verdict.action.to_do)]
    asking = report.rows[totals.rows_where(report, lambda verdict: verdict.action.to_do and bool(verdict.asks))]
    dated = busy[busy[Out.ACT_BY].notna()].sort_values(Out.ACT_BY, kind="stable").head(MOST_URGENT)
    columns = (dated[name].tolist() for name in (Out.ACT_BY, Col.PRODUCT_ORDER_NO, Out.SITUATION))
    products = dated[Col.PRODUCT_NAME].fillna("").tolist()
    most_urgent = tuple(
        UrgentOrder(act_by.date(), number, report.verdicts[situation].action, product)
        for act_by, number, situation, product in zip(*columns, products, strict=True)
    )
    held = report.forecast.days[0].held
    return Figures(
        orders=len(report.rows),
        to_do=len(busy),
        late=int((busy[Out.ACT_BY] < today).sum()),
        asked=len(asking),
        problems=len(report.batch.file_problems) + len(report.batch.row_problems),
        first=most_urgent[0].act_by if most_urgent else None,
        held=held,
        sure=totals.points(report.points, PointState.SURE),
        brought=totals.points(report.points, PointState.BY_ACTION),
        left=outlook.left(report).safe,
        need=report.forecast.need.low,
        urgent=most_urgent,
    )


def all_desks_sheets(root: Path, lines: Sequence[DeskLine], moment: datetime) -> tuple[Sheet, ...]:
    """The sheets in both languages. root: the folder of all desks, from which their lists are linked."""
    failed = [line for line in lines if line.failure is not None]
    handled = [(line, line.figures) for line in lines if line.figures is not None]
    return (
        Sheet(_DESKS, tuple(_overview(root, lines, handled, failed, moment)), frozen=1, tab=Tab.SUMMARY),
        Sheet(_URGENT, tuple(_urgent(root, handled, moment.date())), frozen=0, tab=Tab.LIST),
        Sheet(_POINTS, tuple(_points(handled)), tab=Tab.MONEY),
        *([Sheet(_FAILED, (_failures(failed),), tab=Tab.LOOK_UP)] if failed else []),
    )


def write_all_desks(root: Path, lines: Sequence[DeskLine], moment: datetime, lang: str) -> Path:
    """Puts the workbook 모든가게_YYYYMMDD_HHMMSS.xlsx into the folder of all desks, whole or not at all; returns its path.

    Raises OSError when the disk refuses.
    """
    subject = Text("모든 가게의 할 일", "What all stores have to do")
    sheets = all_desks_sheets(root, lines, moment)
    with first_free(root, f"{_NAME}{moment:%Y%m%d_%H%M%S}") as place:
        write_sheets(place, sheets, subject, moment, lang)
    return place


Handled = Sequence[tuple[DeskLine, Figures]]


def _overview(
    root: Path, lines: Sequence[DeskLine], handled: Handled, failed: Sequence[DeskLine], moment: datetime
) -> Iterator[Block]:
    to_do, late = sum(its.to_do for _, its in handled), sum(its.late for _, its in handled)
    yield Line(
        Text(
            f"{moment:%Y-%m-%d %H:%M} 기준 · 가게 {len(lines):,}곳 · 오늘 하실 일 {to_do:,}건",
            f"{moment:%Y-%m-%d %H:%M} · {several(len(lines), 'store')} · {to_do:,} to do today",
        ),
        Tone.TITLE,
    )
    if late:
        sentence = Text(
            f"기한이 지난 주문이 {late:,}건 있습니다. 〈급한 주문〉 맨 위에 있습니다.",
            f"{several(late, 'order is', 'orders are')} past the deadline: the first ones on 〈급한 주문〉.",
        )
        yield Line(sentence, Tone.WARNING, _URGENT)
    if failed:
        sentence = Text(
            f"처리하지 못한 가게가 {len(failed):,}곳 있습니다. 〈처리 못한 가게〉에 이유가 있습니다.",
            f"{several(len(failed), 'store was', 'stores were')} not handled: 〈처리 못한 가게〉 says why.",
        )
        yield Line(sentence, Tone.WARNING, _FAILED)
    in_order = sorted(lines, key=_by_urgency)
    table = table_by_row("desks", _BY_DESK, (_of_desk(line, root) for line in in_order), _SUMMED)
    marks = urgent((line.figures.first if line.figures else None for line in in_order), moment.date())
    yield replace(table, marks={_ACT_BY.name: marks, _LEFT.name: _near([line.figures for line in in_order])})


def _by_urgency(line: DeskLine) -> tuple[bool, date, int, str]:
    """Desks that were not handled first, then by the most urgent deadline."""
    its = line.figures
    return its is not None, (its and its.first) or date.max, -its.to_do if its else 0, line.name


def _of_desk(line: DeskLine, root: Path) -> tuple[Value, ...]:
    its = line.figures
    if its is None:
        return (line.called, _NOT_HANDLED, *[None] * (len(_BY_DESK) - 2))
    return (
        line.called,
        _HANDLED if line.news else _NOTHING_NEW,
        its.to_do,
        its.late or None,
        its.first,
        its.asked or None,
        its.problems or None,
        its.held.low,
        its.left,
        _linked(line.workbook, root),
    )


def _near(found: Iterable[Figures | None]) -> dict[int, Mark]:
    """Marks of the desks that have the points of a sanction, by row."""
    over = Mark(Loud.LATE, Text("제재 기준", "sanction"))
    return {row: over for row, its in enumerate(found) if its is not None and its.left <= 0}


def _linked(workbook: Path | None, root: Path) -> str | None:
    """The path of a list from the workbook's own folder, with slashes on any system."""
    return workbook.relative_to(root.absolute()).as_posix() if workbook is not None else None


def _urgent(root: Path, handled: Handled, today: date) -> Iterator[Block]:
    """The most urgent orders of all desks. What the list leaves out is said above it."""
    found = sorted(
        ((order, line) for line, its in handled for order in its.urgent),
        key=lambda entry: (entry[0].act_by, entry[1].name),
    )
    shown, to_do = found[:MOST_URGENT], sum(its.to_do for _, its in handled)
    if not shown:
        yield Line(Text("기한이 있는 할 일이 없습니다.", "Nothing to do has a deadline."))
        return
    rest = to_do - len(shown)
    sentence = Text(
        f"모든 가게에서 가장 급한 주문 {len(shown):,}건입니다."
        + (f" 나머지 {rest:,}건은 각 처리목록에 있습니다." if rest else ""),
        f"The {several(len(shown), 'most urgent order')} of all stores."
        + (f" The other {rest:,} are in the stores' own lists." if rest else ""),
    )
    yield Line(sentence)
    rows = (
        (
            order.act_by,
            line.called,
            order.action.text,
            order.product_order_no,
            order.product,
            _linked(line.workbook, root),
        )
        for order, line in shown
    )
    table = table_by_row("urgent_orders", _BY_ORDER, rows)
    yield replace(table, marks={_BY_ORDER[0].name: urgent((order.act_by for order, _ in shown), today)})


def _points(handled: Handled) -> Iterator[Block]:
    """The points of each desk, those nearest to a sanction first, as a table and as charts of its first rows."""
    if not handled:
        yield Line(Text("벌점을 아는 가게가 없습니다.", "The points of no store are known."))
        return
    near = sorted(handled, key=lambda entry: (entry[1].left, entry[0].name))
    rows = (
        (line.called, its.held.low, more(its.held), its.sure, its.brought, its.left, its.need) for line, its in near
    )
    table = table_by_row("points_by_store", _BY_POINTS, rows)
    few = NOTHING if len(near) <= _BARS else Text(f" (가까운 {_BARS}곳)", f" (the nearest {_BARS})")
    yield Charts(
        (
            _chart(table, (HELD, SURE, BROUGHT), Text(f"가게별 벌점{few.ko}", f"Points by store{few.en}")),
            _chart(
                table,
                (_LEFT,),
                Text(f"제재까지 남은 벌점{few.ko}", f"Points left to a sanction{few.en}"),
            ),
        )
    )
    yield replace(table, marks={_LEFT.name: _near([its for _, its in near])})


def _chart(table: Table, columns: tuple[Column, ...], title: Text) -> Chart:
    at = [[column.name for column in table.columns].index(column.name) for column in columns]
    bars = [
        f"{name} {sum(value for value in (table.cells[place][row] for place in at) if isinstance(value, int)):,}"
        for row, name in enumerate(table.cells[0][:_BARS])
    ]
    alt = Text.joined(": ", [title, Text.same(", ".join(bars))])
    drawn = tuple(column.name for column in columns)
    return Chart(table.name, _DESK.name, drawn, (), title, alt, lying=True, most=_BARS)


def _failures(failed: Sequence[DeskLine]) -> Table:
    return table_by_row("failed_desks", _BY_FAILURE, ((line.called, line.failure) for line in failed))

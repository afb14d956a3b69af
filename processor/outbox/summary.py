"""The sheet 요약: which list to begin with, what is done and what is not, the points, and what is to be answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pandas as pd

from processor.model import (
    CELL_NAMED,
    COSTS,
    INPUTS,
    NOTHING,
    PENALTIES,
    SUMMARY,
    Action,
    Col,
    Out,
    Payer,
    Point,
    PointState,
    Report,
    Text,
    several,
)
from processor.outbox import captions, outlook, totals
from processor.outbox.accounting import checked
from processor.outbox.action_columns import DONE
from processor.outbox.actions import caution_lines, table_name, urgent
from processor.outbox.part import Part, plain
from processor.outbox.sheet import Block, Column, Line, Look, Sheet, Table, Tally, Term, Tone, Value, table_by_row
from processor.rulebook.types import Rulebook

_URGENT: Final = Column(Text("가장 급한 기한", "Most urgent"), Look.DAY, 18, 18)
_TO_DO: Final = (
    Column(Text("할 일 (급한 것부터)", "To do (most urgent first)"), Look.SHEET, 20, 20),
    Column(captions.COUNT, Look.COUNT, 12, 12),
    Column(Text("끝낸 것", "Done"), Look.COUNT, 10, 10),
    _URGENT,
    Column(Text("기한 지남", "Late"), Look.COUNT, 11, 11),
    Column(Text("지금 하면 피하는 벌점", "Points avoided if done now"), Look.COUNT, 17, 17),
    Column(Text("하면 붙는 벌점", "Points that it brings"), Look.COUNT, 12, 12),
    Column(Text("적어 주실 것", "To be answered"), Look.LONG, 38, 38),
    Column(captions.UNDO, Look.WORDS, 16, 16),
)
_SOLD_OUT: Final = (
    Column(Text("품절로 바꿀 상품", "Product to mark sold out"), Look.LONG, 20, 20),
    Column(captions.PRODUCT_NO, Look.TEXT, 12, 12),
    Column(captions.CONCERNED, Look.COUNT, 10, 10),
    Column(Text("옵션", "Options"), Look.LONG, 18, 18),
)


def summary_sheet(part: Part) -> Sheet:
    return Sheet(SUMMARY, tuple(_blocks(part.report, part.book)), upright=True)


def _blocks(report: Report, book: Rulebook) -> Iterator[Block]:
    """The first seven rows and the table fit a laptop's screen: what to click first stands above all that is to be read."""
    yield Line(_headline(report, book), Tone.TITLE)
    yield _first(report)
    yield Line(outlook.headline(report), link=PENALTIES)
    yield from (Line(said, Tone.WARNING) for said in of_the_day(report))
    yield _to_do(report)
    yield from caution_lines(report.warnings)
    yield from (Line(said, Tone.WARNING, PENALTIES) for said in outlook.warnings(report, book))
    yield Line(checked(report), Tone.WARNING if report.batch.problems else Tone.NOTE, INPUTS)
    yield from _shipping(report)
    yield from _sold_out(report.sold_out_products)


def of_the_day(report: Report) -> Iterator[Text]:
    """The sentences about the earlier lists of the day, which this list replaces; none for the first list of a day."""
    if report.replaces and not report.says_nothing:
        last = report.replaces[-1]
        yield Text(
            f"이 처리목록이 오늘 먼저 만든 처리목록_{last}.xlsx를 대신합니다. 이제 이것만 보세요: 그 목록의 할 일 가운데 {report.remaining:,}건이 "
            "남아 있습니다.",
            f"This workbook takes the place of today's earlier 처리목록_{last}.xlsx. Work by this one alone: of what that one "
            f"asked for, {several(report.remaining, 'order is', 'orders are')} left.",
        )
    if report.done:
        yield Text(
            f"처리결과에 완료라고 적으신 {report.done:,}건은 뺐습니다. 더 나중에 받은 파일에 그대로 있으면 다시 나옵니다.",
            f"Left out because you called them done: {report.done:,}. They come back if a newer export shows them unchanged.",
        )


def _headline(report: Report, book: Rulebook) -> Text:
    todo = len(report.rows) - totals.actions(report)[Action.NONE]
    moment = f"{report.as_of:%Y-%m-%d %H:%M}"
    store = f"{book.store.name} · " if book.store.name else ""
    return Text(
        f"{store}{moment} 기준 · 오늘 하실 일 {todo:,}건 (주문 {len(report.rows):,}건 가운데)",
        f"{store}{moment} · {several(todo, 'order needs', 'orders need')} you today (of {len(report.rows):,})",
    )


def _first(report: Report) -> Line:
    """The list to begin with, how many orders are late, and the next deadline."""
    first = totals.order_of_work(report)[0]
    if not report.count(first):
        return Line(Text("오늘은 하실 일이 없습니다.", "There is nothing to do today."), Tone.HEADING)
    today = report.as_of.date()
    busy = report.rows[Out.ACT_BY][totals.rows_where(report, lambda verdict: verdict.action.to_do)]
    said = [Text(f"〈{first.ko}〉부터 하세요", f"Begin with 〈{first.ko}〉")]
    if late := totals.late(report):
        said.append(
            Text(
                f"기한이 지난 주문 {late:,}건",
                several(late, "order is past its deadline", "orders are past their deadlines"),
            )
        )
    if (following := _earliest(busy[busy >= pd.Timestamp(today)])) is not None:
        there = int(busy.dt.normalize().eq(pd.Timestamp(following)).sum())
        near = {today: Text(" 오늘", ", today"), today + timedelta(days=1): Text(" 내일", ", tomorrow")}
        day = Text.joined("", [Text.same(str(following)), near.get(following, NOTHING)])
        said.append(Text(f"다음 기한 {day.ko} {there:,}건", f"next deadline {day.en}: {several(there, 'order')}"))
    elif not late:
        said.append(Text("정해진 처리기한은 없습니다", "no deadline is known"))
    return Line(Text.joined(" · ", said), Tone.HEADING, first.text)


def _earliest(moments: pd.Series[pd.Timestamp]) -> date | None:
    first = moments.min()
    return None if pd.isna(first) else first.date()


def _to_do(report: Report) -> Table:
    """The one table of the lists, in the order of work. What needs nothing is not in it, so that its sums are the work."""
    lines = [_to_do_of(action, report) for action in totals.order_of_work(report)]
    table = table_by_row("to_do", _TO_DO, lines, tuple(column.name for column in _TO_DO if column.look is Look.COUNT))
    deadlines = [day if isinstance(day, date) else None for day in table.cells[_TO_DO.index(_URGENT)]]
    return replace(table, marks={_URGENT.name: urgent(deadlines, report.as_of.date())})


def _to_do_of(action: Action, report: Report) -> tuple[Value, ...]:
    count = report.count(action)
    if not count:
        return (action.text, 0, *[None] * (len(_TO_DO) - 2))
    mine = totals.rows_where(report, lambda verdict: verdict.action is action)
    here = report.rows[[Col.PRODUCT_ORDER_NO, Out.ACT_BY]][mine]
    lines = report.points[report.points[Point.PRODUCT_ORDER_NO].isin(here[Col.PRODUCT_ORDER_NO])]
    return (
        action.text,
        count,
        Tally(0, Term(table_name(action), DONE[0], (DONE,), counts=True)),
        _earliest(here[Out.ACT_BY]),
        int((here[Out.ACT_BY] < pd.Timestamp(report.as_of.date())).sum()) or None,
        totals.points(lines[lines[Point.ENDED]], PointState.AVOIDABLE) or None,
        totals.points(lines, PointState.BY_ACTION) or None,
        _asks(action, report),
        action.entry.undo if action.irreversible else None,
    )


def _asks(action: Action, report: Report) -> Text | None:
    """What the seller is asked on that list: each cell, how many orders wait for it, and how to find the answer."""
    waiting: dict[str, int] = {}
    for verdict, times in zip(report.verdicts, totals.uses(report), strict=True):
        if verdict.action is action and times:
            waiting |= {cell: waiting.get(cell, 0) + times for cell in verdict.asks}
    said = [
        Text(
            f"{cell.header.ko} {times:,}건: {cell.how.ko}",
            f"{cell.header.en}, {several(times, 'order')}: {cell.how.en}",
        )
        for cell, times in ((CELL_NAMED[name], times) for name, times in waiting.items())
    ]
    return Text.joined("\n", said) if said else None


def _shipping(report: Report) -> Iterator[Line]:
    """Who bears how much shipping, as far as it is known."""
    borne = totals.fees(report)
    said = [
        Text(f"{payer.text.ko} 부담 {borne[payer].won:,}원", f"{borne[payer].won:,} won by the {payer.text.en}")
        for payer in (Payer.BUYER, Payer.SELLER)
        if payer in borne and borne[payer].won
    ]
    if unknown := sum(total.unknown for total in borne.values()):
        said.append(Text(f"금액을 모르는 주문 {unknown:,}건", f"amount not known: {several(unknown, 'order')}"))
    if not said:
        return
    told = Text.joined(" · ", said)
    yield Line(Text(f"배송비: {told.ko}", f"Shipping: {told.en}"), link=COSTS)


def _sold_out(products: pd.DataFrame) -> Iterator[Table]:
    if len(products):
        cells = (plain(products[name]) for name in ("product_name", "product_no", "orders", "option"))
        yield table_by_row("sold_out", _SOLD_OUT, zip(*cells, strict=True))

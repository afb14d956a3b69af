"""The sheet 요약: what to do now, what it costs, what is missing, and whether every row is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from processor.model import (
    CELL_NAMED,
    INPUTS,
    NOTHING,
    PENALTIES,
    RULES,
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
from processor.outbox.accounting import accounts, balance
from processor.outbox.action_columns import DONE
from processor.outbox.actions import caution_lines, problem_notice, table_name, urgent
from processor.outbox.part import Part, plain
from processor.outbox.sheet import Block, Column, Line, Look, Sheet, Table, Tally, Term, Tone, Value, table_by_row
from processor.rulebook.types import Rulebook

_TO_DO: Final = (
    Column(Text("할 일 (급한 것부터)", "To do (most urgent first)"), Look.SHEET, 40, 56),
    Column(captions.COUNT, Look.COUNT, 12, 12),
    Column(Text("끝낸 것", "Done"), Look.COUNT, 12, 12),
    Column(Text("가장 급한 기한", "Most urgent"), Look.DAY, 18, 18),
    Column(Text("기한 지남", "Late"), Look.COUNT, 12, 12),
    Column(Text("막을 점수", "Points avoided"), Look.COUNT, 12, 12),
    Column(Text("붙을 점수", "Points brought"), Look.COUNT, 12, 12),
    Column(captions.UNDO, Look.WORDS, 16, 16),
)
_SUMS: Final = (
    Column(Text("오늘의 합계", "Today's totals"), Look.LONG, 40, 56),
    Column(Text("값", "Value"), Look.COUNT),
    Column(Text("단위", "Unit"), names=True),
)
_ASKS: Final = (
    Column(Text("모르는 것과 알려 주는 방법", "What is not known, and how to tell it"), Look.LONG, 40, 56),
    Column(captions.CONCERNED, Look.COUNT),
    Column(Text("어느 시트", "On sheet"), Look.SHEET),
)
_SOLD_OUT: Final = (
    Column(Text("품절로 바꿀 상품", "Product to mark sold out"), Look.LONG, 40, 56),
    Column(captions.PRODUCT_NO, Look.TEXT, 12, 14),
    Column(captions.CONCERNED, Look.COUNT),
    Column(Text("옵션", "Options"), Look.LONG, 18, 18),
)


def summary_sheet(part: Part) -> Sheet:
    return Sheet(SUMMARY, tuple(_blocks(part.report, part.book)), upright=True)


def _blocks(report: Report, book: Rulebook) -> Iterator[Block]:
    yield Line(_headline(report, book), Tone.TITLE)
    yield from (Line(said, Tone.WARNING) for said in of_the_day(report))
    yield from caution_lines(report.warnings)
    yield from (Line(said, Tone.WARNING, PENALTIES) for said in outlook.warnings(report, book))
    yield Line(_urgency(report))
    problems = len(report.batch.row_problems) + len(report.batch.file_problems)
    if problems:
        yield Line(problem_notice(problems), Tone.WARNING, INPUTS)
    yield _to_do(report)
    yield table_by_row("sums", _SUMS, _sums(report))
    yield from _asks(report)
    yield from _sold_out(report.sold_out_products)
    yield Line(balance(report.account), Tone.HEADING)
    if report.account:
        yield accounts("row_sums", report, book)
    yield Line(
        Text(
            f"규칙 {book.version} · 휴일표 {report.calendar_version} · 자세한 것은 〈규칙〉 시트에 있습니다.",
            f"Rules {book.version} · calendar {report.calendar_version} · details on 〈규칙〉.",
        ),
        link=RULES,
    )


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
        f"{store}as of {moment} · {several(todo, 'order needs', 'orders need')} you today (of {len(report.rows):,})",
    )


def _urgency(report: Report) -> Text:
    busy = report.rows[Out.ACT_BY][totals.rows_where(report, lambda verdict: verdict.action.to_do)]
    first = _earliest(busy)
    if first is None:
        return Text("정해진 처리기한이 있는 주문은 없습니다.", "No order has a known deadline.")
    late = int((busy < pd.Timestamp(report.as_of.date())).sum())
    over = (
        Text(
            f" · 기한이 지난 주문 {late:,}건", f" · {several(late, 'order is past its own', 'orders are past theirs')}"
        )
        if late
        else Text("", "")
    )
    return Text(f"가장 급한 처리기한 {first}{over.ko}", f"Most urgent deadline {first}{over.en}")


def _earliest(moments: pd.Series[pd.Timestamp]) -> date | None:
    first = moments.min()
    return None if pd.isna(first) else first.date()


def _to_do(report: Report) -> Table:
    """The table of actions: the most urgent first, then those without a deadline, those without orders, last 조치없음."""
    today = report.as_of.date()
    lines = sorted((_to_do_of(action, count, report) for action, count in totals.actions(report).items()), key=_turn)
    table = table_by_row("to_do", _TO_DO, lines, tuple(column.name for column in _TO_DO if column.look is Look.COUNT))
    deadlines = [day if isinstance(day, date) else None for day in table.cells[3]]
    return replace(table, marks={_TO_DO[3].name: urgent(deadlines, today)})


def _turn(line: tuple[Value, ...]) -> tuple[bool, bool, Value]:
    name, count, _, first, *_ = line
    return name == Action.NONE.text, not count, first or date.max


def _to_do_of(action: Action, count: int, report: Report) -> tuple[Value, ...]:
    if not action.to_do or not count:
        return (action.text, count, *[None] * (len(_TO_DO) - 2))
    mine = totals.rows_where(report, lambda verdict: verdict.action is action)
    here = report.rows.loc[mine, [Col.PRODUCT_ORDER_NO, Out.ACT_BY]]
    lines = report.points[report.points[Point.PRODUCT_ORDER_NO].isin(here[Col.PRODUCT_ORDER_NO])]
    return (
        action.text,
        count,
        Tally(0, Term(table_name(action), DONE[0], (DONE,), counts=True)),
        _earliest(here[Out.ACT_BY]),
        int((here[Out.ACT_BY] < pd.Timestamp(report.as_of.date())).sum()) or None,
        totals.points(lines[lines[Point.ENDED]], PointState.AVOIDABLE) or None,
        totals.points(lines, PointState.BY_ACTION) or None,
        action.entry.undo if action.irreversible else None,
    )


def _sums(report: Report) -> Iterator[tuple[Value, ...]]:
    points, won, claims = Text("점", "points"), Text("원", "won"), Text("건", "claims")
    forecast = report.forecast
    held = Text("지금 있는 패널티 점수", "Penalty points now")
    least = NOTHING if forecast.days[0].held.known else Text(" (적어도)", " (at least)")
    yield Text.joined("", [held, least]), forecast.days[0].held.low, points
    yield Text("제재까지 남는 여유", "Room before a sanction"), max(forecast.room, 0), points
    borne = totals.fees(report)
    for payer in (Payer.BUYER, Payer.SELLER):
        name = Text(
            f"{payer.text.ko} 부담 배송비 (아는 금액만)", f"Shipping borne by the {payer.text.en} (known amounts only)"
        )
        yield name, borne[payer].won if payer in borne else 0, won
    unknown = sum(total.unknown for total in borne.values())
    if unknown:
        yield Text("금액을 확인해야 하는 주문", "Claims whose amount must be checked"), unknown, claims


def _asks(report: Report) -> Iterator[Table]:
    """The table of questions: what is not known, which answer would settle it, and where to write that."""
    waiting: Counter[tuple[str, Action]] = Counter()
    for verdict, times in zip(report.verdicts, totals.uses(report), strict=True):
        waiting.update({(cell, verdict.action): times for cell in verdict.asks if times})
    if waiting:
        rows = (
            (Text.joined(": ", [CELL_NAMED[cell].header, CELL_NAMED[cell].how]), times, action.text)
            for (cell, action), times in waiting.items()
        )
        yield table_by_row("asks", _ASKS, rows, (_ASKS[1].name,))


def _sold_out(products: pd.DataFrame) -> Iterator[Table]:
    if len(products):
        cells = (plain(products[name]) for name in ("product_name", "product_no", "orders", "option"))
        yield table_by_row("sold_out", _SOLD_OUT, zip(*cells, strict=True))

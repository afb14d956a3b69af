"""요약: what to do now, what it costs, what is missing, and whether every row is accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from processor.model import ANSWER_CELLS, HEADERS, Action, Col, Out, Payer, Point, PointState, Report, Text
from processor.outbox import outlook, totals
from processor.outbox.accounting import accounts, balance
from processor.outbox.actions import PROBLEM_SHEET, caution_lines, problem_notice, table_name
from processor.outbox.columns import DONE, RESULT
from processor.outbox.day import of_the_day
from processor.outbox.english import several
from processor.outbox.part import Part, plain
from processor.outbox.penalties import NAME as PENALTY_SHEET
from processor.outbox.sheet import Block, Column, Line, Look, Sheet, Table, Tally, Term, Tone, Value, table_by_row
from processor.outbox.urgency import urgent
from processor.rulebook.types import Rulebook

NAME: Final = "요약"
_TO_DO: Final = (
    Column("할 일 (급한 것부터)", Look.SHEET, 40, 56),
    Column("건수", Look.COUNT, 12, 12),
    Column("끝낸 것", Look.COUNT, 12, 12),
    Column("가장 급한 기한", Look.DAY, 18, 18),
    Column("기한 지남", Look.COUNT, 12, 12),
    Column("막을 점수", Look.COUNT, 12, 12),
    Column("붙을 점수", Look.COUNT, 12, 12),
    Column("되돌리기", Look.TEXT, 16, 16),
)
_SUMS: Final = (Column("오늘의 합계", Look.LONG, 40, 56), Column("값", Look.COUNT), Column("단위"))
_ASKS: Final = (
    Column("모르는 것과 알려 주는 방법", Look.LONG, 40, 56),
    Column("걸린 주문", Look.COUNT),
    Column("어느 시트", Look.SHEET),
)
_SOLD_OUT: Final = (
    Column("품절로 바꿀 상품", Look.LONG, 40, 56),
    Column("상품번호", Look.TEXT, 12, 14),
    Column("걸린 주문", Look.COUNT),
    Column("옵션", Look.LONG, 18, 18),
)
_HOW: Final = {cell.header.ko: cell.how for cell in ANSWER_CELLS}


def summary_sheet(part: Part) -> Sheet:
    return Sheet(NAME, tuple(_blocks(part.report, part.book, part.lang)), upright=True)


def _blocks(report: Report, book: Rulebook, lang: str) -> Iterator[Block]:
    yield Line(_headline(report, book).said(lang), Tone.TITLE)
    yield from (Line(said.said(lang), Tone.WARNING) for said in of_the_day(report))
    yield from caution_lines(report.warnings, lang)
    yield from (Line(said.said(lang), Tone.WARNING, PENALTY_SHEET) for said in outlook.warnings(report, book))
    yield Line(_urgency(report).said(lang))
    problems = len(report.batch.row_problems) + len(report.batch.file_problems)
    if problems:
        yield Line(problem_notice(problems).said(lang), Tone.WARNING, PROBLEM_SHEET)
    yield _to_do(report, lang)
    yield table_by_row("sums", _SUMS, _sums(report, lang))
    yield from _asks(report, lang)
    yield from _sold_out(report.sold_out_products)
    yield Line(balance(report.batch.sheets).said(lang), Tone.HEADING)
    if report.batch.sheets:
        yield accounts("row_sums", report, book, lang)
    yield Line(
        Text(
            f"규칙 {book.version} · 휴일표 {report.calendar_version} · 자세한 것은 〈규칙〉 시트에 있습니다.",
            f"Rules {book.version} · calendar {report.calendar_version} · details on 〈규칙〉.",
        ).said(lang),
        link="규칙",
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


def _to_do(report: Report, lang: str) -> Table:
    """The most urgent first, then what has no deadline, what is empty, and last what needs nothing."""
    today = report.as_of.date()
    lines = sorted(
        (_to_do_of(action, count, report, lang) for action, count in totals.actions(report).items()), key=_turn
    )
    table = table_by_row("to_do", _TO_DO, lines, tuple(column.header for column in _TO_DO if column.look is Look.COUNT))
    deadlines = [day if isinstance(day, date) else None for day in table.cells[3]]
    return replace(table, marks={_TO_DO[3].header: urgent(deadlines, today, lang)})


def _turn(line: tuple[Value, ...]) -> tuple[bool, bool, Value]:
    name, count, _, first, *_ = line
    return name == Action.NONE.ko, not count, first or date.max


def _to_do_of(action: Action, count: int, report: Report, lang: str) -> tuple[Value, ...]:
    if not action.to_do or not count:
        return (action.ko, count, *[None] * (len(_TO_DO) - 2))
    mine = totals.rows_where(report, lambda verdict: verdict.action is action)
    here = report.rows.loc[mine, [Col.PRODUCT_ORDER_NO, Out.ACT_BY]]
    lines = report.points[report.points[Point.PRODUCT_ORDER_NO].isin(here[Col.PRODUCT_ORDER_NO])]
    return (
        action.ko,
        count,
        Tally(0, Term(table_name(action), RESULT.header, (DONE,), counts=True)),
        _earliest(here[Out.ACT_BY]),
        int((here[Out.ACT_BY] < pd.Timestamp(report.as_of.date())).sum()) or None,
        totals.points(lines[lines[Point.ENDED]], PointState.AVOIDABLE) or None,
        totals.points(lines, PointState.BY_ACTION) or None,
        action.entry.undo.said(lang) if action.irreversible else None,
    )


def _sums(report: Report, lang: str) -> Iterator[tuple[Value, ...]]:
    points, won, claims = (Text(*pair).said(lang) for pair in (("점", "points"), ("원", "won"), ("건", "claims")))
    forecast = report.forecast
    held = Text("지금 있는 패널티 점수", "Penalty points now")
    least = Text("", "") if forecast.days[0].held.known else Text(" (적어도)", " (at least)")
    yield Text(held.ko + least.ko, held.en + least.en).said(lang), forecast.days[0].held.low, points
    yield Text("제재까지 남는 여유", "Room before a sanction").said(lang), max(forecast.room, 0), points
    borne = totals.fees(report)
    for payer in (Payer.BUYER, Payer.SELLER):
        name = Text(
            f"{payer.text.ko} 부담 배송비 (아는 금액만)", f"Shipping borne by the {payer.text.en} (known amounts only)"
        ).said(lang)
        yield name, borne[payer].won if payer in borne else 0, won
    unknown = sum(total.unknown for total in borne.values())
    if unknown:
        yield Text("금액을 확인해야 하는 주문", "Claims whose amount must be checked").said(lang), unknown, claims


def _asks(report: Report, lang: str) -> Iterator[Table]:
    """What the tool could not know, what would tell, and where to write it."""
    waiting: Counter[tuple[str, Action]] = Counter()
    for verdict, times in zip(report.verdicts, totals.uses(report), strict=True):
        waiting.update({(cell, verdict.action): times for cell in verdict.asks if times})
    if waiting:
        rows = (
            (f"{Text(cell, HEADERS[cell]).said(lang)}: {_HOW[cell].said(lang)}", times, action.ko)
            for (cell, action), times in waiting.items()
        )
        yield table_by_row("asks", _ASKS, rows, (_ASKS[1].header,))


def _sold_out(products: pd.DataFrame) -> Iterator[Table]:
    if len(products):
        cells = (plain(products[name]) for name in ("product_name", "product_no", "orders", "option"))
        yield table_by_row("sold_out", _SOLD_OUT, zip(*cells, strict=True))

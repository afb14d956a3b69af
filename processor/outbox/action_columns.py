"""The columns of the action sheets, one line each: header, look, widths, and what fills it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final, assert_never

from processor.model import (
    ACTION_HEADER,
    ANSWER_CELLS,
    CELL_NAMED,
    UNKNOWN,
    AnswerCell,
    Col,
    Out,
    Payer,
    Spelling,
    Text,
    Weighing,
)
from processor.model.answer_cells import RESULT, TRUE_REASON
from processor.outbox import captions, drafts
from processor.outbox.part import Fill, Part, held, held_day, of_verdict, plain
from processor.outbox.sheet import Column, Look, Value
from processor.outbox.wording import AMOUNT_UNKNOWN
from processor.rulebook.types import Rulebook

DONE: Final = (RESULT.header.ko, RESULT.choices[0])
"""The answer that says an order is finished on the screen."""
REASON: Final = Column(Text("사유", "Reason"), Look.LONG, 10, 16)
ACT_BY: Final = Column(Text("처리기한", "Act by"), Look.DAY, 17, 17)
DRAFT: Final = Column(Text("안내문", "Message to paste"), Look.LONG, 20, 64)
MEANING: Final = Column(Text("안내문 뜻", "The message in English"), Look.LONG, 20, 64, english_only=True)


def _blank(part: Part) -> list[Value]:
    return [None] * len(part.situations)


def _fees(part: Part) -> list[Value]:
    """Who pays what, whether the amount must be looked up, and what only this row knows."""

    @cache
    def said(situation: int, lost: bool, ko: Value, en: Value) -> Text:
        unknown = lost and part.report.verdicts[situation].fee.payer is not Payer.NONE
        payer = Text.joined(" · ", [part.wordings[situation].payer, *([AMOUNT_UNKNOWN] if unknown else [])])
        return Text.joined("\n", [payer, Text(str(ko or ""), str(en or ""))])

    missing = part.rows[Out.FEE_AMOUNT].isna().tolist()
    notes = (plain(part.rows[name]) for name in (Out.FEE_NOTE_KO, Out.FEE_NOTE_EN))
    return list(map(said, part.situations, missing, *notes))


def _why(part: Part) -> list[Value]:
    """What all orders of the situation share, and what memory has to say of this one."""

    @cache
    def said(situation: int, ko: Value, en: Value) -> Text:
        return Text.joined("\n", [part.wordings[situation].why, Text(str(ko or ""), str(en or ""))])

    notes = (plain(part.rows[name]) for name in (Col.NOTE_KO, Col.NOTE_EN))
    return list(map(said, part.situations, *notes))


def _answered(cell: AnswerCell) -> Fill:
    """What the seller has answered: as it is chosen from the list, and what is not on it as it was written."""
    match cell.weighing:
        case Weighing.RESULT:  # each workbook asks for it anew
            return _blank
        case Weighing.SETTLES | Weighing.NOTE:
            return _true_reasons if cell is TRUE_REASON else lambda part: _as_chosen(cell, part)
        case _:
            assert_never(cell.weighing)


def _as_chosen(cell: AnswerCell, part: Part) -> list[Value]:
    """Blank where the answer is a question (모름)."""
    known: dict[str, Value] = {choice.ko: choice for choice in cell.choices} | {UNKNOWN: None}
    return [known.get(str(value), value) for value in plain(part.rows[cell.column])]


def _true_reasons(part: Part) -> list[Value]:
    """The seller's answer, else what the sold-out list or the wish to cancel says.

    Blank where the seller's own words contradict each other: there the cell is a question, not a memory.
    """
    asked = [verdict.contradicted for verdict in part.report.verdicts]
    implied = [verdict.implied_cause for verdict in part.report.verdicts]
    named = cache(part.book.words["실제사유"].named)
    causes = (
        None if asked[situation] else answer or implied[situation]
        for situation, answer in zip(part.situations, _as_chosen(TRUE_REASON, part), strict=True)
    )
    return [named(str(cause)) if cause else None for cause in causes]


def drafted(part: Part, language: str) -> list[str | None]:
    """The messages to the buyers. language: "ko" or "en", that of the message, whatever the seller reads."""
    return drafts.fill(part.rows, part.situations, part.report.verdicts, part.book.messages, language)


def answer_column(cell: AnswerCell) -> Column:
    """names: reasons begin in English as they are written."""
    names = cell.spelling in (Spelling.CAUSES, Spelling.REASONS)
    return Column(cell.header, Look.ANSWER, cell.width, cell.width, cell.choices, cell.hint, names=names)


_LISTED: Final = {cell: (answer_column(cell), _answered(cell)) for cell in ANSWER_CELLS if cell.listed}
ACTION_COLUMNS: Final[tuple[tuple[Column, Fill], ...]] = (
    _LISTED[RESULT],
    (Column(captions.PRODUCT_ORDER_NO, Look.ORDER, 18, 18), held(Col.PRODUCT_ORDER_NO)),
    (Column(Text("주문번호", "Order no."), Look.TEXT, 18, 18, folded=True), held(Col.ORDER_NO)),
    (Column(captions.PRODUCT_NAME, Look.LONG, 16, 24), held(Col.PRODUCT_NAME)),
    (Column(captions.OPTION, Look.LONG, 10, 18), held(Col.OPTION)),
    (Column(Text("수량", "Quantity"), Look.COUNT, 8, 9), held(Col.QUANTITY)),
    (Column(Text("주문상태", "Order state"), Look.WORDS, 11, 12), of_verdict("state")),
    (REASON, of_verdict("reason")),
    (Column(Text("귀책", "Fault"), Look.WORDS, 8, 10, folded=True), of_verdict("fault")),
    (Column(ACTION_HEADER, Look.WORDS, 11, 11, folded=True), of_verdict("action")),
    (Column(captions.WHY, Look.LONG, 24, 40), _why),
    (Column(Text("왜 다른 조치가 아닌가", "Why nothing else"), Look.LONG, 24, 40, folded=True), of_verdict("why_not")),
    (Column(Text("배송비 부담", "Who pays shipping"), Look.LONG, 14, 22), _fees),
    (Column(Text("부담금액", "Shipping amount"), Look.WON, 12, 14), held(Out.FEE_AMOUNT)),
    (Column(Text("패널티", "Penalty"), Look.LONG, 10, 14), of_verdict("points")),
    (ACT_BY, held_day(Out.ACT_BY)),
    (Column(captions.UNDO, Look.WORDS, 10, 18, folded=True), of_verdict("undo")),
    (Column(Text("화면 순서", "Screen steps"), Look.LONG, 20, 60), of_verdict("screen")),
    (DRAFT, lambda part: drafted(part, "ko")),  # buyers read Korean, whatever the seller reads
    (MEANING, lambda part: drafted(part, "en")),
    *(column for cell, column in _LISTED.items() if cell is not RESULT),
    (Column(captions.RULE, Look.TEXT, 8, 12, folded=True), of_verdict("rule")),
    (Column(captions.SOURCE, Look.LONG, 14, 34, folded=True), of_verdict("source")),
)
"""By their names a contract. What is for looking up is folded, so that the rest fits a screen and a sheet of paper."""


def with_choices(column: Column, book: Rulebook) -> Column:
    """An answer column from which reasons, or causes, are chosen: those of the seller's that the rules know."""
    cell = CELL_NAMED.get(column.name)
    return column if cell is None else replace(column, choices=_choices(cell, book))


def _choices(cell: AnswerCell, book: Rulebook) -> tuple[Text, ...]:
    match cell.spelling:
        case Spelling.CAUSES:
            causes = dict.fromkeys(reason.cause for reason in book.reasons if reason.seller_chooses == reason.name)
            return tuple(map(book.words[cell.word].named, causes))
        case Spelling.REASONS:
            names = dict.fromkeys(reason.seller_chooses for reason in book.reasons if reason.seller_chooses)
            return tuple(map(book.words[cell.word].named, names))
        case Spelling.STATES | Spelling.HINTS | Spelling.FREE:
            return cell.choices
        case _:
            assert_never(cell.spelling)

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
from processor.rulebook import reasons
from processor.rulebook.types import Rulebook

DONE: Final = (RESULT.header.ko, RESULT.choices[0])
"""Header and answer by which the seller marks an order as finished on the screen."""
REASON: Final = Column(Text("사유", "Reason"), Look.LONG, 10, 16)
ACT_BY: Final = Column(Text("처리기한", "Act by"), Look.DAY, 17, 17)
DRAFT: Final = Column(Text("안내문", "Message to paste"), Look.LONG, 20, 64)
MEANING: Final = Column(Text("안내문 뜻", "The message in English"), Look.LONG, 20, 64, english_only=True)


def _blank(part: Part) -> list[Value]:
    return [None] * len(part.situations)


def _fees(part: Part) -> list[Value]:
    """Cells that say who pays what, whether the amount must be looked up, and the note of the row itself."""

    @cache
    def cell(situation: int, missing: bool, ko: Value, en: Value) -> Text:
        unknown = missing and part.report.verdicts[situation].fee.payer is not Payer.NONE
        payer = Text.joined(" · ", [part.wordings[situation].payer, *([AMOUNT_UNKNOWN] if unknown else [])])
        return Text.joined("\n", [payer, Text(str(ko or ""), str(en or ""))])

    missing = part.rows[Out.FEE_AMOUNT].isna().tolist()
    notes = (plain(part.rows[name]) for name in (Out.FEE_NOTE_KO, Out.FEE_NOTE_EN))
    return list(map(cell, part.situations, missing, *notes))


def _why(part: Part) -> list[Value]:
    """Cells with the reason that all orders of the situation share, and the notes of earlier runs on this order."""

    @cache
    def cell(situation: int, ko: Value, en: Value) -> Text:
        return Text.joined("\n", [part.wordings[situation].why, Text(str(ko or ""), str(en or ""))])

    notes = (plain(part.rows[name]) for name in (Col.NOTE_KO, Col.NOTE_EN))
    return list(map(cell, part.situations, *notes))


def _answered(cell: AnswerCell) -> Fill:
    """A column with the seller's answers: a known one as its list spells it, any other as it was written."""
    match cell.weighing:
        case Weighing.RESULT:  # stays empty, for each workbook asks for it anew
            return _blank
        case Weighing.SETTLES | Weighing.NOTE:
            return _true_reasons if cell is TRUE_REASON else lambda part: _as_chosen(cell, part)
        case _:
            assert_never(cell.weighing)


def _as_chosen(cell: AnswerCell, part: Part) -> list[Value]:
    """The answers as the cell's list spells them; blank for 모름, which asks the seller."""
    known: dict[str, Value] = {choice.ko: choice for choice in cell.choices} | {UNKNOWN: None}
    return [known.get(str(value), value) for value in plain(part.rows[cell.column])]


def _true_reasons(part: Part) -> list[Value]:
    """The true reasons: the seller's answer, else the cause by the sold-out list or the wish to cancel.

    Blank where the seller's own answers contradict each other, so that the cell asks again.
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
    """The messages to the buyers. language: "ko" or "en", the language of the messages, not of the workbook."""
    return drafts.fill(part.rows, part.situations, part.report.verdicts, part.book.messages, language)


def answer_column(cell: AnswerCell) -> Column:
    """The column of an answer cell. Texts of reasons keep their own first letter in English (`names` of Column)."""
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
"""The columns of the action sheets, from left to right. Their names are a contract with other programs.

Columns that are only looked up now and then are folded, so that the others fit a screen and a sheet of paper.
"""


def with_choices(column: Column, book: Rulebook) -> Column:
    """The column with its list of choices: for reasons and causes those of the rules that a seller may choose."""
    cell = CELL_NAMED.get(column.name)
    return column if cell is None else replace(column, choices=_choices(cell, book))


def _choices(cell: AnswerCell, book: Rulebook) -> tuple[Text, ...]:
    match cell.spelling:
        case Spelling.CAUSES:
            return tuple(map(book.words[cell.word].named, reasons.choices(book.reasons)))
        case Spelling.REASONS:
            names = dict.fromkeys(reason.seller_chooses for reason in book.reasons if reason.seller_chooses)
            return tuple(map(book.words[cell.word].named, names))
        case Spelling.STATES | Spelling.HINTS | Spelling.FREE:
            return cell.choices
        case _:
            assert_never(cell.spelling)

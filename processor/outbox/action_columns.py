"""The columns of the action sheets, one line each: header, look, widths, and what fills it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
from processor.outbox.groups import GROUP, STEPS
from processor.outbox.part import Fill, Part, held, held_day, of_verdict, plain
from processor.outbox.sheet import Column, Look, Value
from processor.outbox.wording import AMOUNT_UNKNOWN, on_one_line
from processor.rulebook import reasons
from processor.rulebook.types import Rulebook

DONE: Final = (RESULT.header.ko, RESULT.choices[0])
"""Header and answer by which the seller marks an order as finished on the screen."""
REASON: Final = Column(Text("사유", "Reason"), Look.CUT, 10, 16)
ACT_BY: Final = Column(Text("처리기한", "Act by"), Look.DAY, 16, 16)
DRAFT: Final = Column(captions.MESSAGE, Look.CUT, 0, 0, share=2)
MEANING: Final = Column(Text("안내문 뜻", "The message in English"), Look.CUT, 20, 64, english_only=True)


def _blank(part: Part) -> list[Value]:
    return [None] * len(part.situations)


def _fees(part: Part) -> list[Value]:
    """Cells that say who pays what, whether the amount must be looked up, and the note of the row itself."""

    @cache
    def cell(situation: int, missing: bool, ko: Value, en: Value) -> Text:
        unknown = missing and part.report.verdicts[situation].fee.payer is not Payer.NONE
        payer = Text.joined(" · ", [part.wordings[situation].payer, *([AMOUNT_UNKNOWN] if unknown else [])])
        return on_one_line(Text.joined("\n", [payer, Text(str(ko or ""), str(en or ""))]))

    missing = part.rows[Out.FEE_AMOUNT].isna().tolist()
    notes = (plain(part.rows[name]) for name in (Out.FEE_NOTE_KO, Out.FEE_NOTE_EN))
    return list(map(cell, part.situations, missing, *notes))


def _why(part: Part) -> list[Value]:
    """Cells with the reason that all orders of the situation share, and the notes of earlier runs on this order."""

    @cache
    def cell(situation: int, ko: Value, en: Value) -> Text:
        return on_one_line(Text.joined("\n", [part.wordings[situation].why, Text(str(ko or ""), str(en or ""))]))

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
    names = cell.spelling in (Spelling.CAUSES, Spelling.REASONS)
    return Column(cell.header, Look.ANSWER, cell.width, cell.width, cell.choices, cell.hint, names=names)


def _in_list(cell: AnswerCell) -> tuple[Column, Fill]:
    """The column of a cell in a list: white, until a mark says that an answer changes something."""
    look = Look.OPEN if cell.settles else Look.TICK
    return replace(answer_column(cell), look=look), _answered(cell)


def _flat(name: str, between: str = " · ") -> Fill:
    """Fills a column with one field of each row's `Wording`, as one line."""

    def fill(part: Part) -> list[Value]:
        texts = {one: on_one_line(getattr(part.wordings[one], name), between) for one in set(part.situations)}
        return [texts[situation] for situation in part.situations]

    return fill


_NEEDED: Final[tuple[tuple[Column, Fill], ...]] = (
    _in_list(RESULT),
    (ACT_BY, held_day(Out.ACT_BY)),
    (Column(captions.PRODUCT_NAME, Look.TEXT, 24, 24), held(Col.PRODUCT_NAME)),
    (Column(captions.OPTION, Look.TEXT, 13, 13), held(Col.OPTION)),
    (Column(Text("수량", "Quantity"), Look.COUNT, 8, 8), held(Col.QUANTITY)),
    (Column(captions.WHY, Look.CUT, 0, 0, share=3), _why),
    (GROUP, _blank),
)
_ANSWERS: Final = tuple(_in_list(cell) for cell in ANSWER_CELLS if cell.asked)
_AFTER: Final[tuple[tuple[Column, Fill], ...]] = (
    (DRAFT, lambda part: drafted(part, "ko")),  # buyers read Korean, whatever the seller reads
    (Column(captions.PRODUCT_ORDER_NO, Look.ORDER, 17, 17), held(Col.PRODUCT_ORDER_NO)),
)
_LOOKED_UP: Final[tuple[tuple[Column, Fill], ...]] = (
    (MEANING, lambda part: drafted(part, "en")),
    (Column(captions.ORDER_NO, Look.TEXT, 18, 18), held(Col.ORDER_NO)),
    (Column(Text("주문상태", "Order state"), Look.WORDS, 11, 12), of_verdict("state")),
    (REASON, of_verdict("reason")),
    (Column(Text("귀책", "Fault"), Look.WORDS, 8, 10), of_verdict("fault")),
    (Column(ACTION_HEADER, Look.WORDS, 11, 11), of_verdict("action")),
    (Column(Text("왜 다른 조치가 아닌가", "Why nothing else"), Look.CUT, 24, 40), _flat("why_not")),
    (Column(Text("배송비 부담", "Who pays shipping"), Look.CUT, 14, 22), _fees),
    (Column(Text("부담금액", "Shipping amount"), Look.WON, 12, 14), held(Out.FEE_AMOUNT)),
    (Column(Text("패널티", "Penalty"), Look.CUT, 10, 14), of_verdict("points")),
    (Column(captions.UNDO, Look.WORDS, 10, 18), of_verdict("undo")),
    (Column(STEPS, Look.CUT, 20, 60), _flat("screen", " → ")),
)
_LAST: Final[tuple[tuple[Column, Fill], ...]] = (
    *(_in_list(cell) for cell in ANSWER_CELLS if cell.listed and not (cell.asked or cell is RESULT)),
    (Column(captions.RULE, Look.TEXT, 8, 12), of_verdict("rule")),
    (Column(captions.SOURCE, Look.CUT, 14, 34), _flat("source")),
)
ASKED: Final = tuple(column.name for column, _ in _ANSWERS)
"""The names of the columns of the cells that may be asked."""


def columns_of(asked: Collection[str]) -> tuple[tuple[Column, Fill], ...]:
    """The columns of a list, from left to right. Their names are a contract with other programs.

    What a person needs for a row stands first; all others, and the answer cells that are not asked in this list, follow
    folded. asked: the names of the cells that are.
    """
    silent = (pair for pair in _ANSWERS if pair[0].name not in asked)
    folded = ((replace(column, folded=True), fill) for column, fill in (*_LOOKED_UP, *silent, *_LAST))
    return (*_NEEDED, *(pair for pair in _ANSWERS if pair[0].name in asked), *_AFTER, *folded)


def answers(part: Part, name: str) -> Sequence[Value]:
    """What the seller has answered in the cells of that name; blank where he has not."""
    return next(fill for column, fill in _ANSWERS if column.name == name)(part)


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

"""The columns of the action sheets, one line each: header, look, widths, and what fills it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from processor.model import UNKNOWN, Col, Out, Payer, Text
from processor.outbox import drafts, headers
from processor.outbox.part import Fill, Part, held, held_day, of_verdict, plain
from processor.outbox.sheet import Column, Look, Value
from processor.outbox.wording import AMOUNT_UNKNOWN
from processor.rulebook.types import Rulebook

HANDOVER: Final = Column(
    Text("출고상태", "Handover"),
    Look.ANSWER,
    10,
    10,
    (Text("미포장", "Not packed"), Text("포장", "Packed"), Text("집화", "Picked up")),
)
CONSENT: Final = Column(
    Text("구매자동의", "Buyer agrees"), Look.ANSWER, 12, 12, (Text("예", "Yes"), Text("아니오", "No"))
)
TRUE_REASON: Final = Column(Text("실제사유", "True reason"), Look.ANSWER, 14, 14, names=True)
SELLER_REASON: Final = Column(Text("판매취소사유", "Cancel reason"), Look.ANSWER, 20, 20, names=True)
MEMO: Final = Column(Text("메모", "Memo"), Look.ANSWER, 20, 20)
RESULT: Final = Column(
    Text("처리결과", "Result"),
    Look.ANSWER,
    10,
    10,
    (Text("완료", "Done"), Text("보류", "On hold"), Text("실패", "Failed")),
)
DONE: Final = (RESULT.name, RESULT.choices[0])
"""The answer that says an order is finished on the screen."""
REASON: Final = Column(Text("사유", "Reason"), Look.LONG, 10, 16)
ACT_BY: Final = Column(Text("처리기한", "Act by"), Look.DAY, 17, 17)
DRAFT: Final = Column(Text("안내문", "Message to paste"), Look.LONG, 20, 64)
MEANING: Final = Column(Text("안내문 뜻", "The message in English"), Look.LONG, 20, 64, english_only=True)

HINTS: Final = {
    "처리결과": Text("화면에서 끝냈으면 완료를 골라 주세요.", "Choose Done once it is done on the screen."),
    "출고상태": Text(
        "미포장: 아직 안 쌌음 · 포장: 쌌지만 택배사가 안 가져감 · 집화: 택배사가 가져감",
        "Packed: but not yet picked up · Picked up: by the courier",
    ),
    "구매자동의": Text(
        "구매자가 취소에 동의했으면 예. 답이 없으면 비워 두세요.",
        "Yes if the buyer agreed to the cancel. No answer yet: leave it blank.",
    ),
    "실제사유": Text("실제로 있었던 일을 적어 주세요.", "What really happened."),
    "판매취소사유": Text(
        "판매자센터의 판매취소 사유를 그대로 적어 주세요.", "The seller's cancel reason, as on the screen."
    ),
    "메모": Text(
        "자유롭게 적으세요. 판단에는 쓰이지 않고 다음 처리목록에 옮겨 적힙니다. 구매자 이름·연락처는 적지 마세요.",
        "Anything: it decides nothing and is carried into the next workbook. No names or phone numbers of buyers, please.",
    ),
}


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


def _handover(part: Part) -> list[Value]:
    return _as_chosen(Col.HANDOVER, HANDOVER, part)


def _consent(part: Part) -> list[Value]:
    return _as_chosen(Col.CONSENT, CONSENT, part)


def _memo(part: Part) -> list[Value]:
    return _answered(Col.MEMO, part)


def _answered(name: str, part: Part) -> list[Value]:
    """An answer as it was given; blank where it is a question (모름)."""
    return [None if value == UNKNOWN else value for value in plain(part.rows[name])]


def _as_chosen(name: str, column: Column, part: Part) -> list[Value]:
    """The same where it can be chosen from a list; what is not on the list stays as it was written."""
    known = {choice.ko: choice for choice in column.choices if isinstance(choice, Text)}
    return [known.get(str(value), value) for value in _answered(name, part)]


def _true_reasons(part: Part) -> list[Value]:
    """The seller's answer, else what the sold-out list or the wish to cancel says.

    Blank where the seller's own words contradict each other: there the cell is a question, not a memory.
    """
    asked = [verdict.contradicted for verdict in part.report.verdicts]
    implied = [verdict.implied_cause for verdict in part.report.verdicts]
    named = cache(part.book.words["실제사유"].named)
    causes = (
        None if asked[situation] else answer or implied[situation]
        for situation, answer in zip(part.situations, _answered(Col.TRUE_REASON, part), strict=True)
    )
    return [named(str(cause)) if cause else None for cause in causes]


def drafted(part: Part, language: str) -> list[str | None]:
    """The messages to the buyers. language: "ko" or "en", that of the message, whatever the seller reads."""
    return drafts.fill(part.rows, part.situations, part.report.verdicts, part.book.messages, language)


ACTION_COLUMNS: Final[tuple[tuple[Column, Fill], ...]] = (
    (RESULT, _blank),
    (Column(headers.PRODUCT_ORDER_NO, Look.ORDER, 18, 18), held(Col.PRODUCT_ORDER_NO)),
    (Column(Text("주문번호", "Order no."), Look.TEXT, 18, 18, folded=True), held(Col.ORDER_NO)),
    (Column(headers.PRODUCT_NAME, Look.LONG, 16, 24), held(Col.PRODUCT_NAME)),
    (Column(headers.OPTION, Look.LONG, 10, 18), held(Col.OPTION)),
    (Column(Text("수량", "Quantity"), Look.COUNT, 8, 9), held(Col.QUANTITY)),
    (Column(Text("주문상태", "Order state"), Look.WORDS, 11, 12), of_verdict("state")),
    (REASON, of_verdict("reason")),
    (Column(Text("귀책", "Fault"), Look.WORDS, 8, 10, folded=True), of_verdict("fault")),
    (Column(Text("조치", "Action"), Look.WORDS, 11, 11, folded=True), of_verdict("action")),
    (Column(headers.WHY, Look.LONG, 24, 40), _why),
    (Column(Text("왜 다른 조치가 아닌가", "Why nothing else"), Look.LONG, 24, 40, folded=True), of_verdict("why_not")),
    (Column(Text("배송비 부담", "Who pays shipping"), Look.LONG, 14, 22), _fees),
    (Column(Text("부담금액", "Shipping amount"), Look.WON, 12, 14), held(Out.FEE_AMOUNT)),
    (Column(Text("패널티", "Penalty"), Look.LONG, 10, 14), of_verdict("points")),
    (ACT_BY, held_day(Out.ACT_BY)),
    (Column(headers.UNDO, Look.WORDS, 10, 18, folded=True), of_verdict("undo")),
    (Column(Text("화면 순서", "Screen steps"), Look.LONG, 20, 60), of_verdict("screen")),
    (DRAFT, lambda part: drafted(part, "ko")),  # buyers read Korean, whatever the seller reads
    (MEANING, lambda part: drafted(part, "en")),
    (HANDOVER, _handover),
    (CONSENT, _consent),
    (TRUE_REASON, _true_reasons),
    (MEMO, _memo),
    (Column(headers.RULE, Look.TEXT, 8, 12, folded=True), of_verdict("rule")),
    (Column(headers.SOURCE, Look.LONG, 14, 34, folded=True), of_verdict("source")),
)
"""By their names a contract. What is for looking up is folded, so that the rest fits a screen and a sheet of paper."""


def hinted(column: Column, book: Rulebook) -> Column:
    """An answer column with its hint; 실제사유 and 판매취소사유 may be chosen from the seller's reasons that the rules know."""
    if column.look is not Look.ANSWER or column.name not in HINTS:
        return column
    choices = column.choices
    if column is TRUE_REASON:
        causes = dict.fromkeys(reason.cause for reason in book.reasons if reason.seller_chooses == reason.name)
        choices = tuple(map(book.words["실제사유"].named, causes))
    if column is SELLER_REASON:
        names = dict.fromkeys(reason.seller_chooses for reason in book.reasons if reason.seller_chooses)
        choices = tuple(map(book.words["사유"].named, names))
    return replace(column, hint=HINTS[column.name], choices=choices)

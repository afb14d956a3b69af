"""The columns of the action sheets, one line each: header, look, widths, and what fills it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from processor.model import Col, Out, Payer, Text
from processor.outbox import drafts
from processor.outbox.answers import answered, true_reasons
from processor.outbox.part import Fill, Part, held, held_day, plain, told
from processor.outbox.sheet import Column, Look, Value
from processor.outbox.told import AMOUNT_UNKNOWN
from processor.rulebook.types import Reason

HANDOVER: Final = Column("출고상태", Look.ANSWER, 10, 10, ("미포장", "포장", "집화"))
CONSENT: Final = Column("구매자동의", Look.ANSWER, 12, 12, ("예", "아니오"))
TRUE_REASON: Final = Column("실제사유", Look.ANSWER, 14, 14)
MEMO: Final = Column("메모", Look.ANSWER, 20, 20)
RESULT: Final = Column("처리결과", Look.ANSWER, 10, 10, ("완료", "보류", "실패"))
DONE: Final = (RESULT.header, RESULT.choices[0])
"""The answer that says an order is finished on the screen."""
REASON: Final = Column("사유", Look.LONG, 10, 16)
ACT_BY: Final = Column("처리기한", Look.DAY, 17, 17)
DRAFT: Final = Column("안내문", Look.LONG, 20, 64)
MEANING: Final = Column("안내문 뜻", Look.LONG, 20, 64)

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
    unknown = f" · {AMOUNT_UNKNOWN.said(part.lang)}"
    someone = [verdict.fee.payer is not Payer.NONE for verdict in part.report.verdicts]
    missing = part.rows[Out.FEE_AMOUNT].isna().tolist()
    notes = plain(part.rows[Out.FEE_NOTE_EN if part.lang == "en" else Out.FEE_NOTE_KO])
    return [
        part.told[situation].payer + (unknown if lost and someone[situation] else "") + (f"\n{note}" if note else "")
        for situation, lost, note in zip(part.situations, missing, notes, strict=True)
    ]


def _why(part: Part) -> list[Value]:
    """What all orders of the situation share, and what memory has to say of this one."""
    notes = plain(part.rows[Col.NOTE_EN if part.lang == "en" else Col.NOTE_KO])
    shared = told("why")(part)
    return [f"{why}\n{note}" if note else why for why, note in zip(shared, notes, strict=True)]


def drafted(part: Part, lang: str) -> list[str | None]:
    return drafts.fill(part.rows, part.situations, part.report.verdicts, part.book.messages, lang)


ACTION_COLUMNS: Final[tuple[tuple[Column, Fill], ...]] = (
    (RESULT, _blank),
    (Column("상품주문번호", Look.ORDER, 18, 18), held(Col.PRODUCT_ORDER_NO)),
    (Column("주문번호", Look.TEXT, 18, 18, folded=True), held(Col.ORDER_NO)),
    (Column("상품명", Look.LONG, 16, 24), held(Col.PRODUCT_NAME)),
    (Column("옵션정보", Look.LONG, 10, 18), held(Col.OPTION)),
    (Column("수량", Look.COUNT, 8, 9), held(Col.QUANTITY)),
    (Column("주문상태", Look.TEXT, 11, 12), told("state")),
    (REASON, told("reason")),
    (Column("귀책", Look.TEXT, 8, 10, folded=True), told("fault")),
    (Column("조치", Look.TEXT, 11, 11, folded=True), told("action")),
    (Column("이유", Look.LONG, 24, 40), _why),
    (Column("왜 다른 조치가 아닌가", Look.LONG, 24, 40, folded=True), told("why_not")),
    (Column("배송비 부담", Look.LONG, 14, 22), _fees),
    (Column("부담금액", Look.WON, 12, 14), held(Out.FEE_AMOUNT)),
    (Column("패널티", Look.LONG, 10, 14), told("points")),
    (ACT_BY, held_day(Out.ACT_BY)),
    (Column("되돌리기", Look.TEXT, 10, 18, folded=True), told("undo")),
    (Column("화면 순서", Look.LONG, 20, 60), told("screen")),
    (DRAFT, lambda part: drafted(part, "ko")),  # buyers read Korean, whatever the seller reads
    (HANDOVER, answered(Col.HANDOVER)),
    (CONSENT, answered(Col.CONSENT)),
    (TRUE_REASON, true_reasons),
    (MEMO, answered(Col.MEMO)),
    (Column("규칙", Look.TEXT, 8, 12, folded=True), told("rule")),
    (Column("출처", Look.LONG, 14, 34, folded=True), told("source")),
)
"""By their names a contract. What is for looking up is folded, so that the rest fits a screen and a sheet of paper."""


def action_columns(lang: str) -> Iterator[tuple[Column, Fill]]:
    """In English with one more: what the Korean message says."""
    for column, fill in ACTION_COLUMNS:
        yield column, fill
        if column is DRAFT and lang == "en":
            yield MEANING, lambda part: drafted(part, "en")


def hinted(column: Column, lang: str, reasons: tuple[Reason, ...] = ()) -> Column:
    """An answer column with its hint; 실제사유 and 판매취소사유 may be chosen from the seller's reasons that the rules know."""
    if column.look is not Look.ANSWER or column.header not in HINTS:
        return column
    choices = column.choices
    if column.header == "실제사유":
        choices = tuple(dict.fromkeys(reason.cause for reason in reasons if reason.seller_chooses == reason.name))
    if column.header == "판매취소사유":
        choices = tuple(dict.fromkeys(reason.seller_chooses for reason in reasons if reason.seller_chooses))
    return replace(column, hint=HINTS[column.header].said(lang), choices=choices)

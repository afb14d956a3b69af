"""From the claims table to facts: the only bridge between what the files say and the words that rules use.

A new word is one line in `words.py` and one in `_FINDERS` here. Every finder answers for the whole column at once; what
it does not know is 모름 (text) or missing (counted words). Nothing is guessed: where a fact is inferred, `because` says
from what, and `GROUNDS` says it in words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pandas as pd

from processor.judge.facts import claim, goods, order
from processor.judge.facts.claims import Claims, Column
from processor.judge.workdays import Workdays
from processor.model import Batch, Text
from processor.rulebook.types import Rulebook


def find(batch: Batch, book: Rulebook, as_of: datetime, calendar: Workdays) -> Claims:
    """All facts of all orders, in an order in which later words may lean on earlier ones."""
    claims = Claims(batch, book, as_of, calendar)
    for word, finder in _FINDERS.items():
        claims.facts[word] = finder(claims)
    return claims


def _setting(value: Callable[[Rulebook], str]) -> Callable[[Claims], Column]:
    return lambda c: pd.Series(value(c.book), index=c.table.index, dtype="str")


SETTINGS: dict[str, Callable[[Rulebook], str]] = {
    "포장정책": lambda book: {"negotiate": "협의", "approve": "승인"}[book.store.packed],
    "변심배송비": lambda book: {"charge": "청구", "waive": "면제"}[book.store.free_shipping_on_change_of_mind],
}
"""Words that the store's own settings answer, whatever the order."""

_FINDERS: dict[str, Callable[[Claims], Column]] = {
    "자료": claim.agreement_of_rows,
    "지난기록": claim.earlier_runs,
    "주문상태": order.order_status,
    "세부상태": order.substatus,
    "송장": order.invoice,
    "출고": order.handover,
    "배송": order.delivery,
    "발송주체": order.dispatcher,
    "판매방식": goods.selling,
    "상품": goods.goods,
    "제작동의": goods.made_to_order_agreed,
    "발송기한": order.days_left,
    "기한단서": order.missing_for_the_deadline,
    "송장경과": order.days_since_invoice,
    "요청": claim.request,
    "접수": claim.filed_by,
    "다른클레임": claim.other_claim,
    "사유": claim.reason,
    "사유선택": claim.reason_fits,
    "귀책": claim.fault,
    "실제사유": claim.true_cause,
    "사유일치": claim.reason_is_true,
    "동의": claim.consent,
    "수량": claim.quantity,
    "추가상품": goods.addons,
    "취소경과": claim.days_since_cancelled,
    "수거": claim.collected,
    "수거경과": claim.days_since_collected,
    "보류": claim.on_hold,
    "문제송장": claim.mistaken_invoice,
    "처음배송비": goods.initial_fee_paid,
    "배송비": goods.fee_policy,
    "반품지원": goods.return_support,
    "반품청구": claim.return_charged,
    **{word: _setting(value) for word, value in SETTINGS.items()},
}

GROUNDS: dict[tuple[str, str], Text] = {
    ("주문상태", "취소요청"): Text(
        "취소요청이 남아 있어 발주확인된 것으로 봄", "an open cancel request implies that the order was confirmed"
    ),
    ("송장", "주문상태"): Text("주문상태로 봄", "from the order's state"),
    ("송장", "송장번호"): Text("송장번호가 적혀 있어 발송한 것으로 봄", "an invoice number was typed, so dispatched"),
    ("배송", "구매자요청"): Text("구매자가 고른 배송방법으로 봄", "from the delivery that the buyer chose"),
    ("배송비", "배송비합계"): Text("배송비 합계로 봄", "from the shipping fee that was paid"),
    ("출고", "송장"): Text("송장 상태로 봄", "from the invoice"),
    ("출고", "설정"): Text("store.unknown_handover 설정으로 봄", "from the setting store.unknown_handover"),
    ("발송기한", "계산"): Text("결제일에서 계산", "computed from the payment day"),
    ("발송기한", "희망일"): Text("배송희망일로 봄", "from the day that the buyer hopes for"),
    ("요청", "판매취소사유"): Text("적어 주신 판매취소사유로 봄", "from the cancel reason that you gave"),
    ("요청", "실제사유"): Text("적어 주신 실제사유로 봄", "from the true reason that you gave"),
    ("요청", "품절목록"): Text("품절상품 목록에 있음", "it is on your sold-out list"),
    ("요청", "구매자동의"): Text("적어 주신 구매자동의로 봄", "from your answer that the buyer agrees"),
    ("실제사유", "품절목록"): Text("품절상품 목록에 있음", "it is on your sold-out list"),
    ("실제사유", "판매취소사유"): Text("적어 주신 사유 그대로 봄", "taken as you stated it"),
}
"""What an inferred fact was inferred from: (word, key of `Claims.because`) → words. Keys not here need no saying."""

"""The words of the rules are found in the cells of files: one line per case, expected values from exports §3 and §5."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
import pytest
from made import batch, product

from processor.app.think import think
from processor.judge import WORDS, Workdays, facts
from processor.model import UNKNOWN, Batch, Col
from processor.model.matching import named, texts
from processor.model.tables import CLAIMS
from processor.rulebook.types import Rulebook

MONDAY = datetime(2026, 11, 23, 9, 0)
Line = Mapping[str, Any]
NOT_TOLD: Line = {
    Col.INVOICE_SEEN: False,
    Col.DISPATCH_SEEN: False,
    Col.TROUBLE: "",
    Col.SOURCE: (),
    Col.SEEN_AT: "2026-11-23 08:55",
    Col.SEEN_IN: "dispatch",
    Col.SHOWN: True,
    Col.SEEN_IN: "dispatch",
    Col.EARLIER: "",
    Col.NOTE_KO: "",
    Col.NOTE_EN: "",
}


def batch_of(*lines: Line, sold_out: Sequence[Mapping[str, str]] = ()) -> Batch:
    """A batch of these orders; what a line does not name, no file told."""
    told = [{Col.PRODUCT_ORDER_NO: f"20261118{n:08}", **NOT_TOLD, **line} for n, line in enumerate(lines, start=1)]
    claims = pd.DataFrame({role: _column([line.get(role) for line in told], role) for role in CLAIMS})
    keys = (Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION_CODE, Col.OPTION)
    entries = pd.DataFrame({key: pd.Series([entry.get(key, "") for entry in sold_out], dtype="str") for key in keys})
    return batch(claims, entries)


def _column(values: list[Any], role: str) -> pd.Series:
    if CLAIMS[role].startswith("datetime"):
        values = [None if value is None else pd.Timestamp(value) for value in values]
    return pd.Series(values, dtype=CLAIMS[role])


def value(word: str, column: Any, row: int = 0) -> str | int:
    found = column[row]
    if pd.isna(found):
        return UNKNOWN
    return int(found) if WORDS[word].values is None else str(found)


def fact(word: str, batch: Batch, book: Rulebook, workdays: Workdays, row: int = 0) -> str | int:
    return value(word, facts.find(batch, book, MONDAY, workdays).facts[word], row)


def with_store(book: Rulebook, **changes: Any) -> Rulebook:
    return replace(book, store=replace(book.store, **changes))


WAITING = {Col.ORDER_STATUS: "발송대기"}
ON_ITS_WAY = {Col.ORDER_STATUS: "배송중"}
REQUESTED = {Col.ORDER_STATUS: "결제완료", Col.CANCEL_STATUS: "취소요청"}
UNSENT = {**WAITING, Col.INVOICE_SEEN: True, Col.TRACKING_NO: ""}
PRINTED = {Col.INVOICE_SEEN: True, Col.INVOICE_PRINTED_AT: "2026-11-20 11:00"}
COLLECTING = {Col.ORDER_STATUS: "배송완료", Col.RETURN_STATUS: "반품요청"}
SENT_AGAIN = {Col.ORDER_STATUS: "배송완료", Col.EXCHANGE_STATUS: "교환재배송중"}
FILED_AFTER = {Col.CLAIM_REQUESTED: "2026-11-19 10:00", Col.COLLECT_DONE: "2026-11-18 10:00"}

STATES = [
    ("주문상태", {}, UNKNOWN),
    ("주문상태", {Col.ORDER_STATUS: ""}, UNKNOWN),
    ("주문상태", {Col.ORDER_STATUS: "결제대기"}, "결제대기"),
    ("주문상태", {Col.ORDER_STATUS: "입금대기"}, "결제대기"),
    ("주문상태", {Col.ORDER_STATUS: "결제완료"}, "신규"),
    ("주문상태", {Col.ORDER_STATUS: "결제완료", Col.CONFIRMED_AT: "2026-11-19 09:00"}, "발송대기"),
    ("주문상태", REQUESTED, "발송대기"),  # before 발주확인 a cancel would have completed by itself
    ("주문상태", {Col.ORDER_STATUS: "결제완료", Col.CANCEL_STATUS: "취소철회"}, "신규"),
    ("주문상태", {Col.ORDER_STATUS: "신규주문"}, "신규"),
    ("주문상태", {Col.ORDER_STATUS: "발송대기"}, "발송대기"),
    ("주문상태", {Col.ORDER_STATUS: "배송준비"}, "발송대기"),
    ("주문상태", {Col.ORDER_STATUS: "배송준비중"}, "발송대기"),
    ("주문상태", {Col.ORDER_STATUS: "배송중"}, "배송중"),
    ("주문상태", {Col.ORDER_STATUS: "배송완료"}, "배송완료"),
    ("주문상태", {Col.ORDER_STATUS: "구매확정"}, "구매확정"),
    ("주문상태", {Col.ORDER_STATUS: "취소"}, "종료"),
    ("주문상태", {Col.ORDER_STATUS: "반품"}, "종료"),
    ("주문상태", {Col.ORDER_STATUS: "교환"}, "종료"),
    ("주문상태", {Col.ORDER_STATUS: "미결제취소"}, "종료"),
    ("주문상태", {Col.ORDER_STATUS: "취소요청"}, UNKNOWN),  # a claim, not a state: packed or gone, nobody says
    ("세부상태", {}, UNKNOWN),
    ("세부상태", {Col.ORDER_SUBSTATUS: "발주확인"}, "보통"),
    ("세부상태", {Col.ORDER_SUBSTATUS: ""}, "보통"),
    ("세부상태", {Col.ORDER_SUBSTATUS: "발송지연"}, "발송지연"),
    ("세부상태", {Col.ORDER_SUBSTATUS: "선물수락대기"}, "수락대기"),
    ("세부상태", {Col.ORDER_SUBSTATUS: "처음보는상태"}, UNKNOWN),
    ("자료", {}, "온전"),
    ("자료", {Col.TROUBLE: "conflict"}, "모순"),
    ("자료", {Col.TROUBLE: "problem"}, "일부문제"),
]

PARCEL = [
    ("송장", {}, UNKNOWN),
    ("송장", {Col.TRACKING_NO: ""}, UNKNOWN),  # one blank column alone proves nothing
    ("송장", UNSENT, "없음"),
    ("송장", {**UNSENT, Col.DISPATCHED_AT: "2026-11-20 15:00"}, "입력"),
    ("송장", ON_ITS_WAY, "입력"),
    ("송장", {Col.ORDER_STATUS: "배송완료"}, "입력"),
    ("송장", {Col.ORDER_STATUS: "구매확정"}, "입력"),
    ("송장", {**UNSENT, Col.DISPATCH_SEEN: True}, "입력"),  # an older row showed it on its way
    ("송장", {**WAITING, Col.TRACKING_NO: "012345678901"}, "입력"),
    ("송장", {**PRINTED, Col.TRACKING_NO: "012345678901"}, "출력"),
    ("송장", {**PRINTED, Col.TRACKING_NO: ""}, "출력"),
    ("송장", {**PRINTED, Col.DISPATCHED_AT: "2026-11-20 15:00"}, "입력"),
    ("송장", {**PRINTED, **ON_ITS_WAY}, "입력"),
    ("출고", {}, UNKNOWN),
    ("출고", UNSENT, "미포장"),
    ("출고", PRINTED, "포장"),
    ("출고", ON_ITS_WAY, "집화"),
    ("출고", {**UNSENT, Col.HANDOVER: "포장완료"}, "포장"),
    ("출고", {**UNSENT, Col.HANDOVER: "집하"}, "집화"),
    ("출고", {**PRINTED, Col.HANDOVER: "미포장"}, "미포장"),
    ("출고", {Col.HANDOVER: "미포장"}, "미포장"),
    ("출고", {**UNSENT, Col.HANDOVER: ""}, "미포장"),
    ("출고", {**UNSENT, Col.HANDOVER: "모름"}, UNKNOWN),
    ("배송", {}, UNKNOWN),
    ("배송", {Col.SHIP_METHOD: "택배,등기,소포"}, "택배"),
    ("배송", {Col.SHIP_METHOD: "굿스플로송장출력"}, "택배"),
    ("배송", {Col.SHIP_METHOD: "직접전달"}, "직접전달"),
    ("배송", {Col.SHIP_METHOD: "퀵서비스"}, "퀵"),
    ("배송", {Col.SHIP_METHOD: "방문수령"}, "방문수령"),
    ("배송", {Col.SHIP_METHOD: "배송없음"}, "없음"),
    ("배송", {Col.SHIP_METHOD: "", Col.SHIP_METHOD_REQUESTED: "직접전달"}, "직접전달"),
    ("배송", {Col.SHIP_METHOD_REQUESTED: "택배,등기,소포"}, "택배"),
    ("배송", {Col.SHIP_METHOD: "직접전달", Col.SHIP_METHOD_REQUESTED: "택배,등기,소포"}, "직접전달"),
    ("배송", {Col.SHIP_METHOD: "비둘기", Col.SHIP_METHOD_REQUESTED: "택배,등기,소포"}, UNKNOWN),
    ("배송", {Col.SHIP_METHOD: "", Col.SHIP_METHOD_REQUESTED: ""}, UNKNOWN),
    ("발송주체", {}, UNKNOWN),
    ("발송주체", {Col.FULFILLMENT: ""}, "판매자"),
    ("발송주체", {Col.FULFILLMENT: "어느물류"}, "물류사"),
    ("발송주체", {Col.SHIP_ATTRIBUTE: "N배송"}, "물류사"),
    ("발송주체", {Col.SHIP_ATTRIBUTE: "도착보장"}, "물류사"),
    ("발송주체", {Col.SHIP_ATTRIBUTE: "N판매자배송"}, "판매자"),
]

REQUESTS = [
    ("요청", {}, "없음"),
    ("요청", REQUESTED, "구매자취소"),
    ("요청", {**REQUESTED, Col.CLAIM_CHANNEL: "구매자"}, "구매자취소"),
    ("요청", {**REQUESTED, Col.CLAIM_CHANNEL: "판매자"}, "판매자취소"),
    ("요청", {Col.CANCEL_STATUS: "취소중"}, "취소처리중"),
    ("요청", {Col.CANCEL_STATUS: "취소처리중"}, "취소처리중"),
    ("요청", {Col.CANCEL_STATUS: "취소완료"}, "완료"),
    ("요청", {Col.CANCEL_STATUS: "직권취소완료"}, "완료"),
    ("요청", {**WAITING, Col.CANCEL_STATUS: "취소철회"}, "취소철회"),
    ("요청", {Col.RETURN_STATUS: "반품요청"}, "반품진행"),
    ("요청", {Col.RETURN_STATUS: "수거중"}, "반품진행"),
    ("요청", {Col.RETURN_STATUS: "수거완료"}, "반품진행"),
    ("요청", {Col.RETURN_STATUS: "반품완료"}, "완료"),
    ("요청", {Col.RETURN_STATUS: "반품철회"}, "없음"),
    ("요청", {Col.CANCEL_STATUS: "취소철회", Col.RETURN_STATUS: "반품요청"}, "반품진행"),
    ("요청", {Col.CANCEL_STATUS: "취소철회", Col.RETURN_STATUS: "반품완료"}, "완료"),
    ("요청", {Col.EXCHANGE_STATUS: "교환요청"}, "교환진행"),
    ("요청", {Col.EXCHANGE_STATUS: "수거완료"}, "교환진행"),
    ("요청", {Col.EXCHANGE_STATUS: "교환재배송중"}, "교환진행"),
    ("요청", {Col.EXCHANGE_STATUS: "교환완료"}, "완료"),
    ("요청", {Col.EXCHANGE_STATUS: "교환철회"}, "없음"),
    ("요청", {Col.CLAIM_STATUS: "수거중"}, UNKNOWN),  # 주문조회: return or exchange?
    ("요청", {Col.CLAIM_STATUS: "반품"}, "완료"),
    ("요청", {Col.CLAIM_STATUS: "구매확정보류"}, "없음"),
    # the seller's own sheets
    ("요청", {**WAITING, Col.SELLER_REASON: "상품품절"}, "판매자취소"),
    ("요청", {**WAITING, Col.TRUE_REASON: "품절"}, "판매자취소"),
    ("요청", {Col.TRUE_REASON: "품절"}, "판매자취소"),
    ("요청", {**ON_ITS_WAY, Col.TRUE_REASON: "품절"}, "없음"),  # a note on an order that has left asks for nothing
    ("요청", {**WAITING, Col.CONSENT: "예"}, "판매자취소"),
    ("요청", {**WAITING, Col.CONSENT: "아니오"}, "없음"),
    ("요청", {**ON_ITS_WAY, Col.CONSENT: "예"}, "없음"),
    ("요청", {**REQUESTED, Col.TRUE_REASON: "품절", Col.CONSENT: "예"}, "구매자취소"),
    ("요청", {Col.CANCEL_STATUS: "취소완료", Col.SELLER_REASON: "상품품절"}, "완료"),
    ("접수", {}, UNKNOWN),
    ("접수", {Col.CLAIM_CHANNEL: "구매자"}, "구매자"),
    ("접수", {Col.CLAIM_CHANNEL: "판매자"}, "판매자"),
    ("접수", {Col.CLAIM_CHANNEL: "관리자"}, UNKNOWN),
    ("동의", {}, UNKNOWN),
    ("동의", {Col.CONSENT: ""}, UNKNOWN),
    ("동의", {Col.CONSENT: "동의함"}, "예"),
    ("동의", {Col.CONSENT: "거절"}, "아니오"),
    ("동의", {Col.CONSENT: "모름"}, UNKNOWN),
    ("수량", {}, UNKNOWN),
    ("수량", {Col.QUANTITY_CLAIM: "Y"}, "일부"),
    ("수량", {Col.QUANTITY_CLAIM: "N"}, "전체"),
    ("수량", {Col.QUANTITY_CLAIM: ""}, "전체"),
    ("다른클레임", REQUESTED, "없음"),
    ("다른클레임", {**REQUESTED, Col.RETURN_STATUS: "수거중"}, "반품"),
    ("다른클레임", {**REQUESTED, Col.RETURN_STATUS: "반품완료"}, "없음"),
    ("다른클레임", {**REQUESTED, Col.EXCHANGE_STATUS: "교환요청"}, "교환"),
]

RETURNS = [
    ("수거", {}, "없음"),
    ("수거", COLLECTING, "진행"),
    ("수거", {**COLLECTING, Col.COLLECT_STATUS: "택배사수거예정"}, "진행"),
    ("수거", {**COLLECTING, Col.COLLECT_STATUS: "수거완료"}, "완료"),
    ("수거", {**COLLECTING, Col.COLLECT_DONE: "2026-11-20 10:00"}, "완료"),
    ("수거", {Col.RETURN_STATUS: "수거완료"}, "완료"),
    ("수거", {Col.EXCHANGE_STATUS: "수거완료"}, "완료"),
    ("수거", {Col.EXCHANGE_STATUS: "교환재배송중", Col.COLLECT_DONE: "2026-11-18 10:00"}, "재배송"),
    ("수거", {**WAITING, Col.COLLECT_STATUS: "수거완료"}, "없음"),  # no return and no exchange runs
    ("수거경과", {**COLLECTING, Col.COLLECT_DONE: "2026-11-23 08:00"}, 0),
    ("수거경과", {**COLLECTING, Col.COLLECT_DONE: "2026-11-21 10:00"}, 1),  # a Saturday
    ("수거경과", {**COLLECTING, Col.COLLECT_DONE: "2026-11-17 10:00"}, 4),
    ("수거경과", {Col.RETURN_STATUS: "수거완료"}, UNKNOWN),
    ("수거경과", COLLECTING, UNKNOWN),
    # while an exchange is sent again, and only then, a further return or exchange may be filed (exports §2.11)
    ("요청", {**SENT_AGAIN, Col.RETURN_STATUS: "반품요청"}, "반품진행"),
    ("수거", {**SENT_AGAIN, Col.RETURN_STATUS: "반품요청"}, "진행"),
    ("수거", {**SENT_AGAIN, Col.RETURN_STATUS: "수거중", Col.COLLECT_STATUS: "수거중"}, "진행"),
    ("수거", {**SENT_AGAIN, Col.RETURN_STATUS: "수거완료"}, "완료"),
    ("수거", {**SENT_AGAIN, Col.RETURN_STATUS: "반품요청", Col.COLLECT_STATUS: "수거완료"}, "완료"),
    ("요청", {**SENT_AGAIN, Col.RETURN_STATUS: "반품철회"}, "교환진행"),
    ("수거", {**SENT_AGAIN, Col.RETURN_STATUS: "반품철회"}, "재배송"),
    ("요청", {**SENT_AGAIN, Col.RETURN_STATUS: "반품완료"}, "완료"),
    ("수거", {**SENT_AGAIN, Col.RETURN_STATUS: "반품완료"}, "없음"),
    ("요청", {**SENT_AGAIN, Col.CANCEL_STATUS: "취소요청"}, "구매자취소"),
    ("다른클레임", {**SENT_AGAIN, Col.CANCEL_STATUS: "취소요청"}, "교환"),
    # a collection of before the request is that of the older claim
    ("수거", {**SENT_AGAIN, Col.RETURN_STATUS: "반품요청", **FILED_AFTER}, "진행"),
    ("수거경과", {**SENT_AGAIN, Col.RETURN_STATUS: "수거완료", **FILED_AFTER}, UNKNOWN),
    ("수거", {Col.EXCHANGE_STATUS: "교환요청", **FILED_AFTER}, "진행"),
    ("수거", {**COLLECTING, Col.CLAIM_REQUESTED: "2026-11-18 15:00", Col.COLLECT_DONE: "2026-11-18"}, "완료"),
    (
        "수거경과",
        {**COLLECTING, Col.CLAIM_REQUESTED: "2026-11-18 15:00", Col.COLLECT_DONE: "2026-11-18 10:00"},
        3,
    ),
    ("보류", {}, UNKNOWN),
    ("보류", {Col.HOLDBACK: "환불보류중"}, "예"),
    ("보류", {Col.HOLDBACK: "보류해제"}, "아니오"),
    ("문제송장", {}, UNKNOWN),
    ("문제송장", {Col.MISTAKEN_INVOICE: "Y"}, "예"),
    ("문제송장", {Col.MISTAKEN_INVOICE: "N"}, "아니오"),
    ("반품지원", {}, UNKNOWN),
    ("반품지원", {Col.RETURN_CARE: "대상"}, "안심케어"),
    ("반품지원", {Col.MEMBERSHIP_DELIVERY: "대상"}, "멤버십"),
    ("반품지원", {Col.RETURN_CARE: "대상", Col.MEMBERSHIP_DELIVERY: "대상"}, "안심케어"),
    ("반품지원", {Col.RETURN_CARE: "비대상", Col.MEMBERSHIP_DELIVERY: "대상"}, "멤버십"),
    ("반품지원", {Col.RETURN_CARE: "비대상", Col.MEMBERSHIP_DELIVERY: "비대상"}, "없음"),
    ("반품지원", {Col.RETURN_CARE: "", Col.MEMBERSHIP_DELIVERY: ""}, "없음"),
    ("반품지원", {Col.RETURN_CARE: "비대상"}, UNKNOWN),  # the membership may still pay
    ("반품지원", {Col.RETURN_CARE: "처음 보는 말", Col.MEMBERSHIP_DELIVERY: "비대상"}, UNKNOWN),
]

GOODS = [
    ("상품", {}, UNKNOWN),
    ("상품", {Col.SHIP_ATTRIBUTE: "일반배송"}, "일반"),
    ("상품", {Col.SHIP_ATTRIBUTE: ""}, "일반"),
    ("상품", {Col.SHIP_ATTRIBUTE: "옵션별오늘출발"}, "오늘출발"),
    ("상품", {Col.SHIP_ATTRIBUTE: "예약구매"}, "예약"),
    ("상품", {Col.SHIP_ATTRIBUTE: "희망일배송"}, "일반"),
    ("상품", {Col.SHIP_ATTRIBUTE: "처음보는배송"}, UNKNOWN),
    ("상품", {Col.CHANNEL: "선물하기", Col.SHIP_ATTRIBUTE: "오늘출발"}, "선물"),
    ("상품", {Col.SUBSCRIPTION: "3", Col.CHANNEL: "스마트스토어"}, "정기구독"),
    ("판매방식", {}, UNKNOWN),
    ("판매방식", {Col.CHANNEL: "스마트스토어"}, "일반"),
    ("판매방식", {Col.CHANNEL: "처음보는채널"}, UNKNOWN),
    ("판매방식", {Col.CHANNEL: "선물하기"}, "선물"),
    ("판매방식", {Col.CHANNEL: "정기구독"}, "정기구독"),
    ("판매방식", {Col.CHANNEL: "스마트스토어", Col.SUBSCRIPTION: "3"}, "정기구독"),
    ("판매방식", {Col.CHANNEL: "스마트스토어", Col.SUBSCRIPTION: ""}, "일반"),
    ("판매방식", {Col.CHANNEL: "스마트스토어", Col.SHIP_ATTRIBUTE: "N판매자배송"}, "N판매자"),
    ("제작동의", {Col.PRODUCT_NO: "8100000001"}, UNKNOWN),
    # either vocabulary in either column
    ("배송비", {}, UNKNOWN),
    ("배송비", {Col.FEE_KIND: "선불", Col.FEE_POLICY: "유료"}, "유료"),
    ("배송비", {Col.FEE_KIND: "유료", Col.FEE_POLICY: "선불"}, "유료"),
    ("배송비", {Col.FEE_KIND: "무료", Col.FEE_POLICY: "무료"}, "무료"),
    ("배송비", {Col.FEE_KIND: "무료", Col.FEE_POLICY: "조건부무료"}, "조건부무료"),
    ("배송비", {Col.FEE_KIND: "조건부무료", Col.FEE_POLICY: "무료"}, "조건부무료"),
    ("배송비", {Col.FEE_KIND: "선불", Col.FEE_POLICY: "수량별"}, "수량별"),
    ("배송비", {Col.FEE_KIND: "착불", Col.FEE_POLICY: "유료"}, "착불"),
    ("배송비", {Col.FEE_KIND: "유료", Col.FEE_POLICY: "착불"}, "착불"),
    ("배송비", {Col.FEE_KIND: "선불"}, UNKNOWN),
    ("배송비", {Col.FEE_KIND: "선불", Col.SHIPPING_FEE: 3000}, "유료"),
    ("배송비", {Col.FEE_KIND: "처음보는말"}, UNKNOWN),
    ("처음배송비", {}, UNKNOWN),
    ("처음배송비", {Col.SHIPPING_FEE: 3000}, "받음"),
    ("처음배송비", {Col.SHIPPING_FEE: 0}, "무료"),
    ("처음배송비", {Col.SHIPPING_FEE: 3000, Col.SHIPPING_DISCOUNT: 3000}, "무료"),
    ("처음배송비", {Col.SHIPPING_FEE: 3000, Col.SHIPPING_DISCOUNT: 1000}, "받음"),
    ("처음배송비", {Col.SHIPPING_DISCOUNT: 0}, UNKNOWN),
]

USUAL = {**UNSENT, Col.SHIP_ATTRIBUTE: "일반배송"}
SUBSCRIBED = {**UNSENT, Col.SUBSCRIPTION: "2"}
HOPED = {**UNSENT, Col.SHIP_ATTRIBUTE: "희망일배송"}
SENT = {**ON_ITS_WAY, Col.DUE_AT: "2026-11-18 23:59"}

DEADLINES = [
    ("발송기한", UNSENT, UNKNOWN),
    ("발송기한", {**UNSENT, Col.DUE_AT: "2026-11-23 23:59"}, 0),
    ("발송기한", {**UNSENT, Col.DUE_AT: "2026-11-24 23:59"}, 1),
    ("발송기한", {**UNSENT, Col.DUE_AT: "2026-11-20 23:59"}, -1),
    ("발송기한", {**USUAL, Col.DUE_AT: "2026-11-27", Col.PAID_AT: "2026-11-16"}, 4),  # the export's own goes first
    ("발송기한", {**USUAL, Col.PAID_AT: "2026-11-18 10:00"}, 0),  # Wednesday + 3
    ("발송기한", {**USUAL, Col.PAID_AT: "2026-11-17 10:00"}, -1),
    ("발송기한", {**SUBSCRIBED, Col.PAID_AT: "2026-11-20 10:00"}, 0),  # Friday + 1
    ("발송기한", {**HOPED, Col.PAID_AT: "2026-11-16", Col.HOPED_AT: "2026-11-25"}, 2),
    ("발송기한", {**HOPED, Col.PAID_AT: "2026-11-16"}, UNKNOWN),
    ("발송기한", {**USUAL, Col.HOPED_AT: "2026-11-25"}, UNKNOWN),
    ("발송기한", {**UNSENT, Col.PAID_AT: "2026-11-18"}, UNKNOWN),  # what kind of delivery, nobody says
    ("발송기한", {**UNSENT, Col.SHIP_ATTRIBUTE: "예약구매", Col.PAID_AT: "2026-11-18"}, UNKNOWN),
    ("발송기한", {**UNSENT, Col.SHIP_ATTRIBUTE: "N배송", Col.PAID_AT: "2026-11-18"}, UNKNOWN),
    (
        "발송기한",
        {**UNSENT, Col.SHIP_ATTRIBUTE: "오늘출발", Col.PAID_AT: "2026-11-20 09:00"},
        UNKNOWN,
    ),  # no cut-off set
    # dispatched: what was left on the day of dispatch, whatever day it is now
    ("발송기한", {**SENT, Col.DISPATCHED_AT: "2026-11-16 10:00"}, 2),
    ("발송기한", {**SENT, Col.DISPATCHED_AT: "2026-11-18 22:00"}, 0),
    ("발송기한", {**SENT, Col.DISPATCHED_AT: "2026-11-19 08:00"}, -1),
    ("발송기한", SENT, UNKNOWN),
    # a 발송지연 moves the day to one that nothing else tells, and of what is sent nobody sees whether there was one
    ("발송기한", {**USUAL, Col.PAID_AT: "2026-11-17", Col.ORDER_SUBSTATUS: "발송지연"}, UNKNOWN),
    ("발송기한", {**HOPED, Col.HOPED_AT: "2026-11-25", Col.ORDER_SUBSTATUS: "발송지연"}, UNKNOWN),
    ("발송기한", {**USUAL, Col.DUE_AT: "2026-11-25 23:59", Col.ORDER_SUBSTATUS: "발송지연"}, 2),
    ("발송기한", {**USUAL, **ON_ITS_WAY, Col.PAID_AT: "2026-11-10", Col.DISPATCHED_AT: "2026-11-19"}, UNKNOWN),
    ("발송기한", {**HOPED, **ON_ITS_WAY, Col.HOPED_AT: "2026-11-10", Col.DISPATCHED_AT: "2026-11-19"}, UNKNOWN),
    (
        "발송기한",
        {
            **SUBSCRIBED,
            **ON_ITS_WAY,
            Col.PAID_AT: "2026-11-10",
            Col.DISPATCHED_AT: "2026-11-19",
            Col.ORDER_SUBSTATUS: "",
        },
        UNKNOWN,
    ),
    # working days since dispatch, as far as anybody has looked
    ("송장경과", {**ON_ITS_WAY, Col.DISPATCHED_AT: "2026-11-18 23:59"}, 3),
    ("송장경과", {**WAITING, Col.DISPATCHED_AT: "2026-11-23 00:01"}, 0),
    ("송장경과", {**ON_ITS_WAY, Col.DISPATCHED_AT: "2026-11-21 10:00"}, 1),  # a Saturday
    ("송장경과", {**ON_ITS_WAY, Col.DISPATCHED_AT: "2026-11-18", Col.SEEN_AT: "2026-11-20 09:00"}, 2),
    ("송장경과", {**ON_ITS_WAY, Col.DISPATCHED_AT: "2026-11-18", Col.SEEN_AT: "2026-11-25 09:00"}, 3),  # a wrong clock
    ("송장경과", {**ON_ITS_WAY, Col.DISPATCHED_AT: "2026-11-18", Col.SEEN_AT: None}, UNKNOWN),
    ("송장경과", ON_ITS_WAY, UNKNOWN),
    ("송장경과", UNSENT, UNKNOWN),
    ("취소경과", {Col.CANCEL_STATUS: "취소완료", Col.CANCELLED_AT: "2026-11-20 18:00"}, 1),
    ("취소경과", {Col.CANCEL_STATUS: "직권취소완료", Col.CANCELLED_AT: "2026-11-23 08:00"}, 0),
    ("취소경과", {Col.CANCEL_STATUS: "취소완료"}, UNKNOWN),
    ("취소경과", {Col.CANCEL_STATUS: "취소철회", Col.CANCELLED_AT: "2026-11-20"}, UNKNOWN),
    ("취소경과", {Col.RETURN_STATUS: "반품완료", Col.CANCELLED_AT: "2026-11-20"}, UNKNOWN),
]

# whose fault a label is, and when it alone can't tell: exports §3.4
BUYERS = ["구매의사취소", "색상및사이즈변경", "다른상품잘못주문", "단순변심", "주문실수"]
SELLERS = [
    "상품품절", "배송누락", "상품파손", "오배송", "색상등다른상품잘못배송", "오배송및지연", "파손및불량", "주문수량미달",
]  # fmt: skip
AMBIGUOUS = ["배송지연", "서비스불만족", "상품정보상이"]
NOBODYS = [
    "미배송", "상품미수취", "기타", "재고부족으로인한판매불가", "판매의사변심으로인한거부", "구매자의미결제로인한거부",
    "수락기한만료", "수신인불일치", "보내기취소", "선물거절", "상품수신불가", "결제승인실패", "패밀리결제거절", "관리자결제거절",
]  # fmt: skip

FAULTS = [
    ("귀책", {**REQUESTED, Col.CLAIM_REASON: label, Col.CLAIM_CHANNEL: channel}, fault)
    for labels, channels, fault in [
        (BUYERS, (None, "구매자", "판매자"), "구매자"),
        (SELLERS, (None, "구매자", "판매자"), "판매자"),
        (AMBIGUOUS, (None, "구매자", "관리자"), UNKNOWN),
        (AMBIGUOUS, ("판매자",), "판매자"),
        (NOBODYS, (None, "구매자", "판매자"), UNKNOWN),
        ([""], (None,), UNKNOWN),
    ]
    for label in labels
    for channel in channels
]
# the seller's own cancel with an ambiguous reason is the seller's fault
FAULTS += [("귀책", {**WAITING, Col.SELLER_REASON: label}, "판매자") for label in AMBIGUOUS]

CELLS: list[tuple[str, Line, str | int]] = [*STATES, *PARCEL, *REQUESTS, *RETURNS, *GOODS, *DEADLINES, *FAULTS]
CASES = [
    pytest.param(row, word, expected, id=f"{word} {list(cells.values())} → {expected}")
    for row, (word, cells, expected) in enumerate(CELLS)
]


@pytest.fixture(scope="module")
def found(book: Rulebook, workdays: Workdays) -> dict[str, pd.Series]:
    """The facts of all cells above, found at once: no two of them share an order."""
    return facts.find(batch_of(*(cells for _, cells, _ in CELLS)), book, MONDAY, workdays).facts


@pytest.mark.parametrize(("row", "word", "expected"), CASES)
def test_cells_become_words(row: int, word: str, expected: str | int, found: dict[str, pd.Series]) -> None:
    assert value(word, found[word], row) == expected


def test_a_text_without_a_name_and_a_missing_one_are_called_otherwise():
    column = pd.Series(["취소요청", None, "모르는 말", "", "취소요청"], dtype="str")
    assert named(texts(column), {"취소요청": "요청", "": None}, "모름").tolist() == [
        "요청",
        "모름",
        "모름",
        "모름",
        "요청",
    ]
    assert named(texts(column[[]]), {}).tolist() == []


def test_every_word_is_found_and_holds_only_its_own_values(book: Rulebook, found: dict[str, pd.Series]) -> None:
    assert set(found) == set(WORDS) - {"묶음", "무료기준", "승인한도", "조치"}  # those follow from the decisions
    more = {
        "reasons": {reason.name for reason in book.reasons},
        "causes": {reason.cause for reason in book.reasons},
        "": set[str](),
    }
    for word, column in found.items():
        assert len(column) == len(CELLS)
        allowed = WORDS[word].values
        if allowed is None:
            assert column.dtype == "Int64", word
        else:
            assert set(column) <= {*allowed, *more[WORDS[word].more], UNKNOWN}, word


def test_an_empty_table_has_all_facts(book: Rulebook, workdays: Workdays) -> None:
    assert all(len(column) == 0 for column in facts.find(batch_of(), book, MONDAY, workdays).facts.values())


def test_the_prefilled_발송일_is_never_read(book: Rulebook) -> None:
    assert "발송일" not in {header for headers in book.exports.columns.values() for header in headers}


# ── the reason, and whether it is true ───────────────────────────────────────────────────────────

REASONS = [
    ({**REQUESTED, Col.CLAIM_REASON: "단순변심"}, "단순변심", "불가"),  # can be read, can't be sent
    ({**REQUESTED, Col.CLAIM_REASON: "서비스및상품불만족"}, "서비스불만족", "가능"),
    ({**REQUESTED, Col.CLAIM_REASON: ""}, UNKNOWN, UNKNOWN),
    ({**REQUESTED, Col.CLAIM_REASON: "처음보는사유"}, UNKNOWN, UNKNOWN),
    ({**WAITING, Col.SELLER_REASON: "상품품절"}, "상품품절", "가능"),
    ({**WAITING, Col.SELLER_REASON: "변심"}, "구매의사취소", "가능"),  # as the seller's popup says it
    ({**WAITING, Col.SELLER_REASON: "오배송"}, "오배송", "불가"),  # true, but not one of the seven
    ({**WAITING, Col.SELLER_REASON: "가격오류"}, "목록에없음", "불가"),
    ({**WAITING, Col.TRUE_REASON: "품절"}, "상품품절", "가능"),
    ({**WAITING, Col.CONSENT: "예"}, UNKNOWN, UNKNOWN),  # agreed, but to what?
]


@pytest.mark.parametrize(("cells", "reason", "choice"), REASONS)
def test_the_reason_and_whether_one_of_the_seven_says_it(
    cells: Line, reason: str, choice: str, book: Rulebook, workdays: Workdays
) -> None:
    found = facts.find(batch_of(cells), book, MONDAY, workdays).facts
    assert (found["사유"][0], found["사유선택"][0]) == (reason, choice)


OWN = {**WAITING, Col.PRODUCT_NO: "8100000001"}
TRUTHS = [
    # cells, on the sold-out list?, 실제사유, 사유일치
    ({**OWN, Col.SELLER_REASON: "상품품절"}, False, "품절", "예"),
    ({**OWN, Col.SELLER_REASON: "상품품절", Col.TRUE_REASON: "품절"}, False, "품절", "예"),
    ({**OWN, Col.SELLER_REASON: "상품품절"}, True, "품절", "예"),
    ({**OWN, Col.SELLER_REASON: "구매의사취소"}, False, "구매의사취소", "예"),
    ({**OWN, Col.SELLER_REASON: "변심", Col.TRUE_REASON: "구매의사취소"}, False, "구매의사취소", "예"),
    ({**OWN, Col.SELLER_REASON: "구매의사취소", Col.TRUE_REASON: "품절"}, False, "품절", "아니오"),
    ({**OWN, Col.SELLER_REASON: "구매의사취소", Col.TRUE_REASON: "재고소진"}, False, "품절", "아니오"),
    ({**OWN, Col.SELLER_REASON: "구매의사취소"}, True, "품절", "아니오"),
    ({**OWN, Col.SELLER_REASON: "배송지연", Col.TRUE_REASON: "배송지연"}, True, "배송지연", "아니오"),
    ({**OWN, Col.SELLER_REASON: "상품품절", Col.TRUE_REASON: "배송지연"}, False, "배송지연", "아니오"),
    ({**OWN, Col.SELLER_REASON: "가격오류"}, False, UNKNOWN, UNKNOWN),
    ({**OWN, Col.TRUE_REASON: "품절"}, False, "품절", "예"),
    (OWN, True, "품절", "예"),
    ({**OWN, Col.CONSENT: "예"}, False, UNKNOWN, UNKNOWN),
    # the seller's cancel filed on the screen: its label is no proof of itself
    ({**REQUESTED, Col.CLAIM_CHANNEL: "판매자", Col.CLAIM_REASON: "구매의사취소"}, False, UNKNOWN, UNKNOWN),
    (
        {**REQUESTED, Col.CLAIM_CHANNEL: "판매자", Col.CLAIM_REASON: "구매의사취소", Col.TRUE_REASON: "품절"},
        False,
        "품절",
        "아니오",
    ),
    # a buyer's reason is his own
    ({**REQUESTED, Col.CLAIM_REASON: "구매의사취소", Col.TRUE_REASON: "품절"}, False, "품절", UNKNOWN),
]


@pytest.mark.parametrize(("cells", "listed", "cause", "agrees"), TRUTHS)
def test_the_true_cause_and_whether_the_stated_one_is_it(
    cells: Line, listed: bool, cause: str, agrees: str, book: Rulebook, workdays: Workdays
) -> None:
    batch = batch_of(cells, sold_out=[{Col.PRODUCT_NO: "8100000001"}] if listed else [])
    found = facts.find(batch, book, MONDAY, workdays).facts
    assert (found["실제사유"][0], found["사유일치"][0]) == (cause, agrees)


# ── the sold-out list ────────────────────────────────────────────────────────────────────────────

SHIRT = {Col.PRODUCT_NO: "8100000001", Col.OPTION: "색상: 파랑", Col.OPTION_CODE: "B-1", Col.SELLER_SKU: "S-1"}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({Col.PRODUCT_NO: "8100000001"}, "판매자취소"),
        ({Col.PRODUCT_NO: "8100000001", Col.OPTION: "색상: 파랑"}, "판매자취소"),
        ({Col.PRODUCT_NO: "8100000001", Col.OPTION: "색상: 빨강"}, "없음"),
        ({Col.OPTION_CODE: "B-1"}, "판매자취소"),
        ({Col.SELLER_SKU: "S-1"}, "판매자취소"),
        ({Col.SELLER_SKU: "S-2"}, "없음"),
        ({Col.PRODUCT_NO: "810000000"}, "없음"),
    ],
)
def test_every_field_of_an_entry_must_fit(
    entry: Mapping[str, str], expected: str, book: Rulebook, workdays: Workdays
) -> None:
    assert fact("요청", batch_of({**WAITING, **SHIRT}, sold_out=[entry]), book, workdays) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({Col.ORDER_STATUS: "결제완료"}, "판매자취소"),
        (REQUESTED, "구매자취소"),
        (ON_ITS_WAY, "없음"),
        ({}, "없음"),
        ({Col.ORDER_STATUS: "취소", Col.CANCEL_STATUS: "취소완료"}, "완료"),
    ],
)
def test_the_list_asks_only_for_pending_orders(cells: Line, expected: str, book: Rulebook, workdays: Workdays) -> None:
    batch = batch_of({**cells, **SHIRT}, sold_out=[{Col.PRODUCT_NO: "8100000001"}])
    assert fact("요청", batch, book, workdays) == expected


# ── what only the other lines of an order show ───────────────────────────────────────────────────

ORDER = {Col.ORDER_NO: "2026111890000001"}
MAIN = {**ORDER, **REQUESTED, Col.PRODUCT_KIND: "조합형옵션상품"}
ADD_ON = {**ORDER, Col.PRODUCT_KIND: "추가구성상품"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("main", "addon", "expected"),
    [
        (MAIN, {**ADD_ON, **REQUESTED}, "함께"),
        (MAIN, {**ADD_ON, **WAITING}, "빠짐"),
        (MAIN, {**ADD_ON, Col.ORDER_STATUS: "취소"}, "없음"),
        (MAIN, {**ADD_ON, Col.CANCEL_STATUS: "취소완료"}, "없음"),
        (MAIN, {**ADD_ON, Col.CANCEL_STATUS: "취소중"}, "없음"),
        (MAIN, {**ADD_ON, **WAITING, Col.ORDER_NO: "2026111890000002"}, "없음"),
        (MAIN, {**ADD_ON, **WAITING, Col.PRODUCT_KIND: "조합형옵션상품"}, "없음"),
        ({**MAIN, Col.CANCEL_STATUS: None}, {**ADD_ON, **WAITING}, "없음"),
        ({**MAIN, **WAITING, Col.CANCEL_STATUS: None, Col.SELLER_REASON: "상품품절"}, {**ADD_ON, **WAITING}, "빠짐"),
    ],
)
def test_addons_go_with_their_main_good(
    main: Line, addon: Line, expected: str, book: Rulebook, workdays: Workdays
) -> None:
    batch = batch_of(main, addon)
    assert fact("추가상품", batch, book, workdays) == expected
    assert fact("추가상품", batch, book, workdays, row=1) == "없음"


def test_one_addon_left_out_is_enough(book: Rulebook, workdays: Workdays) -> None:
    batch = batch_of(MAIN, {**ADD_ON, **REQUESTED}, {**ADD_ON, **WAITING})
    assert fact("추가상품", batch, book, workdays) == "빠짐"


def test_an_addon_of_an_unnamed_order_belongs_to_nobody(book: Rulebook, workdays: Workdays) -> None:
    batch = batch_of({**MAIN, Col.ORDER_NO: ""}, {**ADD_ON, **WAITING, Col.ORDER_NO: ""})
    assert fact("추가상품", batch, book, workdays) == "없음"


@pytest.mark.parametrize(
    ("neighbour", "expected"),
    [
        ({**ORDER, Col.EXCHANGE_STATUS: "교환요청"}, "교환"),
        ({**ORDER, Col.EXCHANGE_STATUS: "교환완료"}, "없음"),
        ({**ORDER, Col.RETURN_STATUS: "반품요청"}, "없음"),  # a return of another line is its own matter
        ({Col.ORDER_NO: "2026111890000002", Col.EXCHANGE_STATUS: "교환요청"}, "없음"),
    ],
)
def test_an_exchange_anywhere_in_the_order_counts(
    neighbour: Line, expected: str, book: Rulebook, workdays: Workdays
) -> None:
    assert fact("다른클레임", batch_of(MAIN, neighbour), book, workdays) == expected


# ── the seller's settings ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("settings", "word", "cells", "expected"),
    [
        ({"no_invoice_means": UNKNOWN}, "출고", UNSENT, UNKNOWN),
        ({"no_invoice_means": UNKNOWN}, "출고", {**UNSENT, Col.HANDOVER: "포장"}, "포장"),
        ({"no_invoice_means": UNKNOWN, "unknown_handover": "assume_unpacked"}, "출고", UNSENT, UNKNOWN),
        ({"unknown_handover": "assume_unpacked"}, "출고", {}, "미포장"),
        ({"unknown_handover": "assume_unpacked"}, "출고", ON_ITS_WAY, "집화"),
        ({"unknown_handover": "assume_unpacked"}, "출고", {Col.HANDOVER: "모름"}, UNKNOWN),
        ({"packed": "negotiate"}, "포장정책", {}, "협의"),
        ({"packed": "approve"}, "포장정책", {}, "승인"),
        ({"free_shipping_on_change_of_mind": "charge"}, "변심배송비", {}, "청구"),
        ({"free_shipping_on_change_of_mind": "waive"}, "변심배송비", {}, "면제"),
    ],
)
def test_settings(
    settings: dict[str, str], word: str, cells: Line, expected: str, book: Rulebook, workdays: Workdays
) -> None:
    assert fact(word, batch_of(cells), with_store(book, **settings), workdays) == expected


@pytest.mark.parametrize(
    ("paid", "left"),
    [
        ("2026-11-20 13:59", -1),  # Friday before the cut-off: Friday itself
        ("2026-11-20 14:00", 0),  # from the cut-off on: the next working day
        ("2026-11-20 23:00", 0),
        ("2026-11-23 08:00", 0),
        (None, UNKNOWN),
    ],
)
def test_a_today_order_is_due_by_the_cutoff(
    paid: str | None, left: int | str, book: Rulebook, workdays: Workdays
) -> None:
    order = {**UNSENT, Col.SHIP_ATTRIBUTE: "오늘출발", Col.PAID_AT: paid}
    assert fact("발송기한", batch_of(order), with_store(book, today_cutoff="14:00"), workdays) == left


def test_a_today_order_of_a_day_off_is_due_on_the_next_working_day(book: Rulebook, workdays: Workdays) -> None:
    """Seen on Monday: nothing is late that could not be sent on Saturday."""
    order = {**UNSENT, Col.SHIP_ATTRIBUTE: "오늘출발", Col.PAID_AT: "2026-11-21 09:00"}
    assert fact("발송기한", batch_of(order), with_store(book, today_cutoff="14:00"), workdays) == 0


def test_what_the_seller_says_of_a_product(book: Rulebook, workdays: Workdays) -> None:
    told = {
        "8100000001": product("8100000001", "주문제작", "예"),
        "8100000002": product("8100000002", "해외", "아니오"),
        "8100000003": product("8100000003", return_fee=5000),
    }
    numbers = [*told, "8100000004"]
    batch = batch_of(*({Col.PRODUCT_NO: number, Col.SHIP_ATTRIBUTE: "오늘출발"} for number in numbers))
    found = facts.find(batch, with_store(book, products=told), MONDAY, workdays).facts
    assert found["상품"].tolist() == ["주문제작", "해외", "오늘출발", "오늘출발"]
    assert found["제작동의"].tolist() == ["예", "아니오", UNKNOWN, UNKNOWN]


# ── every inferred fact says what it was inferred from ───────────────────────────────────────────

GROUNDS = [
    ({**UNSENT, Col.CONFIRMED_AT: "2026-11-19"}, {"출고": "포장 전 (송장이 없어 그렇게 봤습니다)"}),
    ({**WAITING, Col.INVOICE_PRINTED_AT: "2026-11-20"}, {"출고": "포장 (송장을 뽑아서 그렇게 봤습니다)"}),
    ({**UNSENT, Col.HANDOVER: "미포장"}, {}),
    ({**WAITING, Col.DUE_AT: "2026-11-24"}, {}),
    (
        {**UNSENT, Col.HANDOVER: "포장", Col.SHIP_ATTRIBUTE: "일반배송", Col.PAID_AT: "2026-11-18"},
        {"발송기한": "0영업일 (결제일로 계산했습니다)"},
    ),
    (
        {**UNSENT, Col.HANDOVER: "포장", Col.SHIP_ATTRIBUTE: "희망일배송", Col.HOPED_AT: "2026-11-25"},
        {"발송기한": "2영업일 (배송희망일로 봤습니다)"},
    ),
    (REQUESTED, {"주문상태": "발송대기 (취소요청이 남아 있어 발주확인된 것으로 봤습니다)"}),
    (ON_ITS_WAY, {"송장": "입력 (주문상태를 보고 알았습니다)", "출고": "집화 (발송처리되어 그렇게 봤습니다)"}),
    (
        {**WAITING, Col.TRACKING_NO: "012345678901"},
        {"송장": "입력 (송장번호가 적혀 있어 발송한 것으로 봤습니다)", "출고": "집화 (발송처리되어 그렇게 봤습니다)"},
    ),
    ({**WAITING, Col.DISPATCHED_AT: "2026-11-20"}, {"출고": "집화 (발송처리되어 그렇게 봤습니다)"}),
    ({**WAITING, Col.SHIP_METHOD_REQUESTED: "직접전달"}, {"배송": "직접전달 (구매자가 고른 배송방법으로 봤습니다)"}),
    ({**WAITING, Col.SHIPPING_FEE: 3000}, {"배송비": "유료 (배송비 합계를 보고 알았습니다)"}),
    ({**WAITING, Col.SHIPPING_FEE: 3000, Col.FEE_POLICY: "유료"}, {}),
    (
        {**WAITING, Col.SELLER_REASON: "상품품절"},
        {"요청": "판매자취소 (적어 주신 판매취소사유로 봤습니다)", "실제사유": "품절 (적어 주신 사유 그대로 봤습니다)"},
    ),
    ({**WAITING, Col.TRUE_REASON: "품절"}, {"요청": "판매자취소 (적어 주신 실제사유로 봤습니다)"}),
    ({**WAITING, Col.CONSENT: "예"}, {"요청": "판매자취소 (적어 주신 구매자동의로 봤습니다)"}),
    (
        {**WAITING, Col.PRODUCT_NO: "8100000009"},
        {"요청": "판매자취소 (품절상품 목록에 있습니다)", "실제사유": "품절 (품절상품 목록에 있습니다)"},
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("cells", "grounds"), GROUNDS)
def test_every_inferred_fact_says_from_what(
    cells: Line, grounds: dict[str, str], book: Rulebook, workdays: Workdays
) -> None:
    batch = batch_of(cells, sold_out=[{Col.PRODUCT_NO: "8100000009"}])
    verdict = think(batch, book, MONDAY, workdays).verdicts[0]
    assert {word: ground.ko for word, ground in verdict.grounds.items()} == grounds


def test_an_assumed_handover_names_its_setting(book: Rulebook, workdays: Workdays) -> None:
    report = think(batch_of(WAITING), with_store(book, unknown_handover="assume_unpacked"), MONDAY, workdays)
    assert report.verdicts[0].grounds["출고"].en == "not packed (from the setting store.unknown_handover)"


@pytest.mark.slow
def test_an_order_that_cannot_be_still_fits_its_row_of_the_sold_out_list(book: Rulebook, workdays: Workdays) -> None:
    unpaid = {Col.ORDER_STATUS: "결제대기", Col.DISPATCHED_AT: "2026-11-20 10:00", Col.PRODUCT_NO: "77"}
    listed = [{Col.PRODUCT_NO: "77"}]

    report = think(batch_of(unpaid, sold_out=listed), book, MONDAY, workdays)

    assert report.rows.empty
    assert not any("품절상품 목록" in warning.text.ko for warning in report.warnings)
    stranger = think(batch_of(UNSENT, sold_out=listed), book, MONDAY, workdays)
    assert any("품절상품 목록" in warning.text.ko for warning in stranger.warnings)

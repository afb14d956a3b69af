"""The content of each column, declared once per header, so that all exports agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from operator import attrgetter
from typing import Final, NamedTuple

from processor.samples.order import Claim, Order

Value = str | int | float | None  # None and "" make no cell
Read = Callable[[Order], Value]

_EPOCH: Final = datetime.fromisoformat("1899-12-30")
_DAY: Final = timedelta(days=1)


class Form(Enum):
    """The type and format of a cell."""

    TEXT = auto()
    COUNT = auto()
    WON = auto()
    MOMENT = auto()


class Column(NamedTuple):
    form: Form
    read: Read


def serial(moment: datetime | None) -> float | None:
    """A moment as Excel stores it: days since 1899-12-30."""
    return None if moment is None else (moment - _EPOCH) / _DAY


def _moment(field: str) -> Read:
    read: Callable[[Order], datetime | None] = attrgetter(field)
    return lambda order: serial(read(order))


def _claim(read: Callable[[Claim], Value]) -> Read:
    return lambda order: None if order.claim is None else read(order.claim)


def _always(value: Value) -> Read:
    return lambda _: value


def _address(order: Order) -> str:
    return f"가상시 예시구 견본로 {order.buyer % 90 + 1}, {order.buyer:04}호"


_CLAIM_STATUS: Final = _claim(attrgetter("status"))
_CLAIM_REQUESTED: Final = _claim(lambda claim: serial(claim.requested_at))
_CLAIM_REASON: Final = _claim(attrgetter("reason"))
_CLAIM_FINISHED: Final = _claim(lambda claim: serial(claim.finished_at))
_CLAIM_COLLECTED: Final = _claim(attrgetter("collect_status"))

_TEXT: Final[dict[str, Read]] = {
    "상품주문번호": attrgetter("product_order_no"),
    "주문번호": attrgetter("order_no"),
    "배송속성": attrgetter("ship_attribute"),
    "배송방법": attrgetter("ship_method"),
    "배송방법(구매자 요청)": attrgetter("ship_method"),
    "택배사": attrgetter("courier"),
    "송장번호": attrgetter("tracking_no"),
    "판매채널": attrgetter("channel"),
    "주문상태": attrgetter("status"),
    "주문세부상태": attrgetter("substatus"),
    "상품번호": attrgetter("product_no"),
    "상품명": attrgetter("product_name"),
    "상품종류": attrgetter("product_kind"),
    "옵션정보": attrgetter("option"),
    "판매옵션정보": attrgetter("option"),
    "옵션관리코드": attrgetter("option_code"),
    "판매자 상품코드": attrgetter("seller_sku"),
    "사은품": attrgetter("gift"),
    "배송비 형태": attrgetter("fee_kind"),
    "배송비 유형": attrgetter("fee_policy"),
    "배송비 묶음번호": attrgetter("bundle_no"),
    "결제위치": _always("MOBILE"),
    "결제수단": _always("신용카드"),
    "반품안심케어": _always("비대상"),
    "멤버십N배송": _always("비대상"),
    "출고지": _always("가상시 예시구 창고로 1"),
    "수수료 과금구분": _always("결제수수료"),
    "수수료결제방식": _always("정산차감"),
    "문제송장 여부": _always("N"),
    # claims
    "클레임상태": _CLAIM_STATUS,
    "취소 처리상태": _CLAIM_STATUS,
    "반품 처리상태": _CLAIM_STATUS,
    "교환 처리상태": _CLAIM_STATUS,
    "반품수거상태": _CLAIM_COLLECTED,
    "교환 수거상태": _CLAIM_COLLECTED,
    "취소사유": _CLAIM_REASON,
    "반품사유": _CLAIM_REASON,
    "교환사유": _CLAIM_REASON,
    "접수채널": _claim(attrgetter("channel")),
    "수량클레임 여부": lambda order: "Y" if order.claim and order.claim.partial else "N",
    # people: placeholders that cannot be mistaken for real persons
    "구매자명": lambda order: f"구매자{order.buyer:04}",
    "구매자ID": _always("demo*****"),
    "수취인명": lambda order: f"수취인{order.buyer:04}",
    "수취인연락처1": _always("010-0000-0000"),
    "구매자연락처": _always("010-0000-0000"),
    "통합배송지": _address,
    "기본배송지": _always("가상시 예시구 견본로"),
    "상세배송지": lambda order: f"{order.buyer:04}호",
    "우편번호": _always("00000"),
    "배송메세지": _always("문 앞에 놓아 주세요"),
}

_COUNT: Final[dict[str, Read]] = {
    "수량": attrgetter("quantity"),
    "구독신청회차": attrgetter("subscription"),
    "구독진행회차": attrgetter("subscription_round"),
    "1년 주문건수": _always(1),
}

_WON: Final[dict[str, Read]] = {
    "옵션가격": attrgetter("option_price"),
    "상품가격": attrgetter("unit_price"),
    "최종 상품별 할인액": attrgetter("discount"),
    "최종 상품별 총 주문금액": attrgetter("amount"),
    "배송비 합계": attrgetter("fee_amount"),
    "배송비 할인액": attrgetter("fee_discount"),
    "제주/도서 추가배송비": attrgetter("remote_fee"),
    "네이버페이 주문관리 수수료": lambda order: order.amount * 3 // 100,
    "매출연동 수수료": lambda order: order.amount * 2 // 100,
    "정산예정금액": lambda order: order.amount - order.amount * 3 // 100 - order.amount * 2 // 100,
}

_MOMENT: Final[dict[str, Read]] = {
    "주문일시": _moment("ordered_at"),
    "결제일": _moment("paid_at"),
    "발주확인일": _moment("confirmed_at"),
    "발송기한": _moment("due_at"),
    "배송희망일": _moment("hoped_at"),
    "송장출력일": _moment("invoice_printed_at"),
    "발송처리일": _moment("dispatched_at"),
    "배송완료일": _moment("delivered_at"),
    "구매확정일": _moment("decided_at"),
    "취소요청일": _CLAIM_REQUESTED,
    "반품요청일": _CLAIM_REQUESTED,
    "교환요청일": _CLAIM_REQUESTED,
    "취소승인일": _CLAIM_FINISHED,
    "취소완료일": _CLAIM_FINISHED,
    "반품승인일": _CLAIM_FINISHED,
    "반품완료일": _CLAIM_FINISHED,
    "교환승인일": _CLAIM_FINISHED,
    "교환완료일": _CLAIM_FINISHED,
    "수거완료일": _claim(lambda claim: serial(claim.collected_at)),
}

# Other spellings and names of headers in older files or other screens.
_SAME_AS: Final = {
    "판매자부담 할인액": "판매자 부담 할인액",
    "판매자 부담 할인액": "최종 상품별 할인액",
    "최초 상품별 할인액": "최종 상품별 할인액",
    "상품별 할인액": "최종 상품별 할인액",
    "최초 상품별 총 주문금액": "최종 상품별 총 주문금액",
    "상품별 총 주문금액": "최종 상품별 총 주문금액",
    "결제수수료": "네이버페이 주문관리 수수료",
    "배송지": "통합배송지",
    "(수취인연락처1)": "수취인연락처1",
    "(우편번호)": "우편번호",
    "(기본주소)": "기본배송지",
    "(상세주소)": "상세배송지",
    "(구매자연락처)": "구매자연락처",
}

_COLUMNS: Final = {
    header: Column(form, read)
    for form, columns in ((Form.TEXT, _TEXT), (Form.COUNT, _COUNT), (Form.WON, _WON), (Form.MOMENT, _MOMENT))
    for header, read in columns.items()
}
_EMPTY: Final = Column(Form.TEXT, _always(None))


def column(header: str) -> Column:
    """The column of a header. A header that the desk does not use has empty cells, as in most real files."""
    while header in _SAME_AS:
        header = _SAME_AS[header]
    return _COLUMNS.get(header, _EMPTY)

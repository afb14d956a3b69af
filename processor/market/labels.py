"""Naver's own words that must keep their meaning: those that show that an order has left, is over or must not be cancelled.

A rule file may add words; it can take none of these away and give none another meaning (exports §3.1, §3.3, §3.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "order_status": {
        "결제대기": "결제대기",
        "배송중": "배송중",
        "배송완료": "배송완료",
        "구매확정": "구매확정",
        "취소": "종료",
        "반품": "종료",
        "교환": "종료",
        "미결제취소": "종료",
    },
    "cancel_status": {
        "취소요청": "요청",
        "취소중": "진행",
        "취소처리중": "진행",
        "취소완료": "완료",
        "취소철회": "철회",
        "직권취소중": "직권진행",
        "직권취소완료": "완료",
        "직권취소철회": "철회",
    },
    "return_status": {
        "반품요청": "진행",
        "수거중": "진행",
        "수거완료": "수거완료",
        "반품완료": "완료",
        "반품철회": "철회",
    },
    "exchange_status": {
        "교환요청": "진행",
        "수거중": "진행",
        "수거완료": "수거완료",
        "교환재배송중": "재배송",
        "교환완료": "완료",
        "교환철회": "철회",
    },
    "claim_status": {"취소": "완료", "반품": "완료", "교환": "완료", "수거중": "모름", "수거완료": "모름"},
    "quantity_claim": {"Y": "일부", "N": "전체"},
    "claim_channel": {"구매자": "구매자", "판매자": "판매자"},
    "ship_attribute": {"N배송": "물류사", "도착보장": "물류사"},
    "product_kind": {"추가구성상품": "추가상품"},
}
"""Column → label → the word of the rules that it stands for."""

PERMITTING: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "order_status": {
        "결제완료": ("결제완료",),
        "신규": ("신규주문",),
        "발송대기": ("발송대기", "배송준비", "배송준비중"),
    },
    "cancel_status": {"요청": ("취소요청",), "철회": ("취소철회", "직권취소철회")},
    "return_status": {"완료": ("반품완료",), "철회": ("반품철회",)},
    "exchange_status": {"완료": ("교환완료",), "철회": ("교환철회",)},
    "claim_status": {"없음": ("구매확정보류", "구매확정보류해제", "구매확정요청")},
    "quantity_claim": {"전체": ("N",)},
    "product_kind": {"본상품": ("조합형옵션상품", "단독형옵션상품", "단일상품")},
}
"""Column → word with which an order may be cancelled or sent → the labels that are known to mean it.

A label that a rule file adds to them may be right, for Naver invents new ones, but nobody has proved it.
"""

HEADERS: Final[Mapping[str, str]] = {
    "product_order_no": "상품주문번호",
    "order_no": "주문번호",
    "order_status": "주문상태",
    "claim_status": "클레임상태",
    "cancel_status": "취소 처리상태",
    "return_status": "반품 처리상태",
    "exchange_status": "교환 처리상태",
    "quantity_claim": "수량클레임 여부",
    "claim_requested": "취소요청일",
    "dispatched_at": "발송처리일",
    "invoice_printed_at": "송장출력일",
    "tracking_no": "송장번호",
    "confirmed_at": "발주확인일",
    "ship_attribute": "배송속성",
    "product_kind": "상품종류",
}
"""Column → Naver's header of it, which is read before any other (exports §2).

접수채널 is not among them, because its name is not certain (exports §2.9).
"""

SHOW_A_DISPATCH: Final = ("dispatched_at", "invoice_printed_at", "tracking_no")
"""Columns that, if they are there and blank, show that an order has not left. Another header may show nothing of that."""

ONLY_IN_EXPORTS: Final = (
    "클레임상태",
    "취소 처리상태",
    "반품 처리상태",
    "교환 처리상태",
    "송장번호",
    "발송처리일",
)
"""Headers that no list of the seller's has: a sheet with one of them is an export, and its evidence is read."""

SOLD_OUT: Final = "상품품절"
"""The reason that brings points (policy §4.1)."""
SELLERS_FAULT: Final = (
    SOLD_OUT,
    "배송누락",
    "상품파손",
    "오배송",
    "색상 등 다른상품 잘못 배송",
    "오배송 및 지연",
    "파손 및 불량",
    "주문 수량 미달",
)
"""Reasons that are the seller's fault whoever filed the claim (policy §4.2)."""
OF_TWO_CODES: Final = ("배송지연", "서비스 불만족", "상품정보 상이")
"""Reasons of two codes: the seller's fault if he filed the claim, else not known (exports §3.4)."""

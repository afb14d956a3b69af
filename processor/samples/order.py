"""One product order as the seller knows it, before any screen has put it into columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

WAITING: Final = frozenset({"결제완료", "발송대기"})
ON_THE_WAY: Final = frozenset({"배송중", "배송완료"})
FINISHED_CLAIMS: Final = frozenset({"취소완료", "반품완료", "교환완료"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What was asked for on one product order. The labels are the screens' own."""

    kind: str  # "cancel" · "return" · "exchange"
    status: str  # 취소요청, 수거중, …
    reason: str
    requested_at: datetime
    channel: str = "구매자"  # who filed it: 구매자 · 판매자 · "" when the screen is silent
    partial: bool = False
    collect_status: str = ""
    collected_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One 상품주문번호. An unknown moment is None, an empty text is a cell seen blank; money is whole won.

    The buyer is a number and nothing else; placeholders are made of it where a screen shows a person.
    """

    product_order_no: str
    order_no: str
    bundle_no: str
    buyer: int

    status: str
    substatus: str = ""
    ordered_at: datetime
    paid_at: datetime | None
    confirmed_at: datetime | None = None
    due_at: datetime | None = None
    hoped_at: datetime | None = None
    invoice_printed_at: datetime | None = None
    dispatched_at: datetime | None = None
    delivered_at: datetime | None = None
    decided_at: datetime | None = None

    product_no: str
    product_name: str
    product_kind: str
    seller_sku: str
    option: str = ""
    option_code: str = ""
    option_price: int = 0
    unit_price: int
    quantity: int = 1
    discount: int = 0
    gift: str = ""

    ship_method: str
    ship_attribute: str = "일반배송"
    courier: str = ""
    tracking_no: str = ""
    channel: str = "스마트스토어"
    subscription: int | None = None  # 구독신청회차
    subscription_round: int | None = None  # 구독진행회차

    fee_kind: str
    fee_policy: str
    fee_amount: int
    fee_discount: int = 0
    remote_fee: int = 0

    claim: Claim | None = None
    ticked: bool = True  # False: the seller had not ticked it when 발주발송관리 was downloaded

    @property
    def amount(self) -> int:
        return (self.unit_price + self.option_price) * self.quantity - self.discount

    @property
    def claim_finished(self) -> bool:
        return self.claim is not None and self.claim.status in FINISHED_CLAIMS

    @property
    def to_be_sent(self) -> bool:
        """Is it listed on 발주(주문)확인/발송관리? Dispatched orders and finished claims drop out of that screen."""
        return self.status in WAITING and self.dispatched_at is None and not self.claim_finished and self.ticked

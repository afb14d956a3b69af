"""One product order with all its facts, before it is written into the columns of a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

WAITING: Final = frozenset({"결제완료", "발송대기"})
ON_THE_WAY: Final = frozenset({"배송중", "배송완료"})
FINISHED_CLAIMS: Final = frozenset({"취소완료", "반품완료", "교환완료"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on one product order, with the labels of the screens."""

    kind: str  # "cancel" · "return" · "exchange"
    status: str  # 취소요청, 수거중, …
    reason: str
    requested_at: datetime
    channel: str = "구매자"  # who filed it: 구매자 · 판매자 · "" if the screen does not show it
    partial: bool = False
    collect_status: str = ""
    collected_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One 상품주문번호. An unknown moment is None; an empty text is a blank cell; money is in whole won.

    The buyer is only a number. If a screen shows a person, placeholders are made from this number.
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
    ticked: bool = True  # was it ticked when the seller downloaded 발주발송관리?

    @property
    def amount(self) -> int:
        return (self.unit_price + self.option_price) * self.quantity - self.discount

    @property
    def claim_finished(self) -> bool:
        return self.claim is not None and self.claim.status in FINISHED_CLAIMS

    @property
    def to_be_sent(self) -> bool:
        """Is it listed on 발주(주문)확인/발송관리? Dispatched orders and finished claims are not."""
        return self.status in WAITING and self.dispatched_at is None and not self.claim_finished and self.ticked

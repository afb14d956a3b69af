"""Building blocks for the hand-made stories: states of orders, and claims, relative to the moment of the samples."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from processor.samples.cart import Cart, Life, Line, orders_of
from processor.samples.catalogue import Shelf
from processor.samples.day import STORY_TAILS
from processor.samples.order import FINISHED_CLAIMS, Claim, Order
from processor.samples.weekdays import end_of, weekdays_from

_FIRST_BUYER: Final = 9_000


@dataclass(frozen=True, slots=True)
class Story:
    """One or more lines of one 주문번호, with the seller's answers on the 답변 sheet about the first of them."""

    name: str
    orders: tuple[Order, ...]
    answer: dict[str, str]


class Stage:
    """Makes states and claims relative to one moment. The same moment gives the same stories."""

    def __init__(self, as_of: datetime, *, tails: int = STORY_TAILS, buyers: int = _FIRST_BUYER) -> None:
        self.as_of = as_of
        self.buyers = itertools.count(buyers)
        self.tails: Iterator[str] = (f"{tails + turn * 137:08}" for turn in itertools.count(1))

    def story(
        self,
        name: str,
        life: Life,
        shelf: Shelf,
        claim: Claim | None = None,
        *,
        lines: tuple[Line, ...] = (),
        claimed: int = 1,
        answer: dict[str, str] | None = None,
    ) -> Story:
        paid_at = life["paid_at"]
        ordered_at = paid_at or self.weekdays_ago(1)
        if paid_at:
            life = life | {"due_at": end_of(weekdays_from(paid_at.date(), shelf.weekdays_to_ship))}
        cart = Cart(next(self.buyers), ordered_at, shelf, lines or (Line(shelf.goods[0]),), claim, claimed)
        return Story(name, tuple(orders_of(cart, life, self.tails)), answer or {})

    def weekdays_ago(self, count: int, hour: int = 10) -> datetime:
        return min(datetime.combine(weekdays_from(self.as_of.date(), -count), time(hour, 30)), self.as_of)

    # states of an order

    def unpaid(self) -> Life:
        return {"status": "결제대기", "paid_at": None}

    def new(self, paid: int = 1) -> Life:
        """Paid `paid` weekdays ago, not confirmed by the seller."""
        return {"status": "결제완료", "substatus": "신규주문", "paid_at": self.weekdays_ago(paid)}

    def waiting(self, paid: int = 1) -> Life:
        """Confirmed, to be packed and sent."""
        confirmed = self.weekdays_ago(paid, hour=11)
        return self.new(paid) | {"status": "발송대기", "substatus": "발주확인", "confirmed_at": confirmed}

    def printed(self) -> Life:
        """The invoice is printed; 발송처리 is not done."""
        return self.waiting() | {
            "invoice_printed_at": self.weekdays_ago(1, hour=13),
            "courier": "CJ대한통운",
            "tracking_no": "012345678901",
        }

    def on_the_way(self, sent: int = 2) -> Life:
        return self.waiting(paid=sent + 1) | {
            "status": "배송중",
            "substatus": "",
            "dispatched_at": self.weekdays_ago(sent, hour=16),
            "courier": "CJ대한통운",
            "tracking_no": "012345678902",
        }

    def delivered(self) -> Life:
        return self.on_the_way(sent=9) | {"status": "배송완료", "delivered_at": self.weekdays_ago(7, hour=14)}

    def decided(self) -> Life:
        return self.delivered() | {"status": "구매확정", "decided_at": self.weekdays_ago(1, hour=9)}

    # claims

    def cancel(self, reason: str = "구매의사취소", status: str = "취소요청", *, partial: bool = False) -> Claim:
        requested = self.as_of - timedelta(minutes=40)
        finished = self.as_of - timedelta(minutes=30) if status == "취소완료" else None
        return Claim("cancel", status, reason, requested, partial=partial, finished_at=finished)

    def early_cancel(self, reason: str = "구매의사취소", status: str = "취소요청") -> Claim:
        """A cancel requested before the parcel left; the parcel was sent nevertheless."""
        return replace(self.cancel(reason, status), requested_at=self.weekdays_ago(3, hour=12))

    def sent_back(self, kind: str, status: str, reason: str, collected: int | None = None) -> Claim:
        """A return or an exchange. The goods came back `collected` weekdays ago; None = they are not back yet."""
        return Claim(
            kind,
            status,
            reason,
            requested_at=self.weekdays_ago(6, hour=18),
            collect_status="수거중" if status == "수거중" else "수거요청" if collected is None else "수거완료",
            collected_at=None if collected is None else self.weekdays_ago(collected, hour=15),
            finished_at=self.weekdays_ago(1, hour=16) if status in FINISHED_CLAIMS else None,
        )

"""What an input sheet may be: one entry for each kind. What each is known by stands in rules.yaml (`exports.kinds`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from processor.model.tables import Col


class Holds(StrEnum):
    """What the rows of a sheet are, and so which facts they own."""

    CLAIMS = "claims"  # a screen of claims: its word on a claim counts first
    ORDERS = "orders"  # a screen of orders: its word on everything else counts first
    ANSWERS = "answers"  # orders with cells that the seller fills: only those are evidence
    GOODS = "goods"  # goods that the seller has not got


@dataclass(frozen=True, slots=True, kw_only=True)
class KindEntry:
    """What is true of every sheet of one kind."""

    screen: str = ""  # of the Seller Center, as it is called there; "" = the seller's own sheet
    holds: Holds
    claim_state: str | None = None  # the status column that a screen of claims owns
    several: bool = False  # an order may have several of its claims, one after the other (exports §2.11)
    tells_of_requests: bool = False  # it shows whether the buyer has asked for a cancel
    tells_of_no_claim: bool = False  # it has 클레임상태, so that a blank there says: no claim
    fills_gaps: bool = False  # at the same time every other screen of orders counts before it
    dispensable: bool = False  # a morning without it asks more, and decides nothing wrongly


class Kind(StrEnum):
    """What an input sheet is: screens of the Seller Center, then the seller's own."""

    entry: KindEntry

    def __new__(cls, value: str, *entry: KindEntry) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        (member.entry,) = entry  # a kind without its entry is refused as the program starts
        return member

    DISPATCH = "dispatch", KindEntry(screen="발주발송관리", holds=Holds.ORDERS)
    CANCEL = (
        "cancel",
        KindEntry(screen="취소관리", holds=Holds.CLAIMS, claim_state=Col.CANCEL_STATUS, tells_of_requests=True),
    )
    RETURN = (
        "return",
        KindEntry(screen="반품관리", holds=Holds.CLAIMS, claim_state=Col.RETURN_STATUS, several=True),
    )
    EXCHANGE = (
        "exchange",
        KindEntry(screen="교환관리", holds=Holds.CLAIMS, claim_state=Col.EXCHANGE_STATUS, several=True),
    )
    SEARCH = (
        "search",
        KindEntry(
            screen="주문조회",
            holds=Holds.ORDERS,
            tells_of_requests=True,
            tells_of_no_claim=True,
            fills_gaps=True,
            dispensable=True,
        ),
    )
    SHIPPING = (
        "shipping",
        KindEntry(screen="배송현황", holds=Holds.ORDERS, tells_of_no_claim=True, dispensable=True),
    )
    DECIDED = "decided", KindEntry(screen="구매확정내역", holds=Holds.ORDERS, dispensable=True)
    ANSWERS = "answers", KindEntry(holds=Holds.ANSWERS)  # a returned workbook, or any sheet with the answer columns
    SOLD_OUT = "sold_out", KindEntry(holds=Holds.GOODS)  # 품절상품

    @property
    def screen(self) -> str:
        return self.entry.screen

    @property
    def holds(self) -> Holds:
        return self.entry.holds

    @property
    def is_export(self) -> bool:
        """It comes from the Seller Center; the others are the seller's own."""
        return self.entry.holds in (Holds.CLAIMS, Holds.ORDERS)


CLAIM_STATES: Final = {kind: kind.entry.claim_state for kind in Kind if kind.entry.claim_state is not None}
"""The claim screens, each with the status column that it owns."""
CLAIM_KINDS: Final = tuple(kind for kind in Kind if kind.holds is Holds.CLAIMS)
ORDER_KINDS: Final = tuple(
    sorted((kind for kind in Kind if kind.holds is Holds.ORDERS), key=lambda kind: kind.entry.fills_gaps)
)
"""The screens of orders, in the order in which their word counts."""

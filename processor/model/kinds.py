"""The kinds of input sheets, one entry for each. How each is recognised is in rules.yaml (`exports.kinds`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from processor.model.tables import Col
from processor.model.text import NOTHING, Text


class Holds(StrEnum):
    """What the rows of a sheet are about. It decides which facts are taken from them first."""

    CLAIMS = "claims"  # a screen of claims: facts about a claim are taken from it first
    ORDERS = "orders"  # a screen of orders: all other facts are taken from it first
    ANSWERS = "answers"  # orders with cells that the seller fills: only these cells are read
    GOODS = "goods"  # goods that are sold out


@dataclass(frozen=True, slots=True, kw_only=True)
class KindEntry:
    """The facts about every sheet of one kind."""

    screen: str = ""  # the name of the screen in the Seller Center; "" = the seller's own sheet
    holds: Holds
    claim_state: str | None = None  # the status column that is taken from this screen of claims
    several: bool = False  # an order may have several of its claims, one after the other (exports §2.11)
    tells_of_requests: bool = False  # it shows whether the buyer requested a cancel
    tells_of_no_claim: bool = False  # it has 클레임상태, where a blank means that there is no claim
    fills_gaps: bool = False  # every other screen of orders made at the same time counts before it
    dispensable: bool = False  # without it the seller is asked more, but no decision is wrong
    unseen: Text = NOTHING  # what nobody sees on a day without it


class Kind(StrEnum):
    """The kinds of sheets: screens of the Seller Center, then the seller's own sheets."""

    entry: KindEntry

    def __new__(cls, value: str, *entry: KindEntry) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        (member.entry,) = entry  # raises an error at program start if a kind has no entry
        return member

    DISPATCH = (
        "dispatch",
        KindEntry(
            screen="발주발송관리",
            holds=Holds.ORDERS,
            unseen=Text(
                "없으면 무엇을 포장했고 무엇이 나갔는지, 언제까지 보내야 하는지 볼 수 없습니다",
                "without it nobody sees what is packed, what has left, and by when to ship",
            ),
        ),
    )
    CANCEL = (
        "cancel",
        KindEntry(
            screen="취소관리",
            holds=Holds.CLAIMS,
            claim_state=Col.CANCEL_STATUS,
            tells_of_requests=True,
            unseen=Text("없으면 취소요청을 볼 수 없습니다", "without it nobody sees cancel requests"),
        ),
    )
    RETURN = (
        "return",
        KindEntry(
            screen="반품관리",
            holds=Holds.CLAIMS,
            claim_state=Col.RETURN_STATUS,
            several=True,
            unseen=Text("없으면 반품 기한을 볼 수 없습니다", "without it nobody sees the deadlines of returns"),
        ),
    )
    EXCHANGE = (
        "exchange",
        KindEntry(
            screen="교환관리",
            holds=Holds.CLAIMS,
            claim_state=Col.EXCHANGE_STATUS,
            several=True,
            unseen=Text("없으면 교환 기한을 볼 수 없습니다", "without it nobody sees the deadlines of exchanges"),
        ),
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
        """Does it come from the Seller Center? The other kinds are the seller's own sheets."""
        return self.entry.holds in (Holds.CLAIMS, Holds.ORDERS)


CLAIM_STATES: Final = {kind: kind.entry.claim_state for kind in Kind if kind.entry.claim_state is not None}
"""The claim screens, each with the status column that is taken from it."""
CLAIM_KINDS: Final = tuple(kind for kind in Kind if kind.holds is Holds.CLAIMS)
ORDER_KINDS: Final = tuple(
    sorted((kind for kind in Kind if kind.holds is Holds.ORDERS), key=lambda kind: kind.entry.fills_gaps)
)
"""The screens of orders, the one that counts first at the beginning."""

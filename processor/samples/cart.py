"""Makes the lines of one 주문번호: goods of one shelf, bought together and sent in one bundle, with one Order per line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, TypedDict

from processor.market.order_numbers import day_in
from processor.samples.catalogue import Good, Shelf
from processor.samples.order import Claim, Order

CLOSED_AS: Final = {"취소완료": "취소", "반품완료": "반품", "교환완료": "교환"}
"""The 주문상태 of an order whose claim is finished."""


class Line(NamedTuple):
    good: Good
    quantity: int = 1
    option: int = 0  # index into the options of the product
    discount: int = 0
    addon: bool = False


class Life(TypedDict, total=False):
    """How far an order has come: fields of Order that all lines of a cart share."""

    status: str
    substatus: str
    paid_at: datetime | None
    confirmed_at: datetime
    due_at: datetime
    hoped_at: datetime
    invoice_printed_at: datetime
    dispatched_at: datetime
    delivered_at: datetime
    decided_at: datetime
    courier: str
    tracking_no: str
    channel: str
    subscription: int
    subscription_round: int
    fee_discount: int
    remote_fee: int
    gift: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Cart:
    buyer: int
    ordered_at: datetime
    shelf: Shelf
    lines: tuple[Line, ...]
    claim: Claim | None = None
    claimed: int = 1  # the number of lines, from the first on, that have the claim


def orders_of(cart: Cart, life: Life, tails: Iterator[str]) -> Iterator[Order]:
    """The lines of a cart. `tails`: unique endings of eight digits for the order numbers."""
    shelf, day, tail = cart.shelf, day_in(cart.ordered_at), next(tails)
    amount = sum(line.good.price * line.quantity for line in cart.lines)
    fee_kind, fee = shelf.charge(amount, sum(line.quantity for line in cart.lines))
    status = life["status"]
    for place, line in enumerate(cart.lines):
        good, claim = line.good, cart.claim if place < cart.claimed else None
        option, extra = good.options[line.option] if good.options else ("", 0)
        yield Order(
            **life
            | {  # the fields of one line that differ from those of its cart
                "status": CLOSED_AS.get(claim.status, status) if claim else status,
            },
            product_order_no=day + next(tails),
            order_no=day + tail,
            bundle_no="1" + tail,
            buyer=cart.buyer,
            ordered_at=cart.ordered_at,
            product_no=good.no,
            product_name=good.name,
            product_kind="추가구성상품" if line.addon else good.kind,
            seller_sku=good.sku,
            option=option,
            option_code=f"{good.sku}-{line.option + 1}" if option else "",
            option_price=extra,
            unit_price=good.price,
            quantity=line.quantity,
            discount=line.discount,
            ship_method=shelf.method,
            ship_attribute=shelf.attribute,
            fee_kind=fee_kind,
            fee_policy=shelf.policy,
            fee_amount=fee,
            claim=claim,
        )

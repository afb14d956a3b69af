"""Makes a realistic day of an invented shop: most orders need no action, a few do."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from processor.samples.cart import Cart, Life, Line, orders_of
from processor.samples.catalogue import PARCEL, SHELVES, Shelf
from processor.samples.claims import random_claim
from processor.samples.dice import Dice
from processor.samples.order import WAITING, Order
from processor.samples.weekdays import end_of, weekdays_from

STORY_TAILS: Final = 90_000_000
"""The last eight digits of order numbers are below this, except in hand-made stories."""
_STRIDE: Final = 38_196_607  # has no common factor with STORY_TAILS, so that no ending occurs twice


class _Progress(NamedTuple):
    """A state of orders: how many per thousand are in it, and how many weekdays ago they were paid."""

    status: str
    per_thousand: int
    ages: tuple[int, ...]  # a value that is listed more often is chosen more often
    printed: bool = False


_PROGRESS: Final = (
    _Progress("결제완료", 240, (0, 0, 0, 1)),
    _Progress("발송대기", 580, (0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3)),
    _Progress("발송대기", 50, (1, 2, 2, 3), printed=True),
    _Progress("배송중", 70, (2, 3, 4)),
    _Progress("배송완료", 45, (4, 5, 6, 7)),
    _Progress("구매확정", 10, (10, 12)),
    _Progress("결제대기", 5, (0, 1)),
)
_PROGRESS_WEIGHTS: Final = tuple(itertools.accumulate(progress.per_thousand for progress in _PROGRESS))
_SHELF_WEIGHTS: Final = tuple(itertools.accumulate(shelf.weight for shelf in SHELVES))
_QUANTITIES: Final = (1, 1, 1, 1, 1, 1, 2, 2, 3)
_LATE_SHARE: Final = 0.03  # of the orders not yet sent
_GOODS_PER_CART: Final = (1, 1, 1, 1, 2, 2, 3)


def orders(count: int, *, seed: int, as_of: datetime) -> list[Order]:
    """`count` product orders in their state at a moment. The same arguments give the same orders."""
    dice = Dice(seed)
    start = dice.randrange(STORY_TAILS)
    tails = (f"{(start + turn * _STRIDE) % STORY_TAILS:08}" for turn in itertools.count())
    lines = (order for buyer in itertools.count(1) for order in _cart(dice, buyer, as_of, tails))
    return list(itertools.islice(lines, count))


def _cart(dice: Dice, buyer: int, as_of: datetime, tails: Iterator[str]) -> Iterator[Order]:
    (shelf,) = dice.choices(SHELVES, cum_weights=_SHELF_WEIGHTS)
    (progress,) = dice.choices(_PROGRESS, cum_weights=_PROGRESS_WEIGHTS)
    ordered_at = _ordered_at(dice, _age(dice, progress, shelf), as_of)
    life = _life(dice, progress, shelf, ordered_at, as_of)
    lines = _lines(dice, shelf)
    claim = random_claim(dice, life, as_of)
    claimed = len(lines) if dice.happens(0.7) else 1
    return orders_of(Cart(buyer, ordered_at, shelf, lines, claim, claimed), life, tails)


def _age(dice: Dice, progress: _Progress, shelf: Shelf) -> int:
    """Weekdays since the payment. Most orders not yet sent have not missed their 발송기한."""
    if progress.status not in WAITING:
        return dice.one_of(progress.ages)
    if dice.happens(_LATE_SHARE):
        return shelf.weekdays_to_ship + dice.one_of((1, 1, 2, 5))
    return min(dice.one_of(progress.ages), shelf.weekdays_to_ship)


def _ordered_at(dice: Dice, age: int, as_of: datetime) -> datetime:
    day = datetime.combine(weekdays_from(as_of.date(), -age), time.min)
    return dice.moment_between(day, as_of if age == 0 else day + timedelta(days=1))


def _lines(dice: Dice, shelf: Shelf) -> tuple[Line, ...]:
    lines = []
    for good in dice.sample(shelf.goods, min(len(shelf.goods), dice.one_of(_GOODS_PER_CART))):
        option = dice.randrange(len(good.options)) if good.options else 0
        discount = 1_000 if dice.happens(0.1) else 0
        lines.append(Line(good, dice.one_of(_QUANTITIES), option, discount))
        if good.addon and dice.happens(0.3):
            lines.append(Line(good.addon, addon=True))
    return tuple(lines)


def _life(dice: Dice, progress: _Progress, shelf: Shelf, ordered_at: datetime, as_of: datetime) -> Life:
    life: Life = {"status": progress.status, "paid_at": ordered_at}
    if progress.status == "결제대기":
        return life | {"paid_at": None}
    life |= _promised(dice, shelf, ordered_at)
    if progress.status == "결제완료":
        return life | {"substatus": "신규주문"}
    life |= {"substatus": "발주확인", "confirmed_at": dice.moment_between(ordered_at, as_of)}
    if progress.printed and shelf.method == PARCEL:
        life |= _invoice(dice, shelf) | {"invoice_printed_at": dice.moment_between(life["confirmed_at"], as_of)}
    if progress.status in ("배송중", "배송완료", "구매확정"):
        life |= _journey(dice, shelf, progress.status, ordered_at)
    return life


def _promised(dice: Dice, shelf: Shelf, paid_at: datetime) -> Life:
    """The promised dispatch date, the channel of the purchase, and extra fees or discounts of the delivery."""
    life: Life = {"due_at": end_of(weekdays_from(paid_at.date(), shelf.weekdays_to_ship))}
    if shelf.attribute == "희망일배송":
        life["hoped_at"] = life["due_at"]
    if shelf.subscription:
        life |= {"subscription": 6, "subscription_round": dice.randint(1, 6)}
    elif dice.happens(0.03):
        life |= {"channel": "선물하기", "gift": "메시지 카드"}
    if dice.happens(0.03):
        life["remote_fee"] = 3_000
    elif dice.happens(0.03) and shelf.policy == "유료":
        life["fee_discount"] = 1_000
    return life


def _invoice(dice: Dice, shelf: Shelf) -> Life:
    if shelf.method != PARCEL:
        return {}
    return {"courier": "CJ대한통운", "tracking_no": f"0{dice.randrange(10**11):011}"}


def _journey(dice: Dice, shelf: Shelf, status: str, paid_at: datetime) -> Life:
    """The dates of a delivery: sent on the weekday after payment, delivered two weekdays later, confirmed in a week."""
    day = paid_at.date()
    confirmed, sent = (datetime.combine(weekdays_from(day, 1), time(hour)) for hour in (9, 16))
    life = _invoice(dice, shelf) | {"substatus": "", "confirmed_at": confirmed, "dispatched_at": sent}
    if status != "배송중":
        life["delivered_at"] = datetime.combine(weekdays_from(day, 3), time(14))
    if status == "구매확정":
        life["decided_at"] = datetime.combine(weekdays_from(day, 9), time(14))
    return life

"""Random claims of a usual day, in various states."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from processor.samples.cart import Life
from processor.samples.dice import Dice
from processor.samples.order import FINISHED_CLAIMS, Claim

_CANCEL_SHARE: Final = 0.06  # of the confirmed orders not yet sent; about 3 % of all orders
_LATE_CANCEL_SHARE: Final = 0.01  # of the orders on the way
_RETURN_SHARE: Final = 0.15  # of the orders delivered
_EXCHANGE_SHARE: Final = 0.08

# A value that is listed more often is chosen more often.
_CANCEL_REASONS: Final = (
    *["구매의사취소"] * 6,
    *["색상 및 사이즈 변경"] * 2,
    "다른 상품 잘못 주문",
    "배송지연",
    "상품품절",
)
_CANCEL_STATES: Final = (*["취소요청"] * 8, "취소철회", "취소완료")
_RETURN_REASONS: Final = ("구매의사취소", "구매의사취소", "색상 및 사이즈 변경", "상품파손", "오배송")
_RETURN_STATES: Final = ("반품요청", "수거중", "수거중", "수거완료", "반품완료", "반품철회")
_EXCHANGE_STATES: Final = ("교환요청", "수거중", "수거완료", "교환재배송중", "교환완료")
_COLLECTED: Final = frozenset({"수거완료", "반품완료", "교환재배송중", "교환완료"})


def random_claim(dice: Dice, life: Life, as_of: datetime) -> Claim | None:
    """A random claim that fits the state of an order; mostly None."""
    if life["status"] == "발송대기" and dice.happens(_CANCEL_SHARE):
        return _cancel(dice, dice.one_of(_CANCEL_STATES), life["confirmed_at"], as_of)
    if life["status"] == "배송중" and dice.happens(_LATE_CANCEL_SHARE):
        return _cancel(dice, "취소요청", life["dispatched_at"], as_of)
    if life["status"] == "배송완료":
        return _after_delivery(dice, life["delivered_at"], as_of)
    return None


def _cancel(dice: Dice, status: str, since: datetime, as_of: datetime) -> Claim:
    requested = dice.moment_between(since, as_of)
    finished = dice.moment_between(requested, as_of) if status in FINISHED_CLAIMS else None
    return Claim("cancel", status, dice.one_of(_CANCEL_REASONS), requested, finished_at=finished)


def _after_delivery(dice: Dice, delivered: datetime, as_of: datetime) -> Claim | None:
    drawn = dice.random()
    if drawn >= _RETURN_SHARE + _EXCHANGE_SHARE:
        return None
    kind, states = ("return", _RETURN_STATES) if drawn < _RETURN_SHARE else ("exchange", _EXCHANGE_STATES)
    status = dice.one_of(states)
    requested = dice.moment_between(delivered, as_of)
    collected = dice.moment_between(requested, as_of) if status in _COLLECTED else None
    finished = dice.moment_between(collected, as_of) if collected and status in FINISHED_CLAIMS else None
    collect_status = "수거완료" if collected else "수거중" if status == "수거중" else "수거요청"
    reason = dice.one_of(_RETURN_REASONS)
    return Claim(kind, status, reason, requested, "구매자", False, collect_status, collected, finished)

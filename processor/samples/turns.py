"""Changes of an order between two mornings. Each function gives its state on the later morning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from processor.samples.cart import CLOSED_AS
from processor.samples.order import Claim, Order
from processor.samples.weekdays import end_of

Turn = Callable[[Order, datetime], Order | None]
"""An order and the moment of the later morning → the order in its new state, or None if no screen shows it any more."""

_PARCEL: Final = ("CJ대한통운", "012345678902")


def gone(order: Order, morning: datetime) -> None:
    """The order is in no export any more, for an unknown reason."""


def confirmed(order: Order, morning: datetime) -> Order:
    return replace(order, status="발송대기", substatus="발주확인", confirmed_at=_yesterday(morning, 11))


def sent(order: Order, morning: datetime) -> Order:
    """Given to the courier yesterday afternoon; confirmed before that, if it was not yet."""
    courier, tracking_no = _PARCEL
    return replace(
        order,
        status="배송중",
        substatus="",
        confirmed_at=order.confirmed_at or _yesterday(morning, 11),
        dispatched_at=_yesterday(morning, 16),
        courier=order.courier or courier,
        tracking_no=order.tracking_no or tracking_no,
    )


def promised(day: date) -> Turn:
    """발송지연 처리: the seller has promised another day."""
    return lambda order, _: replace(order, substatus="발송지연", due_at=end_of(day))


def asked(hour: int, minute: int = 0) -> Turn:
    """The buyer changed his mind and requested a cancel this morning at this time."""
    return lambda order, morning: replace(
        order, claim=Claim("cancel", "취소요청", "구매의사취소", datetime.combine(morning, time(hour, minute)))
    )


def approved(order: Order, morning: datetime) -> Order:
    return _closed(order, "취소완료", _yesterday(morning, 10))


def withdrawn(order: Order, morning: datetime) -> Order:
    return replace(order, claim=order.claim and replace(order.claim, status="취소철회"))


def unclaimed(order: Order, morning: datetime) -> Order:
    """The request is not on its screen any more, as if it had not been made."""
    return replace(order, claim=None)


def collected(order: Order, morning: datetime) -> Order:
    """The goods came back yesterday afternoon."""
    done, moment = "수거완료", _yesterday(morning, 15)
    claim = order.claim and replace(order.claim, status=done, collect_status=done, collected_at=moment)
    return replace(order, claim=claim)


def returned(order: Order, morning: datetime) -> Order:
    return _closed(order, "반품완료", _yesterday(morning, 10))


def _closed(order: Order, status: str, moment: datetime) -> Order:
    """A finished claim closes its order."""
    claim = order.claim and replace(order.claim, status=status, finished_at=moment)
    return replace(order, status=CLOSED_AS[status], claim=claim)


def _yesterday(morning: datetime, hour: int) -> datetime:
    return datetime.combine(morning - timedelta(days=1), time(hour))

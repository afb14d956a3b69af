"""Facts of the order: its state, its invoice, its parcel, its deadline."""

from __future__ import annotations

import numpy as np

from processor.judge.facts.claims import Claims, Column, Moments
from processor.judge.facts.columns import Flags, among, surely
from processor.judge.facts.deadlines import after
from processor.model import UNKNOWN, Col
from processor.model.matching import Texts
from processor.rulebook.types import OPEN_CANCEL

_GONE = ("배송중", "배송완료", "구매확정")
_STORE_RESTS = ("오늘출발 마감 전", "오늘출발 마감 후")
"""Kinds of dispatch whose deadline Naver moves past the store's own 휴무일 (policy §7)."""


def order_status(c: Claims) -> Column:
    """The order's state. 결제완료 stands for two states, before and after 발주확인 (a confirmed order waits for dispatch).

    An open cancel request implies 발주확인 (policy §3.2).
    """
    status = c.state(Col.ORDER_STATUS)
    paid, confirmed = status == "결제완료", c.seen(Col.CONFIRMED_AT)
    implied = ~confirmed & among(c.state(Col.CANCEL_STATUS), OPEN_CANCEL)
    c.because["주문상태"] = c.choose((paid & implied, "취소요청"), otherwise="")
    return c.choose((paid & (confirmed | implied), "발송대기"), (paid, "신규"), (status != "", status))


def substatus(c: Claims) -> Column:
    hint = c.hint(Col.ORDER_SUBSTATUS)
    return c.choose((among(hint, ["발송지연", "수락대기"]), hint), (c.understood(Col.ORDER_SUBSTATUS), "보통"))


def invoice(c: Claims) -> Column:
    """Only 발송처리일, a later state or a number that was typed prove dispatch; 발송일 is pre-filled and proves nothing."""
    printed = c.seen(Col.INVOICE_PRINTED_AT)
    typed = (c.text(Col.TRACKING_NO) != "") & ~printed
    gone = c.flag(Col.DISPATCH_SEEN) | among(c.facts["주문상태"], _GONE)
    dispatched = c.seen(Col.DISPATCHED_AT)
    c.because["송장"] = c.choose((dispatched, ""), (gone, "주문상태"), (typed, "송장번호"), otherwise="")
    return c.choose((dispatched | gone | typed, "입력"), (printed, "출력"), (c.flag(Col.INVOICE_SEEN), "없음"))


def handover(c: Claims) -> Column:
    """How far the parcel is, for orders about which the seller has not answered."""
    invoice = c.facts["송장"]
    assumed = c.book.store.unknown_handover == "assume_unpacked"
    c.because["출고"] = c.choose(
        *((invoice == state, "송장" + state) for state in ("없음", "출력", "입력")),
        otherwise="설정" if assumed else "",
    )
    return c.choose(
        (invoice == "입력", "집화"),
        (invoice == "출력", "포장"),
        (invoice == "없음", c.book.store.no_invoice_means),
        otherwise="미포장" if assumed else UNKNOWN,
    )


def delivery(c: Claims) -> Column:
    by_seller = c.hint(Col.SHIP_METHOD)
    by_buyer = np.where(c.text(Col.SHIP_METHOD) == "", c.hint(Col.SHIP_METHOD_REQUESTED, Col.SHIP_METHOD), "")
    c.because["배송"] = c.choose((by_buyer != "", "구매자요청"), otherwise="")
    return c.choose((by_seller != "", by_seller), (by_buyer != "", by_buyer))


def dispatcher(c: Claims) -> Column:
    logistics = (c.text(Col.FULFILLMENT) != "") | (c.hint(Col.SHIP_ATTRIBUTE) == "물류사")
    seen = c.seen(Col.FULFILLMENT) | c.understood(Col.SHIP_ATTRIBUTE)
    return c.choose((logistics, "물류사"), (seen, "판매자"))


def _due(c: Claims) -> Moments:
    """발송기한 as the export gives it, else the day of payment + the working days of its kind (policy §6.2).

    A 발송지연 moves the deadline to a promised day that stands in no other column, and a dispatched order no longer shows
    whether there was one. For both only the day in the export counts; nothing is computed.
    """
    paid, kind, cutoff = c.table[Col.PAID_AT], _counted_from_payment(c), c.book.store.today_cutoff
    today = kind == "오늘출발"
    in_time = surely(paid.dt.strftime("%H:%M").lt(cutoff or "")) if today.any() else today
    kinds = c.choose(
        (today & (cutoff is None), UNKNOWN),
        (today & in_time, "오늘출발 마감 전"),
        (today, "오늘출발 마감 후"),
        otherwise=kind,
    )
    computed = c.table[Col.HOPED_AT].where(c.hint(Col.SHIP_ATTRIBUTE) == "희망일")
    for name, days in c.book.calendar.dispatch_days.items():
        if not (kinds == name).any():
            continue
        calendar = c.calendar.of_store() if name in _STORE_RESTS else c.calendar
        computed = computed.mask(kinds == name, calendar.on_or_after(after(calendar, paid, days)))
    return c.table[Col.DUE_AT].fillna(computed.mask(_moved(c)))


def _counted_from_payment(c: Claims) -> Texts:
    """일반 · 정기구독 · 오늘출발 where the deadline can be computed from the day of payment, else 모름.

    For N판매자배송 and all other kinds only the export has the day (policy §6.2, §11.2).
    """
    kind = c.hint(Col.SHIP_ATTRIBUTE)
    return c.choose((c.facts["판매방식"] == "정기구독", "정기구독"), (among(kind, ["오늘출발", "일반"]), kind))


def _moved(c: Claims) -> Flags:
    moved: Flags = (c.facts["세부상태"] == "발송지연") | (c.facts["송장"] == "입력")
    return moved


def missing_for_the_deadline(c: Claims) -> Column:
    kind, unknown = _counted_from_payment(c), surely(c.facts["발송기한"].isna()) & ~_moved(c)
    no_cutoff = (kind == "오늘출발") & (c.book.store.today_cutoff is None)
    unpaid = (kind != UNKNOWN) & ~c.seen(Col.PAID_AT)
    return c.choose((unknown & no_cutoff, "마감시각"), (unknown & unpaid, "결제일"), otherwise="발송기한")


def clock_stopped_at(c: Claims) -> tuple[Flags, Moments]:
    """For which orders the dispatch deadline no longer runs, and since when: since the dispatch or the buyer's request.

    Points that a deadline brought before that day stay (policy §11.2). A seller's own cancel stops the deadline once it is
    completed. For an order that is over for another reason the day of dispatch is not known: missing.
    """
    cancel, by_seller = c.state(Col.CANCEL_STATUS), c.hint(Col.CLAIM_CHANNEL) == "판매자"
    sent, over = c.facts["송장"] == "입력", c.facts["주문상태"] == "종료"
    done, asked = cancel == "완료", among(cancel, [*OPEN_CANCEL, "완료"]) & ~by_seller
    requested, finished = c.table[Col.CLAIM_REQUESTED], c.table[Col.CANCELLED_AT]
    since = finished.fillna(requested).where(done).mask(asked, requested).mask(sent, c.table[Col.DISPATCHED_AT])
    return sent | asked | done | over, since


def days_left(c: Claims) -> Column:
    effective = c.dates[Col.DUE_AT] = _due(c)
    exported, hoped = c.seen(Col.DUE_AT), c.hint(Col.SHIP_ATTRIBUTE) == "희망일"
    c.because["발송기한"] = c.choose(
        (exported | surely(effective.isna()), ""),
        (hoped & surely(effective.eq(c.table[Col.HOPED_AT])), "희망일"),
        otherwise="계산",
    )
    return c.calendar.left(c.today().mask(*clock_stopped_at(c)), effective)


def days_since_invoice(c: Claims) -> Column:
    """Working days since the dispatch, counted up to the newest export that shows the order; nothing later is known."""
    seen = c.table[Col.SEEN_AT]
    until = seen.mask(seen > c.today(), c.today())
    return c.calendar.since(c.table[Col.DISPATCHED_AT], until).where(c.facts["송장"] == "입력")

"""A month of orders computed by hand from policy §6 and §7, compared with the program: each event, its points, its day.

The month is 2026-09-14 … 10-16. Off are the weekends, 추석 (Thu 09-24 … Sat 26), Mon 10-05 (개천절 fell on a Saturday)
and Fri 10-09 (한글날). So its working days, the only ones that count, are

    09-14 15 16 17 18 · 21 22 23 · 28 29 30 10-01 02 · 06 07 08 · 12 13 14 15 16

All orders are judged together on the last day, Fri 10-16. Points are given at dawn of the working day after the deadline
was missed, the 3 of the second stage on the fifth (policy §6.3). Daily points stand under the first of their days.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest
from made import product
from test_facts import Line, batch_of

from processor.app.think import think
from processor.judge import Workdays
from processor.model import Col, Out
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

Event = tuple[str, int, str]  # event, points, the day on which they are given
Told = tuple[str, Line, list[Event]]

ORDER = {
    Col.ORDER_STATUS: "발송대기", Col.INVOICE_SEEN: True, Col.SHIP_METHOD: "택배,등기,소포", Col.CHANNEL: "스마트스토어",
    Col.SHIP_ATTRIBUTE: "일반배송", Col.ORDER_SUBSTATUS: "발주확인", Col.FULFILLMENT: "", Col.SEEN_AT: "2026-10-16 05:30",
}  # fmt: skip
TODAY = {**ORDER, Col.SHIP_ATTRIBUTE: "오늘출발"}
SUBSCRIBED = {**ORDER, Col.SUBSCRIPTION: "3"}
GIFT = {**ORDER, Col.CHANNEL: "선물하기"}
N_SELLER = {**ORDER, Col.SHIP_ATTRIBUTE: "N판매자배송"}
HOPED = {**ORDER, Col.SHIP_ATTRIBUTE: "희망일배송"}
BOOKED = {**ORDER, Col.SHIP_ATTRIBUTE: "예약구매"}
ABROAD = "8100000009"


def due(kind: Line, day: str) -> Line:
    return {**kind, Col.DUE_AT: f"{day} 23:59"}


def promised(kind: Line, day: str) -> Line:
    """발송지연 처리: 발송기한 is the promised day."""
    return {**due(kind, day), Col.ORDER_SUBSTATUS: "발송지연"}


def sent(line: Line, day: str) -> Line:
    return {**line, Col.ORDER_STATUS: "배송중", Col.DISPATCHED_AT: f"{day} 16:00"}


def unscanned(day: str, **more: str) -> Line:
    """An invoice that was sent in time, and no sign of the courier."""
    return {**due(ORDER, day), Col.DISPATCHED_AT: f"{day} 16:00", **more}


def cancelled(kind: Line, day: str, by: str = "판매자") -> Line:
    return {
        **kind, Col.ORDER_STATUS: "취소", Col.CANCEL_STATUS: "취소완료", Col.CLAIM_REASON: "상품품절", Col.CLAIM_CHANNEL: by,
        Col.CANCELLED_AT: f"{day} 11:00",
    }  # fmt: skip


def collected(claim: str, day: str, **more: str) -> Line:
    return {**ORDER, Col.ORDER_STATUS: "배송완료", claim: "수거완료", Col.COLLECT_DONE: f"{day} 10:00", **more}


MONTH: list[Told] = [
    # ── 일반: due 3 working days after payment; 1 on the next, 3 on the fifth
    ("due Mon, sent Mon", sent(due(ORDER, "2026-09-14"), "2026-09-14"), []),
    ("due Mon, sent Tue", sent(due(ORDER, "2026-09-14"), "2026-09-15"), [("late_dispatch", 1, "09-15")]),
    (
        "paid Tue 09-22, unsent",  # 23, 28, 29: due Tue 09-29 → Wed 09-30; +4 is Tue 10-06 (30, 01, 02, 06) → Wed 10-07
        {**ORDER, Col.PAID_AT: "2026-09-22 10:00"},
        [("late_dispatch", 1, "09-30"), ("late_dispatch_2", 3, "10-07")],
    ),
    # the first working day after Wed 09-23 is Mon 28
    ("due before 추석", sent(due(ORDER, "2026-09-23"), "2026-09-28"), [("late_dispatch", 1, "09-28")]),
    # Mon 10-05 is off
    ("due before the long weekend", sent(due(ORDER, "2026-10-02"), "2026-10-06"), [("late_dispatch", 1, "10-06")]),
    # 17, 18, 21, 22: on the fourth day it has left
    ("sent on the fourth day", sent(due(ORDER, "2026-09-16"), "2026-09-22"), [("late_dispatch", 1, "09-17")]),
    (
        "sent on the fifth day",  # at dawn of Wed 09-23 it was still here
        sent(due(ORDER, "2026-09-16"), "2026-09-23"),
        [("late_dispatch", 1, "09-17"), ("late_dispatch_2", 3, "09-23")],
    ),
    ("due yesterday", due(ORDER, "2026-10-15"), [("late_dispatch", 1, "10-16")]),
    ("due today", due(ORDER, "2026-10-16"), []),
    (
        "due before 한글날, unsent",  # 12, 13, 14, 15, 16
        due(ORDER, "2026-10-08"),
        [("late_dispatch", 1, "10-12"), ("late_dispatch_2", 3, "10-16")],
    ),
    ("promise kept", sent(promised(ORDER, "2026-10-15"), "2026-10-15"), []),
    ("promise broken by a day", sent(promised(ORDER, "2026-10-07"), "2026-10-08"), [("promise_missed", 2, "10-08")]),
    ("promise broken, unsent", promised(ORDER, "2026-10-13"), [("promise_missed", 2, "10-14")]),  # and no second stage
    ("delayed to a day that no file tells", {**ORDER, Col.PAID_AT: "2026-09-10", Col.ORDER_SUBSTATUS: "발송지연"}, []),
    ("a logistics firm is late", due({**ORDER, Col.FULFILLMENT: "어느물류"}, "2026-09-16"), []),
    # ── 오늘출발: the same stages; a broken promise costs 3
    ("오늘출발 a day late", sent(due(TODAY, "2026-09-21"), "2026-09-22"), [("late_dispatch", 1, "09-22")]),
    # 02, 06, 07, 08: the fourth day
    ("오늘출발 four days late", sent(due(TODAY, "2026-10-01"), "2026-10-08"), [("late_dispatch", 1, "10-02")]),
    ("오늘출발 promise broken", sent(promised(TODAY, "2026-09-30"), "2026-10-01"), [("promise_missed", 3, "10-01")]),
    (
        "오늘출발 unsent",  # 01, 02, 06, 07, 08
        due(TODAY, "2026-09-30"),
        [("late_dispatch", 1, "10-01"), ("late_dispatch_2", 3, "10-08")],
    ),
    # ── 정기구독: due 1 working day after payment; 3 for a broken promise and for 품절
    (
        "정기구독 paid Fri 10-02, unsent",  # due Tue 10-06 → 07; then 08, 12, 13, 14
        {**SUBSCRIBED, Col.PAID_AT: "2026-10-02 10:00"},
        [("late_dispatch", 1, "10-07"), ("late_dispatch_2", 3, "10-14")],
    ),
    ("정기구독 promise broken", promised(SUBSCRIBED, "2026-10-12"), [("promise_missed", 3, "10-13")]),
    ("정기구독 sold out", cancelled(SUBSCRIBED, "2026-10-12"), [("sold_out_cancel", 3, "10-13")]),
    # ── 선물하기: no clock before it is accepted; 3 for 품절
    ("선물 not accepted yet", {**due(GIFT, "2026-09-30"), Col.ORDER_SUBSTATUS: "수락대기"}, []),
    ("선물 a day late", sent(due(GIFT, "2026-09-29"), "2026-09-30"), [("late_dispatch", 1, "09-30")]),
    # Wed; the next working day is Mon
    ("선물 sold out before 추석", cancelled(GIFT, "2026-09-23"), [("sold_out_cancel", 3, "09-28")]),
    # ── N판매자배송: 1 for each working day late, no second stage
    # 30, 01, 02
    ("N판매자 sent three days late", sent(due(N_SELLER, "2026-09-29"), "2026-10-02"), [("late_dispatch_daily", 3, "09-30")]),
    ("N판매자 unsent", due(N_SELLER, "2026-10-14"), [("late_dispatch_daily", 2, "10-15")]),  # 15, 16
    ("N판매자 in time", sent(due(N_SELLER, "2026-10-07"), "2026-10-07"), []),
    ("N판매자 sold out", cancelled(N_SELLER, "2026-10-01"), [("sold_out_cancel", 2, "10-02")]),
    # ── 희망일배송: due on the day hoped for
    ("희망일 yesterday but one", {**HOPED, Col.HOPED_AT: "2026-10-14"}, [("late_dispatch", 1, "10-15")]),
    ("희망일 on Fri, sent Mon", sent(due(HOPED, "2026-09-18"), "2026-09-21"), [("late_dispatch", 1, "09-21")]),
    # ── 예약구매
    ("예약구매 promise broken", sent(promised(BOOKED, "2026-10-06"), "2026-10-07"), [("promise_missed", 2, "10-07")]),
    (
        "예약구매 five days late",  # 22, 23, 28, 29, 30
        sent(due(BOOKED, "2026-09-21"), "2026-09-30"),
        [("late_dispatch", 1, "09-22"), ("late_dispatch_2", 3, "09-30")],
    ),
    # ── 품절: the working day after the cancel
    ("sold out on Fri 10-02", cancelled(ORDER, "2026-10-02"), [("sold_out_cancel", 2, "10-06")]),
    ("sold out, but the buyer filed it", cancelled(ORDER, "2026-10-02", by="구매자"), []),
    (
        "to be cancelled today",  # Fri; the next working day is Mon 10-19
        {**due(ORDER, "2026-10-20"), Col.SELLER_REASON: "상품품절", Col.CONSENT: "예"},
        [("sold_out_cancel", 2, "10-19")],
    ),
    # ── 반품·교환: finished within 3 working days of 수거완료, or on hold
    ("return, collected Mon 09-21", collected(Col.RETURN_STATUS, "2026-09-21"), [("late_return", 1, "09-29")]),  # 22, 23, 28
    ("exchange, collected Tue 10-06", collected(Col.EXCHANGE_STATUS, "2026-10-06"), [("late_exchange", 1, "10-13")]),  # 07, 08, 12
    ("return on hold", collected(Col.RETURN_STATUS, "2026-09-21", holdback="환불보류"), []),
    ("return, collected Tue 10-13", collected(Col.RETURN_STATUS, "2026-10-13"), []),  # 14, 15, 16: until today
    # ── 허위 송장: no scan within 2 working days of the invoice, 15 from abroad
    ("no scan before 추석", unscanned("2026-09-22"), [("false_invoice", 3, "09-29")]),  # 23, 28
    ("invoice of Wed 10-14", unscanned("2026-10-14"), []),  # 15, 16: until today
    (
        "still packed here",  # 06, 07
        unscanned("2026-10-02", order_status="배송중", handover="포장"),
        [("false_invoice", 3, "10-08")],
    ),
    (
        "registered as wrong",  # on Thu, the eve of 한글날
        {**sent(due(ORDER, "2026-10-06"), "2026-10-06"), Col.MISTAKEN_INVOICE: "Y", Col.MISTAKEN_AT: "2026-10-08 15:00"},
        [("false_invoice", 3, "10-12")],
    ),
    ("from abroad, Mon 09-21", unscanned("2026-09-21", product_no=ABROAD), []),  # the fifteenth is today
    ("from abroad, Fri 09-18", unscanned("2026-09-18", product_no=ABROAD), [("false_invoice", 3, "10-16")]),
]  # fmt: skip
BY_DAY = {
    "09-15": 1, "09-17": 1 + 1, "09-21": 1, "09-22": 1 + 1, "09-23": 3, "09-28": 1 + 3, "09-29": 1 + 3,
    "09-30": 1 + 1 + 3 + 3, "10-01": 3 + 1, "10-02": 1 + 2, "10-06": 1 + 2, "10-07": 3 + 1 + 2, "10-08": 2 + 3 + 3,
    "10-12": 1 + 3, "10-13": 3 + 3 + 1, "10-14": 2 + 3, "10-15": 2 + 1, "10-16": 1 + 3 + 3, "10-19": 2,
}  # fmt: skip  # 77 in all

# 추석 2025: nothing but 품절 is given from 10-01 to 10-10 (policy §6.5). Working days: 09-24 25 26 · 29 30 10-01 02 · 10 ·
# 13 14 15 16 17. Judged on Fri 10-17.
MORATORIUM: list[Told] = [
    # 1 would come on 10-01; the fifth day is 10-14 (01, 02, 10, 13, 14)
    ("due 09-30", due(ORDER, "2025-09-30"), [("late_dispatch_2", 3, "10-14")]),
    # 13, and 14, 15, 16, 17
    ("due 10-10", due(ORDER, "2025-10-10"), [("late_dispatch", 1, "10-13"), ("late_dispatch_2", 3, "10-17")]),
    # 25; the fifth is 10-01 (25, 26, 29, 30, 01)
    ("due 09-24, sent 10-13", sent(due(ORDER, "2025-09-24"), "2025-10-13"), [("late_dispatch", 1, "09-25")]),
    ("promise of 10-02 broken", promised(ORDER, "2025-10-02"), []),  # would come on 10-10
    ("return, collected 09-26", collected(Col.RETURN_STATUS, "2025-09-26"), []),  # 29, 30, 01; would come on 10-02
    ("sold out on 10-02", cancelled(ORDER, "2025-10-02"), [("sold_out_cancel", 2, "10-10")]),
]
OF_2025 = {"09-25": 1, "10-10": 2, "10-13": 1, "10-14": 3, "10-17": 3}


def said_of(lines: list[Told], today: str, book: Rulebook, workdays: Workdays) -> list[list[Event]]:
    """What the whole judge says of each line."""
    products = {ABROAD: product(ABROAD, "해외")}
    book = replace(book, store=replace(book.store, products=products))
    report = think(batch_of(*(line for _, line, _ in lines)), book, datetime.fromisoformat(f"{today}T06:00"), workdays)
    found = {}
    for at, (order, situation) in enumerate(
        zip(report.rows[Col.PRODUCT_ORDER_NO], report.rows[Out.SITUATION], strict=True)
    ):
        found[order] = [
            (event.event, event.points, f"{report.granted[event.rule][at]:%m-%d}")
            for event in report.verdicts[situation].penalties
        ]
    return [sorted(found[order]) for order in sorted(found)]


@pytest.fixture(scope="module")
def month(book: Rulebook, workdays: Workdays) -> list[list[Event]]:
    return said_of(MONTH, "2026-10-16", book, workdays)


@pytest.fixture(scope="module")
def moratorium(book: Rulebook, workdays: Workdays) -> list[list[Event]]:
    return said_of(MORATORIUM, "2025-10-17", book, workdays)


@pytest.mark.parametrize(("place", "told"), [pytest.param(*each, id=each[1][0]) for each in enumerate(MONTH)])
def test_each_order_of_the_month(place: int, told: Told, month: list[list[Event]]) -> None:
    assert month[place] == sorted(told[2])


@pytest.mark.parametrize(("place", "told"), [pytest.param(*each, id=each[1][0]) for each in enumerate(MORATORIUM)])
def test_each_order_around_the_moratorium(place: int, told: Told, moratorium: list[list[Event]]) -> None:
    assert moratorium[place] == sorted(told[2])


def by_day(events: list[list[Event]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in events:
        for _, points, day in each:
            total[day] += points
    return dict(sorted(total.items()))


def test_the_points_of_each_day(month: list[list[Event]], moratorium: list[list[Event]]) -> None:
    assert by_day(month) == BY_DAY
    assert sum(BY_DAY.values()) == 77
    assert by_day(moratorium) == OF_2025


def test_the_month_has_forty_events_of_every_kind(book: Rulebook) -> None:
    events = [event for _, _, expected in MONTH for event, _, _ in expected]
    assert len(events) == 40
    assert set(events) == {row.event for row in book.penalties.table.rows}

"""Which points are given, how many and when: every row of the table (policy §6.1), on both sides of each border."""

from dataclasses import replace
from datetime import date, datetime

import pandas as pd
import pytest
from made import product
from test_facts import Line, batch_of

from processor.app.think import think
from processor.judge import Workdays
from processor.model import Action, Col, Out, PenaltyEvent, Report
from processor.rulebook.types import Dated, Moratorium, PenaltyRow, Rulebook

pytestmark = pytest.mark.slow

MONDAY = datetime(2026, 11, 23, 6, 0)  # at dawn
# working days back from then: 11-20 one, 11-19 two, 11-18 three, 11-17 four, 11-16 five

UNSENT = {
    Col.ORDER_STATUS: "발송대기", Col.INVOICE_SEEN: True, Col.SHIP_METHOD: "택배,등기,소포",
    Col.CHANNEL: "스마트스토어", Col.SHIP_ATTRIBUTE: "일반배송", Col.ORDER_SUBSTATUS: "발주확인", Col.FULFILLMENT: "",
}  # fmt: skip
TODAY = {**UNSENT, Col.SHIP_ATTRIBUTE: "오늘출발"}
SUBSCRIBED = {**UNSENT, Col.SUBSCRIPTION: "3"}
GIFT = {**UNSENT, Col.CHANNEL: "선물하기"}
N_SELLER = {**UNSENT, Col.SHIP_ATTRIBUTE: "N판매자배송"}
DELAYED = {Col.ORDER_SUBSTATUS: "발송지연"}  # 발송지연 처리: 발송기한 is then the promised date
SOLD_OUT = {Col.SELLER_REASON: "상품품절", Col.CONSENT: "예", Col.DUE_AT: "2026-11-25"}
BACK = {Col.ORDER_STATUS: "배송완료", Col.RETURN_STATUS: "수거완료"}
SWAP = {Col.ORDER_STATUS: "배송완료", Col.EXCHANGE_STATUS: "수거완료"}
SENT = {**UNSENT, Col.ORDER_STATUS: "배송중"}
HOPED = {**UNSENT, Col.SHIP_ATTRIBUTE: "희망일배송"}
BOOKED = {**UNSENT, Col.SHIP_ATTRIBUTE: "예약구매"}
CANCELLED = {
    Col.ORDER_STATUS: "취소", Col.CANCEL_STATUS: "취소완료", Col.CLAIM_CHANNEL: "판매자", Col.CLAIM_REASON: "상품품절",
    Col.CHANNEL: "스마트스토어", Col.SHIP_ATTRIBUTE: "일반배송", Col.CANCELLED_AT: "2026-11-20 15:00",
}  # fmt: skip
UNSCANNED = {**UNSENT, Col.DISPATCHED_AT: "2026-11-18 17:00", Col.SEEN_AT: "2026-11-23 05:00"}  # 송장경과 3 on Monday
NOT_LEFT = {**UNSCANNED, Col.ORDER_STATUS: "배송중", Col.HANDOVER: "포장"}
IMPORTED = {Col.PRODUCT_NO: "8100000009"}  # 해외, by `book_with_imports`


def due(day: str) -> Line:
    return {Col.DUE_AT: f"{day} 23:59"}


def sent(kind: Line, due_day: str, day: str) -> Line:
    """An order of that kind that was due on one day and dispatched on another."""
    return {**kind, **due(due_day), Col.ORDER_STATUS: "배송중", Col.DISPATCHED_AT: f"{day} 16:00"}


@pytest.fixture(scope="module")
def with_imports(book: Rulebook) -> Rulebook:
    """The store says of one product that it comes from abroad."""
    products = {"8100000009": product("8100000009", "해외")}
    return replace(book, store=replace(book.store, products=products))


def report_of(line: Line, book: Rulebook, workdays: Workdays, as_of: datetime = MONDAY) -> Report:
    return think(batch_of(line), book, as_of, workdays)


def points(line: Line, book: Rulebook, workdays: Workdays, as_of: datetime = MONDAY) -> dict[str, int]:
    (verdict,) = report_of(line, book, workdays, as_of).verdicts
    return {event.event: event.points for event in verdict.penalties}


def granted(line: Line, rule: str, book: Rulebook, workdays: Workdays, as_of: datetime) -> str:
    return f"{report_of(line, book, workdays, as_of).granted[rule][0]:%Y-%m-%d}"


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T06:00")


FIRST, BOTH = {"late_dispatch": 1}, {"late_dispatch": 1, "late_dispatch_2": 3}
CASES: list[tuple[str, Line, dict[str, int]]] = [
    # 발송처리 지연: 1 on the day after, 3 more on the fifth
    ("due today", {**UNSENT, **due("2026-11-23")}, {}),
    ("due on Sunday, which is Friday", {**UNSENT, **due("2026-11-22")}, FIRST),
    ("one day late", {**UNSENT, **due("2026-11-20")}, FIRST),
    ("four days late", {**UNSENT, **due("2026-11-17")}, FIRST),
    ("five days late", {**UNSENT, **due("2026-11-16")}, BOTH),
    ("not confirmed, late", {**UNSENT, **due("2026-11-20"), Col.ORDER_STATUS: "결제완료"}, FIRST),
    ("printed only, late", {**UNSENT, **due("2026-11-20"), Col.INVOICE_PRINTED_AT: "2026-11-20 10:00"}, FIRST),
    ("오늘출발 four days late", {**TODAY, **due("2026-11-17")}, FIRST),
    ("오늘출발 five days late", {**TODAY, **due("2026-11-16")}, BOTH),
    ("정기구독 one day late", {**SUBSCRIBED, **due("2026-11-20")}, FIRST),
    ("정기구독 five days late", {**SUBSCRIBED, **due("2026-11-16")}, BOTH),
    ("선물 one day late", {**GIFT, **due("2026-11-20")}, FIRST),
    ("취소철회, still unsent", {**UNSENT, **due("2026-11-20"), Col.CANCEL_STATUS: "취소철회"}, FIRST),
    ("deadline unknown", UNSENT, {}),
    ("희망일배송 one day late", {**HOPED, Col.HOPED_AT: "2026-11-20"}, FIRST),
    ("희망일배송 five days late", {**HOPED, Col.HOPED_AT: "2026-11-16"}, BOTH),
    ("희망일배송 on its day", {**HOPED, Col.HOPED_AT: "2026-11-23"}, {}),
    ("예약구매 one day late", {**BOOKED, **due("2026-11-20")}, FIRST),
    ("예약구매 five days late", {**BOOKED, **due("2026-11-16")}, BOTH),
    ("선물 five days late", {**GIFT, **due("2026-11-16")}, BOTH),
    # the same once it is sent: what was late stays late, and grows no more
    ("sent on the due day", sent(UNSENT, "2026-11-16", "2026-11-16"), {}),
    ("sent on the day after", sent(UNSENT, "2026-11-16", "2026-11-17"), FIRST),
    ("sent on the fourth day", sent(UNSENT, "2026-11-12", "2026-11-18"), FIRST),
    ("sent on the fifth day", sent(UNSENT, "2026-11-12", "2026-11-19"), BOTH),
    ("sent on the Saturday after", sent(UNSENT, "2026-11-20", "2026-11-21"), FIRST),  # Friday was missed
    ("due on the Saturday, sent on it", sent(UNSENT, "2026-11-21", "2026-11-21"), {}),
    ("sent late and delivered", {**sent(UNSENT, "2026-11-16", "2026-11-17"), Col.ORDER_STATUS: "배송완료"}, FIRST),
    ("sent late, now returned", {**sent(UNSENT, "2026-11-16", "2026-11-17"), Col.RETURN_STATUS: "반품요청"}, FIRST),
    ("sent late, cancel refused", {**sent(UNSENT, "2026-11-16", "2026-11-17"), Col.CANCEL_STATUS: "취소철회"}, FIRST),
    ("오늘출발 sent late", sent(TODAY, "2026-11-16", "2026-11-17"), FIRST),
    ("오늘출발 sent on the fifth day", sent(TODAY, "2026-11-12", "2026-11-19"), BOTH),
    ("정기구독 sent late", sent(SUBSCRIBED, "2026-11-16", "2026-11-17"), FIRST),
    ("정기구독 sent on the fifth day", sent(SUBSCRIBED, "2026-11-12", "2026-11-19"), BOTH),
    ("선물 sent late", sent(GIFT, "2026-11-16", "2026-11-17"), FIRST),
    ("희망일배송 sent late", sent(HOPED, "2026-11-16", "2026-11-17"), FIRST),
    ("예약구매 sent late", sent(BOOKED, "2026-11-16", "2026-11-17"), FIRST),
    ("a logistics firm sent it late", {**sent(UNSENT, "2026-11-12", "2026-11-19"), Col.FULFILLMENT: "어느물류"}, {}),
    ("sent, on what day nobody says", {**SENT, **due("2026-11-12")}, {}),
    (
        "sent, due day only computed",  # nobody sees any more whether a 발송지연 had moved it
        {**SENT, Col.PAID_AT: "2026-11-05", Col.DISPATCHED_AT: "2026-11-19", Col.ORDER_SUBSTATUS: None},
        {},
    ),
    ("N판매자 sent on the day after", sent(N_SELLER, "2026-11-16", "2026-11-17"), {"late_dispatch_daily": 1}),
    ("N판매자 sent on the third day", sent(N_SELLER, "2026-11-16", "2026-11-19"), {"late_dispatch_daily": 3}),
    ("N판매자 sent in time", sent(N_SELLER, "2026-11-16", "2026-11-16"), {}),
    ("promise kept", sent({**UNSENT, **DELAYED}, "2026-11-16", "2026-11-16"), {}),
    ("promise broken, then sent", sent({**UNSENT, **DELAYED}, "2026-11-16", "2026-11-17"), {"promise_missed": 2}),
    (
        "오늘출발 promise broken, then sent",
        sent({**TODAY, **DELAYED}, "2026-11-16", "2026-11-17"),
        {"promise_missed": 3},
    ),
    ("정기구독 likewise", sent({**SUBSCRIBED, **DELAYED}, "2026-11-16", "2026-11-17"), {"promise_missed": 3}),
    ("N판매자 has no promise to break", sent({**N_SELLER, **DELAYED}, "2026-11-16", "2026-11-18"), {}),
    ("선물 promise broken", {**GIFT, **DELAYED, **due("2026-11-20")}, {"promise_missed": 2}),
    ("희망일배송 promise broken", {**HOPED, **DELAYED, **due("2026-11-20")}, {"promise_missed": 2}),
    ("예약구매 promise broken", {**BOOKED, **DELAYED, **due("2026-11-20")}, {"promise_missed": 2}),
    ("N판매자 after a delay notice", {**N_SELLER, **DELAYED, **due("2026-11-19")}, {}),
    ("delayed, promised day unknown", {**UNSENT, **DELAYED, Col.PAID_AT: "2026-11-05"}, {}),
    ("a logistics firm sends it", {**UNSENT, **due("2026-11-16"), Col.FULFILLMENT: "어느물류"}, {}),
    ("gift not accepted yet", {**GIFT, **due("2026-11-16"), Col.ORDER_SUBSTATUS: "수락대기"}, {}),
    # N판매자배송: 1 a day, and no second stage
    ("N판매자 in time", {**N_SELLER, **due("2026-11-23")}, {}),
    ("N판매자 one day late", {**N_SELLER, **due("2026-11-20")}, {"late_dispatch_daily": 1}),
    ("N판매자 five days late", {**N_SELLER, **due("2026-11-16")}, {"late_dispatch_daily": 5}),
    # 발송예정일 미발송: 2, or 3 for 오늘출발 and 정기구독, in place of the two above
    ("promise due today", {**UNSENT, **DELAYED, **due("2026-11-23")}, {}),
    ("promise missed", {**UNSENT, **DELAYED, **due("2026-11-20")}, {"promise_missed": 2}),
    ("promise long missed", {**UNSENT, **DELAYED, **due("2026-11-16")}, {"promise_missed": 2}),
    ("오늘출발 promise due today", {**TODAY, **DELAYED, **due("2026-11-23")}, {}),
    ("오늘출발 promise missed", {**TODAY, **DELAYED, **due("2026-11-20")}, {"promise_missed": 3}),
    ("정기구독 promise missed", {**SUBSCRIBED, **DELAYED, **due("2026-11-20")}, {"promise_missed": 3}),
    # 품절 취소: by today's action
    ("품절", {**UNSENT, **SOLD_OUT}, {"sold_out_cancel": 2}),
    ("품절 before 발주확인", {**UNSENT, **SOLD_OUT, Col.ORDER_STATUS: "결제완료"}, {"sold_out_cancel": 2}),
    ("품절 오늘출발", {**TODAY, **SOLD_OUT}, {"sold_out_cancel": 2}),
    ("품절 정기구독", {**SUBSCRIBED, **SOLD_OUT}, {"sold_out_cancel": 3}),
    ("품절 선물", {**GIFT, **SOLD_OUT}, {"sold_out_cancel": 3}),
    ("품절 N판매자", {**N_SELLER, **SOLD_OUT}, {"sold_out_cancel": 2}),
    ("품절 희망일배송", {**HOPED, **SOLD_OUT}, {"sold_out_cancel": 2}),
    ("품절 예약구매", {**BOOKED, **SOLD_OUT}, {"sold_out_cancel": 2}),
    ("품절 done", CANCELLED, {"sold_out_cancel": 2}),
    ("품절 done, 선물", {**CANCELLED, Col.CHANNEL: "선물하기"}, {"sold_out_cancel": 3}),
    ("품절 done, 정기구독", {**CANCELLED, Col.SUBSCRIPTION: "3"}, {"sold_out_cancel": 3}),
    ("품절 done, N판매자", {**CANCELLED, Col.SHIP_ATTRIBUTE: "N판매자배송"}, {"sold_out_cancel": 2}),
    ("품절 done, 오늘출발", {**CANCELLED, Col.SHIP_ATTRIBUTE: "오늘출발"}, {"sold_out_cancel": 2}),
    ("품절 done, filed by the buyer", {**CANCELLED, Col.CLAIM_CHANNEL: "구매자"}, {}),
    ("품절 done, who filed it nobody says", {**CANCELLED, Col.CLAIM_CHANNEL: None}, {}),
    ("품절 done, on what day nobody says", {**CANCELLED, Col.CANCELLED_AT: None}, {}),
    ("품절 under way", {**CANCELLED, Col.CANCEL_STATUS: "취소중"}, {}),
    ("품절 withdrawn", {**CANCELLED, Col.CANCEL_STATUS: "취소철회", Col.ORDER_STATUS: "배송중"}, {}),
    ("배송지연 done", {**CANCELLED, Col.CLAIM_REASON: "배송지연"}, {}),
    ("a return for 품절", {**CANCELLED, Col.CANCEL_STATUS: "", Col.RETURN_STATUS: "반품완료"}, {}),
    ("품절 and late", {**UNSENT, **SOLD_OUT, **due("2026-11-20")}, {"late_dispatch": 1, "sold_out_cancel": 2}),
    ("품절, consent unknown", {**UNSENT, **SOLD_OUT, Col.CONSENT: ""}, {}),
    ("품절, not agreed", {**UNSENT, **SOLD_OUT, Col.CONSENT: "아니오"}, {}),
    (
        "품절 under a false reason",
        {**UNSENT, **SOLD_OUT, Col.SELLER_REASON: "구매의사취소", Col.TRUE_REASON: "품절"},
        {},
    ),
    ("배송지연", {**UNSENT, **SOLD_OUT, Col.SELLER_REASON: "배송지연"}, {}),
    ("구매의사취소", {**UNSENT, **SOLD_OUT, Col.SELLER_REASON: "구매의사취소"}, {}),
    # 반품·교환 처리 지연: from the third working day after 수거완료, given on the fourth
    ("return on the third day", {**BACK, Col.COLLECT_DONE: "2026-11-18 10:00"}, {}),
    ("return on the fourth day", {**BACK, Col.COLLECT_DONE: "2026-11-17 10:00"}, {"late_return": 1}),
    ("return on hold", {**BACK, Col.COLLECT_DONE: "2026-11-17", Col.HOLDBACK: "환불보류"}, {}),
    ("return off hold", {**BACK, Col.COLLECT_DONE: "2026-11-17", Col.HOLDBACK: "보류해제"}, {"late_return": 1}),
    ("return, day unknown", BACK, {}),
    ("return on its way", {**BACK, Col.RETURN_STATUS: "수거중"}, {}),
    ("exchange on the third day", {**SWAP, Col.COLLECT_DONE: "2026-11-18 10:00"}, {}),
    ("exchange on the fourth day", {**SWAP, Col.COLLECT_DONE: "2026-11-17 10:00"}, {"late_exchange": 1}),
    ("exchange on hold", {**SWAP, Col.COLLECT_DONE: "2026-11-17", Col.HOLDBACK: "교환보류"}, {}),
    ("return, N판매자", {**BACK, **N_SELLER, **BACK, Col.COLLECT_DONE: "2026-11-17"}, {"late_return": 1}),
    ("exchange, N판매자", {**N_SELLER, **SWAP, Col.COLLECT_DONE: "2026-11-17"}, {"late_exchange": 1}),
    ("return, 오늘출발", {**TODAY, **BACK, Col.COLLECT_DONE: "2026-11-17"}, {"late_return": 1}),
    ("return, 정기구독", {**SUBSCRIBED, **BACK, Col.COLLECT_DONE: "2026-11-17"}, {"late_return": 1}),
    ("exchange, 선물", {**GIFT, **SWAP, Col.COLLECT_DONE: "2026-11-17"}, {"late_exchange": 1}),
    ("return, 희망일배송", {**HOPED, **BACK, Col.COLLECT_DONE: "2026-11-17"}, {"late_return": 1}),
    ("exchange, 예약구매", {**BOOKED, **SWAP, Col.COLLECT_DONE: "2026-11-17"}, {"late_exchange": 1}),
    ("exchange sent again", {**SWAP, Col.COLLECT_DONE: "2026-11-17", Col.EXCHANGE_STATUS: "교환재배송중"}, {}),
    # 허위 송장: no scan within two working days of the invoice, fifteen from abroad
    ("no scan on the third day", UNSCANNED, {"false_invoice": 3}),
    ("no scan on the second day", {**UNSCANNED, Col.DISPATCHED_AT: "2026-11-19 09:00"}, {}),
    ("no scan, as last seen on Friday", {**UNSCANNED, Col.SEEN_AT: "2026-11-20 18:00"}, {}),
    ("no scan, day of the invoice unknown", {**UNSCANNED, Col.DISPATCHED_AT: None, Col.TRACKING_NO: "1"}, {}),
    ("on its way", {**UNSCANNED, Col.ORDER_STATUS: "배송중"}, {}),
    ("on its way, but not by the seller", NOT_LEFT, {"false_invoice": 3}),
    ("on its way, and unpacked", {**NOT_LEFT, Col.HANDOVER: "미포장"}, {"false_invoice": 3}),
    ("on its way, and picked up", {**NOT_LEFT, Col.HANDOVER: "집화"}, {}),
    ("on its way since yesterday", {**NOT_LEFT, Col.DISPATCHED_AT: "2026-11-20 09:00"}, {}),
    ("delivered", {**NOT_LEFT, Col.ORDER_STATUS: "배송완료"}, {}),
    ("no scan, 오늘출발", {**UNSCANNED, Col.SHIP_ATTRIBUTE: "오늘출발"}, {"false_invoice": 3}),
    ("no scan, 정기구독", {**UNSCANNED, Col.SUBSCRIPTION: "3"}, {"false_invoice": 3}),
    ("no scan, 선물", {**UNSCANNED, Col.CHANNEL: "선물하기"}, {"false_invoice": 3}),
    ("no scan, 예약구매", {**UNSCANNED, Col.SHIP_ATTRIBUTE: "예약구매"}, {"false_invoice": 3}),
    ("no scan, 희망일배송", {**UNSCANNED, Col.SHIP_ATTRIBUTE: "희망일배송"}, {"false_invoice": 3}),
    ("no scan, N판매자", {**UNSCANNED, Col.SHIP_ATTRIBUTE: "N판매자배송"}, {"false_invoice": 3}),
    ("not left, N판매자", {**NOT_LEFT, Col.SHIP_ATTRIBUTE: "N판매자배송"}, {"false_invoice": 3}),
    ("no scan, a logistics firm", {**UNSCANNED, Col.FULFILLMENT: "어느물류"}, {}),
    ("brought by the seller", {**UNSCANNED, Col.SHIP_METHOD: "직접전달"}, {}),
    ("delivery unknown", {**UNSCANNED, Col.SHIP_METHOD: None}, {}),
    ("both 문제송장 and not left", {**NOT_LEFT, Col.MISTAKEN_INVOICE: "Y"}, {"false_invoice": 3}),
    ("해외 after ten days", {**UNSCANNED, **IMPORTED, Col.DISPATCHED_AT: "2026-11-09"}, {}),
    ("해외 on the fifteenth day", {**UNSCANNED, **IMPORTED, Col.DISPATCHED_AT: "2026-11-02"}, {}),
    ("해외 on the sixteenth", {**UNSCANNED, **IMPORTED, Col.DISPATCHED_AT: "2026-10-30"}, {"false_invoice": 3}),
    ("해외 not left, on the fifteenth", {**NOT_LEFT, **IMPORTED, Col.DISPATCHED_AT: "2026-11-02"}, {}),
    (
        "해외 not left, on the sixteenth",
        {**NOT_LEFT, **IMPORTED, Col.DISPATCHED_AT: "2026-10-30"},
        {"false_invoice": 3},
    ),
    ("an old invoice", {**UNSCANNED, Col.DISPATCHED_AT: "2026-09-16"}, {}),  # its two days passed before 2026-09-20
    ("문제송장", {**SENT, Col.MISTAKEN_INVOICE: "Y"}, {"false_invoice": 3}),
    ("문제송장 아님", {**SENT, Col.MISTAKEN_INVOICE: "N"}, {}),
    ("문제송장 모름", SENT, {}),
    ("문제송장, purchase decided", {**SENT, Col.MISTAKEN_INVOICE: "Y", Col.ORDER_STATUS: "구매확정"}, {}),
]


@pytest.fixture(scope="module")
def brought(with_imports: Rulebook, workdays: Workdays) -> list[tuple[PenaltyEvent, ...]]:
    """The events of all cases above, judged at once: no two of them share an order."""
    report = think(batch_of(*(line for _, line, _ in CASES)), with_imports, MONDAY, workdays)
    situations = report.rows.sort_values(Col.PRODUCT_ORDER_NO)[Out.SITUATION]
    return [report.verdicts[situation].penalties for situation in situations]


@pytest.mark.parametrize(
    ("row", "expected"), [(row, case[2]) for row, case in enumerate(CASES)], ids=[case[0] for case in CASES]
)
def test_the_penalty_table(row: int, expected: dict[str, int], brought: list[tuple[PenaltyEvent, ...]]) -> None:
    assert {event.event: event.points for event in brought[row]} == expected


def test_every_penalty_row_has_a_case(book: Rulebook, brought: list[tuple[PenaltyEvent, ...]]) -> None:
    hit = {event.rule for events in brought for event in events}
    assert hit == {row.id for row in book.penalties.table.rows}


def test_what_the_official_table_leaves_blank_is_called_uncertain(book: Rulebook) -> None:
    """N판매자배송: "3?", "2?" and the empty cells. Its daily point is in the table, and has no second stage."""
    blank = {row.id for row in book.penalties.table.rows if "N판매자" in cell_of(row, "판매방식")}
    uncertain = {row.id for row in book.penalties.table.rows if "미확인" in row.sources}
    assert blank - uncertain == {"P-12", "P-17"}
    assert uncertain - blank == {"P-13"}  # is an invoice registered as wrong a false one?
    assert not any(row.event in ("late_dispatch_2", "promise_missed") for row in rows_of(book, blank))


def cell_of(row: PenaltyRow, word: str) -> frozenset[str]:
    return row.when[word].values if word in row.when else frozenset()


def rows_of(book: Rulebook, rules: set[str]) -> list[PenaltyRow]:
    return [row for row in book.penalties.table.rows if row.id in rules]


ASKED = {Col.CANCEL_STATUS: "취소요청", Col.CLAIM_REQUESTED: "2026-11-23 01:00"}


@pytest.mark.parametrize(
    ("sent", "expected"),
    [("2026-11-18 23:00", {}), ("2026-11-19 00:30", FIRST), ("2026-11-23 05:00", FIRST)],
    ids=["on the due day", "on the next", "long after"],
)
def test_a_request_on_a_dispatched_order_brings_only_what_was_late(
    sent: str, expected: dict[str, int], book: Rulebook, workdays: Workdays
) -> None:
    line = {**SENT, **ASKED, **due("2026-11-18"), Col.DISPATCHED_AT: sent}
    report = report_of(line, book, workdays)
    assert report.verdicts[0].action is Action.RETURN
    assert points(line, book, workdays) == expected


@pytest.mark.parametrize("reason", ["구매의사취소", "상품품절", "배송지연", "상품파손"])
def test_approving_a_buyers_cancel_brings_no_points(reason: str, book: Rulebook, workdays: Workdays) -> None:
    line = {**UNSENT, **ASKED, **due("2026-11-25"), Col.CLAIM_REASON: reason}
    (verdict,) = report_of(line, book, workdays).verdicts
    assert (verdict.action, verdict.points) == (Action.APPROVE, 0)
    assert ("sold_out_reason" in verdict.flags) == (reason == "상품품절")


def test_only_the_sold_out_cancel_is_brought_by_todays_action(book: Rulebook, workdays: Workdays) -> None:
    (verdict,) = report_of({**UNSENT, **SOLD_OUT, **due("2026-11-20")}, book, workdays).verdicts
    assert {event.event: event.by_action for event in verdict.penalties} == {
        "late_dispatch": False,
        "sold_out_cancel": True,
    }


# ── on which day they are given ──────────────────────────────────────────────────────────────────


def test_the_official_example(book: Rulebook, workdays: Workdays) -> None:
    """Paid Mon 2026-04-06, due Thu 04-09: 1 point at dawn of Fri 04-10; 3 more at dawn of 04-16."""
    order = {**UNSENT, Col.PAID_AT: "2026-04-06 11:00"}
    assert granted(order, "P-01", book, workdays, at("2026-04-10")) == "2026-04-10"
    assert granted(order, "P-02", book, workdays, at("2026-04-10")) == "2026-04-16"
    days = ("2026-04-09", "2026-04-10", "2026-04-15", "2026-04-16")
    assert [sum(points(order, book, workdays, at(day)).values()) for day in days] == [0, 1, 1, 4]


@pytest.mark.parametrize(
    ("today", "day"),
    [("2026-11-20", "2026-11-23"), ("2026-11-21", "2026-11-23"), ("2026-11-23", "2026-11-24")],
    ids=["Friday", "Saturday", "Monday"],
)
def test_a_sold_out_cancel_is_given_on_the_next_working_day(
    today: str, day: str, book: Rulebook, workdays: Workdays
) -> None:
    assert granted({**UNSENT, **SOLD_OUT}, "P-06", book, workdays, at(today)) == day


def test_a_late_return_is_given_on_the_fourth_working_day(book: Rulebook, workdays: Workdays) -> None:
    line = {**BACK, Col.COLLECT_DONE: "2026-11-17 10:00"}
    assert granted(line, "P-10", book, workdays, MONDAY) == "2026-11-23"


def test_a_sold_out_cancel_that_is_done_has_its_own_day(book: Rulebook, workdays: Workdays) -> None:
    """A seller's case: paid 2026-03-31, cancelled 04-01, 2 points on the next working day (policy §6.1)."""
    line = {**CANCELLED, Col.PAID_AT: "2026-03-31 13:00", Col.CANCELLED_AT: "2026-04-01 10:00"}
    for today in ("2026-04-01", "2026-04-02", "2026-04-20"):
        assert points(line, book, workdays, at(today)) == {"sold_out_cancel": 2}
        assert granted(line, "P-20", book, workdays, at(today)) == "2026-04-02"
    (verdict,) = report_of(line, book, workdays, at("2026-04-02")).verdicts
    assert [event.by_action for event in verdict.penalties] == [False]


@pytest.mark.parametrize(
    ("line", "rule", "day"),
    [
        (UNSCANNED, "P-26", "2026-11-23"),  # Wednesday + 2 = Friday
        ({**UNSCANNED, Col.DISPATCHED_AT: "2026-11-21 10:00"}, "P-26", "2026-11-25"),  # a Saturday: Monday, Tuesday
        ({**UNSCANNED, Col.DISPATCHED_AT: "2026-10-30 10:00"}, "P-27", "2026-11-23"),  # fifteen working days to 11-20
        ({**SENT, Col.MISTAKEN_INVOICE: "Y", Col.MISTAKEN_AT: "2026-11-19 11:00"}, "P-13", "2026-11-20"),
        (sent(N_SELLER, "2026-11-16", "2026-11-18"), "P-17", "2026-11-17"),  # the first of its points
        (sent(UNSENT, "2026-11-12", "2026-11-19"), "P-14", "2026-11-19"),
    ],
)
def test_days_of_granting(line: Line, rule: str, day: str, book: Rulebook, workdays: Workdays) -> None:
    assert granted(line, rule, book, workdays, MONDAY) == day


def test_an_invoice_registered_as_wrong_on_a_day_that_nobody_tells_has_no_day(
    book: Rulebook, workdays: Workdays
) -> None:
    line = {**SENT, Col.MISTAKEN_INVOICE: "Y"}
    report = report_of(line, book, workdays)
    assert points(line, book, workdays) == {"false_invoice": 3}
    assert pd.isna(report.granted["P-13"][0])


def test_the_second_reading_of_the_second_stage_is_shown_and_decides_nothing(
    book: Rulebook, workdays: Workdays
) -> None:
    """Policy §6.3: due + 5 is the proposal, "+4 영업일에" the other reading. Due Tue 11-17: the fourth day is Monday."""
    rows = {row.id: row for row in book.penalties.table.rows}
    assert {(rows[rule].grant_after, rows[rule].grant_after_else) for rule in ("P-02", "P-14")} == {(5, 4)}
    assert all(row.grant_after_else is None for row in rows.values() if row.event != "late_dispatch_2")
    line = {**UNSENT, **due("2026-11-17")}
    assert granted(line, "P-02", book, workdays, MONDAY) == "2026-11-24"
    assert points(line, book, workdays) == FIRST
    assert points(line, book, workdays, at("2026-11-24")) == BOTH


def test_without_a_deadline_there_is_no_day(book: Rulebook, workdays: Workdays) -> None:
    report = report_of({**UNSENT, **SOLD_OUT, Col.DUE_AT: None}, book, workdays)
    assert pd.isna(report.granted["P-01"][0])


# ── the moratorium of 추석 2025: nothing given from 10-01 to 10-10, 품절취소 excepted ─────────────


@pytest.mark.parametrize(
    ("deadline", "today", "expected"),
    [
        ("2025-09-29", "2025-09-30", FIRST),  # the day before it begins
        ("2025-09-30", "2025-10-01", {}),
        ("2025-10-02", "2025-10-10", {}),
        ("2025-10-10", "2025-10-13", FIRST),
        # the second stage has its own day: due 09-23 + 5 is 09-30, due 09-24 + 5 is 10-01
        ("2025-09-23", "2025-09-30", BOTH),
        ("2025-09-24", "2025-10-01", FIRST),
        ("2025-09-30", "2025-10-14", {"late_dispatch_2": 3}),
    ],
)
def test_nothing_is_given_inside_a_moratorium(
    deadline: str, today: str, expected: dict[str, int], book: Rulebook, workdays: Workdays
) -> None:
    assert points({**UNSENT, **due(deadline)}, book, workdays, at(today)) == expected


@pytest.mark.parametrize("today", ["2025-09-30", "2025-10-01", "2025-10-10"])
def test_a_sold_out_cancel_counts_in_a_moratorium_too(today: str, book: Rulebook, workdays: Workdays) -> None:
    line = {**UNSENT, **SOLD_OUT, Col.DUE_AT: "2025-10-17"}
    assert points(line, book, workdays, at(today)) == {"sold_out_cancel": 2}


def test_daily_points_stop_only_while_the_moratorium_lasts(book: Rulebook, workdays: Workdays) -> None:
    """Due Mon 11-16, so given on 17, 18, 19, 20 and 23; two of those days are inside."""
    span = Moratorium(date(2026, 11, 18), date(2026, 11, 19), ("판단",))
    spared = replace(book, penalties=replace(book.penalties, moratoria=(span,)))
    assert points({**N_SELLER, **due("2026-11-16")}, spared, workdays) == {"late_dispatch_daily": 3}


@pytest.mark.parametrize(
    ("line", "today", "expected"),
    [
        (sent(UNSENT, "2025-09-24", "2025-10-02"), "2025-10-13", {"late_dispatch": 1}),  # on 09-25; the 3 on 10-01
        (sent(UNSENT, "2025-09-30", "2025-10-20"), "2025-10-20", {"late_dispatch_2": 3}),  # the first on 10-01
        ({**CANCELLED, Col.CANCELLED_AT: "2025-10-02"}, "2025-10-13", {"sold_out_cancel": 2}),
        ({**BACK, Col.COLLECT_DONE: "2025-09-26"}, "2025-10-13", {}),  # + 3 = 10-01, given on 10-02
        ({**BACK, Col.COLLECT_DONE: "2025-10-01"}, "2025-10-15", {"late_return": 1}),  # + 3 = 10-13, given on 10-14
    ],
)
def test_the_moratorium_goes_by_the_day_of_granting_of_each_event(
    line: Line, today: str, expected: dict[str, int], book: Rulebook, workdays: Workdays
) -> None:
    assert points(line, book, workdays, at(today)) == expected


def test_daily_points_of_a_sent_order_stop_with_it_and_spare_the_moratorium(book: Rulebook, workdays: Workdays) -> None:
    """Due Mon 11-16, sent on Fri 11-20: given on 17, 18, 19 and 20, of which 18 and 19 are spared."""
    span = Moratorium(date(2026, 11, 18), date(2026, 11, 19), ("판단",))
    spared = replace(book, penalties=replace(book.penalties, moratoria=(span,)))
    assert points(sent(N_SELLER, "2026-11-16", "2026-11-20"), spared, workdays) == {"late_dispatch_daily": 2}


# ── points are those of their own day ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "today", "expected"),
    [
        ({**UNSENT, **due("2021-02-25")}, "2021-02-26", {}),
        ({**UNSENT, **due("2021-03-02")}, "2021-03-03", FIRST),
        ({**UNSENT, **due("2021-02-26")}, "2021-03-03", {}),  # it was late before there was a rule
        ({**UNSENT, **due("2021-02-24")}, "2021-03-04", {"late_dispatch_2": 3}),  # its second stage fell on 03-03
        ({**UNSENT, **SOLD_OUT, **due("2021-03-31")}, "2021-02-26", {}),
        ({**UNSENT, **SOLD_OUT, **due("2021-03-31")}, "2021-03-02", {"sold_out_cancel": 2}),
        ({**GIFT, **SOLD_OUT, **due("2024-01-31")}, "2024-01-02", {"sold_out_cancel": 3}),
        ({**BACK, Col.COLLECT_DONE: "2021-02-19"}, "2021-02-26", {}),
        ({**BACK, Col.COLLECT_DONE: "2021-02-25"}, "2021-03-04", {"late_return": 1}),
        # N판매자배송 is known since Sunday 2026-09-20: given on 21, 22 and 23
        ({**N_SELLER, **due("2026-09-16")}, "2026-09-18", {}),
        ({**N_SELLER, **due("2026-09-16")}, "2026-09-23", {"late_dispatch_daily": 3}),
    ],
)
def test_an_event_is_worth_what_it_was_on_its_day(
    line: Line, today: str, expected: dict[str, int], book: Rulebook, workdays: Workdays
) -> None:
    assert points(line, book, workdays, at(today)) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (((date(2021, 3, 1), 1), (date(2026, 11, 20), 2)), {"late_dispatch": 2}),  # the day that was missed
        (((date(2021, 3, 1), 1), (date(2026, 11, 21), 2)), FIRST),
        (((date(2021, 3, 1), 1), (date(2026, 11, 20), None)), {}),  # repealed
    ],
)
def test_a_number_that_changes_does_not_change_the_past(
    steps: tuple[tuple[date, int | None], ...], expected: dict[str, int], book: Rulebook, workdays: Workdays
) -> None:
    line = {**UNSENT, **due("2026-11-20")}
    assert points(line, with_points(book, "P-01", Dated(steps)), workdays) == expected


def test_daily_points_change_on_their_day(book: Rulebook, workdays: Workdays) -> None:
    """Due Mon 11-16: 1 on 17, 18 and 19, then 2 on 20 and 23."""
    steps = Dated(((date(2026, 9, 20), 1), (date(2026, 11, 20), 2)))
    line = {**N_SELLER, **due("2026-11-16")}
    assert points(line, with_points(book, "P-12", steps), workdays) == {"late_dispatch_daily": 7}


def with_points(book: Rulebook, rule: str, steps: Dated) -> Rulebook:
    def changed(row: PenaltyRow) -> PenaltyRow:
        return replace(row, points=steps) if row.id == rule else row

    table = replace(book.penalties.table, rows=tuple(map(changed, book.penalties.table.rows)))
    return replace(book, penalties=replace(book.penalties, table=table))

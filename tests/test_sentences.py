"""Every sentence in a row must be true of its order: the reason, the clicks, the message, and how to avoid its points.

Mon 2026-11-23, 09:00; each sentence is one that a seller would act on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from test_facts import MONDAY, Line, batch_of, with_store
from test_penalties import UNSENT, due
from test_policy_lines import (
    AGREED,
    ARRIVED,
    ASKED,
    CONDITIONAL,
    NOTIFIED,
    ORDER,
    PACKED,
    PICKED_UP,
    PRINTED,
    REFUSED,
    SENT,
    SOLD_OUT,
)
from trials import across

from processor import outbox
from processor.app.think import think
from processor.judge import Workdays
from processor.model import Action, Col, Out, Report, Verdict
from processor.outbox.drafts import fill
from processor.outbox.sheet import Table
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

N_SELLER = {Col.SHIP_ATTRIBUTE: "N판매자배송"}
TODAY = {Col.SHIP_ATTRIBUTE: "오늘출발"}
MIND = {**ORDER, **AGREED, Col.SELLER_REASON: "구매의사취소"}
ABOVE = {"free_shipping_over": 50_000, "return_fee": 3000, "outbound_fee": 3000}
PAST_ORDERS = {**ORDER, **CONDITIONAL, Col.TOTAL_AMOUNT: 10_000}


class Said:
    """The first order of a batch: its verdict, its clicks and its message."""

    def __init__(self, book: Rulebook, workdays: Workdays, *lines: Line, sold_out: Any = (), **store: Any) -> None:
        book = with_store(book, **store)
        report = think(batch_of(*lines, sold_out=sold_out), book, MONDAY, workdays)
        first = report.rows[report.rows[Col.PRODUCT_ORDER_NO].eq("2026111800000001")]
        self.report: Report = report
        self.verdict: Verdict = report.verdicts[first[Out.SITUATION].iloc[0]]
        self.why = self.verdict.why.ko
        self.clicks = " › ".join(click.ko for click in book.messages.screens[self.verdict.screen])
        self.draft = fill(first, [0], [self.verdict], book.messages, "ko")[0] or ""
        self.act_by = first[Out.ACT_BY].iloc[0]


# ── a sold-out list, and what was sent ───────────────────────────────────────────────────────────

LISTED = [{Col.PRODUCT_NO: "8100000001"}]


@across(
    {
        "sent": [
            {Col.DISPATCHED_AT: "2026-11-23 08:30"},
            {Col.TRACKING_NO: "551234567890"},
            {Col.DISPATCH_SEEN: True},
            {Col.ORDER_STATUS: "배송중"},
        ],
        "told": [{}, {Col.TRUE_REASON: "품절"}, {Col.CONSENT: "예"}],
    }
)
def test_a_sold_out_list_never_touches_a_parcel_that_was_sent(
    told: Line, sent: Line, book: Rulebook, workdays: Workdays
) -> None:
    said = Said(book, workdays, {**ORDER, **told, **sent}, sold_out=LISTED)
    assert (said.verdict.action, said.draft) == (Action.NONE, "")
    assert said.report.sold_out_products.empty


def test_a_sold_out_list_is_about_orders_that_wait(book: Rulebook, workdays: Workdays) -> None:
    assert Said(book, workdays, ORDER, sold_out=LISTED).verdict.action is Action.NEGOTIATE


# ── a delay notice only where it is open, prevents a point and saves more than it may cost ───────


@across(
    {
        "more advised": [
            ({**due("2026-11-24")}, True),
            ({**due("2026-11-23")}, True),
            ({**due("2026-11-20")}, True),  # 3 more are avoided, a missed promise costs 2
            ({**due("2026-11-17")}, True),  # the fourth day
            ({**due("2026-11-16")}, False),  # the 3 have come
            ({**due("2026-11-20"), **TODAY}, False),  # a missed promise costs 3
            ({**due("2026-11-20"), Col.CHANNEL: "정기구독"}, False),
            ({**due("2026-11-23"), **TODAY}, True),
            ({**due("2026-11-16"), **N_SELLER}, True),  # a point each day until then
            ({**due("2026-11-20"), **NOTIFIED}, False),  # once only
            ({**due("2026-11-23"), **NOTIFIED}, False),
            ({**due("2026-11-20"), **NOTIFIED, **N_SELLER}, False),
        ],
        "started": [{}, {Col.SELLER_REASON: "상품품절", **REFUSED}],
    }
)
def test_a_delay_notice_is_advised_only_where_it_helps(
    started: Line, more: Line, advised: bool, book: Rulebook, workdays: Workdays
) -> None:
    said = Said(book, workdays, {**UNSENT, **more, **started})
    assert said.verdict.action is (Action.NEGOTIATE if started else Action.SHIP)
    assert ("[발송지연 처리]" in said.clicks) is advised
    assert ("한 번만 됩니다. 전에 했으면 다시 할 수 없습니다" in said.why) is advised
    assert "3점이 더" not in said.why or more.get(Col.SHIP_ATTRIBUTE) != "N판매자배송"


def test_what_is_missing_for_a_deadline_is_named(book: Rulebook, workdays: Workdays) -> None:
    bare = {**UNSENT, Col.DUE_AT: None}

    def why(line: Line, **store: Any) -> str:
        said = Said(book, workdays, line, **store)
        assert (said.verdict.action, said.verdict.facts["발송기한"]) == (Action.REVIEW, "모름")
        return said.why

    assert "store.today_cutoff" in why({**bare, **TODAY, Col.PAID_AT: "2026-11-23 08:00"})
    assert "결제일" in why({**bare, Col.PAID_AT: None})
    assert "결제일" in why({**bare, **TODAY, Col.PAID_AT: None}, today_cutoff="14:00")
    for line in (N_SELLER, NOTIFIED, {Col.SHIP_ATTRIBUTE: "희망일배송"}):
        alone = why({**bare, Col.PAID_AT: "2026-11-20 10:00", **line})
        assert "결제일" not in alone
        assert "today_cutoff" not in alone


# ── the reason that was told ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({}, "알려 주신 이유: 품절. 사유는 '상품품절'을 골라야 하고, 벌점 2점이 붙습니다"),
        ({Col.CHANNEL: "선물하기"}, "알려 주신 이유: 품절. 사유는 '상품품절'을 골라야 하고, 벌점 3점이 붙습니다"),
        ({Col.CHANNEL: "정기구독"}, "알려 주신 이유: 품절. 사유는 '상품품절'을 골라야 하고, 벌점 3점이 붙습니다"),
        (
            {Col.TRUE_REASON: "배송지연"},
            "알려 주신 이유: 배송지연. 사유는 '배송지연'을 골라야 하고, 취소 벌점은 없습니다",
        ),
        (
            {Col.TRUE_REASON: "오배송"},
            "알려 주신 이유: 오배송. 일곱 사유 가운데 맞는 것이 없으니 고르지 말고 구매자와 이야기하세요",
        ),
    ],
)
def test_a_false_reason_is_told_the_true_one_and_its_points(
    line: Line, expected: str, book: Rulebook, workdays: Workdays
) -> None:
    said = Said(book, workdays, {**MIND, Col.TRUE_REASON: "품절", **line})
    assert said.verdict.rule == "C-09"
    assert said.why.endswith(f"부당행위로 제재를 받습니다. {expected}")
    assert "실제사유에 품절을 적으세요" not in said.why


def test_a_list_that_belies_the_answer_names_its_reason(book: Rulebook, workdays: Workdays) -> None:
    said = Said(book, workdays, {**MIND, Col.TRUE_REASON: "구매의사취소"}, sold_out=LISTED)
    assert "알려 주신 이유: 품절" in said.why


def test_a_product_is_cancelled_as_sold_out_only_where_it_was(book: Rulebook, workdays: Workdays) -> None:
    """Another order of the product is told as sold out today: that is no cancel of the last thirty days."""
    said = Said(book, workdays, MIND, {**ORDER, Col.TRUE_REASON: "품절"})
    assert said.verdict.flags == ("doubtful_reason",)
    assert "이 상품은 오늘 품절이라고 알려 주셨습니다" in said.why
    assert "품절로 취소한 적이 있습니다" not in said.why


@pytest.mark.parametrize(("state", "again"), [("취소중", True), ("직권취소중", False)])
def test_only_a_cancel_that_was_approved_is_approved_again(
    state: str, again: bool, book: Rulebook, workdays: Workdays
) -> None:
    said = Said(book, workdays, {**ASKED, Col.CANCEL_STATUS: state})
    assert (said.verdict.action, "다시 승인" in said.why) == (Action.NONE, again)


# ── the message ──────────────────────────────────────────────────────────────────────────────────

NO_COST, TAKEN_OFF = "고객님이 내실 비용은 없습니다.", "처음 배송비(3,000원)를 환불금에서 뺍니다."


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({**ASKED, **CONDITIONAL, **PACKED}, "포장협의"),
        ({**ASKED, **CONDITIONAL, **PRINTED}, "출고준비"),
        ({**MIND, **CONDITIONAL}, "대리취소_완료"),
        ({**MIND, **CONDITIONAL, Col.CONSENT: ""}, "대리취소"),
        ({**ASKED, **CONDITIONAL}, "부분취소"),
    ],
)
def test_a_deduction_is_in_the_message_and_no_cost_is_promised_away(
    line: Line, message: str, book: Rulebook, workdays: Workdays
) -> None:
    said = Said(book, workdays, line, PAST_ORDERS, **ABOVE)
    assert said.verdict.message == message
    assert (TAKEN_OFF in said.draft) is (message != "부분취소")  # that one says it in its own words
    assert "환불금에서" in said.draft
    assert NO_COST not in said.draft
    alone = Said(book, workdays, line, **ABOVE)  # the whole bundle goes: nothing is owed
    assert "환불금에서" not in alone.draft
    assert message == "부분취소" or NO_COST in alone.draft


def test_the_text_of_one_reason_is_apart_where_a_deduction_is_apart(book: Rulebook, workdays: Workdays) -> None:
    """The screen of the seller's cancel sends one text to all that are ticked."""
    lines = [{**MIND, **CONDITIONAL}, PAST_ORDERS, {**MIND, Col.BUNDLE_NO: "78"}, {**MIND, **CONDITIONAL, Col.BUNDLE_NO: "79"},
             {**PAST_ORDERS, Col.BUNDLE_NO: "79"}]  # fmt: skip
    book = with_store(book, **ABOVE)
    report = think(batch_of(*lines), book, MONDAY, workdays)
    sheet = next(sheet for sheet in outbox.grid(report, book, "ko") if sheet.name == "판매자취소")
    groups, table = (block for block in sheet.blocks if isinstance(block, Table))
    drafts = list(table.cells[[column.header for column in table.columns].index("안내문")])
    assert ["환불금에서" in str(draft) for draft in drafts] == [True, True, False]
    told = {column.header: cells for column, cells in zip(groups.columns, groups.cells, strict=True)}
    assert list(told["건수"]) == [2, 1]
    assert all(line.startswith("화면에서 고를 사유: 구매의사취소. ") for line in told["이유"])
    assert all("따로 고르세요" in line for line in told["이유"])


def test_an_agreed_sold_out_cancel_does_not_offer_to_send_it(book: Rulebook, workdays: Workdays) -> None:
    for line in ({**SOLD_OUT, **AGREED, **PRINTED}, {**SOLD_OUT, **AGREED, **PACKED, Col.INVOICE_SEEN: False}):
        said = Said(book, workdays, line)
        assert "그대로 보내" not in said.why
        assert "받기를 원하시면" not in said.draft
        assert "그대로 받으시겠어요" not in said.draft


@pytest.mark.parametrize("method", ["택배,등기,소포", "퀵서비스", "방문수령"])
def test_without_a_request_none_is_refused_and_only_a_courier_is_one(
    method: str, book: Rulebook, workdays: Workdays
) -> None:
    said = Said(book, workdays, {**MIND, **PICKED_UP, Col.SHIP_METHOD: method.replace(" ", "")})
    assert said.verdict.rule == "C-32"
    assert "거절" not in said.why
    assert "택배사" not in said.why + said.draft
    assert "취소요청이 있으면 거절됩니다" in said.clicks


def test_what_has_arrived_does_not_arrive_first(book: Rulebook, workdays: Workdays) -> None:
    arrived, on_its_way = (Said(book, workdays, {**SOLD_OUT, **AGREED, **state}) for state in (ARRIVED, SENT))
    assert "먼저 도착하면" not in arrived.draft
    assert "먼저 도착하면" in on_its_way.draft


def test_a_withdrawn_request_promises_no_day_that_has_passed(book: Rulebook, workdays: Workdays) -> None:
    withdrawn = {**ASKED, Col.CANCEL_STATUS: "취소철회"}
    assert "2026-11-25까지" in Said(book, workdays, withdrawn).draft
    assert "까지" not in Said(book, workdays, {**withdrawn, Col.DUE_AT: "2026-11-20 23:59"}).draft


def test_a_claim_that_nobody_filed_is_not_spoken_of(book: Rulebook, workdays: Workdays) -> None:
    returning = {Col.ORDER_STATUS: "배송완료", Col.RETURN_STATUS: "반품요청"}
    assert "취소 신청과" not in Said(book, workdays, {**SOLD_OUT, **returning}).draft
    assert "취소 신청과" in Said(book, workdays, {**ASKED, **returning}).draft


# ── holds, and what avoids a point ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("claim", "hold", "release"),
    [
        ({Col.RETURN_STATUS: "수거완료"}, "환불보류중", "보류를 풀고 환불하세요"),
        ({Col.EXCHANGE_STATUS: "수거완료"}, "교환보류", "보류를 풀고 교환품을 보내세요"),
    ],
)
def test_a_hold_stops_the_clock_and_says_what_ends_it(
    claim: Line, hold: str, release: str, book: Rulebook, workdays: Workdays
) -> None:
    back = {**ORDER, **ARRIVED, **claim, Col.COLLECT_DONE: "2026-11-09 10:00", Col.HOLDBACK: hold}
    said = Said(book, workdays, back)
    assert pd.isna(said.act_by)
    assert (said.verdict.flags, said.verdict.points, said.draft) == ((), 0, "")
    assert "해결되면" in said.why.split(release)[0]  # only once it is settled
    assert said.report.points.empty


def test_a_cancel_is_not_avoided_by_sending(book: Rulebook, workdays: Workdays) -> None:
    report = think(batch_of({**SOLD_OUT, **AGREED}), replace(book), MONDAY, workdays)
    sheet = next(sheet for sheet in outbox.grid(report, book, "ko") if sheet.name == "패널티")
    table = next(block for block in sheet.blocks if isinstance(block, Table) and block.name == "points_by_order")
    columns = {column.header: cells for column, cells in zip(table.columns, table.cells, strict=True)}
    ways = dict(zip(columns["사건"], columns["피하는 방법"], strict=True))
    assert "그날까지 이 판매자취소를 끝내세요" in ways.values()
    assert not [way for way in ways.values() if way and "발송처리" in str(way)]


@pytest.mark.parametrize(("kind", "helps"), [({}, True), (TODAY, False), ({Col.CHANNEL: "정기구독"}, False)])
def test_a_delay_notice_is_no_way_where_a_missed_promise_costs_as_much(
    kind: Line, helps: bool, book: Rulebook, workdays: Workdays
) -> None:
    report = think(batch_of({**UNSENT, **due("2026-11-20"), **kind}), book, MONDAY, workdays)
    sheet = next(sheet for sheet in outbox.grid(report, book, "ko") if sheet.name == "패널티")
    table = next(block for block in sheet.blocks if isinstance(block, Table) and block.name == "points_by_order")
    columns = {column.header: cells for column, cells in zip(table.columns, table.cells, strict=True)}
    (way,) = (way for way, points in zip(columns["피하는 방법"], columns["점수"], strict=True) if points == 3)
    assert ("발송하거나" in str(way) or "발송처리하거나" in str(way)) is helps

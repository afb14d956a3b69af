"""Who pays which leg and how much: each line of the liability matrix (policy §5.2, design §7), through the whole judge.

F0 = 3,000 paid or free, R = 3,000 by the store's setting, X = 5,000 for 제주·도서.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import pytest
from test_facts import Line, batch_of, with_store

from processor.judge import Workdays, judge
from processor.model import Batch, Col, Out, Verdict
from processor.rulebook.types import Product, Rulebook

MONDAY = datetime(2026, 11, 23, 9, 0)
BOTH = ("outbound", "return")
WHOLE = "처음 배송비 3,000원도 함께 환불됩니다."
STAYS = "묶음배송에 남는 주문이 있어 처음 배송비는 그대로 둡니다."
SHARED = "같은 묶음배송의 다른 줄에 한 번만 계산했습니다."

PAID = {Col.BUNDLE_NO: "77", Col.FEE_KIND: "선불", Col.FEE_POLICY: "유료", Col.SHIPPING_FEE: 3000}
FREE = {Col.BUNDLE_NO: "77", Col.FEE_KIND: "무료", Col.FEE_POLICY: "무료", Col.SHIPPING_FEE: 0}
CONDITIONAL = {Col.BUNDLE_NO: "77", Col.FEE_KIND: "무료", Col.FEE_POLICY: "조건부무료", Col.SHIPPING_FEE: 0}
COLLECT = {Col.BUNDLE_NO: "77", Col.FEE_KIND: "착불", Col.FEE_POLICY: "유료", Col.SHIPPING_FEE: 0}

ASKED = {Col.CANCEL_STATUS: "취소요청", Col.SHIP_METHOD: "택배,등기,소포", Col.INVOICE_SEEN: True}
WAITING = {**ASKED, Col.ORDER_STATUS: "발송대기"}
PACKED = {**WAITING, Col.HANDOVER: "포장"}
PICKED_UP = {**WAITING, Col.HANDOVER: "집화"}
SENT = {**ASKED, Col.ORDER_STATUS: "배송중"}
RETURNING = {Col.ORDER_STATUS: "배송완료", Col.RETURN_STATUS: "수거중", Col.INVOICE_SEEN: True}
UNTOUCHED = {Col.ORDER_STATUS: "배송완료", Col.INVOICE_SEEN: True}
BUYERS, SELLERS, NOBODYS = ({Col.CLAIM_REASON: reason} for reason in ("구매의사취소", "상품파손", "배송지연"))
OWN = {Col.ORDER_STATUS: "발송대기", Col.INVOICE_SEEN: True, Col.CONSENT: "예", Col.SHIP_METHOD: "택배,등기,소포"}
SOLD_OUT, ON_BEHALF = {**OWN, Col.SELLER_REASON: "상품품절"}, {**OWN, Col.SELLER_REASON: "구매의사취소"}
EXCHANGE = {Col.ORDER_STATUS: "배송완료", Col.EXCHANGE_STATUS: "수거완료", Col.INVOICE_SEEN: True}

Fee = tuple[str, tuple[str, ...], int | None]  # payer, legs, won; None = unknown


def charged(batch: Batch, book: Rulebook, workdays: Workdays, **store: Any) -> list[dict[str, Any]]:
    """What each line costs, in the order of the batch."""
    settings = {"return_fee": 3000, "outbound_fee": 3000, **store}
    report = judge(batch, with_store(book, **settings), MONDAY, workdays)
    rows = report.rows.sort_values(Col.PRODUCT_ORDER_NO).to_dict("records")
    return [_line(row, report.verdicts[row[Out.SITUATION]]) for row in rows]


def _line(row: Mapping[str, Any], verdict: Verdict) -> dict[str, Any]:
    return {
        "action": verdict.action.value,
        "fee": (str(verdict.fee.payer), tuple(map(str, verdict.fee.legs)), _won(row[Out.FEE_AMOUNT])),
        "outbound": _won(row[Out.FEE_OUTBOUND]),
        "return": _won(row[Out.FEE_RETURN]),
        "note": row[Out.FEE_NOTE_KO],
    }


def _won(amount: Any) -> int | None:
    return None if pd.isna(amount) else int(amount)


def fee(line: Line, book: Rulebook, workdays: Workdays, **store: Any) -> Fee:
    (only,) = charged(batch_of(line), book, workdays, **store)
    return only["fee"]


NOBODY = ("none", (), 0)
MATRIX: list[tuple[str, Line, dict[str, Any], str, Fee]] = [
    # before dispatch, not packed: nobody, whatever the fault and the fee
    ("미포장 변심 유료", {**WAITING, **BUYERS, **PAID}, {}, "approve", NOBODY),
    ("미포장 변심 무료", {**WAITING, **BUYERS, **FREE}, {}, "approve", NOBODY),
    ("미포장 판매자 유료", {**WAITING, **SELLERS, **PAID}, {}, "approve", NOBODY),
    ("미포장 판매자 조건부", {**WAITING, **SELLERS, **CONDITIONAL}, {}, "approve", NOBODY),
    ("미포장 모름", {**WAITING, **NOBODYS, **PAID}, {}, "approve", NOBODY),
    # packed, not picked up: packing labour is no return cost
    ("포장 변심", {**PACKED, **BUYERS, **PAID}, {}, "negotiate", NOBODY),
    ("포장 변심 승인", {**PACKED, **BUYERS, **PAID}, {"packed": "approve"}, "approve", NOBODY),
    ("포장 판매자", {**PACKED, **SELLERS, **PAID}, {}, "approve", ("seller", (), 0)),
    ("포장 모름", {**PACKED, **NOBODYS, **PAID}, {}, "negotiate", ("undecided", (), None)),
    # picked up, but not dispatched in Naver: as after dispatch, by agreement
    ("집화 변심 유료", {**PICKED_UP, **BUYERS, **PAID}, {}, "negotiate", ("buyer", ("return",), 3000)),
    ("집화 변심 무료", {**PICKED_UP, **BUYERS, **FREE}, {}, "negotiate", ("buyer", BOTH, 6000)),
    ("집화 판매자 유료", {**PICKED_UP, **SELLERS, **PAID}, {}, "negotiate", ("seller", BOTH, 6000)),
    ("집화 판매자 무료", {**PICKED_UP, **SELLERS, **FREE}, {}, "negotiate", ("seller", BOTH, 6000)),
    # after dispatch, by the buyer's fault
    ("변심 유료", {**SENT, **BUYERS, **PAID}, {}, "return", ("buyer", ("return",), 3000)),
    ("변심 무료 청구", {**SENT, **BUYERS, **FREE}, {}, "return", ("buyer", BOTH, 6000)),
    (
        "변심 무료 면제",
        {**SENT, **BUYERS, **FREE},
        {"free_shipping_on_change_of_mind": "waive"},
        "return",
        ("buyer", ("return",), 3000),
    ),
    ("변심 조건부 전부", {**SENT, **BUYERS, **CONDITIONAL}, {}, "return", ("buyer", BOTH, 6000)),
    (
        "변심 조건부 면제",
        {**SENT, **BUYERS, **CONDITIONAL},
        {"free_shipping_on_change_of_mind": "waive"},
        "return",
        ("buyer", ("return",), 3000),
    ),
    (
        "변심 조건부 받음",
        {**SENT, **BUYERS, **CONDITIONAL, Col.SHIPPING_FEE: 3000},
        {},
        "return",
        ("buyer", ("return",), 3000),
    ),
    ("변심 착불", {**SENT, **BUYERS, **COLLECT}, {}, "return", ("buyer", ("return",), 3000)),
    ("변심 정책 모름", {**SENT, **BUYERS}, {}, "return", ("buyer", ("return",), None)),
    ("반품관리 변심", {**RETURNING, **BUYERS, **PAID}, {}, "return", ("buyer", ("return",), 3000)),
    # after dispatch, by the seller's fault: the seller pays all
    ("판매자 유료", {**SENT, **SELLERS, **PAID}, {}, "return", ("seller", BOTH, 6000)),
    ("판매자 무료", {**SENT, **SELLERS, **FREE}, {}, "return", ("seller", BOTH, 6000)),
    ("판매자 착불", {**SENT, **SELLERS, **COLLECT}, {}, "return", ("seller", BOTH, 6000)),
    ("반품관리 판매자", {**RETURNING, **SELLERS, **FREE}, {}, "return", ("seller", BOTH, 6000)),
    ("품절인데 배송중", {**SOLD_OUT, **PAID, Col.ORDER_STATUS: "배송중"}, {}, "return", ("seller", BOTH, 6000)),
    # nobody knows whose fault
    ("보낸 뒤 모름", {**SENT, **NOBODYS, **PAID}, {}, "return", ("undecided", ("return",), None)),
    # direct delivery: only what is proven
    (
        "직접전달 집화 변심",
        {**PICKED_UP, **BUYERS, **PAID, Col.SHIP_METHOD: "직접전달"},
        {},
        "negotiate",
        ("buyer", BOTH, None),
    ),
    (
        "직접전달 배송중 변심",
        {**SENT, **BUYERS, **FREE, Col.SHIP_METHOD: "직접전달"},
        {},
        "return",
        ("buyer", BOTH, None),
    ),
    (
        "직접전달 집화 판매자",
        {**PICKED_UP, **SELLERS, **PAID, Col.SHIP_METHOD: "직접전달"},
        {},
        "negotiate",
        ("seller", BOTH, 6000),
    ),
    ("직접전달 상차 전", {**WAITING, **BUYERS, **PAID, Col.SHIP_METHOD: "직접전달"}, {}, "approve", NOBODY),
    # a part of the quantity: no claw-back by the seller's fault, else it stays open
    (
        "일부 판매자",
        {**WAITING, **SELLERS, **CONDITIONAL, Col.QUANTITY_CLAIM: "Y"},
        {},
        "review",
        ("seller", (), None),
    ),
    (
        "일부 변심",
        {**WAITING, **BUYERS, **CONDITIONAL, Col.QUANTITY_CLAIM: "Y"},
        {},
        "review",
        ("undecided", (), None),
    ),
    # the seller's own cancels
    ("품절", {**SOLD_OUT, **PAID}, {}, "seller_cancel", ("seller", (), 0)),
    ("대리 취소", {**ON_BEHALF, **PAID}, {}, "seller_cancel", NOBODY),
    ("품절 동의 모름", {**SOLD_OUT, **PAID, Col.CONSENT: ""}, {}, "negotiate", ("seller", (), 0)),
    # exchanges
    ("교환 판매자", {**EXCHANGE, **SELLERS, **FREE}, {}, "ship", ("seller", BOTH, 6000)),
    ("교환 변심", {**EXCHANGE, **BUYERS, **FREE}, {}, "ship", ("buyer", BOTH, 6000)),
    ("교환 모름", {**EXCHANGE, **NOBODYS, **FREE}, {}, "ship", ("undecided", BOTH, None)),
    # nothing to settle
    ("배송 끝", {**UNTOUCHED, **PAID}, {}, "none", NOBODY),
    ("출고 모름", {**WAITING, **BUYERS, **PAID, Col.INVOICE_SEEN: False}, {}, "review", ("undecided", (), None)),
    # 제주·도서: both ways
    ("변심 무료 제주", {**SENT, **BUYERS, **FREE, Col.REMOTE_FEE: 5000}, {}, "return", ("buyer", BOTH, 16_000)),
    ("변심 유료 제주", {**SENT, **BUYERS, **PAID, Col.REMOTE_FEE: 5000}, {}, "return", ("buyer", ("return",), 8000)),
    ("판매자 무료 제주", {**SENT, **SELLERS, **FREE, Col.REMOTE_FEE: 5000}, {}, "return", ("seller", BOTH, 16_000)),
    ("미포장 제주", {**WAITING, **BUYERS, **PAID, Col.REMOTE_FEE: 5000}, {}, "approve", NOBODY),
]


@pytest.mark.parametrize(
    ("line", "store", "action", "expected"), [case[1:] for case in MATRIX], ids=[case[0] for case in MATRIX]
)
def test_the_liability_matrix(
    line: Line, store: dict[str, Any], action: str, expected: Fee, book: Rulebook, workdays: Workdays
) -> None:
    (only,) = charged(batch_of(line), book, workdays, **store)
    assert (only["action"], only["fee"]) == (action, expected)


def test_by_the_sellers_fault_the_buyer_pays_nothing(book: Rulebook, workdays: Workdays) -> None:
    states = (WAITING, PACKED, PICKED_UP, SENT, RETURNING, EXCHANGE, {**SENT, Col.SHIP_METHOD: "직접전달"})
    kinds = ({**kind, Col.BUNDLE_NO: None} for kind in (PAID, FREE, CONDITIONAL, COLLECT, {}))
    lines = [{**state, **SELLERS, **kind} for kind in kinds for state in states]
    assert {line["fee"][0] for line in charged(batch_of(*lines), book, workdays)} == {"seller", "none"}


# ── F0 once per bundle, and only when all of it goes ─────────────────────────────────────────────


def test_a_cancelled_bundle_gets_its_initial_fee_back(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged(batch_of({**WAITING, **BUYERS, **PAID}), book, workdays)
    assert only["note"] == WHOLE


def test_a_discounted_initial_fee_is_what_was_paid(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged(batch_of({**WAITING, **BUYERS, **PAID, Col.SHIPPING_DISCOUNT: 500}), book, workdays)
    assert only["note"] == "처음 배송비 2,500원도 함께 환불됩니다."


def test_a_free_bundle_has_none_to_give_back(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged(batch_of({**WAITING, **BUYERS, **FREE}), book, workdays)
    assert only["note"] == ""


CANCEL = {**WAITING, **BUYERS, **PAID}


@pytest.mark.parametrize(
    ("neighbour", "note"),
    [
        ({**PAID, Col.ORDER_STATUS: "발송대기", Col.INVOICE_SEEN: True}, STAYS),
        ({**PAID, **UNTOUCHED}, STAYS),
        ({**PAID, **UNTOUCHED, Col.EXCHANGE_STATUS: "교환완료"}, STAYS),  # the buyer kept the other one
        ({**PAID, Col.ORDER_STATUS: "발송대기", Col.CANCEL_STATUS: "취소완료"}, WHOLE),
        ({**PAID, Col.ORDER_STATUS: "취소", Col.CANCEL_STATUS: "취소완료"}, WHOLE),
        ({**PAID, Col.ORDER_STATUS: "발송대기", Col.CANCEL_STATUS: "취소중"}, WHOLE),
        ({**PAID, **WAITING, Col.ORDER_SUBSTATUS: "발송지연"}, WHOLE),  # refunded at once
        # still to be settled: neither can be said
        ({**PAID, **SOLD_OUT, Col.CONSENT: ""}, ""),
        ({**PAID, **PACKED, **BUYERS}, ""),
        ({**PAID, Col.ORDER_STATUS: "교환"}, ""),
    ],
)
def test_the_initial_fee_goes_back_only_with_the_whole_bundle(
    neighbour: Line, note: str, book: Rulebook, workdays: Workdays
) -> None:
    first, _ = charged(batch_of(CANCEL, neighbour), book, workdays)
    assert (first["action"], first["fee"], first["note"]) == ("approve", NOBODY, note)


def test_an_unknown_bundle_says_nothing_of_the_initial_fee(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged(batch_of({**CANCEL, Col.BUNDLE_NO: ""}), book, workdays)
    assert (only["fee"], only["note"]) == (NOBODY, "")


def test_the_refund_is_named_once_per_bundle(book: Rulebook, workdays: Workdays) -> None:
    assert [line["note"] for line in charged(batch_of(CANCEL, CANCEL), book, workdays)] == [WHOLE, ""]


def test_a_leg_is_charged_once_per_bundle(book: Rulebook, workdays: Workdays) -> None:
    back = {**SENT, **BUYERS, **FREE}
    lines = charged(batch_of(back, back, {**back, Col.BUNDLE_NO: "78"}), book, workdays)
    assert [line["fee"][2] for line in lines] == [6000, 0, 6000]
    assert [line["note"] for line in lines] == ["", SHARED, ""]


def test_conditional_free_shipping_with_a_remaining_line_is_left_open(book: Rulebook, workdays: Workdays) -> None:
    """No export tells the threshold: the buyer owes R, and F0 only below it."""
    back, _ = charged(batch_of({**SENT, **BUYERS, **CONDITIONAL}, {**UNTOUCHED, **CONDITIONAL}), book, workdays)
    assert back["fee"] == ("buyer", ("return",), None)


def test_conditional_free_shipping_that_all_comes_back_is_charged_once(book: Rulebook, workdays: Workdays) -> None:
    back = {**SENT, **BUYERS, **CONDITIONAL}
    lines = charged(batch_of(back, back), book, workdays)
    assert [line["fee"] for line in lines] == [("buyer", BOTH, 6000), ("buyer", BOTH, 0)]


# ── where the won come from ──────────────────────────────────────────────────────────────────────


def test_a_fee_that_nobody_told_is_missing_never_0(book: Rulebook, workdays: Workdays) -> None:
    back = batch_of({**SENT, **BUYERS, **FREE})
    for store, outbound, home in (
        ({"return_fee": None}, 3000, None),
        ({"outbound_fee": None}, None, 3000),
        ({"return_fee": None, "outbound_fee": None}, None, None),
    ):
        (only,) = charged(back, book, workdays, **store)
        assert only["fee"] == ("buyer", BOTH, None)
        assert (only["outbound"], only["return"]) == (outbound, home)


def test_what_the_buyer_paid_is_known_without_the_stores_setting(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged(batch_of({**SENT, **SELLERS, **PAID, Col.SHIPPING_FEE: 2500}), book, workdays, outbound_fee=None)
    assert (only["outbound"], only["return"], only["fee"][2]) == (2500, 3000, 5500)


def test_nothing_charged_is_0_even_where_no_fee_is_set(book: Rulebook, workdays: Workdays) -> None:
    assert fee({**WAITING, **BUYERS, **FREE}, book, workdays, return_fee=None, outbound_fee=None) == NOBODY


def test_the_products_own_fee_goes_before_the_stores(book: Rulebook, workdays: Workdays) -> None:
    heavy = {"8100000001": Product("8100000001", None, "모름", 7000, None)}
    back = {**SENT, **BUYERS, **FREE, Col.BUNDLE_NO: None}
    batch = batch_of({**back, Col.PRODUCT_NO: "8100000001"}, {**back, Col.PRODUCT_NO: "8100000002"})
    lines = charged(batch, book, workdays, products=heavy)
    assert [(line["outbound"], line["return"]) for line in lines] == [(3000, 7000), (3000, 3000)]
    (alone, _) = charged(batch, book, workdays, products=heavy, return_fee=None)
    assert alone["fee"][2] == 10_000


@pytest.mark.parametrize(
    ("line", "goods"),
    [
        (
            {**WAITING, **BUYERS, **PAID, Col.PRODUCT_NO: "8100000001"},
            Product("8100000001", "주문제작", "예", None, None),
        ),
        (
            {**WAITING, **BUYERS, **PAID, Col.PRODUCT_NO: "8100000001"},
            Product("8100000001", "해외", "모름", None, None),
        ),
    ],
    ids=["made to order", "overseas"],
)
def test_special_goods_cost_only_what_is_proven(line: Line, goods: Product, book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged(batch_of(line), book, workdays, products={goods.product_no: goods})
    assert (only["action"], only["fee"]) == ("negotiate", ("buyer", (), None))


# ── totals ───────────────────────────────────────────────────────────────────────────────────────


def test_the_totals_balance(book: Rulebook, workdays: Workdays) -> None:
    back = {**SENT, **BUYERS}
    lines = charged(
        batch_of(
            {**back, **FREE},  # buyer 6,000
            {**back, **FREE},  # the same bundle
            {**back, **PAID, Col.BUNDLE_NO: "78"},  # buyer 3,000
            {**SENT, **SELLERS, **PAID, Col.BUNDLE_NO: "79"},  # seller 6,000
            {**WAITING, **BUYERS, **PAID, Col.BUNDLE_NO: "80"},  # nobody
            {**back, **PAID, Col.BUNDLE_NO: "81", Col.SHIP_METHOD: "직접전달"},  # unknown
        ),
        book,
        workdays,
    )
    known = [line for line in lines if line["fee"][2] is not None]
    assert all(line["fee"][2] == line["outbound"] + line["return"] for line in known)
    totals = Counter[str]()
    for line in known:
        totals[line["fee"][0]] += line["fee"][2]
    assert totals == {"buyer": 9000, "seller": 6000, "none": 0}
    assert sum(line["outbound"] for line in known) == 6000
    assert sum(line["return"] for line in known) == 9000
    assert len(lines) - len(known) == 1

"""Who pays which leg and how much: each line of the liability matrix (policy §5.2, §11.1), through the whole judge.

F0 = 3,000 paid or free, R = 3,000 by the store's setting, X = 5,000 for 제주·도서.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from apart import apart
from made import product
from test_facts import Line, batch_of, with_store

from processor.app.think import think
from processor.judge import Workdays
from processor.model import Batch, Col, Out, Verdict
from processor.outbox.drafts import fill
from processor.rulebook.types import Dated, Product, Rulebook

pytestmark = pytest.mark.slow

MONDAY = datetime(2026, 11, 23, 9, 0)
BOTH = ("outbound", "return")
WHOLE = "처음 배송비 3,000원도 함께 환불됩니다."
STAYS = "묶음배송에 남는 주문이 있어 처음 배송비는 그대로 둡니다."
SHARED = "같은 묶음배송의 다른 주문에 한 번만 계산했습니다."

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
RETURN_ONLY: Fee = ("buyer", ("return",), 3000)


def charged(
    lines: Sequence[Line],
    book: Rulebook,
    workdays: Workdays,
    sold_out: Sequence[Mapping[str, str]] = (),
    **store: Any,
) -> list[dict[str, Any]]:
    """What each line costs, in the order of the lines."""
    if not _judged:
        _judged.update(_all_tables(book, workdays))
    known = _judged.get(repr((lines, store))) if not sold_out else None
    return known or _charged(batch_of(*lines, sold_out=sold_out), book, workdays, store)


_judged: dict[str, list[dict[str, Any]]] = {}


def _all_tables(book: Rulebook, workdays: Workdays) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The cases of the tables below, in one batch for each setting of the store."""
    cases: dict[str, list[tuple[list[Line], dict[str, Any]]]] = {}
    for lines, store in _cases():
        cases.setdefault(repr(store), []).append((lines, store))
    for same in cases.values():
        batch, numbers = apart([lines for lines, _ in same])
        found = iter(_charged(batch, book, workdays, same[0][1]))
        for (lines, store), own in zip(same, numbers, strict=True):
            yield repr((lines, store)), [next(found) for _ in own]


def _cases() -> Iterator[tuple[list[Line], dict[str, Any]]]:
    for _, line, store, *_ in MATRIX:
        yield [line], store
    for neighbour, _ in NEIGHBOURS:
        yield [CANCEL, neighbour], {}
    for _, line, _ in ONE_OF_TWO:
        yield from (([line], {}), ([line, kept_beside(line)], {}))
    for _, rest, store, *_ in REMAINDERS:
        yield from (([won(goes, 15_000), *rest], store) for goes in (GOES_BACK, GOES))
    for _, line, *_ in WHO_LEAVES:
        yield from (([won(goes, 10_000), *beside(line)], FROM_30) for goes in (GOES_BACK, GOES))
    for _, amounts, _ in AMOUNTS:
        yield [won(GOES, 10_000), *conditional(amounts)], FROM_30
    for _, line, *_ in SUPPORTED:
        yield [line], {}


def _charged(batch: Batch, book: Rulebook, workdays: Workdays, store: Mapping[str, Any]) -> list[dict[str, Any]]:
    settings = {"return_fee": 3000, "outbound_fee": 3000, **store}
    report = think(batch, with_store(book, **settings), MONDAY, workdays)
    rows = report.rows.sort_values(Col.PRODUCT_ORDER_NO).to_dict("records")
    return [_line(row, report.verdicts[row[Out.SITUATION]]) for row in rows]


def _line(row: Mapping[str, Any], verdict: Verdict) -> dict[str, Any]:
    return {
        "action": verdict.action.value,
        "fee": (str(verdict.fee.payer), tuple(map(str, verdict.fee.legs)), _won(row[Out.FEE_AMOUNT])),
        "outbound": _won(row[Out.FEE_OUTBOUND]),
        "return": _won(row[Out.FEE_RETURN]),
        "remote": (_won(row[Out.REMOTE_OUTBOUND]), _won(row[Out.REMOTE_RETURN])),
        "support": _won(row[Out.SUPPORT]),
        "free_over": _won(row[Out.FREE_OVER]),
        "message": verdict.message,
        "note": row[Out.FEE_NOTE_KO],
    }


def _won(amount: Any) -> int | None:
    return None if pd.isna(amount) else int(amount)


def fee(line: Line, book: Rulebook, workdays: Workdays, **store: Any) -> Fee:
    (only,) = charged([line], book, workdays, **store)
    return only["fee"]


NOBODY = ("none", (), 0)
MATRIX: list[tuple[str, Line, dict[str, Any], str, Fee]] = [
    # before dispatch, not packed: nobody, whatever the fault and the fee
    ("미포장 변심 유료", {**WAITING, **BUYERS, **PAID}, {}, "approve", NOBODY),
    ("미포장 변심 무료", {**WAITING, **BUYERS, **FREE}, {}, "approve", NOBODY),
    ("미포장 판매자 유료", {**WAITING, **SELLERS, **PAID}, {}, "approve", NOBODY),
    ("미포장 판매자 조건부", {**WAITING, **SELLERS, **CONDITIONAL}, {}, "approve", NOBODY),
    ("미포장 판매자 무료", {**WAITING, **SELLERS, **FREE}, {}, "approve", NOBODY),
    ("미포장 변심 조건부", {**WAITING, **BUYERS, **CONDITIONAL}, {}, "approve", NOBODY),  # the whole bundle goes
    ("미포장 변심 착불", {**WAITING, **BUYERS, **COLLECT}, {}, "approve", NOBODY),
    ("미포장 판매자 착불", {**WAITING, **SELLERS, **COLLECT}, {}, "approve", NOBODY),
    ("미포장 모름", {**WAITING, **NOBODYS, **PAID}, {}, "approve", NOBODY),
    # packed, not picked up: packing labour is no return cost
    ("포장 변심", {**PACKED, **BUYERS, **PAID}, {}, "negotiate", NOBODY),
    ("포장 변심 무료", {**PACKED, **BUYERS, **FREE}, {}, "negotiate", NOBODY),
    ("포장 변심 조건부", {**PACKED, **BUYERS, **CONDITIONAL}, {}, "negotiate", NOBODY),
    ("포장 변심 착불", {**PACKED, **BUYERS, **COLLECT}, {}, "negotiate", NOBODY),
    ("포장 변심 승인", {**PACKED, **BUYERS, **PAID}, {"packed": "approve"}, "approve", NOBODY),
    ("포장 판매자", {**PACKED, **SELLERS, **PAID}, {}, "approve", ("seller", (), 0)),
    ("포장 모름", {**PACKED, **NOBODYS, **PAID}, {}, "negotiate", NOBODY),  # in either reading
    # picked up, but not dispatched in Naver: as after dispatch, by agreement
    ("집화 변심 유료", {**PICKED_UP, **BUYERS, **PAID}, {}, "negotiate", ("buyer", ("return",), 3000)),
    ("집화 변심 무료", {**PICKED_UP, **BUYERS, **FREE}, {}, "negotiate", ("buyer", BOTH, 6000)),
    ("집화 변심 조건부 전부", {**PICKED_UP, **BUYERS, **CONDITIONAL}, {}, "negotiate", ("buyer", BOTH, 6000)),
    ("집화 변심 착불", {**PICKED_UP, **BUYERS, **COLLECT}, {}, "negotiate", ("buyer", ("return",), 3000)),
    ("집화 모름", {**PICKED_UP, **NOBODYS, **PAID}, {}, "negotiate", ("undecided", ("return",), None)),
    ("집화 판매자 조건부", {**PICKED_UP, **SELLERS, **CONDITIONAL}, {}, "negotiate", ("seller", BOTH, 6000)),
    ("집화 판매자 착불", {**PICKED_UP, **SELLERS, **COLLECT}, {}, "negotiate", ("seller", BOTH, 6000)),
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
    ("판매자 조건부", {**SENT, **SELLERS, **CONDITIONAL}, {}, "return", ("seller", BOTH, 6000)),
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
        ("seller", ("outbound",), None),
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
    ("품절 동의 모름", {**SOLD_OUT, **PAID, Col.CONSENT: ""}, {}, "negotiate", NOBODY),
    # exchanges
    ("교환 판매자", {**EXCHANGE, **SELLERS, **FREE}, {}, "ship", ("seller", BOTH, 6000)),
    ("교환 변심", {**EXCHANGE, **BUYERS, **FREE}, {}, "ship", ("buyer", BOTH, 6000)),
    ("교환 모름", {**EXCHANGE, **NOBODYS, **FREE}, {}, "ship", ("undecided", BOTH, None)),
    # nothing to settle
    ("배송 끝", {**UNTOUCHED, **PAID}, {}, "none", NOBODY),
    ("출고 모름", {**WAITING, **BUYERS, **PAID, Col.INVOICE_SEEN: False}, {}, "review", ("undecided", (), None)),
    # reasons that leave the fault open
    (
        "보낸 뒤 모름, 화면이 매김",
        {**SENT, **NOBODYS, **PAID, Col.RETURN_FEE_CHARGED: 2500},
        {},
        "return",
        ("buyer", ("return",), 2500),
    ),
    (
        "보낸 뒤 모름, 화면이 안 매김",
        {**SENT, **NOBODYS, **PAID, Col.RETURN_FEE_CHARGED: 0},
        {},
        "return",
        ("undecided", ("return",), None),
    ),
    # what the screen of returns charges is R
    (
        "변심 유료, 화면이 매김",
        {**SENT, **BUYERS, **PAID, Col.RETURN_FEE_CHARGED: 2500},
        {},
        "return",
        ("buyer", ("return",), 2500),
    ),
    (
        "변심 무료, 화면이 매김",
        {**SENT, **BUYERS, **FREE, Col.RETURN_FEE_CHARGED: 2500},
        {},
        "return",
        ("buyer", BOTH, 5500),
    ),
    (
        "판매자 유료, 화면이 0원",
        {**SENT, **SELLERS, **PAID, Col.RETURN_FEE_CHARGED: 0},
        {},
        "return",
        ("seller", BOTH, 6000),
    ),
    # an F0 that no file tells is not the store's setting for free shipping
    (
        "변심 무료, F0 모름",
        {**SENT, **BUYERS, **FREE, Col.SHIPPING_FEE: None},
        {},
        "return",
        ("buyer", ("return",), None),
    ),
    ("판매자, F0 모름", {**SENT, **SELLERS, **FREE, Col.SHIPPING_FEE: None}, {}, "return", ("seller", BOTH, None)),
    # a part of the quantity
    ("일부 판매자 유료", {**WAITING, **SELLERS, **PAID, Col.QUANTITY_CLAIM: "Y"}, {}, "review", NOBODY),
    (
        "일부 판매자 반품",
        {**RETURNING, **SELLERS, **PAID, Col.QUANTITY_CLAIM: "Y"},
        {},
        "review",
        ("seller", ("return",), 3000),
    ),
    # 제주·도서: what the file tells was charged on the way out; the buyer owes it once more for the way back
    ("변심 무료 제주", {**SENT, **BUYERS, **FREE, Col.REMOTE_FEE: 5000}, {}, "return", ("buyer", BOTH, 11_000)),
    ("변심 유료 제주", {**SENT, **BUYERS, **PAID, Col.REMOTE_FEE: 5000}, {}, "return", ("buyer", ("return",), 8000)),
    ("변심 착불 제주", {**SENT, **BUYERS, **COLLECT, Col.REMOTE_FEE: 5000}, {}, "return", ("buyer", ("return",), 8000)),
    (
        "변심 조건부 제주",
        {**SENT, **BUYERS, **CONDITIONAL, Col.REMOTE_FEE: 5000},
        {},
        "return",
        ("buyer", BOTH, 11_000),
    ),
    ("판매자 유료 제주", {**SENT, **SELLERS, **PAID, Col.REMOTE_FEE: 5000}, {}, "return", ("seller", BOTH, 16_000)),
    (
        "직접전달 제주",
        {**SENT, **BUYERS, **FREE, Col.REMOTE_FEE: 5000, Col.SHIP_METHOD: "직접전달"},
        {},
        "return",
        ("buyer", BOTH, None),
    ),
    ("판매자 무료 제주", {**SENT, **SELLERS, **FREE, Col.REMOTE_FEE: 5000}, {}, "return", ("seller", BOTH, 16_000)),
    ("미포장 제주", {**WAITING, **BUYERS, **PAID, Col.REMOTE_FEE: 5000}, {}, "approve", NOBODY),
]


@pytest.mark.parametrize(
    ("line", "store", "action", "expected"), [case[1:] for case in MATRIX], ids=[case[0] for case in MATRIX]
)
def test_the_liability_matrix(
    line: Line, store: dict[str, Any], action: str, expected: Fee, book: Rulebook, workdays: Workdays
) -> None:
    (only,) = charged([line], book, workdays, **store)
    assert (only["action"], only["fee"]) == (action, expected)


def test_by_the_sellers_fault_the_buyer_pays_nothing(book: Rulebook, workdays: Workdays) -> None:
    states = (WAITING, PACKED, PICKED_UP, SENT, RETURNING, EXCHANGE, {**SENT, Col.SHIP_METHOD: "직접전달"})
    kinds = ({**kind, Col.BUNDLE_NO: None} for kind in (PAID, FREE, CONDITIONAL, COLLECT, {}))
    lines = [{**state, **SELLERS, **kind} for kind in kinds for state in states]
    assert {line["fee"][0] for line in charged([*lines], book, workdays)} == {"seller", "none"}


# ── F0 once per bundle, and only when all of it goes ─────────────────────────────────────────────


def test_a_cancelled_bundle_gets_its_initial_fee_back(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged([{**WAITING, **BUYERS, **PAID}], book, workdays)
    assert only["note"] == WHOLE


def test_a_discounted_initial_fee_is_what_was_paid(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged([{**WAITING, **BUYERS, **PAID, Col.SHIPPING_DISCOUNT: 500}], book, workdays)
    assert only["note"] == "처음 배송비 2,500원도 함께 환불됩니다."


def test_a_free_bundle_has_none_to_give_back(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged([{**WAITING, **BUYERS, **FREE}], book, workdays)
    assert only["note"] == ""


CANCEL = {**WAITING, **BUYERS, **PAID}


NEIGHBOURS: list[tuple[Line, str]] = [
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
]


@pytest.mark.parametrize(("neighbour", "note"), NEIGHBOURS)
def test_the_initial_fee_goes_back_only_with_the_whole_bundle(
    neighbour: Line, note: str, book: Rulebook, workdays: Workdays
) -> None:
    first, _ = charged([CANCEL, neighbour], book, workdays)
    assert (first["action"], first["fee"], first["note"]) == ("approve", NOBODY, note)


def test_an_unknown_bundle_says_nothing_of_the_initial_fee(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged([{**CANCEL, Col.BUNDLE_NO: ""}], book, workdays)
    assert (only["fee"], only["note"]) == (NOBODY, "")


@pytest.mark.parametrize(("order", "expected"), [("7", RETURN_ONLY), ("8", ("buyer", BOTH, 6000))])
def test_where_no_file_tells_the_bundle_the_lines_of_an_order_are_one(
    order: str, expected: Fee, book: Rulebook, workdays: Workdays
) -> None:
    mine = {**SENT, **BUYERS, **FREE, Col.BUNDLE_NO: None, Col.ORDER_NO: "7"}
    stays = {**FREE, **UNTOUCHED, Col.BUNDLE_NO: None, Col.ORDER_NO: order}
    assert charged([mine, stays], book, workdays)[0]["fee"] == expected


def test_the_refund_is_named_once_per_bundle(book: Rulebook, workdays: Workdays) -> None:
    assert [line["note"] for line in charged([CANCEL, CANCEL], book, workdays)] == [WHOLE, ""]


def test_a_leg_is_charged_once_per_bundle(book: Rulebook, workdays: Workdays) -> None:
    back = {**SENT, **BUYERS, **FREE}
    lines = charged([back, back, {**back, Col.BUNDLE_NO: "78"}], book, workdays)
    assert [line["fee"][2] for line in lines] == [6000, 0, 6000]
    assert [line["note"] for line in lines] == ["", SHARED, ""]


ONE_OF_TWO: list[tuple[str, Line, Fee]] = [
    # one line of a bundle comes back, or goes: F0 stays with the rest
    ("변심 무료", {**SENT, **BUYERS, **FREE}, RETURN_ONLY),
    ("변심 유료", {**SENT, **BUYERS, **PAID}, RETURN_ONLY),
    ("변심 무료 제주", {**SENT, **BUYERS, **FREE, Col.REMOTE_FEE: 5000}, ("buyer", ("return",), 8000)),
    ("판매자 무료", {**SENT, **SELLERS, **FREE}, ("seller", ("return",), 3000)),
    ("판매자 유료", {**SENT, **SELLERS, **PAID}, ("seller", ("return",), 3000)),
    ("집화 변심 무료", {**PICKED_UP, **BUYERS, **FREE}, RETURN_ONLY),
    ("집화 판매자", {**PICKED_UP, **SELLERS, **PAID}, ("seller", ("return",), 3000)),
    ("품절", {**SOLD_OUT, **PAID}, ("seller", (), 0)),
]


def kept_beside(line: Line) -> Line:
    """A line of the same bundle that the buyer keeps."""
    return {role: cell for role, cell in line.items() if role in {*PAID, *FREE, Col.REMOTE_FEE}} | UNTOUCHED


@pytest.mark.parametrize(("line", "expected"), [case[1:] for case in ONE_OF_TWO], ids=[case[0] for case in ONE_OF_TWO])
def test_one_line_of_a_bundle_leaves_the_initial_fee_with_the_rest(
    line: Line, expected: Fee, book: Rulebook, workdays: Workdays
) -> None:
    first, _ = charged([line, kept_beside(line)], book, workdays)
    assert first["fee"] == expected
    (alone,) = charged([line], book, workdays)
    assert alone["fee"] == expected or set(alone["fee"][1]) == set(BOTH)


@pytest.mark.parametrize(
    "line", [{**SENT, **SELLERS, **PAID}, {**SOLD_OUT, **PAID}, {**SOLD_OUT, **PAID, Col.CONSENT: ""}]
)
def test_the_initial_fee_is_promised_back_only_where_the_whole_bundle_goes(
    line: Line, book: Rulebook, workdays: Workdays
) -> None:
    book = with_store(book, return_fee=3000)
    for batch, promised in ((batch_of(line), 3000), (batch_of(line, {**PAID, **UNTOUCHED}), None)):
        report = think(batch, book, MONDAY, workdays)
        first = report.rows[report.rows[Col.PRODUCT_ORDER_NO].eq("2026111800000001")]
        verdict = report.verdicts[first[Out.SITUATION].iloc[0]]
        (draft,) = fill(first, [0], [verdict], book.messages, "ko")
        assert _won(first[Out.FEE_REFUND].iloc[0]) == promised
        assert ("배송비 3,000원" in draft) is (promised is not None)
        assert "배송비를 포함" not in draft and "배송비 포함" not in draft


def test_conditional_free_shipping_that_all_comes_back_is_charged_once(book: Rulebook, workdays: Workdays) -> None:
    back = {**SENT, **BUYERS, **CONDITIONAL}
    lines = charged([back, back], book, workdays)
    assert [line["fee"] for line in lines] == [("buyer", BOTH, 6000), ("buyer", BOTH, 0)]


# ── conditional free shipping: from 30,000 won on, and what stays of the bundle ──────────────────


GOES, GOES_BACK = {**WAITING, **BUYERS, **CONDITIONAL}, {**SENT, **BUYERS, **CONDITIONAL}
KEPT_HERE = {**CONDITIONAL, Col.ORDER_STATUS: "발송대기", Col.INVOICE_SEEN: True}
KEPT_BY_BUYER = {**CONDITIONAL, **UNTOUCHED}
CANCELLED = {**CONDITIONAL, Col.ORDER_STATUS: "취소", Col.CANCEL_STATUS: "취소완료"}
OWN_LIMIT = {"8100000001": product("8100000001", free_shipping_over=20_000)}
FROM_30 = {"free_shipping_over": 30_000}
ROUND_TRIP = ("buyer", BOTH, 6000)
OPEN_RETURN = ("buyer", ("return",), None)
CLAWED_BACK, OPEN_CANCEL = ("buyer", ("outbound",), 3000), ("undecided", ("outbound",), None)


def won(line: Line, amount: int | None) -> Line:
    return {**line, Col.TOTAL_AMOUNT: amount}


REMAINDERS: list[tuple[str, list[Line], dict[str, Any], Fee, Fee]] = [
    # what stays, the store, fee of a return, fee of a cancel before dispatch
    ("기준보다 많이", [won(KEPT_HERE, 30_001)], FROM_30, RETURN_ONLY, NOBODY),
    ("꼭 기준만큼", [won(KEPT_HERE, 30_000)], FROM_30, RETURN_ONLY, NOBODY),
    ("1원 모자람", [won(KEPT_HERE, 29_999)], FROM_30, ROUND_TRIP, CLAWED_BACK),
    ("두 줄을 더해 기준만큼", [won(KEPT_HERE, 10_000), won(KEPT_BY_BUYER, 20_000)], FROM_30, RETURN_ONLY, NOBODY),
    ("두 줄을 더해도 모자람", [won(KEPT_HERE, 10_000), won(KEPT_BY_BUYER, 19_999)], FROM_30, ROUND_TRIP, CLAWED_BACK),
    (
        "구매자 사정으로 이미 취소된 줄은 남지 않음",
        [won(KEPT_HERE, 10_000), won({**CANCELLED, **BUYERS}, 25_000)],
        FROM_30,
        ROUND_TRIP,
        CLAWED_BACK,
    ),
    ("기준을 안 적음", [won(KEPT_HERE, 90_000)], {}, OPEN_RETURN, OPEN_CANCEL),
    ("남는 금액을 모름", [won(KEPT_HERE, None)], FROM_30, OPEN_RETURN, OPEN_CANCEL),
    ("한 줄의 금액을 모름", [won(KEPT_HERE, 40_000), won(KEPT_HERE, None)], FROM_30, OPEN_RETURN, OPEN_CANCEL),
    ("정하지 않은 줄", [won(KEPT_HERE, 40_000), won({**PACKED, **BUYERS, **CONDITIONAL}, 9000)], FROM_30, OPEN_RETURN, OPEN_CANCEL),
    ("정하지 않은 줄뿐", [won({**PACKED, **BUYERS, **CONDITIONAL}, 9000)], FROM_30, OPEN_RETURN, OPEN_CANCEL),
    ("상품의 기준이 다름", [{**won(KEPT_HERE, 40_000), Col.PRODUCT_NO: "8100000001"}], {**FROM_30, "products": OWN_LIMIT}, OPEN_RETURN, OPEN_CANCEL),
    ("한 상품의 기준만 앎", [{**won(KEPT_HERE, 40_000), Col.PRODUCT_NO: "8100000001"}], {"products": OWN_LIMIT}, OPEN_RETURN, OPEN_CANCEL),
    # the store gives the initial fee up
    ("면제", [won(KEPT_HERE, 1000)], {**FROM_30, "free_shipping_on_change_of_mind": "waive"}, RETURN_ONLY, NOBODY),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rest", "store", "back", "cancelled"), [case[1:] for case in REMAINDERS], ids=[case[0] for case in REMAINDERS]
)
def test_conditional_free_shipping_by_what_stays_of_the_bundle(
    rest: list[Line], store: dict[str, Any], back: Fee, cancelled: Fee, book: Rulebook, workdays: Workdays
) -> None:
    for goes, expected in ((GOES_BACK, back), (GOES, cancelled)):
        first, *_ = charged([won(goes, 15_000), *rest], book, workdays, **store)
        assert first["fee"] == expected


# A buyer cancels, or sends back, 10,000 of a bundle; 25,000 stays, and the minimum is 30,000. What else has gone makes the
# difference: by the buyer's fault 25,000 is what stays; by the seller's it counts as staying; by nobody knows whose it is open.
BEFORE, OPEN_BEFORE = {**CANCELLED, **BUYERS}, {**CANCELLED, **NOBODYS}
STANDS = {**CONDITIONAL, Col.ORDER_STATUS: "발송대기", Col.INVOICE_SEEN: True, Col.PRODUCT_NO: "8100000007"}
BACK = {**CONDITIONAL, Col.ORDER_STATUS: "배송완료", Col.INVOICE_SEEN: True}
DONE_BACK = {**BACK, Col.ORDER_STATUS: "반품", Col.RETURN_STATUS: "반품완료"}
BY_SELLER: list[tuple[str, Line]] = [
    ("품절로 판매자취소", {**SOLD_OUT, **CONDITIONAL}),
    ("품절, 동의를 기다림", {**SOLD_OUT, **CONDITIONAL, Col.CONSENT: ""}),
    ("배송지연으로 판매자취소", {**OWN, **CONDITIONAL, Col.SELLER_REASON: "배송지연"}),
    ("상품정보 상이로 판매자취소", {**OWN, **CONDITIONAL, Col.SELLER_REASON: "상품정보상이"}),
    ("판매자 책임의 취소요청", {**WAITING, **SELLERS, **CONDITIONAL}),
    (
        "판매자 책임의 취소요청, 송장을 뽑음",
        {**WAITING, **SELLERS, **CONDITIONAL, Col.INVOICE_PRINTED_AT: "2026-11-20"},
    ),
    ("품절 사유의 취소요청", {**WAITING, **CONDITIONAL, Col.CLAIM_REASON: "상품품절"}),
    ("변심의 취소요청인데 실제사유는 품절", {**WAITING, **BUYERS, **CONDITIONAL, Col.TRUE_REASON: "품절"}),
    ("품절을 변심으로 취소하려 함", {**OWN, **CONDITIONAL, Col.SELLER_REASON: "구매의사취소", Col.TRUE_REASON: "품절"}),
    ("판매자 책임으로 이미 취소됨", {**CANCELLED, **SELLERS}),
    ("판매자가 품절로 이미 취소함", {**CANCELLED, Col.CLAIM_CHANNEL: "판매자", Col.CLAIM_REASON: "상품품절"}),
    ("판매자가 배송지연으로 이미 취소함", {**CANCELLED, Col.CLAIM_CHANNEL: "판매자", Col.CLAIM_REASON: "배송지연"}),
    ("판매자 책임으로 취소되는 중", {**WAITING, **SELLERS, **CONDITIONAL, Col.CANCEL_STATUS: "취소처리중"}),
    ("파손으로 돌아오는 중", {**BACK, **SELLERS, Col.RETURN_STATUS: "수거중"}),
    ("파손으로 돌아옴", {**DONE_BACK, **SELLERS}),
    ("상태만 '취소'인 품절", {**CONDITIONAL, Col.ORDER_STATUS: "취소", Col.CLAIM_REASON: "상품품절"}),
]
BY_BUYER: list[tuple[str, Line]] = [
    ("변심의 취소요청", {**WAITING, **BUYERS, **CONDITIONAL}),
    ("부탁받은 판매자취소", {**ON_BEHALF, **CONDITIONAL}),
    ("변심으로 이미 취소됨", BEFORE),
    ("변심으로 취소되는 중", {**WAITING, **BUYERS, **CONDITIONAL, Col.CANCEL_STATUS: "취소처리중"}),
    ("변심으로 돌아오는 중", {**BACK, **BUYERS, Col.RETURN_STATUS: "수거중"}),
    ("변심으로 돌아옴", {**DONE_BACK, **BUYERS}),
]
BY_NOBODY_KNOWS_WHOM: list[tuple[str, Line]] = [
    ("배송 지연의 취소요청", {**WAITING, **NOBODYS, **CONDITIONAL}),
    ("배송 지연으로 이미 취소됨", OPEN_BEFORE),
    ("사유 없이 이미 취소됨", CANCELLED),
    ("기타로 돌아옴", {**DONE_BACK, Col.CLAIM_REASON: "기타"}),
    ("배송 지연으로 돌아오는 중", {**BACK, **NOBODYS, Col.RETURN_STATUS: "수거중"}),
    ("'취소'라고만 적힘", {**CONDITIONAL, Col.ORDER_STATUS: "취소"}),
    ("포장된 변심의 취소요청", {**PACKED, **BUYERS, **CONDITIONAL}),
    ("읽지 못한 줄이 있는 품절", {**CANCELLED, **SELLERS, Col.TROUBLE: "problem"}),
    ("취소와 반품이 함께", {**WAITING, **SELLERS, **CONDITIONAL, Col.RETURN_STATUS: "반품요청"}),
    ("실제사유와 다른 품절", {**OWN, **CONDITIONAL, Col.SELLER_REASON: "상품품절", Col.TRUE_REASON: "구매의사취소"}),
]
WHO_LEAVES: list[tuple[str, Line, Fee, Fee]] = [  # the fee of a return, that of a cancel
    *((name, line, RETURN_ONLY, NOBODY) for name, line in BY_SELLER),
    *((name, line, ROUND_TRIP, CLAWED_BACK) for name, line in BY_BUYER),
    *((name, line, OPEN_RETURN, OPEN_CANCEL) for name, line in BY_NOBODY_KNOWS_WHOM),
]


def beside(line: Line) -> list[Line]:
    """What else goes of the bundle, and what stays."""
    return [won(line, 40_000), won(KEPT_HERE, 25_000)]


@pytest.mark.parametrize(
    ("line", "back", "cancelled"), [case[1:] for case in WHO_LEAVES], ids=[c[0] for c in WHO_LEAVES]
)
def test_who_breaks_the_free_shipping_minimum(
    line: Line, back: Fee, cancelled: Fee, book: Rulebook, workdays: Workdays
) -> None:
    for goes, expected in ((GOES_BACK, back), (GOES, cancelled)):
        assert charged([won(goes, 10_000), *beside(line)], book, workdays, **FROM_30)[0]["fee"] == expected


AMOUNTS: list[tuple[str, list[tuple[Line, int | None]], Fee]] = [
    # beside the 10,000 that the buyer cancels: line and won, and what that cancel costs
    ("품절 5,000 + 남는 25,000", [(SOLD_OUT, 5000), (KEPT_HERE, 25_000)], NOBODY),
    ("품절 4,999 + 남는 25,000", [(SOLD_OUT, 4999), (KEPT_HERE, 25_000)], CLAWED_BACK),
    ("품절뿐, 30,000: 보낼 것이 없음", [(SOLD_OUT, 30_000)], NOBODY),
    ("품절뿐, 29,999: 보낼 것이 없음", [(SOLD_OUT, 29_999)], NOBODY),
    ("품절의 금액을 모름", [(SOLD_OUT, None), (KEPT_HERE, 29_999)], OPEN_CANCEL),
    ("구매자가 뺀 줄의 금액은 몰라도 됨", [(BEFORE, None), (KEPT_HERE, 29_999)], CLAWED_BACK),
    ("구매자의 두 줄이 함께", [(GOES, 10_000), (KEPT_HERE, 29_999)], CLAWED_BACK),
    ("구매자의 두 줄, 그래도 기준만큼", [(GOES, 10_000), (KEPT_HERE, 30_000)], NOBODY),
    ("구매자의 두 줄과 품절", [(GOES, 10_000), (SOLD_OUT, 20_000), (KEPT_HERE, 10_000)], NOBODY),
    ("다 구매자가 뺌", [(GOES, 10_000), (BEFORE, 20_000)], NOBODY),
]


def conditional(amounts: list[tuple[Line, int | None]]) -> list[Line]:
    return [won({**line, **CONDITIONAL}, amount) for line, amount in amounts]


@pytest.mark.parametrize(("rest", "expected"), [case[1:] for case in AMOUNTS], ids=[case[0] for case in AMOUNTS])
def test_what_the_seller_takes_away_counts_with_its_own_sum(
    rest: list[tuple[Line, int | None]], expected: Fee, book: Rulebook, workdays: Workdays
) -> None:
    assert charged([won(GOES, 10_000), *conditional(rest)], book, workdays, **FROM_30)[0]["fee"] == expected


def test_what_stands_on_the_sold_out_list_goes_by_the_sellers_fault(book: Rulebook, workdays: Workdays) -> None:
    """Also while the buyer's consent is awaited, and also where the buyer has asked to cancel it himself."""
    listed = [{Col.PRODUCT_NO: "8100000007"}]
    asked = {**WAITING, **BUYERS, **CONDITIONAL, Col.PRODUCT_NO: "8100000007"}
    for line in (STANDS, asked):
        lines = (won(GOES, 10_000), won(line, 40_000), won(KEPT_HERE, 25_000))
        assert charged([*lines], book, workdays, sold_out=listed, **FROM_30)[0]["fee"] == NOBODY
    lines = (won(GOES, 10_000), won(asked, 40_000), won(KEPT_HERE, 25_000))
    assert charged([*lines], book, workdays, **FROM_30)[0]["fee"] == CLAWED_BACK


def test_the_products_own_minimum_goes_before_the_stores(book: Rulebook, workdays: Workdays) -> None:
    goes, stays = ({**line, Col.PRODUCT_NO: "8100000001"} for line in (won(GOES, 5000), won(KEPT_HERE, 20_000)))
    store = {**FROM_30, "products": OWN_LIMIT}
    assert charged([goes, stays], book, workdays, **store)[0]["fee"] == NOBODY
    assert charged([goes, won(stays, 19_999)], book, workdays, **store)[0]["fee"] == CLAWED_BACK


def test_two_lines_that_go_share_the_outbound_of_what_stays(book: Rulebook, workdays: Workdays) -> None:
    first, second, _ = charged([GOES, GOES, won(KEPT_HERE, 1000)], book, workdays, **FROM_30)
    assert (first["fee"], first["note"]) == (CLAWED_BACK, "")
    assert (second["fee"], second["note"]) == (("buyer", ("outbound",), 0), SHARED)


def test_what_was_not_sent_bears_no_surcharge_of_an_island(book: Rulebook, workdays: Workdays) -> None:
    """The buyer paid 제주·도서 for what stays; only the fee that was free so far is taken."""
    first, _ = charged(
        [{**GOES, Col.REMOTE_FEE: 5000}, won({**KEPT_HERE, Col.REMOTE_FEE: 5000}, 1000)],
        book,
        workdays,
        **FROM_30,
    )
    assert (first["fee"], first["remote"]) == (CLAWED_BACK, (0, 0))


def test_a_partial_cancel_by_the_sellers_fault_never_claws_back(book: Rulebook, workdays: Workdays) -> None:
    first, _ = charged([{**GOES, **SELLERS}, won(KEPT_HERE, 1000)], book, workdays, **FROM_30)
    assert first["fee"] == NOBODY


@pytest.mark.parametrize(("stays", "expected"), [(1000, OPEN_CANCEL), (None, OPEN_CANCEL), (30_000, NOBODY)])
def test_a_fault_that_nobody_knows_is_no_payer_below_the_minimum(
    stays: int | None, expected: Fee, book: Rulebook, workdays: Workdays
) -> None:
    first, _ = charged([{**GOES, **NOBODYS}, won(KEPT_HERE, stays)], book, workdays, **FROM_30)
    assert first["fee"] == expected


def test_a_partial_sold_out_never_claws_back(book: Rulebook, workdays: Workdays) -> None:
    first, _ = charged([{**SOLD_OUT, **CONDITIONAL}, won(KEPT_HERE, 1000)], book, workdays, **FROM_30)
    assert (first["action"], first["fee"]) == ("seller_cancel", ("seller", (), 0))


def test_a_cancel_on_the_buyers_behalf_is_his_own(book: Rulebook, workdays: Workdays) -> None:
    first, _ = charged([{**ON_BEHALF, **CONDITIONAL}, won(KEPT_HERE, 1000)], book, workdays, **FROM_30)
    assert (first["action"], first["fee"]) == ("seller_cancel", CLAWED_BACK)


@pytest.mark.parametrize(
    ("policy", "action", "message"), [("approve", "approve", "포장됨"), ("negotiate", "negotiate", "포장협의")]
)
def test_packed_or_not_the_initial_fee_is_owed(
    policy: str, action: str, message: str, book: Rulebook, workdays: Workdays
) -> None:
    packed = {**PACKED, **BUYERS, **CONDITIONAL}
    first, _ = charged([packed, won(KEPT_HERE, 1000)], book, workdays, packed=policy, **FROM_30)
    assert (first["action"], first["fee"], first["message"]) == (action, CLAWED_BACK, message)


def test_the_claw_back_brings_its_own_note_to_the_buyer(book: Rulebook, workdays: Workdays) -> None:
    """Where the decision has one of its own, that one is sent."""
    stays = won(KEPT_HERE, 1000)
    asked, enough = (charged([GOES, won(stays, n)], book, workdays, **FROM_30)[0] for n in (1000, 30_000))
    behalf = charged([{**ON_BEHALF, **CONDITIONAL}, stays], book, workdays, **FROM_30)[0]
    assert [line["message"] for line in (asked, enough, behalf)] == ["부분취소", None, "대리취소_완료"]
    assert asked["free_over"] == 30_000


# ── Naver's own support stands apart ─────────────────────────────────────────────────────────────


CARE, MEMBER = {Col.RETURN_CARE: "대상"}, {Col.MEMBERSHIP_DELIVERY: "대상"}
NEITHER = {Col.RETURN_CARE: "비대상", Col.MEMBERSHIP_DELIVERY: "비대상"}
SUPPORTED: list[tuple[str, Line, Fee, int]] = [
    ("안심케어 유료", {**SENT, **BUYERS, **PAID, **CARE}, OPEN_RETURN, 3000),
    ("안심케어 무료", {**SENT, **BUYERS, **FREE, **CARE}, OPEN_RETURN, 3000),
    ("멤버십 조건부", {**RETURNING, **BUYERS, **CONDITIONAL, **MEMBER}, OPEN_RETURN, 3000),
    ("안심케어 제주", {**SENT, **BUYERS, **PAID, **CARE, Col.REMOTE_FEE: 5000}, OPEN_RETURN, 8000),
    ("안심케어 교환", {**EXCHANGE, **BUYERS, **FREE, **CARE}, ("buyer", BOTH, None), 3000),
    ("둘 다 비대상", {**SENT, **BUYERS, **PAID, **NEITHER}, RETURN_ONLY, 0),
    ("둘 다 비대상 교환", {**EXCHANGE, **BUYERS, **FREE, **NEITHER}, ROUND_TRIP, 0),
    ("안심케어 판매자", {**SENT, **SELLERS, **PAID, **CARE}, ("seller", BOTH, 6000), 0),
    ("안심케어 교환 판매자", {**EXCHANGE, **SELLERS, **FREE, **CARE}, ("seller", BOTH, 6000), 0),
    ("안심케어 모름", {**SENT, **NOBODYS, **PAID, **CARE}, ("undecided", ("return",), None), 0),
    ("안심케어 직접전달", {**SENT, **BUYERS, **PAID, **CARE, Col.SHIP_METHOD: "직접전달"}, ("buyer", BOTH, None), 0),
    ("안심케어 미포장", {**WAITING, **BUYERS, **PAID, **CARE}, NOBODY, 0),
]


@pytest.mark.parametrize(
    ("line", "expected", "support"), [case[1:] for case in SUPPORTED], ids=[case[0] for case in SUPPORTED]
)
def test_what_naver_may_pay_is_named_and_never_charged(
    line: Line, expected: Fee, support: int, book: Rulebook, workdays: Workdays
) -> None:
    (only,) = charged([line], book, workdays)
    assert (only["fee"], only["support"]) == (expected, support)


def test_support_of_an_unknown_fee_is_unknown_and_counted_once_per_bundle(book: Rulebook, workdays: Workdays) -> None:
    back = {**SENT, **BUYERS, **PAID, **CARE}
    assert [line["support"] for line in charged([back, back], book, workdays)] == [3000, 0]
    assert [line["support"] for line in charged([back], book, workdays, return_fee=None)] == [None]


# ── interest of a late refund: 15 % a year from the 4th working day ──────────────────────────────


BACK = {**RETURNING, **BUYERS, **PAID, Col.RETURN_STATUS: "수거완료", Col.TOTAL_AMOUNT: 50_000}


def late(line: Line, book: Rulebook, workdays: Workdays, as_of: datetime = MONDAY) -> tuple[int | None, int | None]:
    """Days and won of interest."""
    (row,) = think(batch_of(line), book, as_of, workdays).rows.to_dict("records")
    return _won(row[Out.DELAY_DAYS]), _won(row[Out.DELAY_WON])


@pytest.mark.parametrize(
    ("collected", "as_of", "days", "won"),
    [
        # 2026-11-09 is a Monday: 10, 11, 12 are its three working days, the 13th is the fourth
        ("2026-11-09 15:00", "2026-11-12 23:59", 0, 0),
        ("2026-11-09 15:00", "2026-11-13 00:00", 1, 20),  # 50,000 × 15 % × 1 / 365 = 20.5
        ("2026-11-09 15:00", "2026-11-22 09:00", 10, 205),  # policy §5.1: 205.47
        # Tuesday: its deadline is Friday the 13th; the weekend after it is before the fourth working day
        ("2026-11-10 09:00", "2026-11-15 09:00", 0, 0),
        ("2026-11-10 09:00", "2026-11-16 09:00", 1, 20),
        # Monday 21 September 2026: 추석 from Thursday the 24th to Saturday the 26th, so the third working day is the 28th
        ("2026-09-21 09:00", "2026-09-28 09:00", 0, 0),
        ("2026-09-21 09:00", "2026-09-29 09:00", 1, 20),
    ],
)
def test_interest_counts_from_the_fourth_working_day(
    collected: str, as_of: str, days: int, won: int, book: Rulebook, workdays: Workdays
) -> None:
    line = {**BACK, Col.COLLECT_DONE: collected}
    assert late(line, book, workdays, datetime.fromisoformat(as_of)) == (days, won)


def test_thirty_days_of_350_000_won(book: Rulebook, workdays: Workdays) -> None:
    """Policy §5.1: 4,315.06; a fraction of a won is dropped."""
    line = {**BACK, Col.COLLECT_DONE: "2026-11-09", Col.TOTAL_AMOUNT: 350_000}
    assert late(line, book, workdays, datetime(2026, 12, 12)) == (30, 4315)


LATE = {**BACK, Col.COLLECT_DONE: "2026-11-10 15:00"}  # from Monday the 16th on: 8 days by the 23rd


@pytest.mark.parametrize(
    ("line", "days", "won"),
    [
        (LATE, 8, 164),  # 50,000 × 15 % × 8 / 365 = 164.4
        ({**LATE, Col.HOLDBACK: "보류해제"}, 8, 164),
        ({**LATE, Col.HOLDBACK: "환불보류"}, 0, 0),
        ({**LATE, **SELLERS}, 8, 164),  # whoever's fault
        ({**LATE, Col.TOTAL_AMOUNT: None}, 8, None),
        ({**LATE, Col.TOTAL_AMOUNT: None, Col.HOLDBACK: "환불보류"}, 0, 0),
        ({**LATE, Col.COLLECT_DONE: None}, None, None),  # nobody told when it came back
        ({**LATE, Col.RETURN_STATUS: "반품완료"}, 0, 0),
        ({**LATE, Col.RETURN_STATUS: "반품철회"}, 0, 0),
        ({**EXCHANGE, **BUYERS, Col.COLLECT_DONE: "2026-11-10", Col.TOTAL_AMOUNT: 50_000}, 0, 0),
        ({**GOES, Col.TOTAL_AMOUNT: 50_000, Col.CLAIM_REQUESTED: "2026-11-02"}, 0, 0),  # its start is not established
    ],
    ids=["late", "released", "held", "seller's fault", "sum unknown", "held, sum unknown", "day unknown", "refunded",
         "withdrawn", "exchange", "cancel"],
)  # fmt: skip
def test_interest_is_owed_for_what_came_back_and_is_not_refunded(
    line: Line, days: int | None, won: int | None, book: Rulebook, workdays: Workdays
) -> None:
    assert late(line, book, workdays) == (days, won)


def test_interest_is_no_part_of_the_shipping(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged([LATE], book, workdays)
    assert only["fee"] == RETURN_ONLY


def test_a_rate_that_changes_counts_by_each_day(book: Rulebook, workdays: Workdays) -> None:
    """Four days at 15 %, four at 24 %: 50,000 × (60 + 96) / 36,500 = 213.7."""
    rate = Dated(((date(2016, 1, 1), 15), (date(2026, 11, 20), 24)))
    changed = replace(book, delay_interest=replace(book.delay_interest, percent=rate))
    assert late(LATE, changed, workdays) == (8, 213)


# ── where the won come from ──────────────────────────────────────────────────────────────────────


def test_a_fee_that_nobody_told_is_missing_never_0(book: Rulebook, workdays: Workdays) -> None:
    back = [{**SENT, **BUYERS, **FREE}]
    for store, outbound, home in (
        ({"return_fee": None}, 3000, None),
        ({"outbound_fee": None}, None, 3000),
        ({"return_fee": None, "outbound_fee": None}, None, None),
    ):
        (only,) = charged(back, book, workdays, **store)
        assert only["fee"] == ("buyer", BOTH, None)
        assert (only["outbound"], only["return"]) == (outbound, home)


def test_what_the_buyer_paid_is_known_without_the_stores_setting(book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged([{**SENT, **SELLERS, **PAID, Col.SHIPPING_FEE: 2500}], book, workdays, outbound_fee=None)
    assert (only["outbound"], only["return"], only["fee"][2]) == (2500, 3000, 5500)


def test_nothing_charged_is_0_even_where_no_fee_is_set(book: Rulebook, workdays: Workdays) -> None:
    assert fee({**WAITING, **BUYERS, **FREE}, book, workdays, return_fee=None, outbound_fee=None) == NOBODY


def test_the_products_own_fee_goes_before_the_stores(book: Rulebook, workdays: Workdays) -> None:
    heavy = {"8100000001": product("8100000001", return_fee=7000)}
    back = {**SENT, **BUYERS, **FREE}
    other = {**back, Col.BUNDLE_NO: "78", Col.PRODUCT_NO: "8100000002"}
    batch = [{**back, Col.PRODUCT_NO: "8100000001"}, other]
    lines = charged(batch, book, workdays, products=heavy)
    assert [(line["outbound"], line["return"]) for line in lines] == [(3000, 7000), (3000, 3000)]
    (alone, _) = charged(batch, book, workdays, products=heavy, return_fee=None)
    assert alone["fee"][2] == 10_000


@pytest.mark.parametrize(
    ("line", "goods"),
    [
        (
            {**WAITING, **BUYERS, **PAID, Col.PRODUCT_NO: "8100000001"},
            product("8100000001", "주문제작", "예"),
        ),
        (
            {**WAITING, **BUYERS, **PAID, Col.PRODUCT_NO: "8100000001"},
            product("8100000001", "해외"),
        ),
    ],
    ids=["made to order", "overseas"],
)
def test_special_goods_cost_only_what_is_proven(line: Line, goods: Product, book: Rulebook, workdays: Workdays) -> None:
    (only,) = charged([line], book, workdays, products={goods.product_no: goods})
    assert (only["action"], only["fee"]) == ("negotiate", ("buyer", (), None))


# ── totals ───────────────────────────────────────────────────────────────────────────────────────


def test_the_totals_balance(book: Rulebook, workdays: Workdays) -> None:
    back = {**SENT, **BUYERS}
    lines = charged(
        [
            {**back, **FREE},  # buyer 6,000
            {**back, **FREE},  # the same bundle
            {**back, **PAID, Col.BUNDLE_NO: "78"},  # buyer 3,000
            {**SENT, **SELLERS, **PAID, Col.BUNDLE_NO: "79"},  # seller 6,000
            {**WAITING, **BUYERS, **PAID, Col.BUNDLE_NO: "80"},  # nobody
            {**back, **PAID, Col.BUNDLE_NO: "81", Col.SHIP_METHOD: "직접전달"},  # unknown
        ],
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

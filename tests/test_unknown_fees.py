"""What is said of an amount of shipping that is not known: the setting that would tell it does tell it."""

import pytest
from apart import apart
from made import product
from test_facts import Line, with_store
from test_fees import (
    BUYERS,
    CONDITIONAL,
    FREE,
    KEPT_HERE,
    MONDAY,
    PAID,
    PICKED_UP,
    RETURNING,
    SELLERS,
    WAITING,
)

from processor.app.think import think
from processor.judge import Workdays
from processor.model import Batch, Col, Out, Report
from processor.outbox import totals
from processor.outbox.part import whole
from processor.outbox.unknown_fees import unknown_fees
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

NO_FEES = {"return_fee": None, "outbound_fee": None, "free_shipping_over": None}
CHANGED_MIND = {**RETURNING, **BUYERS, **PAID}  # the return leg
FREE_CHANGED_MIND = {**RETURNING, **BUYERS, **FREE}  # both legs
NOBODY_TELLS = {**RETURNING, **SELLERS, Col.BUNDLE_NO: "77"}  # by the seller; what the buyer paid is in no file
ON_THE_VAN = {**PICKED_UP, **BUYERS, **PAID, Col.SHIP_METHOD: "직접전달"}  # proven cost only
ONE_OF_BUNDLE = {**WAITING, **BUYERS, **CONDITIONAL, Col.HANDOVER: "미포장", Col.TOTAL_AMOUNT: 10_000}
REST_OF_BUNDLE = {**KEPT_HERE, Col.TOTAL_AMOUNT: 25_000, Col.DUE_AT: "2026-12-01"}
CASES: tuple[tuple[Line, ...], ...] = (
    (CHANGED_MIND,), (CHANGED_MIND,), (FREE_CHANGED_MIND,), (NOBODY_TELLS,), (ON_THE_VAN,), (ONE_OF_BUNDLE, REST_OF_BUNDLE),
)  # fmt: skip


@pytest.fixture(scope="module")
def batch() -> Batch:
    found, _ = apart(CASES)
    return found


def unknown(report: Report) -> int:
    return sum(total.unknown for total in totals.fees(report).values())


def said(batch: Batch, book: Rulebook, workdays: Workdays) -> list[str]:
    return [str(line.text.ko) for line in unknown_fees(whole(think(batch, book, MONDAY, workdays), book))]


def test_each_setting_is_named_once_with_the_orders_that_wait_for_it(
    batch: Batch, book: Rulebook, workdays: Workdays
) -> None:
    assert said(batch, with_store(book, **NO_FEES), workdays) == [
        "금액을 모르는 주문 6건 가운데 4건은 rules.yaml의 store에 원 단위로 적어 주시면 계산합니다: "
        "return_fee(반품 배송비 편도)를 적으면 2건 · "
        "return_fee(반품 배송비 편도) + outbound_fee(무료배송 상품의 처음 배송비 편도)를 함께 적으면 1건 · "
        "free_shipping_over(무료배송 기준 금액) + outbound_fee(무료배송 상품의 처음 배송비 편도)를 함께 적으면 1건. "
        "상품마다 다르면 store.products에 적어 주세요.",
        "설정으로는 알 수 없는 금액: 처음 배송비가 어느 파일에도 없는 것(발주발송관리나 주문조회를 '배송비 합계' 항목을 켜고 "
        "받아 함께 넣어 주세요) 1건 · 실제로 든 비용처럼 근거 칸에 적힌 것을 확인해야 하는 것 1건",
    ]


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        ({}, 6),
        ({"return_fee": 3000}, 4),
        ({"return_fee": 3000, "outbound_fee": 3000}, 3),
        ({"return_fee": 3000, "outbound_fee": 3000, "free_shipping_over": 30_000}, 2),
    ],
)
def test_with_the_settings_that_are_named_the_amounts_are_known(
    settings: dict[str, int], left: int, batch: Batch, book: Rulebook, workdays: Workdays
) -> None:
    report = think(batch, with_store(book, **{**NO_FEES, **settings}), MONDAY, workdays)
    assert unknown(report) == left
    assert report.rows[Out.FEE_AMOUNT].isna().sum() == left


def test_what_a_product_costs_itself_is_not_asked_for(book: Rulebook, workdays: Workdays) -> None:
    own = {"8100000001": product("8100000001", outbound_fee=2500)}
    numbered = [tuple({**line, Col.PRODUCT_NO: "8100000001"} for line in case) for case in CASES[-1:]]
    lines = said(apart(numbered)[0], with_store(book, **NO_FEES, products=own), workdays)
    assert len(lines) == 1
    assert "free_shipping_over(무료배송 기준 금액)를 적으면 1건." in lines[0]


def test_nothing_is_said_where_every_amount_is_known(book: Rulebook, workdays: Workdays) -> None:
    known = with_store(book, return_fee=3000, outbound_fee=3000, free_shipping_over=30_000)
    assert said(apart(CASES[:3])[0], known, workdays) == []

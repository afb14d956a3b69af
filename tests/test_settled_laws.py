"""The decisions of policy §11.1 and §11.2, proved for the default rules over all situations."""

from __future__ import annotations

from datetime import date

import pytest

from processor.model import UNKNOWN, Action, Payer
from processor.rulebook.proof import Proof
from processor.rulebook.types import Cell, Decision, FeeRow, Rulebook

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 29)
DELAY = {"발송지연", "발송또는지연"}
"""Screens on which a delay is registered."""
NO_DATE = {
    "C-05": "return or exchange is not known",
    "C-10": "a purchase that is confirmed (policy §10.3 B24)",
    "C-15": "the seller starts, and the parcel is away",
    "C-66": "the same",
    "C-80": "the same",
    "C-53": "the parcel is on its way back",
    "C-63": "the dispatch deadline is what is not known",
    "C-91": "the same",
    "C-92": "the same",
    "C-87": "the refund is on hold",
    "C-88": "the exchange is on hold",
}


def only(*values: str) -> Cell:
    return Cell(frozenset(values))


def but(book: Rulebook, word: str, *values: str) -> Cell:
    return Cell(frozenset(book.words[word].possible) - set(values))


@pytest.fixture(scope="module")
def decisions(book: Rulebook) -> Proof[Decision]:
    borders = [{"발송기한": Cell(ranges=((-4, float("inf")),)), "동의": only("예"), "판매방식": only("N판매자")}]
    return Proof(book.decisions.on(DAY), book.impossible, book.words, borders)


@pytest.fixture(scope="module")
def fees(book: Rulebook) -> Proof[FeeRow]:
    return Proof(book.fees.on(DAY), book.impossible, book.words, [{"출고": only("포장"), "요청": only("없음")}])


# ── fees ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_fault_that_nobody_knows_is_never_a_payer(fees: Proof[FeeRow]) -> None:
    """But for what the Seller Center itself charges."""
    known = {"귀책": only("구매자", "판매자")}
    payers = [row for row in fees.rows if row.payer in (Payer.BUYER, Payer.SELLER)]
    assert len(payers) > 20
    assert [row.id for row in payers if fees.beyond(row, known) is not None] == ["F-43"]


def test_the_seller_pays_nothing_before_anything_is_agreed(fees: Proof[FeeRow]) -> None:
    """Without a leg and with a sum of 0 he pays only where something is cancelled."""
    done = {"조치": only("취소승인", "판매자취소")}
    nothing = [row for row in fees.rows if row.payer is Payer.SELLER and not row.legs and not row.open_amount]
    assert {row.id for row in nothing} == {"F-08", "F-10", "F-37", "F-38"}
    assert [row.id for row in nothing if fees.beyond(row, done) is not None] == []


def test_a_leg_out_is_borne_for_a_bundle_only_where_all_of_it_goes(fees: Proof[FeeRow]) -> None:
    """The buyer's, where shipping was free; the seller's, by his fault. What is not known has no sum."""
    whole = {"묶음": only("전부")}
    out = [
        row for row in fees.rows if {leg.value for leg in row.legs} == {"outbound", "return"} and not row.open_amount
    ]
    partly = {row.id for row in out if fees.beyond(row, whole) is not None}
    assert partly == {
        "F-02", "F-03", "F-04",  # an exchange is sent out again whatever becomes of the rest
        "F-26",  # what stays misses the minimum
    }  # fmt: skip


# ── days ─────────────────────────────────────────────────────────────────────────────────────────


def test_every_row_of_a_list_has_a_day_but_for_those_that_can_have_none(decisions: Proof[Decision]) -> None:
    listed = [row for row in decisions.rows if row.action is not Action.NONE]
    assert {row.id for row in listed if row.deadline is None} == set(NO_DATE)


def test_a_hold_stops_the_clock(decisions: Proof[Decision]) -> None:
    free = {"보류": only("아니오", UNKNOWN)}
    timed = [row for row in decisions.rows if row.deadline in ("반품처리", "교환처리") or "late" in row.flags]
    timed = [row for row in timed if "수거" in row.when]
    assert {row.id for row in timed} == {"C-77", "C-52", "C-78", "C-54"}
    assert [row.id for row in timed if decisions.beyond(row, free) is not None] == []


def test_without_a_request_there_is_none_to_answer(decisions: Proof[Decision]) -> None:
    asked = {"요청": only("구매자취소")}
    answers = [row for row in decisions.rows if row.deadline in ("취소응답", "취소확인")]
    assert len(answers) >= 15
    assert [row.id for row in answers if decisions.beyond(row, asked) is not None] == []


def test_a_seller_cancel_for_what_is_sold_out_has_the_day_of_the_law_too(
    decisions: Proof[Decision], book: Rulebook
) -> None:
    own = [row for row in decisions.rows if row.action is Action.SELLER_CANCEL]
    assert {row.id: row.deadline for row in own if row.deadline == "품절취소"} == {
        "C-42": "품절취소",
        "C-43": "품절취소",
    }
    others = {"사유": but(book, "사유", "상품품절")}
    assert [row.id for row in own if row.deadline != "품절취소" and decisions.beyond(row, others) is not None] == []


# ── delay notices ────────────────────────────────────────────────────────────────────────────────


def test_a_delay_is_registered_once(decisions: Proof[Decision], book: Rulebook) -> None:
    advised = [row for row in decisions.rows if row.screen in DELAY]
    assert {row.id for row in advised} == {"C-21", "C-89", "C-61", "C-62"}
    still_open = {"세부상태": but(book, "세부상태", "발송지연")}
    assert [row.id for row in advised if decisions.beyond(row, still_open) is not None] == []


def test_a_delay_is_registered_only_where_it_saves_more_than_it_may_cost(
    decisions: Proof[Decision], book: Rulebook
) -> None:
    """Not once the 3 points have come, nor late where a missed promise costs 3 as well; N판매자배송 has no second stage."""
    in_time = {"발송기한": Cell(frozenset([UNKNOWN]), ((-4, float("inf")),))}
    rows = {row.id: row for row in decisions.rows}
    assert decisions.beyond(rows["C-61"], in_time) is None
    assert decisions.beyond(rows["C-62"], in_time) is None
    assert decisions.beyond(rows["C-89"], {"판매방식": only("N판매자")}) is None
    assert decisions.beyond(rows["C-61"], {"상품": but(book, "상품", "오늘출발", "정기구독")}) is None
    late = book.decisions.first(
        {name: word.usual for name, word in book.words.items()}
        | {"요청": "판매자취소", "사유": "상품품절", "주문상태": "발송대기", "동의": "아니오", "발송기한": -5}
    )
    assert late.screen not in DELAY


def test_nothing_is_counted_after_a_delay_notice_of_an_n_seller(book: Rulebook) -> None:
    proof = Proof(book.penalties.table.on(DAY), book.impossible, book.words, [{"판매방식": only("N판매자")}])
    notified = {"요청": "없음", "주문상태": "발송대기", "송장": "없음", "세부상태": "발송지연", "판매방식": "N판매자"}
    for left in (-1, -5, -30):
        full = {name: word.usual for name, word in book.words.items()} | notified | {"발송기한": left}
        assert [row.id for row in proof.table.all(full)] == []


# ── codes and flags ──────────────────────────────────────────────────────────────────────────────


def test_each_of_the_seven_reasons_has_the_code_that_its_screen_sends(book: Rulebook) -> None:
    seven = {reason.name: reason.code_if_seller for reason in book.reasons if reason.seller_chooses == reason.name}
    assert seven == {
        "상품품절": "SOLD_OUT",
        "배송지연": "DELAYED_DELIVERY",
        "서비스불만족": "PRODUCT_UNSATISFIED",
        "구매의사취소": "INTENT_CHANGED",
        "색상및사이즈변경": "COLOR_AND_SIZE",
        "다른상품잘못주문": "WRONG_ORDER",
        "상품정보상이": "INCORRECT_INFO",
    }


def test_an_approval_for_a_sold_out_reason_is_flagged_packed_or_not(decisions: Proof[Decision], book: Rulebook) -> None:
    others = {"사유": but(book, "사유", "상품품절"), "귀책": only("판매자")}
    approvals = [row for row in decisions.rows if row.action is Action.APPROVE and "sold_out_reason" not in row.flags]
    reached = {row.id for row in approvals if decisions.beyond(row, {"사유": others["사유"]}) is not None}
    # by the buyer's fault the reason can't be 상품품절: its fault is the seller's whoever files it
    assert reached <= {"C-39", "C-68"}
    assert {reason.fault_if_buyer for reason in book.reasons if reason.code == "SOLD_OUT"} == {"판매자"}

"""Reasons that look false get a warning; orders go on, and no other reason is proposed (policy §4.3, law 4)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from test_facts import Line, batch_of
from test_forecast import MORNING, lines, remembering
from test_penalties import UNSENT

from processor.app.think import think
from processor.judge import Workdays
from processor.model import Action, Col, Past, Point, Verdict
from processor.model.nothing import NOTHING_BEFORE
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

SCARF = {Col.PRODUCT_NO: "8100000009"}
ON_BEHALF = {**UNSENT, **SCARF, Col.SELLER_REASON: "구매의사취소", Col.CONSENT: "예", Col.DUE_AT: "2026-11-25"}
DONE = {
    **SCARF, Col.ORDER_STATUS: "취소", Col.CANCEL_STATUS: "취소완료", Col.CLAIM_CHANNEL: "판매자", Col.CLAIM_REASON: "구매의사취소",
}  # fmt: skip


def verdicts(
    book: Rulebook, workdays: Workdays, *orders: Line, past: Past = NOTHING_BEFORE, **more: Any
) -> list[Verdict]:
    report = think(batch_of(*orders, **more), book, MORNING, workdays, past)
    rows = report.rows.sort_values(Col.PRODUCT_ORDER_NO)
    return [report.verdicts[situation] for situation in rows["situation"]]


def doubted(found: list[Verdict]) -> list[bool]:
    return ["doubtful_reason" in verdict.flags for verdict in found]


def test_the_third_cancel_of_a_product_for_a_buyers_reason_is_told_of(book: Rulebook, workdays: Workdays) -> None:
    assert doubted(verdicts(book, workdays, ON_BEHALF, ON_BEHALF)) == [False, False]
    found = verdicts(book, workdays, ON_BEHALF, ON_BEHALF, ON_BEHALF)
    assert doubted(found) == [True] * 3
    assert "구매자 사유로 3번 이상 직접 취소하게 됩니다" in found[0].why.ko
    assert "부당행위" in found[0].why.ko


def test_it_stays_what_it_was_and_no_other_reason_is_proposed(book: Rulebook, workdays: Workdays) -> None:
    (alone,), found = verdicts(book, workdays, ON_BEHALF), verdicts(book, workdays, *[ON_BEHALF] * 3)
    assert {verdict.action for verdict in (alone, *found)} == {Action.SELLER_CANCEL}
    assert {verdict.reason_code for verdict in (alone, *found)} == {"INTENT_CHANGED"}


def test_cancels_that_are_done_count_too(book: Rulebook, workdays: Workdays) -> None:
    assert doubted(verdicts(book, workdays, ON_BEHALF, DONE, DONE)) == [True, False, False]


@pytest.mark.parametrize(
    "other",
    [
        {**DONE, Col.CLAIM_CHANNEL: "구매자"},  # the buyer asked on the screen himself
        {**DONE, Col.CLAIM_REASON: "상품품절"},
        {**DONE, Col.PRODUCT_NO: "8100000008"},
        {**DONE, Col.CLAIM_CHANNEL: None},
        {**DONE, Col.CANCELLED_AT: "2026-10-24 23:59"},
        {**DONE, Col.CLAIM_REQUESTED: "2026-10-24 23:59"},
    ],
    ids=["by the buyer", "sold out", "another product", "nobody knows by whom", "long ago", "asked for long ago"],
)
def test_others_do_not_count(other: Line, book: Rulebook, workdays: Workdays) -> None:
    assert not any(doubted(verdicts(book, workdays, ON_BEHALF, ON_BEHALF, other)))


def test_products_without_a_number_are_not_taken_for_one_product(book: Rulebook, workdays: Workdays) -> None:
    assert not any(doubted(verdicts(book, workdays, *[{**ON_BEHALF, Col.PRODUCT_NO: ""}] * 3)))


@pytest.mark.parametrize(
    ("days", "expected"),
    [(["2026-10-25", "2026-11-20"], True), (["2026-10-24", "2026-11-20"], False)],
    ids=["day 30", "day 31"],
)
def test_cancels_of_the_last_thirty_days_are_remembered(
    days: list[str], expected: bool, book: Rulebook, workdays: Workdays
) -> None:
    past = remembering(lines(), own_cancels={SCARF[Col.PRODUCT_NO]: [date.fromisoformat(day) for day in days]})
    assert doubted(verdicts(book, workdays, ON_BEHALF, past=past)) == [expected]


@pytest.mark.parametrize(("day", "expected"), [("2026-10-25", True), ("2026-10-24", False)], ids=["day 30", "day 31"])
def test_a_product_that_was_sold_out_lately_is_told_of(
    day: str, expected: bool, book: Rulebook, workdays: Workdays
) -> None:
    sold_out = lines((day, 2), **{Point.EVENT: "sold_out_cancel", Point.PRODUCT_NO: SCARF[Col.PRODUCT_NO]})
    (found,) = verdicts(book, workdays, ON_BEHALF, past=remembering(sold_out))
    assert doubted([found]) == [expected]
    assert ("품절로 취소한 적이 있습니다" in found.why.ko) is expected


def test_another_order_of_the_product_that_is_sold_out_today_is_evidence(book: Rulebook, workdays: Workdays) -> None:
    sold_out = {**UNSENT, **SCARF, Col.SELLER_REASON: "상품품절", Col.CONSENT: "예"}
    assert doubted(verdicts(book, workdays, ON_BEHALF, sold_out)) == [True, False]


def test_a_buyers_own_request_is_not_doubted(book: Rulebook, workdays: Workdays) -> None:
    asked = {**UNSENT, **SCARF, Col.CANCEL_STATUS: "취소요청", Col.CLAIM_REASON: "구매의사취소"}
    assert not any(doubted(verdicts(book, workdays, *[asked] * 4)))


def test_how_often_is_too_often_stands_in_the_rules(book: Rulebook, workdays: Workdays) -> None:
    strict = replace(book, penalties=replace(book.penalties, repeats=replace(book.penalties.repeats, times=2)))
    found = verdicts(strict, workdays, ON_BEHALF, ON_BEHALF)
    assert doubted(found) == [True, True]
    assert "2번 이상" in found[0].why.ko

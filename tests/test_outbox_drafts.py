"""The message to the buyer: what is known stands in it, what is not known is a blank to be filled."""

import pandas as pd
import pytest

from processor.model import Action, Col, FeeRuling, Leg, Out, Payer, RuleId, Text, Verdict
from processor.outbox.drafts import fill

NOTHING = Text("", "")
ROW = {
    Col.PRODUCT_NAME: "머그컵",
    Col.QUANTITY: 1200,
    Col.ORDER_NO: "2026112000000001",
    Col.COURIER: "CJ대한통운",
    Col.TRACKING_NO: "012345678901",
    Col.DISPATCHED_AT: pd.Timestamp(2026, 11, 20, 14, 30),
    Col.TOTAL_AMOUNT: 12000,
    Col.SHIPPING_FEE: 0,
    Col.REMOTE_FEE: None,
    Out.FEE_AMOUNT: 6000,
    Out.FREE_OVER: 50_000,
    Out.ACT_BY: pd.Timestamp(2026, 11, 25),
}
KINDS = {
    Col.PRODUCT_NAME: "str", Col.QUANTITY: "Int64", Col.ORDER_NO: "str", Col.COURIER: "str", Col.TRACKING_NO: "str",
    Col.DISPATCHED_AT: "datetime64[us]", Col.TOTAL_AMOUNT: "Int64", Col.SHIPPING_FEE: "Int64", Col.REMOTE_FEE: "Int64",
    Out.FEE_AMOUNT: "Int64", Out.FREE_OVER: "Int64", Out.ACT_BY: "datetime64[us]",
}  # fmt: skip
BUYER_BOTH = FeeRuling(RuleId("F-01"), Payer.BUYER, (Leg.OUTBOUND, Leg.RETURN), NOTHING, ())
BUYER_RETURN = FeeRuling(RuleId("F-02"), Payer.BUYER, (Leg.RETURN,), NOTHING, ())
SELLER = FeeRuling(RuleId("F-03"), Payer.SELLER, (Leg.RETURN,), NOTHING, ())
UNDECIDED = FeeRuling(RuleId("F-04"), Payer.UNDECIDED, (Leg.OUTBOUND, Leg.RETURN), NOTHING, ())


def a_verdict(fee, message="말", action=Action.RETURN):
    return Verdict(action, RuleId("C-01"), NOTHING, None, {}, {}, None, NOTHING, (), fee, (), None, message, "", ())


def said(template, fee=BUYER_BOTH, lang="ko", action=Action.RETURN, **row):
    rows = pd.DataFrame([ROW | row]).astype(KINDS)
    return fill(rows, [0], [a_verdict(fee, action=action)], {"말": Text(template, template)}, lang)[0]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{상품} {수량}개", "머그컵 1,200개"),
        ("주문 {주문번호}", "주문 2026112000000001"),
        ("{택배사} {송장}", "CJ대한통운 012345678901"),
        ("{일자}에 보냄", "2026-11-20에 보냄"),
        ("{왕복}원", "6,000원"),
        ("{편도/왕복}원", "6,000원"),
        ("{기한}까지", "〔날짜〕까지"),
        ("{기준}원", "50,000원"),
        ("{모르는말}", "〔모르는말〕"),
        ("변수 없음", "변수 없음"),
    ],
)
def test_a_variable_is_filled_with_what_the_order_tells(template, expected):
    assert said(template) == expected


@pytest.mark.parametrize(
    ("template", "column", "expected"),
    [
        ("{상품}", Col.PRODUCT_NAME, "〔상품 이름〕"),
        ("{수량}개", Col.QUANTITY, "〔수량〕개"),
        ("{택배사}", Col.COURIER, "〔택배사〕"),
        ("{송장}", Col.TRACKING_NO, "〔송장번호〕"),
        ("{일자}", Col.DISPATCHED_AT, "〔날짜〕"),
        ("{왕복}원", Out.FEE_AMOUNT, "〔왕복 배송비〕원"),
        ("{기준}원", Out.FREE_OVER, "〔무료배송 기준 금액〕원"),
        ("{편도/왕복}원", Out.FEE_AMOUNT, "〔반품 배송비〕원"),
    ],
)
def test_what_is_not_known_becomes_a_blank_to_fill(template, column, expected):
    assert said(template, **{column: None}) == expected


def test_a_seen_but_blank_text_is_a_blank_to_fill_too():
    assert said("{송장}", **{Col.TRACKING_NO: ""}) == "〔송장번호〕"


def test_one_way_and_round_trip_are_never_confused():
    assert said("{편도} {왕복}", BUYER_RETURN) == "6,000 〔왕복 배송비〕"
    assert said("{편도} {왕복}", BUYER_BOTH) == "〔편도 배송비〕 6,000"


@pytest.mark.parametrize("fee", [SELLER, UNDECIDED])
def test_a_buyer_who_does_not_surely_pay_is_told_no_sum(fee):
    assert said("{편도} {왕복} {편도/왕복}", fee) == "〔편도 배송비〕 〔왕복 배송비〕 〔반품 배송비〕"


def test_only_the_deadline_of_a_dispatch_is_promised_to_the_buyer():
    assert said("{기한}까지", action=Action.SHIP) == "2026-11-25까지"
    assert said("{기한}까지", action=Action.NEGOTIATE) == "〔날짜〕까지"


def test_a_refund_is_named_only_where_no_shipping_was_paid():
    assert said("{금액}원", SELLER) == "12,000원"
    assert said("{금액}원", SELLER, **{Col.SHIPPING_FEE: 3000}) == "〔금액〕원"
    assert said("{금액}원", SELLER, **{Col.SHIPPING_FEE: None}) == "〔금액〕원"
    assert said("{금액}원", SELLER, **{Col.REMOTE_FEE: 5000}) == "〔금액〕원"
    assert said("{금액}원", BUYER_BOTH) == "〔금액〕원"


def test_a_product_named_like_a_variable_stays_as_it_is():
    assert said("{상품} {수량}", **{Col.PRODUCT_NAME: "{수량} 컵"}) == "{수량} 컵 1,200"


def test_blanks_speak_english_too():
    assert said("{기준}", lang="en", **{Out.FREE_OVER: None}) == "〔free-shipping minimum〕"


def test_each_row_gets_the_draft_of_its_own_verdict_or_none():
    rows = pd.DataFrame([ROW, ROW | {Col.PRODUCT_NAME: "접시"}, ROW]).astype(KINDS)
    verdicts = [a_verdict(SELLER), a_verdict(SELLER, None), a_verdict(SELLER, "없는 말")]
    drafts = {"말": Text("{상품}", "")}
    assert fill(rows, [1, 0, 2], verdicts, drafts, "ko") == [None, "접시", None]

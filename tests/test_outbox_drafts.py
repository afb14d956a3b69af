"""The message to the buyer: known values are filled in; the words around an unknown value are left out with it."""

import pandas as pd
import pytest

from processor.model import Action, Col, FeeRuling, Leg, Out, Payer, RuleId, Text, Verdict
from processor.outbox.drafts import VALUES, fill, one_for_all
from processor.rulebook.drafts import COSTS, VARIABLES, Draft, least
from processor.rulebook.load import Document
from processor.rulebook.tables import Notes
from processor.rulebook.templates import draft
from processor.rulebook.types import Messages

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
    Out.FEE_SHARED: False,
    Out.FEE_REFUND: 2500,
    Out.ACT_BY: pd.Timestamp(2026, 11, 25),
}
KINDS = {
    Col.PRODUCT_NAME: "str", Col.QUANTITY: "Int64", Col.ORDER_NO: "str", Col.COURIER: "str", Col.TRACKING_NO: "str",
    Col.DISPATCHED_AT: "datetime64[us]", Col.TOTAL_AMOUNT: "Int64", Col.SHIPPING_FEE: "Int64", Col.REMOTE_FEE: "Int64",
    Out.FEE_AMOUNT: "Int64", Out.FREE_OVER: "Int64", Out.FEE_REFUND: "Int64", Out.FEE_SHARED: "bool", Out.ACT_BY: "datetime64[us]",
}  # fmt: skip
BUYER_BOTH = FeeRuling(RuleId("F-01"), Payer.BUYER, (Leg.OUTBOUND, Leg.RETURN), NOTHING, ())
BUYER_RETURN = FeeRuling(RuleId("F-02"), Payer.BUYER, (Leg.RETURN,), NOTHING, ())
BUYER_NOTHING = FeeRuling(RuleId("F-02"), Payer.BUYER, (), NOTHING, ())
SELLER = FeeRuling(RuleId("F-03"), Payer.SELLER, (Leg.RETURN,), NOTHING, ())
UNDECIDED = FeeRuling(RuleId("F-04"), Payer.UNDECIDED, (Leg.OUTBOUND, Leg.RETURN), NOTHING, ())


def a_draft(ko, en="{상품}") -> Draft:
    """As rules.yaml gives it, without a complaint."""
    notes = Notes(Document(None, {(): (1, 1)}, {}))
    understood = draft({"ko": ko, "en": en}, (), notes)
    assert notes.complaints == []
    return understood


def a_verdict(fee, message="말", action=Action.RETURN, screen="", facts=None):
    return Verdict(
        action, RuleId("C-01"), NOTHING, facts or {}, {}, None, NOTHING, (), fee, (), None, message, screen, ()
    )


def said(ko, fee=BUYER_BOTH, en="{상품}", lang="ko", action=Action.RETURN, limit=None, facts=None, **row):
    rows = pd.DataFrame([ROW | row]).astype(KINDS)
    messages = Messages({"말": a_draft(ko, en)}, {}, {} if limit is None else {"화면": limit})
    return fill(rows, [0], [a_verdict(fee, action=action, screen="화면", facts=facts)], messages, lang)[0]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{상품}[[ {수량}개]]", "머그컵 1,200개"),
        ("글[[: 주문 {주문번호}]]", "글: 주문 2026112000000001"),
        ("글[[: {택배사} {송장}]]", "글: CJ대한통운 012345678901"),
        ("글[[: {일자}에 보냄]]", "글: 2026-11-20에 보냄"),
        ("글[[: {왕복}원]]", "글: 6,000원"),
        ("글[[: {편도/왕복}원]]", "글: 6,000원"),
        ("글[[: {기한}까지]]", "글"),
        ("글[[: {기준}원]]", "글: 50,000원"),
        ("변수 없음", "변수 없음"),
        ("[반품]을 누름", "[반품]을 누름"),
    ],
)
def test_a_variable_is_filled_with_what_the_order_tells(template, expected):
    assert said(template) == expected


TOLD_BY = [
    ("수량", Col.QUANTITY), ("주문번호", Col.ORDER_NO), ("택배사", Col.COURIER), ("송장", Col.TRACKING_NO),
    ("일자", Col.DISPATCHED_AT), ("왕복", Out.FEE_AMOUNT), ("편도/왕복", Out.FEE_AMOUNT), ("기준", Out.FREE_OVER),
]  # fmt: skip


@pytest.mark.parametrize(
    ("variable", "column", "blank"),
    [
        (variable, column, blank)
        for variable, column in TOLD_BY
        for blank in (None, *(["", "  "] if KINDS[column] == "str" else []))
    ],
)
def test_what_is_not_known_goes_with_the_words_around_it(variable, column, blank):
    assert said(f"앞[[ 사이 {{{variable}}} {{주문번호}} 사이]] 뒤", **{column: blank}) == "앞 뒤"
    assert said(f"앞[[ 하나 {{{variable}}}]][[ 둘 {{상품}}]] 뒤", **{column: blank}) == "앞 둘 머그컵 뒤"


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_product_without_a_name_is_the_product(blank):
    assert said("주문하신 {상품|을/를} 취소합니다", **{Col.PRODUCT_NAME: blank}) == "주문하신 상품을 취소합니다"
    assert said("글", en="your order of {상품}", lang="en", **{Col.PRODUCT_NAME: blank}) == "your order of the product"


@pytest.mark.parametrize(
    "template", ["앞[[ {기한}까지]] 뒤", "앞 [[{기한}까지]] 뒤", "앞 [[{기한}까지 ]]뒤", "앞 [[ {기한}까지 ]] 뒤"]
)
def test_spaces_around_a_segment_that_goes_do_not_double(template):
    assert said(template) == "앞 뒤"
    assert said(template, action=Action.SHIP) == "앞 2026-11-25까지 뒤"


def test_no_space_is_left_where_the_message_begins_or_ends_with_a_segment_that_goes():
    assert said("[[{기한}까지]] 말 [[{기준}원]]", **{Out.FREE_OVER: None}) == "말"


def test_spaces_of_a_name_are_its_own():
    assert said("앞 {상품}[[ {기한}]] 뒤", **{Col.PRODUCT_NAME: "컵  둘"}) == "앞 컵  둘 뒤"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("머그컵", "머그컵은 머그컵이 머그컵을 머그컵과 머그컵으로"),
        ("접시", "접시는 접시가 접시를 접시와 접시로"),
        ("연필", "연필은 연필이 연필을 연필과 연필로"),
        ("컵 (소)", "컵 (소)은 컵 (소)이 컵 (소)을 컵 (소)과 컵 (소)으로"),
        ("양말(3켤레)", "양말(3켤레)은 양말(3켤레)이 양말(3켤레)을 양말(3켤레)과 양말(3켤레)로"),
        (
            "접시(한정(2개))",
            "접시(한정(2개))는 접시(한정(2개))가 접시(한정(2개))를 접시(한정(2개))와 접시(한정(2개))로",
        ),
        ("[특가]", "[특가]는 [특가]가 [특가]를 [특가]와 [특가]로"),
        ("접시 【특별】", "접시 【특별】는 접시 【특별】가 접시 【특별】를 접시 【특별】와 접시 【특별】로"),
        ("컵 3", "컵 3은 컵 3이 컵 3을 컵 3과 컵 3으로"),
        ("컵 2", "컵 2는 컵 2가 컵 2를 컵 2와 컵 2로"),
        ("Mug XL", "Mug XL은 Mug XL이 Mug XL을 Mug XL과 Mug XL로"),
        ("머그컵★", "머그컵★은 머그컵★이 머그컵★을 머그컵★과 머그컵★으로"),
        ("면 100%", "면 100%는 면 100%가 면 100%를 면 100%와 면 100%로"),
        ("!", "!는 !가 !를 !와 !로"),
    ],
)
def test_the_particle_follows_the_last_sound_of_the_name(name, expected):
    template = "{상품|은/는} {상품|이/가} {상품|을/를} {상품|과/와} {상품|으로/로}"
    assert said(template, **{Col.PRODUCT_NAME: name}) == expected


def test_a_courier_may_take_a_particle_too():
    assert said("글[[: {택배사|으로/로} 보냄]]") == "글: CJ대한통운으로 보냄"


def test_one_way_and_round_trip_are_never_confused():
    template = "글[[ 편도 {편도}]][[ 왕복 {왕복}]]"
    assert said(template, BUYER_RETURN) == "글 편도 6,000"
    assert said(template, BUYER_BOTH) == "글 왕복 6,000"


@pytest.mark.parametrize("fee", [SELLER, UNDECIDED, BUYER_NOTHING])
def test_a_buyer_who_does_not_surely_pay_is_told_no_sum(fee):
    assert said("글[[ {편도}]][[ {왕복}]][[ {편도/왕복}]]", fee) == "글"


def test_a_sum_that_stands_on_another_line_of_the_bundle_is_not_called_nothing():
    assert said("글[[ {편도/왕복}원]]", **{Out.FEE_AMOUNT: 0, Out.FEE_SHARED: True}) == "글"


def test_only_the_deadline_of_a_dispatch_is_promised_to_the_buyer():
    assert said("글[[ {기한}까지]]", action=Action.SHIP) == "글 2026-11-25까지"
    assert said("글[[ {기한}까지]]", action=Action.NEGOTIATE) == "글"


def test_a_deadline_that_has_passed_is_not_promised_to_the_buyer():
    assert said("글[[ {기한}까지]]", action=Action.SHIP, facts={"발송기한": 0}) == "글 2026-11-25까지"
    assert said("글[[ {기한}까지]]", action=Action.SHIP, facts={"발송기한": -1}) == "글"


def test_a_refund_is_named_only_where_no_shipping_was_paid():
    template = "글[[ {금액}원]]"
    assert said(template, SELLER) == "글 12,000원"
    assert said(template, SELLER, **{Col.SHIPPING_FEE: 3000}) == "글"
    assert said(template, SELLER, **{Col.SHIPPING_FEE: None}) == "글"
    assert said(template, SELLER, **{Col.REMOTE_FEE: 5000}) == "글"
    assert said(template, BUYER_BOTH) == "글"


@pytest.mark.parametrize("name", ["{수량} 컵", "[[컵]]", "〔컵〕", "{상품|을/를}"])
def test_a_product_named_like_a_template_stays_as_it_is(name):
    assert said("{상품}[[ {수량}]]", **{Col.PRODUCT_NAME: name}) == f"{name} 1,200"


def test_each_row_gets_the_draft_of_its_own_verdict_or_none():
    rows = pd.DataFrame([ROW, ROW | {Col.PRODUCT_NAME: "접시"}, ROW]).astype(KINDS)
    verdicts = [a_verdict(SELLER), a_verdict(SELLER, None), a_verdict(SELLER, "없는 말")]
    messages = Messages({"말": a_draft("{상품}")}, {}, {})
    assert fill(rows, [1, 0, 2], verdicts, messages, "ko") == [None, "접시", None]


def test_each_row_without_variables_gets_its_draft():
    rows = pd.DataFrame([ROW, ROW]).astype(KINDS)
    assert fill(rows, [0, 0], [a_verdict(SELLER)], Messages({"말": a_draft("말")}, {}, {}), "ko") == ["말", "말"]


def test_one_text_that_goes_to_several_buyers_speaks_of_no_single_order():
    """The screen of 판매자취소 takes one text for all orders that are ticked (exports §4.3)."""
    names = ["머그컵", "접시", "머그컵", "머그컵"]
    rows = pd.DataFrame([ROW | {Col.PRODUCT_NAME: name} for name in names]).astype(KINDS)
    messages = Messages(
        {"말": a_draft("주문하신 {상품|을/를}[[ {수량}개]] 취소합니다", "We cancel {상품}")}, {}, {}, {}
    )
    verdict = a_verdict(SELLER)
    own = fill(rows, [0] * 4, [verdict], messages, "ko")
    assert one_for_all(own[:2], verdict, messages, "ko") == "주문하신 상품을 취소합니다"
    assert one_for_all(own[2:], verdict, messages, "ko") == "주문하신 머그컵을 1,200개 취소합니다"
    english = fill(rows, [0] * 4, [verdict], messages, "en")
    assert one_for_all(english[:2], verdict, messages, "en") == "We cancel the product"
    assert one_for_all(english[2:], verdict, messages, "en") == "We cancel 머그컵"
    assert one_for_all([None, None], a_verdict(SELLER, None), messages, "ko") is None


# ── the length that a screen takes ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (None, "주문하신 파란 머그컵을 취소"),
        (15, "주문하신 파란 머그컵을 취소"),
        (14, "주문하신 파란 머…를 취소"),
        (12, "주문하신 파란…을 취소"),
        (11, "주문하신 파…를 취소"),
        (10, "주문하신 …를 취소"),
    ],
)
def test_a_name_is_shortened_where_the_screen_takes_no_more(limit, expected):
    assert said("주문하신 {상품|을/를} 취소", limit=limit, **{Col.PRODUCT_NAME: "파란 머그컵"}) == expected
    assert limit is None or len(expected) <= limit


def test_a_shortened_name_fills_the_screen_exactly():
    for limit in range(20, 60):
        text = said("글 {상품|을/를} 씀", limit=limit, **{Col.PRODUCT_NAME: "접" * 70})
        assert len(text) == limit
        assert text.endswith("접…을 씀")


def test_a_name_that_stands_twice_is_shortened_twice():
    assert said("{상품} 그리고 {상품}", limit=9, **{Col.PRODUCT_NAME: "머그컵둘셋"}) == "머… 그리고 머…"


def test_where_no_name_can_make_room_the_segments_go():
    assert said("{상품}[[ {택배사}]]", limit=8, **{Col.COURIER: "긴" * 9}) == "머그컵"
    assert said("{상품}[[ {택배사}]]", limit=2, **{Col.COURIER: "긴" * 9}) == "머…"
    assert said("글[[ {택배사}]]", limit=3, **{Col.COURIER: "긴" * 9}) == "글"


def test_the_least_length_leaves_room_for_each_variable_and_its_particle():
    assert [least(a_draft(text).ko) for text in ("네 글자", "{상품}", "{상품|을/를}", "{상품|으로/로}[[ {수량}개]]")] == [
        4, 1, 2, 6,
    ]  # fmt: skip


# ── the messages of rules.yaml ───────────────────────────────────────────────────────────────────


def test_outbox_tells_exactly_the_variables_that_rules_may_name():
    assert [*VALUES, COSTS] == list(VARIABLES)
    assert [variable for variable, instead in VARIABLES.items() if instead] == ["상품"]

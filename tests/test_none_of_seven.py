"""A seller's cancel whose reason is none of the popup's seven: he may say so, and is told what then. It is never cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from field_desk import ANSWERS, DISPATCH, LAST_RUN, SENT, answer, considered, drop, export, order, returned, verdict

from processor.model import Action, Text
from processor.model.answer_cells import TRUE_REASON
from processor.outbox.action_columns import answer_column, with_choices

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)


def test_it_is_the_last_choice_after_the_seven(book):
    choices = with_choices(answer_column(TRUE_REASON), book).choices
    assert [choice.ko for choice in choices] == [
        "품절", "배송지연", "서비스불만족", "구매의사취소", "색상및사이즈변경", "다른상품잘못주문", "상품정보상이", "일곱 사유에 없음",
    ]  # fmt: skip
    assert choices[-1].en == "None of the seven"


def test_the_question_about_the_reason_is_answered_by_it(empty_desk, book):
    files = [
        export(DISPATCH, order(1), at="0900"),
        export(ANSWERS, answer(1, 판매취소사유="가격 오기재", 구매자동의="예"), name="답변.xlsx"),
    ]
    asked = verdict(drop(empty_desk, book, files, LAST_RUN), 1)
    assert (asked.action, asked.rule, asked.asks) == (Action.REVIEW, "C-20", ("실제사유",))
    told = verdict(considered(empty_desk, book, [returned({1: {"실제사유": "일곱 사유에 없음"}})]), 1)
    assert (told.action, told.rule, told.asks) == (Action.NEGOTIATE, "C-94", ())
    assert told.why == Text(
        "일곱 사유에 맞는 것이 없어 판매자가 취소할 수 없습니다. 그대로 보내거나 구매자에게 취소를 요청해 달라고 하세요. "
        "품절이면 실제사유를 품절로 고치세요",
        "none of the seven reasons fits so you cannot cancel it; send it or ask the buyer to request the cancel; "
        "if it is sold out change True reason to Sold out",
    )


@pytest.mark.parametrize("spelling", ["일곱 사유에 없음", "None of the seven", "맞는 사유 없음"])
def test_every_spelling_of_it_is_understood(empty_desk, book, spelling):
    files = [export(DISPATCH, order(1), at="0900"), export(ANSWERS, answer(1, 실제사유=spelling), name="답변.xlsx")]
    assert verdict(considered(empty_desk, book, files), 1).rule == "C-94"


def test_it_is_never_an_approval_or_a_cancel(empty_desk, book):
    """Whatever else is stated, agreed and known of the parcel."""
    cases = list(
        product(
            ["", "상품품절", "구매의사취소", "가격 오기재"],
            ["", "예", "아니오"],
            ["", "미포장", "포장", "집화"],
            [{}, SENT],
        )
    )
    orders = [order(n, **sent) for n, (*_, sent) in enumerate(cases, start=1)]
    told = [
        answer(n, 실제사유="일곱 사유에 없음", 판매취소사유=stated, 구매자동의=agreed, 출고상태=handover)
        for n, (stated, agreed, handover, _) in enumerate(cases, start=1)
    ]
    report = considered(
        empty_desk, book, [export(DISPATCH, *orders, at="0900"), export(ANSWERS, *told, name="답변.xlsx")]
    )
    found = {case: verdict(report, n).action for n, case in enumerate(map(repr, cases), start=1)}
    assert not {case: action for case, action in found.items() if action.irreversible}
    unsent = [verdict(report, n).rule for n, (*_, sent) in enumerate(cases, start=1) if not sent]
    assert set(unsent) == {"C-94", "C-09"}


def test_an_answer_that_the_rules_no_longer_know_is_unknown_and_cancels_nothing(empty_desk, book):
    """It was told under rules that had one reason more: no stated reason is then taken as the true one."""
    told = answer(1, 실제사유="오배송", 판매취소사유="구매의사취소", 구매자동의="예")
    considered(empty_desk, book, [export(DISPATCH, order(1), at="0900"), export(ANSWERS, told, name="답변.xlsx")])
    fewer = replace(book, reasons=tuple(reason for reason in book.reasons if reason.name != "오배송"))
    later = verdict(considered(empty_desk, fewer, [export(DISPATCH, order(1), at="1000")], last=LAST_RUN + HOUR), 1)
    assert later.facts["실제사유"] == "모름"
    assert not later.action.irreversible

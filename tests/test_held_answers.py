"""An answer that is held is not asked for again: what is truly missing is said."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from field_desk import (
    ANSWERS,
    CANCEL,
    DISPATCH,
    LAST_RUN,
    TODAY,
    answer,
    asked,
    considered,
    drop,
    export,
    order,
    returned,
    verdict,
)

from processor.model import UNKNOWN, Action

pytestmark = pytest.mark.slow

NEXT = timedelta(days=1)


@pytest.mark.parametrize(("reason", "rule"), [("구매의사취소", "C-68"), ("배송 지연", "C-68"), ("상품 파손", "C-38")])
def test_packed_and_agreed_by_a_list_of_yesterday_needs_a_fresh_dispatch_export(empty_desk, book, reason, rule):
    """Monday's files say that no invoice is printed; on Tuesday nobody knows, so the agreed cancel waits for a fresh file."""
    monday = [export(DISPATCH, order(1), at="0900"), export(CANCEL, asked(1, 취소사유=reason), at="0900")]
    drop(empty_desk, book, monday, LAST_RUN)
    told = [returned({1: {"출고상태": "포장", "구매자동의": "예"}})]
    tuesday = verdict(considered(empty_desk, book, told, last=LAST_RUN + NEXT), 1)
    assert (tuesday.action, tuesday.rule, tuesday.asks, tuesday.screen) == (Action.REVIEW, "C-95", (), "새파일")
    assert tuesday.why.ko == (
        "포장했고 구매자와 취소하기로 했지만 그 뒤에 송장을 뽑았는지 알 수 없습니다. "
        "발주발송관리 파일(발송처리일·송장출력일·송장번호 항목을 켜고 받은 것)을 새로 받아 넣어 주세요"
    )
    fresh = [
        export(DISPATCH, order(1), at="1400", day=TODAY + NEXT),
        export(CANCEL, asked(1, 취소사유=reason), at="1400", day=TODAY + NEXT),
    ]
    later = verdict(considered(empty_desk, book, fresh, last=LAST_RUN + NEXT + timedelta(hours=1)), 1)
    assert (later.action, later.rule) == (Action.APPROVE, rule)


def test_a_buyer_who_will_not_cancel_after_all_is_not_asked_again(empty_desk, book):
    files = [export(DISPATCH, order(1), at="0900"), export(CANCEL, asked(1), at="0900")]
    drop(empty_desk, book, files, LAST_RUN)
    told = [returned({1: {"출고상태": "포장", "구매자동의": "아니오"}})]
    found = verdict(considered(empty_desk, book, told, last=LAST_RUN + timedelta(minutes=9)), 1)
    assert (found.action, found.rule, found.asks, found.screen) == (Action.NEGOTIATE, "C-41a", (), "발송거절")


def test_without_todays_cancel_export_an_agreed_request_is_asked_for_there(empty_desk, book):
    """The buyer agreed to his own request. A file that does not show it makes it no wish of the seller's."""
    files = [export(DISPATCH, order(1), at="0900"), export(CANCEL, asked(1), at="0900")]
    drop(empty_desk, book, files, LAST_RUN)
    told = [returned({1: {"출고상태": "포장", "구매자동의": "예"}})]
    considered(empty_desk, book, told, last=LAST_RUN + timedelta(minutes=9))
    fresh = [export(DISPATCH, order(1), at="0900", day=TODAY + NEXT)]
    found = verdict(considered(empty_desk, book, fresh, last=LAST_RUN + NEXT), 1)
    assert (found.action, found.rule, found.asks) == (Action.REVIEW, "C-74", ())


@pytest.mark.parametrize(("cause", "rule"), [("품절", "C-42"), ("구매의사취소", "C-46"), ("일곱 사유에 없음", "C-94")])
def test_the_answer_to_a_stated_reason_that_is_none_is_followed(empty_desk, book, cause, rule):
    """And it holds on the next day too."""
    files = [
        export(DISPATCH, order(1), at="0900"),
        export(ANSWERS, answer(1, 판매취소사유="가격 오기재", 구매자동의="예"), name="답변.xlsx"),
    ]
    assert verdict(drop(empty_desk, book, files, LAST_RUN), 1).rule == "C-20"
    told = considered(empty_desk, book, [returned({1: {"실제사유": cause}})], last=LAST_RUN + timedelta(minutes=9))
    assert verdict(told, 1).rule == rule
    fresh = [export(DISPATCH, order(1), at="0900", day=TODAY + NEXT)]
    assert verdict(considered(empty_desk, book, fresh, last=LAST_RUN + NEXT), 1).rule == rule


@pytest.mark.parametrize(
    ("stated", "cause", "rule"),
    [
        ("가격 오기재", "품절", "C-09"),
        ("가격 오기재", "구매의사취소", "C-09"),
        ("구매의사취소", "일곱 사유에 없음", "C-09"),
        ("가격 오기재", "일곱 사유에 없음", "C-94"),
        ("일곱 사유에 없음", "", "C-94"),
    ],
)
def test_a_stated_reason_and_a_true_one_that_differ_are_asked_about(empty_desk, book, stated, cause, rule):
    told = answer(1, 판매취소사유=stated, 실제사유=cause, 구매자동의="예")
    files = [export(DISPATCH, order(1), at="0900"), export(ANSWERS, told, name="답변.xlsx")]
    assert verdict(considered(empty_desk, book, files), 1).rule == rule


CELLS = {"출고": "출고상태", "동의": "구매자동의", "실제사유": "실제사유"}
CHANGED = {("출고", "C-48"), ("실제사유", "C-94")}
"""Rows that name a cell to have its answer changed: the parcel may be opened again, and a sold-out is chosen as such."""


def test_no_reason_tells_to_fill_a_cell_whose_answer_is_known(book):
    usual = {name: word.usual or UNKNOWN for name, word in book.words.items() if word.values is not None}
    varied = {
        "요청": ["구매자취소", "판매자취소"],
        "주문상태": ["신규", "발송대기"],
        "송장": ["없음", "출력", "입력", UNKNOWN],
        "출고": ["미포장", "포장", "집화", UNKNOWN],
        "동의": ["예", "아니오", UNKNOWN],
        "사유": ["상품품절", "배송지연", "구매의사취소", "목록에없음", UNKNOWN],
        "실제사유": ["품절", "일곱 사유에 없음", UNKNOWN],
        "사유일치": ["예", "아니오", UNKNOWN],
        "귀책": ["구매자", "판매자", UNKNOWN],
        "포장정책": ["협의", "승인"],
    }
    chooses = {"목록에없음": "불가", UNKNOWN: UNKNOWN}
    wrong = set()
    for values in product(*varied.values()):
        facts = usual | dict(zip(varied, values, strict=True))
        if facts["실제사유"] != UNKNOWN and UNKNOWN in (facts["사유"], facts["사유일치"]):
            continue  # a known cause is the reason where none is stated, and is compared where one is
        if (facts["사유"], facts["실제사유"], facts["사유일치"]) == ("목록에없음", "품절", "예"):
            continue
        facts["사유선택"] = chooses.get(facts["사유"], "가능")
        row = book.decisions.first(facts)
        wrong |= {
            (word, row.id) for word, cell in CELLS.items() if facts[word] != UNKNOWN and cell in row.why.ko
        } - CHANGED
    assert wrong == set()

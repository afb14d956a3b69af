"""An answer that arrives is acknowledged on the order's line, with what follows; one that is not used says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from field_desk import (
    ANSWERS,
    CANCEL,
    DISPATCH,
    LAST_RUN,
    SENT,
    TODAY,
    answer,
    asked,
    considered,
    cuts,
    drop,
    export,
    no,
    order,
    returned,
)
from trials import some

from processor.app.desk import Desk
from processor.model import Col, Text

pytestmark = pytest.mark.slow

NEXT = timedelta(days=1)
LATER = LAST_RUN + timedelta(minutes=9)


def note(report, n=1):
    rows = report.rows
    ((ko, en),) = rows.loc[rows[Col.PRODUCT_ORDER_NO].eq(no(n)), [Col.NOTE_KO, Col.NOTE_EN]].to_numpy()
    return Text(ko, en)


def by_hand(*rows):
    return export(ANSWERS, *rows, name="답변.xlsx", changed=TODAY + timedelta(hours=9, minutes=20))


D, C = export(DISPATCH, order(1), at="0900"), export(CANCEL, asked(1), at="0900")
SAID = {
    "cancelled by the seller": (
        [D, by_hand(answer(1, 판매취소사유="상품품절", 구매자동의="ㅇㅇ"))],
        Text(
            "적으신 답(구매자동의: 예 · 판매취소사유: 상품품절)을 받았습니다. 이제 〈판매자취소〉에서 처리하세요.",
            "Your answer (Buyer agrees: Yes · Cancel reason: Sold out) was received. Go on with it on 〈Seller cancel〉.",
        ),
    ),
    "approved": (
        [D, C, by_hand(answer(1, 출고상태="안 쌈"))],
        Text(
            "적으신 답(출고상태: 미포장)을 받았습니다. 이제 〈취소승인〉에서 처리하세요.",
            "Your answer (Handover: Not packed) was received. Go on with it on 〈Approve cancel〉.",
        ),
    ),
    "one answer of two": (
        [D, by_hand(answer(1, 실제사유="품절"))],
        Text(
            "적으신 답(실제사유: 품절)을 받았습니다. 이제 〈고객협의〉에서 처리하세요. 더 필요한 답: 구매자동의.",
            "Your answer (True reason: Sold out) was received. Go on with it on 〈Negotiate〉. Still needed: Buyer agrees.",
        ),
    ),
    "one that does not settle it": (
        [D, by_hand(answer(1, 구매자동의="예"))],
        Text(
            "적으신 답(구매자동의: 예)을 받았습니다. 아직 정할 수 없습니다. 더 필요한 답: 실제사유.",
            "Your answer (Buyer agrees: Yes) was received. It can't be decided yet. Still needed: True reason.",
        ),
    ),
    "a file is missing": (
        [C, by_hand(answer(1, 출고상태="포장", 구매자동의="예"))],
        Text(
            "적으신 답(출고상태: 포장 · 구매자동의: 예)을 받았습니다. 아직 정할 수 없습니다. 무엇이 더 필요한지는 앞의 이유를 보세요.",
            "Your answer (Handover: Packed · Buyer agrees: Yes) was received. It can't be decided yet. "
            "See the reason before this for what is missing.",
        ),
    ),
    "one that changes nothing": (
        [export(DISPATCH, order(1, **SENT), at="0900"), by_hand(answer(1, 구매자동의="아니오"))],
        Text(
            "적으신 답(구매자동의: 아니오)을 받았습니다. 이 주문에는 하실 일이 없습니다.",
            "Your answer (Buyer agrees: No) was received. Nothing is to be done with this order.",
        ),
    ),
    "a reason that may hold anything": (
        [D, by_hand(answer(1, 판매취소사유="홍길동 님 전화"))],
        Text(
            "적으신 답(판매취소사유)을 받았습니다. 아직 정할 수 없습니다. 더 필요한 답: 실제사유.",
            "Your answer (Cancel reason) was received. It can't be decided yet. Still needed: True reason.",
        ),
    ),
    "a memo and a result are no answers": ([D, C, by_hand(answer(1, 출고상태="", 메모="포장 서두르기"))], Text("", "")),
    "written before the request": (
        [D, export(CANCEL, asked(1, 취소요청일="2026-11-23 10:00"), at="1100"), by_hand(answer(1, 출고상태="미포장"))],
        Text(
            "11-23 09:20에 적으신 답(출고상태: 미포장)은 쓰지 않았습니다. 그 뒤 11-23 10:00에 취소요청이 들어왔습니다.",
            "Your answer of 11-23 09:20 (Handover: Not packed) is not used: the cancel was requested later, at 11-23 10:00.",
        ),
    ),
    "written before it was sent": (
        [export(DISPATCH, order(1, **SENT), at="1100"), C, by_hand(answer(1, 출고상태="포장"))],
        Text(
            "11-23 09:20에 적으신 답(출고상태: 포장)은 쓰지 않았습니다. 그 뒤에 받은 파일(11-23 11:00)에는 발송된 것으로 나옵니다.",
            "Your answer of 11-23 09:20 (Handover: Packed) is not used: a later file (11-23 11:00) shows the order as sent.",
        ),
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_the_line_says_that_the_answer_came_and_what_follows(empty_desk, book, case):
    files, said = SAID[case]
    assert note(considered(empty_desk, book, files)) == said


@pytest.mark.parametrize("case", ["one answer of two", "written before the request"])
def test_it_says_the_same_however_the_day_is_cut(tmp_path_factory, book, case):
    """Law 13."""
    files, said = SAID[case]
    for drops in some(list(cuts(files)), 4):
        desk = Desk(tmp_path_factory.mktemp("desk"))
        desk.inbox.mkdir()
        desk.outbox.mkdir()
        assert note(considered(desk, book, *drops)) == said, [[file.name for file in some] for some in drops]


def test_a_later_run_of_the_day_says_it_too_and_the_next_day_does_not(empty_desk, book):
    drop(empty_desk, book, [export(CANCEL, asked(1), at="0900")], LAST_RUN)
    told = drop(empty_desk, book, [returned({1: {"출고상태": "미포장"}})], LATER)
    said = "적으신 답(출고상태: 미포장)을 받았습니다. 이제 〈취소승인〉에서 처리하세요."
    assert note(told).ko == said
    more = drop(empty_desk, book, [export(CANCEL, asked(1), asked(2), at="1345")], LATER + timedelta(minutes=9))
    assert note(more).ko.endswith(said)
    tomorrow = [export(CANCEL, asked(1), at="0900", day=TODAY + NEXT)]
    assert "받았습니다" not in note(drop(empty_desk, book, tomorrow, LAST_RUN + NEXT)).ko


def test_answers_that_differ_are_asked_about_and_not_acknowledged(empty_desk, book):
    told = [
        export(ANSWERS, answer(1, 출고상태=word), name=f"{word}.xlsx", changed=TODAY + timedelta(hours=9))
        for word in ("미포장", "집화")
    ]
    assert "받았습니다" not in note(considered(empty_desk, book, [D, C, *told])).ko

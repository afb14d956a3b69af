"""The deadline of an order that must be looked at first: open requests on it keep their deadlines (policy §11.2).

The moment is Mon 2026-11-23. The request is of Fri 11-20 (+ 2 working days: Tue 11-24), what is back came on Thu 11-19
(+ 3: Fri 20, Mon 23, Tue 24), and an order that waits is due on Wed 11-25.
"""

from __future__ import annotations

import pandas as pd
import pytest
from made import product
from test_facts import MONDAY, Line, batch_of, with_store

from processor.app.think import think
from processor.judge import Workdays, facts
from processor.judge.facts.deadlines import deadline_column
from processor.model import Action, Col, Out
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

WAITING = {
    Col.ORDER_STATUS: "발송대기",
    Col.INVOICE_SEEN: True,
    Col.SHIP_ATTRIBUTE: "일반배송",
    Col.DUE_AT: "2026-11-25 23:59",
}
SENT = {**WAITING, Col.ORDER_STATUS: "배송완료", Col.DISPATCHED_AT: "2026-11-18 16:00"}
ASKED = {Col.CANCEL_STATUS: "취소요청", Col.CLAIM_REQUESTED: "2026-11-20 10:00"}
FILED = {Col.CLAIM_REQUESTED: "2026-11-17 10:00"}
BACK = {**SENT, **FILED, Col.RETURN_STATUS: "수거완료", Col.COLLECT_DONE: "2026-11-19 10:00"}
SWAP_BACK = {**SENT, **FILED, Col.EXCHANGE_STATUS: "수거완료", Col.COLLECT_DONE: "2026-11-19 10:00"}
COMING = {**SENT, **FILED, Col.RETURN_STATUS: "수거중"}
SENT_AGAIN = {**SWAP_BACK, Col.EXCHANGE_STATUS: "교환재배송중"}

OPEN: list[tuple[str, Line, str | None]] = [
    ("취소요청", {**WAITING, **ASKED}, "2026-11-24"),
    ("보낸 뒤의 취소요청", {**SENT, **ASKED}, "2026-11-24"),
    ("요청한 날을 모르는 취소요청", {**WAITING, Col.CANCEL_STATUS: "취소요청"}, None),
    ("돌아온 반품", BACK, "2026-11-24"),
    ("돌아온 교환", SWAP_BACK, "2026-11-24"),
    ("돌아온 날을 모르는 반품", {**BACK, Col.COLLECT_DONE: None}, None),
    ("환불보류 중인 반품", {**BACK, Col.HOLDBACK: "환불보류중"}, None),
    ("수거 중인 반품", COMING, None),
    ("교환 재배송 중", SENT_AGAIN, None),
    ("교환 재배송 중의 반품", {**SENT_AGAIN, Col.RETURN_STATUS: "수거완료"}, "2026-11-24"),
    ("클레임이 없는 주문", WAITING, "2026-11-25"),
    ("거둔 취소", {**WAITING, **ASKED, Col.CANCEL_STATUS: "취소철회"}, "2026-11-25"),
    ("판매자가 취소하려는 주문", {**WAITING, Col.SELLER_REASON: "상품품절"}, "2026-11-25"),
    ("이미 보낸 주문", SENT, None),
    ("취소 중인 주문", {**WAITING, **ASKED, Col.CANCEL_STATUS: "취소처리중"}, None),
    ("선물 수락을 기다림", {**WAITING, Col.ORDER_SUBSTATUS: "수락대기"}, None),
]
DOUBTS = [
    ("C-01", {Col.TROUBLE: "conflict"}),
    ("C-70", {Col.TROUBLE: "problem"}),
    ("C-03", {Col.QUANTITY_CLAIM: "Y"}),
    ("C-72", {Col.EARLIER: "답변모순"}),
]


Found = tuple[str, Action, str | None]
"""The rule, the action, and by when to act."""


def found(lines: list[Line], book: Rulebook, workdays: Workdays) -> list[Found]:
    """What becomes of each of these orders, judged in one batch: no two of them have anything in common."""
    report = think(batch_of(*lines), book, MONDAY, workdays)
    rows = report.rows.sort_values(Col.PRODUCT_ORDER_NO)
    verdicts = [report.verdicts[number] for number in rows[Out.SITUATION]]
    return [(one.rule, one.action, day) for one, day in zip(verdicts, _act_by(rows[Out.ACT_BY]), strict=True)]


@pytest.fixture(scope="module")
def doubtful(book: Rulebook, workdays: Workdays) -> dict[tuple[str, str], Found]:
    names = [(name, rule) for name, *_ in OPEN for rule, _ in DOUBTS]
    lines = [{**line, **doubt} for _, line, _ in OPEN for _, doubt in DOUBTS]
    return dict(zip(names, found(lines, book, workdays), strict=True))


@pytest.mark.parametrize("rule", [rule for rule, _ in DOUBTS])
@pytest.mark.parametrize(("name", "day"), [(name, day) for name, _, day in OPEN])
def test_what_is_open_has_its_deadline_on_doubtful_rows_too(
    name: str, day: str | None, rule: str, doubtful: dict[tuple[str, str], Found]
) -> None:
    assert doubtful[name, rule] == (rule, Action.REVIEW, day)


OTHERS: list[tuple[str, Line, str]] = [
    ("C-24", {**WAITING, Col.SELLER_REASON: "상품품절", Col.CONSENT: "예", Col.ORDER_NO: "7"}, "2026-11-25"),
    ("C-24", {**WAITING, **ASKED, Col.ORDER_NO: "7"}, "2026-11-24"),
]


@pytest.mark.parametrize(("rule", "line", "day"), OTHERS)
def test_a_seller_who_starts_has_no_request_to_answer(
    rule: str, line: Line, day: str, book: Rulebook, workdays: Workdays
) -> None:
    """His deadline is that of the dispatch (policy §11.2); an add-on that stays makes both of them questions."""
    addon = {**WAITING, Col.ORDER_NO: "7", Col.PRODUCT_KIND: "추가구성상품"}
    report = think(batch_of(line, addon), book, MONDAY, workdays)
    first = report.rows[report.rows[Col.PRODUCT_ORDER_NO].eq("2026111800000001")]
    assert report.verdicts[first[Out.SITUATION].iloc[0]].rule == rule
    assert _act_by(first[Out.ACT_BY]) == [day]


def _act_by(days: pd.Series) -> list[str | None]:
    return [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in days]


def test_the_deadline_is_told_by_its_own_name(book: Rulebook, workdays: Workdays) -> None:
    lines = ({**line, Col.TROUBLE: "conflict"} for line in (BACK, {**WAITING, **ASKED}, SENT))
    report = think(batch_of(*lines), book, MONDAY, workdays)
    assert {verdict.deadline for verdict in report.verdicts} == {"반품처리", "취소응답", None}


# ── the rows beside ──────────────────────────────────────────────────────────────────────────────

OWN = {**WAITING, Col.SELLER_REASON: "구매의사취소", Col.CONSENT: "예", Col.SHIP_METHOD: "택배,등기,소포"}
ROWS: list[tuple[str, Line, str | None]] = [
    ("C-19", {**WAITING, **ASKED, Col.FULFILLMENT: "어느물류"}, "2026-11-24"),
    ("C-19", {**OWN, Col.FULFILLMENT: "어느물류"}, "2026-11-25"),
    ("C-27", {**WAITING, **ASKED, Col.PRODUCT_NO: "8100000009", Col.CLAIM_REASON: "구매의사취소"}, "2026-11-24"),
    ("C-30", {**OWN, Col.HANDOVER: "집화", Col.SHIP_METHOD: "직접전달"}, "2026-11-25"),
    ("C-32", {**OWN, Col.HANDOVER: "집화"}, "2026-11-25"),
    ("C-33", {**OWN, Col.INVOICE_PRINTED_AT: "2026-11-20 11:00"}, "2026-11-25"),
    ("C-85", {**OWN, Col.INVOICE_SEEN: False}, "2026-11-25"),
    ("C-34", {**WAITING, **ASKED, Col.INVOICE_SEEN: False}, "2026-11-23"),
    ("C-69", {**OWN, Col.RETURN_STATUS: "반품요청"}, "2026-11-25"),
    ("C-10", {**SENT, **ASKED, Col.ORDER_STATUS: "구매확정"}, None),  # policy §10.3 B24: none
    ("C-71", {**WAITING, **ASKED, Col.EARLIER: "목록에없음"}, "2026-11-24"),
    ("C-06", {**WAITING, Col.ORDER_STATUS: "취소요청"}, "2026-11-25"),  # the invoice columns show that it is here
    ("C-06", {**WAITING, Col.ORDER_STATUS: "취소요청", Col.INVOICE_SEEN: False}, None),
]


def test_every_row_of_a_list_has_the_deadline_of_what_is_open(book: Rulebook, workdays: Workdays) -> None:
    made = {"8100000009": product("8100000009", "주문제작")}
    answers = found([line for _, line, _ in ROWS], with_store(book, products=made), workdays)
    assert [(rule, day) for rule, _, day in answers] == [(rule, day) for rule, _, day in ROWS]


def test_too_many_approvals_keep_the_day_of_their_answer(book: Rulebook, workdays: Workdays) -> None:
    line = {**WAITING, **ASKED, Col.CLAIM_REASON: "구매의사취소"}
    report = think(batch_of(line, line), with_store(book, approve_limit=1), MONDAY, workdays)
    assert {verdict.rule for verdict in report.verdicts} == {"C-35"}
    assert _act_by(report.rows[Out.ACT_BY]) == ["2026-11-24"] * 2


@pytest.mark.parametrize(
    ("paid", "due", "day"),
    [
        ("2026-11-18 10:00", "2026-11-25 23:59", "2026-11-23"),  # Wed + 3: Thu, Fri, Mon
        ("2026-11-20 10:00", "2026-11-24 23:59", "2026-11-24"),
        ("2026-11-20 10:00", None, "2026-11-25"),
        (None, "2026-11-24 23:59", "2026-11-24"),
        (None, None, None),
    ],
)
def test_the_sooner_of_two_deadlines_holds(
    paid: str | None, due: str | None, day: str | None, book: Rulebook, workdays: Workdays
) -> None:
    claims = facts.find(batch_of({**WAITING, Col.PAID_AT: paid, Col.DUE_AT: due}), book, MONDAY, workdays)
    claims.dates.clear()  # what the file tells, and nothing worked out from the payment
    assert _act_by(deadline_column(claims, "품절취소")) == [day]

"""An order in an impossible situation is a problem of each of its rows, and of no other row."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from opened import opening

from processor import intake, judge, outbox
from processor.app.think import think
from processor.model import UNKNOWN, Out, Place, Problem, Report
from processor.rulebook import Rulebook
from processor.rulebook.types import Cell, Row

pytestmark = pytest.mark.slow

MONDAY = datetime(2026, 11, 23, 9, 0)
STRANGE, BESIDE, ELSEWHERE = "2026112000000001", "2026112000000002", "2026112000000003"
SHARED, OWN = "2026112000000077", "2026112000000088"
Sheets = dict[str, list[dict[str, str]]]

SENT_UNPAID = {
    "상품주문번호": STRANGE,
    "주문번호": SHARED,
    "주문상태": "결제대기",
    "발송처리일": "2026-11-20 15:00",
    "발송기한": "",
}
UNSENT = {"주문상태": "발송대기", "발송처리일": "", "발송기한": "2026-11-23 23:59"}
ORDERS: Sheets = {
    "발주발송관리": [
        SENT_UNPAID,
        {**UNSENT, "상품주문번호": BESIDE, "주문번호": SHARED},
        {**UNSENT, "상품주문번호": ELSEWHERE, "주문번호": OWN},
    ],
    "취소관리": [
        {"상품주문번호": ELSEWHERE, "취소 처리상태": "취소요청", "취소요청일": "2026-11-20 10:00"},
        {"상품주문번호": STRANGE, "취소 처리상태": "취소요청", "취소요청일": "2026-11-20 10:00"},
    ],
}
ALWAYS = {"배송방법": "택배,등기,소포", "택배사": "", "송장번호": "", "송장출력일": "", "세부상태": ""}


@pytest.fixture
def reported(tmp_path: Path, book: Rulebook, workdays: judge.Workdays) -> Callable[[Sheets], Report]:
    def report(sheets: Sheets, rules: Rulebook = book) -> Report:
        files = []
        for name, rows in sheets.items():
            lines = [{**ALWAYS, **row} if name == "발주발송관리" else row for row in rows]
            path = tmp_path / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(dict.fromkeys(key for line in lines for key in line)))
                writer.writeheader()
                writer.writerows(lines)
            files.append(intake.input_file(path))
        batch = intake.read(files, rules.exports, rules.reasons, opening(), MONDAY)
        return think(batch, rules, MONDAY, workdays)

    return report


def rules_hit(report: Report) -> dict[str, str]:
    orders = zip(report.rows["product_order_no"], report.rows[Out.SITUATION], strict=True)
    return {order: report.verdicts[situation].rule for order, situation in orders}


def told(report: Report) -> list[Problem]:
    return sorted((p for p in report.batch.row_problems if p.code == "impossible_state"), key=lambda p: p.place)


def without(order: str) -> Sheets:
    return {name: [row for row in rows if row["상품주문번호"] != order] for name, rows in ORDERS.items()}


def test_each_row_of_an_order_that_cannot_be_is_a_problem(reported):
    report = reported(ORDERS)

    problems = told(report)
    assert [(p.place.file, p.place.row, p.column, p.value) for p in problems] == [
        ("발주발송관리.csv", 2, "상품주문번호", STRANGE),
        ("취소관리.csv", 3, "상품주문번호", STRANGE),
    ]
    assert STRANGE not in rules_hit(report)
    assert all(STRANGE not in line.get("product_order_no", "") for line in outbox.lines(report, "ko"))


def test_what_is_said_names_the_facts_the_reason_and_the_row_of_the_rules(reported):
    (first, second) = told(reported(ORDERS))
    assert (first.message, first.fix) == (second.message, second.fix)
    assert first.message.ko == (
        "있을 수 없는 상황입니다 (주문상태 결제대기 · 송장 입력): 입금 전인 주문에는 송장을 뽑거나 발송처리할 수 없습니다."
    )
    assert (
        first.message.en
        == "This can't be (order state awaiting payment · invoice dispatched): an unpaid order can have no invoice."
    )
    assert "X-02" in first.fix.ko
    assert "X-02" in first.fix.en


def test_every_row_that_was_read_is_still_accounted_for(reported):
    report = reported(ORDERS)
    for sheet in report.account:
        assert sheet.read == sheet.decided + sheet.merged + sheet.listed + sheet.problems, sheet
    counts = {sheet.file: (sheet.read, sheet.problems) for sheet in report.account}
    assert counts == {"발주발송관리.csv": (3, 1), "취소관리.csv": (2, 1)}
    assert sum(sheet.decided for sheet in report.account) == len(report.rows) == 2
    total = outbox.summary(report)
    assert (total["rows_read"], total["decisions"], total["merged"], total["problems"]) == (5, 2, 1, 2)


def test_the_rest_of_the_order_waits_and_other_orders_are_decided_as_ever(reported):
    hit, undisturbed = rules_hit(reported(ORDERS)), rules_hit(reported(without(STRANGE)))
    assert hit == {BESIDE: "C-70", ELSEWHERE: undisturbed[ELSEWHERE]}
    assert undisturbed[ELSEWHERE] == "C-37"
    assert undisturbed[BESIDE] == "C-62"


def test_an_order_whose_number_nobody_told_draws_no_other_with_it(reported):
    alone = {name: [{**row, "주문번호": ""} for row in rows] for name, rows in ORDERS.items() if name != "취소관리"}
    report = reported(alone)
    assert [problem.place for problem in told(report)] == [Place("발주발송관리.csv", "발주발송관리", 2)]
    assert rules_hit(report) == {BESIDE: "C-62", ELSEWHERE: "C-62"}


def test_the_same_order_paid_is_no_problem(reported):
    paid = {**ORDERS, "발주발송관리": [{**SENT_UNPAID, "주문상태": "배송중"}, *ORDERS["발주발송관리"][1:]]}
    report = reported(paid)
    assert told(report) == []
    assert rules_hit(report)[STRANGE] == "C-13"
    assert rules_hit(report)[BESIDE] == "C-62"


def test_when_nothing_is_possible_nothing_is_decided_and_nothing_is_lost(reported):
    report = reported({"발주발송관리": [SENT_UNPAID, {**SENT_UNPAID, "상품주문번호": BESIDE}]})
    assert rules_hit(report) == {}
    assert [problem.value for problem in told(report)] == [STRANGE, BESIDE]
    (sheet,) = report.account
    assert (sheet.read, sheet.decided, sheet.problems) == (2, 0, 2)


def test_an_order_of_which_nobody_knows_anything_is_possible(book: Rulebook):
    unknown: dict[str, str | int] = {name: word.usual for name, word in book.words.items()}
    assert not any(row.fits(unknown) for row in book.impossible)
    assert unknown["요청"] == UNKNOWN


def test_a_fact_that_only_deciding_brings_about_rules_nothing_out(reported, book: Rulebook):
    late = Row(book.impossible[0].id, {"승인한도": Cell(frozenset(["초과"]))}, book.impossible[0].why, (), 1)
    assert told(reported(without(STRANGE), replace(book, impossible=(late,)))) == []

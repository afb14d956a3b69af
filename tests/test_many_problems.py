"""Very many bad rows: the first of a sheet are told one by one, the further ones are counted, and every sum stays true."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import datetime
from typing import NamedTuple

import openpyxl
import pytest
from opened import opening, run

from processor import intake
from processor.app import explaining
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.intake import Passwords, problems
from processor.model import Batch, Place, Report
from processor.outbox.lines import lines

pytestmark = pytest.mark.slow

AS_OF = datetime.fromisoformat("2026-11-23T09:00")
NAME = "스마트스토어_취소관리_20261123_0856.csv"
HEADERS = "상품주문번호,주문번호,취소 처리상태,취소사유,취소요청일"


def number(at: int) -> str:
    return f"20261120{at:07}1"


def row(at: int, *, key: str = "", reason: str = "구매의사취소", day: str = "2026-11-20 09:05") -> str:
    return f"{key or number(at)},{number(at)},취소요청,{reason},{day}"


ROWS = [
    *(row(at, key="2.02611E+15", day="어제") for at in range(2, 10)),  # eight rows with two bad cells each
    *(row(at, reason="그냥") for at in range(10, 14)),  # four more
    row(14),
    *(row(at // 2, reason=("구매의사취소", "상품품절")[at % 2]) for at in range(30, 40)),  # five pairs that disagree
]
CONTENT = "\n".join([HEADERS, *ROWS, ""]).encode()


class Many(NamedTuple):
    desk: Desk
    batch: Batch
    report: Report


@pytest.fixture(scope="module", autouse=True)
def three_told():
    """A sheet with more than three bad rows is one with very many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(problems, "_TOLD_ROWS", 3)
        yield


@pytest.fixture(scope="module")
def many(tmp_path_factory, rules_path, book) -> Many:
    desk = Desk(tmp_path_factory.mktemp("many") / "desk")
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir(parents=True)
    desk.rules.write_bytes(rules_path.read_bytes())
    path = desk.inbox / NAME
    path.write_bytes(CONTENT)
    os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    batch = intake.read([intake.input_file(path)], book.exports, book.reasons, opening(), AS_OF)
    done = run(desk, book, RunOptions(AS_OF, Passwords()))
    return Many(desk, batch, done.report)


def test_the_first_bad_rows_have_a_problem_each_and_the_further_ones_share_one_of_their_kind(many):
    place = Place(NAME, many.batch.sheets[0].sheet)
    told = [(problem.code, problem.column, problem.place, rows) for problem, rows in many.batch.problems]
    assert told == [
        *(("order_no_damaged", "상품주문번호", place._replace(row=at), 1) for at in (2, 3, 4)),
        *(("conflicting_rows", "취소사유", place._replace(row=at), 1) for at in (16, 18, 20)),
        ("order_no_damaged", "상품주문번호", place, 5),
        ("unknown_reason", "취소사유", place, 4),
        ("conflicting_rows", "취소사유", place, 2),
    ]
    assert len({id(problem) for problem in many.batch.row_problems}) == 9
    assert [len(problem.more) for problem, _ in many.batch.problems] == [1, 1, 1, 0, 0, 0, 0, 0, 0]


def test_a_shared_problem_speaks_of_no_single_row(many):
    shared = [(problem.value, problem.message.ko) for problem, _ in many.batch.problems[-3:]]
    assert shared == [
        (
            "",
            "'상품주문번호' 칸의 값은 날짜로 시작하는 16자리 숫자가 아닙니다. 엑셀이 번호를 바꾸었을 수 있습니다.",
        ),
        ("", "'취소사유' 칸에 이 프로그램이 모르는 사유가 적혀 있습니다."),
        ("", "같은 시각에 받은 같은 화면의 다른 줄과 내용이 다릅니다."),
    ]


def test_every_sum_counts_each_bad_row(many):
    (sheet,) = many.report.account
    assert (sheet.read, sheet.problems) == (23, 17)
    assert sheet.read == sheet.decided + sheet.merged + sheet.listed + sheet.problems
    printed = [*lines(many.report, "ko")]
    assert sum(line["rows"] for line in printed if line["type"] == "problem") == printed[-1]["problems"] == 17
    (manifest,) = many.desk.outbox.rglob("처리목록_*.json")
    assert json.loads(manifest.read_text("utf-8"))["problems"] == {
        "conflicting_rows": 5,
        "order_no_damaged": 8,
        "unknown_reason": 4,
    }


def test_the_workbook_says_how_many_rows_it_does_not_list(many):
    (path,) = many.desk.outbox.glob("처리목록_*.xlsx")
    cells = [cell for row in openpyxl.load_workbook(path)["입력파일"].iter_rows(values_only=True) for cell in row]
    said = [cell for cell in cells if isinstance(cell, str)]
    assert "문제 17개" in said
    assert [cell.partition(".")[0] for cell in said if "줄마다 적지 않은" in cell] == [
        f"줄마다 적지 않은 {count}줄이 더 있습니다" for count in (5, 4, 2)
    ]


def test_a_correction_copy_marks_the_rows_that_were_told_and_names_the_number_of_all(many):
    (path,) = many.desk.outbox.glob("수정필요_*.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    listed = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "고칠 줄이 더 있습니다(모두 17줄)" in listed[0][0]
    assert Counter(row[2] for row in listed[3:]) == {"상품주문번호": 3, "취소요청일": 3, "취소사유": 3}


def test_the_ledger_keeps_shared_problems_as_they_are(many, book):
    path = many.desk.inbox / "스마트스토어_취소관리_20261123_0930.csv"
    path.write_bytes("\n".join([HEADERS, row(99), ""]).encode())
    os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    later = run(many.desk, book, RunOptions(AS_OF.replace(hour=10), Passwords(), dry_run=True)).report
    before = [told for told in many.batch.problems if told[0].code == "order_no_damaged"]
    assert [told for told in later.batch.problems if told[0].code == "order_no_damaged"] == before
    damaged = [problem for problem in later.batch.row_problems if problem.code == "order_no_damaged"]
    assert (len(damaged), len({id(problem) for problem in damaged})) == (8, 4), "shared again, not one for each row"


def test_an_order_in_a_row_that_was_only_counted_is_explained_with_its_row(many, book):
    options = RunOptions(AS_OF, Passwords())
    story = explaining.explain(number(13), many.desk, book, options.as_of, opening(), then=False)
    assert {(problem.code, problem.place.row) for problem in story.unread} == {("unknown_reason", 13)}

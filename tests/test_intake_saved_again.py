"""Exports that a person opened and saved again, in Excel or Google Sheets: dates, numbers and rows as those leave them."""

import os
import re
from datetime import datetime

import pytest
import xlsxwriter
from counted import counted
from opened import opening

from processor import intake, outbox
from processor.app.think import think
from processor.intake import cells, problems
from processor.intake.cells import Bad
from processor.model import Col

pytestmark = pytest.mark.slow

AS_OF = datetime(2020, 1, 1)  # files of that day and of any later one prove what they show

NO_DATE, A_NUMBER = Bad("date_unreadable"), Bad("date_unreadable.number")
ONE, TWO, THREE = "2026111810000001", "2026111810000002", "2026111810000003"
NOON_18, AFTERNOON_18 = datetime(2026, 11, 18, 12, 0), datetime(2026, 11, 18, 15, 5)


@pytest.fixture
def desk(tmp_path, book):
    """Write sheets as csv or xlsx, then `desk.read()`; every row must be accounted for once."""
    return _Inbox(tmp_path, book)


class _Inbox:
    def __init__(self, folder, book):
        self.folder, self.book, self.files = folder, book, []

    def csv(self, *lines, name="취소관리_20261119_0900.csv"):
        (self.folder / name).write_text("\r\n".join(lines), "utf-8")
        self._took(name)

    def xlsx(self, *rows, name="취소관리_20261119_0900.xlsx", sheet="취소관리"):
        with xlsxwriter.Workbook(str(self.folder / name)) as workbook:
            page = workbook.add_worksheet(sheet)
            clock = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        page.write_datetime(at, column, cell, clock)
                    elif isinstance(cell, str):
                        page.write_string(at, column, cell)
                    elif cell is not None:
                        page.write_number(at, column, cell)
        self._took(name)

    def _took(self, name):
        path = self.folder / name
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
        self.files.append(intake.input_file(path))

    def read(self):
        batch = intake.read(self.files, self.book.exports, self.book.reasons, opening(), AS_OF)
        for sheet in counted(batch):
            assert sheet.read == sheet.decided + sheet.merged + sheet.listed + sheet.problems
        return batch


def codes(batch):
    return [problem.code for problem in batch.row_problems]


# ── dates ──


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [
        ("2026. 11. 18 오전 10:00:00", datetime(2026, 11, 18, 10, 0)),
        ("2026. 11. 18. 오후 3:05", AFTERNOON_18),
        ("2026. 11. 18. 오후 3:05:00", AFTERNOON_18),
        ("2026-11-18 오후 3:05", AFTERNOON_18),
        ("2026/11/18 오후 03:05", AFTERNOON_18),
        ("2026.11.18 오후3:05", AFTERNOON_18),
        ("2026. 11. 18 15:05", AFTERNOON_18),
        ("2026. 11. 18", datetime(2026, 11, 18)),
        ("2026. 11. 18.", datetime(2026, 11, 18)),
        ("2026. 1. 8.", datetime(2026, 1, 8)),
        ("2026년 11월 18일", datetime(2026, 11, 18)),
        ("2026년11월18일", datetime(2026, 11, 18)),
        ("2026년 11월 18일 오후 3시 5분", AFTERNOON_18),
        ("2026년 11월 18일 15시 05분 30초", datetime(2026, 11, 18, 15, 5, 30)),
        ("2026년 11월 18일 오후 3시", datetime(2026, 11, 18, 15, 0)),
        ("2026년 11월 18일 15:05", AFTERNOON_18),
        ("2026-11-18 3:05 PM", AFTERNOON_18),
        ("2026-11-18 3:05:00 pm", AFTERNOON_18),
        ("2026-11-18 PM 3:05", AFTERNOON_18),
        ("2026-11-18 3:05\u202fp.m.", AFTERNOON_18),
        ("2026-11-18 10:00 AM", datetime(2026, 11, 18, 10, 0)),
        ("2026. 11. 18. 오전 12:00:00", datetime(2026, 11, 18, 0, 0)),
        ("2026. 11. 18. 오전 0:30", datetime(2026, 11, 18, 0, 30)),
        ("2026. 11. 18. 오후 12:00", NOON_18),
        ("2026. 11. 18. 오후 12:30", datetime(2026, 11, 18, 12, 30)),
        ("2026-11-18 12:00 AM", datetime(2026, 11, 18, 0, 0)),
        ("2026-11-18 12:00 PM", NOON_18),
        ("2026년 11월 18일 수요일", datetime(2026, 11, 18)),
        ("2026. 11. 18. (수) 오후 3:05", AFTERNOON_18),
        ("2026-11-18(수)", datetime(2026, 11, 18)),
        ("２０２６년 １１월 １８일", datetime(2026, 11, 18)),
        ("'2026-11-18 15:05", AFTERNOON_18),
        ('="2026-11-18 15:05"', AFTERNOON_18),
        ("2026-11-18 오후 13:00", NO_DATE),
        ("2026-11-18 오전 13:00", NO_DATE),
        ("2026-11-18 15:05 PM", NO_DATE),
        ("2026-11-18 오전 3:05 PM", NO_DATE),
        ("2026-11-18 오후", NO_DATE),
        ("2026-11-18 오후 3", NO_DATE),
        ("2026-11-18 오후 3:60", NO_DATE),
        ("2026-11-1815:05", NO_DATE),
        ("2026. 11-18", NO_DATE),
        ("2026년 11월", NO_DATE),
        ("2026년 2월 29일", NO_DATE),
        ("2026년 13월 1일", NO_DATE),
        ("2026-11-18 (목)", NO_DATE),  # it is a Wednesday
        ("11월 18일", NO_DATE),
        ("26. 11. 18", NO_DATE),
        ("오후 3:05", NO_DATE),
    ],
)
def test_a_date_is_read_as_korean_spreadsheets_and_people_write_it(cell, becomes):
    assert cells.moment(cell) == becomes


@pytest.mark.parametrize(
    ("cell", "becomes"),
    [
        (46344.416666666664, datetime(2026, 11, 18, 10, 0)),  # 2026-11-23 is day 46,349
        ("46344.4166666667", datetime(2026, 11, 18, 10, 0)),
        (46344.5, NOON_18),
        ("'46344.5", NOON_18),
        (42005.25, datetime(2015, 1, 1, 6, 0)),
        (51501.75, datetime(2040, 12, 31, 18, 0)),
        (46344, A_NUMBER),
        (46344.0, A_NUMBER),
        ("46344", A_NUMBER),
        (45000, A_NUMBER),  # 2023-03-15, or 45,000 won
        (42005, A_NUMBER),
        (51501, A_NUMBER),
        (42004.9, NO_DATE),
        (51502.1, NO_DATE),
        (42004, NO_DATE),
        (51502, NO_DATE),
        (19900, NO_DATE),
        (19900.5, NO_DATE),
        (3000, NO_DATE),
        ("3000", NO_DATE),
        ("45,000", NO_DATE),
        ("45000원", NO_DATE),
        (0, NO_DATE),
        (-46344.5, NO_DATE),
        (20261118, NO_DATE),
        (float("inf"), NO_DATE),
        (float("nan"), NO_DATE),
        (True, NO_DATE),
    ],
)
def test_a_bare_number_is_a_date_only_with_a_time_of_day_in_a_sensible_year(cell, becomes):
    assert cells.moment(cell) == becomes


CANCELS = ("상품주문번호", "취소 처리상태", "결제일", "취소요청일")


def test_whole_days_are_believed_where_the_sheet_shows_that_its_dates_are_numbers(desk):
    desk.xlsx(CANCELS, [ONE, "취소요청", 46343, 46344.5], [TWO, "취소요청", 46344, 46344])
    batch = desk.read()
    assert codes(batch) == []
    assert batch.claims[Col.PAID_AT].tolist() == [datetime(2026, 11, 17), datetime(2026, 11, 18)]
    assert batch.claims[Col.CLAIM_REQUESTED].tolist() == [NOON_18, datetime(2026, 11, 18)]


def test_in_a_text_file_too(desk):
    desk.csv(",".join(CANCELS), f"{ONE},취소요청,46343,46344.5", f"{TWO},취소요청,,46344")
    assert codes(desk.read()) == []


def test_money_among_dates_is_not_a_date(desk):
    desk.xlsx(CANCELS, [ONE, "취소요청", 45000, datetime(2026, 11, 18)], [TWO, "취소요청", 45000, 46344])
    problems = desk.read().row_problems
    assert [(problem.place.row, problem.column) for problem in problems] == [(2, "결제일"), (3, "결제일")]
    assert problems[0].message.ko == (
        "'결제일' 칸에 날짜가 아니라 숫자가 적혀 있습니다. 엑셀이 날짜를 숫자로 바꾼 것인지 금액인지 알 수 없습니다."
    )
    assert [problem.column for problem in problems[1].more] == ["취소요청일"]


def test_one_amount_beyond_the_days_takes_the_belief_from_its_column(desk):
    desk.xlsx(CANCELS, [ONE, "취소요청", 45000, 46344.5], [TWO, "취소요청", 19900, 46344])
    problems = desk.read().row_problems
    assert [(problem.place.row, problem.column, problem.value) for problem in problems] == [
        (2, "결제일", "45000"),
        (3, "결제일", "19900"),
    ]


# ── numbers that name something ──


@pytest.mark.parametrize("written", ['="{}"', "'{}", "’{}", '= "{}"', '="\'{}"', " {} "])
@pytest.mark.parametrize(
    ("read", "number"),
    [(cells.product_order_no, ONE), (cells.order_no, TWO), (cells.identifier, "0055123412"), (cells.identifier, "007")],
)
def test_an_identifier_is_read_out_of_what_keeps_it_text(written, read, number):
    assert read(written.format(number)) == number


def test_a_blank_in_such_quotes_is_blank():
    assert (cells.order_no('=""'), cells.identifier("'"), cells.moment('=""')) == ("", "", None)
    assert cells.product_order_no('=""') == Bad("order_no_missing")
    assert cells.won('="3,000"') == cells.won("'3000") == 3000


def test_a_formula_stays_what_it_is():
    assert cells.text("=1+1") == "=1+1"
    assert cells.product_order_no(f"={ONE}") == Bad("order_no_damaged")
    assert cells.text("'26 봄 티셔츠") == "'26 봄 티셔츠"


def test_a_text_file_with_every_cell_in_such_quotes_is_read(desk):
    header = ("상품주문번호", "주문번호", "배송방법", "택배사", "송장번호", "발송기한", "발송처리일", "상품번호")
    row = (ONE, TWO, "택배,등기,소포", "한진택배", "0055123412", "2026-11-20", "", "0010000001")

    def quoted(cell):
        return f'"=""{cell}"""'

    desk.csv(*(",".join(map(quoted, line)) for line in (header, row)), name="발주발송관리_20261119_0900.csv")
    batch = desk.read()
    assert (batch.file_problems, batch.row_problems) == ((), ())
    found = batch.claims.iloc[0]
    assert (found[Col.PRODUCT_ORDER_NO], found[Col.ORDER_NO]) == (ONE, TWO)
    assert (found[Col.TRACKING_NO], found[Col.PRODUCT_NO]) == ("0055123412", "0010000001")
    assert found[Col.SHIP_METHOD] == "택배,등기,소포"


# ── rows that are no orders ──

SEEN = (
    "상품주문번호",
    "주문번호",
    "취소 처리상태",
    "취소요청일",
    "취소사유",
    "상품명",
    "송장번호",
    "수량",
    "상품별 총 주문금액",
)
ORDER = [ONE, TWO, "취소요청", datetime(2026, 11, 18, 9, 0), "단순변심", "컵", "", 1, 12000]


def below(desk, *row):
    desk.xlsx(SEEN, ORDER, row)
    return desk.read()


NO_ORDERS = {
    "합계와 수": ["합계", None, None, None, None, None, None, 3, 36000],
    "총계": ["총계", None, None, None, None, None, None, None, "36,000원"],
    "소계": ["소 계:", None, None, None, None, None, None, 3, None],
    "계": ["계", None, None, None, None, None, None, 3, 36000],
    "Total": ["TOTAL", None, None, None, None, None, None, 3, 36000],
    "Sum": ["Sum", None, None, None, None, None, None, 3, 36000],
    "Grand total": ["Grand Total", None, None, None, None, None, None, None, 36000],
    "총합": ["총합", None, None, None, None, None, None, None, 36000],
    "합계만": ["합계", None, None, None, None, None, None, None, None],
    "합계 3건": ["합계 (3건)", None, None, None, None, None, None, None, 36000],
    "금일 합계": ["금일 합계", None, None, None, None, None, None, 3, 36000],
    "다른 칸의 합계": [None, "합계", None, None, None, None, None, 3, 36000],
    "상태 칸의 합계": [None, None, "합계", None, None, None, None, 3, 36000],
    "합계와 센 수": ["합계", 3, 3, None, None, None, 2, 3, 36000],
    "번호 칸에 센 수": [3, "합계", None, None, None, None, None, 3, 36000],
    "합계와 3건": ["합계", None, None, None, None, "3건", None, None, 36000],
    "수만": [None, None, None, None, None, None, None, 3, 36000],
    "메모": ["※ 오늘 보낼 것만 모았음", None, None, None, None, None, None, None, None],
    "날짜가 든 메모": ["11월 18일 오후 3시 마감", None, None, None, None, None, None, None, None],
    "다른 칸의 메모": [None, None, None, None, None, "여기까지 확인함", None, None, None],
    "날짜 칸의 메모": [None, None, None, "여기까지", None, None, None, None, None],
    "이름 붙은 수": ["오늘 취소분", None, None, None, None, None, None, 3, 36000],
}


@pytest.mark.parametrize("row", NO_ORDERS.values(), ids=NO_ORDERS)
def test_a_row_with_only_sums_or_a_memo_is_no_order_and_no_problem(desk, row):
    batch = below(desk, *row)
    (sheet,) = counted(batch)
    assert (sheet.read, sheet.decided, sheet.listed, sheet.problems) == (2, 1, 1, 0)
    assert sheet.note.ko == "합계나 메모만 적힌 줄 1개(3행)는 주문이 아니라서 판단하지 않았습니다. 하실 일은 없습니다."
    assert batch.row_problems == ()
    assert batch.claims[Col.PRODUCT_ORDER_NO].tolist() == [ONE]
    assert batch.claims[Col.TROUBLE].tolist() == [""]


STILL_PROBLEMS = {
    "주문번호가 있음": ([None, TWO, None, None, None, None, None, None, None], "order_no_missing"),
    "잘린 주문번호": ([None, "2.02E+15", None, None, None, None, None, None, None], "order_no_missing"),
    "합계라지만 주문번호가 있음": (["합계", TWO, None, None, None, None, None, 3, 36000], "order_no_damaged"),
    "상태가 있음": ([None, None, "취소요청", None, None, None, None, None, None], "order_no_missing"),
    "합계라지만 상태가 있음": (["합계", None, "취소요청", None, None, None, None, 3, 36000], "order_no_damaged"),
    "모르는 상태": ([None, None, "취소검토", None, None, None, None, None, None], "order_no_missing"),
    "날짜가 있음": (["합계", None, None, datetime(2026, 11, 18), None, None, None, 3, None], "order_no_damaged"),
    "숫자 날짜가 있음": (["합계", None, None, 46344.5, None, None, None, 3, None], "order_no_damaged"),
    "사유가 있음": ([None, None, None, None, "단순변심", None, None, None, None], "order_no_missing"),
    "송장이 있음": (["합계", None, None, None, None, None, "0055123412", 3, None], "order_no_damaged"),
    "상품과 수": ([None, None, None, None, None, "컵", None, 1, 12000], "order_no_missing"),
    "합계라지만 말이 둘": (["합계", None, None, "곧", None, "컵", None, 3, None], "order_no_damaged"),
    "메모 둘": (["확인", "컵", None, None, None, "컵", None, None, None], "order_no_damaged"),
    "잘린 번호": (["2.02E+15", None, None, None, None, None, None, None, None], "order_no_damaged"),
    "짧은 번호": (["202611181000000", None, None, None, None, None, None, None, None], "order_no_damaged"),
    "번호와 말": (["2026111810000001번", None, None, None, None, None, None, None, None], "order_no_damaged"),
    "수 하나": ([7, None, None, None, None, None, None, None, None], "order_no_damaged"),
    "오류": (["#N/A", None, None, None, None, None, None, 3, 36000], "cell_unreadable"),
}


@pytest.mark.parametrize(("row", "code"), STILL_PROBLEMS.values(), ids=STILL_PROBLEMS)
def test_a_row_with_anything_of_an_order_stays_a_problem(desk, row, code):
    batch = below(desk, *row)
    assert codes(batch) == [code]
    assert (counted(batch)[0].listed, counted(batch)[0].note.ko) == (0, "")


def test_an_answer_or_a_state_of_a_nameless_row_is_never_passed_over(desk):
    desk.csv("상품주문번호,출고상태,메모", f"{ONE},포장,", ",포장,", "합계,,", ",,이상입니다", name="답변.csv")
    batch = desk.read()
    assert [(problem.code, problem.place.row) for problem in batch.row_problems] == [("order_no_missing", 3)]
    assert counted(batch)[0].listed == 2


def test_sums_between_orders_are_named_by_their_rows_and_spoil_no_column(desk):
    header = "상품주문번호,취소 처리상태,결제일,수량"
    days = (f"{ONE},취소요청,46344.5,1", "소계,,합계,1", f"{TWO},취소요청,46344,2", *["합계,,,3"] * 5)
    desk.csv(header, *days)
    batch = desk.read()
    assert batch.row_problems == ()
    assert batch.claims[Col.PAID_AT].tolist() == [NOON_18, datetime(2026, 11, 18)]
    (sheet,) = counted(batch)
    assert (sheet.read, sheet.decided, sheet.listed) == (8, 2, 6)
    assert "줄 6개(3, 5, 6, 7, 8 …행)" in sheet.note.ko
    assert "6 (row 3, 5, 6, 7, 8 …)" in sheet.note.en


def test_an_export_with_nothing_but_a_sum_has_no_rows(desk):
    desk.xlsx(SEEN, ["합계", None, None, None, None, None, None, 0, 0])
    batch = desk.read()
    assert [problem.code for problem in batch.file_problems] == ["no_rows"]
    assert batch.row_problems == ()


def test_a_quiet_morning_with_a_sum_needs_nobody(desk, workdays):
    finished = [*ORDER[:2], "취소완료", *ORDER[3:]]
    desk.xlsx(SEEN, finished, NO_ORDERS["합계와 수"], NO_ORDERS["메모"])
    report = think(desk.read(), desk.book, datetime(2026, 11, 19, 9, 0), workdays)
    assert not outbox.needs_you(report)
    assert outbox.summary(report)["lists"] == 2


# ── what a seller is told to do ──


def test_no_advice_empties_a_cell_or_removes_a_row_that_may_be_evidence():
    """A blank 발송처리일 or 송장번호 says that nothing has left. Only what is empty already may be deleted."""
    empties = {code: fix for code, (_, fix) in problems._SAID.items() if re.search("비우|비워|지우|지워|삭제", fix.ko)}
    assert empties.keys() == {"file_too_large.columns", "file_too_large.memory", "file_unreadable.program"}
    assert "빈 열을 지우고" in empties["file_too_large.columns"].ko
    assert "빈 줄과 오른쪽의 빈 열을 지우고" in empties["file_too_large.memory"].ko
    english = {code for code, (_, fix) in problems._SAID.items() if re.search("blank|delete|clear|empty", fix.en, re.I)}
    assert english == empties.keys()

"""Exports that a person opened and saved again, in Excel or Google Sheets: dates, numbers and rows as those leave them."""

import os
from datetime import datetime

import pytest
import xlsxwriter

from processor import intake
from processor.intake import cells
from processor.intake.cells import Bad
from processor.model import Col

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
        batch = intake.read(self.files, self.book.exports, self.book.reasons, intake.Passwords())
        for sheet in batch.sheets:
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

"""Answers typed a little differently are understood where they can mean one thing; others are named with their order."""

from __future__ import annotations

import csv
import io
import os
from datetime import datetime

import openpyxl
import pytest
from opened import opening

from processor import intake
from processor.model import Col, Text
from processor.outbox import write_template
from processor.outbox.action_columns import columns_of

AS_OF = datetime(2026, 11, 23, 9)
ONE = "2026112010000001"


@pytest.fixture
def read(tmp_path, book):
    """Reads one sheet of answers: the header, then the cells of each row."""

    def read(header, *rows, name="답변.csv"):
        text = io.StringIO()
        csv.writer(text).writerows([header, *rows])
        path = tmp_path / name
        path.write_text(text.getvalue() + "\n", "utf-8")
        os.utime(path, (AS_OF.timestamp(),) * 2)
        found = intake.gather([intake.input_file(path)], book.exports, book.reasons, opening())
        return intake.joined(intake.checked(found), AS_OF)

    return read


MEANT = {
    (
        "출고상태",
        "미포장",
    ): "미포장 · 미포장함 · 포장 전 · 포장전 · 안 쌈 · 안쌈 · 안쌌음 · 안 쌌음 · 아직 안 쌈 · Not packed",
    ("출고상태", "포장"): "포장 · 포장함 · 포장완료 · 포장 완료 · 쌌음 · Packed",
    ("출고상태", "집화"): "집화 · 집하 · 픽업 · 택배사 가져감 · 택배사가 가져감 · Picked up",
    ("구매자동의", "예"): "예 · 네 · 넵 · 응 · ㅇㅇ · o · O · Ｏ · y · Y · yes · Yes · YES",
    ("구매자동의", "아니오"): "아니오 · 아니요 · 아뇨 · ㄴㄴ · x · X · n · N · no · No · NO",
    ("처리결과", "완료"): "완료 · 완료함 · 했음 · 끝 · done · Done",
}
COLUMNS = {"출고상태": Col.HANDOVER, "구매자동의": Col.CONSENT, "처리결과": Col.RESULT}
HEADER = ("상품주문번호", *COLUMNS)


@pytest.mark.parametrize("header", COLUMNS)
def test_a_known_answer_is_understood_however_a_seller_types_it(read, header):
    wanted = [
        (typed, word)
        for (column, word), typed_so in MEANT.items()
        if column == header
        for typed in typed_so.split(" · ")
    ]
    numbers = [f"20261120100000{n:02}" for n in range(11, 11 + len(wanted))]
    rows = [
        [number, *(typed if column == header else "" for column in COLUMNS)]
        for number, (typed, _) in zip(numbers, wanted, strict=True)
    ]
    batch = read(HEADER, *rows)
    assert batch.row_problems == ()
    said = {row.product_order_no: row.cells[COLUMNS[header]] for row in batch.answer_rows}
    assert [(typed, said[number]) for number, (typed, _) in zip(numbers, wanted, strict=True)] == wanted


@pytest.mark.parametrize(
    ("header", "typed"),
    [("출고상태", "쌈"), ("출고상태", "대기"), ("구매자동의", "ㅇ"), ("구매자동의", "괜찮음"), ("구매자동의", "0")],
)
def test_a_word_that_could_mean_two_things_is_not_understood(read, header, typed):
    batch = read(("상품주문번호", header), [ONE, typed])
    assert [(problem.code, problem.value) for problem in batch.row_problems] == [("unknown_answer", typed)]


def said(batch):
    return [(problem.message, problem.fix) for problem in batch.row_problems]


def test_an_answer_that_cannot_be_used_is_named_with_its_order_and_product(read):
    batch = read(("상품주문번호", "상품명", "출고상태"), [ONE, "기본 면 티셔츠", "창고에 있음"])
    assert said(batch) == [
        (
            Text(
                f"주문 {ONE} (기본 면 티셔츠)의 '출고상태': '창고에 있음'은 쓸 수 없는 답입니다.",
                f"Order {ONE} (기본 면 티셔츠), '출고상태': '창고에 있음' is not an answer that can be used.",
            ),
            Text("미포장·포장·집화 가운데 골라 주세요.", "Choose one of these: Not packed, Packed, Picked up."),
        )
    ]


def test_without_the_product_the_order_is_named_and_the_particle_follows_the_answer(read):
    batch = read(("상품주문번호", "구매자동의"), [ONE, "아마도"])
    assert said(batch) == [
        (
            Text(
                f"주문 {ONE}의 '구매자동의': '아마도'는 쓸 수 없는 답입니다.",
                f"Order {ONE}, '구매자동의': '아마도' is not an answer that can be used.",
            ),
            Text("예·아니오 가운데 골라 주세요.", "Choose one of these: Yes, No."),
        )
    ]


def test_a_phone_number_in_an_answer_is_not_repeated(read):
    (problem,) = read(("상품주문번호", "구매자동의"), [ONE, "010-1234-5678 통화함"]).row_problems
    assert "1234" not in f"{problem.message}{problem.fix}{problem.value}"
    assert "'(전화번호) 통화함'은 쓸 수 없는 답입니다." in problem.message.ko


@pytest.mark.parametrize("header", ["상품명", "Product"])
def test_the_product_beside_an_answer_is_never_evidence(read, header):
    batch = read(("상품주문번호", header, "출고상태"), [ONE, "기본 면 티셔츠", "포장"], ["", "남는 줄", ""])
    assert batch.row_problems == ()
    assert batch.claims[Col.PRODUCT_NAME].isna().all()


@pytest.mark.parametrize(
    ("lang", "name", "asks"),
    [("ko", "메모", "이름과 전화번호는 적지 마세요"), ("en", "Memo", "No names or phone numbers")],
)
def test_the_memo_cell_says_not_to_write_names_in_the_form_and_on_the_lists(tmp_path, book, lang, name, asks):
    path = tmp_path / "form.xlsx"
    write_template(path, book, lang)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    header = next(cell for row in sheet.iter_rows() for cell in row if cell.value == name)
    hints = [
        rule.prompt
        for rule in sheet.data_validations.dataValidation
        if f"{header.column_letter}{header.row + 1}" in rule.sqref
    ]
    assert [asks in hint for hint in hints] == [True]
    listed = next(column for column, _ in columns_of(()) if column.name == "메모")
    assert asks in listed.hint.said(lang)


def test_a_memo_keeps_names_and_loses_phone_numbers_and_addresses(read):
    batch = read(("상품주문번호", "출고상태", "메모"), [ONE, "포장", "김민수 010-1234-5678 min@naver.com에 회신"])
    (row,) = batch.answer_rows
    assert row.cells[Col.MEMO] == "김민수 (전화번호) (이메일)에 회신"

"""A workbook of this program that comes back: its orders stand below the groups, or as its older layout had them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from opened import opening

from processor import intake
from processor.intake.recognise import OWN_ROWS, SEARCHED_ROWS
from processor.model import OWN_SHEETS, Col, Kind

AS_OF = datetime(2026, 11, 23, 9)
ORDER = "2026112011111111"
OLD = [
    "처리결과", "상품주문번호", "주문번호", "상품명", "옵션정보", "수량", "주문상태", "사유", "귀책", "조치", "이유",
    "왜 다른 조치가 아닌가", "배송비 부담", "부담금액", "패널티", "처리기한", "되돌리기", "화면 순서", "안내문", "출고상태",
    "구매자동의", "실제사유", "메모", "규칙", "출처",
]  # fmt: skip
NEW = [
    "처리결과",
    "처리기한",
    "상품명",
    "옵션정보",
    "수량",
    "이유",
    "묶음",
    "출고상태",
    "안내문",
    "상품주문번호",
    "조치",
    "메모",
]
ANSWER = {"상품주문번호": ORDER, "출고상태": "포장", "조치": "확인필요", "메모": "전화함"}


def a_workbook(path: Path, header: list[str], row: int, *, ours: bool = True, below: str = "") -> Path:
    """A list with its header in that row (from 1) below groups and one answered order; a text below the order."""
    book = openpyxl.Workbook()
    book.active.title = OWN_SHEETS[0].ko
    for name in [*(sheet.ko for sheet in OWN_SHEETS[1:])] if ours else []:
        book.create_sheet(name)
    sheet = book.create_sheet("확인필요")
    sheet["A1"], sheet["A2"] = "확인필요 1건", "노란 칸에 답을 고르고 …"
    for at in range(3, row):
        sheet.cell(at, 1, "↓ 처리결과" if at == 3 else "A")
        sheet.cell(at, 8, "주문하신 상품의 발송이 늦어져 죄송합니다.")
    for column, name in enumerate(header, start=1):
        sheet.cell(row, column, name)
        sheet.cell(row + 1, column, ANSWER.get(name))
    sheet.cell(row + 4, 3, below or None)
    book.save(path)
    return path


def read(path: Path, book):
    return intake.read([intake.input_file(path)], book.exports, book.reasons, opening(), AS_OF)


@pytest.mark.parametrize(
    ("header", "row"), [(OLD, 3), (NEW, 3), (NEW, SEARCHED_ROWS + 1), (NEW, OWN_ROWS)], ids=["old", "3", "11", "200"]
)
def test_the_answers_of_a_list_are_found_below_its_groups_and_in_the_old_layout(tmp_path, book, header, row):
    path = a_workbook(
        tmp_path / "처리목록_20261123_090000.xlsx",
        header,
        row,
        below="" if header is OLD else "A (1건): 이유 ▸ 순서: …",
    )
    batch = read(path, book)
    assert batch.row_problems == batch.file_problems == ()
    (answers,) = batch.answer_rows
    assert answers.product_order_no == ORDER
    assert (answers.cells[Col.HANDOVER], answers.cells[Col.MEMO]) == ("포장", "전화함")
    assert [sheet.kind for sheet in batch.sheets if sheet.kind] == [Kind.ANSWERS]


def test_the_search_ends(tmp_path, book):
    batch = read(a_workbook(tmp_path / "처리목록_20261123_090000.xlsx", NEW, OWN_ROWS + 1), book)
    assert batch.answer_rows == ()


@pytest.mark.parametrize(("row", "found"), [(SEARCHED_ROWS, 1), (SEARCHED_ROWS + 1, 0)])
def test_no_other_workbook_is_searched_further_down(tmp_path, book, row, found):
    batch = read(a_workbook(tmp_path / "답변.xlsx", NEW, row, ours=False), book)
    assert len(batch.answer_rows) == found

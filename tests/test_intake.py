"""Intake makes claims or problems of spreadsheets: one test for each kind of sheet and cell. All orders are invented."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha1
from pathlib import Path

import opened
import pandas as pd
import pytest
import xlsxwriter
from counted import counted
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from made import reason
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted
from msoffcrypto.method.ecma376_standard import ECMA376Standard

from processor import intake
from processor.intake import cells
from processor.intake.cells import Bad
from processor.model import Batch, Col, Kind, Place
from processor.model.tables import CLAIMS
from processor.rulebook.types import Exports

AS_OF = datetime(2020, 1, 1)  # files of that day and of any later one prove what they show

RULES = Path(__file__).parent.parent / "rules.yaml"

ONE, TWO, THREE = "2026112010000001", "2026112010000002", "2026112010000003"
ORDER = "2026112090000001"

DISPATCH_2021 = """상품주문번호, 주문번호, 배송방법(구매자 요청), 배송방법, 택배사, 송장번호, 발송일, 판매채널, 구매자명, 구매자ID, 수취인명,
주문상태, 주문세부상태, 결제위치, 결제일, 상품번호, 상품명, 상품종류, 옵션정보, 옵션관리코드, 수량, 옵션가격, 상품가격, 상품별 할인액,
판매자 부담 할인액, 상품별 총 주문금액, 사은품, 발주확인일, 발송기한, 발송처리일, 송장출력일, 배송비 형태, 배송비 묶음번호, 배송비 유형,
배송비 합계, 제주/도서 추가배송비, 배송비 할인액, 판매자 상품코드, 판매자 내부코드1, 판매자 내부코드2, 수취인연락처1, 수취인연락처2, 배송지,
구매자연락처, 우편번호, 배송메세지, 출고지, 결제수단, 수수료 과금구분, 수수료결제방식, 결제수수료, 매출연동 수수료, 매출연동 수수료 구분,
정산예정금액, 유입경로, 구매자 주민등록번호, 개인통관고유부호, 주문일시, 배송속성, 배송희망일, (수취인연락처1), (수취인연락처2), (우편번호),
(기본주소), (상세주소), (구매자연락처)"""
DISPATCH_2022 = """상품주문번호, 주문번호, 풀필먼트사(주문 기준), 배송방법(구매자 요청), 배송방법, 택배사, 송장번호, 발송일, 판매채널, 구매자명,
구매자ID, 수취인명, 주문상태, 주문세부상태, 결제위치, 결제일, 상품번호, 상품명, 상품종류, 반품안심케어, 옵션정보, 옵션관리코드, 수량, 옵션가격,
상품가격, 상품별 할인액, 판매자부담 할인액, 상품별 총 주문금액, 사은품, 발주확인일, 발송기한, 발송처리일, 송장출력일, 배송비 형태,
배송비 묶음번호, 배송비 유형, 배송비 합계, 제주/도서 추가배송비, 배송비 할인액, 판매자 상품코드, 판매자 내부코드1, 판매자 내부코드2,
수취인연락처1, 수취인연락처2, 통합배송지, 기본배송지, 상세배송지, 구매자연락처, 우편번호, 배송메세지, 출고지, 결제수단, 수수료 과금구분,
수수료결제방식, 네이버페이 주문관리 수수료, 매출연동 수수료, 매출연동 수수료 구분, 정산예정금액, 매출연동수수료 유입경로, 개인통관고유부호,
주문일시, 구독신청회차, 구독진행회차, 배송속성, 배송희망일"""
DISPATCH_2023 = """상품주문번호, 주문번호, 배송속성, 풀필먼트사(주문 기준), 배송방법(구매자 요청), 배송방법, 택배사, 송장번호, 발송일, 판매채널,
구매자명, 구매자ID, 수취인명, 주문상태, 주문세부상태, 결제위치, 결제일, 상품번호, 상품명, 상품종류, 반품안심케어, 옵션정보, 옵션관리코드, 수량,
옵션가격, 상품가격, 상품별 할인액, 판매자 부담 할인액, 상품별 총 주문금액, 사은품, 발주확인일, 발송기한, 발송처리일, 송장출력일, 배송비 형태,
배송비 묶음번호, 배송비 유형, 배송비 합계, 제주/도서 추가배송비, 배송비 할인액, 판매자 상품코드, 판매자 내부코드1, 판매자 내부코드2,
수취인연락처1, 수취인연락처2, 통합배송지, 기본배송지, 상세배송지, 구매자연락처, 우편번호, 배송메세지, 출고지, 결제수단, 수수료 과금구분,
수수료결제방식, 네이버페이 주문관리 수수료, 매출연동 수수료, 정산예정금액, 매출연동수수료 유입경로, 개인통관고유부호, 주문일시, 구독신청회차,
구독진행회차, 배송희망일"""
DISPATCH_2026 = """상품주문번호, 주문번호, 배송속성, 풀필먼트사(주문 기준), 택배사(주문 기준), 배송방법(구매자 요청), 배송방법, 택배사, 송장번호,
발송일, 판매채널, 구매자명, 구매자ID, 수취인명, 주문상태, 주문세부상태, 수량클레임 여부, 결제위치, 결제일, 상품번호, 상품명, 상품종류,
반품안심케어, 멤버십N배송, 옵션정보, 옵션관리코드, 수량, 옵션가격, 상품가격, 최종 상품별 할인액, 최초 상품별 할인액, 판매자 부담 할인액,
최종 상품별 총 주문금액, 최초 상품별 총 주문금액, 사은품, 발주확인일, 발송기한, 발송처리일, 송장출력일, 배송비 형태, 배송비 묶음번호,
배송비 유형, 배송비 합계, 제주/도서 추가배송비, 배송비 할인액, 판매자 상품코드, 판매자 내부코드1, 판매자 내부코드2, 수취인연락처1,
수취인연락처2, 통합배송지, 기본배송지, 상세배송지, 구매자연락처, 우편번호, 배송메세지, 출고지, 결제수단, 네이버페이 주문관리 수수료,
매출연동 수수료, 정산예정금액, 개인통관고유부호, 주문일시, 배송희망일, 구독신청회차, 구독진행회차, 구독배송희망일, 배송태그 유형,
출입방법 유형, 출입방법 내용, 수령위치 유형, 수령위치 내용"""
DISPATCH_TRIMMED = """상품주문번호, 배송방법(구매자 요청), 배송방법, 택배사, 송장번호, 구매자명, 수취인명, 옵션정보, 수량, 수취인연락처1,
수취인연락처2, 통합배송지, 배송메세지, 구매자연락처, 주문번호, 발송일, 주문상태, 결제일, 상품번호, 상품명, 정산예정금액, 주문일시, 발송기한,
구매자ID, 고객 등급, 1년 주문건수, 주문 유입경로"""
SEARCH_18 = """상품주문번호, 주문번호, 주문일시, 주문상태, 배송속성, 풀필먼트사(주문 기준), 클레임상태, 수량클레임 여부, 상품번호, 상품명,
옵션정보, 판매옵션정보, 수량, 구매자명, 구매자ID, 수취인명, 구독신청회차, 구독진행회차"""
SEARCH_17 = SEARCH_18.replace("판매옵션정보, ", "")
DECIDED = """상품주문번호, 주문번호, 구매확정일, 판매채널, 주문상태, 배송속성, 풀필먼트사(주문 기준), 구매자명, 구매자ID, 수취인명, 발송처리일,
배송방법, 택배사, 송장번호, 배송완료일, 상품번호, 상품명, 상품종류, 반품안심케어, 멤버십N배송, 옵션정보, 옵션관리코드, 수량, 상품가격,
옵션가격, 최종 상품별 할인액, 최초 상품별 할인액, 판매자 부담 할인액, 최초 상품별 총 주문금액, 최종 상품별 총 주문금액, 판매자 상품코드,
판매자 내부코드1, 판매자 내부코드2, 배송비 묶음번호, 배송비 형태, 배송비 유형, 배송비 합계, 제주/도서 추가배송비, 배송비 할인액, 결제일,
결제수단, 결제위치, 네이버페이 주문관리 수수료, 매출연동 수수료, 정산예정금액, 판매옵션정보"""
SHIPPING = """상품주문번호, 주문번호, 발송처리일, 주문상태, 배송방법, 택배사, 송장번호, 판매채널, 구매자명, 구매자ID, 수취인명, 클레임상태,
결제일, 상품번호, 상품명, 상품종류, 옵션정보, 수량, 상품가격, 옵션가격, 상품별 할인액, 판매자 부담 할인액, 상품별 총 주문금액, 배송완료일,
구매확정 요청일, 구매확정 요청자, 문제송장 여부, 문제송장 등록일, 문제송장 등록사유, 자동구매확정 예정일, 판매자 상품코드, 배송비 묶음번호,
배송비 형태, 배송비 유형, 배송비 합계, 제주/도서 추가배송비, 배송비 할인액, 수취인연락처1, 수취인연락처2, 배송지, 구매자연락처, 우편번호"""
CLAIM_TAIL = """상품번호, 판매자 상품코드, 상품명, 옵션정보, 수량, 옵션가격, 상품가격, 상품별 총 주문금액, 구매자명, 구매자ID, 수취인명,
배송비 유형, 배송비 합계, 구매자연락처, 배송지, 우편번호"""
CANCEL = f"상품주문번호, 주문번호, 주문상태, 취소 처리상태, 결제일, 취소요청일, 취소사유, 취소승인일, 취소완료일, {CLAIM_TAIL}"
RETURN = f"상품주문번호, 주문번호, 주문상태, 반품 처리상태, 반품수거상태, 결제일, 반품요청일, 반품사유, 반품승인일, 반품완료일, {CLAIM_TAIL}"
EXCHANGE = f"상품주문번호, 주문번호, 주문상태, 교환 처리상태, 교환 수거상태, 결제일, 교환요청일, 교환사유, 교환승인일, 교환완료일, {CLAIM_TAIL}"
NOTICE = "◈ 다운로드 받은 파일로 '엑셀 일괄발송' 처리하는 방법\r\n- 상품주문번호, 배송방법, 택배사, 송장번호\r\n"


@pytest.fixture
def exports(book) -> Exports:
    return book.exports


@pytest.fixture
def reasons():
    return (
        reason("구매의사취소", "change of mind", "구매자", "변심", "구매 의사 취소", "단순변심"),
        reason("상품품절", "sold out", "판매자", "품절", "상품 품절"),
    )


@pytest.fixture
def desk(tmp_path, exports, reasons):
    """Write files, read them all: `desk.sheet("취소관리", header, rows…)`, then `desk.read()`."""
    return Desk(tmp_path, exports, reasons)


class Desk:
    def __init__(self, folder, exports, reasons):
        self.folder, self.exports, self.reasons = folder, exports, reasons
        self.files = []

    def sheet(self, sheet, header, *rows, file=None, notice=False):
        self.book(
            {sheet: ([[NOTICE]] if notice else []) + [names(header), *rows]}, file or f"{sheet}_20261121_0900.xlsx"
        )

    def book(self, sheets, file):
        self.put(xlsx(sheets), file)

    def put(self, content, file):
        path = self.folder / file
        path.write_bytes(content)
        self.files.append(intake.input_file(path))

    def read(self, *, passwords=(), ask=None, **limits):
        exports = replace(self.exports, limits=replace(self.exports.limits, **limits))
        batch = intake.read(self.files, exports, self.reasons, opened.opening(*passwords, ask=ask), AS_OF)
        check_conserved(batch)
        return batch


def moment(*parts):
    return datetime(*parts)


def names(header):
    return [name.strip() for name in header.replace("\n", " ").split(",")]


def row(header, **values):
    """A row for a header line: values by header without blanks; the rest stays blank."""
    return [values.get(name.replace(" ", "")) for name in names(header)]


def xlsx(sheets):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        date_format = book.add_format({"num_format": "yyyy/mm/dd hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, cells_ in enumerate(rows):
                for column, cell in enumerate(cells_):
                    write(sheet, at, column, cell, date_format)
    return target.getvalue()


def write(sheet, at, column, cell, date_format):
    match cell:
        case None:
            pass
        case bool():
            sheet.write_boolean(at, column, cell)
        case datetime():
            sheet.write_datetime(at, column, cell, date_format)
        case int() | float():
            sheet.write_number(at, column, cell)
        case _:
            sheet.write_string(at, column, cell)


def check_conserved(batch: Batch):
    for sheet in counted(batch):
        assert sheet.read == sheet.decided + sheet.merged + sheet.listed + sheet.problems
        assert min(sheet.read, sheet.decided, sheet.merged, sheet.listed, sheet.problems) >= 0
    assert sum(sheet.decided for sheet in counted(batch)) == len(batch.claims)
    assert sum(sheet.problems for sheet in counted(batch)) == len(batch.row_problems)


def only(batch):
    assert len(batch.claims) == 1, batch
    return batch.claims.iloc[0]


def codes(problems):
    return [problem.code for problem in problems]


# ── recognition ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "columns", "kind", "sheet"),
    [
        (DISPATCH_2021, 66, Kind.DISPATCH, "발주발송관리"),
        (DISPATCH_2022, 65, Kind.DISPATCH, "발주발송관리"),
        (DISPATCH_2023, 64, Kind.DISPATCH, "발주발송관리"),
        (DISPATCH_2026, 72, Kind.DISPATCH, "발주발송관리"),
        (DISPATCH_TRIMMED, 27, Kind.DISPATCH, "발주발송관리"),
        (DISPATCH_2026, 72, Kind.DISPATCH, "발송처리"),
        (SEARCH_18, 18, Kind.SEARCH, "주문조회"),
        (SEARCH_17, 17, Kind.SEARCH, "주문조회"),
        (DECIDED, 46, Kind.DECIDED, "구매확정내역"),
        (SHIPPING, 42, Kind.SHIPPING, "배송현황"),
        (CANCEL, 25, Kind.CANCEL, "취소관리"),
        (RETURN, 26, Kind.RETURN, "반품관리"),
        (EXCHANGE, 26, Kind.EXCHANGE, "교환관리"),
    ],
)
@pytest.mark.parametrize("renamed", [False, True])
def test_every_vintage_is_known_by_its_headers_whatever_the_sheet_is_called(
    desk, header, columns, kind, sheet, renamed
):
    assert len(names(header)) == columns
    state = {Kind.CANCEL: "취소요청", Kind.RETURN: "수거중", Kind.EXCHANGE: "교환요청"}.get(kind)
    values = {"상품주문번호": ONE, "취소처리상태": state, "반품처리상태": state, "교환처리상태": state}
    desk.sheet("시트1" if renamed else sheet, header, row(header, **values), notice=kind is Kind.DISPATCH)
    batch = desk.read()
    assert batch.file_problems == batch.row_problems == ()
    assert [count.kind for count in batch.sheets] == [kind]
    assert only(batch)[Col.SOURCE] == (
        Place(desk.files[0].name, batch.sheets[0].sheet, 3 if kind is Kind.DISPATCH else 2),
    )


def test_the_notice_row_above_the_header_is_not_data_and_rows_keep_excels_numbers(desk):
    blank = [None] * 72
    desk.sheet("발주발송관리", DISPATCH_2026, blank, row(DISPATCH_2026, 상품주문번호=ONE), notice=True)
    assert [place.row for place in only(desk.read())[Col.SOURCE]] == [4]


def test_missing_columns_are_named_with_the_place_to_switch_them_on(desk):
    desk.sheet("발주발송관리", "상품주문번호, 주문번호, 배송방법, 주문상태, 발송기한", [ONE])
    (problem,) = desk.read().file_problems
    assert problem.code == "columns_missing"
    assert problem.message.ko == "발주발송관리 엑셀로 보이지만 필요한 열이 없습니다: 택배사, 송장번호."
    assert problem.fix.ko == (
        "판매자센터 발주발송관리 화면의 'Grid 항목 설정'(조회항목 설정)에서 이 항목을 켜고 다시 내려받아 주세요. 켜져 있는데 이름이 바뀌었으면 "
        f'새 이름을 알려 주세요: python -m processor teach "{problem.place.file}"'
    )


def test_the_name_of_the_file_helps_to_say_what_is_missing(desk):
    header = DISPATCH_TRIMMED.replace("택배사, 송장번호,", "")
    desk.sheet("Sheet1", header, [ONE], file="스마트스토어_전체주문발주발송관리_20261121_0900.xlsx")
    (problem,) = desk.read().file_problems
    assert problem.message.en == "This looks like Orders to dispatch, but columns are missing: 택배사, 송장번호."


def test_two_kinds_that_fit_are_a_problem_unless_the_sheet_name_decides(desk):
    both = "상품주문번호, 취소 처리상태, 반품 처리상태"
    desk.sheet("시트1", both, [ONE, "취소요청", "반품요청"], file="a.xlsx")
    desk.sheet("반품관리", both, [TWO, "취소요청", "반품요청"], file="b.xlsx")
    batch = desk.read()
    assert codes(batch.file_problems) == ["ambiguous_export"]
    assert batch.file_problems[0].message.ko == "이 시트는 여러 화면의 엑셀로 보입니다: 취소관리, 반품관리."
    assert [count.kind for count in batch.sheets] == [Kind.RETURN, None]


@pytest.mark.parametrize("header", ["상품 주문번호 , 취소\u00a0처리상태", "\u200b상품주문번호, 취소처리상태 "])
def test_headers_are_compared_without_blanks(desk, header):
    desk.sheet("취소관리", header, [ONE, "취소 요청"])
    assert only(desk.read())[Col.CANCEL_STATUS] == "취소요청"


def test_a_header_is_never_found_by_a_part_of_it(desk):
    desk.sheet("취소관리", "상품주문번호, 취소처리상태, 수량클레임 여부", [ONE, "취소요청", "Y"])
    found = only(desk.read())
    assert pd.isna(found[Col.QUANTITY])
    assert found[Col.QUANTITY_CLAIM] == "Y"


def test_a_needed_column_that_stands_there_twice_is_a_problem_of_the_sheet(desk):
    desk.sheet("취소관리", "상품주문번호, 취소처리상태, 취소사유, 취소사유", [ONE, "취소요청", "", "단순변심"])
    (problem,) = desk.read().file_problems
    assert (problem.code, problem.message.ko) == ("column_ambiguous", "이름이 같은 열이 둘 이상 있습니다: 취소사유.")


def test_a_file_of_something_else_is_unknown_and_an_export_without_orders_says_so(desk):
    desk.sheet("Sheet1", "이름, 점수", ["가", 3], file="a.xlsx")
    desk.sheet("취소관리", CANCEL, file="b.xlsx")
    assert codes(desk.read().file_problems) == ["unknown_export", "no_rows"]


def test_a_further_sheet_without_orders_is_skipped_with_a_note(desk):
    desk.book(
        {"취소관리": [["상품주문번호", "취소처리상태"], [ONE, "취소요청"]], "메모장": [["살 것"], ["테이프"]]}, "a.xlsx"
    )
    batch = desk.read()
    assert batch.file_problems == ()
    assert [(count.sheet, count.kind, count.note.ko) for count in batch.sheets] == [
        ("취소관리", Kind.CANCEL, ""),
        ("메모장", None, "상품주문번호 열이 없어 읽지 않았습니다."),
    ]


def answered(batch, number, *cells):
    """What each row that speaks of an order says in these cells, in the words of the rules."""
    return [tuple(row.cells[cell] for cell in cells) for row in batch.answer_rows if row.product_order_no == number]


@pytest.mark.slow
def test_of_a_returned_workbook_only_answers_are_read(desk):
    action = ["처리결과", "상품주문번호", "주문상태", "사유", "출고상태", "구매자동의"]
    desk.book(
        {
            "요약": [["상품주문번호", "처리결과"], [THREE, "x"]],
            "취소승인": [action, ["", ONE, "엉뚱한 상태", "엉뚱한 사유", "포장 완료", ""]],
            "확인필요": [action, ["", TWO, "", "", "", ""]],
            "발송": [["지금 할 일이 없습니다."]],
            **{name: [["-"]] for name in ("패널티", "비용부담", "규칙", "입력파일")},
        },
        "처리목록_20261121_100000.xlsx",
    )
    batch = desk.read()
    found = only(batch)
    assert found[Col.PRODUCT_ORDER_NO] == ONE
    assert answered(batch, ONE, Col.HANDOVER, Col.CONSENT) == [("포장", "")]
    assert pd.isna(found[Col.ORDER_STATUS])
    assert pd.isna(found[Col.CLAIM_REASON])
    assert {count.sheet: (count.decided, count.listed) for count in counted(batch) if count.kind} == {
        "취소승인": (1, 0),
        "확인필요": (0, 1),
    }


def test_answers_that_a_seller_adds_to_an_export_are_read(desk):
    desk.sheet("취소관리", "상품주문번호, 취소처리상태, 출고상태, 구매자동의", [ONE, "취소요청", "집하", "O"])
    batch = desk.read()
    assert batch.sheets[0].kind is Kind.CANCEL
    assert answered(batch, ONE, Col.HANDOVER, Col.CONSENT) == [("집화", "예")]


def test_a_sold_out_list_names_products_and_an_option_alone_is_too_wide(desk):
    desk.sheet("품절상품", "상품번호, 옵션정보", [10000000001, "색상: 빨강"], ["", "색상: 파랑"], ["", ""], ["20", ""])
    batch = desk.read()
    assert batch.sold_out.to_dict("list") == {
        "product_no": ["10000000001", "20"],
        "seller_sku": ["", ""],
        "option_code": ["", ""],
        "option": ["색상: 빨강", ""],
    }
    assert [(problem.code, problem.place.row) for problem in batch.row_problems] == [("list_entry_incomplete", 3)]
    assert (counted(batch)[0].read, counted(batch)[0].listed, counted(batch)[0].problems) == (3, 2, 1)


def test_a_sold_out_list_may_have_a_single_column(desk):
    desk.sheet("품절상품", "상품번호", ["10000000001"])
    assert desk.read().sold_out["product_no"].tolist() == ["10000000001"]


# ── cells ────────────────────────────────────────────────────────────────────────────────────────

DAMAGED, MISSING, NO_DATE, NO_NUMBER = map(
    Bad, ("order_no_damaged", "order_no_missing", "date_unreadable", "number_unreadable")
)


@pytest.mark.parametrize(
    ("read", "cell", "becomes"),
    [
        (cells.product_order_no, ONE, ONE),
        (cells.product_order_no, f"\u00a0'{ONE}\u200b ", ONE),
        (cells.product_order_no, float(ONE), ONE),
        (cells.product_order_no, f"{ONE}.0", ONE),
        (cells.product_order_no, "2.02E+15", DAMAGED),
        (cells.product_order_no, "202611201000000", DAMAGED),
        (cells.product_order_no, "2026113110000001", DAMAGED),  # no 31 November
        (cells.product_order_no, 2026112010000001.5, DAMAGED),
        (cells.product_order_no, "합계", DAMAGED),
        (cells.product_order_no, moment(2026, 11, 20), DAMAGED),
        (cells.product_order_no, "", MISSING),
        (cells.order_no, "-", ""),
        (cells.moment, moment(2026, 11, 20, 9, 5), moment(2026, 11, 20, 9, 5)),
        (cells.moment, date(2026, 11, 20), moment(2026, 11, 20)),
        (cells.moment, "2026-11-20 09:05:07", moment(2026, 11, 20, 9, 5, 7)),
        (cells.moment, "2026.11.20 09:05", moment(2026, 11, 20, 9, 5)),
        (cells.moment, "2026/11/20", moment(2026, 11, 20)),
        (cells.moment, " - ", None),
        (cells.moment, "", None),
        (cells.moment, "2026-02-29", NO_DATE),
        (cells.moment, "2026-11/20", NO_DATE),
        (cells.moment, "20.11.2026", NO_DATE),
        (cells.moment, "언젠가", NO_DATE),
        (cells.moment, 46132.558, moment(2026, 4, 20, 13, 23, 31)),  # 0.558 of a day is 48,211 s
        (cells.moment, "3,000", NO_DATE),
        (cells.moment, True, NO_DATE),
        (cells.won, 3000.0, 3000),
        (cells.won, "₩3,000", 3000),
        (cells.won, "-3,000 원", -3000),
        (cells.won, "３０００", 3000),
        (cells.won, "", None),
        (cells.won, "-", None),
        (cells.won, 0.5, NO_NUMBER),
        (cells.won, "3.5", NO_NUMBER),
        (cells.won, "무료", NO_NUMBER),
        (cells.won, moment(2026, 11, 20), NO_NUMBER),
        (cells.won, True, NO_NUMBER),
        (cells.won, float("inf"), NO_NUMBER),
        (cells.text, "NA", "NA"),
        (cells.text, " 0013\u00a0", "0013"),
        (cells.text, "-", ""),
        (cells.text, "=1+1", "=1+1"),
        (cells.text, True, "TRUE"),
        (cells.identifier, 10000000001.0, "10000000001"),
        (cells.identifier, "0012345678.0", "0012345678"),
        (cells.label, " 택배, 등기,\u00a0소포", "택배,등기,소포"),
        (cells.label, "Ｎ배송", "N배송"),
        (cells.is_rounded, 2026112010000010.0, True),
        (cells.is_rounded, 2026112010000011.0, False),
        (cells.is_rounded, "2026112010000010.0", True),
        (cells.is_rounded, "2026112010000010", False),
    ],
)
def test_a_cell_becomes_its_value_or_a_named_problem(read, cell, becomes):
    assert read(cell) == becomes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("취소사유", "그냥요", "unknown_reason"),
        ("취소 처리상태", "처리중?", "unknown_state"),
        ("취소 처리상태", "", "unknown_state"),
        ("주문상태", "하늘로 감", "unknown_state"),
        ("수량클레임 여부", "글쎄", "unknown_state"),
        ("결제일", 3000, "date_unreadable"),
        ("취소요청일", "어제", "date_unreadable"),
        ("수량", "두 개", "number_unreadable"),
        ("배송비 합계", "무료", "number_unreadable"),
        ("주문번호", "2.02E+15", "order_no_damaged"),
        ("상품주문번호", "2.02E+15", "order_no_damaged"),
        ("상품주문번호", None, "order_no_missing"),
        ("출고상태", "창고에 있음", "unknown_answer"),
        ("구매자동의", "아마도", "unknown_answer"),
        ("실제사유", "외계인", "unknown_reason"),
        ("판매취소사유", "무엇이든", None),
        ("취소사유", "구매 의사 취소", None),
        ("실제사유", "품절", None),
        ("배송속성", "순간이동", None),
        ("접수채널", "누군가", None),
    ],
)
def test_a_bad_cell_makes_its_row_a_problem_with_place_and_column(desk, header, cell, code):
    head = "상품주문번호, 주문번호, 취소 처리상태, 취소사유, 주문상태, 수량클레임 여부, 결제일, 취소요청일, 수량, 배송비 합계,"
    head += "출고상태, 구매자동의, 실제사유, 판매취소사유, 배송속성, 접수채널"
    values = dict.fromkeys(names(head)) | {"상품주문번호": ONE, "취소 처리상태": "취소요청"} | {header: cell}
    desk.sheet("취소관리", head, list(values.values()))
    batch = desk.read()
    if code is None:
        assert (len(batch.claims), batch.row_problems) == (1, ())
    else:
        (problem,) = batch.row_problems
        assert (problem.code, problem.column) == (code, header)
        assert problem.place == Place("취소관리_20261121_0900.xlsx", "취소관리", 2)
        assert len(batch.claims) == 0


def test_a_row_with_several_bad_cells_counts_once_and_says_how_many_more(desk):
    desk.sheet("취소관리", "상품주문번호, 취소처리상태, 취소요청일, 수량", [ONE, "취소요청", "언젠가", "둘"])
    (problem,) = desk.read().row_problems
    assert problem.message.ko == "'취소요청일' 칸의 값을 날짜로 읽지 못했습니다. 이 줄에는 고칠 칸이 1개 더 있습니다."
    assert (
        problem.message.en == "The cell '취소요청일' could not be read as a date. This row has 1 more cell to correct."
    )
    assert problem.fix.ko == (
        "판매자센터에서 이 주문의 날짜를 보고 2026-11-22 14:30처럼 적거나, 엑셀을 다시 내려받아 넣어 주세요."
    )
    assert problem.value == "언젠가"


def test_a_phone_number_in_the_wrong_column_stays_out_of_the_problem(desk):
    desk.sheet("취소관리", "상품주문번호, 취소처리상태, 취소사유", [ONE, "취소요청", "문의 010-0000-0000"])
    assert desk.read().row_problems[0].value == "문의 (전화번호)"


def test_personal_columns_are_never_read(desk):
    desk.sheet(
        "취소관리",
        CANCEL,
        row(CANCEL, 상품주문번호=ONE, 취소처리상태="취소요청", 구매자명="구매자0001", 배송지="가상시"),
    )
    batch = desk.read()
    assert "구매자0001" not in str(batch.claims.to_dict())
    assert "가상시" not in str(batch.claims.to_dict())


@pytest.mark.parametrize(
    ("label", "cancel", "back", "exchange", "claim"),
    [
        ("취소 요청", "취소요청", None, None, ""),
        ("반품완료", None, "반품완료", None, ""),
        ("교환재배송중", None, None, "교환재배송중", ""),
        ("수거중", None, None, None, "수거중"),
        ("반품", None, None, None, "반품"),
        ("", None, None, None, ""),
    ],
)
def test_a_claim_label_of_order_search_goes_where_only_one_claim_knows_it(desk, label, cancel, back, exchange, claim):
    desk.sheet("주문조회", SEARCH_18, row(SEARCH_18, 상품주문번호=ONE, 클레임상태=label))
    found = only(desk.read())[[Col.CANCEL_STATUS, Col.RETURN_STATUS, Col.EXCHANGE_STATUS, Col.CLAIM_STATUS]]
    assert [None if pd.isna(value) else value for value in found] == [cancel, back, exchange, claim]


@pytest.mark.slow
def test_a_number_that_ends_in_0_is_believed_only_when_a_file_has_it_as_text(desk):
    ended = "2026112010000010"
    head = "상품주문번호, 취소처리상태"
    desk.sheet("취소관리", head, [float(ended), "취소요청"], [float(ONE), "취소요청"], file="a.xlsx")
    alone = desk.read()
    assert [(p.code, p.value, p.place.row) for p in alone.row_problems] == [("order_no_suspect", ended, 2)]
    assert alone.claims[Col.PRODUCT_ORDER_NO].tolist() == [ONE]
    desk.sheet("주문조회", SEARCH_18, row(SEARCH_18, 상품주문번호=ended), file="b.xlsx")
    assert desk.read().claims[Col.PRODUCT_ORDER_NO].tolist() == [ONE, ended]


# ── joining ──────────────────────────────────────────────────────────────────────────────────────

DISPATCH = "상품주문번호, 주문번호, 배송방법, 택배사, 송장번호, 발송기한, 발송처리일, 송장출력일, 주문상태, 상품명, 수량, 수량클레임 여부"


def dispatch(order=ONE, **values):
    return row(DISPATCH, 상품주문번호=order, 주문번호=ORDER, **values)


def test_the_newest_word_wins_and_a_fact_once_told_is_not_untold(desk):
    sent = moment(2026, 11, 20, 17, 0)
    old = dispatch(주문상태="발송대기", 상품명="옛 이름", 발송처리일=sent, 송장번호="0012345678", 수량=2)
    desk.sheet("발주발송관리", DISPATCH, old, file="전체주문발주발송관리_20261120_0900.xlsx")
    new = dispatch(주문상태="결제완료", 상품명="")
    desk.sheet("발주발송관리", DISPATCH, new, file="가_20261121_0900.xlsx")
    batch = desk.read()
    found = only(batch)
    assert (found[Col.ORDER_STATUS], found[Col.PRODUCT_NAME]) == ("결제완료", "")
    assert (found[Col.DISPATCHED_AT], found[Col.TRACKING_NO], found[Col.QUANTITY]) == (sent, "0012345678", 2)
    assert [place.file for place in found[Col.SOURCE]] == [
        "가_20261121_0900.xlsx",
        "전체주문발주발송관리_20261120_0900.xlsx",
    ]
    assert [(count.decided, count.merged) for count in counted(batch)] == [(1, 0), (0, 1)]


def test_at_the_same_time_each_fact_comes_from_the_screen_that_owns_it(desk):
    desk.sheet("발주발송관리", DISPATCH, dispatch(주문상태="발송대기", 수량클레임여부="N"), file="a_20261121_0900.xlsx")
    desk.sheet(
        "취소관리",
        "상품주문번호, 주문상태, 취소 처리상태, 취소사유, 수량클레임 여부",
        [ONE, "결제완료", "취소요청", "단순변심", "Y"],
        file="b_20261121_0900.xlsx",
    )
    found = only(desk.read())
    assert (found[Col.ORDER_STATUS], found[Col.CANCEL_STATUS], found[Col.QUANTITY_CLAIM]) == (
        "발송대기",
        "취소요청",
        "Y",
    )
    assert [place.sheet for place in found[Col.SOURCE]] == ["발주발송관리", "취소관리"]


def test_a_partial_claim_seen_anywhere_is_not_hidden_by_a_blank_elsewhere(desk):
    header = "상품주문번호, 취소 처리상태, 수량클레임 여부"
    desk.sheet("주문조회", SEARCH_18, row(SEARCH_18, 상품주문번호=ONE, 수량클레임여부="Y"))
    desk.sheet("취소관리", header, [ONE, "취소요청", ""])
    assert only(desk.read())[Col.QUANTITY_CLAIM] == "Y"


def test_the_reason_is_that_of_the_claim_filed_last(desk):
    desk.sheet(
        "취소관리",
        CANCEL,
        row(CANCEL, 상품주문번호=ONE, 취소처리상태="취소철회", 취소사유="상품품절", 취소요청일=moment(2026, 11, 18)),
    )
    desk.sheet(
        "반품관리",
        RETURN,
        row(RETURN, 상품주문번호=ONE, 반품처리상태="반품요청", 반품사유="단순변심", 반품요청일=moment(2026, 11, 20)),
    )
    found = only(desk.read())
    assert (found[Col.CANCEL_STATUS], found[Col.RETURN_STATUS], found[Col.CLAIM_REASON]) == (
        "취소철회",
        "반품요청",
        "단순변심",
    )


@pytest.mark.parametrize(("status", "seen"), [("배송중", True), ("구매확정", True), ("발송대기", False), ("", False)])
def test_a_dispatch_seen_once_is_remembered_however_old_the_row(desk, status, seen):
    desk.sheet("발주발송관리", DISPATCH, dispatch(주문상태=status), file="a_20261119_0900.xlsx")
    desk.sheet("발주발송관리", DISPATCH, dispatch(주문상태="결제완료"), file="b_20261121_0900.xlsx")
    assert only(desk.read())[Col.DISPATCH_SEEN] == seen


def test_the_invoice_was_seen_only_where_all_three_columns_were_there(desk):
    desk.sheet("발주발송관리", DISPATCH, dispatch(ONE), file="a.xlsx")
    desk.sheet("발주발송관리", DISPATCH.replace("송장출력일, ", ""), [TWO, ORDER], file="b.xlsx")
    assert desk.read().claims.set_index(Col.PRODUCT_ORDER_NO)[Col.INVOICE_SEEN].to_dict() == {ONE: True, TWO: False}


def test_copies_are_merged_and_contradicting_rows_are_a_problem_naming_columns_and_both_places(desk):
    desk.sheet("발주발송관리", DISPATCH, dispatch(상품명="가"), dispatch(TWO, 상품명="나"), file="a_20261121_0900.xlsx")
    desk.sheet(
        "발주발송관리", DISPATCH, dispatch(상품명="가"), dispatch(TWO, 상품명="다", 수량=1), file="b_20261121_0900.xlsx"
    )
    batch = desk.read()
    (problem,) = batch.row_problems
    assert (problem.code, problem.place) == ("conflicting_rows", Place("b_20261121_0900.xlsx", "발주발송관리", 3))
    assert problem.message.ko == (
        "같은 시각에 받은 같은 화면의 다른 줄과 내용이 다릅니다 (상품명, 수량). 다른 줄: a_20261121_0900.xlsx › 발주발송관리 › 3행."
    )
    trouble = batch.claims.set_index(Col.PRODUCT_ORDER_NO)[Col.TROUBLE].to_dict()
    assert trouble == {ONE: "", TWO: "conflict"}
    assert [(count.decided, count.merged, count.problems) for count in counted(batch)] == [(2, 0, 0), (0, 1, 1)]


def test_downloads_of_one_minute_with_different_columns_do_not_contradict(desk):
    desk.sheet("발주발송관리", DISPATCH, dispatch(상품명="가"), file="a_20261121_0900.xlsx")
    desk.sheet("발주발송관리", DISPATCH.replace("상품명, ", ""), dispatch()[:9], file="b_20261121_0900.xlsx")
    batch = desk.read()
    assert batch.row_problems == ()
    assert only(batch)[Col.PRODUCT_NAME] == "가"


def test_a_date_filled_in_one_row_and_blank_in_the_other_is_a_contradiction(desk):
    desk.sheet("발주발송관리", DISPATCH, dispatch(), dispatch(발송처리일=moment(2026, 11, 20)))
    batch = desk.read()
    assert codes(batch.row_problems) == ["conflicting_rows"]
    assert only(batch)[Col.TROUBLE] == "conflict"


@pytest.mark.slow
def test_an_order_with_an_unreadable_row_elsewhere_is_marked(desk):
    desk.sheet("발주발송관리", DISPATCH, dispatch(발송처리일="곧"))
    desk.sheet("취소관리", "상품주문번호, 취소처리상태", [ONE, "취소요청"])
    batch = desk.read()
    assert codes(batch.row_problems) == ["date_unreadable"]
    assert only(batch)[Col.TROUBLE] == "problem"


def test_blank_answers_are_merged_with_their_order_or_listed_without_one(desk):
    desk.sheet("취소관리", "상품주문번호, 취소처리상태", [ONE, "취소요청"])
    desk.sheet("답변", "상품주문번호, 출고상태", [ONE, ""], [TWO, ""], [THREE, "포장"])
    batch = desk.read()
    assert batch.claims[Col.PRODUCT_ORDER_NO].tolist() == [ONE, THREE]
    answers = next(count for count in counted(batch) if count.kind is Kind.ANSWERS)
    assert (answers.read, answers.decided + answers.merged, answers.listed) == (3, 2, 1)


def test_every_answer_is_told_as_it_was_written(desk):
    head = "상품주문번호, 출고상태, 구매자동의"
    desk.sheet("답변", head, [ONE, "포장", "예"], file="a_20261120_0900.xlsx")
    desk.sheet("답변", head, [ONE, "", "아니오"], file="b_20261121_0900.xlsx")
    assert answered(desk.read(), ONE, Col.HANDOVER, Col.CONSENT) == [("포장", "예"), ("", "아니오")]


@pytest.mark.slow
def test_the_order_in_which_files_are_given_changes_nothing(desk):
    desk.sheet("발주발송관리", DISPATCH, dispatch(상품명="가"), dispatch(TWO, 상품명="나"), file="a_20261121_0900.xlsx")
    desk.sheet("발주발송관리", DISPATCH, dispatch(TWO, 상품명="다"), file="b_20261121_0900.xlsx")
    desk.sheet("취소관리", "상품주문번호, 취소처리상태", [TWO, "취소요청"], ["x", ""], file="c_20261121_0900.xlsx")
    forward = desk.read()
    desk.files.reverse()
    backward = desk.read()
    pd.testing.assert_frame_equal(forward.claims, backward.claims)
    assert (forward.sheets, forward.row_problems) == (backward.sheets, backward.row_problems)


@pytest.mark.slow
def test_an_empty_batch_has_every_column_with_its_type(desk):
    claims = desk.read().claims
    assert claims.dtypes.astype(str).to_dict() == CLAIMS
    desk.sheet("취소관리", "상품주문번호, 취소처리상태", [ONE, "취소요청"])
    assert desk.read().claims.dtypes.astype(str).to_dict() == CLAIMS


# ── containers ───────────────────────────────────────────────────────────────────────────────────

PLAIN = {"취소관리": [["상품주문번호", "취소처리상태"], [ONE, "취소요청"]]}


def agile(plain, password):
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, target)
    return target.getvalue()


def standard(plain, password):
    """ECMA-376 standard encryption (AES-128, SHA-1), written after [MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    key = ECMA376Standard.makekey_from_password(password, 0x660E, 0x8004, 24, 128, 16, salt)

    def locked(data):
        cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return cipher.update(data + bytes(-len(data) % 16)) + cipher.finalize()

    provider = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, 0x660E, 0x8004, 128, 24, 0, 0) + provider
    info = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header
    info += struct.pack("<I", 16) + salt + locked(verifier) + struct.pack("<I", 20) + locked(sha1(verifier).digest())
    target = io.BytesIO()
    ECMA376Encrypted(struct.pack("<Q", len(plain)) + locked(plain), info).write_to(target)
    return target.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("lock", [agile, standard])
def test_a_locked_export_opens_with_one_of_the_known_passwords(desk, lock):
    desk.put(lock(xlsx(PLAIN), "1234"), "스마트스토어_취소관리_20261121_0900.xlsx")
    assert only(desk.read(passwords=["0000", "1234"]))[Col.PRODUCT_ORDER_NO] == ONE


@pytest.mark.slow
def test_a_missing_or_wrong_password_is_a_problem_of_that_file_alone(desk):
    desk.put(agile(xlsx(PLAIN), "1234"), "a.xlsx")
    desk.sheet("주문조회", SEARCH_18, row(SEARCH_18, 상품주문번호=TWO))
    assert codes(desk.read().file_problems) == ["password_missing"]
    batch = desk.read(passwords=["0000"])
    assert (codes(batch.file_problems), only(batch)[Col.PRODUCT_ORDER_NO]) == (["password_wrong"], TWO)
    assert "0000" not in str(batch.file_problems)


@pytest.mark.slow
def test_a_person_is_asked_until_the_password_fits_and_it_serves_the_next_file(desk):
    desk.put(agile(xlsx(PLAIN), "1234"), "a.xlsx")
    desk.put(agile(xlsx(PLAIN), "1234"), "b.xlsx")
    asked = []
    typed = iter(["0000", "1234"])
    batch = desk.read(ask=lambda *told: asked.append(told) or next(typed))
    assert (asked, batch.file_problems) == ([("a.xlsx", False), ("a.xlsx", True)], ())


def test_passwords_are_never_shown():
    passwords = intake.Passwords(["1234"])
    passwords.worked("a.xlsx", "5678")
    assert repr(passwords) == "Passwords(2 known)"
    assert list(passwords.candidates("b.xlsx")) == ["5678", "1234"]
    assert (passwords.that_opened("a.xlsx"), passwords.that_opened("b.xlsx")) == ("5678", None)


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_text_files_are_read_in_both_encodings_and_with_both_delimiters(desk, encoding, delimiter):
    lines = [["상품주문번호", "취소처리상태", "취소요청일"], [], [ONE, "취소요청", "2026-11-20 09:05"], [TWO]]
    desk.put("\r\n".join(delimiter.join(line) for line in lines).encode(encoding), "취소.csv")
    batch = desk.read()
    found = only(batch)
    assert found[Col.CLAIM_REQUESTED] == moment(2026, 11, 20, 9, 5)
    assert found[Col.SOURCE] == (Place("취소.csv", "취소", 3),)
    assert [(problem.code, problem.place.row) for problem in batch.row_problems] == [("unknown_state", 4)]


def test_a_zip_gives_each_of_its_files(desk):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("취소관리_20261121_0900.xlsx", xlsx(PLAIN))
        archive.writestr("__MACOSX/._x", b"x")
        archive.writestr("못읽음.xlsx", b"\x00\x01")
    desk.put(target.getvalue(), "묶음.zip")
    batch = desk.read()
    assert only(batch)[Col.SOURCE] == (Place("묶음.zip/취소관리_20261121_0900.xlsx", "취소관리", 2),)
    assert [problem.place.file for problem in batch.file_problems] == ["묶음.zip/못읽음.xlsx"]


WHOLE = xlsx(PLAIN)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "빈 파일입니다."),
        (b"<html><p>x</p></html>", "엑셀이 아니라 표가 없는 웹페이지입니다."),
        (b"%PDF-1.7\n", "PDF 파일은 읽을 수 없습니다."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "그림 파일은 읽을 수 없습니다."),
        (WHOLE[: len(WHOLE) // 2], "파일이 중간에 끊겨 있습니다. 내려받다가 멈춘 것으로 보입니다."),
        (b"PK\x03\x04" + b"\x00" * 50, "파일이 중간에 끊겨 있습니다. 내려받다가 멈춘 것으로 보입니다."),
        (agile(WHOLE, "1234")[:2000], "파일이 중간에 끊겨 있습니다. 내려받다가 멈춘 것으로 보입니다."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1016,
            "파일이 망가졌거나 엑셀 파일이 아니어서 읽지 못했습니다.",
        ),
    ],
    ids=["empty", "web page", "PDF", "picture", "half a workbook", "broken zip", "half an encrypted one", "broken OLE"],
)
def test_a_file_that_is_no_spreadsheet_says_what_it_is(desk, content, message):
    desk.put(content, "무엇.xlsx")
    (problem,) = desk.read(passwords=["1234"]).file_problems
    assert (problem.code, problem.message.ko) == ("file_unreadable", message)


@pytest.mark.slow
def test_any_damage_to_a_workbook_is_a_problem_and_never_a_crash(desk):
    for at in range(0, len(WHOLE), 197):
        damaged = bytearray(WHOLE)
        damaged[at] ^= 0xFF
        desk.files.clear()
        desk.put(bytes(damaged), f"{at}.xlsx")
        batch = desk.read()
        assert len(batch.claims) + len(batch.file_problems) + len(batch.row_problems) >= 1


def test_a_file_that_vanished_is_a_problem(desk):
    desk.put(WHOLE, "a.xlsx")
    desk.files[0].path.unlink()
    assert [problem.message.en for problem in desk.read().file_problems] == [
        "The file cannot be opened: it is gone, or another program is using it."
    ]


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"file_mib": 0}, "파일이 0 MiB보다 큽니다."),
        ({"unpacked_mib": 0}, "파일을 풀면 0 MiB보다 큽니다."),
        ({"ratio": 1}, "파일이 1배 넘게 압축되어 있어 열지 않았습니다."),
        ({"rows": 1}, "시트가 1줄보다 깁니다."),
        ({"columns": 1}, "시트에 열이 1개보다 많습니다."),
    ],
)
def test_a_file_beyond_the_limits_is_a_problem(desk, limits, message):
    desk.put(WHOLE, "a.xlsx")
    (problem,) = desk.read(**limits).file_problems
    assert (problem.code, problem.message.ko) == ("file_too_large", message)


# ── files that mislead ───────────────────────────────────────────────────────────────────────────

ENDED, NEXT = "2026112010000670", "2026112010000671"
CANCELS = "상품주문번호, 주문번호, 취소 처리상태, 취소요청일"


@pytest.mark.slow
def test_an_order_number_needs_a_single_text_twin_too(desk):
    desk.sheet("취소관리", CANCELS, [ONE, float(ENDED), "취소요청", None], file="a.xlsx")
    desk.sheet("주문조회", SEARCH_18, row(SEARCH_18, 상품주문번호=TWO, 주문번호=ENDED), file="b.xlsx")
    assert desk.read().row_problems == ()
    desk.sheet("주문조회", SEARCH_18, row(SEARCH_18, 상품주문번호=THREE, 주문번호=NEXT), file="c.xlsx")
    assert [(each.code, each.column) for each in desk.read().row_problems] == [("order_no_suspect", "주문번호")]


def test_a_result_alone_is_no_answer(desk):
    desk.sheet("답변", "상품주문번호, 출고상태, 처리결과", [ONE, "", "완료"], [TWO, "포장", "완료"])
    batch = desk.read()
    assert batch.claims[Col.PRODUCT_ORDER_NO].tolist() == [TWO]
    assert counted(batch)[0].listed == 1


def test_a_reason_that_the_seller_does_not_know_is_a_blank(desk):
    desk.sheet("답변", "상품주문번호, 출고상태, 실제사유", [ONE, "포장", "모름"])
    batch = desk.read()
    assert (batch.row_problems, answered(batch, ONE, Col.TRUE_REASON)) == ((), [("",)])


def test_a_claim_without_its_state_is_told_that_the_cell_is_blank(desk):
    desk.sheet("취소관리", "상품주문번호, 취소 처리상태", [ONE, ""])
    (problem,) = desk.read().row_problems
    assert (problem.code, problem.message.ko) == ("unknown_state", "'취소 처리상태' 칸이 비어 있습니다.")


def test_an_unknown_sheet_is_told_how_a_list_of_sold_out_goods_is_named(desk):
    desk.sheet("품절", "상품번호, 옵션정보", ["A1", "빨강"], file="품절.xlsx")
    (problem,) = desk.read().file_problems
    assert problem.code == "unknown_export"
    assert "'품절상품'" in problem.fix.ko
    assert "'품절상품'" in problem.fix.en


@pytest.mark.slow
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_inside_a_zip_is_a_problem_of_that_file_alone(desk, method):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        archive.writestr("취소관리.xlsx", WHOLE)
    whole, begin = content.getvalue(), 30 + len("취소관리.xlsx".encode())
    for at in range(begin + 10, begin + 60, 3):  # the first bytes name a version, which does no harm
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        desk.files.clear()
        desk.put(bytes(damaged), "묶음.zip")
        problems = desk.read().file_problems
        assert (codes(problems), problems[0].place.file) == (["file_unreadable"], "묶음.zip/취소관리.xlsx")


def test_every_text_twin_must_name_the_same_goods(desk):
    desk.sheet("답변", "상품주문번호, 출고상태", [ENDED, "포장"], file="a.xlsx")
    desk.sheet("취소관리", "상품주문번호, 취소처리상태, 상품번호", [float(ENDED), "취소요청", "A1"], file="b.xlsx")
    desk.sheet("주문조회", SEARCH_18, row(SEARCH_18, 상품주문번호=ENDED, 상품번호="A2"), file="c.xlsx")
    assert codes(desk.read().row_problems) == ["order_no_suspect"]


def test_a_rounded_request_casts_doubt_on_every_order_that_it_may_have_been(desk):
    far = "2026112010000681"
    desk.sheet("발주발송관리", DISPATCH, *(row(DISPATCH, 상품주문번호=each) for each in (NEXT, far)))
    desk.sheet("취소관리", "상품주문번호, 취소처리상태", [float(ENDED), "취소요청"])
    trouble = desk.read().claims.set_index(Col.PRODUCT_ORDER_NO)[Col.TROUBLE].to_dict()
    assert trouble == {NEXT: "problem", far: ""}

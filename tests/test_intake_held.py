"""A cell that the file does not hold (merged over, cut off, under other headers) is not blank. Invented orders."""

from __future__ import annotations

import csv
import io
import os
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from counted import counted
from hypothesis import given
from hypothesis import strategies as st
from opened import opening
from trials import across, examples

from processor import intake, judge
from processor.app.think import think
from processor.intake import cells
from processor.model import Batch, Col, Place
from processor.opener import header_rows
from processor.opener.header_rows import Headers
from processor.opener.held import Merge, covered
from processor.opener.reply import Lacking
from processor.rulebook.types import Rulebook

sys.path.insert(0, str(Path(__file__).parent / "hostile"))
import build

pytestmark = pytest.mark.slow

AS_OF = datetime(2020, 1, 1)  # files of that day and of any later one prove what they show

MORNING = datetime(2026, 11, 20, 9, 30)
A, B, C = "2026111800000001", "2026111800000002", "2026111800000003"
ORDER, OTHER = "2026111850000001", "2026111850000002"
HEADER = [
    "상품주문번호",
    "주문번호",
    "배송비 묶음번호",
    "상품명",
    "주문상태",
    "발송기한",
    "배송방법",
    "택배사",
    "송장번호",
]
HEADER += ["송장출력일", "발송처리일"]
CANCEL = ["상품주문번호", "주문번호", "취소 처리상태", "취소요청일", "취소사유"]
SENT = {"송장번호": "551234567890", "택배사": "한진택배", "발송처리일": "2026-11-19 18:00"}
DISPATCH_FILE, CANCEL_FILE = "스마트스토어_전체주문발주발송관리_20261120_0900", "스마트스토어_취소관리_20261120_0901"


def order(number: str, **more: str) -> list[str]:
    told = {"상품주문번호": number, "주문번호": ORDER, "배송비묶음번호": "777", "상품명": "컵", "주문상태": "발송대기"}
    told |= {"발송기한": "2026-11-23 23:59", "배송방법": "택배,등기,소포", **more}
    return [told.get(name.replace(" ", ""), "") for name in HEADER]


def asked(*numbers: str, number: str = ORDER) -> bytes:
    rows = [[each, number, "취소요청", "2026-11-19 15:00", "구매의사취소"] for each in numbers]
    return text([CANCEL, *rows])


def text(rows: Sequence[Sequence[str]], by: str = ",", encoding: str = "utf-8") -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=by).writerows(rows)
    return target.getvalue().encode(encoding)


def at(header: str) -> int:
    return [name.replace(" ", "") for name in HEADER].index(header)


Range = tuple[int, int, int, int]


def xlsx(rows: Sequence[Sequence[str]], *merges: Range, notice: bool = False, sheet: str = "발주발송관리") -> bytes:
    """Merges are ranges of rows and columns as xlsxwriter has them; what they cover holds nothing."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        paper = book.add_worksheet(sheet)
        for number, row in enumerate([["◈ 안내"], *rows] if notice else rows):
            for column, cell in enumerate(row):
                if cell:
                    paper.write_string(number, column, cell)
        for top, left, bottom, right in merges:
            first = rows[top - notice][left] if left < len(rows[top - notice]) else ""
            paper.merge_range(top, left, bottom, right, "")
            paper.write_string(top, left, first) if first else None
    return target.getvalue()


def down(header: str, top: int = 1, bottom: int = 2) -> Range:
    return top, at(header), bottom, at(header)


Read = Callable[..., Batch]


@pytest.fixture
def read(tmp_path: Path, book: Rulebook) -> Read:
    """Files by name → the batch; every row of it has one fate."""

    def batch(**files: bytes) -> Batch:
        found = []
        for name, content in files.items():
            stem, _, ending = name.rpartition("_")
            path = tmp_path / f"{stem}.{ending}"
            path.write_bytes(content)
            os.utime(path, (MORNING.timestamp(),) * 2)
            found.append(intake.input_file(path))
        gathered = intake.read(found, book.exports, book.reasons, opening(), AS_OF)
        conserved(gathered)
        return gathered

    return batch


def conserved(batch: Batch) -> None:
    for sheet in counted(batch):
        assert sheet.read == sheet.decided + sheet.merged + sheet.listed + sheet.problems
    assert sum(sheet.decided for sheet in counted(batch)) == len(batch.claims)
    assert sum(sheet.problems for sheet in counted(batch)) == len(batch.row_problems)


def dispatched(read: Read, content: bytes, ending: str = "xlsx") -> Batch:
    return read(**{f"{DISPATCH_FILE}_{ending}": content})


def of(batch: Batch, number: str) -> pd.Series:
    return batch.claims.loc[batch.claims[Col.PRODUCT_ORDER_NO].eq(number)].iloc[0]


def said(batch: Batch) -> list[tuple[str, int]]:
    return [(problem.code, problem.place.row) for problem in batch.row_problems]


def actions(batch: Batch, book: Rulebook, workdays: judge.Workdays) -> dict[str, str]:
    report = think(batch, book, MORNING, workdays)
    rows = zip(report.rows[Col.PRODUCT_ORDER_NO], report.rows["situation"], strict=True)
    return {number: report.verdicts[situation].action.ko for number, situation in rows}


# ── merges ──

PARCEL = (down("택배사"), down("송장번호"), down("발송처리일"))


def test_the_lines_of_one_parcel_take_the_value_that_is_merged_over_them(read, book, workdays):
    content = xlsx([HEADER, order(A, **SENT), order(B)], *PARCEL)
    batch = read(**{f"{DISPATCH_FILE}_xlsx": content, f"{CANCEL_FILE}_csv": asked(A, B)})
    second = of(batch, B)
    assert (second[Col.TRACKING_NO], second[Col.DISPATCHED_AT]) == ("551234567890", datetime(2026, 11, 19, 18))
    assert actions(batch, book, workdays) == {A: "반품", B: "반품"}


def test_a_merge_over_two_parcels_says_nothing_of_the_second(read, book, workdays):
    rows = [HEADER, order(A, **SENT), order(B, 주문번호=OTHER, 배송비묶음번호="778")]
    batch = read(
        **{
            f"{DISPATCH_FILE}_xlsx": xlsx(rows, *PARCEL),
            "취소관리_csv": asked(A),
            "취소관리2_csv": asked(B, number=OTHER),
        }
    )
    second = of(batch, B)
    assert pd.isna(second[Col.TRACKING_NO])
    assert pd.isna(second[Col.DISPATCHED_AT])
    assert not second[Col.INVOICE_SEEN]
    assert actions(batch, book, workdays) == {A: "반품", B: "확인필요"}


def test_one_stranger_among_three_lines_leaves_both_others_unknown(read):
    rows = [HEADER, order(A, **SENT), order(B), order(C, 주문번호=OTHER, 배송비묶음번호="778")]
    batch = dispatched(read, xlsx(rows, down("발송처리일", 1, 3)))
    assert batch.claims[Col.DISPATCHED_AT].notna().tolist() == [True, False, False]
    assert batch.claims[Col.INVOICE_SEEN].tolist() == [True, False, False]


@pytest.mark.parametrize("same", ["주문번호", "배송비묶음번호"])
def test_the_order_or_the_bundle_makes_them_one_parcel_also_where_it_is_merged_itself(read, same):
    other = {"주문번호": OTHER} if same == "배송비묶음번호" else {"배송비묶음번호": "778"}
    rows = [HEADER, order(A, **SENT), order(B, **{same: ""}, **other)]
    batch = dispatched(read, xlsx(rows, down("발송처리일"), down(same)))
    assert batch.claims[Col.DISPATCHED_AT].notna().all()
    assert batch.claims[Col.ORDER_NO].nunique() == (2 if same == "배송비묶음번호" else 1)


def test_a_blank_that_is_merged_down_is_there_in_the_first_line_only(read):
    batch = dispatched(read, xlsx([HEADER, order(A), order(B)], *PARCEL))
    assert batch.claims[Col.INVOICE_SEEN].tolist() == [True, False]


def test_what_is_merged_sideways_is_not_held(read):
    row = order(A, 택배사="직접 가져감")
    batch = dispatched(read, xlsx([HEADER, row], (1, at("택배사"), 1, at("발송처리일"))))
    found = of(batch, A)
    assert (found[Col.COURIER], found[Col.INVOICE_SEEN]) == ("직접 가져감", False)
    assert pd.isna(found[Col.TRACKING_NO])


def test_a_block_over_rows_and_columns_is_not_held(read):
    block = (1, at("택배사"), 2, at("발송처리일"))
    batch = dispatched(read, xlsx([HEADER, order(A, 택배사="한진택배"), order(B)], block))
    assert batch.claims[Col.INVOICE_SEEN].tolist() == [False, False]
    assert batch.claims[Col.COURIER].isna().tolist() == [False, True]


def test_an_order_number_is_never_taken_from_the_row_above(read):
    batch = dispatched(read, xlsx([HEADER, order(A), order("", 상품명="접시")], down("상품주문번호")))
    assert said(batch) == [("order_no_missing", 3)]
    assert batch.row_problems[0].message.ko == (
        "이 줄의 '상품주문번호' 칸에 무엇이 적혔는지 알 수 없습니다. 칸이 다른 칸과 병합되어 있거나, 줄이 중간에 끊겨 있습니다."
    )
    assert of(batch, A)[Col.TROUBLE] == "problem"  # it may be about this very order


def test_rows_that_are_only_tall_are_no_rows_of_their_own(read):
    tall = [down(name.replace(" ", "")) for name in HEADER]
    batch = dispatched(read, xlsx([HEADER, order(A), [""] * len(HEADER)], *tall))
    assert (batch.sheets[0].read, said(batch)) == (1, [])
    assert of(batch, A)[Col.INVOICE_SEEN]


def test_a_merge_from_the_headers_downward_says_nothing(read):
    batch = dispatched(read, xlsx([HEADER, order(A), order(B)], down("발송처리일", 0, 1)))
    assert batch.claims[Col.INVOICE_SEEN].tolist() == [False, True]


def test_a_blank_below_a_header_of_two_columns_is_none_where_the_other_is_filled(read):
    rows = [[*HEADER, ""], [*order(A), "2026-11-19"], [*order(B), ""]]
    batch = dispatched(read, xlsx(rows, (0, at("발송처리일"), 0, at("발송처리일") + 1)))
    assert batch.claims[Col.INVOICE_SEEN].tolist() == [False, True]


def test_the_account_of_the_inputs_says_how_many_rows_have_cells_that_are_not_known(read):
    rows = [HEADER, order(A, **SENT), order(B, 주문번호=OTHER, 배송비묶음번호="778")]
    assert dispatched(read, xlsx(rows, *PARCEL)).sheets[0].note.ko == (
        "1줄에 병합되었거나 줄이 끊겨서 알 수 없는 칸이 있습니다. 빈칸으로 보지 않았습니다."
    )


def test_the_notice_that_is_merged_above_the_headers_changes_nothing(read):
    batch = dispatched(read, xlsx([HEADER, order(A, **SENT), order(B)], (0, 0, 0, 2), notice=True))
    assert batch.claims[Col.INVOICE_SEEN].all()


def test_what_lies_hidden_beneath_a_merge_is_not_read_and_not_lost(read):
    content = xlsx([HEADER, order(A, 발송처리일="2026-11-19 18:00"), order(B)], down("발송처리일"))
    column = chr(ord("A") + at("발송처리일"))
    hidden = f'<c r="{column}3" t="inlineStr"><is><t>2026-11-18 18:00</t></is></c></row>'
    batch = dispatched(
        read, build.changed(content, "xl/worksheets/sheet1.xml", "(?<=</c>)</row>(?=</sheetData>)", hidden, regex=True)
    )
    assert batch.claims[Col.DISPATCHED_AT].notna().tolist() == [True, False]
    assert not of(batch, B)[Col.INVOICE_SEEN]


def test_a_state_that_is_merged_over_two_orders_is_a_problem_of_the_second(read):
    rows = [CANCEL, [A, ORDER, "취소요청", "2026-11-19 15:00", ""], [B, OTHER, "", "2026-11-19 15:00", ""]]
    batch = read(취소관리_xlsx=xlsx(rows, (1, 2, 2, 2), sheet="취소관리"))
    assert said(batch) == [("unknown_state", 3)]
    assert "병합" in batch.row_problems[0].message.ko


@pytest.mark.parametrize(("number", "told"), [(ORDER, "포장"), (OTHER, None)])
def test_an_answer_merged_over_rows_is_for_the_lines_of_one_order(read, number, told):
    rows = [["상품주문번호", "주문번호", "출고상태"], [A, ORDER, "포장"], [B, number, ""]]
    batch = read(답변_xlsx=xlsx(rows, (1, 2, 2, 2), sheet="답변"))
    assert [answer.cells[Col.HANDOVER] for answer in batch.answer_rows] == ["포장", told]


def test_a_product_merged_down_over_its_options_is_the_product_of_each(read):
    rows = [["상품번호", "옵션정보"], ["7700000001", "빨강"], ["", "파랑"]]
    batch = read(품절_xlsx=xlsx(rows, (1, 0, 2, 0), sheet="품절상품"))
    assert batch.sold_out[Col.PRODUCT_NO].tolist() == ["7700000001"] * 2


def test_an_option_that_is_not_held_does_not_mean_all_options(read):
    rows = [["상품번호", "옵션정보"], ["7700000001", ""], ["7700000002", "파랑"]]
    batch = read(품절_xlsx=xlsx(rows, (1, 0, 1, 1), sheet="품절상품"))
    assert said(batch) == [("list_entry_incomplete", 2)]


def test_merges_of_an_old_workbook_and_of_a_binary_one_count_too(read):
    rows: list[list[object]] = [[cell or None for cell in row] for row in (HEADER, order(A, **SENT), order(B))]
    ranges = [(1, 2, at(header), at(header)) for header in ("송장번호", "발송처리일")]
    old = struct.pack("<HHH", 0xE5, 2 + 8 * len(ranges), len(ranges))
    old += b"".join(struct.pack("<HHHH", *each) for each in ranges)
    binary = b"".join(b"\xb0\x01\x10" + struct.pack("<IIII", *each) for each in ranges)
    binary = b"\xb1\x01\x04" + struct.pack("<I", len(ranges)) + binary + b"\xb2\x01\x00"
    for content in (build.xls(rows, "발주발송관리", more=old), build.xlsb(rows, "발주발송관리", more=binary)):
        batch = dispatched(read, content)
        assert batch.claims[Col.DISPATCHED_AT].notna().tolist() == [True, True]
        assert of(batch, B)[Col.TRACKING_NO] == "551234567890"


def with_merges(content: bytes, ranges: str) -> bytes:
    return build.changed(
        content, "xl/worksheets/sheet1.xml", "</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>"
    )


def test_a_merge_over_the_whole_sheet_hides_it_and_loses_no_row(read):
    content = with_merges(xlsx([HEADER, order(A), order(B)]), '<mergeCell ref="A1:XFD1048576"/>')
    assert said(dispatched(read, content)) == [("order_no_missing", 2), ("order_no_missing", 3)]


def test_a_hundred_thousand_merges_cost_no_more_than_the_cells_beneath(read):
    plain = xlsx([HEADER, order(A), order(B, **SENT)])
    began = time.process_time()
    ranges = "".join(f'<mergeCell ref="A{row}:ZZ{row + 1}"/>' for row in range(4, 200_004, 2))
    batch = dispatched(read, with_merges(plain, ranges))
    assert batch.claims[Col.INVOICE_SEEN].all()
    assert time.process_time() - began < 10


def test_merges_that_overlap_say_nothing():
    rows = [["1"], ["a"], [""], [""], [""]]
    merges = [Merge(1, 0, 3, 0), Merge(2, 0, 4, 0)]
    assert [row[0] for row in covered(rows[1:], 1, merges, [0])] == [
        "a",
        Lacking.ABSENT,
        Lacking.ABSENT,
        Lacking.ABSENT,
    ]


def test_merges_are_never_unfolded():
    """A hundred thousand merges over all rows and columns: each row is looked at once."""
    merges = [Merge(1, 0, 1_048_575, 16_383)] * 100_000
    rows = ([*map(str, range(5))] for _ in range(1_000))
    assert sum(cell is Lacking.HIDDEN for row in covered(rows, 1, merges, range(5)) for cell in row) == 4_999


# ── web pages ──


def page(body: str) -> bytes:
    return f'<html><head><meta charset="utf-8"></head><body><table>{body}</table></body></html>'.encode()


def line(row: Sequence[str], **spans: str) -> str:
    """A row; by header what stands in the tag of its cell, None leaves the cell out."""
    named = zip([name.replace(" ", "") for name in HEADER], row, strict=True)
    told = ((spans.get(name, ""), cell) for name, cell in named)
    return "<tr>" + "".join(f"<td {span}>{cell}</td>" for span, cell in told if span != "none") + "</tr>"


@pytest.mark.parametrize("high", ["2", "0", "99"])
def test_cells_of_a_web_page_that_span_rows_are_merged_cells(read, high):
    span = f"rowspan={high}"
    first = line(order(A, **SENT), 송장번호=span, 발송처리일=span)
    body = line(HEADER) + first + line(order(B), 송장번호="none", 발송처리일="none")
    batch = dispatched(read, page(body), "xls")
    assert of(batch, B)[Col.TRACKING_NO] == "551234567890"
    assert batch.claims[Col.DISPATCHED_AT].notna().all()


def test_a_span_ends_with_its_part_of_the_table(read):
    first = line(order(A, **SENT), 발송처리일="rowspan=9")
    body = f"<thead>{line(HEADER)}</thead><tbody>{first}</tbody><tbody>{line(order(B))}</tbody>"
    assert dispatched(read, page(body), "xls").claims[Col.DISPATCHED_AT].notna().tolist() == [True, False]


def test_a_cell_of_a_web_page_that_spans_columns_says_nothing_of_the_others(read):
    wide = line(order(A), 택배사="colspan=4", 송장번호="none", 송장출력일="none", 발송처리일="none")
    assert not of(dispatched(read, page(line(HEADER) + wide), "xls"), A)[Col.INVOICE_SEEN]


def test_a_row_of_a_web_page_with_fewer_cells_does_not_hold_the_others(read):
    body = line(HEADER) + line(order(A)) + line(order(B), 발송처리일="none")
    assert dispatched(read, page(body), "xls").claims[Col.INVOICE_SEEN].tolist() == [True, False]


def test_a_web_page_that_was_loaded_half_ends_in_a_doubtful_cell(read):
    whole = page(line(HEADER) + line(order(A)) + line(order(B, 발송처리일="2026-11-19 18:00")))
    batch = dispatched(read, whole[: whole.index(b"2026-11-19 18") + 9], "xls")
    assert said(batch) == [("cell_unreadable", 3)]


# ── text that is cut off, or whose lines break where they should not ──


def cut_in(header: str, letters: int, **more: str) -> bytes:
    """A csv whose last row ends after so many letters of this cell."""
    row = [*order(B, **more)]
    kept = [*row[: at(header)], row[at(header)][:letters]]
    return text([HEADER, order(A)]) + text([kept]).rstrip(b"\r\n")


@across(
    {
        "header": HEADER[6:],
        "encoding": ["utf-8", "cp949", "utf-16"],
        "by": [",", "\t"],
    }
)
def test_a_row_in_which_the_file_ends_says_nothing_of_what_is_missing(read, book, workdays, header, encoding, by):
    kept = order(B)[: at(header) + 1]
    whole = text([HEADER, order(A)], by) + text([kept], by).rstrip(b"\r\n").rstrip(b'"')
    batch = read(**{f"{DISPATCH_FILE}_csv": whole.decode().encode(encoding), f"{CANCEL_FILE}_csv": asked(A, B)})
    assert batch.claims[Col.INVOICE_SEEN].tolist() == [True, False]
    assert actions(batch, book, workdays)[B] == "확인필요"


@pytest.mark.parametrize(("header", "letters"), [("주문번호", 9), ("발송기한", 13), ("발송처리일", 9)])
def test_a_number_or_date_in_which_the_file_ends_is_not_believed(read, header, letters):
    batch = dispatched(read, cut_in(header, letters, **SENT), "csv")
    if header == "발송기한":
        assert pd.isna(of(batch, B)[Col.DUE_AT])
    else:
        assert [row for _, row in said(batch)] == [3]
        assert A in batch.claims[Col.PRODUCT_ORDER_NO].tolist()
        assert B not in batch.claims[Col.PRODUCT_ORDER_NO].tolist()


def test_an_amount_in_which_the_file_ends_may_be_a_part_of_it(read):
    header = [*HEADER, "최종 상품별 총 주문금액"]
    content = text([header, [*order(A), "19900"], [*order(B), "199"]]).rstrip(b"\r\n")
    amounts = dispatched(read, content, "csv").claims[Col.TOTAL_AMOUNT]
    assert amounts.isna().tolist() == [False, True]
    assert amounts.iloc[0] == 19900


def test_the_last_answer_of_a_file_without_a_last_line_break_counts_if_it_is_a_whole_word(read):
    rows = ["상품주문번호,출고상태", f"{A},포장", f"{B},미포장"]
    batch = read(답변_csv="\n".join(rows).encode())
    assert [answer.cells[Col.HANDOVER] for answer in batch.answer_rows] == ["포장", "미포장"]
    assert said(read(답변2_csv="\n".join(rows)[:-1].encode())) == [("unknown_answer", 3)]


def test_a_date_as_long_as_the_others_is_whole(read):
    content = text([HEADER, order(A, **SENT), order(B, **SENT)]).rstrip(b"\r\n")
    assert dispatched(read, content, "csv").claims[Col.DISPATCHED_AT].notna().all()


def test_a_program_that_leaves_out_blanks_at_the_end_of_rows_is_understood(read):
    rows = [HEADER, order(A), order(B, **SENT), order(C, 송장번호="551234567890")]
    shorter = [row[: max(at + 1 for at, cell in enumerate(row) if cell)] for row in rows]
    assert len({*map(len, shorter)}) == 3
    batch = dispatched(read, text(shorter), "csv")
    assert batch.claims[Col.INVOICE_SEEN].all()
    assert of(batch, B)[Col.DISPATCHED_AT] == datetime(2026, 11, 19, 18)


def test_excel_leaves_out_blanks_of_sixteen_rows_at_a_time(read):
    numbers = [f"20261118{number:08}" for number in range(1, 34)]
    rows = [HEADER, *(order(number, **(SENT if at < 3 else {})) for at, number in enumerate(numbers))]
    blocks = [row if number < 16 else row[: at("배송방법") + 1] for number, row in enumerate(rows)]
    assert dispatched(read, text(blocks), "csv").claims[Col.INVOICE_SEEN].all()
    blocks[20] = blocks[20][:-1]
    lost = dispatched(read, text(blocks), "csv").claims
    assert not lost.loc[lost[Col.PRODUCT_ORDER_NO].isin(numbers[15:]), Col.INVOICE_SEEN].any()


def test_a_short_row_among_rows_that_keep_their_blanks_breaks_off(read):
    rows = [HEADER, order(A), order(B)[: at("배송방법")], order(C)]
    assert dispatched(read, text(rows), "csv").claims[Col.INVOICE_SEEN].tolist() == [True, False, True]


@pytest.mark.parametrize("dropping", [False, True])
def test_a_line_break_without_quotes_ends_a_row_too_early(read, dropping):
    filled = {**SENT, "송장출력일": "2026-11-19 17:00"} if dropping else {}
    rows = [HEADER, order(A, **filled), order(B, 상품명="컵\n큰 것", **filled), order(C, **filled)]
    lines = "\r\n".join(",".join(cell.replace(",", " ") for cell in row) for row in rows) + "\r\n"
    batch = dispatched(read, lines.encode(), "csv")
    assert said(batch) == [(("order_no_damaged" if dropping else "order_no_missing"), 4)]
    assert not of(batch, B)[Col.INVOICE_SEEN]
    assert of(batch, C)[Col.INVOICE_SEEN]
    assert pd.isna(of(batch, B)[Col.PRODUCT_NAME])  # the half of it that stands there is not its name


@pytest.mark.parametrize("sent", [{}, SENT])
def test_a_comma_without_quotes_shifts_the_cells_of_its_row(read, sent):
    rows = [HEADER, order(A), order(B, 상품명="컵, 큰 것", **sent), order(C)]
    lines = "\r\n".join(",".join(cell.replace("택배,등기,소포", "택배") for cell in row) for row in rows) + "\r\n"
    batch = dispatched(read, lines.encode(), "csv")
    assert batch.claims[Col.INVOICE_SEEN].tolist() == [True, False, True]
    assert of(batch, B)[[Col.ORDER_NO, Col.ORDER_STATUS, Col.COURIER]].isna().all()


def test_a_column_without_a_header_is_no_comma_too_many(read):
    rows = [[*HEADER, ""], [*order(A), ""], [*order(B, **SENT), "급함"]]
    assert dispatched(read, text(rows), "csv").claims[Col.INVOICE_SEEN].all()


@pytest.mark.parametrize("last", [False, True])
def test_a_quotation_mark_that_is_never_closed_swallows_no_row(read, last):
    rows = [
        ",".join(cell.replace(",", " ") for cell in row)
        for row in (HEADER, order(A), order(B, 상품명='"5인치 판'), order(C))
    ]
    batch = dispatched(read, "\r\n".join(rows[:3] if last else rows).encode() + b"\r\n", "csv")
    seen = {A: True, B: False} if last else {A: True, B: False, C: True}
    assert dict(zip(batch.claims[Col.PRODUCT_ORDER_NO], batch.claims[Col.INVOICE_SEEN], strict=True)) == seen


def test_cells_between_the_filled_ones_of_a_spreadsheet_are_blank_ones(read):
    rows = [HEADER, order(A), order(B)[: at("배송방법")]]
    assert dispatched(read, xlsx(rows)).claims[Col.INVOICE_SEEN].all()


def test_a_row_that_breaks_off_contradicts_nothing(read):
    whole, half = text([HEADER, order(A, **SENT)]), text([HEADER, order(A)[:7]]).rstrip(b"\r\n")
    batch = read(**{f"{DISPATCH_FILE}_csv": whole, f"{DISPATCH_FILE} (1)_csv": half})
    assert said(batch) == []
    assert of(batch, A)[Col.DISPATCHED_AT] == datetime(2026, 11, 19, 18)


def test_what_a_newer_file_has_lost_an_older_one_of_the_day_does_not_prove(read):
    older, newer = text([HEADER, order(A)]), text([HEADER, order(A)[:7]]).rstrip(b"\r\n")
    early = DISPATCH_FILE.replace("0900", "0800")
    assert not of(read(**{f"{early}_csv": older, f"{DISPATCH_FILE}_csv": newer}), A)[Col.INVOICE_SEEN]
    assert of(read(**{f"{early}_csv": newer, f"{DISPATCH_FILE}_csv": older}), A)[Col.INVOICE_SEEN]


def test_what_is_not_held_does_not_come_back_as_a_blank_in_a_correction_copy(read, book):
    """It goes back as #N/A, so that the copy that comes in again does not say "none"."""
    rows = [HEADER, order(A), order("2.02E+15")[: at("배송방법")]]
    batch = dispatched(read, text(rows), "csv")
    [(_, read_again)] = intake.originals(batch, book, opening())
    original, _ = read_again()
    assert original.sheets[0].rows[3][at("발송처리일")] == "#N/A"


# ── a second row of headers ──


@pytest.mark.parametrize("ending", ["xlsx", "csv", "xls"])
def test_headers_that_come_again_are_no_orders(read, ending):
    rows = [HEADER, order(A), HEADER, order(B, **SENT), [], HEADER, order(C)]
    content = {"xlsx": xlsx, "csv": text, "xls": build.page}[ending](rows)
    batch = dispatched(read, content, ending)
    assert (batch.sheets[0].read, said(batch)) == (3, [])
    assert of(batch, B)[Col.SOURCE] == (Place(f"{DISPATCH_FILE}.{ending}", batch.sheets[0].sheet, 4),)


def test_the_notice_that_was_pasted_along_with_the_headers_is_no_order(read):
    assert dispatched(read, xlsx([HEADER, order(A), ["◈ 안내"], HEADER, order(B)])).sheets[0].read == 2


@pytest.mark.parametrize("moved", [0, 2])
def test_a_table_of_the_same_screen_with_its_columns_elsewhere_is_read_by_its_own_headers(read, moved):
    turned = [*[""] * moved, *HEADER[::-1]]
    rows = [HEADER, order(A), [], turned, [*[""] * moved, *order(B, **SENT)[::-1]]]
    batch = dispatched(read, xlsx(rows))
    assert (counted(batch)[0].read, counted(batch)[0].decided, said(batch)) == (2, 2, [])
    assert of(batch, B)[Col.TRACKING_NO] == "551234567890"
    assert of(batch, B)[Col.SOURCE][0].row == 5
    assert of(batch, A)[Col.INVOICE_SEEN]


def test_a_column_that_the_second_table_lacks_was_not_seen_there(read):
    shorter = HEADER[:-1]
    batch = dispatched(read, xlsx([HEADER, order(A), shorter, order(B)[:-1]]))
    assert batch.claims[Col.INVOICE_SEEN].tolist() == [True, False]


OTHER_TABLES = {
    "another screen": (CANCEL, [A, ORDER, "취소요청", "2026-11-19 15:00", "구매의사취소"]),
    "no key": (["주문번호", "송장번호", "발송처리일"], [A, "551234567890", "2026-11-19 18:00"]),
    "columns missing": (["상품주문번호", "송장번호"], [A, "551234567890"]),
}


@across(
    {
        "other": OTHER_TABLES,
        "ending": ["xlsx", "csv", "xls"],
    }
)
def test_a_table_of_something_else_is_refused_with_one_problem(read, other, ending):
    header, row = OTHER_TABLES[other]
    rows = [HEADER, order(A), order(B, 주문번호=OTHER), [], header, row, row]
    content = {"xlsx": xlsx, "csv": text, "xls": build.page}[ending](rows)
    batch = dispatched(read, content, ending)
    (problem,) = batch.file_problems
    assert (problem.code, problem.place.row) == ("second_table", 5)
    assert problem.message.ko == (
        "5행부터 다른 표가 시작되는데 위의 표와 같은 화면이 아니거나 알아볼 수 없어, 이 줄부터 아래는 읽지 않았습니다."
    )
    assert (said(batch), batch.sheets[0].read) == ([], 2)
    troubles = dict(zip(batch.claims[Col.PRODUCT_ORDER_NO], batch.claims[Col.TROUBLE], strict=True))
    assert troubles == {A: "problem", B: ""}  # nobody knows what the table below says of it


def test_a_sum_below_the_table_is_no_table(read):
    total = ["합계", "", "", "", "", "수량", "2", "배송비 합계", "6000"]
    batch = dispatched(read, xlsx([HEADER, order(A), total, order(B)]))
    assert batch.file_problems == ()
    assert (said(batch), counted(batch)[0].listed) == ([], 1)


def test_more_tables_than_anyone_pastes_together_are_refused(read):
    turned = HEADER[::-1]
    rows: list[list[str]] = []
    for number in range(150):
        one = order(f"20261118{number:08}")
        rows += [turned, one[::-1]] if number % 2 else [HEADER, one]
    batch = dispatched(read, xlsx(rows))
    assert [problem.code for problem in batch.file_problems] == ["second_table"]
    assert len(batch.claims) == 100


@examples(60)
@given(st.text(alphabet="상품 주문\u200b\u00a0\u3000ＡA1①가\u1100\u1161\n◈", max_size=12))
def test_headers_are_compared_below_as_they_are_above(text_):
    assert header_rows.space_free(text_) == cells.space_free(text_)


def test_a_line_of_headers_is_told_from_a_line_of_data():
    known = frozenset({"상품주문번호", "주문번호", "수량", "상품명"})
    heads = Headers(frozenset({"상품주문번호"}), known, 0)
    assert heads.among(["상품 주문번호", "수량"])
    assert heads.among(["", "주문번호", "수량"])
    assert heads.among(["주문번호", "무엇"])
    assert not heads.among(["상품주문번호", "무엇"])
    assert not heads.among(["", "수량", "30"])
    assert not heads.among(["", "수량", 30.0, "상품명"])
    assert not heads.among(["", "", "수량"])


# ── the law ──

LINE_BREAKS = st.sampled_from(["\n", "\r\n"])


@examples(12)
@given(data=st.data(), end=LINE_BREAKS, quoted=st.booleans())
def test_an_order_whose_evidence_was_cut_off_is_never_not_sent(book, data, end, quoted):
    """Every order here was sent; wherever the file ends, none that it still names looks as if it was not."""
    rows = [order(number, **SENT) for number in (A, B, C)]
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(
        [HEADER, *rows]
    )
    whole = target.getvalue()
    cut = data.draw(st.integers(whole.index(A), len(whole)))
    assert_sent_or_unknown(book, whole[:cut].encode(), "csv")


@examples(12)
@given(data=st.data())
def test_an_order_whose_evidence_was_merged_away_is_never_not_sent(book, data):
    """Every order here was sent. Whatever is merged: what a merge covers is deleted, as spreadsheets do it."""
    rows = [
        HEADER,
        *(order(number, 주문번호=data.draw(st.sampled_from([ORDER, OTHER])), **SENT) for number in (A, B, C)),
    ]
    taken: set[tuple[int, int]] = set()
    merges = []
    for _ in range(data.draw(st.integers(1, 4))):
        top, left = data.draw(st.integers(1, 3)), data.draw(st.integers(1, len(HEADER) - 1))
        bottom, right = data.draw(st.integers(top, 4)), data.draw(st.integers(left, len(HEADER)))
        within = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if within & taken or len(within) == 1:
            continue
        taken |= within
        merges.append((top, left, bottom, right))
        for row, column in within - {(top, left)}:
            if row < len(rows) and column < len(HEADER):
                rows[row][column] = ""
    merged = [each for each in merges if each[0] < len(rows)]
    assert_sent_or_unknown(book, xlsx(rows, *merged), "xlsx")


def assert_sent_or_unknown(book: Rulebook, content: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{DISPATCH_FILE}.{ending}"
        path.write_bytes(content)
        batch = intake.read([intake.input_file(path)], book.exports, book.reasons, opening(), AS_OF)
    conserved(batch)
    claims = batch.claims
    sent = claims[Col.DISPATCHED_AT].notna() | claims[Col.TRACKING_NO].fillna("").ne("")
    assert not (claims[Col.INVOICE_SEEN] & ~sent & claims[Col.TROUBLE].eq("")).any(), claims.T

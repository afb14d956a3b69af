"""Claim files or rows that could not be read make every 발송 doubtful, and the sheet 발송 names them in a warning."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_facts import MONDAY, Line, batch_of

from processor.app.think import think
from processor.judge import Workdays
from processor.model import Action, Batch, Caution, Col, InputSheet, Kind, Place, Problem, Text
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

DUE = {
    Col.ORDER_STATUS: "발송대기", Col.INVOICE_SEEN: True, Col.SHIP_ATTRIBUTE: "일반배송", Col.FULFILLMENT: "",
    Col.DUE_AT: "2026-11-23 23:59",
}  # fmt: skip
LATER = {**DUE, Col.DUE_AT: "2026-11-27 23:59"}
NAMES = {
    Kind.DISPATCH: "발주발송관리", Kind.CANCEL: "취소관리", Kind.RETURN: "반품관리", Kind.EXCHANGE: "교환관리",
    Kind.SEARCH: "주문조회", Kind.SHIPPING: "배송현황", Kind.ANSWERS: "답변",
}  # fmt: skip
LOOK = "발송하면 취소요청이 거절되니, 보내기 전에 판매자센터의 취소관리를 먼저 확인하세요."
UNSEEN = "취소관리 파일이 없어(또는 읽지 못해) 취소요청이 있는지 알 수 없습니다"


def some(lost: str) -> str:
    return (
        f"취소·반품·교환 파일 가운데 읽지 못했거나 쓰지 못한 것이 있어 취소요청이 있는지 알 수 없습니다: {lost}. {LOOK}"
    )


def a_problem(place: Place, code: str = "order_no_damaged") -> Problem:
    return Problem(code, place, Text("나쁨", "bad"), Text("고치세요", "mend it"))


def row(kind: Kind, number: int = 3) -> Problem:
    return a_problem(Place(f"{NAMES[kind]}.xlsx", NAMES[kind], number))


def file(name: str, code: str = "file_unreadable", sheet: str = "") -> Problem:
    return a_problem(Place(name, sheet), code)


def told(
    book: Rulebook,
    workdays: Workdays,
    kinds: list[Kind],
    rows: list[Problem],
    files: list[Problem],
    *lines: Line,
) -> list[Caution]:
    sheets = tuple(InputSheet(f"{NAMES[kind]}.xlsx", NAMES[kind], kind, read=9) for kind in kinds)
    batch: Batch = replace(batch_of(*lines), sheets=sheets, row_problems=tuple(rows), file_problems=tuple(files))
    cautions = think(batch, book, MONDAY, workdays).warnings
    return [caution for caution in cautions if caution.before is Action.SHIP]


BOTH = [Kind.DISPATCH, Kind.CANCEL]
CASES: list[tuple[str, list[Kind], list[Problem], list[Problem], str | None]] = [
    ("all read", BOTH, [], [], None),
    ("a row of 취소관리", BOTH, [row(Kind.CANCEL)], [], some("취소관리.xlsx 1줄")),
    ("two rows", BOTH, [row(Kind.CANCEL), row(Kind.CANCEL, 7)], [], some("취소관리.xlsx 2줄")),
    ("two complaints of one row", BOTH, [row(Kind.CANCEL), row(Kind.CANCEL)], [], some("취소관리.xlsx 1줄")),
    ("a row of 반품관리", [*BOTH, Kind.RETURN], [row(Kind.RETURN)], [], some("반품관리.xlsx 1줄")),
    ("a row of 교환관리", [*BOTH, Kind.EXCHANGE], [row(Kind.EXCHANGE)], [], some("교환관리.xlsx 1줄")),
    ("a row of the orders", BOTH, [row(Kind.DISPATCH)], [], None),
    ("a row of the answers", [*BOTH, Kind.ANSWERS], [row(Kind.ANSWERS)], [], None),
    ("a row of 배송현황", [*BOTH, Kind.SHIPPING], [row(Kind.SHIPPING)], [], None),
    ("a row of 주문조회 beside 취소관리", [*BOTH, Kind.SEARCH], [row(Kind.SEARCH)], [], None),
    ("a row of 주문조회 alone", [Kind.DISPATCH, Kind.SEARCH], [row(Kind.SEARCH)], [], some("주문조회.xlsx 1줄")),
    ("a file of 취소관리", BOTH, [], [file("취소관리_2.xlsx", "password_wrong")], some("취소관리_2.xlsx")),
    ("a file of 교환관리", BOTH, [], [file("스마트스토어_교환관리_20261123_0901.xlsx")], some("스마트스토어_교환관리_20261123_0901.xlsx")),
    ("a file in a zip", BOTH, [], [file("모음.zip/반품 관리.xls")], some("모음.zip/반품 관리.xls")),
    ("a sheet of 반품관리", BOTH, [], [file("한꺼번에.xlsx", "columns_missing", "반품관리")], some("한꺼번에.xlsx")),
    ("a file that may be anything", BOTH, [], [file("다운로드.xlsx")], some("다운로드.xlsx")),
    ("a locked file that may be anything", BOTH, [], [file("다운로드.xlsx", "password_missing")], some("다운로드.xlsx")),
    ("a file of other columns", BOTH, [], [file("다운로드.xlsx", "columns_missing", "Sheet1")], some("다운로드.xlsx")),
    ("a claim file of other columns", BOTH, [], [file("취소관리.xlsx", "unknown_export")], some("취소관리.xlsx")),
    ("a file that is no export", BOTH, [], [file("재고표.xlsx", "unknown_export")], None),
    ("a file of the orders", BOTH, [], [file("발주발송관리_2.xlsx")], None),
    ("the seller's own list", BOTH, [], [file("처리목록_20261120_093000.xlsx")], None),
    ("a claim file without a request", BOTH, [], [file("취소관리.xlsx", "no_rows")], None),
    ("a file of 주문조회 beside 취소관리", BOTH, [], [file("주문조회.xlsx")], None),
    ("a file and a row of it", BOTH, [row(Kind.CANCEL)], [file("취소관리.xlsx", "columns_missing", "취소관리")], some("취소관리.xlsx")),
    (
        "three and more",
        [*BOTH, Kind.RETURN, Kind.EXCHANGE],
        [row(Kind.RETURN), row(Kind.EXCHANGE), row(Kind.CANCEL)],
        [file("다운로드.xlsx")],
        some("다운로드.xlsx, 교환관리.xlsx 1줄, 반품관리.xlsx 1줄 …"),
    ),
    ("no 취소관리", [Kind.DISPATCH], [], [], f"{UNSEEN}. {LOOK}"),
    ("its 취소관리 locked", [Kind.DISPATCH], [], [file("취소관리.xlsx", "password_wrong")], f"{UNSEEN} (읽지 못한 것: 취소관리.xlsx). {LOOK}"),
    ("no 취소관리, and a row of 반품관리", [Kind.DISPATCH, Kind.RETURN], [row(Kind.RETURN)], [], f"{UNSEEN} (읽지 못한 것: 반품관리.xlsx 1줄). {LOOK}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "rows", "files", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_was_lost_is_named_before_shipping(
    kinds: list[Kind],
    rows: list[Problem],
    files: list[Problem],
    expected: str | None,
    book: Rulebook,
    workdays: Workdays,
) -> None:
    said = [caution.text.ko for caution in told(book, workdays, kinds, rows, files, DUE)]
    assert said == ([] if expected is None else [expected])


def test_where_nothing_is_to_be_sent_nothing_is_said(book: Rulebook, workdays: Workdays) -> None:
    assert told(book, workdays, BOTH, [row(Kind.CANCEL)], [], LATER) == []


def test_a_withdrawn_cancel_may_have_been_asked_for_again(book: Rulebook, workdays: Workdays) -> None:
    withdrawn = {**LATER, Col.CANCEL_STATUS: "취소철회"}
    assert len(told(book, workdays, BOTH, [row(Kind.CANCEL)], [], withdrawn)) == 1


def test_a_replacement_is_sent_whatever_is_asked_elsewhere(book: Rulebook, workdays: Workdays) -> None:
    back = {Col.ORDER_STATUS: "배송완료", Col.EXCHANGE_STATUS: "수거완료"}
    assert told(book, workdays, BOTH, [row(Kind.CANCEL)], [], back) == []


def test_an_order_that_cannot_be_is_lost_too(book: Rulebook, workdays: Workdays) -> None:
    """Paid nothing and dispatched: its row of 취소관리 is a problem, found while judging."""
    places = (Place("발주발송관리.xlsx", "발주발송관리", 4), Place("취소관리.xlsx", "취소관리", 2))
    strange = {Col.ORDER_STATUS: "결제대기", Col.DISPATCHED_AT: "2026-11-20 15:00", Col.SOURCE: places}
    (caution,) = told(book, workdays, BOTH, [], [], DUE, strange)
    assert caution.text.ko == some("취소관리.xlsx 1줄")


def test_it_is_said_in_english_too(book: Rulebook, workdays: Workdays) -> None:
    rows = [row(Kind.CANCEL), row(Kind.CANCEL, 7)]
    (caution,) = told(book, workdays, BOTH, rows, [file("다운로드.xlsx")], DUE)
    assert caution.text.en == (
        "Something of the claim exports could not be read or used, so nobody knows what requests stand there: 다운로드.xlsx, "
        "취소관리.xlsx (2 rows). A dispatch refuses them: look at the Seller Center's cancel screen before you ship."
    )

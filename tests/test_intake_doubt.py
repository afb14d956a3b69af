"""Values that intake must not trust: rounded numbers, evidence older than the request, half a claim."""

import csv
import os
from datetime import datetime
from pathlib import Path

import pytest
from opened import opening

from processor import intake, judge
from processor.app.think import think
from processor.model import Batch, Col
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

MORNING = datetime(2026, 11, 23, 9, 0)
DISPATCH = [
    "상품주문번호",
    "주문번호",
    "배송방법",
    "택배사",
    "송장번호",
    "주문상태",
    "결제일",
    "발송기한",
    "발송처리일",
]
DISPATCH += ["송장출력일", "상품명", "수량클레임 여부"]
CANCEL = [
    "상품주문번호",
    "주문번호",
    "주문상태",
    "취소 처리상태",
    "취소요청일",
    "취소사유",
    "상품명",
    "수량클레임 여부",
]
SEARCH = ["상품주문번호", "주문번호", "주문상태", "클레임상태", "상품명"]
FULL = "스마트스토어_전체주문발주발송관리_{}.csv"


def dispatch(number: str, **more: str) -> dict[str, str]:
    waiting = {"주문번호": "2026112000000099", "배송방법": "택배,등기,소포", "주문상태": "발송대기", "상품명": "컵"}
    return {"상품주문번호": number, **waiting, "결제일": "2026-11-20 10:00", "발송기한": "2026-11-25", **more}


def cancel(number: str, **more: str) -> dict[str, str]:
    asked = {"주문번호": "2026112000000099", "주문상태": "결제완료", "취소 처리상태": "취소요청", "상품명": "컵"}
    return {"상품주문번호": number, **asked, "취소요청일": "2026-11-22 20:00", "취소사유": "구매의사취소", **more}


def search(number: str, claim: str) -> dict[str, str]:
    return {
        "상품주문번호": number,
        "주문번호": "2026112000000099",
        "주문상태": "발송대기",
        "클레임상태": claim,
        "상품명": "컵",
    }


@pytest.fixture
def read(tmp_path: Path, book: Rulebook):
    """Sheets by file name → the batch."""

    def batch(**sheets: list[dict[str, str]]) -> Batch:
        files = []
        for name, rows in sheets.items():
            columns = {"발": DISPATCH, "취": CANCEL, "조": SEARCH}[name[0]]
            path = tmp_path / NAMES[name]
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, columns)
                writer.writeheader()
                writer.writerows(rows)
            os.utime(path, (MORNING.timestamp(), MORNING.timestamp()))
            files.append(intake.input_file(path))
        return intake.read(files, book.exports, book.reasons, opening(), MORNING)

    return batch


NAMES = {
    "발주": FULL.format("20261123_0855"),
    "발주_금요일": FULL.format("20261120_0855"),
    "취소": "스마트스토어_취소관리_20261123_0850.csv",
    "취소_금요일": "스마트스토어_취소관리_20261120_0850.csv",
    "취소_어제": "스마트스토어_취소관리_20261122_2030.csv",
    "조회": "스마트스토어_주문조회_20261123_0856.csv",
}
A, B, C = "2026112000000671", "2026112000000672", "2026112000000670"


def actions(batch: Batch, book: Rulebook, workdays: judge.Workdays) -> dict[str, str]:
    report = think(batch, book, MORNING, workdays)
    rows = zip(report.rows[Col.PRODUCT_ORDER_NO], report.rows["situation"], strict=True)
    return {number: report.verdicts[situation].action.ko for number, situation in rows}


def test_a_request_that_a_spreadsheet_rounded_does_not_cancel_its_neighbour(read, book, workdays) -> None:
    batch = read(발주=[dispatch(A), dispatch(B), dispatch(C)], 취소=[cancel(f"{C}.0")])
    assert [problem.code for problem in batch.row_problems] == ["order_no_suspect"]
    assert set(actions(batch, book, workdays).values()) == {"확인필요"}  # the same 주문번호: any of them may be meant


def test_a_number_with_its_only_twin_as_text_is_believed(read, book, workdays) -> None:
    batch = read(발주=[dispatch(C)], 취소=[cancel(f"{C}.0")])
    assert batch.row_problems == ()
    assert actions(batch, book, workdays) == {C: "취소승인"}


def test_a_twin_of_other_goods_is_no_twin(read) -> None:
    batch = read(발주=[dispatch(C)], 취소=[cancel(f"{C}.0", 상품명="접시")])
    assert [problem.code for problem in batch.row_problems] == ["order_no_suspect"]


def test_a_csv_in_which_every_number_ends_in_0_was_rounded(read) -> None:
    rounded = [f"20261120000006{n}0" for n in range(1, 4)]
    batch = read(발주=[dispatch(number) for number in rounded], 취소=[cancel(number) for number in rounded])
    assert {problem.code for problem in batch.row_problems} == {"order_no_suspect"}
    assert batch.claims.empty


def test_two_numbers_ending_in_0_are_chance(read) -> None:
    batch = read(발주=[dispatch("2026112000000610"), dispatch("2026112000000620")])
    assert batch.row_problems == ()


def test_one_y_makes_a_claim_partial_whatever_newer_files_say(read, book, workdays) -> None:
    batch = read(발주=[dispatch(A, **{"수량클레임 여부": "N"})], 취소=[cancel(A, **{"수량클레임 여부": "Y"})])
    assert actions(batch, book, workdays) == {A: "확인필요"}


def test_a_request_with_an_unreadable_number_holds_back_the_lines_of_its_order(read, book, workdays) -> None:
    batch = read(발주=[dispatch(A), dispatch(B, 주문번호="2026112000000098")], 취소=[cancel("2.02611E+15")])
    assert actions(batch, book, workdays) == {A: "확인필요", B: "조치없음"}


def test_a_list_older_than_the_request_proves_nothing(read, book, workdays) -> None:
    assert actions(read(발주_금요일=[dispatch(A)], 취소=[cancel(A)]), book, workdays) == {A: "확인필요"}
    assert actions(read(발주=[dispatch(A)], 취소=[cancel(A)]), book, workdays) == {A: "취소승인"}


def test_files_of_another_day_than_the_run_prove_nothing(read, book, workdays) -> None:
    """Also where the request itself is older than both: who knows what was sent since Friday."""
    early = cancel(A, 취소요청일="2026-11-19 20:00")
    assert actions(read(발주_금요일=[dispatch(A)], 취소_금요일=[early]), book, workdays) == {A: "확인필요"}


def test_an_order_that_left_the_newer_list_may_have_been_sent(read, book, workdays) -> None:
    early = cancel(A, 취소요청일="2026-11-19 20:00")
    batch = read(발주_금요일=[dispatch(A)], 발주=[dispatch(B)], 취소=[early])
    assert actions(batch, book, workdays)[A] == "확인필요"


def test_a_request_that_a_newer_list_does_not_know_is_a_contradiction(read, book, workdays) -> None:
    gone = read(발주=[dispatch(A)], 취소_어제=[cancel(A)], 조회=[search(A, "")])
    assert gone.claims[Col.TROUBLE].tolist() == ["conflict"]
    assert actions(gone, book, workdays) == {A: "확인필요"}
    still = read(발주=[dispatch(A)], 취소_어제=[cancel(A)], 조회=[search(A, "취소요청")])
    assert actions(still, book, workdays) == {A: "취소승인"}

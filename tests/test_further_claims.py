"""A further return or exchange of an order whose exchange is being sent again (exports §2.11), from files to the list.

The older claim is an exchange of 11-09, collected on 11-11 and sent again. The moment is Fri 2026-11-20, 09:00.
"""

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from opened import opening

from processor import intake, judge
from processor.app.think import think
from processor.model import Out, Point
from processor.rulebook import Rulebook

pytestmark = pytest.mark.slow

AS_OF = datetime(2020, 1, 1)  # files of that day and of any later one prove what they show

FRIDAY = datetime(2026, 11, 20, 9, 0)
ORDER = {"상품주문번호": "2026110500000001", "주문번호": "2026110500000077", "주문상태": "배송완료"}
EXCHANGED = {
    **ORDER, "교환 처리상태": "교환재배송중", "교환수거상태": "수거완료", "교환요청일": "2026-11-09 10:00",
    "교환사유": "상품 파손", "수거완료일": "2026-11-11 10:00",
}  # fmt: skip
RETURNED = {
    **ORDER,
    "반품요청일": "2026-11-16 10:00",
    "반품사유": "단순 변심",
    "반품 처리상태": "반품요청",
    "반품수거상태": "",
    "수거완료일": "",
}
BACK = {**RETURNED, "반품 처리상태": "수거완료", "반품수거상태": "수거완료"}


class Told(NamedTuple):
    rule: str
    request: str | int
    collection: str | int
    fault: str | int
    act_by: str | None
    late: tuple[tuple[str, str, str], ...]  # points that are given or come: event, standing, day


CASES: list[tuple[str, dict[str, str] | None, Told]] = [
    ("no further claim", None, Told("C-55", "교환진행", "재배송", "판매자", None, ())),
    ("a return that is asked for", RETURNED, Told("C-53", "반품진행", "진행", "구매자", None, ())),
    (
        "a return on its way",
        {**RETURNED, "반품 처리상태": "수거중", "반품수거상태": "수거중"},
        Told("C-53", "반품진행", "진행", "구매자", None, ()),
    ),
    (  # Wed 11-18 + 3: 19, 20, 23
        "a return that is back",
        {**BACK, "수거완료일": "2026-11-18 10:00"},
        Told("C-52", "반품진행", "완료", "구매자", "2026-11-23", (("late_return", "avoidable", "11-24"),)),
    ),
    (  # Mon 11-16 + 3: 17, 18, 19; over on Friday, whose dawn gave the point
        "a return that is late",
        {**BACK, "수거완료일": "2026-11-16 12:00"},
        Told("C-77", "반품진행", "완료", "구매자", "2026-11-19", (("late_return", "given", "11-20"),)),
    ),
    ("a return that is back, nobody says since when", BACK, Told("C-52", "반품진행", "완료", "구매자", None, ())),
    (
        "a return that was withdrawn",
        {**RETURNED, "반품 처리상태": "반품철회"},
        Told("C-55", "교환진행", "재배송", "구매자", None, ()),
    ),
    ("a return that is done", {**BACK, "반품 처리상태": "반품완료"}, Told("C-04", "완료", "없음", "구매자", None, ())),
]


@pytest.fixture
def told(tmp_path: Path, book: Rulebook, workdays: judge.Workdays) -> Callable[..., Told]:
    def of(**sheets: dict[str, str]) -> Told:
        files = []
        for name, rows in sheets.items():
            row, *more = rows if isinstance(rows, list) else [rows]
            path = tmp_path / f"스마트스토어_{name}_20261120_0850.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(row))
                writer.writeheader()
                writer.writerows([row, *more])
            files.append(intake.input_file(path))
        batch = intake.read(files, book.exports, book.reasons, opening(), AS_OF)
        report = think(batch, book, FRIDAY, workdays)
        assert report.batch.row_problems == report.batch.file_problems == ()
        (verdict,) = report.verdicts
        act_by = report.rows[Out.ACT_BY][0]
        lines = report.points.assign(**{Point.DAY: report.points[Point.DAY].dt.strftime("%m-%d")})
        late = lines[lines[Point.EVENT].isin(["late_return", "late_exchange"])]
        return Told(
            verdict.rule,
            verdict.facts["요청"],
            verdict.facts["수거"],
            verdict.facts["귀책"],
            None if pd.isna(act_by) else f"{act_by:%Y-%m-%d}",
            tuple(map(tuple, late[[Point.EVENT, Point.STATE, Point.DAY]].dropna().to_numpy().tolist())),
        )

    return of


@pytest.mark.parametrize(("returned", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_claim_that_runs_counts(returned: dict[str, str] | None, expected: Told, told: Callable[..., Told]) -> None:
    sheets = {"교환관리": EXCHANGED} | ({} if returned is None else {"반품관리": returned})
    assert told(**sheets) == expected


WITHDRAWN = {**BACK, "반품 처리상태": "반품철회", "반품요청일": "2026-11-10 10:00", "수거완료일": "2026-11-11 10:00"}
AGAIN = {**BACK, "반품요청일": "2026-11-17 10:00", "수거완료일": "2026-11-18 10:00"}
SENT_AGAIN = {**EXCHANGED, "교환요청일": "2026-11-09 10:00"}
TWICE = {
    **EXCHANGED,
    "교환 처리상태": "교환요청",
    "교환수거상태": "",
    "교환요청일": "2026-11-18 10:00",
    "수거완료일": "",
}


@pytest.mark.parametrize("order", [1, -1], ids=["older first", "newer first"])
def test_of_two_claims_in_one_list_the_one_that_was_filed_last_counts(order, told) -> None:
    assert told(반품관리=[WITHDRAWN, AGAIN][::order]) == told(반품관리=AGAIN)
    exchanged = told(교환관리=[SENT_AGAIN, TWICE][::order])
    assert (exchanged.request, exchanged.collection) == ("교환진행", "진행")


def test_what_was_collected_of_an_older_claim_is_not_what_is_collected_now(told) -> None:
    waiting = {**AGAIN, "반품 처리상태": "수거중", "반품수거상태": "수거중", "수거완료일": ""}
    assert told(반품관리=[WITHDRAWN, waiting]) == told(반품관리=waiting)

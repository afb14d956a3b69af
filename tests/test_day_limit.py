"""store.approve_limit counts the approvals and the seller's cancels of a day, however its files are dropped (law 13)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from opened import opening

from processor import intake, judge, ledger
from processor.app.morning import remembered
from processor.app.think import think
from processor.model import Col, Out, Report
from processor.rulebook import Rulebook

pytestmark = pytest.mark.slow

NUMBERS = [f"20261120000000{n}1" for n in range(1, 7)]
ORDERS = [f"20261120900000{n}1" for n in range(1, 7)]
HEADER = "상품주문번호,주문번호,주문상태,취소 처리상태,취소사유,취소요청일,접수채널,취소완료일"
DISPATCH = "상품주문번호,주문번호,주문상태,배송방법,택배사,송장번호,발송처리일,송장출력일,발주확인일,발송기한"


def cancels(moment: str, **states: str) -> tuple[str, str]:
    """취소관리 of that moment: n1="취소요청" and so on; a state after a `/` was reached by the seller's own cancel."""
    rows = []
    for name, state in states.items():
        at, (label, _, own) = int(name[1:]) - 1, state.partition("/")
        done = "2026-11-23 09:30" if label == "취소완료" else ""
        rows.append(
            f"{NUMBERS[at]},{ORDERS[at]},결제완료,{label},구매의사취소,2026-11-23 07:00,{own or '구매자'},{done}"
        )
    return f"스마트스토어_취소관리_20261123_{moment}.csv", "\n".join([HEADER, *rows])


def unsent(moment: str, *which: int) -> tuple[str, str]:
    rows = [
        f'{NUMBERS[n - 1]},{ORDERS[n - 1]},발송대기,"택배,등기,소포",,,,,2026-11-21 10:00,2026-11-27 23:59'
        for n in which
    ]
    return f"스마트스토어_전체주문발주발송관리_20261123_{moment}.csv", "\n".join([DISPATCH, *rows])


def agreed(*which: int) -> tuple[str, str]:
    rows = [f"{NUMBERS[n - 1]},미포장,예,품절" for n in which]
    return "답변.csv", "\n".join(["상품주문번호,출고상태,구매자동의,실제사유", *rows])


WAITING, DONE = "취소요청", "취소완료"
EARLY = cancels("0900", n1=WAITING, n2=WAITING)
LATE = cancels("1300", n1=DONE, n2=DONE, n3=WAITING)


def last(folder: Path, book: Rulebook, workdays: judge.Workdays, drops: Sequence[Sequence[tuple[str, str]]]) -> Report:
    """The report of the day's last drop, each drop with the memory of those before it."""
    folder.mkdir()
    report = None
    with ledger.opened(folder / "ledger.sqlite3", writing=True) as memory:
        for number, files in enumerate(drops):
            as_of, inputs = datetime(2026, 11, 23, 14, number), []
            for name, text in files:
                (folder / name).write_text(text, "utf-8")
                os.utime(folder / name, (datetime.fromisoformat("2026-11-23T08:30+09:00").timestamp(),) * 2)
                inputs.append(intake.input_file(folder / name))
            found = intake.gather(inputs, book.exports, book.reasons, opening(), memory.handled("rules"))
            batch, past = remembered(found, memory, as_of)
            report = think(batch, book, as_of, workdays, past)
            memory.record(ledger.entry(report, "rules", f"{as_of:%Y%m%d_%H%M%S}", "tests"))
    assert report is not None
    return report


def actions(report: Report) -> dict[int, str]:
    """The rule of each order that is still to be acted on, by its place in NUMBERS."""
    verdicts = [report.verdicts[situation] for situation in report.rows[Out.SITUATION]]
    return {
        NUMBERS.index(number) + 1: verdict.rule
        for number, verdict in zip(report.rows[Col.PRODUCT_ORDER_NO], verdicts, strict=True)
        if verdict.action.to_do
    }


@pytest.fixture
def limited(book: Rulebook) -> Rulebook:
    return replace(book, store=replace(book.store, approve_limit=2))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([unsent("1300", 1, 2), EARLY, cancels("1300", n1=WAITING, n2=WAITING)], {1: "C-37", 2: "C-37"}),
        ([unsent("1300", 3), EARLY, LATE], {3: "C-35"}),
        ([unsent("1300", 3), cancels("0900", n1=WAITING), LATE], {3: "C-37"}),
        ([unsent("1300", 3, 4, 5), cancels("0900", n3=WAITING), agreed(4, 5)], {3: "C-35", 4: "C-35", 5: "C-35"}),
        ([unsent("1300", 3), cancels("1300", n1=f"{DONE}/판매자", n2=f"{DONE}/판매자", n3=WAITING)], {3: "C-35"}),
    ],
    ids=["seen twice", "two were approved", "one was approved", "own cancels", "own cancels were done"],
)
def test_a_day_has_one_number_of_cancels_however_it_is_dropped(
    files, expected, limited: Rulebook, workdays: judge.Workdays, tmp_path: Path
) -> None:
    """Of the files of "one was approved" the second order's request was never shown waiting, so nobody approved it."""
    ways = [[files], [[file] for file in files], [[file] for file in reversed(files)]]
    told = [actions(last(tmp_path / str(n), limited, workdays, drops)) for n, drops in enumerate(ways)]
    assert told == [expected] * len(ways)


def test_the_sentence_speaks_of_today(limited: Rulebook, workdays: judge.Workdays, tmp_path: Path) -> None:
    report = last(tmp_path / "desk", limited, workdays, [[unsent("1300", 3), EARLY, LATE]])
    assert [each.text.ko for each in report.warnings if "approve_limit" in each.text.ko] == [
        "오늘 취소승인과 판매자취소가 2건(store.approve_limit)을 넘어 모두 확인필요로 돌렸습니다. 파일이 맞는지 먼저 확인하세요."
    ]

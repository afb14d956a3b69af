"""Law 13, drops commute: however a day's files and answers are divided into drops, the last list is that of one drop.

Mornings are made at random: screens, moments, orders, states, answers. Each is run as one drop and as several, with a
ledger on disk. `THOROUGH=100 python -m pytest tests/test_drops.py` tries 800 of them instead of 8.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opened import opening
from test_laws import book, calendar
from trials import examples

from processor import intake, ledger
from processor.app.morning import remembered
from processor.app.think import think
from processor.model import Col, Out, Point, Report

pytestmark = pytest.mark.slow

MONDAY = datetime(2026, 11, 23)
RULES, LEDGER = "rules", "ledger.sqlite3"
NUMBERS = [f"20261120000000{n}1" for n in range(1, 6)]
ORDERS = {number: f"20261120900000{n // 2}1" for n, number in enumerate(NUMBERS)}
"""Two lines share an order."""


class File(NamedTuple):
    name: str
    rows: tuple[dict[str, str], ...]
    changed: datetime


# ── mornings at random ───────────────────────────────────────────────────────────────────────────


def moments(day: datetime) -> st.SearchStrategy[datetime]:
    return st.integers(8 * 60, 13 * 60).map(lambda minute: day + timedelta(minutes=minute))


def cells(**choices: Sequence[str]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({name: st.sampled_from(values) for name, values in choices.items()})


SENT = [("", ""), ("", ""), ("", ""), ("2026-11-23 08:30", "551234567890"), ("", "551234567890")]
DISPATCH = st.builds(
    lambda row, sent: {**row, "발송처리일": sent[0], "송장번호": sent[1]},
    cells(
        주문상태=["발송대기", "발송대기", "결제완료", "배송중"],
        송장출력일=["", "", "", "2026-11-23 07:00"],
        발주확인일=["2026-11-21 10:00"],
        **{"수량클레임 여부": ["N", "N", "N", "Y"], "배송비 묶음번호": ["77", "78"], "배송비 합계": ["3000", "0"]},
        발송기한=["2026-11-24 23:59", "2026-11-20 23:59", "2026-11-27 23:59"],
        상품종류=["단일상품", "단일상품", "추가구성상품"],
        상품번호=["7700000001", "7700000002"],
    ),
    st.sampled_from(SENT),
)
CANCEL = cells(
    주문상태=["결제완료"],
    **{
        "취소 처리상태": ["취소요청", "취소요청", "취소요청", "취소철회", "취소완료"],
        "수량클레임 여부": ["N", "N", "N", "Y"],
    },
    취소요청일=["2026-11-22 10:00", "2026-11-23 08:15", "2026-11-14 09:00"],
    취소사유=["구매의사취소", "상품품절", "배송지연"],
    접수채널=["구매자", "구매자", "판매자"],
)
RETURN = cells(
    주문상태=["배송완료"],
    **{"반품 처리상태": ["수거중", "수거완료", "반품철회", "반품완료"]},
    반품요청일=["2026-11-20 10:00", "2026-11-22 10:00"],
    반품사유=["상품 파손", "단순 변심"],
    수거완료일=["", "2026-11-21 10:00"],
)
EXCHANGE = cells(
    주문상태=["배송완료"],
    **{"교환 처리상태": ["수거중", "수거완료", "교환재배송중", "교환철회", "교환완료"]},
    교환요청일=["2026-11-20 10:00", "2026-11-22 10:00"],
    교환사유=["상품 파손", "단순 변심"],
    수거완료일=["", "2026-11-21 10:00"],
)
SEARCH = cells(주문상태=["발송대기", "배송중", "결제완료"], 클레임상태=["", "", "취소요청", "취소철회"])
SHIPPING = cells(
    주문상태=["배송중", "배송완료"],
    발송처리일=["2026-11-23 08:30"],
    송장번호=["551234567890"],
    배송완료일=["", "2026-11-23 12:00"],
    클레임상태=["", "", "반품요청", "교환요청"],
)
SOLD_OUT = cells(상품번호=["7700000001", "7700000002"])
ANSWER = cells(
    출고상태=["", "미포장", "포장", "집화"],
    구매자동의=["", "", "예", "아니오"],
    실제사유=["", "", "품절", "구매의사취소"],
    판매취소사유=["", "", "", "상품품절"],
)
SCREENS = {
    "스마트스토어_전체주문발주발송관리": DISPATCH,
    "스마트스토어_선택주문발주발송관리": DISPATCH,
    "스마트스토어_취소관리": CANCEL,
    "스마트스토어_반품관리": RETURN,
    "스마트스토어_교환관리": EXCHANGE,
    "스마트스토어_주문조회": SEARCH,
    "스마트스토어_배송현황": SHIPPING,
    "품절상품": SOLD_OUT,
    "답변": ANSWER,
}
USUAL = {
    "배송방법": "택배,등기,소포",
    "택배사": "",
    "결제일": "2026-11-20 10:00",
    "배송속성": "일반배송",
    "판매채널": "스마트스토어",
}


@st.composite
def files(draw: st.DrawFn, day: datetime, most: int) -> list[File]:
    found: dict[str, File] = {}
    for _ in range(draw(st.integers(1, most))):
        screen = draw(st.sampled_from(list(SCREENS)))
        made = draw(moments(draw(st.sampled_from([day, day, day, day - timedelta(days=1)]))))
        numbers = draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=4, unique=True))
        more = USUAL if "발주" in screen else {}
        rows = tuple(
            {"상품주문번호": damaged(draw, number), "주문번호": ORDERS[number], **more, **draw(SCREENS[screen])}
            for number in numbers
        )
        if SCREENS[screen] is SOLD_OUT:  # known by its name alone, and about goods
            found["품절상품.csv"] = File("품절상품.csv", (draw(SOLD_OUT),), made)
            continue
        dated = draw(st.sampled_from([True, True, True, False]))
        name = f"{screen}_{made:%Y%m%d_%H%M}.csv" if dated else f"{screen}{len(found)}.csv"
        found[name] = File(name, rows, made)
    return list(found.values())


def damaged(draw: st.DrawFn, number: str) -> str:
    return "2.02611E+15" if draw(st.integers(0, 25)) == 25 else number


@st.composite
def days(draw: st.DrawFn) -> tuple[list[File], list[File], list[list[int]]]:
    """The files of a Monday that came before, those of a Tuesday, and how these are dropped: a file may come twice."""
    before = draw(st.one_of(st.just([]), files(MONDAY, 3)))
    today = draw(files(MONDAY + timedelta(days=1), 5))
    order = draw(st.permutations(range(len(today))))
    cuts = sorted(draw(st.sets(st.integers(1, len(today)), max_size=3)) | {len(today)})
    drops = [list(order[start:end]) for start, end in zip([0, *cuts], cuts, strict=False)]
    again = draw(st.sampled_from([None, *range(len(today))]))
    return before, today, [*drops, [again]] if again is not None else drops


# ── what a desk makes of them ────────────────────────────────────────────────────────────────────


def written(folder: Path, file: File) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(file.rows[0]))
    writer.writeheader()
    writer.writerows(file.rows)
    path = folder / file.name
    path.write_text(text.getvalue(), encoding="utf-8")
    stamp = (file.changed - timedelta(hours=9)).replace(tzinfo=None)
    os.utime(path, ((stamp - datetime(1970, 1, 1)).total_seconds(),) * 2)
    return path


def drop(folder: Path, memory: ledger.Memory, some: Sequence[File], as_of: datetime) -> Report | None:
    """What a run does but for its workbook; None where it finds nothing new."""
    inputs = [intake.input_file(written(folder, file)) for file in some]
    found = intake.gather(inputs, book().exports, book().reasons, opening(), memory.handled(RULES))
    if not (found.contents or found.problems):
        return None
    batch, past = remembered(found, memory, as_of)
    report = think(batch, book(), as_of, calendar(), past)
    memory.record(ledger.entry(report, RULES, f"{as_of:%Y%m%d_%H%M%S}", "tests"))
    return report


@contextmanager
def after(before: list[File]) -> Iterator[Path]:
    """A folder with the ledger of a Monday of one drop."""
    with TemporaryDirectory() as name:
        with ledger.opened(Path(name) / LEDGER, writing=True) as memory:
            if before:
                drop(Path(name), memory, before, MONDAY + timedelta(hours=13, minutes=30))
        yield Path(name)


def told(monday: Path, drops: Sequence[Sequence[File]]) -> Iterator[Report]:
    """Tuesday's drops a minute after each other, each with all that came before; the last at half past one."""
    last = MONDAY + timedelta(days=1, hours=13, minutes=30)
    with TemporaryDirectory() as name:
        shutil.copy(monday / LEDGER, name)
        with ledger.opened(Path(name) / LEDGER, writing=True) as memory:
            for number, some in enumerate(drops, start=1):
                report = drop(Path(name), memory, some, last - timedelta(minutes=len(drops) - number))
                if report is not None:
                    yield report


def listed(report: Report) -> dict[str, tuple[object, ...]]:
    """What each order's line says: action, rule, fee, deadline, notes."""
    rows = report.rows
    columns = (Col.PRODUCT_ORDER_NO, Out.SITUATION, Out.ACT_BY, Out.FEE_AMOUNT, Col.NOTE_KO)
    lines = zip(*(rows[column] for column in columns), strict=True)
    return {
        number: (
            report.verdicts[situation].action.value,
            report.verdicts[situation].rule,
            report.verdicts[situation].fee.payer.value,
            None if pd.isna(by) else by,
            None if pd.isna(won) else int(won),
            note,
        )
        for number, situation, by, won, note in lines
    }


def points(report: Report) -> set[tuple[object, ...]]:
    columns = [Point.PRODUCT_ORDER_NO, Point.EVENT, Point.POINTS, Point.DAY, Point.STATE]
    return {
        tuple(None if pd.isna(value) else value for value in line)
        for line in report.points[columns].itertuples(index=False)
    }


def irreversible(report: Report) -> set[str]:
    return {
        number
        for number, situation in zip(report.rows[Col.PRODUCT_ORDER_NO], report.rows[Out.SITUATION], strict=True)
        if report.verdicts[situation].action.irreversible
    }


# ── the law ──────────────────────────────────────────────────────────────────────────────────────


@examples(8)
@given(days())
def test_however_the_files_of_a_day_are_dropped_the_last_list_says_the_same(morning) -> None:
    """And on the way nothing is cancelled that a file has shown as sent or partly claimed."""
    before, today, cuts = morning
    drops = [[today[at] for at in some] for some in cuts]
    with after(before) as monday:
        at_once = list(told(monday, [today]))[-1:]
        in_drops = list(told(monday, drops))
    assert list(map(listed, in_drops[-1:])) == list(map(listed, at_once))
    assert list(map(points, in_drops[-1:])) == list(map(points, at_once))
    seen: list[File] = list(before)
    for some, report in zip(drops, in_drops, strict=False):
        seen += some
        rows = [row for file in seen for row in file.rows if "상품주문번호" in row]
        gone = {
            row["상품주문번호"]
            for row in rows
            if row.get("발송처리일") or row.get("주문상태") in ("배송중", "배송완료")
        }
        partly = {row["상품주문번호"] for row in rows if row.get("수량클레임 여부") == "Y"}
        assert not irreversible(report) & (gone | partly)

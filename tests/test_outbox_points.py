"""The sheet 패널티 and the penalty part of 요약: how they show a forecast, and that their sums agree."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from test_facts import Line, batch_of
from test_forecast import MORNING, lines, remembering, told
from test_penalties import N_SELLER, SOLD_OUT, UNSENT, due

from processor import outbox
from processor.app.think import think
from processor.judge import Workdays
from processor.model import Col, Past, Point, PointState, Range, Report
from processor.model.nothing import NOTHING_BEFORE
from processor.outbox.outlook import headline
from processor.outbox.sheet import Charts, Sheet, Table, Tone
from processor.outbox.sheet import Line as Said
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

LATE = {**UNSENT, **due("2026-11-16"), Col.PRODUCT_NO: "81", Col.PRODUCT_NAME: "머그컵"}  # 1 and 3 points are there
TODAY = {**UNSENT, **due("2026-11-23"), Col.PRODUCT_NO: "82", Col.PRODUCT_NAME: "접시"}  # on the list: 1, then 3
LATER = {**UNSENT, **due("2026-12-01"), Col.PRODUCT_NO: "83", Col.PRODUCT_NAME: "수저"}  # on no list yet
CANCEL = {**UNSENT, **SOLD_OUT, Col.PRODUCT_NO: "84", Col.PRODUCT_NAME: "냄비"}  # 2 by today's action
TALK = {**CANCEL, Col.CONSENT: ""}  # to be talked over: nothing is planned yet
ORDERS = (LATE, TODAY, LATER, CANCEL, TALK, {**N_SELLER, **due("2026-11-20")})


@pytest.fixture(scope="module")
def report(book: Rulebook, workdays: Workdays) -> Report:
    return think(batch_of(*ORDERS), book, MORNING, workdays)


def judged(book: Rulebook, workdays: Workdays, *orders: Line, past: Past = NOTHING_BEFORE) -> Report:
    return think(batch_of(*orders), book, MORNING, workdays, past)


def sheet(report: Report, book: Rulebook, name: str = "패널티", lang: str = "ko") -> Sheet:
    return next(each for each in outbox.grid(report, book, lang) if each.name == name)


def table(of: Sheet, name: str) -> dict[str, list[Any]]:
    (found,) = (block for block in of.blocks if isinstance(block, Table) and block.name == name)
    return {column.header: list(cells) for column, cells in zip(found.columns, found.cells, strict=True)}


def said(of: Sheet, tone: Tone) -> list[str]:
    return [block.text for block in of.blocks if isinstance(block, Said) and block.tone is tone]


def number(of: Sheet, name: str) -> list[Any]:
    found = table(of, "points_plans")
    at = found["언제"].index(name)
    return [found[header][at] for header in ("점수", "많으면", "날")]


def test_the_picture_stands_first_then_what_can_be_avoided_then_the_rows(report: Report, book: Rulebook) -> None:
    blocks = sheet(report, book).blocks
    assert isinstance(blocks[0], Charts)
    assert isinstance(blocks[1], Said)
    assert blocks[1].tone is Tone.TITLE
    kinds = [block.name if isinstance(block, Table) else "charts" for block in blocks if not isinstance(block, Said)]
    assert kinds == [
        "charts", "points_avoidable", "points_plans", "charts", "points_by_cause", "points_by_product", "points_by_day",
        "points_by_order",
    ]  # fmt: skip
    first, second = (block for block in blocks if isinstance(block, Charts))
    assert [chart.table for chart in (*first.charts, *second.charts)] == [
        "points_by_day", "points_by_cause", "points_by_product",
    ]  # fmt: skip
    assert first.charts[0].lines == ("아무것도 안 하면", "오늘 목록만 하면", "날마다 목록을 다 하면", "제재 기준")


def test_every_point_is_in_the_rows_or_counted_for_later(report: Report, book: Rulebook) -> None:
    of = sheet(report, book)
    shown, avoidable = table(of, "points_by_order"), table(of, "points_avoidable")
    later = [points for points, on in zip(avoidable["점수"], avoidable["시트"], strict=True) if on == "조치없음"]
    assert later == [1, 3]  # of the one that is on no list yet
    assert sum(shown["점수"]) + sum(later) == report.points[Point.POINTS].sum()
    for name in ("points_by_cause", "points_by_product"):
        sums = table(of, name)
        assert sum(sum(sums[header]) for header in ("붙은 벌점", "오늘 조치로", "피할 수 있음")) == sum(shown["점수"])
        assert sum(sums["건수"]) == len(shown["점수"])


def test_what_can_be_avoided_is_told_by_its_last_day_and_where_to_do_it(report: Report, book: Rulebook) -> None:
    """접시, due today: 1 and 3. N판매자: 1. 수저, due in December: 1 and 3. 냄비, cancelled today: its 4 of lateness; and
    the same for the one that is talked over.
    """
    of = sheet(report, book)
    found = table(of, "points_avoidable")
    rows = list(zip(*(found[name] for name in ("언제까지", "점수", "건수", "시트", "피하는 방법")), strict=True))
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    today = [row for row in rows if row[0] == date(2026, 11, 23)]
    assert sum(points for _, points, *_ in today) == 2  # 접시 and N판매자
    assert {on for *_, on, _ in today} == {"발송"}
    assert {way for *_, on, way in rows if on == "판매자취소"} == {"그날까지 이 판매자취소를 끝내세요"}
    assert all(way for *_, way in rows)
    assert sum(found["점수"]) == 4 + 1 + 4 + 4 + 4
    # today's lists end what 접시, N판매자 and 냄비 would bring
    assert said(of, Tone.HEADING)[0] == (
        "지금 하면 피하는 벌점: 오늘이 마지막 날인 것 2점 · 오늘 목록을 다 하면 9점 · 모두 17점"
    )


def test_what_can_still_be_avoided_stands_first_by_its_last_day(report: Report, book: Rulebook) -> None:
    rows = table(sheet(report, book), "points_by_order")
    kinds = rows["어떤 벌점"]
    assert kinds == sorted(kinds, key=["피할 수 있음", "오늘 조치로", "있음"].index)
    avoidable = kinds.count("피할 수 있음")
    assert rows["언제까지"][:avoidable] == sorted(rows["언제까지"][:avoidable])
    assert rows["언제까지"][avoidable:] == [None] * (len(kinds) - avoidable)
    assert all(rows["피하는 방법"][:avoidable])


def test_a_row_says_what_when_and_how(report: Report, book: Rulebook) -> None:
    rows = table(sheet(report, book), "points_by_order")
    at = next(n for n, name in enumerate(rows["상품명"]) if name == "접시" and rows["점수"][n] == 3)
    assert {header: cells[at] for header, cells in rows.items() if header != "상품주문번호"} == {
        "점수": 3,
        "어떤 벌점": "피할 수 있음",
        "언제까지": date(2026, 11, 26),  # +3, the safer of the two readings
        "붙는 날": date(2026, 11, 30),
        "다른 해석": date(2026, 11, 27),
        "사라지는 날": date(2026, 12, 30),
        "사건": "4영업일 넘게 미발송",
        "상품명": "접시",
        "피하는 방법": "발송처리하거나 발송지연 처리 (1점이 이미 붙었어도 3점은 피할 수 있습니다)",
        "규칙": "P-02 (A, J)",
    }


def test_the_numbers_tell_bounds_only_where_they_differ(book: Rulebook, workdays: Workdays) -> None:
    known = judged(book, workdays, LATE, past=remembering(lines()))
    assert number(sheet(known, book), "지금") == [4, "", date(2026, 11, 23)]
    fitted = think(
        batch_of(LATE), told(book, points=9, day=date(2026, 11, 20)), MORNING, workdays, remembering(lines())
    )
    # on the 20th there was the 1 of 11-17; eight were unseen, and may be over
    assert number(sheet(fitted, book), "지금") == [4, 12, date(2026, 11, 23)]
    assert number(sheet(judged(book, workdays, LATE), book), "지금") == [4, "모름", date(2026, 11, 23)]


def test_the_ratio_is_told_for_now_and_for_each_day(report: Report, book: Rulebook) -> None:
    """Five points of six orders now; by the 24th the two of the cancel, or, with nothing done, two more late ones."""
    of = sheet(report, book)
    assert table(of, "points_plans")["비율"][0] == 0.8333
    assert table(of, "points_by_day")["비율: 안 하면"][:2] == [0.8333, 1.1667]


def test_the_ratio_is_a_number_shown_in_per_cent(
    report: Report, book: Rulebook, workdays: Workdays, tmp_path: Path
) -> None:
    outbox.write(report, book, tmp_path / "a.xlsx", "ko")
    paper = openpyxl.load_workbook(tmp_path / "a.xlsx")["패널티"]
    headers = {cell.value: cell for row in paper.iter_rows() for cell in row if cell.value in ("비율", "비율: 안 하면")}
    assert len(headers) == 2
    for header in headers.values():
        below = paper.cell(header.row + 1, header.column)
        assert (below.value, below.data_type, below.number_format) == (0.8333, "n", "0.0%")
    nobody_paid = judged(book, workdays, {**UNSENT, Col.ORDER_STATUS: "결제대기", Col.PAID_AT: ""})
    assert table(sheet(nobody_paid, book), "points_plans")["비율"] == [None] * 4


def test_what_a_chart_cuts_off_is_named(book: Rulebook, workdays: Workdays) -> None:
    """Ten points are needed: the chart ends at 20. Eight orders that are not sent bring 4 each."""
    calm_day = judged(book, workdays, LATE, past=remembering(lines()))
    (calm,) = next(block for block in sheet(calm_day, book).blocks if isinstance(block, Charts)).charts
    assert calm.title == "앞으로 30일의 벌점과 제재 기준"
    busy = judged(book, workdays, *[TODAY] * 8, past=remembering(lines()))
    (cut,) = next(block for block in sheet(busy, book).blocks if isinstance(block, Charts)).charts
    assert cut.ceiling == 20
    assert cut.title == "앞으로 30일의 벌점과 제재 기준 (20점에서 잘랐습니다. 아무것도 안 하면 최고 32점)"


def test_the_first_line_is_the_whole_story(report: Report, book: Rulebook) -> None:
    """4 of the late one, 1 of N판매자. Six orders were paid: ten points are needed, and 5 + 2 + 3 = 10."""
    assert said(sheet(report, book), Tone.TITLE) == [
        "벌점 지금 5점 이상 · 오늘 조치로 +2점 · 제재 기준 10점까지 많아야 3점"
    ]
    assert said(sheet(report, book, "Penalties", "en"), Tone.TITLE) == [
        "Penalty points: 5 or more now · +2 by today's actions · at most 3 left to the 10 of a sanction"
    ]


def points_line(report: Report, now: Range, sure: int, brought: int, need: int) -> str:
    """The line of a report with these points: given, certain, brought by today's actions, and needed for a sanction."""
    first, *later = report.forecast.days
    forecast = replace(report.forecast, days=(replace(first, held=now), *later), need=Range(need, None))
    states = ((PointState.SURE, sure), (PointState.BY_ACTION, brought))
    each = [lines(("2026-11-24", number), **{Point.STATE: state.value}) for state, number in states if number]
    return headline(replace(report, forecast=forecast, points=pd.concat(each) if each else lines())).ko


@pytest.mark.parametrize(
    ("now", "sure", "brought", "need", "line"),
    [
        (Range(20, 20), 0, 12, 144, "지금 20점 · 오늘 조치로 +12점 · 제재 기준 144점까지 112점"),
        (Range(20, None), 0, 12, 144, "지금 20점 이상 · 오늘 조치로 +12점 · 제재 기준 144점까지 많아야 112점"),
        (Range(4, 12), 0, 2, 20, "지금 4~12점 · 오늘 조치로 +2점 · 제재 기준 20점까지 6~14점"),
        (Range(4, 12), 0, 0, 12, "지금 4~12점 · 오늘 조치로 +0점 · 제재 기준 12점까지 많아야 8점"),
        (Range(4, 4), 3, 2, 10, "지금 4점 · 피할 수 없이 +3점 · 오늘 조치로 +2점 · 제재 기준 10점까지 1점"),
        (Range(8, 8), 0, 2, 10, "지금 8점 · 오늘 조치로 +2점 · 제재 기준 10점이 됩니다"),
        (Range(9, 9), 0, 2, 10, "지금 9점 · 오늘 조치로 +2점 · 제재 기준 10점을 1점 넘습니다"),
        (Range(9, None), 0, 4, 10, "지금 9점 이상 · 오늘 조치로 +4점 · 제재 기준 10점을 적어도 3점 넘습니다"),
    ],
)
def test_the_points_line_adds_up(now: Range, sure: int, brought: int, need: int, line: str, report: Report) -> None:
    assert points_line(report, now, sure, brought, need) == f"벌점 {line}"


@pytest.mark.parametrize("orders", [(LATE,), (CANCEL,), (LATE, CANCEL), ORDERS, (TODAY, LATER), (CANCEL,) * 7])
@pytest.mark.parametrize("known", [True, False])
def test_the_points_line_of_a_judged_day_adds_up(
    orders: tuple[Line, ...], known: bool, book: Rulebook, workdays: Workdays
) -> None:
    found = judged(book, workdays, *orders, past=remembering(lines()) if known else NOTHING_BEFORE)
    said_here = headline(found).ko
    *more, need, left = map(int, re.findall(r"[0-9]+", f"{said_here} 0" if "닿습니다" in said_here else said_here))
    assert sum(more) + (-left if "넘습니다" in said_here else left) == need
    assert ("지금 " + str(found.forecast.days[0].held.low) + ("점 ·" if known else "점 이상")) in said_here
    if "까지" in said_here:
        assert ("많아야" in said_here) is not known


def test_a_short_history_is_said_plainly(report: Report, book: Rulebook, workdays: Workdays) -> None:
    notes = said(sheet(report, book), Tone.NOTE)
    assert notes[:2] == [
        "제재는 벌점이 10점 이상이면서 최근 30일 결제건수의 40% 이상일 때입니다. 결제 6건이면 10점부터입니다. 결제건수는 이 "
        "프로그램이 본 상품주문만 셉니다. 실제가 더 많으면 기준도 더 높습니다. 앞으로의 결제건수는 지금과 같다고 봅니다.",
        "목록을 날마다 다 하고 다른 벌점이 더 없으면 품절취소 1번까지는 제재 기준에 도달하지 않습니다.",
    ]
    assert notes[2].startswith("이 프로그램은 오늘부터만 압니다. 그 전에 받은 벌점은 몰라서 '이상'으로 적습니다.")
    long_known = said(sheet(judged(book, workdays, LATE, past=remembering(lines())), book), Tone.NOTE)
    assert not any("그 전에 받은" in note for note in long_known)


def test_a_sanction_that_cannot_be_avoided_is_a_warning_on_both_sheets(book: Rulebook, workdays: Workdays) -> None:
    past = remembering(lines(("2026-11-20", 9)))
    found = judged(book, workdays, CANCEL, past=past)
    warning = (
        "2026-11-24에 제재 기준에 도달할 수 있습니다 (처음이면 주의). 〈패널티〉에서 피할 수 있는 벌점부터 확인하세요."
    )
    assert said(sheet(found, book), Tone.WARNING) == [warning]
    assert warning in said(sheet(found, book, "요약"), Tone.WARNING)
    second = told(book, points=9, stage=1, stage_since=date(2026, 8, 3))
    again = think(batch_of(CANCEL), second, MORNING, workdays, past)
    (warning,) = said(sheet(again, second), Tone.WARNING)
    assert "(경고: 7일 동안 새 상품을 올릴 수 없습니다 (화면과 API 모두))" in warning


def test_a_sanction_that_is_near_is_a_warning_too(book: Rulebook, workdays: Workdays) -> None:
    found = judged(book, workdays, CANCEL, past=remembering(lines(("2026-11-20", 6))))
    assert said(sheet(found, book), Tone.WARNING) == [
        "제재 기준에 가까워졌습니다: 목록을 다 해도 8점까지 오르고 10점부터 제재입니다."
    ]


def test_a_calm_day_has_no_warning(report: Report, book: Rulebook, workdays: Workdays) -> None:
    calm = judged(book, workdays, LATER, past=remembering(lines()))
    assert said(sheet(calm, book), Tone.WARNING) == []


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        ({}, "지금 단계는 모릅니다. 판매자센터에서 보고 rules.yaml의 store.penalty_now에 stage로 적어 주세요."),
        ({"stage": 0}, "지금 단계 없음 (적어 주신 것) · 다음은 주의"),
        (
            {"stage": 1, "stage_since": date(2026, 8, 3)},
            "지금 단계 주의 · 2026-08-03부터, 새 제재가 없으면 2027-08-03에 지워집니다 (적어 주신 것) · 다음은 경고",
        ),
        (
            {"stage": 3, "stage_since": date(2026, 8, 3)},
            "지금 단계 이용제한 · 2026-08-03부터, 새 제재가 없으면 2027-08-03에 지워집니다 (적어 주신 것)",
        ),
    ],
)
def test_the_stage_and_the_next_one_are_told(
    figure: dict[str, Any], line: str, book: Rulebook, workdays: Workdays
) -> None:
    known = told(book, **figure) if figure else book
    of = sheet(think(batch_of(LATER), known, MORNING, workdays), known)
    assert line in said(of, Tone.HEADING)
    assert (
        "제재 단계 — 주의: 알림만 받습니다 → 경고: 7일 동안 새 상품을 올릴 수 없습니다 (화면과 API 모두) → "
        "이용제한: 스토어가 정지되고 정산금이 비즈월렛으로 옮겨집니다"
    ) in said(of, Tone.NOTE)


def test_the_summary_tells_the_points_and_what_each_list_avoids_and_brings(report: Report, book: Rulebook) -> None:
    lines_here = said(sheet(report, book, "요약"), Tone.NOTE)
    assert lines_here[0] == "벌점 지금 5점 이상 · 오늘 조치로 +2점 · 제재 기준 10점까지 많아야 3점"
    to_do = table(sheet(report, book, "요약"), "to_do")
    at_stake = zip(to_do["할 일 (급한 것부터)"], to_do["지금 하면 피하는 벌점"], to_do["하면 붙는 벌점"], strict=True)
    # what today's lists avoid: 4 of the one due today and 1 a day of N판매자, 4 of the one to be cancelled, which brings 2
    assert {name: points for name, *points in at_stake if any(points)} == {"발송": [4 + 1, None], "판매자취소": [4, 2]}


def test_an_event_of_a_rule_that_is_gone_is_still_shown(book: Rulebook, workdays: Workdays) -> None:
    old = lines(("2026-11-20", 2), **{Point.RULE: "P-99", Point.EVENT: "something_old"})
    rows = table(sheet(judged(book, workdays, LATER, past=remembering(old)), book), "points_by_order")
    assert (rows["사건"], rows["규칙"], rows["점수"]) == (["P-99"], ["P-99"], [2])


def test_without_any_point_only_picture_numbers_and_days_are_left(book: Rulebook, workdays: Workdays) -> None:
    quiet = judged(book, workdays, {**UNSENT, Col.ORDER_STATUS: "구매확정"})
    names = [block.name for block in sheet(quiet, book).blocks if isinstance(block, Table)]
    assert names == ["points_plans", "points_by_day"]


def test_a_rulebook_without_points_for_sold_out_cancels_says_nothing_of_them(
    book: Rulebook, workdays: Workdays
) -> None:
    rows = tuple(row for row in book.penalties.table.rows if not row.by_action)
    free = replace(book, penalties=replace(book.penalties, table=replace(book.penalties.table, rows=rows)))
    notes = said(sheet(think(batch_of(LATE), free, MORNING, workdays), free), Tone.NOTE)
    assert not any("품절취소" in note for note in notes)

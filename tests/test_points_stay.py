"""Given points stay: those of a deadline that passed before the request count; later ones are not certain (policy §11.2).

Mon 2026-11-23, 09:00. Points are given at dawn of the working day after a deadline, 3 more at dawn of the fifth one.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from field_desk import CANCEL, DISPATCH, asked, drop, export, no, order
from test_facts import MONDAY, Line, batch_of
from test_penalties import N_SELLER, UNSENT, due

from processor.app.desk import Desk
from processor.app.think import think
from processor.judge import Workdays
from processor.model import Col, Point, PointState, Report, Scenario
from processor.outbox.lines import of_verdict
from processor.rulebook import Rulebook

pytestmark = pytest.mark.slow

GIVEN, SURE, UNSETTLED = (one.value for one in (PointState.GIVEN, PointState.SURE, PointState.UNSETTLED))
BUYERS = {Col.CLAIM_CHANNEL: "구매자", Col.CLAIM_REASON: "구매의사취소", Col.CANCEL_STATUS: "취소요청"}
DONE = {**BUYERS, Col.CANCEL_STATUS: "취소완료", Col.ORDER_STATUS: "취소"}


def on(day: str) -> Line:
    return {Col.CLAIM_REQUESTED: f"{day} 10:00"}


def points(report: Report) -> set[tuple[str, int, str, str | None]]:
    """Event, points, standing, and the dawn of giving."""
    lines = report.points
    days = [None if pd.isna(day) else f"{day:%m-%d}" for day in lines[Point.DAY]]
    return set(zip(lines[Point.EVENT], lines[Point.POINTS], lines[Point.STATE], days, strict=True))


CASES: list[tuple[str, Line, set[tuple[str, int, str, str | None]], int]] = [
    # what the order tells, its points, and those that `decide` says are given
    (  # Thu 11-19 passed, asked on Fri 11-20: the point of Friday's dawn stays, the 3 of Thu 11-26 are open
        "asked on the day after",
        {**UNSENT, **due("2026-11-19"), **BUYERS, **on("2026-11-20")},
        {("late_dispatch", 1, GIVEN, "11-20"), ("late_dispatch_2", 3, UNSETTLED, "11-26")},
        1,
    ),
    (  # asked on the last day: nothing is sure
        "asked in time",
        {**UNSENT, **due("2026-11-19"), **BUYERS, **on("2026-11-19")},
        {("late_dispatch", 1, UNSETTLED, "11-20"), ("late_dispatch_2", 3, UNSETTLED, "11-26")},
        0,
    ),
    (  # Fri 11-20 passed, asked on Saturday: Monday's point is there
        "asked on a day off",
        {**UNSENT, **due("2026-11-20"), **BUYERS, **on("2026-11-21")},
        {("late_dispatch", 1, GIVEN, "11-23"), ("late_dispatch_2", 3, UNSETTLED, "11-27")},
        1,
    ),
    (  # Thu 11-12, five working days later Thu 11-19; asked on Fri 11-20: both stay
        "both stages passed",
        {**UNSENT, **due("2026-11-12"), **BUYERS, **on("2026-11-20")},
        {("late_dispatch", 1, GIVEN, "11-13"), ("late_dispatch_2", 3, GIVEN, "11-19")},
        4,
    ),
    (
        "nobody says when it was asked",
        {**UNSENT, **due("2026-11-12"), **BUYERS},
        set(),
        0,
    ),
    (
        "a broken promise",
        {**UNSENT, **due("2026-11-18"), Col.ORDER_SUBSTATUS: "발송지연", **BUYERS, **on("2026-11-20")},
        {("promise_missed", 2, GIVEN, "11-19")},
        2,
    ),
    (  # Wed 11-18 passed: Thu and Fri; asked on Fri
        "day by day",
        {**UNSENT, **N_SELLER, **due("2026-11-18"), **BUYERS, **on("2026-11-20")},
        {
            ("late_dispatch_daily", 1, GIVEN, "11-19"),
            ("late_dispatch_daily", 1, GIVEN, "11-20"),
            ("late_dispatch_daily", 1, UNSETTLED, None),
        },
        2,
    ),
    (
        "cancelled since",
        {**UNSENT, **due("2026-11-19"), **DONE, **on("2026-11-20")},
        {("late_dispatch", 1, GIVEN, "11-20")},
        1,
    ),
    (  # by the seller, on Friday: his clock ran until then
        "cancelled by the seller since",
        {
            **UNSENT, **due("2026-11-19"), **DONE, Col.CLAIM_CHANNEL: "판매자", **on("2026-11-18"),
            Col.CANCELLED_AT: "2026-11-20 10:00",
        },
        {("late_dispatch", 1, GIVEN, "11-20")},
        1,
    ),
    (  # a return that is over: when it was sent nobody sees any more
        "over for another reason",
        {**UNSENT, **due("2026-11-12"), Col.ORDER_STATUS: "반품", Col.RETURN_STATUS: "반품완료", **on("2026-11-20")},
        set(),
        0,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected", "given"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_came_before_the_request_stays_and_the_rest_is_open(
    line: Line, expected: set[tuple[str, int, str, str | None]], given: int, book: Rulebook, workdays: Workdays
) -> None:
    report = think(batch_of(line), book, MONDAY, workdays)
    assert points(report) == expected
    (verdict,) = report.verdicts
    told = of_verdict(verdict, "ko")["penalty"]
    assert (told["given"], told["by_action"], told["points"]) == (given, 0, given)
    held = report.forecast.days[0].held.low
    assert held == sum(worth for _, worth, standing, _ in expected if standing == GIVEN)
    assert report.forecast.days[-1].counts[Scenario.NOTHING].low <= held  # what is open is not counted as sure


@pytest.mark.parametrize(
    ("asked_at", "expected", "held"),
    [
        # late on Thursday, asked on Friday at three
        ("2026-11-20 15:00", {("late_dispatch", 1, GIVEN, "11-20"), ("late_dispatch_2", 3, UNSETTLED, "11-26")}, 1),
        # asked in time, which Friday's files did not tell
        ("2026-11-19 15:00", {("late_dispatch", 1, UNSETTLED, "11-20"), ("late_dispatch_2", 3, UNSETTLED, "11-26")}, 0),
    ],
)
def test_the_same_facts_give_the_same_points_with_and_without_an_earlier_run(
    asked_at: str, expected: set[tuple[str, int, str, str | None]], held: int, tmp_path: Path, book: Rulebook
) -> None:
    """Told by two mornings, and by the second alone."""
    late = order(1, 발송기한="2026-11-19 23:59")
    friday = [export(DISPATCH, late, at="0850", day=datetime(2026, 11, 20))]
    monday = [export(DISPATCH, late, at="0850"), export(CANCEL, asked(1, 취소요청일=asked_at), at="0851")]
    for name, mornings in (("two", [friday, monday]), ("one", [monday])):
        desk = Desk(tmp_path / name)
        desk.inbox.mkdir(parents=True)
        desk.outbox.mkdir()
        for files in mornings:
            as_of = datetime(2026, 11, 20, 9) if files is friday else datetime(2026, 11, 23, 9)
            report = drop(desk, book, files, as_of)
        assert report is not None
        assert set(report.points[Point.PRODUCT_ORDER_NO]) == {no(1)}
        assert (points(report), report.forecast.days[0].held.low) == (expected, held)

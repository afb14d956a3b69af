"""A deadline of yesterday is over, even if today is a day off: the words, flags, points and marks of one order agree.

Each table follows one order day by day. Off are, besides Saturdays and Sundays: 설날 Mon 2026-02-16 … Wed 18, 노동절 Fri
2026-05-01, 어린이날 Tue 2026-05-05. Points come at dawn of the working day after the deadline, the second stage's on the
fifth (policy §6.3).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import NamedTuple

import pytest
from apart import apart
from test_facts import Line, batch_of, with_store
from trials import THOROUGH

from processor.app.think import think
from processor.judge import Workdays
from processor.model import Col, Out, Point, Report, Scenario, Verdict
from processor.outbox.actions import urgency
from processor.rulebook.types import Rulebook

pytestmark = pytest.mark.slow

UNSENT = {
    Col.ORDER_STATUS: "발송대기", Col.INVOICE_SEEN: True, Col.SHIP_METHOD: "택배,등기,소포", Col.CHANNEL: "스마트스토어",
    Col.SHIP_ATTRIBUTE: "일반배송", Col.ORDER_SUBSTATUS: "발주확인", Col.FULFILLMENT: "",
}  # fmt: skip
N_SELLER = {**UNSENT, Col.SHIP_ATTRIBUTE: "N판매자배송"}


class Day(NamedTuple):
    today: str
    rule: str
    flags: tuple[str, ...]
    mark: str | None  # how the deadline stands out: 지남, 오늘, 내일
    points: tuple[tuple[str, int, str, str], ...]  # event, points, standing, the day on which they are given


def due(kind: Line, day: str) -> Line:
    return {**kind, Col.DUE_AT: f"{day} 23:59"}


def report_on(line: Line, day: str, book: Rulebook, workdays: Workdays, hour: str = "09:00") -> Report:
    return think(batch_of(line), book, datetime.fromisoformat(f"{day}T{hour}"), workdays)


def told_by(report: Report, number: str) -> tuple[Verdict, Day]:
    (row,) = report.rows[report.rows[Col.PRODUCT_ORDER_NO].eq(number)].to_dict("records")
    verdict = report.verdicts[row[Out.SITUATION]]
    mark = urgency(row[Out.ACT_BY].date(), report.as_of.date())
    columns = [Point.EVENT, Point.POINTS, Point.STATE, Point.DAY]
    lines = report.points[report.points[Point.PRODUCT_ORDER_NO].eq(number)]
    points = lines.assign(**{Point.DAY: lines[Point.DAY].dt.strftime("%m-%d")})[columns].to_numpy().tolist()
    words = mark.words.ko if mark else None
    return verdict, Day(f"{report.as_of:%Y-%m-%d}", verdict.rule, verdict.flags, words, tuple(map(tuple, points)))


LATE = ("late",)
PROMISE = ("late", "promise_passed")


def first(standing: str, day: str) -> tuple[str, int, str, str]:
    return "late_dispatch", 1, standing, day


def second(standing: str, day: str) -> tuple[str, int, str, str]:
    return "late_dispatch_2", 3, standing, day


def promise(standing: str, day: str) -> tuple[str, int, str, str]:
    return "promise_missed", 2, standing, day


def back(standing: str, day: str) -> tuple[str, int, str, str]:
    return "late_return", 1, standing, day


FRIDAY = due(UNSENT, "2026-11-20")
MONDAY = due(UNSENT, "2026-11-16")
NEW_YEAR = due(UNSENT, "2026-02-13")
LABOUR_DAY = due(UNSENT, "2026-04-30")
ON_A_HOLIDAY = due(UNSENT, "2026-05-01")
ON_A_SATURDAY = {**UNSENT, Col.SHIP_ATTRIBUTE: "희망일배송", Col.HOPED_AT: "2026-11-21"}
PROMISED = {**due(UNSENT, "2026-11-20"), Col.ORDER_SUBSTATUS: "발송지연"}
TODAYS = {
    **UNSENT,
    Col.SHIP_ATTRIBUTE: "오늘출발",
    Col.PAID_AT: "2026-11-20 09:00",
}  # cut-off 14:00: due the same Friday

WAYS: list[tuple[str, Line, list[Day]]] = [
    (
        "due on Friday",  # the fifth working day after it is Fri 11-27
        FRIDAY,
        [
            Day("2026-11-19", "C-62", (), "내일", (first("avoidable", "11-23"), second("avoidable", "11-27"))),
            Day("2026-11-20", "C-62", (), "오늘", (first("avoidable", "11-23"), second("avoidable", "11-27"))),
            Day("2026-11-21", "C-61", LATE, "지남", (first("sure", "11-23"), second("avoidable", "11-27"))),
            Day("2026-11-22", "C-61", LATE, "지남", (first("sure", "11-23"), second("avoidable", "11-27"))),
            Day("2026-11-23", "C-61", LATE, "지남", (first("given", "11-23"), second("avoidable", "11-27"))),
            Day("2026-11-26", "C-61", LATE, "지남", (first("given", "11-23"), second("avoidable", "11-27"))),
            Day("2026-11-27", "C-60", LATE, "지남", (first("given", "11-23"), second("given", "11-27"))),
        ],
    ),
    (
        "the second stage ends on Friday",  # due Mon 11-16: its fourth working day is Fri 11-20
        MONDAY,
        [
            Day("2026-11-20", "C-61", LATE, "지남", (first("given", "11-17"), second("avoidable", "11-23"))),
            Day("2026-11-21", "C-60", LATE, "지남", (first("given", "11-17"), second("sure", "11-23"))),
            Day("2026-11-22", "C-60", LATE, "지남", (first("given", "11-17"), second("sure", "11-23"))),
            Day("2026-11-23", "C-60", LATE, "지남", (first("given", "11-17"), second("given", "11-23"))),
        ],
    ),
    (
        "due before 설날",  # 02-19 is the first working day after it; 20, 23, 24, 25 are the second to the fifth
        NEW_YEAR,
        [
            Day("2026-02-13", "C-62", (), "오늘", (first("avoidable", "02-19"), second("avoidable", "02-25"))),
            Day("2026-02-14", "C-61", LATE, "지남", (first("sure", "02-19"), second("avoidable", "02-25"))),
            Day("2026-02-17", "C-61", LATE, "지남", (first("sure", "02-19"), second("avoidable", "02-25"))),
            Day("2026-02-18", "C-61", LATE, "지남", (first("sure", "02-19"), second("avoidable", "02-25"))),
            Day("2026-02-19", "C-61", LATE, "지남", (first("given", "02-19"), second("avoidable", "02-25"))),
            Day("2026-02-25", "C-60", LATE, "지남", (first("given", "02-19"), second("given", "02-25"))),
        ],
    ),
    (
        "due before 노동절",  # Mon 05-04 is the first; 06, 07, 08, 11 are the second to the fifth
        LABOUR_DAY,
        [
            Day("2026-05-01", "C-61", LATE, "지남", (first("sure", "05-04"), second("avoidable", "05-11"))),
            Day("2026-05-03", "C-61", LATE, "지남", (first("sure", "05-04"), second("avoidable", "05-11"))),
            Day("2026-05-04", "C-61", LATE, "지남", (first("given", "05-04"), second("avoidable", "05-11"))),
            Day("2026-05-09", "C-60", LATE, "지남", (first("given", "05-04"), second("sure", "05-11"))),
        ],
    ),
    (
        "due on a holiday",
        ON_A_HOLIDAY,
        [
            Day("2026-04-30", "C-62", (), "내일", (first("avoidable", "05-04"), second("avoidable", "05-11"))),
            Day("2026-05-01", "C-62", (), "오늘", (first("avoidable", "05-04"), second("avoidable", "05-11"))),
            Day("2026-05-02", "C-61", LATE, "지남", (first("sure", "05-04"), second("avoidable", "05-11"))),
            Day("2026-05-04", "C-61", LATE, "지남", (first("given", "05-04"), second("avoidable", "05-11"))),
        ],
    ),
    (
        "hoped for on a Saturday",
        ON_A_SATURDAY,
        [
            Day("2026-11-20", "C-62", (), "내일", (first("avoidable", "11-23"), second("avoidable", "11-27"))),
            Day("2026-11-21", "C-62", (), "오늘", (first("avoidable", "11-23"), second("avoidable", "11-27"))),
            Day("2026-11-22", "C-61", LATE, "지남", (first("sure", "11-23"), second("avoidable", "11-27"))),
        ],
    ),
    (
        "promised for Friday",
        PROMISED,
        [
            Day("2026-11-20", "C-76", (), "오늘", (promise("avoidable", "11-23"),)),
            Day("2026-11-21", "C-75", PROMISE, "지남", (promise("sure", "11-23"),)),
            Day("2026-11-22", "C-75", PROMISE, "지남", (promise("sure", "11-23"),)),
            Day("2026-11-23", "C-75", PROMISE, "지남", (promise("given", "11-23"),)),
        ],
    ),
    (
        "오늘출발 of Friday",
        TODAYS,
        [
            Day("2026-11-20", "C-62", (), "오늘", (first("avoidable", "11-23"), second("avoidable", "11-27"))),
            Day("2026-11-21", "C-90", LATE, "지남", (first("sure", "11-23"), second("avoidable", "11-27"))),
        ],
    ),
]
RETURNED = {
    Col.ORDER_STATUS: "배송완료", Col.RETURN_STATUS: "수거완료", Col.COLLECT_DONE: "2026-11-17 10:00", Col.CHANNEL: "스마트스토어",
}  # fmt: skip
WAYS.append(
    (
        "a return of Tuesday",  # + 3: Wed 11-18, Thu 19, Fri 20
        RETURNED,
        [
            Day("2026-11-20", "C-52", (), "오늘", (back("avoidable", "11-23"),)),
            Day("2026-11-21", "C-77", LATE, "지남", (back("sure", "11-23"),)),
            Day("2026-11-22", "C-77", LATE, "지남", (back("sure", "11-23"),)),
            Day("2026-11-23", "C-77", LATE, "지남", (back("given", "11-23"),)),
        ],
    )
)
WAYS.append(
    (
        "an exchange of before 설날",  # Tue 02-10 + 3: Wed 11, Thu 12, Fri 13; the next working day is 02-19
        {**RETURNED, Col.RETURN_STATUS: None, Col.EXCHANGE_STATUS: "수거완료", Col.COLLECT_DONE: "2026-02-10 10:00"},
        [
            Day("2026-02-13", "C-54", (), "오늘", (("late_exchange", 1, "avoidable", "02-19"),)),
            Day("2026-02-14", "C-78", LATE, "지남", (("late_exchange", 1, "sure", "02-19"),)),
            Day("2026-02-18", "C-78", LATE, "지남", (("late_exchange", 1, "sure", "02-19"),)),
            Day("2026-02-19", "C-78", LATE, "지남", (("late_exchange", 1, "given", "02-19"),)),
        ],
    )
)
TODAYS_SEEN = sorted({day.today for _, _, days in WAYS for day in days})
HOURS = ("00:00", "23:59")
"""The hour changes nothing. The suite takes them in turn; with THOROUGH it takes both for each day."""


@pytest.fixture(scope="module")
def on_that_day(book: Rulebook, workdays: Workdays) -> Callable[[str, str], tuple[Report, dict[str, str]]]:
    """A day's report on all these orders, and the number of each."""

    @cache
    def reported(today: str, hour: str) -> tuple[Report, dict[str, str]]:
        lines = {name: line for name, line, days in WAYS if today in (day.today for day in days)}
        batch, numbers = apart([[line] for line in lines.values()])
        store = with_store(book, today_cutoff="14:00")
        report = think(batch, store, datetime.fromisoformat(f"{today}T{hour}"), workdays)
        return report, dict(zip(lines, (number for (number,) in numbers), strict=True))

    return reported


@pytest.mark.parametrize(
    ("name", "day", "hour"),
    [
        pytest.param(name, day, hour, id=f"{name}, {day.today} {hour}")
        for name, _, days in WAYS
        for day in days
        for hour in (HOURS if THOROUGH else HOURS[TODAYS_SEEN.index(day.today) % 2 :][:1])
    ],
)
def test_over_is_over_in_every_place(
    name: str, day: Day, hour: str, on_that_day: Callable[[str, str], tuple[Report, dict[str, str]]]
) -> None:
    report, numbers = on_that_day(day.today, hour)
    verdict, told = told_by(report, numbers[name])
    assert told == day
    passed = day.mark == "지남"
    assert ("지났습니다" in verdict.why.ko) is passed
    assert sum(event.points for event in verdict.penalties) == sum(
        n for _, n, how, _ in day.points if how != "avoidable"
    )


def test_what_is_over_is_counted_by_every_plan(book: Rulebook, workdays: Workdays) -> None:
    """On Saturday the point of Friday comes on Monday whatever is done."""
    days = report_on(FRIDAY, "2026-11-21", book, workdays).forecast.days
    assert [[days[n].counts[plan].low for plan in Scenario] for n in (1, 2)] == [[0, 0, 0], [1, 1, 1]]
    before = report_on(FRIDAY, "2026-11-20", book, workdays).forecast.days
    assert [before[3].counts[plan].low for plan in Scenario] == [1, 0, 0]


# ── N판매자배송: a point at dawn of each working day (policy §6.1) ───────────────────────────────────

DAILY = [
    # due Fri 11-20. Unsent on Saturday: Monday's point is sure, the next one comes unless it is sent by Monday
    ("2026-11-20", "2026-11-20", [("avoidable", "11-23", "11-20")]),
    ("2026-11-20", "2026-11-21", [("sure", "11-23", "11-20"), ("avoidable", "11-24", "11-23")]),
    ("2026-11-20", "2026-11-22", [("sure", "11-23", "11-20"), ("avoidable", "11-24", "11-23")]),
    ("2026-11-20", "2026-11-23", [("given", "11-23", "11-20"), ("avoidable", "11-24", "11-23")]),
    # due Thu 11-19: Friday's is given, Monday's sure
    (
        "2026-11-19",
        "2026-11-21",
        [("given", "11-20", "11-19"), ("sure", "11-23", "11-19"), ("avoidable", "11-24", "11-23")],
    ),
    # due Wed 09-23; 추석 is off from Thursday to Saturday
    ("2026-09-23", "2026-09-25", [("sure", "09-28", "09-23"), ("avoidable", "09-29", "09-28")]),
]


@pytest.mark.parametrize(("due_on", "today", "expected"), DAILY)
def test_daily_points_of_a_day_off_come_on_the_next_working_day(
    due_on: str, today: str, expected: list[tuple[str, str, str]], book: Rulebook, workdays: Workdays
) -> None:
    points = report_on(due(N_SELLER, due_on), today, book, workdays).points
    lines = points.assign(**{day: points[day].dt.strftime("%m-%d") for day in (Point.DAY, Point.UNTIL)})
    assert list(map(tuple, lines[[Point.STATE, Point.DAY, Point.UNTIL]].to_numpy().tolist())) == expected
    assert set(lines[Point.POINTS]) == {1}


def test_sending_it_on_saturday_costs_mondays_point_too(book: Rulebook, workdays: Workdays) -> None:
    sent = {**due(N_SELLER, "2026-11-20"), Col.ORDER_STATUS: "배송중", Col.DISPATCHED_AT: "2026-11-21 10:00"}
    points = report_on(sent, "2026-11-24", book, workdays).points
    assert points[Point.DAY].dt.strftime("%m-%d").tolist() == ["11-23"]
    assert points[Point.STATE].tolist() == ["given"]

"""Working days, against the worked dates at the end of policy §7."""

from dataclasses import replace
from datetime import date
from importlib import metadata

import holidays
import pandas as pd
import pytest
from test_facts import MONDAY, batch_of, with_store

from processor.judge import Workdays, facts
from processor.model import Col
from processor.rulebook.types import Rulebook

# paid → due +3 → the first point → due +4 → the three points (due +5)
TABLE = [
    pytest.param("2026-04-06", "2026-04-09", "2026-04-10", "2026-04-15", "2026-04-16", id="the official example"),
    pytest.param("2026-04-29", "2026-05-06", "2026-05-07", "2026-05-12", "2026-05-13", id="노동절, 어린이날"),
    pytest.param("2026-07-15", "2026-07-21", "2026-07-22", "2026-07-27", "2026-07-28", id="제헌절"),
    pytest.param("2026-09-22", "2026-09-29", "2026-09-30", "2026-10-06", "2026-10-07", id="추석, 개천절 대체"),
    pytest.param("2025-09-30", "2025-10-10", "2025-10-13", "2025-10-16", "2025-10-17", id="추석 2025"),
    pytest.param("2025-04-29", "2025-05-02", "2025-05-07", "2025-05-12", "2025-05-13", id="05-01 worked before 2026"),
]


def days(*written: str | None) -> pd.Series:
    return pd.Series([pd.NaT if day is None else pd.Timestamp(day) for day in written], dtype="datetime64[us]")


def added(workdays: Workdays, day: str, number: int) -> str:
    return f"{workdays.add(days(day), number)[0]:%Y-%m-%d}"


def counted(workdays: Workdays, start: str, end: str) -> int:
    return int(workdays.count(days(start), days(end))[0])


def corrected(
    book: Rulebook,
    *,
    closed: tuple[date, ...] = (),
    opened: tuple[date, ...] = (),
    store_closed: tuple[date, ...] = (),
) -> Workdays:
    return Workdays(replace(book.calendar, closed=closed, open=opened, store_closed=store_closed))


@pytest.mark.parametrize(("paid", "due", "first", "late", "second"), TABLE)
def test_the_worked_dates_of_the_policy(
    workdays: Workdays, paid: str, due: str, first: str, late: str, second: str
) -> None:
    assert added(workdays, paid, 3) == due
    assert [added(workdays, due, number) for number in (1, 4, 5)] == [first, late, second]
    assert [counted(workdays, due, day) for day in (first, late, second)] == [1, 4, 5]
    assert counted(workdays, second, due) == -5


@pytest.mark.parametrize(
    ("holiday", "next_day"),
    [
        ("2020-04-15", "2020-04-16"),  # election
        ("2020-08-17", "2020-08-18"),  # declared beside 광복절, a Saturday
        ("2021-08-16", "2021-08-17"),  # for 광복절, a Sunday: the first substitute under the act of 2021
        ("2021-10-04", "2021-10-05"),  # for 개천절, a Sunday
        ("2022-03-09", "2022-03-10"),  # election
        ("2022-09-12", "2022-09-13"),  # for 추석, whose last day is a Sunday
        ("2023-01-24", "2023-01-25"),  # for 설, a Sunday
        ("2023-05-29", "2023-05-30"),  # for 부처님오신날, a Saturday: the first
        ("2023-10-02", "2023-10-04"),  # declared between 추석 and 개천절
        ("2024-05-06", "2024-05-07"),  # for 어린이날, a Sunday
        ("2024-10-01", "2024-10-02"),  # 국군의 날, declared for one year
        ("2025-01-27", "2025-01-31"),  # declared beside 설
        ("2025-06-03", "2025-06-04"),  # election
        ("2026-05-01", "2026-05-04"),  # 노동절, a holiday from 2026
        ("2026-06-03", "2026-06-04"),  # election
        ("2026-07-17", "2026-07-20"),  # 제헌절, a holiday again from 2026
        ("2026-09-24", "2026-09-28"),  # 추석, Thursday to Saturday: no substitute
        ("2026-10-05", "2026-10-06"),  # for 개천절, a Saturday
        ("2027-02-09", "2027-02-10"),  # for 설, a Sunday
        ("2027-05-03", "2027-05-04"),  # for 노동절, a Saturday
        ("2027-07-19", "2027-07-20"),  # for 제헌절, a Saturday
        ("2028-10-03", "2028-10-06"),  # 추석 and 개천절 on one day: 10-05 instead
        ("2029-05-07", "2029-05-08"),  # for 어린이날, a Saturday
        ("2030-05-06", "2030-05-07"),  # for 어린이날, a Sunday
    ],
)
def test_a_public_holiday_is_no_working_day(workdays: Workdays, holiday: str, next_day: str) -> None:
    eve = f"{pd.Timestamp(holiday) - pd.Timedelta(days=1):%Y-%m-%d}"
    assert counted(workdays, eve, holiday) == 0
    assert added(workdays, eve, 1) == next_day


@pytest.mark.parametrize(
    "day",
    [
        "2020-07-17",  # 제헌절 was no holiday
        "2021-05-06",  # 어린이날 fell on a Wednesday
        "2022-01-03",  # no substitute for 신정, a Saturday
        "2022-12-26",  # nor for 성탄절, a Sunday: not before 2023
        "2025-05-01",  # no public holiday before 2026
        "2025-10-10",  # the Friday after 추석
        "2026-06-08",  # no substitute for 현충일, a Saturday
        "2026-09-28",  # nor for the Saturday of 추석
        "2026-12-31",
        "2028-01-03",  # no substitute for 신정, a Saturday
    ],
)
def test_these_are_working_days(workdays: Workdays, day: str) -> None:
    eve = f"{pd.Timestamp(day) - pd.Timedelta(days=1):%Y-%m-%d}"
    assert counted(workdays, eve, day) == 1


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        ("2026-11-20", "2026-11-20", 0),  # Friday, the day itself
        ("2026-11-20", "2026-11-23", 1),  # the next working day is Monday
        ("2026-11-21", "2026-11-20", -1),  # due Friday: it is over on Saturday, though its point comes on Monday
        ("2026-11-22", "2026-11-20", -1),  # and on Sunday
        ("2026-11-23", "2026-11-20", -1),  # on Monday it is still one over
        ("2026-11-24", "2026-11-20", -2),
        ("2026-11-21", "2026-11-23", 1),  # due Monday, seen on Saturday
        ("2026-11-20", "2026-11-21", 0),  # due on a Saturday: no working day is left after Friday
        ("2026-11-21", "2026-11-21", 0),  # but on Saturday itself it is not over
        ("2026-11-22", "2026-11-21", -1),
        ("2026-11-23", "2026-11-21", -1),
        ("2026-11-24", "2026-11-21", -2),
        ("2026-11-20", "2026-11-27", 5),
        ("2026-02-13", "2026-02-19", 1),  # 설날: off from Sat 02-14 to Wed 02-18
        ("2026-02-17", "2026-02-19", 1),
        ("2026-02-14", "2026-02-13", -1),
        ("2026-02-18", "2026-02-13", -1),
        ("2026-02-19", "2026-02-13", -1),
        ("2026-02-20", "2026-02-13", -2),
        ("2026-05-01", "2026-04-30", -1),  # 노동절, a Friday
        ("2026-05-04", "2026-04-30", -1),
        ("2026-05-06", "2026-04-30", -2),  # 어린이날 was on Tuesday
    ],
)
def test_days_left_are_counted_in_working_days(workdays: Workdays, today: str, due: str, left: int) -> None:
    assert int(workdays.left(days(f"{today} 00:01"), days(f"{due} 23:59"))[0]) == left
    assert int(workdays.since(days(f"{due} 23:59"), days(f"{today} 00:01"))[0]) == -left


def test_the_hour_does_not_matter(workdays: Workdays) -> None:
    assert counted(workdays, "2026-11-20 23:59", "2026-11-23 00:01") == 1
    assert added(workdays, "2026-11-18 23:59:59", 3) == "2026-11-23"
    assert workdays.add(days("2026-11-18 23:59"), 0)[0] == pd.Timestamp("2026-11-18")


def test_counting_from_a_day_off_starts_with_the_next_working_day(workdays: Workdays) -> None:
    assert added(workdays, "2026-11-21", 1) == "2026-11-23"  # a Saturday
    assert added(workdays, "2026-11-22", 3) == "2026-11-25"  # a Sunday


def test_missing_stays_missing(workdays: Workdays) -> None:
    known, missing = days("2026-11-20", None), days(None, "2026-11-20")
    assert workdays.count(known, missing).isna().all()
    assert workdays.count(missing, known).isna().all()
    assert workdays.add(known, 3).isna().tolist() == [False, True]
    assert workdays.add(known, 0).isna().tolist() == [False, True]


def test_a_column_of_no_rows_stays_one(workdays: Workdays) -> None:
    assert workdays.add(days(), 3).dtype == "datetime64[us]"
    assert workdays.count(days(), days()).dtype == "Int64"


def test_a_day_that_the_seller_closes_is_no_working_day(book: Rulebook) -> None:
    assert added(corrected(book, closed=(date(2026, 11, 19),)), "2026-11-18", 1) == "2026-11-20"


def test_labour_day_2025_is_off_once_the_seller_says_so(book: Rulebook) -> None:
    off = corrected(book, closed=(date(2025, 5, 1),))
    assert added(off, "2025-04-29", 3) == "2025-05-07"  # policy §7: 05-02, or 05-07 if 05-01 is off


def test_a_holiday_that_the_seller_opens_is_a_working_day(book: Rulebook) -> None:
    opened = corrected(book, opened=(date(2026, 5, 1),))
    assert added(opened, "2026-04-30", 1) == "2026-05-01"
    assert added(opened, "2026-04-29", 3) == "2026-05-04"


def test_saturday_is_a_working_day_only_when_the_seller_opens_it(book: Rulebook, workdays: Workdays) -> None:
    year = days(*(f"{day:%Y-%m-%d}" for day in pd.date_range("2026-01-03", "2026-12-26", freq="7D")))
    assert (workdays.count(year - pd.Timedelta(days=1), year) == 0).all()
    opened = corrected(book, opened=(date(2026, 11, 21),))
    assert added(opened, "2026-11-20", 1) == "2026-11-21"
    assert added(opened, "2026-11-27", 1) == "2026-11-30"  # the next Saturday is still off


@pytest.mark.parametrize("first", range(2020, 2030))
def test_one_year_leads_to_the_next(workdays: Workdays, first: int) -> None:
    """신정 is off and has no substitute: from the last working day of a year to the first of the next is one step."""
    last = pd.bdate_range(f"{first}-12-25", f"{first}-12-31")[-1]
    begins = pd.bdate_range(f"{first + 1}-01-02", f"{first + 1}-01-05")[0]
    assert added(workdays, f"{last:%Y-%m-%d}", 1) == f"{begins:%Y-%m-%d}"
    assert counted(workdays, f"{last:%Y-%m-%d}", f"{begins:%Y-%m-%d}") == 1


@pytest.mark.parametrize("year", range(2020, 2031))
def test_the_fixed_holidays_of_each_year_are_off(workdays: Workdays, year: int) -> None:
    fixed = days(*(f"{year}-{day}" for day in ("01-01", "03-01", "05-05", "06-06", "08-15", "10-03", "10-09", "12-25")))
    assert (workdays.count(fixed - pd.Timedelta(days=1), fixed) == 0).all()


def test_a_day_that_is_both_closed_and_open_is_worked(book: Rulebook) -> None:
    both = corrected(book, closed=(date(2026, 11, 19),), opened=(date(2026, 11, 19),))
    assert added(both, "2026-11-18", 1) == "2026-11-19"


# ── 휴무일: only the deadline of 오늘출발 knows them ──────────────────────────────────────────────

WEDNESDAY_OFF = (date(2026, 11, 18),)
TODAY = {
    Col.ORDER_STATUS: "발송대기",
    Col.INVOICE_SEEN: True,
    Col.CHANNEL: "스마트스토어",
    Col.SHIP_ATTRIBUTE: "오늘출발",
}


def due(line: dict[str, object], book: Rulebook, workdays: Workdays) -> str:
    """The due day that counts: the export's own or the computed one."""
    cut_off = with_store(book, today_cutoff="14:00")
    return f"{facts.find(batch_of(line), cut_off, MONDAY, workdays).dates[Col.DUE_AT][0]:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("paid", "open_store", "resting"),
    [
        ("2026-11-17 10:00", "2026-11-17", "2026-11-17"),  # Tuesday before the cut-off
        ("2026-11-17 15:00", "2026-11-18", "2026-11-19"),  # after it: the next day on which the store works
        ("2026-11-18 10:00", "2026-11-18", "2026-11-19"),  # on the day itself
        ("2026-11-18 15:00", "2026-11-19", "2026-11-19"),
        ("2026-11-20 15:00", "2026-11-23", "2026-11-23"),  # a weekend is off either way
    ],
)
def test_a_day_off_of_the_store_moves_the_deadline_of_today_orders(
    paid: str, open_store: str, resting: str, book: Rulebook, workdays: Workdays
) -> None:
    line = {**TODAY, Col.PAID_AT: paid}
    assert due(line, book, workdays) == open_store
    assert due(line, book, corrected(book, store_closed=WEDNESDAY_OFF)) == resting


@pytest.mark.parametrize(
    "line",
    [
        {**TODAY, Col.SHIP_ATTRIBUTE: "일반배송", Col.PAID_AT: "2026-11-16 10:00"},  # + 3
        {**TODAY, Col.SUBSCRIPTION: "2", Col.PAID_AT: "2026-11-18 10:00"},  # + 1
        {**TODAY, Col.SHIP_ATTRIBUTE: "희망일배송", Col.HOPED_AT: "2026-11-19"},
        {**TODAY, Col.DUE_AT: "2026-11-19 23:59", Col.PAID_AT: "2026-11-17 15:00"},  # the export's own goes first
    ],
    ids=["일반", "정기구독", "희망일", "told"],
)
def test_it_moves_no_other_deadline(line: dict[str, object], book: Rulebook, workdays: Workdays) -> None:
    resting = corrected(book, store_closed=(*WEDNESDAY_OFF, date(2026, 11, 19)))
    assert due(line, book, workdays) == due(line, book, resting) == "2026-11-19"


def test_a_day_off_of_the_store_is_a_working_day_for_all_that_is_counted(book: Rulebook, workdays: Workdays) -> None:
    """The seller's own vacation is no exception (policy §6.5)."""
    resting = corrected(book, store_closed=WEDNESDAY_OFF)
    assert counted(resting, "2026-11-16", "2026-11-20") == counted(workdays, "2026-11-16", "2026-11-20") == 4
    assert added(resting, "2026-11-17", 1) == "2026-11-18"
    assert added(resting.of_store(), "2026-11-17", 1) == "2026-11-19"
    assert added(resting, "2026-11-17", 1) == "2026-11-18"  # asking for the one leaves the other as it was


# ── which calendar it was ────────────────────────────────────────────────────────────────────────


def test_the_holidays_are_those_of_the_package(book: Rulebook) -> None:
    plain = Workdays(replace(book.calendar, closed=(), open=()))
    named = holidays.country_holidays("KR", years=range(2015, 2041))
    weekdays = pd.bdate_range("2015-01-01", "2040-12-31").date
    assert [*plain.days(date(2015, 1, 1), date(2040, 12, 31))] == [day for day in weekdays if day not in named]


def test_the_report_can_say_which_calendar_was_used(book: Rulebook, workdays: Workdays) -> None:
    package = f"holidays {metadata.version('holidays')}, KR 2015–2040"
    assert workdays.version == package
    day, other = date(2026, 11, 18), date(2026, 11, 19)
    assert corrected(book, closed=(day, other), opened=(day,)).version == f"{package}, closed 2, open 1"
    assert corrected(book, store_closed=(day,)).version == f"{package}, store_closed 1"

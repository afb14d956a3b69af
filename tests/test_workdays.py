"""Working days, against the worked dates at the end of policy §7."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from processor.judge import Workdays
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


def corrected(book: Rulebook, *, closed: tuple[date, ...] = (), opened: tuple[date, ...] = ()) -> Workdays:
    return Workdays(replace(book.calendar, closed=closed, open=opened))


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
        ("2024-10-01", "2024-10-02"),  # 국군의 날, declared for one year
        ("2025-01-27", "2025-01-31"),  # declared beside 설
        ("2025-06-03", "2025-06-04"),  # election
        ("2026-05-01", "2026-05-04"),  # 노동절, a holiday from 2026
        ("2026-06-03", "2026-06-04"),  # election
        ("2026-07-17", "2026-07-20"),  # 제헌절, a holiday again from 2026
        ("2026-09-24", "2026-09-28"),  # 추석, Thursday to Saturday: no substitute
        ("2026-10-05", "2026-10-06"),  # for 개천절, a Saturday
        ("2027-05-03", "2027-05-04"),  # for 노동절, a Saturday
        ("2027-07-19", "2027-07-20"),  # for 제헌절, a Saturday
    ],
)
def test_a_public_holiday_is_no_working_day(workdays: Workdays, holiday: str, next_day: str) -> None:
    eve = f"{pd.Timestamp(holiday) - pd.Timedelta(days=1):%Y-%m-%d}"
    assert counted(workdays, eve, holiday) == 0
    assert added(workdays, eve, 1) == next_day


@pytest.mark.parametrize("day", ["2025-10-10", "2025-05-01", "2026-06-08", "2026-12-31"])
def test_these_are_working_days(workdays: Workdays, day: str) -> None:
    """The bridge day after 추석; 05-01 before 2026; no substitute for 현충일 on a Saturday; the last day of a year."""
    eve = f"{pd.Timestamp(day) - pd.Timedelta(days=1):%Y-%m-%d}"
    assert counted(workdays, eve, day) == 1


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        ("2026-11-20", "2026-11-20", 0),  # Friday, the day itself
        ("2026-11-20", "2026-11-23", 1),  # the next working day is Monday
        ("2026-11-21", "2026-11-20", 0),  # due Friday, seen on Saturday: nothing is given before Monday
        ("2026-11-22", "2026-11-20", 0),  # and on Sunday
        ("2026-11-23", "2026-11-20", -1),  # on Monday it is one over
        ("2026-11-24", "2026-11-20", -2),
        ("2026-11-20", "2026-11-21", 0),  # due on a Saturday is due on Friday's working day
        ("2026-11-20", "2026-11-27", 5),
    ],
)
def test_days_left_are_counted_in_working_days(workdays: Workdays, today: str, due: str, left: int) -> None:
    assert counted(workdays, today, due) == left


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


def test_the_report_can_say_which_calendar_was_used(workdays: Workdays) -> None:
    assert workdays.version.startswith("holidays 0.")

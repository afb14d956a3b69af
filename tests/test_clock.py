"""A wrong clock costs nothing: it is told before anything happens, and once it is right, all is as if it had never been wrong."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from opened import run

from processor import ledger, samples
from processor.app.desk import Desk
from processor.app.errors import ClockBehind, ClockInDoubt
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.cli.commands import COMMANDS
from processor.intake import Passwords
from processor.intake.ahead import none_ahead
from processor.intake.recognise import Recognised
from processor.intake.sheet import ExportSheet
from processor.model import Col, Kind, Out
from processor.model.clock import odd_pause, on_a_later_day

MONDAY, TUESDAY = datetime(2026, 11, 23, 9), datetime(2026, 11, 24, 9)
HALF_A_YEAR = timedelta(days=180)
HOLIDAY = timedelta(days=45)
ORDERS = "SELECT product_order_no, open, action, rule, act_by FROM orders"


def options(as_of: datetime, **more: bool) -> RunOptions:
    return RunOptions(as_of, Passwords(), **more)


def put(desk: Desk, day: int) -> None:
    """The exports of that day of the week lie in the inbox, and have lain there for a while."""
    samples.write_morning(desk.inbox, samples.mornings(MONDAY)[day])
    for path in desk.inbox.glob("*.xlsx"):
        os.utime(path, (MONDAY.timestamp(),) * 2)


@pytest.fixture(scope="module")
def after_monday(tmp_path_factory, rules_path, book) -> Desk:
    """A desk that has handled Monday, with Tuesday's exports in its inbox. To be copied."""
    desk = Desk(tmp_path_factory.mktemp("clock"))
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir()
    shutil.copy(rules_path, desk.rules)
    put(desk, 0)
    run(desk, book, options(MONDAY))
    put(desk, 1)
    return desk


def copied(desk: Desk, folder: Path) -> Desk:
    shutil.copytree(desk.home, folder)
    return Desk(folder)


def remembered(desk: Desk) -> list[str]:
    with closing(sqlite3.connect(desk.ledger)) as base:
        return [*base.iterdump()]


def names(desk: Desk) -> list[str]:
    return sorted(path.relative_to(desk.home).as_posix() for path in desk.home.rglob("*"))


def decided(done: object) -> dict[str, tuple[str, str, object]]:
    """상품주문번호 → action, rule and deadline."""
    assert isinstance(done, Done)
    rows, verdicts = done.report.rows, done.report.verdicts
    return {
        number: (verdicts[at].action.value, verdicts[at].rule, None if pd.isna(until) else until)
        for number, at, until in zip(rows[Col.PRODUCT_ORDER_NO], rows[Out.SITUATION], rows[Out.ACT_BY], strict=True)
    }


@pytest.mark.slow
def test_a_run_with_a_wrong_clock_is_as_if_it_had_not_been(after_monday, book, tmp_path) -> None:
    right, wrong = copied(after_monday, tmp_path / "right"), copied(after_monday, tmp_path / "wrong")
    before = remembered(wrong), names(wrong)

    for as_of, error in (
        (TUESDAY + HALF_A_YEAR, ClockInDoubt),  # ahead: it would close every order and forget every answer
        (MONDAY - timedelta(days=400), ClockBehind),  # behind, and a file is named after a later day
    ):
        with pytest.raises(error) as told:
            run(wrong, book, options(as_of))
        assert not told.value.wrong_use
    assert (remembered(wrong), names(wrong)) == before

    assert decided(run(wrong, book, options(TUESDAY))) == decided(run(right, book, options(TUESDAY)))
    assert remembered(wrong) == remembered(right)


@pytest.mark.slow
def test_a_run_that_a_wrong_clock_dated_half_a_year_ahead_is_put_back_when_the_clock_is_right(
    after_monday, book, tmp_path
) -> None:
    """Nobody can see that the first run of a desk has a wrong clock; the next one does, and is told which is right."""
    desks = [copied(after_monday, tmp_path / name) for name in ("right", "wrong")]
    for desk in desks:
        desk.ledger.unlink()
    right, wrong = desks
    run(wrong, book, options(TUESDAY + HALF_A_YEAR))
    for desk in desks:
        put(desk, 2)
    wednesday = datetime(2026, 11, 25, 9)

    with pytest.raises(ClockInDoubt, match="the last run was later than that, at 2027-05-23 09:00"):
        run(wrong, book, options(wednesday))
    found = decided(run(wrong, book, options(wednesday, clock_is_right=True)))
    assert found == decided(run(right, book, options(wednesday)))
    assert found

    with closing(sqlite3.connect(wrong.ledger)) as base:
        later = [base.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in (
            "runs WHERE as_of > '2026-11-25T09:00:00'", "orders WHERE decided_at > '2026-11-25T09:00:00' OR since > '2026-11-25T09:00:00'",
            "orders_before WHERE day > '2026-11-25'",
        )]  # fmt: skip
        kept = base.execute(ORDERS).fetchall()
    with closing(sqlite3.connect(right.ledger)) as base:
        assert {*base.execute(ORDERS)} <= {*kept}  # what has left the lists since Tuesday is known to one of them only
    assert later == [0, 0, 0]
    put(wrong, 3)
    assert isinstance(run(wrong, book, options(wednesday + timedelta(days=1))), Done)  # and nothing is in doubt again


@pytest.mark.slow
def test_back_from_a_holiday_of_45_days_one_option_is_enough(after_monday, book, tmp_path) -> None:
    desk = copied(after_monday, tmp_path / "desk")
    back = TUESDAY + HOLIDAY

    with pytest.raises(ClockInDoubt) as told:
        run(desk, book, options(back))
    assert told.value.message.ko == (
        "기준 시각은 2027-01-08 09:00인데 마지막 실행은 2026-11-23 09:00, 46일 전이었습니다. 날짜가 틀리면 아직 끝나지 않은 주문과 적어 주신 답을 잃게 되므로 "
        "아무것도 판단하거나 옮기지 않았습니다. 컴퓨터의 날짜를 확인하고, 틀렸으면 맞춘 뒤 다시 실행하세요. 날짜가 맞으면 --clock-is-right를 붙여 실행하세요."
    )
    assert told.value.details("ko") == {"last_run": "2026-11-23T09:00:00", "as_of": "2027-01-08T09:00:00"}
    assert "--clock-is-right" in [parameter.name for parameter in COMMANDS["run"].parameters]

    pause = "the last run was at 2026-11-23 09:00, 46 days ago"
    rehearsal = run(desk, book, options(back, dry_run=True))  # a rehearsal closes and forgets nothing
    assert isinstance(rehearsal, Done)
    assert any(pause in line for line in rehearsal.lines("en"))
    done = run(desk, book, options(back, clock_is_right=True))
    assert isinstance(done, Done)
    assert any(pause in line for line in done.lines("en"))


@pytest.mark.parametrize(
    ("last", "odd"),
    [
        (MONDAY, False),
        (MONDAY - timedelta(days=40), False),
        (MONDAY - timedelta(days=40, minutes=1), True),
        (MONDAY + timedelta(hours=14), False),  # later on the same day
        (MONDAY + timedelta(hours=16), True),  # the next day
    ],
)
def test_a_pause_is_odd_after_forty_days_or_before_the_day_of_the_last_run(last: datetime, odd: bool) -> None:
    assert bool(odd_pause(last, MONDAY)) == odd


def test_around_midnight_two_clocks_may_differ_by_an_hour() -> None:
    late = datetime(2026, 11, 23, 23, 30)
    assert not on_a_later_day(datetime(2026, 11, 24, 0, 30), late)
    assert on_a_later_day(datetime(2026, 11, 24, 0, 31), late)


# ── files from the future ──


def sheet(kind: Kind, taken_at: datetime, **more: object) -> ExportSheet:
    return ExportSheet("a.xlsx", "a", taken_at, Recognised(kind, 0, {}, {}, {}), **more)  # type: ignore[arg-type]


def test_an_export_from_the_future_is_older_than_every_real_one() -> None:
    next_week, in_a_year = MONDAY + timedelta(days=7), MONDAY + timedelta(days=365)
    real, old = MONDAY - timedelta(hours=1), MONDAY - timedelta(days=9)
    sheets = [
        sheet(Kind.CANCEL, in_a_year),
        sheet(Kind.DISPATCH, real),
        sheet(Kind.CANCEL, next_week),
        sheet(Kind.ANSWERS, next_week),
        sheet(Kind.CANCEL, old, earlier=True),
    ]

    latest, dispatch, late, answers, earlier = none_ahead(sheets, MONDAY)

    assert late.taken_at < latest.taken_at < old < dispatch.taken_at == real
    assert (late.stamp, latest.stamp, dispatch.stamp) == (next_week, in_a_year, None)
    assert answers.taken_at.replace(microsecond=0) == MONDAY
    assert earlier == sheets[-1]


def test_without_a_real_file_one_from_the_future_counts_as_of_now() -> None:
    (alone,) = none_ahead([sheet(Kind.CANCEL, MONDAY + HOLIDAY)], MONDAY)
    assert alone.taken_at == MONDAY
    assert none_ahead([sheet(Kind.CANCEL, MONDAY + timedelta(hours=3))], MONDAY)[0].stamp is None  # later today


@pytest.mark.slow
def test_a_file_from_the_future_is_told_and_does_not_win_over_a_real_one(after_monday, book, tmp_path) -> None:
    """Monday's cancel list, renamed and stamped for next week, says what it said on Monday: Tuesday's list counts."""
    plain, late = copied(after_monday, tmp_path / "plain"), copied(after_monday, tmp_path / "late")
    (monday,) = (late.inbox / "done").rglob("*취소관리*.xlsx")
    stray = late.inbox / "취소.xlsx"
    stray.write_bytes(monday.read_bytes() + b"\0")  # other bytes, so it is not known as the file of Monday
    os.utime(stray, ((TUESDAY + timedelta(days=7)).timestamp(),) * 2)

    expected = decided(run(plain, book, options(TUESDAY)))
    done = run(late, book, options(TUESDAY))

    assert isinstance(done, Done)
    assert [line for line in done.lines("ko") if "파일 시각이 미래인 파일이 1개" in line and "취소.xlsx" in line]
    assert {number: found[0] for number, found in decided(done).items() if number in expected} == {
        number: found[0] for number, found in expected.items()
    }
    with ledger.opened(late.ledger, writing=False) as memory:
        tomorrow = memory.evidence(TUESDAY + timedelta(days=8)).sheets  # when its time has come
    (seen,) = (sheet for sheet in tomorrow if sheet.file == "취소.xlsx")
    assert seen.taken_at == datetime(2026, 11, 24)  # older than the other files of the day on which it was read

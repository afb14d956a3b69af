"""Thirty days of points against what a sanction needs: all numbers were computed by hand from policy §6.4."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from test_facts import Line, batch_of
from test_penalties import GIFT, N_SELLER, SOLD_OUT, TODAY, UNSENT, due

from processor.app.think import think
from processor.judge import Workdays
from processor.judge.points import forecast
from processor.judge.points.stages import History, stage_on
from processor.judge.points.windows import needed, within
from processor.model import POINT, Col, EarlierRun, Forecast, Past, Point, Range, Report, Scenario, Stage
from processor.model.nothing import NOTHING_BEFORE
from processor.rulebook.types import PenaltyNow, Rulebook

pytestmark = pytest.mark.slow

NOW = date(2026, 11, 23)  # a Monday
MORNING = datetime(2026, 11, 23, 9, 0)
LONG_AGO = date(2026, 1, 5)


def lines(*given: tuple[str, int], standing: str = "given", **more: Any) -> pd.DataFrame:
    """Points of invented orders by the day on which they are given."""
    usual = {
        Point.PRODUCT_NO: "", Point.PRODUCT: "", Point.RULE: "P-01", Point.EVENT: "late_dispatch", Point.DAY_ELSE: None,
        Point.UNTIL: None, Point.STATE: standing, Point.DAILY: False, Point.LISTED: True, Point.ENDED: True,
        Point.REMEMBERED: False,
    }  # fmt: skip
    rows = [
        {**usual, Point.PRODUCT_ORDER_NO: f"20261101{number:08}", Point.DAY: day, Point.POINTS: points, **more}
        for number, (day, points) in enumerate(given)
    ]
    table = pd.DataFrame(rows, columns=list(POINT))
    return table.assign(
        **{name: pd.to_datetime(table[name]) for name in (Point.DAY, Point.DAY_ELSE, Point.UNTIL)}
    ).astype(POINT)


def both(*tables: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)


def seen(
    points: pd.DataFrame,
    book: Rulebook,
    workdays: Workdays,
    *,
    paid: int = 25,
    since: date | None = LONG_AGO,
    today: date = NOW,
) -> Forecast:
    return forecast(points, {today: paid}, since, book, today, workdays)


def on(day: str, found: Forecast) -> Any:
    return next(one for one in found.days if one.day == date.fromisoformat(day))


def told(book: Rulebook, **figure: Any) -> Rulebook:
    usual = {"day": NOW, "points": 0, "ratio_percent": None, "stage": None, "stage_since": None}
    return replace(book, store=replace(book.store, penalty_now=PenaltyNow(**{**usual, **figure})))


# ── both bounds ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("points", "paid", "reached"),
    [(12, 100, False), (12, 30, True), (9, 10, False), (10, 26, False), (10, 25, True)],
    ids=["12 %", "40 %", "90 % but under 10", "38.5 %", "40 % and 10"],
)
def test_a_sanction_needs_ten_points_and_forty_percent(
    points: int, paid: int, reached: bool, book: Rulebook, workdays: Workdays
) -> None:
    found = seen(lines(("2026-11-23", points)), book, workdays, paid=paid)
    assert {plan: day == NOW for plan, day in found.reached.items()} == dict.fromkeys(Scenario, reached)
    assert (points >= found.need.low) is reached


@pytest.mark.parametrize(
    ("paid", "points"), [(0, 10), (1, 10), (25, 10), (26, 11), (27, 11), (28, 12), (100, 40), (101, 41), (1000, 400)]
)
def test_the_points_that_are_needed(paid: int, points: int, book: Rulebook) -> None:
    """40 % of 26 are 10.4, so eleven."""
    assert needed(paid, book.penalties.sanction) == points


# ── the window ───────────────────────────────────────────────────────────────────────────────────


def test_a_point_counts_for_thirty_days_and_not_on_the_thirty_first() -> None:
    given = {date(2026, 11, 1): 2}
    assert [within(date(2026, 10, 31), given, 30), within(date(2026, 11, 1), given, 30)] == [0, 2]
    assert [within(date(2026, 11, 30), given, 30), within(date(2026, 12, 1), given, 30)] == [2, 0]


def test_what_expires_is_said_on_its_day(book: Rulebook, workdays: Workdays) -> None:
    """RememberedAnswer on 10-25: day 30 is 11-23, so it is gone on 11-24."""
    found = seen(lines(("2026-10-25", 3), ("2026-11-10", 1)), book, workdays)
    assert (on("2026-11-23", found).held, on("2026-11-24", found).held) == (Range(4, 4), Range(1, 1))
    assert (on("2026-11-23", found).expiring, on("2026-11-24", found).expiring) == (0, 3)
    assert (on("2026-12-09", found).held, on("2026-12-10", found).held) == (Range(1, 1), Range(0, 0))


def test_the_forecast_begins_today_and_looks_thirty_days_ahead(book: Rulebook, workdays: Workdays) -> None:
    found = seen(lines(), book, workdays)
    assert (found.days[0].day, found.days[-1].day, len(found.days)) == (NOW, date(2026, 12, 23), 31)


def test_paid_orders_are_those_of_the_last_thirty_days(book: Rulebook, workdays: Workdays) -> None:
    paid = {date(2026, 10, 24): 100, date(2026, 10, 25): 7, date(2026, 11, 23): 5}
    assert forecast(lines(), paid, LONG_AGO, book, NOW, workdays).paid == Range(12, 12)


@pytest.mark.parametrize(
    ("as_of", "held"), [("2026-11-23 23:59:59", 0), ("2026-11-24 00:00:00", 1)], ids=["before midnight", "at midnight"]
)
def test_the_day_changes_at_midnight_in_korea(as_of: str, held: int, book: Rulebook, workdays: Workdays) -> None:
    """Due on Monday the 23rd: the point is given at dawn of the 24th."""
    report = think(batch_of({**UNSENT, **due("2026-11-23")}), book, datetime.fromisoformat(as_of), workdays)
    assert report.forecast.days[0].held.low == held


@pytest.mark.parametrize(("paid_at", "counted"), [("2026-10-24 23:59:59", 0), ("2026-10-25 00:00:00", 1)])
def test_an_order_counts_by_the_korean_day_of_its_payment(
    paid_at: str, counted: int, book: Rulebook, workdays: Workdays
) -> None:
    report = think(batch_of({**UNSENT, Col.PAID_AT: paid_at}), book, MORNING, workdays)
    assert report.forecast.paid.low == counted


# ── what may be done ─────────────────────────────────────────────────────────────────────────────


def test_the_three_plans_differ_by_what_they_avoid(book: Rulebook, workdays: Workdays) -> None:
    points = both(
        lines(("2026-11-20", 1)),
        lines(("2026-11-25", 10), standing="avoidable"),  # on today's list, and the list ends it
        lines(("2026-11-26", 100), standing="avoidable", **{Point.ENDED: False}),  # only a talk, or not yet its turn
        lines(("2026-11-24", 1000), standing="by_action"),
        lines(("2026-11-24", 10000), standing="sure"),
    )
    found = seen(points, book, workdays)
    assert {plan: number.low for plan, number in on("2026-11-26", found).counts.items()} == {
        Scenario.NOTHING: 10111,
        Scenario.TODAY: 11101,
        Scenario.ALWAYS: 11001,
    }
    assert [on(day, found).coming for day in ("2026-11-24", "2026-11-25", "2026-11-26")] == [10000, 10, 100]


def test_daily_points_come_on_every_working_day_from_their_first(book: Rulebook, workdays: Workdays) -> None:
    """From Tuesday 11-24: four more that week, five the next, and so on."""
    found = seen(lines(("2026-11-24", 1), standing="avoidable", **{Point.DAILY: True}), book, workdays)
    counts = [
        on(day, found).counts[Scenario.NOTHING].low for day in ("2026-11-23", "2026-11-27", "2026-11-29", "2026-11-30")
    ]
    assert counts == [0, 4, 4, 5]
    assert all(day.counts[Scenario.ALWAYS].low == 0 for day in found.days)


def test_the_room_is_measured_at_the_worst_moment_with_all_lists_done(book: Rulebook, workdays: Workdays) -> None:
    """25 paid orders: ten points bring the sanction. Three are there, two come: four more are harmless, two sold-out cancels."""
    found = seen(both(lines(("2026-11-20", 3)), lines(("2026-11-24", 2), standing="by_action")), book, workdays)
    assert (found.room, found.sold_out_room) == (4, 2)
    assert found.reached == dict.fromkeys(Scenario)


def test_old_points_that_expire_first_make_room(book: Rulebook, workdays: Workdays) -> None:
    """Eight points go on 11-24, the day on which two come: never more than eight at once."""
    points = both(lines(("2026-10-25", 8)), lines(("2026-11-24", 2), standing="by_action"))
    assert (seen(points, book, workdays).room, seen(points, book, workdays).reached[Scenario.TODAY]) == (1, None)


def test_a_room_that_is_used_up_is_negative(book: Rulebook, workdays: Workdays) -> None:
    found = seen(lines(("2026-11-20", 12)), book, workdays)
    assert (found.room, found.sold_out_room) == (-3, 0)


@pytest.mark.parametrize(
    ("points", "paid", "early"),
    [(7, 10, True), (6, 10, False), (7, 23, True), (7, 24, False), (7, 1000, False)],
    ids=["near", "too few points", "30.4 %", "29.2 %", "far from the ratio"],
)
def test_an_early_warning_needs_both_bounds_to_be_near(
    points: int, paid: int, early: bool, book: Rulebook, workdays: Workdays
) -> None:
    assert seen(lines(("2026-11-20", points)), book, workdays, paid=paid).early is early


# ── what is not known ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("since", "today_known", "known_from"),
    [
        (None, False, None),
        ("2026-11-20", False, "2026-12-20"),
        ("2026-10-24", True, "2026-11-23"),
        ("2026-10-25", False, "2026-11-24"),
    ],
)
def test_points_from_before_the_history_are_unknown_until_they_must_have_expired(
    since: str | None, today_known: bool, known_from: str | None, book: Rulebook, workdays: Workdays
) -> None:
    found = seen(lines(("2026-11-20", 2)), book, workdays, since=date.fromisoformat(since) if since else None)
    assert found.days[0].held == (Range(2, 2) if today_known else Range(2, None))
    known = [day.day for day in found.days if day.held.high is not None]
    assert (known[0] if known else None) == (date.fromisoformat(known_from) if known_from else None)


def test_a_short_history_of_orders_gives_a_range(book: Rulebook, workdays: Workdays) -> None:
    """Ten days of ten orders: at least 110 with today's, perhaps 300 in thirty days."""
    paid = {NOW - timedelta(days=back): 10 for back in range(11)}
    found = forecast(lines(), paid, NOW - timedelta(days=10), book, NOW, workdays)
    assert (found.paid, found.need) == (Range(110, 300), Range(44, 120))


def test_after_a_few_days_nobody_knows_how_many_orders_a_month_has(book: Rulebook, workdays: Workdays) -> None:
    found = forecast(lines(), {NOW: 10}, NOW - timedelta(days=4), book, NOW, workdays)
    assert (found.paid, found.need) == (Range(10, None), Range(10, None))


# ── the seller's own figure ──────────────────────────────────────────────────────────────────────


def test_the_sellers_figure_of_today_is_what_there_is(book: Rulebook, workdays: Workdays) -> None:
    found = seen(lines(("2026-11-20", 2)), told(book, points=6), workdays, since=None)
    assert found.entered_on == NOW
    assert on("2026-11-23", found).held == Range(6, 6)
    assert on("2026-11-24", found).held == Range(2, 6)  # the four that we did not see may be over on any day
    assert on("2026-12-22", found).held == Range(0, 4)
    assert on("2026-12-23", found).held == Range(0, 0)  # thirty days later they are over for sure


def test_an_older_figure_is_counted_on_from(book: Rulebook, workdays: Workdays) -> None:
    """Six on the 20th, of which we knew one; one more was given on the 23rd."""
    points = lines(("2026-11-19", 1), ("2026-11-23", 1))
    found = seen(points, told(book, points=6, day=date(2026, 11, 20)), workdays, since=None)
    assert on("2026-11-23", found).held == Range(2, 7)


def test_where_we_counted_too_many_the_seller_center_is_right(book: Rulebook, workdays: Workdays) -> None:
    found = seen(lines(("2026-11-20", 5)), told(book, points=3), workdays)
    assert (on("2026-11-23", found).held, on("2026-11-24", found).held) == (Range(3, 3), Range(3, 5))


@pytest.mark.parametrize(("day", "used"), [("2026-10-24", False), ("2026-10-25", True), ("2026-11-24", False)])
def test_a_figure_counts_as_long_as_its_points_do(day: str, used: bool, book: Rulebook, workdays: Workdays) -> None:
    found = seen(lines(), told(book, points=6, day=date.fromisoformat(day)), workdays)
    assert (found.entered_on is not None) is used


@pytest.mark.parametrize(
    ("points", "ratio", "paid"),
    [
        (6, 12, Range(47, 50)),
        (10, 40, Range(25, 25)),
        (5, 0, Range(501, None)),
        (0, 0, Range(25, 25)),
        (6, None, Range(25, 25)),
    ],
    ids=["6 of 47 are 12.8 %, of 50 12 %", "10 of 25", "under one percent", "no points, no ratio", "not told"],
)
def test_its_ratio_tells_the_paid_orders(
    points: int, ratio: int | None, paid: Range, book: Rulebook, workdays: Workdays
) -> None:
    assert seen(lines(), told(book, points=points, ratio_percent=ratio), workdays).paid == paid


def test_a_sanction_that_only_may_come_is_told_for_its_earliest_day(book: Rulebook, workdays: Workdays) -> None:
    points = both(lines(("2026-11-20", 2)), lines(("2026-11-25", 4), standing="avoidable"))
    found = seen(points, told(book, points=6), workdays)
    assert found.reached == {Scenario.NOTHING: date(2026, 11, 25), Scenario.TODAY: None, Scenario.ALWAYS: None}


# ── stages ───────────────────────────────────────────────────────────────────────────────────────

STEADY = {LONG_AGO + timedelta(days=number): 1 for number in range(400)}  # thirty paid orders in every window


def staged(given: dict[str, int], book: Rulebook, *, since: date | None = LONG_AGO, today: date = NOW) -> Stage | None:
    points = {date.fromisoformat(day): number for day, number in given.items()}
    return stage_on(today, History(points, STEADY, since), book)


def test_each_sanction_is_one_stage_further_and_the_last_one_stays(book: Rulebook) -> None:
    """Thirty orders: twelve points. They are over thirty days later, so that the next twelve are a new sanction."""
    given = {"2026-03-02": 12, "2026-05-04": 12, "2026-07-06": 12, "2026-09-07": 12}
    dates = [date.fromisoformat(day) for day in given]
    assert [staged(given, book, today=day) for day in dates] == [
        Stage(number, day, False) for number, day in zip((1, 2, 3, 3), dates, strict=True)
    ]


def test_points_that_stay_over_the_bounds_are_one_sanction(book: Rulebook) -> None:
    assert staged({"2026-03-02": 12, "2026-03-20": 3, "2026-03-25": 5}, book) == Stage(
        1, date(2026, 3, 2), entered=False
    )


def test_a_stage_is_forgotten_a_year_after_the_last_sanction(book: Rulebook) -> None:
    one = told(book, stage=2, stage_since=date(2025, 11, 24), day=date(2026, 11, 1))
    assert staged({}, one, today=date(2026, 11, 23)) == Stage(2, date(2025, 11, 24), entered=True)
    assert staged({}, one, today=date(2026, 11, 24)) == Stage(0, None, entered=True)


def test_a_sanction_after_the_sellers_word_goes_on_from_there(book: Rulebook) -> None:
    one = told(book, stage=1, stage_since=date(2026, 8, 3), day=date(2026, 9, 1))
    assert staged({"2026-10-05": 12}, one) == Stage(2, date(2026, 10, 5), entered=False)


def test_a_sanction_after_a_forgotten_one_is_the_first_again(book: Rulebook) -> None:
    one = told(book, stage=2, stage_since=date(2025, 10, 1), day=date(2026, 9, 1))
    assert staged({"2026-10-05": 12}, one) == Stage(1, date(2026, 10, 5), entered=False)


def test_without_a_year_to_look_back_on_nobody_knows(book: Rulebook) -> None:
    assert staged({}, book, since=None) is None
    assert staged({}, book, since=date(2025, 11, 24)) is None
    assert staged({}, book, since=date(2025, 11, 23)) == Stage(0, None, entered=False)


def test_the_default_stages_are_those_of_the_policy(book: Rulebook) -> None:
    steps = book.penalties.steps
    assert [stage.ko for stage in steps.stages] == ["주의", "경고", "이용제한"]
    assert (steps.memory_days, book.penalties.sanction.window_days) == (365, 30)


# ── from the orders ──────────────────────────────────────────────────────────────────────────────


def judged(
    book: Rulebook, workdays: Workdays, *orders: Line, past: Past = NOTHING_BEFORE, as_of: datetime = MORNING
) -> Report:
    return think(batch_of(*orders), book, as_of, workdays, past)


def told_of(report: Report) -> list[tuple[str, int, str, str, str]]:
    """event, points, standing, day, until."""
    days = report.points.assign(
        **{name: report.points[name].dt.strftime("%m-%d").fillna("") for name in (Point.DAY, Point.UNTIL)}
    )
    columns = [Point.EVENT, Point.POINTS, Point.STATE, Point.DAY, Point.UNTIL]
    return [tuple(row) for row in days[columns].to_numpy().tolist()]


def test_an_order_in_time_may_cost_one_and_then_three(book: Rulebook, workdays: Workdays) -> None:
    """Due Wed 11-25: 1 at dawn of 11-26; 3 at dawn of Wed 12-02, or of 12-01 by the other reading: so act by 11-30."""
    report = judged(book, workdays, {**UNSENT, **due("2026-11-25")})
    assert told_of(report) == [
        ("late_dispatch", 1, "avoidable", "11-26", "11-25"),
        ("late_dispatch_2", 3, "avoidable", "12-02", "11-30"),
    ]
    assert report.points[Point.DAY_ELSE].dt.strftime("%m-%d").tolist()[1] == "12-01"


def test_once_the_safer_day_is_over_the_other_one_holds(book: Rulebook, workdays: Workdays) -> None:
    """Due Tue 11-17: the safer reading ended on 11-20, the other one ends today."""
    report = judged(book, workdays, {**UNSENT, **due("2026-11-17")})
    assert told_of(report) == [
        ("late_dispatch", 1, "given", "11-18", "11-17"),
        ("late_dispatch_2", 3, "avoidable", "11-24", "11-23"),
    ]


def test_on_a_saturday_fridays_point_is_sure(book: Rulebook, workdays: Workdays) -> None:
    report = judged(book, workdays, {**UNSENT, **due("2026-11-20")}, as_of=datetime(2026, 11, 21, 9, 0))
    assert told_of(report)[0] == ("late_dispatch", 1, "sure", "11-23", "11-20")


def test_sending_it_on_saturday_does_not_mend_friday(book: Rulebook, workdays: Workdays) -> None:
    sent = {**UNSENT, **due("2026-11-20"), Col.ORDER_STATUS: "배송중", Col.DISPATCHED_AT: "2026-11-21 10:00"}
    report = judged(book, workdays, sent, as_of=datetime(2026, 11, 21, 12, 0))
    assert told_of(report) == [("late_dispatch", 1, "sure", "11-23", "11-20")]


def test_a_sold_out_cancel_ends_what_would_have_been_late(book: Rulebook, workdays: Workdays) -> None:
    report = judged(book, workdays, {**UNSENT, **SOLD_OUT})
    assert ("sold_out_cancel", 2, "by_action", "11-24", "") in told_of(report)
    last = report.forecast.days[-1].counts
    assert [last[plan].low for plan in Scenario] == [4, 2, 2]


@pytest.mark.parametrize(
    ("kind", "points"), [(UNSENT, 2), (TODAY, 2), (GIFT, 3), ({**UNSENT, Col.SUBSCRIPTION: "3"}, 3)]
)
def test_a_planned_cancel_counts_by_its_kind(kind: Line, points: int, book: Rulebook, workdays: Workdays) -> None:
    report = judged(book, workdays, {**kind, **SOLD_OUT})
    assert report.forecast.days[1].counts[Scenario.TODAY].low == points


def test_n_seller_delivery_costs_a_point_a_day_until_it_is_sent(book: Rulebook, workdays: Workdays) -> None:
    """Due Thu 11-19: one on 11-20, one on 11-23, and one on each working day from tomorrow."""
    report = judged(book, workdays, {**N_SELLER, **due("2026-11-19")})
    assert told_of(report) == [
        ("late_dispatch_daily", 1, "given", "11-20", "11-19"),
        ("late_dispatch_daily", 1, "given", "11-23", "11-19"),
        ("late_dispatch_daily", 1, "avoidable", "11-24", "11-23"),
    ]
    assert report.forecast.days[7].counts[Scenario.NOTHING].low == 7  # Mon 11-30
    assert report.forecast.days[7].counts[Scenario.TODAY].low == 2


def test_no_order_costs_less_by_waiting(book: Rulebook, workdays: Workdays) -> None:
    kinds = (UNSENT, TODAY, GIFT, N_SELLER, {**UNSENT, **SOLD_OUT})
    report = judged(book, workdays, *({**kind, **due("2026-11-24")} for kind in kinds))
    for day in report.forecast.days[10:]:
        assert day.counts[Scenario.NOTHING].low >= day.counts[Scenario.ALWAYS].low


def test_points_and_forecast_say_the_same(book: Rulebook, workdays: Workdays) -> None:
    report = judged(
        book, workdays, {**UNSENT, **due("2026-11-16")}, {**UNSENT, **SOLD_OUT}, {**N_SELLER, **due("2026-11-18")}
    )
    given = report.points[report.points[Point.STATE].eq("given")]
    assert report.forecast.days[0].held.low == given[Point.POINTS].sum() == 4 + 3


def test_points_older_than_the_window_are_left_out(book: Rulebook, workdays: Workdays) -> None:
    """Due Mon 10-12: 1 on 10-13, and 3 on 10-19; the window begins on 10-25."""
    report = judged(book, workdays, {**UNSENT, **due("2026-10-12")})
    assert report.points.empty
    assert report.forecast.days[0].held.low == 0


# ── with memory ──────────────────────────────────────────────────────────────────────────────────


def remembering(points: pd.DataFrame, since: date = LONG_AGO, **more: Any) -> Past:
    runs = {"then": EarlierRun(1, datetime(since.year, since.month, since.day, 9))}
    return replace(NOTHING_BEFORE, points=points.assign(**{Point.REMEMBERED: True}), runs=runs, **more)


def test_points_of_orders_that_are_gone_still_count(book: Rulebook, workdays: Workdays) -> None:
    past = remembering(lines(("2026-11-12", 1), ("2026-11-13", 3)))
    report = judged(book, workdays, UNSENT, past=past)
    assert report.forecast.days[0].held == Range(4, 4)
    assert report.points[Point.REMEMBERED].tolist() == [True, True]


def test_the_same_event_is_not_counted_twice(book: Rulebook, workdays: Workdays) -> None:
    order = {**UNSENT, **due("2026-11-19"), Col.PRODUCT_ORDER_NO: "2026110100000000"}
    report = judged(book, workdays, order, past=remembering(lines(("2026-11-20", 1))))
    assert report.forecast.days[0].held == Range(1, 1)


def test_an_event_that_came_once_does_not_come_again(book: Rulebook, workdays: Workdays) -> None:
    """The deadline was moved to 11-25 after the point had been given: only the second stage still threatens."""
    order = {**UNSENT, **due("2026-11-25"), Col.PRODUCT_ORDER_NO: "2026110100000000"}
    report = judged(book, workdays, order, past=remembering(lines(("2026-11-20", 1))))
    assert [row[:3] for row in told_of(report)] == [("late_dispatch_2", 3, "avoidable"), ("late_dispatch", 1, "given")]


def planned(day: str) -> pd.DataFrame:
    return lines((day, 2), standing="by_action", **{Point.RULE: "P-06", Point.EVENT: "sold_out_cancel"})


def test_a_cancel_that_was_planned_counts_once_its_order_is_gone(book: Rulebook, workdays: Workdays) -> None:
    report = judged(book, workdays, UNSENT, past=remembering(planned("2026-11-20")))
    assert report.forecast.days[0].held == Range(2, 2)


def test_a_cancel_that_was_planned_and_not_done_brings_nothing(book: Rulebook, workdays: Workdays) -> None:
    order = {**UNSENT, **due("2026-12-10"), Col.PRODUCT_ORDER_NO: "2026110100000000"}
    report = judged(book, workdays, order, past=remembering(planned("2026-11-20")))
    assert report.forecast.days[0].held == Range(0, 0)


def test_a_cancel_of_this_morning_comes_tomorrow(book: Rulebook, workdays: Workdays) -> None:
    report = judged(book, workdays, UNSENT, past=remembering(planned("2026-11-24")))
    assert told_of(report)[0] == ("sold_out_cancel", 2, "by_action", "11-24", "")
    assert [report.forecast.days[1].counts[plan].low for plan in Scenario] == [0, 2, 2]


def test_a_point_of_saturday_that_nothing_avoids_is_still_sure_on_sunday(book: Rulebook, workdays: Workdays) -> None:
    report = judged(book, workdays, UNSENT, past=remembering(lines(("2026-11-24", 1))))
    assert told_of(report)[0][:4] == ("late_dispatch", 1, "sure", "11-24")


def test_orders_of_earlier_runs_count_as_paid(book: Rulebook, workdays: Workdays) -> None:
    past = remembering(lines(), paid={date(2026, 11, 2): 40})
    report = judged(book, workdays, {**UNSENT, Col.PAID_AT: "2026-11-20 10:00"}, past=past)
    assert report.forecast.paid == Range(41, 41)


def test_an_unpaid_order_is_not_paid_and_one_without_a_day_counts_by_its_number(
    book: Rulebook, workdays: Workdays
) -> None:
    """Its number begins with the day of the order, 2026-11-18."""
    report = judged(
        book,
        workdays,
        {**UNSENT, Col.ORDER_STATUS: "결제대기", Col.INVOICE_SEEN: False},
        UNSENT,
        past=remembering(lines()),
    )
    assert report.forecast.paid == Range(1, 1)

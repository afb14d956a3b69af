"""Rules that begin and end: an order is judged by the rows of the day, an event by those of its own day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from ended import read_once
from test_facts import Line, batch_of

from processor import rulebook
from processor.app.think import think
from processor.judge import WORDS, Workdays
from processor.model import Col, Out, Report
from processor.outbox import grid
from processor.rulebook import Rulebook, overdue, standing
from processor.rulebook.types import Dated, Row, Table

pytestmark = pytest.mark.slow

LAST, FIRST = date(2026, 11, 30), date(2026, 12, 1)  # a Monday and the Tuesday after it
EVENING, MIDNIGHT = datetime(2026, 11, 30, 23, 59), datetime(2026, 12, 1, 0, 0)
LATE = {
    Col.ORDER_STATUS: "발송대기", Col.INVOICE_SEEN: True, Col.SHIP_METHOD: "택배,등기,소포", Col.CHANNEL: "스마트스토어",
    Col.SHIP_ATTRIBUTE: "일반배송", Col.ORDER_SUBSTATUS: "발주확인", Col.FULFILLMENT: "", Col.DUE_AT: "2026-11-26 23:59",
}  # fmt: skip  # on either day less than five working days late

OLD_DECISION = "{id: C-61, when: {요청: 없음, 발송기한: -4~-1},"
NEW_DECISION = (
    "{id: C-98, when: {요청: 없음, 발송기한: -4~-1}, 부터: 2026-12-01, 조치: 고객협의, 이유: 먼저 알립니다, en: tell first, 출처: [판단]}\n"
    "  - {id: C-61, when: {요청: 없음, 발송기한: -4~-1}, 까지: 2026-11-30,"
)
NEW_EXAMPLE = "  - {name: 새 규칙으로 늦음, given: {요청: 없음, 주문상태: 신규, 송장: 없음, 발송기한: -2}, 날: 2026-12-01, expect: C-98}\n"
AN_EXAMPLE = "  - {name: 한 파일에 서로 다른 줄,"
OLD_FEE = "{id: F-05, when: {조치: 발송},"
NEW_FEE = (
    "{id: F-98, when: {조치: 발송}, 부터: 2026-12-01, 부담: 판매자, 이유: 새 규칙, en: new, 출처: [판단]}\n"
    "  - {id: F-05, when: {조치: 발송}, 까지: 2026-11-30,"
)
A_FEE_EXAMPLE = "  - {name: 할 일이 없음, "
NEW_FEE_EXAMPLE = "  - {name: 새 규칙, given: {조치: 발송, 요청: 없음}, 날: 2026-12-01, expect: F-98}\n"

Rules = Callable[..., Rulebook]


@pytest.fixture
def rules(rules_path: Path, tmp_path: Path) -> Rules:
    """The default rules with several texts, each of which stands there once, replaced by others."""

    def read(*changes: tuple[str, str]) -> Rulebook:
        text = rules_path.read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "rules.yaml"
        path.write_text(text, "utf-8")
        return read_once(path, WORDS)

    return read


@pytest.fixture
def changing(rules: Rules) -> Rulebook:
    """C-98 takes the place of C-61, and F-98 that of F-05, from Tuesday on."""
    return rules(
        (OLD_DECISION, NEW_DECISION),
        (AN_EXAMPLE, NEW_EXAMPLE + AN_EXAMPLE),
        (OLD_FEE, NEW_FEE),
        (A_FEE_EXAMPLE, NEW_FEE_EXAMPLE + A_FEE_EXAMPLE),
    )


def judged(line: Line, book: Rulebook, workdays: Workdays, as_of: datetime = EVENING) -> Report:
    return think(batch_of(line), book, as_of, workdays)


# ── decisions and fees: the rows of the day ──────────────────────────────────────────────────────


def test_an_order_is_judged_by_the_rows_of_the_day(changing: Rulebook, workdays: Workdays):
    (before,) = judged(LATE, changing, workdays, EVENING).verdicts
    (after,) = judged(LATE, changing, workdays, MIDNIGHT).verdicts
    assert (before.rule, after.rule) == ("C-61", "C-98")


def test_a_fee_is_ruled_by_the_rows_of_the_day(changing: Rulebook, workdays: Workdays):
    due_today = {**LATE, Col.DUE_AT: "2026-12-01 23:59"}
    (before,) = judged(due_today, changing, workdays, EVENING).verdicts
    (after,) = judged(due_today, changing, workdays, MIDNIGHT).verdicts
    assert (before.rule, after.rule) == ("C-62", "C-62")
    assert (before.fee.rule, after.fee.rule) == ("F-05", "F-98")


def test_a_row_that_sleeps_is_no_reason_why_not(changing: Rulebook, workdays: Workdays):
    """The nearest row that did not fit must be one that could have."""
    for as_of, asleep in ((EVENING, "C-98"), (MIDNIGHT, "C-61")):
        (verdict,) = judged({**LATE, Col.DUE_AT: "2026-12-07 23:59"}, changing, workdays, as_of).verdicts
        assert verdict.why_not is None or verdict.why_not.rule != asleep


def test_a_row_holds_on_its_first_and_its_last_day(changing: Rulebook):
    rows = {row.id: row for row in changing.decisions.rows}
    assert (rows["C-61"].since, rows["C-61"].until) == (None, LAST)
    assert (rows["C-98"].since, rows["C-98"].until) == (FIRST, None)
    assert [rows["C-61"].holds(day) for day in (date.min, LAST, FIRST)] == [True, True, False]
    assert [rows["C-98"].holds(day) for day in (LAST, FIRST, date.max)] == [False, True, True]


def test_an_example_is_tried_on_its_own_day_and_else_on_that_of_the_rules(changing: Rulebook):
    days = {example.name: example.day for example in changing.decisions.examples}
    assert days["새 규칙으로 늦음"] == FIRST
    assert days["하루 늦음 (시작)"] == date.fromisoformat(changing.version) == date(2026, 11, 30)


def test_an_example_of_a_day_on_which_another_row_answers_is_a_complaint(rules: Rules):
    """C-61 and C-98 say the same of the same orders; only the day tells them apart."""
    early = NEW_EXAMPLE.replace("날: 2026-12-01, ", "")
    with pytest.raises(rulebook.RulesError) as caught:
        rules((OLD_DECISION, NEW_DECISION), (AN_EXAMPLE, early + AN_EXAMPLE))
    assert [complaint.message.ko for complaint in caught.value.complaints] == [
        "예시 '새 규칙으로 늦음'의 날(2026-11-30)에는 C-98 줄이 쓰이지 않습니다. 예시에 `날: 2027-01-31`처럼 그 줄이 쓰이는 날을 적으세요."
    ]


def test_a_gap_between_two_rows_is_filled_by_no_one(rules: Rules):
    """Nobody answers on Tuesday: C-64 is gone, and C-98 begins on Wednesday."""
    gone = "{id: C-64, when: {요청: 없음}, "
    begins = (
        "{id: C-98, when: {요청: 없음}, 부터: 2026-12-02, 조치: 발송, 이유: 보내세요, en: send it, 출처: [판단]}\n  - "
    )
    with pytest.raises(rulebook.RulesError) as caught:
        rules((gone, begins + gone + "까지: 2026-11-30, "))
    said = {complaint.message.ko for complaint in caught.value.complaints}
    assert any(text.startswith("2026-12-01부터 {") and "답하는 줄이 없습니다" in text for text in said)


# ── penalties: the row of the event's own day ────────────────────────────────────────────────────


def with_row(book: Rulebook, rule: str, **days: date) -> Rulebook:
    def dated(row: Row) -> Row:
        return replace(row, **days) if row.id == rule else row

    table: Table = replace(book.penalties.table, rows=tuple(map(dated, book.penalties.table.rows)))
    return replace(book, penalties=replace(book.penalties, table=table))


def points(line: Line, book: Rulebook, workdays: Workdays) -> dict[str, int]:
    (verdict,) = judged(line, book, workdays, datetime(2026, 11, 30, 6, 0)).verdicts
    return {event.event: event.points for event in verdict.penalties}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"since": date(2026, 11, 26)}, {"late_dispatch": 1}),
        ({"since": date(2026, 11, 27)}, {}),
        ({"until": date(2026, 11, 26)}, {"late_dispatch": 1}),  # over by now, but not when it was missed
        ({"until": date(2026, 11, 25)}, {}),
        ({"since": date(2026, 11, 26), "until": date(2026, 11, 26)}, {"late_dispatch": 1}),
    ],
)
def test_an_event_counts_on_the_days_of_its_row_only(days, expected, book: Rulebook, workdays: Workdays):
    """Due on Thursday 11-26, judged on Monday."""
    assert points(LATE, with_row(book, "P-01", **days), workdays) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({}, 5),  # 17, 18, 19, 20 and 23
        ({"since": date(2026, 11, 26)}, 3),
        ({"until": date(2026, 11, 25)}, 2),
        ({"since": date(2026, 11, 25), "until": date(2026, 11, 27)}, 3),
        ({"since": date(2026, 11, 28), "until": date(2026, 11, 29)}, 0),  # a weekend
    ],
)
def test_daily_points_come_on_the_days_of_their_row_only(days, expected, book: Rulebook, workdays: Workdays):
    fast = {**LATE, Col.SHIP_ATTRIBUTE: "N판매자배송", Col.DUE_AT: "2026-11-23 23:59"}
    found = points(fast, with_row(book, "P-12", **days), workdays)
    assert found == ({"late_dispatch_daily": expected} if expected else {})


def test_a_penalty_row_is_dated_in_the_file_too(rules: Rules, workdays: Workdays):
    book = rules(("{id: P-01, event: late_dispatch, ", "{id: P-01, 부터: 2026-11-27, event: late_dispatch, "))
    assert points(LATE, book, workdays) == {}
    assert points({**LATE, Col.DUE_AT: "2026-11-27 23:59"}, book, workdays) == {"late_dispatch": 1}


# ── days to dispatch and to answer: the number of the day on which they begin to run ─────────────

CHANGED = Dated(((date(2020, 1, 1), 3), (date(2026, 11, 27), 1)))


@pytest.mark.parametrize(
    ("paid", "left"),
    [
        ("2026-11-26 23:59", 1),  # 3 days: due on Tuesday
        ("2026-11-27 00:00", 0),  # 1 day: due on Monday
    ],
)
def test_days_to_dispatch_are_those_of_the_day_of_payment(paid, left, book: Rulebook, workdays: Workdays):
    calendar = replace(book.calendar, dispatch_days={**book.calendar.dispatch_days, "일반": CHANGED})
    line = {**LATE, Col.DUE_AT: None, Col.PAID_AT: paid}
    (verdict,) = judged(line, replace(book, calendar=calendar), workdays).verdicts
    assert verdict.facts["발송기한"] == left


@pytest.mark.parametrize(
    ("requested", "act_by"),
    [
        ("2026-11-26 23:59", "2026-12-01"),  # 3 days
        ("2026-11-27 00:00", "2026-11-30"),  # 1 day
        ("2019-12-31 10:00", ""),  # before the first number there is none
    ],
)
def test_days_to_answer_are_those_of_the_day_of_the_request(requested, act_by, book: Rulebook, workdays: Workdays):
    deadline = replace(book.calendar.deadlines["취소응답"], working_days=CHANGED)
    calendar = replace(book.calendar, deadlines={**book.calendar.deadlines, "취소응답": deadline})
    line = {**LATE, Col.CANCEL_STATUS: "취소요청", Col.CLAIM_REQUESTED: requested}
    report = judged(line, replace(book, calendar=calendar), workdays)
    (found,) = report.rows[Out.ACT_BY].dt.strftime("%Y-%m-%d").fillna("")
    assert report.verdicts[0].deadline == "취소응답"
    assert found == act_by


# ── what must be looked at again ─────────────────────────────────────────────────────────────────

LAW = "ko: 전자상거래법 15·17·18조와 소비자기관 사례, checked: 2026-09-20, review_by: "
OLD_LAW = (
    "출처 전자상거래법 15·17·18조와 소비자기관 사례는 2026-11-30까지 다시 확인하기로 했는데 그날이 지났습니다. 바뀐 것이 없는지 확인하고 "
    "rules.yaml의 review_by를 고치세요. 그때까지 벌점과 기한이 예전 기준일 수 있습니다."
)
OLD_ROW = OLD_LAW.replace("출처 전자상거래법 15·17·18조와 소비자기관 사례는", "규칙 C-60 줄은")
OLD = (
    "rules.yaml에서 다시 확인하기로 한 날(review_by)이 지났습니다: 출처 전자상거래법 15·17·18조와 소비자기관 사례 (2026-11-30까지), "
    "규칙 C-60 줄 (2026-11-30까지). 바뀐 것이 없는지 확인하기 전까지는 벌점과 기한이 예전 기준일 수 있습니다."
)


@pytest.fixture
def reviewed(rules: Rules) -> Rulebook:
    """One source and one row that were to be looked at again by Monday."""
    return rules(
        (LAW + "2027-09-20", LAW + "2026-11-30"),
        ("{id: C-60, when: {요청: 없음, ", "{id: C-60, review_by: 2026-11-30, when: {요청: 없음, "),
    )


def test_nothing_is_said_up_to_the_day_and_once_it_has_passed_it_is(reviewed: Rulebook):
    assert [*overdue(reviewed, LAST)] == []
    assert [one.text.ko for one in overdue(reviewed, FIRST)] == [OLD_LAW, OLD_ROW]
    assert [one.text.en.split(".")[0] for one in overdue(reviewed, FIRST)] == [
        "the source E-Commerce Act §15, §17 and §18 and consumer agency cases was to be looked at again by 2026-11-30",
        "rule C-60 was to be looked at again by 2026-11-30",
    ]


def test_a_row_that_is_over_need_not_be_looked_at(rules: Rules):
    book = rules(
        (OLD_DECISION, NEW_DECISION + " review_by: 2026-11-27,"),
        (AN_EXAMPLE, NEW_EXAMPLE + AN_EXAMPLE),
    )
    assert ["C-61" in one.text.ko for one in overdue(book, LAST)] == [True]
    assert [*overdue(book, FIRST)] == []


def test_the_workbook_says_so_on_its_first_sheet(reviewed: Rulebook, workdays: Workdays):
    def first_sheet(report: Report) -> list[str]:
        return [getattr(block, "text", "") for block in grid(report, reviewed, "ko")[0].blocks]

    in_time, too_late = (judged(LATE, reviewed, workdays, as_of) for as_of in (EVENING, MIDNIGHT))
    assert [one.text.ko for one in in_time.warnings if "review_by" in one.text.ko] == []
    assert [one.text.ko for one in too_late.warnings if "review_by" in one.text.ko] == [OLD]
    assert not any("review_by" in text for text in first_sheet(in_time))
    assert [text for text in first_sheet(too_late) if "review_by" in text] == [f"※ {OLD}"]


def test_the_default_rules_are_fresh_for_a_while(book: Rulebook):
    assert [*overdue(book, date(2027, 3, 20))] == []
    assert len([*overdue(book, date(2027, 3, 21))]) == 3  # 판매관리 · API · 화면


# ── how the rules stand on a day ─────────────────────────────────────────────────────────────────


def test_rows_not_in_force_are_named_and_values_without_example_counted(changing: Rulebook):
    decisions, fees, penalties = standing(changing, LAST)
    assert [decisions.table, fees.table, penalties.table] == ["decisions", "fees", "penalties"]
    assert (decisions.asleep, fees.asleep, penalties.asleep) == (("C-98",), ("F-98",), ())
    assert standing(changing, FIRST)[0].asleep == ("C-61",)
    assert decisions.rows == len(changing.decisions.rows)
    assert decisions.hidden == ()
    unshown = standing(changing, FIRST)[
        0
    ].hidden  # its one example speaks of -2; other examples tell -4, -3 and -1 apart
    assert unshown == (("C-98", "발송기한", -4), ("C-98", "발송기한", -3), ("C-98", "발송기한", -1))

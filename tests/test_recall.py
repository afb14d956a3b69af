"""Recall, tested on tables without files or a ledger: earlier and new answers of the seller, and what has changed since.

A row of these tables is what intake makes of all files that show an order, those of earlier days included.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
import pytest
from made import batch

from processor import judge, rulebook
from processor.app.think import think
from processor.model import (
    ANSWER_COLUMNS,
    PAST_ORDERS,
    Action,
    AnswerRow,
    Batch,
    Col,
    EarlierRun,
    Kind,
    Past,
    PastOrder,
    Place,
    ReadSheet,
    RememberedAnswer,
    Report,
)
from processor.model.nothing import NOTHING_BEFORE
from processor.model.tables import CLAIMS
from processor.recall import recall

MONDAY, TUESDAY = datetime(2026, 11, 23, 9), datetime(2026, 11, 24, 9)
RUN = "20261123_090000"
WORKBOOK = f"처리목록_{RUN}.xlsx"
ORDER, OTHER = "2026112000000001", "2026112000000002"
BLANK = dict.fromkeys(ANSWER_COLUMNS)
ON_MONDAY, ON_TUESDAY = "2026-11-23 08:56", "2026-11-24 08:56"


@pytest.fixture
def reported(book: rulebook.Rulebook, workdays: judge.Workdays):
    def judged(batch: Batch, past: Past = NOTHING_BEFORE, as_of: datetime = TUESDAY) -> Report:
        return think(batch, book, as_of, workdays, past)

    return judged


# ── tables by hand ───────────────────────────────────────────────────────────────────────────────

WAITING = {
    Col.ORDER_NO: "2026112090000001",
    Col.ORDER_STATUS: "발송대기",
    Col.PAID_AT: "2026-11-20 10:00",
    Col.DUE_AT: "2026-11-25 23:59",
    Col.INVOICE_SEEN: True,
    Col.TRACKING_NO: "",
    Col.CHANNEL: "스마트스토어",
    Col.SEEN_IN: "dispatch",
}
ASKED = {
    **WAITING,
    Col.CANCEL_STATUS: "취소요청",
    Col.CLAIM_REASON: "구매의사취소",
    Col.CLAIM_CHANNEL: "구매자",
    Col.CLAIM_REQUESTED: "2026-11-23 08:00",
    Col.SEEN_IN: "cancel dispatch",
    Col.ASKED_AT: ON_TUESDAY,
    Col.ASKED_TODAY: True,
}
ASKED_ON_MONDAY = {**ASKED, Col.ASKED_AT: ON_MONDAY, Col.ASKED_TODAY: False, Col.SEEN_IN: "dispatch"}
"""Monday's files showed a request of which those of Tuesday, which show the order, say nothing."""


def seen(number: str = ORDER, at: str = ON_TUESDAY, **columns: Any) -> dict[str, Any]:
    """An order as today's exports show it."""
    return {Col.PRODUCT_ORDER_NO: number, Col.SEEN_AT: at, Col.SHOWN: True, **columns}


def before(number: str = ORDER, **columns: Any) -> dict[str, Any]:
    """An order of which only Monday's files speak; what they say of its invoice proves nothing about Tuesday."""
    known = {Col.SEEN_AT: ON_MONDAY, Col.SHOWN: False, Col.INVOICE_SEEN: False, Col.SOURCE: ()}
    asked = {Col.ASKED_AT: ON_MONDAY, Col.ASKED_TODAY: False} if Col.CANCEL_STATUS in columns else {}
    return {Col.PRODUCT_ORDER_NO: number, **columns, **asked, **known}


def spoken_of(number: str = ORDER, **columns: Any) -> dict[str, Any]:
    """An order that only the seller speaks of today, and Monday's files before."""
    return {**before(number, **columns), Col.SOURCE: (Place(WORKBOOK, "고객협의", 4),)}


def table(*orders: dict[str, Any]) -> pd.DataFrame:
    flags = dict.fromkeys((Col.INVOICE_SEEN, Col.DISPATCH_SEEN, Col.SHOWN, Col.ASKED_TODAY, Col.WAITED_TODAY), False)
    blank = dict.fromkeys((Col.TROUBLE, Col.SEEN_IN, Col.EARLIER, Col.NOTE_KO, Col.NOTE_EN), "")
    rows = [{**flags, **blank, Col.SOURCE: (Place("a.xlsx", "a", 2),), **order} for order in orders]
    columns = {
        role: [
            pd.Timestamp(row[role]) if dtype.startswith("datetime") and row.get(role) else row.get(role) for row in rows
        ]
        for role, dtype in CLAIMS.items()
    }
    return pd.DataFrame({role: pd.Series(values, dtype=CLAIMS[role]) for role, values in columns.items()})


def lists(*kinds: Kind, at: str = ON_TUESDAY, **more: Any) -> tuple[ReadSheet, ...]:
    """Whole lists of these screens."""
    taken = datetime.fromisoformat(at)
    return tuple(
        ReadSheet(f"전체주문{kind.value}.xlsx", kind.value, kind, taken, True, True, {}, kind.value, **more)
        for kind in kinds
    )


def batch_of(
    *orders: dict[str, Any],
    lists: tuple[ReadSheet, ...] = (),
    rows: tuple[AnswerRow, ...] = (),
    earlier: tuple[dict[str, Any], ...] = (),
) -> Batch:
    nothing = pd.DataFrame(
        {key: pd.Series(dtype="str") for key in (Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION_CODE, Col.OPTION)}
    )
    return batch(table(*orders), nothing, answer_rows=rows, earlier=table(*earlier), lists=lists)


def answer(workbook: str | None = RUN, number: str = ORDER, action: str | None = None, **cells: str) -> AnswerRow:
    """A row with cells that the seller fills: of Monday's workbook, or of a sheet by hand (None)."""
    file = f"처리목록_{workbook}.xlsx" if workbook else "답변.xlsx"
    blank = {Col.HANDOVER: "", Col.CONSENT: "", Col.TRUE_REASON: "", Col.RESULT: "", Col.MEMO: ""} if workbook else {}
    return AnswerRow(number, Place(file, "고객협의", 4), TUESDAY, workbook, {**BLANK, **blank, **cells}, action)


def past_of(*orders: dict[str, Any], answers: tuple[RememberedAnswer, ...] = (), **runs: EarlierRun) -> Past:
    usual = {
        PastOrder.ORDER_NO: "2026112090000001",
        PastOrder.BUNDLE_NO: "",
        PastOrder.OPEN: True,
        PastOrder.ACTION: "negotiate",
        PastOrder.RULE: "C-33",
        PastOrder.RUN: 1,
        PastOrder.DECIDED_AT: MONDAY,
        PastOrder.SINCE: MONDAY,
        PastOrder.ASKS: "",
        PastOrder.FLAGS: "",
        PastOrder.DISPATCHED: False,
        PastOrder.SEEN_AT: ON_MONDAY,
        PastOrder.PRODUCT: "기본 면 티셔츠",
    }
    rows = [{**usual, **order} for order in orders]
    columns = {
        name: pd.Series([row.get(name) for row in rows], dtype="object" if dtype.startswith("datetime") else dtype)
        for name, dtype in PAST_ORDERS.items()
    }
    table = pd.DataFrame(columns).set_axis(pd.Index([row["number"] for row in rows], name=Col.PRODUCT_ORDER_NO))
    dates = {
        name: pd.to_datetime(table[name]).astype(dtype)
        for name, dtype in PAST_ORDERS.items()
        if dtype.startswith("datetime")
    }
    runs = {RUN: EarlierRun(1, MONDAY), **runs}
    return replace(NOTHING_BEFORE, orders=table.assign(**dates), answers=answers, runs=runs)


def kept(number: str = ORDER, **columns: Any) -> dict[str, Any]:
    return {"number": number, **columns}


def facts(report: Report, number: str = ORDER) -> dict[str, Any]:
    rows = report.rows.set_index(Col.PRODUCT_ORDER_NO)
    return report.verdicts[rows.loc[number, "situation"]].facts


def action(report: Report, number: str = ORDER) -> Action:
    rows = report.rows.set_index(Col.PRODUCT_ORDER_NO)
    return report.verdicts[rows.loc[number, "situation"]].action


def note(report: Report, number: str = ORDER) -> str:
    return str(report.rows.set_index(Col.PRODUCT_ORDER_NO).loc[number, Col.NOTE_KO])


def given(report: Report) -> list[RememberedAnswer]:
    """What is to be remembered, whenever it was written."""
    return [each._replace(at=None) for each in report.answers]


# ── a request that vanished ──────────────────────────────────────────────────────────────────────

BOTH = lists(Kind.DISPATCH, Kind.CANCEL)


def test_a_request_that_a_newer_list_of_cancels_lacks_has_been_withdrawn(reported):
    report = reported(batch_of(seen(**ASKED_ON_MONDAY), lists=BOTH), past_of(kept()))
    assert (facts(report)["지난기록"], action(report)) == ("요청사라짐", Action.SHIP)
    assert facts(report)["요청"] == "없음"
    assert note(report) == "취소요청은 11-23 08:56 파일에 있었습니다."


def test_without_a_list_of_cancels_nobody_can_tell(reported):
    report = reported(batch_of(seen(**ASKED_ON_MONDAY), lists=lists(Kind.DISPATCH)), past_of(kept()))
    assert (facts(report)["지난기록"], action(report)) == ("요청불명", Action.REVIEW)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("requested", "expected"),
    [("2026-11-17 08:56", "요청사라짐"), ("2026-11-17 08:55", "요청불명"), (None, "요청불명")],
    ids=["a week to the minute", "a minute more", "no day told"],
)
def test_the_screen_of_cancels_shows_one_week(reported, requested, expected):
    order = seen(**{**ASKED_ON_MONDAY, Col.CLAIM_REQUESTED: requested})
    assert facts(reported(batch_of(order, lists=BOTH), past_of(kept())))["지난기록"] == expected


@pytest.mark.slow
def test_a_list_of_cancels_that_is_no_newer_proves_nothing(reported):
    both = (*lists(Kind.DISPATCH), *lists(Kind.CANCEL, at=ON_MONDAY))
    assert facts(reported(batch_of(seen(**ASKED_ON_MONDAY), lists=both), past_of(kept())))["지난기록"] == "요청불명"


def test_a_list_of_cancels_that_is_not_whole_proves_nothing(reported):
    both = (*lists(Kind.DISPATCH), *lists(Kind.CANCEL, whole=False))
    assert facts(reported(batch_of(seen(**ASKED_ON_MONDAY), lists=both), past_of(kept())))["지난기록"] == "요청불명"


@pytest.mark.slow
def test_the_order_search_that_shows_no_claim_proves_it_gone(reported):
    order = seen(**{**ASKED_ON_MONDAY, Col.UNCLAIMED_AT: ON_TUESDAY, Col.SEEN_IN: "dispatch search"})
    report = reported(batch_of(order, lists=lists(Kind.DISPATCH, Kind.SEARCH)), past_of(kept()))
    assert facts(report)["지난기록"] == "요청사라짐"


@pytest.mark.slow
def test_a_vanished_request_stays_in_mind_until_the_order_is_sent(reported):
    """On Wednesday, without a new list of cancels: Tuesday's list has shown it."""
    wednesday, past = datetime(2026, 11, 25, 9), past_of(kept(**{PastOrder.ACTION: "ship"}))
    order = seen(at="2026-11-25 08:56", **{**ASKED_ON_MONDAY})
    assert facts(reported(batch_of(order, lists=BOTH), past, wednesday))["지난기록"] == "요청사라짐"
    sent = {**order, Col.ORDER_STATUS: "배송중", Col.DISPATCH_SEEN: True}
    assert action(reported(batch_of(sent, lists=BOTH), past, wednesday)) is Action.NONE


@pytest.mark.slow
def test_a_request_of_this_day_stands_until_a_newer_list_of_its_screen_lacks_it(reported):
    """Of the same day the list must reach back to the request: it may be a part, by period, of one list."""
    asked = seen(**ASKED)
    later = lists(Kind.CANCEL, at="2026-11-24 11:00")
    part = lists(Kind.CANCEL, at="2026-11-24 11:00", since=datetime(2026, 11, 24, 7))
    reaching = lists(Kind.CANCEL, at="2026-11-24 11:00", since=datetime(2026, 11, 22, 7))
    noon = datetime(2026, 11, 24, 12)
    words = [
        facts(reported(batch_of(asked, lists=newer), as_of=noon))["지난기록"] for newer in (BOTH, later, part, reaching)
    ]
    assert words == ["없음", "요청사라짐", "없음", "요청사라짐"]


# ── acts that did not take ───────────────────────────────────────────────────────────────────────

APPROVED = {PastOrder.ACTION: "approve", PastOrder.RULE: "C-37"}


def flags(report: Report, number: str = ORDER) -> tuple[str, ...]:
    rows = report.rows.set_index(Col.PRODUCT_ORDER_NO)
    return report.verdicts[rows.loc[number, "situation"]].flags


@pytest.mark.slow
def test_an_approved_request_that_a_newer_export_still_shows_open_says_so(reported):
    report = reported(batch_of(seen(**ASKED), lists=BOTH), past_of(kept(**APPROVED)))
    assert (action(report), flags(report)) == (Action.APPROVE, ("still_open",))
    assert note(report) == "11-23 09:00 처리목록에는 취소승인으로 나와 있었고, 그 뒤에 받은 파일에도 그대로입니다."


@pytest.mark.slow
def test_an_export_from_before_the_workbook_does_not(reported):
    at = "2026-11-23 08:59"
    order = seen(at=at, **{**ASKED, Col.ASKED_AT: at})
    report = reported(batch_of(order, lists=lists(Kind.DISPATCH, Kind.CANCEL, at=at)), past_of(kept(**APPROVED)))
    assert (action(report), flags(report)) == (Action.APPROVE, ())


@pytest.mark.slow
def test_a_new_request_after_the_approval_is_a_new_matter(reported):
    order = seen(**{**ASKED, Col.CLAIM_REQUESTED: "2026-11-24 08:00"})
    assert flags(reported(batch_of(order, lists=BOTH), past_of(kept(**APPROVED)))) == ()


@pytest.mark.slow
@pytest.mark.parametrize(("result", "expected"), [("완료", ("still_open",)), ("실패", ()), ("보류", ())])
def test_whoever_said_that_it_failed_is_not_told_so_again(reported, result, expected):
    answers = (RememberedAnswer(ORDER, Col.RESULT, result, run=1, about=1),)
    assert flags(reported(batch_of(seen(**ASKED), lists=BOTH), past_of(kept(**APPROVED), answers=answers))) == expected


@pytest.mark.slow
def test_a_sellers_cancel_that_did_not_take_says_so_too(reported):
    answers = (
        RememberedAnswer(ORDER, Col.CONSENT, "예", run=1),
        RememberedAnswer(ORDER, Col.TRUE_REASON, "품절", run=1),
    )
    past = past_of(kept(**{PastOrder.ACTION: "seller_cancel"}), answers=answers)
    report = reported(batch_of(seen(**WAITING), lists=BOTH), past)
    assert (action(report), flags(report)) == (Action.SELLER_CANCEL, ("mark_sold_out", "still_open"))


@pytest.mark.slow
@pytest.mark.parametrize(("result", "expected"), [("완료", True), ("", False)])
def test_an_order_called_sent_that_is_not_says_so(reported, result, expected):
    answers = (RememberedAnswer(ORDER, Col.RESULT, result, run=1, about=1),) if result else ()
    past = past_of(kept(**{PastOrder.ACTION: "ship"}), answers=answers)
    due = {**WAITING, Col.DUE_AT: "2026-11-24 23:59"}
    assert ("still_open" in flags(reported(batch_of(seen(**due), lists=BOTH), past))) is expected


# ── what was called done ─────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.parametrize(
    ("done", "seen_at", "left_out"),
    [
        ("approve", "2026-11-23 08:56", True),
        ("ship", "2026-11-23 08:56", True),
        ("approve", "2026-11-23 09:30", False),  # a newer export shows it all the same
        ("negotiate", "2026-11-23 08:56", False),  # a talk is not over because it was had
    ],
)
def test_what_was_called_done_is_not_asked_again_on_that_day(reported, done, seen_at, left_out):
    at_noon, order = datetime(2026, 11, 23, 12), {**ASKED, Col.ASKED_AT: ON_MONDAY}
    past = replace(past_of(kept(**{PastOrder.ACTION: done})), orders=NOTHING_BEFORE.orders)
    past = replace(past, latest=past_of(kept(**{PastOrder.ACTION: done})).orders)
    rows = (answer(RUN, **{Col.RESULT: "완료"}),)
    report = reported(batch_of(seen(at=seen_at, **order), seen(OTHER, at=seen_at, **order), rows=rows), past, at_noon)
    assert (ORDER not in set(report.rows[Col.PRODUCT_ORDER_NO]), report.done) == (left_out, int(left_out))
    assert OTHER in set(report.rows[Col.PRODUCT_ORDER_NO])


# ── orders that are in no export any more ────────────────────────────────────────────────────────

LEFT = {Col.SEEN_IN: ""}
"""Every list that showed it has a newer one without it."""


@pytest.mark.slow
def test_an_order_in_talks_that_left_every_list_is_asked_about(reported):
    report = reported(batch_of(seen(OTHER, **WAITING), earlier=(before(**{**ASKED, **LEFT}),)), past_of(kept()))
    assert (facts(report)["지난기록"], action(report)) == ("목록에없음", Action.REVIEW)
    assert not report.rows.set_index(Col.PRODUCT_ORDER_NO).loc[ORDER, "open"]
    assert [(sheet.file, sheet.read, sheet.decided) for sheet in report.account if sheet.read] == [
        ("지난 실행의 기억", 1, 1)
    ]


@pytest.mark.slow
def test_an_order_that_one_list_may_still_show_is_not_gone(reported):
    still = {Col.SEEN_IN: "cancel"}
    report = reported(batch_of(seen(OTHER, **WAITING), earlier=(before(**{**ASKED, **still}),)), past_of(kept()))
    assert report.rows[Col.PRODUCT_ORDER_NO].tolist() == [OTHER]
    assert report.gone == ()


@pytest.mark.slow
def test_an_order_whose_row_cannot_be_read_is_not_gone(reported):
    batch = batch_of(seen(OTHER, **WAITING), earlier=(before(**{**ASKED, **LEFT}),))
    batch = replace(batch, unread=frozenset({ORDER}))
    assert reported(batch, past_of(kept())).rows[Col.PRODUCT_ORDER_NO].tolist() == [OTHER]


@pytest.mark.slow
@pytest.mark.parametrize("done", ["approve", "seller_cancel", "ship", "none", ""])
def test_what_was_done_leaves_the_lists_without_a_question(reported, done):
    batch = batch_of(seen(OTHER, **WAITING), earlier=(before(**{**ASKED, **LEFT}),))
    report = reported(batch, past_of(kept(**{PastOrder.ACTION: done})))
    assert report.gone == (ORDER,)
    assert report.rows[Col.PRODUCT_ORDER_NO].tolist() == [OTHER]


@pytest.mark.slow
def test_what_failed_at_first_and_was_asked_for_again_may_leave(reported):
    past = past_of(
        kept(**APPROVED, **{PastOrder.RUN: 2}),
        answers=(RememberedAnswer(ORDER, Col.RESULT, "실패", run=2, about=1),),
        **LATER,
    )
    assert reported(batch_of(seen(OTHER, **WAITING), earlier=(before(**{**ASKED, **LEFT}),)), past).gone == (ORDER,)


@pytest.mark.slow
def test_what_was_said_to_have_failed_is_asked_about_when_it_leaves(reported):
    past = past_of(kept(**APPROVED), answers=(RememberedAnswer(ORDER, Col.RESULT, "실패", run=1, about=1),))
    report = reported(batch_of(seen(OTHER, **WAITING), earlier=(before(**{**ASKED, **LEFT}),)), past)
    assert facts(report)["지난기록"] == "목록에없음"


@pytest.mark.slow
@pytest.mark.parametrize(("order", "word"), [(WAITING, None), (ASKED, "목록에없음")], ids=["no claim", "a request"])
def test_an_order_that_a_later_list_of_the_same_day_has_lost_was_sent_or_is_asked_about(reported, order, word):
    report = reported(batch_of(seen(**{**order, **LEFT}), seen(OTHER, **WAITING)))
    shown = {number: facts(report, number)["지난기록"] for number in report.rows[Col.PRODUCT_ORDER_NO]}
    assert shown == {OTHER: "없음"} | ({ORDER: word} if word else {})


# ── memory proves nothing about today ────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_an_answer_on_the_same_day_moves_the_order_on(reported):
    rows = (answer(**{Col.HANDOVER: "미포장"}),)
    noon = datetime(2026, 11, 23, 15)
    order = {**spoken_of(**ASKED), Col.INVOICE_SEEN: True}
    assert action(reported(batch_of(order, rows=rows), past_of(kept()), noon)) is Action.APPROVE


@pytest.mark.slow
def test_yesterdays_blank_invoice_is_no_proof_that_nothing_was_packed_since(reported):
    """Consent alone, a day later and without a new export: whether it was packed is asked, never assumed."""
    past = past_of(kept(), answers=(RememberedAnswer(ORDER, Col.TRUE_REASON, "품절", run=1),))
    batch = batch_of(spoken_of(**WAITING), rows=(answer(**{Col.CONSENT: "예", Col.TRUE_REASON: "품절"}),))
    report = reported(batch, past)
    assert (action(report), facts(report)["송장"]) == (Action.REVIEW, "모름")


@pytest.mark.slow
def test_what_has_left_stays_gone_whatever_an_older_export_says(reported):
    """Closed as dispatched on Monday evening; on Tuesday an export of Monday morning turns up."""
    gone = kept(**{PastOrder.OPEN: False, PastOrder.DISPATCHED: True, PastOrder.SEEN_AT: "2026-11-23 18:00"})
    report = reported(batch_of(seen(at=ON_MONDAY, **ASKED)), past_of(gone))
    assert action(report) is Action.REVIEW
    assert facts(report)["송장"] == "입력"


@pytest.mark.slow
def test_an_add_on_that_only_memory_knows_holds_its_main_good_back(reported):
    """By any label that rules.yaml calls an add-on."""
    addon = before(OTHER, **{**WAITING, Col.PRODUCT_KIND: "추가구성상품"})
    past = past_of(kept(OTHER, **{PastOrder.ACTION: "none"}))
    report = reported(batch_of(seen(**ASKED), lists=lists(Kind.CANCEL), earlier=(addon,)), past)
    assert facts(report)["추가상품"] == "빠짐"


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


def consent(report: Report) -> str:
    return str(facts(report)["동의"])


SOLD_OUT = RememberedAnswer(ORDER, Col.TRUE_REASON, "품절", run=1)
SECOND, THIRD = "20261123_120000", "20261123_150000"
LATER = {SECOND: EarlierRun(2, datetime(2026, 11, 23, 12)), THIRD: EarlierRun(3, datetime(2026, 11, 23, 15))}
WISHED = kept()


def wished(*answers: RememberedAnswer) -> Past:
    return past_of(WISHED, answers=(SOLD_OUT, *answers), **LATER)


@pytest.mark.slow
def test_an_answer_lives_on_without_being_told_again(reported):
    past = wished(RememberedAnswer(ORDER, Col.CONSENT, "예", run=1))
    assert consent(reported(batch_of(seen(**WAITING), lists=BOTH), past)) == "예"


@pytest.mark.slow
def test_a_cell_that_still_says_what_the_workbook_showed_is_no_answer(reported):
    """Monday's workbook showed 예; since then 아니오 was told. The old copy comes back untouched."""
    past = wished(
        RememberedAnswer(ORDER, Col.CONSENT, "예", run=1), RememberedAnswer(ORDER, Col.CONSENT, "아니오", run=2)
    )
    rows = (answer(**{Col.CONSENT: "예", Col.TRUE_REASON: "품절"}),)
    report = reported(batch_of(seen(**WAITING), lists=BOTH, rows=rows), past)
    assert (consent(report), facts(report)["지난기록"]) == ("아니오", "없음")
    assert report.answers == ()


@pytest.mark.slow
def test_an_answer_written_over_the_old_one_in_view_of_it_counts(reported):
    rows = (answer(SECOND, **{Col.CONSENT: "예", Col.TRUE_REASON: "품절"}),)
    report = reported(
        batch_of(seen(**WAITING), lists=BOTH, rows=rows), wished(RememberedAnswer(ORDER, Col.CONSENT, "아니오", run=2))
    )
    assert consent(report) == "예"
    assert given(report) == [RememberedAnswer(ORDER, Col.CONSENT, "예", run=0)]


@pytest.mark.slow
def test_an_older_workbook_filled_otherwise_is_a_contradiction(reported):
    rows = (answer(RUN, **{Col.CONSENT: "아니오", Col.TRUE_REASON: "품절"}),)
    report = reported(
        batch_of(seen(**WAITING), lists=BOTH, rows=rows), wished(RememberedAnswer(ORDER, Col.CONSENT, "예", run=2))
    )
    assert (action(report), consent(report), facts(report)["지난기록"]) == (Action.REVIEW, "모름", "답변모순")
    assert note(report) == f"구매자동의: 전에 적으신 '예' ↔ '아니오' ({WORKBOOK} › 고객협의 › 4행)"
    assert given(report) == [RememberedAnswer(ORDER, Col.CONSENT, "", run=0, asked=True)]


@pytest.mark.slow
def test_a_sheet_by_hand_that_says_otherwise_is_a_contradiction(reported):
    rows = (answer(None, **{Col.CONSENT: "아니오"}),)
    report = reported(
        batch_of(seen(**WAITING), lists=BOTH, rows=rows), wished(RememberedAnswer(ORDER, Col.CONSENT, "예", run=1))
    )
    assert facts(report)["지난기록"] == "답변모순"


@pytest.mark.slow
def test_two_answers_at_once_that_differ_are_a_contradiction_without_any_past(reported):
    rows = (answer(None, **{Col.CONSENT: "예"}), answer("20261101_090000", **{Col.CONSENT: "아니오"}))
    report = reported(batch_of(seen(**WAITING), rows=(*rows, answer(None, **{Col.TRUE_REASON: "품절"}))))
    assert (action(report), facts(report)["지난기록"]) == (Action.REVIEW, "답변모순")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "now", "fact"),
    [("미포장", "포장", "포장"), ("포장", "집화완료", "집화"), ("포장", "미포장", "모름"), ("집화", "포장", "모름")],
)
def test_a_parcel_moves_on_by_itself_but_never_back(reported, before, now, fact):
    past = past_of(kept(), answers=(RememberedAnswer(ORDER, Col.HANDOVER, before, run=1),))
    report = reported(batch_of(seen(**ASKED), lists=BOTH, rows=(answer(None, **{Col.HANDOVER: now}),)), past)
    assert facts(report)["출고"] == fact
    assert facts(report)["지난기록"] == ("답변모순" if fact == "모름" else "없음")


@pytest.mark.slow
@pytest.mark.parametrize(("hours", "fact"), [((7, 8), "포장"), ((8, 8), "모름"), ((8, 7), "모름")])
def test_of_two_sheets_the_later_may_tell_that_the_parcel_has_moved_on(reported, hours, fact):
    first, second = (datetime(2026, 11, 24, hour) for hour in hours)
    rows = (
        answer(None, **{Col.HANDOVER: "미포장"})._replace(at=first),
        answer(None, **{Col.HANDOVER: "포장"})._replace(at=second),
    )
    assert facts(reported(batch_of(seen(**ASKED), lists=BOTH, rows=rows)))["출고"] == fact


@pytest.mark.slow
def test_a_contradiction_is_asked_until_the_cell_that_asked_is_filled(reported):
    past = wished(
        RememberedAnswer(ORDER, Col.CONSENT, "예", run=1), RememberedAnswer(ORDER, Col.CONSENT, "", run=2, asked=True)
    )
    order = seen(**WAITING)
    untouched = reported(batch_of(order, lists=BOTH, rows=(answer(SECOND, **{Col.TRUE_REASON: "품절"}),)), past)
    by_hand = reported(batch_of(order, lists=BOTH, rows=(answer(None, **{Col.CONSENT: "예"}),)), past)
    filled = reported(
        batch_of(order, lists=BOTH, rows=(answer(SECOND, **{Col.CONSENT: "예", Col.TRUE_REASON: "품절"}),)), past
    )
    assert [facts(report)["지난기록"] for report in (untouched, by_hand, filled)] == ["답변모순", "답변모순", "없음"]
    assert consent(filled) == "예"


@pytest.mark.slow
def test_an_answer_that_was_erased_is_taken_back(reported):
    rows = (answer(SECOND, **{Col.TRUE_REASON: "품절"}),)
    report = reported(
        batch_of(seen(**WAITING), lists=BOTH, rows=rows), wished(RememberedAnswer(ORDER, Col.CONSENT, "예", run=1))
    )
    assert (consent(report), action(report)) == ("모름", Action.NEGOTIATE)
    assert given(report) == [RememberedAnswer(ORDER, Col.CONSENT, "", run=0)]


@pytest.mark.slow
def test_erasing_that_it_is_packed_does_not_make_it_unpacked(reported):
    past = past_of(kept(), answers=(RememberedAnswer(ORDER, Col.HANDOVER, "포장", run=1),))
    report = reported(batch_of(seen(**ASKED), lists=BOTH, rows=(answer(RUN),)), past)
    assert (facts(report)["출고"], action(report)) == ("모름", Action.REVIEW)


@pytest.mark.slow
def test_a_column_that_the_seller_deleted_erases_nothing(reported):
    rows = AnswerRow(ORDER, Place(WORKBOOK, "고객협의", 4), TUESDAY, RUN, {**BLANK, Col.MEMO: "x"}, None)
    report = reported(
        batch_of(seen(**WAITING), lists=BOTH, rows=(rows,)), wished(RememberedAnswer(ORDER, Col.CONSENT, "예", run=1))
    )
    assert consent(report) == "예"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "value", "word", "expected"),
    [
        (Col.HANDOVER, "미포장", "출고", "모름"),
        (Col.HANDOVER, "포장", "출고", "포장"),
        (Col.CONSENT, "예", "동의", "모름"),
        (Col.CONSENT, "아니오", "동의", "아니오"),
    ],
)
def test_a_request_made_after_the_answer_outdates_what_may_have_changed(reported, cell, value, word, expected):
    order = seen(**{**ASKED, Col.CLAIM_REQUESTED: "2026-11-23 09:01", Col.INVOICE_SEEN: False})
    past = past_of(kept(), answers=(RememberedAnswer(ORDER, cell, value, run=1),))
    assert facts(reported(batch_of(order, lists=BOTH), past))[word] == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "seen_at", "expected"),
    [
        ("미포장", "2026-11-24 08:56", "집화"),
        ("포장", "2026-11-24 08:56", "집화"),
        ("포장", "2026-11-23 08:56", "포장"),  # the answer came after that export
    ],
)
def test_an_export_that_shows_it_sent_outdates_the_answer_that_it_was_still_here(reported, value, seen_at, expected):
    sent = {Col.ORDER_STATUS: "배송중", Col.DISPATCHED_AT: "2026-11-23 18:00", Col.SENT_AT: seen_at}
    order = seen(at=seen_at, **{**ASKED, **sent})
    past = past_of(kept(), answers=(RememberedAnswer(ORDER, Col.HANDOVER, value, run=1),))
    assert facts(reported(batch_of(order, lists=BOTH), past))["출고"] == expected


@pytest.mark.slow
def test_an_answer_of_today_that_it_is_still_here_counts_although_it_is_called_sent(reported):
    order = seen(**{**ASKED, Col.ORDER_STATUS: "배송중", Col.DISPATCHED_AT: "2026-11-23 18:00"})
    rows = (answer(workbook=None, **{Col.HANDOVER: "포장"}),)
    assert facts(reported(batch_of(order, lists=BOTH, rows=rows), past_of(kept())))["출고"] == "포장"


@pytest.mark.slow
def test_answers_about_a_claim_end_with_it(reported):
    """The buyer agreed to cancel a packed order and then withdrew: the order is to be sent, not cancelled."""
    answers = (RememberedAnswer(ORDER, Col.CONSENT, "예", run=1), RememberedAnswer(ORDER, Col.HANDOVER, "포장", run=1))
    report = reported(batch_of(seen(**ASKED_ON_MONDAY), lists=BOTH), past_of(kept(), answers=answers))
    assert (action(report), facts(report)["요청"], facts(report)["출고"]) == (Action.SHIP, "없음", "포장")
    assert RememberedAnswer(ORDER, Col.CONSENT, "", run=0) in given(report)


@pytest.mark.slow
def test_a_disguised_reason_stays_a_question_on_the_next_morning(reported):
    """Law 4: the wish said a change of mind, the truth sold out. Without a new answer nothing moves."""
    past = past_of(
        WISHED,
        answers=(
            RememberedAnswer(ORDER, Col.SELLER_REASON, "구매의사취소", run=1),
            RememberedAnswer(ORDER, Col.CONSENT, "예", run=1),
            RememberedAnswer(ORDER, Col.TRUE_REASON, "", run=1, asked=True),
        ),
    )
    assert action(reported(batch_of(seen(**WAITING), lists=BOTH), past)) is Action.REVIEW
    rows = (answer(RUN, **{Col.TRUE_REASON: "품절", Col.CONSENT: "예"}),)
    report = reported(batch_of(seen(**WAITING), lists=BOTH, rows=rows), past)
    assert (action(report), facts(report)["사유"]) == (Action.SELLER_CANCEL, "상품품절")


@pytest.mark.slow
def test_what_a_sold_out_list_implies_is_remembered_as_an_answer(reported):
    entry = pd.DataFrame(
        {Col.PRODUCT_NO: ["8100000001"], Col.SELLER_SKU: [""], Col.OPTION_CODE: [""], Col.OPTION: [""]}
    )
    order = seen(**WAITING, **{Col.PRODUCT_NO: "8100000001"})
    report = reported(replace(batch_of(order), sold_out=entry.astype("str")))
    assert given(report) == [RememberedAnswer(ORDER, Col.TRUE_REASON, "품절", run=0)]


@pytest.mark.slow
def test_a_sold_out_list_alone_finds_the_orders_of_earlier_files(reported):
    entry = pd.DataFrame(
        {Col.PRODUCT_NO: ["8100000001"], Col.SELLER_SKU: [""], Col.OPTION_CODE: [""], Col.OPTION: [""]}
    )
    one, two = (
        before(number, **{**WAITING, Col.PRODUCT_NO: product})
        for number, product in ((ORDER, "8100000001"), (OTHER, "8100000002"))
    )
    batch = replace(batch_of(earlier=(one, two)), sold_out=entry.astype("str"))
    report = reported(batch, past_of(kept(), kept(OTHER)))
    assert report.rows[Col.PRODUCT_ORDER_NO].tolist() == [ORDER]
    assert action(report) is Action.NEGOTIATE


def test_what_is_written_beside_a_closed_order_is_out_of_date(reported):
    closed = kept(**{PastOrder.OPEN: False})
    report = reported(batch_of(spoken_of(), rows=(answer(**{Col.CONSENT: "예"}),)), past_of(closed))
    assert report.rows.empty
    assert report.answers == ()


def test_a_result_tells_of_the_workbook_that_it_stands_in(reported):
    rows = (answer(RUN, **{Col.RESULT: "완료"}),)
    report = reported(batch_of(spoken_of(), rows=rows), past_of(kept(**{PastOrder.RUN: 3}), **LATER))
    assert given(report) == [RememberedAnswer(ORDER, Col.RESULT, "완료", run=0, about=1)]
    assert report.rows.empty


def test_a_changed_action_decides_nothing_and_says_so(reported):
    rows = (answer(RUN, action="취소승인", **{Col.TRUE_REASON: "품절"}),)
    report = reported(batch_of(seen(**WAITING), lists=BOTH, rows=rows), past_of(WISHED, answers=(SOLD_OUT,)))
    assert action(report) is Action.NEGOTIATE
    assert "조치 칸에 손으로 적힌 말: '취소승인'. 조치는 노란 칸의 답으로만 바뀝니다." in note(report)
    assert [warning.text.ko for warning in report.warnings] == [
        f"처리목록의 조치 칸을 손으로 바꾼 줄이 1개 있습니다 (첫 줄: {WORKBOOK} › 고객협의 › 4행). 조치는 노란 칸의 답으로만 바뀌므로 손으로 바꾼 것은 쓰지 "
        "않았습니다."
    ]


@pytest.mark.slow
def test_work_of_earlier_workbooks_that_no_file_speaks_of_is_counted(reported):
    report = reported(batch_of(seen(OTHER, **WAITING), earlier=(before(**ASKED),)), past_of(kept()))
    assert [warning.text.ko for warning in report.warnings if "status" in warning.text.ko] == [
        "지난 처리목록에 있던 주문 가운데 1건은 오늘 파일에 없어 이 목록에도 없습니다. 오늘 받은 취소관리 파일을 넣으면 다시 나옵니다. "
        "어떤 주문인지는 `python -m processor status`로 확인하세요."
    ]


@pytest.mark.slow
def test_work_that_was_called_done_is_not_counted_as_left_over(reported):
    done = (RememberedAnswer(ORDER, Col.RESULT, "완료", run=1, about=1),)
    past = past_of(kept(**APPROVED), answers=done)
    report = reported(batch_of(seen(OTHER, **WAITING), earlier=(before(**ASKED),)), past)
    assert [warning for warning in report.warnings if "status" in warning.text.ko] == []


def test_without_a_past_nothing_is_recalled(book):
    batch = batch_of(seen(**ASKED), lists=BOTH)
    recalled = recall(batch, NOTHING_BEFORE, book, TUESDAY)
    assert (recalled.answers, recalled.gone, recalled.warnings) == ((), (), ())
    pd.testing.assert_frame_equal(recalled.batch.claims, batch.claims)

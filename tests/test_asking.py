"""What each answer would lead to: by hand, and by giving it and judging again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import product

import pandas as pd
import pytest
from opened import opening
from test_facts import MONDAY, REQUESTED, UNSENT, batch_of

from processor import intake, judge, samples
from processor.app.think import think
from processor.model import ANSWER_CELLS, Action, Col, Out, Report, Verdict
from processor.model.nothing import NOTHING_BEFORE
from processor.recall import recall
from processor.rulebook.reasons import by_label

ASKED_BACK = {**UNSENT, **REQUESTED, Col.CLAIM_REASON: "구매의사취소"}
UNKNOWN_PARCEL = {**REQUESTED, Col.CLAIM_REASON: "구매의사취소"}
SOLD_OUT = {**UNSENT, Col.DUE_AT: "2026-12-04 23:59", Col.SELLER_REASON: "상품품절"}
NO_SUCH_REASON = {**SOLD_OUT, Col.SELLER_REASON: "주문실수"}
SENT = {Col.ORDER_STATUS: "배송중", Col.CANCEL_STATUS: "취소요청", Col.CLAIM_REASON: "구매의사취소"}
QUIET = {**UNSENT, Col.DUE_AT: "2026-11-23 23:59"}


def cells(verdict: Verdict) -> set[str]:
    return {answer.cell for answer in verdict.answers}


def leads(verdict: Verdict, cell: str) -> dict[str, Action]:
    return {answer.value: answer.action for answer in verdict.answers if answer.cell == cell}


@pytest.fixture(scope="module")
def verdicts(book, workdays) -> list[Verdict]:
    lines = [UNKNOWN_PARCEL, ASKED_BACK, SOLD_OUT, SENT, QUIET, NO_SUCH_REASON]
    apart = [{**line, Col.ORDER_NO: f"2026111700000{n}", Col.BUNDLE_NO: str(n)} for n, line in enumerate(lines)]
    report = think(batch_of(*apart), book, MONDAY, workdays)
    rows = report.rows.sort_values(Col.PRODUCT_ORDER_NO)
    return [report.verdicts[situation] for situation in rows[Out.SITUATION]]


def test_each_answer_says_what_it_leads_to(verdicts):
    unknown, unpacked, sold_out, *_ = verdicts
    parcel = {"미포장": Action.APPROVE, "포장": Action.NEGOTIATE, "집화": Action.NEGOTIATE}
    assert leads(unknown, "출고상태") == leads(unpacked, "출고상태") == parcel
    assert unknown.asks == ("출고상태",)
    assert unpacked.asks == (), "it is known, though an answer would change it"
    assert leads(sold_out, "구매자동의") == {"예": Action.SELLER_CANCEL, "아니오": Action.NEGOTIATE}
    assert sold_out.asks == ("구매자동의",)


def test_an_answer_that_changes_nothing_is_not_asked(verdicts):
    _, unpacked, _, sent, quiet, no_such_reason = verdicts
    assert cells(unpacked) == {"출고상태"}, "a buyer's request is approved whatever he says of consent and true reason"
    assert cells(sent) == cells(quiet) == set()
    assert "출고상태" not in cells(no_such_reason) | {*no_such_reason.asks}, (
        "none of the seven reasons fits, packed or not"
    )


def test_a_true_reason_that_contradicts_the_stated_one_stops_the_cancel(verdicts):
    sold_out = verdicts[2]
    assert leads(sold_out, "실제사유")["품절"] is Action.NEGOTIATE
    assert leads(sold_out, "실제사유")["구매의사취소"] is Action.REVIEW


def test_where_earlier_answers_differ_any_answer_settles(book, workdays):
    differing = {**ASKED_BACK, Col.EARLIER: "답변모순", Col.HANDOVER: "모름"}
    report = think(batch_of(differing), book, MONDAY, workdays)
    (verdict,) = report.verdicts
    assert verdict.rule == "C-72"
    assert leads(verdict, "출고상태") == {
        "미포장": Action.APPROVE,
        "포장": Action.NEGOTIATE,
        "집화": Action.NEGOTIATE,
    }


@pytest.mark.slow
def test_an_answer_leads_where_judging_with_it_leads(tmp_path, book, workdays):
    """Each answer of the demo is given to all orders that have a yellow cell for it, and everything is judged again."""
    as_of = datetime(2026, 11, 23, 9)
    samples.demo_desk(tmp_path, as_of=as_of)
    files = [intake.input_file(path) for path in sorted(tmp_path.glob("*.xlsx"))]
    batch = intake.read(files, book.exports, book.reasons, opening(samples.DEMO_PASSWORD), as_of)
    today, recalled = book.on(as_of.date()), recall(batch, NOTHING_BEFORE, book, as_of)

    def judged(claims: pd.DataFrame) -> Report:
        answered = replace(recalled, batch=replace(recalled.batch, claims=claims))
        return judge.judge(answered, today, as_of, workdays, NOTHING_BEFORE)

    claims = recalled.batch.claims
    report = judged(claims)
    order = dict(zip(report.rows[Col.PRODUCT_ORDER_NO], report.rows[Out.SITUATION], strict=True))
    column_of = {cell.header.ko: cell.column for cell in ANSWER_CELLS}
    tried = {(answer.cell, answer.value) for verdict in report.verdicts for answer in verdict.answers}
    assert {cell for cell, _ in tried} == {"출고상태", "구매자동의", "실제사유"}
    line = claims.groupby(claims[Col.ORDER_NO].fillna(claims[Col.PRODUCT_ORDER_NO])).cumcount()
    for (cell, value), nth in product(sorted(tried), range(line.max() + 1)):
        foreseen = {
            number: answer.rule
            for number in claims[Col.PRODUCT_ORDER_NO][line == nth]  # one line of a purchase: its lines move each other
            for answer in report.verdicts[order[number]].answers
            if (answer.cell, answer.value) == (cell, value)
        }
        if not foreseen:
            continue
        given = claims[Col.PRODUCT_ORDER_NO].isin([*foreseen])
        answered = claims.assign(**{column_of[cell]: claims[column_of[cell]].mask(given, value)})
        if cell == "실제사유":  # it takes the place of what was stated, where that is no reason or not the true one
            no_reason = ~claims[Col.SELLER_REASON].isin([*by_label(book.reasons)])
            untrue = claims[Col.PRODUCT_ORDER_NO].map(lambda number: report.verdicts[order[number]].contradicted)
            stated = claims[Col.SELLER_REASON].mask(given & (no_reason | untrue), "")
            answered = answered.assign(**{Col.SELLER_REASON: stated})
        again = judged(answered)
        rules = dict(zip(again.rows[Col.PRODUCT_ORDER_NO], again.rows[Out.SITUATION], strict=True))
        assert {number: again.verdicts[rules[number]].rule for number in foreseen} == foreseen, (cell, value)

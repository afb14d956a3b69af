"""Law: a batch that is judged in parts, with the sums gathered first, gives the report that it gives as a whole.

A part holds whole families: what shares a 주문번호 or a 묶음번호, and of orders with a cancel or a word about being sold out
what shares a 상품번호, because by its product a cancel's reason is doubted. So a batch larger than one machine could be shared out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from opened import opening
from pandas.testing import assert_frame_equal
from trials import THOROUGH

from processor import intake, judge, samples
from processor.app.past_runs import PastRuns
from processor.judge.decide import decided, possible
from processor.judge.facts import Claims
from processor.judge.points import forecast
from processor.judge.report import _paid_on
from processor.model import Batch, Col, Out, Past, Point, Report
from processor.model.nothing import NOTHING_BEFORE
from processor.model.recalled import Recalled
from processor.model.sold_out import listed
from processor.recall import recall
from processor.rulebook import Rulebook

pytestmark = pytest.mark.slow  # a day of many orders

AS_OF = datetime(2026, 11, 23, 9)
PARTS = (2, 7, 64)
ORDER = Col.PRODUCT_ORDER_NO


class Day(NamedTuple):
    """What is judged."""

    recalled: Recalled
    past: Past
    book: Rulebook
    as_of: datetime

    def report(self, book: Rulebook | None = None) -> Report:
        book = book or self.book
        return judge.judge(self.recalled, book, self.as_of, judge.Workdays(book.calendar), self.past)

    def claims(self) -> Claims:
        return possible(self.recalled.batch, self.book, self.as_of, judge.Workdays(self.book.calendar))


# ── in parts ──


def families(batch: Batch) -> np.ndarray:
    """The number of each row's family: rows that share a key, directly or by way of others, have one."""
    claims = batch.claims
    cancels = (claims[[Col.CANCEL_STATUS, Col.TRUE_REASON, Col.CONSENT, Col.SELLER_REASON]].fillna("") != "").any(
        axis="columns"
    ) | listed(batch)
    keys = [claims[Col.ORDER_NO], claims[Col.BUNDLE_NO], claims[Col.PRODUCT_NO].where(cancels)]
    family = np.arange(len(claims))
    while True:
        before = family
        for key in keys:
            known = key.notna() & key.ne("")
            least = pd.Series(family[known]).groupby(key[known].to_numpy()).transform("min")
            family = family.copy()
            family[known] = np.minimum(family[known], least)
            family = family[family]
        if (family == before).all():
            return family


def parts_of(day: Day, count: int) -> Iterator[Day]:
    batch = day.recalled.batch
    numbers, _ = pd.factorize(families(batch))
    for number in range(count):
        claims = batch.claims[numbers % count == number].reset_index(drop=True)
        yield day._replace(recalled=replace(day.recalled, batch=replace(batch, claims=claims)))


class Part(NamedTuple):
    orders: frozenset[str]
    paid: Counter  # how many of them were paid on each day
    report: Report


def in_parts(day: Day, count: int) -> list[Part]:
    """How many cancels there are in all is gathered first, for more than the limit stop all of them."""
    days = [*parts_of(day, count)]
    store, limit = day.book.store, day.book.store.approve_limit
    open_book = replace(day.book, store=replace(store, approve_limit=None))
    reports = [part.report(open_book) for part in days]
    if limit is not None and sum(map(cancels, days, reports)) > limit:
        stopping = replace(day.book, store=replace(store, approve_limit=-1))
        reports = [part.report(stopping) for part in days]
    return [
        Part(frozenset(part.recalled.batch.claims[ORDER]), paid(part), report)
        for part, report in zip(days, reports, strict=True)
    ]


def paid(day: Day) -> Counter:
    return Counter(_paid_on(day.claims()).dropna().dt.date.tolist())


def cancels(day: Day, report: Report) -> int:
    claims = day.claims()
    today = decided._cancelled_today(claims)
    going = report.rows[ORDER][[report.verdicts[at].action.cancels for at in report.rows[Out.SITUATION]]]
    return len({*going} | {*claims.table[ORDER][today]})


# ── put together ──


def verdicts(report: Report) -> dict:
    return {
        number: report.verdicts[at] for number, at in zip(report.rows[ORDER], report.rows[Out.SITUATION], strict=True)
    }


def by_number(rows: pd.DataFrame, numbers: pd.Series) -> pd.DataFrame:
    return rows.assign(number=numbers).sort_values("number", kind="stable").reset_index(drop=True)


def scored(parts: list[Part]) -> pd.DataFrame:
    """The points of all: of each part those of its own orders, and once those that only memory knows."""
    own = [part.report.points[part.report.points[Point.PRODUCT_ORDER_NO].isin(part.orders)] for part in parts]
    first, every = parts[0].report.points, frozenset[str]().union(*(part.orders for part in parts))
    return pd.concat([*own, first[~first[Point.PRODUCT_ORDER_NO].isin(every)]], ignore_index=True)


def assert_equal(whole: Report, parts: list[Part], day: Day) -> None:
    reports = [part.report for part in parts]
    rows = pd.concat([report.rows for report in reports], ignore_index=True)
    drop = [Out.SITUATION]
    assert_frame_equal(
        by_number(rows.drop(columns=drop), rows[ORDER]), by_number(whole.rows.drop(columns=drop), whole.rows[ORDER])
    )
    assert {number: verdict for report in reports for number, verdict in verdicts(report).items()} == verdicts(whole)
    granted = pd.concat([report.granted for report in reports], ignore_index=True)
    assert_frame_equal(by_number(granted, rows[ORDER]), by_number(whole.granted, whole.rows[ORDER]))

    points = scored(parts)
    keys = [Point.PRODUCT_ORDER_NO, Point.RULE, Point.DAY]
    ordered = [each.sort_values(keys, kind="stable").reset_index(drop=True) for each in (points, whole.points)]
    assert_frame_equal(*ordered)
    every_day = sum((part.paid for part in parts), Counter(day.past.paid))
    together = forecast(
        points, every_day, whole.forecast.since, day.book, day.as_of.date(), judge.Workdays(day.book.calendar)
    )
    assert together == whole.forecast

    for number, sheet in enumerate(whole.account):
        assert sheet.decided + sheet.merged == sum(
            report.account[number].decided + report.account[number].merged for report in reports
        )
    assert sum(report.remaining for report in reports) == whole.remaining
    assert {answer for report in reports for answer in report.answers} == {*whole.answers}
    assert {problem for report in reports for problem in report.batch.row_problems} == {*whole.batch.row_problems}
    sold_out = pd.concat([report.sold_out_products for report in reports])
    goods = [Col.PRODUCT_NO, Col.PRODUCT_NAME, Col.OPTION]
    assert (
        sold_out.groupby(goods)["orders"].sum().to_dict()
        == whole.sold_out_products.groupby(goods)["orders"].sum().to_dict()
    )


# ── the days ──


@pytest.fixture(scope="module")
def demo(tmp_path_factory, book) -> Day:
    inbox = tmp_path_factory.mktemp("demo")
    files = [intake.input_file(inbox / name, name) for name in samples.demo_desk(inbox, as_of=AS_OF)]
    gathered = intake.gather(files, book.exports, book.reasons, opening(samples.DEMO_PASSWORD), {})
    return of(intake.joined(intake.checked(gathered), AS_OF), NOTHING_BEFORE, book, AS_OF)


def of(batch: Batch, past: Past, book: Rulebook, as_of: datetime) -> Day:
    book = book.on(as_of.date())
    return Day(recall(batch, past, book, as_of), past, book, as_of)


@pytest.mark.parametrize("count", [2, 7, 64])
def test_in_parts_a_day_is_judged_as_in_one(demo, count):
    parts = in_parts(demo, count)

    assert sum(bool(part.orders) for part in parts) > count / 2
    assert_equal(demo.report(), parts, demo)


def test_with_memory_and_answers_too(story_past):
    runs = PastRuns(story_past.desk)
    brief = runs.brief(story_past.runs[-1])
    day = of(brief.batch, brief.past, runs.rules(brief), brief.as_of)

    assert_equal(day.report(), in_parts(day, 7), day)


def test_more_cancels_than_the_limit_stop_those_of_every_part(demo):
    few = demo._replace(book=replace(demo.book, store=replace(demo.book.store, approve_limit=5)))
    whole = few.report()

    assert any(verdict.facts["승인한도"] == "초과" for verdict in whole.verdicts)
    assert_equal(whole, in_parts(few, 2), few)


def test_in_parts_100_000_orders_are_judged_as_in_one(demo):
    """Copies of one day under other numbers; the goods stay the same."""
    batch = demo.recalled.batch
    claims, copies = batch.claims, -(-100_000 // len(batch.claims))
    many = pd.concat([claims] * copies, ignore_index=True)
    copy = np.arange(len(many)) // len(claims)
    for key in (ORDER, Col.ORDER_NO, Col.BUNDLE_NO):
        known = many[key].fillna("") != ""
        many.loc[known, key] = many.loc[known, key] + pd.Series(copy[known], index=many.index[known]).astype("str")
    rules = replace(demo.book, store=replace(demo.book.store, approve_limit=None))
    day = demo._replace(recalled=replace(demo.recalled, batch=replace(batch, claims=many)), book=rules)
    whole = day.report()

    assert len(whole.rows) >= 100_000
    for count in PARTS if THOROUGH else PARTS[1:2]:
        assert_equal(whole, in_parts(day, count), day)

"""The laws for any rows: no row is lost or added, no dispatched order is cancelled, the order of rows does not matter."""

import csv
import io
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import made
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opened import opening
from trials import examples

from processor import intake, judge, outbox
from processor.app.think import think
from processor.judge.situations import number, spread
from processor.model import UNKNOWN, Action, Report

pytestmark = pytest.mark.slow

AS_OF = datetime.fromisoformat("2026-11-23T09:00")

# few ids, so that rows of one order meet in several files; among them a damaged and a blank one
IDS = st.sampled_from([f"202611200000000{n}" for n in range(1, 7)] + ["2.02611E+15", "", "2026112000000010"])
DATES = st.sampled_from(["", "-", "2026-11-20 10:00", "2026.11.18 09:30", "2026/11/10", "언젠가", "43,000"])
NUMBERS = st.sampled_from(["", "0", "3000", "₩3,000", "많이"])

DISPATCH = {
    "상품주문번호": IDS,
    "주문번호": st.sampled_from(["2026112000000099", "2026112000000098"]),
    "배송방법": st.sampled_from(["택배,등기,소포", "직접전달", "", "비둘기"]),
    "택배사": st.just("CJ대한통운"),
    "송장번호": st.sampled_from(["", "", "012345678901"]),
    "주문상태": st.sampled_from(["결제완료", "발송대기", "배송중", "구매확정", "취소", "", "이상한상태"]),
    "수량클레임 여부": st.sampled_from(["", "N", "Y"]),
    "결제일": DATES,
    "발주확인일": DATES,
    "발송기한": DATES,
    "발송처리일": st.sampled_from(["", "", "", "2026-11-21 10:00"]),
    "송장출력일": st.sampled_from(["", "", "2026-11-21 09:00"]),
    "배송비 합계": NUMBERS,
    "배송비 묶음번호": st.sampled_from(["", "77", "78"]),
    "상품종류": st.sampled_from(["조합형옵션상품", "추가구성상품"]),
}
CANCEL = {
    "상품주문번호": IDS,
    "주문번호": st.sampled_from(["2026112000000099", "2026112000000098"]),
    "주문상태": st.sampled_from(["결제완료", "결제대기", "배송중", "배송완료", "구매확정", ""]),
    "취소 처리상태": st.sampled_from(["취소요청", "취소요청", "취소중", "취소완료", "취소철회", "", "몰라요"]),
    "취소요청일": DATES,
    "취소사유": st.sampled_from(["구매의사취소", "상품품절", "배송 지연", "", "외계인"]),
    "접수채널": st.sampled_from(["", "구매자", "판매자"]),
}
ANSWERS = {
    "상품주문번호": IDS,
    "출고상태": st.sampled_from(["", "미포장", "포장", "집화", "글쎄"]),
    "구매자동의": st.sampled_from(["", "예", "아니오"]),
    "실제사유": st.sampled_from(["", "품절", "구매의사취소"]),
    "판매취소사유": st.sampled_from(["", "상품품절", "구매의사취소", "가격오류"]),
}


def rows(columns: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(st.fixed_dictionaries(columns), max_size=14)


book = made.default_rules  # not a fixture: hypothesis would print it beside every example


@cache
def calendar() -> judge.Workdays:
    return judge.Workdays(book().calendar)


def report_of(sheets: dict[str, list[dict[str, str]]]) -> Report:
    with TemporaryDirectory() as folder:
        return judged(Path(folder), sheets)


def judged(desk: Path, sheets: dict[str, list[dict[str, str]]]) -> Report:
    files = []
    for name, columns in (("발주", DISPATCH), ("취소", CANCEL), ("답변", ANSWERS)):
        text = io.StringIO()
        writer = csv.DictWriter(text, list(columns))
        writer.writeheader()
        writer.writerows(sheets[name])
        path = desk / f"{name}_20261123_0800.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        files.append(intake.input_file(path))
    batch = intake.read(files, book().exports, book().reasons, opening(), AS_OF)
    return think(batch, book(), AS_OF, calendar())


@examples(4)
@given(rows(DISPATCH), rows(CANCEL), rows(ANSWERS))
def test_whatever_rows_come_in_the_laws_hold(dispatch, cancel, answers) -> None:
    report = report_of({"발주": dispatch, "취소": cancel, "답변": answers})
    assert_no_row_is_lost_or_made(report, [*dispatch, *cancel, *answers])
    assert_nothing_gone_is_cancelled(report, dispatch, cancel, answers)
    assert_every_verdict_names_its_rule(report)


def assert_no_row_is_lost_or_made(report: Report, rows_in: list[dict[str, str]]) -> None:
    total = outbox.summary(report)
    assert total["rows_read"] == total["decisions"] + total["merged"] + total["lists"] + total["problems"]
    assert total["decisions"] == len(report.rows) == sum(total["by_action"].values())
    assert total["problems"] == len(report.batch.row_problems)
    places = Counter(place for source in report.rows["source"] for place in source)
    places.update(problem.place for problem in report.batch.row_problems)
    assert all(times == 1 for times in places.values()), "a row is used once"
    if not any(problem.code != "no_rows" for problem in report.batch.file_problems):
        assert total["rows_read"] == sum(any(row.values()) for row in rows_in)


def assert_nothing_gone_is_cancelled(
    report: Report, dispatch: list[dict[str, str]], cancel: list[dict[str, str]], answers: list[dict[str, str]]
) -> None:
    gone = {row["상품주문번호"] for row in dispatch if row["발송처리일"] or row["주문상태"] in ("배송중", "구매확정")}
    gone |= {row["상품주문번호"] for row in cancel if row["주문상태"] in ("배송중", "배송완료", "구매확정")}
    consented = {row["상품주문번호"] for row in answers if row["구매자동의"] == "예"}
    for order, situation in zip(report.rows["product_order_no"], report.rows["situation"], strict=True):
        action = report.verdicts[situation].action
        if order in gone:
            assert action not in (Action.APPROVE, Action.SELLER_CANCEL), order
        if action is Action.SELLER_CANCEL:
            assert order in consented


def assert_every_verdict_names_its_rule(report: Report) -> None:
    rules = {row.id: row for row in book().decisions.rows}
    for verdict in report.verdicts:
        assert rules[verdict.rule].action is verdict.action
        assert verdict.why_not is None or verdict.why_not.rule in rules
    decisions = [line for line in outbox.lines(report, "ko") if line["type"] == "decision"]
    assert [line["action"] for line in decisions] == [report.verdicts[n].action for n in report.rows["situation"]]


@examples(4)
@given(rows(DISPATCH), rows(CANCEL), rows(ANSWERS), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(dispatch, cancel, answers, random) -> None:
    sheets = {"발주": dispatch, "취소": cancel, "답변": answers}
    before = report_of(sheets)
    for shuffled in sheets.values():
        random.shuffle(shuffled)
    after = report_of(sheets)

    def actions(report: Report) -> dict[str, str]:
        return {
            order: report.verdicts[situation].rule
            for order, situation in zip(report.rows["product_order_no"], report.rows["situation"], strict=True)
        }

    assert actions(before) == actions(after)


@examples(30)
@given(data=st.data())
def test_judging_a_situation_is_judging_its_rows(data) -> None:
    words = ("요청", "주문상태", "송장", "출고", "귀책", "동의", "사유일치")
    values = {word: [*(judge.WORDS[word].values or ()), UNKNOWN] for word in words}
    facts = data.draw(st.lists(st.fixed_dictionaries({word: st.sampled_from(values[word]) for word in words})))
    days = data.draw(st.lists(st.none() | st.integers(-9, 9), min_size=len(facts), max_size=len(facts)))
    table = {word: pd.Series([row[word] for row in facts], dtype="str") for word in words}
    table["발송기한"] = pd.Series(days, dtype="Int64")
    codes, situations = number(table)
    hits = [book().decisions.first(situation).id for situation in situations]
    alone = [
        book().decisions.first({**row, "발송기한": UNKNOWN if day is None else day}).id
        for row, day in zip(facts, days, strict=True)
    ]
    assert spread(codes, hits, str).tolist() == alone

"""What other rules would have decided on the past runs: exactly the planted orders flip, and what can't be tried is said."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import opened
import openpyxl
import pandas as pd
import pytest
from ended import read_once
from pasts import DONE, ON_FRIDAY
from planted import PLANTED, TOGETHER, Edit, changed, in_row, names, planted, swapped
from trials import THOROUGH

from processor import app, rulebook
from processor.app.desk import Desk
from processor.app.errors import RulesBroken
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.app.past_runs import PastRuns
from processor.app.trying import Compared
from processor.intake import Passwords
from processor.judge import WORDS
from processor.model import Action, Col, Out, Report
from processor.model.impact import Side
from processor.rulebook import Rulebook

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 30)
TALKED_ABOUT = "an action: unpacked requests are talked about"
A_LABEL_MORE = "a label more, which no file has"


@pytest.fixture
def tried(marks, monkeypatch):
    """Try rules on a desk. Files are opened by the one process that all tests share."""
    monkeypatch.setattr(rulebook, "read", read_once)
    monkeypatch.setattr(app, "ReadingProcess", lambda *_ahead: nullcontext(opened.process()))

    def impact(desk: Desk, new: Path | None = None, **more) -> Compared:
        return app.impact(desk, TODAY, Passwords(), new, marks=marks, **more)

    return impact


@pytest.fixture(scope="module")
def talked_about(story_past, marks, book, tmp_path_factory) -> Compared:
    """What the rules by which unpacked requests are talked about would have decided; to be read only."""
    new = tmp_path_factory.mktemp("talked about") / "rules.yaml"
    new.write_text(planted(book.text, [TALKED_ABOUT]), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rulebook, "read", read_once)
        patch.setattr(app, "ReadingProcess", lambda *_ahead: nullcontext(opened.process()))
        return app.impact(story_past.desk, TODAY, Passwords(), new, marks=marks)


@pytest.fixture
def rules(tmp_path, book):
    """Write a copy of the default rules with a change, or with planted ones."""

    def written(*kinds: str | Edit) -> Path:
        text = book.text
        for kind in kinds:
            text = planted(text, [kind]) if isinstance(kind, str) else kind(text)
        path = tmp_path / "new rules.yaml"
        path.write_text(text, "utf-8")
        return path

    return written


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def flipped(compared: Compared) -> set[str]:
    """The stories of the orders that come out otherwise."""
    assert compared.impact.not_seen == ()
    return {names()[flip.product_order_no] for flip in compared.impact.flips}


# ── planted changes: the stories that flip are worked out by hand ──


@pytest.mark.parametrize("kinds", [(kind,) for kind in PLANTED] if THOROUGH else TOGETHER, ids=lambda kinds: kinds[0])
def test_exactly_the_planted_orders_flip(kinds, story_past, rules, tried):
    compared = tried(story_past.desk, rules(*kinds))

    assert flipped(compared) == set().union(*(PLANTED[kind].flips for kind in kinds))
    assert compared.impact.orders == len(names())
    assert [run for run, _ in compared.impact.runs] == story_past.runs


def test_no_two_changes_that_are_tried_together_flip_the_same_order():
    """So an order that flips shows which of them has flipped it."""
    assert sorted(kind for kinds in TOGETHER for kind in kinds) == sorted(PLANTED)
    for kinds in TOGETHER:
        stories = [story for kind in kinds for story in PLANTED[kind].flips]
        assert len(stories) == len({*stories})


def test_a_flip_tells_both_sides_and_whether_it_can_be_undone(story_past, talked_about):
    flips = talked_about.impact.flips

    for flip in flips:
        assert (flip.before.action, flip.after.action) == (Action.APPROVE, Action.NEGOTIATE)
        assert flip.before.rule == "C-37"
        assert flip.irreversible
    after = {names()[flip.product_order_no]: (flip.after.rule, "포장 전" in flip.why.ko) for flip in flips}
    # its add-on is not cancelled any more, and so it has to wait for it
    assert after.pop("23 본상품과 추가상품 함께 취소요청") == ("C-24", False)
    assert {*after.values()} == {("C-37", True)}
    # an order counts as its last run decided it: on Monday afternoon, but for one of Friday and for what was done by then
    friday, morning, afternoon = story_past.runs
    last = {names()[flip.product_order_no]: flip.run for flip in flips}
    assert (last.pop(f"금요일 {ON_FRIDAY[0]}"), last.pop(DONE)) == (friday, morning)
    assert {*last.values()} == {afternoon}


def test_situations_are_compared_whether_or_not_an_order_was_in_one(talked_about):
    """C-37 alone is changed: each situation that it answers, and nothing else, is answered otherwise."""
    decisions = [each for each in talked_about.differences.found if each.table == "decisions"]
    assert {(each.before.id, each.after.id) for each in decisions} == {("C-37", "C-37")}
    assert "조치" in {change.name for each in decisions for change in each.changes}
    lines = talked_about.values("ko")
    (first, *_) = [line for line in lines if line["type"] == "situation" and line["table"] == "decisions"]
    assert (first["before"], first["after"], first["irreversible"]) == ("C-37", "C-37", False)
    assert first["example"]["요청"] == "구매자취소"


def test_settings_that_stand_otherwise_are_named(story_past, rules, tried):
    compared = tried(story_past.desk, rules(changed(("packed: negotiate ", "packed: approve "))))

    assert [(each.name, each.before.ko, each.after.ko) for each in compared.changes] == [
        ("store.packed", "negotiate", "approve")
    ]
    assert compared.differences.found == ()


def test_rows_that_hide_each_other_when_swapped_are_refused(story_past, rules, tried):
    """C-36 stands above C-37 and has the reason 상품품절: below it, it would never be reached."""
    with pytest.raises(RulesBroken):
        tried(story_past.desk, rules(swapped("C-36", "C-37")))


# ── against brute force ──


def of_report(report: Report) -> dict[str, tuple]:
    """What a report decides on each order, as far as impact compares it."""
    found = {}
    columns = (report.rows[name].tolist() for name in (Col.PRODUCT_ORDER_NO, Out.SITUATION, Out.FEE_AMOUNT))
    for number, situation, amount in zip(*columns, strict=True):
        verdict = report.verdicts[situation]
        by_action = sum(event.points for event in verdict.penalties if event.by_action)
        found[number] = (
            verdict.action,
            verdict.rule,
            verdict.reason_code,
            verdict.fee.payer,
            verdict.fee.legs,
            None if pd.isna(amount) else amount,
            verdict.points,
            by_action,
        )
    return found


def of_side(side: Side | None) -> tuple | None:
    if side is None:
        return None
    return (
        side.action,
        side.rule,
        side.reason,
        side.payer,
        side.legs,
        side.amount,
        side.points,
        side.brought,
    )


def decided_anew(past, runs: list[str], book: Rulebook) -> Iterator[tuple[str, dict[str, tuple]]]:
    """Each of these runs once more by these rules: with the files, the ledger and the outbox as they lay before it."""
    for run in runs:
        options = RunOptions(past.done[run].report.as_of, Passwords(), dry_run=True)
        again = opened.run(Desk(past.before / run), book, options)
        assert isinstance(again, Done)
        yield run, of_report(again.report)


def test_brute_force_finds_the_same_flips(busy_past, rules, tried):
    """A desk is put back before each of its runs and run once more by the other rules."""
    path = rules(
        TALKED_ABOUT,
        "a payer: the seller pays for a return",
        "a cell of a decision: only what is due today is to be sent",
        changed(("approve_limit: 300 ", f"approve_limit: {len(busy_past.done) // 2} ")),
        in_row("P-01", "점수: {2021-03-01: 1}", "점수: {2021-03-01: 1, 2026-11-05: 2}"),
    )
    last = {}
    for run, after in decided_anew(busy_past, busy_past.runs, read_once(path, WORDS)):
        before = of_report(busy_past.done[run].report)
        for number in {**before, **after}:
            last[number] = (run, before.get(number), after.get(number))
    expected = {number: told for number, told in last.items() if told[1] != told[2]}

    compared = tried(busy_past.desk, path)

    found = {
        flip.product_order_no: (flip.run, of_side(flip.before), of_side(flip.after)) for flip in compared.impact.flips
    }
    assert len(expected) > len(last) // 10
    assert len({told[0] for told in expected.values()}) > len(busy_past.done) // 2, "in most of the runs"
    assert found == expected
    assert compared.impact.orders == len(last)
    assert compared.impact.not_seen == ()


def test_brute_force_finds_the_same_flips_between_two_files_of_rules(busy_past, rules, tried, book):
    """Whatever the runs were made with: here the rules of the last days stand on neither side."""
    path = rules(
        changed(("return_fee: null ", "return_fee: 4000 "), ("no_invoice_means: 미포장 ", "no_invoice_means: 모름 "))
    )
    runs = busy_past.runs if THOROUGH else busy_past.runs[-2:]
    last = {}
    sides = [decided_anew(busy_past, runs, each) for each in (book, read_once(path, WORDS))]
    for (run, before), (_, after) in zip(*sides, strict=True):
        for number in {**before, **after}:
            last[number] = (run, before.get(number), after.get(number))
    expected = {number: told for number, told in last.items() if told[1] != told[2]}

    first = busy_past.done[runs[0]].report.as_of.date()
    compared = tried(busy_past.desk, path, against=busy_past.before / busy_past.runs[0] / "rules.yaml", since=first)

    found = {
        flip.product_order_no: (flip.run, of_side(flip.before), of_side(flip.after)) for flip in compared.impact.flips
    }
    assert expected
    assert found == expected
    assert [run for run, _ in compared.impact.runs] == runs


def test_the_same_rules_flip_nothing(busy_past, tried):
    """Each run is compared with the rules that it was made with, here those of the desk now."""
    since = busy_past.runs[-1]

    compared = tried(busy_past.desk, since=busy_past.done[since].report.as_of.date())

    assert compared.impact.flips == ()
    assert compared.impact.not_seen == ()
    assert [run for run, _ in compared.impact.runs] == [since]
    assert compared.impact.orders == len(busy_past.done[since].report.rows)


# ── what can't be tried ──


def test_orders_whose_files_are_gone_are_listed_as_not_seen(story_past, rules, tried, tmp_path):
    shutil.copytree(story_past.desk.home, tmp_path / "desk")
    desk = Desk(tmp_path / "desk")
    shutil.rmtree(desk.inbox / "done")

    compared = tried(desk, rules(A_LABEL_MORE))

    assert {each.product_order_no for each in compared.impact.not_seen} == set(names())
    assert (compared.impact.flips, compared.impact.orders) == ((), 0)


def test_a_run_without_a_brief_or_with_a_damaged_one_is_listed(story_past, tried, tmp_path):
    shutil.copytree(story_past.desk.home, tmp_path / "desk")
    desk = Desk(tmp_path / "desk")
    damaged, whole, gone = PastRuns(desk).names()
    (desk.history / f"{damaged}.json.gz").write_bytes(b"no brief")
    (desk.history / f"{gone}.json.gz").unlink()

    compared = tried(desk)

    assert [(each.run, each.product_order_no) for each in compared.impact.not_seen] == [(gone, None), (damaged, None)]
    assert [run for run, _ in compared.impact.runs] == [whole]


def test_runs_before_the_first_day_are_not_even_read(story_past, tried, tmp_path):
    shutil.copytree(story_past.desk.home, tmp_path / "desk")
    desk = Desk(tmp_path / "desk")
    friday, *monday = story_past.runs
    (desk.history / f"{friday}.json.gz").write_bytes(b"no brief")

    compared = tried(desk, since=date(2026, 11, 23))

    assert [run for run, _ in compared.impact.runs] == monday
    assert compared.impact.not_seen == ()


# ── what is said and written ──


def test_the_command_prints_flips_as_json_and_ends_with_one(story_past, rules, typed, marks):
    new = rules(TALKED_ABOUT)
    before = contents(story_past.desk.home)

    ended = typed("impact", "--home", story_past.desk.home, "--rules", new, "--json")

    lines = [json.loads(line) for line in ended.out.splitlines()]
    expected = PLANTED[TALKED_ABOUT].flips
    assert ended.code == 1
    assert {names()[line["product_order_no"]] for line in lines if line["type"] == "flip"} == expected
    first = lines[0]
    assert [*first] == [
        "type", "product_order_no", "run", "as_of", "before", "after", "irreversible", "points_before", "points_after",
        "fee_before", "fee_after", "why",
    ]  # fmt: skip
    assert (first["before"], first["after"]["action"]) == ({"action": "approve", "rule": "C-37"}, "negotiate")
    assert lines[-1] == {
        "type": "summary",
        "runs": 3,
        "orders": len(names()),
        "flips": len(expected),
        "not_seen": [],
        "unfinished": [],
    }
    assert contents(story_past.desk.home) == before


def test_a_person_gets_a_workbook(story_past, rules, typed, marks, tmp_path):
    shutil.copytree(story_past.desk.home, tmp_path / "desk")

    ended = typed("impact", "--home", tmp_path / "desk", "--rules", rules(TALKED_ABOUT))

    (path,) = (tmp_path / "desk" / "outbox").glob("영향_*.xlsx")
    expected = PLANTED[TALKED_ABOUT].flips
    assert ended.code == 1
    assert f"{len(expected)}건이 이 규칙으로는 달라집니다." in ended.out
    assert ended.out.endswith(f"이 파일을 여세요: {path}\n")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["요약", "뒤집힌 주문", "규칙별", "벌점", "비용", "못 본 것"]
    rows = [*book["뒤집힌 주문"].iter_rows(values_only=True)]
    assert {names()[row[1]] for row in rows[1:]} == expected


def test_rules_that_are_broken_are_told_before_anything_is_tried(story_past, rules, typed):
    new = rules(changed(("packed: negotiate ", "packed: maybe ")))
    assert typed("impact", "--home", story_past.desk.home, "--rules", new).code == 2

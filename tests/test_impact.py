"""What other rules would have decided on the past runs: exactly the planted orders flip, and what can't be tried is said."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from benchmarks.month import a_month
from opened import run

from processor import app, rulebook, samples
from processor.app.desk import Desk
from processor.app.errors import RulesBroken
from processor.app.morning import RunOptions
from processor.app.past_runs import PastRuns
from processor.app.trying import Compared
from processor.intake import Passwords
from processor.model import Action

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    return a_month(tmp_path_factory.mktemp("month") / "desk", run, days=4, orders=40)


def edited(desk: Desk, tmp_path: Path, *edits: tuple[str, str]) -> Path:
    text = desk.rules.read_text("utf-8")
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    path = tmp_path / "rules.yaml"
    path.write_text(text, "utf-8")
    return path


def tried(desk: Desk, new: Path | None = None, **more) -> Compared:
    return app.impact(desk, date(2026, 11, 30), Passwords(), new, **more)


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def last_decisions(desk: Desk) -> dict[str, dict]:
    """As the last run that decided an order recorded it."""
    runs = PastRuns(desk)
    found: dict[str, dict] = {}
    for name in reversed(runs.names()):
        found |= runs.brief(name).decided
    return found


def test_the_same_rules_flip_nothing(month):
    """Each run is compared with the rules that it was made with, here those of the desk now."""
    since = max(month.done)
    day = f"{since[:4]}-{since[4:6]}-{since[6:8]}"

    compared = tried(month.desk, since=date.fromisoformat(day))

    assert compared.impact.flips == ()
    assert compared.impact.not_seen == ()
    assert [run for run, _ in compared.impact.runs] == [since]
    assert compared.impact.orders == len(month.done[since].report.rows)


# ── planted edits: which orders flip is worked out from what the runs recorded, not from the other rules ──


def by_rule(decided: dict[str, dict], *rules: str) -> set[str]:
    return {number for number, each in decided.items() if each["rule"] in rules}


@pytest.fixture(scope="module")
def week(tmp_path_factory, book):
    """The five mornings: hand-made stories of every kind."""
    desk = Desk(tmp_path_factory.mktemp("week"))
    desk.inbox.mkdir()
    desk.outbox.mkdir()
    shutil.copy(rulebook.default_rules(), desk.rules)
    for morning in samples.mornings(datetime.fromisoformat("2026-11-23T09:00")):
        samples.write_morning(desk.inbox, morning)
        for path in desk.inbox.glob("*.xlsx"):
            os.utime(path, (path.stat().st_mtime - 3600,) * 2)
        run(desk, book, RunOptions(morning.as_of, Passwords()))
    return desk


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo's morning of 360 orders, with returns and sold-out goods."""
    made = app.demo_desk(tmp_path_factory.mktemp("demo") / "desk", datetime.fromisoformat("2026-11-23T09:00"))
    app.run(made.desk, datetime.fromisoformat("2026-11-23T09:00"), Passwords([made.password]))
    return made.desk


def rows_of(text: str, rule: str) -> str:
    """The lines of one row of rules.yaml."""
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if line.lstrip().startswith(f"- {{id: {rule},"))
    end = at + 1
    while lines[at:end] and not lines[end - 1].rstrip().endswith("}"):
        end += 1
    return "\n".join(lines[at:end])


def with_row(desk: Desk, tmp_path: Path, rule: str, before: str, after: str) -> Path:
    """rules.yaml with one change in one row."""
    row = rows_of(desk.rules.read_text("utf-8"), rule)
    assert row.count(before) == 1, row
    return edited(desk, tmp_path, (row, row.replace(before, after)))


def flipped(compared: Compared) -> set[str]:
    assert compared.impact.not_seen == ()
    return {flip.product_order_no for flip in compared.impact.flips}


def test_a_row_that_negotiates_instead_of_approving_flips_the_orders_that_it_decided(week, tmp_path):
    compared = tried(week, with_row(week, tmp_path, "C-37", "조치: 취소승인", "조치: 고객협의"))

    expected = by_rule(last_decisions(week), "C-37")
    assert expected
    assert flipped(compared) == expected
    for flip in compared.impact.flips:
        assert (flip.before.action, flip.after.action) == (Action.APPROVE, Action.NEGOTIATE)
        assert flip.irreversible
        assert flip.after.rule == "C-37"


def test_a_new_id_alone_flips_by_the_rule_and_nothing_else(week, tmp_path):
    text = week.rules.read_text("utf-8")
    renamed = tmp_path / "rules.yaml"
    renamed.write_text(text.replace("id: C-37,", "id: C-14,").replace("expect: C-37}", "expect: C-14}"), "utf-8")

    compared = tried(week, renamed)

    assert flipped(compared) == by_rule(last_decisions(week), "C-37")
    assert not any(flip.irreversible for flip in compared.impact.flips)
    assert {(flip.before.rule, flip.after.rule) for flip in compared.impact.flips} == {("C-37", "C-14")}


def test_other_words_for_a_reason_flip_nothing(week, tmp_path):
    row = rows_of(week.rules.read_text("utf-8"), "C-37")
    why = row.split("이유: ")[1].split(",")[0]
    assert flipped(tried(week, edited(week, tmp_path, (row, row.replace(why, f"{why}.."))))) == set()


def test_more_points_flip_the_orders_that_the_row_gave_points(demo, tmp_path):
    compared = tried(
        demo, with_row(demo, tmp_path, "P-06", "점수: {2021-03-01: 2}", "점수: {2021-03-01: 2, 2026-01-01: 4}")
    )

    expected = {
        number
        for number, each in last_decisions(demo).items()
        if "sold_out_cancel" in each["events"]
        and each["by_action"] == 2  # a gift or a subscription brings 3, by other rows
    }
    assert len(expected) > 1
    assert flipped(compared) == expected
    assert {flip.after.points - flip.before.points for flip in compared.impact.flips} == {2}


def test_what_a_setting_of_the_store_settles_flips_exactly_what_it_left_open(demo, tmp_path):
    """With return_fee set, a return leg has its won; an outbound leg needs outbound_fee where shipping was free."""
    compared = tried(demo, edited(demo, tmp_path, ("return_fee: null ", "return_fee: 3500 ")))

    decided = last_decisions(demo)
    unknown = {number: each for number, each in decided.items() if "return" in each["legs"] and each["amount"] is None}
    alone = {number for number, each in unknown.items() if each["legs"] == ["return"]}
    found = flipped(compared)
    assert len(alone) > 1
    assert alone <= found <= unknown.keys()
    for flip in compared.impact.flips:
        assert (flip.before.action, flip.before.rule, flip.before.points) == (
            flip.after.action,
            flip.after.rule,
            flip.after.points,
        )
        assert flip.after.amount is not None


def test_packed_orders_are_approved_by_another_setting(month, tmp_path):
    """The month's last rules approve packed orders; the other way round they are talked about (C-41, C-40)."""
    compared = tried(month.desk, edited(month.desk, tmp_path, ("packed: approve ", "packed: negotiate ")))

    for flip in compared.impact.flips:
        if flip.before.rule == "C-39":
            assert flip.after.rule in ("C-68", "C-40", "C-41")
    approved = by_rule(last_decisions(month.desk), "C-39")
    assert approved <= flipped(compared)


def test_swapped_rows_flip_what_the_lower_one_takes_from_the_upper_one(week, tmp_path):
    """C-36 stands above C-37 and has the reason 상품품절; below it, it would be hidden, so the proof refuses that edit."""
    text = week.rules.read_text("utf-8")
    upper, lower = rows_of(text, "C-36"), rows_of(text, "C-37")
    assert f"{upper}\n{lower}" in text
    swapped = edited(week, tmp_path, (f"{upper}\n{lower}", f"{lower}\n{upper}"))
    with pytest.raises(RulesBroken):
        tried(week, swapped)


# ── what has to be read again ──


def test_files_are_read_again_where_the_rules_read_otherwise(week, tmp_path):
    """An alias more changes nothing that these files say: read again, nothing flips and nothing is unseen."""
    new = edited(
        week, tmp_path, ("labels: [구매의사취소, 구매 의사 취소]", "labels: [구매의사취소, 구매 의사 취소, 마음이바뀜]")
    )

    compared = tried(week, new)

    assert flipped(compared) == set()
    assert compared.impact.orders == len(last_decisions(week))


def test_orders_whose_files_are_gone_are_listed_as_not_seen(week, tmp_path):
    shutil.copytree(week.home, tmp_path / "desk")
    desk = Desk(tmp_path / "desk")
    new = edited(
        week, tmp_path, ("labels: [구매의사취소, 구매 의사 취소]", "labels: [구매의사취소, 구매 의사 취소, 마음이바뀜]")
    )
    shutil.rmtree(desk.inbox / "done")

    compared = tried(desk, new)

    decided = set(last_decisions(week))
    unseen = {each.product_order_no for each in compared.impact.not_seen}
    assert unseen == decided
    assert (compared.impact.flips, compared.impact.orders) == ((), 0)


def test_a_run_without_a_brief_or_with_a_damaged_one_is_listed(week, tmp_path):
    shutil.copytree(week.home, tmp_path / "desk")
    desk = Desk(tmp_path / "desk")
    names = PastRuns(desk).names()
    (desk.history / f"{names[0]}.json.gz").write_bytes(b"no brief")
    (desk.history / f"{names[1]}.json.gz").unlink()

    compared = tried(desk)

    assert [(each.run, each.product_order_no) for each in compared.impact.not_seen] == [
        (names[1], None),
        (names[0], None),
    ]
    assert len(compared.impact.runs) == len(names) - 2


# ── against other rules; what is said and written ──


def test_two_files_of_rules_are_compared_whatever_the_runs_were_made_with(month, tmp_path):
    """The month's own rules are on neither side: one file against itself flips nothing, not even on its first days."""
    one = edited(month.desk, tmp_path, ("return_fee: 3500 ", "return_fee: 4000 "))

    assert flipped(tried(month.desk, one, against=one)) == set()


def test_the_command_prints_flips_as_json_and_ends_with_one(week, tmp_path, typed):
    new = with_row(week, tmp_path, "C-37", "조치: 취소승인", "조치: 고객협의")
    before = contents(week.home)

    ended = typed("impact", "--home", week.home, "--rules", new, "--json")

    lines = [json.loads(line) for line in ended.out.splitlines()]
    expected = by_rule(last_decisions(week), "C-37")
    assert ended.code == 1
    assert {line["product_order_no"] for line in lines if line["type"] == "flip"} == expected
    first = lines[0]
    assert [*first] == [
        "type", "product_order_no", "run", "as_of", "before", "after", "irreversible", "points_before", "points_after",
        "fee_before", "fee_after", "why",
    ]  # fmt: skip
    assert (first["before"], first["after"]["action"]) == ({"action": "approve", "rule": "C-37"}, "negotiate")
    assert lines[-1] == {
        "type": "summary",
        "runs": 5,
        "orders": len(last_decisions(week)),
        "flips": len(expected),
        "not_seen": [],
        "unfinished": [],
    }
    assert contents(week.home) == before


def test_a_person_gets_a_workbook(week, tmp_path, typed):
    shutil.copytree(week.home, tmp_path / "desk")
    new = with_row(week, tmp_path, "C-37", "조치: 취소승인", "조치: 고객협의")

    ended = typed("impact", "--home", tmp_path / "desk", "--rules", new)

    (path,) = (tmp_path / "desk" / "outbox").glob("영향_*.xlsx")
    expected = by_rule(last_decisions(week), "C-37")
    assert ended.code == 1
    assert f"{len(expected)}건이 이 규칙으로는 달라집니다." in ended.out
    assert ended.out.endswith(f"이 파일을 여세요: {path}\n")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["요약", "뒤집힌 주문", "규칙별", "벌점", "비용", "못 본 것"]
    rows = [*book["뒤집힌 주문"].iter_rows(values_only=True)]
    assert {row[1] for row in rows[1:]} == expected


def test_rules_that_are_broken_are_told_before_anything_is_tried(week, tmp_path, typed):
    new = edited(week, tmp_path, ("packed: negotiate ", "packed: maybe "))
    assert typed("impact", "--home", week.home, "--rules", new).code == 2


def test_situations_are_compared_whether_or_not_an_order_was_in_one(week, tmp_path):
    """C-37 alone is changed: each situation that it answers, and nothing else, is answered otherwise."""
    compared = tried(week, with_row(week, tmp_path, "C-37", "조치: 취소승인", "조치: 고객협의"))

    decisions = [each for each in compared.differences.found if each.table == "decisions"]
    assert {(each.before.id, each.after.id) for each in decisions} == {("C-37", "C-37")}
    assert "조치" in {change.name for each in decisions for change in each.changes}
    lines = compared.values("ko")
    (first, *_) = [line for line in lines if line["type"] == "situation" and line["table"] == "decisions"]
    assert (first["before"], first["after"], first["irreversible"]) == ("C-37", "C-37", False)
    assert first["example"]["요청"] == "구매자취소"


def test_settings_that_stand_otherwise_are_named(week, tmp_path):
    compared = tried(week, edited(week, tmp_path, ("return_fee: null ", "return_fee: 3500 ")))

    assert [(each.name, each.before.ko, each.after.ko) for each in compared.changes] == [
        ("store.return_fee", "null", "3500")
    ]
    assert compared.differences.found == ()

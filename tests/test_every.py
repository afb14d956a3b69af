"""Every desk below a folder is run as it would be alone, and one workbook tells of all."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import made
import openpyxl
import pytest
from many_desks import AT, Here, a_desk, left

from processor import app, ledger
from processor.app import one_desk
from processor.app.errors import NoDesks
from processor.model import Action
from processor.opener.passwords import Passwords
from processor.rulebook import sense


def run_every(root: Path, marks: Path, *passwords: str, **more):
    return app.run_every(root, AT, Here(), lambda _desk: passwords, marks=marks, **more)


def table(workbook: Path, sheet: str, name: str) -> list[dict]:
    page = openpyxl.load_workbook(workbook)[sheet]
    head, *rows = [[cell.value for cell in row] for row in page[page.tables[name].ref]]
    return [dict(zip(head, row, strict=True)) for row in rows]


# ── which folders are desks ──


def named(root: Path) -> list[str]:
    return [desk.home.relative_to(root).as_posix() for desk in app.find_desks(root).desks]


def lay(*homes: Path) -> None:
    for home in homes:
        home.mkdir(parents=True, exist_ok=True)
        (home / "rules.yaml").touch()


def test_a_desk_is_found_at_any_depth_and_none_inside_another_or_hidden(tmp_path):
    lay(tmp_path / "나", tmp_path / "대행/가", tmp_path / "대행/나/다", tmp_path / ".숨김", tmp_path / "대행/.숨김/가")
    lay(*(tmp_path / "나" / inside for inside in ("inbox", "inbox/done/x", "outbox", "안")))
    (tmp_path / "빈 폴더").mkdir()

    assert named(tmp_path) == ["나", "대행/가", "대행/나/다"]


def test_a_folder_that_is_a_desk_is_the_only_one(tmp_path):
    lay(tmp_path / "가게", tmp_path / "가게/안")

    assert named(tmp_path / "가게") == ["."]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_lead_to_desks_but_not_round_and_not_twice_to_one(tmp_path):
    root, elsewhere = tmp_path / "가게들", tmp_path / "다른 곳"
    lay(tmp_path, root / "가", elsewhere, elsewhere / "안")
    for name, target in {
        "가 다시": root / "가",
        "다른": elsewhere,
        "다른 것 다시": elsewhere,
        "다른 것 안": elsewhere / "안",
        "돌아옴": root,
        "위로": tmp_path,
        "없는 곳": tmp_path / "없음",
    }.items():
        (root / name).symlink_to(target)

    assert named(root) == ["가", "다른"]


def test_rules_that_are_no_file_still_make_a_desk_so_that_it_is_told(tmp_path):
    (tmp_path / "가" / "rules.yaml").mkdir(parents=True)

    assert named(tmp_path) == ["가"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look into every folder")
def test_a_folder_that_may_not_be_looked_into_is_told(tmp_path, marks):
    lay(tmp_path / "가")
    (tmp_path / "닫힘").mkdir(mode=0)

    done = run_every(tmp_path, marks)

    assert [each.values["desk"] for each in done.failed] == ["가", "닫힘"]


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_without_desks_is_refused(tmp_path, there):
    root = tmp_path / "가게들"
    if there:
        root.mkdir()

    with pytest.raises(NoDesks) as refused:
        app.find_desks(root)

    assert refused.value.message == (
        f"{root} 아래에 작업 폴더(rules.yaml이 있는 폴더)가 없습니다.",
        f"There is no desk (a folder with rules.yaml) below {root}.",
    )


# ── each as alone ──


@pytest.mark.slow
def test_each_desk_gets_the_list_that_it_gets_alone(tmp_path, marks):
    alone, root = tmp_path / "하나씩", tmp_path / "함께"
    for seed, name in enumerate(("가", "대행/나")):
        a_desk(alone / name, seed=seed)
    shutil.copytree(alone, root)
    for name in ("가", "대행/나"):
        app.run(app.Desk(alone / name), AT, Passwords(), marks=marks)

    done = run_every(root, marks)
    together = left(root)

    assert done.workbook == root / "모든가게_20261123_090000.xlsx"
    assert together.pop(done.workbook.name)
    assert together == left(alone)


@pytest.mark.slow
def test_a_second_time_nothing_is_new_and_the_figures_are_the_same(tmp_path, marks):
    a_desk(tmp_path / "가"), a_desk(tmp_path / "나", seed=2)
    first = run_every(tmp_path, marks)
    after = left(tmp_path)
    second = run_every(tmp_path, marks)

    assert [each.values["type"] for each in first.ended] == ["run", "run"]
    assert [each.values["type"] for each in second.ended] == ["nothing_new", "nothing_new"]
    assert [each.line.figures for each in first.ended] == [each.line.figures for each in second.ended]
    assert second.workbook == tmp_path / "모든가게_20261123_090000_2.xlsx"
    assert {name: content for name, content in left(tmp_path).items() if name != second.workbook.name} == after


@pytest.mark.slow
def test_a_desk_counts_what_its_own_list_counts(tmp_path, marks):
    demo = app.demo_desk(tmp_path / "가", AT)
    done = run_every(tmp_path, marks, demo.password)
    (ended,) = done.ended
    its, own = ended.line.figures, ended.values
    summary = openpyxl.load_workbook(own["workbook"])["요약"]
    lists = [
        dict(zip(("name", "count", "done", "first", "late"), [c.value for c in row], strict=False))
        for row in summary[summary.tables["to_do"].ref]
    ][1:]
    said = " ".join(str(cell.value) for row in summary for cell in row if cell.value)

    assert its.to_do == sum(own["by_action"][action.value] for action in Action if action.to_do)
    assert its.to_do == sum(line["count"] for line in lists)
    assert its.late == sum(line["late"] or 0 for line in lists)
    assert its.first == min(line["first"].date() for line in lists if line["first"])
    assert its.problems == len(own["problem_list"])
    assert (
        f"벌점 지금 {its.held.low:,}점 이상 · 오늘 조치로 +{its.brought:,}점 · 제재 기준 {its.need:,}점까지 많아야 {its.left:,}점"
        in said
    )
    assert (its.sure, its.need - its.held.low - its.brought) == (0, its.left)
    assert ended.needs_you


# ── what fails ──


@pytest.mark.slow
def test_a_desk_that_fails_stops_no_other_and_is_named_with_its_reason(tmp_path, marks):
    a_desk(tmp_path / "가"), a_desk(tmp_path / "라", seed=4)
    (a_desk(tmp_path / "나") / "rules.yaml").write_text("version: [", "utf-8")
    a_desk(tmp_path / "다", password="1234")
    (a_desk(tmp_path / "마") / "outbox").rmdir()
    (tmp_path / "마/outbox").write_text("")

    heard = []
    done = run_every(
        tmp_path, marks, "틀린 비밀번호", on_desk=lambda each, at, of: heard.append((each.line.name, at, of))
    )

    codes = {each.line.name: each.values.get("code") for each in done.ended}
    assert codes == {"가": None, "나": "rules_broken", "다": "password_needed", "라": None, "마": "could_not_finish"}
    assert [each.failed.wrong_use for each in done.failed] == [True, False, False]
    assert heard == [(name, at, 5) for at, name in enumerate("가나다라마", start=1)]
    reasons = {row["가게"]: row["처리하지 못한 이유"] for row in table(done.workbook, "처리 못한 가게", "failed_desks")}
    assert reasons == {each.line.name: each.failed.message.ko for each in done.failed}
    assert [row["가게"] for row in table(done.workbook, "가게", "desks")[:3]] == ["나", "다", "마"]
    assert [*(tmp_path / "다/inbox").glob("*.xlsx")]


@pytest.mark.slow
def test_a_desk_that_somebody_holds_says_so(tmp_path, marks):
    a_desk(tmp_path / "가"), a_desk(tmp_path / "나", seed=2)
    with ledger.alone(tmp_path / "가/outbox"):
        done = run_every(tmp_path, marks)

    assert [(each.line.name, each.values["code"]) for each in done.failed] == [("가", "busy")]


@pytest.mark.slow
def test_a_fault_of_the_program_at_one_desk_is_told_of_that_desk(tmp_path, marks, monkeypatch):
    a_desk(tmp_path / "가"), a_desk(tmp_path / "나", seed=2)
    run = one_desk.morning.run
    monkeypatch.setattr(
        one_desk.morning, "run", lambda desk, *more: 1 / 0 if desk.home.name == "가" else run(desk, *more)
    )

    done = run_every(tmp_path, marks)

    assert [(each.line.name, each.values["code"]) for each in done.failed] == [("가", "program_fault")]
    assert [*(tmp_path / "가/outbox").glob("프로그램오류*.txt")]


# ── passwords ──


@pytest.mark.slow
def test_one_list_of_passwords_is_for_all_and_each_desk_has_its_own_beside(tmp_path, marks):
    a_desk(tmp_path / "가", password="1111"), a_desk(tmp_path / "나", password="2222")
    (a_desk(tmp_path / "다", password="3333") / "passwords.txt").write_text("0000\n3333\n", "utf-8")

    done = app.run_every(
        tmp_path, AT, Here(), lambda desk: ["1111", *(["2222"] if desk.home.name == "나" else [])], marks=marks
    )

    assert not done.failed


def test_a_job_that_somebody_logs_tells_no_password(tmp_path):
    job = one_desk.Job("가", tmp_path, AT, "ko", ("1234",), frozenset(), "0.1.0")

    assert repr(job) == "Job(가)"


# ── rules that are proved ──


@pytest.mark.slow
def test_rules_that_a_worker_has_proved_are_not_proved_again(tmp_path, monkeypatch):
    root, folder = tmp_path / "가게들", tmp_path / "cache"
    for name in "가나":
        lay(root / name)
        (root / name / "rules.yaml").write_text(f"{made.RULES.read_text('utf-8')}# {name}\n", "utf-8")
    proofs = []
    check = sense.check
    monkeypatch.setattr(sense, "check", lambda book, notes: (proofs.append(book.sha256), check(book, notes))[1])

    for _ in range(2):
        assert not run_every(root, folder).failed

    assert len(proofs) == len(set(proofs)) == 2


# ── kinds of runs ──


@pytest.mark.slow
def test_a_dry_run_writes_and_moves_nothing(tmp_path, marks):
    a_desk(tmp_path / "가")
    before = left(tmp_path)
    done = run_every(tmp_path, marks, dry_run=True)

    assert done.workbook is None
    assert done.ended[0].line.figures.to_do
    assert left(tmp_path) == before


@pytest.mark.slow
def test_catching_up_makes_no_lists(tmp_path, marks):
    a_desk(tmp_path / "가")
    run_every(tmp_path, marks, catch_up=True)

    assert not [*(tmp_path / "가/outbox").glob("처리목록_*")]
    assert [*(tmp_path / "가/inbox/done").rglob("*.xlsx")]


# ── what waits where ──


@pytest.mark.slow
def test_what_waits_at_each_desk_is_told_the_most_urgent_first(tmp_path, marks):
    a_desk(tmp_path / "가", orders=3, seed=5), a_desk(tmp_path / "나", seed=2), a_desk(tmp_path / "다")
    (tmp_path / "라/inbox").mkdir(parents=True)
    (tmp_path / "라/rules.yaml").touch()
    (tmp_path / "라/inbox/새 파일.xlsx").touch()
    (tmp_path / "마/outbox").mkdir(parents=True)
    (tmp_path / "마/rules.yaml").touch()
    (tmp_path / "마/outbox/ledger.sqlite3").write_text("no ledger at all", "utf-8")
    run_every(tmp_path, marks)

    found = app.all_waiting(tmp_path, AT.date())

    firsts = [each.first for each in found if each.first]
    assert firsts == sorted(firsts)
    assert found[0].name == "마"
    for each in found[1:]:
        alone = app.status(app.Desk(tmp_path / each.name), AT.date())
        items = alone.waiting.items
        own = each.values("ko")
        assert sum(own["waiting"].values()) == len(items)
        assert own["late"] == sum(item.act_by is not None and item.act_by < AT.date() for item in items)
        assert own["first"] == (items[0].act_by.isoformat() if items and items[0].act_by else None)
    by_name = {each.name: each for each in found}
    assert by_name["라"].line == (
        "  라: 아직 한 번도 처리하지 않음 · inbox에 파일 1개",
        "  라: nothing handled yet · 1 file in inbox",
    )
    assert by_name["마"].values("en")["code"] == "ledger_unusable"


def test_the_command_desks_prints_a_line_for_each_and_fails_if_one_cannot_be_told(tmp_path, typed):
    for name in ("가", "나"):
        (tmp_path / name / "outbox").mkdir(parents=True)
        (tmp_path / name / "rules.yaml").touch()

    assert typed("desks", tmp_path) == (0, "  가: 아직 한 번도 처리하지 않음\n  나: 아직 한 번도 처리하지 않음\n", "")
    (tmp_path / "나/outbox/ledger.sqlite3").write_text("no ledger at all", "utf-8")
    ended = typed("desks", tmp_path, "--json")

    assert ended.code == 3
    assert [(line["desk"], line["type"]) for line in ended.lines] == [("나", "error"), ("가", "desk")]
    assert ended.lines[1] == {
        "desk": "가", "type": "desk", "waiting": {"seller": 0, "buyer": 0, "answer": 0, "nobody": 0},
        "late": 0, "first": None, "last_run": None, "inbox": 0, "newest": None,
    }  # fmt: skip

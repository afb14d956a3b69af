"""The briefs of runs: each past run is decided once more as it was, from its brief alone."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path

import opened
import pytest
from benchmarks.month import a_month
from ended import read_once
from opened import explain, run
from pasts import Past

from processor import app, ledger, outbox, rulebook, samples
from processor.app import plan
from processor.app.desk import Desk
from processor.app.errors import BriefMissing, HistoryDamaged, NoSuchRun
from processor.app.explaining import Unexplained
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.app.past_runs import PastRun, PastRuns
from processor.intake import Passwords
from processor.ledger.history import form
from processor.model import Action, Col, Kind

MONDAY = datetime.fromisoformat("2026-11-23T09:00")
MOST_BYTES_OF_AN_ORDER = 60  # as the design asks, on a desk of hundreds of orders

pytestmark = pytest.mark.slow


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def a_day(desk: Desk, book, morning, catch_up: bool = False) -> Done:
    samples.write_morning(desk.inbox, morning)
    for path in desk.inbox.glob("*.xlsx"):
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    done = run(desk, book, RunOptions(morning.as_of, Passwords(), catch_up=catch_up))
    assert isinstance(done, Done)
    return done


@pytest.fixture
def retold(marks):
    """Tell a past run again."""
    return lambda desk, what: app.replay(desk, what, marks)


@pytest.fixture
def explained(monkeypatch):
    """Tell the story of an order. Files are opened by the one process that all tests share."""
    monkeypatch.setattr(rulebook, "read", read_once)
    monkeypatch.setattr(app, "ReadingProcess", lambda *_ahead: nullcontext(opened.process()))
    return lambda number, desk, **more: app.explain(number, desk, MONDAY, Passwords(), **more)


def past_run(past: Past, name: str) -> PastRun:
    """A run of that past, by its brief alone; its rules are proved already."""
    runs = PastRuns(past.desk, books={book.sha256: book for book in past.rules.values()})
    brief = runs.brief(name)
    return PastRun(brief, runs.rules(brief))


# ── replay ──


def test_each_run_is_decided_once_more_to_the_letter(story_past):
    assert PastRuns(story_past.desk).names() == sorted(story_past.done, reverse=True)
    for name, outcome in story_past.done.items():
        past = past_run(story_past, name)
        assert past.differences == {}
        for lang in ("ko", "en"):
            assert [*outbox.lines(past.report, lang)] == [*outbox.lines(outcome.report, lang)], name


def test_days_with_answers_withdrawals_and_two_changes_of_rules_are_decided_once_more(busy_past):
    assert PastRuns(busy_past.desk).names() == sorted(busy_past.done, reverse=True)
    assert len({book.sha256 for book in busy_past.rules.values()}) == 3
    assert any(each.report.answers for each in busy_past.done.values()), "the seller has answered"
    for name, done in busy_past.done.items():
        past = past_run(busy_past, name)
        assert past.differences == {}, name
        assert past.book.sha256 == busy_past.rules[name].sha256
        assert {*past.brief.decided} == set(done.report.rows[Col.PRODUCT_ORDER_NO])


def test_it_needs_nothing_but_the_history(busy_past, tmp_path, retold):
    shutil.copytree(busy_past.desk.home, tmp_path / "desk")
    desk = Desk(tmp_path / "desk")
    shutil.rmtree(desk.inbox / "done")
    desk.ledger.unlink()
    for workbook in desk.outbox.glob("처리목록_*"):
        workbook.unlink()

    oldest, *_, newest = busy_past.runs
    assert all(retold(desk, name).equal for name in (oldest, newest))


def test_what_was_recorded_and_comes_out_otherwise_is_shown_on_both_sides(story_past, tmp_path, retold):
    """As after an update of the program, or where somebody has changed the record."""
    desk, done = story_past.desk, story_past.done
    shutil.copytree(desk.home, tmp_path / "desk")
    other = Desk(tmp_path / "desk")
    name = next(iter(done))
    brief = PastRuns(other).brief(name)
    number = next(number for number, each in brief.decided.items() if each["action"] == "approve")
    told = {**brief.decided, number: {**brief.decided[number], "action": "review", "rule": "C-01"}}
    changed = ledger.Brief(
        **{**{each: getattr(brief, each) for each in brief.__slots__}, "decided": told, "program": "0"}
    )
    (other.history / f"{name}.json.gz").write_bytes(form.written(changed))

    replayed = retold(other, name)

    assert not replayed.equal
    lines = [*replayed.values("ko")]
    (difference,) = [line for line in lines if line["type"] == "difference"]
    assert difference["product_order_no"] == number
    assert (difference["recorded"]["action"], difference["recorded"]["rule"]) == ("review", "C-01")
    assert difference["replayed"] == brief.decided[number]
    assert (lines[-1]["equal"], lines[-1]["differences"], lines[-1]["same_program"]) == (False, 1, False)
    assert "잘못하신 것은 없습니다" in " ".join(line.ko for line in replayed.lines())


def test_of_one_order_the_newest_run_that_decided_it_is_replayed(story_past, retold):
    desk, done = story_past.desk, story_past.done
    newest = max(done)
    number = done[newest].report.rows[Col.PRODUCT_ORDER_NO].iloc[0]

    lines = [*retold(desk, number).values("ko")]

    assert [line["type"] for line in lines] == ["decision", "summary"]
    assert (lines[0]["product_order_no"], lines[1]["run"], lines[1]["equal"]) == (number, newest, True)


@pytest.mark.parametrize("typed", ["20200101_090000", "nothing", "2020010112345678"])
def test_what_is_not_in_the_history_is_said(typed, story_past):
    desk = story_past.desk
    with pytest.raises((BriefMissing, NoSuchRun)) as said:
        app.replay(desk, typed)
    assert typed in said.value.message.ko


# ── what is written ──


def test_a_brief_takes_few_bytes_an_order(tmp_path):
    desk = a_month(tmp_path / "desk", run, days=2, orders=400).desk
    for name in PastRuns(desk).names():
        brief = PastRuns(desk).brief(name)
        told = {*brief.batch.claims[Col.PRODUCT_ORDER_NO], *brief.batch.earlier[Col.PRODUCT_ORDER_NO]}
        size = (desk.history / f"{name}.json.gz").stat().st_size
        assert len(told) >= 300
        assert size <= MOST_BYTES_OF_AN_ORDER * len(told), (size, len(told))


def test_of_earlier_days_a_run_knows_no_sheets_of_answers(busy_past):
    """What they said is remembered as answers; a list shows by its time that a request has gone."""
    lists = PastRuns(busy_past.desk).brief(busy_past.runs[-1]).batch.lists

    assert {sheet.kind for sheet in lists if sheet.earlier} == {Kind.DISPATCH, Kind.CANCEL}
    assert len({sheet.taken_at for sheet in lists}) >= len(busy_past.runs), "and every list of earlier days"


def test_what_is_read_back_is_written_in_the_same_bytes(story_past, busy_past):
    for past in (story_past, busy_past):
        for name in past.runs:
            written = (past.desk.history / f"{name}.json.gz").read_bytes()
            assert form.written(form.read_back(written)) == written


def test_the_same_rules_are_kept_once(busy_past):
    kept = sorted(path.name for path in (busy_past.desk.history / "rules").iterdir())

    assert kept == sorted({f"{book.sha256}.yaml.gz" for book in busy_past.rules.values()})
    for book in busy_past.rules.values():
        text = gzip.decompress((busy_past.desk.history / "rules" / f"{book.sha256}.yaml.gz").read_bytes())
        assert hashlib.sha256(text).hexdigest() == book.sha256
        assert text.decode() == book.text


def test_a_run_without_a_workbook_leaves_a_brief_too(tmp_path, book, retold):
    desk = Desk(tmp_path)
    desk.inbox.mkdir()
    desk.outbox.mkdir()
    shutil.copy(rulebook.default_rules(), desk.rules)
    monday, tuesday, *_ = samples.mornings(MONDAY)

    noted = a_day(desk, book, monday, catch_up=True)

    assert noted.workbook is None
    (name,) = PastRuns(desk).names()
    brief = PastRuns(desk).brief(name)
    assert (brief.listed, brief.acting) == (False, False)
    assert retold(desk, name).equal
    a_day(desk, book, tuesday)
    assert len(PastRuns(desk).names()) == 2


def test_a_brief_has_nothing_of_a_buyer(tmp_path, book):
    """Every screen of the samples has names, phones and addresses that are easy to find."""
    desk = app.demo_desk(tmp_path / "demo", MONDAY).desk
    run(desk, book, RunOptions(MONDAY, Passwords([samples.DEMO_PASSWORD])))

    files = [path for path in desk.history.rglob("*") if path.is_file()]

    assert len(files) == 2
    for path in files:
        text = gzip.decompress(path.read_bytes()).decode()
        spelled = text if path.suffixes[0] == ".yaml" else json.dumps(json.loads(text), ensure_ascii=False)
        for personal in ("010-", "0505-", "가상구매자", "구매자_", "지어낸", "테스트로", f'"{samples.DEMO_PASSWORD}"'):
            assert path.suffixes[0] == ".yaml" or personal not in spelled, personal


def test_nothing_on_the_desk_changes_by_telling_again(busy_past, retold, explained):
    before = contents(busy_past.desk.home)
    name, done = next(iter(busy_past.done.items()))
    number = done.report.rows[Col.PRODUCT_ORDER_NO].iloc[0]

    retold(busy_past.desk, name)
    retold(busy_past.desk, number)
    explained(number, busy_past.desk, of_run=name)

    assert contents(busy_past.desk.home) == before


# ── with the run, or not at all ──


def test_a_plan_that_is_given_up_leaves_no_brief(tmp_path, book, monkeypatch):
    desk = Desk(tmp_path)
    desk.inbox.mkdir()
    desk.outbox.mkdir()

    def refused(*_: object) -> None:
        raise PermissionError(13, "no", str(desk.inbox))

    monkeypatch.setattr("processor.intake.make_way", refused)
    with pytest.raises(PermissionError):
        a_day(desk, book, samples.mornings(MONDAY)[0])

    assert [path for path in desk.history.rglob("*") if path.is_file()] == []


def test_what_a_killed_run_has_laid_out_is_cleared_away(tmp_path, book):
    desk = Desk(tmp_path)
    (desk.history / "rules").mkdir(parents=True)
    desk.inbox.mkdir()
    left = [desk.history / ".20261122_090000.json.gz.tmp", desk.history / "rules" / f".{'0' * 64}.yaml.gz.tmp"]
    kept = desk.history / ".mine.tmp"
    for path in (*left, kept):
        path.write_bytes(b"half")

    plan.finish(desk)

    assert [path.exists() for path in (*left, kept)] == [False, False, True]


# ── forget ──


def test_forget_takes_briefs_and_the_rules_that_only_they_had(busy_past, tmp_path, retold):
    shutil.copytree(busy_past.desk.home, tmp_path / "desk")
    desk = Desk(tmp_path / "desk")
    names, rules = busy_past.runs, busy_past.rules
    first = next(at for at, name in enumerate(names) if rules[name] is rules[names[-1]])  # made with the last rules
    gone = [f"{name}.json.gz" for name in names[:first]]
    unused = {rules[name].sha256 for name in names[:first]} - {rules[names[-1]].sha256}
    gone += sorted(f"{sha256}.yaml.gz" for sha256 in unused)
    day = busy_past.done[names[first]].report.as_of.date()
    before = contents(desk.home)

    told = app.old(desk, day)

    assert [path.name for path in told.history] == gone
    assert len(unused) == 2
    assert contents(desk.home) == before, "told first, removed only when asked"
    app.forget(desk, day)
    assert sorted(path.name for path in desk.history.glob("*.gz")) == [f"{name}.json.gz" for name in names[first:]]
    assert all(retold(desk, name).equal for name in names[first:])
    with pytest.raises(BriefMissing):
        retold(desk, names[0])


# ── a history that somebody else has written ──


def damaged(content: bytes, how: str) -> bytes:
    data = json.loads(gzip.decompress(content))
    match how:
        case "cut":
            return content[: len(content) // 2]
        case "no gzip":
            return b"{}"
        case "no json":
            return gzip.compress(b"{")
        case "another form":
            data["form"] = 99
        case "a row too many":
            data["batch"]["claims"]["rows"] += 1
        case "a column less":
            del data["batch"]["claims"]["columns"]["paid_at"]
        case "a number of no row":
            data["decided"]["orders"][0] = 10**9
        case "a column like none":
            data["batch"]["claims"]["columns"]["option"] = {"each": ["a"], "as": "no column"}
        case "a number cut short":
            data["numbers"]["lasts"] = data["numbers"]["lasts"][1:]
        case "a moment of no calendar":
            data["batch"]["claims"]["columns"]["paid_at"]["unit"] = 10**15
        case "another action":
            data["decided"]["situations"] = {"each": ['{"action":"burn","rule":"C-01","points":0}']}
        case "of another run":
            data["run"] = "20260101_000000"
        case "a list of lists":
            data = [[[]]]
    return gzip.compress(json.dumps(data).encode())


@pytest.mark.parametrize(
    "how",
    [
        "cut",
        "no gzip",
        "no json",
        "another form",
        "a row too many",
        "a column less",
        "a number of no row",
        "a column like none",
        "a number cut short",
        "a moment of no calendar",
        "another action",
        "of another run",
        "a list of lists",
    ],
)
def test_a_damaged_brief_is_said_and_costs_that_run_only(how, story_past, tmp_path):
    desk, done = story_past.desk, story_past.done
    shutil.copytree(desk.history, tmp_path / "outbox" / ".history")
    shutil.copy(desk.rules, tmp_path / "rules.yaml")
    first, second, *_ = sorted(done)
    path = tmp_path / "outbox" / ".history" / f"{first}.json.gz"
    path.write_bytes(damaged(path.read_bytes(), how))

    with pytest.raises(HistoryDamaged) as said:
        app.replay(Desk(tmp_path), first)

    assert str(path) in said.value.message.ko
    assert PastRuns(Desk(tmp_path)).brief(second).run == second


def test_a_damaged_brief_and_a_moment_that_is_none_hinder_no_other_run(story_past, tmp_path, retold):
    desk, done = story_past.desk, story_past.done
    shutil.copytree(desk.history, tmp_path / "outbox" / ".history")
    shutil.copy(desk.rules, tmp_path / "rules.yaml")
    first, *_, newest = sorted(done)
    number = done[first].report.rows[Col.PRODUCT_ORDER_NO].iloc[0]
    (tmp_path / "outbox" / ".history" / f"{newest}.json.gz").write_bytes(b"no brief")
    (tmp_path / "outbox" / ".history" / "20269999_090000.json.gz").write_bytes(b"no moment")

    replayed = retold(Desk(tmp_path), number)

    assert replayed.equal
    assert replayed.past.brief.run != newest
    assert PastRuns(Desk(tmp_path)).names() == sorted(done, reverse=True)
    assert app.old(Desk(tmp_path), date(2026, 11, 1)).history == []


def test_a_brief_that_unpacks_to_gigabytes_is_not_unpacked(story_past, tmp_path, monkeypatch):
    desk, done = story_past.desk, story_past.done
    shutil.copytree(desk.history, tmp_path / "outbox" / ".history")
    shutil.copy(desk.rules, tmp_path / "rules.yaml")
    path = tmp_path / "outbox" / ".history" / f"{min(done)}.json.gz"
    monkeypatch.setattr(form, "LARGEST", 1 << 16)
    path.write_bytes(gzip.compress(bytes(1 << 20)))

    with pytest.raises(HistoryDamaged):
        app.replay(Desk(tmp_path), min(done))


# ── explain ──


def test_the_story_of_a_past_run_is_told_by_its_own_rules(busy_past, explained):
    """rules.yaml was changed after the first days; the story of then is told by the rules of then."""
    first = min(busy_past.done)
    report = busy_past.done[first].report
    at = next(at for at, code in enumerate(report.rows["situation"]) if report.verdicts[code].action is Action.SHIP)
    number = report.rows[Col.PRODUCT_ORDER_NO].iloc[at]

    story = explained(number, busy_past.desk, of_run=first)

    assert story.verdict == report.verdicts[report.rows["situation"].iloc[at]]
    assert story.as_of == report.as_of
    assert story.book.sha256 == busy_past.rules[first].sha256
    assert story.case.origins, "the files still lie in done"
    assert (
        story.notes[0].ko
        == f"{report.as_of:%Y-%m-%d %H:%M} 처리목록을 만들 때 알던 것과 그때의 rules.yaml로 설명합니다."
    )


def test_without_the_files_the_story_is_the_same_but_for_the_cells(busy_past, tmp_path, explained):
    shutil.copytree(busy_past.desk.home, tmp_path / "desk")
    desk = Desk(tmp_path / "desk")
    last = max(busy_past.done)
    number = busy_past.done[last].report.rows[Col.PRODUCT_ORDER_NO].iloc[0]
    with_files = explained(number, desk)
    shutil.rmtree(desk.inbox / "done")

    without = explained(number, desk)

    assert without.verdict == with_files.verdict
    assert with_files.case.origins
    assert not without.case.origins
    assert "어느 칸에 적혀 있었는지는 보여 드리지 못합니다" in without.notes[1].ko


def test_a_desk_from_before_has_no_briefs_and_that_is_said(story_past, book, tmp_path):
    desk, done = story_past.desk, story_past.done
    shutil.copytree(desk.home, tmp_path / "desk")
    old = Desk(tmp_path / "desk")
    shutil.rmtree(old.history)
    newest = max(done)
    number = done[newest].report.rows[Col.PRODUCT_ORDER_NO].iloc[0]

    story = explain(number, old, book, RunOptions(MONDAY, Passwords()), then=True)

    assert isinstance(story, Unexplained)
    assert story.run == newest
    with pytest.raises(BriefMissing):
        app.replay(old, newest)


# ── past days ──


def test_each_past_day_has_its_runs_and_what_its_last_list_held(busy_past):
    found = app.history(busy_past.desk)
    runs = sorted(busy_past.done, reverse=True)
    days = sorted({run[:8] for run in runs}, reverse=True)
    assert [f"{each.day:%Y%m%d}" for each in found.days] == days
    assert not found.older
    for each, day in zip(found.days, days, strict=True):
        assert each.runs == tuple(run for run in runs if run.startswith(day))
        report = busy_past.done[each.runs[0]].report
        assert dict(each.counts) == {action: count for action in Action if (count := report.count(action))}
    told = {run["run"]: run["workbook"] for day in found.values("ko")["days"] for run in day["runs"]}
    assert told == {run: done.workbook is not None for run, done in busy_past.done.items()}
    second = found.days[1].day
    assert app.history(busy_past.desk, before=second).days == found.days[2:]


def test_a_day_that_cannot_be_told_any_more_says_why_and_the_others_are_told(story_past, tmp_path):
    shutil.copytree(story_past.desk.home, tmp_path / "desk")
    desk = Desk(tmp_path / "desk")
    oldest, newest = story_past.runs[0], story_past.runs[-1]
    (desk.history / f"{oldest}.json.gz").write_bytes(b"no brief")
    for day in range(1, 21):
        (desk.outbox / f"처리목록_202601{day:02}_090000.xlsx").touch()  # of before there were briefs

    found = app.history(desk)

    first, second, third = found.days[:3]
    assert (first.runs[0], first.why.ko) == (newest, "")
    assert (second.runs, second.counts) == ((oldest,), None)
    assert second.why == HistoryDamaged(desk.history / f"{oldest}.json.gz").message
    assert (f"{third.day}", third.why) == ("2026-01-20", BriefMissing("20260120_090000").message)
    assert found.older
    rest = app.history(desk, before=found.days[-1].day)
    assert [each.day.day for each in (*found.days[2:], *rest.days)] == [*range(20, 0, -1)]
    assert not rest.older


def test_a_past_list_is_the_one_that_was_shown_then(story_past, retold):
    for name, done in story_past.done.items():
        then = outbox.Listing(done.report, story_past.rules[name])
        assert retold(story_past.desk, name).listing.values("ko") == then.values("ko")

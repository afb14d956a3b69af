"""The functions of `app`: their outcomes are values, from any thread, several at once, in both languages."""

from __future__ import annotations

import ast
import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier
from typing import NamedTuple

import forked
import pytest
from test_cli import APPROVED, QUESTION, put_exports

from processor import app, outbox, samples
from processor.app import errors
from processor.app.explaining import NotFound
from processor.app.outcomes import Done, NothingNew
from processor.app.progress import Stage

ROOT = Path(__file__).parent.parent
MORNING = datetime(2026, 11, 23, 9)
BELOW = sorted(
    path
    for path in (ROOT / "processor").rglob("*.py")
    if path.relative_to(ROOT / "processor").parts[0] not in ("cli", "page", "__main__.py")
)
"""All rooms below the two faces, on which another program may stand."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> app.Desk:
    """A desk of invented orders on which nothing has been run yet."""
    desk = app.new_desk(tmp_path_factory.mktemp("app") / "desk")
    samples.demo_desk(desk.inbox, as_of=MORNING, count=40)
    return desk


@pytest.fixture(scope="module")
def files(desk) -> list[Path]:
    return sorted(desk.inbox.iterdir())


def passwords() -> app.Passwords:
    return app.Passwords([samples.DEMO_PASSWORD])


def decided(files: list[Path], rules: Path, lang: str) -> list[dict]:
    return list(outbox.lines(app.decide(files, rules, MORNING, passwords()), lang))


@pytest.mark.slow
def test_four_threads_at_once_in_two_languages_say_what_the_command_line_says(desk, tmp_path):
    files = put_exports(tmp_path, APPROVED, QUESTION, password=samples.DEMO_PASSWORD)
    together = Barrier(4)

    def in_a_thread(lang: str) -> list[dict]:
        together.wait(60)
        return decided(files, desk.rules, lang)

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(in_a_thread, ("ko", "en", "ko", "en")))

    assert found[:2] == found[2:]
    for lang, lines in zip(("ko", "en"), found, strict=False):
        typed = ["decide", *map(str, files), "--rules", str(desk.rules), "--as-of", "2026-11-23T09:00", "--lang", lang]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        program = forked.started(typed, {**os.environ, "PROCESSOR_PASSWORDS": samples.DEMO_PASSWORD}, **streams)
        out, err = program.communicate()
        assert program.returncode == 1, err
        assert [json.loads(line) for line in out.splitlines()] == json.loads(json.dumps(lines))


class Demo(NamedTuple):
    """The demo with one run behind it, and what the run told of how far it had come."""

    desk: app.Desk
    done: Done | NothingNew
    heard: list[app.Progress]
    inputs: set[str]  # names of the files that lay in the inbox


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Demo:
    """Made while no mode is masked: what it does not keep for its user itself is open to all."""
    heard: list[app.Progress] = []
    before = os.umask(0)
    try:
        desk = app.demo_desk(tmp_path_factory.mktemp("demo") / "desk", MORNING).desk
        inputs = {path.name for path in desk.inbox.iterdir()}
        done = app.run(desk, MORNING, passwords(), "en", on_progress=heard.append)
        app.template(desk)
    finally:
        os.umask(before)
    return Demo(desk, done, heard, inputs)


@pytest.mark.slow
def test_a_run_tells_how_far_it_has_come_and_leaves_what_it_says(demo):
    desk, done, heard, _ = demo

    assert isinstance(done, Done)
    assert done.workbook is not None
    assert done.workbook.exists()
    assert [progress.stage for progress in heard] == sorted(
        (progress.stage for progress in heard), key=[*Stage].index
    ), "one stage after the other"
    for stage in Stage:
        last = [progress for progress in heard if progress.stage is stage][-1]
        assert last.done == last.of > 0
    assert heard[0].of == 0, "before it is known how many files there are"
    again = app.run(desk, MORNING, passwords())
    assert isinstance(again, NothingNew)
    assert next(again.lines("ko")) == f"{desk.inbox}에 새 파일이 없습니다."


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps who may read in another way")
def test_what_a_run_makes_is_for_its_user_alone_whatever_the_umask(demo):
    home = demo.desk.home
    made = [home, *(path for path in home.rglob("*") if path.name not in demo.inputs)]
    assert len(made) > 8
    open_to_others = [path for path in made if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert open_to_others == []


@pytest.mark.slow
def test_errors_say_a_code_and_a_sentence_in_both_languages(tmp_path, desk, files):
    with pytest.raises(errors.NoDesk) as no_desk:
        app.status(app.Desk(tmp_path), MORNING.date())
    assert no_desk.value.code == "no_desk"
    assert no_desk.value.message.ko == (
        f"{tmp_path}에 rules.yaml이 없어 작업 폴더로 쓸 수 없습니다. 작업 폴더를 --home으로 알려 주세요."
    )
    with pytest.raises(errors.PasswordNeeded) as locked:
        app.decide(files, desk.rules, MORNING, app.Passwords())
    assert locked.value.code == "password_needed"
    assert {problem.code for problem in locked.value.problems} == {"password_missing"}
    assert {each["code"] for each in locked.value.details("en")["problem_list"]} == {"password_missing"}
    with pytest.raises(errors.FileMissing):
        app.decide([tmp_path / "gone.xlsx"], desk.rules, MORNING, passwords())
    (tmp_path / "rules.yaml").write_text("version: 1\n", "utf-8")
    with pytest.raises(errors.RulesBroken) as broken:
        app.check(tmp_path / "rules.yaml", MORNING.date())
    assert broken.value.complaints
    found = app.explain("2026112312345678", desk, MORNING, passwords())
    assert isinstance(found, NotFound)
    assert "2026112312345678" in found.message.ko


def test_no_room_below_prints_exits_reads_the_command_line_or_handles_signals():
    """But for what a process of our own does at its beginning and end."""
    found = set()
    for path in BELOW:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call | ast.Attribute):
                name = ast.unparse(node.func if isinstance(node, ast.Call) else node)
                if name in ("print", "input", "exit", "sys.argv", "sys.exit", "os._exit", "os.umask", "signal.signal"):
                    found.add((path.relative_to(ROOT / "processor").as_posix(), name))
    ours = {
        ("opener/reader.py", "signal.signal"),
        ("processes/warm.py", "signal.signal"),
        ("processes/started.py", "os._exit"),
    }
    assert found == ours


def test_no_room_below_keeps_anything_between_two_calls():
    """No `global`, and no value at the top of a module that a function changes."""
    found = []
    for path in BELOW:
        module = ast.parse(path.read_text("utf-8"))
        top = {
            target.id
            for node in module.body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(module):
            changed = isinstance(node, ast.Global) or (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("append", "add", "update", "setdefault", "pop", "clear", "extend")
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in top
            )
            if changed:
                found.append((path.relative_to(ROOT / "processor").as_posix(), ast.unparse(node)))
    assert found == []

"""One run at a time: two runs at once, a killed run, and a lock file with unreadable content."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import forked
import pytest
from opened import run
from test_run import MORNING, aged, names, options

from processor import ledger, samples
from processor.app.desk import Desk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped and killed by signals"),
]

WORKBOOK = "처리목록_20261123_090000.xlsx"
A_MINUTE = 60


@pytest.fixture(scope="module")
def day(tmp_path_factory) -> Path:
    """A few hundred orders; to be copied, never touched."""
    folder = tmp_path_factory.mktemp("day")
    orders = samples.orders(400, seed=7, as_of=MORNING - timedelta(minutes=5))  # none is younger than the files
    samples.write_dispatch(folder / "발주발송관리_20261123_0855.xlsx", orders, downloaded_at=MORNING)
    samples.write_cancel(folder / "취소관리_20261123_0856.xlsx", orders, downloaded_at=MORNING)
    return aged(folder)


@pytest.fixture
def desk(tmp_path, rules_path, day) -> Desk:
    desk = Desk(tmp_path / "desk")
    desk.outbox.mkdir(parents=True)
    shutil.copytree(day, desk.inbox)
    shutil.copy(rules_path, desk.rules)
    return desk


@pytest.fixture
def start():
    """Starts runs as the seller does; none of them outlives the test."""
    started = []

    def begin(desk, *words) -> subprocess.Popen:
        words = ["run", "--home", str(desk.home), "--as-of", f"{MORNING:%Y-%m-%dT%H:%M}", *words]
        started.append(
            forked.started(
                words,
                {name: os.environ[name] for name in os.environ if name not in ("LC_ALL", "LANG")}
                | {"PYTHONIOENCODING": "utf-8"},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
        )
        return started[-1]

    yield begin
    for program in started:
        program.kill()
        program.communicate()


def lock(desk) -> Path:
    return desk.outbox / ".running.lock"


def since(desk) -> str:
    """Since when the desk has been locked, in Korean time whatever the computer's zone."""
    return f"{datetime.fromtimestamp(lock(desk).stat().st_mtime, timezone(timedelta(hours=9))):%m-%d %H:%M}"


def stopped_at_work(program, desk) -> None:
    """Stop a run as soon as it has locked the desk and said who it is."""
    deadline = time.monotonic() + A_MINUTE
    while not (lock(desk).exists() and lock(desk).read_bytes().endswith(b"}")):
        assert program.poll() is None, program.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.002)
    program.send_signal(signal.SIGSTOP)


def ended(program) -> tuple[int, str, str]:
    out, err = program.communicate(timeout=A_MINUTE)
    return program.returncode, out, err


def tidy(desk, day) -> None:
    """The end of an undisturbed morning."""
    assert [name for name in names(desk.outbox) if not name.startswith(".history/rules/")] == [
        ".history/20261123_090000.json.gz",
        "ledger.sqlite3",
        WORKBOOK.replace("xlsx", "json"),
        WORKBOOK,
    ]
    assert names(desk.inbox) == [f"done/20261123_090000/{name}" for name in names(day)]


# ── two at once ──────────────────────────────────────────────────────────────────────────────────


def test_while_a_run_is_at_work_another_one_says_who_it_is_and_does_nothing(desk, day, start):
    first = start(desk)
    stopped_at_work(first, desk)
    locked = since(desk)

    second = ended(start(desk))
    inputs = names(desk.inbox)
    first.send_signal(signal.SIGCONT)

    assert second == (
        3,
        "",
        "읽고 판단하는 중입니다…\n"
        f"이 작업 폴더에서 프로그램이 이미 실행 중입니다: 컴퓨터 {socket.gethostname()}, 프로그램 번호 {first.pid}, "
        f"{locked}부터. 끝난 뒤 다시 실행하세요.\n",
    )
    assert inputs == names(day)
    assert ended(first)[0] == 0
    tidy(desk, day)


def test_of_several_runs_started_at_once_exactly_one_makes_the_workbook(desk, day, start):
    codes = {}
    for program in [start(desk) for _ in range(2)]:
        code, out, err = ended(program)
        assert "Traceback" not in err
        codes.setdefault(WORKBOOK in out, []).append(code)

    assert codes[True] == [0]
    assert set(codes[False]) <= {0, 3}  # the one that came when all was done had nothing to do
    tidy(desk, day)


def test_the_desk_is_busy_in_both_languages_and_in_json(desk, typed):
    with ledger.alone(desk.outbox):
        locked = since(desk)
        korean, english = (
            typed("run", "--home", desk.home, "--quiet"),
            typed("run", "--home", desk.home, "--lang", "en"),
        )
        as_json = typed("run", "--home", desk.home, "--json")

    computer, process = socket.gethostname(), os.getpid()
    message = (
        f"이 작업 폴더에서 프로그램이 이미 실행 중입니다: 컴퓨터 {computer}, 프로그램 번호 {process}, {locked}부터. "
        "끝난 뒤 다시 실행하세요."
    )
    assert korean == (3, "", f"{message}\n")
    assert english == (
        3,
        "",
        "Reading and deciding…\n"
        f"Another run is working on this desk: computer {computer}, process {process}, since {locked}. "
        "Run again when it is done.\n",
    )
    assert (as_json.code, as_json.err) == (3, "")
    assert as_json.lines == [{"type": "error", "code": "busy", "message": message}]


def test_where_the_other_run_has_not_said_who_it_is_the_desk_is_busy_all_the_same(desk, typed):
    with ledger.alone(desk.outbox):
        lock(desk).write_bytes(b"")
        refused = typed("run", "--home", desk.home, "--quiet")

    assert refused == (3, "", "이 작업 폴더에서 프로그램이 이미 실행 중입니다. 끝난 뒤 다시 실행하세요.\n")


def test_whatever_only_looks_need_not_wait_for_a_run(desk, day, typed):
    with ledger.alone(desk.outbox):
        looked = [
            typed("status", "--home", desk.home),
            typed("run", "--home", desk.home, "--as-of", "2026-11-23", "--dry-run"),
            typed("forget", "--home", desk.home, "--before", "2026-11-23"),
        ]
        removing = typed("forget", "--home", desk.home, "--before", "2026-11-23", "--yes")

    assert [each.code for each in looked] == [0, 0, 0]
    assert removing.code == 3
    assert "이 작업 폴더에서 프로그램이 이미 실행 중입니다" in removing.err
    assert names(desk.inbox) == names(day)


def test_the_lock_is_let_go_when_a_run_has_failed(desk):
    with pytest.raises(OSError, match="the disk"), ledger.alone(desk.outbox):
        raise OSError("the disk")

    with ledger.alone(desk.outbox):
        assert lock(desk).exists()
    assert not lock(desk).exists()


def test_however_many_come_and_go_there_are_never_two_at_once(tmp_path):
    """Whoever leaves takes the file away, and whoever has just opened that file must not believe that it is the lock."""
    inside, together = [], []

    def come_and_go() -> None:
        for _ in range(300):
            with contextlib.suppress(ledger.Busy), ledger.alone(tmp_path):
                inside.append(1)
                time.sleep(0.0005)
                together.append(len(inside))
                inside.pop()

    everybody = [threading.Thread(target=come_and_go) for _ in range(8)]
    for each in everybody:
        each.start()
    for each in everybody:
        each.join()

    assert set(together) == {1}
    assert list(tmp_path.iterdir()) == []


# ── left behind ──────────────────────────────────────────────────────────────────────────────────


def test_the_lock_of_a_killed_run_holds_nobody_up(desk, day, start):
    killed = start(desk)
    stopped_at_work(killed, desk)
    killed.kill()
    killed.communicate()
    assert json.loads(lock(desk).read_bytes()) == {"computer": socket.gethostname(), "process": killed.pid}

    code, out, err = ended(start(desk))

    assert (code, err) == (0, "읽고 판단하는 중입니다…\n")
    assert WORKBOOK in out
    tidy(desk, day)


def test_who_comes_after_a_killed_run_puts_his_own_name_on_the_lock(desk):
    lock(desk).write_text(json.dumps({"computer": "가게-PC", "process": 4711}), "utf-8")

    with ledger.alone(desk.outbox):
        assert json.loads(lock(desk).read_bytes()) == {"computer": socket.gethostname(), "process": os.getpid()}


NONSENSE = {
    "nothing": b"",
    "no text": b"\xff\xfe\x00",
    "half a name": b'{"computer": "shop", "pro',
    "a list": b"[]",
    "a number": b"7",
    "nobody": b"{}",
    "no number": b'{"computer": "shop", "process": "x"}',
    "null": b'{"computer": "shop", "process": null}',
    "infinite": b'{"computer": "shop", "process": 1e999}',
    "too deep": b"[" * 100_000,
}


@pytest.mark.parametrize("content", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_in_a_lock_file_names_nobody_and_stops_nobody(tmp_path, content):
    (tmp_path / ".running.lock").write_bytes(content)

    with ledger.alone(tmp_path):
        (tmp_path / ".running.lock").write_bytes(content)
        with pytest.raises(ledger.Busy) as busy, ledger.alone(tmp_path):
            pass

    assert busy.value.owner is None
    assert list(tmp_path.iterdir()) == []


def test_a_run_finds_nonsense_in_the_lock_file_and_works(desk, book, day):
    lock(desk).write_bytes(b"\x00" * 5000)

    run(desk, book, options())

    tidy(desk, day)

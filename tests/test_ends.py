"""Every end has its sentence and its exit code: faults of the program, signals, closed streams, broken keyrings."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import forked
import pytest

from processor import app, outbox, samples
from processor.app import fault
from processor.app.desk import Desk
from processor.cli import passwords
from processor.cli.passwords import Keyring
from processor.cli.terminal import Terminal

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
MORNING = datetime(2026, 11, 23, 9, 0)
RUN = ("run", "--as-of", "2026-11-23T09:00", "--home")
SECRET = "가상이름 010-0000-0000 tiger-9963"
BY_HAND = "요청하신 대로 멈췄습니다. 잃어버린 파일은 없으니 언제든 다시 실행하세요.\n"
BY_SYSTEM = "컴퓨터의 종료 신호를 받아 멈췄습니다. 잃어버린 파일은 없으니 언제든 다시 실행하세요.\n"
READING = "읽고 판단하는 중입니다…\n"
NO_FAULT_OF_YOURS = "프로그램 오류로 끝내지 못했습니다. 사용하신 분의 잘못이 아닙니다. 잃어버린 파일은 없으니 다시 실행해 보고, 또 그러면 "
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither these signals nor /dev/full")


@pytest.fixture
def desk(empty_desk) -> Desk:
    """One export of a few orders in the inbox."""
    path = empty_desk.inbox / samples.file_name("주문조회", MORNING)
    samples.write_search(path, samples.orders(5, seed=3, as_of=MORNING), downloaded_at=MORNING)
    os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    return empty_desk


def all_of(desk: Desk) -> set[str]:
    return {path.relative_to(desk.home).as_posix() for path in desk.home.rglob("*") if path.is_file()}


# ── faults of the program ──


def failing(error: BaseException):
    def fail(*_, **__):
        secret = SECRET  # a value of the frame, which no diagnosis may show
        assert secret
        raise error

    return fail


@pytest.mark.parametrize(
    "error", [KeyError(SECRET), RecursionError(SECRET), SystemExit(SECRET), type("Odd", (BaseException,), {})(SECRET)],
    ids=["KeyError", "RecursionError", "SystemExit", "neither"],
)  # fmt: skip
def test_a_fault_of_the_program_says_so_and_where_its_diagnosis_lies(desk, typed, monkeypatch, error):
    before = all_of(desk)
    monkeypatch.setattr(app, "run", failing(error))

    ended = typed(*RUN, desk.home)

    written = desk.outbox / "프로그램오류.txt"
    assert (ended.code, ended.out) == (3, "")
    assert ended.err == (
        f"{NO_FAULT_OF_YOURS}이 파일을 프로그램 담당자에게 보내 주세요(주문 내용은 들어 있지 않습니다): {written}\n"
    )
    text = written.read_text("utf-8")
    assert text.splitlines()[0] == "Smart Store claim desk 0.2.0: run"
    assert f".{type(error).__name__}\n" in text
    assert "  processor/cli/deciding.py:" in text
    assert "click 8." in text
    assert [part for part in (*SECRET.split(), str(desk.home), str(ROOT)) if part in text] == []
    assert all_of(desk) - before == {"outbox/프로그램오류.txt"}


def test_a_program_reads_of_a_fault_as_json_and_no_diagnosis_replaces_another(desk, typed, monkeypatch):
    (desk.outbox / "프로그램오류.txt").write_text("어제", "utf-8")
    monkeypatch.setattr(app, "run", failing(ValueError(SECRET)))

    ended = typed(*RUN, desk.home, "--json", "--lang", "en")

    written = desk.outbox / "프로그램오류_2.txt"
    assert (ended.code, ended.err) == (3, "")
    assert ended.lines == [
        {
            "type": "error",
            "code": "program_fault",
            "message": "Could not finish: this is a fault of the program, not yours. No file was lost. Run again; if it happens "
            f"again, send this file to whoever maintains the program (it holds nothing about orders): {written}",
        }
    ]
    assert written.exists()
    assert (desk.outbox / "프로그램오류.txt").read_text("utf-8") == "어제"


def test_where_the_outbox_takes_no_diagnosis_it_lies_in_the_folder_for_temporary_files_or_is_said(
    desk, typed, monkeypatch, tmp_path
):
    desk.outbox.rmdir()
    monkeypatch.setattr(app, "run", failing(ValueError(SECRET)))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert typed(*RUN, desk.home).err.endswith(f": {tmp_path / '프로그램오류.txt'}\n")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    ended = typed(*RUN, desk.home)
    assert ended.code == 3
    assert ended.err.startswith(
        f"{NO_FAULT_OF_YOURS}이 내용을 프로그램 담당자에게 알려 주세요: builtins.ValueError, test_ends.py:"
    )
    assert SECRET not in ended.err


def test_too_little_memory_is_no_fault_of_the_program(desk, typed, monkeypatch):
    monkeypatch.setattr(app, "run", failing(MemoryError()))

    ended = typed(*RUN, desk.home)

    assert ended == (
        3,
        "",
        "이 컴퓨터의 메모리가 모자라 끝내지 못했습니다. 다른 프로그램을 닫고 다시 실행하세요. 잃어버린 파일은 없습니다.\n",
    )


def test_a_diagnosis_tells_what_led_to_what_and_stays_short():
    def endless(depth):
        return endless(depth + 1)

    try:
        try:
            endless(0)
        except RecursionError as first:
            raise ExceptionGroup(SECRET, [KeyError(SECRET)]) from first
    except ExceptionGroup as group:
        told, of_the_first = [*fault.diagnosis(group, "run")], [*fault.diagnosis(group.__cause__, "run")]

    types = [line for line in told[4:] if line and not line.startswith("  ")]
    assert types == ["builtins.ExceptionGroup", "builtins.KeyError"]
    assert 60 < len(of_the_first) < 70
    assert any(line.startswith("  … ") and line.endswith(" more") for line in of_the_first)


# ── signals ──


def at_work(pressed: str) -> Callable[[], None]:
    """Of a program: once the workbook has its name, it is asked to stop."""
    write, (name, how) = outbox.write, pressed.split()

    def press():
        os.kill(os.getpid(), getattr(signal, name))

    class Careless:
        def __del__(self):
            press()

    def interrupted(*what, **more):
        write(*what, **more)
        if how == "in-a-callback":
            Careless()
        elif how == "once":
            press()
        else:
            try:
                press()
            finally:
                press()

    def change():
        outbox.write = interrupted

    return change


def surroundings() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    return {**kept, "PYTHONIOENCODING": "utf-8"}


def ended(*words: object, **environment: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**surroundings(), **environment},
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@posix
@pytest.mark.parametrize(
    "pressed", ["SIGINT once", "SIGTERM once", "SIGHUP once", "SIGINT twice", "SIGINT in-a-callback"]
)
def test_a_run_that_is_stopped_says_so_once_and_the_next_one_is_as_if_nothing_had_happened(desk, typed, pressed):
    """The workbook has its name already: stopped in order the run is still carried out, else the next run does that."""
    words = BY_HAND if "SIGINT" in pressed else BY_SYSTEM

    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    program = forked.started([*RUN, str(desk.home)], surroundings(), within=at_work(pressed), **streams)
    out, err = program.communicate()

    assert (program.returncode, out, err) == (3, "", f"{READING}{words}")

    assert (desk.outbox / ".unfinished.json").exists() is not pressed.endswith("once")
    assert typed(*RUN, desk.home).code == 0
    assert [path.name for path in desk.inbox.iterdir()] == ["done"]
    assert all_of(desk) == {
        "rules.yaml",
        f"inbox/done/20261123_090000/{samples.file_name('주문조회', MORNING)}",
        "outbox/.history/20261123_090000.json.gz",
        f"outbox/.history/rules/{hashlib.sha256(desk.rules.read_bytes()).hexdigest()}.yaml.gz",
        "outbox/ledger.sqlite3",
        "outbox/처리목록_20261123_090000.json",
        "outbox/처리목록_20261123_090000.xlsx",
    }


PRESSED = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
SWALLOWED = "import os, signal\ntry:\n    os.kill(os.getpid(), signal.SIGINT)\nexcept BaseException:\n    raise ImportError('no numpy')\n"


@posix
@pytest.mark.parametrize(
    ("library", "code"),
    [("click", PRESSED), ("pandas", PRESSED), ("pandas", SWALLOWED)],
    ids=["at once", "late", "swallowed"],
)
def test_ctrl_c_while_libraries_are_loaded_ends_with_the_sentence_alone(desk, tmp_path, library, code):
    (tmp_path / f"{library}.py").write_text(code)
    before = all_of(desk)

    assert ended("-m", "processor", *RUN, desk.home, "--quiet", PYTHONPATH=str(tmp_path)) == (3, "", BY_HAND)

    assert all_of(desk) == before


@posix
def test_under_nohup_a_closed_terminal_stops_nothing(tmp_path):
    (tmp_path / "click.py").write_text(
        "import os, signal\nos.kill(os.getpid(), signal.SIGHUP)\nraise ImportError('on it goes')\n"
    )
    ignored = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.executable, sys.argv[1:])"
    )

    code, _, err = ended("-c", ignored, sys.executable, "-m", "processor", "check", PYTHONPATH=str(tmp_path))

    assert (code, err.splitlines()[0]) == (3, "필요한 파이썬 패키지가 없거나 망가져 시작하지 못했습니다: on it goes")


def test_a_thread_of_a_library_prints_no_traceback(tmp_path):
    (tmp_path / "click.py").write_text(
        "import threading, warnings\n"
        "thread = threading.Thread(target=lambda: 1 / 0)\nthread.start()\nthread.join()\n"
        "class Bad:\n    def __del__(self):\n        raise ValueError\n"
        "Bad()\nwarnings.warn('loud')\n"
        "raise ImportError('on it goes')\n"
    )

    code, _, err = ended("-m", "processor", "check", PYTHONPATH=str(tmp_path))

    assert (code, len(err.splitlines())) == (3, 2)
    assert "Traceback" not in err


# ── streams ──


@posix
def test_closed_and_full_streams_lose_words_and_no_work(desk, tmp_path):
    again = shutil.copytree(desk.home, tmp_path / "again")
    for home, streams in ((desk.home, "<&- >&- 2>&-"), (again, ">/dev/full 2>/dev/full")):
        command = f'exec "$@" {streams}'
        done = subprocess.run(
            ["sh", "-c", command, "sh", sys.executable, "-m", "processor", *RUN, str(home)], cwd=ROOT, check=False
        )
        assert done.returncode == 1  # as with a terminal
        assert (home / "outbox" / "처리목록_20261123_090000.xlsx").read_bytes().startswith(b"PK")
        assert (home / "outbox" / "ledger.sqlite3").read_bytes().startswith(b"SQLite format 3")
        assert [path.name for path in (home / "inbox").iterdir()] == ["done"]


@posix
def test_no_file_is_opened_in_the_place_of_a_closed_stream(tmp_path):
    """Else words for the terminal, also those of a library, would be written into it: perhaps into the ledger."""
    code = "import sys; from processor.cli import ends; ends.listen(); sys.exit(open(sys.argv[1], 'w').fileno())"
    command = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", code, str(tmp_path / "ledger")]

    assert subprocess.run(command, cwd=ROOT, check=False).returncode > 2


@posix
def test_what_was_called_for_its_output_has_failed_where_that_finds_no_room_but_not_where_nobody_reads_on(desk):
    command = [sys.executable, "-m", "processor", "status", "--home", str(desk.home)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT, check=False)
    assert done.returncode == 3
    assert "디스크 공간이 부족합니다" in done.stderr

    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


# ── keyrings ──


@pytest.mark.parametrize("how", ["raises", "stops", "exits", "dies", "says bytes", "hangs"])
def test_a_broken_keyring_is_left_aside_with_a_sentence_and_asked_once(how, monkeypatch, capfd):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "drawer.Broken")
    monkeypatch.setenv("BROKEN", how)
    if how == "hangs":
        monkeypatch.setattr(passwords, "_PATIENCE", 0.5)
    keyring = Keyring(Terminal([]))

    assert (keyring.passwords(), keyring.keep(["1234"]), keyring.forget()) == (None, False, False)

    assert capfd.readouterr() == ("", "이 컴퓨터의 비밀번호 보관함이 응답하지 않아 보관함 없이 계속합니다.\n")


def test_a_keyring_that_prints_works_all_the_same(monkeypatch, capfd, tmp_path):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "drawer.Loud")
    monkeypatch.setenv("DRAWER", str(tmp_path / "drawer"))
    keyring = Keyring(Terminal([]))

    assert (keyring.keep(["1234"]), keyring.passwords()) == (True, ["1234"])
    assert capfd.readouterr() == ("", "")


def test_under_json_a_broken_keyring_is_left_aside_without_a_word(monkeypatch, capfd):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert Keyring(Terminal(["run", "--json"])).passwords() is None
    assert capfd.readouterr() == ("", "")


# ── the process that opens files ──


@posix
def test_ctrl_c_reaches_the_reading_process_not_even_at_its_first_instruction():
    """A terminal sends it to all processes of the program; the first reading process begins together with a helper."""
    code = (
        "import os, signal, sys; from processor.opener.process import ReadingProcess; kept = ReadingProcess()\n"
        "os.kill(kept._now._process.pid, signal.SIGINT); sys.exit(kept._now.is_ready())"
    )

    assert ended("-c", code) == (1, "", "")


def test_a_program_that_leaves_its_reading_process_running_ends_all_the_same(tmp_path):
    """Python ends such processes by SIGTERM, and waits for them."""
    code = "from processor.opener.process import ReadingProcess; kept = ReadingProcess(); kept.at_work()"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=120).returncode == 0

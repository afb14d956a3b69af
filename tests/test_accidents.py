"""Runs that end with exit code 3 print a sentence and move nothing; without the cause the next run succeeds as usual."""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import forked
import pytest
from opened import run
from test_cli import APPROVED, QUESTION, put_exports
from test_ledger import everything, people_in, rows
from test_run import MORNING, aged, contents, names, options

from processor import samples
from processor.app.desk import Desk
from processor.app.outcomes import NothingNew
from processor.cli.opening import to_open
from processor.model import Action

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="limits and permissions as POSIX has them"),
]

ROOT = Path(__file__).parent.parent
STEM = "처리목록_20261123_090000"
BEGUN = "읽고 판단하는 중입니다…\n"

TOO_LARGE = "파일이 너무 커져 쓸 수 없습니다"
NO_PERMISSION = "권한이 없거나 다른 프로그램이 열어 두었습니다"


def as_anybody() -> None:
    """Permissions mean nothing to root: this process lays down what makes it so, for itself and all that it begins."""
    system, all_of_them = ctypes.CDLL(None), (ctypes.c_uint32 * 6)()
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the third version, this process
    refused = system.capget(header, all_of_them)
    for capability in (1, 2, 3):  # to write, read and own whatever there is
        refused |= system.prctl(24, capability, 0, 0, 0)
        for at in (0, 1, 2):  # effective, permitted, inherited
            all_of_them[at] &= ~(1 << capability)
    if refused or system.capset(header, all_of_them):
        os._exit(70)


def with_a_limit(room: int) -> Callable[[], None]:
    """No file of that process can grow beyond so many bytes: the disk is full, for one write after the other."""
    import resource  # noqa: PLC0415 - Windows has none

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory, rules_path, book) -> Path:
    """A desk with Sunday behind it and Monday's files in the inbox, one of them no export; to be copied, never touched."""
    desk = Desk(tmp_path_factory.mktemp("yesterday") / "desk")
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir(parents=True)
    shutil.copy(rules_path, desk.rules)
    sunday = MORNING - timedelta(days=1)
    orders = samples.orders(60, seed=3, as_of=sunday)
    samples.write_dispatch(desk.inbox / "발주발송관리_20261122_0855.xlsx", orders, downloaded_at=sunday)
    (desk.inbox / "어제 메모.csv").write_text("이름,값\n가,1\n", "utf-8")
    aged(desk.inbox)
    run(desk, book, options(sunday))
    put_exports(desk.inbox, APPROVED, QUESTION)
    (desk.inbox / "오늘 메모.csv").write_text("이름,값\n나,2\n", "utf-8")
    aged(desk.inbox)
    return desk.home


@pytest.fixture
def fresh(yesterday, tmp_path) -> Callable[[str], Desk]:
    """A copy of that desk, of any name."""
    made = []

    def copy(name) -> Desk:
        made.append(Desk(Path(shutil.copytree(yesterday, tmp_path / name))))
        return made[-1]

    yield copy
    for desk in made:
        for path in (desk.home, *desk.home.rglob("*")):
            path.chmod(0o755)


@pytest.fixture(scope="module")
def expected(yesterday, tmp_path_factory, book) -> dict[str, object]:
    return undisturbed(Desk(Path(shutil.copytree(yesterday, tmp_path_factory.mktemp("undisturbed") / "desk"))), book)


@pytest.fixture(scope="module")
def anybody(tmp_path_factory) -> Callable[[], None]:
    """What a process does so that permissions count for it."""
    first = as_anybody if os.geteuid() == 0 else lambda: None
    folder = tmp_path_factory.mktemp("locked")
    folder.chmod(0o555)
    attempt = [sys.executable, "-c", f"import processor; open({str(folder / 'file')!r}, 'w')"]
    tried = subprocess.run(attempt, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=first)
    folder.chmod(0o755)
    if "PermissionError: [Errno 13]" not in tried.stderr:
        pytest.skip(f"nobody here to whom permissions mean something: {tried.stderr or 'all is allowed'}")
    return first


@pytest.fixture
def start(tmp_path):
    """Run as the seller does; whatever Python keeps for a while lies in a folder of its own."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = {name: os.environ[name] for name in os.environ if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    environment |= {"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(scratch)}

    def begin(desk, *words, first=lambda: None) -> tuple[int, str, str]:
        command = ["run", "--home", str(desk.home), "--as-of", "2026-11-23T09:00", *words]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        program = forked.started(command, environment, first, **streams)
        out, err = program.communicate()
        assert list(scratch.iterdir()) == []
        return program.returncode, out, err

    return begin


def could_not(where, cause) -> str:
    return (
        f"끝내지 못했습니다. 쓰거나 옮길 수 없는 곳: {where} ({cause}). 엑셀에서 열려 있으면 닫고, 디스크 공간과 폴더 권한을 확인한 뒤 "
        "다시 실행하세요. 잃어버린 파일은 없습니다.\n"
    )


def all_of(desk) -> dict[str, bytes | None]:
    """Every file of a desk with its content, and every folder."""
    return {
        path.relative_to(desk.home).as_posix(): path.read_bytes() if path.is_file() else None
        for path in desk.home.rglob("*")
    }


def end(desk) -> dict[str, object]:
    """All that a morning leaves, but for how long it took."""
    manifests = [json.loads(path.read_text("utf-8")) for path in sorted(desk.outbox.glob("*.json"))]
    books = sorted(desk.outbox.glob("*.xlsx"))
    parts = {}
    for path in books:
        with zipfile.ZipFile(path) as book:
            parts |= {(path.name, part): book.read(part) for part in book.namelist()}
    return {
        "inbox": contents(desk.inbox),
        "outbox": names(desk.outbox),
        "workbooks": parts,
        "size": books[-1].stat().st_size,
        "manifests": [{name: value for name, value in told.items() if name != "timings"} for told in manifests],
        "ledger": everything(desk.ledger),
    }


def undisturbed(desk, book) -> dict[str, object]:
    """How the morning of this desk ends where nothing comes between."""
    run(desk, book, options())
    assert rows(desk.ledger, "SELECT name FROM runs ORDER BY number DESC LIMIT 1") == [("20261123_090000",)]
    assert (desk.outbox / f"{STEM}.xlsx").exists()
    assert [name for name in names(desk.inbox) if not name.startswith(("done/", "failed/"))] == []
    return end(desk)


# ── a full disk ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Full:
    """A write that finds no room: how much there is, what is said, and what is left in the outbox until the next run."""

    room: Callable[[int, int], int]  # of the sizes of the workbook to come and of the ledger
    sentence: Callable[[Desk], str]
    left: tuple[str, ...] = ()


DISK = could_not("디스크", TOO_LARGE)
FULL = {
    "for the lock": Full(lambda workbook, kept: 0, lambda desk: DISK),
    "for the brief": Full(lambda workbook, kept: 5000, lambda desk: DISK),
    "for the plan": Full(
        lambda workbook, kept: 12_000,
        lambda desk: DISK,
        (".history/.20261123_090000.json.gz.tmp", ".unfinished.json.tmp"),
    ),
    "for a sheet of the workbook": Full(lambda workbook, kept: workbook * 3 // 4, lambda desk: DISK),
    "for the workbook": Full(lambda workbook, kept: workbook - 1, lambda desk: DISK),
    "for the ledger": Full(
        lambda workbook, kept: kept,
        lambda desk: could_not(desk.ledger, "디스크 오류입니다"),
        (".history/20261123_090000.json.gz", ".unfinished.json", f"{STEM}.json", f"{STEM}.xlsx"),
    ),
}


@pytest.mark.parametrize("moment", FULL)
def test_a_disk_that_is_full(moment, fresh, expected, start, typed):
    full, desk = FULL[moment], fresh("desk")
    before, inputs = names(desk.outbox), contents(desk.inbox)
    room = full.room(expected["size"], desk.ledger.stat().st_size)

    ended = start(desk, first=with_a_limit(room))

    assert ended == (3, "", BEGUN + full.sentence(desk))
    assert contents(desk.inbox) == inputs
    assert names(desk.outbox) == sorted([*before, *full.left])
    assert people_in(desk.outbox) == []

    code, out, err = typed("run", "--home", desk.home, "--as-of", "2026-11-23T09:00")

    workbook = desk.outbox / f"{STEM}.xlsx"
    newest = f"{to_open(workbook, sys.platform).ko}\n"
    if workbook.name in full.left:  # it has only to be entered
        resumed = f"지난번에 멈춘 실행을 마저 끝냈습니다. 그때의 처리목록: {workbook}\n"
        assert (code, out, err) == (0, f"{resumed}{desk.inbox}에 새 파일이 없습니다.\n{newest}", BEGUN)
    else:
        assert (code, err) == (1, BEGUN)
        assert out.endswith(newest)
    assert end(desk) == expected


def test_a_disk_that_is_full_on_the_very_first_morning(fresh, book, start, typed):
    desk, twin = fresh("desk"), fresh("twin")
    for each in (desk, twin):
        shutil.rmtree(each.outbox)
    expected, inputs = undisturbed(twin, book), contents(desk.inbox)

    ended = start(desk, first=with_a_limit(100))

    assert ended == (3, "", BEGUN + DISK)
    assert contents(desk.inbox) == inputs
    assert names(desk.outbox) == []
    assert typed("status", "--home", desk.home) == (0, "아직 한 번도 처리하지 않았습니다.\n", "")
    assert typed("run", "--home", desk.home, "--as-of", "2026-11-23T09:00", "--dry-run").code == 1
    assert names(desk.outbox) == []

    assert start(desk)[::2] == (1, BEGUN)
    assert end(desk) == expected


def test_half_a_plan_is_cleared_away_even_when_there_is_nothing_to_do(fresh, book):
    desk = fresh("desk")
    run(desk, book, options())
    before = all_of(desk)
    (desk.outbox / ".unfinished.json.tmp").write_bytes(b'{"workbook": "')

    assert run(desk, book, options()) == NothingNew(desk.inbox, (), newest=desk.outbox / f"{STEM}.xlsx")

    assert all_of(desk) == before


# ── what may not be written, what may not be moved, what cannot be read ──────────────────────────


@contextmanager
def read_only(path):
    mode = path.stat().st_mode
    path.chmod(0o444 if path.is_file() else 0o555)
    yield
    path.chmod(mode)


@contextmanager
def in_a_read_only_folder(desk):
    """The seller has sorted a file into a folder of the inbox, and the folder is locked."""
    monday = desk.inbox / "월요일"
    monday.mkdir()
    file = min(desk.inbox.glob("*취소관리*"))
    file.rename(monday / file.name)
    with read_only(monday):
        yield


@contextmanager
def replaced(path, content):
    """The file is spoilt; then the good one is put back."""
    good = path.read_bytes()
    path.write_bytes(content(good))
    yield
    assert path.read_bytes() == content(good)
    path.write_bytes(good)


@contextmanager
def spoilt_and_put_aside(desk):
    """As the sentence says: moved away, to begin afresh."""
    desk.ledger.write_bytes(random.Random(1).randbytes(5000))
    yield
    desk.ledger.rename(desk.outbox / "ledger.old")


def of_next_year(good) -> bytes:
    """The same ledger, with the version number of a program yet to come."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(good)
        base.execute("PRAGMA user_version = 1000")
        base.commit()
        return base.serialize()


HOLDING = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(path):
    """Another program has the ledger to itself."""
    command = [sys.executable, "-c", HOLDING, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout.readline() == b"held\n"
        yield
        program.communicate()


@dataclass(frozen=True)
class Accident:
    happens: Callable[[Desk], AbstractContextManager[None]]
    sentence: Callable[[Desk], str]
    permissions: bool = False
    words: tuple[str, ...] = ()
    lasting: bool = False  # when it is over, the desk is another one


def first_input(desk) -> Path:
    return min(path for path in desk.inbox.glob("*.*"))


LOCKED_INBOX = Accident(
    lambda desk: read_only(desk.inbox), lambda desk: could_not(first_input(desk), NO_PERMISSION), permissions=True
)
ACCIDENTS = {
    "the outbox can only be read": Accident(
        lambda desk: read_only(desk.outbox),
        lambda desk: could_not(desk.outbox / ".running.lock", NO_PERMISSION),
        permissions=True,
    ),
    "the inbox can only be read": LOCKED_INBOX,
    "the inbox can only be read, at the catch-up": replace(LOCKED_INBOX, words=("--catchup",)),
    "the folder of what is done can only be read": Accident(
        lambda desk: read_only(desk.inbox / "done"),
        lambda desk: could_not(desk.inbox / "done/20261123_090000", NO_PERMISSION),
        permissions=True,
    ),
    "an input cannot be moved": Accident(
        in_a_read_only_folder,
        lambda desk: could_not(min(desk.inbox.glob("월요일/*")), NO_PERMISSION),
        permissions=True,
        lasting=True,
    ),
    "the ledger can only be read": Accident(
        lambda desk: read_only(desk.ledger), lambda desk: could_not(desk.ledger, NO_PERMISSION), permissions=True
    ),
    "the ledger is held by another program": Accident(
        lambda desk: held(desk.ledger),
        lambda desk: could_not(desk.ledger, "다른 프로그램이 쓰고 있습니다"),
    ),
    "the ledger is damaged": Accident(
        spoilt_and_put_aside,
        lambda desk: (
            f"기록 파일 {desk.ledger}이 망가져 읽을 수 없습니다. 다른 이름으로 옮겨 두고 다시 실행하면 새로 시작합니다(그때까지의 답과 "
            "처리 기록은 쓰지 않습니다). 아무것도 옮기지 않았습니다.\n"
        ),
        lasting=True,
    ),
    "the ledger is of a newer version": Accident(
        lambda desk: replaced(desk.ledger, of_next_year),
        lambda desk: (
            f"기록 파일 {desk.ledger}은 더 새로운 버전의 프로그램이 만든 것이라 읽을 수 없습니다. 프로그램을 새 버전으로 바꾼 뒤 다시 실행하세요. "
            "아무것도 옮기지 않았습니다.\n"
        ),
    ),
}


@pytest.mark.parametrize("name", ACCIDENTS)
def test_an_accident_that_passes(name, fresh, book, expected, start, typed, request):
    accident, desk = ACCIDENTS[name], fresh("desk")
    first = request.getfixturevalue("anybody") if accident.permissions else lambda: None
    if accident.lasting:
        with accident.happens(twin := fresh("twin")):
            pass
        expected = undisturbed(twin, book)

    with accident.happens(desk):
        before = all_of(desk)
        ended = start(desk, *accident.words, first=first)
        sentence = accident.sentence(desk)
        assert all_of(desk) == before

    assert ended == (3, "", BEGUN + sentence)
    code, out, err = typed("run", "--home", desk.home, "--as-of", "2026-11-23T09:00")
    assert (code, err) == (1, BEGUN)
    assert out.endswith(f"{to_open(desk.outbox / f'{STEM}.xlsx', sys.platform).ko}\n")
    assert end(desk) == expected


# ── names ────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_whose_name_is_in_an_old_korean_encoding_is_handled_like_any_other(fresh, book):
    desk = fresh("desk")
    (cancel,) = desk.inbox.glob("*취소관리*")
    name = os.fsdecode("취소관리_20261123_0900.xlsx".encode("cp949"))
    try:
        cancel.rename(desk.inbox / name)
    except OSError:
        pytest.skip("names here are always Unicode")

    report = run(desk, book, options()).report

    assert [report.count(action) for action in (Action.APPROVE, Action.REVIEW)] == [1, 1]
    assert (desk.inbox / "done/20261123_090000" / name).exists()

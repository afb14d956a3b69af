"""Kills runs, each in a process of its own, before a chosen step or after some seconds, and checks what is left.

A process that has imported everything forks a child for each run, so that a run takes only the time of its own work.
Of a killed process nothing is left but what lies on the disk: so one run is enough for many steps, before each of which
the desk is copied as it lies there.
"""

from __future__ import annotations

import gc
import hashlib
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from types import BuiltinFunctionType, FrameType
from typing import Any, NamedTuple, NoReturn

import made
import opened
from opened import run

import processor
import processor.opener.marking  # loaded only where a row is to be corrected: not by each fork anew
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.intake import Passwords
from processor.opener.reader import Reader

BOOK = made.default_rules()
LEDGER = "outbox/ledger.sqlite3"
TOO_LONG = 60  # seconds: a run that waits for ever, for a lock perhaps, ends with a signal of another number
OURS = str(Path(processor.__file__).parent)
DISK = f"{OURS}{os.sep}disk{os.sep}"
LIBRARY = f"{os.sep}xlsxwriter{os.sep}"


NO_COPIES: Mapping[int, Path] = {}


class Scene(NamedTuple):
    """A desk as it stands before a run, and after one that nobody disturbed."""

    before: Path
    after: Path
    as_of: datetime
    catch_up: bool = False

    @property
    def options(self) -> RunOptions:
        return RunOptions(self.as_of, Passwords([]), catch_up=self.catch_up)


class Kill(NamedTuple):
    """Exactly one of the two says when."""

    before_step: int | None = None  # the first is 1; one more than there are: when all is done, just before the end
    after_seconds: float | None = None


class Ending(NamedTuple):
    code: int  # -9: killed
    told: str  # the steps taken, a line each; of a killed run, the one that it did not take; of a failed one, the error
    seconds: float

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL


class Trial(NamedTuple):
    """A desk whose run was killed, and that was then run once more."""

    when: str
    kills: int
    faults: list[str]


# ── what is done with a scene, in a process that has everything loaded ──


class OpenerHere:
    """Opens files in the process that is to be killed: thousands of runs need not each begin another one."""

    over = False

    def __init__(self) -> None:
        self._reader = Reader()

    def answer(self, question: str, arguments: tuple[object, ...], _bounds: object, _seconds: float) -> object:
        return getattr(self._reader, question)(*arguments)

    def is_ready(self) -> bool:
        return True

    def rest(self) -> None:
        """It stays as it is, however large."""


class ProcessHere:
    """Stands in for the process that opens files."""

    def __init__(self) -> None:
        self._opener = OpenerHere()

    def at_work(self) -> OpenerHere:
        return self._opener


def warm_up(desk: Path, as_of: datetime) -> None:
    """Whatever is loaded or worked out only once is there before the first fork. No garbage is sought, as in the program."""
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        home = shutil.copytree(desk, Path(folder) / "desk")
        opened.take_over(ProcessHere())  # type: ignore[arg-type]  # it answers the same questions
        run(Desk(home), BOOK, RunOptions(as_of, Passwords([])))


def undisturbed(scene: Scene) -> list[str]:
    """Leaves the scene's `after`; the steps of a run."""
    shutil.copytree(scene.before, scene.after)
    ended = _whole_run(scene.after, scene, watched=True)
    return ended.told.splitlines()


def seconds(scene: Scene) -> float:
    """How long a run takes that nobody disturbs."""
    with _copy(scene) as home:
        return _whole_run(home, scene).seconds


def killed_before(scene: Scene, steps: Sequence[int]) -> list[Trial]:
    """The desks that runs leave that are killed before these steps, each run once more."""
    with _copy(scene) as home:
        copies = {step: home.with_name(f"{step}") for step in steps}
        names = [*_whole_run(home, scene, copies=copies).told.splitlines(), "the end"]
        return [
            Trial(f"{step}: {names[step - 1]}", int(copy.is_dir()), [*_left(copy, scene), *_finished(copy, scene)])
            for step, copy in copies.items()
        ]


def killed_after(scene: Scene, moment: float) -> Trial:
    """So many seconds after it began; or sooner, when it is over by then."""
    while True:
        with _copy(scene) as home:
            if _run(home, scene, Kill(after_seconds=moment)).killed:
                return Trial(f"after {moment:.4f} s", 1, [*_left(home, scene), *_finished(home, scene)])
        moment *= 0.7


def killed_again_and_again(scene: Scene, further: int) -> Trial:
    """The first run before its first step, and each next one so many steps later, until one has no more steps."""
    with _copy(scene) as home:
        faults: list[str] = []
        kills = 0
        while (ended := _run(home, scene, Kill(before_step=kills * further + 1))).killed:
            kills += 1
            faults += [f"{ended.told}: {fault}" for fault in _left(home, scene)]
        return Trial("again and again", kills, [*faults, *_finished(home, scene)])


def stopped_before(scene: Scene, step: int, home: Path) -> None:
    """A desk as a run leaves it that was killed there."""
    shutil.copytree(scene.before, home)
    if not _run(home, scene, Kill(before_step=step)).killed:
        raise RuntimeError(f"a run has no step {step}")


@contextmanager
def _copy(scene: Scene) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=scene.before.parent, prefix="trial") as folder:
        yield shutil.copytree(scene.before, Path(folder) / "desk")


# ── one run ──


def _whole_run(home: Path, scene: Scene, *, watched: bool = False, copies: Mapping[int, Path] = NO_COPIES) -> Ending:
    """copies: step → where the desk is copied to before it."""
    ended = _run(home, scene, None, watched=watched, copies=copies)
    if ended.code:
        raise RuntimeError(f"a run that nobody disturbed ended with {ended.code}: {ended.told}")
    return ended


def _run(
    home: Path, scene: Scene, kill: Kill | None, *, watched: bool = False, copies: Mapping[int, Path] = NO_COPIES
) -> Ending:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _live(home, scene, kill, writer, watched=watched, copies=copies)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        pipe.read(1)  # it begins
        began = time.perf_counter()
        if kill is not None and kill.after_seconds is not None:
            time.sleep(kill.after_seconds)
            os.kill(child, signal.SIGKILL)
        told = pipe.read().decode()
    return Ending(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told, time.perf_counter() - began)


def _live(
    home: Path, scene: Scene, kill: Kill | None, pipe: int, *, watched: bool, copies: Mapping[int, Path]
) -> NoReturn:
    """The child's life; it never comes back to the code of its parent."""
    try:
        signal.alarm(TOO_LONG)
        tempfile.tempdir = str(home / "temp")  # so that what is left there is seen
        fatal = kill.before_step if kill else None

        def reached(step: int, name: str) -> None:
            if step == fatal:
                _die(pipe, name)
            if step in copies:
                _copied(home, copies[step])

        steps = Steps(reached)
        os.write(pipe, b"!")
        if watched or copies or fatal is not None:
            sys.setprofile(steps)
        run(Desk(home), BOOK, scene.options)
        sys.setprofile(None)
        reached(len(steps.names) + 1, "the end")
        os.write(pipe, "\n".join(steps.names).encode())
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it is, the parent has to know
        sys.setprofile(None)
        os.write(pipe, traceback.format_exc().encode())
    finally:
        os._exit(1)


def _copied(home: Path, copy: Path) -> None:
    """Copies the desk by a process of its own: one that closes a file loses the locks that it has on it."""
    child = os.fork()
    if child == 0:
        try:
            shutil.copytree(home, copy)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def _die(pipe: int, name: str) -> None:
    os.write(pipe, name.encode())
    os.kill(os.getpid(), signal.SIGKILL)


# ── its steps ──

_CHANGING_FILES = frozenset(
    {
        *(os.open, os.write, os.fsync, os.ftruncate, os.truncate, os.utime),
        *(os.rename, os.replace, os.link, os.symlink, os.unlink, os.remove, os.mkdir, os.rmdir),
        *(io.open, sqlite3.connect),
    }
)
_OF_FILES = frozenset({"write", "writelines", "flush", "truncate", "close", "__exit__"})
_OF_DATABASES = frozenset({"execute", "executemany", "executescript", "commit", "rollback", "close"})
_METHODS: dict[type, frozenset[str]] = {
    **dict.fromkeys((io.FileIO, io.BufferedWriter, io.BufferedRandom, io.TextIOWrapper), _OF_FILES),
    **dict.fromkeys((sqlite3.Connection, sqlite3.Cursor), _OF_DATABASES),
}
_COUNTED = frozenset(4**power for power in range(10))
_NAMES = frozenset({call.__name__ for call in _CHANGING_FILES}).union(*_METHODS.values())


class Steps:
    """A profiler that is told before each call of a function in C, and counts those that may change disk or database.

    Many writes to one file after another are one step. What the library does for each of a workbook's many parts is a step
    at its 1st, 4th, 16th … time.
    """

    def __init__(self, reached: Callable[[int, str], object]) -> None:
        self.names: list[str] = []
        self._reached = reached
        self._repeated: Counter[str] = Counter()
        self._written: object = None  # the file that the last call wrote to

    def __call__(self, frame: FrameType, event: str, function: Any) -> None:
        if event != "c_call" or function.__name__ not in _NAMES or not _changes(frame, function):
            return
        if function.__name__ == "write" and function.__self__ is self._written:
            return
        self._written = function.__self__ if function.__name__ == "write" else None
        line, by_library = _caller(frame)
        name = f"{function.__qualname__} by {line}"
        if by_library:
            self._repeated[name] += 1
            if self._repeated[name] not in _COUNTED:
                return
        self.names.append(name)
        self._reached(len(self.names), name)


def _changes(frame: FrameType, function: BuiltinFunctionType) -> bool:
    if function in _CHANGING_FILES:
        mode = frame.f_locals.get("mode", "w") if function is io.open else "w"
        return not {"w", "x", "a", "+"}.isdisjoint(mode)
    file = function.__self__
    if function.__name__ not in _METHODS.get(type(file), ()):
        return False
    return not isinstance(file, io.TextIOWrapper) or (not file.closed and file.writable())


def _caller(frame: FrameType | None) -> tuple[str, bool]:
    """The line of ours from which a call comes, and whether it comes by way of XlsxWriter.

    The room `disk` writes for all others: the line that asks it is the one that tells.
    """
    by_library = False
    while frame is not None and (
        not frame.f_code.co_filename.startswith(OURS) or frame.f_code.co_filename.startswith(DISK)
    ):
        by_library = by_library or LIBRARY in frame.f_code.co_filename
        frame = frame.f_back
    if frame is None:
        return "somebody", by_library
    return f"{Path(frame.f_code.co_filename).relative_to(OURS).as_posix()}:{frame.f_lineno}", by_library


# ── what lies on a desk ──


def contents(home: Path) -> dict[str, object]:
    """All that lies there by its name, as far as two equal runs leave the same."""
    return {path.relative_to(home).as_posix(): _content(path) for path in home.rglob("*")}


def _content(path: Path) -> object:
    if path.is_dir():
        return "a folder"
    if path.name == Path(LEDGER).name:
        return _dump(path)
    if path.match("outbox/처리목록_*.json"):
        return {key: value for key, value in json.loads(path.read_text("utf-8")).items() if key != "timings"}
    if path.match("outbox/수정필요_*.xlsx"):
        return _parts(path)
    return path.read_bytes()


def _parts(workbook: Path) -> dict[str, bytes] | bytes:
    """Of a workbook whose maker puts the time into it, all but that; the mere bytes where it is no workbook."""
    try:
        with zipfile.ZipFile(workbook) as parts:
            return {name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}
    except zipfile.BadZipFile:
        return workbook.read_bytes()


def _dump(ledger: Path) -> list[str]:
    """Every table of a copy: looking at a ledger that was left in the middle of something would already mend it."""
    with tempfile.TemporaryDirectory() as folder:
        for file in ledger.parent.glob(f"{ledger.name}*"):
            shutil.copy(file, folder)
        with closing(sqlite3.connect(Path(folder) / ledger.name)) as base:
            state = [base.execute(f"PRAGMA {what}").fetchone()[0] for what in ("integrity_check", "user_version")]
            return [*map(str, state), *base.iterdump()]


@cache
def _expected(scene: Scene) -> tuple[dict[str, object], dict[str, object]]:
    return contents(scene.before), contents(scene.after)


def _left(home: Path, scene: Scene) -> list[str]:
    """What is wrong with the desk of a killed run, before anybody mends it."""
    before, after = _expected(scene)
    now = contents(home)
    inputs, there = _hashes(scene.before / "inbox"), _hashes(home / "inbox")
    faults = [f"an input is there {there[content]} times" for content in inputs if there[content] != inputs[content]]
    results = {name for name in after if name.startswith("outbox/") and after[name] != before.get(name)}
    put_away = {
        name
        for name in now.keys() - before.keys()
        if name.startswith("inbox/") and isinstance(now[name], bytes) and now[name] in before.values()
    }
    for name in sorted(results):
        if name != LEDGER and name in now and now[name] != after[name]:
            faults.append(f"{name} is there, but not whole")
        if put_away and now.get(name) != after[name]:
            faults.append(f"{min(put_away)} is put away, but {name} does not tell of it")
    return faults


def _finished(home: Path, scene: Scene) -> list[str]:
    """What differs from the desk that nobody disturbed, when the run is made once more.

    Many kills leave equal desks: one that is equal to the byte to a desk that was run once more is not run again.
    """
    state = (scene, _state(home))
    if state not in _FINISHED:
        ended = _run(home, scene, None)
        now, after = contents(home), _expected(scene)[1]
        _FINISHED[state] = [
            *([f"the next run ended with {ended.code}: {ended.told}"] if ended.code else []),
            *(f"{name} is missing" for name in after.keys() - now.keys()),
            *(f"{name} is left over" for name in now.keys() - after.keys()),
            *(f"{name} differs" for name in now.keys() & after.keys() if now[name] != after[name]),
        ]
    return _FINISHED[state]


_TIMINGS = re.compile(rb'"timings": \{[^}]*\}')
_FINISHED: dict[tuple[Scene, str], list[str]] = {}


def _state(home: Path) -> str:
    """All that lies there, but for the number of the process that held the lock and how long the thinking took."""
    state = hashlib.sha256()
    for path in sorted(home.rglob("*")):
        content = path.read_bytes() if path.is_file() and path.name != ".running.lock" else b""
        content = _TIMINGS.sub(b"", content)
        if "수정필요_" in path.name:
            content = repr(_parts(path)).encode()
        state.update(f"{path.relative_to(home)}\0{path.is_dir()}\0{len(content)}\0".encode() + content)
    return state.hexdigest()


def _hashes(folder: Path) -> Counter[str]:
    return Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file())

"""The other side of the pipe: it asks, waits no longer than the bounds allow, and gets over the loss of the process."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, NamedTuple

import psutil

from processor.opener import spawned
from processor.opener.correction import Correction, NewSheet, OwnSheet
from processor.opener.header_rows import Headers
from processor.opener.passwords import Passwords
from processor.opener.reply import Bounds, Cell, Columns, Found, Locked, Opened, RawCell, Refusal
from processor.opener.sniff import OLE
from processor.opener.spawned import Ahead

_SPAWN: Final = multiprocessing.get_context("spawn")  # the one way to begin a process that every system knows
_TICK: Final = 0.05  # seconds between two looks at the memory of the process
_KEPT: Final = 200  # MiB that it may hold when nobody asks; the exports of 30,000 orders leave about as much behind
_START: Final = 60.0  # seconds that the process may take to begin
_HEAD_START: Final = 1024  # MiB that it may hold by then
_MIB: Final = 1024 * 1024


@contextlib.contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Child processes started here ignore Ctrl-C from their first instruction on; the parent ends them.

    Only this thread's mask is changed, so it works in any thread; what is typed meanwhile arrives afterwards. Windows knows
    no such mask: there the child ignores Ctrl-C as soon as it has begun.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Process:
    """A reader in a process of its own."""

    def __init__(self, ahead: Ahead) -> None:
        self._pipe, other = _SPAWN.Pipe()
        self.over = False
        self._process: BaseProcess = _SPAWN.Process(
            target=spawned.begin, args=(other, ahead), name="opener", daemon=True
        )
        with _ctrl_c_held_back():
            self._process.start()
        other.close()
        self._ready = False

    def answer(self, question: str, arguments: tuple[object, ...], bounds: Bounds, seconds: float) -> Any:  # noqa: ANN401 - the reader's own answer
        """Refusal where it took too long, grew too large, or fell; then this process is over.

        Raises OSError where the system lets no process begin: then no file is to blame.
        """
        if not self.is_ready():
            raise OSError(errno.ECHILD, os.strerror(errno.ECHILD))
        until = time.monotonic() + seconds
        try:
            self._pipe.send((question, arguments))
            while not self._pipe.poll(min(_TICK, max(until - time.monotonic(), 0))):
                if time.monotonic() >= until:
                    return self._stopped(Refusal("file_too_slow", n=bounds.seconds))
                if self._memory() > bounds.memory_mib * _MIB:
                    return self._stopped(Refusal("file_too_large.memory", n=bounds.memory_mib))
            return self._pipe.recv()
        except (EOFError, OSError):
            return self._stopped(Refusal("file_unreadable"))

    def is_ready(self) -> bool:
        """Waits until it is. One that does not get ready, or grows large over it, is over.

        Raises ImportError where a library that reads files is not installed.
        """
        until = time.monotonic() + _START
        said: object = None
        with contextlib.suppress(EOFError, OSError):
            while not self._ready and said is None and time.monotonic() < until and self._memory() < _HEAD_START * _MIB:
                said = self._pipe.recv() if self._pipe.poll(_TICK) else None
                self._ready = said == spawned.READY
        if not self._ready:
            self.end()
        if isinstance(said, spawned.NotInstalled):
            raise ImportError(said.why, name=said.name)
        return self._ready

    def _memory(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:  # it has just ended, which the pipe will tell
            return 0

    def rest(self) -> None:
        """Between two files.

        One that has grown large is not kept: what it holds would be missing where it is needed.
        """
        if self._memory() > _KEPT * _MIB:
            self.end()

    def _stopped(self, refusal: Refusal) -> Refusal:
        self.end()
        return refusal

    def end(self) -> None:
        self.over = True
        self._process.kill()
        self._process.join()
        self._pipe.close()


class ReadingProcess:
    """The process that opens files, begun at once and begun again when it has fallen; `with` ends it.

    It serves one caller at a time. `files`: those that will be asked for, `passwords`: what may open them; from both it
    takes a head start on locked files (see `headstart`). Passwords are not looked up for files without a lock.
    """

    def __init__(self, files: Iterable[Path] = (), passwords: Passwords | None = None) -> None:
        locked = tuple(path for path in files if _may_be_locked(path))
        password = passwords.likeliest() if locked and passwords is not None else None
        self._now = _Process(Ahead() if password is None else Ahead(locked, password))

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def end(self) -> None:
        """Let it go, with whatever it is doing."""
        if not self._now.over:
            self._now.end()

    def at_work(self) -> _Process:
        """One that fell over what it did ahead is begun again: that says nothing of the file that it is asked for."""
        if self._now.over or not self._now.is_ready():
            self._now = _Process(Ahead())
        return self._now


class Opening(NamedTuple):
    """What it takes to open files: the process that does it, and the passwords to try."""

    process: ReadingProcess
    passwords: Passwords


def _may_be_locked(path: Path) -> bool:
    if not path.is_file():  # a pipe would never end
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(len(OLE)) == OLE
    except OSError:  # nobody may read it; said when it is asked for
        return False


class Opener:
    """One file. Each of its spreadsheets is turned to, opened and read before the next one.

    Whatever is asked may be answered by a Refusal, then the spreadsheet gives no more. Time counts only while the
    process works, not while a person looks for a password.
    """

    def __init__(self, path: Path, sha256: str, bounds: Bounds, process: ReadingProcess) -> None:
        self._file = path, sha256, bounds
        self._processes = process
        self._bounds = bounds
        self._process: _Process | None = None
        self._left = 0.0

    def contents(self) -> Iterator[tuple[str | None, Found | Refusal]]:
        """The file itself, or each member of a zip with its path in there."""
        members = self._take()
        if isinstance(members, Refusal):
            yield None, members
            return
        for at, member in enumerate(members):
            if self._process is not None and self._process.over:
                self._take()
            self._left = self._bounds.seconds
            yield member, self._ask("content", at)
        if self._process is not None and not self._process.over:
            self._process.rest()

    def open(self) -> Opened | Locked | Refusal:
        return self._ask("open")  # type: ignore[no-any-return]  # the reader's own answer, here and below

    def unlock(self, password: str) -> Opened | Locked | Refusal:
        return self._ask("unlock", password)  # type: ignore[no-any-return]

    def head(self, sheet: str, rows: int) -> list[Sequence[Cell]] | Refusal:
        return self._ask("head", sheet, rows)  # type: ignore[no-any-return]

    def columns(self, sheet: str, below: int, positions: Sequence[int], headers: Headers) -> Columns | Refusal:
        return self._ask("columns", sheet, below, positions, headers)  # type: ignore[no-any-return]

    def rows(self, sheet: str, numbers: Sequence[int]) -> dict[int, Sequence[Cell]] | Refusal:
        return self._ask("rows", sheet, numbers)  # type: ignore[no-any-return]

    def rows_below(
        self, sheet: str, below: int, numbers: Sequence[int], headers: Headers
    ) -> dict[int, Sequence[RawCell]] | Refusal:
        return self._ask("rows_below", sheet, below, numbers, headers)  # type: ignore[no-any-return]

    def numbers(self, sheet: str, below: int) -> set[str] | Refusal:
        return self._ask("numbers", sheet, below)  # type: ignore[no-any-return]

    def correction_copy(
        self, own: Sequence[OwnSheet], marked: Correction, new: Sequence[NewSheet], copied: Correction
    ) -> bytes | Refusal:
        """The spreadsheet that is open with its bad cells marked, unlocked; a new one of copied rows where it cannot be.

        own: nothing where it must not go back as it came. Each of the two has all the seconds of the bounds.
        """
        answer: bytes | Refusal = Refusal("file_unreadable")
        if own:
            self._left = self._bounds.seconds
            answer = self._ask("marked", own, marked)
        if isinstance(answer, Refusal):
            if self._process is None or self._process.over:
                self._process = self._processes.at_work()
            self._left = self._bounds.seconds
            answer = self._ask("copied", new, copied)
        if self._process is not None and not self._process.over:
            self._process.rest()
        return answer

    def _take(self) -> tuple[str | None, ...] | Refusal:
        self._process, self._left = self._processes.at_work(), self._bounds.seconds
        return self._ask("take", *self._file)  # type: ignore[no-any-return]

    def _ask(self, question: str, *arguments: object) -> Any:  # noqa: ANN401 - the reader's own answer
        if self._process is None or self._process.over:
            return Refusal("file_unreadable")
        began = time.monotonic()
        answer = self._process.answer(question, arguments, self._bounds, self._left)
        self._left -= time.monotonic() - began
        return answer

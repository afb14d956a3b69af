"""Starts the reading process, sends it requests, enforces time and memory bounds, and restarts it after a crash."""

from __future__ import annotations

import contextlib
import errno
import os
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
from processor.processes.started import SPAWN, signals_held_back

_TICK: Final = 0.05  # seconds between two checks of the process's memory
_KEPT: Final = 200  # MiB that it may keep between two files; the exports of 30,000 orders leave about as much behind
_START: Final = 60.0  # seconds that the process may take to start
_HEAD_START: Final = 1024  # MiB that it may use while it starts
_MIB: Final = 1024 * 1024


class _Process:
    """One running reading process."""

    def __init__(self, ahead: Ahead) -> None:
        self._pipe, other = SPAWN.Pipe()
        self.over = False
        self._process: BaseProcess = SPAWN.Process(
            target=spawned.begin, args=(other, ahead), name="opener", daemon=True
        )
        with signals_held_back():
            self._process.start()
        other.close()
        self._ready = False

    def answer(self, question: str, arguments: tuple[object, ...], bounds: Bounds, seconds: float) -> Any:  # noqa: ANN401 - the reader's own answer
        """The answer to one request.

        Refusal if it took too long, used too much memory or crashed; then the process is ended. Raises OSError if the
        system does not let a process start: then the file is not the cause.
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
        """Waits until the process is ready. If it fails to start, or uses too much memory, it is ended.

        Raises ImportError if a library that reads files is not installed.
        """
        until = time.monotonic() + _START
        message: object = None
        with contextlib.suppress(EOFError, OSError):
            alive = True  # if it dies at its birth, the pipe alone does not tell on Windows
            while (
                not self._ready
                and message is None
                and alive
                and time.monotonic() < until
                and self._memory() < _HEAD_START * _MIB
            ):
                alive = self._process.is_alive()
                message = self._pipe.recv() if self._pipe.poll(_TICK) else None
                self._ready = message == spawned.READY
        if not self._ready:
            self.end()
        if isinstance(message, spawned.NotInstalled):
            raise ImportError(message.why, name=message.name)
        return self._ready

    def _memory(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:  # it has just ended; reading the pipe will show that
            return 0

    def rest(self) -> None:
        """Called between two files.

        Ends the process if it keeps too much memory, because the main program needs that memory.
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
    """The process that opens files. It is started at once, and again after a crash; `with` ends it.

    It serves one caller at a time. `files`: those that will be requested. `passwords`: the passwords to try. With both
    it gets a head start on locked files (see `headstart`). Passwords are looked up only if a file is locked.
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
        """Ends the process, even if it is busy."""
        if not self._now.over:
            self._now.end()

    def at_work(self) -> _Process:
        """The running process.

        If it crashed during its head start it is started again, without blaming the requested file.
        """
        if self._now.over or not self._now.is_ready():
            self._now = _Process(Ahead())
        return self._now


class Opening(NamedTuple):
    """The process that opens files, and the passwords to try."""

    process: ReadingProcess
    passwords: Passwords


def _may_be_locked(path: Path) -> bool:
    if not path.is_file():  # reading a named pipe would never end
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(len(OLE)) == OLE
    except OSError:  # not readable; reported when the file is requested
        return False


class Opener:
    """Sends the requests about one file. Each of its spreadsheets is selected, opened and read before the next one.

    Any request may be answered by a Refusal; after that nothing more is read from the spreadsheet. The bound of seconds
    is for the file: for all members of a zip and all passwords together. Only the time in which the process works
    counts, not the time in which a person looks for a password.
    """

    def __init__(self, path: Path, sha256: str, bounds: Bounds, process: ReadingProcess) -> None:
        self._file = path, sha256, bounds
        self._processes = process
        self._bounds = bounds
        self._process: _Process | None = None
        self._left = float(bounds.seconds)  # to read it, and to mark its copies
        self._left_to_copy = float(bounds.seconds)  # to copy rows of spreadsheets that cannot be marked

    def contents(self) -> Iterator[tuple[str | None, Found | Refusal]]:
        """Selects the file itself (its path is None), or each member of a zip with its path in the zip.

        A member that the seconds of the file do not reach is refused without being read.
        """
        members = self._take()
        if isinstance(members, Refusal):
            yield None, members
            return
        for at, member in enumerate(members):
            if self._left <= 0:
                yield member, Refusal("file_too_slow.before", n=self._bounds.seconds)
                continue
            if self._process is not None and self._process.over:
                self._take()
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
        """The open spreadsheet with its bad cells marked. If it cannot be marked: a new one with copied rows.

        own: the sheets to mark; empty if the file itself must not be returned. The copies of all members of a zip share
        the seconds that reading has left for marking, and those of the bounds for copying rows.
        """
        answer: bytes | Refusal = self._ask("marked", own, marked) if own else Refusal("file_unreadable")
        if isinstance(answer, Refusal):
            if self._process is None or self._process.over:
                self._process = self._processes.at_work()
            read, self._left = self._left, self._left_to_copy
            answer = self._ask("copied", new, copied)
            self._left, self._left_to_copy = read, self._left
        if self._process is not None and not self._process.over:
            self._process.rest()
        return answer

    def _take(self) -> tuple[str | None, ...] | Refusal:
        self._process = self._processes.at_work()
        return self._ask("take", *self._file)  # type: ignore[no-any-return]

    def _ask(self, question: str, *arguments: object) -> Any:  # noqa: ANN401 - the reader's own answer
        if self._process is None or self._process.over:
            return Refusal("file_unreadable")
        if self._left <= 0:
            return Refusal("file_too_slow", n=self._bounds.seconds)
        self._process.is_ready()  # the file is not charged for the start of the process
        began = time.monotonic()
        answer = self._process.answer(question, arguments, self._bounds, self._left)
        self._left -= time.monotonic() - began
        return answer

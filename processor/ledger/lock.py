"""One run at a time on a desk. The lock is held by the operating system, which frees it when the process ends in any way."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final, NamedTuple

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_KST: Final = timezone(timedelta(hours=9))
_FAR_AWAY: Final = 1 << 30
"""Windows locks bytes against reading too: the byte that is locked lies far behind those that name the owner."""


class Owner(NamedTuple):
    """Who is working on the desk."""

    computer: str
    process: int
    since: datetime  # Korean wall time


class Busy(Exception):
    """Somebody else is at work."""

    def __init__(self, owner: Owner | None) -> None:
        super().__init__("busy")
        self.owner = owner


_NAME: Final = ".running.lock"


def locked(outbox: Path) -> bool:
    """Is there a lock, of a run at work or of one that died?"""
    return (outbox / _NAME).exists()


@contextmanager
def alone(outbox: Path) -> Iterator[None]:
    """While it holds, no other run works on this desk. A lock that a run left behind when it died holds nobody up.

    Raises Busy while another run is at work, OSError where no file can be made.
    """
    outbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = outbox / _NAME
    descriptor = _locked(path)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps({"computer": socket.gethostname(), "process": os.getpid()}).encode())
        yield
    finally:
        _let_go(path, descriptor)


def _locked(path: Path) -> int:
    """The open lock file. One that its owner has just removed does not count: then the next one is tried."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            raise Busy(_owner(path)) from None
        if _still_there(path, descriptor):
            return descriptor
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _FAR_AWAY, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _still_there(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _owner(path: Path) -> Owner | None:
    """Who is named in the lock file; None where nobody is, or only half a name."""
    try:
        named = json.loads(path.read_text("utf-8"))
        since = datetime.fromtimestamp(path.stat().st_mtime, _KST).replace(tzinfo=None, microsecond=0)
        return Owner(str(named["computer"]), int(named["process"]), since)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _let_go(path: Path, descriptor: int) -> None:
    """The file goes first, so that nobody locks one that is about to vanish; Windows removes only closed files."""
    if sys.platform == "win32":
        os.close(descriptor)
        with contextlib.suppress(PermissionError):  # somebody else holds it already
            path.unlink(missing_ok=True)
    else:
        path.unlink(missing_ok=True)
        os.close(descriptor)

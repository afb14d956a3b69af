"""Lets only one run at a time work on a desk. The operating system frees the lock when the process ends in any way."""

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

from processor import disk

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_KST: Final = timezone(timedelta(hours=9))
_FAR_AWAY: Final = 1 << 30
"""The place of the locked byte.

Windows forbids reading locked bytes, so it is far behind the bytes that name the owner.
"""


class Owner(NamedTuple):
    """The process that works on the desk."""

    computer: str
    process: int
    since: datetime  # Korean wall time


class Busy(Exception):
    """Another process works on the desk."""

    def __init__(self, owner: Owner | None) -> None:
        super().__init__("busy")
        self.owner = owner


_NAME: Final = ".running.lock"
_LONGEST: Final = 4096  # bytes of the lock file that names its owner


def locked(outbox: Path) -> bool:
    """Is there a lock file, of a running process or of one that died?"""
    return disk.taken(outbox / _NAME)


@contextmanager
def alone(outbox: Path) -> Iterator[None]:
    """Holds the lock of this desk. The lock file of a run that died does not block.

    Raises Busy while another run works, OSError if the lock file cannot be made.
    """
    disk.folder(outbox)
    path = outbox / _NAME
    descriptor = _locked(path)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps({"computer": socket.gethostname(), "process": os.getpid()}).encode())
        yield
    finally:
        _let_go(path, descriptor)


def _locked(path: Path) -> int:
    """Opens and locks the lock file. If its owner has just deleted the file, it is made and locked again."""
    while True:
        descriptor = disk.opened(path, os.O_RDWR | os.O_CREAT)
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
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _owner(path: Path) -> Owner | None:
    """The owner named in the lock file; None if none is named, or the file is incomplete."""
    try:
        named = json.loads(disk.read(path, _LONGEST))
        since = datetime.fromtimestamp(path.lstat().st_mtime, _KST).replace(tzinfo=None, microsecond=0)
        return Owner(str(named["computer"]), int(named["process"]), since)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _let_go(path: Path, descriptor: int) -> None:
    """Deletes the file before it closes it, so that nobody locks a file about to vanish.

    Windows deletes only closed files.
    """
    if sys.platform == "win32":
        os.close(descriptor)
        with contextlib.suppress(PermissionError):  # another process has locked it already
            path.unlink(missing_ok=True)
    else:
        path.unlink(missing_ok=True)
        os.close(descriptor)

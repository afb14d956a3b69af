"""A file that one process holds at a time. The operating system lets go of it when the process ends in any way."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from processor.disk.plain import opened

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR_AWAY: Final = 1 << 30
"""The place of the locked byte.

Windows forbids reading locked bytes, so it is far behind the bytes that the holder writes.
"""


class Held(Exception):
    """Another process holds the file."""


@contextmanager
def held(path: Path, content: bytes) -> Iterator[None]:
    """Holds the file, and has others read `content` in it. One that a dead process has left behind does not block.

    Raises Held while another process holds it, OSError if it cannot be made.
    """
    descriptor = _locked(path)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, content)
        yield
    finally:
        _let_go(path, descriptor)


def _locked(path: Path) -> int:
    """Opens and locks the file. If its holder has just deleted it, it is made and locked again."""
    while True:
        descriptor = opened(path, os.O_RDWR | os.O_CREAT)
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            raise Held from None
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


def _let_go(path: Path, descriptor: int) -> None:
    """Deletes the file before it closes it, so that nobody locks a file about to vanish.

    Windows deletes only closed files.
    """
    if sys.platform == "win32":
        os.close(descriptor)
        with suppress(PermissionError):  # another process has locked it already
            path.unlink(missing_ok=True)
    else:
        path.unlink(missing_ok=True)
        os.close(descriptor)

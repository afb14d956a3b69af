"""Lets only one run at a time work on a desk. The operating system frees the lock when the process ends in any way."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final, NamedTuple

from processor import disk

_KST: Final = timezone(timedelta(hours=9))


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
    ourselves = json.dumps({"computer": socket.gethostname(), "process": os.getpid()}).encode()
    with ExitStack() as holding:
        try:
            holding.enter_context(disk.held(path, ourselves))
        except disk.Held:
            raise Busy(_owner(path)) from None
        yield


def _owner(path: Path) -> Owner | None:
    """The owner named in the lock file; None if none is named, or the file is incomplete."""
    try:
        named = json.loads(disk.read(path, _LONGEST))
        since = datetime.fromtimestamp(path.lstat().st_mtime, _KST).replace(tzinfo=None, microsecond=0)
        return Owner(str(named["computer"]), int(named["process"]), since)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None

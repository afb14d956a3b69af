"""Changes to the disk that another program hinders for a moment.

On Windows a file cannot be moved or deleted while a virus scanner, an indexer or a synchronised folder looks at it, which
they do just after it was written. Other systems let it happen.
"""

from __future__ import annotations

import shutil
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from processor.disk.plain import files

_IN_USE: Final = (5, 32, 33)  # winerror: access denied, sharing violation, lock violation
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds

T = TypeVar("T")


def patiently(change: Callable[[], T]) -> T:
    """Makes the change, again after each pause while Windows says that the file is in use. Raises its last OSError."""
    for pause in _PAUSES:
        try:
            return change()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _IN_USE:
                raise
        time.sleep(pause)
    return change()


def remove(path: Path) -> None:
    """Removes a file of this program or one that was put away, if it is there. Raises OSError.

    Windows refuses to delete what has the read-only mark, as files out of a zip may.
    """
    with suppress(FileNotFoundError):
        if sys.platform == "win32" and not path.lstat().st_mode & stat.S_IWRITE:
            path.chmod(stat.S_IWRITE | stat.S_IREAD)
        patiently(path.unlink)


def remove_folder(folder: Path) -> None:
    """Removes a folder with all that is in it; no link is followed. Raises OSError."""
    for path in files(folder):
        remove(path)
    patiently(lambda: shutil.rmtree(folder))

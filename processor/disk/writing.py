"""Writes new files. What somebody else put under a name of this program is never written through."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path

from processor.disk.patience import patiently, remove
from processor.disk.plain import opened, taken


def write_new(path: Path, content: bytes | memoryview | Iterable[bytes], *, durable: bool = True) -> None:
    """Writes a file that only its user can read. An earlier file or link of that name is removed, not written through.

    content: the whole, or its pieces. durable: wait until it will survive a power cut. Raises OSError, with what could
    be written left there.
    """
    remove(path)
    with os.fdopen(opened(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as stream:
        for piece in [content] if isinstance(content, bytes | memoryview) else content:
            stream.write(piece)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Writes a file under a hidden name and then gives it its name, so that it is complete or does not exist."""
    hidden = path.with_name(f".{path.name.removeprefix('.')}.tmp")
    write_new(hidden, content)
    patiently(lambda: hidden.replace(path))


def publish(temporary: Path, final: Path) -> None:
    """Gives a file its final name. Raises FileExistsError if another file has it by now."""
    with temporary.open("r+b") as written:
        os.fsync(written.fileno())
    if os.name == "nt":
        patiently(lambda: temporary.rename(final))  # fails if the name is taken
        return
    try:
        os.link(temporary, final)  # fails too, where rename would overwrite
    except PermissionError:  # a disk without hard links (exFAT)
        if final.exists():
            raise FileExistsError(final) from None
        temporary.rename(final)
    _flush_folder(final.parent)


def publish_beside(temporary: Path, final: Path) -> Path:
    """Gives a file its final name, or one with _2, _3 … where others have it already; returns the path that it got."""
    for number in count(1):
        free = final if number == 1 else final.with_name(f"{final.stem}_{number}{final.suffix}")
        with suppress(FileExistsError):
            if not taken(free):
                publish(temporary, free)
                return free
    raise AssertionError("count never ends")


def _flush_folder(folder: Path) -> None:
    """Makes a new file name survive a power cut; Windows has no such call and needs none."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

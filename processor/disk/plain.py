"""Tells plain files and folders from links, pipes and devices, and opens only plain ones.

A plain file is a regular file, a plain folder a real folder; neither is a symbolic link or a junction of Windows. What
is checked may be exchanged before it is used, so this protects from a desk that was prepared, not from a program that
changes it at the same time.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Container, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from processor.model import Text, josa

_NEVER_WAIT: Final = getattr(os, "O_NONBLOCK", 0)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_BINARY: Final = getattr(os, "O_BINARY", 0)
_NAME_SURROGATE: Final = 0x20000000
"""The bit of a reparse tag of Windows that says "this stands for another place": symbolic links and junctions have it,
files of OneDrive that are not downloaded yet do not."""


class NotPlain(OSError):
    """At a path of the desk there is no plain file or folder. `message` says what to do. Nothing was changed."""

    def __init__(self, path: Path, ko: str, en: str) -> None:
        subject = josa(str(path), "은/는")
        self.message = Text(
            f"{subject} {ko} 다시 실행하세요. 아무것도 옮기지 않았습니다.",
            f"{path} {en} and run again. Nothing was moved.",
        )
        super().__init__(errno.EINVAL, self.message.en, str(path))


class TooLarge(OSError):
    """A file is larger than this program ever writes it."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), str(path))


def taken(path: Path) -> bool:
    """Does anything have this name, even a link that leads nowhere?"""
    return os.path.lexists(path)


def is_file(path: Path) -> bool:
    """Is there a plain file?"""
    found = _found(path)
    return found is not None and stat.S_ISREG(found.st_mode) and not _is_link(found)


def is_folder(path: Path) -> bool:
    """Is there a plain folder?"""
    found = _found(path)
    return found is not None and stat.S_ISDIR(found.st_mode) and not _is_link(found)


def is_name(name: str) -> bool:
    """Is this the name of a file or folder, and no path to another place?"""
    apart = "/\\:\0" if sys.platform == "win32" else "/\0"
    return name not in ("", ".", "..") and not any(letter in apart for letter in name)


def check_file(path: Path) -> None:
    """Raises NotPlain if there is something else than a plain file. Nothing there is right too."""
    with suppress(FileNotFoundError):
        _check(path, path.lstat(), own=False)


def check_own(path: Path) -> None:
    """The same for a file that will be written in place: it must not have a second name, perhaps elsewhere."""
    with suppress(FileNotFoundError):
        _check(path, path.lstat(), own=True)


def check_folder(path: Path) -> None:
    """Raises NotPlain if there is something else than a plain folder. Nothing there is right too."""
    with suppress(FileNotFoundError):
        found = path.lstat()
        if _is_link(found):
            raise _linked(path)
        if not stat.S_ISDIR(found.st_mode):
            raise NotPlain(path, "폴더가 아닙니다. 다른 곳으로 옮기고", "is no folder. Move it away")


def folder(path: Path) -> None:
    """Makes a folder, with those above it, that only its user can open. Raises NotPlain if it is a link or a file."""
    check_folder(path)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def files(folder: Path, but: Container[str] = ()) -> Iterator[Path]:
    """Every plain file below a folder. Links are passed over, and so are folders that may not be opened.

    `but`: names of folders directly in it that are not looked into.
    """
    folders = [folder] if is_folder(folder) else []
    while folders:
        with suppress(PermissionError):
            within = folders.pop()
            for path in within.iterdir():
                if is_file(path):
                    yield path
                elif is_folder(path) and not (within == folder and path.name in but):
                    folders.append(path)


def opened(path: Path, flags: int) -> int:
    """The descriptor of a plain file; if it is opened to be written, of one without a second name.

    A pipe is not waited for. Raises NotPlain and OSError.
    """
    own = bool(flags & (os.O_WRONLY | os.O_RDWR))
    (check_own if own else check_file)(path)
    descriptor = os.open(path, flags | _NEVER_WAIT | _NO_LINK | _BINARY, 0o600)
    try:
        _check(path, os.fstat(descriptor), own=own)
    except NotPlain:
        os.close(descriptor)
        raise
    return descriptor


def read(path: Path, most: int) -> bytes:
    """The content of a plain file of at most so many bytes. Raises NotPlain, TooLarge and OSError."""
    with os.fdopen(opened(path, os.O_RDONLY), "rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise TooLarge(path)
    return content


def _found(path: Path) -> os.stat_result | None:
    """What is at this path itself, not behind a link. None if there is nothing, or no such path is possible."""
    try:
        return path.lstat()
    except (OSError, ValueError):
        return None


def _is_link(found: os.stat_result) -> bool:
    if sys.platform == "win32":
        return bool(found.st_reparse_tag & _NAME_SURROGATE)
    return stat.S_ISLNK(found.st_mode)


def _check(path: Path, found: os.stat_result, *, own: bool) -> None:
    if _is_link(found):
        raise _linked(path)
    if not stat.S_ISREG(found.st_mode):
        raise NotPlain(
            path,
            "일반 파일이 아니라서 열지 않았습니다. 다른 곳으로 옮기고",
            "is no regular file and was not opened. Move it away",
        )
    if own and found.st_nlink > 1:
        raise NotPlain(
            path,
            "다른 곳의 파일과 연결되어 있어(하드 링크) 쓰지 않았습니다. 복사본을 만들어 이 파일과 바꾼 뒤",
            "is one with a file elsewhere (a hard link), so it was left alone. Replace it by a copy",
        )


def _linked(path: Path) -> NotPlain:
    return NotPlain(
        path,
        "다른 곳을 가리키는 링크라서 열지 않았습니다. 링크를 지우거나 실제 파일이나 폴더로 바꾼 뒤",
        "is a link to another place and was not followed. Delete it, or put a real file or folder there,",
    )

"""Remembers which rules this very program has proved, so that a morning need not prove them again.

A mark lies in a folder of the user's own, never on the desk: somebody else may have made the desk, and would say there
that unsound rules were proved. A folder that is missing or can't be used means that the rules are proved once more.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from processor import disk
from processor.app.program import program

_NAME: Final = "proved.txt"
_MOST: Final = 5_000
"""Marks that are kept: a line each, the program and the SHA-256 of the rules. An agency has hundreds of desks."""
_LARGEST: Final = 1 << 20
"""Bytes that so many marks never reach."""


def proved(folder: Path | None) -> set[str]:
    """The SHA-256 of the rules that this program has proved. folder: with the marks; None = there are none."""
    pairs = (line.split(" ") for line in _marks(folder))
    return {pair[1] for pair in pairs if len(pair) == 2 and pair[0] == program()}


def remember(folder: Path | None, *sha256s: str) -> None:
    """Marks rules as proved by this program, if the folder lets it."""
    if folder is None or not sha256s:
        return
    marks = [*_marks(folder), *(f"{program()} {sha256}" for sha256 in sha256s)][-_MOST:]
    with suppress(OSError):
        disk.folder(folder)
        disk.write_whole(folder / _NAME, "".join(f"{mark}\n" for mark in marks).encode())


def _marks(folder: Path | None) -> list[str]:
    if folder is None:
        return []
    try:
        return disk.read(folder / _NAME, _LARGEST).decode("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return []

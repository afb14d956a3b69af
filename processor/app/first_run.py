"""Which cards of the first run a seller has answered on a desk, or put off.

It is kept in a folder of the user's own, since it is about him and not about the desk: a line for each card, with the
SHA-256 of the desk's path. A folder that is missing or can't be used means that no card was answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from processor import disk
from processor.app.desk import Desk

CARDS: Final = ("practice", "settings", "password", "orders", "points")
_NAME: Final = "first_run.txt"
_MOST: Final = 500  # lines that are kept
_LARGEST: Final = 1 << 16  # bytes that they never reach


def answered(desk: Desk, folder: Path | None) -> list[str]:
    """The cards that were answered on that desk, in the order in which they are shown."""
    lines, here = _lines(folder), _of(desk)
    return [card for card in CARDS if f"{here}{card}" in lines]


def answer(desk: Desk, cards: Sequence[str], folder: Path | None) -> None:
    """Notes that these cards were answered, if the folder lets it."""
    if folder is None:
        return
    new = [f"{_of(desk)}{card}" for card in CARDS if card in cards]
    lines = list(dict.fromkeys([*_lines(folder), *new]))[-_MOST:]
    with suppress(OSError):
        disk.folder(folder)
        disk.write_whole(folder / _NAME, "".join(f"{line}\n" for line in lines).encode())


def _of(desk: Desk) -> str:
    return hashlib.sha256(str(desk.home.resolve()).encode("utf-8", "surrogatepass")).hexdigest() + " "


def _lines(folder: Path | None) -> list[str]:
    if folder is None:
        return []
    try:
        return disk.read(folder / _NAME, _LARGEST).decode("ascii").splitlines()
    except (OSError, UnicodeDecodeError, disk.TooLarge):
        return []

"""Putting inputs away, last of all: what was used to done/, what nobody could read to failed/ with a word why."""

from __future__ import annotations

import contextlib
import os
import unicodedata
from collections.abc import Sequence, Set
from itertools import count
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from processor.intake.finding import sha256
from processor.model import Batch, InputFile, Problem


class Move(NamedTuple):
    """Where an input goes, both by the inbox, and what is said beside it."""

    path: str
    sha256: str  # of what was read there
    target: str
    letter: str


def moves(batch: Batch, inbox: Path, run: str) -> list[Move]:
    found: list[Move] = []
    taken: set[str] = set()
    for file in batch.files:
        reasons = _unusable(batch, file)
        name = unicodedata.normalize("NFC", file.path.name)
        target = _free(inbox, f"{'failed' if reasons else 'done'}/{run}/{name}", taken)
        taken |= _pair(target)
        found.append(Move(str(file.path.relative_to(inbox)), file.sha256, target, _letter(file, reasons)))
    return found


def make_way(inbox: Path, planned: Sequence[Move]) -> None:
    """Shows that the inputs can be moved before anything is decided about them.

    Raises OSError where the inbox is read-only, or where Windows knows that another program has a file open.
    """
    for folder in _folders(inbox, planned):
        _make(folder)
    for move in planned:
        _try_to_move(inbox / move.path, (inbox / move.target).parent)


def _try_to_move(path: Path, folder: Path) -> None:
    """Windows refuses a file in use even its own name; elsewhere a file never takes a folder's, and that is said last."""
    if os.name == "nt":
        path.rename(path)
        return
    with contextlib.suppress(IsADirectoryError):
        path.rename(folder)


def file_away(inbox: Path, planned: Sequence[Move]) -> None:
    """Nothing is overwritten; a file that is gone already is no error, and one that took its place is left to be read."""
    for move in planned:
        path = inbox / move.path
        if path.is_file() and sha256(path) == move.sha256:
            _move(path, inbox / move.target, move.letter)


def leave(inbox: Path, planned: Sequence[Move]) -> None:
    """The inputs stay where they are: folders that were made for them go again."""
    for folder in _folders(inbox, planned):
        for made in (folder, folder.parent):
            with contextlib.suppress(OSError):  # it was never made, or holds other things
                made.rmdir()


def _folders(inbox: Path, planned: Sequence[Move]) -> set[Path]:
    return {(inbox / move.target).parent for move in planned}


def _make(folder: Path) -> None:
    """done/<run> or failed/<run>, each for its user alone."""
    for each in (folder.parent, folder):
        each.mkdir(mode=0o700, exist_ok=True)


def _move(path: Path, target: Path, letter: str) -> None:
    """The letter first: a file that has arrived in failed/ never lies there without one."""
    if target.exists():
        return
    _make(target.parent)
    if letter:
        beside = target.with_name(f"{target.name}.txt")
        beside.touch(mode=0o600)
        beside.write_text(letter, encoding="utf-8-sig")
    path.rename(target)


def _unusable(batch: Batch, file: InputFile) -> list[Problem]:
    """The problems of a file of which no sheet could be used; [] for any other."""
    used = any(sheet.kind is not None and _of(sheet.file, file) for sheet in batch.sheets)
    return [] if used else [problem for problem in batch.file_problems if _of(problem.place.file, file)]


def _of(name: str, file: InputFile) -> bool:
    """A zip's files are named `zip/file`."""
    return name == file.name or name.startswith(f"{file.name}/")


def _free(inbox: Path, target: str, taken: Set[str]) -> str:
    """The target, or with ` (2)`, ` (3)` … the first where neither the file nor its letter meets another."""
    path = PurePosixPath(target)
    names = (target if number == 1 else str(path.with_stem(f"{path.stem} ({number})")) for number in count(1))
    return next(
        free
        for free in names
        if _pair(free).isdisjoint(taken) and not any((inbox / place).exists() for place in (free, f"{free}.txt"))
    )


def _pair(target: str) -> set[str]:
    """A file and its letter, as a disk that takes A for a would know them."""
    return {target.casefold(), f"{target}.txt".casefold()}


def _letter(file: InputFile, reasons: list[Problem]) -> str:
    """What lies beside a file in failed/; nothing for a file that was used."""
    lines = [file.name, ""] if reasons else []
    for problem in reasons:
        where = " › ".join(part for part in (problem.place.file, problem.place.sheet) if part)
        lines += [where, problem.message.ko, f"→ {problem.fix.ko}", "", problem.message.en, f"→ {problem.fix.en}", ""]
    return "\n".join(lines)

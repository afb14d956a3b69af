"""Putting inputs away, last of all: what was used to done/, what nobody could read to failed/ with a word why."""

from __future__ import annotations

import contextlib
import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from processor.model import Batch, InputFile, Problem


class Move(NamedTuple):
    """Where an input goes, both by the inbox, and what is said beside it."""

    path: str
    folder: str
    letter: str


def moves(batch: Batch, inbox: Path, run: str) -> list[Move]:
    found = []
    for file in batch.files:
        reasons = _unusable(batch, file)
        folder = f"{'failed' if reasons else 'done'}/{run}"
        found.append(Move(str(file.path.relative_to(inbox)), folder, _letter(file, reasons)))
    return found


def make_way(inbox: Path, planned: Sequence[Move]) -> None:
    """Shows that the inputs can be moved before anything is decided about them.

    Raises OSError where the inbox is read-only, or where Windows knows that another program has a file open.
    """
    for folder in {move.folder for move in planned}:
        (inbox / folder).mkdir(parents=True, exist_ok=True)
    for move in planned:
        _try_to_move(inbox / move.path, inbox / move.folder)


def _try_to_move(path: Path, folder: Path) -> None:
    """Windows refuses a file in use even its own name; elsewhere a file never takes a folder's, and that is said last."""
    if os.name == "nt":
        path.rename(path)
        return
    with contextlib.suppress(IsADirectoryError):
        path.rename(folder)


def file_away(inbox: Path, planned: Sequence[Move]) -> None:
    """Nothing is overwritten; a file that is gone already is no error."""
    for path, folder, letter in planned:
        _move(inbox / path, inbox / folder, letter)


def leave(inbox: Path, planned: Sequence[Move]) -> None:
    """The inputs stay where they are: folders that were made for them go again."""
    for folder in {inbox / move.folder for move in planned}:
        for made in (folder, folder.parent):
            with contextlib.suppress(OSError):  # it was never made, or holds other things
                made.rmdir()


def _move(path: Path, folder: Path, letter: str) -> None:
    """The letter first: a file that has arrived in failed/ never lies there without one."""
    if not path.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    target = _free(folder / unicodedata.normalize("NFC", path.name))
    if letter:
        target.with_name(f"{target.name}.txt").write_text(letter, encoding="utf-8-sig")
    path.rename(target)


def _unusable(batch: Batch, file: InputFile) -> list[Problem]:
    """The problems of a file of which no sheet could be used; [] for any other."""
    used = any(sheet.kind is not None and _of(sheet.file, file) for sheet in batch.sheets)
    return [] if used else [problem for problem in batch.file_problems if _of(problem.place.file, file)]


def _of(name: str, file: InputFile) -> bool:
    """A zip's files are named `zip/file`."""
    return name == file.name or name.startswith(f"{file.name}/")


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def _letter(file: InputFile, reasons: list[Problem]) -> str:
    """What lies beside a file in failed/; nothing for a file that was used."""
    lines = [file.name, ""] if reasons else []
    for problem in reasons:
        where = " › ".join(part for part in (problem.place.file, problem.place.sheet) if part)
        lines += [where, problem.message.ko, f"→ {problem.fix.ko}", "", problem.message.en, f"→ {problem.fix.en}", ""]
    return "\n".join(lines)

"""Moves the inputs at the end of a run: used files to done/, unreadable files to failed/, each with a letter."""

from __future__ import annotations

import contextlib
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePath, PurePosixPath
from typing import NamedTuple

from processor import disk
from processor.intake.finding import sha256
from processor.model import PUT_AWAY, Batch, InputFile, Problem, Text, one_line


class Move(NamedTuple):
    """The move of one input: its source and target, relative to the inbox, and the text of the letter beside it."""

    path: str
    sha256: str  # of the content that was read
    target: str
    letter: str


def moves(batch: Batch, inbox: Path, run: str) -> list[Move]:
    found: list[Move] = []
    unusable, targets = _unusable(batch), _Targets(inbox)
    for file in batch.files:
        reasons = unusable.get(file.name, [])
        name = unicodedata.normalize("NFC", file.path.name)
        target = targets.free(f"{'failed' if reasons else 'done'}/{run}/{name}")
        found.append(Move(str(file.path.relative_to(inbox)), file.sha256, target, _letter(file, reasons)))
    return found


def is_sound(move: Move, inbox: Path, run: str) -> bool:
    """Could `moves` have made this move for that run?

    Then the input lies in the inbox and is not put away yet, and its target is a file of that run in done/ or failed/.
    Raises TypeError, ValueError or AttributeError if these are no texts, or none that can be written.
    """
    path, target = PurePath(move.path), PurePosixPath(move.target)
    for written in (os.fsencode(path), os.fsencode(target), move.sha256.encode(), move.letter.encode()):
        if b"\0" in written:
            return False
    return (
        len(path.parts) > 0
        and all(map(disk.is_name, path.parts))
        and path.parts[0] not in PUT_AWAY
        and (inbox / path).parent.resolve().is_relative_to(inbox.resolve())
        and target.parts[:-1] in {(folder, run) for folder in PUT_AWAY}
        and disk.is_name(target.name)
    )


def make_way(inbox: Path, planned: Sequence[Move]) -> None:
    """Checks that the inputs can be moved, before anything is decided about them.

    Raises OSError if the inbox is read-only, if a name is too long for the place it is moved to, or (on Windows) if
    another program has a file open.
    """
    for folder in _folders(inbox, planned):
        _make(folder)
    for move in planned:
        _try_the_name(inbox / move.target, move.letter)
        _try_to_move(inbox / move.path, (inbox / move.target).parent)


def _try_the_name(target: Path, letter: str) -> None:
    """Makes an empty file of the name that is to come, or of its letter's, which is longer, and removes it."""
    name = _tried(target, letter)
    os.close(disk.opened(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    disk.remove(name)


def _remove_tries(inbox: Path, planned: Sequence[Move]) -> None:
    """Removes the empty files that a run killed in `make_way` has left. No input that was used is empty, and no letter."""
    for move in planned:
        name = _tried(inbox / move.target, move.letter)
        if disk.is_file(name) and name.stat().st_size == 0:
            disk.remove(name)


def _tried(target: Path, letter: str) -> Path:
    return _letter_of(target) if letter else target


def _try_to_move(path: Path, folder: Path) -> None:
    """Tries a rename that changes nothing.

    Windows refuses it for a file in use; other systems check the permissions first.
    """
    if os.name == "nt":
        disk.patiently(lambda: path.rename(path))
        return
    with contextlib.suppress(IsADirectoryError):
        path.rename(folder)


def file_away(inbox: Path, planned: Sequence[Move]) -> None:
    """Moves the inputs and overwrites nothing.

    A file that is gone is skipped; one with new content stays for the next run.
    """
    _remove_tries(inbox, planned)
    for move in planned:
        path = inbox / move.path
        if disk.is_file(path) and sha256(path) == move.sha256:
            _move(path, inbox / move.target, move.letter)


def set_aside(path: Path, inbox: Path, run: str, letter: Text) -> Path:
    """Moves a file that is not wanted to failed/<run>/, with a letter beside it that says why; returns its new path."""
    target = inbox / _Targets(inbox).free(f"failed/{run}/{unicodedata.normalize('NFC', path.name)}")
    _move(path, target, f"{letter.ko}\n\n{letter.en}\n")
    return target


def leave(inbox: Path, planned: Sequence[Move]) -> None:
    """Removes what `make_way` made, because the inputs stay where they are."""
    _remove_tries(inbox, planned)
    for folder in _folders(inbox, planned):
        for made in (folder, folder.parent):
            with contextlib.suppress(OSError):  # it was never made, or has other files in it
                made.rmdir()


def _folders(inbox: Path, planned: Sequence[Move]) -> set[Path]:
    return {(inbox / move.target).parent for move in planned}


def _make(folder: Path) -> None:
    """Makes done/<run> or failed/<run>, readable by its user alone."""
    for each in (folder.parent, folder):
        disk.folder(each)


def _letter_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.txt")


def _move(path: Path, target: Path, letter: str) -> None:
    """Writes the letter before it moves the file, so that no file in failed/ is without its letter."""
    if disk.taken(target):
        return
    _make(target.parent)
    if letter:
        disk.write_new(_letter_of(target), letter.encode("utf-8-sig"), durable=False)
    disk.patiently(lambda: path.rename(target))


def _unusable(batch: Batch) -> dict[str, list[Problem]]:
    """The problems of each file without any usable sheet, by its name."""
    used = {name for sheet in batch.sheets if sheet.kind is not None for name in _and_above(sheet.file)}
    found: dict[str, list[Problem]] = {}
    for problem in batch.file_problems:
        for name in _and_above(problem.place.file):
            if name not in used:
                found.setdefault(name, []).append(problem)
    return found


def _and_above(name: str) -> Iterator[str]:
    """The name of a file or of a member of a zip (`zip/file`), and the names of all that it may be a member of."""
    yield name
    for above in PurePosixPath(name).parents:
        yield str(above)


@dataclass(slots=True)
class _Targets:
    """The names in done/ and failed/ that files of this run have been given."""

    inbox: Path
    taken: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)  # target → the number that its name was given last

    def free(self, target: str) -> str:
        """The target name, or the first of ` (2)`, ` (3)` … that is free for the file and for its letter."""
        path = PurePosixPath(target)
        numbers = count(self.last.get(target.casefold(), 0) + 1)
        names = (
            (number, target if number == 1 else str(path.with_stem(f"{path.stem} ({number})"))) for number in numbers
        )
        number, free = next((number, name) for number, name in names if self._is_free(name))
        self.last[target.casefold()] = number
        self.taken |= _pair(free)
        return free

    def _is_free(self, name: str) -> bool:
        there = any(disk.taken(self.inbox / place) for place in (name, f"{name}.txt"))
        return _pair(name).isdisjoint(self.taken) and not there


def _pair(target: str) -> set[str]:
    """The names of a file and its letter in lower case, for disks that do not distinguish A from a."""
    return {target.casefold(), f"{target}.txt".casefold()}


def _letter(file: InputFile, reasons: list[Problem]) -> str:
    """The text of the letter beside a file in failed/; "" for a file that was used."""
    lines = [file.name, ""] if reasons else []
    for problem in reasons:
        where = " › ".join(part for part in (problem.place.file, problem.place.sheet) if part)
        lines += [where, problem.message.ko, f"→ {problem.fix.ko}", "", problem.message.en, f"→ {problem.fix.en}", ""]
    return "\n".join(map(one_line, lines))

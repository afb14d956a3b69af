"""Putting inputs away, last of all: what was used to done/, what nobody could read to failed/ with a word why.

Moving many files can be cut off half-way, and the rest alone would tell another story (an order whose cancel request has
moved already would look as if it had none). So the moves are promised in one small file first. They are carried out once
the workbook they belong to stands; a promise whose workbook never came is void.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from processor.model import Batch, InputFile, Problem

_PROMISE: Final = ".filing.json"


@contextmanager
def promised(batch: Batch, inbox: Path, workbook: Path) -> Iterator[None]:
    """While the workbook is being written, the moves are written down; then they are made, or void if it failed."""
    _promise(batch, inbox, workbook)
    try:
        yield
    finally:
        file_away(inbox)


def _promise(batch: Batch, inbox: Path, workbook: Path) -> None:
    """Where each input will go when that workbook stands; the file is whole or not there."""
    run = workbook.stem.removeprefix("처리목록_")
    moves = []
    for file in batch.files:
        reasons = _unusable(batch, file)
        folder = f"{'failed' if reasons else 'done'}/{run}"
        moves.append({"from": str(file.path.relative_to(inbox)), "to": folder, "letter": _letter(file, reasons)})
    hidden = inbox / f"{_PROMISE}.tmp"
    with hidden.open("w", encoding="utf-8") as stream:
        json.dump({"workbook": os.path.relpath(workbook, inbox), "moves": moves}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    hidden.replace(inbox / _PROMISE)


def file_away(inbox: Path) -> None:
    """Keep the promise, if there is one. Nothing is overwritten; a file that is gone already is no error."""
    (inbox / f"{_PROMISE}.tmp").unlink(missing_ok=True)
    try:
        moves = _promised_moves(inbox)
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError):  # half a promise, from a disk that lost power: void
        moves = []
    for path, folder, letter in moves:
        _move(inbox / path, inbox / folder, letter)
    (inbox / _PROMISE).unlink()


def _promised_moves(inbox: Path) -> list[tuple[Path, Path, str]]:
    """From, to and letter of each file, none without the workbook; nothing is moved before all of them were read."""
    promised = json.loads((inbox / _PROMISE).read_text(encoding="utf-8"))
    moves = [(Path(move["from"]), Path(move["to"]), str(move["letter"])) for move in promised["moves"]]
    return moves if (inbox / promised["workbook"]).exists() else []


def _move(path: Path, folder: Path, letter: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    target = _free(folder / unicodedata.normalize("NFC", path.name))
    try:
        path.rename(target)
    except FileNotFoundError:
        return
    if letter:
        _free(target.with_name(f"{target.name}.txt")).write_text(letter, encoding="utf-8-sig")


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

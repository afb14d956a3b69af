"""Putting inputs away, last of all: what was used to done/, what nobody could read to failed/ with a word why."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from processor.model import Batch, InputFile, Problem


def file_away(batch: Batch, inbox: Path, run: str) -> None:
    """Move every input of the batch. Nothing is overwritten; a file that is gone already is no error."""
    for file in batch.files:
        reasons = _unusable(batch, file)
        folder = inbox / ("failed" if reasons else "done") / run
        folder.mkdir(parents=True, exist_ok=True)
        target = _free(folder / unicodedata.normalize("NFC", file.path.name))
        try:
            file.path.rename(target)
        except FileNotFoundError:
            continue
        if reasons:
            _free(target.with_name(f"{target.name}.txt")).write_text(_letter(file, reasons), encoding="utf-8-sig")


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
    lines = [file.name, ""]
    for problem in reasons:
        where = " › ".join(part for part in (problem.place.file, problem.place.sheet) if part)
        lines += [where, problem.message.ko, f"→ {problem.fix.ko}", "", problem.message.en, f"→ {problem.fix.en}", ""]
    return "\n".join(lines)

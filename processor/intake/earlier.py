"""Finds the inputs of earlier runs in done/ and failed/. Nothing is moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from processor import disk
from processor.intake.finding import input_file
from processor.model import InputFile

_RUN: Final = re.compile(r"(\d{8}_\d{6})(?:_(\d+))?", re.ASCII)


def earlier_runs(inbox: Path) -> Iterator[tuple[str, datetime]]:
    """The runs whose inputs are still in done/, newest first: the name of each, and the moment in that name."""
    for folder, moment in reversed(_folders(inbox / "done")):
        yield folder.name, moment


def put_away_before(inbox: Path, day: date) -> list[Path]:
    """The folders in done/ and failed/ of runs before that day."""
    return [folder for kind in ("done", "failed") for folder, moment in _folders(inbox / kind) if moment.date() < day]


def _folders(put_away: Path) -> list[tuple[Path, datetime]]:
    """The folders of runs in done/ or failed/ with the moment of each run, oldest first."""
    found = []
    for folder in put_away.glob("*_*") if disk.is_folder(put_away) else []:
        if disk.is_folder(folder) and (named := _RUN.fullmatch(folder.name)):
            try:
                moment = datetime.strptime(named[1], "%Y%m%d_%H%M%S")  # noqa: DTZ007 - Korean wall time
            except ValueError:  # digits that are not a time
                continue
            found.append((moment, int(named[2] or 1), folder))
    return [(folder, moment) for moment, _, folder in sorted(found)]


def inputs_of(inbox: Path, run: str, known: Mapping[str, tuple[str, datetime]]) -> list[InputFile]:
    """The files that an earlier run used. `known` maps a SHA-256 to the name and time that the file had in that run."""
    files = [input_file(path) for path in sorted((inbox / "done" / run).iterdir()) if disk.is_file(path)]
    then = [known.get(file.sha256, (file.name, file.taken_at)) for file in files]
    return [replace(file, name=name, taken_at=taken) for file, (name, taken) in zip(files, then, strict=True)]

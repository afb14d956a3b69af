"""Puts workbook and manifest into the outbox: whole or not at all, and never over something that is there."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from processor.model import Report, Text
from processor.outbox.grid import grid
from processor.outbox.manifest import manifest
from processor.outbox.workbook import Title, save
from processor.rulebook.types import Rulebook

_TEMPORARY: Final = re.compile(r"\.처리목록_\d{8}_\d{6}(_\d+)?\.(xlsx|json)\.tmp")


def write(report: Report, book: Rulebook, place: Path, *, lang: str, timings: Mapping[str, float]) -> None:
    """Put the workbook where `next_place` said, and its manifest beside it. Raises OSError when the disk refuses.

    Both are written whole under hidden names first, then renamed: the workbook, then the manifest. So a workbook that
    can be seen is always complete. A run killed before the first rename leaves only hidden files for `tidy`; one killed
    between the two leaves a complete workbook, and its inputs are put away by the next run.
    """
    folder, name = place.parent, place.stem
    said = Text("스마트스토어 취소·반품 처리목록", "Smart Store claims to handle").said(lang)
    title = Title(f"{name} {said}", said, "en" if lang == "en" else "ko-KR", report.as_of)
    with _temporary(folder, f"{name}.xlsx") as workbook, _temporary(folder, f"{name}.json") as record:
        save(workbook, grid(report, book, lang), title)
        content = manifest(report, book, f"{name}.xlsx", timings)
        record.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        for file in (workbook, record):
            _flush(file)
        _publish(workbook, place)
        _publish(record, place.with_suffix(".json"))
    _flush_folder(folder)


def next_place(folder: Path, moment: datetime) -> Path:
    """처리목록_YYYYMMDD_HHMMSS.xlsx, or with `_2`, `_3` … the first that neither a workbook nor a manifest has."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"처리목록_{moment:%Y%m%d_%H%M%S}"
    places = (folder / f"{name if number == 1 else f'{name}_{number}'}.xlsx" for number in count(1))
    return next(place for place in places if not (place.exists() or place.with_suffix(".json").exists()))


@contextmanager
def _temporary(folder: Path, name: str) -> Iterator[Path]:
    """A hidden name to write under; whatever happens, nothing stays there."""
    path = folder / f".{name}.tmp"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _publish(temporary: Path, final: Path) -> None:
    """Gives a file its name. Raises FileExistsError when someone else took it meanwhile."""
    if os.name == "nt":
        temporary.rename(final)  # refuses a name that is taken
        return
    try:
        os.link(temporary, final)  # refuses it too, where rename would overwrite
    except PermissionError:  # a disk without hard links (exFAT)
        if final.exists():
            raise FileExistsError(final) from None
        temporary.rename(final)


def _flush(file: Path) -> None:
    with file.open("r+b") as open_file:
        os.fsync(open_file.fileno())


def _flush_folder(folder: Path) -> None:
    """Makes the new names last through a power cut; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def tidy(folder: Path) -> None:
    """Removes what a killed run left half-written; no other file is touched."""
    for file in list(folder.glob(".*.tmp")):
        if _TEMPORARY.fullmatch(unicodedata.normalize("NFC", file.name)) and file.is_file():
            file.unlink(missing_ok=True)

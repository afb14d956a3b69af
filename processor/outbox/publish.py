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


def write(report: Report, book: Rulebook, folder: Path, *, lang: str, timings: Mapping[str, float]) -> Path:
    """The workbook's path, once it and its manifest stand in the folder. Raises OSError when the disk refuses.

    Both are written whole under hidden names first, then renamed: the workbook, then the manifest. So a workbook that
    can be seen is always complete, and the manifest is the mark that nothing is missing. A run killed before the first
    rename leaves only hidden files for `tidy`; one killed between the two leaves a complete workbook without manifest,
    while its inputs still lie in the inbox, so that the next run decides them again under the next free name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = number_name(folder, report.as_of)
    said = Text("스마트스토어 취소·반품 처리목록", "Smart Store claims to handle").said(lang)
    title = Title(f"{name} {said}", said, "en" if lang == "en" else "ko-KR", report.as_of)
    with _temporary(folder, f"{name}.xlsx") as workbook, _temporary(folder, f"{name}.json") as record:
        save(workbook, grid(report, book, lang), title)
        content = manifest(report, book, f"{name}.xlsx", timings)
        record.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        for file in (workbook, record):
            _flush(file)
        published = _publish(workbook, folder / f"{name}.xlsx")
        _publish(record, folder / f"{name}.json")
    _flush_folder(folder)
    return published


def number_name(folder: Path, moment: datetime) -> str:
    """처리목록_YYYYMMDD_HHMMSS, or with `_2`, `_3` … the first that neither a workbook nor a manifest has."""
    name = f"처리목록_{moment:%Y%m%d_%H%M%S}"
    numbered = (name if number == 1 else f"{name}_{number}" for number in count(1))
    return next(one for one in numbered if not any((folder / f"{one}{kind}").exists() for kind in (".xlsx", ".json")))


@contextmanager
def _temporary(folder: Path, name: str) -> Iterator[Path]:
    """A hidden name to write under; whatever happens, nothing stays there."""
    path = folder / f".{name}.tmp"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _publish(temporary: Path, final: Path) -> Path:
    """Gives a file its name. Raises FileExistsError when someone else took it meanwhile."""
    if os.name == "nt":
        temporary.rename(final)  # refuses a name that is taken
        return final
    try:
        os.link(temporary, final)  # refuses it too, where rename would overwrite
    except PermissionError:  # a disk without hard links (exFAT)
        if final.exists():
            raise FileExistsError(final) from None
        temporary.rename(final)
    return final


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

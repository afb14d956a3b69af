"""Puts workbook and manifest into the outbox. Each appears complete or not at all, and replaces no existing file."""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from processor import disk
from processor.model import Original, Report, Text
from processor.opener.process import Opener
from processor.outbox import corrections
from processor.outbox.grid import sheets
from processor.outbox.workbook import Title, save
from processor.rulebook.types import Rulebook

_NAME: Final = "처리목록_"
_WORKBOOK: Final = re.compile(r"처리목록_[0-9]{8}_[0-9]{6}(_[0-9]+)?\.xlsx")
_COPY: Final = re.compile(r'수정필요_[^<>:"/\\|?*\x00-\x1f\ud800-\udfff]+\.xlsx')
_TEMPORARY: Final = re.compile(
    r"\.(처리목록_\d{8}_\d{6}(_\d+)?\.(xlsx|xlsx\.parts|json)|수정필요_.+\.xlsx)\.tmp", re.ASCII
)


def write(
    report: Report,
    book: Rulebook,
    place: Path,
    lang: str,
    copies: Sequence[str] = (),
    password: str | None = None,
    on_sheet: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Puts the workbook at a place that `next_place` gave. Raises OSError when the disk refuses.

    It is written completely under a hidden name and then renamed, so a visible workbook is always complete. copies: the
    names of the correction copies beside it. password: locks it; None = not locked. on_sheet: called after each sheet
    with the number of sheets written so far and the number of all sheets.
    """
    name = place.stem
    subject = Text("스마트스토어 취소·반품 처리목록", "Smart Store claims to handle")
    title = Title(Text.joined(" ", [Text.same(name), subject]), subject, report.as_of)
    with _temporary(place) as workbook:
        save(workbook, sheets(report, book, copies), title, lang, password, on_sheet)
        _publish(workbook, place)


def correction_copies(originals: Iterable[tuple[Original, Opener]], folder: Path, lang: str) -> dict[str, bytes]:
    """Makes the correction copy of each file with bad rows: unused name → content. Nothing is written yet.

    originals: each with the opener that holds it open. A file that cannot be copied is left out.
    """
    copies: dict[str, bytes] = {}
    for original, opener in originals:
        place = folder / corrections.name_of(original)
        names = (place.name if number == 1 else f"{place.stem}_{number}.xlsx" for number in count(1))
        name = next(name for name in names if name not in copies and not disk.taken(folder / name))
        content = corrections.copy(original, opener, lang)
        if content is not None:
            copies[name] = content
    return copies


def lay_out(copies: Mapping[str, bytes], folder: Path) -> None:
    """Writes correction copies under hidden names; `issue` makes them visible after the workbook."""
    for name, content in copies.items():
        disk.write_new(_hidden(folder / name), content)


def issue(name: str, folder: Path) -> None:
    """Gives a correction copy its visible name; does nothing if it has that already, or another file has taken it."""
    hidden = _hidden(folder / name)
    if disk.is_file(hidden) and not disk.taken(folder / name):
        _publish(hidden, folder / name)
    hidden.unlink(missing_ok=True)


def write_manifest(content: Mapping[str, object], workbook: Path) -> None:
    """Puts the manifest beside its workbook; an existing manifest stays unchanged."""
    place = workbook.with_suffix(".json")
    if disk.taken(place):
        return
    with _temporary(place) as record:
        disk.write_new(record, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())
        _publish(record, place)


def next_place(folder: Path, moment: datetime, runs: Container[str]) -> Path:
    """The first unused place 처리목록_YYYYMMDD_HHMMSS.xlsx, or with `_2`, `_3` …

    A name is used if a workbook, a manifest or an earlier run (`runs`) has it.
    """
    disk.folder(folder)
    name = f"{_NAME}{moment:%Y%m%d_%H%M%S}"
    places = (folder / f"{name if number == 1 else f'{name}_{number}'}.xlsx" for number in count(1))
    return next(
        place
        for place in places
        if not (disk.taken(place) or disk.taken(place.with_suffix(".json")) or run_of(place) in runs)
    )


def is_workbook(name: str) -> bool:
    """Could `next_place` have given this name?"""
    return _WORKBOOK.fullmatch(name) is not None


def is_correction_copy(name: str) -> bool:
    """Could `correction_copies` have given this name?"""
    return _COPY.fullmatch(name) is not None


def run_of(workbook: Path) -> str:
    """The name of the run that made this workbook, which is part of the workbook's name."""
    return workbook.stem.removeprefix(_NAME)


def _hidden(place: Path) -> Path:
    return place.with_name(f".{place.name}.tmp")


@contextmanager
def _temporary(place: Path) -> Iterator[Path]:
    """A hidden name to write under; the file there is removed at the end, also after an error."""
    path = _hidden(place)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _publish(temporary: Path, final: Path) -> None:
    """Gives a file its final name. Raises FileExistsError if another file has it by now."""
    with temporary.open("r+b") as written:
        os.fsync(written.fileno())
    if os.name == "nt":
        temporary.rename(final)  # fails if the name is taken
        return
    try:
        os.link(temporary, final)  # fails too, where rename would overwrite
    except PermissionError:  # a disk without hard links (exFAT)
        if final.exists():
            raise FileExistsError(final) from None
        temporary.rename(final)
    _flush_folder(final.parent)


def _flush_folder(folder: Path) -> None:
    """Makes a new file name survive a power cut; Windows has no such call and needs none."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def tidy(folder: Path) -> None:
    """Removes half-written files of a killed run, and no others."""
    for file in list(folder.glob(".*.tmp")):
        if _TEMPORARY.fullmatch(unicodedata.normalize("NFC", file.name)):
            if not disk.is_folder(file):
                file.unlink(missing_ok=True)
            elif file.name.endswith(".parts.tmp"):
                shutil.rmtree(file, ignore_errors=True)

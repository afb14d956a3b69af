"""Puts workbook and manifest into the outbox. Each appears complete or not at all, and replaces no existing file."""

from __future__ import annotations

import errno
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from processor import disk
from processor.model import Original, Report, Text, as_json
from processor.opener.process import Opener
from processor.outbox import corrections
from processor.outbox.grid import sheets
from processor.outbox.part import NONE_RETURNED, Returned
from processor.outbox.sheet import Sheet
from processor.outbox.workbook import Title, save
from processor.rulebook.types import Rulebook

T = TypeVar("T")

_TICK, _PATIENCE = 0.1, 600
"""Seconds between two looks at a folder in which somebody else writes, and how often one looks: a workbook takes seconds."""
_NAME: Final = "처리목록_"
_WORKBOOK: Final = re.compile(r"처리목록_[0-9]{8}_[0-9]{6}(_[0-9]+)?\.xlsx")
_COPY: Final = re.compile(r'수정필요_[^<>:"/\\|?*\x00-\x1f\ud800-\udfff]+\.xlsx')
_TEMPORARY: Final = re.compile(
    r"\.((처리목록|영향|모든가게)_\d{8}_\d{6}(_\d+)?\.(xlsx|xlsx\.parts|json)|수정필요_.+\.xlsx)\.tmp", re.ASCII
)


def write(
    report: Report,
    book: Rulebook,
    place: Path,
    lang: str,
    returned: Returned = NONE_RETURNED,
    password: str | None = None,
    on_sheet: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Puts the workbook at a place that `next_place` gave. Raises OSError when the disk refuses.

    It is written completely under a hidden name and then renamed, so a visible workbook is always complete.
    returned: the correction copies beside it. password: locks it; None = not locked. on_sheet: called after each sheet
    with the number of sheets written so far and the number of all sheets.
    """
    name = place.stem
    subject = Text("스마트스토어 취소·반품 처리목록", "Smart Store claims to handle")
    title = Title(Text.joined(" ", [Text.same(name), subject]), subject, report.as_of)
    with _temporary(place) as workbook:
        save(workbook, sheets(report, book, returned), title, lang, password, on_sheet)
        disk.publish(workbook, place)


def write_sheets(place: Path, pages: Sequence[Sheet], subject: Text, moment: datetime, lang: str) -> None:
    """Puts a workbook of other sheets at an unused place. Raises OSError when the disk refuses or the name is taken."""
    with _temporary(place) as workbook:
        save(workbook, pages, Title(Text.joined(" ", [Text.same(place.stem), subject]), subject, moment), lang)
        disk.publish(workbook, place)


@contextmanager
def first_free(folder: Path, name: str) -> Iterator[Path]:
    """The first unused place NAME.xlsx, or with `_2`, `_3` …, in a folder in which nobody else writes such a workbook meanwhile.

    What a killed program has left half-written there is removed.
    """
    with ExitStack() as alone:
        for _ in range(_PATIENCE):
            with suppress(disk.Held):
                alone.enter_context(disk.held(folder / f".{name.partition('_')[0]}.lock", b""))
                break
            time.sleep(_TICK)
        else:
            raise BlockingIOError(errno.EBUSY, os.strerror(errno.EBUSY), str(folder))
        tidy(folder)
        yield next(place for number in count(1) if not disk.taken(place := folder / _numbered(name, number)))


class Copies(NamedTuple):
    """The correction copies of a run. Nothing is written yet."""

    contents: dict[str, bytes]  # unused name of each copy → its bytes
    files: dict[str, str]  # the same name → the file that it corrects
    lacking: tuple[str, ...]  # files of which no copy could be made

    def returned(self, names: Container[str]) -> Returned:
        """names: the copies that the disk has taken."""
        refused = (file for name, file in self.files.items() if name not in names)
        return Returned(tuple(name for name in self.files if name in names), (*self.lacking, *refused))


def correction_copies(
    files: Iterable[str],
    originals: Iterator[tuple[str, Callable[[], tuple[Original, Opener] | None]]],
    folder: Path,
    lang: str,
) -> Copies:
    """Makes the correction copies of these files. No error stops the run, which has more to give than copies.

    originals: for each file that can be opened again, its name, and what reads it and gives the opener that holds it.
    """
    copies, names = Copies({}, {}, ()), _Names(folder)
    while (found := _attempted(partial(next, originals, None))) is not None:
        file, read = found
        if (copy := _attempted(partial(_copy, read, names, lang))) is not None:
            name, copies.contents[copy[0]] = copy
            copies.files[name] = file
    made = set(copies.files.values())
    return copies._replace(lacking=tuple(file for file in files if file not in made))


def _attempted(step: Callable[[], T]) -> T | None:
    """What the step gives; None if it fails, whatever the error is."""
    try:
        return step()
    except Exception:  # noqa: BLE001 - the workbook must come all the same, and says which file has no copy
        return None


def _copy(read: Callable[[], tuple[Original, Opener] | None], names: _Names, lang: str) -> tuple[str, bytes] | None:
    """An unused name and the content of one copy; None if there can be none."""
    found = read()
    if found is None or (content := corrections.copy(*found, lang)) is None:
        return None
    return names.unused(corrections.name_of(found[0])), content


class _Names:
    """Gives each correction copy a name that no file of the folder has; upper and lower case are one on many disks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._given: set[str] = set()
        self._numbers: dict[str, Iterator[int]] = {}  # for each name the numbers that it was not tried with yet

    def unused(self, name: str) -> str:
        """The name, or with `_2`, `_3` … if it is taken."""
        stem, numbers = name.removesuffix(".xlsx"), self._numbers.setdefault(_as_on_any_disk(name), count(1))
        names = (_numbered(stem, number) for number in numbers)
        free = next(each for each in names if not self._is_taken(each))
        self._given.add(_as_on_any_disk(free))
        return free

    def _is_taken(self, name: str) -> bool:
        return _as_on_any_disk(name) in self._given or disk.taken(self._folder / name)


def _numbered(stem: str, number: int) -> str:
    return f"{stem}.xlsx" if number == 1 else f"{stem}_{number}.xlsx"


def _as_on_any_disk(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def lay_out(copies: Mapping[str, bytes], folder: Path) -> list[str]:
    """Writes correction copies under hidden names; `issue` makes them visible after the workbook.

    Gives the names of those that the disk has taken.
    """
    return [name for name, content in copies.items() if _laid_out(_hidden(folder / name), content)]


def _laid_out(hidden: Path, content: bytes) -> bool:
    try:
        disk.write_new(hidden, content)
    except OSError:
        with suppress(OSError):
            disk.remove(hidden)
        return False
    return True


def issue(name: str, folder: Path) -> None:
    """Gives a correction copy its visible name; does nothing if it has that already, or another file has taken it.

    A copy that the disk refuses now is lost: the run goes on, because the workbook lists the same problems.
    """
    hidden = _hidden(folder / name)
    with suppress(OSError):
        if disk.is_file(hidden) and not disk.taken(folder / name):
            disk.publish(hidden, folder / name)
        disk.remove(hidden)


def write_manifest(content: Mapping[str, object], workbook: Path) -> None:
    """Puts the manifest beside its workbook; an existing manifest stays unchanged."""
    place = workbook.with_suffix(".json")
    if disk.taken(place):
        return
    with _temporary(place) as record:
        disk.write_new(record, (as_json(content, indent=2) + "\n").encode())
        disk.publish(record, place)


def next_place(folder: Path, moment: datetime, runs: Container[str]) -> Path:
    """The first unused place 처리목록_YYYYMMDD_HHMMSS.xlsx, or with `_2`, `_3` …

    A name is used if a workbook, a manifest or an earlier run (`runs`) has it.
    """
    disk.folder(folder)
    name = f"{_NAME}{moment:%Y%m%d_%H%M%S}"
    places = (folder / _numbered(name, number) for number in count(1))
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


def workbook_of(run: str, folder: Path) -> Path:
    """The place of the workbook that a run of this name made."""
    return folder / f"{_NAME}{run}.xlsx"


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
        disk.remove(path)


def tidy(folder: Path) -> None:
    """Removes half-written files of a killed run, and no others."""
    for file in list(folder.glob(".*.tmp")):
        if _TEMPORARY.fullmatch(unicodedata.normalize("NFC", file.name)):
            if not disk.is_folder(file):
                disk.remove(file)
            elif file.name.endswith(".parts.tmp"):
                shutil.rmtree(file, ignore_errors=True)

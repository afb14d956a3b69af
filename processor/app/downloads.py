"""Exports in the folder to which browsers download: found by their names, and copied into the inbox. They are never moved."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from processor import disk
from processor.app.arrivals import put_whole
from processor.app.desk import Desk
from processor.market.downloads import is_download
from processor.model import PUT_AWAY, Kind
from processor.opener.litter import meant

_KST: Final = timezone(timedelta(hours=9))
_SCREENS: Final = tuple(kind.screen for kind in Kind if kind.is_export)
_AT_ONCE: Final = 1 << 20  # bytes


def exports(folder: Path, day: date) -> Iterator[Path]:
    """The files directly in a folder that have the name of an export and were changed on that day, whole or not. Raises OSError."""
    with os.scandir(folder) as found:  # of thousands of names only a few become paths
        named = [folder / entry.name for entry in found if is_download(entry.name, _SCREENS)]
    return (path for path in meant(filter(disk.is_file, named), folder) if _changed_on(path, day))


def not_yet_there(desk: Desk, found: Iterable[Path], day: date) -> list[Path]:
    """Those that the inbox does not have by this name and size, neither new nor put away on that day. Raises OSError."""
    folders = [desk.inbox, *(run for name in PUT_AWAY for run in (desk.inbox / name).glob(f"{day:%Y%m%d}_*"))]
    return [path for path in found if not any(_same(folder / path.name, path) for folder in folders)]


def fetch(desk: Desk, export: Path) -> Path:
    """Copies a file into the inbox, where it appears whole or not at all; one of its name is never overwritten.

    Raises OSError.
    """
    disk.folder(desk.inbox)
    return put_whole(desk.inbox / export.name, _pieces(export))


def _changed_on(path: Path, day: date) -> bool:
    return datetime.fromtimestamp(path.stat().st_mtime, _KST).date() == day


def _same(there: Path, here: Path) -> bool:
    return disk.is_file(there) and there.stat().st_size == here.stat().st_size


def _pieces(path: Path) -> Iterator[bytes]:
    with os.fdopen(disk.opened(path, os.O_RDONLY), "rb") as stream:
        while some := stream.read(_AT_ONCE):
            yield some

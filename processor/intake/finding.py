"""Finds the files in the inbox that have arrived completely."""

from __future__ import annotations

import hashlib
import os
import time
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from processor import disk
from processor.market.downloads import taken_at
from processor.model import PUT_AWAY, InputFile
from processor.opener.litter import meant

_KST = timezone(timedelta(hours=9))
_JUST_NOW = 3.0  # seconds: a file touched since then may still be growing
_SETTLED = 1.0  # seconds without a change
_LARGEST = 4096 << 20  # bytes; no limit in rules.yaml lets in a larger file
_AT_ONCE = 1 << 20  # bytes


def find(inbox: Path) -> list[InputFile]:
    """The files that are ready to be read, sorted by name. A file that still grows is left for the next run."""
    before = {path: _state(path) for path in _candidates(inbox)}
    if any(changed is not None and time.time() - changed[1] < _JUST_NOW for changed in before.values()):
        time.sleep(_SETTLED)
    whole = [path for path, state in before.items() if state is not None and state == _state(path)]
    files = [input_file(path, path.relative_to(inbox).as_posix()) for path in whole if not _begun(path)]
    return sorted(files, key=lambda file: file.name)


def anything(inbox: Path) -> bool:
    """Is there any file that could be an input, complete or still growing?"""
    return next(_candidates(inbox), None) is not None


def lying(inbox: Path, name: str) -> Path | None:
    """The file of the inbox of which the seller is shown this name; None if there is none."""
    return next((path for path in _candidates(inbox) if _shown(path.relative_to(inbox).as_posix()) == name), None)


def input_file(path: Path, name: str | None = None) -> InputFile:
    """The description of one file, with the hash of its content. `name` is the name that the seller is shown."""
    shown = _shown(name or path.name)
    return InputFile(path, shown, sha256(path), taken_at(shown) or _changed(path))


def _shown(name: str) -> str:
    return unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode("utf-8")


def sha256(path: Path) -> str:
    """The hash of the content, as far as the file reaches now: what is added meanwhile is not waited for.

    Of a file that is too large for any limit in rules.yaml only the beginning is read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        left = min(os.fstat(stream.fileno()).st_size, _LARGEST)
        while some := stream.read(min(left, _AT_ONCE)):
            digest.update(some)
            left -= len(some)
    return digest.hexdigest()


def _candidates(inbox: Path) -> Iterator[Path]:
    return meant(disk.files(inbox, but=PUT_AWAY), inbox)


def _state(path: Path) -> tuple[int, float] | None:
    """Size in bytes and time of the last change; None if the file is gone."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_size, stat.st_mtime


def _begun(path: Path) -> bool:
    """Is this file empty and just made? Then it is a download that has just begun."""
    stat = path.stat()
    return stat.st_size == 0 and time.time() - stat.st_mtime < 60 * _JUST_NOW


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, _KST).replace(tzinfo=None, microsecond=0)

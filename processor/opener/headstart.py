"""The work that the reading process does before its first request, while the main program still loads pandas (0.4 s).

It unlocks and loads the first locked file, which will be requested first. It computes the keys of the other locked
files whenever no request waits. Errors are ignored here; they are reported when the file is requested.

A morning (1,000 orders, 300 claims, two locked files) takes 3.2 × `import pandas` with it and 4.2 × without (medians of
seven, by turns, on a quiet machine); busy turns without it passed the bound of 4.5. With 10,000 orders it saves 0.6 s.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from processor.opener.container import archive_of, take
from processor.opener.encryption import Lock, lock_of
from processor.opener.faults import Findings, findings_in_zip
from processor.opener.reply import Bounds, Refusal
from processor.opener.sniff import is_zip
from processor.opener.workbook import Workbook, open_workbook

_BOUNDS: Final = Bounds(file_mib=20, unpacked_mib=200, ratio=200, rows=200_000, columns=200, seconds=0, memory_mib=0)
"""Larger files get no head start. The bounds of rules.yaml are not known yet at this moment."""


class HeadStart(NamedTuple):
    """The bytes of a locked file, the unlocked workbook in it, and the loaded workbook with what was found in it."""

    locked: bytes
    password: str
    plain: bytes
    book: Workbook
    findings: Findings


def head_start(path: Path, password: str) -> HeadStart | None:
    """Unlocks and loads a file. None if it is not a locked workbook or the password is wrong.

    Cells without a value are searched for in a second thread while calamine loads the sheet: that saves 0.09 s for 10,000 orders.
    """
    locked, plain = _unlocked(path, password)
    with ThreadPoolExecutor(1) as beside:
        loading = beside.submit(_loaded, plain)
        findings = _findings(plain)
    book = loading.result()
    if book is None or findings is None:
        return None
    return HeadStart(locked, password, plain, book, findings)


def _unlocked(path: Path, password: str) -> tuple[bytes, bytes]:
    """The bytes of the file and of the workbook in it; the latter is b"" if there is none or the password is wrong."""
    file = take(path, "", _BOUNDS)
    locked = file if isinstance(file, Refusal) else file.content(0)
    if isinstance(locked, Refusal) or not isinstance(lock := lock_of(locked), Lock):
        return b"", b""
    plain = lock.opened_with(password)
    return (locked, plain) if isinstance(plain, bytes) and is_zip(plain) else (locked, b"")


def _loaded(plain: bytes) -> Workbook | None:
    book = open_workbook(plain, Findings(), _BOUNDS)
    if isinstance(book, Refusal) or not book.names:
        return None
    book.rows(book.names[0])
    return book


def _findings(plain: bytes) -> Findings | None:
    archive = archive_of(plain, _BOUNDS)
    findings = archive if isinstance(archive, Refusal) else findings_in_zip(archive)
    return None if isinstance(findings, Refusal) else findings

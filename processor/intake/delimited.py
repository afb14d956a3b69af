"""Comma- or tab-separated text: what is left of an export after Google Sheets or Excel saved it again."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from itertools import islice
from pathlib import PurePosixPath

from processor.intake.problems import problem
from processor.intake.sheet import Book, Sheet
from processor.model import Place, Problem
from processor.rulebook.types import Limits

_ENCODINGS = ("utf-8-sig", "cp949")


def decoded(data: bytes) -> str | None:
    """Text in one of the two encodings in use; None if it is no text."""
    if b"\x00" in data:
        return None
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def open_text(text: str, file: str, taken_at: datetime, limits: Limits) -> Book | Problem:
    """One sheet, named after the file."""
    name = PurePosixPath(file).stem
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        return problem("file_unreadable", Place(file))
    width = max(map(len, rows), default=0)
    if len(rows) > limits.rows:
        return problem("file_too_large.rows", Place(file, name), n=limits.rows)
    if width > limits.columns:
        return problem("file_too_large.columns", Place(file, name), n=limits.columns)
    return Book(file, taken_at, (name,), [Sheet(name, (row + [""] * (width - len(row)) for row in rows))], typed=False)


def _delimiter(text: str) -> str:
    beginning = "".join(islice(io.StringIO(text), 10))
    return "\t" if beginning.count("\t") > beginning.count(",") else ","

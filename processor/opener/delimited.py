"""Comma- or tab-separated text: what is left of an export after Google Sheets or Excel saved it again."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice

from processor.opener.reply import Bounds, Cell, Refusal

_ENCODINGS = ("utf-8-sig", "cp949")
_LOOKED_AT = 10  # rows
_TWO_BYTES = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(data: bytes) -> str | None:
    """Text in one of the encodings in use, "Unicode text" of Excel among them; None if it is no text."""
    encodings = ("utf-16",) if data.startswith(_TWO_BYTES) else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def table_of(text: str, bounds: Bounds) -> list[list[Cell]] | Refusal:
    """Rows of equal length."""
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            rows.append([*row])
            if len(rows) > bounds.rows:
                return Refusal("file_too_large.rows", n=bounds.rows)
            if len(row) > bounds.columns:
                return Refusal("file_too_large.columns", n=bounds.columns)
    except csv.Error:
        return Refusal("file_unreadable")
    return squared(rows)


def squared(rows: list[list[Cell]]) -> list[list[Cell]]:
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _delimiter(text: str) -> str:
    """The one that cuts the first rows into the most rows of equal length: a notice above the table may hold the other."""
    return max(",\t", key=lambda by: _fit(text, by))


def _fit(text: str, by: str) -> tuple[int, int]:
    widths = Counter(map(len, islice(csv.reader(io.StringIO(text, newline=""), delimiter=by), _LOOKED_AT)))
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))

"""Reads comma- or tab-separated text, as Google Sheets or Excel makes of an export that is saved again."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import chain, islice

from processor.opener.held import Table
from processor.opener.reply import Bounds, Cell, Refusal

_ENCODINGS = ("utf-8-sig", "cp949")
_LOOKED_AT = 10  # rows
_END = "\x00"
"""A line that is added at the end.

No text has this character: if it appears inside a cell, a quotation mark is not closed.
"""
_MOST_OPEN_QUOTES = 100
_TWO_BYTES = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(data: bytes) -> str | None:
    """The text, in one of the encodings in use (Excel's "Unicode text" included); None if the bytes are not text."""
    encodings = ("utf-16",) if data.startswith(_TWO_BYTES) else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def table_of(text: str, bounds: Bounds) -> Table | Refusal:
    """The rows of the text. If a quotation mark is never closed, each line after it is read as a row."""
    lines, delimiter = [*io.StringIO(text, newline="")], _delimiter(text)
    rows: list[list[Cell]] = []
    broken: set[int] = set()
    for _ in range(_MOST_OPEN_QUOTES):
        open_at = _read(lines, delimiter, bounds, rows)
        if isinstance(open_at, Refusal):
            return open_at
        if open_at is None:
            if rows and not text.endswith(("\n", "\r")):
                broken.add(len(rows) - 1)
            return Table(rows, broken=frozenset(broken), closed=bool(lines) and text.endswith('"'))
        broken.add(len(rows) - 1)
        lines = lines[open_at + 1 :]
    return Refusal("file_unreadable")


def _read(lines: list[str], delimiter: str, bounds: Bounds, rows: list[list[Cell]]) -> int | Refusal | None:
    """Appends the rows of these lines to `rows`.

    Gives the number of the line with a quotation mark that is never closed.
    """
    reader = csv.reader(chain(lines, [_END]), delimiter=delimiter)
    begin = 0
    try:
        for row in reader:
            if row[-1:] and row[-1].endswith(_END):
                if len(row) == 1 and row[0] == _END:
                    return None
                first_line = row[-1].removesuffix(_END).partition("\n")[0]
                rows.append([*row[:-1], first_line.partition("\r")[0]])
                return begin
            rows.append([*row])
            begin = reader.line_num
            if len(rows) > bounds.rows:
                return Refusal("file_too_large.rows", n=bounds.rows)
            if len(row) > bounds.columns:
                return Refusal("file_too_large.columns", n=bounds.columns)
    except csv.Error:
        return Refusal("file_unreadable")
    return None


def _delimiter(text: str) -> str:
    """The delimiter that gives the most first rows of equal length.

    A notice above the table may contain the other one.
    """
    return max(",\t", key=lambda by: _fit(text, by))


def _fit(text: str, by: str) -> tuple[int, int]:
    widths = Counter(map(len, islice(csv.reader(io.StringIO(text, newline=""), delimiter=by), _LOOKED_AT)))
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))

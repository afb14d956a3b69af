"""Cuts texts that no spreadsheet holds, so that nothing outside the reading process meets one.

Python normalises a text (NFC, NFKC) in time quadratic in the longest run of combining marks, and nothing can interrupt
it: 80,000 marks in one cell take 19 seconds.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, TypeVar

from processor.opener.reply import Cell, RawCell, Unfinished

C = TypeVar("C", Cell, RawCell)

LONGEST_NAME: Final = 1_000
"""Characters of a name in a zip or of a sheet. Excel allows a sheet 31, disks allow a file 255."""
_LONGEST_CELL: Final = 32_767
"""Characters that Excel allows in a cell."""
SHORT: Final = 30
"""Characters of a text that is never cut: combining marks in a row, at most, that any language needs (stream-safe text,
Unicode Standard Annex 15).
"""
_END: Final = "…"


def cut(text: str, longest: int) -> str:
    """The text up to `longest` characters, and up to the first run of more than 30 combining marks.

    A text that was cut ends in "…". No label, date, amount or order number does, so it is never taken for a whole one.
    """
    if len(text) <= SHORT or (len(text) <= longest and text.isascii()):
        return text
    marks = "".join(filter(_is_mark, set(text[:longest])))
    run = re.search(f"[{re.escape(marks)}]{{{SHORT + 1}}}", text[:longest]) if marks else None
    if run is None and len(text) <= longest:
        return text
    return text[: longest - 1 if run is None else run.end() - 1] + _END


def cut_cell(cell: C) -> C:
    """The cell, with its text cut if Excel could not hold it; the same object if not."""
    if isinstance(cell, Unfinished):
        whole = cell.cell
        return Unfinished(cut(whole, _LONGEST_CELL)) if isinstance(whole, str) else cell
    return cut(cell, _LONGEST_CELL) if isinstance(cell, str) else cell


@lru_cache(maxsize=4096)
def _is_mark(sign: str) -> bool:
    """Does the character, as NFKC writes it, begin with a combining mark? A half-width sound mark (ﾞ) does."""
    return unicodedata.combining(unicodedata.normalize("NFKD", sign)[0]) > 0

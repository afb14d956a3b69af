"""Text made fit for a cell, and how much room it takes there."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 32_767
"""Characters that one cell can hold, as Excel counts them (UTF-16)."""
CUT: Final = " … 〔길어서 잘랐습니다 · cut〕"

_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# East Asian Width W and F: Hangul, kana, ideographs, full-width forms, emoji.
_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3"
    "\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]+"
)


def clean(text: str) -> str:
    """Without what no cell can hold: control characters, half characters, too much of it."""
    if text.isprintable() and len(text) <= LONGEST // 2:  # as most are: it is seen ten times as fast
        return text
    text = _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) <= LONGEST // 2 or units(text) <= LONGEST:
        return text
    room = (LONGEST - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def units(text: str) -> int:
    """Characters as Excel counts them (UTF-16)."""
    return len(text.encode("utf-16-le")) // 2


def width(text: str) -> int:
    """Columns that its longest line takes; a wide character takes two."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(_width(line) for line in text.split("\n"))


def _width(line: str) -> int:
    return 2 * len(line) - len(_WIDE.sub("", line))


def lines(text: str, room: int) -> int:
    """Lines that it takes when it is wrapped into a cell so wide."""
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(max(1, -(-_width(line) // room)) for line in text.split("\n"))

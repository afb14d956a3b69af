"""Makes text fit for a cell, and measures the room that it takes there."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from processor.model import shown

LONGEST: Final = 32_767
"""The most characters that one cell can hold, in UTF-16 units as Excel counts them."""
CUT: Final = " … 〔길어서 잘랐습니다 · cut〕"

# East Asian Width W and F: Hangul, kana, ideographs, full-width forms, emoji.
_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3"
    "\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]+"
)


_BEGINNING: Final = re.compile(r"(?:^|\n)(?:\d+\. )?[a-z]")


def clean(text: str) -> str:
    """The text as it may be shown, as far as one cell can hold it: nothing beyond `LONGEST`."""
    text = shown(text)
    if len(text) <= LONGEST // 2 or units(text) <= LONGEST:
        return text
    room = (LONGEST - len(CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


def capitalised(text: str) -> str:
    """The text with a capital letter at the beginning of each line, after its number if it has one."""
    return _BEGINNING.sub(lambda found: found[0].upper(), text)


def all_clean(texts: Collection[str]) -> bool:
    """Whether `clean` would leave each of these texts as it is. They are looked at together, for nearly all of them are."""
    together = "".join(texts)
    return shown(together) == together and max(map(len, texts), default=0) <= LONGEST // 2


def units(text: str) -> int:
    """The number of characters as Excel counts them (UTF-16 units)."""
    return len(text.encode("utf-16-le")) // 2


def width(text: str) -> int:
    """The width of the text's longest line, in characters; a wide character (Hangul, kana …) counts as two."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(_width(line) for line in text.split("\n"))


def _width(line: str) -> int:
    return 2 * len(line) - len(_WIDE.sub("", line))


def broken(text: str, room: int) -> list[str]:
    """The text as lines of at most `room` characters, broken at spaces; a longer word has a line of its own."""
    found: list[str] = []
    for word in text.split():
        if found and width(f"{found[-1]} {word}") <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def lines(text: str, room: int) -> int:
    """The number of lines that the text takes in a cell that is `room` characters wide."""
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(max(1, -(-_width(line) // room)) for line in text.split("\n"))

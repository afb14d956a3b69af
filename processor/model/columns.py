"""Lays text out for a terminal, where a Korean letter takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

WIDTH: Final = 88
"""The most columns of a line."""


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrapped(text: str, indent: int = 0, hanging: int = 0) -> Iterator[str]:
    """The text in lines of at most `WIDTH` columns, broken at spaces: the first with this indent, the others with more.

    A word that is longer than a line has a line of its own.
    """
    line = " " * indent
    begun = False
    for word in text.split():
        if begun and width(f"{line} {word}") > WIDTH:
            yield line
            line, begun = " " * (indent + hanging), False
        line, begun = f"{line} {word}" if begun else line + word, True
    if begun:
        yield line

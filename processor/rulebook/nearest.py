"""The nearest known word to one that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from processor.model import Text, josa


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """`'출고'를 쓰려던 것인가요? ` with a trailing space, or nothing when no known word comes near."""
    near = nearest(word, known)
    if near is None:
        return Text("", "")
    quoted = f"'{near}'"
    return Text(f"{josa(quoted, '을/를')} 쓰려던 것인가요? ", f"Did you mean '{near}'? ")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """By shared letters; a word that starts with the other counts as near."""
    words = list(known)
    starts = [other for other in words if other and (other.startswith(word) or word.startswith(other))]
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.5) or sorted(starts, key=len, reverse=True)[:1]
    return close[0] if close else None

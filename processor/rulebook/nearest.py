"""Sentences about an unknown word: the most similar known word, and the possible words."""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Iterable, Sequence

from processor.model import Text, josa

_SHOWN = 12
"""The most possible words that a complaint lists; it gives the number of the others."""


def not_one_of(value: object, known: Sequence[str], shown: Sequence[str | Text] = ()) -> Text:
    """The sentence about a value that is not in a closed list. `shown`: the possible words, if not all that are known."""
    word, near, others = f"'{written(value)}'", _did_you_mean(written(value), known), _possible(shown or known)
    return Text(
        " ".join(filter(None, (f"{josa(word, '은/는')} 여기에 쓸 수 없습니다.", near.ko, others.ko))),
        " ".join(filter(None, (f"{word} can't stand here.", near.en, others.en))),
    )


def unknown(kind: Text, name: str, known: Sequence[str], shown: Sequence[str] = ()) -> Text:
    """The sentence about an unknown name: with the most similar known name, or with all if none is similar.

    `shown`: those to list then, if not all that are known.
    """
    quoted, near = f"'{name}'", _did_you_mean(name, known)
    remedy = near if near.ko else _possible(shown or known)
    return Text(
        f"{josa(quoted, '이라는/라는')} {josa(kind.ko, '은/는')} 없습니다. {remedy.ko}",
        f"There is no {kind.en} {quoted} here. {remedy.en}",
    )


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The most similar known word; None if none is similar.

    Words are compared by letter, Korean syllables split into letters (집하 is near 집화). A word that begins with the other
    one is similar too.
    """
    words = {unicodedata.normalize("NFD", other): other for other in known}
    apart = unicodedata.normalize("NFD", word)
    starts = [other for other in words if other and (other.startswith(apart) or apart.startswith(other))]
    close = difflib.get_close_matches(apart, words, n=1) or sorted(starts, key=len, reverse=True)[:1]
    return words[close[0]] if close else None


def written(value: object) -> str:
    """The value as a person types it in YAML, shortened if it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39].rstrip() + "…"


def _did_you_mean(word: str, known: Iterable[str]) -> Text:
    near = nearest(word, known)
    if near is None:
        return Text("", "")
    quoted = f"'{near}'"
    return Text(f"{josa(quoted, '을/를')} 쓰려던 것인가요?", f"Did you mean {quoted}?")


def _possible(known: Sequence[str | Text]) -> Text:
    words = [word if isinstance(word, Text) else Text.same(word) for word in known]
    shown, more = Text.joined("·", words[:_SHOWN]), len(words) - _SHOWN
    if more <= 0:
        return Text(f"쓸 수 있는 말: {shown.ko}", f"Possible: {shown.en}")
    return Text(f"쓸 수 있는 말: {shown.ko} … (그 밖에 {more}개)", f"Possible: {shown.en} … (and {more} more)")

"""What is said to the seller, in both languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple, NewType

RuleId = NewType("RuleId", str)

UNKNOWN: Final = "모름"
"""The one word for a fact that nobody told us. It fits a cell that asks for it, or a blank cell, and nothing else."""


def space_free(text: str) -> str:
    """How headers, labels, answers and codes are compared everywhere: NFKC, without white space or invisible characters."""
    if text.isascii():
        return "".join(text.split())
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf")


class Text(NamedTuple):
    """One sentence for the seller, in both languages; the edge that shows it picks one."""

    ko: str
    en: str

    def said(self, lang: str) -> str:
        return self.en if lang == "en" else self.ko

    @classmethod
    def same(cls, text: str) -> Text:
        """A name or an identifier, which is the same in both."""
        return cls(text, text)

    @classmethod
    def joined(cls, between: str, texts: Iterable[Text]) -> Text:
        """One after the other, in each language, without those that say nothing."""
        said = [text for text in texts if text.ko]
        return cls(between.join(text.ko for text in said), between.join(text.en for text in said))


def several(count: int, thing: str, things: str = "") -> str:
    """An English number with its noun: `several(1, "row")` is 1 row. `things`: a plural that an s alone does not make."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"


def josa(word: str, pair: str) -> str:
    """The word with the particle that its last sound asks for: `josa("송장", "이/가")` is 송장이.

    The pair is written consonant form first. Digits and Latin letters are taken as Koreans read them aloud; marks and
    emoji are not read.
    """
    after_consonant, after_vowel = pair.split("/")
    last = _last_sound(word)
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
    else:
        final = {"1": 8, "7": 8, "8": 8, "l": 8}.get(last.lower(), 1 if last.lower() in "036mn" and last else 0)
    ends_in_consonant = final not in (0, 8) if after_consonant == "으로" else final != 0
    return word + (after_consonant if ends_in_consonant else after_vowel)


_OPENING: Final = "([{（［【〔〈《「『"
_CLOSING: Final = ")]}）］】〕〉》」』"


def _last_sound(word: str) -> str:
    """The last sign that is read aloud. What stands in brackets behind a word is not: 양말(3켤레)은."""
    inside = 0
    for sign in reversed(word):
        inside += (sign in _CLOSING) - (sign in _OPENING)
        if inside <= 0 and _is_read(sign):
            return sign
    return next((sign for sign in reversed(word) if _is_read(sign)), "")


def _is_read(sign: str) -> bool:
    return sign.isalnum() or sign in "%+&"


NOTHING: Final = Text("", "")

"""Texts for the seller in both languages, and how words are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple, NewType

RuleId = NewType("RuleId", str)

UNKNOWN: Final = "모름"
"""The word for an unknown fact. In the rules it fits a cell that names it and a blank cell, and no other cell."""


def space_free(text: str) -> str:
    """The form in which headers, labels, answers and codes are compared: NFKC, no white space, no invisible characters."""
    if text.isascii():
        return "".join(text.split())
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf")


class Text(NamedTuple):
    """One text for the seller in both languages. The code that shows it chooses the language."""

    ko: str
    en: str

    def said(self, lang: str) -> str:
        return self.en if lang == "en" else self.ko

    @classmethod
    def same(cls, text: str) -> Text:
        """A name or an identifier, which is the same in both languages."""
        return cls(text, text)

    @classmethod
    def joined(cls, between: str, texts: Iterable[Text]) -> Text:
        """The texts joined in each language, without empty ones."""
        filled = [text for text in texts if text.ko]
        return cls(between.join(text.ko for text in filled), between.join(text.en for text in filled))


def several(count: int, thing: str, things: str = "") -> str:
    """An English number with its noun: `several(1, "row")` is 1 row. `things`: an irregular plural."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"


def josa(word: str, pair: str) -> str:
    """The word with the particle that fits its last sound: `josa("송장", "이/가")` is 송장이.

    The pair has the form after a consonant first. Digits and Latin letters count as Koreans read them aloud;
    punctuation and emoji are skipped.
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
    """The last character that is read aloud. Text in brackets after a word is skipped: 양말(3켤레)은."""
    inside = 0
    for sign in reversed(word):
        inside += (sign in _CLOSING) - (sign in _OPENING)
        if inside <= 0 and _is_read(sign):
            return sign
    return next((sign for sign in reversed(word) if _is_read(sign)), "")


def _is_read(sign: str) -> bool:
    return sign.isalnum() or sign in "%+&"


NOTHING: Final = Text("", "")

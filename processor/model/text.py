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


NOTHING: Final = Text("", "")

"""Which of two Korean particles follows a word: it depends on the sound that the word ends with when it is read aloud."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SIGNS: Final = {
    **dict(zip("0123456789", "영일이삼사오육칠팔구", strict=True)),
    "%": "퍼센트",
    "+": "플러스",
    "&": "앤드",
}
_UNITS: Final = {
    **{"g": "그램", "kg": "킬로그램", "mg": "밀리그램", "t": "톤"},
    **{"m": "미터", "cm": "센티미터", "mm": "밀리미터", "km": "킬로미터", "inch": "인치", "in": "인치"},
    **{"l": "리터", "ml": "밀리리터", "cc": "시시", "oz": "온스", "gb": "기가바이트", "tb": "테라바이트"},
    **{"mah": "밀리암페어시", "v": "볼트", "w": "와트", "hz": "헤르츠", "cal": "칼로리", "kcal": "킬로칼로리"},
}
"""How a unit after a number is read: 26cm is 이십육 센티미터. Written small, in whatever letters the unit stands."""

_LETTERS: Final = {"l": "엘", "m": "엠", "n": "엔", "r": "알"}
"""The letters whose names end with a consonant."""

_ENDINGS: Final = {"ng": "잉", "l": "을", "le": "을", "m": "음", "me": "음", "n": "은", "ne": "은"}
"""How English words end in Korean with a consonant, where it is sure: Apple is 애플, Line is 라인."""

_VOWEL: Final = "이"
_LATIN: Final = re.compile(r"(?:(?P<number>[0-9]) ?)?(?P<letters>[A-Za-z]+)$")
_LONGEST_SPELT: Final = 3
"""Longer words in capital letters are read as words: XL is 엑스엘, LINE is 라인."""
_OPENING: Final = "([{（［【〔〈《「『"
_CLOSING: Final = ")]}）］】〕〉》」』"
_NONE, _RIEUL = 0, 8
"""Final consonants by their place in Unicode's order of syllables: none, and ㄹ."""


def josa(word: str, pair: str) -> str:
    """The word with the particle that fits its last sound: `josa("송장", "이/가")` is 송장이.

    The pair has the form after a consonant first. Numbers, units and Latin letters count as Koreans read them aloud: 26cm는,
    500g은. Punctuation and emoji are skipped, and so is text in brackets after a word: 양말(3켤레)은.
    """
    after_consonant, after_vowel = pair.split("/")
    final = _final_consonant(_read_aloud(_to_last_sound(unicodedata.normalize("NFKC", word))))
    like_a_vowel = (_NONE, _RIEUL) if after_consonant == "으로" else (_NONE,)
    return word + (after_vowel if final in like_a_vowel else after_consonant)


def _to_last_sound(word: str) -> str:
    """The word up to its last character that is read aloud, without brackets after it."""
    inside = 0
    for place in range(len(word) - 1, -1, -1):
        inside += (word[place] in _CLOSING) - (word[place] in _OPENING)
        if inside <= 0 and _is_read(word[place]):
            return word[: place + 1]
    ends = [place for place, sign in enumerate(word, 1) if _is_read(sign)]
    return word[: ends[-1]] if ends else ""


def _is_read(sign: str) -> bool:
    return sign.isalnum() or sign in _SIGNS


def _read_aloud(word: str) -> str:
    """Text in Korean that ends as the word does when it is read aloud; "" if there is nothing to read."""
    latin = _LATIN.search(word)
    if latin is None:
        return _SIGNS.get(word[-1:], word)
    letters = latin["letters"].lower()
    if latin["number"] and letters in _UNITS:
        return _UNITS[letters]
    if len(letters) == 1 or (latin["letters"].isupper() and len(letters) <= _LONGEST_SPELT):
        return _LETTERS.get(letters[-1], _VOWEL)
    return next((sound for ending, sound in _ENDINGS.items() if letters.endswith(ending)), _VOWEL)


def _final_consonant(spoken: str) -> int:
    """The final consonant of the last syllable. Other scripts count as ending with a vowel."""
    last = spoken[-1:]
    return (ord(last) - ord("가")) % 28 if "가" <= last <= "힣" else _NONE

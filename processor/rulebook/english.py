"""Puts the English of `english.yaml` beside the Korean of rules.yaml.

english.yaml has the entries of rules.yaml that have a text, by the names of their rows. A text is taken only if the
Korean beside it is the one that the default has; what the seller has written differently is shown in Korean, unless he
writes an `en` of his own.
"""

from __future__ import annotations

from importlib import resources
from typing import Any, Final

from processor.rulebook.load import loaded, named_by

KOREAN: Final = ("이유", "question", "ko")
"""The entries whose English stands beside them as `en`."""


def completed(default: dict[str, Any]) -> dict[str, Any]:
    """The newest default with an `en` beside each of its texts."""
    english = loaded(resources.files(__package__).joinpath("english.yaml").read_text("utf-8"))
    _fill(default, english, default)
    return default


def filled(data: dict[str, Any], default: dict[str, Any]) -> dict[str, Any]:
    """Other rules with an `en` beside each text: that of the default, if its Korean is the same, or else the Korean."""
    _fill(data, None, default)
    return data


def is_complete(entry: Any) -> bool:  # noqa: ANN401 - any part of the rules
    """Does an `en` stand beside each text already?"""
    if isinstance(entry, list):
        return all(map(is_complete, entry))
    if not isinstance(entry, dict):
        return True
    return ("en" in entry or korean(entry) is None) and all(map(is_complete, entry.values()))


def korean(entry: dict[str, Any]) -> str | None:
    """The name of the Korean text of an entry, which has its English beside it; None if it has no text of its own."""
    named = "name" if "labels" in entry or "kind" in entry else None
    return next((key for key in KOREAN if key in entry), named)


def without_english(entry: Any) -> Any:  # noqa: ANN401 - any part of the rules
    """The same without the `en` beside each text."""
    if isinstance(entry, list):
        return list(map(without_english, entry))
    if isinstance(entry, dict):
        return {key: without_english(value) for key, value in entry.items() if key != "en"}
    return entry


def own_english(entry: Any, default: Any) -> Any:  # noqa: ANN401 - any part of the rules
    """The same without each `en` that the default has at that place, whatever the Korean beside it says."""
    if isinstance(entry, list):
        theirs = {named_by(each): each for each in default} if isinstance(default, list) else {}
        return [own_english(each, theirs.get(named_by(each))) for each in entry]
    if isinstance(entry, dict):
        theirs = default if isinstance(default, dict) else {}
        return {
            key: own_english(value, theirs.get(key))
            for key, value in entry.items()
            if key != "en" or value != theirs.get("en")
        }
    return entry


def _fill(entry: Any, english: Any, default: Any) -> None:  # noqa: ANN401 - any part of the rules
    if isinstance(entry, list):
        theirs = {named_by(each): each for each in default} if isinstance(default, list) else {}
        for each in entry:
            name = named_by(each)
            _fill(each, english.get(name) if isinstance(english, dict) else None, theirs.get(name))
    elif isinstance(entry, dict):
        words = english if isinstance(english, dict) else {"en": english}
        theirs = default if isinstance(default, dict) else {}
        text = korean(entry)
        if text is not None and "en" not in entry and isinstance(entry[text], str | list):
            said = words.get("en") or theirs.get("en")
            entry["en"] = said if said and theirs.get(text) == entry[text] else entry[text]
        for key, value in entry.items():
            _fill(value, words.get(key), theirs.get(key))

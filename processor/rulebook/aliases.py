"""Writes another name of a column, or another label of a state or a reason, into the text of a desk's rules.yaml.

The text may be complete or build on a default; where it builds on one, what is added to it adds to the default.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from processor.model import ANSWER_CELLS, Spelling
from processor.rulebook.editing import with_item, with_value
from processor.rulebook.load import load

REASONS: Final = ("claim_reason", *(cell.column for cell in ANSWER_CELLS if cell.spelling is Spelling.CAUSES))
"""Columns whose labels stand in `reasons`."""


class Header(NamedTuple):
    """A further header of a column."""

    role: str
    header: str

    @property
    def where(self) -> str:
        return f"exports › columns › {self.role}"


class Label(NamedTuple):
    """A further label of a column, and the word of the rules, or the name of the reason, that it stands for."""

    role: str
    label: str
    word: str

    @property
    def where(self) -> str:
        return f"reasons › {self.word}" if self.role in REASONS else f"exports › states › {self.role}"


def with_alias(text: str, alias: Header | Label) -> str:
    """The text with the alias; every other character stays. Raises NotEdited."""
    if isinstance(alias, Header):
        return with_item(text, ("exports", "columns", alias.role), alias.header)
    if alias.role not in REASONS:
        return with_value(text, ("exports", "states", alias.role, alias.label), alias.word)
    at = _reason_at(text, alias.word)
    if at is None:
        return with_item(text, ("reasons",), {"name": alias.word, "labels": [alias.label]})
    return with_item(text, ("reasons", at, "labels"), alias.label)


def _reason_at(text: str, name: str) -> int | None:
    """Where a reason of this name stands in the text; None if only the default has it."""
    document = load(text.removeprefix("\ufeff"), [])
    reasons = document.data.get("reasons") if document else None
    entries = reasons if isinstance(reasons, list) else []
    return next((at for at, each in enumerate(entries) if isinstance(each, dict) and each.get("name") == name), None)

"""Rows of headers below the first one: where two tables stand one below another in a sheet, or one repeats its headers."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from processor.market.notices import begins_a_notice, may_be_header
from processor.market.order_numbers import is_like_one
from processor.opener.reply import RawCell


def space_free(text: str) -> str:
    """How headers are compared, here as in intake: NFKC, without any white space or invisible character."""
    if text.isprintable() and " " not in text and unicodedata.is_normalized("NFKC", text):
        return text  # as nearly every cell is
    return "".join(
        c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf"
    )


@dataclass(slots=True)
class Headers:
    """What headers are known, space-free, and in which column of the table the key of each row stands."""

    keys: frozenset[str]
    known: frozenset[str]  # the keys among them
    key: int | None  # None: a list without a key
    _met: dict[str, str] = field(default_factory=dict)

    def is_keyed(self, row: Sequence[RawCell]) -> bool:
        """Has the row an order number in the column of the key, be it damaged? Then it is a row of the table."""
        if self.key is None or self.key >= len(row):
            return False
        cell = row[self.key]
        return is_like_one(cell) if isinstance(cell, str) else isinstance(cell, (int, float))

    def among(self, row: Sequence[RawCell]) -> bool:
        """Are these headers? They are, as the first ones were, where a key stands beside another known header.

        Without a key it takes two known headers, or one where the key should stand, and no number among them: a line of
        sums may name what it sums up.
        """
        names = [self._name(cell) for cell in row]
        known = {name for name in names if name in self.known}
        if known & self.keys:
            return bool(known - self.keys)
        at_key = self.key is not None and self.key < len(names) and names[self.key] in self.known
        return (len(known) > 1 or at_key) and not any(map(_is_number, row))

    def shape(self, row: Sequence[RawCell]) -> list[str]:
        """Two rows of headers of one shape head the same columns."""
        names = [self._name(cell) for cell in row]
        while names and not names[-1]:
            names.pop()
        return names

    def _name(self, cell: RawCell) -> str:
        if not isinstance(cell, str) or not cell or not may_be_header(cell):
            return ""
        if (name := self._met.get(cell)) is None:
            name = self._met[cell] = space_free(cell)
        return name


def is_notice(row: Sequence[RawCell]) -> bool:
    """The text that 발주발송관리 has above its headers; it may have been pasted into the middle along with them."""
    said = [cell for cell in row if cell != ""]
    return bool(said) and all(isinstance(cell, str) and begins_a_notice(cell) for cell in said)


def _is_number(cell: RawCell) -> bool:
    return not isinstance(cell, str) or (any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell)))

"""Finds further header rows in a sheet: of a second table below the first, or repeated headers of the same table."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from processor.market.notices import begins_a_notice, may_be_header
from processor.market.order_numbers import is_like_one
from processor.opener.reply import RawCell


def space_free(text: str) -> str:
    """The form in which headers are compared: NFKC, without white space or invisible characters.

    As `model.space_free`.
    """
    if text.isprintable() and " " not in text and unicodedata.is_normalized("NFKC", text):
        return text  # true for nearly every cell
    return "".join(
        c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf"
    )


@dataclass(slots=True)
class Headers:
    """The known headers, space-free, and the column of the table with the key of each row (상품주문번호)."""

    keys: frozenset[str]
    known: frozenset[str]  # includes `keys`
    key: int | None  # None: a list without a key
    _met: dict[str, str] = field(default_factory=dict)

    def is_keyed(self, row: Sequence[RawCell]) -> bool:
        """Has the row an order number, even a damaged one, in the key column? Then it is a row of the table."""
        if self.key is None or self.key >= len(row):
            return False
        cell = row[self.key]
        return is_like_one(cell) if isinstance(cell, str) else isinstance(cell, (int, float))

    def among(self, row: Sequence[RawCell]) -> bool:
        """Is this a row of headers? It is if it has the header of the key and another known header.

        Without the key's header it needs two known headers, or one in the key column, and no number: a row of sums may
        contain headers too.
        """
        names = [self._name(cell) for cell in row]
        known = {name for name in names if name in self.known}
        if known & self.keys:
            return bool(known - self.keys)
        at_key = self.key is not None and self.key < len(names) and names[self.key] in self.known
        return (len(known) > 1 or at_key) and not any(map(_is_number, row))

    def shape(self, row: Sequence[RawCell]) -> list[str]:
        """The names in a header row without trailing blanks.

        Two header rows with equal shapes have the same columns.
        """
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
    """Is this the notice above the headers of 발주발송관리?

    It may be pasted into the middle of a sheet together with headers.
    """
    filled = [cell for cell in row if cell != ""]
    return bool(filled) and all(isinstance(cell, str) and begins_a_notice(cell) for cell in filled)


def _is_number(cell: RawCell) -> bool:
    return not isinstance(cell, str) or (any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell)))

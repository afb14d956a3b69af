"""Finds order numbers that a typing mistake, or a spreadsheet that keeps 15 digits, may have changed into another."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import chain
from string import digits

_SHOWN = 3


def lookalikes(number: str, known: Set[str]) -> list[str]:
    """Known numbers that differ from this one by one digit, one missing or added digit, or two swapped neighbours."""
    return sorted(set(_slips("".join(digit for digit in number if digit in digits))) & known)[:_SHOWN]


def _slips(number: str) -> Iterator[str]:
    parts = [(number[:at], number[at:]) for at in range(len(number) + 1)]
    return chain(
        (before + digit + after[1:] for before, after in parts if after for digit in digits),
        (before + digit + after for before, after in parts for digit in digits),
        (before + after[1:] for before, after in parts if after),
        (before + after[1] + after[0] + after[2:] for before, after in parts if len(after) > 1),
    )

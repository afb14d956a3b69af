"""Finds rows of an export that are not orders: sums below the table, and memos that the seller wrote there.

Such a row has no 상품주문번호 and no cell that only an order has: no 주문번호, state, date, reason, answer or number of
goods or parcels. A row with any of these stays a problem, because it may be an order that lost its number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

from processor.intake import cells
from processor.intake.cells import FAULTS
from processor.intake.columns import Column, Mask
from processor.model import DATE_COLUMNS, ID_COLUMNS, NOTE_COLUMNS, NUMBER_COLUMNS, Col, Text
from processor.opener.reply import Cell


class _Kind(IntEnum):
    """What the content of one cell suggests about its row."""

    NOTHING = 0
    SUM_WORD = auto()  # 합계
    AMOUNT = auto()  # a number in a column of numbers, or with a unit: 36,000 · 3건
    COUNT = auto()  # a short number in a column that is not of numbers: a count made by a spreadsheet
    NOTE = auto()  # the seller's own words
    ORDER = auto()  # something that only an order has, or an unreadable cell


_TEXTS = frozenset({Col.PRODUCT_NAME, Col.OPTION, Col.COURIER, *NOTE_COLUMNS})
_SUM_WORD = re.compile(
    r"(?:.{0,12}(?:합계|총계|소계|총합|누계)(?:금액|건수|수량|액)?|총?계|합|총|요약|평균|(?:sub|grand)?totals?|sum)"
    r"(?:[0-9,]+(?:원|건|개)?)?"
)
_AROUND_WORDS = re.compile(r"[\s:;()\[\]<>{}*·.\-=_#~※]+")
_NUMBER = re.compile(r"[-+]?₩?[0-9,]+(?:\.[0-9]+)?")
_WITH_UNIT = re.compile(rf"{_NUMBER.pattern} ?(?:원|건|개|줄|행|명|ea|%)")
_LONGEST_COUNT = 7  # digits; numbers of orders, goods and parcels have more
_FEWEST_OF_A_NUMBER = 12  # digits; so many may be the rest of a damaged 상품주문번호
_SHOWN = 5


def not_orders(raw: Mapping[str, Column], nameless: Mask) -> Mask:
    """Which rows are only sums or a memo. `nameless`: the rows whose 상품주문번호 is missing or not a number."""
    at = np.flatnonzero(nameless)
    if not at.size:
        return nameless
    kinds = {role: _kinds(role, column, at) for role, column in raw.items()}
    table = np.column_stack([*kinds.values()])
    words, amounts, counts, notes, order = ((table == kind).sum(axis=1) for kind in _Kind if kind is not _Kind.NOTHING)
    labelled = kinds[Col.PRODUCT_ORDER_NO] == _Kind.NOTE  # this column never has a product name
    summed = (words > 0) & (notes <= 1)
    memo = (words == 0) & (notes == 1) & (counts == 0) & ((amounts == 0) | labelled)
    unlabelled = (words == 0) & (notes == 0) & (counts == 0) & (amounts > 0)
    found = np.zeros_like(nameless)
    found[at] = (order == 0) & (summed | memo | unlabelled)
    return found


def note_on(rows: tuple[int, ...]) -> Text:
    """The note about such rows of a sheet, with their numbers as Excel shows them."""
    shown = ", ".join(map(str, rows[:_SHOWN])) + (" …" if len(rows) > _SHOWN else "")
    return Text(
        f"합계나 메모만 적힌 줄 {len(rows):,}개({shown}행)는 주문이 아니라서 판단하지 않았습니다. 하실 일은 없습니다.",
        f"Rows with only sums or a memo: {len(rows):,} (row {shown}). They are no orders, so nothing was decided about them. "
        "Nothing needs doing.",
    )


def _kinds(role: str, column: Column, at: NDArray[np.intp]) -> NDArray[np.uint8]:
    numbers, places = np.unique(column.codes[at], return_inverse=True)
    kinds = [_kind(role, column.distinct[number]) for number in numbers.tolist()]
    return np.array(kinds, dtype=np.uint8)[places]


def _kind(role: str, cell: Cell) -> _Kind:
    if cells.is_blank(cell):
        return _Kind.NOTHING
    if cell in FAULTS or isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return _Kind.ORDER
    written = unicodedata.normalize("NFKC", cells.text(cell)).strip()
    digits = sum(map(str.isdigit, written))  # of any script: they may be the rest of a damaged id
    if digits < _FEWEST_OF_A_NUMBER and _SUM_WORD.fullmatch(_AROUND_WORDS.sub("", written.casefold())):
        return _Kind.SUM_WORD
    if digits < _FEWEST_OF_A_NUMBER and _WITH_UNIT.fullmatch(written.casefold()):
        return _Kind.AMOUNT
    if _NUMBER.fullmatch(written):
        return _of_number(role, cell, digits)
    return _Kind.NOTE if _may_be_note(role, cell, written, digits) else _Kind.ORDER


def _of_number(role: str, cell: Cell, digits: int) -> _Kind:
    if role in NUMBER_COLUMNS:
        return _Kind.AMOUNT
    if digits > _LONGEST_COUNT:
        return _Kind.ORDER
    return _Kind.ORDER if role in DATE_COLUMNS and cells.serial(cell) is not None else _Kind.COUNT


def _may_be_note(role: str, cell: Cell, written: str, digits: int) -> bool:
    if role in DATE_COLUMNS and isinstance(cells.moment(cell), cells.Bad):
        return True
    if role in ID_COLUMNS:
        return digits < _FEWEST_OF_A_NUMBER and any(map(str.isalpha, written)) and not _is_number(written)
    return role in _TEXTS or role in NUMBER_COLUMNS


def _is_number(written: str) -> bool:
    """Is this a number, also one such as `2.02E+15`, which was a 상품주문번호?"""
    try:
        float(written)
    except ValueError:
        return False
    return True

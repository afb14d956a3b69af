"""Rows of an export that speak of no order: sums below the table, and memos that the seller wrote there.

Such a row has no 상품주문번호, and nothing in it that only an order has: no 주문번호, state, date, reason, answer or number
of goods or parcels. Whatever has one of these stays a problem, for it may be an order whose number was lost.
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


class _Says(IntEnum):
    """What one cell tells of its row."""

    NOTHING = 0
    SUM_WORD = auto()  # 합계
    AMOUNT = auto()  # a number in a column of numbers, or with a unit: 36,000 · 3건
    COUNT = auto()  # a short number in a column of something else, as spreadsheets count cells
    NOTE = auto()  # words of the seller's own
    ORDER = auto()  # something that only an order has, or that nobody can read


_TEXTS = frozenset({Col.PRODUCT_NAME, Col.OPTION, Col.COURIER, *NOTE_COLUMNS})
_SUM_WORD = re.compile(
    r"(?:.{0,12}(?:합계|총계|소계|총합|누계)(?:금액|건수|수량|액)?|총?계|합|총|요약|평균|(?:sub|grand)?totals?|sum)"
    r"(?:[\d,]+(?:원|건|개)?)?"
)
_AROUND_WORDS = re.compile(r"[\s:;()\[\]<>{}*·.\-=_#~※]+")
_NUMBER = re.compile(r"[-+]?₩?[\d,]+(?:\.\d+)?")
_WITH_UNIT = re.compile(rf"{_NUMBER.pattern} ?(?:원|건|개|줄|행|명|ea|%)")
_LONGEST_COUNT = 7  # digits; numbers of orders, goods and parcels have more
_FEWEST_OF_A_NUMBER = 12  # digits that may be what is left of a 상품주문번호
_SHOWN = 5


def not_orders(raw: Mapping[str, Column], nameless: Mask) -> Mask:
    """Which rows are only sums or a memo, among those whose 상품주문번호 is missing or no number."""
    at = np.flatnonzero(nameless)
    if not at.size:
        return nameless
    told = {role: _told(role, column, at) for role, column in raw.items()}
    says = np.column_stack([*told.values()])
    words, amounts, counts, notes, order = ((says == kind).sum(axis=1) for kind in _Says if kind is not _Says.NOTHING)
    labelled = told[Col.PRODUCT_ORDER_NO] == _Says.NOTE  # a product's name never stands there
    summed = (words > 0) & (notes <= 1)
    memo = (words == 0) & (notes == 1) & (counts == 0) & ((amounts == 0) | labelled)
    unlabelled = (words == 0) & (notes == 0) & (counts == 0) & (amounts > 0)
    found = np.zeros_like(nameless)
    found[at] = (order == 0) & (summed | memo | unlabelled)
    return found


def said_of(rows: tuple[int, ...]) -> Text:
    """The note beside a sheet that has such rows; they are numbered as Excel shows them."""
    shown = ", ".join(map(str, rows[:_SHOWN])) + (" …" if len(rows) > _SHOWN else "")
    return Text(
        f"합계나 메모만 적힌 줄 {len(rows):,}개({shown}행)는 주문이 아니라서 판단하지 않았습니다. 하실 일은 없습니다.",
        f"Rows with only sums or a memo: {len(rows):,} (row {shown}). They are no orders, so nothing was decided about them. "
        "Nothing needs doing.",
    )


def _told(role: str, column: Column, at: NDArray[np.intp]) -> NDArray[np.uint8]:
    numbers, places = np.unique(column.codes[at], return_inverse=True)
    said = [_says(role, column.distinct[number]) for number in numbers.tolist()]
    return np.array(said, dtype=np.uint8)[places]


def _says(role: str, cell: Cell) -> _Says:
    if cells.is_blank(cell):
        return _Says.NOTHING
    if cell in FAULTS or isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return _Says.ORDER
    written = unicodedata.normalize("NFKC", cells.text(cell)).strip()
    digits = sum(map(str.isdigit, written))
    if digits < _FEWEST_OF_A_NUMBER and _SUM_WORD.fullmatch(_AROUND_WORDS.sub("", written.casefold())):
        return _Says.SUM_WORD
    if digits < _FEWEST_OF_A_NUMBER and _WITH_UNIT.fullmatch(written.casefold()):
        return _Says.AMOUNT
    if _NUMBER.fullmatch(written):
        return _of_number(role, cell, digits)
    return _Says.NOTE if _may_be_note(role, cell, written, digits) else _Says.ORDER


def _of_number(role: str, cell: Cell, digits: int) -> _Says:
    if role in NUMBER_COLUMNS:
        return _Says.AMOUNT
    if digits > _LONGEST_COUNT:
        return _Says.ORDER
    return _Says.ORDER if role in DATE_COLUMNS and cells.serial(cell) is not None else _Says.COUNT


def _may_be_note(role: str, cell: Cell, written: str, digits: int) -> bool:
    if role in DATE_COLUMNS and isinstance(cells.moment(cell), cells.Bad):
        return True
    if role in ID_COLUMNS:
        return digits < _FEWEST_OF_A_NUMBER and any(map(str.isalpha, written)) and not _is_number(written)
    return role in _TEXTS or role in NUMBER_COLUMNS


def _is_number(written: str) -> bool:
    """As `2.02E+15` is, which was a 상품주문번호."""
    try:
        float(written)
    except ValueError:
        return False
    return True

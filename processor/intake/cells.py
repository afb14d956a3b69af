"""One cell, as it came, into the value that its column holds: text, a date, whole won, a label, an order number.

A cell that cannot be read gives `Bad` with the code of its problem, never a guess. A lone `-` is how people write "blank".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from processor.model import space_free
from processor.opener.reply import ERRORS, NOT_WORKED_OUT, Cell


class Bad(NamedTuple):
    """A cell that has no value; the code says why."""

    code: str


Value = str | int | datetime | None
Parse = Callable[[Cell], Value | Bad]

FAULTS = ERRORS | {NOT_WORKED_OUT}
"""Not blank, and yet no value: an error (`#N/A`), or a formula that nobody worked out."""
BLANKS = frozenset({"", "-"})
_INVISIBLE = {ord(c): None for c in "\u200b\u2060\ufeff\u00ad"} | {ord("\u00a0"): " "}
_DATE = re.compile(
    r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[-+]\d{2}:?\d{2})?)?"
)
_WON = re.compile(r"[-+]?\d{1,15}(?:\.0+)?")
_ORDER_NO = re.compile(r"20\d{14}")
_FROM_NUMBER = re.compile(r"(\d+)\.0+")
_PHONE = re.compile(r"(?<!\d)(?:\+?82[-.\s]?|0)\d{1,2}[-.\s)]{0,2}\d{3,4}[-.\s]?\d{4}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.(?:[A-Za-z]{2,}|한국)")  # a particle may follow it at once
_KOREA = timedelta(hours=9)  # ahead of UTC
_SENSIBLE_YEARS = range(2000, 2100)


def text(cell: Cell) -> str:
    """What a person sees in the cell, without stray blanks; a whole number shows no `.0`."""
    if isinstance(cell, str):
        if not cell.isascii():
            cell = unicodedata.normalize("NFC", cell).translate(_INVISIBLE)
        cell = cell.strip()
        return "" if cell in BLANKS else cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return str(cell)


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and text(cell) == ""


def note(cell: Cell) -> str:
    """A note of the seller's own, without what would lead to a person: it is carried on from workbook to workbook."""
    return _EMAIL.sub("(이메일)", _PHONE.sub("(전화번호)", text(cell)))


def without_phones(written: str) -> str:
    return _PHONE.sub("(전화번호)", written)


def identifier(cell: Cell) -> str:
    """A number that names something (상품번호, 송장번호): text, also when it went through a spreadsheet as a number."""
    written = text(cell)
    number = _FROM_NUMBER.fullmatch(written)
    return number[1] if number else written


def label(cell: Cell) -> str:
    return space_free(text(cell))


def known_label(labels: frozenset[str], code: str, *, required: bool = False, unknown: str = "") -> Parse:
    """Labels of a closed vocabulary; a blank is fine unless the sheet cannot be without it.

    `unknown` is the word by which the seller says that the cell has no answer.
    """

    def parse(cell: Cell) -> str | Bad:
        found = label(cell)
        if found in labels:
            return found
        if found in ("", unknown):
            return Bad(f"{code}.blank") if required else ""
        return Bad(code)

    return parse


def moment(cell: Cell) -> datetime | Bad | None:
    """A true Excel date, or one of the ways in which people write it; a bare number is money, not a date."""
    if isinstance(cell, datetime):
        return cell if cell.year in _SENSIBLE_YEARS else Bad("date_unreadable")
    if isinstance(cell, date):
        return moment(datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001 - all times are Korean wall time
    if is_blank(cell):
        return None
    written = _DATE.fullmatch(unicodedata.normalize("NFKC", cell).strip()) if isinstance(cell, str) else None
    if written is None:
        return Bad("date_unreadable")
    year, _, month, day, hour, minute, second, zone = written.groups(default="")
    try:
        told = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - Korean wall time
        return moment(told + _to_korea(zone))
    except (ValueError, OverflowError):  # a day that does not exist, or the last one of all
        return Bad("date_unreadable")


def _to_korea(zone: str) -> timedelta:
    """How much later the clocks of Korea are than those of `Z` or `+0900`; nothing said means Korean time."""
    if not zone:
        return timedelta()
    if zone == "Z":
        return _KOREA
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(zone)
    return _KOREA - timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def won(cell: Cell) -> int | Bad | None:
    """A whole number: an amount or a quantity, also as people write it: `₩3,000`, `3,000원`, full-width digits."""
    if isinstance(cell, str):
        if is_blank(cell):
            return None
        written = re.sub(r"[\s,₩원]", "", unicodedata.normalize("NFKC", text(cell)))
        return int(float(written)) if _WON.fullmatch(written) else Bad("number_unreadable")
    if isinstance(cell, (bool, date, time, timedelta)) or cell != cell or abs(cell) > 10**15 or cell != int(cell):
        return Bad("number_unreadable")
    return int(cell)


def order_no(cell: Cell) -> str | Bad:
    """상품주문번호 or 주문번호: 16 digits that begin with a day. A damaged one is never mended."""
    digits = _digits(cell)
    if not digits:
        return ""
    return digits if _ORDER_NO.fullmatch(digits) and _is_day(digits[:8]) else Bad("order_no_damaged")


def _digits(cell: Cell) -> str:
    if not isinstance(cell, str):
        return identifier(cell)
    plain = cell.isascii() and cell.isdigit()  # as it nearly always is
    return cell if plain else identifier(unicodedata.normalize("NFKC", cell).replace("'", ""))


@lru_cache(maxsize=1024)  # most orders of a batch are of the same few weeks
def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def product_order_no(cell: Cell) -> str | Bad:
    return order_no(cell) or Bad("order_no_missing")


def is_rounded(cell: Cell) -> bool:
    """Excel keeps 15 digits of a number: a 16th digit 0 may be the true one, or all that was left of another."""
    if isinstance(cell, str):
        number = _FROM_NUMBER.fullmatch(cell.strip()) if "." in cell else None
        return number is not None and number[1].endswith("0")
    return text(cell).endswith("0")

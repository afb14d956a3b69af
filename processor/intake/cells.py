"""Turns one raw cell into the value of its column: text, a date, whole won, a label or an order number.

A cell that cannot be read gives `Bad` with the code of its problem, never a guess. A cell with a lone `-` counts as
blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from processor.market.order_numbers import is_order_no, may_be_rounded
from processor.model import MOST_WON, YEARS, space_free
from processor.model.numbers import narrow, whole_number
from processor.opener.reply import ERRORS, NOT_WORKED_OUT, Cell


class Bad(NamedTuple):
    """A cell that cannot be read, with the code of its problem."""

    code: str


Value = str | int | datetime | None
Parse = Callable[[Cell], Value | Bad]

FAULTS = ERRORS | {NOT_WORKED_OUT}
"""Cells that are not blank but have no value: an error (`#N/A`), or a formula without a computed result."""
BLANKS = frozenset({"", "-"})
_INVISIBLE = {ord(c): None for c in "\u200b\u2060\ufeff\u00ad"} | {ord("\u00a0"): " "}
_AS_TEXT = re.compile(
    r"= ?[\"“”](.*)[\"“”]", re.DOTALL
)  # programs write numbers so in a csv, to make Excel keep leading zeros
_APOSTROPHES = ("'", "‘", "’", "`")  # a person types one before a number, to make a spreadsheet treat it as text
_DAY = (
    r"(?P<year>\d{4}) ?(?:(?P<mark>[-./]) ?(?P<month>\d{1,2}) ?(?P=mark) ?(?P<day>\d{1,2})(?: ?\.)?"
    r"|년 ?(?P<month_ko>\d{1,2}) ?월 ?(?P<day_ko>\d{1,2}) ?일)"
    r"(?: ?(?P<weekday>[월화수목금토일])(?:요일)?| ?\((?P<weekday_in_brackets>[월화수목금토일])(?:요일)?\))?"
)
_HALF = r"오전|오후|[AP]\.?M\.?"
_CLOCK = (
    rf"(?P<half>{_HALF})? ?(?P<hour>\d{{1,2}})"
    r"(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?| ?시(?: ?(?P<minute_ko>\d{1,2}) ?분(?: ?(?P<second_ko>\d{1,2}) ?초)?)?)"
    rf" ?(?P<half_after>{_HALF})? ?(?P<zone>Z|[-+]\d{{2}}:?\d{{2}})?"
)
_DATE = re.compile(rf"{_DAY}(?:(?: ?T ?| |(?<!\d)|(?!\d)){_CLOCK})?", re.IGNORECASE | re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_SERIALS = range(42005, 51502)  # 2015-01-01 to 2040-12-31 as Excel counts days
_SERIAL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - all times are Korean wall time
_WEEKDAYS = "월화수목금토일"
_FROM_NUMBER = re.compile(r"(\d+)\.0+", re.ASCII)
_PHONE = re.compile(r"(?<!\d)(?:\+?82[-.\s]?|0)\d{1,2}[-.\s)]{0,2}\d{3,4}[-.\s]?\d{4}(?!\d)")
_EMAIL = re.compile(
    r"[\w.+-]+(?P<at>@[\w-]+(?:\.[\w-]+)*\.(?:[A-Za-z]{2,}|한국))?"
)  # a Korean particle may follow without a space; a name without `at` is matched too, so that no letter is tried twice
_KOREA = timedelta(hours=9)  # ahead of UTC


def text(cell: Cell) -> str:
    """The text that a person sees in the cell, without stray blanks.

    A whole number has no `.0`, and `="0012"` becomes 0012.
    """
    if isinstance(cell, str):
        if not cell.isascii():
            cell = unicodedata.normalize("NFC", cell).translate(_INVISIBLE)
        cell = cell.strip()
        if cell.startswith("=") and (inside := _AS_TEXT.fullmatch(cell)):
            cell = inside[1].strip()
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


def _unmarked(cell: Cell) -> str:
    """The text of a number, date or label, without the apostrophe that a person or program may have put before it."""
    written = text(cell)
    return text(written[1:]) if written.startswith(_APOSTROPHES) else written


def note(cell: Cell) -> str:
    """The seller's own note, without phone numbers and e-mail addresses: notes are copied from workbook to workbook."""
    return _EMAIL.sub(lambda found: "(이메일)" if found["at"] else found[0], _PHONE.sub("(전화번호)", text(cell)))


def without_phones(written: str) -> str:
    return _PHONE.sub("(전화번호)", written)


def identifier(cell: Cell) -> str:
    """An identifier (상품번호, 송장번호) as text, even if a spreadsheet stored it as a number."""
    written = text(cell)
    if written.startswith(_APOSTROPHES):
        written = text(written[1:])
    number = _FROM_NUMBER.fullmatch(written)
    return number[1] if number else written


def label(cell: Cell) -> str:
    return space_free(_unmarked(cell))


def known_label(labels: frozenset[str], code: str, *, required: bool = False, unknown: str = "") -> Parse:
    """A parser for a column with a closed list of labels; any other label is bad, with this code.

    A blank is allowed unless the column is `required`. `unknown` is the word that the seller writes when he does not
    know.
    """

    def parse(cell: Cell) -> str | Bad:
        found = label(cell)
        if found in labels:
            return found
        if found in ("", unknown):
            return Bad(f"{code}.blank") if required else ""
        return Bad(code)

    return parse


def moment(cell: Cell, *, whole_days: bool = False) -> datetime | Bad | None:
    """A date as Excel stores it, or in one of the forms that people and Korean spreadsheets write.

    A bare number may be a date that lost its format (46344.4167 is 2026-11-18 10:00) or an amount. It is read as a date
    if it lies in 2015 to 2040 and has a fraction: the fraction is the time of day, and amounts of won have none. A
    whole number in that range is read as a date only if all dates of its column and sheet are such numbers
    (`whole_days`, see `serials.py`). Any other number is not a date.
    """
    if isinstance(cell, datetime):
        return cell if cell.year in YEARS else Bad("date_unreadable")
    if isinstance(cell, date):
        return moment(datetime(cell.year, cell.month, cell.day))  # noqa: DTZ001 - all times are Korean wall time
    if is_blank(cell):
        return None
    days = serial(cell)
    if days is not None:
        return _of_serial(days) if whole_days or not days.is_integer() else Bad("date_unreadable.number")
    written = _DATE.fullmatch(_plain(cell)) if isinstance(cell, str) else None
    if written is None:
        return Bad("date_unreadable")
    try:
        return moment(_moment_of(written.groupdict(default="")))
    except (ValueError, OverflowError):  # a day that does not exist, or one after the last that Python can hold
        return Bad("date_unreadable")


def serial(cell: Cell) -> float | None:
    """The number by which Excel would count a day of 2015 to 2040; None for any other cell."""
    if isinstance(cell, str):
        written = _plain(cell)
        cell = float(written) if _SERIAL.fullmatch(written) else ""
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != cell or abs(cell) > _SERIALS[-1] + 1:
        return None
    return float(cell) if int(cell) in _SERIALS else None


def _of_serial(days: float) -> datetime:
    return _SERIAL_EPOCH + timedelta(seconds=round(days * 86_400))


def _plain(cell: str) -> str:
    """The text of a date in characters of the usual width, with single blanks."""
    return " ".join(narrow(_unmarked(cell)).split())


def _moment_of(parts: dict[str, str]) -> datetime:
    """The moment that these parts of a written date make. Raises ValueError if there is no such moment."""
    day = datetime(int(parts["year"]), int(parts["month"] or parts["month_ko"]), int(parts["day"] or parts["day_ko"]))  # noqa: DTZ001 - Korean wall time
    weekday = parts["weekday"] or parts["weekday_in_brackets"]
    if weekday and weekday != _WEEKDAYS[day.weekday()]:
        raise ValueError(weekday)
    hour = _hour(int(parts["hour"] or 0), parts["half"], parts["half_after"])
    minute, second = int(parts["minute"] or parts["minute_ko"] or 0), int(parts["second"] or parts["second_ko"] or 0)
    return day.replace(hour=hour, minute=minute, second=second) + _to_korea(parts["zone"])


def _hour(number: int, before: str, after: str) -> int:
    """The hour from 0 to 23.

    오전, AM, 오후 or PM may stand before or after the number; 12 is the first hour of each half.
    """
    half = before or after
    if not half:
        return number
    if number > 12 or (before and after):
        raise ValueError(half)
    afternoon = half == "오후" or half[0] in "pP"
    return number % 12 + (12 if afternoon else 0)


def _to_korea(zone: str) -> timedelta:
    """The time to add to reach Korean time from a zone such as `Z` or `+0900`.

    Without a zone the time is Korean already.
    """
    if not zone:
        return timedelta()
    if zone in ("Z", "z"):
        return _KOREA
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(zone)
    return _KOREA - timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def won(cell: Cell) -> int | Bad | None:
    """A whole number up to MOST_WON: an amount or a quantity. `whole_number` says in which forms it may be written."""
    if isinstance(cell, str):
        if is_blank(cell):
            return None
        number = whole_number(_unmarked(cell))
        return Bad("number_unreadable") if number is None else won(number)
    if isinstance(cell, (bool, date, time, timedelta)) or cell != cell or abs(cell) > MOST_WON or cell != int(cell):
        return Bad("number_unreadable")
    return int(cell)


def won_if_told(cell: Cell) -> int | None:
    """An optional amount: if it can't be read it counts as unknown, and the row is used without it."""
    amount = won(cell)
    return None if isinstance(amount, Bad) else amount


def order_no(cell: Cell) -> str | Bad:
    """상품주문번호 or 주문번호: 16 digits that begin with a day. A damaged number is never repaired."""
    digits = _digits(cell)
    if not digits:
        return ""
    return digits if is_order_no(digits) else Bad("order_no_damaged")


def _digits(cell: Cell) -> str:
    if not isinstance(cell, str):
        return identifier(cell)
    plain = cell.isascii() and cell.isdigit()  # as it nearly always is
    return cell if plain else identifier(narrow(text(cell)))


def product_order_no(cell: Cell) -> str | Bad:
    return order_no(cell) or Bad("order_no_missing")


def is_rounded(cell: Cell) -> bool:
    """Could a spreadsheet have rounded this number?

    Excel keeps 15 digits, so a 16th digit 0 may replace another digit.
    """
    if isinstance(cell, str):
        number = _FROM_NUMBER.fullmatch(cell.strip()) if "." in cell else None
        return number is not None and may_be_rounded(number[1])
    return may_be_rounded(text(cell))

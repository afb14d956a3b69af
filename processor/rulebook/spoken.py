"""Reads amounts, times of day, counts and days as a seller writes them, and says them back.

What may mean two things is not read: "2시" may be two in the morning, "3" may stand for 3,000 won.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from processor.model import Text, josa
from processor.model.numbers import narrow, whole_number


@dataclass(frozen=True, slots=True)
class Grammar:
    """A kind of value that is written freely.

    `read`: the value as rules.yaml has it; the sentence about one that may mean two things; None for anything else.
    `said`: the value as a person reads it. `example`: how it may be written.
    """

    read: Callable[[str], str | int | Text | None]
    said: Callable[[str | int], Text]
    example: Text


def _won(written: str) -> int | Text | None:
    """An amount in won: 3,000원 · 3000 · 3천원 · 3만 5천원 · ₩3,000."""
    text = narrow(written).strip()
    amount = None if "." in text else whole_number(text)  # 3.000 is three to some and three thousand to others
    if amount is not None:
        return _how_much(text) if text.isdigit() and 0 < amount < _LEAST_BARE else amount
    found = _LARGE.fullmatch(text)
    said = (
        [(digits, unit) for digits, unit in zip(*[iter(found.groups()[:-1])] * 2, strict=True) if unit] if found else []
    )
    if found is None or not said:
        return None
    rest = whole_number(found["rest"] or "0") or 0
    if rest and not _LEAST_BARE <= rest < _UNITS[said[-1][1]]:  # 3천5 is 3,500 to some and 3,005 to others
        return None
    return sum(int(digits or 1) * _UNITS[unit] for digits, unit in said) + rest


def _time(written: str) -> str | Text | None:
    """A time of day: 오후 2시 · 오후 2시 30분 · 14시 · 14:00 · 2:30 PM, as rules.yaml has it: 14:00."""
    text = narrow(written).strip().lower().replace(".", "")
    if text == "정오":
        return "12:00"
    found = _TIME.fullmatch(text)
    if found is None or (found["before"] and found["after"]):
        return None
    half = _HALVES.get(found["before"] or found["after"] or "", "")
    hour, minute = int(found["hour"]), 30 if found["half"] else int(found["minute"] or found["minutes"] or 0)
    if not (half or found["sign"]) or hour > 23 or minute > 59 or (half == "am" and hour > 12):
        return None
    if half == "pm" and hour == 0:
        return None
    if (half == "am" and hour == 12) or not (half or hour == 0 or hour > 12 or _FULL.fullmatch(text)):
        return _which_half(written.strip(), noon=hour == 12)
    return f"{hour + 12 if half == 'pm' and hour < 12 else hour:02}:{minute:02}"


def _counted(*units: str) -> Callable[[str], int | None]:
    """Reads a whole number, with or without one of these units after it."""

    def read(written: str) -> int | None:
        text = narrow(written).strip()
        unit = next((unit for unit in units if text.endswith(unit)), "")
        number = text.removesuffix(unit).strip()
        return None if _NO_COUNT.search(number) else whole_number(number)

    return read


def _day(written: str) -> str | None:
    """A day: 2026-11-20 · 2026.11.20 · 2026년 11월 20일, as rules.yaml has it: 2026-11-20."""
    found = _DAY.fullmatch(narrow(written).strip())
    return found and f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"


def _number(unit: Text) -> Callable[[str | int], Text]:
    return lambda value: Text(f"{value:,}{unit.ko}", f"{value:,}{unit.en}") if isinstance(value, int) else _same(value)


def _same(value: str | int) -> Text:
    return Text.same(str(value))


def _how_much(written: str) -> Text:
    quoted = f"'{written}'"
    return Text(
        f"{josa(quoted, '이/가')} 몇 원인지 알 수 없습니다. '3,000원'처럼 단위까지 적으세요.",
        f"{quoted} may be meant in won or in thousands. Write it like 3,000원.",
    )


def _which_half(written: str, *, noon: bool) -> Text:
    if noon:
        return Text(
            f"'{written}'만으로는 낮인지 밤인지 알 수 없습니다. '낮 12시'나 '12:00'처럼 적으세요.",
            f"'{written}' may be noon or midnight. Write it like '12:00'.",
        )
    return Text(
        f"'{written}'만으로는 오전인지 오후인지 알 수 없습니다. '오후 2시'나 '14:00'처럼 적으세요.",
        f"'{written}' may be in the morning or in the afternoon. Write it like '2 PM' or '14:00'.",
    )


_LEAST_BARE: Final = 100
"""A smaller number without 원 is no sure amount: "3" may stand for 3,000 won. Nothing that is charged costs less."""
_UNITS: Final = {"만": 10_000, "천": 1_000, "백": 100}
_LARGE: Final = re.compile(
    r"(?:([1-9][0-9]{0,3})?(만))? ?(?:([1-9])?(천))? ?(?:([1-9])?(백))? ?(?P<rest>[1-9][0-9]{0,3}|[1-9],[0-9]{3})?(?: ?원)?"
)
_HALVES: Final = {"오전": "am", "am": "am", "오후": "pm", "낮": "pm", "pm": "pm"}
_TIME: Final = re.compile(
    r"(?P<before>오전|오후|낮|am|pm)? ?(?P<hour>[0-9]{1,2})"
    r"(?P<sign>:(?P<minute>[0-9]{2})|시(?: ?(?:(?P<minutes>[0-9]{1,2})분|(?P<half>반)))?)? ?(?P<after>am|pm)?(?: ?까지)?"
)
_FULL: Final = re.compile("[0-9]{2}:[0-9]{2}")
"""A time with two digits for the hour is one of a clock of 24 hours: 09:00."""
_DAY: Final = re.compile(r"([0-9]{4})(?:[-/]|\. ?|년 ?)([0-9]{1,2})(?:[-/]|\. ?|월 ?)([0-9]{1,2})(?:\.|일)?")
_NO_COUNT: Final = re.compile("[₩원.]")

WON: Final = Grammar(_won, _number(Text("원", " won")), Text("3,000원", "3,000원"))
TIME: Final = Grammar(_time, _same, Text("오후 2시", "2 PM"))
ORDERS: Final = Grammar(_counted("건", "orders"), _number(Text("건", " orders")), Text("300건", "300"))
POINTS: Final = Grammar(_counted("점", "points"), _number(Text("점", " points")), Text("6점", "6"))
PERCENT: Final = Grammar(_counted("%", "퍼센트", "percent"), _number(Text("%", "%")), Text("12%", "12%"))
DAY: Final = Grammar(_day, _same, Text("2026-11-20", "2026-11-20"))
NAME: Final = Grammar(str.strip, _same, Text("아무 글자", "any text"))

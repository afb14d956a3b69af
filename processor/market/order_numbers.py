"""The shape of 상품주문번호 and 주문번호: 16 digits, of which the first eight are the day of the order (exports §1.4).

Rooms that handle whole columns use the constants; the functions look at one number.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

DIGITS: Final = 16
DAY: Final = slice(8)
"""The part of a number that is its day."""
DAY_FORMAT: Final = "%Y%m%d"
KEPT: Final = slice(15)
"""What a spreadsheet keeps of a number that it took for an amount."""
LOST: Final = "0"
"""What it puts for the 16th digit; a true number may end so too."""
_SHAPE: Final = re.compile(r"20\d{14}")
_LIKE_ONE: Final = re.compile(r"[\s']*(?:\d{10,}(?:\.0+)?|\d(?:\.\d+)?E\+?\d+)\s*", re.IGNORECASE)


def is_order_no(written: str) -> bool:
    """Has it the whole shape, with a day that exists?"""
    return _SHAPE.fullmatch(written) is not None and _is_day(written[DAY])


def has_all_digits(written: str) -> bool:
    """As many digits as an order number has, and nothing else; which day they tell is not looked at."""
    return len(written) == DIGITS and written.isdigit()


def is_like_one(written: str) -> bool:
    """An order number, be it damaged: with blanks, an apostrophe, `.0`, too few digits, or as `2.02E+15`."""
    return _LIKE_ONE.fullmatch(written) is not None


def may_be_rounded(written: str) -> bool:
    """Of a number that a spreadsheet took for an amount: may its last digit have been another one?"""
    return written.endswith(LOST)


def day_of(number: str) -> str:
    """Its day as it stands in the number, for comparing with `day_in`."""
    return number[DAY]


def day_in(moment: datetime) -> str:
    """How the numbers of orders of that day begin."""
    return f"{moment:{DAY_FORMAT}}"


@lru_cache(maxsize=1024)  # most orders of a batch are of the same few weeks
def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True

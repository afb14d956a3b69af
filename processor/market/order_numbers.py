"""The shape of 상품주문번호 and 주문번호: 16 digits, of which the first eight are the day of the order (exports §1.4).

The functions check one number; code that handles whole columns uses the constants.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

DIGITS: Final = 16
DAY: Final = slice(8)
"""The digits of the day."""
DAY_FORMAT: Final = "%Y%m%d"
KEPT: Final = slice(15)
"""The digits that a spreadsheet keeps if it stores the number as an amount."""
LOST: Final = "0"
"""The digit that the spreadsheet then writes as the 16th. A correct number may also end with it."""
_SHAPE: Final = re.compile(r"20\d{14}", re.ASCII)
_LIKE_ONE: Final = re.compile(r"[\s']*(?:\d{10,}(?:\.0+)?|\d(?:\.\d+)?E\+?\d+)\s*", re.IGNORECASE)


def is_order_no(written: str) -> bool:
    """Is this a complete order number, with a day that exists?"""
    return _SHAPE.fullmatch(written) is not None and _is_day(written[DAY])


def has_all_digits(written: str) -> bool:
    """Has it exactly as many digits as an order number, and nothing else? The day is not checked."""
    return len(written) == DIGITS and written.isascii() and written.isdigit()


def is_like_one(written: str) -> bool:
    """Is this an order number or a damaged one?

    A damaged one has blanks, an apostrophe, `.0`, too few digits or digits of another script, or looks like `2.02E+15`.
    """
    return _LIKE_ONE.fullmatch(written) is not None


def may_be_rounded(written: str) -> bool:
    """If a spreadsheet stored this number as an amount, may it have changed the last digit?"""
    return written.endswith(LOST)


def day_in(moment: datetime) -> str:
    """The first digits of the numbers of all orders of that day."""
    return f"{moment:{DAY_FORMAT}}"


@lru_cache(maxsize=1024)  # the orders of a batch have few distinct days
def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True

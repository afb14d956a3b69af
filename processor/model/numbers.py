"""How numbers in other people's text are read: in files, names of files, answers and the command line.

The digits are 0 to 9 and their full-width forms, which Korean keyboards write. No other sign is a digit: Python and NFKC
would turn Arabic-Indic, Thai, superscript and circled ones into some number, and a damaged id into another order's.
"""

from __future__ import annotations

import re
from typing import Final

_FULL_WIDTH: Final[dict[int, int | str]] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xFFE6: "₩",
}
_WHOLE: Final = re.compile(r"([-+]?)₩? ?([-+]?)([0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.0+)?(?: ?원)?")


def narrow(text: str) -> str:
    """The text with full-width letters, digits, signs and blanks in their usual width, and all else as it is."""
    return text if text.isascii() else text.translate(_FULL_WIDTH)


def whole_number(written: str) -> int | None:
    """The whole number that a text is; None for any other text.

    At most 15 digits, either without commas or with one before each three of them, after a sign or ₩ or both, and before
    원. A fraction has zeros only: 3000 · 3,000 · -3,000원 · ₩ 3,000 · 3000.0 · ３，０００. So no number are 3.5, 3.000,00,
    1,2,3, 1 000, 1e3, 0x10, (3,000) and 3개.
    """
    found = _WHOLE.fullmatch(narrow(written).strip())
    if found is None or (found[1] and found[2]):
        return None
    return int(f"{found[1]}{found[2]}{found[3].replace(',', '')}")

"""Cleans text of strangers where it is shown: in the terminal, in letters, in cells of a workbook, in JSON.

Cells, sheet names and file names may hold characters that hide, reorder or forge what stands around them. They stay as
they are while orders are decided; whoever shows them calls one of these functions. All of them take time linear in the
length of the text and raise no error.
"""

from __future__ import annotations

import json
import re
from typing import Final

_BREAKS: Final = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LAST_OF_PLANES: Final = "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
_UNREADABLE: Final = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]")
"""Halves of characters, as in file names of another encoding, and code points that Unicode reserves as no characters."""
_BLANK_LETTERS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
"""Letters and marks that are never seen, such as the Hangul fillers. To Python they are printable."""
_BLANK: Final = re.compile(f"[{_BLANK_LETTERS}]")
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters; line breaks and the tab are handled before
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    f"{_BLANK_LETTERS}]"
)
"""What a screen does not show: control and format characters (zero-width, bidirectional, tags), and blank letters."""


def shown(text: str) -> str:
    """The text as it may be shown, without what is not seen; every kind of line break is a line feed, and what is unreadable a `?`."""
    if _is_clean(text):  # true of most texts, and four times as fast to check
        return text
    return _UNSEEN.sub("", _UNREADABLE.sub("?", _BREAKS.sub("\n", text).replace("\t", " ")))


def one_line(text: str) -> str:
    """The text as it may be shown, on one line: a line break inside it is a space."""
    return shown(text).replace("\n", " ")


def as_json(value: object, *, ascii_only: bool = False, indent: int | None = None) -> str:
    """The value as JSON, exactly, with all that is not seen or unreadable written as escapes."""
    written = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    if _is_clean(written):
        return written
    for kind in (_UNREADABLE, _BREAKS, _UNSEEN):
        written = kind.sub(lambda found: json.dumps(found[0])[1:-1], written)
    return written


def _is_clean(text: str) -> bool:
    return text.isprintable() and _BLANK.search(text) is None

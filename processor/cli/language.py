"""What was typed, and in which language to answer: known before any command runs, for even the help is translated."""

from __future__ import annotations

import os
import sys
from typing import Final, Literal

from processor.model import Text

TYPED: Final = sys.argv[1:]
_LOCALE: Final = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")


def _language() -> Literal["ko", "en"]:
    """`--lang` wherever it stands; else Korean when the locale is Korean or unset."""
    for option, value in zip(TYPED, [*TYPED[1:], ""], strict=False):
        if option == "--lang" or option.startswith("--lang="):
            return "en" if "en" in (value, option[7:]) else "ko"
    return "ko" if _LOCALE.split(".")[0].split("_")[0] in ("", "C", "POSIX", "ko") else "en"


LANG: Final = _language()


def said(ko: str, en: str) -> str:
    return Text(ko, en).said(LANG)

"""What was typed, and in which language to answer: known before any command runs, for even the help is translated."""

from __future__ import annotations

import sys
from typing import Final

from processor.cli.start import language
from processor.model import Text

TYPED: Final = sys.argv[1:]
LANG: Final = language(TYPED)


def said(ko: str, en: str) -> str:
    return Text(ko, en).said(LANG)

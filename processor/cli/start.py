"""What is settled before other imports: the language, the encoding, and the message about missing libraries.

It imports only Python's standard library, so it works where other packages are missing.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import sys
import unicodedata
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

INSTALL: Final = "python -m pip install -e ."
_NAMED_OTHERWISE: Final = {
    "msoffcrypto": "msoffcrypto-tool",
    "python_calamine": "python-calamine",
    "xlsxwriter": "XlsxWriter",
    "yaml": "PyYAML",
}
_UNNAMED: Final = re.compile(r"No module named '([^']+)'")
_OUR_NAMES: Final = "처리목록"
_PRIMARY, _KOREAN = 0x3FF, 0x12
"""The bits of a language of Windows without its country, and those of Korean."""
_ALIKE: Final = {
    **{"›": ">", "▸": ">", "→": "->", "—": "-", "–": "-", "−": "-", "·": "-", "×": "x", "✓": "v", "•": "*", "■": "*"},
    **{"〈": "<", "〉": ">", "₩": "W", "△": "-", "★": "*", "▱": "-", "●": "*"},
}


class Missing(NamedTuple):
    """The message about a library that cannot be imported."""

    ko: str
    en: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each line in Korean and in English."""
        return [*zip(self.ko.split("\n"), self.en.split("\n"), strict=True)]


READABLE: Final = "readable"
"""The name by which a stream asks for `readable`."""


def language(typed: Sequence[str]) -> Literal["ko", "en"]:
    """The language: that of `--lang`, anywhere; else Korean if the locale is Korean or unset, else English.

    Windows is asked for the language of its windows where no locale is set in the environment.
    """
    for option, value in zip(typed, [*typed[1:], ""], strict=False):
        if option == "--lang" or option.startswith("--lang="):
            return "en" if "en" in (value, option[7:]) else "ko"
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not locale and sys.platform == "win32":
        import ctypes

        return "ko" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & _PRIMARY == _KOREAN else "en"
    return "ko" if locale.split(".")[0].split("_")[0] in ("", "C", "POSIX", "ko") else "en"


def readable(error: UnicodeError) -> tuple[str, int]:
    """Stands in for what an encoding of the terminal lacks: a sign that looks alike, else `?`. For `codecs`."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    return "".join(map(_alike, lacking)), error.end


def _alike(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)
    return _ALIKE.get(letter) or ("".join(sign for sign in plain if sign.isascii()) or "?")


codecs.register_error(READABLE, readable)


def wants_json(typed: Sequence[str]) -> bool:
    """Whether the output is JSON: with --json, and always for `decide`, before which `--lang en` may stand."""
    return "--json" in typed or "decide" in typed[:3]


def begin_in_utf8() -> None:
    """Restarts Python in UTF-8 mode if the locale (such as `LC_ALL=C`) cannot encode Korean file names."""
    try:
        os.fsencode(_OUR_NAMES)
    except UnicodeEncodeError:
        if os.environ.get("PYTHONUTF8") == "1":  # restarted already
            return
        command = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        with contextlib.suppress(OSError):
            os.execve(sys.executable, command, {**os.environ, "PYTHONUTF8": "1"})


def missing(error: ImportError) -> Missing:
    """The missing package, and the command that installs it. Raises the error again if the fault is in this program."""
    while isinstance(error.__cause__, ImportError):  # pandas hides the missing numpy behind an error of its own
        error = error.__cause__
    unnamed = _UNNAMED.search(str(error))
    module = (error.name or (unnamed[1] if unnamed else "")).split(".")[0]
    if module == "processor":
        raise error
    package = _NAMED_OTHERWISE.get(module, module) or " ".join(str(error).split())
    return Missing(
        f"필요한 파이썬 패키지가 없거나 망가져 시작하지 못했습니다: {package}\n"
        f"이 프로그램의 폴더에서 한 번만 실행하고 다시 해 보세요: {INSTALL}",
        f"Could not start: a Python package is missing or broken: {package}\n"
        f"Run this once in the folder of this program, and try again: {INSTALL}",
    )

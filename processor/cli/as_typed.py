"""Commands in sentences, as they are typed on this computer: by the Python that runs now, and for the desk at hand."""

from __future__ import annotations

import re
import sys
from collections.abc import Container
from pathlib import Path, PureWindowsPath
from typing import Final

_PROGRAM: Final = "python -m processor"  # as sentences call it
_COMMAND: Final = re.compile(rf"{_PROGRAM} (?P<name>[a-z]+)(?! --home)\b")


def for_desk(said: str, home: Path, at_a_desk: Container[str]) -> str:
    """The sentence with its commands for that desk. `at_a_desk`: the commands that take --home."""

    def named(found: re.Match[str]) -> str:
        return f"{found[0]} --home {quoted(home)}" if found["name"] in at_a_desk else found[0]

    return _COMMAND.sub(named, said)


def as_typed(said: str) -> str:
    """The sentence with this Python in its commands, as it was called."""
    called = python(sys.orig_argv, sys.executable, sys.base_prefix)
    return said.replace(_PROGRAM, f"{command(called, sys.platform)} -m processor")


def python(orig_argv: list[str], executable: str, base: str) -> str:
    """How this Python was called.

    `executable`: that of its environment. `base`: the folder of the Python that the environment was made of. On Windows the
    one calls the other, up to Python 3.12 by its path; that has no libraries, and would not do if it were typed.
    """
    if not orig_argv:
        return "python"
    return executable if PureWindowsPath(orig_argv[0]).parent == PureWindowsPath(base) else orig_argv[0]


def command(called: str, system: str) -> str:
    """A program as it begins a command. In PowerShell a path in quotes needs a sign in front."""
    if " " not in called:
        return called
    return f'& "{called}"' if system == "win32" else f'"{called}"'


def quoted(folder: Path) -> str:
    """In double quotes, which all systems know, stands a folder with a blank."""
    return f'"{folder}"' if " " in str(folder) else str(folder)

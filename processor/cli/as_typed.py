"""Commands in sentences, as they are typed on this computer: by the Python that runs now, and for the desk at hand."""

from __future__ import annotations

import re
import sys
from collections.abc import Container
from pathlib import Path
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
    return said.replace(_PROGRAM, f"{python(sys.orig_argv, sys.platform)} -m processor")


def python(orig_argv: list[str], system: str) -> str:
    """How this Python was called. In PowerShell a path in quotes needs a sign in front."""
    called = orig_argv[0] if orig_argv else "python"
    if " " not in called:
        return called
    return f'& "{called}"' if system == "win32" else f'"{called}"'


def quoted(folder: Path) -> str:
    """In double quotes, which all systems know, stands a folder with a blank."""
    return f'"{folder}"' if " " in str(folder) else str(folder)

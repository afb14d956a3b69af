"""Commands in sentences, as they are typed on this computer: by the Python that runs now, and for the desk at hand."""

from __future__ import annotations

import re
import sys
from collections.abc import Container
from pathlib import Path
from typing import Final

_COMMAND: Final = re.compile(r"python -m processor(?P<name> [a-z]+)?(?P<home> --home)?")


def python(orig_argv: list[str], system: str) -> str:
    """How this Python was called. In PowerShell a path in quotes needs a sign in front."""
    called = orig_argv[0] if orig_argv else "python"
    if " " not in called:
        return called
    return f'& "{called}"' if system == "win32" else f'"{called}"'


def as_typed(said: str, home: Path | None, at_a_desk: Container[str]) -> str:
    """The sentence with its commands as they work here.

    `home`: the desk, if it is another folder than the one at hand. `at_a_desk`: the commands that take --home.
    """

    def typed(found: re.Match[str]) -> str:
        name = found["name"] or ""
        line = f"{python(sys.orig_argv, sys.platform)} -m processor{name}"
        if found["home"]:
            return f"{line} --home"
        return f"{line} --home {quoted(home)}" if home is not None and name.strip() in at_a_desk else line

    return _COMMAND.sub(typed, said)


def quoted(folder: Path) -> str:
    """In double quotes, which all systems know, stands a folder with a blank."""
    return f'"{folder}"' if " " in str(folder) else str(folder)

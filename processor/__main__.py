"""`python -m processor`, and the command `processor`.

The process that opens files loads this module too, and is ready 0.05 s sooner without the rest: so that is loaded late.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
from typing import NoReturn

from processor.cli import start


def main() -> NoReturn:
    """Runs one command and ends the process.

    Garbage is not collected, since a command is short and needs nearly all that it makes: a morning of 1,000 orders takes
    1.7 s instead of 2.1 s (medians of six, by turns). Nothing below this module depends on it.
    """
    gc.disable()
    start.begin_in_utf8()
    try:
        from processor.cli.commands import main as command
    except ImportError as error:
        _complain(start.missing(error))
        sys.exit(3)
    _end(command())


def _end(code: int) -> NoReturn:
    """Ends at once. Python would take all modules apart first: up to 0.25 s of a morning of 2.1 s (1,000 orders)."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):  # nobody listens any more
            stream.flush()
    os._exit(code)


def _complain(missing: start.Missing) -> None:
    """The words of `cli.terminal.complain`, which cannot be loaded. Any console can show them, if only in numbers."""
    message = missing.en if start.language(sys.argv[1:]) == "en" else missing.ko
    if start.wants_json(sys.argv[1:]):
        print(json.dumps({"type": "error", "code": "package_missing", "message": message}))
    elif sys.stderr is not None:
        sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a terminal's stream can
        print(message, file=sys.stderr)


if __name__ == "__main__":
    main()

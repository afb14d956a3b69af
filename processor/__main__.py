"""`python -m processor`, and the command `processor`.

The process that opens files loads this module too, and is ready 0.05 s sooner without the rest: so that is loaded late.
"""

from __future__ import annotations

import json
import sys
from typing import NoReturn

from processor.cli import start


def main() -> NoReturn:
    start.begin_in_utf8()
    try:
        from processor.cli.commands import main as command
    except ImportError as error:
        _complain(start.missing(error))
        sys.exit(3)
    sys.exit(command())


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

"""`python -m processor`, and the command `processor`.

The process that opens files loads this module too, and is ready 0.05 s sooner without the rest: so that is loaded late.
Nor is Ctrl-C answered by a sentence while anything is loaded up here.
"""

from __future__ import annotations

import os


def main() -> None:
    """Runs one command and ends the process. Every end has a sentence and an exit code, and none is a traceback.

    Garbage is not collected, since a command is short and needs nearly all that it makes: a morning of 1,000 orders takes
    1.7 s instead of 2.1 s (medians of six, by turns). Nothing below this module depends on it.
    """
    try:
        from processor.cli import ends

        ends.listen()
    except KeyboardInterrupt:  # Ctrl-C before the program could listen
        from processor.cli import ends

        ends.say(ends.BY_HAND)
        os._exit(ends.CODE)
    import gc

    gc.disable()
    code = ends.CODE
    try:
        code = _run()
    except BaseException as error:  # noqa: BLE001 - the last net: what is left to Python ends in a traceback
        ends.say(ends.asked() or (ends.BY_HAND if isinstance(error, KeyboardInterrupt) else ends.FAULT))
    ends.end_work(code)
    _end(code)


def _run() -> int:
    from processor.cli import ends, start

    start.begin_in_utf8()
    try:
        from processor.cli.commands import main as command
    except ImportError as error:
        ends.say(ends.End("package_missing", *start.missing(error)))
        return ends.CODE
    ends.begin_work()
    return command()


def _end(code: int) -> None:
    """Ends at once. Python would take all modules apart first: up to 0.25 s of a morning of 2.1 s (1,000 orders)."""
    import contextlib
    import sys

    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # nobody listens any more
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()

"""All that is printed: results on stdout, for people or as JSON, and remarks on stderr. And the one question."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any, Final

import click

from processor.cli.language import TYPED
from processor.cli.start import wants_json

AS_JSON: Final = wants_json(TYPED)


def json_line(value: dict[str, Any]) -> str:
    """One line; plain ASCII where the terminal could not show Korean."""
    return json.dumps(value, ensure_ascii=sys.stdout.encoding.lower().replace("-", "") != "utf8")


def tell(lines: Iterable[str]) -> None:
    """What has been done. It stays done, even when a closed pipe or a full disk takes no words."""
    try:
        _print(lines)
    except OSError:
        _mute()


def answer(lines: Iterable[str]) -> None:
    """What the command was asked for: where the words find no place it has failed, unless the reader has seen enough."""
    try:
        _print(lines)
    except BrokenPipeError:  # `| head`
        _mute()
        raise click.exceptions.Exit(0) from None


def remark(line: str) -> None:
    """Beside the result: progress and complaints."""
    print(line, file=sys.stderr)


def ask(question: str) -> str:
    """What a person types after the question; "" where nothing comes."""
    print(question, end=" ", file=sys.stderr, flush=True)
    try:
        return sys.stdin.readline().strip()
    except (KeyboardInterrupt, OSError, UnicodeError):
        print(file=sys.stderr)
        return ""


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
    sys.stdout.flush()


def _mute() -> None:
    """What still waits to be printed goes nowhere, so that Python does not stumble over it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

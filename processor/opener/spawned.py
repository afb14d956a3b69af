"""Where the reading process begins. Both sides load this module, so it imports none of the readers itself."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NamedTuple

READY: Final = "ready"


class Ahead(NamedTuple):
    """What the process is to do before the first question: unlock these files with the password that most likely fits."""

    files: tuple[Path, ...] = ()
    password: str = ""


class NotInstalled(NamedTuple):
    """A library of the readers that cannot be loaded."""

    name: str | None
    why: str


def begin(pipe: Connection, ahead: Ahead) -> None:
    try:
        from processor.opener.reader import serve  # noqa: PLC0415 - the program that asks never loads the readers
    except ImportError as error:
        pipe.send(NotInstalled(error.name, str(error)))
        return
    serve(pipe, ahead)

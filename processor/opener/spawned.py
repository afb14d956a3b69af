"""Where the reading process begins: the one thing that both sides load, so it loads nothing by itself."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NamedTuple

READY: Final = "ready"


class Ahead(NamedTuple):
    """What can be done before the first question: the key of these files, by the password that most likely fits."""

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

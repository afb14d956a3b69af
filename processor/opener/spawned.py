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


def begin(pipe: Connection, ahead: Ahead) -> None:
    from processor.opener.clerk import serve  # noqa: PLC0415 - the program that asks never loads the readers

    serve(pipe, ahead)

"""Where the reading process begins: the one thing that both sides load, so it loads nothing by itself."""

from __future__ import annotations

from multiprocessing.connection import Connection
from typing import Final

READY: Final = "ready"


def begin(pipe: Connection) -> None:
    from processor.opener.clerk import serve  # noqa: PLC0415 - the program that asks never loads the readers

    pipe.send(READY)
    serve(pipe)

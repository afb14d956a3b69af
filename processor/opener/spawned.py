"""The entry point of the reading process. The main program imports this module too, so it imports no reader itself."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, NamedTuple

from processor.processes.started import end_with_the_main_program

READY: Final = "ready"


class Ahead(NamedTuple):
    """The head start of the process: locked files, and the most likely password to unlock them with."""

    files: tuple[Path, ...] = ()
    password: str = ""


class NotInstalled(NamedTuple):
    """A library for reading files that cannot be imported."""

    name: str | None
    why: str


def begin(pipe: Connection, ahead: Ahead) -> None:
    end_with_the_main_program()
    try:
        from processor.opener.reader import serve  # noqa: PLC0415 - the main program never loads the readers
    except ImportError as error:
        pipe.send(NotInstalled(error.name, str(error)))
        return
    serve(pipe, ahead)

"""A warm process: it has loaded what its work needs, does one piece of work after another, and is replaced when it dies.

Only values go through the pipe, and only between our own processes.
"""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from processor.processes.started import SPAWN, end_with_the_main_program, signals_held_back

Tell = Callable[[Any], None]
"""Tells the main program how far the work is."""

_HEARD, _DONE = "heard", "done"


class Died(Exception):
    """The process died while it worked, or was ended."""


class Warm:
    """The main program's side: one request at a time. `begin` is called in the process, with a pipe and `arguments`."""

    def __init__(self, name: str, begin: Callable[..., None], *arguments: object) -> None:
        self._what = name, begin, arguments
        self._starting = threading.Lock()
        self._over = False
        self._start()

    @property
    def process_id(self) -> int | None:
        return self._process.pid

    def ask(self, request: object, heard: Tell | None = None) -> Any:  # noqa: ANN401 - what the process answers
        """The answer. Raises Died if the process dies before it has answered; another one stands ready by then."""
        try:
            if not self._process.is_alive():
                self._replace()
            self._pipe.send(request)
            while (message := self._message())[0] == _HEARD:
                if heard is not None:
                    heard(message[1])
            return message[1]
        except (EOFError, OSError):
            self._replace()
            raise Died from None

    def _message(self) -> Any:  # noqa: ANN401 - what the process sends
        """What it sends next. Raises EOFError if it has died; on Windows the pipe alone does not always tell."""
        if self._pipe not in wait([self._pipe, self._process.sentinel]):
            raise EOFError
        return self._pipe.recv()

    def end(self) -> None:
        """Ends the process at once, whatever it does: a run may be killed at any instant (law 7)."""
        with self._starting:
            self._over = True
            self._process.kill()
            self._process.join()

    def _replace(self) -> None:
        with self._starting:
            if self._over:
                raise Died
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._start()

    def _start(self) -> None:
        name, begin, arguments = self._what
        self._pipe, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(target=begin, args=(theirs, *arguments), name=name)
        with signals_held_back():
            self._process.start()
        theirs.close()


def serve(pipe: Connection, load: Callable[[], None], carry_out: Callable[[Any, Tell], object]) -> None:
    """The process's side: carries out requests until the pipe is closed. Ends with the main program.

    load: imports what the work needs; a package that is missing is told by the request that needs it. Garbage is sought
    between two requests only, when nobody waits.
    """
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Windows tells every process of a window; the main program ends this one
    end_with_the_main_program()
    with suppress(ImportError):
        load()
    gc.freeze()
    gc.disable()
    with suppress(EOFError, OSError):
        while True:
            request = pipe.recv()
            pipe.send((_DONE, carry_out(request, lambda how_far: pipe.send((_HEARD, how_far)))))
            gc.collect()

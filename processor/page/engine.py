"""The main program's side of the warm process: starts it, sends it requests, replaces it when it has died."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from processor.app import Desk, Progress
from processor.opener.process import signals_held_back
from processor.page import worker
from processor.page.errors import EngineDied
from processor.page.worker import Answered, Failed, Request

_SPAWN: Final = multiprocessing.get_context("spawn")  # the only start method that all systems have


class Engine:
    """Carries out one request at a time, in whatever threads they come."""

    def __init__(self, desk: Desk, marks: Path | None) -> None:
        self._desk, self._marks = desk, marks
        self._one_at_a_time = threading.Lock()
        self._over = False
        self._start()

    @property
    def busy(self) -> bool:
        """Is a request being carried out?"""
        return self._one_at_a_time.locked()

    @property
    def process_id(self) -> int | None:
        return self._process.pid

    def carry_out(self, request: Request, on_progress: Callable[[Progress], None]) -> Answered | Failed:
        """Waits for its turn and for the answer. If the process dies meanwhile, the request has failed."""
        with self._one_at_a_time:
            try:
                if not (self._over or self._process.is_alive()):
                    self._replace()
                self._pipe.send(request)
                while isinstance(heard := self._pipe.recv(), Progress):
                    on_progress(heard)
                return heard  # type: ignore[no-any-return]  # what the worker sends
            except (EOFError, OSError):
                if not self._over:
                    self._replace()
                return Failed.by(EngineDied(), request.lang)

    def end(self) -> None:
        """Ends the process at once, whatever it does: a run may be killed at any instant (law 7)."""
        self._over = True
        self._process.kill()
        self._process.join()

    def _replace(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()
        self._start()

    def _start(self) -> None:
        self._pipe, theirs = _SPAWN.Pipe()
        arguments = theirs, self._desk.home.absolute(), self._marks
        self._process = _SPAWN.Process(target=worker.begin, args=arguments, name="page")
        with signals_held_back():
            self._process.start()
        theirs.close()

"""The main program's side of the warm process: sends it requests, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from processor.app import Desk, Progress
from processor.app.attempt import Failed
from processor.page import worker
from processor.page.errors import EngineDied
from processor.page.requests.asking import Answered, Request
from processor.processes.warm import Died, Warm


class Engine:
    """Carries out one request at a time, in whatever threads they come."""

    def __init__(self, desk: Desk, marks: Path | None) -> None:
        self._process = Warm("page", worker.begin, desk.home.absolute(), marks)
        self._one_at_a_time = threading.Lock()

    @property
    def busy(self) -> bool:
        """Is a request being carried out?"""
        return self._one_at_a_time.locked()

    @property
    def process_id(self) -> int | None:
        return self._process.process_id

    def carry_out(self, request: Request, on_progress: Callable[[Progress], None]) -> Answered | Failed:
        """Waits for its turn and for the answer. If the process dies meanwhile, the request has failed."""
        with self._one_at_a_time:
            try:
                return self._process.ask(request, on_progress)  # type: ignore[no-any-return]  # what the worker sends
            except Died:
                return Failed.by(EngineDied(), request.lang)

    def end(self) -> None:
        """Ends the process at once, whatever it does."""
        self._process.end()

"""An executor of warm processes. Where `concurrent.futures` gives up all its work when a process dies, this loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Final

from processor.processes.warm import Died, Warm, serve

_LIVES: Final = 3
"""Processes that one piece of work may cost before it is given up; a Dask cluster has the same measure."""


class Pool(Executor):
    """So many warm processes, each with a thread here that waits for it.

    Work whose process dies is done again by a new one; if that happens too often, its future raises Died. A function
    that is submitted must be found by its module's name, and raise nothing: an error ends its process too.
    """

    def __init__(self, processes: int, load: Callable[[], None]) -> None:
        self._processes = [Warm("pool", _begin, load) for _ in range(processes)]
        self._threads = ThreadPoolExecutor(processes, "pool")
        self._idle: SimpleQueue[Warm] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)

    @property
    def process_ids(self) -> list[int | None]:
        return [process.process_id for process in self._processes]

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:  # noqa: ANN401 - as Executor has it
        return self._threads.submit(self._done, work, arguments, named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes: when all work is done, or at once with `cancel_futures`."""
        if cancel_futures:
            self._end()
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._end()

    def __exit__(self, *_error: object) -> None:
        """Whoever leaves early, as by Ctrl-C, waits for no further work."""
        self.shutdown(cancel_futures=True)

    def _done(self, *work: object) -> object:
        process = self._idle.get()
        try:
            for _life in range(_LIVES - 1):
                with suppress(Died):
                    return process.ask(work)
            return process.ask(work)
        finally:
            self._idle.put(process)

    def _end(self) -> None:
        for process in self._processes:
            process.end()


def _begin(pipe: Connection, load: Callable[[], None]) -> None:
    serve(pipe, load, lambda work, _tell: work[0](*work[1], **work[2]))

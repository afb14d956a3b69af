"""What holds for every process that this program starts: it ignores Ctrl-C, and ends with the program that started it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing import resource_tracker
from typing import Final

SPAWN: Final = multiprocessing.get_context("spawn")  # the only start method that all systems have


@contextlib.contextmanager
def signals_held_back() -> Iterator[None]:
    """Child processes started here ignore Ctrl-C and a closed terminal from their first instruction on.

    The parent ends them. SIGTERM is heard, since that is how Python ends what its own exit finds still running.
    Only the signal mask of this thread is changed, so it works in any thread; a signal that comes meanwhile arrives
    afterwards. Windows has no such mask: there this program ignores Ctrl-C meanwhile, which its children inherit.
    """
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - needed there alone

        ignore = ctypes.windll.kernel32.SetConsoleCtrlHandler
        ignore(None, True)
        try:
            yield
        finally:
            ignore(None, False)
        return
    resource_tracker.ensure_running()  # Python's own helper: if it is started later, it lifts the mask
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_the_main_program() -> None:
    """Ends this process when the program that started it is gone, whatever it is doing.

    A killed program ends nothing itself, and a pipe tells of its end only when it is read.
    """
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    if (main := multiprocessing.parent_process()) is not None:
        main.join()
        os._exit(1)

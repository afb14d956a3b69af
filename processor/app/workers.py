"""The workers of this computer, each of which runs one desk after another. Light: the workers load what they need."""

from __future__ import annotations

import os

from processor.processes.pool import Pool


def here(processes: int) -> Pool:
    """So many warm processes, at least one."""
    return Pool(max(processes, 1), _load)


def processors() -> int:
    """How many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _load() -> None:
    from processor.app import one_desk  # noqa: F401, PLC0415 - in the workers

"""Times many desks: `run --every` against one `run` after the other, a cluster against the pool, and ten desks against a thousand.

Beside the time on the clock, in which other programs of a busy machine have their part, stands the processor time of all
processes that were begun, which on two cores that do nothing else is at least twice the other.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from processor import rulebook, samples

from .days import AS_AT_HOME, AS_OF, PASSWORD

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: whoever outlives its parent is ours, so that its processor time is told
_SURROUNDINGS = {
    **AS_AT_HOME,
    "PROCESSOR_PASSWORDS": PASSWORD,
    "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
}


class Spent(NamedTuple):
    clock: float  # seconds
    processor: float  # seconds of all processes


def lines(scratch: Path, turns: int) -> Iterator[tuple[object, ...]]:
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    made = many(scratch / "made", desks=40, orders=200)
    alone, pool, dask = [], [], []
    with cluster(scratch) as address:
        _fresh(made, lambda root: every(root, "--dask", address))  # once, so that everything is loaded
        for _ in range(turns):
            alone.append(_fresh(made, one_after_the_other))
            pool.append(_fresh(made, lambda root: every(root, "--jobs", "2")))
            dask.append(_fresh(made, lambda root: every(root, "--dask", address)))
    clock, processor = (
        {name: median(spent[at] for spent in of) for name, of in (("alone", alone), ("pool", pool), ("dask", dask))}
        for at in range(2)
    )
    yield "40 desks of 200 orders: one run after the other / --jobs 2", clock["alone"] / clock["pool"], "×", "≥ 3"
    yield (
        "the same by processor time: all of the former / half of the latter",
        2 * processor["alone"] / processor["pool"],
    )
    yield "40 desks of 200 orders: two Dask workers / --jobs 2", clock["dask"] / clock["pool"], "×", "≤ 1.5"


def growth(scratch: Path) -> Iterator[tuple[object, ...]]:
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    cost = {}
    for desks in (10, 100, 1_000):
        root = many(scratch / str(desks), desks, orders=20)
        spent = every(root, "--jobs", "2")
        cost[desks] = spent.processor / desks
        yield f"{desks:,} desks of 20 orders: processor time of a desk", cost[desks], "s"
    yield "1,000 desks: cost of a desk / of one of 100", cost[1_000] / cost[100], "×", "≤ 1"


def many(root: Path, desks: int, orders: int) -> Path:
    for number in range(desks):
        inbox = root / f"가게{number:04}" / "inbox"
        inbox.mkdir(parents=True)
        (inbox.parent / "outbox").mkdir()
        (inbox.parent / "rules.yaml").write_text(rulebook.starting_rules(), "utf-8")
        made = samples.orders(orders, seed=number, as_of=AS_OF)
        for screen, write in (("전체주문발주발송관리", samples.write_dispatch), ("취소관리", samples.write_cancel)):
            write(inbox / samples.file_name(screen, AS_OF), made, downloaded_at=AS_OF, password=PASSWORD)
    return root


def one_after_the_other(root: Path) -> Spent:
    return _spent(*(["run", "--home", str(home)] for home in sorted(root.iterdir())))


def every(root: Path, *words: str) -> Spent:
    return _spent(["run", "--every", str(root), *words])


@contextlib.contextmanager
def cluster(scratch: Path) -> Iterator[str]:
    """A scheduler and two workers, with whatever they still load of this program at their first desk."""
    place = scratch / "scheduler.json"
    began = [_dask("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", place)]
    try:
        began.append(
            _dask(
                "dask_worker",
                "--scheduler-file",
                place,
                "--nworkers",
                "2",
                "--nthreads",
                "1",
                "--local-directory",
                scratch,
            )
        )
        from distributed import Client  # noqa: PLC0415 - an extra, and only these lines need it

        with Client(scheduler_file=str(place), set_as_default=False) as client:
            client.wait_for_workers(2)
            address = client.scheduler.address
        yield address
    finally:
        for process in reversed(began):
            process.terminate()
            process.wait()


def _dask(what: str, *words: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{what}", *map(str, words), "--no-dashboard"]
    return subprocess.Popen(command, env=_SURROUNDINGS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _fresh(made: Path, measure: Callable[[Path], Spent]) -> Spent:
    """On a copy of the desks, for a desk that has been run has nothing more to do."""
    root = made.with_name("copy")
    shutil.copytree(made, root)
    try:
        return measure(root)
    finally:
        shutil.rmtree(root)


def _spent(*runs: list[str]) -> Spent:
    before, began = _of_children(), perf_counter()
    for words in runs:
        command = [sys.executable, "-m", "processor", *words, "--as-of", f"{AS_OF:%Y-%m-%dT%H:%M}", "--json"]
        assert subprocess.run(command, env=_SURROUNDINGS, stdout=subprocess.DEVNULL, check=False).returncode <= 1
    seconds = perf_counter() - began
    return Spent(seconds, _of_children() - before)


def _of_children() -> float:
    """Processor time of all processes that have ended, those that outlived their parents included."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    spent = os.times()
    return spent.children_user + spent.children_system

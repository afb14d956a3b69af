"""Times many desks: `run --every` against one `run` after the other, a cluster against the pool, and ten desks against a thousand.

Beside the time on the clock, in which other programs of a busy machine have their part, stands the processor time of all
processes that were begun, which on two cores that do nothing else is at least twice the other.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import subprocess
import sys
import zipfile
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
    told: list[dict[str, object]]  # what was printed

    @property
    def failed(self) -> list[object]:
        return [line["desk"] for line in self.told if line["type"] == "error"]


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


def agency(scratch: Path) -> Iterator[tuple[object, ...]]:
    """Two hundred desks, three of them broken, each otherwise: by the pool, by a cluster, and by the pool once more."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    made = many(scratch / "made", desks=200, orders=50)
    one, two, three = (made / f"가게{number:04}" for number in (20, 90, 160))
    (one / "rules.yaml").write_text("store: [", "utf-8")
    shutil.rmtree(two / "inbox")
    (two / "inbox").mkdir()
    exports(two / "inbox", 50, seed=90, password="another password")
    (three / "outbox").rmdir()
    (three / "outbox").touch()
    root = scratch / "desks"  # the same folder for both: sentences name it
    with cluster(scratch) as address:
        shutil.copytree(made, root)
        every(root, "--dask", address)
        dask = left(root)
    shutil.rmtree(root)
    shutil.copytree(made, root)
    told = every(root, "--jobs", "2")
    pool = left(root)
    again = every(root, "--jobs", "2")
    new = {name for name in left(root) if name not in pool}
    yield "200 desks of 50 orders, three broken: lists", sum("outbox/처리목록_" in name for name in pool), "", "197"
    yield "the same: desks that are named with a reason", len(told.failed), "", "3"
    yield (
        "the same by a cluster: files that differ",
        sum(pool.get(name) != dask.get(name) for name in {*pool, *dask}),
        "",
        "0",
    )
    yield "the same a second time: lists more", sum("처리목록_" in name for name in new), "", "0"
    sums = [{name: run.told[-1][name] for name in ("to_do", "late", "asked", "problems")} for run in (told, again)]
    yield "the same a second time: sums that differ", sum(sums[0][name] != sums[1][name] for name in sums[0]), "", "0"


def many(root: Path, desks: int, orders: int) -> Path:
    for number in range(desks):
        inbox = root / f"가게{number:04}" / "inbox"
        inbox.mkdir(parents=True)
        (inbox.parent / "outbox").mkdir()
        (inbox.parent / "rules.yaml").write_text(rulebook.starting_rules(), "utf-8")
        exports(inbox, orders, number)
    return root


def exports(inbox: Path, orders: int, seed: int, password: str = PASSWORD) -> None:
    made = samples.orders(orders, seed=seed, as_of=AS_OF)
    for screen, write in (("전체주문발주발송관리", samples.write_dispatch), ("취소관리", samples.write_cancel)):
        write(inbox / samples.file_name(screen, AS_OF), made, downloaded_at=AS_OF, password=password)


def left(root: Path) -> dict[str, object]:
    """What lies below a folder, by its path: of workbooks every part but the time of their making."""
    found = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in (".sqlite3", ".json", ".gz"):
            found[path.relative_to(root).as_posix()] = _parts(path) if path.suffix == ".xlsx" else path.read_bytes()
    return found


def _parts(workbook: Path) -> dict[str, bytes] | bytes:
    try:
        with zipfile.ZipFile(workbook) as parts:
            return {name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}
    except zipfile.BadZipFile:  # locked
        return workbook.read_bytes()


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
    before, began, told = _of_children(), perf_counter(), []
    for words in runs:
        command = [sys.executable, "-m", "processor", *words, "--as-of", f"{AS_OF:%Y-%m-%dT%H:%M}", "--json"]
        ended = subprocess.run(command, env=_SURROUNDINGS, stdout=subprocess.PIPE, check=False)
        told += map(json.loads, ended.stdout.splitlines())
    seconds = perf_counter() - began
    return Spent(seconds, _of_children() - before, told)


def _of_children() -> float:
    """Processor time of all processes that have ended, those that outlived their parents included."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    spent = os.times()
    return spent.children_user + spent.children_system

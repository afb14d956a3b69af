"""Starts the scheduler and the workers of a Dask cluster on this computer, as an agency does on several."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Cluster(NamedTuple):
    address: str
    scheduler: subprocess.Popen
    folder: Path

    @contextmanager
    def workers(self, count: int, *words: str, **environment: str) -> Iterator[None]:
        """So many more workers, each with one thread and with a process that begins it anew when it dies."""
        options = ("--nworkers", str(count), "--nthreads", "1", "--local-directory", self.folder, "--memory-limit", "0")
        worker = _begun("dask_worker", self.address, *options, *words, environment=environment, folder=self.folder)
        try:
            yield
        finally:
            worker.terminate()
            worker.wait()


@contextmanager
def scheduler(folder: Path) -> Iterator[Cluster]:
    place = folder / "scheduler.json"
    began = _begun("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", place, folder=folder)
    try:
        while not place.exists() or not place.read_text("utf-8").endswith("}"):
            assert began.poll() is None, (folder / "dask_scheduler.log").read_text("utf-8")
            time.sleep(0.05)
        yield Cluster(json.loads(place.read_text("utf-8"))["address"], began, folder)
    finally:
        began.terminate()
        began.wait()


def _begun(what: str, *words: object, folder: Path, environment: Mapping[str, str] | None = None) -> subprocess.Popen:
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    with (folder / f"{what}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{what}", *map(str, words), "--no-dashboard"],
            env=surroundings,
            cwd=folder,
            stdout=log,
            stderr=log,
        )

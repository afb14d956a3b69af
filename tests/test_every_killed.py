"""A worker may be killed at any instant: its desk is run again by another, and the end is as if nothing had happened.

The suite kills at 3 instants, with THOROUGH (see `trials`) at 20.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from many_desks import AT, a_desk, left
from trials import THOROUGH

from processor import app
from processor.app.workers import here
from processor.processes.pool import Pool

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals"),
]
INSTANTS = 20 if THOROUGH else 3


@pytest.fixture(scope="module")
def workers() -> Iterator[Pool]:
    with here(2) as pool:
        yield pool


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("before") / "가게들"
    for seed in range(3):
        a_desk(root / f"가게{seed}", seed=seed)
    return root


def run(root: Path, workers: Pool, marks: Path):
    return app.run_every(root, AT, workers, lambda _desk: (), marks=marks)


@pytest.fixture(scope="module")
def undisturbed(before, workers, marks, tmp_path_factory) -> tuple[dict, list, float]:
    """What is left, what was told, and how many seconds it takes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    for name in ("first", "가게들"):  # the workers have everything loaded at the second one
        root = shutil.copytree(before, folder / name)
        began = time.perf_counter()
        done = run(root, workers, marks)
        seconds = time.perf_counter() - began
    return left(root), told(done), seconds


def told(done) -> list:
    return [(each.line.name, each.line.figures, each.line.news, each.needs_you) for each in done.ended]


def killed(process: int) -> None:
    with suppress(
        ProcessLookupError
    ):  # it was killed at the end of the trial before, and nobody has asked for it since
        os.kill(process, signal.SIGKILL)


@pytest.mark.parametrize("instant", range(INSTANTS))
def test_a_worker_killed_at_some_instant_changes_nothing(before, undisturbed, workers, marks, tmp_path, instant):
    found, said, seconds = undisturbed
    dice = random.Random(instant)
    victim = workers.process_ids[dice.randrange(2)]
    root = shutil.copytree(before, tmp_path / "가게들")
    kill = threading.Timer(dice.random() * seconds, killed, (victim,))
    kill.start()
    done = run(root, workers, marks)
    kill.join()

    assert not done.failed
    assert told(done) == said
    assert left(root) == found

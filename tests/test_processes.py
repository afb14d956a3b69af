"""Work in warm processes: none is lost when one of them dies, and none is left behind."""

from __future__ import annotations

import os
import signal
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path

import psutil
import pytest

from processor.processes.pool import Pool
from processor.processes.warm import Died

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals"),
]


def nothing() -> None:
    """What these processes load."""


def noted(place: Path, value: int) -> tuple[int, int]:
    """Does its work, and notes who did it."""
    with place.open("a") as lives:
        lives.write(f"{value} {os.getpid()}\n")
    return value, os.getpid()


def dies(place: Path, lives: int) -> int:
    """Kills its own process so many times, and then succeeds."""
    noted(place, lives)
    died = len(place.read_text().splitlines())
    if died <= lives:
        os.kill(os.getpid(), signal.SIGKILL)
    return died


def waits(place: Path) -> None:
    noted(place, 0)
    time.sleep(600)


def test_each_process_does_one_piece_of_work_after_another(tmp_path: Path) -> None:
    with Pool(2, nothing) as pool:
        done = [future.result() for future in [pool.submit(noted, tmp_path / "n", value) for value in range(20)]]

    assert [value for value, _ in done] == [*range(20)]
    assert 1 <= len({process for _, process in done}) <= 2


@pytest.mark.parametrize("lives", [1, 2])
def test_work_whose_process_died_is_done_by_another(tmp_path: Path, lives: int) -> None:
    with Pool(1, nothing) as pool:
        assert pool.submit(dies, tmp_path / "n", lives).result() == lives + 1


def test_work_that_costs_three_processes_is_given_up_and_the_rest_is_done(tmp_path: Path) -> None:
    with Pool(1, nothing) as pool:
        lost, kept = pool.submit(dies, tmp_path / "a", 3), pool.submit(noted, tmp_path / "b", 7)
        with pytest.raises(Died):
            lost.result()
        assert kept.result()[0] == 7
    assert len((tmp_path / "a").read_text().splitlines()) == 3


def test_whoever_leaves_early_ends_what_is_at_work_and_begins_nothing_more(tmp_path: Path) -> None:
    with Pool(1, nothing) as pool:
        at_work, later = pool.submit(waits, tmp_path / "n"), pool.submit(noted, tmp_path / "later", 1)
        while not (tmp_path / "n").exists() or not (tmp_path / "n").read_text():
            time.sleep(0.01)
    process = int((tmp_path / "n").read_text().split()[1])

    with pytest.raises(Died):
        at_work.result()
    with pytest.raises(CancelledError):
        later.result()
    assert not (tmp_path / "later").exists()
    assert not psutil.pid_exists(process)

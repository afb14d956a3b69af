"""The cost of a morning, in counted calls instead of seconds: a change that slows every row fails on any machine."""

from __future__ import annotations

import cProfile
import os
import pstats
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from opened import run

import processor
from processor import samples
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.intake import Passwords, cells
from processor.opener import process

pytestmark = pytest.mark.slow

OURS = str(Path(processor.__file__).parent)
MONDAY = datetime.fromisoformat("2026-11-23T09:00")


class Cost(NamedTuple):
    calls: dict[str, int]  # of our own functions, by `room/file.py:function`
    every: int  # calls of any Python function
    report: object
    asked: list[str]  # questions to the process that opens files

    def of(self, place: str) -> int:
        return sum(count for name, count in self.calls.items() if name.startswith(place))


def cost_of(home: Path, orders: int, book) -> Cost:
    desk = Desk(home)
    desk.inbox.mkdir(parents=True)
    desk.outbox.mkdir()
    made = samples.orders(orders, seed=5, as_of=MONDAY)
    samples.write_dispatch(desk.inbox / "발주발송관리_20261123_0855.xlsx", made, downloaded_at=MONDAY)
    samples.write_cancel(desk.inbox / "취소관리_20261123_0856.xlsx", made, downloaded_at=MONDAY)
    for path in desk.inbox.iterdir():
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    asked: list[str] = []
    profile = cProfile.Profile()
    with pytest.MonkeyPatch.context() as patch:
        ask = process.Opener._ask
        patch.setattr(
            process.Opener,
            "_ask",
            lambda self, question, *more: (asked.append(question), ask(self, question, *more))[1],
        )
        profile.enable()
        done = run(desk, book, RunOptions(MONDAY, Passwords()))
        profile.disable()
    assert isinstance(done, Done)
    return Cost(dict(_ours(profile)), sum(_every(profile)), done.report, asked)


def _counted(profile: cProfile.Profile) -> dict[tuple[str, int, str], tuple[Any, ...]]:
    """(file, line, function) → (calls but for recursive ones, all calls, …)."""
    return pstats.Stats(profile).stats  # type: ignore[attr-defined]  # typeshed does not know it


def _ours(profile: cProfile.Profile) -> Iterator[tuple[str, int]]:
    for (file, _, function), (_, count, *_) in _counted(profile).items():
        if file.startswith(OURS):
            yield f"{Path(file).relative_to(OURS).as_posix()}:{function}", count


def _every(profile: cProfile.Profile) -> Iterator[int]:
    return (count for (file, *_), (_, count, *_) in _counted(profile).items() if file != "~")


@pytest.fixture(scope="module")
def small(tmp_path_factory, book) -> Cost:
    cost_of(tmp_path_factory.mktemp("warm") / "desk", 50, book)  # what is worked out only once
    return cost_of(tmp_path_factory.mktemp("small") / "desk", 1_000, book)


@pytest.fixture(scope="module")
def large(tmp_path_factory, book, small) -> Cost:
    return cost_of(tmp_path_factory.mktemp("large") / "desk", 3_000, book)


def test_situations_stay_few(small, large):
    assert len(large.report.verdicts) < len(small.report.verdicts) * 2
    assert len(large.report.verdicts) < 3_000 / 5


def test_each_file_is_opened_once_and_each_sheet_read_once(small):
    assert [small.asked.count(question) for question in ("take", "open", "head", "columns", "rows", "data")] == [
        2,
        2,
        2,
        2,
        0,
        0,
    ]


def test_a_cell_that_stands_there_often_is_read_once(large):
    parsed = sum(
        large.of(f"intake/cells.py:{parse.__name__}") for parse in (cells.moment, cells.won, cells.product_order_no)
    )
    rows = sum(sheet.read for sheet in large.report.account)
    assert rows > 2_000
    assert parsed < rows * 4, "dates and numbers of 15 columns, most of which repeat"
    assert large.of("intake/cells.py:label") < rows / 20


def test_a_further_row_costs_few_calls(small, large):
    """Of three times the rows, next to what a run costs whatever it reads: a new pandas moves both sides of the ratio."""
    more = {name: count - small.calls.get(name, 0) for name, count in large.calls.items()}
    dearest = sorted(((count, name) for name, count in more.items()), reverse=True)[:8]
    assert sum(large.calls.values()) < sum(small.calls.values()) * 2, dearest
    assert large.every < small.every * 1.55, dearest  # more than 1.45 since a run of few orders takes fewer calls

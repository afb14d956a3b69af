"""A run may be killed before any step or at any instant: the next run ends with the same result as an undisturbed one.

The suite kills each morning before some different steps of each of its stages, and at some instants. With THOROUGH (see `trials`) it
kills it before all of its steps, and at twenty times as many instants.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import repeat
from pathlib import Path

import crashing
import openpyxl
import pytest
from crashing import Scene
from opened import run
from trials import THOROUGH, some

from processor import samples
from processor.app.desk import Desk
from processor.app.outcomes import Done

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="every run that is killed is a fork"),
]

MONDAY, TUESDAY, *_ = samples.mornings(datetime.fromisoformat("2026-11-23T09:00"))
STORIES = {"1 승인하고 끝남", "5 통째로 사라짐", "6 출고 모름에 답함", "10 늦음", "17 한 주 내내 수거 중"}
ASKED = next(order.product_order_no for story, order in MONDAY.lines if story == "6 출고 모름에 답함")
WORKBOOK = f"처리목록_{MONDAY.as_of:%Y%m%d_%H%M%S}.xlsx"
THEN, NOW = f"{MONDAY.as_of:%Y%m%d_%H%M%S}", f"{TUESDAY.as_of:%Y%m%d_%H%M%S}"
AN_HOUR = timedelta(hours=1)
INSTANTS = 80 if THOROUGH else 4
EACH = 1 if THOROUGH else 5
"""Runs that are killed again and again get on by so many steps each time."""
PROCESSES = min(os.cpu_count() or 1, 4) if THOROUGH else 1
"""A desk that two kills leave equal is run once more by one of them only, if they are of one process."""

Steps = list[str]


@pytest.fixture(scope="module")
def new_desk(tmp_path_factory) -> Path:
    desk = tmp_path_factory.mktemp("first") / "before"
    _download(MONDAY, desk)
    return desk


@pytest.fixture(scope="module")
def pool(new_desk) -> Iterator[ProcessPoolExecutor]:
    """Processes that have everything loaded, and fork."""
    with ProcessPoolExecutor(
        PROCESSES,
        multiprocessing.get_context("spawn"),
        crashing.warm_up,
        (new_desk, MONDAY.as_of),
    ) as pool:
        yield pool


@pytest.fixture(scope="module")
def first(pool, new_desk) -> tuple[Scene, Steps]:
    """The first morning of all, without a ledger."""
    return _played(pool, Scene(new_desk, new_desk.with_name("after"), MONDAY.as_of))


@pytest.fixture(scope="module")
def second(pool, first, tmp_path_factory) -> tuple[Scene, Steps]:
    """The next morning: yesterday's workbook comes back with an answer, one file again, one that nobody can read, and one with
    a row to correct.
    """
    folder = tmp_path_factory.mktemp("second")
    desk = shutil.copytree(first[0].after, folder / "before")
    _download(TUESDAY, desk)
    _answer(desk, "미포장")
    shutil.copy(next(desk.glob("inbox/done/*/*취소관리*")), desk / "inbox")
    (desk / "inbox/깨짐.xlsx").write_bytes(b"broken" * 100)
    (desk / "inbox/답변_20261124_0800.csv").write_text("상품주문번호,출고상태\n2.02E+15,포장\n", "utf-8")
    _age(desk)
    return _played(pool, Scene(desk, folder / "after", TUESDAY.as_of))


@pytest.fixture(scope="module")
def half_done(pool, second, tmp_path_factory) -> tuple[Scene, Steps]:
    """The next morning, killed when its workbook stands, and nothing else of it."""
    scene, steps = second
    return _begun(pool, scene, steps, "link by outbox", tmp_path_factory.mktemp("half_done"))


@pytest.fixture(scope="module")
def half_noted(pool, second, tmp_path_factory) -> tuple[Scene, Steps]:
    """The next morning, of which only note is taken, killed when that is written down, and nothing else done."""
    noted = second[0]._replace(after=tmp_path_factory.mktemp("noted") / "after", catch_up=True)
    scene, steps = _played(pool, noted)
    return _begun(pool, scene, steps, "replace by app/plan", tmp_path_factory.mktemp("half_noted"))


def _download(morning: samples.Morning, desk: Path) -> None:
    few = replace(morning, lines=tuple(line for line in morning.lines if line[0] in STORIES))
    samples.write_morning(desk / "inbox", few)
    (desk / "temp").mkdir(exist_ok=True)  # the runs' folder for temporary files
    _age(desk)


def _answer(desk: Path, answer: str) -> None:
    """What the seller does in Excel: one yellow cell of Monday's workbook, which then lies in the inbox."""
    book = openpyxl.load_workbook(desk / "outbox" / WORKBOOK)
    rows = list(book["확인필요"].iter_rows())
    header = next([cell.value for cell in row] for row in rows if "출고상태" in [cell.value for cell in row])
    row = next(row for row in rows if row[header.index("상품주문번호")].value == ASKED)
    row[header.index("출고상태")].value = answer
    book.save(desk / "inbox" / WORKBOOK)
    _age(desk)


def _age(desk: Path) -> None:
    """Files that have been lying there for a while, so that nobody waits whether they still grow."""
    for path in (desk / "inbox").iterdir():
        os.utime(path, (path.stat().st_mtime - AN_HOUR.seconds,) * 2)


def _played(pool: ProcessPoolExecutor, scene: Scene) -> tuple[Scene, Steps]:
    steps = pool.submit(crashing.undisturbed, scene).result()
    return scene, steps


def _begun(pool: ProcessPoolExecutor, scene: Scene, steps: Steps, last: str, folder: Path) -> tuple[Scene, Steps]:
    """What is left to do after that step, to the same end."""
    pool.submit(crashing.stopped_before, scene, _first(steps, last) + 1, folder / "before").result()
    rest = scene._replace(before=folder / "before", after=folder / "after")
    return rest._replace(after=scene.after), _played(pool, rest)[1]


def _first(steps: Steps, beginning: str) -> int:
    """The number of a step; the first has 1."""
    return next(number for number, step in enumerate(steps, start=1) if step.startswith(beginning))


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_morning_that_nobody_disturbs_has_something_of_everything(second):
    downloads = [
        f"스마트스토어_{name}" for name in ("전체주문발주발송관리_{}_0855", "취소관리_{}_0856", "반품관리_{}_0857")
    ]
    done = {run: [f"{name.format(run[:8])}.xlsx" for name in downloads] for run in (THEN, NOW)}

    assert _files(second[0].after) == sorted(
        [
            *(f"inbox/done/{run}/{name}" for run in (THEN, NOW) for name in done[run]),
            f"inbox/done/{NOW}/{done[THEN][1]}",
            f"inbox/done/{NOW}/{WORKBOOK}",
            f"inbox/done/{NOW}/답변_20261124_0800.csv",
            f"inbox/failed/{NOW}/깨짐.xlsx",
            f"inbox/failed/{NOW}/깨짐.xlsx.txt",
            *(f"outbox/.history/{run}.json.gz" for run in (THEN, NOW)),
            f"outbox/.history/rules/{crashing.BOOK.sha256}.yaml.gz",
            "outbox/ledger.sqlite3",
            "outbox/수정필요_답변_20261124_0800.xlsx",
            *(f"outbox/처리목록_{run}.{kind}" for run in (THEN, NOW) for kind in ("xlsx", "json")),
        ]
    )


# ── killed ──


def test_a_run_killed_before_any_of_its_steps_is_made_good_by_the_next(pool, second):
    scene, steps = second
    assert len(steps) >= 30, steps

    _survives_before(pool, scene, _telling(steps))


def test_the_first_run_of_all_killed_while_it_makes_a_ledger_is_made_good_by_the_next(pool, first, second):
    scene, steps = first
    only_then = [number for number, step in enumerate(steps, start=1) if step not in second[1]]
    assert len(only_then) > 5, steps

    _survives_before(pool, scene, some(only_then, 4))


def test_a_run_killed_while_it_finishes_another_is_made_good_by_the_next(pool, half_done):
    scene, steps = half_done
    assert len(steps) >= 30, steps

    _survives_before(pool, scene, some(range(1, len(steps) + 2), 5))


def test_a_run_killed_while_it_finishes_taking_note_is_made_good_by_the_next(pool, half_noted):
    scene, steps = half_noted
    assert len(steps) >= 30, steps

    _survives_before(pool, scene, some(range(1, len(steps) + 2), 5))


def test_runs_killed_again_and_again_come_to_the_same_end(pool, half_done):
    trial = pool.submit(crashing.killed_again_and_again, half_done[0], EACH).result()

    assert trial.faults == []
    assert trial.kills >= 20 / EACH


def test_a_run_killed_at_any_instant_is_made_good_by_the_next(pool, second):
    _survives_after(pool, second[0], _instants(pool, second[0], INSTANTS))


def test_a_run_killed_at_any_instant_while_it_finishes_another_is_made_good_by_the_next(pool, half_done):
    _survives_after(pool, half_done[0], _instants(pool, half_done[0], INSTANTS // 2))


def _telling(steps: Steps) -> list[int]:
    """The first time of each step, and the end: equal lines do equal work. Of those before the plan is written, before the
    workbook has its name, and after that, some each. With THOROUGH all steps.
    """
    if THOROUGH:
        return [*range(1, len(steps) + 2)]
    first = sorted({step: number for number, step in reversed([*enumerate(steps, start=1)])}.values())
    plan, named = _first(steps, "BufferedWriter.write by app/plan"), _first(steps, "link by outbox")
    early = [number for number in first if number < plan]
    writing = [number for number in first if plan <= number < named]
    late = [number for number in first if number >= named]
    return [*some(early, 3), *some(writing, 4), *some(late, 8), len(steps) + 1]


def _survives_before(pool, scene, steps) -> None:
    _are_whole(pool.submit(crashing.killed_before, scene, steps).result(), len(steps))


def _survives_after(pool, scene, moments) -> None:
    _are_whole([*pool.map(crashing.killed_after, repeat(scene), moments)], len(moments))


def _are_whole(trials, number) -> None:
    """Each trial is of one run that was really killed, and of a desk that the next run made as it should be."""
    assert [f"killed {trial.when} → {fault}" for trial in trials for fault in trial.faults] == []
    assert [trial.kills for trial in trials] == [1] * number


def _instants(pool, scene, count) -> list[float]:
    """Spread over the time that a run takes."""
    dice, whole = random.Random(1), pool.submit(crashing.seconds, scene).result()
    return [dice.uniform(0, whole) for _ in range(count)]


# ── what happens between the two runs ──


def test_a_file_that_comes_under_the_name_of_one_that_was_read_is_read_too(half_done, book, tmp_path):
    desk = Desk(shutil.copytree(half_done[0].before, tmp_path / "desk"))
    _answer(desk.home, "포장")  # the seller has changed his mind, and drops the workbook in once more
    newer = (desk.inbox / WORKBOOK).read_bytes()

    done = run(desk, book, replace(half_done[0].options, as_of=TUESDAY.as_of + AN_HOUR))

    assert isinstance(done, Done)
    assert [(given.product_order_no, given.value) for given in done.report.answers] == [(ASKED, "포장")]
    assert [path.read_bytes() for path in desk.inbox.glob(f"done/{NOW[:8]}_100000/*")] == [newer]
    assert _files(desk.inbox / "done" / NOW) == [
        name for name in _files(half_done[0].after / "inbox/done" / NOW) if name != WORKBOOK
    ]

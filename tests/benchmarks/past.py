"""Times what is asked of the past: trying other rules on a month of runs, against one run from files."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from processor.app import morning
from processor.intake import ReadingProcess

from .days import AS_AT_HOME, a_desk, seconds_of
from .month import a_month

RUNS, ORDERS = 30, 1_000


def lines(scratch: Path, turns: int) -> Iterator[tuple[object, ...]]:
    with ReadingProcess() as process:
        month = a_month(
            scratch / "month",
            lambda desk, book, options: morning.run(desk, book, options, process),
            days=RUNS,
            orders=ORDERS,
        )
    briefs = [*month.desk.history.glob("*.json.gz")]
    decided = sum(len(done.report.rows) for done in month.done.values())
    impact, run = [], []
    for turn in range(turns):
        impact.append(_seconds("impact", "--home", str(month.desk.home), "--json"))
        run.append(seconds_of(a_desk(scratch / f"one run {turn}", orders=ORDERS)))
    yield f"impact over {RUNS} runs of {ORDERS:,} orders / one run from files", median(impact) / median(run), "×", "≤ 5"
    yield "a brief, for each order decided", sum(path.stat().st_size for path in briefs) / decided, "bytes"


def _seconds(*words: str) -> float:
    began = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "processor", *words], env=AS_AT_HOME, stdout=subprocess.DEVNULL, check=False
    )  # it ends with 1 where an order flips
    return perf_counter() - began

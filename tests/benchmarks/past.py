"""Times what is asked of the past: trying other rules on a month of runs, against one run from files; and a year's history."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from processor.app import Desk, morning, proofs
from processor.app.past_runs import PastRuns
from processor.intake import ReadingProcess
from processor.model import Col

from .days import AS_AT_HOME, a_desk, seconds_of
from .month import Month, a_month

RUNS, ORDERS = 30, 1_000
OF_A_YEAR, ORDERS_OF_A_DAY = 250, 200


def lines(scratch: Path, turns: int) -> Iterator[tuple[object, ...]]:
    month = _made(scratch / "month", RUNS, ORDERS)
    other = scratch / "other rules.yaml"
    text = month.desk.rules.read_text("utf-8").replace("no_invoice_means: 미포장", "no_invoice_means: 모름", 1)
    other.write_text(text, "utf-8")
    own, tried, run = [], [], []
    for turn in range(turns):
        own.append(_seconds(month.desk, "impact"))
        tried.append(_seconds(month.desk, "impact", "--rules", str(other)))
        run.append(seconds_of(a_desk(scratch / f"one run {turn}", orders=ORDERS)))
    what = f"of {RUNS} runs of {ORDERS:,} orders / one run from files"
    yield f"impact of the desk's rules {what}", median(own) / median(run), "×", "≤ 5"
    yield f"impact of other rules {what}", median(tried) / median(run), "×", "≤ 5"
    for name in (1, RUNS // 2, RUNS - 1):
        size, orders = _size(month.desk, sorted(month.done)[name])
        yield f"the brief of day {name + 1}, for each order of its evidence", size / orders, "bytes", "≤ 60"


def year(scratch: Path) -> Iterator[tuple[object, ...]]:
    made = _made(scratch / "year", OF_A_YEAR, ORDERS_OF_A_DAY)
    names = sorted(made.done)
    sizes = [_size(made.desk, name)[0] for name in names]
    what = f"{OF_A_YEAR} runs of {ORDERS_OF_A_DAY} orders"
    yield f"{what}: all briefs", sum(sizes) / 2**20, "MiB"
    for name in (1, OF_A_YEAR // 2, OF_A_YEAR - 1):
        yield f"{what}: the brief of day {name + 1}", sizes[name] / 2**10, "KiB"
    last = made.done[names[-30]].report.as_of.date()
    yield f"{what}: replay of the newest", _seconds(made.desk, "replay", names[-1]), "s"
    yield f"{what}: impact of the last 30", _seconds(made.desk, "impact", "--since", f"{last}"), "s"


def _made(home: Path, days: int, orders: int) -> Month:
    with ReadingProcess() as process:
        made = a_month(
            home, lambda desk, book, options: morning.run(desk, book, options, process), days=days, orders=orders
        )
    for book in made.rules.values():  # as `processor run` leaves it
        proofs.remember(_cache(made.desk) / "smartstore-claim-desk", book.sha256)
    return made


def _size(desk: Desk, run: str) -> tuple[int, int]:
    """Bytes of the brief of a run, and the number of orders of its evidence."""
    batch = PastRuns(desk).brief(run).batch
    tables = [table for table in (batch.claims, batch.earlier) if table is not None]
    orders = {number for table in tables for number in table[Col.PRODUCT_ORDER_NO]}
    return (desk.history / f"{run}.json.gz").stat().st_size, len(orders)


def _seconds(desk: Desk, command: str, *words: str) -> float:
    began = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "processor", command, *words, "--home", str(desk.home), "--json"],
        env={**AS_AT_HOME, "XDG_CACHE_HOME": str(_cache(desk))},
        stdout=subprocess.DEVNULL,
        check=False,  # it ends with 1 where an order flips
    )
    return perf_counter() - began


def _cache(desk: Desk) -> Path:
    """The folder of the user's for what may be lost."""
    return desk.home.with_name(f"{desk.home.name} cache")

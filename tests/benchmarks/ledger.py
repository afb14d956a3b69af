"""How a year of memory slows a morning: `python -m tests.benchmarks.ledger [--days 365] [--turns 3] [--json] [--profile]`.

A desk gets 1,000 orders a day. Its days are run one after the other as `run` does, but without files and workbooks:
every day is a copy of the last one with earlier dates. Then the last morning is run from its files, by turns on a desk
with all these days in its ledger and on a new one. Machines differ, so the result is the ratio of the two times.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import hashlib
import json
import os
import pstats
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from processor import intake, judge, ledger, rulebook, samples
from processor.app.desk import Desk
from processor.app.morning import RunOptions, remembered, run
from processor.app.think import think
from processor.intake import Gathered, Passwords
from processor.intake.finding import find
from processor.model import Col
from processor.model.tables import READ
from processor.rulebook import Rulebook
from processor.samples.order import Claim, Order

from .__main__ import Line, table

MORNING = datetime.fromisoformat("2026-11-23T09:00")
A_DAY = timedelta(days=1)
ORDERS = 1_000
LINGERING, WEEKS = 33, 28  # one buyer in so many waits for so many days
ASKING = 20  # one buyer in so many wants to cancel on the second day
LISTED = 7  # days for which 취소관리 shows a cancel that is done
"""How orders come and go: the others are sent after one to three days."""
STAGES = ("gather", "think", "write")
NUMBERS = (Col.PRODUCT_ORDER_NO, Col.ORDER_NO, Col.BUNDLE_NO)


# ── a day ────────────────────────────────────────────────────────────────────────────────────────


def on_the_lists() -> Iterator[Order]:
    """The last day's orders of every age: those of a day are the same goods each day, by other numbers."""
    for order in samples.orders(ORDERS, seed=7, as_of=MORNING):
        for age in range(_stays(order)):
            yield _aged(order, age)


def _stays(order: Order) -> int:
    """How many mornings a list shows it."""
    if order.buyer % LINGERING == 0:
        return WEEKS
    return 2 + LISTED if order.buyer % ASKING == 0 else 1 + order.buyer % 3


def _aged(order: Order, age: int) -> Order:
    ordered = (MORNING - (age + 1) * A_DAY).replace(hour=10) + timedelta(minutes=order.buyer % 600)
    day = f"{ordered:%Y%m%d}"
    asking = order.buyer % ASKING == 0 and order.buyer % LINGERING
    claim = None
    if asking and age:
        asked = (ordered + A_DAY).replace(hour=8)
        claim = Claim("cancel", "취소요청", "구매의사취소", asked)
        if age > 1:
            claim = replace(claim, status="취소완료", finished_at=asked + timedelta(hours=3))
    return replace(
        order,
        product_order_no=day + order.product_order_no[8:],
        order_no=day + order.order_no[8:],
        bundle_no=day + order.bundle_no[8:],
        status="발송대기" if age else "결제완료",
        substatus="발송지연" if age > 3 else "발주확인" if age else "신규주문",
        ordered_at=ordered,
        paid_at=ordered,
        confirmed_at=ordered + timedelta(hours=12) if age else None,
        due_at=ordered + timedelta(days=WEEKS + 3 if order.buyer % LINGERING == 0 else 4),
        hoped_at=None,
        invoice_printed_at=None,
        dispatched_at=None,
        delivered_at=None,
        decided_at=None,
        courier="",
        tracking_no="",
        claim=claim,
    )


def exports(folder: Path) -> None:
    orders = list(on_the_lists())
    samples.write_dispatch(folder / f"발주발송관리_{MORNING:%Y%m%d}_0855.xlsx", orders, downloaded_at=MORNING)
    samples.write_cancel(folder / f"취소관리_{MORNING:%Y%m%d}_0856.xlsx", orders, downloaded_at=MORNING)
    for path in folder.iterdir():  # an hour old, so that nobody waits whether they still grow
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)


# ── the year ─────────────────────────────────────────────────────────────────────────────────────


def year(path: Path, last: Gathered, days: int, book: Rulebook, say: Callable[[str], None]) -> None:
    """Every day up to the one before the last, by the ordinary way from rows to the ledger."""
    workdays = judge.Workdays(book.calendar)
    began = perf_counter()
    with ledger.opened(path, writing=True) as memory:
        for back in range(days, 0, -1):
            as_of = MORNING - back * A_DAY
            batch, past = remembered(moved_back(last, back), memory, as_of)
            report = think(batch, book, as_of, workdays, past)
            memory.record(ledger.entry(report, book.sha256, f"{as_of:%Y%m%d_%H%M%S}", "benchmark"))
            if (days - back + 1) % 30 == 0:
                say(f"{days - back + 1} days in {perf_counter() - began:.0f} s")


def moved_back(last: Gathered, days: int) -> Gathered:
    """What that day's files say: the same, so many days earlier, of orders with other numbers."""
    rows = last.rows.copy()
    for role, dtype in READ.items():
        if dtype.startswith("datetime"):
            rows[role] = rows[role] - days * A_DAY
    for role in NUMBERS:
        begins = {day: _day_before(day, days) for day in rows[role].str[:8].dropna().unique()}
        rows[role] = rows[role].str[:8].map(begins) + rows[role].str[8:]
    moved = {file.sha256: hashlib.sha256(f"{file.sha256} {days}".encode()).hexdigest() for file in last.contents}
    names = {
        file.name: file.name.replace(f"{MORNING:%Y%m%d}", f"{MORNING - days * A_DAY:%Y%m%d}") for file in last.contents
    }

    def before(item):
        name = "name" if hasattr(item, "path") else "file"
        return replace(
            item,
            **{name: names[getattr(item, name)]},
            sha256=moved[item.sha256],
            taken_at=item.taken_at - days * A_DAY,
        )

    return replace(
        last,
        rows=rows,
        files=tuple(map(before, last.files)),
        contents=[*map(before, last.contents)],
        sheets=[*map(before, last.sheets)],
    )


def _day_before(day: str, days: int) -> str:
    return f"{pd.Timestamp(day) - days * A_DAY:%Y%m%d}"


# ── the last morning ─────────────────────────────────────────────────────────────────────────────


def desk_with(home: Path, inputs: Path, past: Path | None) -> Desk:
    desk = Desk(home)
    shutil.copytree(inputs, desk.inbox)
    desk.outbox.mkdir()
    shutil.copy(rulebook.default_rules(), desk.rules)
    if past is not None:
        shutil.copy(past, desk.ledger)
    return desk


def morning(desk: Desk, book: Rulebook, process: intake.ReadingProcess) -> dict[str, float]:
    """Seconds from the inbox to the workbook, and of each stage; what is left over is putting down."""
    gc.collect()
    began = perf_counter()
    done = run(desk, book, RunOptions(MORNING, Passwords()), process)
    took = {"all": perf_counter() - began}
    told = json.loads(done.workbook.with_suffix(".json").read_text("utf-8"))
    return took | {stage: told["timings"][stage] for stage in STAGES}


def size(path: Path) -> Iterator[tuple[str, float, str]]:
    with closing(sqlite3.connect(path)) as base:

        def count(what: str) -> int:
            return base.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0]

        for what in ("runs", "orders", "orders WHERE open", "sheets", "evidence", "answers", "points"):
            yield f"ledger: {what}", count(what), ""
    yield "ledger", path.stat().st_size / 2**20, "MiB"


def lines(
    days: int,
    turns: int,
    scratch: Path,
    say: Callable[[str], None],
    process: intake.ReadingProcess,
    *,
    profile: bool,
) -> Iterator[tuple]:
    book = rulebook.read(rulebook.default_rules(), judge.WORDS)
    inputs, kept = scratch / "inputs", scratch / "year.sqlite3"
    inputs.mkdir()
    exports(inputs)
    last = intake.gather(find(inputs), book.exports, book.reasons, intake.Opening(process, Passwords()))
    assert not last.problems, last.problems
    year(kept, last, days, book, say)
    yield "days before the morning", days, ""
    yield "rows in its files", len(last.rows), ""
    yield from size(kept)
    if profile:
        with cProfile.Profile() as watched:
            morning(desk_with(scratch / "profile", inputs, kept), book, process)
        pstats.Stats(watched).sort_stats("cumulative").print_stats(60)
    seconds: dict[str, list[dict[str, float]]] = {"fresh": [], "old": []}
    for turn in range(turns + 1):
        for name, past in (("fresh", None), ("old", kept)):
            desk = desk_with(scratch / f"{name} {turn}", inputs, past)
            took = morning(desk, book, process)
            if turn:  # the first one warms everything up
                seconds[name].append(took)
            shutil.rmtree(desk.home)
    for stage in ("all", *STAGES):
        fresh, old = (median(each[stage] for each in seconds[name]) for name in ("fresh", "old"))
        named = "a morning" if stage == "all" else f"  of that, {stage}"
        yield f"{named} on a fresh desk", fresh, "s"
        yield f"{named} with the days behind it", old, "s"
        yield f"{named}: with them / without", old / fresh, "×", "≤ 1.5" if stage == "all" else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--turns", type=int, default=3, help="how often each desk runs its morning")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--profile", action="store_true", help="also where the time of such a morning goes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, intake.ReadingProcess() as process:
        told = lines(
            asked.days,
            asked.turns,
            Path(scratch),
            lambda said: print(said, file=sys.stderr, flush=True),
            process,
            profile=asked.profile,
        )
        measured = (Line(*line) for line in told)
        if asked.json:
            print(json.dumps([line._asdict() for line in measured], ensure_ascii=False, indent=1))
        else:
            for line in table(measured):
                print(line, flush=True)


if __name__ == "__main__":
    main()

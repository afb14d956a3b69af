"""What a year of memory costs a morning: `python -m tests.benchmarks.ledger`.

A ledger of a year of 1,000 orders a day is made, and the same morning is run on a desk with that year behind it and on a
fresh one, by turns. Machines differ; the ratio counts.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter

from processor import judge, ledger, rulebook, samples
from processor.desk import Desk
from processor.intake import Passwords
from processor.ledger.entry import ORDERS as COLUMNS
from processor.model import Kept
from processor.rulebook import Rulebook
from processor.run import Errand, run

MORNING = datetime.fromisoformat("2026-11-23T09:00")
A_DAY = timedelta(days=1)
DAYS, ORDERS, FILES = 365, 1_000, 5
LINGERING = 33  # one order in so many stays open, as a return on its way does, until the 90 days are over
NUMBER, ORDER_NO, BUNDLE_NO, ACT_BY, SEEN_AT, PAID_ON = (
    COLUMNS.index(name)
    for name in ("product_order_no", Kept.ORDER_NO, Kept.BUNDLE_NO, Kept.ACT_BY, Kept.SEEN_AT, Kept.PAID_ON)
)
"""Where these stand in an order of an entry."""
SHA256, KIND, TAKEN_AT = 0, 3, 4
"""Where these stand in a sheet of an entry."""


def exports(folder: Path) -> None:
    """The two files of the morning, of about 1,000 orders."""
    orders = samples.orders(ORDERS, seed=7, as_of=MORNING)
    samples.write_dispatch(folder / "발주발송관리_20261123_0855.xlsx", orders, downloaded_at=MORNING)
    samples.write_cancel(folder / "취소관리_20261123_0856.xlsx", orders, downloaded_at=MORNING)
    for path in folder.iterdir():  # an hour old, so that nobody waits whether they still grow
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)


def desk_with(home: Path, inputs: Path, year: Path | None) -> Desk:
    desk = Desk(home)
    shutil.copytree(inputs, desk.inbox)
    desk.outbox.mkdir()
    shutil.copy(rulebook.default_rules(), desk.rules)
    if year is not None:
        shutil.copy(year, desk.ledger)
    return desk


def morning(desk: Desk, book: Rulebook) -> float:
    """Seconds from the inbox to the workbook."""
    gc.collect()
    began = perf_counter()
    run(desk, book, Errand(MORNING, Passwords()))
    return perf_counter() - began


# ── the year ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Pattern:
    """What one morning enters, to be said again of every day of the year."""

    orders: list[list]
    points: list[list]
    sheets: list[list]
    rows: dict[str, list[list]]  # what was read of each order


def pattern(scratch: Path, inputs: Path, book: Rulebook) -> Pattern:
    report = run(desk_with(scratch / "pattern", inputs, None), book, Errand(MORNING, Passwords())).report
    entered = ledger.entry(report, book.sha256, "pattern")
    rows: dict[str, list[list]] = {}
    for row in entered.rows:
        rows.setdefault(row[0], []).append(row)
    return Pattern(list(islice(cycle(entered.orders), ORDERS)), entered.points, entered.sheets, rows)


def year(path: Path, told: Pattern, book: Rulebook) -> None:
    """Each order is listed on two mornings; of those that left the lists a few stay open. Yesterday has today's orders."""
    before: list[list] = []
    with ledger.opened(path, writing=True) as memory:
        for day in range(DAYS):
            as_of = MORNING - (DAYS - day) * A_DAY
            last = day == DAYS - 1
            new = list(_told_of(told, as_of, last))
            memory.record(
                ledger.Entry(
                    name=f"{as_of:%Y%m%d_%H%M%S}",
                    as_of=as_of.isoformat(),
                    rules=book.sha256,
                    version="0",
                    files=[
                        [hashlib.sha256(f"{day} {file}".encode()).hexdigest(), f"파일{file}_{as_of:%Y%m%d}_0855.xlsx"]
                        for file in range(FILES)
                    ],
                    orders=[*new, *_seen_again(before, as_of)],
                    answers=[[order[NUMBER], "handover", "포장", 0, 0, as_of.isoformat()] for order in new[::50]],
                    points=[
                        [new[at % ORDERS][NUMBER], event, f"{as_of + A_DAY:%Y-%m-%d}", *more]
                        for at, (_, event, _, *more) in enumerate(told.points[:20])
                    ],
                    gone=[order[NUMBER] for at, order in enumerate(before) if at % LINGERING],
                    sheets=_sheets(told, as_of),
                    rows=[*_rows_of(told, new), *_rows_of(told, before, again=True)],
                )
            )
            before = new


def _told_of(told: Pattern, as_of: datetime, last: bool) -> Iterator[list]:
    seen_at = (as_of - timedelta(minutes=5)).isoformat()
    for tail, order in enumerate(told.orders):
        mine = list(order)
        mine[SEEN_AT] = seen_at
        mine[PAID_ON] = f"{as_of - A_DAY:%Y-%m-%d}"
        if order[ACT_BY]:
            mine[ACT_BY] = f"{as_of + 2 * A_DAY:%Y-%m-%d}"
        if not last:
            mine[NUMBER] = f"{as_of:%Y%m%d}{tail:08}"
            mine[ORDER_NO] = f"{as_of:%Y%m%d}{10_000 + tail // 2:08}"
            mine[BUNDLE_NO] = f"{as_of:%Y%m%d}{20_000 + tail // 2:08}"
        yield mine


def _seen_again(before: list[list], as_of: datetime) -> Iterator[list]:
    """Yesterday's orders as they are today."""
    for order in before:
        mine = list(order)
        mine[SEEN_AT] = (as_of - timedelta(minutes=5)).isoformat()
        yield mine


def _sheets(told: Pattern, as_of: datetime) -> list[list]:
    """Those of the pattern, downloaded on that morning, and one of returns."""
    made = []
    for at, sheet in enumerate([*told.sheets, told.sheets[0]]):
        mine = list(sheet)
        mine[SHA256] = hashlib.sha256(f"{as_of} {at}".encode()).hexdigest()
        mine[TAKEN_AT] = (as_of - timedelta(minutes=5)).isoformat()
        made.append(mine)
    made[-1][KIND] = "return"
    return made


def _rows_of(told: Pattern, orders: list[list], *, again: bool = False) -> Iterator[list]:
    """What is read of these orders; again: those that will linger stand among the returns from now on."""
    for at, (order, like) in enumerate(zip(orders, told.orders, strict=True) if orders else ()):
        for _, sheet, row, cells, problem in told.rows[like[NUMBER]]:
            place = len(told.sheets) if again and at % LINGERING == 0 else sheet
            yield [order[NUMBER], place, row, cells.replace(like[ORDER_NO], order[ORDER_NO]), problem]


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def count(path: Path, what: str) -> int:
    with closing(sqlite3.connect(path)) as base:
        return base.execute(f"SELECT COUNT(*) FROM {what}").fetchone()[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=7, help="how often each desk runs its morning")
    turns = parser.parse_args().turns
    book = rulebook.read(rulebook.default_rules(), judge.WORDS)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        inputs, kept = scratch / "inputs", scratch / "year.sqlite3"
        inputs.mkdir()
        exports(inputs)
        told = pattern(scratch, inputs, book)  # also the run that warms everything up
        began = perf_counter()
        year(kept, told, book)
        made = perf_counter() - began
        print(
            f"a year: {count(kept, 'runs'):,} runs, {count(kept, 'orders'):,} orders "
            f"({count(kept, 'orders WHERE open'):,} open), {count(kept, 'answers'):,} answers, "
            f"{count(kept, 'points'):,} points, {count(kept, 'files'):,} files: "
            f"{kept.stat().st_size / 2**20:.1f} MiB, made in {made:.0f} s"
        )
        seconds: dict[str, list[float]] = {"a fresh desk": [], "a year behind it": []}
        for turn in range(turns):
            for name, past in (("a fresh desk", None), ("a year behind it", kept)):
                desk = desk_with(scratch / f"{name} {turn}", inputs, past)
                seconds[name].append(morning(desk, book))
                shutil.rmtree(desk.home)
    fresh, old = seconds.values()
    print(f"\n{'a morning, in seconds':<24}{'median':>8}{'fastest':>9}")
    for name, times in seconds.items():
        print(f"{name:<24}{median(times):>8.2f}{min(times):>9.2f}")
    print(f"{'ratio':<24}{median(old) / median(fresh):>8.2f}{min(old) / min(fresh):>9.2f}")


if __name__ == "__main__":
    main()

"""Times a whole day, from files to workbook, against a lower bound (`floor`) and against a usual script (`script`)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from processor import rulebook, samples

AS_OF = datetime.fromisoformat("2026-11-23T09:00")
PASSWORD = "1111"
A_FILE = 100_000  # orders; one of 300,000 is larger than exports › limits lets in
HERE = Path(__file__).parent
AS_AT_HOME = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""On a seller's computer a module is compiled once, and not by every process."""


def a_desk(home: Path, orders: int, claims: int | None = None, *, bad: bool = False) -> Path:
    """A desk as `init` makes it, which has seen a small morning yesterday, and now has that many orders in its inbox.

    bad: each of these is damaged.
    """
    for folder in ("inbox", "outbox"):
        (home / folder).mkdir(parents=True)
    (home / "rules.yaml").write_text(rulebook.starting_rules(), "utf-8")
    drop(home / "inbox", 100, as_of=AS_OF - timedelta(days=1))
    run(home, AS_OF - timedelta(days=1))
    drop(home / "inbox", orders, claims, bad=bad)
    return home


def drop(inbox: Path, orders: int, claims: int | None = None, *, as_of: datetime = AS_OF, bad: bool = False) -> None:
    """An encrypted 발주발송관리 of 72 columns, and 취소관리; `claims`: no more of these than that. Many orders come in parts."""
    made = samples.orders(orders, seed=7, as_of=as_of)
    if bad:
        made = [replace(order, product_order_no=order.product_order_no[:-1]) for order in made]
    cancelled = (
        [order for order in samples.orders((claims or 0) * 8, seed=8, as_of=as_of) if order.claim] if claims else made
    )
    for name, write, rows in (
        ("스마트스토어_전체주문발주발송관리", samples.write_dispatch, made),
        ("스마트스토어_취소관리", samples.write_cancel, [order for order in cancelled if order.claim][:claims]),
    ):
        for part, first in enumerate(range(0, len(rows), A_FILE)):
            path = inbox / f"{name}_{as_of:%Y%m%d}_08{part:02}.xlsx"
            write(path, rows[first : first + A_FILE], downloaded_at=as_of, password=PASSWORD)
            os.utime(path, (time.time() - 3600,) * 2)


def seconds_of(home: Path) -> float:
    return run(home)[0]


def run(home: Path, as_of: datetime = AS_OF) -> tuple[float, float]:
    """Seconds from the command to its end, and the most memory (MiB) of it and its processes together."""
    command = [
        sys.executable,
        "-m",
        "processor",
        "run",
        "--home",
        str(home),
        "--as-of",
        f"{as_of:%Y-%m-%dT%H:%M}",
        "--quiet",
    ]
    began, peaks, over = perf_counter(), [0], threading.Event()
    with subprocess.Popen(
        command, cwd=HERE.parents[1], env=AS_AT_HOME | {"PROCESSOR_PASSWORDS": PASSWORD}, stdout=subprocess.DEVNULL
    ) as process:
        watching = threading.Thread(target=_watch, args=(psutil.Process(process.pid), peaks, over))
        watching.start()
        process.wait()
        seconds = perf_counter() - began
        over.set()
        watching.join()
    assert process.returncode in (0, 1), process.returncode
    told = json.loads((home / f"outbox/처리목록_{as_of:%Y%m%d_%H%M%S}.json").read_text("utf-8"))
    assert all(sheet["read"] for sheet in told["sheets"]), told["sheets"]
    assert not {"file_too_large", "file_too_slow", "file_unreadable"} & {*told["problems"]}, told["problems"]
    return seconds, max(peaks) / 2**20


def _watch(process: psutil.Process, peaks: list[int], over: threading.Event) -> None:
    """Ten times a second, for each look at all processes of a system takes some milliseconds from what is measured."""
    while not over.wait(0.1):
        peaks.append(_memory(process))


def _memory(process: psutil.Process) -> int:
    total = 0
    for each in [process, *_children(process)]:
        try:
            total += each.memory_info().rss
        except psutil.Error:  # it has ended meanwhile
            continue
    return total


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def lines(scratch: Path, orders: int, turns: int) -> Iterator[tuple[object, ...]]:
    ours, memory, floor, stages = [], [], [], []
    script: dict[str, list[float]] = {"openpyxl": [], "xlsxwriter": []}
    for turn in range(turns):
        home = a_desk(scratch / f"day {orders} {turn}", orders)
        inputs = scratch / f"inputs {orders} {turn}"
        shutil.copytree(home / "inbox", inputs, ignore=shutil.ignore_patterns("done"))
        seconds, peak = run(home)
        ours.append(seconds)
        memory.append(peak)
        (workbook,) = (home / "outbox").glob(f"처리목록_{AS_OF:%Y%m%d}_*.xlsx")
        stages.append(json.loads(workbook.with_suffix(".json").read_text("utf-8"))["timings"])
        floor.append(float(_other("floor.py", inputs, workbook, PASSWORD)))  # its own count, without its start
        for writer, took in script.items():
            if orders <= 10_000 or not turn:
                began = perf_counter()
                _other("script.py", inputs, PASSWORD, writer)
                took.append(perf_counter() - began)
        shutil.rmtree(home)
    name = f"{orders:,} orders"
    yield f"{name}: from the command to the workbook", median(ours), "s"
    for stage in stages[0]:
        yield f"{name}:   of that, {stage}", median(each[stage] for each in stages), "s"
    yield f"{name}: ours / floor", median(ours) / median(floor), "×", "≤ 1.2 at 10,000, ≤ 1.0 at 100,000"
    for writer, took in script.items():
        yield f"{name}: today's script, by {writer} / ours", median(took) / median(ours), "×", "≥ 5"
    yield f"{name}: most memory", median(memory), "MiB", "≤ 800 at 100,000"


def growth(scratch: Path) -> Iterator[tuple[object, ...]]:
    for orders in (1_000, 10_000, 100_000, 300_000):
        seconds, peak = run(a_desk(scratch / f"growth {orders}", orders))
        yield f"growth: {orders:,} orders, per 1,000", seconds / orders * 1_000, "s"
        yield f"growth: {orders:,} orders, most memory", peak, "MiB"
    good, damaged = (
        median(seconds_of(a_desk(scratch / f"{bad=} {turn}", 10_000, bad=bad)) for turn in range(3))
        for bad in (False, True)
    )
    yield "10,000 orders: all rows bad / all rows good", damaged / good, "×", "≤ 2"


def _other(program: str, *words: object) -> str:
    command = [sys.executable, str(HERE / program), *map(str, words)]
    return subprocess.run(command, env=AS_AT_HOME, capture_output=True, encoding="utf-8", check=True).stdout

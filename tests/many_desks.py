"""Many small desks with invented orders, an executor that works at once in this process, and what a run leaves."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import datetime
from pathlib import Path
from typing import Any

import made
from benchmarks.desks import left

from processor import samples

__all__ = ["AT", "Here", "a_desk", "left"]

AT = datetime(2026, 11, 23, 9)


class Here(Executor):
    """Does each piece of work when it is submitted."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(work(*arguments, **named))
        return future


def a_desk(home: Path, orders: int = 12, seed: int = 1, password: str | None = None) -> Path:
    """A desk with the dispatch and the cancel export of its orders in the inbox."""
    for folder in (home / "inbox", home / "outbox"):
        folder.mkdir(parents=True)
    shutil.copy(made.RULES, home / "rules.yaml")
    lines = samples.orders(orders, seed=seed, as_of=AT)
    for screen, write in (("전체주문발주발송관리", samples.write_dispatch), ("취소관리", samples.write_cancel)):
        write(home / "inbox" / samples.file_name(screen, AT), lines, downloaded_at=AT, password=password)
    return home

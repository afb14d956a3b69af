"""The warm process: it holds the heavy rooms of the program, and carries out the page's requests one at a time.

Only plain values go through the pipe, and only between our own processes: what the browser sends is JSON, and a request
is a name of `REQUESTS` with such values.
"""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from processor.app import Desk, Kept
from processor.app.attempt import Failed, attempted
from processor.page.requests import REQUESTS
from processor.page.requests.asking import Answered, Request, Work
from processor.processes import warm


def begin(pipe: Connection, home: Path, marks: Path | None) -> None:
    """Answers requests until the pipe is closed."""
    desk = Desk(home)
    with Kept(marks) as kept:
        warm.serve(pipe, _load, lambda request, tell: _carried_out(request, Work(desk, marks, kept, tell)))


def _load() -> None:
    from processor.app import checking, day_list, explaining, morning, proofs, setting, waiting  # noqa: F401, PLC0415


def _carried_out(request: Request, work: Work) -> Answered | Failed:
    name = f"page {request.name}"
    return attempted(
        lambda: Answered(REQUESTS[request.name].carry_out(request, work)), name, work.desk.outbox, request.lang
    )

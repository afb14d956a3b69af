"""Runs every desk below a folder by the workers of an executor, and writes one workbook about all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final

from processor import rulebook
from processor.app import proofs
from processor.app.attempt import Failed
from processor.app.desk import Desk
from processor.app.errors import WorkerLost, WorkersGone, could_not_finish
from processor.app.finding import called, find_desks
from processor.app.one_desk import Ended, Job, not_handled, run_desk
from processor.app.program import program
from processor.model import Text, several
from processor.outbox.all_desks import write_all_desks

OnDesk = Callable[[Ended, int, int], None]
"""Called as each desk ends, with the number of those that have ended, and of all."""

_TICK: Final = 0.5  # seconds: Windows hears Ctrl-C between two waits only


@dataclass(frozen=True, slots=True)
class EveryDesk:
    """What became of all desks, by name."""

    ended: tuple[Ended, ...]
    workbook: Path | None  # about all of them; None: a dry run

    @property
    def failed(self) -> list[Ended]:
        return [each for each in self.ended if each.failed is not None]

    @property
    def sums(self) -> Text:
        """The line for a person about all desks."""
        known = [each.line.figures for each in self.ended if each.line.figures is not None]
        to_do, late = sum(its.to_do for its in known), sum(its.late for its in known)
        return Text(
            f"가게 {len(self.ended):,}곳 · 할 일 {to_do:,}건 · 기한 지남 {late:,}건 · 처리하지 못한 가게 {len(self.failed):,}곳",
            f"{several(len(self.ended), 'store')} · {to_do:,} to do · {late:,} late · {len(self.failed):,} not handled",
        )

    @property
    def in_need(self) -> list[Ended]:
        """The desks that failed or want an answer."""
        return [each for each in self.ended if each.failed is not None or each.needs_you]

    def values(self) -> dict[str, Any]:
        """The sums for programs; the keys are a contract."""
        known = [each.line.figures for each in self.ended if each.line.figures is not None]
        return {
            "type": "every",
            "desks": len(self.ended),
            "failed": len(self.failed),
            "to_do": sum(its.to_do for its in known),
            "late": sum(its.late for its in known),
            "asked": sum(its.asked for its in known),
            "problems": sum(its.problems for its in known),
            "workbook": str(self.workbook) if self.workbook else None,
        }


def run_every(
    root: Path,
    as_of: datetime,
    executor: Executor,
    passwords: Callable[[Desk], Sequence[str]],
    lang: str,
    marks: Path | None,
    on_desk: OnDesk,
    **options: bool,
) -> EveryDesk:
    """See `app.run_every`. options: those of `Job`."""
    found = find_desks(root)
    proved = proofs.proved(marks)
    jobs = [
        Job(
            called(desk.home, root),
            desk.home,
            as_of,
            lang,
            (*passwords(desk),),
            _sound(desk, proved),
            program(),
            **options,
        )
        for desk in found.desks
    ]
    ended = [_closed(called(folder, root), error, lang) for folder, error in found.closed]
    of = len(jobs) + len(ended)
    for done, each in enumerate(ended, start=1):
        on_desk(each, done, of)
    try:
        for each in _each_as_it_ends(jobs, executor, lang):
            ended.append(each)
            on_desk(each, len(ended), of)
    finally:
        proofs.remember(marks, *(each.proved for each in ended if each.proved))
    ended.sort(key=lambda each: each.line.name)
    dry_run = options.get("dry_run", False)
    workbook = None if dry_run else write_all_desks(root, [each.line for each in ended], as_of, lang)
    return EveryDesk(tuple(ended), workbook)


def _sound(desk: Desk, proved: set[str]) -> frozenset[str]:
    sha256 = rulebook.sha256_of(desk.rules)
    return frozenset({sha256}) if sha256 is not None and sha256 in proved else frozenset()


def _each_as_it_ends(jobs: Sequence[Job], executor: Executor, lang: str) -> Iterator[Ended]:
    """Raises WorkersGone if the executor gives up its work."""
    over: SimpleQueue[Future[Ended]] = SimpleQueue()
    waiting: dict[Future[Ended], Job] = {}
    for job in jobs:
        future = executor.submit(run_desk, job)
        waiting[future] = job
        future.add_done_callback(over.put)
    while waiting:
        try:
            future = over.get(timeout=_TICK)
        except Empty:
            continue
        job = waiting.pop(future)
        try:
            yield future.result()
        except CancelledError:
            raise WorkersGone(len(jobs) - len(waiting) - 1, len(jobs)) from None
        except Exception:  # noqa: BLE001 - each executor has an error of its own for work whose workers died
            yield not_handled(job.name, Failed.by(WorkerLost(), lang), lang)


def _closed(name: str, error: OSError, lang: str) -> Ended:
    return not_handled(name, Failed("could_not_finish", could_not_finish(error), {}, wrong_use=False), lang)

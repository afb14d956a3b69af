"""One desk of many, run by a worker: a process of a pool on this computer, or of a cluster."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from processor import outbox
from processor.app import checking, day_list, morning
from processor.app.attempt import Failed, attempted
from processor.app.desk import Desk
from processor.app.errors import OtherProgram
from processor.app.outcomes import Done
from processor.app.past_runs import PastRun, PastRuns
from processor.app.program import program
from processor.compat.daemonic_children import let_this_process_start_others
from processor.model import Report
from processor.opener.passwords import Passwords
from processor.opener.process import ReadingProcess
from processor.outbox.all_desks import DeskLine, figures
from processor.rulebook import Rulebook


class Job(NamedTuple):
    """What a worker has to do."""

    name: str  # of the desk, among all
    home: Path
    as_of: datetime
    lang: str
    passwords: tuple[str, ...]  # they are tried after those that lie in the desk
    sound: frozenset[str]  # the SHA-256 of its rules, if they were proved before
    program: str  # the one that is to do it
    dry_run: bool = False
    catch_up: bool = False
    clock_is_right: bool = False

    def __repr__(self) -> str:
        """Without the passwords: a cluster may write into its log what it was asked to do."""
        return f"Job({self.name})"


class Ended(NamedTuple):
    """What became of one desk."""

    line: DeskLine
    values: Mapping[str, Any]  # what `run --json` prints there, and the name of the desk
    needs_you: bool = False
    failed: Failed | None = None
    proved: str | None = None  # the SHA-256 of its rules, if they were proved now


class _Openers(threading.local):
    """The process that opens files, kept for the next desk by each thread of a worker.

    It ends with the worker. To start it anew for each desk would take a quarter of the time of a desk of 200 orders.
    """

    process: ReadingProcess | None = None


_openers: Final = _Openers()


def run_desk(job: Job) -> Ended:
    """Runs a desk as `app.run` does. Raises nothing: whatever goes wrong is told of this desk alone."""
    let_this_process_start_others()
    ended = attempted(lambda: _run(job), "run --every", Desk(job.home).outbox, job.lang)
    return not_handled(job.name, ended, job.lang) if isinstance(ended, Failed) else ended


def not_handled(name: str, failed: Failed, lang: str) -> Ended:
    """What is told of a desk that failed."""
    error = {"type": "error", "code": failed.code, "message": failed.message.said(lang), **failed.details}
    return Ended(DeskLine(name, failure=failed.message), {"desk": name, **error}, failed=failed)


def _run(job: Job) -> Ended:
    if job.program != program():
        raise OtherProgram
    desk = Desk(job.home)
    desk.check_folders()
    book = checking.read(desk.rules, job.sound)
    passwords = Passwords([*desk.own_passwords(), *job.passwords])
    _openers.process = process = _openers.process or ReadingProcess()
    options = morning.RunOptions(job.as_of, passwords, job.lang, job.dry_run, job.catch_up, job.clock_is_right)
    done = morning.run(desk, book, options, process)
    report = done.report if isinstance(done, Done) else _run_just_now(desk, book, job.as_of)
    listed = report or day_list.listed(desk, book, job.as_of).report
    return Ended(
        DeskLine(job.name, book.store.name, figures(listed), done.newest, news=report is not None),
        {"desk": job.name, **done.values(job.lang)},
        needs_you=report is not None and outbox.needs_you(report),
        proved=None if book.sha256 in job.sound else book.sha256,
    )


def _run_just_now(desk: Desk, book: Rulebook, as_of: datetime) -> Report | None:
    """The report of the last run if it was of this very moment: its worker died before it could tell of it."""
    runs = PastRuns(desk, {book.sha256})
    last = next((runs.brief(name) for name in runs.names()[:1]), None)
    return PastRun(last, runs.rules(last)).report if last is not None and last.as_of == as_of else None

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
from processor.app.outcomes import Done, NothingNew
from processor.app.past_runs import PastRun, PastRuns
from processor.app.program import program
from processor.compat.daemonic_children import let_this_process_start_others
from processor.model import Report
from processor.opener.passwords import Passwords
from processor.opener.process import Opening, ReadingProcess
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
    report = _report(done, desk, book, job.as_of, Opening(process, passwords))
    resumed = isinstance(done, NothingNew) and done.earlier.workbook is not None
    return Ended(
        DeskLine(job.name, book.store.name, figures(report), done.newest, resumed or isinstance(done, Done)),
        {"desk": job.name, **done.values(job.lang)},
        done.needs_you or (resumed and outbox.needs_you(report)),
        proved=None if book.sha256 in job.sound else book.sha256,
    )


def _report(done: Done | NothingNew, desk: Desk, book: Rulebook, as_of: datetime, opening: Opening) -> Report:
    """The report of the run; of one that only had to finish what a killed worker had begun, that one's report."""
    if isinstance(done, Done):
        return done.report
    if (workbook := done.earlier.workbook) is not None:
        runs = PastRuns(desk, {book.sha256})
        brief = runs.brief(outbox.run_of(workbook))
        report = PastRun(brief, runs.rules(brief)).report
        if report is not None and brief.as_of.date() == as_of.date():
            return report
    return day_list.today(desk, book, as_of, opening).report

"""The story of a morning: gather what lies in the inbox, think, put it down."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

from processor import intake, judge, outbox
from processor.model import Report
from processor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with rules.yaml, inbox/ and outbox/."""

    home: Path

    @property
    def rules(self) -> Path:
        return self.home / "rules.yaml"

    @property
    def inbox(self) -> Path:
        return self.home / "inbox"

    @property
    def outbox(self) -> Path:
        return self.home / "outbox"


@dataclass(frozen=True, slots=True)
class Errand:
    """How this run is to be done: on which day, in which language, with which passwords."""

    as_of: datetime
    passwords: intake.Passwords
    lang: str = "ko"
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    report: Report
    workbook: Path | None  # None: a dry run, nothing was written or moved


def run(desk: Desk, book: Rulebook, errand: Errand) -> Done | None:
    """Take what is new in the inbox; leave a workbook and a tidy inbox. None when there is nothing new.

    The workbook comes first and the inputs move last. What is to move is written down before the workbook appears, so a
    run killed at any instant is either undone or completed by the next one: nothing is lost, nothing decided twice.
    """
    began = perf_counter()
    if not errand.dry:  # what a killed run had decided but not put away, and what it left half-written
        intake.file_away(desk.inbox)
        outbox.tidy(desk.outbox)
    files = intake.find(desk.inbox)
    if not files:
        return None
    batch = intake.read(files, book.exports, book.reasons, errand.passwords)
    gathered = perf_counter()

    report = judge.judge(batch, book, errand.as_of, judge.Workdays(book.calendar))
    timings = {"gather": gathered - began, "think": perf_counter() - gathered}
    if errand.dry:
        return Done(report, None)

    workbook = outbox.next_place(desk.outbox, errand.as_of)
    with intake.promised(batch, desk.inbox, workbook):
        outbox.write(report, book, workbook, lang=errand.lang, timings=timings)
    return Done(report, workbook)


def decide(files: list[Path], book: Rulebook, errand: Errand) -> Report:
    """The same thinking on named files: touches nothing. A file named twice is read once; names that clash show paths."""
    once = {file.resolve(): file for file in files}.values()
    named = Counter(file.name for file in once)
    inputs = [intake.input_file(file, file.as_posix() if named[file.name] > 1 else None) for file in once]
    batch = intake.read(inputs, book.exports, book.reasons, errand.passwords)
    return judge.judge(batch, book, errand.as_of, judge.Workdays(book.calendar))

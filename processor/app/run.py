"""The story of a morning: gather what is new in the inbox, think, put it down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

from processor import intake, judge, ledger, outbox
from processor.app import plan
from processor.app.desk import Desk
from processor.app.program import program
from processor.app.think import think
from processor.market.downloads import named_moment
from processor.model import Batch, Col, InputFile, Past, Repeat, Report
from processor.rulebook import Rulebook

_CLOCKS_DIFFER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Errand:
    """How this run is to be done: on which day, in which language, with which passwords."""

    as_of: datetime
    passwords: intake.Passwords
    lang: str = "ko"
    dry: bool = False  # only tell
    catch_up: bool = False  # only take note of what lies in the inbox: nothing is to be done about it


@dataclass(frozen=True, slots=True)
class Done:
    report: Report
    workbook: Path | None  # None: a dry run, or nothing but taking note, or nothing to do
    corrections: tuple[Path, ...] = ()  # copies of inputs with bad rows, to be corrected and dropped in again
    resumed: Path | None = None  # the workbook of a run that died half-way, which this one has finished


@dataclass(frozen=True, slots=True)
class NothingNew:
    repeats: tuple[Repeat, ...]  # files that were handled before
    resumed: Path | None = None


class ClockBehind(Exception):
    """A file whose own name tells a later day than that of the run: the clock, or the name, is wrong. Nothing was moved."""

    def __init__(self, file: str, made: datetime, as_of: datetime) -> None:
        super().__init__(file)
        self.file = file
        self.made = made
        self.as_of = as_of


class NoPassword(Exception):
    """store.protect_outbox asks for a locked workbook, and there is no password to lock it with. Nothing was moved."""


def run(desk: Desk, book: Rulebook, errand: Errand) -> Done | NothingNew:
    """Take what is new in the inbox; leave a workbook, an entry in the ledger and a tidy inbox.

    Raises ledger.Busy while another run is at work, ledger.Unusable, intake.PasswordNeeded, NoPassword, and OSError: then
    nothing was moved.
    """
    if errand.dry:
        with ledger.opened(desk.ledger, writing=False) as memory:
            return _morning(desk, book, errand, memory, intake.find(desk.inbox))
    if plan.nothing_begun(desk) and not intake.anything(desk.inbox):
        return NothingNew(())
    with ledger.alone(desk.outbox):
        resumed = plan.finish(desk)  # what a run that died had begun
        if not (files := intake.find(desk.inbox)):
            return NothingNew((), resumed)
        with ledger.opened(desk.ledger, writing=True) as memory:
            return replace(_morning(desk, book, errand, memory, files), resumed=resumed)


def _morning(
    desk: Desk, book: Rulebook, errand: Errand, memory: ledger.Memory, files: list[InputFile]
) -> Done | NothingNew:
    began = perf_counter()  # gather
    workdays = judge.Workdays(book.calendar)  # while another process unlocks the first file
    found = intake.gather(files, book.exports, book.reasons, errand.passwords, memory.handled(book.sha256))
    intake.must_be_open(found.problems, book.exports)
    _on_time(found.contents, errand.as_of)
    if not (found.contents or found.problems):
        return NothingNew(tuple(found.repeats))
    batch, past = remembered(found, memory, errand.as_of)
    gathered = perf_counter()

    report = think(batch, book, errand.as_of, workdays, past)  # think
    thought = perf_counter()
    timings = {"gather": gathered - began, "think": thought - gathered}
    if errand.dry:
        return Done(report, None)

    writing = not (errand.catch_up or report.says_nothing)  # put down
    password = errand.passwords.likeliest() if book.store.protect_outbox else None
    if writing and book.store.protect_outbox and password is None:
        raise NoPassword
    workbook = outbox.next_place(desk.outbox, errand.as_of, past.runs)
    name = outbox.run_of(workbook)
    moves = intake.moves(batch, desk.inbox, name)
    bad = intake.originals(batch, book, errand.passwords) if writing else ()
    copies = outbox.correction_copies(bad, desk.outbox, errand.lang)
    begun = plan.Plan(
        workbook.name if writing else None,
        outbox.manifest(report, book, workbook.name, timings, [*copies]),
        ledger.entry(report, book.sha256, name, program(), acting=not errand.catch_up, listed=writing),
        moves,
        [*copies],
    )
    plan.write_down(desk, begun)
    try:
        intake.make_way(desk.inbox, moves)
    except OSError:
        plan.void(desk)
        raise
    try:
        if writing:
            outbox.lay_out(copies, desk.outbox)
            outbox.write(report, book, workbook, errand.lang, [*copies], password)
            begun.manifest["timings"]["write"] = round(perf_counter() - thought, 3)  # a run that died leaves none
    finally:
        plan.finish(desk, begun)
    return Done(report, workbook if writing else None, tuple(desk.outbox / copy for copy in copies))


def _on_time(files: Iterable[InputFile], as_of: datetime) -> None:
    """Deadlines and points hang on the day. Clocks of two computers may differ by an hour around midnight."""
    made = [(moment, file.name) for file in files if (moment := named_moment(file.name)) is not None]
    last, name = max(made, default=(as_of, ""))
    if last.date() > as_of.date() and last - as_of > _CLOCKS_DIFFER:
        raise ClockBehind(name, last, as_of)


def remembered(found: intake.Gathered, memory: ledger.Memory, as_of: datetime) -> tuple[Batch, Past]:
    """What was read now, joined with all that earlier runs of this day read and with what is known of open orders."""
    evidence = memory.evidence(as_of)
    batch = intake.joined(intake.checked(intake.recalled(found, evidence)), as_of)
    return batch, memory.past(batch.claims[Col.PRODUCT_ORDER_NO], as_of)


def decide(files: Sequence[Path], book: Rulebook, errand: Errand) -> Report:
    """The same thinking on named files: touches nothing. A file named twice is read once; names that clash show paths.

    Raises intake.PasswordNeeded and ClockBehind.
    """
    once = {file.resolve(): file for file in files}.values()
    named = Counter(file.name for file in once)
    inputs = [intake.input_file(file, file.as_posix() if named[file.name] > 1 else None) for file in once]
    batch = intake.read(inputs, book.exports, book.reasons, errand.passwords, errand.as_of)
    intake.must_be_open(batch.file_problems, book.exports)
    _on_time(batch.contents, errand.as_of)
    return think(batch, book, errand.as_of, judge.Workdays(book.calendar))

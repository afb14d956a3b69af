"""One run from start to end: gather what is new in the inbox, judge it, write the results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import perf_counter

from processor import disk, intake, judge, ledger, outbox
from processor.app import plan
from processor.app.desk import Desk
from processor.app.errors import (
    ALL_LEFT_IN_INBOX,
    NOTHING_DECIDED,
    Busy,
    ClockBehind,
    ClockInDoubt,
    FileMissing,
    LedgerUnusable,
    NoPassword,
    PasswordNeeded,
)
from processor.app.outcomes import Done, NothingNew
from processor.app.program import program
from processor.app.progress import UNHEARD, OnProgress, Progress, Stage, counted
from processor.app.think import think
from processor.market.downloads import named_moment
from processor.model import Batch, Col, InputFile, Past, Problem, Report, Text
from processor.model.clock import odd_pause, on_a_later_day
from processor.rulebook import Rulebook
from processor.rulebook.types import Exports


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of a run: the moment to judge by, the passwords, the workbook's language, and the kind of run."""

    as_of: datetime
    passwords: intake.Passwords
    lang: str = "ko"
    dry_run: bool = False  # write and move nothing
    catch_up: bool = False  # only record what lies in the inbox; no workbook
    clock_is_right: bool = False  # the seller has looked at the clock: `as_of` is right however far from the last run
    on_progress: OnProgress = UNHEARD
    listing: bool = True  # write a workbook if there is something to list
    anew: bool = False  # write the list of the day once more, even if nothing is new


def run(desk: Desk, book: Rulebook, options: RunOptions, process: intake.ReadingProcess) -> Done | NothingNew:
    """Handles the new files of the inbox: writes a workbook and an entry in the ledger, and files the inputs away.

    Raises Busy while another run is at work, LedgerUnusable, PasswordNeeded, ClockBehind, ClockInDoubt, NoPassword and
    OSError; then nothing was moved.
    """
    with ledger_troubles():
        if options.dry_run:
            with ledger.opened(desk.ledger, writing=False) as memory:
                return _morning(desk, book, options, process, memory, intake.find(desk.inbox))
        if plan.nothing_begun(desk) and not intake.anything(desk.inbox):
            return _nothing_new(desk)
        with ledger.alone(desk.outbox):
            earlier = plan.finish(desk)  # finishes what a killed run had begun
            if not (files := intake.find(desk.inbox)):
                return replace(_nothing_new(desk), earlier=earlier)
            there = disk.taken(desk.ledger)  # a refused first run leaves none; one that is there must be writable
            with ledger.opened(desk.ledger, writing=there) as memory:
                return replace(_morning(desk, book, options, process, memory, files), earlier=earlier)


def run_on(
    lay_down: Callable[[ledger.Memory], Path],
    desk: Desk,
    book: Rulebook,
    options: RunOptions,
    process: intake.ReadingProcess,
) -> Done | NothingNew:
    """A run on one file alone, whatever else lies in the inbox. `lay_down` puts it there, once no other run is at work.

    Raises what `run` raises; then the file is gone again.
    """
    with ledger_troubles(), ledger.alone(desk.outbox):
        earlier = plan.finish(desk)
        with ledger.opened(desk.ledger, writing=True) as memory:
            path = lay_down(memory)
            try:
                done = _morning(desk, book, options, process, memory, [intake.input_file(path)])
            finally:
                if not plan.is_written(desk):  # it is refused, or done
                    path.unlink(missing_ok=True)
            return replace(done, earlier=earlier)


def _morning(
    desk: Desk,
    book: Rulebook,
    options: RunOptions,
    process: intake.ReadingProcess,
    memory: ledger.Memory,
    files: list[InputFile],
) -> Done | NothingNew:
    began = perf_counter()  # gather
    opening = intake.Opening(process, options.passwords)
    workdays = judge.Workdays(book.calendar)  # while another process unlocks the first file
    reading = counted(Stage.FILES_READ, options.on_progress)
    found = intake.gather(files, book.exports, book.reasons, opening, memory.handled(book.sha256), reading)
    must_be_open(found.problems, book.exports, ALL_LEFT_IN_INBOX)
    _on_time(found.contents, options.as_of)
    if not (found.contents or found.problems or options.anew):
        return NothingNew(desk.inbox, tuple(found.repeats), newest=_newest(desk, memory))
    if not options.dry_run:
        _after_the_last_run(memory, options)
    batch, past = remembered(found, memory, options.as_of)
    gathered = perf_counter()

    report = think(batch, book, options.as_of, workdays, past)
    options.on_progress(Progress(Stage.ORDERS_JUDGED, len(report.rows), len(report.rows)))
    thought = perf_counter()
    timings = {"gather": gathered - began, "think": thought - gathered}
    if options.dry_run:
        return Done(report, None, dry_run=True)

    writing = options.anew or (options.listing and not (options.catch_up or report.says_nothing))  # put down
    password = options.passwords.likeliest() if book.store.protect_outbox else None
    if writing and book.store.protect_outbox and password is None:
        raise NoPassword
    workbook = outbox.next_place(desk.outbox, options.as_of, past.runs)
    name = outbox.run_of(workbook)
    moves = intake.moves(batch, desk.inbox, name)
    bad = intake.with_bad_rows(batch) if writing else []
    originals = intake.originals(batch, book, opening) if writing else iter(())
    copies = outbox.correction_copies(bad, originals, desk.outbox, options.lang)
    begun = plan.Plan(
        workbook.name if writing else None,
        outbox.manifest(report, book, workbook.name, timings, [*copies.contents]),
        ledger.entry(report, book.sha256, name, program(), acting=not options.catch_up, listed=writing),
        moves,
        [*copies.contents],
    )
    knew = ledger.Brief(
        run=name,
        as_of=options.as_of,
        program=program(),
        rules=book.sha256,
        listed=writing,
        acting=not options.catch_up,
        batch=batch,
        past=past,
        decided=ledger.decisions(report),
    )
    ledger.History(desk.history).lay_out(knew, book.text)
    plan.write_down(desk, begun)
    try:
        intake.make_way(desk.inbox, moves)
    except OSError:
        plan.void(desk, begun)
        raise
    try:
        if writing:
            laid = outbox.lay_out(copies.contents, desk.outbox)
            if laid != begun.copies:
                begun = begun.with_copies(laid)
                plan.write_down(desk, begun)
            writing_sheets = counted(Stage.SHEETS_WRITTEN, options.on_progress)
            outbox.write(report, book, workbook, options.lang, copies.returned(laid), password, writing_sheets)
            begun.manifest["timings"]["write"] = round(perf_counter() - thought, 3)  # missing after a killed run
    finally:
        plan.finish(desk, begun)
    returned = copies.returned([name for name in begun.copies if (desk.outbox / name).exists()])
    return Done(
        report,
        workbook if writing else None,
        tuple(desk.outbox / copy for copy in returned.copies),
        returned.lacking,
        newest=workbook if writing else None if options.catch_up else _newest(desk, memory),
        catch_up=options.catch_up,
    )


def list_anew(desk: Desk, book: Rulebook, options: RunOptions, process: intake.ReadingProcess) -> Done | NothingNew:
    """Writes the list of the day as a workbook if the newest one lacks what was told, or is of other rules.

    The inbox is left alone.

    Raises Busy, LedgerUnusable, ClockInDoubt, NoPassword and OSError; then nothing was written.
    """
    with ledger_troubles(), ledger.alone(desk.outbox):
        earlier = plan.finish(desk)
        with ledger.opened(desk.ledger, writing=True) as memory:
            newest = _newest(desk, memory)
            whole = memory.last_list() == memory.last_run() and memory.last_rules() == book.sha256
            if memory.last_run() is None or (newest is not None and whole):
                return NothingNew(desk.inbox, (), earlier, newest)
            return replace(_morning(desk, book, replace(options, anew=True), process, memory, []), earlier=earlier)


def _nothing_new(desk: Desk) -> NothingNew:
    with ledger.opened(desk.ledger, writing=False) as memory:
        return NothingNew(desk.inbox, (), newest=_newest(desk, memory))


def _newest(desk: Desk, memory: ledger.Memory) -> Path | None:
    """The workbook of the last run that made one; None if it is no longer in the outbox, for older ones are out of date."""
    run = memory.last_list()
    place = None if run is None else outbox.workbook_of(run, desk.outbox)
    return place if place is not None and disk.is_file(place) else None


def decide(
    files: Sequence[Path],
    book: Rulebook,
    as_of: datetime,
    opening: intake.Opening,
    on_progress: OnProgress = UNHEARD,
) -> Report:
    """Judges named files, and changes nothing. A file named twice is read once; files of one name are shown by path.

    Raises FileMissing, PasswordNeeded and ClockBehind.
    """
    if missing := [file for file in files if not file.is_file()]:
        raise FileMissing(missing)
    once = {file.resolve(): file for file in files}.values()
    named = Counter(file.name for file in once)
    inputs = [intake.input_file(file, file.as_posix() if named[file.name] > 1 else None) for file in once]
    reading = counted(Stage.FILES_READ, on_progress)
    found = intake.gather(inputs, book.exports, book.reasons, opening, on_file=reading)
    must_be_open(found.problems, book.exports, NOTHING_DECIDED)
    _on_time(found.contents, as_of)
    report = think(intake.joined(intake.checked(found), as_of), book, as_of, judge.Workdays(book.calendar))
    on_progress(Progress(Stage.ORDERS_JUDGED, len(report.rows), len(report.rows)))
    return report


def remembered(found: intake.Gathered, memory: ledger.Memory, as_of: datetime) -> tuple[Batch, Past]:
    """Joins what was read now with what earlier runs of this day read, and loads what is remembered of these orders."""
    evidence = memory.evidence(as_of)
    batch = intake.joined(intake.checked(intake.recalled(found, evidence)), as_of)
    return batch, memory.past(batch.claims[Col.PRODUCT_ORDER_NO], as_of)


def must_be_open(problems: Iterable[Problem], exports: Exports, undone: Text) -> None:
    """Raises PasswordNeeded if a file stayed locked without which nothing may be decided. undone: what was not done."""
    if locked := intake.locked_and_needed(problems, exports):
        raise PasswordNeeded(locked, undone)


def _on_time(files: Iterable[InputFile], as_of: datetime) -> None:
    """Raises ClockBehind if a file's name has a later day than the run, because deadlines and points depend on the day."""
    made = [(moment, file.name) for file in files if (moment := named_moment(file.name)) is not None]
    last, name = max(made, default=(as_of, ""))
    if on_a_later_day(last, as_of):
        raise ClockBehind(name, last, as_of)


def _after_the_last_run(memory: ledger.Memory, options: RunOptions) -> None:
    """Raises ClockInDoubt if the run is long after the last one, or on an earlier day, and the seller has not confirmed it.

    If he has, runs that are recorded for a later day had a wrong clock, and count as runs of today.
    """
    last, as_of = memory.last_moment(), options.as_of
    if last is None:
        return
    if (pause := odd_pause(last, as_of)) and not options.clock_is_right:
        raise ClockInDoubt(pause, last, as_of)
    if on_a_later_day(last, as_of):
        memory.put_back(as_of)


@contextmanager
def ledger_troubles() -> Iterator[None]:
    """Turns the ledger's errors (another run at work, an unreadable ledger) into those of `app`."""
    try:
        yield
    except ledger.Busy as busy:
        raise Busy(busy.owner) from busy
    except ledger.Unusable as unusable:
        raise LedgerUnusable(unusable.path, newer=unusable.newer) from unusable

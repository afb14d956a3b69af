"""Opens files and runs desks with one shared reading process, because starting one takes long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from processor.app import explaining, morning
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.app.outcomes import Done, NothingNew
from processor.intake import Opening, Passwords, ReadingProcess
from processor.model import Report
from processor.outbox import Story
from processor.rulebook import Rulebook

_shared: list[ReadingProcess] = []


def process() -> ReadingProcess:
    if not _shared:
        _shared.append(ReadingProcess())
    return _shared[-1]


def begin_anew(files: Iterable[Path] = (), *passwords: str) -> ReadingProcess:
    """The process at work is ended, and another one begun that has these files to work on before it is asked."""
    process().end()
    _shared[:] = [ReadingProcess(files, Passwords(passwords))]
    return _shared[-1]


def take_over(stand_in: ReadingProcess) -> None:
    """From now on this one is asked."""
    _shared[:] = [stand_in]


def opening(*passwords: str, ask: Callable[[str, bool], str | None] | None = None) -> Opening:
    return Opening(process(), Passwords(passwords, ask=ask))


def run(desk: Desk, book: Rulebook, options: RunOptions) -> Done | NothingNew:
    return morning.run(desk, book, options, process())


def decide(files: Sequence[Path], book: Rulebook, options: RunOptions) -> Report:
    return morning.decide(files, book, options.as_of, Opening(process(), options.passwords))


def explain(
    number: str, desk: Desk, book: Rulebook, options: RunOptions, *, then: bool
) -> Story | explaining.NotFound | explaining.Unexplained:
    return explaining.explain(number, desk, book, options.as_of, Opening(process(), options.passwords), then=then)

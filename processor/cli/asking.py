"""The commands that report on a desk: its open work, what can be forgotten, and whether its rules are sound."""

from __future__ import annotations

from pathlib import Path

from processor import app
from processor.app.desk import Desk
from processor.app.errors import WrongUse
from processor.cli import clock
from processor.cli.terminal import Terminal
from processor.model import Text


def status(terminal: Terminal, home: Path, as_of: str | None, all: bool) -> None:
    found = app.status(Desk(home), clock.moment(as_of).date())
    terminal.answer([terminal.json_line(found.values())] if terminal.as_json else found.lines(everything=all))


def forget(terminal: Terminal, before: str, home: Path, yes: bool) -> None:
    day = clock.moment(before, "--before").date()
    found = app.forget(Desk(home), day) if yes else app.old(Desk(home), day)
    terminal.tell([terminal.json_line(found.values(terminal.lang))] if terminal.as_json else found.lines())


def check(terminal: Terminal, home: Path, as_of: str | None, quiet: bool) -> None:
    found = app.check(Desk(home).rules, clock.moment(as_of).date())
    if terminal.as_json:
        terminal.tell([terminal.json_line(found.values(terminal.lang))])
    elif not quiet:
        terminal.tell(found.lines())


def rules(terminal: Terminal, only: tuple[str, ...], changes: bool, home: Path, as_of: str | None) -> None:
    path, day = Desk(home).rules, clock.moment(as_of).date()
    if changes and only:
        raise WrongUse(
            Text(
                "--changes는 바꾼 것을 모두 보여 줍니다. 줄 번호는 빼세요.",
                "--changes shows all changes: leave the ids out.",
            )
        )
    found = app.desk_changes(path, day) if changes else app.in_force(path, day, only)
    lang = terminal.lang
    terminal.answer([terminal.json_line(found.values(lang))] if terminal.as_json else found.lines(lang))


def words(terminal: Terminal, home: Path, schema: bool) -> None:
    book = app.rules(Desk(home).rules)
    from processor.rulebook import editor, vocabulary

    if schema:
        terminal.answer(editor.schema(book.words).split("\n"))
    elif terminal.as_json:
        terminal.answer([terminal.json_line(vocabulary.as_json(book, terminal.lang))])
    else:
        terminal.answer(vocabulary.lines(book, terminal.lang))

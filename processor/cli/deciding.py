"""The commands that judge orders: those of a desk's inbox, those of named files, and a single one."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from processor import app
from processor.app.desk import Desk
from processor.app.errors import WrongUse
from processor.app.progress import UNHEARD, Progress
from processor.cli import clock
from processor.cli.every import Kind, Workers, run_every
from processor.cli.opening import to_open
from processor.cli.own_folders import proof_marks
from processor.cli.passwords import Keyring, every_password, offering_to_keep
from processor.cli.terminal import Terminal
from processor.model import Text
from processor.model.numbers import narrow
from processor.opener.passwords import Passwords

if TYPE_CHECKING:
    from processor.app.outcomes import Done, NothingNew

_READING: Final = Text("읽고 판단하는 중입니다…", "Reading and deciding…")


def run(
    terminal: Terminal,
    home: Path,
    every: Path | None,
    jobs: int | None,
    dask: str | None,
    as_of: str | None,
    password_file: Path | None,
    dry_run: bool,
    catchup: bool,
    clock_is_right: bool,
    quiet: bool,
) -> None:
    if dry_run and catchup:
        raise WrongUse(
            Text("--dry-run과 --catchup은 함께 쓸 수 없습니다.", "--dry-run and --catchup can't go together.")
        )
    if every is not None:
        kind = Kind(dry_run, catchup, clock_is_right)
        run_every(terminal, every, Workers(jobs, dask), as_of, password_file, kind, quiet=quiet)
    if jobs is not None or dask is not None:
        raise WrongUse(Text("--jobs와 --dask는 --every와 함께 씁니다.", "--jobs and --dask go together with --every."))
    desk = Desk(home)
    keyring = Keyring(terminal, desk)
    passwords = every_password(terminal, keyring, password_file, ask=not (quiet or terminal.as_json))
    with offering_to_keep(terminal, keyring, passwords):
        run_desk(
            terminal,
            desk,
            as_of,
            passwords,
            quiet=quiet,
            dry_run=dry_run,
            catch_up=catchup,
            clock_is_right=clock_is_right,
        )


def run_desk(
    terminal: Terminal,
    desk: Desk,
    as_of: str | None,
    passwords: Passwords,
    *,
    quiet: bool,
    dry_run: bool = False,
    catch_up: bool = False,
    clock_is_right: bool = False,
) -> None:
    """Runs a desk, prints the outcome and ends."""
    moment = clock.moment(as_of)
    on_progress = UNHEARD if quiet or terminal.as_json else partial(begun, terminal)
    done = app.run(
        desk,
        moment,
        passwords,
        terminal.lang,
        dry_run=dry_run,
        catch_up=catch_up,
        clock_is_right=clock_is_right,
        marks=proof_marks(),
        on_progress=on_progress,
    )
    tell_outcome(terminal, done, quiet=quiet)
    terminal.end(1 if done.needs_you else 0)


def tell_outcome(terminal: Terminal, done: Done | NothingNew, *, quiet: bool = False) -> None:
    """Prints what has come of a run. `quiet`: only if something needs the seller."""
    from processor.app.outcomes import told_of

    if terminal.as_json:
        terminal.tell([terminal.json_line(done.values(terminal.lang))])
        return
    terminal.tell(told_of(done.earlier))
    if done.needs_you or not quiet:
        terminal.tell(map(Text.same, done.lines(terminal.lang)))
        if done.newest is not None:
            terminal.tell([to_open(done.newest, sys.platform)])


def begun(terminal: Terminal, progress: Progress) -> None:
    """Says that the files are being read."""
    if not progress.of:
        terminal.remark(_READING)


def decide(
    terminal: Terminal, files: tuple[Path, ...], rules: Path, as_of: str | None, password_file: Path | None
) -> None:
    passwords = every_password(terminal, Keyring(terminal), password_file, ask=False)
    report = app.decide(files, rules, clock.moment(as_of), passwords)
    from processor import outbox

    terminal.answer(terminal.json_line(line) for line in outbox.lines(report, terminal.lang))
    terminal.end(1 if outbox.needs_you(report) else 0)


def replay(terminal: Terminal, run_or_order: str, home: Path) -> None:
    done = app.replay(Desk(home), narrow(run_or_order).strip(), proof_marks())
    terminal.answer(terminal.json_line(value) for value in done.values(terminal.lang))
    if not terminal.as_json:
        terminal.remark(*done.lines())
    terminal.end(0 if done.equal else 1)


def impact(
    terminal: Terminal,
    rules: Path | None,
    against: Path | None,
    since: str | None,
    home: Path,
    password_file: Path | None,
) -> None:
    desk = Desk(home)
    keyring = Keyring(terminal, desk)
    passwords = every_password(terminal, keyring, password_file, ask=not terminal.as_json)
    first = None if since is None else clock.moment(since, "--since").date()
    with offering_to_keep(terminal, keyring, passwords):
        moment = clock.moment(None)
        compared = app.impact(desk, moment.date(), passwords, rules, against, first, proof_marks())
        if terminal.as_json:
            terminal.answer(terminal.json_line(value) for value in compared.values(terminal.lang))
        else:
            terminal.tell(compared.lines())
            path = app.write_impact(desk, compared, moment, terminal.lang)
            terminal.tell([Text(f"이 파일을 여세요: {path}", f"Open this file: {path}")])
        terminal.end(1 if compared.impact.flips else 0)


def upgrade(terminal: Terminal, home: Path, yes: bool, password_file: Path | None) -> None:
    desk = Desk(home)
    keyring = Keyring(terminal, desk)
    passwords = every_password(terminal, keyring, password_file, ask=not terminal.as_json)
    with offering_to_keep(terminal, keyring, passwords):
        done = app.upgrade(desk, clock.moment(None), passwords, proof_marks(), yes=yes)
        values = (terminal.json_line(value) for value in done.values(terminal.lang))
        terminal.tell(values if terminal.as_json else done.lines())
        terminal.end(1 if done.needs_you else 0)


def explain(
    terminal: Terminal,
    what: tuple[str, ...],
    facts: bool,
    run: str | None,
    home: Path,
    as_of: str | None,
    password_file: Path | None,
) -> None:
    if facts:
        _suppose(terminal, what, Desk(home), as_of)
    else:
        _order(terminal, _number(what), run, Desk(home), as_of, password_file)


def _order(
    terminal: Terminal, number: str, run: str | None, desk: Desk, as_of: str | None, password_file: Path | None
) -> None:
    keyring = Keyring(terminal, desk)
    passwords = every_password(terminal, keyring, password_file, ask=not terminal.as_json)
    moment = clock.moment(as_of)
    on_progress = UNHEARD if terminal.as_json else partial(begun, terminal)
    with offering_to_keep(terminal, keyring, passwords):
        story = app.explain(number, desk, moment, passwords, then=as_of is None, of_run=run, on_progress=on_progress)
        _tell(terminal, story)


def _suppose(terminal: Terminal, typed: tuple[str, ...], desk: Desk, as_of: str | None) -> None:
    from processor.app.typed_facts import facts_of

    book = app.rules(desk.rules)
    _tell(terminal, app.suppose(facts_of(typed, book.words), book, clock.moment(as_of)))


def _tell(terminal: Terminal, story: object) -> None:
    from processor import outbox
    from processor.app.explaining import Impossible, NotFound, Unexplained

    match story:
        case outbox.Story():
            values, lines = outbox.story_values, outbox.story_lines
            explanation = (
                [terminal.json_line(values(story, terminal.lang))] if terminal.as_json else lines(story, terminal.lang)
            )
            terminal.answer(explanation)
        case NotFound():
            terminal.stop(2, story.code, *story.lines)
        case Unexplained() | Impossible():
            terminal.stop(2, story.code, story.message)


def _number(what: tuple[str, ...]) -> str:
    if any("=" in word for word in what):
        raise WrongUse(Text("'항목=값'으로 물을 때는 앞에 --facts를 적으세요.", "Put --facts before word=value."))
    if len(what) != 1:
        raise WrongUse(Text("상품주문번호를 하나만 적으세요.", "Give one product order number."))
    return narrow(what[0]).strip().strip("'\"")

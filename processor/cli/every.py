"""The commands for many desks at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from processor import app
from processor.app.errors import ClusterUnfit, WrongUse
from processor.app.finding import home_of
from processor.cli import clock
from processor.cli.opening import to_open
from processor.cli.own_folders import proof_marks
from processor.cli.passwords import Keyring, given_passwords
from processor.cli.terminal import Terminal
from processor.model import Text

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from processor.app.one_desk import Ended


_NO_DASK: Final = Text(
    "--dask를 쓰려면 Dask가 필요합니다. 이 프로그램의 폴더에서 한 번만 실행하고 다시 해 보세요: python -m pip install -e '.[cluster]'",
    "--dask needs Dask. Run this once in the folder of this program, and try again: python -m pip install -e '.[cluster]'",
)


class Workers(NamedTuple):
    """Who runs the desks: so many processes here (None: as the computer can), or the cluster at an address."""

    jobs: int | None
    dask: str | None


class Kind(NamedTuple):
    """The kind of run, the same for every desk."""

    dry_run: bool
    catch_up: bool
    clock_is_right: bool


def run_every(
    terminal: Terminal,
    root: Path,
    workers: Workers,
    as_of: str | None,
    password_file: Path | None,
    kind: Kind,
    *,
    quiet: bool,
) -> None:
    if workers.jobs is not None and workers.dask is not None:
        raise WrongUse(Text("--jobs와 --dask는 함께 쓸 수 없습니다.", "--jobs and --dask can't go together."))
    of_no_single_desk(terminal)
    moment = clock.moment(as_of)
    found = app.find_desks(root)
    keyring, given = Keyring(terminal), given_passwords(password_file)
    told = _Told(terminal, root, len(found.desks) + len(found.closed), quiet=quiet)
    try:
        with _executor(workers, root, len(found.desks)) as executor:
            kept = dict(zip(found.desks, keyring.of_desks(found.desks), strict=True))
            done = app.run_every(
                root,
                moment,
                executor,
                lambda desk: [*given, *kept.get(desk, ())],
                terminal.lang,
                **kind._asdict(),
                marks=proof_marks(),
                on_desk=told.ended,
            )
    except KeyboardInterrupt:
        told.stopped()
        raise
    if terminal.as_json:
        terminal.tell([terminal.json_line(done.values())])
    elif told.code or not quiet:
        terminal.tell(
            [done.sums, *(terminal.of_desk(home_of(each.line.name, root), each.line.sentence) for each in done.in_need)]
        )
        if done.workbook is not None:
            terminal.tell([to_open(done.workbook, sys.platform)])
    terminal.end(told.code)


def of_no_single_desk(terminal: Terminal) -> None:
    """The command is about many desks. Raises WrongUse if one was named too."""
    if any(word == "--home" or word.startswith("--home=") for word in terminal.typed):
        raise WrongUse(Text("--home과 --every는 함께 쓸 수 없습니다.", "--home and --every can't go together."))
    terminal.outbox = None


def desks(terminal: Terminal, root: Path, as_of: str | None) -> None:
    from processor.app.attempt import Failed

    found = app.all_waiting(root, clock.moment(as_of).date(), terminal.lang)
    if terminal.as_json:
        terminal.answer(terminal.json_line(each.values(terminal.lang)) for each in found)
    else:
        terminal.answer(terminal.of_desk(home_of(each.name, root), each.line) for each in found)
    terminal.end(3 if any(isinstance(each.status, Failed) for each in found) else 0)


def _executor(workers: Workers, root: Path, desks: int) -> AbstractContextManager[Executor]:
    if workers.dask is None:
        from processor.app.workers import here, processors

        return here(min(workers.jobs or processors(), desks))
    try:
        from processor.app.cluster import cluster
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        raise ClusterUnfit("package_missing", _NO_DASK) from None
    return cluster(workers.dask, root)


class _Told:
    """What is said of each desk as it ends, and the worst exit code of all."""

    def __init__(self, terminal: Terminal, root: Path, desks: int, *, quiet: bool) -> None:
        self._terminal, self._root, self._desks, self._quiet = terminal, root, desks, quiet
        self._done = 0
        self.code = 0

    def ended(self, desk: Ended, done: int, of: int) -> None:
        self._done = done
        failed = 0 if desk.failed is None else 2 if desk.failed.wrong_use else 3
        self.code = max(self.code, failed or int(desk.needs_you))
        if self._terminal.as_json:
            self._terminal.tell([self._terminal.json_line(desk.values)])
        elif not self._quiet:
            line = self._terminal.of_desk(home_of(desk.line.name, self._root), desk.line.sentence)
            self._terminal.remark(Text(f"{done}/{of} {line.ko.strip()}", f"{done}/{of} {line.en.strip()}"))

    def stopped(self) -> None:
        """Says what was done before the program was asked to stop. Under JSON each desk has its line already."""
        if not self._terminal.as_json:
            self._terminal.remark(
                Text(
                    f"가게 {self._desks:,}곳 가운데 {self._done:,}곳을 처리했습니다. 다시 실행하면 나머지를 이어서 처리합니다.",
                    f"{self._done:,} of {self._desks:,} desks are done. Run again, and the others follow.",
                )
            )

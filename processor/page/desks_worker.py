"""A warm process that tells what waits at each desk below a folder, for the page of all of them."""

from __future__ import annotations

import threading
from datetime import date
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from processor import app
from processor.app import Desk
from processor.app.attempt import Failed, attempted
from processor.app.finding import home_of
from processor.page.errors import EngineDied
from processor.processes import warm


class Line(NamedTuple):
    """What is told of one folder. `trouble`: the sentence that says what is wrong there."""

    home: Path
    name: str
    values: dict[str, Any]  # those of `app.all_waiting`
    trouble: str | None


class Waiting:
    """The main program's side: asks the process, one question at a time."""

    def __init__(self, root: Path, marks: Path | None) -> None:
        self._root = root
        self._process = warm.Warm("desks", _begin, root.absolute(), marks)
        self._one_at_a_time = threading.Lock()

    def lines(self, today: date, lang: str) -> list[Line] | Failed:
        """What waits at each desk: those with trouble first, then by the most urgent deadline."""
        with self._one_at_a_time:
            try:
                return self._process.ask((today, lang))  # type: ignore[no-any-return]  # what `_lines` returns
            except warm.Died:
                return Failed.by(EngineDied(), lang)

    def end(self) -> None:
        self._process.end()


def _begin(pipe: Connection, root: Path, marks: Path | None) -> None:
    sound: set[str] = set()
    warm.serve(
        pipe,
        _load,
        lambda asked, _tell: attempted(partial(_lines, root, marks, sound, *asked), "desks", root, asked[1]),
    )


def _load() -> None:
    from processor.app import checking, waiting_at_desks  # noqa: F401, PLC0415


def _lines(root: Path, marks: Path | None, sound: set[str], today: date, lang: str) -> list[Line]:
    """`sound`: the SHA-256 of rules that had no complaint; most desks have the same."""
    found = []
    for each in app.all_waiting(root, today, lang):
        home = home_of(each.name, root)
        failed = each.status if isinstance(each.status, Failed) else _complaint(Desk(home), marks, sound, lang)
        found.append(Line(home, each.name, each.values(lang), failed.message.said(lang) if failed else None))
    return sorted(found, key=lambda line: line.trouble is None)


def _complaint(desk: Desk, marks: Path | None, sound: set[str], lang: str) -> Failed | None:
    """Why nothing can be handled by the rules of the desk, if it is so."""
    from processor import rulebook  # noqa: PLC0415 - a heavy room

    def checked() -> None:
        if rulebook.sha256_of(desk.rules) not in sound:
            sound.add(app.rules(desk.rules, marks).sha256)

    return attempted(checked, "desks", desk.outbox, lang)

"""The files of the inbox: what each is, what is wrong with it, and what is done about that before a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from processor import app
from processor.app import Passwords
from processor.page.errors import NotAsked
from processor.page.requests.asking import Entry, Request, Values, Work
from processor.page.requests.sentences import by_buttons

_MOST_ROWS: Final = 1_000


def _recognise(request: Request, work: Work) -> Values:
    passwords = Passwords(request.passwords)
    seen = app.recognise(work.desk, request.as_of, passwords, work.marks, work.tell).values(request.lang)
    told: Values = by_buttons(seen, request.lang)
    return told


def _opens(request: Request, work: Work) -> Values:
    return {
        "type": "password",
        "opens": app.opens(work.desk, request.text("file"), request.text("password"), work.marks),
    }


def _set_aside(request: Request, work: Work) -> Values:
    place = app.set_aside(work.desk, request.text("file"), request.as_of)
    return {"type": "set_aside", "place": place.relative_to(work.desk.home).as_posix()}


def _correct(request: Request, work: Work) -> Values:
    cells = {_row(each): _cells(each) for each in _rows(request)}
    passwords = Passwords(request.passwords)
    copy = app.correct(work.desk, request.text("file"), cells, request.as_of, passwords, request.lang, work.marks)
    return {"type": "corrected", "file": copy.name}


def _rows(request: Request) -> list[Any]:
    rows = request.values.get("rows")
    if not isinstance(rows, list) or not 0 < len(rows) <= _MOST_ROWS:
        raise NotAsked
    return rows


def _row(told: Any) -> tuple[str, int]:  # noqa: ANN401 - from the browser
    match told:
        case {"sheet": str(sheet), "row": int(row)}:
            return sheet, row
        case _:
            raise NotAsked


def _cells(told: Mapping[str, Any]) -> dict[str, str]:
    match told:
        case {"cells": dict(cells)} if all(isinstance(value, str) for value in cells.values()):
            return cells
        case _:
            raise NotAsked


def _list_anew(request: Request, work: Work) -> Values:
    passwords = Passwords(request.passwords)
    done = app.list_anew(work.desk, request.as_of, passwords, request.lang, work.marks, work.tell)
    newest = next((run for run, place in work.desk.workbooks.items() if place == done.newest), None)
    return {"type": "listed", "run": newest}


def _teachable(request: Request, work: Work) -> Values:
    file = app.file_of(work.desk, request.text("file"))
    found = app.teachable(work.desk, file, Passwords(request.passwords))
    return found.values(request.lang)


def _try_teaching(request: Request, work: Work) -> Values:
    return _taught(request, work, write=False)


def _teach(request: Request, work: Work) -> Values:
    return _taught(request, work, write=True)


def _taught(request: Request, work: Work, *, write: bool) -> Values:
    taught = app.teach(
        work.desk,
        app.file_of(work.desk, request.text("file")),
        [*request.pairs("columns").items()],
        [*request.pairs("labels").items()],
        request.as_of,
        Passwords(request.passwords),
        write=write,
    )
    lines = [line.said(request.lang) for line in taught.lines(request.lang)]
    return {**taught.values(request.lang), "lines": lines, "ending": taught.ending[0].said(request.lang)}


ENTRIES: Final[Mapping[str, Entry]] = {
    "recognise": Entry(_recognise, opens_files=True, long=True),
    "opens": Entry(_opens),
    "set_aside": Entry(_set_aside, changes=True),
    "correct": Entry(_correct, changes=True, opens_files=True),
    "list_anew": Entry(_list_anew, changes=True, opens_files=True),
    "teachable": Entry(_teachable, opens_files=True),
    "try_teaching": Entry(_try_teaching, opens_files=True),
    "teach": Entry(_teach, changes=True, opens_files=True),
}

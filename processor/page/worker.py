"""The warm process: it holds the heavy rooms of the program, and carries out the page's requests one at a time.

Only plain values go through the pipe, and only between our own processes: what the browser sends is JSON, and a request
is a name of `REQUESTS` with such values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, NamedTuple

from processor import app
from processor.app import Desk, Passwords, Progress, Refused
from processor.app.attempt import Failed, attempted
from processor.model import Text
from processor.page.errors import NotAsked
from processor.processes import warm

Values = Mapping[str, Any]


class Request(NamedTuple):
    """What is asked. `values`: from the browser, so of any shape that JSON has. `as_of`: Korean wall time."""

    name: str
    values: Values
    as_of: datetime
    lang: str
    passwords: tuple[str, ...] = ()

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str):
            raise NotAsked
        return value

    def flag(self, key: str) -> bool:
        return self.values.get(key) is True

    def texts(self, key: str) -> list[str]:
        found = self.values.get(key)
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise NotAsked
        return found

    def pairs(self, key: str) -> dict[str, str]:
        found = self.values.get(key)
        if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
            raise NotAsked
        return found


class Answered(NamedTuple):
    """The request was carried out."""

    values: Values


class Work(NamedTuple):
    """Where a request is carried out, and how its progress is told."""

    desk: Desk
    marks: Path | None
    tell: Callable[[Progress], None]


def begin(pipe: Connection, home: Path, marks: Path | None) -> None:
    """Answers requests until the pipe is closed."""
    desk = Desk(home)
    warm.serve(pipe, _load, lambda request, tell: _carried_out(request, Work(desk, marks, tell)))


def _load() -> None:
    from processor.app import checking, day_list, explaining, morning, proofs, setting, waiting  # noqa: F401, PLC0415


def _carried_out(request: Request, work: Work) -> Answered | Failed:
    name = f"page {request.name}"
    return attempted(lambda: Answered(REQUESTS[request.name](request, work)), name, work.desk.outbox, request.lang)


# ── the requests ──


def _run(request: Request, work: Work) -> Values:
    done = app.run(
        work.desk,
        request.as_of,
        Passwords(request.passwords),
        request.lang,
        catch_up=request.flag("catch_up"),
        clock_is_right=request.flag("clock_is_right"),
        marks=work.marks,
        on_progress=work.tell,
    )
    return _outcome(done, request.lang)


def _answer(request: Request, work: Work) -> Values:
    orders, cells = request.texts("orders"), request.pairs("cells")
    passwords = Passwords(request.passwords)
    return _outcome(
        app.answer(work.desk, orders, cells, request.as_of, passwords, request.lang, work.marks), request.lang
    )


def _outcome(done: Any, lang: str) -> Values:  # noqa: ANN401 - Done or NothingNew, whose room is heavy
    from processor.app.outcomes import told_of  # noqa: PLC0415 - a heavy room

    lines = [*(line.said(lang) for line in told_of(done.earlier)), *done.lines(lang)]
    return {**done.values(lang), "lines": lines, "needs_you": done.needs_you}


def _today(request: Request, work: Work) -> Values:
    return app.today(work.desk, request.as_of, work.marks).values(request.lang)


def _status(request: Request, work: Work) -> Values:
    status = app.status(work.desk, request.as_of.date())
    counts = Counter(item.action for item in status.waiting.items)
    open_work = [
        {"action": action.value, "name": action.text.said(request.lang), "count": count}
        for action, count in counts.items()
    ]
    return {**status.values(), "open": open_work}


def _explain(request: Request, work: Work) -> Values:
    from processor import outbox  # noqa: PLC0415 - a heavy room

    story = app.explain(request.text("number"), work.desk, request.as_of, Passwords(request.passwords))
    if isinstance(story, outbox.Story):
        return outbox.story_values(story, request.lang)
    lines: Sequence[Text] = getattr(story, "lines", None) or [story.message]
    raise _Untold(story.code, *lines)


class _Untold(Refused):
    """There is no story of that order."""

    wrong_use = True

    def __init__(self, code: str, *lines: Text) -> None:
        super().__init__(*lines)
        self.code = code


def _check(request: Request, work: Work) -> Values:
    return app.check(work.desk.rules, request.as_of.date()).values(request.lang)


def _settings(request: Request, work: Work) -> Values:
    return app.settings(work.desk).values(request.lang)


def _change_settings(request: Request, work: Work) -> Values:
    return app.change_settings(work.desk, [*request.pairs("settings").items()]).values(request.lang)


def _limits(_request: Request, work: Work) -> Values:
    return {"file_mib": app.rules(work.desk.rules).exports.limits.file_mib}


REQUESTS: Final[Mapping[str, Callable[[Request, Work], Values]]] = {
    "run": _run,
    "answer": _answer,
    "today": _today,
    "status": _status,
    "explain": _explain,
    "check": _check,
    "settings": _settings,
    "change_settings": _change_settings,
    "limits": _limits,
}
"""All that can be asked, by name."""

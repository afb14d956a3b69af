"""The runs of the desk, the list of the day with its answers, the story of an order, and what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from processor import app
from processor.app import Passwords
from processor.model import Text
from processor.page.errors import Untold
from processor.page.requests.asking import Entry, Request, Values, Work
from processor.page.requests.sentences import by_buttons
from processor.page.requests.stories import story as told_story


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
    return app.answer(work.desk, orders, cells, request.as_of, work.kept).values(request.lang)


def _take_back(request: Request, work: Work) -> Values:
    orders, told = request.texts("orders"), request.text("told")
    return app.take_back(work.desk, orders, told, request.as_of, work.kept).values(request.lang)


def _outcome(done: Any, lang: str) -> Values:  # noqa: ANN401 - Done or NothingNew, whose room is heavy
    from processor.app.outcomes import told_of  # noqa: PLC0415 - a heavy room

    lines = [*(line.said(lang) for line in told_of(done.earlier)), *done.lines(lang)]
    values = {**done.values(lang), "in_short": done.in_short.said(lang), "lines": lines, "needs_you": done.needs_you}
    told: Values = by_buttons(values, lang)
    return told


def _today(request: Request, work: Work) -> Values:
    return app.today(work.desk, request.as_of, work.kept).values(request.lang)


def _order(request: Request, work: Work) -> Values:
    return app.order(work.desk, request.text("number"), request.as_of, work.kept).values(request.lang)


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

    run, passwords = request.values.get("run"), Passwords(request.passwords)
    of_run = None if run is None else request.text("run")
    story = app.explain(request.text("number"), work.desk, request.as_of, passwords, of_run=of_run)
    if isinstance(story, outbox.Story):
        return told_story(story, request.lang)
    lines: Sequence[Text] = getattr(story, "lines", None) or [story.message]
    raise Untold(story.code, *lines)


def _check(request: Request, work: Work) -> Values:
    return app.check(work.desk.rules, request.as_of.date()).values(request.lang)


def _limits(_request: Request, work: Work) -> Values:
    return {"file_mib": app.rules(work.desk.rules).exports.limits.file_mib}


ENTRIES: Final[Mapping[str, Entry]] = {
    "run": Entry(_run, changes=True, opens_files=True, long=True),
    "order": Entry(_order),
    "answer": Entry(_answer, changes=True),
    "take_back": Entry(_take_back, changes=True),
    "today": Entry(_today),
    "status": Entry(_status),
    "explain": Entry(_explain, opens_files=True),
    "check": Entry(_check),
    "limits": Entry(_limits),
}

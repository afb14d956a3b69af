"""Past days and their lists, as they were, and what is old enough to be removed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from processor import app
from processor.page.errors import NotAsked
from processor.page.requests.asking import Entry, Request, Values, Work

if TYPE_CHECKING:
    from processor.app.forgetting import Old

_AGES: Final = (1, 3, 6, 12, 24)
"""Months after which something may be called old."""


def _history(request: Request, work: Work) -> Values:
    before = _day(request, "before") if request.values.get("before") else None
    return app.history(work.desk, before).values(request.lang)


def _past_list(request: Request, work: Work) -> Values:
    """The list of a run as it was then, and whether it would be the same today."""
    run = request.text("run")
    done = app.replay(work.desk, run, work.marks)
    listing = done.listing
    return {
        "type": "past_list",
        "run": done.past.brief.run,
        "as_of": done.past.brief.as_of.isoformat(timespec="minutes"),
        "equal": done.equal,
        "lines": [line.said(request.lang) for line in done.lines()],
        "workbook": done.past.brief.run in work.desk.workbooks,
        "list": listing.values(request.lang) if listing else None,
    }


def _old(request: Request, work: Work) -> Values:
    """What is older than so many months."""
    months = request.values.get("months")
    if not isinstance(months, int) or months not in _AGES:
        raise NotAsked
    return _of_old(app.old(work.desk, _months_before(request.as_of.date(), months)), request, work)


def _forget(request: Request, work: Work) -> Values:
    """Removes what is older than a day, as `old` has named it."""
    before = _day(request, "before")
    if before > request.as_of.date():
        raise NotAsked
    return _of_old(app.forget(work.desk, before), request, work)


def _of_old(found: Old, request: Request, work: Work) -> Values:
    home = work.desk.home
    names = [path.relative_to(home).as_posix() for path in (*found.folders, *found.history)]
    return {
        **found.values(request.lang),
        "ages": _AGES,
        "inputs": 0 if found.removed else found.inputs,
        "names": names,
        "lines": [line.said(request.lang) for line in found.lines()] if found.removed else [],
    }


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last day of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(request: Request, key: str) -> date:
    try:
        return date.fromisoformat(request.text(key))
    except ValueError:
        raise NotAsked from None


ENTRIES: Final[Mapping[str, Entry]] = {
    "history": Entry(_history),
    "past_list": Entry(_past_list),
    "old": Entry(_old),
    "forget": Entry(_forget, changes=True),
}

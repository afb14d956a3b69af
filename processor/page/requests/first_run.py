"""The cards of the first run on a desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.app import first_run
from processor.page.errors import NotAsked
from processor.page.requests.asking import Entry, Request, Values, Work


def _first_run(_request: Request, work: Work) -> Values:
    answered = first_run.answered(work.desk, work.marks)
    return {"type": "first_run", "cards": [*first_run.CARDS], "answered": answered}


def _answer_card(request: Request, work: Work) -> Values:
    if (card := request.text("card")) not in first_run.CARDS:
        raise NotAsked
    first_run.answer(work.desk, [card], work.marks)
    return _first_run(request, work)


ENTRIES: Final[Mapping[str, Entry]] = {
    "first_run": Entry(_first_run),
    "answer_card": Entry(_answer_card, changes=True),
}

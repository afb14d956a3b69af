"""The messages to buyers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor import app
from processor.page.errors import NotAsked
from processor.page.requests.asking import Entry, Request, Values, Work


def _messages(request: Request, work: Work) -> Values:
    return app.messages(work.desk, work.marks).values(request.lang)


def _try_message(request: Request, work: Work) -> Values:
    return app.try_message(work.desk, request.text("name"), request.text("text"), work.marks).values(request.lang)


def _change_message(request: Request, work: Work) -> Values:
    text = request.values.get("text")
    if not (text is None or isinstance(text, str)):
        raise NotAsked
    return app.change_messages(work.desk, {request.text("name"): text}, work.marks).values(request.lang)


ENTRIES: Final[Mapping[str, Entry]] = {
    "messages": Entry(_messages),
    "try_message": Entry(_try_message),
    "change_message": Entry(_change_message, changes=True),
}

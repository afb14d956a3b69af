"""What the seller may be reminded of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor import app
from processor.page.requests.asking import Entry, Request, Values, Work


def _reminders(request: Request, work: Work) -> Values:
    found = app.reminders(work.desk, request.as_of, work.marks)
    return {"type": "reminders", "lines": [text.said(request.lang) for text in found]}


ENTRIES: Final[Mapping[str, Entry]] = {"reminders": Entry(_reminders)}

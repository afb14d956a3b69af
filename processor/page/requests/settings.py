"""The settings of the shop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor import app
from processor.page.requests.asking import Entry, Request, Values, Work


def _settings(request: Request, work: Work) -> Values:
    return app.settings(work.desk).values(request.lang)


def _ordered(request: Request, work: Work) -> Values:
    found = app.ordered(work.desk, request.as_of, work.marks)
    return {"type": "ordered", "products": [each._asdict() for each in found]}


def _try_settings(request: Request, work: Work) -> Values:
    said = request.pairs("settings").items()
    return app.try_settings(work.desk, said, request.as_of, work.marks).values(request.lang)


def _change_settings(request: Request, work: Work) -> Values:
    return app.change_settings(work.desk, request.pairs("settings").items(), work.marks).values(request.lang)


ENTRIES: Final[Mapping[str, Entry]] = {
    "settings": Entry(_settings),
    "ordered": Entry(_ordered),
    "try_settings": Entry(_try_settings),
    "change_settings": Entry(_change_settings, changes=True),
}

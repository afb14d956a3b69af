"""The settings of the shop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor import app
from processor.page.requests.asking import Entry, Request, Values, Work


def _settings(request: Request, work: Work) -> Values:
    return app.settings(work.desk).values(request.lang)


def _change_settings(request: Request, work: Work) -> Values:
    return app.change_settings(work.desk, [*request.pairs("settings").items()]).values(request.lang)


ENTRIES: Final[Mapping[str, Entry]] = {
    "settings": Entry(_settings),
    "change_settings": Entry(_change_settings, changes=True),
}

"""The words of the page, for its templates and its scripts: one module for each screen, and all of them in one table.

A name is used once on the whole page, so the module of a screen begins its names with the screen's where others could
mean something else by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text
from processor.page.words import (
    all_desks,
    fees,
    files,
    find,
    first_run,
    frame,
    history,
    messages,
    order,
    points,
    practice,
    rules,
    settings,
    teach,
    tidy,
    today,
    upgrade,
    watch,
)

WORDS: Final[Mapping[str, Text]] = {
    **frame.WORDS,
    **today.WORDS,
    **order.WORDS,
    **files.WORDS,
    **find.WORDS,
    **teach.WORDS,
    **rules.WORDS,
    **upgrade.WORDS,
    **tidy.WORDS,
    **history.WORDS,
    **fees.WORDS,
    **points.WORDS,
    **settings.WORDS,
    **messages.WORDS,
    **practice.WORDS,
    **first_run.WORDS,
    **watch.WORDS,
    **all_desks.WORDS,
}

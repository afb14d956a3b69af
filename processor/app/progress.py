"""How far a function of `app` has come, for a bar or a page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final, NamedTuple


class Stage(StrEnum):
    FILES_READ = "files_read"
    ORDERS_JUDGED = "orders_judged"
    SHEETS_WRITTEN = "sheets_written"


class Progress(NamedTuple):
    """So many of so many are done in this stage; each stage begins anew. `of` 0: it begins, and how many is not known yet."""

    stage: Stage
    done: int
    of: int


OnProgress = Callable[[Progress], None]


def _nobody_listens(_progress: Progress) -> None:
    pass


UNHEARD: Final[OnProgress] = _nobody_listens


def counted(stage: Stage, on_progress: OnProgress) -> Callable[[int, int], None]:
    """The same for a room below, which knows only its own counting."""
    return lambda done, of: on_progress(Progress(stage, done, of))

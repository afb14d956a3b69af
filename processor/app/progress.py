"""The progress of a function of `app`, for a progress bar or a page."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final, NamedTuple


class Stage(StrEnum):
    FILES_READ = "files_read"
    ORDERS_JUDGED = "orders_judged"
    SHEETS_WRITTEN = "sheets_written"


class Progress(NamedTuple):
    """`done` of `of` pieces are finished in this stage. `of` 0: the stage begins, and the number is not known yet."""

    stage: Stage
    done: int
    of: int


OnProgress = Callable[[Progress], None]


def _nobody_listens(_progress: Progress) -> None:
    pass


UNHEARD: Final[OnProgress] = _nobody_listens


def counted(stage: Stage, on_progress: OnProgress) -> Callable[[int, int], None]:
    """A callback for a lower room, which reports only two numbers; it adds the stage."""
    return lambda done, of: on_progress(Progress(stage, done, of))

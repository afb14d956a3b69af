"""Files that nobody could open for want of their password, and which of them nothing may be decided without."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final

from processor.intake.problems import wants_a_password
from processor.model import Problem, space_free
from processor.rulebook.types import Exports

_OUR_WORKBOOK: Final = "처리목록"
"""How the program's own workbooks begin; one that comes back may say that a parcel has left."""


def locked_and_needed(problems: Iterable[Problem], exports: Exports) -> tuple[Problem, ...]:
    """Those of files that stayed locked and are not, by their name, of a screen that can be done without.

    A locked file does not show what it is. So one whose name says nothing, or two things, counts as one that is needed.
    """
    locked = (problem for problem in problems if wants_a_password(problem))
    return tuple(problem for problem in locked if not _is_dispensable(problem.place.file, exports))


def _is_dispensable(file: str, exports: Exports) -> bool:
    """By the file's own name: folders and zips around it may be called anything."""
    name = space_free(PurePosixPath(file).name)
    dispensable = [export for export in exports.kinds if export.kind.entry.dispensable]
    needed = [export for export in exports.kinds if not export.kind.entry.dispensable]
    return _names_one(name, [word for export in dispensable for word in export.label]) and not _names_one(
        name, [_OUR_WORKBOOK, *(word for export in needed for word in export.label)]
    )


def _names_one(name: str, labels: Sequence[str]) -> bool:
    return any(label in name for label in map(space_free, labels) if label)

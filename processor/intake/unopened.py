"""Finds locked files whose password is unknown and without which nothing may be decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final

from processor.intake.problems import wants_a_password
from processor.model import Problem, space_free
from processor.rulebook.types import Exports

_OUR_WORKBOOK: Final = "처리목록"
"""The beginning of the names of the program's own workbooks. A returned one may say that a parcel has left."""


def locked_and_needed(problems: Iterable[Problem], exports: Exports) -> tuple[Problem, ...]:
    """The problems of locked files, without files that by their name come from a dispensable screen.

    The content of a locked file is unknown. So a file with no screen, or with several screens, in its name counts as
    needed.
    """
    locked = (problem for problem in problems if wants_a_password(problem))
    return tuple(problem for problem in locked if not _is_dispensable(problem.place.file, exports))


def _is_dispensable(file: str, exports: Exports) -> bool:
    """Does the file's own name, without folders and zips, name dispensable screens only?"""
    name = space_free(PurePosixPath(file).name)
    dispensable = [export for export in exports.kinds if export.kind.entry.dispensable]
    needed = [export for export in exports.kinds if not export.kind.entry.dispensable]
    return _names_one(name, [word for export in dispensable for word in export.label]) and not _names_one(
        name, [_OUR_WORKBOOK, *(word for export in needed for word in export.label)]
    )


def _names_one(name: str, labels: Sequence[str]) -> bool:
    return any(label in name for label in map(space_free, labels) if label)

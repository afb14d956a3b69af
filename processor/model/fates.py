"""Counts what happened to each source row. Each row has one fate; they are counted only here, after all decisions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from processor.model.text import NOTHING, Text

if TYPE_CHECKING:  # pandas is needed for types only; not importing it saves start-up time
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from processor.model.inputs import Batch, InputSheet, Place
    from processor.model.kinds import Kind


class Fate(Enum):
    """What happened to a row about an order."""

    DECIDED = "decided"  # the newest row of an order in the report
    MERGED = "merged"  # another row of such an order
    LISTED = "listed"  # its order is not in the report, because nothing has to be decided about it
    PROBLEM = "problem"  # it could not be used


@dataclass(frozen=True, slots=True)
class SheetCount:
    """The numbers of rows of one sheet by fate: read = decided + merged + listed + problems."""

    file: str
    sheet: str
    kind: Kind | None  # as in InputSheet
    read: int = 0
    decided: int = 0
    merged: int = 0
    listed: int = 0
    problems: int = 0
    note: Text = NOTHING
    taken_at: datetime | None = None
    tables: int = 1


def fates(batch: Batch, decided: Iterable[tuple[Place, ...]]) -> Iterator[tuple[Place, Fate]]:
    """Every row about an order, with its fate. `decided`: the rows of each order in the report, newest first."""
    for places in decided:
        for further, place in enumerate(places):
            yield place, Fate.MERGED if further else Fate.DECIDED
    for places in batch.listed:
        for place in places:
            yield place, Fate.LISTED
    for problem in batch.row_problems:
        yield problem.place, Fate.PROBLEM


def account(batch: Batch, decided: Iterable[tuple[Place, ...]]) -> tuple[SheetCount, ...]:
    """For each sheet of the batch the number of rows by fate; `decided` as in `fates`.

    `read` is counted by intake, independently of the fates, so that the two sides of the sum can be compared.
    """
    counts = Counter((place.file, place.sheet, fate) for place, fate in fates(batch, decided))

    def counted(sheet: InputSheet, fate: Fate) -> int:
        """Counts each row once, even if a sheet has two entries: the second then says why a part was not read."""
        return counts.pop((sheet.file, sheet.sheet, fate), 0)

    return tuple(
        SheetCount(
            sheet.file,
            sheet.sheet,
            sheet.kind,
            sheet.read,
            decided=counted(sheet, Fate.DECIDED),
            merged=counted(sheet, Fate.MERGED),
            listed=counted(sheet, Fate.LISTED) + sheet.listed,
            problems=counted(sheet, Fate.PROBLEM),
            note=sheet.note,
            taken_at=sheet.taken_at,
            tables=sheet.tables,
        )
        for sheet in batch.sheets
    )

"""What a story is told from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import pandas as pd

from processor.model import Origin, Problem, Text, Trail, Tried, Verdict
from processor.rulebook.types import Row, Rulebook

_NEAREST: Final = 3


@dataclass(frozen=True, eq=False, slots=True)
class Case:
    """The order that a story is of."""

    row: pd.DataFrame  # its one row, with the columns of `Out`
    granted: pd.Series  # per penalty rule: the day of its points
    origins: Mapping[str, Origin]  # by column of the claims table
    unread: tuple[Problem, ...]  # rows of it that could not be used


@dataclass(frozen=True, eq=False, slots=True)
class Story:
    """One judgement and all that led to it; without a case it is of a situation that somebody supposes."""

    verdict: Verdict
    trail: Trail
    book: Rulebook  # as it stood on that day
    as_of: datetime
    case: Case | None = None
    notes: tuple[Text, ...] = field(default=())  # which files it was told from, and why it may differ from a workbook

    @property
    def nearest(self) -> list[Tried]:
        """Of the rows above the hit those with fewest unmet conditions, the lowest first."""
        upward = self.trail.above[::-1]
        return sorted(upward, key=lambda row: len(row.misses))[:_NEAREST]

    @property
    def asked(self) -> list[str]:
        """The words that mattered: the rows that fit asked for them, or those that nearly did."""
        verdict, book = self.verdict, self.book
        rows: dict[str, Row] = {
            row.id: row for row in (*book.decisions.rows, *book.fees.rows, *book.penalties.table.rows)
        }
        near = [row.rule for row in self.nearest]
        consulted = [verdict.rule, *near, verdict.fee.rule, *(event.rule for event in verdict.penalties)]
        words = dict.fromkeys(word for rule in consulted for word in rows[rule].when)
        return [word for word in words if word in verdict.facts]

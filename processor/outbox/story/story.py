"""The values of a story: a judgement and all that led to it."""

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
    """The order that the story explains."""

    row: pd.DataFrame  # its one row, with the columns of `Out`
    granted: pd.Series  # by penalty rule: the day on which its points are given
    origins: Mapping[str, Origin]  # by column of the claims table
    unread: tuple[Problem, ...]  # problems of its rows that could not be used


@dataclass(frozen=True, eq=False, slots=True)
class Story:
    """One judgement and all that led to it. Without a case it explains a situation that is only supposed."""

    verdict: Verdict
    trail: Trail
    book: Rulebook  # the rules of that day
    as_of: datetime
    case: Case | None = None
    notes: tuple[Text, ...] = field(default=())  # the files it rests on, and why it may differ from a workbook

    @property
    def nearest(self) -> list[Tried]:
        """The rows above the hit with the fewest unmet conditions, the lowest row first."""
        upward = self.trail.above[::-1]
        return sorted(upward, key=lambda row: len(row.misses))[:_NEAREST]

    @property
    def asked(self) -> list[str]:
        """The words that decided: those in the conditions of the rows that fit or nearly fit."""
        verdict, book = self.verdict, self.book
        rows: dict[str, Row] = {
            row.id: row for row in (*book.decisions.rows, *book.fees.rows, *book.penalties.table.rows)
        }
        near = [row.rule for row in self.nearest]
        consulted = [verdict.rule, *near, verdict.fee.rule, *(event.rule for event in verdict.penalties)]
        words = dict.fromkeys(word for rule in consulted for word in rows[rule].when)
        return [word for word in words if word in verdict.facts]

"""The days on which a desk was worked, each with its runs and with what its last list held. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any, Final

from processor import ledger
from processor.app.errors import BriefMissing, HistoryDamaged
from processor.app.past_runs import PastRuns
from processor.ledger import Decided
from processor.model import NOTHING, Action, Text

_AT_ONCE: Final = 14


@dataclass(frozen=True, slots=True)
class PastDay:
    """One day, with its runs, the newest first: their lists replace each other, so the first run has the last list.

    counts: the orders of that list by action; None if it is not known any more, and `why`.
    """

    day: date
    runs: tuple[str, ...]
    counts: Mapping[Action, int] | None
    why: Text = NOTHING


@dataclass(frozen=True, slots=True)
class PastDays:
    """Some days, the newest first. older: are there days before them? workbooks: the runs whose workbook is still there."""

    days: tuple[PastDay, ...]
    older: bool
    workbooks: frozenset[str]

    def values(self, lang: str) -> dict[str, Any]:
        return {"type": "history", "older": self.older, "days": [self._of_day(each, lang) for each in self.days]}

    def _of_day(self, each: PastDay, lang: str) -> dict[str, Any]:
        counts = each.counts or {}
        return {
            "day": each.day.isoformat(),
            "runs": [
                {"run": run, "at": ledger.moment_of(run).isoformat(), "workbook": run in self.workbooks}
                for run in each.runs
            ],
            "orders": sum(counts.values()),
            "outcomes": [
                {"action": action.value, "name": action.text.said(lang), "count": counts[action]}
                for action in Action
                if counts.get(action)
            ],
            "why": each.why.said(lang),
        }


def past_days(runs: PastRuns, before: date | None) -> PastDays:
    """The newest days, or the newest of those before a day. Raises OSError."""
    names = sorted({*runs.names(), *runs.without_brief()}, key=lambda run: (ledger.moment_of(run), len(run), run))
    by_day = groupby(reversed(names), lambda run: ledger.moment_of(run).date())
    wanted = ((day, (*its,)) for day, its in by_day if before is None or day < before)
    found = [*islice(_told(runs, wanted), _AT_ONCE)]
    return PastDays(tuple(found), next(wanted, None) is not None, frozenset(runs.desk.workbooks))


def _told(runs: PastRuns, days: Iterator[tuple[date, Sequence[str]]]) -> Iterator[PastDay]:
    for day, its in days:
        try:
            decided = runs.brief(its[0]).decided.values()
        except (BriefMissing, HistoryDamaged) as error:
            yield PastDay(day, tuple(its), None, error.message)
        else:
            yield PastDay(day, tuple(its), Counter(Action(each[Decided.ACTION]) for each in decided))

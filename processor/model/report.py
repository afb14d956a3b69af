"""Everything that a run found out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from processor.model.actions import Action
from processor.model.tables import JUDGED, POINT, TO_MARK, Out
from processor.model.text import Text
from processor.model.verdicts import Verdict

if TYPE_CHECKING:  # pandas serves only as a type here, so that the nouns cost no start-up time
    from datetime import datetime

    import pandas as pd

    from processor.model.fates import SheetCount
    from processor.model.inputs import AnswerRow, Batch
    from processor.model.past import RememberedAnswer
    from processor.model.points import Forecast


class Caution(NamedTuple):
    """What the seller must know of the whole day; `before` names the action that it could spoil."""

    text: Text
    before: Action | None = None


@dataclass(frozen=True, eq=False)
class Report:
    """Everything that a run found out; the outbox reads it and computes nothing."""

    as_of: datetime
    rows: pd.DataFrame  # tables.JUDGED, in the order to work in
    granted: pd.DataFrame  # per row and penalty rule (column): the day on which its points are, or would be, given
    verdicts: tuple[Verdict, ...]
    batch: Batch
    account: tuple[SheetCount, ...]  # what became of the rows of each input sheet
    sold_out_products: pd.DataFrame  # tables.TO_MARK
    points: pd.DataFrame  # tables.POINT, those of the window and those to come
    forecast: Forecast
    answers: tuple[RememberedAnswer, ...] = ()  # what this run was told anew, with run = 0
    answer_rows: tuple[
        AnswerRow, ...
    ] = ()  # those of this day that say something, settled anew with what comes later today
    gone: tuple[str, ...] = ()  # orders of earlier runs that left every export as was to be expected
    done: int = 0  # orders that the seller called done today, and that are not asked for again
    remaining: int = 0  # orders that the last list of this day asked for, and that this one still asks for
    news: bool = True  # did this run learn anything that its list may hang on?
    replaces: tuple[str, ...] = ()  # the earlier runs of this day whose workbook this one takes the place of
    warnings: tuple[Caution, ...] = ()
    calendar_version: str = ""

    def __post_init__(self) -> None:
        JUDGED.check(self.rows)
        TO_MARK.check(self.sold_out_products)
        POINT.check(self.points)

    @property
    def says_nothing(self) -> bool:
        """Nothing to decide, or nothing otherwise than an earlier list of this day says, and nothing that went wrong."""
        nothing = self.rows.empty and not (self.batch.row_problems or self.batch.file_problems)
        return nothing or not self.news

    def count(self, action: Action) -> int:
        """How many product orders have that outcome."""
        return int(
            self.rows[Out.SITUATION].map([verdict.action is action for verdict in self.verdicts].__getitem__).sum()
        )

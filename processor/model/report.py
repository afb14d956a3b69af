"""The report: everything that a run found out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from processor.model.actions import Action
from processor.model.tables import JUDGED, POINT, TO_MARK, Out
from processor.model.text import Text
from processor.model.verdicts import Verdict

if TYPE_CHECKING:  # pandas is needed for types only; not importing it saves start-up time
    from collections.abc import Mapping
    from datetime import datetime

    import pandas as pd

    from processor.model.contradictions import Contradiction
    from processor.model.fates import SheetCount
    from processor.model.inputs import AnswerRow, Batch
    from processor.model.past import RememberedAnswer
    from processor.model.points import Forecast


class Caution(NamedTuple):
    """A warning about the whole day. `before` names the action that must wait for it."""

    text: Text
    before: Action | None = None


@dataclass(frozen=True, eq=False)
class Report:
    """Everything that a run found out. The outbox shows it and computes nothing."""

    as_of: datetime
    rows: pd.DataFrame  # tables.JUDGED, in the order of work
    granted: pd.DataFrame  # for each row and each penalty rule (column) the day on which points are, or would be, given
    verdicts: tuple[Verdict, ...]
    batch: Batch
    account: tuple[SheetCount, ...]  # the number of rows of each input sheet by fate
    sold_out_products: pd.DataFrame  # tables.TO_MARK
    points: pd.DataFrame  # tables.POINT, in the window and in the future
    forecast: Forecast
    answers: tuple[RememberedAnswer, ...] = ()  # new answers of this run, with run = 0
    answer_rows: tuple[
        AnswerRow, ...
    ] = ()  # all rows of this day with an answer; later runs of this day settle them again
    gone: tuple[str, ...] = ()  # orders of earlier runs that left the exports as expected
    done_rows: pd.DataFrame | None = (
        None  # like `rows`: orders that the seller marked as done and that are not listed again; None = no such orders
    )
    contradictions: Mapping[str, tuple[Contradiction, ...]] = field(default_factory=dict)  # by 상품주문번호
    remaining: int = 0  # the number of orders to do both in the last list of this day and in this one
    news: bool = True  # did this run read anything new that may change its list?
    replaces: tuple[str, ...] = ()  # the earlier runs of this day whose workbooks this one replaces
    warnings: tuple[Caution, ...] = ()
    calendar_version: str = ""

    def __post_init__(self) -> None:
        JUDGED.check(self.rows)
        TO_MARK.check(self.sold_out_products)
        POINT.check(self.points)

    @property
    def says_nothing(self) -> bool:
        """Is there nothing to decide, or nothing new since an earlier list of this day, and no problem?"""
        nothing = self.rows.empty and not (self.batch.row_problems or self.batch.file_problems)
        return nothing or not self.news

    @property
    def done(self) -> int:
        """The number of orders that the seller marked as done and that are not listed again."""
        return 0 if self.done_rows is None else len(self.done_rows)

    def count(self, action: Action) -> int:
        """The number of product orders with that action."""
        its = [number for number, verdict in enumerate(self.verdicts) if verdict.action is action]
        return int(self.rows[Out.SITUATION].isin(its).sum())

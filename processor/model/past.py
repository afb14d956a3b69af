"""What earlier runs left, as the ledger tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from processor.model.tables import PAST_ORDERS, POINT

if TYPE_CHECKING:  # pandas serves only as a type here, so that the nouns cost no start-up time
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    import pandas as pd


class RememberedAnswer(NamedTuple):
    """What a yellow cell of one order says from one run on, until a later entry of the same cell."""

    product_order_no: str
    cell: str  # a name of ANSWER_COLUMNS
    value: str  # "" = nothing any more
    run: int  # the run that was told
    asked: bool = False  # answers contradicted each other, and the cell waits for the right one
    about: int = 0  # 처리결과 only: the run whose action it tells of
    at: datetime | None = None  # when it was written, as far as its file tells; None = in that run
    held: bool = True  # False: a later run of the same day has found otherwise, and only that run's workbook showed it


class EarlierRun(NamedTuple):
    number: int  # counts up
    as_of: datetime
    listed: bool = True  # did it leave a workbook?


@dataclass(frozen=True, eq=False)
class Past:
    """What the ledger remembers that may matter to this batch: orders still open, and those that the batch names.

    Orders, points and answers are told as they stood when the day began, since each run of a day tells the whole day anew.
    """

    orders: pd.DataFrame  # tables.PAST_ORDERS, as the day began
    latest: pd.DataFrame  # the same, of those that an earlier run of this day decided
    answers: tuple[RememberedAnswer, ...]  # oldest first, those of this day's runs among them
    runs: dict[str, EarlierRun]  # by name, as in 처리목록_<name>.xlsx
    points: pd.DataFrame  # tables.POINT: what earlier runs saw given, or planned
    paid: Mapping[date, int]  # product orders by the day of their payment, without those that the batch names
    own_cancels: Mapping[
        str, Sequence[date]
    ]  # 상품번호 → the days on which the seller cancelled it for a buyer's reason

    def __post_init__(self) -> None:
        PAST_ORDERS.check(self.orders)
        PAST_ORDERS.check(self.latest)
        POINT.check(self.points)

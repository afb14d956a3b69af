"""What the ledger knows of earlier runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from processor.model.tables import PAST_ORDERS, POINT

if TYPE_CHECKING:  # pandas is needed for types only; not importing it saves start-up time
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    import pandas as pd


class RememberedAnswer(NamedTuple):
    """The answer in one yellow cell of one order. It counts from its run until a later answer in the same cell."""

    product_order_no: str
    cell: str  # a name of ANSWER_COLUMNS
    value: str  # "" = the answer was deleted
    run: int  # the run that read it
    asked: bool = False  # True: answers contradicted each other, and the seller is asked for the right one
    about: int = 0  # for 처리결과 only: the run whose action was done
    at: datetime | None = None  # when it was written, if its file shows that; None = in that run
    held: bool = True  # False: a later run of the same day replaced it, so only the workbook of its own run shows it


class EarlierRun(NamedTuple):
    number: int  # 1, 2, 3 … in the order of the runs
    as_of: datetime
    listed: bool = True  # did it leave a workbook?


@dataclass(frozen=True, eq=False)
class Past:
    """What the ledger knows about open orders and about the orders in this batch.

    Orders, points and answers have their state from the beginning of the day, because each run judges the whole day
    anew.
    """

    orders: pd.DataFrame  # tables.PAST_ORDERS, as the day began
    latest: pd.DataFrame  # the latest state of those that an earlier run of this day decided
    answers: tuple[RememberedAnswer, ...]  # oldest first, including those of earlier runs of this day
    runs: dict[str, EarlierRun]  # by name, as in 처리목록_<name>.xlsx
    points: pd.DataFrame  # tables.POINT: points that earlier runs saw as given or planned
    paid: Mapping[date, int]  # day of payment → number of product orders, without those in the batch
    own_cancels: Mapping[
        str, Sequence[date]
    ]  # 상품번호 → the days on which the seller cancelled it for a buyer's reason

    def __post_init__(self) -> None:
        PAST_ORDERS.check(self.orders)
        PAST_ORDERS.check(self.latest)
        POINT.check(self.points)

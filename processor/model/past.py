"""What earlier runs left, as the ledger tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:  # pandas serves only as a type here, so that the nouns cost no start-up time
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    import pandas as pd


class Given(NamedTuple):
    """What a yellow cell of one order says from one run on, until a later entry of the same cell."""

    product_order_no: str
    cell: str  # a name of ANSWER_COLUMNS
    value: str  # "" = nothing any more
    run: int  # the run that was told
    asked: bool = False  # answers contradicted each other, and the cell waits for the right one
    about: int = 0  # 처리결과 only: the run whose action it tells of


class EarlierRun(NamedTuple):
    number: int  # counts up
    as_of: datetime


class Kept:
    """Columns of `Past.orders`, beside its index 상품주문번호: how each order stood when it was last handled."""

    ORDER_NO: Final = "order_no"
    BUNDLE_NO: Final = "bundle_no"
    OPEN: Final = "open"  # bool: something may still come of it
    ACTION: Final = "action"  # of model.Action; "" = taken note of without acting
    RULE: Final = "rule"
    RUN: Final = "run"  # number of the run that decided it last
    DECIDED_AT: Final = "decided_at"  # its moment
    SINCE: Final = "since"  # since when the action has been the same
    ACT_BY: Final = "act_by"
    ASKS: Final = "asks"  # answer cells that would settle it, space-separated
    FLAGS: Final = "flags"
    REQUEST_OPEN: Final = "request_open"  # bool: a cancel request was open, or nobody could tell that it had ended
    REQUESTED_AT: Final = "requested_at"
    DISPATCHED: Final = "dispatched"  # bool: it had left, whatever older files say
    EARLIER: Final = "earlier"  # the word 지난기록 of then
    SEEN_AT: Final = "seen_at"
    SEEN_IN: Final = "seen_in"
    PRODUCT: Final = "product"
    PRODUCT_NO: Final = "product_no"
    PAID_ON: Final = "paid_on"
    OWN_CANCEL: Final = "own_cancel"  # the buyer's reason for which the seller cancelled it himself; "" = he did not
    STATE: Final = "state"  # JSON: the columns of the claims table as they were


KEPT: Final = {
    Kept.ORDER_NO: "str",
    Kept.BUNDLE_NO: "str",
    Kept.OPEN: "bool",
    Kept.ACTION: "str",
    Kept.RULE: "str",
    Kept.RUN: "int64",
    Kept.DECIDED_AT: "datetime64[us]",
    Kept.SINCE: "datetime64[us]",
    Kept.ACT_BY: "datetime64[us]",
    Kept.ASKS: "str",
    Kept.FLAGS: "str",
    Kept.REQUEST_OPEN: "bool",
    Kept.REQUESTED_AT: "datetime64[us]",
    Kept.DISPATCHED: "bool",
    Kept.EARLIER: "str",
    Kept.SEEN_AT: "datetime64[us]",
    Kept.SEEN_IN: "str",
    Kept.PRODUCT: "str",
    Kept.PRODUCT_NO: "str",
    Kept.PAID_ON: "datetime64[us]",
    Kept.OWN_CANCEL: "str",
    Kept.STATE: "str",
}


@dataclass(frozen=True, eq=False)
class Past:
    """What the ledger remembers that may matter to this batch: orders still open, and those that the batch names."""

    orders: pd.DataFrame  # by 상품주문번호, columns KEPT
    answers: tuple[Given, ...]  # oldest first, of open orders
    runs: dict[str, EarlierRun]  # by name, as in 처리목록_<name>.xlsx
    points: pd.DataFrame  # columns of Point: what earlier runs saw given, or planned
    paid: Mapping[date, int]  # product orders by the day of their payment, without those that the batch names
    own_cancels: Mapping[
        str, Sequence[date]
    ]  # 상품번호 → the days on which the seller cancelled it for a buyer's reason

"""Everything that a run found out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from processor.model.text import Text
from processor.model.verdicts import Action, Verdict

if TYPE_CHECKING:  # pandas serves only as a type here, so that the nouns cost no start-up time
    from datetime import datetime

    import pandas as pd

    from processor.model.inputs import AnswerRow, Batch
    from processor.model.past import RememberedAnswer
    from processor.model.points import Forecast


class Out:
    """Columns that judging adds to the claims table."""

    SITUATION: Final = "situation"  # int: index into Report.verdicts
    ACT_BY: Final = "act_by"  # datetime64, NaT = no deadline known
    FEE_AMOUNT: Final = "fee_amount"  # Int64 won, missing = unknown
    FEE_OUTBOUND: Final = "fee_outbound"  # Int64 won: the outbound leg's part of it
    FEE_RETURN: Final = "fee_return"  # Int64 won: the return leg's part of it
    REMOTE_OUTBOUND: Final = "remote_outbound"  # Int64 won: what of the outbound leg is the surcharge of 제주·도서
    REMOTE_RETURN: Final = "remote_return"  # the same of the return leg
    FEE_SHARED: Final = "fee_shared"  # bool: its legs are counted on another line of the bundle
    SUPPORT: Final = "support"  # Int64 won: the return leg that Naver may pay instead; 0 = none, missing = unknown
    FREE_OVER: Final = "free_over"  # Int64 won: from which sum the bundle ships free; missing = unknown
    DELAY_DAYS: Final = "delay_days"  # Int64: days for which a late refund bears interest; missing = start not known
    DELAY_WON: Final = "delay_won"  # Int64 won: that interest up to today; missing = unknown
    FEE_REFUND: Final = (
        "fee_refund"  # Int64 won: the initial fee that goes back to the buyer with it; missing = none, or not known
    )
    FEE_NOTE_KO: Final = "fee_note_ko"  # what only this row knows: shared bundle, refund of the initial fee
    FEE_NOTE_EN: Final = "fee_note_en"
    OPEN: Final = "open"  # bool: something may still come of it, so it is worth remembering
    PAID_ON: Final = "paid_on"  # datetime64: the day of payment, NaT = not paid or not known
    OWN_CANCEL: Final = "own_cancel"  # as in PastOrder


class Caution(NamedTuple):
    """What the seller must know of the whole day; `before` names the action that it could spoil."""

    text: Text
    before: Action | None = None


@dataclass(frozen=True, eq=False)
class Report:
    """Everything that a run found out; the outbox reads it and computes nothing."""

    as_of: datetime
    rows: pd.DataFrame  # Batch.claims, in the order to work in, with the columns of Out
    granted: pd.DataFrame  # per row and penalty rule (column): the day on which its points are, or would be, given
    verdicts: tuple[Verdict, ...]
    batch: Batch
    sold_out_products: pd.DataFrame  # products to mark 품절: product_no, product_name, option, orders
    points: pd.DataFrame  # columns of Point, those of the window and those to come
    forecast: Forecast
    answers: tuple[RememberedAnswer, ...] = ()  # what this run was told anew, with run = 0
    heard: tuple[AnswerRow, ...] = ()  # what this day's files answer, to be settled anew with what comes later today
    gone: tuple[str, ...] = ()  # orders of earlier runs that left every export as was to be expected
    done: int = 0  # orders that the seller called done today, and that are not asked for again
    remaining: int = 0  # orders that the last list of this day asked for, and that this one still asks for
    news: bool = True  # did this run learn anything that its list may hang on?
    replaces: tuple[str, ...] = ()  # the earlier runs of this day whose workbook this one takes the place of
    warnings: tuple[Caution, ...] = ()
    calendar_version: str = ""

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

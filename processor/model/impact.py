"""What other rules would have decided on past runs: the orders that come out otherwise, and what could not be tried."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, final

from processor.model.actions import Action
from processor.model.text import NOTHING, Text
from processor.model.verdicts import Leg, Payer


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one rulebook decides on an order, as far as two rulebooks are compared. Other words for it are the same."""

    action: Action
    rule: str
    reason: str | None  # the code of the reason
    payer: Payer
    legs: tuple[Leg, ...]
    amount: int | None  # won; None = not known
    points: int
    brought: int  # those of the points that the action brings
    why: Text = field(default=NOTHING, compare=False)  # empty where only the record of the run is known


@dataclass(frozen=True, slots=True)
class Flip:
    """An order on which two rulebooks do not agree. A side is None if it does not decide the order at all."""

    product_order_no: str
    run: str  # the last run that decided the order
    as_of: datetime
    product: str
    option: str
    before: Side | None
    after: Side | None

    @property
    def why(self) -> Text:
        """The reason of the other rules; empty if they do not decide the order."""
        return self.after.why if self.after else NOTHING

    @property
    def irreversible(self) -> bool:
        """Is it about an action that cannot be undone, which one side takes and the other does not?"""
        before, after = (side and side.action for side in (self.before, self.after))
        return before is not after and any(action is not None and action.irreversible for action in (before, after))


class NotSeen(NamedTuple):
    """An order, or a whole run, on which the other rules could not be tried, and why."""

    run: str
    product_order_no: str | None  # None = the whole run
    why: Text


@dataclass(frozen=True, slots=True)
class Impact:
    """The flips, those that cannot be undone first. An order of several runs counts once, as its last run decided it."""

    runs: tuple[tuple[str, datetime], ...]  # the runs that were tried, the oldest first
    orders: int
    flips: tuple[Flip, ...]
    not_seen: tuple[NotSeen, ...]

"""The decision for a situation, its costs, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from processor.model.actions import Action
from processor.model.text import UNKNOWN, RuleId, Text


class Payer(StrEnum):
    BUYER = "buyer"
    SELLER = "seller"
    NONE = "none"
    UNDECIDED = "undecided"

    @property
    def text(self) -> Text:
        return _PAYERS[self]


_PAYERS = {
    Payer.BUYER: Text("구매자", "buyer"),
    Payer.SELLER: Text("판매자", "seller"),
    Payer.NONE: Text("없음", "nobody"),
    Payer.UNDECIDED: Text("미정", "undecided"),
}


class Leg(StrEnum):
    OUTBOUND = "outbound"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The nearest rule above that did not apply, and the one condition that was not met."""

    rule: RuleId
    because: Text


@dataclass(frozen=True, slots=True)
class FeeRuling:
    """Who pays which shipments, and why. The amounts are computed for each row."""

    rule: RuleId
    payer: Payer
    legs: tuple[Leg, ...]
    basis: Text
    sources: tuple[str, ...]
    says: str | None = None  # the name of the sentence in messages.costs for the buyer


@dataclass(frozen=True, slots=True)
class PenaltyEvent:
    """One event that brings points to a product order."""

    rule: RuleId
    event: str
    name: Text
    points: int
    by_action: bool  # True: today's action causes it; False: it happens without an action
    sources: tuple[str, ...]


class Answer(NamedTuple):
    """A possible answer in a yellow cell, and what would then be decided."""

    cell: str  # its header
    value: str
    said: Text  # the same in both languages
    rule: RuleId
    action: Action
    brings: int  # the points that this action then brings


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one situation. All rows with the same facts share it."""

    action: Action
    rule: RuleId
    why: Text
    facts: dict[str, str | int]
    grounds: dict[str, Text]  # word → from what an inferred fact was inferred
    reason_code: str | None
    reason_label: Text
    flags: tuple[str, ...]
    fee: FeeRuling
    penalties: tuple[PenaltyEvent, ...]
    deadline: str | None
    message: str | None
    screen: str
    sources: tuple[str, ...]
    why_not: WhyNot | None = None
    asks: tuple[str, ...] = field(default=())  # the answer cells that would decide it
    answers: tuple[Answer, ...] = field(default=())
    """All possible answers of each cell of which at least one leads to another rule: one by one what it leads to."""

    @property
    def cells(self) -> frozenset[str]:
        """The cells of which some answer leads to another rule."""
        return frozenset(answer.cell for answer in self.answers)

    @property
    def points(self) -> int:
        return sum(event.points for event in self.penalties)

    @property
    def implied_cause(self) -> str | None:
        """The value of 실제사유 while the seller has left it blank, inferred from a sold-out list or his wish to cancel."""
        cause = str(self.facts.get("실제사유", UNKNOWN))
        return cause if self.facts.get("요청") == "판매자취소" and cause != UNKNOWN else None

    @property
    def contradicted(self) -> bool:
        """Do the seller's own answers or lists show that the stated reason is not the true one?"""
        return self.facts.get("사유일치") == "아니오"


class Condition(NamedTuple):
    """One condition of a row, tested on one situation, with a sentence about the result."""

    word: str
    wanted: str  # as written in rules.yaml
    value: str | int
    met: bool
    said: Text


@dataclass(frozen=True, slots=True)
class Tried:
    """A row of a table, tested on one situation."""

    rule: RuleId
    outcome: Text
    conditions: tuple[Condition, ...]

    @property
    def misses(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if not condition.met)


@dataclass(frozen=True, slots=True)
class Trail:
    """How a verdict was found, and which other rules nearly applied."""

    above: tuple[Tried, ...]  # the rows above the one that applies; none of them fits
    hit: Tried
    points: tuple[Tried, ...]  # penalty rows for which exactly one condition is not met
    answers: tuple[Answer, ...]

"""What is decided of a situation, what it costs, and how it was found."""

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
    """The nearest earlier rule that did not apply, and the one condition that kept it out."""

    rule: RuleId
    because: Text


@dataclass(frozen=True, slots=True)
class FeeRuling:
    """Who pays which legs on what ground; amounts follow row by row."""

    rule: RuleId
    payer: Payer
    legs: tuple[Leg, ...]
    basis: Text
    sources: tuple[str, ...]
    says: str | None = None  # the sentence of messages.costs that tells the buyer


@dataclass(frozen=True, slots=True)
class PenaltyEvent:
    """One event that brings points to a product order."""

    rule: RuleId
    event: str
    name: Text
    points: int
    by_action: bool  # True: today's action brings it; False: it came, or comes, by itself
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one situation: shared by every row whose facts are these."""

    action: Action
    rule: RuleId
    why: Text
    why_not: WhyNot | None
    facts: dict[str, str | int]
    grounds: dict[str, Text]  # word → what an inferred fact was inferred from
    reason_code: str | None
    reason_label: Text
    flags: tuple[str, ...]
    fee: FeeRuling
    penalties: tuple[PenaltyEvent, ...]
    deadline: str | None
    message: str | None
    screen: str
    sources: tuple[str, ...]
    asks: tuple[str, ...] = field(default=())  # answer cells that would settle it

    @property
    def points(self) -> int:
        return sum(event.points for event in self.penalties)

    @property
    def implied_cause(self) -> str | None:
        """What 실제사유 says as long as the seller has not filled it: a sold-out list or the wish to cancel tells it."""
        cause = str(self.facts.get("실제사유", UNKNOWN))
        return cause if self.facts.get("요청") == "판매자취소" and cause != UNKNOWN else None

    @property
    def contradicted(self) -> bool:
        """The stated reason is not the true one, by the seller's own words or lists."""
        return self.facts.get("사유일치") == "아니오"


class Condition(NamedTuple):
    """One condition of a row, tried on one situation, and the sentence that says how it went."""

    word: str
    wanted: str  # as it stands in rules.yaml
    value: str | int
    met: bool
    said: Text


@dataclass(frozen=True, slots=True)
class Tried:
    """A row of a table, tried on one situation."""

    rule: RuleId
    outcome: Text
    conditions: tuple[Condition, ...]

    @property
    def misses(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if not condition.met)


class Answer(NamedTuple):
    """What a yellow cell may still say, and what would be done then."""

    cell: str
    value: str
    said: Text  # the same in both languages
    rule: RuleId
    action: Action


@dataclass(frozen=True, slots=True)
class Trail:
    """How a verdict was found, and how near it was to another."""

    above: tuple[Tried, ...]  # the rows above the hit, none of which fits
    hit: Tried
    points: tuple[Tried, ...]  # rows of penalties that a single condition keeps out
    answers: tuple[Answer, ...]

"""Penalty points over time: the state of each event, and the forecast of the sums."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class PointState(StrEnum):
    """How certain the points of an event are."""

    GIVEN = "given"  # the points were given
    SURE = "sure"  # not given yet, but they can no longer be avoided
    BY_ACTION = "by_action"  # today's action will bring them
    AVOIDABLE = "avoidable"  # they will be given unless something is done
    UNSETTLED = "unsettled"  # the buyer requested a cancel in time: its result decides


class Range(NamedTuple):
    """The bounds of a number, both included. If `high` is None, the upper bound is unknown."""

    low: int
    high: int | None

    @property
    def known(self) -> bool:
        return self.low == self.high

    @property
    def safe(self) -> int:
        """The upper bound; the lower one if the upper bound is unknown."""
        return self.low if self.high is None else self.high


class Scenario(StrEnum):
    """What the forecast assumes that the seller does from today on."""

    NOTHING = "nothing"
    TODAY = "today"  # he does today's lists and nothing later
    ALWAYS = "always"  # he does today's lists and all later ones in time


@dataclass(frozen=True, slots=True)
class Day:
    """The points that count on one day: all points of the window that ends on it."""

    day: date
    held: Range  # points given until today that still count on this day
    expiring: int  # points given until today that no longer count from this day on
    coming: int  # points given on this day if nothing is done
    counts: Mapping[Scenario, Range]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the sanctions, counted from 1; 0 = none."""

    number: int
    since: date | None
    entered: bool  # True: entered by the seller; False: counted by this program


@dataclass(frozen=True, slots=True)
class Forecast:
    """The points of the next thirty days compared with the bounds of a sanction."""

    days: tuple[Day, ...]  # today first
    paid: Range  # number of product orders paid in the window up to today
    need: Range  # points that bring a sanction with so many orders
    reached: Mapping[Scenario, date | None]  # the first day on which a sanction may be reached
    room: int  # points left before a sanction on the worst day if all lists are done; negative = exceeded
    sold_out_room: int | None  # the number of sold-out cancels that fit into `room`; None = they bring no points
    early: bool  # is a sanction so near that the seller must be warned?
    stage: Stage | None  # None = nobody knows
    since: date | None  # the first day in the ledger; None = the ledger is new
    entered_on: date | None  # the day of the seller's own figure, if it is included

"""Penalty points over time: each event of an order, and the forecast of what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class PointState(StrEnum):
    """How far an event that brings points has come."""

    GIVEN = "given"  # the points are there
    SURE = "sure"  # not yet there, but nothing avoids them any more
    BY_ACTION = "by_action"  # today's action brings them
    AVOIDABLE = "avoidable"  # they come unless something is done
    UNSETTLED = "unsettled"  # the buyer asked for a cancel in time: whether they come depends on what becomes of it


class Range(NamedTuple):
    """What a number lies between, both in; high None = nobody knows how much more."""

    low: int
    high: int | None

    @property
    def known(self) -> bool:
        return self.low == self.high

    @property
    def safe(self) -> int:
        """The larger number, as far as there is one."""
        return self.low if self.high is None else self.high


class Scenario(StrEnum):
    """What may be done from today on, as the forecast supposes it."""

    NOTHING = "nothing"
    TODAY = "today"  # today's lists, and nothing after them
    ALWAYS = "always"  # today's lists, and those of the days to come in time


@dataclass(frozen=True, slots=True)
class Day:
    """Points that count on one day, the days of the window before it included."""

    day: date
    held: Range  # of those that are there today, what still counts then
    expiring: int  # of those, what stops to count on this very day
    coming: int  # given on this day if nothing is done
    counts: Mapping[Scenario, Range]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the sanctions, counted from 1; 0 = none."""

    number: int
    since: date | None
    told: bool  # the seller says so; else it is what this program counted itself


@dataclass(frozen=True, slots=True)
class Forecast:
    """The points of the next thirty days against what a sanction needs."""

    days: tuple[Day, ...]  # today first
    paid: Range  # product orders paid within the window up to today
    need: Range  # points that bring a sanction, with so many orders
    reached: Mapping[Scenario, date | None]  # the first day on which a sanction may be reached
    room: int  # further points before it, at the worst moment, with all lists done; negative = over
    sold_out_room: int | None  # the same in sold-out cancels; None = they bring no points
    early: bool  # a sanction is near enough to be told of
    stage: Stage | None  # None = nobody knows
    since: date | None  # the first day that the ledger remembers; None = it has only begun
    told_on: date | None  # the day of the seller's own figure that is counted in

"""Chance that can be repeated: everything random in the samples is drawn here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice(Random):
    """The same seed throws the same numbers."""

    def happens(self, share: float) -> bool:
        return self.random() < share

    def one_of(self, things: Sequence[T]) -> T:
        return things[int(self.random() * len(things))]

    def moment_between(self, first: datetime, last: datetime) -> datetime:
        """A whole minute from the first moment on and not after the last."""
        minutes = int((last - first) / timedelta(minutes=1) * self.random())
        return first + timedelta(minutes=minutes)

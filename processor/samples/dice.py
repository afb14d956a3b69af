"""The source of all random choices in the samples. They can be repeated with the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice(Random):
    """A random generator; the same seed gives the same choices."""

    def happens(self, share: float) -> bool:
        return self.random() < share

    def one_of(self, things: Sequence[T]) -> T:
        return things[int(self.random() * len(things))]

    def moment_between(self, first: datetime, last: datetime) -> datetime:
        """A random whole minute from the first moment to the last, both included."""
        minutes = int((last - first) / timedelta(minutes=1) * self.random())
        return first + timedelta(minutes=minutes)

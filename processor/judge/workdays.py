"""Korean working days: Monday to Friday without public holidays, corrected by the dates of rules.yaml.

Public holidays come from the package `holidays` (0.102 is the first with 노동절 and 제헌절 of 2026, policy §7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date
from functools import cache
from importlib.metadata import version

import holidays
import numpy as np
import numpy.typing as npt
import pandas as pd

from processor.model import YEARS_WITH_HOLIDAYS
from processor.rulebook.types import Calendar

Days = npt.NDArray[np.datetime64]
_FIRST, _LAST = YEARS_WITH_HOLIDAYS[0], YEARS_WITH_HOLIDAYS[-1]


@cache
def _public_holidays() -> frozenset[date]:
    return frozenset(holidays.country_holidays("KR", years=range(_FIRST, _LAST + 1)))


@cache
def _package() -> str:
    return f"holidays {version('holidays')}"


class Workdays:
    """Counts and adds working days, for one date or a whole column of them."""

    def __init__(self, corrections: Calendar) -> None:
        off = {*_public_holidays(), *corrections.closed}
        off -= set(corrections.open)
        every = np.arange(f"{_FIRST}-01-01", f"{_LAST + 1}-01-01", dtype="datetime64[D]")
        worked = np.is_busday(every, holidays=_array(sorted(off))) | np.isin(every, _array(corrections.open))
        self._days: Days = every[worked]
        self._store_closed = _array(corrections.store_closed)
        self.version = _version(corrections)

    def of_store(self) -> Workdays:
        """The same calendar without the store's own 휴무일, for what Naver counts in its working days (policy §7)."""
        if not len(self._store_closed):
            return self
        store = copy(self)
        store._days = np.setdiff1d(self._days, self._store_closed)
        return store

    def count(self, start: pd.Series[pd.Timestamp], end: pd.Series[pd.Timestamp]) -> pd.Series[int]:
        """Working days after `start` through `end`; negative when `end` is earlier; missing when either is missing."""
        first, last = plain_days(start), plain_days(end)
        steps = (self._index(last) - self._index(first)).astype("int64")
        return pd.Series(pd.arrays.IntegerArray(steps, np.isnat(first) | np.isnat(last)), index=start.index)

    def left(self, today: pd.Series[pd.Timestamp], until: pd.Series[pd.Timestamp]) -> pd.Series[int]:
        """Working days from `today` through `until`: 0 on its own day, negative from the next calendar day on.

        A deadline of Friday is over on Saturday, and its points come at dawn of Monday: both days count as -1.
        """
        over = today.dt.normalize().gt(until.dt.normalize())
        return self.count(today.mask(over, self.on_or_after(today)), until)

    def since(self, day: pd.Series[pd.Timestamp], today: pd.Series[pd.Timestamp]) -> pd.Series[int]:
        """Working days since `day`. Today counts as a whole day; on a day off the next working day counts instead."""
        return -self.left(today, day)

    def add(self, start: pd.Series[pd.Timestamp], days: int) -> pd.Series[pd.Timestamp]:
        """The `days`-th working day after each date; the date itself for 0. Missing stays missing."""
        day = plain_days(start)
        if days != 0:
            position = np.clip(self._index(day) + days - 1, 0, len(self._days) - 1)
            day = np.where(np.isnat(day), day, self._days[position])
        return pd.Series(day.astype("datetime64[us]"), index=start.index)

    def on_or_after(self, start: pd.Series[pd.Timestamp]) -> pd.Series[pd.Timestamp]:
        """The date itself where it is a working day, else the next one. Missing stays missing."""
        return self.add(start - pd.Timedelta(days=1), 1)

    def days(self, first: date, last: date) -> Iterator[date]:
        """Every working day from `first` to `last`, both included."""
        found = self._days[(self._days >= np.datetime64(first)) & (self._days <= np.datetime64(last))]
        return iter(found.tolist())

    def _index(self, days: Days) -> npt.NDArray[np.int64]:
        """The number of working days through each of these days, counted from a fixed first day."""
        return np.searchsorted(self._days, days, side="right")


def plain_days(moments: pd.Series[pd.Timestamp]) -> Days:
    """The column as numpy days, with which computing takes a tenth of the time; missing stays missing."""
    return moments.to_numpy().astype("datetime64[D]")


def between(days: Days, first: date, last: date) -> npt.NDArray[np.bool_]:
    """For each day whether it lies between `first` and `last`, both included; False for a missing day."""
    return (days >= np.datetime64(first)) & (days <= np.datetime64(last))


def _array(days: Sequence[date]) -> Days:
    return np.array(days, dtype="datetime64[D]")


def _version(corrections: Calendar) -> str:
    """The calendar's version for manifests: package, country, years and the number of days that rules.yaml corrects."""
    written = {"closed": corrections.closed, "open": corrections.open, "store_closed": corrections.store_closed}
    counts = [f"{name} {len(days)}" for name, days in written.items() if days]
    return ", ".join([_package(), f"KR {_FIRST}–{_LAST}", *counts])

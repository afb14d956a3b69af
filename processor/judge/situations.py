"""Rules meet situations, not rows: distinct combinations of facts are numbered, judged once and spread back over the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

import pandas as pd

from processor.model import UNKNOWN, Action
from processor.rulebook.types import Situation

T = TypeVar("T")
LATE: Final = ("묶음", "무료기준")
"""Words that are known only once every row has its action."""


def number(facts: Mapping[str, pd.Series]) -> tuple[pd.Series[int], list[dict[str, str | int]]]:
    """Each row's situation as a number, and the situations in that order as plain Python values.

    A counted word that is missing becomes 모름, so a situation is complete and rules never meet a pandas value.
    Facts that share one column tell nothing apart by it twice.
    """
    standing = {id(column): word for word, column in facts.items()}
    table = pd.DataFrame({word: facts[word] for word in standing.values()})
    codes = table.groupby(list(table.columns), dropna=False, sort=False, observed=True).ngroup()
    distinct = table[~codes.duplicated()].to_dict("records")
    places = {word: standing[id(column)] for word, column in facts.items()}
    return codes, [{word: _plain(row[place]) for word, place in places.items()} for row in distinct]


def completed(facts: Situation, action: Action, more: Situation) -> dict[str, str | int]:
    """A situation with what its action brings about, as fees and penalties may ask for it."""
    return {**facts, "조치": action.ko, **{word: more[word] for word in LATE}}


def spread(codes: pd.Series[int], judged: list[T], of: Callable[[T], object]) -> pd.Series:
    """One value of each row's judgement, as a column."""
    return codes.map(dict(enumerate(of(one) for one in judged)))


def _plain(value: object) -> str | int:
    if pd.isna(value):  # type: ignore[call-overload]  # a cell is a scalar
        return UNKNOWN
    return value if isinstance(value, str) else int(value)  # type: ignore[call-overload]  # the rest are counted words

"""Rules meet situations, not rows: distinct combinations of facts are numbered, judged once and spread back over the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from processor.model import UNKNOWN, Action
from processor.rulebook.types import Situation

T = TypeVar("T")
LATE: Final = ("묶음", "무료기준")
"""Words that are known only once every row has its action."""
_MOST: Final = 2**62

Codes = npt.NDArray[np.int64]


class Sorted(NamedTuple):
    """A column by its distinct values."""

    column: pd.Series
    codes: Codes
    values: list[str | int]  # that of a code; the last, which is also that of -1, stands for a missing one


Seen = dict[int, Sorted]
"""What was sorted before, by the identity of its column: numbered again, columns take a tenth of the time."""


def number(
    facts: Mapping[str, pd.Series], seen: Seen | None = None
) -> tuple[pd.Series[int], list[dict[str, str | int]]]:
    """Each row's situation as a number, and the situations in that order as plain Python values.

    A counted word that is missing becomes 모름, so a situation is complete and rules never meet a pandas value.
    Facts that share one column tell nothing apart by it twice.
    """
    seen = {} if seen is None else seen
    columns = {id(column): column for column in facts.values()}
    told = {shared: seen.get(shared) or seen.setdefault(shared, _sorted(column)) for shared, column in columns.items()}
    index = next(iter(columns.values())).index
    codes = _combined([each.codes for each in told.values()], len(index))
    first = _first_sights(codes)
    values = {shared: [each.values[code] for code in each.codes[first].tolist()] for shared, each in told.items()}
    situations = zip(*(values[id(column)] for column in facts.values()), strict=True)
    return pd.Series(codes, index=index), [dict(zip(facts, situation, strict=True)) for situation in situations]


def _sorted(column: pd.Series) -> Sorted:
    cells = (
        column.to_numpy(object) if column.dtype == "str" else column
    )  # plain objects take half the time of a str column
    codes, found = pd.factorize(cells)
    return Sorted(column, codes, [*(value if isinstance(value, str) else int(value) for value in found), UNKNOWN])


def _first_sights(codes: Codes) -> Codes:
    """Where each of them stands first, in their order, which is that of first sight."""
    return np.flatnonzero(~pd.Series(codes).duplicated())


def _combined(columns: list[Codes], rows: int) -> Codes:
    """One number for each row, in order of first sight: the columns are digits, counted anew where no more would fit."""
    codes, kinds = np.zeros(rows, "int64"), 1
    for column in columns:
        size = int(column.max(initial=-1)) + 2
        if kinds * size > _MOST:
            codes, found = pd.factorize(codes)
            kinds = len(found)
        codes, kinds = codes * size + column + 1, kinds * size
    return pd.factorize(codes)[0]


def completed(facts: Situation, action: Action, more: Situation) -> dict[str, str | int]:
    """A situation with what its action brings about, as fees and penalties may ask for it."""
    return {**facts, "조치": action.ko, **{word: more[word] for word in LATE}}


def spread(codes: pd.Series[int], judged: list[T], of: Callable[[T], object]) -> pd.Series:
    """One value of each row's judgement, as a column."""
    return codes.map(dict(enumerate(of(one) for one in judged)))

"""Rules meet situations, not rows: distinct combinations of facts are numbered, judged once and spread back over the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from processor.model import UNKNOWN, Action, RuleId
from processor.rulebook.types import Situation

T = TypeVar("T")
K = TypeVar("K", bound=str)
LATE: Final = ("묶음", "무료기준")
"""Words that are known only once every row has its action."""
_MOST: Final = 2**62

Codes = npt.NDArray[np.int64]
"""The number of each row's value or combination, in order of first sight; -1 = missing."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What distinguishes orders of one decision, known only once every order has its action."""

    late: Situation  # the words of LATE
    doubt: str  # a value of `decide.doubts`; "" = none
    worth: Mapping[
        RuleId, int
    ]  # points that each penalty row would bring; a row of which nobody knows them is not here


def number(facts: Mapping[K, pd.Series]) -> tuple[pd.Series[int], list[dict[K, str | int]]]:
    """Each row's situation as a number, and the situations in that order as plain Python values.

    A counted word that is missing becomes 모름, so a situation is complete and rules never meet a pandas value.
    """
    index = next(iter(facts.values())).index
    columns = [_distinct(column) for column in facts.values()]
    codes, first = _combined([column.codes for column in columns], len(index))
    values = ([column.values[code] for code in column.codes[first].tolist()] for column in columns)
    situations = [dict(zip(facts, situation, strict=True)) for situation in zip(*values, strict=True)]
    return pd.Series(codes, index=index), situations


def together(*numbered: pd.Series[int]) -> tuple[pd.Series[int], list[tuple[int, ...]]]:
    """Each row's combination of several numbers as one number, and the combinations in that order."""
    columns = [np.asarray(codes, np.int64) for codes in numbered]
    codes, first = _combined(columns, len(numbered[0]))
    combinations = zip(*(column[first].tolist() for column in columns), strict=True)
    return pd.Series(codes, index=numbered[0].index), list(combinations)


class _Distinct(NamedTuple):
    """A column by its distinct values."""

    codes: Codes
    values: list[str | int]  # by number; last, and so that of -1, 모름 for a missing one


def _distinct(column: pd.Series) -> _Distinct:
    cells = (
        column.to_numpy(object) if column.dtype == "str" else column
    )  # plain objects take half the time of a str column
    codes, found = pd.factorize(cells)
    return _Distinct(codes, [*(value if isinstance(value, str) else int(value) for value in found), UNKNOWN])


def _combined(columns: list[Codes], rows: int) -> tuple[Codes, Codes]:
    """One number for each row, in order of first sight, and the row in which each number stands first.

    The columns are the digits of one number, which is counted anew where no further digit would fit.
    """
    codes, kinds = np.zeros(rows, "int64"), 1
    for column in columns:
        size = int(column.max(initial=-1)) + 2
        if kinds * size > _MOST:
            codes, found = pd.factorize(codes)
            kinds = len(found)
        codes, kinds = codes * size + column + 1, kinds * size
    codes = pd.factorize(codes)[0]
    return codes, np.flatnonzero(~pd.Series(codes).duplicated())


def completed(facts: Situation, action: Action, late: Situation) -> dict[str, str | int]:
    """A situation with what its action brings about, as fees and penalties may ask for it."""
    return {**facts, "조치": action.ko, **late}


def spread(codes: pd.Series[int], judged: list[T], of: Callable[[T], object]) -> pd.Series:
    """One value of each row's judgement, as a column."""
    return codes.map(dict(enumerate(of(one) for one in judged)))

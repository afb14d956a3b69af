"""Numbers the distinct combinations of facts (situations): each is judged once, and the result copied to its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from processor.model import UNKNOWN, Action, RuleId
from processor.model.matching import Texts
from processor.rulebook.types import Situation

T = TypeVar("T")
K = TypeVar("K", bound=str)
LATE: Final = ("묶음", "무료기준")
"""Words that are known only once every row has its action."""
_MOST: Final = 2**62

Codes = npt.NDArray[np.int64]
"""For each row the number of its value or combination, counted in the order of first appearance; -1 = missing."""
Column = Texts | pd.Series
"""One entry per row: text, or Int64, of which some may be missing."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What can differ between orders of one decision, and is known only once every order has its action."""

    late: Situation  # the words of LATE
    doubt: str  # a value of `decide.doubts`; "" = none
    worth: Mapping[
        RuleId, int
    ]  # penalty row → the points it would bring; a row whose points are not known has no entry


def number(facts: Mapping[K, Column]) -> tuple[Codes, list[dict[K, str | int]]]:
    """The number of each row's situation, and the situations in the order of these numbers, as plain Python values.

    A missing number of a counted word becomes 모름, so a situation is complete and no rule gets a pandas value.
    """
    columns = [_distinct(column) for column in facts.values()]
    codes, first = _combined([column.codes for column in columns])
    values = ([column.values[code] for code in column.codes[first].tolist()] for column in columns)
    situations = [dict(zip(facts, situation, strict=True)) for situation in zip(*values, strict=True)]
    return codes, situations


def together(*numbered: Codes) -> tuple[Codes, list[tuple[int, ...]]]:
    """Combines several numberings of the same rows into one, and lists the combinations by number."""
    codes, first = _combined(numbered)
    return codes, [*zip(*(column[first].tolist() for column in numbered), strict=True)]


class _Distinct(NamedTuple):
    """A column as numbers (codes), with the distinct value of each number."""

    codes: Codes
    values: list[str | int]  # by number; the last is 모름, which index -1 (missing) finds


def _distinct(column: Column) -> _Distinct:
    codes, found = pd.factorize(column)
    return _Distinct(codes, [*(value if isinstance(value, str) else int(value) for value in found), UNKNOWN])


def _combined(columns: Sequence[Codes]) -> tuple[Codes, Codes]:
    """One number for each row's combination, by first appearance, and the row in which each number appears first.

    The columns are read as the digits of one number. Where a further digit would not fit into 64 bits, the numbers so
    far are first replaced by smaller ones.
    """
    codes, kinds = np.zeros(len(columns[0]), "int64"), 1
    for column in columns:
        size = int(column.max(initial=-1)) + 2
        if kinds * size > _MOST:
            codes, found = pd.factorize(codes)
            kinds = len(found)
        codes, kinds = codes * size + column + 1, kinds * size
    codes = pd.factorize(codes)[0]
    return codes, np.flatnonzero(~pd.Series(codes).duplicated())


def completed(facts: Situation, action: Action, late: Situation) -> dict[str, str | int]:
    """The situation with the words that follow from its action, as the tables of fees and penalties ask for them."""
    return {**facts, "조치": action.ko, **late}


def spread(codes: Codes, judged: Sequence[T], of: Callable[[T], object], kind: type = object) -> npt.NDArray[Any]:
    """A column with the value of `of` for each row's judgement. kind: of these values."""
    return np.fromiter(map(of, judged), kind, len(judged))[codes]

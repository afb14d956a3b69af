"""A column of raw cells into a typed column. Each distinct cell is read once, however often it stands there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from processor.intake import cells
from processor.intake.cells import Bad, Cell, Parse

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Column:
    """Raw cells, as numbers into their distinct values."""

    codes: NDArray[np.intp]
    distinct: Sequence[Cell]

    def which(self, test: Callable[[Cell], bool]) -> Mask:
        return np.fromiter(map(test, self.distinct), dtype=bool, count=len(self.distinct))[self.codes]

    def keep(self, rows: Mask) -> Column:
        return Column(self.codes[rows], self.distinct)

    def cell(self, row: int) -> Cell:
        return self.distinct[int(self.codes[row])]


@dataclass(frozen=True, eq=False)
class Typed:
    """The values of one column; a bad cell has none, and says why."""

    values: pd.Series
    bad: Mask
    codes: NDArray[np.object_]  # the problem's code of each bad cell


def column(raw: Sequence[Cell]) -> Column:
    array = np.empty(len(raw), dtype=object)
    # True equals 1 as a key, so a ticked box becomes its text before distinct values are sought
    array[:] = [cells.text(cell) if cell is True or cell is False else cell for cell in raw]
    codes, distinct = pd.factorize(array, use_na_sentinel=False)
    return Column(codes, list(distinct))


def typed(raw: Column, parse: Parse, dtype: str) -> Typed:
    read = [parse(cell) for cell in raw.distinct]
    why = np.array([value.code if isinstance(value, Bad) else "" for value in read] or [""], dtype=object)
    values = pd.Series([None if isinstance(value, Bad) else value for value in read], dtype=dtype)
    codes = why[raw.codes]
    return Typed(values.take(raw.codes).reset_index(drop=True), codes != "", codes)

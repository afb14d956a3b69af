"""Turns a column of raw cells into a typed column. Each distinct cell is parsed once, however often it occurs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from processor.intake.cells import FAULTS, Bad, Parse
from processor.opener.reply import Cell

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Column:
    """Raw cells, stored as indexes into their distinct values.

    A cell that the file does not hold is stored as a blank.
    """

    codes: NDArray[np.uint32]
    distinct: Sequence[Cell]
    not_held: Mask | None = None
    unfinished: frozenset[int] = frozenset()  # indexes of distinct cells that break off and so cannot be read

    @property
    def unheld(self) -> Mask:
        return np.zeros(len(self.codes), dtype=bool) if self.not_held is None else self.not_held

    def which(self, test: Callable[[Cell], bool]) -> Mask:
        return np.fromiter(map(test, self.distinct), dtype=bool, count=len(self.distinct))[self.codes]

    def keep(self, rows: Mask) -> Column:
        not_held = None if self.not_held is None else self.not_held[rows]
        return Column(self.codes[rows], self.distinct, not_held, self.unfinished)

    def cell(self, row: int) -> Cell:
        return self.distinct[int(self.codes[row])]

    def still_there(self) -> list[Cell]:
        """The distinct cells that still occur in the remaining rows."""
        return [self.distinct[number] for number in np.unique(self.codes).tolist()]


@dataclass(frozen=True, eq=False)
class Typed:
    """The typed values of one column; a bad cell has no value but the code of its problem."""

    values: ExtensionArray
    bad: Mask
    why: Sequence[str]  # for each distinct cell the code of its problem, or ""

    def keep(self, rows: Mask) -> Typed:
        return Typed(self.values[rows], self.bad[rows], self.why)


def typed(raw: Column, parse: Parse, dtype: str) -> Typed:
    read = [Bad("cell_unreadable") if cell in FAULTS else parse(cell) for cell in raw.distinct]
    for at in raw.unfinished:
        read[at] = Bad("cell_unreadable.unfinished")
    why = [value.code if isinstance(value, Bad) else "" for value in read]
    bad = np.fromiter(map(bool, why), dtype=bool, count=len(why))
    distinct = pd.Series([None if isinstance(value, Bad) else value for value in read], dtype=dtype)
    values = distinct.array.take(raw.codes)
    if raw.not_held is not None:
        values[raw.not_held] = None
    return Typed(values, bad[raw.codes], why)

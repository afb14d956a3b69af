"""The claims table together with the facts found so far, and methods that read its columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pandas as pd

from processor.judge.workdays import Workdays
from processor.model import UNKNOWN, Batch, Col, space_free
from processor.model.matching import named, space_free_words
from processor.rulebook.types import Rulebook

Column = pd.Series  # of text, of Int64 or of bool: one entry per product order


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims table and its facts, a column for each word. `find` fills it; everything after it only reads it.

    `days` and `asked` cache columns that several words or modules need.
    """

    batch: Batch
    book: Rulebook
    as_of: datetime
    calendar: Workdays
    facts: dict[str, Column] = field(default_factory=dict)
    because: dict[str, Column] = field(
        default_factory=dict
    )  # word → key of what it was inferred from; "" = a file states it
    dates: dict[str, Column] = field(default_factory=dict)  # by column: its days, computed where a file has none
    days: dict[tuple[str | None, int], Column] = field(default_factory=dict)  # results of `deadlines.days_after`
    asked: dict[tuple[str, ...], Column] = field(default_factory=dict)  # results of `text`, `state` and `hint`

    @property
    def table(self) -> pd.DataFrame:
        return self.batch.claims

    def text(self, column: str) -> Column:
        """The column, with "" where the value is blank or was not in any file."""
        return self._once((column,), lambda: self.table[column].fillna(""))

    def label(self, column: str) -> Column:
        """The column in the form in which labels are compared."""
        text = self.text(column)
        return self._once((column, "label"), lambda: named(text, {each: space_free(each) for each in text.unique()}))

    def seen(self, column: str) -> Column:
        """For each order: did a file hold this cell at all, blank or not?"""
        return self.table[column].notna()

    def state(self, column: str) -> Column:
        """The word of rules.yaml for each label of a closed vocabulary; "" when blank, 모름 for an unlisted label."""
        words = {**space_free_words(self.book.exports.states[column]), "": ""}
        return self._once((column, "state"), lambda: named(self.text(column), words, UNKNOWN))

    def hint(self, column: str, vocabulary: str | None = None) -> Column:
        """The word of rules.yaml for each label of an open vocabulary; "" when blank or unlisted."""
        words = self.book.exports.hints[vocabulary or column]
        return self._once(
            (column, "hint", vocabulary or column), lambda: named(self.text(column), space_free_words(words))
        )

    def _once(self, asked: tuple[str, ...], find: Callable[[], Column]) -> Column:
        """The column, computed at the first request and kept in `asked`."""
        if asked not in self.asked:
            self.asked[asked] = find()
        return self.asked[asked]

    def understood(self, column: str) -> Column:
        """Whether the column was there with a blank or a label that the open vocabulary lists."""
        return self.seen(column) & (self.text(column).eq("") | self.hint(column).ne(""))

    def choose(self, *cases: tuple[Column, str | Column], otherwise: str | Column = UNKNOWN) -> Column:
        """For each order the value of the first case that is true, else `otherwise`."""
        plain = otherwise.to_numpy(object) if isinstance(otherwise, pd.Series) else otherwise
        chosen = np.full(len(self.table), plain, object)
        for condition, value in reversed(cases):
            here = condition.to_numpy(bool)
            chosen[here] = value.to_numpy(object)[here] if isinstance(value, pd.Series) else value
        return pd.Series(chosen, index=self.table.index, dtype="str")

    def today(self) -> Column:
        return pd.Series(pd.Timestamp(self.as_of), index=self.table.index).dt.as_unit("us")

    def order(self) -> Column:
        """A key that all lines of one order share; a line whose 주문번호 is not known has a key of its own."""
        order = self.text(Col.ORDER_NO)
        return order.where(order.ne(""), self.text(Col.PRODUCT_ORDER_NO))

"""The claims table together with the facts found so far, and methods that read its columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from processor.judge.facts.columns import Flags
from processor.judge.workdays import Workdays
from processor.model import UNKNOWN, Batch, Col, sold_out, space_free
from processor.model.matching import Texts, named, space_free_words, texts
from processor.rulebook.types import Rulebook

Column = Any
"""The fact of a word, one entry per product order: `Texts`, or a column of Int64 for a counted word."""
Moments = pd.Series
"""A moment for each product order; missing = not known."""


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
    because: dict[str, Texts] = field(
        default_factory=dict
    )  # word → key of what it was inferred from; "" = a file states it
    dates: dict[str, Moments] = field(default_factory=dict)  # by column: its days, computed where a file has none
    days: dict[tuple[str | None, int], Moments] = field(default_factory=dict)  # results of `deadlines.days_after`
    asked: dict[tuple[str, ...], npt.NDArray[Any]] = field(default_factory=dict)  # results of the methods below

    @property
    def table(self) -> pd.DataFrame:
        return self.batch.claims

    def text(self, column: str) -> Texts:
        """The column, with "" where the value is blank or was not in any file."""
        return self._once((column,), lambda: texts(self.table[column]))

    def label(self, column: str) -> Texts:
        """The column in the form in which labels are compared."""
        text = self.text(column)
        return self._once((column, "label"), lambda: named(text, {each: space_free(each) for each in set(text)}))

    def seen(self, column: str) -> Flags:
        """For each order: did a file hold this cell at all, blank or not?"""
        return self.table[column].notna().to_numpy(bool)

    def flag(self, column: str) -> Flags:
        """A column of yes and no."""
        return self.table[column].to_numpy(bool)

    def state(self, column: str) -> Texts:
        """The word of rules.yaml for each label of a closed vocabulary; "" when blank, 모름 for an unlisted label."""
        words = {**space_free_words(self.book.exports.states[column]), "": ""}
        return self._once((column, "state"), lambda: named(self.text(column), words, UNKNOWN))

    def hint(self, column: str, vocabulary: str | None = None) -> Texts:
        """The word of rules.yaml for each label of an open vocabulary; "" when blank or unlisted."""
        words = self.book.exports.hints[vocabulary or column]
        return self._once(
            (column, "hint", vocabulary or column), lambda: named(self.text(column), space_free_words(words))
        )

    def sold_out(self) -> Flags:
        """Is the order's product on the seller's list 품절상품?"""
        return self._once((), lambda: sold_out.listed(self.batch).to_numpy(bool))

    def _once(self, asked: tuple[str, ...], find: Callable[[], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        """The column, computed at the first request and kept in `asked`."""
        if asked not in self.asked:
            self.asked[asked] = find()
        return self.asked[asked]

    def understood(self, column: str) -> Flags:
        """Whether the column was there with a blank or a label that the open vocabulary lists."""
        blank, listed = self.text(column) == "", self.hint(column) != ""
        understood: Flags = self.seen(column) & (blank | listed)
        return understood

    def choose(self, *cases: tuple[Flags, str | Texts], otherwise: str | Texts = UNKNOWN) -> Texts:
        """For each order the value of the first case that is true, else `otherwise`."""
        chosen = np.full(len(self.table), otherwise, object)
        for here, value in reversed(cases):
            chosen[here] = value[here] if isinstance(value, np.ndarray) else value
        return chosen

    def today(self) -> Moments:
        return pd.Series(np.full(len(self.table), np.datetime64(self.as_of, "us")), index=self.table.index)

    def order(self) -> Texts:
        """A key that all lines of one order share; a line whose 주문번호 is not known has a key of its own."""
        order, number = self.text(Col.ORDER_NO), self.text(Col.PRODUCT_ORDER_NO)
        return self._once((Col.ORDER_NO, "key"), lambda: np.where(order != "", order, number))

    def bundle(self) -> Texts:
        """A key of the lines that are shipped for one fee: the 배송비 묶음번호, or the order where no file has that number."""
        told, order = self.text(Col.BUNDLE_NO), self.text(Col.ORDER_NO)
        return self._once(
            (Col.BUNDLE_NO, "key"), lambda: np.where(told != "", told, np.where(order != "", "주문 " + order, ""))
        )

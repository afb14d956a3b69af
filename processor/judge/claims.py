"""The claims table while its facts are being found, and how to ask it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from processor.judge.workdays import Workdays
from processor.model import UNKNOWN, Batch, Col
from processor.rulebook.types import Rulebook

Column = pd.Series  # of text, of Int64 or of bool: one entry per product order


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims table while its facts are being found, word by word."""

    batch: Batch
    book: Rulebook
    as_of: datetime
    calendar: Workdays
    facts: dict[str, Column] = field(default_factory=dict)
    because: dict[str, Column] = field(default_factory=dict)  # word → key of what it was inferred from, "" = as told
    dates: dict[str, Column] = field(
        default_factory=dict
    )  # dates that had to be worked out, by the column they complete
    days: dict[tuple[str | None, int], Column] = field(default_factory=dict)  # of `deadlines.days_after`, once found

    @property
    def table(self) -> pd.DataFrame:
        return self.batch.claims

    def text(self, column: str) -> Column:
        """The column with "" where nothing is known."""
        return self.table[column].fillna("")

    def seen(self, column: str) -> Column:
        """Was there such a column for this order at all?"""
        return self.table[column].notna()

    def state(self, column: str) -> Column:
        """The word that rules.yaml gives a label of a closed vocabulary; "" when blank."""
        return named(self.text(column), space_free(self.book.exports.states[column]))

    def hint(self, column: str, vocabulary: str | None = None) -> Column:
        """The same for an open vocabulary; an unlisted label is "" too."""
        return named(self.text(column), space_free(self.book.exports.hints[vocabulary or column]))

    def understood(self, column: str) -> Column:
        """Was the column there, and is what it says in the open vocabulary? A blank says nothing special."""
        return self.seen(column) & (self.text(column).eq("") | self.hint(column).ne(""))

    def choose(self, *cases: tuple[Column, str | Column], otherwise: str | Column = UNKNOWN) -> Column:
        """For each order the value of the first case that is true."""
        chosen = otherwise if isinstance(otherwise, pd.Series) else pd.Series(otherwise, index=self.table.index)
        for condition, value in reversed(cases):
            chosen = chosen.mask(condition, value)
        return chosen.astype("str")

    def today(self) -> Column:
        return pd.Series(pd.Timestamp(self.as_of), index=self.table.index).dt.as_unit("us")

    def order(self) -> Column:
        """Lines of one order share it; a line whose 주문번호 nobody told stands alone."""
        order = self.text(Col.ORDER_NO)
        return order.where(order.ne(""), self.text(Col.PRODUCT_ORDER_NO))


def named(values: Column, names: Mapping[str, str | None], otherwise: str = "") -> Column:
    """Each text by its name in a vocabulary; `otherwise` where that has none. Always text, however few are known."""
    return values.map(names).astype("str").fillna(otherwise)


def space_free(vocabulary: Mapping[str, str]) -> dict[str, str]:
    """Labels as cells hold them: a space more or less makes no difference."""
    return {"".join(label.split()): word for label, word in vocabulary.items()}

"""The rows of one sheet with their verdicts in words, and functions that make columns of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from processor.model import Out, Report
from processor.outbox.sheet import Value
from processor.outbox.wording import Wording, wording
from processor.rulebook.types import Rulebook


class Returned(NamedTuple):
    """The files with bad rows that go back to the seller."""

    copies: tuple[str, ...] = ()  # names of the correction copies that lie beside the workbook
    lacking: tuple[str, ...] = ()  # files of which there is no copy


NONE_RETURNED: Final = Returned()


Entries = pd.Series
"""One column of the table."""


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """Some rows of a table. A column of them is taken when it is asked for: a sheet needs few of ninety."""

    table: pd.DataFrame
    places: NDArray[np.intp]

    def __getitem__(self, name: str) -> Entries:
        return pd.Series(self.table[name].array.take(self.places))


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """Some rows of a report, in the order to work in; `situations` gives each row's verdict by number."""

    report: Report
    book: Rulebook
    rows: Rows
    situations: list[int]
    wordings: Sequence[Wording]  # one for each verdict
    returned: Returned = NONE_RETURNED


Fill = Callable[[Part], Sequence[Value]]


def whole(report: Report, book: Rulebook, returned: Returned = NONE_RETURNED) -> Part:
    wordings = [wording(verdict, book) for verdict in report.verdicts]
    rows = Rows(report.rows, np.arange(len(report.rows)))
    return Part(report, book, rows, report.rows[Out.SITUATION].tolist(), wordings, returned)


def of_rows(part: Part, table: pd.DataFrame) -> Part:
    """The rows of another table with the same verdicts."""
    return replace(part, rows=Rows(table, np.arange(len(table))), situations=table[Out.SITUATION].tolist())


def some(part: Part, wanted: Sequence[bool]) -> Part:
    """The rows whose verdict is wanted. wanted: True or False for each verdict, by number."""
    places = [place for place, situation in enumerate(part.situations) if wanted[situation]]
    return at(part, places)


def at(part: Part, places: list[int]) -> Part:
    if places == [*range(len(part.situations))]:
        return part
    situations = [part.situations[place] for place in places]
    rows = Rows(part.rows.table, part.rows.places[np.array(places, np.intp)])
    return replace(part, rows=rows, situations=situations)


def of_verdict(name: str) -> Fill:
    """Fills a column with one field of each row's `Wording`. name: the field."""
    text_of = attrgetter(name)

    def fill(part: Part) -> list[Value]:
        texts = [text_of(one) for one in part.wordings]
        return [texts[situation] for situation in part.situations]

    return fill


def held(name: str) -> Fill:
    """Fills a column with the values of a column of the table; unknown ones are blank."""

    def fill(part: Part) -> list[Value]:
        return plain(part.rows[name])

    return fill


def held_day(name: str) -> Fill:
    """Fills a column with the days of a column of moments."""

    def fill(part: Part) -> list[Value]:
        return [*days(part.rows[name])]

    return fill


def plain(values: Entries) -> list[Value]:
    """The column as plain Python values; a missing one becomes None."""
    if values.empty:
        return []
    found: list[Value] = values.to_numpy(object, na_value=None).tolist()  # type: ignore[call-overload]  # None will do
    return found


def days(values: Entries) -> list[date | None]:
    """The days of a column of moments, None where missing. Each distinct moment is converted once."""
    if values.empty:
        return []
    codes, distinct = pd.factorize(values)
    found = [*pd.DatetimeIndex(distinct).date, None]
    return [found[code] for code in codes.tolist()]

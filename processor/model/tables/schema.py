"""Declares what a table is: its name, and for each column its name, dtype, meaning and unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # pandas is needed for types only; not importing it saves start-up time
    import pandas as pd

_SQL: Final = {
    "str": "TEXT",
    "datetime64[us]": "TEXT",  # as ISO 8601
    "bool": "INTEGER",
    "int64": "INTEGER",
    "Int64": "INTEGER",
}


class Column(str):
    """A column. It is a str with the column's name, so that it can be used in `frame[Col.DUE_AT]` and in SQL."""

    dtype: str
    meaning: str
    unit: str

    __slots__ = ("dtype", "meaning", "unit")

    def __new__(cls, name: str, dtype: str, meaning: str, unit: str = "") -> Column:
        column = super().__new__(cls, name)
        column.dtype, column.meaning, column.unit = dtype, meaning, unit
        return column

    def __getnewargs__(self) -> tuple[str, str, str, str]:  # type: ignore[override]  # copies and pickles keep all four
        return str(self), self.dtype, self.meaning, self.unit

    @property
    def sql(self) -> str:
        """The type of this column in the ledger's database."""
        return _SQL[self.dtype]


def text(name: str, meaning: str) -> str:
    """A column of texts: missing = unknown, "" = known to be blank."""
    return Column(name, "str", meaning)


def moment(name: str, meaning: str) -> str:
    """A column of moments in Korean wall time; NaT = unknown. A day is stored as its midnight."""
    return Column(name, "datetime64[us]", meaning)


def flag(name: str, meaning: str) -> str:
    """A column of True or False; `meaning` is the question that it answers."""
    return Column(name, "bool", meaning)


def count(name: str, meaning: str, unit: str = "") -> str:
    """A column of whole numbers, none of them missing."""
    return Column(name, "int64", meaning, unit)


def amount(name: str, meaning: str, unit: str = "won") -> str:
    """A column of whole numbers; missing = unknown."""
    return Column(name, "Int64", meaning, unit)


def things(name: str, meaning: str) -> str:
    """A column of Python values."""
    return Column(name, "object", meaning)


def columns_of(*owners: type) -> tuple[Column, ...]:
    """The columns that these classes declare, in order, those of a base class first."""
    classes = (each for owner in owners for each in reversed(owner.__mro__))
    return tuple(value for each in classes for value in vars(each).values() if isinstance(value, Column))


@dataclass(frozen=True, eq=False)
class Table(Mapping[str, str]):
    """The declaration of a table. It is also a mapping from the name of each column to its dtype, in order."""

    name: str
    columns: tuple[Column, ...]
    index: Column | None = None  # the column that is the index of the frame, if it has one

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {str(column): column for column in self.columns}

    def __getitem__(self, column: str) -> str:
        return self._by_name[column].dtype

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self.columns)

    def __add__(self, other: Table) -> Table:
        """The columns of both, side by side."""
        return Table(f"{self.name} + {other.name}", (*self.columns, *other.columns), self.index)

    def some(self, name: str, *columns: str) -> Table:
        """A table of some of these columns, in that order."""
        return Table(name, tuple(self._by_name[column] for column in columns))

    def of_dtype(self, dtype: str) -> tuple[str, ...]:
        """Names of the columns of that dtype."""
        return tuple(name for name, column in self._by_name.items() if column.dtype == dtype)

    def empty(self) -> pd.DataFrame:
        """The table without rows."""
        return self._without_rows.copy(deep=False)

    @cached_property
    def _without_rows(self) -> pd.DataFrame:
        import pandas as pd  # noqa: PLC0415 - this module is loaded before pandas

        index = None if self.index is None else pd.Index([], dtype=self.index.dtype, name=str(self.index))
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in self.items()}, index=index)

    def check(self, frame: pd.DataFrame) -> None:
        """Raises TypeError if a frame does not match the declaration.

        That is a bug of this program, not a fault of its inputs. Only names and dtypes are compared, in any order of
        the columns. Nothing is copied.
        """
        found = dict(zip(frame.columns.tolist(), frame.dtypes.to_numpy().tolist(), strict=True))
        if len(found) == len(frame.columns) and found == self._dtypes and frame.index.name == self.index:
            return
        raise TypeError(f"table {self.name}: {'; '.join(self._faults(frame))}")

    @cached_property
    def _dtypes(self) -> dict[str, object]:
        """The dtypes as pandas names them."""
        from pandas.api.types import pandas_dtype  # noqa: PLC0415 - this module is loaded before pandas

        return {name: pandas_dtype(dtype) for name, dtype in self.items()}

    def _faults(self, frame: pd.DataFrame) -> Iterator[str]:
        there = [str(name) for name in frame.columns]
        if frame.index.name != self.index:
            yield f"its index is {frame.index.name}, not {self.index}"
        yield from (
            f"column {name} stands there twice" for name in sorted({each for each in there if there.count(each) > 1})
        )
        yield from (f"column {name} is missing" for name in self if name not in there)
        yield from (f"column {name} is not declared" for name in there if name not in self)
        for name, dtype in zip(there, frame.dtypes.tolist(), strict=True):
            if name in self and dtype != self._dtypes[name]:
                yield f"column {name} is {dtype}, not {self[name]}"

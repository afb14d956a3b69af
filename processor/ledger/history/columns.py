"""Packs a table into JSON, column by column, and makes it again: values, dtypes and order are the same afterwards.

Most columns have few distinct values, so each value is written once, and each row has its number; a column whose rows
have the numbers of an earlier column, as the name of a product has those of its number, names that column instead.
Moments are counted from the earliest one of their column.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from processor.ledger import values
from processor.model import Place
from processor.model.tables import Table

Packed = dict[str, Any]
Rows = npt.NDArray[np.int64]
"""For each row the number of its value."""

_NUMBERED: Final = ("product_order_no", "order_no", "bundle_no")
"""Columns of numbers that are nearly all distinct; several tables speak of the same orders."""
_KINDS: Final[dict[str, type]] = {"str": str, "bool": bool}
"""What a value of a column must be; of all other columns a number."""
_NO_PLACES: Final = float("nan")
"""What pandas puts where an order has no row of its own day."""
_UNITS: Final = (60_000_000, 1_000_000, 1)
"""In how many microseconds moments are counted: the first of these that tells all moments of a column apart."""
_LATEST: Final = np.datetime64("9999-12-31", "us")
LAST: Final = 8
"""The last digits of an order number, of which nothing repeats itself; its day stands before them."""


class Numbers:
    """The order numbers of a brief, each written once for all its tables."""

    def __init__(self, known: Sequence[str] = ()) -> None:
        self._places = {number: place for place, number in enumerate(known)}

    def packed(self) -> Packed:
        """The beginnings, which are few, and the last digits of all numbers in one text."""
        lasts = [number[-LAST:] for number in self._places]
        return {
            "count": len(lasts),
            "beginnings": few([number[:-LAST] for number in self._places]),
            "lengths": few([*map(len, lasts)]),
            "lasts": "".join(lasts),
        }

    @classmethod
    def unpacked(cls, data: Packed) -> Numbers:
        count, lasts = index(data["count"]), data["lasts"]
        ends = [*accumulate(map(index, from_few(data["lengths"], count, int)))]
        beginnings = from_few(data["beginnings"], count, str)
        found = [first + lasts[at:end] for first, at, end in zip(beginnings, [0, *ends], ends, strict=False)]
        if ends[-1:] != [len(lasts)][:count] or len({*found}) != count or not all(map(values.is_text, found)):
            raise ValueError("no list of numbers")
        return cls(found)

    def places(self, numbers: Sequence[str | None]) -> list[int | None]:
        """The place of each number, which is given one if it is new; None for a missing one."""
        return [None if number is None else self._places.setdefault(number, len(self._places)) for number in numbers]

    @cached_property
    def texts(self) -> pd.api.extensions.ExtensionArray:
        """By place; the last is a missing one."""
        return pd.array([*self._places, None], dtype="str")

    def at(self, places: Sequence[int | None]) -> pd.api.extensions.ExtensionArray:
        """The numbers at these places."""
        return self.texts.take(_checked([len(self._places) if place is None else place for place in places]))


def packed(frame: pd.DataFrame, table: Table, numbers: Numbers) -> Packed:
    """The columns of the frame, and its index if the table has one."""
    whole = frame if table.index is None else frame.reset_index()
    columns: Packed = {}
    known: dict[tuple[int, ...], str] = {}  # the numbers of the rows → the first column that has them
    for name, dtype in _columns(table).items():
        column = _packed(whole[name], name, dtype, numbers)
        if "rows" in column and (other := known.setdefault(tuple(column["rows"]), name)) != name:
            column = {"each": column["each"], "as": other}
        columns[name] = column
    return {"rows": len(whole), "columns": columns}


def unpacked(data: Packed, table: Table, numbers: Numbers) -> pd.DataFrame:
    """The frame. Raises ValueError, KeyError, TypeError or IndexError if the data is not such as `packed` makes."""
    rows, made, known = index(data["rows"]), {}, dict[str, Rows]()
    for name, dtype in _columns(table).items():
        column = _unpacked(data["columns"][name], name, dtype, rows, numbers, known)
        if len(column) != rows:
            raise ValueError(f"{table.name}.{name} has {len(column)} rows, not {rows}")
        made[name] = column
    frame = pd.DataFrame(made, index=range(rows))
    return frame if table.index is None else frame.set_index(str(table.index))


def _columns(table: Table) -> Mapping[str, str]:
    """Name → dtype, of the index too."""
    return table if table.index is None else {str(table.index): table.index.dtype, **table}


def _packed(column: pd.Series, name: str, dtype: str, numbers: Numbers) -> Packed:
    match dtype:
        case "str" if name in _NUMBERED:
            return {"steps": _steps(numbers.places(_plain(column)))}
        case "datetime64[us]":
            return _moments(column)
        case "object":
            return _places(column.astype("object").where(column.notna(), None).tolist())
        case _:
            return few(_plain(column))


def _unpacked(
    data: Packed, name: str, dtype: str, rows: int, numbers: Numbers, known: dict[str, Rows]
) -> pd.api.extensions.ExtensionArray:
    """The column. known: the numbers of the rows of the columns before it, to which those of this one are added."""
    match dtype:
        case "str" if name in _NUMBERED:
            return numbers.at(_from_steps(data["steps"]))
        case "datetime64[us]":
            return pd.array(_from_moments(data, rows), dtype="datetime64[us]")
        case "object":
            return pd.array(_from_places(data, rows), dtype="object")
        case _:
            each, known[name] = _numbered(data, rows, _KINDS.get(dtype, int), known)
            return pd.array(each, dtype=dtype).take(known[name])  # type: ignore[call-overload, no-any-return]  # a text


def _plain(column: pd.Series) -> list[Any]:
    """The values as those of Python; None where one is missing."""
    found: list[Any] = column.to_numpy(object, na_value=None).tolist()  # type: ignore[call-overload]  # None will do
    return found


# ── few distinct values ──


def few(values: Sequence[Hashable]) -> Packed:
    """Each distinct value once, and for each row its number; all values one by one where most are distinct."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    if len(numbers) <= 1:
        return {"each": [*numbers]}
    if len(numbers) * 2 > len(values):
        return {"all": [*values]}
    return {"each": [*numbers], "rows": [numbers[value] for value in values]}


def from_few(data: Packed, rows: int, kind: type | None = None) -> list[Any]:
    """The values again. `kind`: what each must be, if it is not missing."""
    each, numbers = _numbered(data, rows, kind, {})
    return [each[number] for number in numbers.tolist()]


def _numbered(data: Packed, rows: int, kind: type | None, known: Mapping[str, Rows]) -> tuple[list[Any], Rows]:
    """The distinct values, and for each row the number of its value. known: those of the columns before it."""
    each: list[Any] = data["all"] if "all" in data else data["each"]
    if kind is not None and not all(value is None or type(value) is kind for value in each):
        raise TypeError("values of another kind")
    if "all" in data:
        found = np.arange(len(each))
    elif "as" in data:
        found = known[data["as"]]
    else:
        found = _checked(data["rows"]) if "rows" in data else np.zeros(rows, "int64")
    if len(found) != rows:
        raise ValueError(f"{len(found)} values for {rows} rows")
    return each, found


def _checked(numbers: Sequence[int]) -> Rows:
    """The numbers as an array. Raises ValueError if they are no numbers of rows."""
    found = np.array(numbers) if numbers else np.zeros(0, "int64")
    if found.dtype != np.int64 or found.ndim != 1 or found.min(initial=0) < 0:
        raise ValueError("no numbers of rows")
    return found


# ── numbers of rows and orders, which mostly count up ──


def _steps(numbers: Sequence[int | None]) -> list[int | None]:
    """The difference of each number to the one before it; missing numbers stay missing."""
    there = [number for number in numbers if number is not None]
    steps = iter([later - before for before, later in pairwise([0, *there])])
    return [None if number is None else next(steps) for number in numbers]


def _from_steps(steps: Sequence[int | None]) -> list[int | None]:
    there = iter([*accumulate(step for step in steps if step is not None)])
    return [None if step is None else next(there) for step in steps]


# ── moments ──


def _moments(column: pd.Series[pd.Timestamp]) -> Packed:
    moments = column.to_numpy("datetime64[us]")
    known = ~np.isnat(moments)
    if not known.any():
        return {"from": None}
    first = moments[known].min()
    since = (moments - first).astype("int64")
    unit = next(unit for unit in _UNITS if not (since[known] % unit).any())
    after = (since // unit).tolist()
    return {
        "from": first.item().isoformat(),
        "unit": unit,
        "after": few([each if there else None for each, there in zip(after, known.tolist(), strict=True)]),
    }


def _from_moments(data: Packed, rows: int) -> npt.NDArray[np.datetime64]:
    if data["from"] is None:
        return np.full(rows, "NaT", "datetime64[us]")
    each, numbers = _numbered(data["after"], rows, int, {})
    after = np.array(["NaT" if one is None else one * index(data["unit"]) for one in each], "timedelta64[us]")
    found: npt.NDArray[np.datetime64] = (np.datetime64(data["from"], "us") + after)[numbers]
    if not values.is_moment(data["from"]) or (found > _LATEST).any():
        raise ValueError("moments that no calendar has")
    return found


# ── places ──


def _places(rows: Sequence[tuple[Place, ...] | None]) -> Packed:
    """The places of each row: how many, then their sheets, then how far each lies below the last of its sheet."""
    flat = [place for row in rows for place in row or ()]
    sheets = {sheet: number for number, sheet in enumerate(dict.fromkeys((place.file, place.sheet) for place in flat))}
    last = dict.fromkeys(sheets, 0)

    def below(place: Place) -> int:
        sheet = (place.file, place.sheet)
        step, last[sheet] = place.row - last[sheet], place.row
        return step

    return {
        "sheets": [[*sheet] for sheet in sheets],
        "many": few([None if row is None else len(row) for row in rows]),
        "of": [sheets[place.file, place.sheet] for place in flat],
        "below": [below(place) for place in flat],
    }


def _from_places(data: Packed, rows: int) -> list[tuple[Place, ...] | float]:
    sheets = [(str(file), str(sheet)) for file, sheet in data["sheets"]]
    last = dict.fromkeys(sheets, 0)
    flat: list[Place] = []
    for number, step in zip(data["of"], data["below"], strict=True):
        sheet = sheets[index(number)]
        last[sheet] += step
        flat.append(Place(*sheet, last[sheet]))
    found: list[tuple[Place, ...] | float] = []
    at = 0
    for many in from_few(data["many"], rows, int):
        found.append(_NO_PLACES if many is None else tuple(flat[at : at + many]))
        at += many or 0
    if at != len(flat):
        raise ValueError("places of no row")
    return found


def index(number: Any) -> int:  # noqa: ANN401 - JSON gives any value, and here it is checked
    """The number of a row, or how many there are."""
    if type(number) is not int or number < 0:
        raise ValueError(f"{number!r} is no number of a row")
    return number

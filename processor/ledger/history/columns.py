"""Packs a table into JSON, column by column, and makes it again: values, dtypes and order are the same afterwards.

Most columns have few distinct values, so each value is written once, and each row has its number. Moments are seconds
since the earliest one of their column.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import accumulate, pairwise
from typing import Any, Final

import pandas as pd

from processor.model import Place
from processor.model.tables import Table

Packed = dict[str, Any]

_NUMBERED: Final = ("product_order_no", "order_no", "bundle_no")
"""Columns of numbers that are nearly all distinct; several tables speak of the same orders."""
_NO_PLACES: Final = float("nan")
"""What pandas puts where an order has no row of its own day."""
_MICROSECONDS: Final = 1_000_000


class Numbers:
    """The order numbers of a brief, each written once for all its tables."""

    def __init__(self, known: Sequence[str] = ()) -> None:
        self._places = {number: place for place, number in enumerate(known)}
        self._known = [*known]

    def packed(self) -> list[str]:
        return self._known

    def places(self, numbers: Sequence[str | None]) -> list[int | None]:
        """The place of each number, which is given one if it is new; None for a missing one."""
        for number in numbers:
            if number is not None and number not in self._places:
                self._places[number] = len(self._known)
                self._known.append(number)
        return [None if number is None else self._places[number] for number in numbers]

    def at(self, places: Sequence[int | None]) -> list[str | None]:
        return [None if place is None else self._known[_index(place)] for place in places]


def packed(frame: pd.DataFrame, table: Table, numbers: Numbers) -> Packed:
    """The columns of the frame, and its index if the table has one."""
    whole = frame if table.index is None else frame.reset_index()
    columns = dict(table) if table.index is None else {str(table.index): table.index.dtype, **table}
    return {
        "rows": len(whole),
        "columns": {name: _packed(whole[name], name, dtype, numbers) for name, dtype in columns.items()},
    }


def unpacked(data: Packed, table: Table, numbers: Numbers) -> pd.DataFrame:
    """The frame. Raises ValueError, KeyError, TypeError or IndexError if the data is not such as `packed` makes."""
    columns = dict(table) if table.index is None else {str(table.index): table.index.dtype, **table}
    rows = _index(data["rows"])
    made = {}
    for name, dtype in columns.items():
        values = _unpacked(data["columns"][name], name, dtype, rows, numbers)
        if len(values) != rows:
            raise ValueError(f"{table.name}.{name} has {len(values)} rows, not {rows}")
        made[name] = pd.array(values, dtype=dtype)  # type: ignore[call-overload]  # the dtype is declared as a text
    frame = pd.DataFrame(made, index=range(rows))
    return frame if table.index is None else frame.set_index(str(table.index))


def _packed(column: pd.Series, name: str, dtype: str, numbers: Numbers) -> Any:  # noqa: ANN401 - JSON
    match dtype:
        case "str" if name in _NUMBERED:
            return _steps(numbers.places(_plain(column)))
        case "datetime64[us]":
            return _moments(column)
        case "object":
            return _places(column.astype("object").where(column.notna(), None).tolist())
        case _:
            return few(_plain(column))


def _unpacked(data: Any, name: str, dtype: str, rows: int, numbers: Numbers) -> Sequence[Any]:  # noqa: ANN401 - JSON
    match dtype:
        case "str" if name in _NUMBERED:
            return numbers.at(_from_steps(data))
        case "datetime64[us]":
            return _from_moments(data)
        case "object":
            return _from_places(data)
        case "str":
            return from_few(data, rows, str)
        case "bool":
            return from_few(data, rows, bool)
        case _:
            return from_few(data, rows, int)


def _plain(column: pd.Series) -> list[Any]:
    """The values as those of Python; None where one is missing."""
    found: list[Any] = column.to_numpy(object, na_value=None).tolist()  # type: ignore[call-overload]  # None will do
    return found


# ── few distinct values ──


def few(values: Sequence[Hashable]) -> Any:  # noqa: ANN401 - JSON
    """Each distinct value once, and for each row its number."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    if len(numbers) <= 1:
        return {"each": [*numbers]}
    return {"each": [*numbers], "rows": [numbers[value] for value in values]}


def from_few(data: Packed, rows: int, kind: type | None = None) -> list[Any]:
    """The values again. `kind`: what each must be, if it is not missing."""
    each = data["each"]
    if kind is not None and not all(value is None or type(value) is kind for value in each):
        raise TypeError("values of another kind")
    return [each[_index(number)] for number in data["rows"]] if "rows" in data else each[:1] * rows


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
    known = column.notna().to_numpy()
    if not known.any():
        return {"from": None, "rows": len(column)}
    first = column.min()
    since = (column - first).to_numpy("timedelta64[us]").astype("int64")
    unit = 1 if (since[known] % _MICROSECONDS).any() else _MICROSECONDS
    return {
        "from": first.isoformat(),
        "unit": unit,
        "after": few(
            [each if there else None for each, there in zip((since // unit).tolist(), known.tolist(), strict=True)]
        ),
        "rows": len(column),
    }


def _from_moments(data: Packed) -> list[pd.Timestamp | None]:
    rows = _index(data["rows"])
    if data["from"] is None:
        return [None] * rows
    first, unit = pd.Timestamp(data["from"]), data["unit"]
    moments: dict[int | None, pd.Timestamp | None] = {None: None}

    def moment(after: int | None) -> pd.Timestamp | None:
        if after not in moments:
            moments[after] = first + pd.Timedelta(microseconds=after * unit)
        return moments[after]

    return [moment(after) for after in from_few(data["after"], rows, int)]


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
        "rows": len(rows),
    }


def _from_places(data: Packed) -> list[tuple[Place, ...] | float]:
    sheets = [(str(file), str(sheet)) for file, sheet in data["sheets"]]
    last = dict.fromkeys(sheets, 0)
    flat: list[Place] = []
    for number, step in zip(data["of"], data["below"], strict=True):
        sheet = sheets[_index(number)]
        last[sheet] += step
        flat.append(Place(*sheet, last[sheet]))
    found: list[tuple[Place, ...] | float] = []
    at = 0
    for many in from_few(data["many"], _index(data["rows"]), int):
        found.append(_NO_PLACES if many is None else tuple(flat[at : at + many]))
        at += many or 0
    if at != len(flat):
        raise ValueError("places of no row")
    return found


def _index(number: Any) -> int:  # noqa: ANN401 - JSON gives any value, and here it is checked
    if type(number) is not int or number < 0:
        raise ValueError(f"{number!r} is no number of a row")
    return number

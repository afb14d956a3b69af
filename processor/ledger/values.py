"""What the columns of the ledger may hold.

The ledger and the saved entry of a run are files, which somebody else may have written. Their values are checked where
they are read, so that whoever uses them need not. Each function raises ValueError, KeyError or TypeError for a value
that this program never stores.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from processor.model import ANSWER_COLUMNS, CELL_NAMED, Action, Kind, PastOrder, Place, Problem, Text
from processor.model.tables import Table
from processor.model.tables.ledger import (
    ANSWER_ROWS,
    ANSWERS,
    EVIDENCE,
    GIVEN,
    ORDERS,
    RUNS,
    SHEETS,
    AnswerColumn,
    AnswerRowColumn,
    EvidenceColumn,
    GivenColumn,
    RunColumn,
    SheetColumn,
)

_RUN: Final = re.compile(r"[0-9]{8}_[0-9]{6}(_[0-9]{1,9})?")
_MOST: Final = (1 << 31) - 1
_ACTIONS: Final = frozenset({"", *Action})
_KINDS: Final = frozenset(Kind)

_MAY_BE_MISSING: Final[Mapping[str, frozenset[str]]] = {
    ORDERS.name: frozenset({PastOrder.ACT_BY, PastOrder.SEEN_AT, PastOrder.PAID_ON}),
    ANSWERS.name: frozenset({AnswerColumn.AT}),
    EVIDENCE.name: frozenset({EvidenceColumn.PROBLEM}),
    ANSWER_ROWS.name: frozenset({AnswerRowColumn.WORKBOOK, AnswerRowColumn.ACTION}),
}
"""The columns that may be NULL."""


def check(table: Table, columns: Mapping[str, Iterable[Any]]) -> None:
    """Checks the values of some columns of a table."""
    for name, values in columns.items():
        sound = _NARROWER.get((table.name, name)) or _OF_DTYPE[table[name]]
        distinct = set(values)
        if name in _MAY_BE_MISSING.get(table.name, ()):
            distinct.discard(None)
        if wrong := [value for value in distinct if not sound(value)]:
            raise ValueError(f"{table.name}.{name}: {len(wrong)} values that are never stored")


def is_run(value: Any) -> bool:  # noqa: ANN401 - JSON and SQLite give any value, and it is what is asked
    """Is this the name of a run, as in 처리목록_<name>.xlsx?"""
    return isinstance(value, str) and _RUN.fullmatch(value) is not None


def is_text(value: Any) -> bool:  # noqa: ANN401 - as above
    if not isinstance(value, str):
        return False
    value.encode()  # raises UnicodeEncodeError, which is a ValueError, for half a character
    return True


def is_moment(value: Any) -> bool:  # noqa: ANN401 - as above
    """Is this a day or a moment of Korean wall time, in the one form that sorts by time?"""
    moment = datetime.fromisoformat(value)
    return moment.tzinfo is None and value in (moment.isoformat(), moment.date().isoformat())


def _is_flag(value: Any) -> bool:  # noqa: ANN401 - as above
    return isinstance(value, int) and value in (0, 1)


def _is_count(value: Any) -> bool:  # noqa: ANN401 - as above
    return isinstance(value, int) and 0 <= value <= _MOST


def _are_cells(value: Any) -> bool:  # noqa: ANN401 - as above
    return is_text(value) and CELL_NAMED.keys() >= set(value.split())


_OF_DTYPE: Final[Mapping[str, Callable[[Any], bool]]] = {
    "str": is_text,
    "datetime64[us]": is_moment,
    "bool": _is_flag,
    "int64": _is_count,
}
_NARROWER: Final[Mapping[tuple[str, str], Callable[[Any], bool]]] = {
    (RUNS.name, RunColumn.NAME): is_run,
    (ORDERS.name, PastOrder.ACTION): _ACTIONS.__contains__,
    (ORDERS.name, PastOrder.ASKS): _are_cells,
    (ANSWERS.name, AnswerColumn.CELL): ANSWER_COLUMNS.__contains__,
    (GIVEN.name, GivenColumn.GRANTED_ON): lambda day: day == "" or is_moment(day),
    (SHEETS.name, SheetColumn.KIND): _KINDS.__contains__,
}
"""Columns with fewer values than their dtype has."""


# ── values that are JSON ──


def objects(texts: Iterable[str]) -> list[dict[str, Any]]:
    """The objects of many texts, read at once, which is faster."""
    texts = list(texts)
    found: list[dict[str, Any]] = json.loads(f"[{','.join(texts)}]")
    if len(found) != len(texts) or not all(isinstance(each, dict) for each in found):
        raise ValueError("no objects")
    return found


def headers(text: str) -> dict[str, str]:
    """The headers of a sheet as written, by the role of the column."""
    return _of_texts(json.loads(text))


def answers(text: str) -> dict[str, str | None]:
    """What an answer row says, by the name of the answer cell; None where it says nothing."""
    said = _of_texts(json.loads(text))
    if not said.keys() <= set(ANSWER_COLUMNS):
        raise ValueError("no answer cells")
    return {**dict.fromkeys(ANSWER_COLUMNS), **said}


def of_problem(problem: Problem) -> dict[str, Any]:
    """The JSON value from which `problem` makes it again."""
    return {
        "code": problem.code,
        "place": list(problem.place),
        "message": list(problem.message),
        "fix": list(problem.fix),
        "column": problem.column,
        "value": problem.value,
        "more": [of_problem(other) for other in problem.more],
    }


def problem(text: str) -> Problem:
    return _problem(json.loads(text))


def _problem(written: Mapping[str, Any]) -> Problem:
    file, sheet, row = written["place"]
    message, fix = _texts(written["message"]), _texts(written["fix"])
    code, column, value, file, sheet = _texts([written["code"], written["column"], written["value"], file, sheet])
    if not _is_count(row):
        raise ValueError("no row")
    return Problem(
        code=code,
        place=Place(file, sheet, row),
        message=Text(*message),
        fix=Text(*fix),
        column=column,
        value=value,
        more=tuple(map(_problem, written["more"])),
    )


def _of_texts(found: Mapping[str, Any]) -> dict[str, str]:
    return dict(zip(found.keys(), _texts(found.values()), strict=True))


def _texts(values: Iterable[Any]) -> Sequence[str]:
    values = list(values)
    if not all(map(is_text, values)):
        raise ValueError("no texts")
    return values

"""Loads from the ledger what earlier runs read: sheets with their rows, answers, and files that could not be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from processor.ledger import values
from processor.ledger.entry import ROW_MARKS
from processor.ledger.sql import OPEN_AS_THE_DAY_BEGAN, TODAY, frame, listed, rows
from processor.model import (
    AnswerRow,
    Col,
    Evidence,
    Kind,
    Place,
    ReadSheet,
)
from processor.model.clock import on_a_later_day
from processor.model.tables import MARKS, READ, ROWS, Mark
from processor.model.tables.ledger import ANSWER_ROWS, EVIDENCE, LOST, SHEETS, EvidenceColumn

_REMEMBERED: Final = 90
"""Days for which lists are remembered."""
_SHEETS: Final = f"""
    SELECT {listed(SHEETS, "sheets")}, as_of, substr(COALESCE(as_of, ''), 1, 10) != :day AS earlier
    FROM sheets LEFT JOIN runs ON runs.number = run WHERE substr(as_of, 1, 10) = :day OR taken_at >= :since
    OR sheets.number IN (SELECT sheet FROM evidence)
"""
_EVIDENCE: Final = f"""
    SELECT {listed(EVIDENCE)} FROM evidence
    WHERE product_order_no IN ({OPEN_AS_THE_DAY_BEGAN}) OR sheet IN (
        SELECT sheets.number FROM sheets JOIN runs ON runs.number = run WHERE substr(as_of, 1, 10) = :day)
    ORDER BY sheet, row
"""


def evidence_of(base: sqlite3.Connection, today: date) -> Evidence:
    """All that earlier runs of this day read, and rows of earlier days of orders that were open as this day began."""
    day = {"day": today.isoformat(), "since": (today - timedelta(days=_REMEMBERED)).isoformat()}
    found = rows(base, _SHEETS, day, of=(SHEETS,))
    sheets, places = tuple(map(_sheet, found)), {sheet["number"]: at for at, sheet in enumerate(found)}
    lost = rows(base, f"SELECT {listed(LOST)} FROM {LOST.name} WHERE {TODAY} ORDER BY rowid", day, of=(LOST,))
    return Evidence(
        sheets=sheets,
        rows=_as_read(frame(base, _EVIDENCE, day, of=(EVIDENCE,)), places, sheets),
        answer_rows=told_on(base, today),
        lost=tuple(values.problem(each["problem"]) for each in lost),
        unread=frozenset(number for each in lost for number in each["numbers"].split()),
    )


def told_on(base: sqlite3.Connection, day: date) -> tuple[AnswerRow, ...]:
    """The rows with answers that earlier runs of this day read."""
    said = f"SELECT {listed(ANSWER_ROWS)} FROM {ANSWER_ROWS.name} WHERE {TODAY} ORDER BY rowid"
    return tuple(map(_answer_row, rows(base, said, {"day": day.isoformat()}, of=(ANSWER_ROWS,))))


def _sheet(sheet: Mapping[str, Any]) -> ReadSheet:
    taken_at, earlier = datetime.fromisoformat(sheet["taken_at"]), bool(sheet["earlier"])
    read_at = taken_at if sheet["as_of"] is None else datetime.fromisoformat(sheet["as_of"])
    ahead = on_a_later_day(taken_at, read_at)
    if earlier:
        read_at = datetime.combine(read_at, time())  # before the other files of that day
    return ReadSheet(
        file=sheet["file"],
        name=sheet["name"],
        kind=Kind(sheet["kind"]),
        taken_at=read_at if ahead else taken_at,
        dated=bool(sheet["dated"]),
        typed=bool(sheet["typed"]),
        headers=values.headers(sheet["headers"]),
        sha256=sheet["sha256"],
        whole=bool(sheet["whole"]),
        earlier=earlier,
        stamp=taken_at if ahead else None,
    )


def _as_read(found: pd.DataFrame, places: Mapping[int, int], sheets: Sequence[ReadSheet]) -> pd.DataFrame:
    """The stored rows as they were read.

    A cell without a stored value is blank if its sheet had the column, else missing.
    """
    if found.empty:
        return ROWS.empty()
    read = cache(values.problem)  # many rows may share a problem
    cells = values.objects(found[EvidenceColumn.CELLS])
    numbers = [places[sheet] for sheet in found[EvidenceColumn.SHEET]]
    stored = pd.DataFrame(cells, columns=[*READ, *ROW_MARKS], index=found.index, dtype="object")
    texts = list(READ.of_dtype("str"))
    there = _held(texts, numbers, sheets, stored[Mark.UNHELD])
    made: dict[str, Any] = {
        Col.PRODUCT_ORDER_NO: [number or None for number in found[EvidenceColumn.PRODUCT_ORDER_NO]],
        Mark.SHEET: numbers,
        Mark.ROW: found[EvidenceColumn.ROW],
        Mark.PROBLEM: [None if problem is None else read(problem) for problem in found[EvidenceColumn.PROBLEM]],
        **{mark: stored[mark].notna() if MARKS[mark] == "bool" else stored[mark].fillna("") for mark in ROW_MARKS},
    }
    dates = {role: pd.to_datetime(stored[role], format="ISO8601") for role in READ.of_dtype("datetime64[us]")}
    blank = stored[texts].mask(stored[texts].isna() & there, "")
    return stored.assign(**{role: blank[role] for role in texts}, **dates)[list(READ)].assign(**made).astype(dict(ROWS))


def _held(
    roles: Sequence[str], numbers: Sequence[int], sheets: Sequence[ReadSheet], unheld: pd.Series
) -> NDArray[np.bool_]:
    """For each row (given by its sheet's number) and each column: did the file hold that cell?"""
    headers = np.array([[role in sheet.headers for role in roles] for sheet in sheets], dtype=bool)
    there: NDArray[np.bool_] = headers.reshape(len(sheets), len(roles))[np.array(numbers, dtype=int)]
    for at, lacking in enumerate(unheld.tolist()):
        if isinstance(lacking, str):
            there[at] &= [role not in lacking.split() for role in roles]
    return there


def _answer_row(row: Mapping[str, Any]) -> AnswerRow:
    return AnswerRow(
        product_order_no=row["product_order_no"],
        place=Place(row["file"], row["sheet"], row["row"]),
        at=datetime.fromisoformat(row["at"]),
        workbook=row["workbook"],
        cells=values.answers(row["cells"]),
        action=row["action"],
        run=row["run"],
    )

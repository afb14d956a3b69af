"""Finds the cell that gave each value of one order. Used by the command that explains an order, never during a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from processor.intake import cells
from processor.intake.contents import Content, contents, opened
from processor.intake.join import by_standing
from processor.intake.layout import Layout
from processor.intake.reading import Gathered
from processor.intake.sheet import Book, ExportSheet
from processor.model import ANSWER_COLUMNS, Batch, Col, Origin, Place, Problem
from processor.model.tables import Mark
from processor.opener.process import Opening
from processor.opener.reply import Cell, Refusal
from processor.rulebook.types import Limits

_Cell = tuple[ExportSheet, Place, str]  # a sheet, a row of it, and the role of the column


def origins(gathered: Gathered, batch: Batch, number: str, limits: Limits, opening: Opening) -> dict[str, Origin]:
    """For each column of the claims table that some file had for this order: the cell that gave the value."""
    spoken = ~gathered.failed & ~gathered.listed & gathered.rows[Col.PRODUCT_ORDER_NO].eq(number)
    order = batch.claims.loc[batch.claims[Col.PRODUCT_ORDER_NO].eq(number)].iloc[0]
    won: dict[str, _Cell] = {}
    for ranked, roles in by_standing(gathered.rows[spoken], gathered.sheets, gathered.form):
        places = [(gathered.sheets[at], row) for at, row in zip(ranked[Mark.SHEET], ranked[Mark.ROW], strict=True)]
        for role in roles:
            says = _says(ranked, role, order[role], [sheet for sheet, _ in places])
            if (first := next((place for place, said in zip(places, says, strict=True) if said), None)) is not None:
                sheet, row = first
                shown = (
                    role if sheet.saw(role) else Col.CLAIM_STATUS
                )  # 주문조회 has this one column for all three claims
                won[role] = sheet, sheet.place(row), shown
    rows = _rows_again(gathered, {place for _, place, _ in won.values()}, limits, opening)
    found = {
        role: Origin(place, sheet.header(shown), _shown(rows.get(place), order[role], sheet, shown))
        for role, (sheet, place, shown) in won.items()
        if sheet.remembered or place in rows
    }
    return found | _answers(number, order, batch, gathered.form)


def _answers(number: str, order: pd.Series, batch: Batch, form: Layout) -> dict[str, Origin]:
    """For each answer the cell in the newest row of this day that gives it."""
    answered = sorted((row for row in batch.answer_rows if row.product_order_no == number), key=lambda row: row.at)
    return {
        role: Origin(row.place, form.roles[role][0], row.cells[role] or "")
        for row in answered
        for role in ANSWER_COLUMNS
        if row.cells[role] and row.cells[role] == order[role]
    }


def _shown(row: Sequence[Cell] | None, value: object, sheet: ExportSheet, role: str) -> str:
    """The text of the cell. If it is merged, or the file is not read again: the text of the value that was read."""
    written = "" if row is None else cells.text(row[sheet.found.places[role]])
    return written or ("" if pd.isna(value) else cells.text(value))  # type: ignore[call-overload, arg-type]  # a scalar


def unread(gathered: Gathered, number: str) -> list[Problem]:
    """The problems of those rows of this order that could not be used, each with the place of its row."""
    named = gathered.failed & gathered.rows[Col.PRODUCT_ORDER_NO].eq(number)
    rows = gathered.rows.loc[named, [Mark.PROBLEM, Mark.SHEET, Mark.ROW]].itertuples(index=False)
    return [replace(problem, place=gathered.sheets[sheet].place(row)) for problem, sheet, row in rows]


def _says(ranked: pd.DataFrame, role: str, value: object, sheets: Sequence[ExportSheet]) -> list[bool]:
    """Which rows have the value; for a missing value, which rows have the column."""
    if pd.isna(value):  # type: ignore[call-overload]  # a cell is a scalar
        return [sheet.saw(role) for sheet in sheets]
    return ranked[role].isin([value]).tolist()


def _rows_again(
    gathered: Gathered, wanted: set[Place], limits: Limits, opening: Opening
) -> Mapping[Place, Sequence[Cell]]:
    """The raw rows at these places. The files are opened again."""
    found: dict[Place, Sequence[Cell]] = {}
    for file in gathered.files:
        if any(place.file == file.name or place.file.startswith(f"{file.name}/") for place in wanted):
            for content in contents(file, limits, opening.process):
                if isinstance(content, Content):
                    found |= _picked(opened(content, opening.passwords), wanted)
    return found


def _picked(book: Book | Problem, wanted: set[Place]) -> Mapping[Place, Sequence[Cell]]:
    if isinstance(book, Problem):
        return {}
    found: dict[Place, Sequence[Cell]] = {}
    for name in {place.sheet for place in wanted if place.file == book.file}:
        rows = book.opener.rows(name, [place.row for place in wanted if place[:2] == (book.file, name)])
        found |= {} if isinstance(rows, Refusal) else {Place(book.file, name, at): row for at, row in rows.items()}
    return found

"""Collects the seller's answers from the input rows. The `recall` room weighs them against earlier answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from processor.intake.layout import Layout
from processor.intake.sheet import ExportSheet
from processor.model import ANSWER_COLUMNS, AnswerRow, Col, space_free
from processor.model.tables import Mark

_OURS: Final = re.compile(r"처리목록_(\d{8}_\d{6}(?:_\d+)?)(?!\d)", re.ASCII)


def answer_rows(
    rows: pd.DataFrame, usable: pd.Series[bool], sheets: Sequence[ExportSheet], layout: Layout
) -> tuple[AnswerRow, ...]:
    """The answers in every usable row of a new sheet with answer columns, in the order of files and rows.

    Known spellings are replaced by the words that rules.yaml uses.
    """
    asking = [
        number for number, sheet in enumerate(sheets) if not sheet.remembered and any(map(sheet.saw, ANSWER_COLUMNS))
    ]
    columns = [Col.PRODUCT_ORDER_NO, Mark.SHEET, Mark.ROW, Col.STATED_ACTION, *ANSWER_COLUMNS]
    wanted = rows.loc[usable & rows[Mark.SHEET].isin(asking), columns]
    return tuple(
        AnswerRow(
            order,
            sheets[number].place(row),
            sheets[number].taken_at,
            _workbook(sheets[number]),
            {role: _word(role, cell, layout) for role, cell in zip(ANSWER_COLUMNS, cells, strict=True)},
            None if pd.isna(action) else action,
        )
        for order, number, row, action, *cells in wanted.itertuples(index=False)
    )


def _word(role: str, cell: str, layout: Layout) -> str | None:
    """The word of rules.yaml for a cell, else the cell as written; None if the sheet has no such column."""
    return None if pd.isna(cell) else layout.words.get(role, {}).get(space_free(cell), cell)


def _workbook(sheet: ExportSheet) -> str | None:
    """The name of the run that wrote this workbook, taken from the file name.

    Browsers and copies may have added to it.
    """
    named = _OURS.search(sheet.file)
    return named[1] if named else None

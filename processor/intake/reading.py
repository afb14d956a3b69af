"""Files into the batch: open, recognise, read, check, join; and an account of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from processor.intake.checks import believed, consistent
from processor.intake.container import open_file
from processor.intake.examine import Examined, examine
from processor.intake.join import join
from processor.intake.layout import LIST_COLUMNS, Layout, layout
from processor.intake.passwords import Passwords
from processor.intake.sheet import ExportSheet
from processor.intake.table import MARKS, READ, Mark, empty
from processor.model import NOTHING, Batch, Col, InputFile, Kind, Problem, SheetCount, Text
from processor.rulebook.types import Exports, Limits, Reason


@dataclass(frozen=True, eq=False)
class Gathered:
    """Every row of all files, before the rows of one order become one."""

    files: tuple[InputFile, ...]
    form: Layout
    rows: pd.DataFrame  # the columns of `table.READ` and `table.MARKS`
    sheets: list[ExportSheet]
    skipped: list[SheetCount]
    problems: list[Problem]  # of whole files and sheets

    @property
    def failed(self) -> pd.Series[bool]:
        return self.rows[Mark.PROBLEM].notna()

    @property
    def listed(self) -> pd.Series[bool]:
        """Rows of a list of goods: they speak of no order."""
        return self.rows[Mark.SHEET].isin([at for at, sheet in enumerate(self.sheets) if sheet.kind is Kind.SOLD_OUT])


def read(files: Sequence[InputFile], exports: Exports, reasons: Sequence[Reason], passwords: Passwords) -> Batch:
    """Everything that the files say, whatever their order: one row per order, and what could not be one."""
    return joined(gather(files, exports, reasons, passwords))


def gather(files: Sequence[InputFile], exports: Exports, reasons: Sequence[Reason], passwords: Passwords) -> Gathered:
    form = layout(exports, reasons)
    files = sorted(files, key=lambda file: (file.name, file.sha256))
    outcomes = [outcome for file in files for outcome in _outcomes(file, form, exports.limits, passwords)]
    sheets = [sheet for outcome in outcomes for sheet in outcome.sheets]
    return Gathered(
        files=tuple(files),
        form=form,
        rows=consistent(believed(_all_rows(outcomes), sheets), sheets),
        sheets=sheets,
        skipped=[count for outcome in outcomes for count in outcome.skipped],
        problems=[found for outcome in outcomes for found in outcome.problems],
    )


def joined(gathered: Gathered) -> Batch:
    rows, sheets, failed, listed = gathered.rows, gathered.sheets, gathered.failed, gathered.listed
    orders = ~failed & ~listed
    spoken = orders & rows[Col.PRODUCT_ORDER_NO].isin(rows.loc[orders & ~rows[Mark.SILENT], Col.PRODUCT_ORDER_NO])
    claims = join(rows[spoken], rows[failed], sheets, gathered.form)
    return Batch(
        claims=claims,
        sold_out=rows.loc[~failed & listed, list(LIST_COLUMNS)].fillna("").reset_index(drop=True),
        files=gathered.files,
        sheets=(*_counts(rows, sheets, failed, spoken, claims), *gathered.skipped),
        row_problems=tuple(rows.loc[failed, Mark.PROBLEM]),
        file_problems=tuple(gathered.problems),
    )


def _outcomes(file: InputFile, form: Layout, limits: Limits, passwords: Passwords) -> list[Examined]:
    return [
        Examined(problems=[book]) if isinstance(book, Problem) else examine(book, form, limits.seconds)
        for book in open_file(file, limits, passwords)
    ]


def _all_rows(outcomes: Sequence[Examined]) -> pd.DataFrame:
    """The rows of all sheets, each with the number of its sheet."""
    tables = [table for outcome in outcomes for table in outcome.tables]
    numbered = [table.assign(**{Mark.SHEET: number}) for number, table in enumerate(tables)]
    return pd.concat(numbered, ignore_index=True) if numbered else empty(READ | MARKS)


def _counts(
    rows: pd.DataFrame, sheets: Sequence[ExportSheet], failed: pd.Series, spoken: pd.Series, claims: pd.DataFrame
) -> list[SheetCount]:
    """The law `read = decided + merged + listed + problems`; a decided order counts where its newest row stands."""

    def per_sheet(chosen: pd.Series) -> list[int]:
        return [int(count) for count in np.bincount(rows.loc[chosen, Mark.SHEET], minlength=len(sheets))]

    decided = Counter(source[0][:2] for source in claims[Col.SOURCE])
    listed = per_sheet(~failed & ~spoken)
    joined, problems = per_sheet(spoken), per_sheet(failed)
    return [
        SheetCount(
            sheet.file,
            sheet.name,
            sheet.kind,
            read=joined[number] + listed[number] + problems[number],
            decided=decided[sheet.file, sheet.name],
            merged=joined[number] - decided[sheet.file, sheet.name],
            listed=listed[number],
            problems=problems[number],
            note=_blind(sheet),
        )
        for number, sheet in enumerate(sheets)
    ]


def _blind(sheet: ExportSheet) -> Text:
    """Columns that the seller switched off, without which nobody can tell whether a parcel has left."""
    lacking = {"발송처리일": Col.DISPATCHED_AT, "송장출력일": Col.INVOICE_PRINTED_AT, "송장번호": Col.TRACKING_NO}
    off = " · ".join(header for header, role in lacking.items() if not sheet.saw(role))
    if sheet.kind is not Kind.DISPATCH or not off:
        return NOTHING
    return Text(
        f"꺼진 항목: {off}. 이것이 없으면 나갔는지 알 수 없어 확인필요가 늘어납니다. 판매자센터의 Grid 항목 설정에서 켜고 다시 받아 주세요.",
        f"Switched off: {off}. Without them nobody can tell what has left, so more orders become questions. Switch them on "
        "in the Seller Center (Grid 항목 설정) and download again.",
    )

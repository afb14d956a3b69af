"""Where the rows of each input sheet went, and whether that adds up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from processor.model import Report, SheetCount, Text
from processor.outbox.english import several
from processor.outbox.sheet import Column, Look, Table, Value, table_by_row
from processor.rulebook.types import Rulebook

_COLUMNS: Final = (
    Column("파일", Look.LONG, 24, 56),
    Column("시트", Look.LONG, 12, 14),
    Column("종류", Look.TEXT, 14, 14),
    Column("읽은 줄", Look.COUNT, 10, 12),
    Column("결정", Look.COUNT, 10, 12),
    Column("합침", Look.COUNT, 10, 12),
    Column("목록", Look.COUNT, 10, 12),
    Column("문제", Look.COUNT, 10, 12),
)
_COUNTED: Final = tuple(column.header for column in _COLUMNS if column.look is Look.COUNT)


def balance(sheets: tuple[SheetCount, ...]) -> Text:
    """Read = decided + merged + listed + problems: shown as it was counted, and said if it does not fit."""
    if not sheets:
        return Text("읽은 줄이 없습니다.", "No rows were read.")
    read, *parts = (sum(column) for column in zip(*map(_counts, sheets), strict=True))
    decided, merged, listed, problems = parts
    sign = "=" if read == sum(parts) else "≠"
    return Text(
        f"줄 맞추기: 읽은 줄 {read:,} {sign} 결정 {decided:,} + 합침 {merged:,} + 목록 {listed:,} + 문제 {problems:,}",
        f"Rows: {read:,} read {sign} {decided:,} decided + {merged:,} merged + {listed:,} listed + {several(problems, 'problem')}",
    )


def _counts(sheet: SheetCount) -> tuple[int, int, int, int, int]:
    return sheet.read, sheet.decided, sheet.merged, sheet.listed, sheet.problems


def accounts(name: str, report: Report, book: Rulebook, lang: str, *more: Column) -> Table:
    """One row for each sheet, with totals; asked for one more column, it adds the sheet's note."""
    labels = {export.kind: export.label.said(lang) for export in book.exports.kinds}
    rows: Iterator[tuple[Value, ...]] = (
        (
            sheet.file,
            sheet.sheet,
            labels.get(sheet.kind, "") if sheet.kind else "",
            *_counts(sheet),
            *(sheet.note.said(lang) for _ in more),
        )
        for sheet in report.batch.sheets
    )
    return table_by_row(name, (*_COLUMNS, *more), rows, _COUNTED)

"""The table that shows what became of the rows of each input sheet, and whether the counts balance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from processor.model import Report, SheetCount, Text, several
from processor.outbox import captions
from processor.outbox.sheet import Column, Look, Said, Table, Value, table_by_row
from processor.rulebook.types import Rulebook

_COLUMNS: Final = (
    Column(captions.FILE, Look.LONG, 24, 56),
    Column(captions.SHEET, Look.LONG, 12, 14),
    Column(Text("종류", "Kind"), Look.WORDS, 14, 14),
    Column(Text("읽은 줄", "Rows read"), Look.COUNT, 10, 12),
    Column(Text("결정", "Decided"), Look.COUNT, 10, 12),
    Column(Text("합침", "Merged"), Look.COUNT, 10, 12),
    Column(Text("목록", "Listed"), Look.COUNT, 10, 12),
    Column(Text("문제", "Problems"), Look.COUNT, 10, 12),
)
_MEMORY: Final = Text("지난 실행의 기억", "What earlier runs left")
_COUNTED: Final = tuple(column.name for column in _COLUMNS if column.look is Look.COUNT)


def named(file: str) -> Said:
    """The name of the input as shown; in both languages where the rows come from the ledger and not from a file."""
    return _MEMORY if file == _MEMORY.ko else file


def balance(sheets: tuple[SheetCount, ...]) -> Text:
    """The sentence read = decided + merged + listed + problems, in numbers of rows; with ≠ where the counts differ."""
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


def accounts(name: str, report: Report, book: Rulebook, *more: Column) -> Table:
    """A row for each input sheet, with totals. Each column of `more` is filled with the sheet's note."""
    labels = {export.kind: export.label for export in book.exports.kinds}
    rows: Iterator[tuple[Value, ...]] = (
        (
            named(sheet.file),
            sheet.sheet,
            labels.get(sheet.kind, "") if sheet.kind else "",
            *_counts(sheet),
            *(sheet.note for _ in more),
        )
        for sheet in report.account
    )
    return table_by_row(name, (*_COLUMNS, *more), rows, _COUNTED)

"""What became of the rows of each input sheet, and whether the counts balance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Final

from processor.model import NOTHING, OWN_SHEETS, Action, InputFile, Kind, Report, SheetCount, Text, several
from processor.outbox import captions
from processor.outbox.sheet import Column, Look, Said, Table, Value, table_by_row
from processor.rulebook.types import Rulebook

_COLUMNS: Final = (
    Column(captions.FILE, Look.LONG, 24, 44),
    Column(captions.SHEET, Look.LONG, 12, 24),
    Column(Text("종류", "Kind"), Look.WORDS, 14, 16),
    Column(Text("읽은 줄", "Rows read"), Look.COUNT, 10, 12),
    Column(Text("결정", "Decided"), Look.COUNT, 10, 12),
    Column(Text("합침", "Merged"), Look.COUNT, 10, 12),
    Column(Text("목록", "Listed"), Look.COUNT, 10, 12),
    Column(Text("문제", "Problems"), Look.COUNT, 10, 12),
    Column(Text("받은 때", "Downloaded at"), Look.TEXT, 18, 20),
    Column(Text("덧붙임", "Note"), Look.LONG, 12, 40),
    Column(Text("지문 (sha256)", "Hash (sha256)"), Look.TEXT, 14, 16),
)
_MEMORY: Final = Text("지난 실행의 기억", "What earlier runs left")
_COUNTED: Final = tuple(column.name for column in _COLUMNS if column.look is Look.COUNT)
_OWN: Final = {name for sheet in OWN_SHEETS for name in sheet}


def named(file: str) -> Said:
    """The name of the input as shown; in both languages where the rows come from the ledger and not from a file."""
    return _MEMORY if file == _MEMORY.ko else file


def checked(report: Report) -> Text:
    """How many orders were looked at, from how many files and rows, and what could not be used.

    Where the rows do not balance, that is said instead.
    """
    if not _balances(report.account):
        told = balance(report.account)
        return Text(f"줄 수가 맞지 않습니다. {told.ko}", f"The rows do not add up. {told.en}")
    files = {sheet.file for sheet in report.account if sheet.file != _MEMORY.ko}
    rows = sum(sheet.read for sheet in report.account if sheet.file != _MEMORY.ko)
    known = sum(sheet.read for sheet in report.account if sheet.file == _MEMORY.ko)
    said = [Text(f"{len(files):,}개 파일 {rows:,}줄", f"{several(len(files), 'file')} with {several(rows, 'row')}")]
    if known:
        said.append(Text(f"지난 실행에서 기억한 {known:,}줄", f"{several(known, 'row')} remembered from earlier runs"))
    if bad := sum(sheet.problems for sheet in report.account):
        said.append(Text(f"고칠 줄 {bad:,}", f"{several(bad, 'row')} to mend"))
    if unread := len(report.batch.file_problems):
        said.append(
            Text(
                f"읽지 못한 파일이나 시트 {unread:,}", f"{several(unread, 'file or sheet', 'files or sheets')} not read"
            )
        )
    whole, orders = Text.joined(", ", said), len(report.rows)
    return Text(
        f"주문 {orders:,}건을 확인했습니다 ({whole.ko})",
        f"{several(orders, 'order was', 'orders were')} checked ({whole.en})",
    )


def balance(sheets: tuple[SheetCount, ...]) -> Text:
    """The sentence read = decided + merged + listed + problems, in numbers of rows; with ≠ where the counts differ."""
    if not sheets:
        return Text("읽은 줄이 없습니다.", "No rows were read.")
    read, decided, merged, listed, problems = (sum(column) for column in zip(*map(_counts, sheets), strict=True))
    sign = "=" if _balances(sheets) else "≠"
    return Text(
        f"줄 수 확인: 읽은 줄 {read:,} {sign} 결정 {decided:,} + 합침 {merged:,} + 목록 {listed:,} + 문제 {problems:,}",
        f"Rows: {read:,} read {sign} {decided:,} decided + {merged:,} merged + {listed:,} listed + {several(problems, 'problem')}",
    )


def _balances(sheets: tuple[SheetCount, ...]) -> bool:
    return sum(sheet.read for sheet in sheets) == sum(sum(_counts(sheet)[1:]) for sheet in sheets)


def _counts(sheet: SheetCount) -> tuple[int, int, int, int, int]:
    return sheet.read, sheet.decided, sheet.merged, sheet.listed, sheet.problems


def accounts(report: Report, book: Rulebook) -> Table:
    """A row for each input sheet, one for a whole returned workbook, and one for a file of which no sheet was read."""
    labels = {export.kind: export.label for export in book.exports.kinds}
    files = {file.name: file for file in chain(report.batch.contents, report.batch.files)}
    of_file: dict[str, list[SheetCount]] = defaultdict(list)
    for sheet in report.account:
        of_file[sheet.file].append(sheet)

    def rows() -> Iterator[tuple[Value, ...]]:
        for name, sheets in of_file.items():
            for shown, counts in _lines_of(sheets):
                kind = next((one.kind for one in counts if one.kind), None)
                note = Text.joined(" ", dict.fromkeys(_note(one, of=counts) for one in counts))
                yield _line(name, shown, labels.get(kind, "") if kind else "", counts, note, files.get(name))
        for name in [file.name for file in report.batch.files if file.name not in of_file]:
            yield _line(name, "", "", [], NOTHING, files[name])

    return table_by_row("rows_by_sheet", _COLUMNS, rows(), _COUNTED)


def _lines_of(sheets: list[SheetCount]) -> Iterator[tuple[Said, list[SheetCount]]]:
    """The lines of one file: its name for the sheet, and the sheets whose rows it counts."""
    if len(sheets) > 1 and any(sheet.kind is Kind.ANSWERS for sheet in sheets) and all(map(_is_our_own, sheets)):
        yield Text(f"처리목록의 시트 {len(sheets)}개", f"{len(sheets)} sheets of our workbook"), sheets
    else:
        yield from ((sheet.sheet, [sheet]) for sheet in sheets)


def _is_our_own(sheet: SheetCount) -> bool:
    """Whether a sheet is called like one of our workbook, or like a further page of one."""
    return _has_no_answers(sheet) or Action.of_sheet(sheet.sheet) is not None


def _has_no_answers(sheet: SheetCount) -> bool:
    return sheet.sheet.rstrip(" ()_0123456789") in _OWN


def _note(sheet: SheetCount, of: list[SheetCount]) -> Text:
    """The note on a sheet; of a whole workbook nothing is said of the sheets that have no answers and so are not read."""
    return NOTHING if len(of) > 1 and _has_no_answers(sheet) else sheet.note


def _line(
    name: str, sheet: Said, kind: Said, counts: list[SheetCount], note: Text, file: InputFile | None
) -> tuple[Value, ...]:
    moment = file.taken_at if file else next((one.taken_at for one in counts if one.taken_at), None)
    return (
        named(name),
        sheet,
        kind,
        *(sum(column) for column in zip((0, 0, 0, 0, 0), *map(_counts, counts), strict=True)),
        f"{moment:%Y-%m-%d %H:%M}" if moment else "",
        note,
        file.sha256[:12] if file else "",
    )

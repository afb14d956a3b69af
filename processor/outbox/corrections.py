"""수정필요_….xlsx: the seller's own file with its bad cells marked, to be corrected and dropped in again.

The one door to openpyxl, which alone can mark a workbook that somebody else made. Loading it takes longer than a small
run: `publish` does so only when there is something to mark.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from processor.market.downloads import clock
from processor.model import Original, OriginalSheet, Problem, Text
from processor.opener.seal import sealed
from processor.outbox import looks
from processor.outbox.layout import line_height
from processor.outbox.sheet import Line, Tone
from processor.outbox.typeset import clean, lines

PREFIX: Final = "수정필요_"
_LIST: Final = Text("문제목록", "Problems")
_COLUMNS: Final = (
    (Text("시트", "Sheet"), 16),
    (Text("고칠 칸", "Cell to correct"), 14),
    (Text("열", "Column"), 18),
    (Text("값", "Value"), 24),
    (Text("무엇이 문제인가", "What is wrong"), 50),
    (Text("어떻게 하나", "What to do"), 50),
)
_WIDTH: Final = sum(width for _, width in _COLUMNS)
_HEADER_ROW: Final = 3
_DAMAGE: Final = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, EOFError, RecursionError),
    *(
        SyntaxError,
        zlib.error,
        zipfile.BadZipFile,
        InvalidFileException,
    ),  # of XML (ParseError), of the zip, of openpyxl
)
"""What openpyxl lets out over a workbook that python-calamine could read."""
_UNFIT_FOR_A_FILE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')  # on Windows
_UNFIT_FOR_A_SHEET: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE: Final = 31
_LONGEST_STEM: Final = 180  # bytes: with what stands around it a name stays below the 255 that disks take
_MARK: Final = PatternFill("solid", fgColor=looks.ASKED_GROUND.removeprefix("#"))
_EDGE: Final = Side("medium", color=looks.ASKED_EDGE.removeprefix("#"))
_AROUND: Final = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEADER: Final = PatternFill("solid", fgColor=looks.HEADER_GROUND.removeprefix("#"))
_FONT: Final = str(looks.FONT["font_name"])

Font.__elements__ = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow"),
    *("u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme"),
)
"""The order that the schema of Open XML asks for; openpyxl has another, over which validators complain."""

_HOW: Final = Text(
    "주황색으로 표시한 칸을 고쳐 저장한 뒤 이 파일을 inbox 폴더에 넣으면 이어서 처리합니다. 나머지 줄은 이미 처리했으니 그대로 두세요.",
    "Correct the orange cells, save, and drop this file into the inbox folder to go on. The other rows are handled already: leave them as they are.",
)
_ONLY_BAD: Final = Text(
    " 원래 파일에는 표시할 수 없어 고칠 줄만 옮겨 적었습니다.",
    " The original could not be marked, so only the rows to correct stand here.",
)
_MORE: Final = Text(
    " 고칠 줄이 더 있습니다(모두 {n:,}줄). 이렇게 많으면 판매자센터에서 다시 내려받는 것이 빠릅니다.",
    " There are more rows to correct ({n:,} in all). With so many, another download from the Seller Center is quicker.",
)
_NO_BUYERS: Final = Text(
    " 구매자 정보 칸은 비웠습니다. 처리에는 쓰이지 않습니다.",
    " Cells about the buyer are blank; nothing needs them.",
)


def name_of(original: Original) -> str:
    """수정필요_<name>.xlsx, fit for any disk. It tells when the original was made, also where that one's name did not."""
    stem = _UNFIT_FOR_A_FILE.sub("_", PurePosixPath(original.name).stem.removeprefix(PREFIX))
    stem = stem.encode()[:_LONGEST_STEM].decode(errors="ignore")
    made = clock(original.taken_at)
    return f"{PREFIX}{stem}{'' if made in stem else f'_{original.taken_at:%Y%m%d_%H%M%S}'}.xlsx"


def copy(original: Original, lang: str) -> bytes:
    """The workbook to correct; locked with the same password when the original was."""
    plain = _own_marked(original, lang) or _finished(_bad_rows(original), original, lang, own=False)
    return plain if original.password is None else sealed(plain, original.password)


def _own_marked(original: Original, lang: str) -> bytes | None:
    """None: it is of another format, or so odd that openpyxl can't load, mark or save it."""
    if original.book is None:
        return None
    try:
        return _finished(_own_file(original.book, original.sheets), original, lang, own=True)
    except _DAMAGE:
        return None


def _finished(book: Workbook, original: Original, lang: str, *, own: bool) -> bytes:
    marked = list(_marked(book, original, own))
    for cell, problem in marked:
        _mark(cell, problem, lang)
    _list_in_front(book, marked, _how(original, own, len(marked)), lang)
    book.properties = DocumentProperties(
        creator="",
        title=name_of(original),
        language="en" if lang == "en" else "ko-KR",
        created=original.taken_at,
        modified=original.taken_at,
    )
    return _saved(book)


class _InMemory(ExcelWriter):
    """openpyxl writes each worksheet into a temporary file: what came locked would lie there to be read."""

    def write_worksheet(self, ws: Worksheet) -> None:
        ws._drawing = SpreadsheetDrawing()  # type: ignore[attr-defined] # as the library does it
        content = io.BytesIO()
        writer = WorksheetWriter(ws, content)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]
        self._archive.writestr(ws.path[1:], content.getvalue())  # type: ignore[attr-defined]
        self.manifest.append(ws)


def _saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        _InMemory(book, archive).save()
    return content.getvalue()


_MOST_CELLS: Final = 1_000_000
"""Of one sheet, blank ones counted: openpyxl makes each that it passes. One stray cell in Excel's last row would cost
minutes."""


def _own_file(content: bytes, sheets: Sequence[OriginalSheet]) -> Workbook:
    """The seller's file with its look, but only the sheets that were read, and nothing about buyers."""
    book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    for name in set(book.sheetnames) - {sheet.name for sheet in sheets}:
        del book[name]
    for sheet in sheets:
        paper = book[sheet.name]
        if paper.max_row * paper.max_column > _MOST_CELLS:
            raise ValueError(sheet.name)
        _without_buyers(paper, sheet)
    return book


def _without_buyers(paper: Worksheet, sheet: OriginalSheet) -> None:
    for row in paper.iter_rows(min_row=1):
        for cell in row:
            if isinstance(cell, Cell):
                cell.comment = None
                if cell.row > sheet.header_row and cell.column - 1 in sheet.personal:
                    cell.value = None


def _bad_rows(original: Original) -> Workbook:
    book = Workbook()
    del book[book.sheetnames[0]]
    for sheet in original.sheets:
        paper = book.create_sheet(_title(sheet))
        for number, texts in enumerate([sheet.headers, *sheet.rows.values()], start=1):
            for column, text in enumerate(texts, start=1):
                cell = paper.cell(number, column, clean(text) or None)
                cell.number_format = "@"
                if cell.value is not None:
                    cell.data_type = "s"
                if number == 1:
                    cell.font = Font(name=_FONT, bold=True)
        for column, header in enumerate(sheet.headers, start=1):
            paper.column_dimensions[get_column_letter(column)].width = max(12, 2 * len(header))
        paper.freeze_panes = "A2"
    return book


def _title(sheet: OriginalSheet) -> str:
    """A csv's sheet is called like its file, which Excel may refuse."""
    return _UNFIT_FOR_A_SHEET.sub("_", sheet.name)[:_LONGEST_TITLE]


def _marked(book: Workbook, original: Original, own: bool) -> Iterator[tuple[Cell, Problem]]:
    """Each bad cell that stands in the copy."""
    sheets = {sheet.name: sheet for sheet in original.sheets}
    below = {sheet.name: {row: at for at, row in enumerate(sheet.rows, start=2)} for sheet in original.sheets}
    for problem in original.problems:
        sheet, row = sheets.get(problem.place.sheet), problem.place.row
        if sheet is not None and row in sheet.rows:
            for bad in problem.cells:
                paper = book[sheet.name if own else _title(sheet)]
                cell = paper.cell(row if own else below[sheet.name][row], _column(sheet, bad.column) + 1)
                if isinstance(cell, Cell):  # and not the covered part of a merged one
                    yield cell, bad


def _column(sheet: OriginalSheet, header: str) -> int:
    return sheet.headers.index(header) if header in sheet.headers else sheet.key


def _mark(cell: Cell, problem: Problem, lang: str) -> None:
    """By colour, by a thick edge, and by a comment that says what is wrong and what to do."""
    cell.fill, cell.border = _MARK, _AROUND
    said = f"{problem.message.said(lang)}\n→ {problem.fix.said(lang)}"
    cell.comment = Comment(said, "", width=360, height=30 + 18 * lines(said, 50))


def _how(original: Original, own: bool, marked: int) -> Text:
    rows = sum(len(sheet.rows) for sheet in original.sheets)
    said = [_HOW]
    said += [] if own else [_ONLY_BAD]
    said += [_filled(_MORE, len(original.problems))] if rows < len(original.problems) and marked else []
    said += [_NO_BUYERS] if any(sheet.personal for sheet in original.sheets) else []
    return Text("".join(one.ko for one in said), "".join(one.en for one in said))


def _filled(text: Text, number: int) -> Text:
    return Text(text.ko.format(n=number), text.en.format(n=number))


def _list_in_front(book: Workbook, marked: Sequence[tuple[Cell, Problem]], how: Text, lang: str) -> None:
    paper = book.create_sheet(_LIST.said(lang), 0)
    book.active = 0
    paper.append([clean(how.said(lang))])
    paper.append([])
    paper.append([header.said(lang) for header, _ in _COLUMNS])
    for number, (cell, bad) in enumerate(marked, start=_HEADER_ROW + 1):
        texts = (cell.parent.title, cell.coordinate, bad.column, bad.value, bad.message.said(lang), bad.fix.said(lang))
        for column, text in enumerate(texts, start=1):
            here = paper.cell(number, column, clean(text) or None)
            if here.value is not None:
                here.data_type = "s"  # whatever it begins with
        link = paper.cell(number, 2)
        target = f"{quote_sheetname(cell.parent.title)}!{cell.coordinate}"
        link.hyperlink = Hyperlink(ref=link.coordinate, location=target)
        link.font = Font(name=_FONT, size=10, color=looks.LINK.removeprefix("#"), underline="single")
        paper.row_dimensions[number].height = looks.LINE_HEIGHT * max(lines(text, 48) for text in texts) + 2
    _dress(paper, how.said(lang))


def _dress(paper: Worksheet, how: str) -> None:
    paper.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(_COLUMNS))
    paper["A1"].alignment = Alignment(wrap_text=True, vertical="center")
    paper["A1"].font = Font(name=_FONT, size=11, bold=True)
    paper.row_dimensions[1].height = line_height(Line(how, Tone.HEADING), _WIDTH)
    for number, (_, width) in enumerate(_COLUMNS, start=1):
        paper.column_dimensions[get_column_letter(number)].width = width
        header = paper.cell(_HEADER_ROW, number)
        header.fill, header.font = _HEADER, Font(name=_FONT, size=10, bold=True, color="FFFFFF")
    for row in paper.iter_rows(min_row=_HEADER_ROW + 1):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    paper.freeze_panes = f"A{_HEADER_ROW + 1}"
    paper.page_setup.orientation, paper.page_setup.paperSize = "landscape", "9"
    paper.page_setup.fitToHeight = 0
    paper.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    paper.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"

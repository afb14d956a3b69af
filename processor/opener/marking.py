"""Makes correction copies with openpyxl, the only library that can mark an existing workbook.

openpyxl parses a file from an unknown source, so it runs only in the reading process, within the bounds of one file.
Loading openpyxl takes longer than reading a small file, so `reader` loads it only when a copy is requested.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import column_index_from_string, get_column_letter, quote_sheetname
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from processor.compat.openpyxl_saving import saved
from processor.opener.correction import BadCell, Colours, Correction, NewSheet, OwnSheet, ProblemList
from processor.opener.reply import Refusal
from processor.opener.sniff import ZIP

_MARKABLE: Final = 5 * 1024 * 1024
"""The most bytes of sheets that are marked in the seller's own file: some 2,000 rows × 72 columns of text. openpyxl
takes four times as long for them as reading by python-calamine and writing by XlsxWriter together (measured: 3.5, 4.3,
4.4)."""
_MOST_CELLS: Final = 1_000_000
"""The most cells of one sheet, including blank ones, because openpyxl creates every cell up to the last. One stray cell
in Excel's last row would cost minutes."""
_MOST_SPREAD: Final = 200_000
"""The most cells of one sheet in merged or linked ranges: openpyxl takes 20 µs and 600 bytes for each. A range over the
whole sheet would cost hours."""
_SPREAD: Final = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref=[\"']([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)[\"']"
)
"""A range in which openpyxl creates every cell."""
_DAMAGE: Final = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, EOFError, RecursionError),
    *(
        SyntaxError,
        zlib.error,
        zipfile.BadZipFile,
        InvalidFileException,
    ),  # errors of XML (ParseError), of the zip, of openpyxl
)
"""Errors that openpyxl raises for some workbooks that python-calamine can read."""
_UNMARKABLE: Final = Refusal("file_unreadable")
_HEADER_ROW: Final = 3  # in the list of problems


def own_file(content: bytes, sheets: Sequence[OwnSheet], correction: Correction) -> bytes | Refusal:
    """The seller's own workbook (.xlsx, unlocked) with its bad cells marked, and the list of problems as first sheet.

    Refusal: it has another format, is too large, or openpyxl cannot load, mark or save it.
    """
    try:
        return _finished(_loaded(content, sheets), correction) if _can_be_marked(content) else _UNMARKABLE
    except _DAMAGE:
        return _UNMARKABLE


def new_file(sheets: Sequence[NewSheet], correction: Correction) -> bytes:
    """A new workbook with copied rows, marked in the same way."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for sheet in sheets:
        _copy(book.create_sheet(sheet.name), sheet, correction.colours)
    return _finished(book, correction)


def _can_be_marked(content: bytes) -> bool:
    if not content.startswith(ZIP):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        sheets = [member for member in members if member.filename.startswith("xl/worksheets/")]
        return (
            all(member.filename.endswith((".xml", ".rels", "/")) for member in sheets)
            and sum(member.file_size for member in sheets) <= _MARKABLE
            and sum(member.file_size for member in members)
            <= 3 * _MARKABLE  # the other parts are mostly the texts of the sheets
            and all(_spread(archive.read(member)) <= _MOST_SPREAD for member in sheets)
        )


def _spread(sheet: bytes) -> int:
    """The number of cells in all merged or linked ranges."""
    ranges = ([part.decode() for part in found.groups()] for found in _SPREAD.finditer(sheet))
    return sum(
        (abs(column_index_from_string(right) - column_index_from_string(left)) + 1) * (abs(int(below) - int(top)) + 1)
        for left, top, right, below in ranges
    )


def _loaded(content: bytes, sheets: Sequence[OwnSheet]) -> Workbook:
    """The workbook with its formats, but only with the sheets that were read, and without the columns about buyers."""
    book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    for name in set(book.sheetnames) - {sheet.name for sheet in sheets}:
        del book[name]
    for sheet in sheets:
        paper = book[sheet.name]
        if paper.max_row * paper.max_column > _MOST_CELLS:
            raise ValueError(sheet.name)
        _without_buyers(paper, sheet)
    return book


def _without_buyers(paper: Worksheet, sheet: OwnSheet) -> None:
    for row in paper.iter_rows(min_row=1):
        for cell in row:
            if isinstance(cell, Cell):
                cell.comment = None
                if cell.row > sheet.header_row and cell.column - 1 in sheet.personal:
                    cell.value = None


def _copy(paper: Worksheet, sheet: NewSheet, colours: Colours) -> None:
    """Copies every cell as text, so that none becomes a formula."""
    for number, texts in enumerate(sheet.rows, start=1):
        for column, text in enumerate(texts, start=1):
            cell = paper.cell(number, column, text or None)
            cell.number_format = "@"
            if cell.value is not None:
                cell.data_type = "s"
            if number == 1:
                cell.font = Font(name=colours.font, bold=True)
    for column, width in enumerate(sheet.widths, start=1):
        paper.column_dimensions[get_column_letter(column)].width = width
    paper.freeze_panes = "A2"


def _finished(book: Workbook, correction: Correction) -> bytes:
    marked = list(_marked(book, correction.bad))
    for cell, bad in marked:
        _mark(cell, bad, correction.colours)
    _list_in_front(book, marked, correction.problems, correction.colours)
    book.properties = DocumentProperties(
        creator="",
        title=correction.title,
        language=correction.language,
        created=correction.made_at,
        modified=correction.made_at,
    )
    return saved(book)


def _marked(book: Workbook, bad: Sequence[BadCell]) -> Iterator[tuple[Cell, BadCell]]:
    """The bad cells that exist in the copy, without covered parts of merged cells."""
    for one in bad:
        cell = book[one.sheet].cell(one.row, one.column)
        if isinstance(cell, Cell):
            yield cell, one


def _mark(cell: Cell, bad: BadCell, colours: Colours) -> None:
    """Marks a cell with a colour, a thick edge, and a comment that says what is wrong and what to do."""
    edge = Side("medium", color=colours.edge)
    cell.fill = PatternFill("solid", fgColor=colours.marked)
    cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
    cell.comment = Comment(bad.comment, "", width=360, height=bad.comment_height)


def _list_in_front(
    book: Workbook, marked: Sequence[tuple[Cell, BadCell]], problems: ProblemList, colours: Colours
) -> None:
    paper = book.create_sheet(problems.name, 0)
    book.active = 0
    paper.append([problems.heading])
    paper.append([])
    paper.append([*problems.headers])
    for number, (cell, bad) in enumerate(marked, start=_HEADER_ROW + 1):
        for column, text in enumerate(bad.line, start=1):
            here = paper.cell(number, column, (cell.coordinate if column == problems.link else text) or None)
            if here.value is not None:
                here.data_type = "s"  # text, even if it begins with =
        link = paper.cell(number, problems.link)
        target = f"{quote_sheetname(cell.parent.title)}!{cell.coordinate}"
        link.hyperlink = Hyperlink(ref=link.coordinate, location=target)
        link.font = Font(name=colours.font, size=10, color=colours.link, underline="single")
        paper.row_dimensions[number].height = bad.line_height
    _dress(paper, problems, colours)


def _dress(paper: Worksheet, problems: ProblemList, colours: Colours) -> None:
    paper.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(problems.headers))
    paper["A1"].alignment = Alignment(wrap_text=True, vertical="center")
    paper["A1"].font = Font(name=colours.font, size=11, bold=True)
    paper.row_dimensions[1].height = problems.heading_height
    for number, width in enumerate(problems.widths, start=1):
        paper.column_dimensions[get_column_letter(number)].width = width
        header = paper.cell(_HEADER_ROW, number)
        header.fill = PatternFill("solid", fgColor=colours.header)
        header.font = Font(name=colours.font, size=10, bold=True, color="FFFFFF")
    for row in paper.iter_rows(min_row=_HEADER_ROW + 1):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    paper.freeze_panes = f"A{_HEADER_ROW + 1}"
    paper.page_setup.orientation, paper.page_setup.paperSize = "landscape", "9"
    paper.page_setup.fitToHeight = 0
    paper.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    paper.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"

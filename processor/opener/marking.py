"""Makes correction copies with openpyxl, which can write comments and keep the look of the cells around them.

A copy is a new workbook. Of a stranger's file it holds the values that the reader of workbooks gave, without those
about the buyer, and how they look; nothing else of the file is even looked at (filters, lists of choices, comments,
links, pictures, names, headers and footers, properties, macros, other sheets …), because anything may stand there.
This runs in the reading process, within the bounds of one file. An error that is not foreseen here ends that process;
then only the bad rows are copied. Loading openpyxl takes longer than reading a small file, so `reader` loads it only
when a copy is requested.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from typing import Final, NamedTuple

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE, builtin_format_code
from openpyxl.styles.styleable import StyleableObject
from openpyxl.styles.stylesheet import Stylesheet
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import fromstring, localname

from processor.compat.openpyxl_saving import saved
from processor.opener.appearance import LAST_COLUMN, LAST_ROW, Appearance
from processor.opener.correction import BadCell, Colours, Correction, NewSheet, OwnSheet, ProblemList
from processor.opener.faults import sheet_parts
from processor.opener.held import Merge
from processor.opener.reply import Cell as Value
from processor.opener.reply import Refusal
from processor.opener.seal import sealed
from processor.opener.sniff import ZIP
from processor.opener.workbook import Workbook

_MARKABLE: Final = 5 * 1024 * 1024
"""The most bytes of sheets that are returned whole: some 2,000 rows × 72 columns of text."""
_MOST_TEXT: Final = 5_000_000
"""The most characters that are returned whole. Each cell counts as one more, also a blank one, because all cells up to
the last one are looked at: one stray cell in Excel's last row would cost minutes."""
_MOST_MERGED: Final = 200_000
"""The most cells of one sheet that may be merged: some 30 MB, whatever few bytes the ranges take in the file."""
_STYLES: Final = "xl/styles.xml"
_FORMATS: Final = frozenset(("numFmts", "fonts", "fills", "borders", "cellXfs"))
"""The parts of the styles that say how a cell looks. The others have names and texts."""
_ESCAPED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
"""Characters that an .xlsx holds only as an escape, _x0001_ for the first, and what would be read as the begin of one."""
_UNMARKABLE: Final = Refusal("file_unreadable")
_HEADER_ROW: Final = 3  # in the list of problems


class _Paper(NamedTuple):
    """A sheet of the copy."""

    sheet: Worksheet
    left: int = 0  # the number of blank columns before the first one that was read
    covered: frozenset[tuple[int, int]] = frozenset()  # row and column of cells that a merge hides


def own_file(content: bytes, book: Workbook, sheets: Sequence[OwnSheet], correction: Correction) -> bytes | Refusal:
    """The sheets of the seller's own workbook (.xlsx, unlocked), with their bad cells marked and a list of these.

    book: the same workbook as it was read. Refusal: it has another format or is too large.
    """
    if not content.startswith(ZIP):
        return _UNMARKABLE
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = sheet_parts(archive)
        names = [parts.get(sheet.name, "") for sheet in sheets]
        if not all(name.endswith(".xml") for name in names) or _size(archive, {*names, _STYLES}) > _MARKABLE:
            return _UNMARKABLE
        formats = _Formats(archive.read(_STYLES) if _STYLES in archive.namelist() else b"<styleSheet/>")
        made, papers, room = _empty(), list[_Paper](), _MOST_TEXT
        for sheet, name in zip(sheets, names, strict=True):
            rows, room = _read(book, sheet.name, room)
            left, merges = book.left(sheet.name), book.merges(sheet.name)
            covered = _covered(merges, left)
            if room < 0 or covered is None:
                return _UNMARKABLE
            paper, look = _Paper(made.create_sheet(sheet.title), left, covered), Appearance(archive.read(name))
            _return(rows, sheet, paper, look, formats)
            _shape(paper, merges, look)
            papers.append(paper)
    return _finished(made, papers, correction)


def new_file(sheets: Sequence[NewSheet], correction: Correction) -> bytes:
    """A new workbook with copied rows, marked in the same way."""
    made = _empty()
    papers = [_Paper(made.create_sheet(sheet.title)) for sheet in sheets]
    for sheet, paper in zip(sheets, papers, strict=True):
        _copy(paper.sheet, sheet, correction.colours)
    return _finished(made, papers, correction)


def _empty() -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    del made[made.sheetnames[0]]
    return made


def _size(archive: zipfile.ZipFile, names: set[str]) -> int:
    return sum(member.file_size for member in archive.infolist() if member.filename in names)


def _read(book: Workbook, name: str, room: int) -> tuple[list[Sequence[Value]], int]:
    """The rows of a sheet, and how much room they leave: below 0 where they do not fit, or cannot be read."""
    found = book.rows(name)
    if isinstance(found, Refusal):
        return [], -1
    rows = []
    for row in found:
        room -= len(row) + sum(len(cell) for cell in row if isinstance(cell, str))
        if room < 0:
            break
        rows.append(row)
    return rows, room


def _covered(merges: Sequence[Merge], left: int) -> frozenset[tuple[int, int]] | None:
    """Row and column of every cell that merges hide; None if they are too many, or where Excel has none, or overlap.

    Which value a cell under two merges has is unknown, and a copy must not say that it has none.
    """
    cells = sum((merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) for merge in merges)
    last_row, last_column = (max((merge[at] for merge in merges), default=0) for at in (2, 3))
    if cells > _MOST_MERGED or last_row >= LAST_ROW or last_column + left >= LAST_COLUMN:
        return None
    places = {place for merge in merges for place in _places(merge, left)}
    firsts = {(merge.top + 1, merge.left + left + 1) for merge in merges}
    return frozenset(places - firsts) if len(places) == cells else None


def _places(merge: Merge, left: int) -> Iterator[tuple[int, int]]:
    for row in range(merge.top + 1, merge.bottom + 2):
        for column in range(merge.left + left + 1, merge.right + left + 2):
            yield row, column


def _return(
    rows: Iterable[Sequence[Value]], sheet: OwnSheet, paper: _Paper, look: Appearance, formats: _Formats
) -> None:
    """Copies values and formats. Cells about the buyer below the header, and cells under a merge, have no value."""
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            place = number, paper.left + at + 1
            own = look.formats.get(place)
            if value == "" and own is None:
                continue
            cell = paper.sheet.cell(*place)
            personal = number > sheet.header_row and at in sheet.personal
            if own is not None:
                formats.dress(cell, own, personal=personal)
            if value != "" and not personal and place not in paper.covered:
                _write(cell, value)


def _write(cell: Cell | MergedCell, value: Value | None) -> None:
    """Gives a cell this very value: a text is no formula, even if it begins with =, and none of its characters is lost."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    cell.data_type = "s"


def _shape(paper: _Paper, merges: Sequence[Merge], look: Appearance) -> None:
    sheet = paper.sheet
    for first, to, width in look.widths:
        columns = sheet.column_dimensions[get_column_letter(first)]
        columns.min, columns.max, columns.width = first, to, width
    last = sheet.max_row
    for row, height in look.heights.items():
        if row <= last:
            sheet.row_dimensions[row].height = height
    for merge in merges:  # merge_cells would compare each with all others
        sheet.merged_cells.ranges.add(
            CellRange(None, paper.left + merge.left + 1, merge.top + 1, paper.left + merge.right + 1, merge.bottom + 1)
        )
    above, before = look.frozen
    if 0 <= above <= last and 0 <= before < LAST_COLUMN:
        sheet.freeze_panes = f"{get_column_letter(before + 1)}{above + 1}"


class _Formats:
    """The formats of an .xlsx: fonts, fills, borders, alignments and number formats. Only those in use are copied."""

    def __init__(self, styles: bytes) -> None:
        tree = fromstring(styles)
        for part in [*tree]:
            if localname(part) not in _FORMATS:
                tree.remove(part)
        self._theirs = Stylesheet.from_tree(tree)  # type: ignore[arg-type]  # a tree as the library makes it
        for font in self._theirs.fonts:
            font.scheme = None  # a name that depends on the file's theme, which is not copied
        self._ours: dict[tuple[int, bool], object] = {}

    def dress(self, cell: StyleableObject, number: int, *, personal: bool) -> None:
        """Gives a cell the format with this number. A number format may hold words: the buyer's cells go without."""
        if number >= len(self._theirs.cell_styles):
            return
        if (number, personal) not in self._ours:
            theirs = self._theirs.cell_styles[number]
            cell.font = self._theirs.fonts[theirs.fontId]
            cell.fill = self._theirs.fills[theirs.fillId]
            cell.border = self._theirs.borders[theirs.borderId]
            cell.alignment = self._theirs.alignments[theirs.alignmentId]
            if not personal:
                cell.number_format = self._number_format(theirs.numFmtId)
            self._ours[number, personal] = copy(cell._style)  # type: ignore[attr-defined]  # as openpyxl copies cells
        cell._style = copy(self._ours[number, personal])  # type: ignore[attr-defined]  # setting each anew takes 20 times as long

    def _number_format(self, number: int) -> str:
        own, at = self._theirs.number_formats, number - BUILTIN_FORMATS_MAX_SIZE
        return own[at] if 0 <= at < len(own) else builtin_format_code(number) or "General"


def _copy(paper: Worksheet, sheet: NewSheet, colours: Colours) -> None:
    """Copies every cell as text, so that none becomes a formula."""
    for number, texts in enumerate(sheet.rows, start=1):
        for column, text in enumerate(texts, start=1):
            cell = paper.cell(number, column)
            cell.number_format = "@"
            _write(cell, text or None)
            if number == 1:
                cell.font = Font(name=colours.font, bold=True)
    for column, width in enumerate(sheet.widths, start=1):
        paper.column_dimensions[get_column_letter(column)].width = width
    paper.freeze_panes = "A2"


def _finished(made: openpyxl.Workbook, papers: Sequence[_Paper], correction: Correction) -> bytes:
    marked = list(_marked(papers, correction.bad))
    for cell, bad in marked:
        _mark(cell, bad, correction.colours)
    _list_in_front(made, marked, correction.problems, correction.colours)
    made.properties = DocumentProperties(
        creator="",
        title=correction.title,
        language=correction.language,
        created=correction.made_at,
        modified=correction.made_at,
    )
    plain = saved(made)
    return plain if correction.password is None else sealed(plain, correction.password)


def _marked(papers: Sequence[_Paper], bad: Sequence[BadCell]) -> Iterator[tuple[Cell, BadCell]]:
    """The bad cells that are seen in the copy, without those that a merge hides."""
    for one in bad:
        paper = papers[one.sheet]
        place = one.row, one.column + paper.left
        cell = paper.sheet.cell(*place)
        if isinstance(cell, Cell) and place not in paper.covered:
            yield cell, one


def _mark(cell: Cell, bad: BadCell, colours: Colours) -> None:
    """Marks a cell with a colour, a thick edge, and a comment that says what is wrong and what to do."""
    edge = Side("medium", color=colours.edge)
    cell.fill = PatternFill("solid", fgColor=colours.marked)
    cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
    cell.comment = Comment(bad.comment, "", width=360, height=bad.comment_height)


def _list_in_front(
    made: openpyxl.Workbook, marked: Sequence[tuple[Cell, BadCell]], problems: ProblemList, colours: Colours
) -> None:
    paper = made.create_sheet(problems.name, 0)
    made.active = 0
    paper.append([problems.heading])
    paper.append([])
    paper.append([*problems.headers])
    for number, (cell, bad) in enumerate(marked, start=_HEADER_ROW + 1):
        for column, text in enumerate(bad.line, start=1):
            _write(paper.cell(number, column), (cell.coordinate if column == problems.link else text) or None)
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

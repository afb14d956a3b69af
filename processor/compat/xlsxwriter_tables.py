"""Writes whole tables with XlsxWriter, column by column.

**Why.** XlsxWriter keeps every cell as an object and writes the XML of each cell separately. Our columns have few
distinct cells; `FastSheet` makes the XML of each distinct cell once. A table of 25 columns × 10,000 rows then takes 0.3
s of CPU instead of 2.2 s (measured side by side, zip included), and one of 100,000 rows a fifth of the memory.
XlsxWriter packs as hard as zlib does by default; packed at `_LEVEL`, a workbook takes a third of that time and is a
sixth larger. XlsxWriter also takes a text `<r>…</r>` for its own markup and does not escape it: a product with such a name would make
a workbook that Excel cannot open.

**What is reached into.** `Worksheet._write_rows`, `_write_hyperlinks`, `str_table`, `rel_count`, `dim_rowmin` and
`dim_rowmax`; `Workbook._get_packager`, which XlsxWriter provides for replacement;
`Packager._create_package` and `_write_shared_strings_file`; `SharedStrings._write_sst_strings` and `_write_si`. All in
subclasses: XlsxWriter's own classes are not changed.

**Tried** with 3.2.0, 3.2.9 and 3.3.1.

**The plain way**, which any other version takes by itself: `PlainWorkbook`, by public methods alone.
`tests/test_compat_xlsxwriter.py` compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from processor.compat.versions import Tried

TRIED: Final = Tried("XlsxWriter", (3, 2), (3, 4))
NO_CELL: Final = ""
"""Marks a place in a column of a table that has no cell, not even a format."""

_LEVEL: Final = 2  # how hard a workbook is packed, from 1 to 9
_EPOCH: Final = date(1899, 12, 30)  # day 0 of Excel's calendar
_NOTHING_TO_ESCAPE: Final = re.compile(r"(?=\S)[^&<>_\x00-\x1f\ufffe\uffff]+(?<=\S)").fullmatch
"""Recognises texts that XlsxWriter would write as they are: it escapes `_x000A_` too, and marks blanks at either end."""
_Style = Any  # a format of XlsxWriter, which ships no types


def new_workbook(content: BytesIO, options: dict[str, object], version: str | None = None) -> Any:  # noqa: ANN401 - an untyped library
    """A workbook whose sheets have the methods of `FastSheet`. version: of XlsxWriter; None = the installed one."""
    return FastWorkbook(content, options) if TRIED.holds(version) else PlainWorkbook(content, options)


def serial(day: date) -> int:
    """The number that a sheet stores for a day."""
    return (day - _EPOCH).days


def _looks_like_markup(text: str) -> bool:
    return text.startswith("<r>") and text.endswith("</r>")


class _Table(NamedTuple):
    """Header and rows, column by column: for each cell the XML after its address, or `NO_CELL`."""

    top: int
    columns: Sequence[Sequence[str]]
    heights: Iterable[float | None]  # points

    @property
    def below(self) -> int:
        return self.top + len(self.columns[0])

    def rows(self) -> Iterator[str]:
        """The XML of each row.

        Heights are not marked as custom, so Excel adjusts them when rows are sorted or filled in.
        """
        letters = [f'<c r="{xl_col_to_name(number)}' for number in range(len(self.columns))]
        for row, height, cells in zip(count(self.top + 1), self.heights, zip(*self.columns, strict=True), strict=False):
            written = "".join([f"{letter}{row}{cell}" for letter, cell in zip(letters, cells, strict=True) if cell])
            yield (
                f'<row r="{row}">{written}</row>'
                if height is None
                else f'<row r="{row}" ht="{height:g}">{written}</row>'
            )


class _Link(NamedTuple):
    place: str
    target: str  # a URL, or `#` and a place in this workbook


class FastSheet(Worksheet):  # type: ignore[misc]  # untyped
    """XlsxWriter's worksheet with methods for whole tables.

    A row has either cells of a table or single cells, never both. `text`, `number`, `formula` and `blank` make cells
    for the columns of `put_table`. A cell may be used many times.
    """

    dim_rowmin: int  # attribute of XlsxWriter: the first row in use; dim_rowmax is the last
    dim_rowmax: int

    def __init__(self) -> None:
        super().__init__()
        self._whole: list[_Table] = []
        self._links: list[_Link] = []

    # ── cells of a table: the XML after their address ──

    def text(self, text: str, style: _Style) -> str:
        return f'" s="{style._get_xf_index()}" t="s"><v>{self.str_table._get_shared_string_index(text)}</v></c>'

    def number(self, number: float, style: _Style) -> str:
        return f'" s="{style._get_xf_index()}"><v>{number}</v></c>'

    def formula(self, formula: str, value: int, style: _Style) -> str:
        return f'" s="{style._get_xf_index()}"><f>{self._escape_data(formula.removeprefix("="))}</f><v>{value}</v></c>'

    def blank(self, style: _Style) -> str:
        return f'" s="{style._get_xf_index()}"/>'

    # ── tables and links of the sheet ──

    def put_table(self, top: int, columns: Sequence[Sequence[str]], heights: Iterable[float | None]) -> None:
        """Puts a table with its header in row `top`.

        Call it for tables from top to bottom. heights: in points; None = default.
        """
        table = _Table(top, columns, heights)
        self._whole.append(table)
        self._check_dimensions(top, 0)
        self._check_dimensions(table.below - 1, len(columns) - 1)

    def make_table(self, top: int, bottom: int, right: int, options: dict[str, Any]) -> None:
        """Declares an Excel table with its filter. XlsxWriter's own method keeps each cell: 350 MiB at 100,000 rows."""
        self.add_table(top, 0, top + 1, right, options)
        place = xl_range(top, 0, bottom, right)
        self.tables[-1] |= {"range": place, "a_range": place, "autofilter": place}

    def put_links(self, top: int, column: int, targets: Iterable[str | None]) -> None:
        """Puts links below each other, from row `top` on: each a URL, or `#` and a place in this workbook.

        Call it before the texts of these cells are put there.
        """
        letter = xl_col_to_name(column)
        self._links += [_Link(f"{letter}{row}", target) for row, target in enumerate(targets, top + 1) if target]

    # ── methods that XlsxWriter calls to write the sheet ──

    def _write_rows(self) -> None:
        first, last = self.dim_rowmin, self.dim_rowmax
        for table in self._whole:
            self.dim_rowmax = table.top - 1
            super()._write_rows()
            self.fh.writelines(table.rows())
            self.dim_rowmin = table.below
        self.dim_rowmax = last
        super()._write_rows()
        self.dim_rowmin = first

    def _write_hyperlinks(self) -> None:
        if self._links:
            self.fh.write(f"<hyperlinks>{''.join(map(self._hyperlink, self._links))}</hyperlinks>")

    def _hyperlink(self, link: _Link) -> str:
        if link.target.startswith("#"):
            return f'<hyperlink ref="{link.place}" location="{self._escape_attributes(link.target[1:])}"/>'
        self.rel_count += 1
        self.external_hyper_links.append(["/hyperlink", link.target, "External"])
        return f'<hyperlink ref="{link.place}" r:id="rId{self.rel_count}"/>'


class _PlainTexts(SharedStrings):  # type: ignore[misc]  # untyped
    """The shared texts of a workbook, each of them escaped. Nearly none needs it: the others are written as they are."""

    def _write_sst_strings(self) -> None:
        for text in self.string_table.string_array:
            if _NOTHING_TO_ESCAPE(text):
                self.fh.write(f"<si><t>{text}</t></si>")
            else:
                self._write_si(text)

    def _write_si(self, text: str) -> None:
        if not _looks_like_markup(text):
            super()._write_si(text)
            return
        self._xml_si_element(self._escape_control_characters(text), [])


class _Packager(Packager):  # type: ignore[misc]  # untyped
    def _create_package(self) -> list[Any]:
        """Packs the parts of the workbook, and leaves none of them for XlsxWriter to pack.

        All parts have the first date that a zip can have, so that equal workbooks are equal files.
        """
        with ZipFile(self.workbook.content, "w") as archive:
            for part, name, _ in super()._create_package():
                archive.writestr(ZipInfo(name), _bytes_of(part), ZIP_DEFLATED, _LEVEL)
        return []

    def _write_shared_strings_file(self) -> None:
        texts = _PlainTexts()
        texts.string_table = self.workbook.str_table
        if texts.string_table.count:
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            texts._assemble_xml_file()


def _bytes_of(part: str | StringIO | BytesIO) -> bytes:
    """The content of a part of a workbook, which XlsxWriter has written into a file or into memory."""
    if isinstance(part, str):
        return Path(part).read_bytes()
    return part.getvalue().encode() if isinstance(part, StringIO) else part.getvalue()


class FastWorkbook(Workbook):  # type: ignore[misc]  # untyped
    worksheet_class = FastSheet

    def __init__(self, content: BytesIO, options: dict[str, object] | None = None) -> None:
        super().__init__(BytesIO(), options)  # for the zip of XlsxWriter, which stays empty
        self.content = content

    def _get_packager(self) -> _Packager:
        return _Packager()


class _Cell(NamedTuple):
    """A cell to write: a method of the sheet, and its arguments without the place."""

    write: Any
    what: tuple[object, ...]


class PlainSheet(Worksheet):  # type: ignore[misc]  # untyped
    """The methods of `FastSheet`, made of public methods only. Excel does not adjust the heights of its rows."""

    def __init__(self) -> None:
        super().__init__()
        self._targets: dict[tuple[int, int], str] = {}

    def text(self, text: str, style: _Style) -> _Cell:
        return _Cell(self.write_string, (text, style))

    def number(self, number: float, style: _Style) -> _Cell:
        return _Cell(self.write_number, (number, style))

    def formula(self, formula: str, value: int, style: _Style) -> _Cell:
        return _Cell(self.write_formula, (formula, style, value))

    def blank(self, style: _Style) -> _Cell:
        return _Cell(self.write_blank, (None, style))

    def put_table(self, top: int, columns: Sequence[Sequence[_Cell]], heights: Iterable[float | None]) -> None:
        for row, height, cells in zip(count(top), heights, zip(*columns, strict=True), strict=False):
            if height is not None:
                self.set_row(row, height)
            for column, cell in enumerate(cells):
                if cell != NO_CELL:
                    cell.write(row, column, *cell.what)

    def make_table(self, top: int, bottom: int, right: int, options: dict[str, Any]) -> None:
        self.add_table(top, 0, bottom, right, options)

    def put_links(self, top: int, column: int, targets: Iterable[str | None]) -> None:
        self._targets |= {(row, column): target for row, target in enumerate(targets, top) if target}

    def write_string(self, row: int, column: int, text: str, style: _Style) -> None:
        """Writes a text, or a link if the cell has one.

        A text that looks like markup is written in two pieces, so it is escaped.
        """
        target, markup = self._targets.get((row, column)), _looks_like_markup(text)
        if target:
            place = f"internal:{target[1:]}" if target.startswith("#") else target
            self.write_url(row, column, place, style, None if markup else text)
        if markup:
            self.write_rich_string(row, column, style, text[:3], style, text[3:], style)
        elif not target:
            super().write_string(row, column, text, style)


class PlainWorkbook(Workbook):  # type: ignore[misc]  # untyped
    worksheet_class = PlainSheet

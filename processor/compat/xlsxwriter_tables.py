"""Whole tables written by XlsxWriter column by column.

**Why.** XlsxWriter keeps every cell as an object and spells each one out anew. In our columns the same few contents come
again and again; `FastSheet` spells each of them once. A table of 25 columns × 10,000 rows then takes 0.3 s of CPU instead
of 2.2 s (measured side by side, zip included), and one of 100,000 rows a fifth of the memory.
XlsxWriter also takes a text `<r>…</r>` for its own markup and writes it as it is: a product of that name would make a
workbook that Excel cannot open.

**What is reached into.** `Worksheet._write_rows`, `_write_hyperlinks`, `str_table`, `rel_count`, `dim_rowmin` and
`dim_rowmax`; `Workbook._get_packager`, which XlsxWriter has for being replaced; `Packager._write_shared_strings_file`;
`SharedStrings._write_si`. All in subclasses: XlsxWriter itself stays as it is for everybody else in the process.

**Tried** with 3.2.0, 3.2.9 and 3.3.1.

**The plain way**, which any other version takes by itself: `PlainWorkbook`, by public methods alone.
`tests/test_compat_xlsxwriter.py` compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from itertools import count
from typing import Any, Final, NamedTuple

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from processor.compat.versions import Tried

TRIED: Final = Tried("XlsxWriter", (3, 2), (3, 4))
NO_CELL: Final = ""
"""In a column of a table: nothing stands there, not even a format."""

_EPOCH: Final = date(1899, 12, 30)  # day 0 of Excel's calendar
_Style = Any  # a format of XlsxWriter, which ships no types


def new_workbook(content: BytesIO, options: dict[str, object], version: str | None = None) -> Any:  # noqa: ANN401 - an untyped library
    """A workbook whose sheets have the methods of `FastSheet`. version: of XlsxWriter; None = the one that is installed."""
    return FastWorkbook(content, options) if TRIED.holds(version) else PlainWorkbook(content, options)


def serial(day: date) -> int:
    """The number by which a sheet knows a day."""
    return (day - _EPOCH).days


def _looks_like_markup(text: str) -> bool:
    return text.startswith("<r>") and text.endswith("</r>")


class _Table(NamedTuple):
    """Header and rows, column by column: of each cell what follows its address; `NO_CELL` where there is none."""

    top: int
    columns: Sequence[Sequence[str]]
    heights: Iterable[float | None]  # points

    @property
    def below(self) -> int:
        return self.top + len(self.columns[0])

    def rows(self) -> Iterator[str]:
        """A row's height is not said to be custom: rows that are sorted or filled in are fitted anew."""
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
    """XlsxWriter's worksheet, with whole tables beside the single cells; no row holds both.

    `text`, `number`, `formula` and `blank` make the cells of a column for `put_table`; one may be used many times.
    """

    dim_rowmin: int  # XlsxWriter's: the first and the last row in use
    dim_rowmax: int

    def __init__(self) -> None:
        super().__init__()
        self._whole: list[_Table] = []
        self._links: list[_Link] = []

    # ── cells of a table: what follows their address ──

    def text(self, text: str, style: _Style) -> str:
        return f'" s="{style._get_xf_index()}" t="s"><v>{self.str_table._get_shared_string_index(text)}</v></c>'

    def number(self, number: int, style: _Style) -> str:
        return f'" s="{style._get_xf_index()}"><v>{number}</v></c>'

    def formula(self, formula: str, value: int, style: _Style) -> str:
        return f'" s="{style._get_xf_index()}"><f>{self._escape_data(formula.removeprefix("="))}</f><v>{value}</v></c>'

    def blank(self, style: _Style) -> str:
        return f'" s="{style._get_xf_index()}"/>'

    # ── what is put on the sheet ──

    def put_table(self, top: int, columns: Sequence[Sequence[str]], heights: Iterable[float | None]) -> None:
        """Its header stands in row `top`; tables come from top to bottom. heights: of each row, in points; None = usual."""
        table = _Table(top, columns, heights)
        self._whole.append(table)
        self._check_dimensions(top, 0)
        self._check_dimensions(table.below - 1, len(columns) - 1)

    def make_table(self, top: int, bottom: int, right: int, options: dict[str, Any]) -> None:
        """Excel's own table, with its filter. XlsxWriter would note each cell of it: 350 MiB at 100,000 rows."""
        self.add_table(top, 0, top + 1, right, options)
        place = xl_range(top, 0, bottom, right)
        self.tables[-1] |= {"range": place, "a_range": place, "autofilter": place}

    def put_links(self, top: int, column: int, targets: Iterable[str | None]) -> None:
        """One below the other, from row `top` on: a URL each, or `#` and a place in this workbook.

        Called before the texts are put there.
        """
        letter = xl_col_to_name(column)
        self._links += [_Link(f"{letter}{row}", target) for row, target in enumerate(targets, top + 1) if target]

    # ── where XlsxWriter writes the sheet ──

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
    """The texts of a workbook, none of which is markup."""

    def _write_si(self, text: str) -> None:
        if not _looks_like_markup(text):
            super()._write_si(text)
            return
        self._xml_si_element(self._escape_control_characters(text), [])


class _Packager(Packager):  # type: ignore[misc]  # untyped
    def _write_shared_strings_file(self) -> None:
        texts = _PlainTexts()
        texts.string_table = self.workbook.str_table
        if texts.string_table.count:
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            texts._assemble_xml_file()


class FastWorkbook(Workbook):  # type: ignore[misc]  # untyped
    worksheet_class = FastSheet

    def _get_packager(self) -> _Packager:
        return _Packager()


class _Cell(NamedTuple):
    """What is to be written: one of the sheet's own methods, and all that it takes but the place."""

    write: Any
    what: tuple[object, ...]


class PlainSheet(Worksheet):  # type: ignore[misc]  # untyped
    """The same as `FastSheet`, cell by cell and by public methods alone. Its rows keep their heights when they are sorted."""

    def __init__(self) -> None:
        super().__init__()
        self._targets: dict[tuple[int, int], str] = {}

    def text(self, text: str, style: _Style) -> _Cell:
        return _Cell(self.write_string, (text, style))

    def number(self, number: int, style: _Style) -> _Cell:
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
        """A link where one was put. A text that looks like markup is written in two pieces, which are escaped."""
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

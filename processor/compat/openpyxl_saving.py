"""Saves a workbook of openpyxl in memory, with fonts in the order of the Open XML schema.

**Why.** openpyxl writes each worksheet into a temporary file first. The content of a locked file would be readable
there. And it writes the properties of a font in an order that validators reject.

**What is reached into.** `ExcelWriter.write_worksheet`, replaced in a subclass, and with it `WorksheetWriter` and the
names `_drawing` and `_rels` of a worksheet. Fonts are put in order when the part with the styles is packed; nothing is
replaced for that.

**Tried** with 3.1.0 and 3.1.5.

**The plain way**, which any other version takes by itself: `ExcelWriter` as it is, with its temporary files.
`tests/test_compat.py` compares the two.
"""

from __future__ import annotations

import io
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS

from processor.compat.versions import Tried

TRIED: Final = Tried("openpyxl", (3, 1), (3, 2))
_FONT: Final = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow"),
    *("u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme"),
)
"""The order of the elements of CT_Font that Excel writes and all validators accept."""


def saved(book: Workbook, version: str | None = None) -> bytes:
    """The bytes of the workbook's file. version: of openpyxl; None = the installed one."""
    content = io.BytesIO()
    with _Archive(content, "w", ZIP_DEFLATED) as archive:
        (_InMemory if TRIED.holds(version) else ExcelWriter)(book, archive).save()
    return content.getvalue()


class _Archive(ZipFile):
    def writestr(self, part: str | ZipInfo, data: bytes | str, *more: int | None) -> None:  # type: ignore[override]  # enough for openpyxl
        super().writestr(part, _with_fonts_in_order(data) if part == ARC_STYLE else data, *more)


def _with_fonts_in_order(styles: bytes | str) -> bytes:
    tree = etree.fromstring(styles)
    place = {f"{{{SHEET_MAIN_NS}}}{name}": at for at, name in enumerate(_FONT)}
    for font in tree.iter(f"{{{SHEET_MAIN_NS}}}font"):
        font[:] = sorted(font, key=lambda child: place.get(child.tag, len(place)))
    return bytes(etree.tostring(tree, encoding="utf-8"))


class _InMemory(ExcelWriter):
    def write_worksheet(self, ws: Worksheet) -> None:
        """Does what the library's method does, but without a temporary file."""
        ws._drawing = SpreadsheetDrawing()  # type: ignore[attr-defined]
        content = io.BytesIO()
        writer = WorksheetWriter(ws, content)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]
        self._archive.writestr(ws.path[1:], content.getvalue())  # type: ignore[attr-defined]
        self.manifest.append(ws)

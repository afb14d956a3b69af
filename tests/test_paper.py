"""A table written by its columns is to the letter the one that XlsxWriter writes cell by cell."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from lxml import etree
from xlsxwriter import packager
from xlsxwriter.relationships import Relationships
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.worksheet import Worksheet

from processor.outbox.paper import Paper, serial

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEADERS = ["상품주문번호", "금액", "합", "답"]
ROWS = [
    ("2026112010000001", 12_000, "=SUM(B3:B4)<5", None),
    ('=1+1 <b>&"', 0, None, "보류"),
    (" 앞뒤 빈칸 ", -3_000, None, None),
    (None, None, None, None),
]
TOP, BOTTOM = 1, 5


def packed(sheet_type: type[Worksheet], fill) -> ZipFile:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("취소승인", sheet_type)
        plain, marked = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        plain._get_xf_index(), marked._get_xf_index()  # in the same order in both
        sheet.write_string(0, 0, "한 줄", plain)
        fill(sheet, plain, marked)
        sheet.write_string(BOTTOM + 1, 0, "합계", marked)
    return ZipFile(content)


def by_columns(sheet: Paper, plain, marked) -> None:
    def cell(value, style) -> str:
        match value:
            case None:
                return sheet.blank(style) if style is marked else ""
            case str() if value.startswith("=SUM"):
                return sheet.formula(value, 9_000, style)
            case str():
                return sheet.text(value, style)
            case _:
                return sheet.number(value, style)

    styles = [plain, plain, plain, marked]
    columns = [
        [sheet.text(header, marked), *(cell(row[number], styles[number]) for row in ROWS)]
        for number, header in enumerate(HEADERS)
    ]
    sheet.make_table(TOP, BOTTOM, 3, {"name": "answers", "columns": [{"header": header} for header in HEADERS]})
    sheet.put_table(TOP, columns, [30.0, None, 15.0, 45.0, None])
    sheet.put_links(2, 0, ["https://example.com/2026112010000001?a=1&b=2", "#'취소승인'!A1"])


def cell_by_cell(sheet: Worksheet, plain, marked) -> None:
    sheet.add_table(TOP, 0, BOTTOM, 3, {"name": "answers", "columns": [{"header": header} for header in HEADERS]})
    for number, header in enumerate(HEADERS):
        sheet.write_string(TOP, number, header, marked)
    for at, (text, amount, total, answer) in enumerate(ROWS, start=TOP + 1):
        if text is not None:
            sheet.write_string(at, 0, text, plain)
        if amount is not None:
            sheet.write_number(at, 1, amount, plain)
        if total is not None:
            sheet.write_formula(at, 2, total, plain, 9_000)
        if answer is None:
            sheet.write_blank(at, 3, None, marked)
        else:
            sheet.write_string(at, 3, answer, marked)
    sheet.write_url(2, 0, "https://example.com/2026112010000001?a=1&b=2", plain, ROWS[0][0])
    sheet.write_url(3, 0, "internal:'취소승인'!A1", plain, ROWS[1][0])
    for row, height in ((1, 30), (3, 15), (4, 45)):
        sheet.set_row(row, height)


@pytest.fixture(scope="module")
def both() -> tuple[ZipFile, ZipFile]:
    ours = packed(Paper, by_columns)
    with pytest.MonkeyPatch.context() as patch:  # all that it writes, by its own hand
        patch.setattr(packager, "SharedStrings", SharedStrings)
        patch.setattr(packager, "Relationships", Relationships)
        return ours, packed(Worksheet, cell_by_cell)


def sheet_of(book: ZipFile) -> etree._Element:
    return etree.fromstring(book.read("xl/worksheets/sheet1.xml"))


def strings_of(book: ZipFile) -> list[str]:
    return ["".join(each.itertext()) for each in etree.fromstring(book.read("xl/sharedStrings.xml"))]


def shown(book: ZipFile) -> list[tuple[object, ...]]:
    strings = strings_of(book)
    return [
        (
            cell.get("r"),
            cell.get("s"),
            cell.get("t"),
            cell.findtext(f"{SHEET}f"),
            strings[int(cell.findtext(f"{SHEET}v"))] if cell.get("t") == "s" else cell.findtext(f"{SHEET}v"),
        )
        for cell in sheet_of(book).iter(f"{SHEET}c")
    ]


def test_every_cell_has_the_same_place_style_and_content(both):
    ours, theirs = map(shown, both)
    assert ours == theirs
    assert len(ours) == 1 + 4 + (4 + 3 + 3 + 1) + 1  # the line, the headers, the rows, 합계


def test_every_text_is_spelled_alike(both):
    ours, theirs = (
        {etree.tostring(text) for text in etree.fromstring(book.read("xl/sharedStrings.xml"))} for book in both
    )
    assert ours == theirs
    assert len(ours) == 1 + 4 + 3 + 1 + 1  # the line, the headers, two columns of texts, 합계


def test_rows_are_as_tall_but_may_be_fitted_anew(both):
    ours, theirs = (
        {row.get("r"): float(row.get("ht", 15)) for row in sheet_of(book).iter(f"{SHEET}row")} for book in both
    )
    assert ours == theirs
    assert not [row for row in sheet_of(both[0]).iter(f"{SHEET}row") if row.get("customHeight")]


def test_the_table_its_filter_and_the_used_range_reach_as_far(both):
    ours, theirs = (book.read("xl/tables/table1.xml") for book in both)
    assert ours == theirs
    assert [sheet_of(book).find(f"{SHEET}dimension").get("ref") for book in both] == ["A1:D7"] * 2


def test_links_lead_to_the_same_places(both):
    assert both[0].read("xl/worksheets/_rels/sheet1.xml.rels") == both[1].read("xl/worksheets/_rels/sheet1.xml.rels")
    ours, theirs = (
        [sorted((key, value) for key, value in link.items() if key != "display") for link in sheet_of(book).iter(f"{SHEET}hyperlink")]
        for book in both
    )  # fmt: skip
    assert ours == theirs
    assert len(ours) == 2


def test_a_day_is_the_number_that_excel_knows_it_by():
    assert serial(date(2026, 11, 23)) == 46_349

"""The changes inside XlsxWriter give the same workbook as XlsxWriter without them."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from xlsxwriter import packager
from xlsxwriter.worksheet import Worksheet

from processor.compat import xlsxwriter_tables
from processor.compat.versions import Tried
from processor.compat.xlsxwriter_tables import (
    NO_CELL,
    FastWorkbook,
    PlainWorkbook,
    new_workbook,
    serial,
)
from processor.model import Text
from processor.outbox.sheet import Chart, Charts, Column, Line, Look, Loud, Mark, Sheet, Table, Tally, Term
from processor.outbox.workbook import Title, save

pytestmark = pytest.mark.slow

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEADERS = ["상품주문번호", "금액", "합", "답"]
ROWS = [
    ("2026112010000001", 12_000, "=SUM(B3:B4)<5", None),
    ('=1+1 <b>&"', 0, None, "보류"),
    (" 앞뒤 빈칸 ", -3_000, None, None),
    (None, None, None, None),
]
TOP, BOTTOM = 1, 5


def packed(workbook_type: type[xlsxwriter.Workbook], fill) -> ZipFile:
    content = BytesIO()
    with workbook_type(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("취소승인")
        plain, marked = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        plain._get_xf_index(), marked._get_xf_index()  # in the same order in both
        sheet.write_string(0, 0, "한 줄", plain)
        fill(sheet, plain, marked)
        sheet.write_string(BOTTOM + 1, 0, "합계", marked)
    return ZipFile(content)


def by_columns(sheet, plain, marked) -> None:
    def cell(value, style) -> object:
        match value:
            case None:
                return sheet.blank(style) if style is marked else NO_CELL
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
    sheet.put_links(2, 0, ["https://example.com/2026112010000001?a=1&b=2", "#'취소승인'!A1"])
    sheet.put_table(TOP, columns, [30.0, None, 15.0, 45.0, None])


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
    return packed(FastWorkbook, by_columns), packed(xlsxwriter.Workbook, cell_by_cell)


def test_equal_workbooks_are_equal_files_at_any_time(both):
    ours, _ = both
    assert {(part.date_time, part.compress_type) for part in ours.infolist()} == {((1980, 1, 1, 0, 0, 0), ZIP_DEFLATED)}


def test_the_same_parts_are_packed_from_files_and_from_memory(both, tmp_path):
    content = BytesIO()
    with FastWorkbook(content, {"tmpdir": str(tmp_path)}) as book:
        book.add_worksheet("취소승인").write_string(0, 0, "한 줄")
    packed_parts, theirs = ({part.filename for part in each.infolist()} for each in (ZipFile(content), both[1]))
    assert packed_parts == theirs - {"xl/tables/table1.xml", "xl/worksheets/_rels/sheet1.xml.rels"}
    assert "한 줄" in strings_of(ZipFile(content))


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


# ── a text that looks like XlsxWriter's own markup ──

MARKUP = ["<r>굵게 & 그냥</r>", "<r></r>", "<r><t>가</t></r>"]


@pytest.mark.parametrize("workbook_type", [FastWorkbook, PlainWorkbook])
def test_a_text_that_looks_like_markup_is_text(workbook_type):
    content = BytesIO()
    with workbook_type(content, {"in_memory": True}) as book:
        sheet, style = book.add_worksheet(), book.add_format({"bold": True})
        sheet.put_links(1, 0, ["https://example.com/1", None, None])
        sheet.put_table(0, [[sheet.text(text, style) for text in ["이름", *MARKUP]]], [None] * 4)
        sheet.write_string(4, 0, MARKUP[0], style)
    cells = [cell for (cell,) in openpyxl.load_workbook(content).active.iter_rows()]
    assert [cell.value for cell in cells] == ["이름", *MARKUP, MARKUP[0]]
    assert {cell.font.b for cell in cells} == {True}
    assert [cell.hyperlink and cell.hyperlink.target for cell in cells] == [
        None,
        "https://example.com/1",
        None,
        None,
        None,
    ]


def test_xlsxwriter_itself_stays_as_it_is():
    """Whoever uses it beside this program, in the same process, finds it unchanged."""
    assert packager.SharedStrings.__module__ == "xlsxwriter.sharedstrings"
    assert xlsxwriter.workbook.Packager is packager.Packager
    assert xlsxwriter.Workbook.worksheet_class is Worksheet


# ── the plain way ──


@pytest.mark.parametrize(
    ("version", "expected"),
    [("3.1.9", PlainWorkbook), ("3.2.0", FastWorkbook), ("3.3.1", FastWorkbook), ("3.4.0", PlainWorkbook), ("4", PlainWorkbook)],
)  # fmt: skip
def test_a_version_that_was_not_tried_takes_the_plain_way_by_itself(version, expected):
    with new_workbook(BytesIO(), {"in_memory": True}, version) as book:
        assert type(book) is expected


def test_the_installed_version_was_tried():
    with new_workbook(BytesIO(), {"in_memory": True}) as book:
        assert type(book) is FastWorkbook


ASKED = Column("포장했나요", Look.ANSWER, choices=("예", "아니오"), hint="골라 주세요")
ORDERS = Table(
    "orders",
    (
        Column("상품주문번호", Look.ORDER), Column("상품", Look.LONG, 8, 40), Column("처리기한", Look.DAY),
        Column("개수", Look.COUNT), Column("금액", Look.WON), Column("어디", Look.SHEET), ASKED, Column("메모", folded=True),
    ),
    (
        ["2026112010000001", "2026112010000002", ""], ["컵 " * 40, MARKUP[0], "=1+1"],
        [date(2026, 11, 23), None, date(2026, 11, 24)], [1, 2, 30], [12_000, 0, -3_000],
        ["요약", "", "요약"], [None, "예", None], [" 앞뒤 ", "_x0041_", "둘째\n줄"],
    ),
    totals=("개수", "금액"),
    marks={"처리기한": {0: Mark(Loud.LATE, "지남")}, "포장했나요": {0: Mark(Loud.ASKED)}},
    done=("포장했나요", "예"),
    blocks="상품",
)  # fmt: skip
COUNTED = Table(
    "counted",
    (Column("무엇"), Column("몇", Look.COUNT)),
    (
        ["늦음", "모두"],
        [
            Tally(1, Term("orders", "개수", (("상품", "=1+1"),), counts=True)),
            Tally(33, Term("orders", "개수"), Term("orders", "개수", (("메모", "없음"),), minus=True)),
        ],
    ),
)
CHART = Chart("counted", "무엇", ("몇",), (), "그림", "늦음 1, 모두 33", lying=True)
SHEETS = (
    Sheet("요약", (Line("머리 <r>", link="취소승인"), Line(MARKUP[0]), COUNTED, Charts((CHART,)))),
    Sheet("취소승인", (Line("한 줄"), ORDERS), frozen=2, printed=4),
)


def saved(tmp_path, monkeypatch, tried: Tried) -> openpyxl.Workbook:
    monkeypatch.setattr(xlsxwriter_tables, "TRIED", tried)
    path = tmp_path / f"{tried.first[0]}.xlsx"
    title = Title(Text("제목", "title"), Text("주제", "subject"), datetime(2026, 11, 23, 9, 0))
    save(path, SHEETS, title, "ko")
    return openpyxl.load_workbook(path)


def seen(sheet) -> dict[str, object]:
    """All that a person, or a formula, finds on a sheet; cells without content or look are left out."""
    return {
        "cells": {
            cell.coordinate: (cell.value, cell.data_type, cell.number_format, *map(repr, (cell.font, cell.fill, cell.border, cell.alignment)))
            for cells in sheet.iter_rows()
            for cell in cells
            if cell.has_style or cell.value is not None
        },
        "links": {
            link.ref: (link.target or "", link.location or "") for link in (cell.hyperlink for cells in sheet.iter_rows() for cell in cells) if link
        },
        "tables": {
            table.name: (table.ref, table.autoFilter.ref, [column.name for column in table.tableColumns]) for table in sheet.tables.values()
        },
        "answers": [
            (rule.type, str(rule.sqref), rule.formula1, rule.promptTitle, rule.prompt, rule.errorStyle) for rule in sheet.data_validations.dataValidation
        ],
        "conditions": [
            (str(area.sqref), rule.formula, rule.dxf) for area in sheet.conditional_formatting for rule in area.rules
        ],
        "heights": {row: round(size.height * 4 / 3) for row, size in sheet.row_dimensions.items() if size.height},
        "widths": {letter: (size.width, size.hidden) for letter, size in sheet.column_dimensions.items()},
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "frozen": sheet.freeze_panes,
        "printed": (sheet.print_area, sheet.print_title_rows, sheet.page_setup.orientation),
        "charts": [(type(chart), chart.anchor._from.row, chart.series[0].val.numRef.f) for chart in sheet._charts],
    }  # fmt: skip


def test_the_plain_way_gives_the_same_workbook(tmp_path, monkeypatch):
    tried = xlsxwriter_tables.TRIED
    fast, plain = (
        saved(tmp_path, monkeypatch, versions) for versions in (tried, tried._replace(first=(999,), below=(1000,)))
    )
    assert fast.sheetnames == plain.sheetnames == ["요약", "취소승인"]
    for ours, theirs in zip(map(seen, fast), map(seen, plain), strict=True):
        for what, found in ours.items():
            assert found == theirs[what], what
    found = seen(fast["취소승인"])
    assert (len(found["links"]), len(found["answers"]), len(found["conditions"])) == (4, 1, 3)
    assert fast["취소승인"]["B4"].value == MARKUP[0]

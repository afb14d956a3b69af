"""A correction copy holds the cells and the look of the sheets that were read, and nothing else of the file.

Where that would exceed the limits, it holds the bad rows alone."""

from __future__ import annotations

import html
import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from build import ADDRESS, HEADERS, NAME, PHONE, PNG, changed, rebuilt, table, xlsx
from opened import run

from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.intake import Passwords

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
MORNING = datetime.fromisoformat("2026-11-21T09:00")
EXPORT = "취소관리_20261121_0856.xlsx"
SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
BAD = "2.02E+15"
BAD_ROW = table(상품주문번호=BAD)[1]
BELOW_A_NOTICE = xlsx([HEADERS, *[["안내"]] * 3, BAD_ROW])
"""Its bad row is Excel's row 5; in a copy of the bad rows alone it is row 2."""


def done(desk, book, **files: bytes) -> Done:
    for name, content in files.items():
        path = desk.inbox / name
        path.write_bytes(content)
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    ended = run(desk, book, RunOptions(MORNING, Passwords()))
    assert isinstance(ended, Done)
    return ended


def marks(paper) -> set[str]:
    return {cell.coordinate for cells in paper.iter_rows() for cell in cells if cell.comment}


def all_of(copy: Path) -> str:
    """Every part of a copy, with its name, as text."""
    with zipfile.ZipFile(copy) as archive:
        parts = [archive.comment, *(name.encode() + archive.read(name) for name in archive.namelist())]
    return html.unescape("\n".join(part.decode(code, "ignore") for part in parts for code in ("utf-8", "utf-16-le")))


class Planted:
    """Gives a text for each place, and remembers the place."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        planted = f"Z{len(self.places):03}plantedQ"
        self.places[planted] = place
        return planted


def with_everything(plant: Planted) -> bytes:
    """An export with a bad row, and a text in every place outside its cells where a workbook may have one."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        paper = book.add_worksheet("취소관리")
        colour = book.add_format({"bg_color": "#FFEEAA", "num_format": "@", "bold": True})
        secret = book.add_format({"num_format": f'"{plant("number format of a buyer")}"@'})
        for at, header in enumerate(HEADERS):
            paper.write_string(0, at, header)
        for at, value in enumerate(BAD_ROW):
            paper.write_string(1, at, str(value), secret if at == HEADERS.index("구매자연락처") else colour)
        paper.write_comment("A2", plant("comment"), {"author": plant("author of a comment")})
        paper.write_rich_string("F2", colour, plant("rich text"), secret, plant("more rich text"))
        paper.autofilter("A1:H2")
        paper.filter_column("F", f"x == {plant('filter')} or x == {plant('other filter')}")
        choices = {"validate": "list", "source": [plant("choice")], "input_title": plant("prompt")}
        paper.data_validation("A2:A9", choices | {"input_message": plant("message"), "error_message": plant("error")})
        paper.data_validation("C2", {"validate": "custom", "value": f'=C2="{plant("validation")}"'})
        paper.conditional_format(
            "A2:H9", {"type": "text", "criteria": "containing", "value": plant("condition"), "format": secret}
        )
        paper.conditional_format(
            "A2:H9", {"type": "formula", "criteria": f'=$F2="{plant("formula")}"', "format": colour}
        )
        paper.set_header(f"&L{plant('header')}")
        paper.set_footer(f"&R{plant('footer')}")
        paper.write_url("B2", f"https://example.com/{plant('link')}", string="2026112090000001", tip=plant("tooltip"))
        paper.insert_textbox(
            "J2",
            plant("text box"),
            {"description": plant("description"), "url": f"https://x.example/{plant('link of a box')}"},
        )
        paper.insert_image("J9", "", {"image_data": io.BytesIO(PNG), "description": plant("picture")})
        paper.write_string("M1", "이름")
        paper.add_table("M1:M3", {"name": plant("table"), "columns": [{"header": "이름"}]})
        paper.add_sparkline("N2", {"range": f"{plant('sparkline')}!A1:B1"})
        paper.set_vba_name(plant("code name"))
        paper.ignore_errors({"number_stored_as_text": "A1:H9"})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=취소관리!$A$1:$A$2", "name": plant("series")})
        chart.set_title({"name": plant("chart")})
        paper.insert_chart("J20", chart)
        hidden = book.add_worksheet("숨긴 시트")
        hidden.write_string(0, 0, plant("hidden sheet"))
        hidden.very_hidden()
        book.add_worksheet(plant("name of a sheet"))
        book.define_name(plant("name"), "=취소관리!$A$1")
        book.define_name("뜻", f'="{plant("meaning of a name")}"')
        book.define_name("취소관리!Print_Titles", "=취소관리!$1:$1")
        book.set_properties(
            {what: plant(what) for what in ("title", "author", "company", "manager", "comments", "keywords")}
        )
        book.set_custom_property("손님", plant("property"))
        book.set_custom_property(plant("name of a property"), "x")
    more = (
        f'<protectedRanges><protectedRange name="{plant("protected range")}" sqref="A1"/></protectedRanges>'
        f'<scenarios><scenario name="{plant("scenario")}" user="{plant("user")}" comment="{plant("remark")}">'
        '<inputCells r="A1" val="1"/></scenario></scenarios>'
    )
    cells = (
        f'<row r="3"><c r="A3" t="str"><f>T("{plant("cell formula")}")</f><v></v></c>'
        f'<c r="E3" t="inlineStr"><is><t>안내</t><rPh sb="0" eb="1"><t>{plant("phonetic")}</t></rPh></is></c>'
        "</row></sheetData>"
    )
    content = changed(target.getvalue(), SHEET, "</sheetData>", cells + more)
    content = changed(content, SHEET, "</worksheet>", f'<extLst><ext uri="{plant("extension")}"/></extLst></worksheet>')
    sharing = f'<fileSharing userName="{plant("user of the file")}"/><workbookPr'
    content = changed(content, BOOK, "<workbookPr", sharing)
    content = changed(content, STYLES, 'name="Normal"', f'name="{plant("style")}"')
    unused = f'<numFmt numFmtId="199" formatCode="&quot;{plant("unused number format")}&quot;"/></numFmts>'
    content = changed(content, STYLES, "</numFmts>", unused)
    for part in (
        *(
            "xl/vbaProject.bin",
            "xl/connections.xml",
            "xl/customXml/item1.xml",
            "customXml/item1.xml",
            "xl/metadata.xml",
        ),
        *("xl/printerSettings/printerSettings1.bin", "xl/pivotCache/pivotCacheRecords1.xml", "xl/persons/person.xml"),
        *(
            "xl/threadedComments/threadedComment1.xml",
            "xl/externalLinks/externalLink1.xml",
            "xl/queryTables/query1.xml",
        ),
    ):
        content = rebuilt(content, {part: f"<x>{plant(part)}</x>".encode()})
    return rebuilt(content, {f"xl/{plant('name of a part')}.xml": b"<x/>"})


def test_nothing_that_stands_outside_its_cells_comes_back(empty_desk, book):
    plant = Planted()
    [copy] = done(empty_desk, book, **{EXPORT: with_everything(plant)}).corrections
    opened = openpyxl.load_workbook(copy)
    assert opened.sheetnames == ["문제목록", "취소관리"]
    paper = opened["취소관리"]
    assert "A2" in marks(paper)
    assert "고칠 줄만" not in opened["문제목록"]["A1"].value, "it is the whole sheet"
    assert (paper["C2"].fill.fgColor.rgb, paper["C2"].font.b, paper["C2"].number_format) == ("FFFFEEAA", True, "@")
    everything = all_of(copy)
    assert [place for planted, place in plant.places.items() if planted in everything] == []
    assert not [secret for secret in (NAME, PHONE, ADDRESS) if secret in everything]


def test_a_table_that_begins_further_right_comes_back_where_it_stands_and_without_its_buyers(empty_desk, book):
    content = xlsx([HEADERS, BAD_ROW], left=2, top=1)
    content = changed(content, SHEET, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="D1:E1"/></mergeCells>')
    [copy] = done(empty_desk, book, **{EXPORT: content}).corrections
    paper = openpyxl.load_workbook(copy)["취소관리"]
    assert marks(paper) == {"C3"}
    assert [cell.value for cell in paper[2]][2:] == HEADERS
    assert [cell.value for cell in paper[3]][2:] == [*BAD_ROW[:5], None, None, None]
    assert [str(area) for area in paper.merged_cells.ranges] == ["D1:E1"]
    assert not [secret for secret in (NAME, PHONE, ADDRESS) if secret in all_of(copy)]


def test_values_that_a_spreadsheet_cannot_show_do_not_come_back_as_blanks(empty_desk, book):
    """A formula without a result means "unknown"; a blank would say "none" when the copy is dropped in again."""
    content = changed(
        xlsx([HEADERS, BAD_ROW]), SHEET, r'<c r="E2"[^>]*>.*?</c>', '<c r="E2"><f>1+1</f></c>', regex=True
    )
    [copy] = done(empty_desk, book, **{EXPORT: content}).corrections
    assert openpyxl.load_workbook(copy)["취소관리"]["E2"].value == "#수식"


# ── what costs more than its bytes ──

WHOLE = "A1:XFD1048576"
RANGES = (
    f'<conditionalFormatting sqref="{WHOLE}"><cfRule type="duplicateValues" priority="1"/></conditionalFormatting>'
    f'<dataValidations count="1"><dataValidation type="whole" sqref="{WHOLE}"/></dataValidations>'
    f'<hyperlinks><hyperlink ref="{WHOLE}" location="A1"/></hyperlinks>'
)


def with_ranges() -> bytes:
    """A workbook of a few KB whose links, conditions, choices, filter, columns and print area span the whole sheet."""
    content = changed(BELOW_A_NOTICE, SHEET, "</sheetData>", f'</sheetData><autoFilter ref="{WHOLE}"/>{RANGES}')
    content = changed(content, SHEET, "<sheetData>", '<cols><col min="1" max="16384" width="9"/></cols><sheetData>')
    content = changed(content, SHEET, r'<dimension ref="[^"]*"/>', f'<dimension ref="{WHOLE}"/>', regex=True)
    area = f'<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">취소관리!{WHOLE}</definedName></definedNames>'
    return changed(content, BOOK, "</sheets>", f"</sheets>{area}")


def merged(*places: str) -> bytes:
    ranges = "".join(f'<mergeCell ref="{place}"/>' for place in places)
    return changed(BELOW_A_NOTICE, SHEET, "</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>")


def frozen(split: str) -> bytes:
    return changed(
        BELOW_A_NOTICE,
        SHEET,
        'workbookViewId="0"/>',
        f'workbookViewId="0"><pane xSplit="{split}" state="frozen"/></sheetView>',
    )


def test_each_file_comes_back_whole_or_as_its_bad_rows(empty_desk, book):
    """Whatever ranges it has, and even if what it has ends the process that reads it."""
    whole = {
        "범위_20261121_0856.xlsx": with_ranges(),
        "병합_20261121_0856.xlsx": merged("A9:ZZ280"),
        "줄마다병합_20261121_0856.xlsx": merged(*(f"A{row}:B{row}" for row in range(9, 2009))),
    }
    plain = {
        "모두병합_20261121_0856.xlsx": merged("A9:XFD1048576"),
        "거꾸로병합_20261121_0856.xlsx": merged("A1048576:A9"),
        "겹친병합_20261121_0856.xlsx": merged("A9:C9", "B9:D9"),
        "고정_20261121_0856.xlsx": frozen("nan"),
        "색_20261121_0856.xlsx": changed(BELOW_A_NOTICE, STYLES, '<color theme="1"/>', '<color theme="x"/>'),
    }
    assert sum(map(len, (whole | plain).values())) < 8 * 10_000
    ended = done(empty_desk, book, **whole, **plain)
    assert ended.uncopied == ()
    marked = {copy.name: marks(openpyxl.load_workbook(copy)["취소관리"]) for copy in ended.corrections}
    assert marked == {f"수정필요_{name}": {"A5"} for name in whole} | {f"수정필요_{name}": {"A2"} for name in plain}


def test_a_copy_that_grows_beyond_the_memory_of_a_file_is_given_up(empty_desk, book):
    """The process is ended, and another one copies the bad rows."""
    columns = [f"{a}{b}" for a in "ABC" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    cells = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}" s="0"/>' for column in columns) + "</row>"
        for row in range(10, 2800)
    )
    content = changed(
        xlsx([HEADERS, BAD_ROW]),
        SHEET,
        "</sheetData>",
        f'{cells}<row r="2800"><c r="CZ2800"><v>1</v></c></row></sheetData>',
    )
    limits = replace(book.exports.limits, memory_mib=130)
    rules = replace(book, exports=replace(book.exports, limits=limits))
    [copy] = done(empty_desk, rules, **{EXPORT: content}).corrections
    assert marks(openpyxl.load_workbook(copy)["취소관리"]) == {"A2"}
    assert "고칠 줄만 옮겨 적었습니다" in openpyxl.load_workbook(copy)["문제목록"]["A1"].value


def test_openpyxl_is_loaded_only_by_the_process_that_opens_files():
    """And by that only when a copy is asked for."""
    program = (
        "import sys, processor.app.morning, processor.outbox, processor.intake, processor.opener.reader; "
        "print([name for name in sys.modules if name.split('.')[0] == 'openpyxl'])"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert ended.stdout == "[]\n"

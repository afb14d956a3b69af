"""Files with a bad row whose whole copy would exceed the limits: the correction copy holds the bad rows alone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from build import HEADERS, changed, table, xlsx
from opened import run

from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.intake import Passwords
from processor.opener import marking

pytestmark = pytest.mark.slow

SHEET = "xl/worksheets/sheet1.xml"
ROOT = Path(__file__).parents[2]
MORNING = datetime.fromisoformat("2026-11-21T09:00")
ONE_BAD_ROW = xlsx([HEADERS, *[["안내"]] * 3, table(상품주문번호="2.02E+15")[1]])
MERGED = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'
LINKED = '<hyperlinks><hyperlink ref="{}" location="A1"/></hyperlinks>'


def spread(xml: str, place: str) -> bytes:
    """A workbook of a few KB of which openpyxl makes every cell of that place."""
    return changed(ONE_BAD_ROW, SHEET, "</sheetData>", f"</sheetData>{xml.format(place)}")


def copy_of(content: bytes, desk, book, **limits) -> openpyxl.Workbook:
    path = desk.inbox / "취소관리_20261121_0856.xlsx"
    path.write_bytes(content)
    os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    rules = replace(book, exports=replace(book.exports, limits=replace(book.exports.limits, **limits)))
    done = run(desk, rules, RunOptions(MORNING, Passwords()))
    assert isinstance(done, Done)
    [copy] = done.corrections
    return openpyxl.load_workbook(copy)


def bad_rows(copy: openpyxl.Workbook) -> list[tuple[int, str]]:
    return [(cell.row, cell.value) for cells in copy.worksheets[1].iter_rows() for cell in cells if cell.comment]


def test_the_row_is_marked_where_it_stands_when_nothing_is_wrong(empty_desk, book):
    assert bad_rows(copy_of(spread(MERGED, "A9:C9"), empty_desk, book)) == [(5, "2.02E+15")]


@pytest.mark.parametrize("xml", [MERGED, LINKED], ids=["merged", "linked"])
@pytest.mark.parametrize(("place", "few"), [("A9:ZZ280", True), ("A9:XFD1048576", False), ("A1048576:A9", False)])
def test_cells_merged_or_linked_over_a_whole_sheet_are_never_made(xml, place, few):
    content = spread(xml, place)
    assert len(content) < 10_000
    assert marking._can_be_marked(content) is few


@pytest.mark.parametrize("xml", [MERGED, LINKED], ids=["merged", "linked"])
def test_such_a_file_comes_back_as_its_bad_rows(xml, empty_desk, book):
    copy = copy_of(spread(xml, "A9:XFD1048576"), empty_desk, book)
    assert bad_rows(copy) == [(2, "2.02E+15")]
    assert "고칠 줄만 옮겨 적었습니다" in copy["문제목록"]["A1"].value


def test_a_copy_that_grows_beyond_the_memory_of_a_file_is_given_up(empty_desk, book):
    """So many cells may be linked, but they take 110 MiB: the process is ended, and another one copies the bad rows."""
    copy = copy_of(spread(LINKED, "A9:ZZ280"), empty_desk, book, memory_mib=100)
    assert bad_rows(copy) == [(2, "2.02E+15")]


def test_openpyxl_is_loaded_only_by_the_process_that_opens_files():
    """And by that only when a copy is asked for."""
    program = (
        "import sys, processor.app.morning, processor.outbox, processor.intake, processor.opener.reader; "
        "print([name for name in sys.modules if name.split('.')[0] == 'openpyxl'])"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert ended.stdout == "[]\n"

"""A correction copy that cannot be made costs only itself: the workbook comes all the same, and says so."""

from __future__ import annotations

import json
import os
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path

import opened
import openpyxl
import pytest
from build import HEADERS, changed, packed, table, xlsx
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from trials import examples

from processor import outbox
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.intake import Passwords
from processor.model import Original, OriginalSheet, Place, Problem, Text
from processor.opener.process import Opener
from processor.opener.reply import Bounds

pytestmark = pytest.mark.slow

TAKEN, MORNING = (datetime.fromisoformat(f"2026-11-21T{clock}") for clock in ("08:56", "09:00"))
EXPORT = "취소관리_20261121_0856.xlsx"
A_BAD_ROW = xlsx([HEADERS, table(상품주문번호="2.02E+15")[1]])
BOUNDS = Bounds(file_mib=50, unpacked_mib=400, ratio=200, rows=1_048_576, columns=500, seconds=60, memory_mib=2048)


def to_correct(*sheets: OriginalSheet, name: str = EXPORT, password: str | None = None, said: str = "틀림") -> Original:
    """A csv, of which only the bad rows are copied. The first cell of each of its rows is bad."""
    problems = tuple(
        Problem("order_no_damaged", Place(name, sheet.name, row), Text.same(said), Text.same(said), header, cells[0])
        for sheet in sheets
        for row, cells in sheet.rows.items()
        for header in sheet.headers[:1]
    )
    return Original(name, TAKEN, password, False, sheets, problems)


def copies_of(folder: Path, *originals: Original) -> outbox.Copies:
    opener = Opener(folder, "", BOUNDS, opened.process())
    read = ((original.name, partial(lambda it: (it, opener), original)) for original in originals)
    return outbox.correction_copies([original.name for original in originals], read, folder, "ko")


def sheet(name: str = "취소관리") -> OriginalSheet:
    return OriginalSheet(name, 1, ("상품주문번호",), 0, frozenset(), {2: ("2.02E+15",)})


# ── whatever stands in it ──

PIECES = st.sampled_from(
    [
        *("\x00", "\x07", "\x1b[2J", "\r\n", "\t", "\x85", "\u202e", "\u200b", "\u2028", "\ud800", "\ufffe", "\uffff"),
        *("/", "\\", "..", "CON", "NUL.", ":", "?", "*", "[1]", "'", '"', "<b>", "&", "=1+1", "_x0041_", "{n}", "%s"),
        *("History", "문제목록", "가" * 40, "🙂" * 20, "e" + "\u0301" * 50, " ", ".", "x" * 300, "수정필요_"),
    ]
)
ANYTHING = st.lists(PIECES | st.characters(), max_size=4).map("".join)
NUMBERS = count()


@given(data=st.data())
@examples(40)
def test_the_bad_rows_come_back_whatever_headers_names_and_cells_are(tmp_path_factory, data):
    names = data.draw(st.lists(ANYTHING, min_size=1, max_size=3, unique=True))
    headers = tuple(data.draw(st.lists(ANYTHING, min_size=1, max_size=3)))
    cells = tuple(data.draw(ANYTHING) for _ in headers)
    sheets = [OriginalSheet(name, 1, headers, 0, frozenset(), {2: cells, 7: cells}) for name in names]
    original = to_correct(*sheets, name=data.draw(ANYTHING), said=data.draw(ANYTHING))
    folder = tmp_path_factory.getbasetemp() / f"copies{next(NUMBERS)}"
    folder.mkdir()

    copies = copies_of(folder, original)
    laid = outbox.lay_out(copies.contents, folder)
    for name in laid:
        outbox.issue(name, folder)

    assert copies.returned(laid).lacking == ()
    [file] = folder.iterdir()
    assert file.name.startswith("수정필요_") and file.name.isprintable() and not set(file.name) & set('<>:"/\\|?*')
    book = openpyxl.load_workbook(file)
    _list, *papers = book.worksheets
    titles = [paper.title for paper in papers]
    assert len({title.casefold() for title in [_list.title, "History", *titles]}) == len(names) + 2
    assert all(0 < len(title.encode("utf-16-le")) <= 62 and not set(title) & set("[]:*?/\\") for title in titles)
    assert not [title for title in titles if title.startswith("'") or title.endswith("'")]
    assert [paper["A2"].comment is not None and paper["A3"].comment is not None for paper in papers] == [True] * len(
        names
    )


def test_names_that_differ_in_case_alone_are_two_copies_on_every_disk(tmp_path):
    copies = copies_of(
        tmp_path, to_correct(sheet(), name="a_20261121_0856.csv"), to_correct(sheet(), name="A_20261121_0856.csv")
    )
    assert [*copies.contents] == ["수정필요_a_20261121_0856.xlsx", "수정필요_A_20261121_0856_2.xlsx"]


def test_the_sellers_own_file_comes_back_with_every_character_of_its_cells(empty_desk, book):
    """Control characters, which an .xlsx holds only as escapes, and texts that look like such an escape."""
    texts = ["\x01가\x1f", "줄\x0b바꿈", "_x0041_", "=1+1", "_x", "가_나"]
    rows = [table(상품주문번호="2.02E+15", 취소사유=text)[1] for text in texts]
    done = morning(empty_desk, book, **{EXPORT: xlsx([HEADERS, *rows])})
    [copy] = done.corrections
    sheets = CalamineWorkbook.from_path(copy)
    assert sheets.sheet_names == ["문제목록", "취소관리"]
    header, *back = sheets.get_sheet_by_name("취소관리").to_python()
    assert header == HEADERS
    assert [row[HEADERS.index("취소사유")] for row in back] == texts
    listed = [row[3] for row in sheets.get_sheet_by_name("문제목록").to_python()[3:]]
    assert "_x0041_" in listed, "the reason that nobody knows, as it was written"


# ── whatever goes wrong ──


def test_a_copy_that_cannot_be_made_costs_no_other(tmp_path):
    """It cannot be locked; it has no row that can be read again; it has changed; nobody knows why."""
    opener = Opener(tmp_path, "", BOUNDS, opened.process())

    def files_opened_again():
        yield "모름.csv", lambda: {}["nobody foresaw this"]
        yield "잠금.csv", lambda: (to_correct(sheet(), name="잠금.csv", password="\ud800"), opener)
        yield "없음.csv", lambda: (to_correct(name="없음.csv"), opener)
        yield "바뀜.csv", lambda: None
        yield "됨.csv", lambda: (to_correct(sheet(), name="됨_20261121_0856.csv"), opener)
        raise OSError("no process can be started any more")

    names = ["모름.csv", "잠금.csv", "없음.csv", "바뀜.csv", "됨.csv", "다음.csv"]
    copies = outbox.correction_copies(names, files_opened_again(), tmp_path, "ko")
    assert copies.lacking == ("모름.csv", "잠금.csv", "없음.csv", "바뀜.csv", "다음.csv")
    assert copies.files == {"수정필요_됨_20261121_0856.xlsx": "됨.csv"}


def morning(desk, book, **files: bytes) -> Done:
    for name, content in files.items():
        path = desk.inbox / name
        path.write_bytes(content)
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    done = opened.run(desk, book, RunOptions(MORNING, Passwords()))
    assert isinstance(done, Done)
    return done


def test_a_copy_that_the_disk_refuses_is_said_in_the_words_and_in_the_workbook(empty_desk, book):
    (empty_desk.outbox / f".수정필요_{EXPORT}.tmp").mkdir()
    done = morning(empty_desk, book, **{EXPORT: A_BAD_ROW})
    sentence = (
        f"수정용 파일을 만들지 못했습니다: {EXPORT}. "
        "처리목록의 〈입력파일〉에 적힌 칸을 원래 파일에서 고쳐 inbox에 다시 넣어 주세요."
    )
    assert sentence in done.lines("ko")
    assert (done.values("ko")["corrections"], done.values("ko")["uncopied"]) == ([], [EXPORT])
    paper = openpyxl.load_workbook(done.workbook)["입력파일"]
    assert sentence in [cell.value for cell in paper["A"]]
    assert json.loads(done.workbook.with_suffix(".json").read_text("utf-8"))["corrections"] == []
    assert (empty_desk.inbox / "done").is_dir() and not (empty_desk.inbox / EXPORT).exists()
    assert not (empty_desk.outbox / ".unfinished.json").exists()


def test_a_copy_that_is_refused_its_name_in_the_end_stops_nothing(empty_desk, book, monkeypatch):
    link = os.link

    def refusing(source: Path, target: Path) -> None:
        if target.name.startswith("수정필요_"):
            raise OSError(5, "Input/output error")
        link(source, target)

    monkeypatch.setattr(os, "link", refusing)
    done = morning(empty_desk, book, **{EXPORT: A_BAD_ROW})
    assert (done.corrections, done.uncopied) == ((), (EXPORT,))
    assert done.workbook.exists()
    assert not list(empty_desk.outbox.glob(".*수정필요*"))
    assert not (empty_desk.inbox / EXPORT).exists()


def test_files_with_hostile_names_headers_and_sheets_all_come_back(empty_desk, book):
    answers = "상품주문번호,출고상태,\x1b[2J\x07,=1+1,\u202e\n2.02E+15,포장,\x01,a,b\n"
    members = [
        "a/b/CON.csv",
        "../../위로.csv",
        "줄\n바꿈.csv",
        "뒤집힘\u202e.csv",
        "\x1b[31m.csv",
        f"{'가' * 200}.csv",
        "끝.",
        "'.csv",
    ]
    zipped = {name: answers.replace("\n2", f"\n{number}\n2").encode() for number, name in enumerate(members)}
    sheets = {
        f"시트{number}.xlsx": changed(A_BAD_ROW, "xl/workbook.xml", "취소관리", name)
        for number, name in enumerate(["", "History", "'[/]'", "a\tb", "가" * 99])
    }
    done = morning(empty_desk, book, **{"묶음.zip": packed(zipped)}, **sheets)
    assert done.workbook.exists()
    assert done.uncopied == ()
    assert len(done.corrections) == len({problem.place.file for problem in done.report.batch.row_problems}) == 13

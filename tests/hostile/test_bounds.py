"""What a stranger's bytes cost: cells that no spreadsheet holds are cut, time is counted per file, and work grows as the bytes do."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psutil
import pytest
from build import PASSWORD, locked, packed, table, text, xlsb
from corpus import PLAIN
from opened import opening

from processor import intake
from processor.intake import cells
from processor.opener import faults, process
from processor.opener.cut import cut, cut_cell
from processor.opener.extent import LastRow, filled, scattered
from processor.opener.header_rows import Headers
from processor.opener.process import Opener
from processor.opener.reader import Reader
from processor.opener.reply import Bounds, Found, Opened, Refusal, Unfinished
from processor.opener.webpage import table_in

ROOT = Path(__file__).parents[2]
BOUNDS = Bounds(file_mib=50, unpacked_mib=400, ratio=200, rows=1_048_576, columns=500, seconds=60, memory_mib=2048)
ACUTE, BELOW = "\u0301", "\u0316"  # combining marks of two classes, which normalising sorts


# ── cells and names that are cut ──


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("a" * 32_767, "a" * 32_767),
        ("a" * 32_768, "a" * 32_766 + "…"),
        ("가" * 32_768, "가" * 32_766 + "…"),
        ("é" + ACUTE * 30 + "b", "é" + ACUTE * 30 + "b"),
        ("가나" + ACUTE * 31 + "다", "가나" + ACUTE * 30 + "…"),
        ("가" + (ACUTE + BELOW) * 150_000, "가" + (ACUTE + BELOW) * 15 + "…"),
        ("가" + ("ﾞ" + ACUTE) * 16, "가" + ("ﾞ" + ACUTE) * 15 + "…"),  # NFKC makes a mark of the half-width sign
        (("가" + ACUTE * 30) * 1000, ("가" + ACUTE * 30) * 1000),
        ("가" * 32_760 + ACUTE * 31, "가" * 32_760 + ACUTE * 6 + "…"),
        (16.5, 16.5),
        (Unfinished("a" * 40_000), Unfinished("a" * 32_766 + "…")),
    ],
    ids=itertools.count(),
)
def test_a_text_that_excel_cannot_hold_or_no_language_needs_is_cut_and_shows_it(cell, shown):
    assert cut_cell(cell) == shown


def test_every_way_out_of_the_reading_process_cuts(tmp_path):
    header = ["상품주문번호", "주문번호", "취소 처리상태", "취소요청일", "취소사유", "x" * 40_000]
    path = tmp_path / "취소관리.csv"
    row = ["2026112010000001", "1", "취소요청", "2026-11-20", "구매의사취소" + ACUTE * 40, "y" * 40_000]
    path.write_text("\n".join(",".join(one) for one in (header, row)) + "\n", "utf-8")
    reader = Reader()
    reader.take(path, "", BOUNDS)
    reader.content(0)
    assert reader.open() == Opened(("취소관리",), typed=False)
    columns = reader.columns("취소관리", 1, range(6), known_headers())
    shown = [
        reader.head("취소관리", 2)[0][5],
        reader.head("취소관리", 2)[1][4],
        reader.rows("취소관리", [2])[2][5],
        reader.rows_below("취소관리", 1, [2], known_headers())[2][4],
        columns.distinct[4][0],
        columns.distinct[5][0],
    ]
    long, marked = 32_766, "구매의사취소" + ACUTE * 30 + "…"
    assert shown == ["x" * long + "…", marked, "y" * long + "…", marked, marked, "y" * long + "…"]
    assert columns.cut
    assert not reader.columns("취소관리", 1, range(4), known_headers()).cut


def known_headers() -> Headers:
    return Headers(frozenset({"상품주문번호"}), frozenset({"상품주문번호", "취소사유"}), 0)


# ── work that grows as the bytes do ──


def name_and_no_domain(size: int) -> Callable[[], object]:
    text = "a" * size
    return lambda: cells.note(text)


def domains_without_an_end(size: int) -> Callable[[], object]:
    text = "a@" + "b.1" * (size // 3)
    return lambda: cells.note(text)


def marks_in_a_row(size: int) -> Callable[[], object]:
    text = "가" + (ACUTE + BELOW) * size
    return lambda: cells.text(cut(text, 32_767))


def errors_in_one_cell(size: int) -> Callable[[], object]:
    xml = b"<c " + b't="e" ' * size + b'r="A1"><v>#N/A</v></c>'
    return lambda: list(faults._in_cells(xml))


def errors_in_no_cell(size: int) -> Callable[[], object]:
    xml = b"<row " + b't="e" ' * size + b"></row>"
    return lambda: list(faults._in_cells(xml))


def values_without_an_end(size: int) -> Callable[[], object]:
    xml = b'<c r="A1"><f>1</f>' + b"<v " * size + b"</c>"
    return lambda: list(faults._in_cells(xml))


def a_part_without_cells(size: int) -> Callable[[], object]:
    part = b" " * (size * 200)
    return lambda: list(faults._in_xml(io.BytesIO(part).read, LastRow()))


def rows_that_do_not_end(size: int) -> Callable[[], object]:
    part = b"<row " * size + b'a="" ' * size
    return lambda: list(faults._in_xml(io.BytesIO(part).read, LastRow()))


def places_without_an_end(size: int) -> Callable[[], object]:
    xml = b'<c r="A1"' + b' r="A1"' * size + b">" + b" " * size
    return lambda: scattered(filled(xml))


def merges_within_merges(size: int) -> Callable[[], object]:
    inner = b"\xb1\x01\x04" + bytes(4) + b"\xb0\x01\x10" + bytes(6)
    book = xlsb(more=b"\xb1\x01\x04" + bytes(4) + (b"\xb0\x01\x10" + inner) * size)
    return lambda: faults.merges_in_binary(book, "취소관리")


def sheets_of_one_part(size: int) -> Callable[[], object]:
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="e"><v>#N/A</v></c></row>' for at in range(1, size // 10))
    sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, size // 20))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = packed(
        {
            "xl/workbook.xml": f'<workbook xmlns:r="{office}"><sheets>{sheets}</sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": b'<x><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></x>',
            "xl/worksheets/sheet1.xml": f"<worksheet>{rows}</worksheet>".encode(),
        }
    )
    return lambda: faults.findings_in_zip(zipfile.ZipFile(io.BytesIO(book)))


def cpu_of(work: Callable[[], object]) -> float:
    """The least CPU time of five trials, in seconds."""
    trials = []
    for _ in range(5):
        began = time.process_time()
        work()
        trials.append(time.process_time() - began)
    return min(trials)


@pytest.mark.parametrize(
    "made",
    [
        name_and_no_domain,
        domains_without_an_end,
        marks_in_a_row,
        errors_in_one_cell,
        errors_in_no_cell,
        values_without_an_end,
        a_part_without_cells,
        rows_that_do_not_end,
        places_without_an_end,
        merges_within_merges,
        sheets_of_one_part,
    ],
)
def test_four_times_the_bytes_cost_no_more_than_some_four_times_the_work(made, monkeypatch):
    monkeypatch.setattr(faults, "_CHUNK", 1024)
    assert cpu_of(made(12_000)) < 9 * cpu_of(made(3_000)) + 0.002


def test_a_cell_of_a_web_page_over_many_rows_and_columns_is_refused_before_it_fills_them():
    page = "<table><tr><td colspan=500 rowspan=999999>x</td></tr>" + "<tr></tr>" * 3000 + "</table>"
    assert table_in(page, BOUNDS._replace(unpacked_mib=4)) == Refusal("file_too_large.unpacked", n=4)
    assert len(table_in(page, BOUNDS._replace(unpacked_mib=16)).rows) == 3001


# ── seconds of a file ──


class Slow:
    """Stands in for the process: each answer takes the seconds that its question is said to take, by a clock of its own."""

    over = False

    def __init__(self, members: int, **seconds: float) -> None:
        self.now, self.members, self.seconds = 0.0, members, seconds
        self.asked: list[str] = []

    def at_work(self) -> Slow:
        self.over = False
        return self

    def is_ready(self) -> bool:
        self.now += 100  # the start of a process is no fault of the file
        return True

    def rest(self) -> None:
        """It keeps what it has."""

    def answer(self, question: str, _arguments: object, bounds: Bounds, seconds: float) -> object:
        self.asked.append(question)
        takes = self.seconds.get(question, 0.0)
        self.now += min(takes, seconds)
        if takes >= seconds:
            self.over = True
            return Refusal("file_too_slow", n=bounds.seconds)
        return tuple(f"{at}.xlsx" for at in range(self.members)) if question == "take" else Found(question)


def opener_of(slow: Slow, monkeypatch) -> Opener:
    monkeypatch.setattr(process.time, "monotonic", lambda: slow.now)
    return Opener(Path("a.zip"), "", BOUNDS._replace(seconds=4), slow)  # type: ignore[arg-type]  # it answers as one


def test_the_seconds_are_those_of_a_zip_and_all_its_passwords_together(monkeypatch):
    slow = Slow(6, content=0.25, unlock=1.0)
    opener, said = opener_of(slow, monkeypatch), []
    for member, found in opener.contents():
        said.append(
            (member, found.said) if isinstance(found, Refusal) else (member, opener.unlock("1"), opener.unlock("2"))
        )
    stopped = Refusal("file_too_slow", n=4)
    assert said == [
        ("0.xlsx", Found("unlock"), Found("unlock")),
        ("1.xlsx", Found("unlock"), stopped),
        *((f"{at}.xlsx", "file_too_slow.before") for at in range(2, 6)),
    ]
    assert slow.asked == ["take", "content", "unlock", "unlock", "content", "unlock", "unlock"]
    assert slow.now % 100 == 4


def test_copies_of_a_zip_share_the_seconds_left_and_once_more_as_many_for_copied_rows(monkeypatch):
    slow = Slow(5, marked=3.0, copied=1.5)
    opener = opener_of(slow, monkeypatch)
    made = [opener.correction_copy([], None, [], None) for _ in opener.contents()]  # type: ignore[arg-type]  # not looked at
    assert made == [Found("copied")] * 2 + [Refusal("file_too_slow", n=4)] * 3
    slow = Slow(5, marked=3.0, copied=1.5)
    opener = opener_of(slow, monkeypatch)
    own = ["a sheet"]
    made = [opener.correction_copy(own, None, [], None) for _ in opener.contents()]  # type: ignore[arg-type]
    assert made[:3] == [Found("marked"), Found("copied"), Found("copied")]
    assert made[3:] == [Refusal("file_too_slow", n=4)] * 2


# ── the end of the reader ──


@pytest.mark.slow
def test_a_reader_at_work_ends_with_the_program_that_was_killed(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(locked(PLAIN).replace(b'spinCount="100000"', b'spinCount="9999999"'))
    program = (
        "import sys, pathlib; from processor.opener import process; from processor.opener.reply import Bounds; "
        "asked = process.ReadingProcess(); print(asked.at_work()._process.pid, flush=True); "
        "opener = process.Opener(pathlib.Path(sys.argv[1]), '', Bounds(50, 400, 200, 1000, 500, 600, 2048), asked); "
        f"print([(opener.open(), print('asked', flush=True), opener.unlock({PASSWORD!r})) for _ in opener.contents()])"
    )
    asking = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    )
    reader = psutil.Process(int(asking.stdout.readline()))
    assert asking.stdout.readline() == "asked\n"
    before = spent = sum(reader.cpu_times()[:2])
    asking.kill()
    asking.wait()
    asking.stdout.close()
    while psutil.pid_exists(reader.pid) and reader.status() != psutil.STATUS_ZOMBIE:
        try:
            spent = sum(reader.cpu_times()[:2])
        except psutil.NoSuchProcess:
            break
        time.sleep(0.02)
    assert spent - before < 2, "seconds of the many that so many rounds take"


# ── correction copies ──


def test_a_zip_with_bad_rows_in_many_members_is_opened_only_once_for_their_copies(tmp_path, book, monkeypatch):
    path = tmp_path / "묶음.zip"
    members = {f"취소관리 {at}.csv": text(table(취소사유=f"그냥 {at}")) for at in range(4)}
    path.write_bytes(packed({**members, "취소관리 9.csv": text()}))
    opener = opening()
    batch = intake.read([intake.input_file(path)], book.exports, book.reasons, opener, datetime(2020, 1, 1))
    asked: list[str] = []
    ask = Opener._ask
    monkeypatch.setattr(
        Opener, "_ask", lambda self, question, *more: (asked.append(question), ask(self, question, *more))[1]
    )
    names = [read()[0].name for _, read in intake.originals(batch, book, opener)]
    assert names == [f"묶음.zip/{name}" for name in members]
    assert (asked.count("take"), asked.count("content")) == (1, 4)

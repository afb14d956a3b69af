"""수정필요_…: the seller's own file comes back with its bad cells marked, and goes on once they are corrected."""

from __future__ import annotations

import html
import io
import os
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
from lists import orders
from opened import run
from openpyxl.styles import PatternFill

from processor import judge, rulebook
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.intake import Passwords
from processor.model import Action
from processor.opener.seal import sealed

pytestmark = pytest.mark.slow

MORNING, NOON = (datetime.fromisoformat(f"2026-11-23T{clock}") for clock in ("09:00", "12:00"))
GOOD, DAMAGED, MENDED = "2026112011111111", "2.02611E+15", "2026112022222222"
NOTICE = "◈ 엑셀 일괄발송 안내"
HEADERS = (
    "상품주문번호",
    "주문번호",
    "주문상태",
    "취소 처리상태",
    "취소사유",
    "취소요청일",
    "결제일",
    "상품명",
    "수량",
    "구매자명",
    "구매자연락처",
)
PLANTED = ("김지어냄", "010-0000-1234")
NAME = "스마트스토어_취소관리_20261123_0856.xlsx"
COPY = f"수정필요_{NAME}"


def row(number: str, asked_at: object = "2026-11-23 08:20") -> tuple[object, ...]:
    return (number, number, "결제완료", "취소요청", "단순 변심", asked_at, "2026-11-20 10:30", "머그컵", 1, *PLANTED)


def an_export(*rows: tuple[object, ...]) -> bytes:
    """With a tall merged notice above the header, a coloured header, widths and number formats of its own."""
    book = openpyxl.Workbook()
    paper = book.active
    paper.title = "취소관리"
    paper.append([NOTICE])
    paper.merge_cells("A1:C1")
    paper.row_dimensions[1].height = 150
    for cells in (HEADERS, *rows):
        paper.append(cells)
    paper["A2"].fill = PatternFill("solid", fgColor="D9D9D9")
    paper.column_dimensions["H"].width = 33
    paper["I3"].number_format = '0"개"'
    book.create_sheet("메모").append(["여기에도 " + PLANTED[0]])
    book.properties.creator = PLANTED[0]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    return empty_desk


def drop(desk: Desk, name: str, content: bytes) -> None:
    path = desk.inbox / name
    path.write_bytes(content)
    os.utime(path, (path.stat().st_mtime - 3600,) * 2)


def morning(desk: Desk, book, as_of=MORNING, passwords=(), lang="ko", dry_run=False) -> Done:
    done = run(desk, book, RunOptions(as_of, Passwords(list(passwords)), lang, dry_run))
    assert isinstance(done, Done)
    return done


def opened(path: Path, password: str | None = None) -> openpyxl.Workbook:
    content = path.read_bytes()
    if password is not None:
        locked, plain = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(plain)
        content = plain.getvalue()
    return openpyxl.load_workbook(io.BytesIO(content))


def marked(paper) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for cells in paper.iter_rows() for cell in cells if cell.comment}


def test_the_sellers_own_file_comes_back_with_its_look_and_its_bad_cells_marked(desk, book):
    drop(desk, NAME, an_export(row(GOOD), row(DAMAGED, "어제쯤")))
    done = morning(desk, book)
    assert [path.name for path in done.corrections] == [COPY]
    copy = opened(done.corrections[0])
    assert copy.sheetnames == ["문제목록", "취소관리"]
    paper = copy["취소관리"]
    assert [str(area) for area in paper.merged_cells.ranges] == ["A1:C1"]
    assert paper["A1"].value == NOTICE
    assert (paper.row_dimensions[1].height, paper.column_dimensions["H"].width) == (150, 33)
    assert (paper["I3"].number_format, paper["A2"].fill.fgColor.rgb) == ('0"개"', "00D9D9D9")
    comments = marked(paper)
    assert set(comments) == {"A4", "B4", "F4"}, "every bad cell of the row, not only its first"
    assert "16자리" in comments["A4"]
    assert "날짜로 읽지 못했습니다" in comments["F4"]
    assert {paper[cell].border.left.style for cell in comments} == {"medium"}, "not by colour alone"
    listed = list(copy["문제목록"].iter_rows(min_row=4, values_only=True))
    assert [line[:4] for line in listed] == [
        ("취소관리", "A4", "상품주문번호", DAMAGED),
        ("취소관리", "B4", "주문번호", DAMAGED),
        ("취소관리", "F4", "취소요청일", "어제쯤"),
    ]
    assert copy["문제목록"]["B6"].hyperlink.location == "'취소관리'!F4"


def test_nothing_about_a_buyer_comes_back_unless_the_store_keeps_it(desk, book, tmp_path):
    drop(desk, NAME, an_export(row(GOOD), row(DAMAGED)))
    [copy] = morning(desk, book).corrections
    with zipfile.ZipFile(copy) as parts:
        parts_of_it = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8", "replace")
    everything = html.unescape(parts_of_it)
    assert not [text for text in PLANTED if text in everything]
    assert "구매자명" in everything, "the column stays, its cells are blank"
    kept = desk.rules.read_text("utf-8").replace("personal: drop ", "personal: keep ")
    desk.rules.write_text(kept, "utf-8")
    drop(desk, NAME, an_export(row(GOOD), row(DAMAGED)))
    [copy] = morning(desk, rulebook.read(desk.rules, judge.WORDS), NOON).corrections
    assert opened(copy)["취소관리"]["J3"].value == PLANTED[0]


def test_a_locked_file_comes_back_locked_with_the_same_password(desk, book, monkeypatch):
    drop(desk, NAME, sealed(an_export(row(GOOD), row(DAMAGED)), "비밀1234"))
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(desk.home / "nowhere"))  # nothing may lie there, even for a moment
        [copy] = morning(desk, book, passwords=["다른것", "비밀1234"]).corrections
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(copy)
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        opened(copy, "다른것")
    assert "A4" in marked(opened(copy, "비밀1234")["취소관리"])
    told = [path.read_bytes() for path in desk.home.rglob("*") if path.is_file() and path.suffix in (".json", ".txt")]
    assert told
    assert not [text for text in told if "비밀1234".encode() in text]


def test_corrected_and_dropped_in_again_it_goes_on(desk, book):
    drop(desk, NAME, an_export(row(GOOD), row(DAMAGED)))
    first = morning(desk, book)
    assert first.report.rows["product_order_no"].tolist() == [GOOD]
    copy = opened(first.corrections[0])
    copy["취소관리"]["A4"] = copy["취소관리"]["B4"] = MENDED
    copy.save(desk.inbox / COPY)
    drop(desk, COPY, (desk.inbox / COPY).read_bytes())
    second = morning(desk, book, NOON)
    assert second.corrections == ()
    assert second.report.batch.row_problems == ()
    assert sorted(second.report.rows["product_order_no"]) == [GOOD, MENDED]
    flags = [verdict.flags for verdict in second.report.verdicts]
    assert "still_open" not in {flag for each in flags for flag in each}, "the same snapshot is no newer export"
    counted = {
        (sheet.file, sheet.sheet): (sheet.read, sheet.decided, sheet.merged, sheet.listed, sheet.problems)
        for sheet in second.report.account
    }
    assert counted == {
        (NAME, "취소관리"): (2, 0, 1, 1, 0),  # the damaged row is told by the copy now
        (COPY, "취소관리"): (2, 2, 0, 0, 0),
        (COPY, "문제목록"): (0, 0, 0, 0, 0),
    }


def test_dropped_in_again_as_it_is_the_same_copy_comes_back(desk, book):
    drop(desk, NAME, an_export(row(GOOD), row(DAMAGED)))
    [copy] = morning(desk, book).corrections
    drop(desk, COPY, copy.read_bytes())
    [again] = morning(desk, book, NOON).corrections
    assert again.name == COPY.replace(".xlsx", "_2.xlsx"), "never 수정필요_수정필요_, never over the first"
    assert set(marked(opened(again)["취소관리"])) == {"A4", "B4"}


def test_corrected_in_two_rounds_nothing_is_wrong_any_more(desk, book):
    drop(desk, NAME, an_export(row(GOOD), row(DAMAGED)))
    [copy] = morning(desk, book).corrections
    drop(desk, COPY, copy.read_bytes())
    [again] = morning(desk, book, NOON).corrections
    mended = opened(again)
    mended["취소관리"]["A4"] = mended["취소관리"]["B4"] = MENDED
    mended.save(desk.inbox / again.name)
    drop(desk, again.name, (desk.inbox / again.name).read_bytes())

    report = morning(desk, book, NOON + timedelta(hours=1)).report

    assert report.batch.row_problems == ()
    assert sorted(report.rows["product_order_no"]) == [GOOD, MENDED]
    assert set(report.rows["trouble"]) == {""}


@pytest.mark.parametrize(
    ("bad", "codes"),
    [(row(MENDED, "어제쯤"), []), (row(DAMAGED), ["order_no_damaged"])],
    ids=["its order is in the newer file", "nobody knows which order it was"],
)
def test_downloaded_once_more_the_rows_that_can_be_read_now_are_no_problems(desk, book, bad, codes):
    drop(desk, NAME, an_export(row(GOOD), bad))
    assert len(morning(desk, book).report.batch.row_problems) == 1
    drop(desk, NAME.replace("0856", "1155"), an_export(row(GOOD), row(MENDED)))

    report = morning(desk, book, NOON).report

    assert [problem.code for problem in report.batch.row_problems] == codes
    assert sorted(report.rows["product_order_no"]) == [GOOD, MENDED]
    for sheet in report.account:
        assert sheet.read == sheet.decided + sheet.merged + sheet.listed + sheet.problems, sheet


def test_what_cannot_be_marked_comes_back_as_its_bad_rows(desk, book):
    lines = [",".join(HEADERS), ",".join(map(str, row(GOOD))), ",".join(map(str, row(DAMAGED)))]
    drop(desk, "취소관리_20261123_0856.csv", "\n".join(lines).encode("cp949"))
    [copy] = morning(desk, book).corrections
    assert copy.name == "수정필요_취소관리_20261123_0856.xlsx"
    paper = opened(copy)["취소관리_20261123_0856"]
    texts = [[cell or "" for cell in cells] for cells in paper.iter_rows(values_only=True)]
    assert texts == [list(HEADERS), [*map(str, row(DAMAGED)[:-2]), "", ""]]
    assert set(marked(paper)) == {"A2", "B2"}
    mended = opened(copy)
    mended["취소관리_20261123_0856"]["A2"] = mended["취소관리_20261123_0856"]["B2"] = MENDED
    mended.save(desk.inbox / copy.name)
    drop(desk, copy.name, (desk.inbox / copy.name).read_bytes())
    second = morning(desk, book, NOON)
    assert sorted(second.report.rows["product_order_no"]) == [GOOD, MENDED]
    assert second.report.batch.row_problems == ()


def test_a_copy_tells_when_its_original_was_made_even_if_its_name_did_not(desk, book):
    drop(desk, "취소.xlsx", an_export(row(DAMAGED)))
    os.utime(desk.inbox / "취소.xlsx", (datetime.fromisoformat("2026-11-23T08:30:00+09:00").timestamp(),) * 2)
    assert [path.name for path in morning(desk, book).corrections] == ["수정필요_취소_20261123_083000.xlsx"]


def test_a_bad_answer_in_a_returned_workbook_comes_back_and_answers_once_corrected(desk, book):
    drop(desk, NAME, an_export(row(GOOD)))
    first = morning(desk, book)
    answers = openpyxl.load_workbook(first.workbook)
    paper = answers["확인필요"]
    header, row_of_it = orders(paper)
    cells = {name.value: cell for name, cell in zip(header, row_of_it, strict=True)}
    cells["출고상태"].value = "글쎄"
    answers.save(desk.inbox / first.workbook.name)
    drop(desk, first.workbook.name, (desk.inbox / first.workbook.name).read_bytes())
    [copy] = morning(desk, book, NOON).corrections
    assert copy.name == f"수정필요_{first.workbook.name}"
    mended = opened(copy)
    [cell] = marked(mended["확인필요"])
    mended["확인필요"][cell] = "미포장"
    mended.save(desk.inbox / copy.name)
    drop(desk, copy.name, (desk.inbox / copy.name).read_bytes())
    third = morning(desk, book, datetime.fromisoformat("2026-11-23T13:00")).report
    assert [third.verdicts[number].action for number in third.rows["situation"]] == [Action.APPROVE]


def test_a_dry_run_makes_no_copy_and_a_day_without_bad_rows_has_none(desk, book):
    drop(desk, NAME, an_export(row(GOOD), row(DAMAGED)))
    assert morning(desk, book, dry_run=True).corrections == ()
    assert list(desk.outbox.glob("수정*")) == []
    (desk.inbox / NAME).unlink()
    drop(desk, NAME, an_export(row(GOOD)))
    assert morning(desk, book).corrections == ()


def test_it_speaks_english_too(desk, book):
    drop(desk, NAME, an_export(row(DAMAGED)))
    [copy] = morning(desk, book, lang="en").corrections
    paper = opened(copy)["Problems"]
    assert paper["A1"].value.startswith("Correct the orange cells, save, and drop this file into the inbox folder")
    assert [cell.value for cell in paper[3]] == [
        "Sheet",
        "Cell to correct",
        "Column",
        "Value",
        "What is wrong",
        "What to do",
    ]


ANSWERS = "상품주문번호,출고상태\n2.02E+15,포장\n".encode()


@pytest.mark.parametrize("name", ["취소[1].csv", f"{'가' * 80}.csv", f"{'가' * 60}_20261123_0856.csv"])
def test_a_name_that_a_sheet_or_a_disk_refuses_stops_nothing(desk, book, name):
    drop(desk, name, ANSWERS)
    [copy] = morning(desk, book).corrections
    assert len(copy.name.encode()) <= 255 - len(".tmp") - 1, "also under its hidden name"
    assert marked(opened(copy).worksheets[1]) != {}


def test_a_name_from_a_zip_is_fit_for_windows(desk, book):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr('답변:"오늘?"_20261123_0856.csv', ANSWERS)
    drop(desk, "묶음.zip", packed.getvalue())
    assert [path.name for path in morning(desk, book).corrections] == ["수정필요_답변__오늘___20261123_0856.xlsx"]


@pytest.mark.parametrize("part", ["docProps/core.xml", "xl/theme/theme1.xml"])
def test_a_workbook_that_cannot_be_marked_comes_back_as_its_bad_rows(desk, book, part):
    """python-calamine reads past damage that openpyxl stumbles over."""
    damaged = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(an_export(row(GOOD), row(DAMAGED)))) as whole,
        zipfile.ZipFile(damaged, "w") as half,
    ):
        for name in whole.namelist():
            half.writestr(name, b"<x" if name == part else whole.read(name))
    drop(desk, NAME, damaged.getvalue())
    [copy] = morning(desk, book).corrections
    assert set(marked(opened(copy)["취소관리"])) in ({"A2", "B2"}, {"A4", "B4"})


def test_a_file_that_would_take_too_long_to_mark_comes_back_as_its_bad_rows(desk, book, monkeypatch):
    module = sys.modules["processor.intake.originals"]  # the package shows its function under this name
    monkeypatch.setattr(module, "CORRECTED_ROWS", 2)
    export, large = an_export(row(GOOD), row(DAMAGED), row(DAMAGED), row(DAMAGED)), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(export)) as whole, zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as larger:
        for name in whole.namelist():
            note = b"<!--" + os.urandom(3 * 1024 * 1024).hex().encode() + b"-->" if "sheet1" in name else b""
            larger.writestr(name, whole.read(name) + note)
    drop(desk, NAME, large.getvalue())
    done = morning(desk, book)
    copy = opened(done.corrections[0])
    assert set(marked(copy["취소관리"])) == {"A2", "B2", "A3", "B3"}
    assert "고칠 줄이 더 있습니다(모두 3줄)" in copy["문제목록"]["A1"].value, "a limit is announced"
    assert len(done.report.batch.row_problems) == 3, "and changes no total"

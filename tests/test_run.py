"""Runs of a whole desk in a folder: what a morning leaves behind, and what must hold after any accident."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import openpyxl
import pytest
from lists import order_values
from opened import decide, run

from processor import disk, judge, outbox, rulebook, samples
from processor.app import could_not_finish
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.app.outcomes import NothingNew
from processor.intake import Passwords
from processor.model import Action, Col, Out, Report

pytestmark = pytest.mark.slow

MORNING = datetime.fromisoformat("2026-11-23T09:00")  # a Monday
NOON = MORNING + timedelta(hours=3)
AN_HOUR_AGO = 3600
TO_CORRECT = "수정필요_스마트스토어_취소관리_20261123_0856.xlsx"
SHEETS = [
    "요약",
    "발송",
    "반품",
    "판매자취소",
    "확인필요",
    "취소승인",
    "고객협의",
    "패널티",
    "비용부담",
    "조치없음",
    "규칙",
    "입력파일",
]


@pytest.fixture(scope="session")
def day(tmp_path_factory) -> Path:
    """The exports of one morning, every story among them; to be copied, never touched."""
    folder = tmp_path_factory.mktemp("day")
    samples.demo_desk(folder, as_of=MORNING, count=60)
    return aged(folder)


@pytest.fixture
def desk(empty_desk, day) -> Desk:
    shutil.copytree(day, empty_desk.inbox, dirs_exist_ok=True)
    return empty_desk


class Handled(NamedTuple):
    """A desk with its first morning behind it."""

    desk: Desk
    report: Report
    workbook: Path


@pytest.fixture(scope="module")
def first_morning(tmp_path_factory, rules_path, book, day) -> Handled:
    """To be copied, never touched."""
    desk = Desk(tmp_path_factory.mktemp("first") / "desk")
    desk.outbox.mkdir(parents=True)
    shutil.copytree(day, desk.inbox)
    shutil.copy(rules_path, desk.rules)
    done = run(desk, book, options())
    return Handled(desk, done.report, done.workbook)


@pytest.fixture
def handled(first_morning, tmp_path) -> Handled:
    """A copy of that desk."""
    desk = Desk(Path(shutil.copytree(first_morning.desk.home, tmp_path / "handled")))
    return Handled(desk, first_morning.report, desk.outbox / first_morning.workbook.name)


def aged(folder) -> Path:
    """Files that have been lying there for a while, so that nobody waits whether they still grow."""
    for path in folder.rglob("*"):
        os.utime(path, (path.stat().st_mtime - AN_HOUR_AGO,) * 2)
    return folder


def options(as_of=MORNING) -> RunOptions:
    return RunOptions(as_of, Passwords([samples.DEMO_PASSWORD]))


def names(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def contents(folder) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names(folder)}


def hashes(*folders) -> Counter[str]:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)


def actions(report) -> dict[str, Action]:
    """상품주문번호 → what is to be done."""
    rows = report.rows
    return {
        number: report.verdicts[situation].action
        for number, situation in zip(rows[Col.PRODUCT_ORDER_NO], rows[Out.SITUATION], strict=True)
    }


def number(name) -> str:
    return next(order.product_order_no for story, order in samples.stories(MORNING) if story == name)


def put(desk, content, name) -> None:
    (desk.inbox / name).write_bytes(content)
    aged(desk.inbox)


# ── an ordinary morning ──────────────────────────────────────────────────────────────────────────


def test_a_morning_leaves_a_workbook_and_a_tidy_inbox(desk, book, day):
    done = run(desk, book, options())

    assert done.workbook == desk.outbox / "처리목록_20261123_090000.xlsx"
    assert names(desk.outbox) == [
        ".history/20261123_090000.json.gz",
        f".history/rules/{book.sha256}.yaml.gz",
        "ledger.sqlite3",
        TO_CORRECT,
        "처리목록_20261123_090000.json",
        "처리목록_20261123_090000.xlsx",
    ]
    assert done.corrections == (desk.outbox / TO_CORRECT,)
    assert names(desk.inbox) == [f"done/20261123_090000/{name}" for name in names(day)]
    assert hashes(desk.inbox) == hashes(day)
    assert openpyxl.load_workbook(done.workbook, read_only=True).sheetnames == SHEETS


def test_the_manifest_names_the_inputs_and_the_rules(handled, book, day):
    desk = handled.desk

    manifest = json.loads((desk.outbox / "처리목록_20261123_090000.json").read_text("utf-8"))

    assert {file["name"]: file["sha256"] for file in manifest["inputs"]} == {
        name: hashlib.sha256((day / name).read_bytes()).hexdigest() for name in names(day)
    }
    assert manifest["rules"]["sha256"] == hashlib.sha256(desk.rules.read_bytes()).hexdigest()
    assert manifest["workbook"] == "처리목록_20261123_090000.xlsx"
    assert [*manifest["timings"]] == ["gather", "think", "write"]
    assert min(manifest["timings"].values()) > 0


def test_every_row_of_every_sheet_is_accounted_for_once(handled, book):
    report = handled.report

    for sheet in report.account:
        assert sheet.read == sheet.decided + sheet.merged + sheet.listed + sheet.problems, sheet
    places = [place for source in report.rows[Col.SOURCE] for place in source]
    places += [problem.place for problem in report.batch.row_problems]
    assert len(places) == len(set(places))
    assert len(places) + sum(sheet.listed for sheet in report.account) == sum(sheet.read for sheet in report.account)


def test_nothing_new_writes_nothing(handled, book):
    desk = handled.desk
    before = contents(desk.home)

    assert run(desk, book, options(NOON)) == NothingNew(desk.inbox, (), newest=handled.workbook)
    assert contents(desk.home) == before


def test_the_same_files_again_are_named_and_stay_where_they_are(handled, book, day):
    desk = handled.desk
    before = contents(desk.home)
    shutil.copytree(day, desk.inbox, dirs_exist_ok=True)
    (desk.inbox / "답변.xlsx").rename(desk.inbox / "다른 이름.xlsx")

    again = run(desk, book, options(NOON))

    assert isinstance(again, NothingNew)
    assert [(repeat.name, repeat.first, repeat.handled_at) for repeat in again.repeats] == [
        (name, "답변.xlsx" if name == "다른 이름.xlsx" else name, MORNING)
        for name in sorted([*set(names(day)) - {"답변.xlsx"}, "다른 이름.xlsx"])
    ]
    after = contents(desk.home)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {f"inbox/{repeat.name}" for repeat in again.repeats}


def test_a_file_is_recognised_in_a_zip_and_out_of_one(desk, book, day):
    cancel = next(name for name in names(day) if "취소관리" in name)
    with zipfile.ZipFile(desk.inbox / "묶음.zip", "w") as archive:
        archive.write(desk.inbox / cancel, "새 이름.xlsx")
    (desk.inbox / cancel).unlink()
    aged(desk.inbox)
    run(desk, book, options())

    shutil.copy(day / cancel, desk.inbox)
    with zipfile.ZipFile(desk.inbox / "다시.zip", "w") as archive:
        for name in names(day):
            archive.write(day / name, name)
    aged(desk.inbox)
    again = run(desk, book, options(NOON))

    assert isinstance(again, NothingNew)
    found = {repeat.name: repeat.first for repeat in again.repeats}
    assert found[cancel] == "묶음.zip/새 이름.xlsx"
    assert found[f"다시.zip/{cancel}"] == "묶음.zip/새 이름.xlsx"
    assert set(found) == {cancel, *(f"다시.zip/{name}" for name in names(day))}


def test_known_files_beside_a_new_one_are_put_away_and_not_read_again(handled, book, day):
    desk, first = handled.desk, handled
    shutil.copytree(day, desk.inbox, dirs_exist_ok=True)
    later = [order for story, order in samples.stories(NOON) if story.startswith("8 ") and order.claim]
    samples.write_cancel(desk.inbox / "스마트스토어_취소관리_20261123_1155.xlsx", later, downloaded_at=NOON)
    aged(desk.inbox)

    second = run(desk, book, options(NOON))

    assert set(second.report.rows[Col.PRODUCT_ORDER_NO]) == set(first.report.rows[Col.PRODUCT_ORDER_NO])
    assert {repeat.name for repeat in second.report.batch.repeats} == set(names(day))
    notes = {sheet.file: sheet.note.ko for sheet in second.report.account if sheet.kind is None}
    assert notes["답변.xlsx"] == "2026-11-23 09:00에 이미 처리한 파일이라 다시 읽지 않았습니다."
    assert len(names(desk.inbox / "done/20261123_120000")) == len(names(day)) + 1


def test_after_a_change_of_the_rules_the_same_files_are_handled_again(handled, book, day, edited):
    desk = handled.desk
    shutil.copytree(day, desk.inbox, dirs_exist_ok=True)
    other = rulebook.read(edited("packed: negotiate  ", "packed: approve    "), judge.WORDS)

    second = run(desk, other, options(NOON))

    assert second.report.batch.repeats == ()
    packed = number("9 취소요청 · 구매자 사유 · 포장")
    assert actions(second.report)[packed] is Action.APPROVE


def test_the_same_file_twice_in_one_inbox_is_read_once(empty_desk, book, day):
    cancel = next(name for name in names(day) if "취소관리" in name)
    shutil.copy(day / cancel, empty_desk.inbox / cancel)
    shutil.copy(day / cancel, empty_desk.inbox / f"{Path(cancel).stem} (1).xlsx")
    aged(empty_desk.inbox)

    report = run(empty_desk, book, options()).report

    assert [repeat.text.ko for repeat in report.batch.repeats] == [
        f"'{Path(cancel).stem} (1).xlsx' 파일과 똑같아 한 번만 읽었습니다."
    ]
    assert all(len(source) == 1 for source in report.rows[Col.SOURCE])
    assert len(names(empty_desk.inbox / "done/20261123_090000")) == 2


def test_files_in_folders_of_the_inbox_count_too(empty_desk, book, day):
    shutil.copytree(day, empty_desk.inbox / "월요일")
    shutil.copytree(day, empty_desk.inbox / "화요일")

    report = run(empty_desk, book, options()).report

    assert len(report.batch.files) == 2 * len(names(day))
    assert hashes(empty_desk.inbox / "done") == hashes(day) + hashes(day)


def test_a_dry_run_finds_the_same_and_touches_nothing(desk, book):
    before = contents(desk.home)

    dry = run(desk, book, RunOptions(MORNING, Passwords([samples.DEMO_PASSWORD]), dry_run=True))

    assert dry.workbook is None
    assert contents(desk.home) == before
    assert outbox.grid(dry.report, book, "ko") == outbox.grid(run(desk, book, options()).report, book, "ko")


# ── what is broken, and what is none of our business ─────────────────────────────────────────────

BROKEN = {
    "깨짐.xlsx": (random.Random(1).randbytes(4096), "file_unreadable"),
    "빈파일.xlsx": (b"", "file_unreadable"),
    "영수증.xlsx": (b"%PDF-1.7\n1 0 obj\n", "file_unreadable"),
    "로그인.xls": ("<!doctype html><html><body><p>로그인하세요</p></body></html>".encode(), "file_unreadable"),
    "다른표.csv": ("이름,값\n가,1\n".encode(), "unknown_export"),
    "잘림.xlsx": (b"PK\x03\x04" + bytes(200), "file_unreadable"),
}


def test_broken_files_go_to_failed_with_a_word_why_and_the_others_are_decided(desk, book, day):
    for name, (content, _) in BROKEN.items():
        put(desk, content, name)
    locked = desk.inbox / "스마트스토어_주문조회_20261123_0700.xlsx"
    samples.write_search(
        locked, [order for _, order in samples.stories(MORNING)], downloaded_at=MORNING, password="another"
    )
    aged(desk.inbox)
    before = hashes(desk.inbox)

    done = run(desk, book, options())

    expected = {name: code for name, (_, code) in BROKEN.items()} | {locked.name: "password_wrong"}
    assert {problem.place.file: problem.code for problem in done.report.batch.file_problems} == expected
    failed = desk.inbox / "failed/20261123_090000"
    assert names(failed) == sorted([*expected, *(f"{name}.txt" for name in expected)])
    for problem in done.report.batch.file_problems:
        letter = (failed / f"{problem.place.file}.txt").read_text("utf-8-sig")
        assert problem.message.ko in letter
        assert problem.fix.ko in letter
        assert problem.fix.en in letter
    assert names(desk.inbox / "done/20261123_090000") == names(day)
    moved = hashes(desk.inbox)
    assert before - moved == Counter()
    assert actions(done.report)[number("8 취소요청 · 송장 없음 · 미포장")] is Action.APPROVE


@pytest.mark.skipif(sys.platform == "win32", reason="paths end there by another rule, which Wine does not have")
def test_a_name_that_is_too_long_beside_its_letter_stops_the_run_before_anything_is_written(desk, book):
    name = f"{'n' * 250}.xlsx"  # as long as a name may be; that of its letter in failed/ would be longer
    (desk.inbox / name).write_bytes(b"not a workbook")
    aged(desk.inbox)
    before = contents(desk.home)

    with pytest.raises(OSError, match="too long") as refused:
        run(desk, book, options())

    assert contents(desk.home) == before
    path = str(refused.value.filename)
    assert could_not_finish(refused.value).ko == (
        f"경로가 {len(path)}자로 너무 깁니다: {path}. 파일 이름을 짧게 줄이거나 작업 폴더를 더 짧은 곳(예: C:\\가게)으로 옮긴 뒤 다시 "
        "실행하세요. 아무것도 옮기지 않았습니다."
    )
    (desk.inbox / name).rename(desk.inbox / "n.xlsx")
    assert run(desk, book, options()).workbook.exists()


@pytest.mark.parametrize("catch_up", [False, True])
def test_a_run_killed_while_it_tries_a_name_leaves_no_empty_file(empty_desk, book, day, monkeypatch, catch_up):
    shutil.copy(next(day.glob("*반품관리*")), empty_desk.inbox)
    (empty_desk.inbox / "글.xlsx").write_bytes(b"not a workbook")
    aged(empty_desk.inbox)
    inputs = names(empty_desk.inbox)

    def killed(_path):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("processor.intake.filing.disk", SimpleNamespace(**{**vars(disk), "remove": killed}))
        run(empty_desk, book, replace(options(), catch_up=catch_up))
    assert len(names(empty_desk.inbox)) == len(inputs) + 1, "the empty file of the first name"
    run(empty_desk, book, replace(options(), catch_up=catch_up))

    put_away = [path for path in empty_desk.inbox.rglob("*") if path.is_file()]
    assert sorted(path.name for path in put_away) == sorted([*(Path(name).name for name in inputs), "글.xlsx.txt"])
    assert all(path.stat().st_size for path in put_away)


def test_the_word_why_is_not_written_over_an_input(empty_desk, book):
    (empty_desk.inbox / "하루").mkdir()
    put(empty_desk, b"broken", "하루/주문.csv")
    put(empty_desk, b"a note of the seller", "주문.csv.txt")
    before = hashes(empty_desk.inbox)

    run(empty_desk, book, options())

    assert before - hashes(empty_desk.inbox) == Counter()
    assert names(empty_desk.inbox / "failed/20261123_090000") == [
        "주문 (2).csv",
        "주문 (2).csv.txt",
        "주문.csv.txt",
        "주문.csv.txt.txt",
    ]


def test_unfinished_and_hidden_files_are_left_where_they_are(desk, book, day):
    strangers = ["~$lock.xlsx", ".DS_Store", ".숨김.xlsx", "받는중.tmp", "받는중.xlsx.crdownload", ".folder/a.csv"]
    for name in strangers:
        (desk.inbox / name).parent.mkdir(exist_ok=True)
        put(desk, b"not ours", name)

    run(desk, book, options())

    left = [name for name in names(desk.inbox) if not name.startswith("done/")]
    assert left == sorted(strangers)
    assert names(desk.inbox / "done/20261123_090000") == names(day)


def test_strangers_alone_are_nothing_new(empty_desk, book):
    for name in ("~$lock.xlsx", ".DS_Store", "받는중.tmp"):
        put(empty_desk, b"not ours", name)

    assert run(empty_desk, book, options()) == NothingNew(empty_desk.inbox, ())
    assert names(empty_desk.outbox) == []


# ── accidents ────────────────────────────────────────────────────────────────────────────────────


def test_what_a_killed_run_left_half_written_is_cleared_and_nothing_else(desk, book):
    (desk.outbox / ".처리목록_20261122_090000.xlsx.tmp").write_bytes(b"half a workbook")
    (desk.outbox / "처리목록_20261123_090000.xlsx").write_bytes(b"a workbook without its manifest")
    (desk.outbox / "메모.tmp").write_bytes(b"the seller's own")
    (desk.outbox / ".메모.xlsx.tmp").write_bytes(b"the seller's own")

    done = run(desk, book, options())

    assert done.workbook.name == "처리목록_20261123_090000_2.xlsx"
    assert names(desk.outbox) == [
        ".history/20261123_090000_2.json.gz",
        f".history/rules/{book.sha256}.yaml.gz",
        ".메모.xlsx.tmp",
        "ledger.sqlite3",
        "메모.tmp",
        TO_CORRECT,
        "처리목록_20261123_090000.xlsx",
        "처리목록_20261123_090000_2.json",
        "처리목록_20261123_090000_2.xlsx",
    ]
    assert (desk.outbox / "처리목록_20261123_090000.xlsx").read_bytes() == b"a workbook without its manifest"


# ── answers come back ────────────────────────────────────────────────────────────────────────────


def filled(workbook, sheet, product_order_no, answers) -> None:
    """Write into the yellow cells of one order, as the seller does in Excel."""
    book = openpyxl.load_workbook(workbook)
    cells = list(book[sheet].iter_rows())
    header = next({cell.value: cell.column for cell in row} for row in cells if any(c.value == "처리결과" for c in row))
    row = next(row for row in cells if row[header["상품주문번호"] - 1].value == product_order_no)
    for column, answer in answers.items():
        assert row[header[column] - 1].value is None
        row[header[column] - 1].value = answer
    book.save(workbook)


def returned(desk, workbook, *answers) -> None:
    """The seller fills cells (sheet, order, answers) and drops the workbook back, and nothing else."""
    shutil.copy(workbook, desk.inbox)
    for sheet, product_order_no, cells in answers:
        filled(desk.inbox / workbook.name, sheet, product_order_no, cells)
    aged(desk.inbox)


def test_a_filled_workbook_dropped_back_alone_moves_its_orders(handled, book):
    asked, sold_out = number("14 취소요청 · 출고 모름"), number("5 품절 · 동의 모름")
    desk, first = handled.desk, handled
    before = actions(first.report)
    assert (before[asked], before[sold_out]) == (Action.REVIEW, Action.NEGOTIATE)

    returned(
        desk,
        first.workbook,
        ("확인필요", asked, {"출고상태": "미포장"}),
        ("고객협의", sold_out, {"구매자동의": "예"}),
    )
    second = run(desk, book, options(NOON)).report

    assert actions(second) == before | {asked: Action.APPROVE, sold_out: Action.SELLER_CANCEL}
    assert second.replaces == (first.workbook.stem.removeprefix("처리목록_"),)
    assert summary_balances(second)


def test_a_filled_workbook_beside_new_exports_moves_its_orders_and_no_other(handled, book, day):
    asked, sold_out = number("14 취소요청 · 출고 모름"), number("5 품절 · 동의 모름")
    desk, first = handled.desk, handled
    returned(
        desk,
        first.workbook,
        ("확인필요", asked, {"출고상태": "미포장"}),
        ("고객협의", sold_out, {"구매자동의": "예"}),
    )
    samples.demo_desk(desk.inbox, as_of=MORNING, count=60)
    later(desk.inbox)
    aged(desk.inbox)

    second = run(desk, book, options(NOON)).report

    before, after = actions(first.report), actions(second)
    assert {order for order in after if after[order] is not before[order]} == {asked, sold_out}


def later(inbox) -> None:
    """The same downloads once more at a quarter to twelve: other files with the same rows."""
    for path in sorted(inbox.glob("*_20261123_08*.xlsx")):
        path.rename(path.with_name(path.name.replace("_08", "_11")))


def summary_balances(report) -> bool:
    counts = outbox.summary(report)
    return counts["rows_read"] == sum(counts[name] for name in ("decisions", "merged", "lists", "problems"))


def test_what_the_workbook_already_knows_need_not_be_told_again(handled, book):
    """The sold-out list is not dropped in again: the ledger remembers it, and only the consent is new."""
    sold_out = number("5 품절 · 동의 모름")
    desk, first = handled.desk, handled
    sheet = openpyxl.load_workbook(first.workbook)["고객협의"]
    header, *rows = order_values(sheet)
    shown = next(row for row in rows if row[header.index("상품주문번호")] == sold_out)
    assert shown[header.index("실제사유")] == "품절"
    assert shown[header.index("구매자동의")] is None

    returned(desk, first.workbook, ("고객협의", sold_out, {"구매자동의": "예"}))
    second = run(desk, book, options(NOON)).report

    decided = second.rows.set_index(Col.PRODUCT_ORDER_NO)
    verdict = second.verdicts[decided.loc[sold_out, Out.SITUATION]]
    assert (verdict.action, verdict.facts["사유"], verdict.points) == (Action.SELLER_CANCEL, "상품품절", 2)


def edited_by_hand(path, sheet) -> None:
    """What people do to a sheet: sort it, filter it, delete rows they are done with, put columns of their own between."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    top = next(at for at, row in enumerate(rows) if "처리결과" in row)
    header, orders = rows[top], rows[top + 1 :]
    asked = next(row for row in orders if row[header.index("출고상태")] == "미포장")
    others = [row for row in orders if row is not asked]
    kept = [*others[1:][::-1], asked]  # one row deleted, the rest upside down
    for name in list(page.tables):
        del page.tables[name]
    page.delete_rows(top + 1, len(rows))
    for row in [header, *kept]:
        page.append(["내 표시", *row[:5], "전화함", *row[5:]])
    page.cell(top + 1, 1).value, page.cell(top + 1, 7).value = "내 열", "통화"
    page.auto_filter.ref = f"A{top + 1}:AA{top + 1 + len(kept)}"
    page.row_dimensions[top + 2].hidden = True
    book.save(path)


def test_a_sheet_that_the_seller_sorted_filtered_and_added_to_still_answers(handled, book):
    asked = number("14 취소요청 · 출고 모름")
    desk, first = handled.desk, handled
    returned(desk, first.workbook, ("확인필요", asked, {"출고상태": "미포장"}))
    edited_by_hand(desk.inbox / first.workbook.name, "확인필요")
    aged(desk.inbox)

    second = run(desk, book, options(NOON)).report

    assert actions(second) == actions(first.report) | {asked: Action.APPROVE}
    assert second.batch.row_problems == first.report.batch.row_problems
    assert summary_balances(second)


def test_a_number_that_the_seller_turned_into_a_number_is_caught(handled, book):
    """Excel keeps 15 digits: …4658 comes back as …4650, which is another order's number or nobody's."""
    asked = number("14 취소요청 · 출고 모름")
    desk, first = handled.desk, handled
    returned(desk, first.workbook, ("확인필요", asked, {"출고상태": "미포장"}))
    path = desk.inbox / first.workbook.name
    workbook = openpyxl.load_workbook(path)
    cell = next(cell for row in workbook["확인필요"].iter_rows() for cell in row if cell.value == asked)
    cell.value, cell.hyperlink = int(asked) // 10 * 10, None
    workbook.save(path)
    aged(desk.inbox)

    second = run(desk, book, options(NOON)).report

    [problem] = set(second.batch.row_problems) - set(first.report.batch.row_problems)
    assert (problem.code, problem.place.sheet, problem.column) == ("order_no_suspect", "확인필요", "상품주문번호")
    assert actions(second)[asked] is Action.REVIEW


def test_a_note_goes_along_from_workbook_to_workbook_without_phone_numbers(handled, book):
    asked = number("14 취소요청 · 출고 모름")
    desk, first = handled.desk, handled
    memo = "010-0000-0000 통화, demo@example.com"
    returned(desk, first.workbook, ("확인필요", asked, {"출고상태": "포장", "메모": memo}))

    second = run(desk, book, options(NOON))

    sheet = openpyxl.load_workbook(second.workbook)["고객협의"]
    header, *rows = order_values(sheet)
    row = next(row for row in rows if asked in row)
    assert row[header.index("메모")] == "(전화번호) 통화, (이메일)"
    assert b"010-0000-0000" not in (desk.outbox / "ledger.sqlite3").read_bytes()


def test_a_workbook_dropped_back_unfilled_says_nothing(handled, book):
    desk, first = handled.desk, handled
    returned(desk, first.workbook)
    # saved by a spreadsheet program: other bytes, the same cells
    openpyxl.load_workbook(desk.inbox / first.workbook.name).save(desk.inbox / first.workbook.name)
    aged(desk.inbox)

    second = run(desk, book, options(NOON))

    assert second.workbook is None
    assert second.report.says_nothing
    assert summary_balances(second.report)
    assert [path.name for path in desk.outbox.glob("처리목록*.xlsx")] == [first.workbook.name]
    assert names(desk.inbox / "done/20261123_120000") == [first.workbook.name]


# ── the same in, the same out ────────────────────────────────────────────────────────────────────


def test_the_same_files_give_the_same_report_in_any_order(day, book):
    files = [day / name for name in names(day)]
    first = decide(files, book, options())

    for seed in range(2):
        again = decide(random.Random(seed).sample(files, len(files)), book, options())
        assert outbox.grid(again, book, "ko") == outbox.grid(first, book, "ko")
        assert list(outbox.lines(again, "en")) == list(outbox.lines(first, "en"))


def test_run_and_decide_think_the_same(desk, day, book):
    decided = decide([day / name for name in names(day)], book, options())

    assert outbox.grid(run(desk, book, options()).report, book, "ko") == outbox.grid(decided, book, "ko")

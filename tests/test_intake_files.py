"""The inbox as a folder: which files are read, which are left for the next run, and where each is moved afterwards."""

from __future__ import annotations

import hashlib
import os
import time
import unicodedata
from datetime import datetime
from pathlib import PurePosixPath

import pytest

from processor import intake
from processor.model import Batch, InputFile, InputSheet, Kind, Place, Problem, Text
from processor.model.tables import CLAIMS, SOLD_OUT

YESTERDAY = time.time() - 86_400


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(path, content=b"x", changed=YESTERDAY):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (changed, changed))
    return path


def batch_of(files, *, problems=(), used=()):
    return Batch(
        claims=CLAIMS.empty(),
        sold_out=SOLD_OUT.empty(),
        files=tuple(files),
        sheets=tuple(InputSheet(name, "취소관리", Kind.CANCEL) for name in used),
        row_problems=(),
        file_problems=tuple(
            Problem(
                "file_unreadable",
                Place(name),
                Text("못 읽었습니다.", "Not read."),
                Text("다시 받으세요.", "Get it again."),
            )
            for name in problems
        ),
    )


def test_only_files_that_a_seller_put_there_are_found_by_name(inbox):
    for name in ("나.xlsx", "가.csv", "하위/다.xlsx", "하위/done/라.xlsx"):
        put(inbox / name)
    for name in (
        "~$나.xlsx",
        ".gitkeep",
        "마.tmp",
        "바.crdownload",
        "사.part",
        "done/r1/아.xlsx",
        "failed/r1/자.xlsx",
        ".숨김/차.xlsx",
    ):
        put(inbox / name)
    (inbox / "카.xlsx").symlink_to(inbox / "나.xlsx")
    assert [file.name for file in intake.find(inbox)] == ["가.csv", "나.xlsx", "하위/done/라.xlsx", "하위/다.xlsx"]


LITTER = [
    *("desktop.ini", "Desktop.ini", "DESKTOP.INI", "desktop (1).ini", "Thumbs.db", "thumbs.db", "ehthumbs.db"),
    *(".DS_Store", "._취소관리.xlsx", ".localized", "~$취소관리.xlsx", ".~lock.취소관리.xlsx#"),
    *(
        "판매자센터.url",
        "취소관리.xlsx.lnk",
        "취소관리.LNK",
        "판매자센터.webloc",
        "취소.gsheet",
        "안내.gdoc",
        "안내.gslides",
    ),
    *("취소관리.xlsx.crdownload", "취소관리.opdownload", "취소관리.xlsx.partial", "취소관리.xlsx.!ut", "가.aria2"),
    *("취소관리.xlsx.download", "가.TMP", "가.part"),
    *("$RECYCLE.BIN/S-1-5/취소관리.xlsx", "@eaDir/취소관리.xlsx/SYNOFILE_THUMB.xlsx", "lost+found/취소관리.xlsx"),
    *(".Spotlight-V100/Store/취소.xlsx", ".Trash-1000/files/취소.xlsx", "System Volume Information/취소.xlsx"),
    *("하위/@EADIR/취소.xlsx", "취소관리.xlsx.download/취소관리.xlsx", "#recycle/취소.xlsx", "__MACOSX/취소.xlsx"),
]
ICON = pytest.param(
    "Icon\r", marks=pytest.mark.skipif(os.name == "nt", reason="Windows takes no name with a line break")
)
NO_LITTER = [
    *("desktop.xlsx", "Thumbs.csv", "아이콘.xlsx", "url.xlsx", "download.xlsx", "취소.download.xlsx", "part.csv"),
    *("gsheet", "lnk.csv", "@취소.xlsx", "#1 취소.xlsx", "하위 lost+found/취소.xlsx", "취소.url (2).xlsx"),
]


@pytest.mark.parametrize("name", [*LITTER, ICON])
def test_what_systems_and_browsers_leave_behind_is_not_even_seen(inbox, name):
    put(inbox / name)
    assert intake.find(inbox) == []
    assert not intake.anything(inbox)


def test_what_only_looks_like_it_is_found(inbox):
    for name in NO_LITTER:
        put(inbox / name)
    assert sorted(file.name for file in intake.find(inbox)) == sorted(NO_LITTER)


def test_a_file_that_aria2_is_still_writing_is_left(inbox):
    put(inbox / "취소.xlsx")
    put(inbox / "취소.xlsx.aria2")
    assert intake.find(inbox) == []
    (inbox / "취소.xlsx.aria2").unlink()
    assert [file.name for file in intake.find(inbox)] == ["취소.xlsx"]


def test_a_file_is_known_by_its_content_and_its_composed_name(inbox):
    path = put(inbox / unicodedata.normalize("NFD", "취소관리.xlsx"), b"content")
    (file,) = intake.find(inbox)
    assert (file.path, file.name) == (path, "취소관리.xlsx")
    assert file.sha256 == hashlib.sha256(b"content").hexdigest()


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("스마트스토어_취소관리_20260803_0921.xlsx", "2026-08-03 09:21:00"),
        ("처리목록_20260803_092107 (1).xlsx", "2026-08-03 09:21:07"),
        ("상점_20250101_스마트스토어_주문조회_20210301_0715.xlsx", "2021-03-01 07:15:00"),
        ("이상한_20261301_0921.xlsx", "2026-11-21 00:30:00"),
        ("취소.xlsx", "2026-11-21 00:30:00"),
    ],
)
def test_the_time_of_a_download_is_in_its_name_or_else_that_of_the_file_in_korea(inbox, name, taken):
    half_past_midnight_in_korea = 1795188600  # 2026-11-20 15:30 UTC
    path = put(inbox / name, changed=half_past_midnight_in_korea)
    assert intake.input_file(path).taken_at == datetime.fromisoformat(taken)


def test_a_download_that_has_just_begun_is_left_for_the_next_run(inbox):
    put(inbox / "시작.xlsx", b"", changed=time.time())
    put(inbox / "빈.xlsx", b"")
    put(inbox / "방금.xlsx", b"whole", changed=time.time())
    assert [file.name for file in intake.find(inbox)] == ["방금.xlsx", "빈.xlsx"]


def test_used_files_go_to_done_and_unreadable_ones_to_failed_with_a_letter(inbox):
    for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
        put(inbox / name, name.encode())
    files = intake.find(inbox)
    put_away(batch_of(files, problems=["b.xlsx", "c.xlsx"], used=["a.xlsx", "c.xlsx"]), inbox, "r1")
    assert (inbox / "done/r1/a.xlsx").read_bytes() == b"a.xlsx"
    assert (inbox / "done/r1/c.xlsx").read_bytes() == b"c.xlsx"  # one sheet of it could be used
    assert (inbox / "failed/r1/b.xlsx").read_bytes() == b"b.xlsx"
    assert (inbox / "failed/r1/b.xlsx.txt").read_text(encoding="utf-8-sig") == (
        "b.xlsx\n\nb.xlsx\n못 읽었습니다.\n→ 다시 받으세요.\n\nNot read.\n→ Get it again.\n"
    )
    assert intake.find(inbox) == []


def put_away(batch, inbox, run):
    planned = intake.moves(batch, inbox, run)
    intake.make_way(inbox, planned)
    intake.file_away(inbox, planned)


def test_what_was_begun_can_be_finished_later(inbox):
    put(inbox / "a.xlsx", b"a")
    put(inbox / "b.xlsx", b"b")
    planned = intake.moves(batch_of(intake.find(inbox)), inbox, "r1")
    intake.file_away(inbox, planned[:1])  # killed here
    intake.file_away(inbox, planned)
    assert intake.find(inbox) == []
    assert sorted(path.name for path in (inbox / "done/r1").iterdir()) == ["a.xlsx", "b.xlsx"]


def test_inputs_that_are_to_stay_leave_no_folders_behind(inbox):
    put(inbox / "a.xlsx", b"a")
    put(inbox / "b.xlsx", b"b")
    planned = intake.moves(batch_of(intake.find(inbox), problems=["b.xlsx"], used=["a.xlsx"]), inbox, "r1")
    intake.make_way(inbox, planned)
    assert sorted(path.name for path in inbox.iterdir()) == ["a.xlsx", "b.xlsx", "done", "failed"]
    intake.leave(inbox, planned)
    assert sorted(path.name for path in inbox.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_a_file_that_took_the_place_of_one_that_was_read_is_left_to_be_read(inbox):
    put(inbox / "a.xlsx", b"read")
    planned = intake.moves(batch_of(intake.find(inbox)), inbox, "r1")
    put(inbox / "a.xlsx", b"newer")
    intake.file_away(inbox, planned)
    assert [file.name for file in intake.find(inbox)] == ["a.xlsx"]


def test_filing_never_overwrites_and_does_not_mind_a_file_that_is_gone(inbox):
    put(inbox / "a.xlsx", b"new")
    put(inbox / "하위/a.xlsx", b"other")
    put(inbox / "gone.xlsx")
    put(inbox / "done/r1/a.xlsx", b"old")
    planned = intake.moves(batch_of(intake.find(inbox)), inbox, "r1")
    (inbox / "gone.xlsx").unlink()
    intake.file_away(inbox, planned)
    kept = {path.name: path.read_bytes() for path in (inbox / "done/r1").iterdir()}
    assert kept == {"a.xlsx": b"old", "a (2).xlsx": b"new", "a (3).xlsx": b"other"}


def test_of_ten_times_as_many_files_of_one_name_ten_times_as_many_names_are_tried(inbox, monkeypatch):
    """The n-th file of a name is not tried under the names of all before it."""
    tried = []
    with_stem = PurePosixPath.with_stem
    monkeypatch.setattr(PurePosixPath, "with_stem", lambda path, stem: tried.append(stem) or with_stem(path, stem))

    def names_tried(count):
        tried.clear()
        files = [
            InputFile(inbox / str(n) / "취소.csv", f"{n}/취소.csv", "0" * 64, datetime(2026, 11, 23))
            for n in range(count)
        ]
        moved = intake.moves(batch_of(files, used=[file.name for file in files]), inbox, "20261123_090000")
        assert moved[-1].target == f"done/20261123_090000/취소 ({count}).csv"
        assert len({move.target for move in moved}) == count
        return len(tried)

    assert names_tried(200) < 12 * names_tried(20)

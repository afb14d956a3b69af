"""Files are noticed when they have arrived whole, each once, however they come."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest

from processor import intake
from processor.app.arrivals import Waiting, Watched, inputs
from processor.app.desk import Desk
from processor.app.downloads import exports, fetch, not_yet_there

KST = timezone(timedelta(hours=9))
TODAY = date(2026, 11, 30)
AT_NINE = datetime(2026, 11, 30, 9, tzinfo=KST).timestamp()
CANCELS = "스마트스토어_취소관리_20261130_0855.xlsx"


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = Desk(tmp_path / "옷가게")
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir(parents=True)
    desk.rules.write_text("store: {}\n", "utf-8")
    return desk


def names(paths) -> list[str]:
    return sorted(path.name for path in paths)


def test_a_file_is_whole_when_it_has_not_changed_for_three_seconds(desk):
    watched = Watched(partial(inputs, desk))
    (desk.inbox / "a.csv").write_bytes(b"a")

    assert watched.look(10) == ((), (), True)
    (desk.inbox / "a.csv").write_bytes(b"a,b")  # it has grown
    assert watched.look(12) == ((), (), True)
    assert watched.look(14.9) == ((), (), True)
    assert watched.look(15) == ((desk.inbox / "a.csv",), (desk.inbox / "a.csv",), False)
    assert watched.look(16) == ((desk.inbox / "a.csv",), (), False)


def test_a_file_that_is_changed_is_new_once_more_and_one_that_goes_is_forgotten(desk):
    watched = Watched(partial(inputs, desk))
    (desk.inbox / "a.csv").write_bytes(b"a")
    watched.look(0)
    assert names(watched.look(3).new) == ["a.csv"]

    (desk.inbox / "a.csv").write_bytes(b"a,b")
    assert watched.look(4) == ((), (), True)
    assert names(watched.look(7).new) == ["a.csv"]
    (desk.inbox / "a.csv").unlink()
    assert watched.look(8) == ((), (), False)


def test_what_nobody_means_or_a_browser_still_loads_is_passed_over(desk):
    passed_over = ["a.crdownload", "~$b.xlsx", "c.part", ".d.csv", "e.xlsx", "e.xlsx.aria2", "f.lnk", "empty.csv"]
    for name in passed_over:
        (desk.inbox / name).write_bytes(b"" if name.startswith("empty") else b"a")
    for folder in ("done/20261130_090000", "failed/20261130_090000", "폴더"):
        (desk.inbox / folder).mkdir(parents=True)
        (desk.inbox / folder / "in.csv").write_bytes(b"a")
    (desk.inbox / "link.csv").symlink_to(desk.rules)

    watched = Watched(partial(inputs, desk))
    watched.look(0)

    assert watched.look(3).whole == (desk.inbox / "폴더" / "in.csv",)
    (desk.inbox / "empty.csv").unlink()
    assert [file.path for file in intake.find(desk.inbox)] == [desk.inbox / "폴더" / "in.csv"]  # a run sees the same


def test_a_file_that_cannot_be_opened_yet_is_waited_for(desk, monkeypatch):
    watched = Watched(partial(inputs, desk))
    (desk.inbox / "a.csv").write_bytes(b"a")
    held = {desk.inbox / "a.csv"}
    really_open = Path.open

    def opened(path, *mode):
        if path in held:
            raise PermissionError(13, "held", str(path))
        return really_open(path, *mode)

    monkeypatch.setattr(Path, "open", opened)
    watched.look(0)
    assert watched.look(3) == ((), (), False)
    held.clear()
    assert names(watched.look(4).new) == ["a.csv"]


def test_a_folder_that_is_away_for_a_while_costs_nothing(tmp_path):
    folder = tmp_path / "share"
    watched = Watched(folder.iterdir)

    assert watched.look(0) == ((), (), False)
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"a")
    watched.look(1)
    assert names(watched.look(4).new) == ["a.csv"]


SLICES = """
import pathlib, sys
folder = pathlib.Path(sys.argv[1])
for batch in range(20):
    files = [(folder / f"{batch:02}_{each:02}.csv").open("wb") for each in range(50)]
    for piece in range(3):
        input()  # each slice is written when the test asks for it
        for file in files:
            file.write(b"0123456789")
            file.flush()
        print(piece, flush=True)
"""


@pytest.mark.slow
def test_a_thousand_files_in_slices_by_another_process_are_each_seen_once_and_whole(desk):
    watched, at, came = Watched(partial(inputs, desk)), 0.0, []
    command = [sys.executable, "-c", SLICES, str(desk.inbox)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writing:
        for number in range(20 * 3 + 3):
            if number < 20 * 3:
                print(file=writing.stdin, flush=True)
                writing.stdout.readline()
            for _look in range(2):
                came += [(path.name, path.stat().st_size) for path in watched.look(at).new]
                at += 1.45

    assert len(came) == len(set(came)) == 1000
    assert {size for _, size in came} == {30}


def test_the_inbox_is_handled_when_nothing_more_arrives_and_once(desk):
    waiting = Waiting(desk)
    (desk.inbox / "a.csv").write_bytes(b"a")
    assert waiting.due(0) == ()
    (desk.inbox / "b.csv").write_bytes(b"b")
    assert waiting.due(3) == ()  # b has just come
    assert names(waiting.due(6)) == ["a.csv", "b.csv"]
    assert waiting.due(9) == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: desk.rules.write_text("store: {return_fee: 1}\n", "utf-8"),
        lambda desk: (desk.inbox / "~$a.csv").unlink(),
        lambda desk: (desk.outbox / ".lock").unlink(),
        lambda desk: desk.ledger.write_bytes(b"b"),
    ],
    ids=["rules.yaml is mended", "Excel has closed the file", "another run has ended", "the ledger has been written"],
)
def test_a_run_that_was_refused_is_tried_again_when_something_has_changed(desk, change):
    for path in (desk.inbox / "a.csv", desk.inbox / "~$a.csv", desk.outbox / ".lock", desk.ledger):
        path.write_bytes(b"a")
    waiting = Waiting(desk)
    waiting.due(0)
    assert waiting.due(3)
    waiting.in_vain(3)

    assert waiting.due(4) == ()
    change(desk)
    assert waiting.due(5)
    assert waiting.due(6) == ()


def test_a_run_that_was_refused_is_tried_again_after_five_minutes_if_nothing_has_changed(desk):
    (desk.inbox / "a.csv").write_bytes(b"a")
    waiting = Waiting(desk)
    waiting.due(0)
    assert waiting.due(3)
    waiting.in_vain(3)

    assert waiting.due(302) == ()
    assert waiting.due(303)


def put(folder: Path, name: str, day: int = 30, content: bytes = b"a") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    os.utime(folder / name, (AT_NINE + (day - 30) * 86400,) * 2)
    return folder / name


def test_only_todays_exports_are_found_in_the_downloads_folder(tmp_path):
    folder = tmp_path / "다운로드"
    found = [
        CANCELS,
        "스마트스토어_취소관리_20261130_0855 (1).xlsx",
        "옷가게_스마트스토어_전체주문발주발송관리_20261130_0900.xlsx",
        "스토어팜_반품관리_20261130_0900.xls",
        "네이버페이_교환관리_20261130_0900.XLSX",
        "스마트스토어_주문조회_20261130_0900.xlsx".encode().decode(),
    ]
    others = ["가계부.xlsx", "취소관리.xlsx", "스마트스토어_정산내역_20261130_0900.xlsx", f"{CANCELS}.crdownload"]
    others += [f"~${CANCELS}", "스마트스토어_취소관리_20261130.pdf"]
    for name in [*found, *others]:
        put(folder, name)
    put(folder, "스마트스토어_취소관리_20261129_0855.xlsx", day=29)
    put(folder / "안", CANCELS)

    assert names(exports(folder, TODAY)) == sorted(found)


def test_a_name_as_macos_writes_it_is_an_export_too(tmp_path):
    put(tmp_path, unicodedata.normalize("NFD", CANCELS))

    assert len([*exports(tmp_path, TODAY)]) == 1


def test_an_export_is_copied_and_stays_where_it_is(desk, tmp_path):
    export = put(tmp_path / "다운로드", CANCELS, content=b"abc")

    assert fetch(desk, export) == desk.inbox / CANCELS
    assert fetch(desk, export) == desk.inbox / f"{Path(CANCELS).stem}_2.xlsx"

    assert [path.read_bytes() for path in sorted(desk.inbox.iterdir())] == [b"abc", b"abc"]
    assert export.read_bytes() == b"abc"


def test_nothing_is_left_of_a_copy_that_fails(desk, tmp_path):
    export = tmp_path / CANCELS
    export.symlink_to(desk.rules)

    with pytest.raises(OSError):
        fetch(desk, export)

    assert [*desk.inbox.iterdir()] == []


def test_what_the_inbox_has_or_had_today_is_not_offered_again(desk, tmp_path):
    folder = tmp_path / "다운로드"
    lies, handled, other, new = (put(folder, f"스마트스토어_취소관리_20261130_090{n}.xlsx") for n in range(4))
    put(desk.inbox, lies.name)
    for run, name in (("done/20261130_091500", handled), ("done/20261129_091500", new)):
        (desk.inbox / run).mkdir(parents=True)
        put(desk.inbox / run, name.name)
    put(desk.inbox / "done/20261130_091500", other.name, content=b"of another size")

    assert not_yet_there(desk, [lies, handled, other, new], TODAY) == [other, new]

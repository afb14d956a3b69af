"""What lies in the inbox is told without a run; its rows are corrected without Excel, and what is not wanted is taken out."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

import opened
import pytest
from build import HEADERS, TABLE, table, xlsx

from processor import samples
from processor.app import correcting, recognising, setting_aside, teaching
from processor.app.errors import Busy, FileMissing, NotCorrected
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.app.recognising import Recognised
from processor.intake import Passwords
from processor.ledger import alone
from processor.model import Action, Kind, Out
from processor.opener.seal import sealed

pytestmark = pytest.mark.slow

MORNING, LATER = (datetime.fromisoformat(f"2026-11-23T{clock}") for clock in ("09:00", "09:30"))
SECRET = "tiger-9963"
CANCEL, DISPATCH = "취소관리_20261123_0856.xlsx", "발주발송관리_20261123_0855.xlsx"
PLAIN = xlsx(TABLE)
DAMAGED, MENDED, OTHER = "2.02611E+15", "2026112010000003", "2026112010000004"


def drop(desk, name: str, content: bytes) -> None:
    path = desk.inbox / name
    path.write_bytes(content)
    os.utime(path, (path.stat().st_mtime - 3600,) * 2)


def seen(desk, book, *passwords: str, as_of=MORNING) -> Recognised:
    return recognising.recognise(desk, book, as_of, opened.opening(*passwords))


def file(found: Recognised, name: str) -> dict:
    (told,) = (file for file in found.values("ko")["files"] if file["name"] == name)
    return told


def to_correct(found: Recognised) -> list[tuple[str, int, list[str]]]:
    return [
        (group["file"], row["row"], [cell["column"] for cell in row["cells"]])
        for group in found.values("ko")["to_correct"]
        for row in group["rows"]
    ]


def run(desk, book, as_of=LATER) -> Done:
    done = opened.run(desk, book, RunOptions(as_of, Passwords()))
    assert isinstance(done, Done)
    return done


def corrected(desk, book, rows: dict[int, dict[str, str]]) -> Path:
    cells = {("취소관리", row): values for row, values in rows.items()}
    return correcting.correct(desk, book, CANCEL, cells, MORNING, opened.opening(), "ko")


def numbers(done: Done, action: Action) -> list[str]:
    here = [done.report.verdicts[situation].action is action for situation in done.report.rows[Out.SITUATION]]
    return done.report.rows["product_order_no"][here].tolist()


# ── what the files are ──


def test_each_file_is_told_as_a_run_would_read_it(empty_desk, book):
    drop(empty_desk, CANCEL, PLAIN)
    drop(empty_desk, "하나더.xlsx", PLAIN)
    drop(empty_desk, "메모.pdf", b"%PDF-1.4 x")
    drop(empty_desk, "새화면.xlsx", xlsx([["번호", "값"], ["1", "2"]], names=["시트"]))
    (empty_desk.inbox / "링크.xlsx").symlink_to(empty_desk.rules)

    found = seen(empty_desk, book)

    told = file(found, CANCEL)
    assert [(each["screen"], each["rows"], each["taken_at"]) for each in told["sheets"]] == [
        ("취소관리", 1, "2026-11-23T08:56")
    ]
    assert (told["locked"], told["problems"], told["repeats"]) == (False, [], [])
    assert file(found, "하나더.xlsx")["repeats"] == [f"'{CANCEL}' 파일과 똑같아 한 번만 읽었습니다."]
    assert [each["message"] for each in file(found, "메모.pdf")["problems"]] == ["PDF 파일은 읽을 수 없습니다."]
    assert [each["teachable"] for each in file(found, "새화면.xlsx")["problems"]] == [True]
    assert found.values("ko")["passed_over"] == ["링크.xlsx"]
    assert sorted(path.name for path in empty_desk.inbox.iterdir()) == sorted(
        [CANCEL, "하나더.xlsx", "메모.pdf", "새화면.xlsx", "링크.xlsx"]
    )
    assert not empty_desk.ledger.exists(), "nothing is written"


def test_a_file_that_was_handled_says_when(empty_desk, book):
    drop(empty_desk, CANCEL, PLAIN)
    run(empty_desk, book, as_of=MORNING)
    drop(empty_desk, "다시.xlsx", PLAIN)

    (told,) = file(seen(empty_desk, book, as_of=LATER), "다시.xlsx")["repeats"]

    assert told == f"2026-11-23 09:00에 이미 처리한 파일이라 다시 읽지 않았습니다 (그때 이름: {CANCEL})."


def test_columns_that_are_switched_off_are_counted(empty_desk, book):
    headers = ["상품주문번호", "주문번호", "주문상태", "배송방법", "택배사", "송장번호", "발송기한"]
    drop(empty_desk, DISPATCH, xlsx([headers], names=["발주발송관리"]))

    (sheet,) = file(seen(empty_desk, book), DISPATCH)["sheets"]

    assert sheet["switched_off"] == ["발송처리일", "송장출력일"]
    assert "Grid 항목 설정에서 켜고" in sheet["note"]


def test_a_locked_file_asks_for_its_password_and_only_what_opens_it_is_right(empty_desk, book):
    drop(empty_desk, CANCEL, sealed(PLAIN, SECRET))
    drop(empty_desk, "주문조회_20261123_0859.xlsx", sealed(PLAIN, SECRET))

    found = seen(empty_desk, book)
    assert [(each["locked"], each["needed"]) for each in found.values("ko")["files"]] == [(True, False), (True, True)]

    def opens(name: str, password: str) -> bool:
        return recognising.opens(empty_desk, book, name, password, opened.process())

    assert [opens(CANCEL, "wrong"), opens(CANCEL, SECRET), opens("none.xlsx", SECRET)] == [False, True, False]
    assert not any(each["locked"] for each in seen(empty_desk, book, SECRET).values("ko")["files"])


# ── what the day has and lacks ──


def exports(found: Recognised) -> dict[Kind, bool]:
    return {kind: made is not None for kind, made in found.exports.items()}


def test_the_day_lacks_what_no_file_of_it_has_brought_and_says_what_is_not_seen(empty_desk, book, tmp_path):
    nothing = {Kind.DISPATCH: False, Kind.CANCEL: False, Kind.RETURN: False, Kind.EXCHANGE: False}
    found = seen(empty_desk, book)
    assert (exports(found), found.warning) == (nothing, None)

    told = [order for _, order in samples.stories(MORNING)][:3]
    samples.write_dispatch(tmp_path / DISPATCH, told, downloaded_at=MORNING)
    shutil.move(tmp_path / DISPATCH, empty_desk.inbox)
    found = seen(empty_desk, book)
    assert exports(found) == {**nothing, Kind.DISPATCH: True}
    assert found.warning is not None
    assert found.warning.ko == "취소관리가 없습니다. 발송하면 들어온 취소요청이 거절됩니다."
    lacking = {each["screen"]: each["unseen"] for each in found.values("ko")["exports"] if not each["taken_at"]}
    assert lacking["반품관리"] == "없으면 반품 기한을 볼 수 없습니다"

    run(empty_desk, book, as_of=MORNING)
    drop(empty_desk, CANCEL, PLAIN)
    found = seen(empty_desk, book, as_of=LATER)
    assert exports(found) == {**nothing, Kind.DISPATCH: True, Kind.CANCEL: True}, "an earlier run of the day counts"
    assert found.warning is None
    assert exports(seen(empty_desk, book, as_of=LATER.replace(day=24)))[Kind.DISPATCH] is False, "a new day begins anew"


# ── rows to correct ──


@pytest.fixture
def damaged(empty_desk):
    """A good row and two without a number that can be read, the second with an unreadable day too."""
    rows = [table(상품주문번호=DAMAGED)[1], table(상품주문번호=DAMAGED, 취소요청일="어제쯤")[1]]
    drop(empty_desk, CANCEL, xlsx([HEADERS, TABLE[1], *rows]))
    return empty_desk


def test_a_corrected_row_is_decided_as_if_the_correction_copy_had_come_back(damaged, book):
    assert to_correct(seen(damaged, book)) == [
        (CANCEL, 3, ["상품주문번호"]),
        (CANCEL, 4, ["상품주문번호", "취소요청일"]),
    ]

    copy = corrected(
        damaged, book, {3: {"상품주문번호": MENDED}, 4: {"상품주문번호": OTHER, "취소요청일": "2026-11-20 09:05"}}
    )

    assert copy == damaged.inbox / f"수정필요_{CANCEL}"
    assert to_correct(seen(damaged, book)) == []
    done = run(damaged, book)
    assert done.report.batch.problems == []
    assert {MENDED, OTHER} <= set(numbers(done, Action.REVIEW)), "without 발주발송관리 it is asked what has left"
    assert "가람비밀".encode() not in copy_filed(damaged, copy.name).read_bytes()


def copy_filed(desk, name: str) -> Path:
    (place,) = desk.inbox.glob(f"done/*/{name}")
    return place


def test_a_row_that_was_not_corrected_is_not_taken_for_corrected(damaged, book):
    corrected(damaged, book, {3: {"상품주문번호": MENDED}})

    left = {(name, columns[-1]) for name, _, columns in to_correct(seen(damaged, book))}

    assert (CANCEL, "취소요청일") in left
    assert run(damaged, book).report.batch.row_problems


def test_after_the_run_too_a_row_is_corrected_for_the_next_one(damaged, book):
    run(damaged, book, as_of=MORNING)
    (damaged.inbox / "done").rename(damaged.inbox / "aside")
    with pytest.raises(FileMissing):
        corrected(damaged, book, {3: {"상품주문번호": MENDED}})
    (damaged.inbox / "aside").rename(damaged.inbox / "done")

    corrected(damaged, book, {3: {"상품주문번호": MENDED}})

    assert MENDED in run(damaged, book).report.rows["product_order_no"].tolist()


@pytest.mark.parametrize(
    ("row", "value", "said"),
    [
        (3, "123", "3행: '상품주문번호' 칸의 값은 날짜로 시작하는 16자리 숫자가 아닙니다."),
        (2, MENDED, "이 파일에 고칠 줄이 더는 없거나, 파일이 바뀌었습니다."),
    ],
)
def test_what_still_cannot_be_used_is_refused_and_nothing_is_written(damaged, book, row, value, said):
    with pytest.raises(NotCorrected) as refused:
        corrected(damaged, book, {row: {"상품주문번호": value}})

    assert refused.value.message.ko.startswith(said)
    assert [path.name for path in damaged.inbox.iterdir()] == [CANCEL]


def test_a_locked_file_gets_a_locked_copy(damaged, book):
    path = damaged.inbox / CANCEL
    path.write_bytes(sealed(path.read_bytes(), SECRET))
    cells = {("취소관리", 3): {"상품주문번호": MENDED}}

    copy = correcting.correct(damaged, book, CANCEL, cells, MORNING, opened.opening(SECRET), "ko")

    assert copy.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    assert file(seen(damaged, book), copy.name)["locked"]


# ── what is not wanted ──


def test_a_file_that_is_taken_out_lies_beside_a_letter_and_is_not_read(empty_desk, book):
    drop(empty_desk, CANCEL, PLAIN)

    place = setting_aside.set_aside(empty_desk, CANCEL, MORNING)

    assert place == empty_desk.inbox / "failed" / "20261123_090000" / CANCEL
    assert place.read_bytes() == PLAIN
    assert "화면에서 빼신 파일" in place.with_name(f"{CANCEL}.txt").read_text("utf-8-sig")
    assert seen(empty_desk, book).files == ()
    drop(empty_desk, CANCEL, PLAIN)
    assert setting_aside.set_aside(empty_desk, CANCEL, MORNING).name == "취소관리_20261123_0856 (2).xlsx"


@pytest.mark.parametrize(
    "name", ["../rules.yaml", "done/20261123_090000/취소관리.xlsx", "/etc/passwd", "", "없는것.xlsx"]
)
def test_only_what_lies_in_the_inbox_is_taken_out(empty_desk, name):
    drop(empty_desk, CANCEL, PLAIN)
    with pytest.raises(FileMissing):
        setting_aside.set_aside(empty_desk, name, MORNING)
    assert empty_desk.rules.exists()


def test_while_a_run_is_at_work_nothing_is_taken_out(empty_desk):
    drop(empty_desk, CANCEL, PLAIN)
    with alone(empty_desk.outbox), pytest.raises(Busy):
        setting_aside.set_aside(empty_desk, CANCEL, MORNING)


@pytest.mark.parametrize("name", ["../rules.yaml", "/etc/passwd", "..", "", "done/../../rules.yaml"])
def test_a_name_leads_to_no_file_outside_of_the_desk(empty_desk, name, monkeypatch):
    monkeypatch.chdir(empty_desk.home)
    with pytest.raises(FileMissing):
        teaching.file_of(empty_desk, name)
    with pytest.raises(FileMissing):
        teaching.file_of(empty_desk, "rules.yaml")

"""The workbook of the day is written when it is asked for, with the answers that were told since the newest one."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import lists
import opened
import openpyxl
import pytest

from processor import app
from processor.app import Desk
from processor.app.morning import RunOptions
from processor.app.outcomes import Done, NothingNew
from processor.intake import Passwords

pytestmark = pytest.mark.slow

AT, LATER = (datetime.fromisoformat(f"2026-11-23T{clock}") for clock in ("09:00", "09:30"))


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> tuple[Desk, app.Passwords]:
    """The demo desk after its run, and its password."""
    made = app.demo_desk(tmp_path_factory.mktemp("anew") / "desk", AT)
    passwords = app.Passwords([made.password])
    app.run(made.desk, AT, passwords)
    return made.desk, passwords


@pytest.fixture
def desk(begun, tmp_path) -> Desk:
    shutil.copytree(begun[0].home, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def placed(workbook: Path) -> dict[str, str]:
    """Each order of the lists with the name of its list."""
    book = openpyxl.load_workbook(workbook)
    found = {}
    for name in book.sheetnames[1:7]:
        if any(table.startswith("claims_") for table in book[name].tables):
            header, *rows = lists.order_values(book[name])
            found |= {row[header.index("상품주문번호")]: name for row in rows}
    return found


def to_answer(desk: Desk) -> tuple[str, str, str]:
    """An order, what it may be answered about its 출고상태, and the list to which that leads."""
    values = app.today(desk, AT + timedelta(minutes=1)).values("ko")
    return next(
        (order["number"], answer["value"], answer["leads_to_name"])
        for outcome in values["outcomes"]
        for group in outcome["groups"]
        for order in group["orders"]
        for answer in order["answers"]
        if answer["cell"] == "출고상태" and answer["leads_to"] not in (outcome["action"], "none")
    )


def told(desk: Desk, book, number: str, value: str, **options) -> None:
    """An answer is told and handled; on the page no workbook is made of it."""
    (desk.inbox / "답변.csv").write_text(f"상품주문번호,출고상태\n{number},{value}\n", "utf-8-sig")
    opened.run(desk, book, RunOptions(AT + timedelta(minutes=5), Passwords(), **options))


def test_it_holds_the_answers_and_equals_the_list_of_a_run_of_the_same_answers(desk, begun, book, tmp_path):
    passwords, (number, value, leads_to) = begun[1], to_answer(desk)
    before = desk.workbooks
    shutil.copytree(desk.home, tmp_path / "other")
    other = Desk(tmp_path / "other")
    told(desk, book, number, value, listing=False)
    assert desk.workbooks == before

    done = app.list_anew(desk, LATER, passwords)

    assert isinstance(done, Done)
    assert done.workbook == done.newest == next(iter(desk.workbooks.values()))
    told(other, book, number, value)
    assert placed(done.workbook) == placed(next(iter(other.workbooks.values())))
    assert placed(done.workbook)[number] == leads_to

    assert app.replay(desk, done.workbook.stem.removeprefix("처리목록_")).equal
    again = app.list_anew(desk, LATER + timedelta(minutes=1), passwords)
    assert isinstance(again, NothingNew)
    assert again.newest == done.workbook
    assert len(desk.workbooks) == len(before) + 1


def test_what_lies_in_the_inbox_waits_for_a_run(desk, begun, book):
    told(desk, book, *to_answer(desk)[:2], listing=False)
    (desk.inbox / "새파일.csv").write_bytes(b"a,b\n1,2\n")

    assert isinstance(app.list_anew(desk, LATER, begun[1]), Done)

    assert [path.name for path in desk.inbox.iterdir() if path.is_file()] == ["새파일.csv"]


def test_after_a_change_of_the_settings_it_goes_by_them(desk, begun, marks):
    (move,) = app.try_settings(desk, [("packed", "승인")], LATER, marks).values("ko")["moved"]
    number = move["orders"][0]["number"]
    assert placed(next(iter(desk.workbooks.values())))[number] == "고객협의"
    app.change_settings(desk, [("packed", "승인")], marks)

    done = app.list_anew(desk, LATER, begun[1])

    assert isinstance(done, Done)
    assert done.workbook is not None
    assert placed(done.workbook)[number] == "취소승인"
    assert isinstance(app.list_anew(desk, LATER + timedelta(minutes=1), begun[1]), NothingNew)


def test_a_workbook_that_was_deleted_is_written_again(desk, begun):
    for workbook in desk.workbooks.values():
        workbook.unlink()

    done = app.list_anew(desk, LATER, begun[1])

    assert isinstance(done, Done)
    assert done.workbook is not None
    assert placed(done.workbook) == placed(next(iter(begun[0].workbooks.values())))


def test_before_the_first_run_there_is_none(empty_desk):
    done = app.list_anew(empty_desk, AT, app.Passwords([]))

    assert isinstance(done, NothingNew)
    assert (done.newest, empty_desk.workbooks) == (None, {})

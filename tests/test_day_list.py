"""The list of the day as values, and answers that are given there: the same as the workbook and as one that comes back."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import lists
import openpyxl
import pytest

from processor import app, outbox
from processor.app import Desk, errors
from processor.app.outcomes import Done
from processor.model import RULES, Action
from processor.outbox.sheet import Line, Table

pytestmark = pytest.mark.slow

AT = datetime.fromisoformat("2026-11-23T09:00")


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> tuple[Desk, app.Passwords, outbox.Listing]:
    """The demo desk after its run, its password, and its list."""
    made = app.demo_desk(tmp_path_factory.mktemp("today") / "desk", AT)
    passwords = app.Passwords([made.password])
    app.run(made.desk, AT, passwords)
    return made.desk, passwords, app.today(made.desk, AT + timedelta(minutes=1))


@pytest.fixture
def desk(begun, tmp_path) -> Desk:
    shutil.copytree(begun[0].home, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def orders(values: dict, action: str = "") -> list[dict]:
    return [
        order
        for outcome in values["outcomes"]
        if outcome["action"] == action or not action
        for group in outcome["groups"]
        for order in group["orders"]
    ]


def found(desk: Desk, number: str, minutes: int) -> dict | None:
    values = app.today(desk, AT + timedelta(minutes=minutes)).values("ko")
    return next((order for order in orders(values) if order["number"] == number), None)


def test_the_list_has_the_orders_of_the_workbook_in_its_order(begun):
    desk, _, listing = begun
    (workbook,) = desk.outbox.glob("처리목록_*.xlsx")
    book = openpyxl.load_workbook(workbook)
    values = listing.values("ko")
    assert [outcome["name"] for outcome in values["outcomes"]] == book.sheetnames[1 : 1 + len(values["outcomes"])]
    for outcome in values["outcomes"]:
        header, *rows = lists.order_values(book[outcome["name"]])
        numbers = [row[header.index("상품주문번호")] for row in rows]
        letters = [row[header.index("묶음")] for row in rows]
        assert [order["number"] for order in orders(values, outcome["action"])] == numbers
        assert [group["letter"] for group in outcome["groups"] for _ in group["orders"]] == letters


def test_every_order_with_something_to_do_is_listed_once(begun):
    _, _, listing = begun
    values = listing.values("ko")
    decided = [line for line in outbox.lines(listing.report, "ko") if line["type"] == "decision"]
    to_do = sorted((line["product_order_no"], line["action"]) for line in decided if line["action"] != "none")
    listed = sorted(
        (order["number"], outcome["action"])
        for outcome in values["outcomes"]
        for group in outcome["groups"]
        for order in group["orders"]
    )
    assert listed == to_do
    assert values["nothing_to_do"] == len(decided) - len(to_do)


def test_risky_approvals_come_first_and_what_cannot_be_undone_says_so(begun):
    approve = next(each for each in begun[2].values("ko")["outcomes"] if each["action"] == "approve")
    assert approve["irreversible"] is True
    risky = [group["risky"] for group in approve["groups"]]
    assert any(risky)
    assert risky == sorted(risky, reverse=True)


def test_no_personal_data_and_both_languages(begun):
    _, _, listing = begun
    ko, en = listing.values("ko"), listing.values("en")
    assert [each["name"] for each in en["outcomes"]] != [each["name"] for each in ko["outcomes"]]
    assert [order["message"] for order in orders(en)] == [
        order["message"] for order in orders(ko)
    ]  # buyers read Korean
    assert "구매자명" not in str(ko)


def test_each_answer_leads_where_the_list_said_and_can_be_taken_back(begun, desk):
    _, passwords, listing = begun
    order, answer = next(
        (order, answer)
        for order in orders(listing.values("ko"))
        for answer in order["answers"]
        if answer["leads_to"] in ("approve", "seller_cancel", "negotiate") and answer["changes"] and not order["told"]
    )
    number = order["number"]
    done = app.answer(desk, [number], {answer["cell"]: answer["value"]}, AT + timedelta(minutes=2), passwords)
    assert isinstance(done, Done)
    assert done.workbook is None
    after = app.today(desk, AT + timedelta(minutes=3)).values("ko")
    (moved,) = [each for each in orders(after, answer["leads_to"]) if each["number"] == number]
    assert moved["told"] == {answer["cell"]: answer["said"]}
    assert moved["rule"] != order["rule"]

    app.answer(desk, [number], {answer["cell"]: ""}, AT + timedelta(minutes=4), passwords)
    back = found(desk, number, 5)
    assert back is not None
    assert (back["rule"], back["told"]) == (order["rule"], {})


def test_a_group_that_is_done_leaves_the_list_and_comes_back_when_that_is_taken_back(begun, desk):
    _, passwords, listing = begun
    approve = next(each for each in listing.values("ko")["outcomes"] if each["action"] == "approve")
    numbers = [order["number"] for order in approve["groups"][-1]["orders"]]
    app.answer(desk, numbers, {"처리결과": "완료"}, AT + timedelta(minutes=2), passwords)
    assert [found(desk, number, 3) for number in numbers] == [None] * len(numbers)
    assert app.status(desk, AT.date()).waiting.done == len(numbers)

    app.answer(desk, numbers, {"처리결과": ""}, AT + timedelta(minutes=4), passwords)
    assert None not in [found(desk, number, 5) for number in numbers]
    assert app.status(desk, AT.date()).waiting.done == 0


def test_answers_lie_in_done_like_a_workbook_that_came_back(begun, desk):
    _, passwords, listing = begun
    number = orders(listing.values("ko"), "review")[0]["number"]
    app.answer(desk, [number], {"메모": "전화함"}, AT + timedelta(minutes=2), passwords)
    (kept,) = (path for path in (desk.inbox / "done").rglob("*.csv") if "090200" in path.name)
    assert kept.name.startswith("처리목록_20261123_090000_답변_")
    assert kept.read_text("utf-8-sig").splitlines() == ["상품주문번호,처리결과,메모", f"{number},,전화함"]


def test_new_files_in_the_inbox_are_handled_with_a_workbook(begun, desk):
    _, passwords, listing = begun
    number = orders(listing.values("ko"), "review")[0]["number"]
    (desk.inbox / "답변.csv").write_text(f"상품주문번호,메모\n{number},둘\n", "utf-8")
    done = app.answer(desk, [number], {"메모": "하나"}, AT + timedelta(minutes=2), passwords)
    assert isinstance(done, Done)
    assert done.workbook is not None


def test_a_cell_that_does_not_exist_is_refused_and_nothing_is_written(begun, desk):
    before = sorted(Path(desk.home).rglob("*"))
    with pytest.raises(errors.UnknownAnswer) as caught:
        app.answer(desk, ["2026112090001644"], {"조치": "취소승인"}, AT, begun[1])
    assert caught.value.wrong_use
    assert sorted(Path(desk.home).rglob("*")) == before


def test_what_is_done_is_told_with_what_was_to_be_done(begun, desk):
    _, passwords, listing = begun
    assert listing.values("ko")["done"] == []
    (first, second, *_) = orders(listing.values("ko"), "ship")
    app.answer(desk, [first["number"], second["number"]], {"처리결과": "완료"}, AT + timedelta(minutes=2), passwords)
    done = app.today(desk, AT + timedelta(minutes=3)).values("ko")["done"]
    same = ("number", "order_no", "product", "option", "quantity")
    assert done == [
        {**{key: order[key] for key in same}, "action": "ship", "name": "발송"} for order in (first, second)
    ]


def test_the_list_says_how_old_its_files_are(begun):
    desk, _, listing = begun
    files = listing.values("ko")["files"]
    newest = {each["kind"]: (each["at"], each["needed"]) for each in files["exports"]}
    assert newest["cancel"] == ("2026-11-23T08:56", True)
    assert newest["search"] == ("2026-11-23T08:59", False)
    assert newest["decided"] == (None, False)
    assert all(each["of_today"] is (each["at"] is not None) for each in files["exports"])
    assert {key: files[key] for key in ("at", "hours", "of_today", "stale")} == {
        "at": "2026-11-23T08:59",  # 주문조회, which shows cancel requests too
        "hours": 0,
        "of_today": True,
        "stale": False,
    }
    for moment, hours, stale in (("12:58", 3, False), ("12:59", 4, True)):
        at_noon = app.today(desk, datetime.fromisoformat(f"2026-11-23T{moment}")).values("ko")["files"]
        assert (at_noon["hours"], at_noon["of_today"], at_noon["stale"]) == (hours, True, stale)
    tomorrow = app.today(desk, datetime.fromisoformat("2026-11-24T01:00")).values("ko")["files"]
    assert (tomorrow["of_today"], tomorrow["stale"]) == (False, True)


def test_a_list_without_any_file_says_so(empty_desk):
    files = app.today(empty_desk, AT).values("ko")["files"]
    assert (files["at"], files["hours"], files["stale"]) == (None, None, True)


def test_the_groups_say_which_points_they_avert_and_bring_and_add_up_to_the_workbook(begun):
    desk, _, listing = begun
    outcomes = listing.values("ko")["outcomes"]
    (workbook,) = desk.outbox.glob("처리목록_*.xlsx")
    summary = openpyxl.load_workbook(workbook)["요약"]
    header, *rows = [[cell.value for cell in row] for row in summary[summary.tables["to_do"].ref]]
    counted = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    for outcome in outcomes:
        line = counted[outcome["name"]]
        told = [sum(group[key] for group in outcome["groups"]) for key in ("averts", "brings")]
        assert told == [line["지금 하면 피하는 벌점"] or 0, line["하면 붙는 벌점"] or 0]
        for group in outcome["groups"]:
            days = [order["days"] for order in group["orders"] if order["days"] is not None]
            assert group["days"] == min(days, default=None)
    by_reason = {group["reason"]: group for outcome in outcomes for group in outcome["groups"] if group["reason"]}
    assert set(by_reason) == {"상품품절", "구매의사취소"}
    assert (by_reason["상품품절"]["brings"] > 0, by_reason["구매의사취소"]["brings"]) == (True, 0)
    over = outcomes[0]["groups"][0]["orders"][0]  # 발송처리 지연 1점, 4영업일 넘게 미발송 3점
    assert over["penalty"] == 4


def test_answers_that_contradict_each_other_are_told_with_their_times_and_can_be_settled(begun, desk):
    _, passwords, listing = begun
    number = next(
        order["number"]
        for order in orders(listing.values("ko"), "negotiate")
        if "구매자동의" in order["asks"] and not order["told"]
    )
    for name, answer, minute in (("전화", "예", 5), ("톡톡", "아니오", 7)):
        file = desk.inbox / f"{name}.csv"
        file.write_text(f"상품주문번호,구매자동의\n{number},{answer}\n", "utf-8")
        made = datetime.fromisoformat(f"2026-11-23T09:0{minute}+09:00").timestamp()
        os.utime(file, (made, made))
    app.run(desk, AT + timedelta(minutes=10), passwords)

    listed = found(desk, number, 11)
    assert listed is not None
    assert listed["contradictions"] == [
        {
            "cell": "구매자동의",
            "header": "구매자동의",
            "told": [
                {"value": "예", "said": "예", "at": "2026-11-23T09:05"},
                {"value": "아니오", "said": "아니오", "at": "2026-11-23T09:07"},
            ],
        }
    ]
    app.answer(desk, [number], {"구매자동의": "예"}, AT + timedelta(minutes=12), passwords)
    settled = found(desk, number, 13)
    assert settled is not None
    assert (settled["contradictions"], settled["told"]) == ([], {"구매자동의": "예"})


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_points_and_fees_are_told_as_the_sheets_of_the_workbook_have_them(begun, lang):
    _, _, listing = begun
    sheets = {sheet.name: sheet for sheet in outbox.grid(listing.report, listing.book, lang)}
    for told in (listing.points(lang), listing.fees(lang)):
        blocks = [block for block in sheets[told["name"]].blocks if isinstance(block, Line | Table)]
        lines = [block.text for block in blocks if isinstance(block, Line)]
        assert [block["text"] for block in told["blocks"] if block["kind"] == "line"] == lines
        named = {action.text.said(lang): action.value for action in Action}  # a list's name is told as its action
        tables = {
            block.name: [list(row) for row in zip(*block.cells, strict=True)]
            for block in blocks
            if isinstance(block, Table)
        }
        assert {
            block["name"]: [[days(cell) for cell in row] for row in block["rows"]]
            for block in told["blocks"]
            if block["kind"] == "table"
        } == {name: [[days(named.get(cell, cell)) for cell in row] for row in rows] for name, rows in tables.items()}
    rows = {
        row[0]: row[2]
        for row in zip(*next(b for b in sheets[RULES.said(lang)].blocks if isinstance(b, Table)).cells, strict=True)
    }
    assert dict(listing.rules_used) == rows


def days(cell):
    """A cell as JSON has it."""
    return cell.isoformat() if isinstance(cell, date) else cell

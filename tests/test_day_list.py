"""The list of the day as values, and answers that are given there: the same as the workbook and as one that comes back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import permutations
from pathlib import Path

import lists
import openpyxl
import pytest
import trials

from processor import app, ledger, outbox
from processor.app import Desk, errors
from processor.app.outcomes import Done
from processor.model import RULES, Action, Col, Out
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


@pytest.fixture(scope="module")
def kept(marks) -> Iterator[app.Kept]:
    with app.Kept(marks) as kept:
        yield kept


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


def told_alike(values: dict) -> dict:
    return values | {"as_of": ""}


def places(values: dict) -> dict[str, str]:
    """For each order that is listed the action under which it stands."""
    return {
        order["number"]: outcome["action"]
        for outcome in values["outcomes"]
        for order in orders(values, outcome["action"])
    }


def offered(values: dict) -> list[tuple[dict, dict]]:
    """An order and an answer for each kind: the rule, what is told already, and the cell."""
    kinds = {}
    for order in orders(values):
        for answer in order["answers"]:
            if answer["changes"]:
                kinds.setdefault((order["rule"], *order["told"], answer["cell"]), (order, answer))
    return [*kinds.values()]


@pytest.fixture
def minutes() -> Iterator[datetime]:
    """Moments after the run, each a minute after the last."""
    return (AT + timedelta(minutes=each) for each in range(2, 1000))


def test_each_answer_leads_where_the_list_said_and_is_taken_back_as_if_never_told(begun, desk, kept, minutes):
    before = begun[2].values("ko")
    seen = places(before)
    for order, answer in trials.some(offered(before), 6):
        number = order["number"]
        told = app.answer(desk, [number], {answer["cell"]: answer["value"]}, next(minutes), kept)
        assert isinstance(told.done, Done)
        assert told.done.workbook is None
        after = told.listing.values("ko")
        assert places(after).get(number, "none") == answer["leads_to"], (order, answer)
        report = told.listing.report
        at = report.rows[Col.PRODUCT_ORDER_NO].tolist().index(number)
        verdict = report.verdicts[report.rows[Out.SITUATION].tolist()[at]]
        assert sum(event.points for event in verdict.penalties if event.by_action) == answer["brings"], (order, answer)
        assert after == app.today(desk, told.listing.report.as_of, kept).values("ko")

        back = app.take_back(desk, [number], told.name, next(minutes), kept)
        assert told_alike(back.listing.values("ko")) == told_alike(before), (order, answer)
        assert places(back.listing.values("ko")) == seen


def test_the_reason_of_an_own_cancel_comes_back_with_the_true_reason_that_took_its_place(begun, desk, kept, minutes):
    before = begun[2].values("ko")
    order, answer = next(
        (order, answer)
        for order in orders(before)
        for answer in order["answers"]
        if order["rule"] == "C-20" and answer["cell"] == "실제사유" and answer["leads_to"] == "seller_cancel"
    )
    assert order["told"]["판매취소사유"] == "가격 오기재"  # none of the seven
    told = app.answer(desk, [order["number"]], {"실제사유": answer["value"]}, next(minutes), kept)
    (moved,) = [
        each for each in orders(told.listing.values("ko"), "seller_cancel") if each["number"] == order["number"]
    ]
    assert "판매취소사유" not in moved["told"]
    back = app.take_back(desk, [order["number"]], told.name, next(minutes), kept)
    assert told_alike(back.listing.values("ko")) == told_alike(before)


@pytest.mark.parametrize("turn", trials.some([*permutations(range(3))], 3), ids=str)
def test_answers_to_one_order_are_taken_back_in_any_order(begun, desk, kept, minutes, turn):
    before = begun[2].values("ko")
    number = orders(before, "review")[0]["number"]
    given = [{"출고상태": "포장"}, {"출고상태": "집화"}, {"메모": "둘", "처리결과": "보류"}]
    names = [app.answer(desk, [number], cells, next(minutes), kept).name for cells in given]
    stand = [*given]
    for place in turn:
        after = app.take_back(desk, [number], names[place], next(minutes), kept).listing.values("ko")
        stand[place] = {}
        left = {cell: value for cells in stand for cell, value in cells.items()}
        told = next((each["told"] for each in orders(after) if each["number"] == number), None)
        assert told in (None, {cell: value for cell, value in left.items() if cell != "처리결과"})
    assert told_alike(after) == told_alike(before)
    with pytest.raises(errors.NotTold):
        app.take_back(desk, [number], names[0], next(minutes), kept)


def test_an_answer_may_be_told_again_after_it_was_taken_back(begun, desk, kept, minutes):
    order, answer = offered(begun[2].values("ko"))[0]
    cells = {answer["cell"]: answer["value"]}
    first = app.answer(desk, [order["number"]], cells, AT + timedelta(minutes=2), kept)
    app.take_back(desk, [order["number"]], first.name, AT + timedelta(minutes=2), kept)
    again = app.answer(desk, [order["number"]], cells, AT + timedelta(minutes=2), kept)
    assert told_alike(again.listing.values("ko")) == told_alike(first.listing.values("ko"))
    assert len({*(path.name for path in (desk.inbox / "done").rglob("*_2026*.csv"))}) == 3


def test_files_that_take_back_and_answer_lead_to_the_same_list_in_any_order(begun, desk, kept, tmp_path, minutes):
    _, passwords, listing = begun
    order, answer = offered(listing.values("ko"))[0]
    shutil.copytree(desk.home, tmp_path / "other")
    told = app.answer(desk, [order["number"]], {answer["cell"]: answer["value"]}, next(minutes), kept)
    back = app.take_back(desk, [order["number"]], told.name, next(minutes), kept)
    other = Desk(tmp_path / "other")
    for name in (back.name, told.name):
        (path,) = (desk.inbox / "done").rglob(name)
        shutil.copy(path, other.inbox)
        app.run(other, next(minutes), passwords)
    assert told_alike(app.today(other, back.listing.report.as_of).values("ko")) == told_alike(back.listing.values("ko"))


def test_a_group_that_is_done_leaves_the_list_and_comes_back_when_that_is_taken_back(begun, desk, kept, minutes):
    approve = next(each for each in begun[2].values("ko")["outcomes"] if each["action"] == "approve")
    numbers = [order["number"] for order in approve["groups"][-1]["orders"]]
    told = app.answer(desk, numbers, {"처리결과": "완료"}, next(minutes), kept)
    assert {*numbers}.isdisjoint(places(told.listing.values("ko")))
    assert app.status(desk, AT.date()).waiting.done == len(numbers)

    app.take_back(desk, numbers[:1], told.name, next(minutes), kept)
    assert found(desk, numbers[0], 8) is not None
    assert app.status(desk, AT.date()).waiting.done == len(numbers) - 1


def test_answers_lie_in_done_like_a_workbook_that_came_back(begun, desk, kept):
    number = orders(begun[2].values("ko"), "review")[0]["number"]
    told = app.answer(desk, [number], {"메모": "전화함"}, AT + timedelta(minutes=2), kept)
    (kept_file,) = (desk.inbox / "done").rglob(told.name)
    assert told.name == "처리목록_20261123_090000_답변_20261123_090200.csv"
    assert kept_file.read_text("utf-8-sig").splitlines() == [
        "상품주문번호,처리결과,메모,답한 때",
        f"{number},,전화함,20261123_090200",
    ]


def test_what_else_lies_in_the_inbox_waits_for_a_run(begun, desk, kept):
    number = orders(begun[2].values("ko"), "review")[0]["number"]
    (desk.inbox / "답변.csv").write_text(f"상품주문번호,메모\n{number},둘\n", "utf-8")
    app.answer(desk, [number], {"메모": "하나"}, AT + timedelta(minutes=2), kept)
    assert [path.name for path in desk.lying_in_inbox] == ["답변.csv"]


def test_an_answer_that_is_refused_leaves_nothing_behind(begun, desk, kept):
    number = orders(begun[2].values("ko"), "review")[0]["number"]
    with ledger.alone(desk.outbox), pytest.raises(errors.Busy):
        app.answer(desk, [number], {"메모": "하나"}, AT + timedelta(minutes=2), kept)
    with pytest.raises(errors.ClockInDoubt):
        app.answer(desk, [number], {"메모": "하나"}, AT - timedelta(days=1), kept)
    assert desk.lying_in_inbox == []
    assert app.answer(desk, [number], {"메모": "하나"}, AT + timedelta(minutes=2), kept).done.workbook is None


def test_the_list_of_a_moment_ago_is_told_again_until_anything_changes(begun, desk, kept):
    first = app.today(desk, AT + timedelta(minutes=2), kept)
    assert app.today(desk, AT + timedelta(minutes=2, seconds=59), kept) is first
    later = app.today(desk, AT + timedelta(minutes=3), kept)
    assert later.report.as_of == AT + timedelta(minutes=3)
    number = orders(later.values("ko"), "ship")[0]["number"]
    told = app.answer(desk, [number], {"처리결과": "완료"}, AT + timedelta(minutes=3), kept)
    assert app.today(desk, AT + timedelta(minutes=3), kept) is told.listing
    app.answer(desk, [number], {"메모": "하나"}, AT + timedelta(minutes=3))  # by another program
    assert app.today(desk, AT + timedelta(minutes=3), kept) is not told.listing


def test_the_rules_are_read_again_when_their_text_has_changed(desk, kept):
    known = kept.rules(desk)
    assert kept.rules(desk) is known
    desk.rules.write_text(f"{desk.rules.read_text('utf-8')}\n# 메모\n", "utf-8")
    assert kept.rules(desk).text.endswith("# 메모\n")


def test_a_cell_that_does_not_exist_is_refused_and_nothing_is_written(begun, desk):
    before = sorted(Path(desk.home).rglob("*"))
    with pytest.raises(errors.UnknownAnswer) as caught:
        app.answer(desk, ["2026112090001644"], {"조치": "취소승인"}, AT)
    assert caught.value.wrong_use
    assert sorted(Path(desk.home).rglob("*")) == before


def test_what_is_done_is_told_with_what_was_to_be_done(begun, desk):
    listing = begun[2]
    assert listing.values("ko")["done"] == []
    (first, second, *_) = orders(listing.values("ko"), "ship")
    app.answer(desk, [first["number"], second["number"]], {"처리결과": "완료"}, AT + timedelta(minutes=2))
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
    app.answer(desk, [number], {"구매자동의": "예"}, AT + timedelta(minutes=12))
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


def test_an_order_tells_what_it_rests_on_and_what_was_told_of_it_today(begun, desk, kept, minutes):
    number = orders(begun[2].values("ko"), "ship")[0]["number"]
    before = app.order(desk, number, AT + timedelta(minutes=1), kept).values("ko")
    assert (before["number"], before["action"], before["done"], before["told_today"]) == (number, "ship", False, [])
    assert before["seen"][0]["screen"] in {"취소관리", "발주(주문)확인/발송관리", "주문조회"}
    assert [file["at"] for file in before["seen"]] == sorted((file["at"] for file in before["seen"]), reverse=True)

    told = app.answer(desk, [number], {"메모": "전화함"}, next(minutes), kept)
    done = app.answer(desk, [number], {"처리결과": "완료"}, next(minutes), kept)
    after = app.order(desk, number, next(minutes), kept).values("ko")
    assert after["done"] is True
    assert {each["told"]: each["cells"] for each in after["told_today"]} == {
        told.name: [{"column": "memo", "header": "메모", "value": "전화함"}],
        done.name: [{"column": "result", "header": "처리결과", "value": "완료"}],
    }
    for name in (done.name, told.name):
        app.take_back(desk, [number], name, next(minutes), kept)
    assert app.order(desk, number, next(minutes), kept).values("ko") == before
    assert app.order(desk, number, next(minutes)).values("en")["name"] == "Ship"
    with pytest.raises(errors.NotOfToday):
        app.order(desk, "2026112090001645", next(minutes), kept).values("ko")

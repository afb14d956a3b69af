"""What other settings would do to the list of the day is told before they are written, and is then what comes true."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import trials

from processor import app
from processor.app import errors
from processor.app.desk import Desk

pytestmark = pytest.mark.slow

AT = datetime.fromisoformat("2026-11-23T09:00")


@pytest.fixture(scope="module")
def demo(tmp_path_factory, marks: Path) -> Desk:
    """The desk of invented orders after its run; to be copied."""
    demo = app.demo_desk(tmp_path_factory.mktemp("foreseen") / "desk", AT)
    app.run(demo.desk, AT, app.Passwords([demo.password]), marks=marks)
    return demo.desk


@pytest.fixture
def desk(demo: Desk, tmp_path: Path) -> Desk:
    return Desk(Path(shutil.copytree(demo.home, tmp_path / "desk")))


def orders_of(listed: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Each order of a list of the day: its outcome, and all that the list says of it."""
    return {
        order["number"]: (outcome["action"], order)
        for outcome in listed["outcomes"]
        for group in outcome["groups"]
        for order in group["orders"]
    }


EACH_SETTING = (
    ("no_invoice_means", "물어봅니다"),
    ("packed", "바로 승인"),
    ("unknown_handover", "포장 전으로 봅니다"),
    ("free_shipping_on_change_of_mind", "안 받음"),
    ("return_fee", "3,000원"),
    ("outbound_fee", "2,500원"),
    ("free_shipping_over", "5만원"),
    ("today_cutoff", "오후 2시"),
    ("approve_limit", "5건"),
    ("products.NUMBER.return_fee", "5,000원"),
    ("products.NUMBER.상품", "주문제작"),
)


@pytest.fixture(scope="module")
def listed(demo: Desk, marks: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    """The orders of the demo's list."""
    return orders_of(app.today(demo, AT, app.Kept(marks)).values("ko"))


@pytest.mark.parametrize(("name", "value"), trials.some(EACH_SETTING, 5))
def test_what_is_foreseen_comes_true(desk: Desk, marks: Path, listed: Any, name: str, value: str) -> None:
    said = [(name.replace("NUMBER", "8100000003"), value)]
    before = listed
    files = {path: path.read_bytes() for path in desk.home.rglob("*") if path.is_file()}

    tried = app.try_settings(desk, said, AT, marks).values("ko")

    assert {path: path.read_bytes() for path in desk.home.rglob("*") if path.is_file()} == files
    app.change_settings(desk, said, marks)
    after = orders_of(app.today(desk, AT, app.Kept(marks)).values("ko"))
    moves: dict[tuple[str, str], set[str]] = {}
    for number in before.keys() | after.keys():
        was, will = before.get(number, ("none", {}))[0], after.get(number, ("none", {}))[0]
        if was != will:
            moves.setdefault((was, will), set()).add(number)
    assert {
        (each["before"], each["after"]): {order["number"] for order in each["orders"]} for each in tried["moved"]
    } == moves
    stays = {number for number in before.keys() & after.keys() if before[number][0] == after[number][0]}
    differs = {number for number in stays if before[number] != after[number]}
    otherwise = {order["number"] for order in tried["told_otherwise"]}
    assert differs <= otherwise <= stays  # beside what a list says, what the shipping costs
    fees_alone = [each["orders"] for each in tried["aspects"] if each["name"] == "배송비"]
    assert len(otherwise - differs) <= sum(fees_alone)


def test_packed_orders_that_would_be_approved_are_said_and_named(desk: Desk, marks: Path, listed: Any) -> None:
    told = app.try_settings(desk, [("packed", "승인"), ("approve_limit", "300건")], AT, marks).values("ko")

    assert told["said"] == ["포장했지만 택배사가 가져가기 전의 취소요청: 구매자와 이야기 → 바로 승인"]
    (move,) = told["moved"]
    (order,) = move["orders"]
    assert (move["before_name"], move["after_name"]) == ("고객협의", "취소승인")
    assert listed[order["number"]][0] == "negotiate"
    assert order == {key: listed[order["number"]][1][key] for key in ("number", "product", "option")}
    assert told["lines"][0] == "오늘 목록에서 1건이 '고객협의' → '취소승인'으로 바뀝니다."


def test_a_setting_that_no_order_meets_leaves_the_list_as_it_is_and_what_is_risky_is_said(
    tmp_path: Path, marks: Path
) -> None:
    new = app.new_desk(tmp_path / "new")

    told = app.try_settings(new, [("unknown_handover", "포장 전으로 봅니다"), ("name", "옷가게")], AT, marks)

    assert told.values("ko")["lines"] == ["오늘 목록은 그대로입니다."]
    assert told.values("en")["lines"] == ["Today's list stays as it is."]
    assert told.values("ko")["warnings"] == ["이미 나간 상품이 환불될 수 있습니다."]


WRONG = {
    "two that can't be read": (
        {"return_fee": "약 3000", "today_cutoff": "2시", "packed": "협의"},
        {
            "return_fee": "'약 3000' 대신 '3,000원'처럼 적으세요. 그 밖에 쓸 수 있는 말: 무료(0)·모름(null)",
            "today_cutoff": "'2시'만으로는 오전인지 오후인지 알 수 없습니다. '오후 2시'나 '14:00'처럼 적으세요.",
        },
    ),
    "a number out of bounds": ({"approve_limit": "0건"}, {"approve_limit": "'0' 대신 1 이상인 정수를 적으세요."}),
    "a part without the others": (
        {"penalty_now.points": "6점"},
        {"penalty_now.points": "'day' 칸이 빠졌습니다. 적어 주세요."},
    ),
    "a kind of goods that there is not": (
        {"products.7.상품": "없는말", "products.7.return_fee": "3천원"},
        {
            "products.7.상품": "'없는말'은 여기에 쓸 수 없습니다. 쓸 수 있는 말: 일반·주문제작·해외·예약·정기구독·선물·오늘출발"
        },
    ),
}


@pytest.mark.parametrize(("said", "wrong"), WRONG.values(), ids=WRONG)
def test_each_wrong_value_is_said_at_its_setting(
    desk: Desk, marks: Path, said: dict[str, str], wrong: dict[str, str]
) -> None:
    with pytest.raises(errors.WrongValues) as refused:
        app.try_settings(desk, said.items(), AT, marks)

    assert refused.value.details("ko") == {"wrong": wrong}


def test_what_is_wrong_beside_the_settings_is_said_by_its_place(desk: Desk, marks: Path) -> None:
    text = desk.rules.read_text("utf-8")
    desk.rules.write_text(text.replace("  personal: drop", "  personal: 아무렇게나"), "utf-8")

    with pytest.raises(errors.RulesBroken) as refused:
        app.try_settings(desk, [("approve_limit", "0건")], AT, marks)

    assert len(refused.value.complaints) == 2


def test_nothing_is_foreseen_while_the_ledger_cannot_be_read(desk: Desk, marks: Path) -> None:
    desk.ledger.write_bytes(b"no ledger")

    with pytest.raises(errors.LedgerUnusable):
        app.try_settings(desk, [("packed", "승인")], AT, marks)


def test_products_of_the_day_are_found_by_name_with_the_number_of_their_orders(desk: Desk, marks: Path) -> None:
    found = app.ordered(desk, AT, marks)

    rows = app.today(desk, AT, app.Kept(marks)).report.rows
    assert sum(each.orders for each in found) == len(rows) == 360
    assert [each.orders for each in found] == sorted((each.orders for each in found), reverse=True)
    first = rows[rows["product_no"] == found[0].number]
    assert (found[0].name, found[0].orders) == (first["product_name"].iloc[0], len(first))

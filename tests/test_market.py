"""Everything that Naver defines stands in one room: the shape of order numbers, the names of downloads, addresses."""

from __future__ import annotations

import ast
import re
from datetime import datetime
from pathlib import Path

import pytest

from processor.market import downloads, notices, order_numbers, seller_center
from processor.model import Kind

ROOMS = Path(__file__).parent.parent / "processor"
ELSEWHERE = [path for path in sorted(ROOMS.rglob("*.py")) if path.parent.name != "market"]


# ── order numbers ──


@pytest.mark.parametrize(
    ("written", "whole", "all_digits", "like_one"),
    [
        ("2026112010000011", True, True, True),
        ("2026022910000011", False, True, True),  # 2026 has no 29 February
        ("1999112010000011", False, True, True),  # no order is that old
        ("202611201000001", False, False, True),
        ("20261120100000111", False, False, True),
        (" '2026112010000011", False, False, True),
        ("2026112010000011.0", False, False, True),
        ("2.02611E+15", False, False, True),
        ("합계", False, False, False),
        ("123456789", False, False, False),
        ("", False, False, False),
    ],
)
def test_the_shape_of_an_order_number(written: str, whole: bool, all_digits: bool, like_one: bool) -> None:
    assert order_numbers.is_order_no(written) == whole
    assert order_numbers.has_all_digits(written) == all_digits
    assert order_numbers.is_like_one(written) == like_one


def test_a_number_begins_with_its_day() -> None:
    day = order_numbers.day_in(datetime(2026, 11, 20, 23, 59))

    assert day == "20261120" == "2026112010000011"[order_numbers.DAY]
    assert len("2026112010000011"[order_numbers.KEPT]) == 15
    assert order_numbers.may_be_rounded("2026112010000010")
    assert not order_numbers.may_be_rounded("2026112010000011")


# ── names of downloads ──


@pytest.mark.parametrize(
    ("path", "of_the_path", "of_the_file"),
    [
        ("스마트스토어_취소관리_20260803_0921.xlsx", "2026-08-03 09:21", "2026-08-03 09:21"),
        ("스마트스토어_취소관리_20260803_0921 (1).xlsx", "2026-08-03 09:21", "2026-08-03 09:21"),
        ("처리목록_20260803_092145.xlsx", "2026-08-03 09:21:45", "2026-08-03 09:21:45"),
        ("_20260801_0900/a_20260803_0921.xlsx", "2026-08-03 09:21", "2026-08-03 09:21"),
        ("받은것_20260801_0900/주문.xlsx", "2026-08-01 09:00", None),
        ("스마트스토어_취소관리_20261303_0921.xlsx", None, None),  # there is no 13th month
        ("20260803_0921.xlsx", None, None),
    ],
)
def test_the_clock_in_a_name(path: str, of_the_path: str | None, of_the_file: str | None) -> None:
    def moment(told: str | None) -> datetime | None:
        return None if told is None else datetime.fromisoformat(told)

    assert downloads.taken_at(path) == moment(of_the_path)
    assert downloads.named_moment(path) == moment(of_the_file)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("취소 2026-08-03.xlsx", "2026-08-03"),
        ("취소 2026년 08월 03일.xlsx", "2026-08-03"),
        ("취소 20260801~20260803.xlsx", "2026-08-03"),
        ("취소 20260832.xlsx", None),
        ("취소.xlsx", None),
    ],
)
def test_a_day_in_the_sellers_own_name_ends_the_time_of_its_content(name: str, day: str | None) -> None:
    assert downloads.not_later_than(name) == (None if day is None else datetime.fromisoformat(f"{day} 23:59"))


def test_a_name_that_is_made_is_read_back() -> None:
    at = datetime(2026, 8, 3, 9, 21)
    name = downloads.file_name(f"{downloads.ALL_ORDERS}발주발송관리", at)

    assert name == "스마트스토어_전체주문발주발송관리_20260803_0921.xlsx"
    assert downloads.named_moment(name) == at
    assert not downloads.is_selection(name)
    assert downloads.is_selection("스마트스토어_선택주문발주발송관리_20210602_1859.xlsx")


# ── notices ──


@pytest.mark.parametrize(
    ("cell", "header", "notice"),
    [
        ("상품주문번호", True, False),
        ("자동구매확정예정일 (구매확정연장 설정일 포함, 30자)", True, False),
        ("자동구매확정예정일 (구매확정연장 설정일 포함, 31자가)", False, False),
        ("상품\n주문번호", False, False),
        ("◈ 각 항목 입력 방법", False, True),
        ("※ 상품주문번호", False, False),
    ],
)
def test_what_may_be_a_header(cell: str, header: bool, notice: bool) -> None:
    assert notices.may_be_header(cell) == header
    assert notices.begins_a_notice(cell) == notice


# ── and nowhere else ──

WORDS = re.compile(r"전체주문|선택주문|스마트스토어_|smartstore\.naver\.com|\\d\{1[46]\}|2\\?0\\d\{6\}")


def of_an_id(node: ast.AST) -> str:
    """What a piece of code knows of the shape of order numbers; "" for all other pieces."""
    match node:
        case ast.Compare() if any(isinstance(it, ast.Constant) and it.value == 16 for it in node.comparators):
            return ast.unparse(node)
        case ast.Subscript(value=value, slice=ast.Slice(lower=None, upper=ast.Constant(value=8 | 15))) if (
            "sha256" not in ast.unparse(value)  # the beginning of a hash is shown as its name
        ):
            return ast.unparse(node)
        case ast.Constant(value=str() as text) if WORDS.search(text):
            return text
        case _:
            return ""


def docstrings(tree: ast.AST) -> set[int]:
    """Texts that only people read: they may give examples."""
    return {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def test_no_other_room_knows_naver() -> None:
    found = []
    for path in ELSEWHERE:
        tree = ast.parse(path.read_text("utf-8"))
        said = docstrings(tree)
        known = [it for node in ast.walk(tree) if id(node) not in said and (it := of_an_id(node))]
        found += [f"{path.relative_to(ROOMS).as_posix()}: {it}" for it in known]

    assert found == []


def test_a_screen_has_its_name_from_the_kinds_of_exports() -> None:
    """Sentences speak of screens; but a text that is a name and no sentence stands in the entries of `Kind` alone."""
    screens = [kind.screen for kind in Kind if kind.screen]
    found = []
    for path in sorted(ROOMS.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        said = docstrings(tree)
        texts = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
        }
        named = {text for text in texts if not re.search(r"\s", text) and any(screen in text for screen in screens)}
        found += [(path.relative_to(ROOMS).as_posix(), text) for text in sorted(named)]

    assert found == [("model/kinds.py", screen) for screen in sorted(screens)]


def test_what_is_looked_for_elsewhere_is_found_here() -> None:
    """The check above would see these facts if they stood in another room."""
    found = " ".join(
        of_an_id(node)
        for module in (downloads, order_numbers, seller_center)
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8")))
    )

    assert all(fact in found for fact in ("전체주문", "선택주문", "sell.smartstore.naver.com", r"20\d{14}"))

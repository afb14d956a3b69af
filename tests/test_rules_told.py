"""`processor rules`: what is in force, as sentences, and what a desk has otherwise than the default."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from processor import app, rulebook
from processor.app.telling_changes import DeskChanges
from processor.app.telling_rules import InForce
from processor.model.columns import WIDTH, width
from processor.outbox.clauses import when
from processor.outbox.phrases import PHRASES
from processor.outbox.rule_sentences import details, sentence
from processor.rulebook import Rulebook, default
from processor.rulebook.cells import cell
from processor.rulebook.owners import Owner, owners, row_changes, tables

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 30)
VERSION = default.newest()["version"]
BASE = f"based_on: {VERSION}\n"
OWN = (
    "{id: M-01, before: C-37, when: {요청: 구매자취소, 출고: 미포장, 상품: 예약}, 조치: 고객협의, "
    "이유: 예약 상품은 먼저 물어봅니다, 출처: [판단]}"
)
SHOWN = "{name: 예약 상품의 취소, given: {요청: 구매자취소, 주문상태: 발송대기, 송장: 없음, 출고: 미포장, 상품: 예약}, expect: M-01}"
EDITED = (
    "{id: C-84, when: {요청: 판매자취소, 사유: 상품품절, 송장: 출력}, 조치: 확인필요, 이유: 직접 봅니다, 출처: [판단]}"
)
DESK = f"""{BASE}store: {{return_fee: 2500}}
exports: {{columns: {{order_no: [새 주문번호]}}}}
calendar: {{store_closed: [2026-12-31], dispatch_days: {{일반: {{2026-01-01: 2}}}}}}
decisions:
  rows:
  - {OWN}
  - {EDITED}
  - {{id: C-86, off: true}}
  examples:
  - {SHOWN}
"""


def row_of(book: Rulebook, rule: str):
    return next(row for rows in tables(book).values() for row in rows if row.id == rule)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "rules.yaml"
    path.write_text(DESK, "utf-8")
    return path


@pytest.fixture(scope="module")
def whole(desk) -> InForce:
    return app.in_force(desk, DAY)


@pytest.fixture(scope="module")
def changed(desk) -> DeskChanges:
    return app.desk_changes(desk, DAY)


# ── a row is a sentence ──


@pytest.mark.parametrize(
    ("rule", "ko", "en"),
    [
        (
            "C-37",
            "구매자가 취소를 요청했고, 새 주문이거나 발송을 기다리는 주문이고, 송장이 없거나 송장이 있는지 모르고, 포장 전이면 → 취소승인",
            "if the buyer asks to cancel, and it is a new order or it awaits dispatch, and there is no invoice or nobody knows "
            "whether there is an invoice, and it is not packed → Approve cancel",
        ),
        ("C-99", "위의 어느 줄에도 맞지 않으면 → 확인필요", "if no row above fits → Review"),
        (
            "F-02",
            "조치가 발송이고, 교환이 진행 중이고, 판매자 책임이면 → 판매자가 보내는 배송비 + 반품 배송비를 냄",
            "if action is Ship, and an exchange is under way, and it is the seller's fault → the seller pays outbound shipping + "
            "return shipping",
        ),
        ("F-05", "조치가 발송이면 → 새로 낼 배송비가 없음", "if action is Ship → no shipping to pay"),
        (
            "P-13",
            "문제송장으로 등록됐고, 배송 중이거나 배송이 끝났으면 → 벌점 3점",
            "if the invoice is registered as wrong, and it is on its way or it is delivered → 3 points",
        ),
        (
            "X-02",
            "입금 전이고, 송장만 뽑았거나 발송처리했으면 → 있을 수 없는 상황",
            "if it is not paid yet, and the invoice is only printed or it is dispatched → can't be",
        ),
    ],
)  # fmt: skip
def test_a_row_is_a_sentence(book, rule, ko, en):
    assert sentence(row_of(book, rule), book, DAY) == (ko, en)


@pytest.mark.parametrize(
    ("word", "written", "said"),
    [
        ("발송기한", "-1 이하", "발송기한이 지났으면"),
        ("발송기한", "-5 이하", "발송기한이 5영업일 이상 지났으면"),
        ("발송기한", "-4~-1", "발송기한이 1~4영업일 지났으면"),
        ("발송기한", 0, "발송기한이 오늘이면"),
        ("발송기한", "0 이상", "발송기한이 아직 지나지 않았으면"),
        ("발송기한", "0~1", "발송기한까지 0~1영업일 남았으면"),
        ("발송기한", "2 이상", "발송기한까지 2영업일 이상 남았으면"),
        ("발송기한", ["-1 이하", "0 이상"], "발송기한을 알면"),
        ("발송기한", "모름", "발송기한을 모르면"),
        ("수거경과", "4 이상", "수거가 끝난 지 4영업일 이상 됐으면"),
        ("수거경과", 3, "수거가 끝난 지 3영업일 됐으면"),
        ("취소경과", ["-1 이하", "0 이상"], "취소가 끝난 날을 알면"),
        ("송장경과", "모름", "언제 발송처리했는지 모르면"),
        ("판매방식", ["일반", "선물", "정기구독", "모름"], "판매방식이 N판매자가 아니면"),
        ("주문상태", ["신규", "발송대기", "배송중", "배송완료"], "주문상태가 신규·발송대기·배송중·배송완료 가운데 하나이면"),
        ("사유", ["상품품절", "모름"], "사유가 상품품절이거나 사유를 모르면"),
    ],
)  # fmt: skip
def test_a_condition_is_said_as_one_would_say_it(book, word, written, said):
    assert when({word: cell(written, book.words[word])}, book.words).ko == said


def test_each_value_that_a_condition_may_name_has_its_own_words(book):
    """But for reasons and actions, which are said by their names."""
    said_by_name = {"사유", "실제사유", "조치"}
    assert {name: set(phrases) for name, phrases in PHRASES.items() if name not in said_by_name} == {
        name: set(word.possible) for name, word in book.words.items() if name not in said_by_name and word.possible
    }


def test_what_else_a_row_says_stands_below_it(book):
    told = {name.ko: value.ko for name, value in details(row_of(book, "P-02"), book)}
    assert told["붙는 날"] == "발송기한이 지나면 5영업일째 새벽 (다른 자료로는 4영업일)"
    assert told["피하려면"].startswith("발송처리하거나 발송지연 처리")
    assert "네이버 안전거래 가이드 「판매관리 프로그램」 (공식 문서)" in told["출처"]


# ── what is in force ──


def test_every_row_is_told_once_and_its_owner_with_it(whole, book):
    told = whole.values("ko")
    theirs = [row.id for rows in tables(book).values() for row in rows]
    assert sorted(row["id"] for row in told["rows"]) == sorted({*theirs, "M-01"} - {"C-86"})
    assert {row["id"]: row["owner"] for row in told["rows"] if row["owner"] != "default"} == {
        "M-01": "own",
        "C-84": "changed",
    }


def test_the_whole_is_readable_on_a_terminal(whole):
    for lang in ("ko", "en"):
        lines = [*whole.lines(lang)]
        assert [line for line in lines if width(line) > WIDTH and len(line.split()) > 1] == []
    assert "  M-01 [내 줄] 구매자가 취소를 요청했고, 포장 전이고, 예약 상품이면 → 고객협의" in whole.lines("ko")


def test_a_single_row_is_told_with_its_whole_message(whole):
    """C-33 asks to stop the parcel by the message 출고준비."""
    lines = [*replace(whole, only=("C-33",)).lines("ko")]
    assert [line.split()[0] for line in lines if line.startswith("  C-")] == ["C-33"]
    assert any(line.strip().startswith("출고준비: ") for line in lines)


def test_a_section_is_told_alone(whole):
    told = [line for line in replace(whole, only=("calendar",)).lines("ko") if line.startswith("■")]
    assert told == ["■ 날과 기한"]
    assert "messages" not in replace(whole, only=("calendar",)).values("ko")


def test_what_is_not_there_is_refused_with_the_nearest(desk):
    with pytest.raises(app.errors.WrongUse) as caught:
        app.in_force(desk, DAY, ("C-377",))
    assert caught.value.message.ko == "'C-377'이라는 줄이나 부분은 없습니다. 'C-77'을 쓰려던 것인가요?"


def test_points_are_those_of_the_day(tmp_path):
    path = tmp_path / "rules.yaml"
    row = "{id: P-13, event: false_invoice, when: {문제송장: 예, 주문상태: [배송중, 배송완료]}, 점수: {2021-03-01: 3, 2027-07-01: 5}, 기한: 문제송장, 부과: 1, 피하기: {ko: 지금 넣기}, 이유: 허위 송장, 출처: [판매관리]}"
    path.write_text(f"{BASE}penalties: {{rows: [{row}]}}\n", "utf-8")
    book = app.rules(path)
    assert sentence(row_of(book, "P-13"), book, DAY).ko.endswith("→ 벌점 3점, 2027-07-01부터 5점")
    assert sentence(row_of(book, "P-13"), book, date(2027, 7, 1)).ko.endswith("→ 벌점 5점")


# ── what a desk has otherwise ──


def test_each_change_stands_beside_the_default(changed):
    assert [(label.ko, each.name, each.before.ko, each.after.ko) for label, each in changed.settings] == [
        ("반품 배송비 (편도)", "store.return_fee", "모름", "2,500원")
    ]
    assert {each.name: (each.before.ko, each.after.ko) for each in changed.entries} == {
        "exports.columns.order_no": ("[주문번호]", "[주문번호, 새 주문번호]"),
        "calendar.store_closed": ("[]", "[2026-12-31]"),
        "calendar.dispatch_days.일반": ("{2020-01-01: 3}", "{2026-01-01: 2}"),
    }
    rows = {row["id"]: row for row in changed.values("ko")["rows"]}
    assert {rule: (row["change"], row["stands_before"]) for rule, row in rows.items()} == {
        "C-86": ("off", None),
        "M-01": ("own", "C-37"),
        "C-84": ("changed", None),
    }
    assert (rows["C-84"]["default"]["says"]["조치"], rows["C-84"]["desk"]["says"]["조치"]) == ("고객협의", "확인필요")
    assert rows["C-86"]["desk"] is None
    assert rows["M-01"]["default"] is None


def test_situations_that_are_answered_otherwise_are_told_by_their_plainest_example(changed):
    lines = "\n".join(changed.lines("ko"))
    assert (
        "C-37 취소승인 → M-01 고객협의\n      예: 새 주문이고, 구매자가 취소를 요청했고, 포장 전이고, 예약 상품이면"
        in lines
    )
    assert "C-84 고객협의 → C-84 확인필요" in lines
    assert "C-86 취소승인 → C-38 취소승인\n" in lines  # without C-86 nothing warns of the reason 상품품절
    assert "다른 것: flags sold_out_reason → 없음" in lines


def test_all_of_it_fits_a_terminal_and_json(changed, whole):
    for lang in ("ko", "en"):
        assert [line for line in changed.lines(lang) if width(line) > WIDTH and len(line.split()) > 1] == []
        assert json.loads(json.dumps(changed.values(lang)))["type"] == "rule_changes"
        assert json.loads(json.dumps(whole.values(lang)))["type"] == "rules"


def test_the_keys_for_programs_are_a_contract(changed, whole):
    assert [*whole.values("ko")] == [
        "type", "version", "based_on", "default", "sha256", "as_of", "rows", "store", "exports", "reasons",
        "open_deadlines", "delay_interest", "penalties", "calendar", "messages", "sources",
    ]  # fmt: skip
    assert [*whole.values("ko")["rows"][0]] == [
        "table", "owner", "id", "in_force", "when", "says", "sentence", "details", "why", "sources", "from", "until",
        "review_by",
    ]  # fmt: skip
    assert [*changed.values("ko")] == [
        "type", "version", "based_on", "default", "sha256", "as_of", "settings", "entries", "rows", "examples", "situations",
        "unfinished",
    ]  # fmt: skip
    assert [*changed.values("ko")["rows"][0]] == ["table", "id", "change", "moved", "stands_before", "default", "desk"]


@pytest.mark.parametrize("text", [BASE, rulebook.starting_rules(), default.default_text()])
def test_a_desk_that_changes_nothing_says_so_in_one_line(tmp_path, text):
    path = tmp_path / "rules.yaml"
    path.write_text(text, "utf-8")
    assert len([*app.desk_changes(path, DAY).lines("ko")]) == 1


def test_a_complete_file_is_compared_with_the_newest_default(edited):
    path = edited(
        "when: {요청: 판매자취소, 사유: 상품품절, 송장: 출력}", "when: {요청: 판매자취소, 사유: 상품품절, 송장: [출력]}"
    )
    assert app.desk_changes(path, DAY).none  # another way to write the same
    path = edited("  packed: negotiate", "  packed: approve")
    told = app.desk_changes(path, DAY)
    assert [(each.before.ko, each.after.ko) for _, each in told.settings] == [("구매자와 이야기", "바로 승인")]
    assert "가장 새 기본 규칙" in next(told.lines("ko"))


def test_a_row_that_is_only_moved_is_told_with_its_place(book):
    rows = [*book.decisions.rows]
    at = next(place for place, row in enumerate(rows) if row.id == "C-56")
    rows.insert(at - 3, rows.pop(at))
    other = replace(book, decisions=replace(book.decisions, rows=tuple(rows)))
    (change,) = row_changes(other, book)
    assert (change.rule, change.moved, change.stands_before) == ("C-56", True, book.decisions.rows[at - 3].id)
    assert set(owners(other, book).values()) == {Owner.DEFAULT}


# ── the command ──


def test_the_command_tells_rules_and_changes(typed, desk):
    home = ["--home", desk.parent]
    assert typed("rules", "M-01", "--json", *home).lines[0]["rows"][0]["owner"] == "own"
    assert "this desk" in typed("rules", "--changes", *home, "--lang", "en").out
    refused = typed("rules", "M-01", "--changes", *home)
    assert (refused.code, refused.err.splitlines()[0]) == (
        2,
        "--changes는 바꾼 것을 모두 보여 줍니다. 줄 번호는 빼세요.",
    )


def test_a_face_is_told_every_row_once_in_its_section_and_what_stands_beside_it(whole):
    for lang in ("ko", "en"):
        told, values = whole.told(lang), whole.values(lang)
        of_tables = [row for section in told["sections"] for row in section["rows"]]
        assert {row["id"]: row["sentence"] for row in of_tables} == {
            row["id"]: row["sentence"] for row in values["rows"]
        }
        assert [row["id"] for row in of_tables if row["owner"] != "default"] == [
            row["id"] for row in values["rows"] if row["owner"] != "default"
        ]
        lines = [line for section in told["sections"] for line in (section["heading"], *section["beside"])]
        printed = "".join("".join(whole.lines(lang)).split())
        assert not [line for line in lines if "".join(line.split()) not in printed]

"""Rules with two owners: what a desk's rules.yaml changes is laid over the default rules, and nothing else is changed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import lzma
from functools import cache
from pathlib import Path

import pytest

from processor import judge, rulebook
from processor.rulebook import Rulebook, RulesError, default
from processor.rulebook.load import NAMES, loaded

pytestmark = pytest.mark.slow  # most read and prove rules of their own

BASE = f"based_on: {default.newest()['version']}\n"
OWN = "when: {요청: 구매자취소, 출고: 미포장, 상품: 예약}, 조치: 고객협의, 이유: 예약 상품은 먼저 물어봅니다, 출처: [판단]"
SHOWN = "  examples:\n  - {name: 예약의 취소, given: {요청: 구매자취소, 주문상태: 발송대기, 송장: 없음, 출고: 미포장, 상품: 예약}, expect: M-01}\n"


@cache
def read(text: str) -> Rulebook:
    return rulebook.read_text(text, "rules.yaml", judge.WORDS)


@cache
def laid(text: str) -> Rulebook:
    """The same without the proof, for tests of what stands where."""
    return rulebook.read_text(text, "rules.yaml", judge.WORDS, [hashlib.sha256(text.encode()).hexdigest()])


def complaints(text: str) -> list[str]:
    with pytest.raises(RulesError) as caught:
        read(text)
    return [f"{each.line}:{each.column}: {each.message.ko}" for each in caught.value.complaints]


def ids(book: Rulebook) -> list[str]:
    return [row.id for row in book.decisions.rows]


def tables(book: Rulebook) -> list[object]:
    """All rows and examples, but not the lines on which they stand."""
    rows = [*book.impossible, *book.decisions.rows, *book.fees.rows, *book.penalties.table.rows]
    examples = [*book.decisions.examples, *book.fees.examples, *book.penalties.table.examples]
    return [
        *(dataclasses.replace(row, line=0) for row in rows),
        *(dataclasses.replace(one, line=0) for one in examples),
    ]


def test_a_desk_that_changes_nothing_has_the_default():
    mine, theirs = laid(BASE), laid(default.default_text())
    assert tables(mine) == tables(theirs)
    assert (mine.store, mine.exports, mine.reasons) == (theirs.store, theirs.exports, theirs.reasons)
    assert (mine.calendar, mine.messages, mine.sources) == (theirs.calendar, theirs.messages, theirs.sources)


def test_settings_replace_one_by_one():
    store = laid(f"{BASE}store: {{packed: approve, return_fee: 2500}}\n").store
    assert (store.packed, store.return_fee, store.unknown_handover) == ("approve", 2500, "review")


def test_a_row_with_a_default_rows_id_stands_in_its_place():
    row = "{id: C-84, when: {요청: 판매자취소, 사유: 상품품절, 송장: 출력}, 조치: 확인필요, 이유: 직접 봅니다, 출처: [판단]}"
    book = laid(f"{BASE}decisions:\n  rows:\n  - {row}\n")
    assert ids(book) == ids(laid(BASE))
    changed = next(row for row in book.decisions.rows if row.id == "C-84")
    assert (changed.action.ko, changed.why.ko) == ("확인필요", "직접 봅니다")


def test_a_row_that_is_off_is_gone_and_its_examples_with_it():
    book = read(f"{BASE}decisions:\n  rows:\n  - {{id: C-84, off: true}}\n")
    assert ids(book) == [rule for rule in ids(laid(BASE)) if rule != "C-84"]
    assert all("C-84" not in example.expect for example in book.decisions.examples)


@pytest.mark.parametrize(("move", "step"), [("before", -1), ("after", 1)])
def test_an_own_row_stands_where_it_says(move, step):
    book = laid(f"{BASE}decisions:\n  rows:\n  - {{id: M-01, {move}: C-36, {OWN}}}\n{SHOWN}")
    assert ids(book).index("M-01") == ids(book).index("C-36") + step
    assert [rule for rule in ids(book) if rule != "M-01"] == ids(laid(BASE))


def test_own_rows_at_one_place_keep_their_order():
    rows = "".join(
        f"  - {{id: M-0{at}, {move}: C-36, when: {{요청: 구매자취소, 출고: 미포장, 상품: {goods}}}, 조치: 고객협의, 이유: 하나, 출처: [판단]}}\n"
        for at, move, goods in (
            (1, "before", "예약"),
            (2, "before", "선물"),
            (3, "after", "해외"),
            (4, "after", "주문제작"),
        )
    )
    shown = "".join(
        f"  - {{name: 내 줄 {at}, given: {{요청: 구매자취소, 주문상태: 신규, 송장: 없음, 출고: 미포장, 상품: {goods}}}, expect: M-0{at}}}\n"
        for at, goods in ((1, "예약"), (2, "선물"), (3, "해외"), (4, "주문제작"))
    )
    found = ids(laid(f"{BASE}decisions:\n  rows:\n{rows}  examples:\n{shown}"))
    at = found.index("C-36")
    assert found[at - 2 : at + 3] == ["M-01", "M-02", "C-36", "M-03", "M-04"]


def test_headers_labels_and_days_are_added():
    text = (
        f"{BASE}exports:\n  columns: {{order_no: [새 주문번호]}}\n  states:\n    order_status: {{준비 끝: 발송대기}}\n"
        "reasons:\n- {name: 단순변심, labels: [마음이 바뀜]}\ncalendar: {store_closed: [2026-12-31]}\n"
    )
    mine, theirs = laid(text), laid(BASE)
    assert mine.exports.columns["order_no"] == (*theirs.exports.columns["order_no"], "새 주문번호")
    assert mine.exports.states["order_status"] == {**theirs.exports.states["order_status"], "준비 끝": "발송대기"}
    labels = {reason.name: reason.labels for reason in theirs.reasons}
    assert {reason.name: reason.labels for reason in mine.reasons} == {
        **labels,
        "단순변심": (*labels["단순변심"], "마음이 바뀜"),
    }
    assert [day.isoformat() for day in mine.calendar.store_closed] == ["2026-12-31"]


def test_a_number_by_date_is_replaced_with_all_its_dates():
    book = laid(f"{BASE}calendar: {{dispatch_days: {{일반: {{2026-01-01: 2}}}}}}\n")
    assert [days for _, days in book.calendar.dispatch_days["일반"].steps] == [2]
    assert set(book.calendar.dispatch_days) == set(laid(BASE).calendar.dispatch_days)


def test_what_a_desk_writes_has_its_own_english_or_is_korean_and_the_rest_keeps_its_english():
    row = "{id: C-84, when: {요청: 판매자취소, 사유: 상품품절, 송장: 출력}, 조치: 확인필요, 이유: 직접 봅니다, 출처: [판단]}"
    korean = {row.id: row.why.en for row in laid(f"{BASE}decisions: {{rows: [{row}]}}\n").decisions.rows}
    english = {
        row.id: row.why.en for row in laid(f"{BASE}decisions: {{rows: [{row[:-1]}, en: I look}}]}}\n").decisions.rows
    }
    assert (korean["C-84"], english["C-84"]) == ("직접 봅니다", "I look")
    assert korean["C-02"] == "the order is already closed"


def test_a_message_without_english_is_korean_in_both_languages():
    text = f"{BASE}messages:\n  drafts:\n    반품도착: {{ko: '{{상품|이/가}} 왔습니다. 오늘 환불합니다.'}}\n"
    book = laid(text)
    assert book.messages.drafts["반품도착"].en == book.messages.drafts["반품도착"].ko
    assert "반품도착" in book.messages.premises  # what the seller does not write stays as the default has it


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("decisions:\n  rows:\n  - {id: C-83x, off: true}\n", "4:5: C-83x는 기본 규칙에 없습니다. 혹시 C-83입니까?"),
        ("decisions:\n  rows:\n  - {id: C-84, off: true, 이유: 하나}\n", "4:5: C-84 줄을 끄려면 {id: C-84, off: true}만 적으세요."),
        ("decisions:\n  rows:\n  - {id: C-84, off: true}\n  - {id: C-84, off: true}\n", "5:5: C-84 줄이 이 파일에 두 번 있습니다."),
        (f"decisions:\n  rows:\n  - {{id: M-01, {OWN}}}\n{SHOWN}", "4:5: M-01 줄이 설 자리를 적으세요"),
        (f"decisions:\n  rows:\n  - {{id: M-01, before: C-37, after: C-36, {OWN}}}\n{SHOWN}", "4:5: M-01 줄이 설 자리를 적으세요"),
        (f"decisions:\n  rows:\n  - {{id: M-01, before: C-376, {OWN}}}\n{SHOWN}", "4:5: before나 after에 적은 C-376 줄이 이 표에 없습니다."),
        (f"decisions:\n  rows:\n  - {{id: C-98, before: C-37, {OWN}}}\n", "4:5: C-98은 기본 규칙에 없습니다."),
        ("version: 2026-01-01\n", "2:1: version은 기본 규칙의 것입니다."),
        ("stroe: {packed: approve}\n", "2:1: 'stroe'라는 칸은 없습니다."),
        ("store: {packed: approved}\n", "2:17: 'approved'"),
        ("store: 3\n", "2:8: '3' 대신"),
    ],
)  # fmt: skip
def test_a_change_that_does_not_say_what_it_changes_is_a_complaint_at_its_place(text, said):
    found = complaints(BASE + text)
    assert len(found) == 1, found
    assert found[0].startswith(said), found


def test_a_default_that_does_not_exist_is_named_with_those_that_do():
    assert complaints("based_on: 2020-01-01\n")[0].startswith("1:11: 이 프로그램에는 그런 기본 규칙이 없습니다.")
    assert complaints("based_on: [1]\n")[0].startswith("1:11: ")


def test_a_complaint_about_a_default_row_is_at_the_sellers_line_and_names_that_row():
    """A source that the seller's words take the sense from: the row of the default that cites it is named."""
    wide = "{id: M-01, before: C-37, when: {요청: 구매자취소, 주문상태: [신규, 발송대기], 송장: [없음, 모름], 출고: 미포장}, 조치: 고객협의, 이유: 하나, 출처: [판단]}"
    found = complaints(f"{BASE}decisions:\n  rows:\n  - {wide}\n{SHOWN}")
    assert found == [
        "4:5: M-01: 이 줄이 먼저 맞아서 기본 규칙의 C-37 줄이 쓰이지 않습니다. 조건을 줄이거나, 그 줄이 필요 없으면 "
        "{id: C-37, off: true}를 적으세요."
    ]


@pytest.mark.parametrize(
    "row",
    [
        "{id: C-36, when: {요청: 구매자취소, 주문상태: [신규, 발송대기]}, 조치: 취소승인, 이유: 하나, 출처: [판단]}",
        "{id: M-01, before: C-01, when: {요청: 구매자취소, 송장: 입력}, 조치: 취소승인, 이유: 하나, 출처: [판단]}",
        "{id: M-01, before: C-01, when: {요청: 판매자취소, 송장: 없음, 출고: 미포장}, 조치: 판매자취소, 이유: 하나, 출처: [판단]}",
    ],
)
def test_no_change_takes_the_guards_of_irreversible_rows_away(row):
    assert any("송장" in said or "동의" in said for said in complaints(f"{BASE}decisions:\n  rows:\n  - {row}\n"))


@pytest.mark.parametrize(
    "text",
    [
        "exports:\n  states:\n    order_status: {배송중: 발송대기}\n",
        "exports:\n  states:\n    cancel_status: {취소철회: 요청}\n",
        "reasons:\n- {name: 상품품절, off: true}\n",
    ],
)
def test_no_change_takes_evidence_away(text):
    assert complaints(BASE + text)


def test_an_own_row_without_an_example_is_a_complaint_at_that_row():
    assert complaints(f"{BASE}decisions:\n  rows:\n  - {{id: M-01, before: C-36, {OWN}}}\n")[0].startswith("4:5: ")


def test_the_rules_of_a_new_desk_are_short_and_say_what_the_default_says():
    text = rulebook.starting_rules()
    assert len(text.splitlines()) <= 60
    mine, theirs = laid(text), laid(BASE)
    assert (mine.store, tables(mine)) == (theirs.store, tables(theirs))


def test_the_examples_in_the_rules_of_a_new_desk_work_as_they_stand():
    text = rulebook.starting_rules()
    above, _, below = text.partition("# ── 더 바꿀 때")
    lines = [line.removeprefix("# ") for line in below.splitlines()[1:]]
    book = read("\n".join([above, *lines]))
    assert "M-01" in ids(book)
    assert "C-84" not in ids(book)
    assert "새 주문번호" in book.exports.columns["order_no"]


def test_every_released_default_can_be_built_on():
    for version in default.versions():
        assert laid(f"based_on: {version}\n").version == version


def test_rules_that_were_released_are_not_changed_without_a_new_version():
    data = default.as_written()
    kept = Path(default.__file__).parent / "released" / f"{data['version']}.json.xz"
    assert not kept.exists() or json.loads(lzma.decompress(kept.read_bytes())) == data, (
        f"rules.yaml or english.yaml differs from the default that was released as {data['version']}: raise `version`"
    )


def test_a_default_that_is_not_released_yet_is_read_from_its_texts(monkeypatch, tmp_path):
    monkeypatch.setattr(default, "_folder", lambda: tmp_path)
    assert default.newest() == default.as_written()
    assert default.versions() == [default.as_written()["version"]]


def test_no_line_of_the_rules_is_longer_than_a_screen():
    assert [line for line in default.default_text().splitlines() if len(line) > 200] == []


def test_the_english_has_no_entry_that_the_rules_lack():
    english = loaded((Path(default.__file__).parent / "english.yaml").read_text("utf-8"))

    def strangers(words, entry, path):
        if isinstance(entry, list):
            entry = {next(each[key] for key in NAMES if key in each): each for each in entry if isinstance(each, dict)}
        for key, value in words.items():
            if key not in entry:
                yield (*path, key)
            elif isinstance(value, dict):
                yield from strangers(value, entry[key], (*path, key))

    assert list(strangers(english, default.newest(), ())) == []


def test_every_korean_text_of_the_default_has_its_english():
    book = laid(default.default_text())
    rows = [*book.decisions.rows, *book.fees.rows, *book.penalties.table.rows, *book.impossible]
    assert [row.id for row in rows if row.why.en == row.why.ko] == []
    assert [name for name, draft in book.messages.drafts.items() if draft.en == draft.ko] == []
    assert [name for name, source in book.sources.items() if source.title.en == source.title.ko] == []


# ── impossible ───────────────────────────────────────────────────────────────────────────────────

GIFT = "when: {수량: 일부, 상품: 선물, 보류: 예}, 이유: 선물은 일부만 돌려받지 않습니다, 출처: [판단]"


def impossible(row: str, shown: str = "") -> str:
    """A desk with one row in `impossible`, which stands in line 4."""
    examples = f"  examples:\n  - {{name: 내 예시, given: {shown}\n" if shown else ""
    return f"{BASE}impossible:\n  rows:\n  - {row}\n{examples}"


def test_a_row_of_what_is_impossible_that_is_off_is_gone_with_its_examples():
    mine, theirs = read(impossible("{id: X-05, off: true}")), read(BASE)
    assert [row.id for row in mine.impossible] == [row.id for row in theirs.impossible if row.id != "X-05"]
    assert [one.name for one in mine.ruled_out] == [one.name for one in theirs.ruled_out if one.expect != ("X-05",)]


def test_an_own_row_of_what_is_impossible_needs_an_example():
    row, shown = f"{{id: M-01, after: X-16, {GIFT}}}", "{수량: 일부, 상품: 선물, 보류: 예}, expect: M-01}"
    assert [one.id for one in read(impossible(row, shown)).impossible][-2:] == ["X-16", "M-01"]
    assert complaints(impossible(row)) == [
        "4:5: M-01: 예시가 없습니다. impossible의 examples에 이 줄 때문에 있을 수 없는 상황을 하나 적으세요."
    ]


def test_a_desk_may_write_the_rows_of_what_is_impossible_as_a_plain_list():
    text = f"{BASE}impossible:\n- {{id: M-01, after: X-16, {GIFT}}}\n- {{id: X-05, off: true}}\n"
    assert complaints(text) == [
        "3:3: M-01: 예시가 없습니다. impossible의 examples에 이 줄 때문에 있을 수 없는 상황을 하나 적으세요."
    ]
    assert len(read(f"{BASE}impossible: []\n").impossible) == len(read(BASE).impossible)


def test_of_an_own_row_that_rules_out_what_the_default_shows_the_row_is_named():
    row = "{id: M-01, before: X-01, when: {수량: 일부, 요청: 구매자취소}, 이유: 늘 모두 취소합니다, 출처: [판단]}"
    assert complaints(impossible(row)) == [
        "4:5: 예시 '세 개 중 한 개만 취소'의 상황(수량 · 요청)은 있을 수 없다고 M-01 줄에 적혀 있습니다: 늘 모두 취소합니다. 예시나 M-01 줄을 고치세요.",
        "4:5: 예시 '일부만의 클레임은 답이 서로 달라도 화면에서'의 상황(수량 · 요청)은 있을 수 없다고 M-01 줄에 적혀 있습니다: 늘 모두 취소합니다. 예시나 M-01 줄을 고치세요.",
    ]
    row = "{id: M-01, before: X-01, when: {요청: 교환진행, 수거: 완료}, 이유: 교환은 없습니다, 출처: [판단]}"
    (said,) = complaints(impossible(row))
    assert said.startswith("4:5: M-01: 예시 ")
    assert said.endswith("에 나오는 상황을 있을 수 없다고 합니다. 조건이 너무 넓은지 보고 줄이세요.")


def test_an_own_example_of_what_the_default_rules_out_is_named():
    text = f"{BASE}decisions:\n  rows:\n  - {{id: M-01, before: C-36, {OWN}}}\n{SHOWN.replace('송장: 없음', '송장: 없음, 수거: 완료')}"
    assert complaints(text) == [
        "6:5: 예시 '예약의 취소'의 상황(요청 · 수거)은 있을 수 없다고 X-04 줄에 적혀 있습니다: 수거 상태는 반품이나 교환이 진행 중일 때만 있습니다. "
        "예시나 X-04 줄을 고치세요."
    ]


def test_an_own_row_that_repeats_the_default_or_makes_a_row_of_it_needless_is_named():
    row = "{id: M-01, before: X-01, when: {요청: 반품진행, 수거: [재배송, 없음]}, 이유: 없습니다, 출처: [판단]}"
    assert complaints(impossible(row)) == [
        "4:5: M-01: 이 줄의 상황은 모두 X-05 줄에 이미 있을 수 없다고 적혀 있습니다. 조건을 고치거나 이 줄을 지우세요."
    ]
    row = "{id: M-01, after: X-16, when: {주문상태: 결제대기, 요청: [반품진행, 교환진행, 취소처리중]}, 이유: 없습니다, 출처: [판단]}"
    assert complaints(impossible(row)) == [
        "4:5: 기본 규칙의 X-03 줄의 상황은 모두 M-01 줄에 이미 있을 수 없다고 적혀 있습니다. 조건을 줄이거나 {id: X-03, off: true}를 적으세요."
    ]


def test_what_the_default_shows_to_be_possible_is_not_ruled_out_by_an_own_row():
    row = "{id: X-03, when: {주문상태: 결제대기, 요청: [반품진행, 교환진행, 취소처리중]}, 이유: 없습니다, 출처: [판단]}"
    shown = "{주문상태: 결제대기, 요청: 취소처리중}, expect: X-03}"
    assert complaints(impossible(row, shown)) == [
        "4:5: 예시 '입금 전의 취소'에는 맞는 줄이 없어야 하는데 {송장: 없음, 요청: 취소처리중}일 때 X-03 줄이 맞습니다. 예시나 X-03 줄을 고치세요."
    ]


def test_a_row_of_what_is_impossible_that_a_desk_narrows_needs_its_own_example():
    row = "{id: X-05, when: {요청: 반품진행, 수거: 재배송}, 이유: 다시 보내는 반품은 없습니다, 출처: [판단]}"
    assert complaints(impossible(row)) == [
        "4:5: X-05: 예시가 없습니다. impossible의 examples에 이 줄 때문에 있을 수 없는 상황을 하나 적으세요."
    ]
    book = read(impossible(row, "{요청: 반품진행, 수거: 재배송}, expect: X-05}"))
    assert [one.name for one in book.ruled_out if one.expect == ("X-05",)] == ["내 예시"]


def test_complete_rules_of_an_earlier_version_name_the_way_out():
    text = default.default_text().replace(f"version: {default.newest()['version']}", "version: 2026-11-22")
    found = complaints(text.replace("  protect_outbox: false", "  # protect_outbox: false"))
    assert len(found) == 2
    assert found[0].endswith("옮기려면: python -m processor upgrade")
    assert "'protect_outbox' 칸이 빠졌습니다" in found[1]

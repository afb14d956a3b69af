"""What a file says that nobody knows: how it is ranked, what is never shown, and how `teach` writes it down."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pytest
from renamed import HEADERS, LABELS

from processor import disk, ledger, rulebook, samples
from processor.app.desk import Desk
from processor.app.teaching import lessons
from processor.cli import teaching
from processor.intake.lessons import understood
from processor.intake.shapes import Values
from processor.intake.unknowns import Seen, Vocabulary, table
from processor.judge import WORDS
from processor.model import Place
from processor.opener.seal import sealed
from processor.rulebook.aliases import Header, Label, with_alias
from processor.samples import layouts
from processor.samples.columns import Form, column

pytestmark = pytest.mark.slow

MORNING = datetime.fromisoformat("2026-11-23T09:00")
SCREENS = {
    "발주발송관리": layouts.DISPATCH["2026"],
    "취소관리": layouts.CANCEL,
    "반품관리": layouts.RETURN,
    "교환관리": layouts.EXCHANGE,
    "주문조회": layouts.SEARCH,
    "배송현황": layouts.SHIPPING["2026"],
}
NUMBER = "2026112090000001"
ORDERS = [order for _, order in samples.stories(MORNING)]


@pytest.fixture(scope="module")
def known(book) -> Vocabulary:
    return Vocabulary.of(book.exports, book.reasons)


def listed(screen):
    kinds = {"취소관리": "cancel", "반품관리": "return", "교환관리": "exchange"}
    if screen in kinds:
        return [order for order in ORDERS if order.claim and order.claim.kind == kinds[screen]]
    return [order for order in ORDERS if order.to_be_sent] if screen == "발주발송관리" else ORDERS


def cells_of(screen, header) -> Values:
    form, read = column(header)
    values = [value for value in map(read, listed(screen)) if value not in (None, "")]
    if form is Form.MOMENT:
        values = [datetime(1899, 12, 30) + timedelta(days=value) for value in values]
    return Values(Counter(values))


def seen(screen, renamed=None, more=None, taken=MORNING) -> Seen:
    """A screen's sheet in memory. renamed: header of today → its new name; more: further columns with their cells."""
    more = more or {}
    names = [(renamed or {}).get(header, header) for header in SCREENS[screen]]
    values = {at: cells_of(screen, header) for at, header in enumerate(SCREENS[screen])}
    values |= {len(names) + nth: Values(Counter(cells)) for nth, cells in enumerate(more.values())}
    return Seen(Place(f"{screen}.xlsx", screen), taken, (*names, *more), values)


def offered(found, header) -> list[str]:
    """The columns of which the unknown one may be another name, the nearest first."""
    return [candidate.role for each in found.columns if each.header == header for candidate in each.candidates]


@pytest.fixture(scope="module")
def renamed(known):
    """Each new name of a column, with what is not known of its sheet."""
    return [(each, table(seen(each.screen, {each.today: each.new}), known)) for each in HEADERS]


def test_of_164_new_names_all_but_one_have_the_right_one_first(renamed, known):
    wrong = []
    for (screen, today, new), sheet in renamed:
        found = offered(sheet, new)
        if not found or found[0] != known.role_of(today):
            wrong.append((screen, today, new, found))
    for header, today, new in LABELS:
        screen = next(screen for screen, headers in SCREENS.items() if header in headers)
        sheet = seen(screen)
        at = sheet.headers.index(header)
        values = {**sheet.values, at: Values(Counter([*sheet.values[at].counts, new]))}
        (label,) = table(replace(sheet, values=values), known).labels
        role = known.role_of(header)
        first = label.meanings[0]
        right = next(key for key, labels in known.meanings(role).items() if today in labels)
        if (first.role, first.word) != right:
            wrong.append((header, today, new, label.meanings[:3]))
    assert len(HEADERS) + len(LABELS) == 164
    assert [each[:3] for each in wrong] == [("취소관리", "접수채널", "접수자 구분")]


# ── people ──

PERSONAL = {
    "구매자 이름": ["김가상", "이가상", "박가상"],
    "받는 분": ["김가상"],
    "담당": ["김가상", "이가상", "박가상"],  # by its values alone, and so are the next ones
    "확인자": ["김*상", "이**"],
    "번호2": ["010-0000-0000"],
    "번호3": ["02) 000-0000", "-"],
    "회신처": ["demo@example.com"],
    "계정": ["demo*****"],
    "도착지": ["가상시 예시구 견본로 12, 101호"],
    "동네 코드": ["04524", "06236", "13529"],
    "호칭": ["가상 고객님", "김가상님"],
    "주문 상태(신)": ["김가상님 결제완료"],  # not even where the name is that of a known column
    "배송 요청": ["문 앞"],
    "남기신 말씀 메모": ["문 앞"],
    "E-mail": [],
}


@pytest.mark.parametrize("header", PERSONAL)
def test_a_column_that_may_tell_of_a_person_is_neither_shown_nor_mapped(known, header):
    found = table(seen("취소관리", {"취소 처리상태": "취소 상태"}, {header: PERSONAL[header]}), known)
    assert [each.header for each in found.columns] == ["취소 상태"]
    assert found.withheld == 1
    meant = understood(lessons([(header, "메모"), (header, "주문상태")]), [found], known)
    assert meant.aliases == ()
    assert all("구매자 정보" in why.ko or "두 번" in why.ko for why in meant.refused)


def test_columns_of_today_are_not_taken_for_personal_ones(renamed):
    assert [each for each, sheet in renamed if sheet.withheld] == []


@pytest.mark.parametrize(
    ("cells", "samples"),
    [
        (["문 앞에 두고 벨은 누르지 말아 주세요 고맙습니다", "A-1"], ()),
        (["부재 시 경비실", "문 앞", "벨 누르지 마세요", "A-1"], ("A-1",)),  # each stands once, so it may be anything
        (["가", "나"] * 9, ("가", "나")),
        (["2026-11-20", "3,000", NUMBER, "배송중", "CJ대한통운", "무엇이든"], ("2026-11-20", "3,000", NUMBER)),
        (["아주아주아주아주긴이름의상품열다섯자"] * 3, ("아주아주아주아주긴이름의상품열다섯자",)),
    ],
)
def test_samples_are_only_of_cells_that_tell_of_nobody(known, cells, samples):
    (one,) = table(seen("취소관리", {"취소 처리상태": "취소 상태"}, {"새 열": cells}), known).columns[1:]
    assert (one.header, one.samples) == ("새 열", samples)


# ── what the values contradict ──


def refusals(sheet, known, *columns, labels=()):
    meant = understood([*lessons(columns), *lessons(labels, of_labels=True)], [table(sheet, known)], known)
    return [why.ko for why in meant.refused]


NUMBERS = [f"20261120900{n:05}" for n in range(1, 7)]


@pytest.mark.parametrize(
    ("known_as", "cells", "because"),
    [
        ("상품주문번호", ["2026-11-20 09:00", "2026-11-21"], "값이 날짜로 시작하는 16자리 번호가 아닙니다"),
        ("상품주문번호", [], "값이 하나도 없습니다"),
        ("송장번호", ["배송중", "배송완료"], "값이 다른 열에서 쓰는 말입니다: 배송중 · 배송완료"),
        ("송장번호", NUMBERS, "값이 16자리 주문번호입니다"),
        ("송장번호", ["2026-11-20"], "값이 날짜입니다"),
        ("송장번호", ["가나다라마바"], "값이 송장번호가 아닙니다"),
        ("택배사", ["512300001111", "512300001112"], "값이 택배사 이름이 아닙니다"),
        ("발송기한", ["배송중"], "값이 날짜가 아닙니다"),
        ("발송처리일", ["2026-11-20", "2026-12-01"], "파일을 받은 날보다 뒤의 날짜가 있습니다"),
        ("수량", ["한 개", "두 개"], "값이 숫자가 아닙니다"),
        (
            "주문상태",
            ["반품요청", "수거중", "교환요청"],
            "값이 다른 열에서 쓰는 말입니다: 반품요청 · 수거중 · 교환요청",
        ),
        ("취소 처리상태", ["반품요청", "수거중"], "값이 다른 열에서 쓰는 말입니다: 반품요청 · 수거중"),
        ("취소 처리상태", ["3000", "2500"], "값이 상태나 구분을 나타내는 말이 아닙니다"),
        ("상품명", ["2026-11-20 10:00"], "값이 날짜입니다"),
        ("결제일", ["2026-11-20 10:00"], None),
    ],
)
def test_a_column_is_refused_if_its_values_are_not_of_that_kind(known, known_as, cells, because):
    """The sheet has no other column but two that are known."""
    values = {0: Values({}), 1: Values({}), 2: Values(Counter(cells))}
    found = refusals(
        Seen(Place("a.csv", "취소관리"), MORNING, ("수거완료일", "클레임상태", "새 열"), values),
        known,
        ("새 열", known_as),
    )
    assert found == ([] if because is None else [f"'새 열'은 '{known_as}'일 수 없습니다: {because}."])


def two_numbers(first, second, names=("새 번호", "다른 번호")):
    values = {0: Values(Counter(first)), 1: Values(Counter(second))}
    return Seen(Place("a.csv", "취소관리"), MORNING, (*names, "취소 처리상태"), values)


def test_swapped_order_numbers_are_refused(known):
    """Two lines of one order share its 주문번호, and none shares its 상품주문번호."""
    sheet = two_numbers(NUMBERS[:3], [NUMBERS[3], NUMBERS[3], NUMBERS[4]])
    assert refusals(sheet, known, ("새 번호", "상품주문번호"), ("다른 번호", "주문번호")) == []
    assert refusals(sheet, known, ("새 번호", "주문번호"), ("다른 번호", "상품주문번호")) == [
        "'새 번호'는 '주문번호'일 수 없습니다: 한 주문에 상품주문이 여럿이니 '다른 번호' 열보다 번호가 적어야 하는데, 그렇지 않거나 값이 똑같습니다.",
        "'다른 번호'는 '상품주문번호'일 수 없습니다: 같은 번호가 몇 줄에 있는지 보면 '새 번호'가 상품주문번호입니다.",
    ]
    assert refusals(sheet, known, ("새 번호", "주문번호")) == [
        "'새 번호'는 '주문번호'일 수 없습니다: 같은 번호가 몇 줄에 있는지 보면 '다른 번호'가 주문번호입니다."
    ]
    first = table(sheet, known).columns
    assert [each.candidates[0].role for each in first] == ["product_order_no", "order_no"]


def test_where_numbers_do_not_repeat_the_seller_is_told_that_nobody_can_tell_them_apart(known):
    sheet = two_numbers(NUMBERS[:3], NUMBERS[3:])
    meant = understood(lessons([("새 번호", "상품주문번호")]), [table(sheet, known)], known)
    assert [caution.ko for caution in meant.cautions] == [
        "이 파일의 번호만 보아서는 상품주문번호와 주문번호를 가릴 수 없습니다. 판매자센터 화면의 번호와 비교해 보세요."
    ]
    repeating = two_numbers([*NUMBERS[:3], NUMBERS[0]], NUMBERS[3:])
    assert understood(lessons([("새 번호", "주문번호")]), [table(repeating, known)], known).cautions == ()


def test_the_order_number_is_not_the_column_that_is_the_product_order_number_already(known):
    sheet = two_numbers(NUMBERS[:3], NUMBERS[:3], names=("상품주문번호", "새 번호"))
    (why,) = refusals(sheet, known, ("새 번호", "주문번호"))
    assert "'상품주문번호' 열보다 번호가 적어야 하는데, 그렇지 않거나 값이 똑같습니다" in why


@pytest.mark.parametrize(
    ("new", "known_as", "why"),
    [
        (
            "발송일",
            "발송처리일",
            "'발송일'은 이미 아는 열이라 다른 열의 이름으로 쓸 수 없습니다.",
        ),  # filled in for orders never sent
        ("주문상태", "클레임상태", "'주문상태'는 이미 아는 열이라 다른 열의 이름으로 쓸 수 없습니다."),
        ("새 열", "주문상태", "'새 열'은 '주문상태'일 수 없습니다: 이 시트에 그 열(주문상태)이 이미 있습니다."),
        ("새 열", "출고상태", "'새 열'은 '출고상태'일 수 없습니다: 이 화면의 파일에서는 읽지 않는 열입니다."),
        ("새 여", "클레임상태", "이 파일에는 가르칠 열이 없습니다. '새 여'라는 열도 없습니다."),
    ],
)
def test_a_lesson_that_is_not_clear_is_refused_in_a_sentence(known, new, known_as, why):
    sheet = seen("발주발송관리", {"발주확인일": "새 열"})
    at = sheet.headers.index("새 열")
    sheet = replace(sheet, values={**sheet.values, at: Values({})})
    assert refusals(sheet, known, (new, known_as)) == [why]


def test_one_column_or_name_is_not_taught_twice(known):
    sheet = two_numbers(NUMBERS[:3], NUMBERS[3:])
    assert "'상품주문번호'를 두 번 적었습니다. 하나만 적으세요." in refusals(
        sheet, known, ("새 번호", "상품주문번호"), ("다른 번호", "상품주문번호")
    )


# ── labels ──


def with_labels(screen, header, *labels):
    sheet = seen(screen)
    at = sheet.headers.index(header)
    return replace(sheet, values={**sheet.values, at: Values(Counter(labels))})


def learnt(sheet, known, *labels):
    meant = understood(lessons(labels, of_labels=True), [table(sheet, known)], known)
    return meant.aliases or meant.refused[0].ko


def test_a_label_is_said_by_a_known_label_or_by_the_word_of_the_rules(known):
    sheet = with_labels("발주발송관리", "주문상태", "발송 준비", "발송 준비", "배송중")
    (label,) = table(sheet, known).labels
    assert (label.column, label.label, label.rows) == ("주문상태", "발송 준비", 2)
    assert learnt(sheet, known, ("발송 준비", "배송 준비중")) == (Label("order_status", "발송 준비", "발송대기"),)
    assert learnt(sheet, known, ("주문상태:발송준비", "종료")) == (Label("order_status", "발송 준비", "종료"),)
    assert learnt(sheet, known, ("발송 준비", "아무거나")).startswith("'아무거나'는 여기에 쓸 수 없습니다.")
    assert learnt(sheet, known, ("발송 예정", "발송대기")).startswith("'발송 예정'은 여기에 쓸 수 없습니다.")


def test_a_label_of_the_claim_column_may_be_one_of_the_three_status_columns(known):
    sheet = with_labels("주문조회", "클레임상태", "취소 접수")
    assert learnt(sheet, known, ("취소 접수", "취소요청")) == (Label("cancel_status", "취소 접수", "요청"),)
    assert learnt(sheet, known, ("취소 접수", "구매확정보류")) == (Label("claim_status", "취소 접수", "없음"),)


def test_a_cell_that_may_tell_of_a_person_is_no_label(known):
    sheet = with_labels("취소관리", "취소사유", "김가상님 전화 주세요", "010-0000-0000", "#N/A", "모름", "가" * 31)
    assert table(sheet, known).labels == ()


# ── rules.yaml ──

DESKS = {
    "a complete file": rulebook.default_text(),
    "a file that builds on a default": rulebook.starting_rules(),
    "a file with such changes already": rulebook.starting_rules()
    + "\nexports:\n  columns: {order_no: [옛 번호]}\n  states:\n    order_status: {옛 상태: 종료}\n"
    + "reasons:\n- {name: 상품품절, labels: [다 팔림]}\n",
}


@pytest.fixture(autouse=True)
def proved_once(monkeypatch):
    """The same text is proved once: it takes a second, and these tests ask for few texts."""
    monkeypatch.setattr(
        rulebook, "read_text", lambda text, *more: _PROVED.get(text) or _PROVED.setdefault(text, _READ(text, *more))
    )


_READ = rulebook.read_text
_PROVED: dict[str, rulebook.Rulebook] = {}


def unproved(text):
    return _READ(text, "rules.yaml", WORDS, [sha256(text.encode()).hexdigest()])


@pytest.mark.parametrize("text", DESKS.values(), ids=DESKS)
def test_aliases_are_added_to_what_the_rules_know_and_nothing_else_changes(text):
    header = Header("order_no", "새 번호: '신'")
    state = Label("order_status", "발송 준비", "발송대기")
    reasons = [Label("claim_reason", "재고 바닥", "상품품절"), Label("claim_reason", "그냥", "단순변심")]
    reasons = reasons[:1] if text == rulebook.default_text() else reasons  # each takes a second there
    edited = text
    for alias in (header, state, *reasons):
        edited = with_alias(edited, alias)
    before, after = (unproved(each) for each in (text, edited))
    assert after.exports.columns["order_no"] == (*before.exports.columns["order_no"], "새 번호: '신'")
    assert after.exports.states["order_status"] == {**before.exports.states["order_status"], "발송 준비": "발송대기"}
    added = {alias.word: (alias.label,) for alias in reasons}
    assert [(each.name, each.labels) for each in after.reasons] == [
        (each.name, each.labels + added.get(each.name, ())) for each in before.reasons
    ]
    assert after.decisions == before.decisions
    kept = [line for line in text.splitlines() if line not in edited.splitlines()]
    assert len(kept) <= 4  # the lines of the lists that grew


# ── the command ──

CANCELS = [order for order in ORDERS if order.claim and order.claim.kind == "cancel"][:6]
CANCEL = "스마트스토어_취소관리_20261123_0856.csv"
AT = ("--as-of", "2026-11-23T09:00")
KEPT = "rules_20261123_090000까지.yaml"


def written(headers, orders, renamed=None, labels=None, more=None) -> bytes:
    """A csv as a screen gives it."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    more = more or {}
    table.writerow([*((renamed or {}).get(header, header) for header in headers), *more])
    for nth, order in enumerate(orders):
        cells = [_cell(header, order) for header in headers]
        table.writerow([*((labels or {}).get(cell, cell) for cell in cells), *(each[nth] for each in more.values())])
    return out.getvalue().encode("utf-8-sig")


def _cell(header, order):
    form, read = column(header)
    value = read(order)
    if form is Form.MOMENT and value:
        return f"{datetime(1899, 12, 30) + timedelta(days=value):%Y-%m-%d %H:%M}"
    return "" if value is None else value


RENAMED = {"취소 처리상태": "취소 진행상태", "주문번호": "전체 주문번호"}
PLANTED = {
    "주문하신 분": ["김철수", "이영희", "박민수", "최지우", "정하나", "강두리"],
    "빠른 연락": [f"010-1234-567{n}" for n in range(6)],
}
LESSON = ("--column", "취소 진행상태=취소 처리상태")


@pytest.fixture
def desk(tmp_path) -> Desk:
    desk = Desk(tmp_path / "desk")
    for folder in (desk.inbox, desk.outbox):
        folder.mkdir(parents=True)
    desk.rules.write_text(rulebook.starting_rules(), "utf-8")
    (desk.inbox / CANCEL).write_bytes(written(layouts.CANCEL, CANCELS, RENAMED, more=PLANTED))
    return desk


@pytest.fixture
def teach(typed, desk):
    return lambda *words, **more: typed("teach", *words, "--home", desk.home, *AT, **more)


def rules_of(desk) -> list[str]:
    return sorted(path.name for path in desk.home.iterdir() if path.is_file())


def test_what_is_not_known_is_shown_and_nothing_is_written(teach, desk):
    before = desk.rules.read_bytes()
    ended = teach(CANCEL)
    assert ended.code == 1
    assert "  없는 열: 취소 처리상태\n  처음 보는 열 '취소 진행상태': " in ended.out
    assert "    1. 취소 처리상태 — 값에 이 열에서 쓰는 말이 있습니다: " in ended.out
    assert "    1. 주문번호 — 값이 모두 16자리 숫자이고 앞 8자리가 날짜입니다. " in ended.out
    assert "구매자 정보일 수 있는 열 2개는 보여 드리지 않고, 읽지도 않습니다." in ended.out
    command = f'{sys.executable} -m processor teach --home {desk.home} "{CANCEL}"'
    assert f'{command} --column "취소 진행상태=취소 처리상태"' in ended.out
    told = teach(CANCEL, "--json")
    (sheet,) = told.lines[0]["sheets"]
    assert (told.code, sheet["missing"], sheet["withheld"]) == (1, ["취소 처리상태"], 2)
    assert [each["candidates"][0]["role"] for each in sheet["columns"]] == ["cancel_status", "order_no"]
    tried = teach(CANCEL, *LESSON)
    assert tried.code == 1
    assert tried.out.endswith("아직 적지 않았습니다. 적으려면 --yes를 붙이세요.\n")
    assert desk.rules.read_bytes() == before
    assert rules_of(desk) == ["rules.yaml"]
    for said in (ended, told, tried):
        assert not [each for each in (*PLANTED, *chain(*PLANTED.values())) if each in said.out + said.err]


def test_after_a_yes_it_is_written_and_the_file_is_read(teach, desk):
    before = desk.rules.read_bytes()
    ended = teach(CANCEL, *LESSON, "--yes")
    assert ended.code == 0, ended.err
    assert "  읽은 줄: 0 → 6\n  고칠 줄: 0 → 0\n  읽지 못한 파일: 1 → 0\n" in ended.out
    assert "exports:\n  columns:\n    cancel_status: [취소 진행상태]\n" in desk.rules.read_text("utf-8")
    assert teach(CANCEL, "--json").lines[0]["sheets"][0]["missing"] == []
    kept = desk.home / KEPT
    assert kept.read_bytes() == before
    kept.replace(desk.rules)  # undo, as the last lines say
    assert teach(CANCEL, "--json").lines[0]["sheets"][0]["missing"] == ["취소 처리상태"]


def test_what_was_kept_before_is_never_overwritten(teach, desk):
    assert teach(CANCEL, *LESSON, "--yes").code == 0
    told = teach(CANCEL, "--column", "전체 주문번호=주문번호", "--yes", "--json").lines[0]
    assert (told["written"], Path(told["previous"]).name) == (True, "rules_20261123_090000까지_2.yaml")
    assert rules_of(desk) == sorted(["rules.yaml", KEPT, "rules_20261123_090000까지_2.yaml"])
    assert teach(CANCEL).code == 0  # and nothing is left to be taught


def test_a_refused_lesson_writes_nothing_at_all(teach, desk):
    before = desk.rules.read_bytes()
    ended = teach(CANCEL, *LESSON, "--column", "주문하신 분=메모", "--yes")
    assert (ended.code, ended.err) == (2, "'주문하신 분'은 구매자 정보일 수 있어 읽지 않습니다.\n")
    ended = teach(CANCEL, "--column", "취소 진행상태", "--yes", "--json")
    assert (ended.code, ended.lines[0]["code"]) == (2, "usage")
    assert desk.rules.read_bytes() == before


def test_a_new_state_is_taught_with_the_warning_that_it_may_cancel(teach, desk):
    file = desk.inbox / "발주발송관리.csv"
    orders = [order for order in ORDERS if order.to_be_sent and order.status == "발송대기"][:3]
    file.write_bytes(written(layouts.DISPATCH["2026"], orders, labels={"발송대기": "발송 준비"}))
    ended = teach(file, "--label", "발송 준비=발송대기", "--yes")
    assert ended.code == 0
    assert "  고칠 줄: 3 → 0\n" in ended.out
    assert (
        "! rules.yaml의 exports에 더한 말이 틀리면 이미 나간 주문을 취소할 수 있습니다: 주문상태 '발송 준비' → '발송대기'."
        in ended.out
    )


def test_a_person_at_the_terminal_is_asked_and_may_say_no(teach, desk, monkeypatch):
    before = desk.rules.read_bytes()
    monkeypatch.setattr(teaching, "somebody_is_there", lambda: True)

    def answering(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return teach(CANCEL)

    for lines in (("", ""), ("1", "", ""), ("1", "1", "n"), ()):
        ended = answering(*lines)
        assert (ended.code, ended.out.splitlines()[-1]) == (1, "아무것도 적지 않았습니다.")
    assert answering("상품명", "", "y").code == 2  # refused by its values
    assert desk.rules.read_bytes() == before
    ended = answering("취소 처리상태", "1", "y")
    assert ended.code == 0
    text = desk.rules.read_text("utf-8")
    assert "cancel_status: [취소 진행상태]" in text
    assert "order_no: [전체 주문번호]" in text


def test_a_locked_file_is_opened_by_its_password_or_refused(teach, desk):
    locked = desk.inbox / "취소관리.xlsx"
    samples.write_cancel(locked, CANCELS, downloaded_at=MORNING)
    locked.write_bytes(sealed(locked.read_bytes(), "tiger-9963"))
    ended = teach(locked)
    assert ended.code == 3
    assert "열지 못해 무엇이 바뀌었는지 볼 수 없습니다. 아무것도 적지 않았습니다." in ended.err
    assert teach(locked, PROCESSOR_PASSWORDS="tiger-9963").code == 0


def test_the_file_is_found_where_a_run_has_put_it(teach, desk):
    away = desk.inbox / "failed" / "20261123_090000"
    away.mkdir(parents=True)
    (desk.inbox / CANCEL).replace(away / CANCEL)
    assert teach(CANCEL, "--json").lines[0]["file"] == CANCEL
    with zipfile.ZipFile(away / "묶음.zip", "w") as whole:
        whole.write(away / CANCEL, CANCEL)
    (away / CANCEL).unlink()
    told = teach(f"묶음.zip/{CANCEL}", "--json").lines[0]
    assert told["sheets"][0]["missing"] == ["취소 처리상태"]
    assert teach("없는.csv").code == 2


def test_a_column_of_which_no_name_can_be_taught_is_said(teach, desk):
    """구매확정일 shows which screen it is, and nothing else is read from it."""
    file = desk.inbox / "구매확정내역.csv"
    file.write_bytes(written(["상품주문번호", "주문번호", "구매확정일"], ORDERS[:2], {"구매확정일": "확정 날짜"}))
    said = teach(file).out
    assert "  없는 열: 구매확정일\n  이 열은 화면을 알아보는 데만 쓰여 새 이름을 가르칠 수 없습니다." in said


def test_another_run_at_work_is_not_disturbed(teach, desk):
    with ledger.alone(desk.outbox):
        assert teach(CANCEL, *LESSON, "--yes").code == 3
    assert rules_of(desk) == ["rules.yaml"]


def test_killed_while_writing_one_whole_rules_file_is_there(teach, desk, monkeypatch):
    """Killed before each step on the disk: the old file, or the new one with the old one beside it."""
    before = desk.rules.read_bytes()

    def dies(*_what):
        raise SystemExit  # as nothing that the program answers

    for step in ("write_new", "publish", "write_whole"):
        with monkeypatch.context() as until:
            until.setattr(disk, step, dies)
            teach(CANCEL, *LESSON, "--yes")
        assert desk.rules.read_bytes() == before
        assert all(path.read_bytes() == before for path in desk.home.glob("rules_*"))
    assert teach(CANCEL, *LESSON, "--yes").code == 0
    assert b"cancel_status" in desk.rules.read_bytes()


# ── what `run` says ──


def test_a_file_without_its_key_is_told_by_what_it_lacks_and_how_to_teach_it(typed, desk):
    (desk.inbox / CANCEL).write_bytes(written(layouts.CANCEL, CANCELS, {"상품주문번호": "상품 주문 ID"}))
    (problem,) = typed("decide", desk.inbox / CANCEL, "--rules", desk.rules, *AT).of_type("problem")
    assert problem["code"] == "columns_missing"
    assert problem["message"] == "취소관리 엑셀로 보이지만 필요한 열이 없습니다: 상품주문번호."
    assert problem["fix"].endswith(f'새 이름을 알려 주세요: python -m processor teach "{CANCEL}"')


def test_at_a_terminal_the_command_is_that_of_this_computer_and_of_the_desk(typed, desk):
    (desk.inbox / CANCEL).write_bytes(written(layouts.CANCEL, CANCELS, {"상품주문번호": "상품 주문 ID"}))
    done = typed("run", "--home", desk.home, *AT)
    assert f'{sys.executable} -m processor teach --home {desk.home} "{CANCEL}"' in done.out


@pytest.mark.parametrize("labels", [{"취소요청": "취소 신청"}, {"구매의사취소": "그냥 변심"}])
def test_a_label_that_nobody_knows_names_the_command(typed, desk, labels):
    (desk.inbox / CANCEL).write_bytes(written(layouts.CANCEL, CANCELS, labels=labels))
    problems = typed("decide", desk.inbox / CANCEL, "--rules", desk.rules, *AT).of_type("problem")
    assert problems
    assert all(f'python -m processor teach "{CANCEL}"' in problem["fix"] for problem in problems)

"""Cells, dates, the surprises of YAML, and what the default rules.yaml must know (policy §4, §6; exports §3.4)."""

from __future__ import annotations

import gc
import json
from datetime import date
from importlib import resources
from itertools import product
from pathlib import Path

import pytest
import yaml

from processor import judge, rulebook
from processor.app import program
from processor.judge import WORDS
from processor.model import UNKNOWN, Action, Col, Kind, Payer, Text
from processor.model.tables import CLAIMS
from processor.rulebook import Rulebook, RulesError, sense, shape
from processor.rulebook import load as loading
from processor.rulebook.cells import cell
from processor.rulebook.load import Complaint, Document, load
from processor.rulebook.types import Cell, Dated, Word

pytestmark = pytest.mark.slow

DAYS = Word("발송기한", None, Text("", ""))
INVOICE = Word("송장", ("없음", "출력", "입력"), Text("", ""))
TODAY = date(2026, 11, 22)


def _cell(written: str | int | list[str | int], word: Word = DAYS) -> Cell:
    understood = cell(written, word)
    assert isinstance(understood, Cell)
    return understood


# ── cells: just inside and just outside each border ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "inside", "outside"),
    [
        (3, [3], [2, 4]),
        (0, [0], [-1, 1]),
        ("3 이상", [3, 4, 99], [2]),
        ("3 초과", [4, 99], [3]),
        ("3 이하", [3, 2, -99], [4]),
        ("3 미만", [2, -99], [3]),
        ("-5 이하", [-5, -6], [-4]),
        ("1~3", [1, 2, 3], [0, 4]),
        ("-3~-1", [-3, -1], [-4, 0]),
        ("2~2", [2], [1, 3]),
        ([0, "5 이상"], [0, 5, 6], [-1, 1, 4]),
        (["모름", "0~1"], [0, 1], [-1, 2]),
    ],
)
def test_a_number_cell_ends_where_its_words_say(written, inside, outside):
    understood = _cell(written)
    assert [number for number in inside if not understood.fits(number)] == []
    assert [number for number in outside if understood.fits(number)] == []


@pytest.mark.parametrize("written", [3, 0, "3 이상", "3 초과", "3 이하", "3 미만", "-9~9"])
def test_a_number_cell_never_fits_a_number_that_is_not_known(written):
    assert not _cell(written).fits(UNKNOWN)


def test_unknown_fits_only_a_cell_that_names_it():
    assert _cell("모름").fits(UNKNOWN)
    assert _cell(["모름", 3]).fits(UNKNOWN)
    assert _cell(["없음", "모름"], INVOICE).fits(UNKNOWN)
    assert not _cell(["없음", "출력", "입력"], INVOICE).fits(UNKNOWN)
    assert not _cell("모름").fits(0)


def test_a_word_cell_fits_its_words_and_no_others():
    understood = _cell(["없음", "출력"], INVOICE)
    assert understood.fits("없음")
    assert understood.fits("출력")
    assert not understood.fits("입력")


def test_a_blank_cell_fits_anything(book):
    last = book.decisions.rows[-1]
    assert last.when == {}
    assert last.fits({})
    assert last.fits({"송장": "입력", "발송기한": -3})


def test_a_fact_that_is_absent_counts_as_unknown(book):
    by_id = {row.id: row for row in book.decisions.rows}
    assert by_id["C-06"].fits({"요청": "구매자취소"})
    assert not by_id["C-02"].fits({"요청": "구매자취소"})


def test_a_row_tells_which_conditions_keep_it_out(book):
    by_id = {row.id: row for row in book.decisions.rows}
    facts = {"요청": "구매자취소", "주문상태": "발송대기", "송장": "입력", "출고": "집화"}
    assert by_id["C-37"].misses(facts) == ["송장", "출고"]
    assert by_id["C-13"].misses(facts) == []


# ── dated numbers ────────────────────────────────────────────────────────────────────────────────


def test_a_dated_number_holds_from_its_day_on_and_null_repeals_it():
    points = Dated(((date(2020, 1, 1), 1), (date(2024, 7, 1), 2), (date(2027, 1, 1), None)))
    assert points.on(date(2019, 12, 31)) is None
    assert points.on(date(2020, 1, 1)) == 1
    assert points.on(date(2024, 6, 30)) == 1
    assert points.on(date(2024, 7, 1)) == 2
    assert points.on(date(2026, 12, 31)) == 2
    assert points.on(date(2027, 1, 1)) is None


def test_the_days_may_be_written_in_any_order(edited):
    path = edited(
        "    일반:             {2020-01-01: 3}",
        "    일반:             {2028-01-01: 2, 2020-01-01: 3, 2030-01-01: null}",
    )
    days = rulebook.read(path, WORDS).calendar.dispatch_days["일반"]
    assert [days.on(date(year, 6, 1)) for year in (2019, 2026, 2028, 2030)] == [None, 3, 2, None]


# ── YAML ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("14:00", "14:00"),
        ("09:30", "09:30"),
        ("0010", "0010"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        ("+3", "+3"),
        ("-0", "-0"),
        ("10", 10),
        ("-3", -3),
        ("0", 0),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("Y", "Y"),
        ("N", "N"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", "~"),
        ("", None),
        ("NULL", "NULL"),
        ("2026-02-28", "2026-02-28"),
        ("'10'", "10"),
        ('"true"', "true"),
        ("=", "="),
    ],
)
def test_only_plain_whole_numbers_true_false_and_null_are_not_text(written, value):
    complaints: list[Complaint] = []
    document = load(f"칸: {written}", complaints)
    assert complaints == []
    assert document is not None
    assert document.data == {"칸": value}
    assert type(document.data["칸"]) is type(value)


def test_the_fast_parser_reads_what_the_plain_one_reads(monkeypatch, rules_path):
    text, complaints = rules_path.read_text("utf-8"), []
    fast = load(text, complaints)
    monkeypatch.setattr(loading, "_FAST", yaml.SafeLoader)
    assert fast == load(text, complaints)
    assert complaints == []


def test_what_was_read_is_given_back_at_once(rules_path, book):
    """A command seeks no garbage, and a reading has some ten thousand values that nobody needs afterwards."""
    gc.collect()
    rulebook.read(rules_path, WORDS, [book.sha256])
    assert gc.collect() < 1_000


def test_keys_stay_text():
    document = load("{1234567890: a, 2026-01-01: b, no: c, 0010: d}", [])
    assert document is not None
    assert list(document.data) == ["1234567890", "2026-01-01", "no", "0010"]


def _document(text: str) -> Document:
    document = load(text, [])
    assert document is not None
    return document


def test_each_value_and_each_key_knows_its_line_and_column():
    document = _document("표:\n  줄:\n  - {번호: 가}\n  - {번호: 나,\n     답: [다, 라]}")
    assert (document.key(("표", "줄", 0, "번호")), document.mark(("표", "줄", 0, "번호"))) == ((3, 6), (3, 10))
    assert (document.key(("표", "줄", 1, "답")), document.mark(("표", "줄", 1, "답"))) == ((5, 6), (5, 9))
    assert document.mark(("표", "줄", 1, "답", 1)) == (5, 13)
    assert document.mark(("표", "줄", 1)) == (4, 5)


def test_a_value_that_is_missing_is_looked_for_in_the_nearest_thing_around_it():
    document = _document("표:\n  줄:\n  - {번호: 가, 답: 다}")
    assert document.mark(("표", "줄", 0, "없는 칸", "없는 값")) == (3, 5)
    assert document.mark(("표", "줄", 0, "답", 0)) == (3, 16)
    assert document.mark(("표", "없는 칸")) == (1, 1)


@pytest.mark.parametrize(
    "written",
    ["", " # 아직", "\n    아래: 1", "\n    - 하나", "\n  - 하나"],
    ids=["nothing", "only a comment", "entries below", "list below", "list below, not indented"],
)
def test_an_empty_value_and_a_block_below_are_pointed_at_by_their_key(written):
    assert _document(f"표:\n  칸:{written}\n").mark(("표", "칸")) == (2, 3)


@pytest.mark.parametrize(
    "written", ["null", "''", "[]", "{}", "[하나]", "{하나: 1}", pytest.param("|\n    글", id="text below")]
)
def test_a_value_beside_its_key_is_pointed_at_itself(written):
    assert _document(f"표:\n  칸: {written}\n").mark(("표", "칸")) == (2, 6)


def _said(path: Path) -> list[str]:
    with pytest.raises(RulesError) as caught:
        rulebook.read(path, WORDS)
    return [
        f"{caught.value.file}:{complaint.line}:{complaint.column}: {complaint.message.ko}"
        for complaint in caught.value.complaints
    ]


def test_a_byte_order_mark_is_welcome(rules_path, tmp_path, book):
    path = tmp_path / "rules.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + rules_path.read_bytes())
    assert rulebook.read(path, WORDS) == book


@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
def test_a_file_is_read_as_notepad_saves_it(tmp_path, encoding):
    path = tmp_path / "rules.yaml"
    text = rulebook.starting_rules().replace("name: null", "name: 똠방각하 옷가게")
    path.write_bytes(text.encode(encoding))
    assert rulebook.read(path, WORDS).store.name == "똠방각하 옷가게"


def test_a_file_that_is_no_text_says_how_to_save_it(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_bytes(b"store: \xff\xff\n")
    assert _said(path) == [
        "rules.yaml:1:1: 글로 읽을 수 없는 파일입니다. 메모장에서 열어 보고 '다른 이름으로 저장' → 인코딩 UTF-8로 저장하세요."
    ]


def test_a_missing_file_says_how_to_get_one(tmp_path):
    sentence = "rules.yaml:1:1: 규칙 파일이 없습니다. 폴더를 --home으로 알려 주거나 `python -m processor init 새폴더`로 새로 만드세요."
    assert _said(tmp_path / "rules.yaml") == [sentence]
    (tmp_path / "rules.yaml").mkdir()
    (said,) = _said(tmp_path / "rules.yaml")
    assert said.endswith(
        "rules.yaml은 일반 파일이 아니라서 열지 않았습니다. 다른 곳으로 옮기고 다시 실행하세요. 아무것도 옮기지 않았습니다."
    )


def test_a_file_that_the_computer_does_not_open_is_said_to_be_so(tmp_path):
    (tmp_path / "desk").write_text("a file where the folder should be")
    assert _said(tmp_path / "desk" / "rules.yaml") == [
        "rules.yaml:1:1: 파일을 열 수 없습니다. 다른 프로그램에서 열려 있는지, 읽을 권한이 있는지 확인하세요."
    ]


def test_brackets_without_end_are_one_complaint(tmp_path):
    (tmp_path / "rules.yaml").write_text("version: " + "[" * 5000)
    assert _said(tmp_path / "rules.yaml") == [
        "rules.yaml:1:41: 괄호나 들여쓰기가 너무 깊습니다. 여기까지 여러 겹으로 들어간 것을 풀어 주세요."
    ]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "# 모두 지웠습니다\n", "취소승인", "- 하나\n- 둘\n"],
    ids=["nothing", "blank lines", "only a comment", "one word", "a list"],
)
def test_an_empty_file_says_how_to_get_the_default_rules(tmp_path, text):
    path = tmp_path / "rules.yaml"
    path.write_text(text, "utf-8")
    assert _said(path) == [
        "rules.yaml:1:1: 규칙이 비어 있습니다. `python -m processor init 새폴더`로 기본 규칙을 받으세요."
    ]


def test_a_control_character_is_named_with_its_place(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text("version: 2026-11-22\nstore:\n  name: 가게\x07\n", "utf-8")
    assert _said(path) == ["rules.yaml:3:11: 보이지 않는 특수 문자가 들어 있습니다. 이 줄을 지우고 다시 적으세요."]


def test_every_section_that_is_missing_is_named(book, tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text(f"version: {book.version}\nreasons: []\n", "utf-8")
    sections = ["store", "exports", "impossible", "decisions", "fees", "penalties", "calendar", "messages", "sources"]
    missing = {f"rules.yaml:1:1: '{name}' 칸이 빠졌습니다. 적어 주세요." for name in sections}
    assert set(_said(path)) == missing | {"rules.yaml:2:10: 비어 있습니다. 하나는 적으세요."}


def test_each_action_needs_the_steps_of_its_screen(edited):
    path = edited("    조치없음:\n      ko:", "    할일없음:\n      ko:")
    screens = path.read_text("utf-8").split("\n").index("  screens:") + 1
    assert _said(path) == [f"rules.yaml:{screens}:3: '조치없음' 화면이 빠졌습니다. 누를 순서를 ko와 en으로 적으세요."]


# ── schema.json names nothing differently from the code ──────────────────────────────────────────


@pytest.fixture(scope="module")
def schema() -> dict:
    return json.loads(resources.files("processor.rulebook").joinpath("schema.json").read_text("utf-8"))["else"][
        "properties"
    ]


def _rows(schema: dict, table: str) -> dict:
    return schema[table]["properties"]["rows"]["items"]["properties"]


def test_the_schema_knows_exactly_the_actions_kinds_and_payers(schema):
    assert _rows(schema, "decisions")["조치"]["enum"] == [action.ko for action in Action]
    assert _rows(schema, "fees")["부담"]["enum"] == [payer.text.ko for payer in Payer]
    assert schema["exports"]["properties"]["kinds"]["items"]["properties"]["kind"]["enum"] == [
        kind.value for kind in Kind
    ]


def test_the_schema_knows_exactly_the_columns_that_intake_reads(schema):
    made_of_rows = {
        Col.SOURCE, Col.INVOICE_SEEN, Col.DISPATCH_SEEN, Col.TROUBLE, Col.SEEN_AT, Col.SEEN_IN, Col.SHOWN,
        Col.ASKED_AT, Col.ASKED_TODAY, Col.WAITED_TODAY, Col.OVER_AT, Col.UNCLAIMED_AT, Col.SENT_AT,
    }  # fmt: skip
    made_of_memory = {Col.EARLIER, Col.NOTE_KO, Col.NOTE_EN}
    roles = {*CLAIMS} - made_of_rows - made_of_memory
    columns = schema["exports"]["properties"]["columns"]
    assert set(columns["properties"]) == roles
    assert set(columns["required"]) == roles


def test_the_schema_knows_the_yellow_cells_by_their_headers(schema, book):
    headers = [book.exports.columns[role][0] for role in (Col.HANDOVER, Col.CONSENT, Col.TRUE_REASON)]
    assert _rows(schema, "decisions")["묻기"]["items"]["enum"] == headers


@pytest.mark.parametrize(
    ("section", "role", "word"),
    [
        ("states", Col.HANDOVER, "출고"),
        ("states", Col.CONSENT, "동의"),
        ("states", Col.QUANTITY_CLAIM, "수량"),
        ("hints", Col.SHIP_METHOD, "배송"),
        ("hints", Col.MISTAKEN_INVOICE, "문제송장"),
        ("hints", Col.HOLDBACK, "보류"),
    ],
)
def test_what_a_cell_is_read_as_is_a_word_that_rules_know(schema, section, role, word):
    said = schema["exports"]["properties"][section]["properties"][role]["additionalProperties"]["enum"]
    assert [value for value in said if value != UNKNOWN] == list(WORDS[word].values or ())


def test_who_filed_a_claim_is_told_by_its_channel_or_by_the_state_of_the_cancel(schema):
    said = schema["exports"]["properties"]["hints"]["properties"][Col.CLAIM_CHANNEL]["additionalProperties"]["enum"]
    assert [*said, "직권"] == list(WORDS["접수"].values or ())


# ── the default rules: what the policy demands ────────────────────────────────────────────────────


def test_all_seven_outcomes_are_used(book):
    assert {row.action for row in book.decisions.rows} == set(Action)


def test_nothing_dispatched_is_ever_approved_or_cancelled_by_the_seller(book):
    """Try each irreversible row with every combination of the two facts that speak of dispatch."""
    invoices, handovers = ([*(WORDS[word].values or ()), UNKNOWN] for word in ("송장", "출고"))
    for row in book.decisions.rows:
        if row.action.irreversible:
            open_to = {
                (invoice, handover)
                for invoice, handover in product(invoices, handovers)
                if row.when["송장"].fits(invoice) and row.when["출고"].fits(handover)
            }
            assert open_to, row.id
            assert open_to <= set(product(("없음", UNKNOWN), ("미포장", "포장"))), row.id


def test_a_seller_cancels_only_with_consent_and_the_true_reason(book):
    rows = [row for row in book.decisions.rows if row.action is Action.SELLER_CANCEL]
    assert rows
    for row in rows:
        assert row.when["동의"].values == {"예"}, row.id
        assert row.when["사유일치"].values == {"예"}, row.id
        assert row.when["요청"].values == {"판매자취소"}, row.id


def test_no_row_offers_a_reason_beyond_the_seven(book):
    """Try each row with every reason and every word on whether it can be chosen, less what cannot be."""
    seven = {reason.name for reason in book.reasons if reason.seller_chooses == reason.name}
    pairs = [
        (stated, chosen)
        for stated, chosen in product(book.words["사유"].possible, book.words["사유선택"].possible)
        if not any(row.fits({"사유": stated, "사유선택": chosen}) for row in book.impossible)
    ]
    for row in book.decisions.rows:
        if row.action is Action.SELLER_CANCEL:
            asked = {word: cell for word, cell in row.when.items() if word in ("사유", "사유선택")}
            open_to = {
                stated
                for stated, chosen in pairs
                if all(cell.fits({"사유": stated, "사유선택": chosen}[word]) for word, cell in asked.items())
            }
            assert open_to, row.id
            assert open_to <= seven, row.id


SEVEN = {  # policy §4.1; a code only where the label can mean nothing else
    "상품품절": ("SOLD_OUT", "판매자", "판매자"),
    "배송지연": (None, "모름", "판매자"),
    "서비스불만족": (None, "모름", "판매자"),
    "구매의사취소": ("INTENT_CHANGED", "구매자", "구매자"),
    "색상및사이즈변경": ("COLOR_AND_SIZE", "구매자", "구매자"),
    "다른상품잘못주문": ("WRONG_ORDER", "구매자", "구매자"),
    "상품정보상이": (None, "모름", "판매자"),
}


def test_the_sellers_popup_has_the_seven_reasons_of_the_policy(book):
    chosen = {
        reason.name: (reason.code, reason.fault_if_buyer, reason.fault_if_seller)
        for reason in book.reasons
        if reason.seller_chooses == reason.name
    }
    assert chosen == SEVEN


READABLE = [  # exports §3.4 (label) and policy §4.2 (fault), one line a code with a label of its own
    ("INTENT_CHANGED", "구매 의사 취소", "구매자"),
    ("COLOR_AND_SIZE", "색상 및 사이즈 변경", "구매자"),
    ("WRONG_ORDER", "다른 상품 잘못 주문", "구매자"),
    ("SIMPLE_INTENT_CHANGED", "단순 변심", "구매자"),
    ("MISTAKE_ORDER", "주문 실수", "구매자"),
    ("SOLD_OUT", "상품 품절", "판매자"),
    ("DROPPED_DELIVERY", "배송 누락", "판매자"),
    ("BROKEN", "상품 파손", "판매자"),
    ("WRONG_DELIVERY", "오배송", "판매자"),
    ("WRONG_OPTION", "색상 등 다른 상품 잘못 배송", "판매자"),
    ("WRONG_DELAYED_DELIVERY", "오배송 및 지연", "판매자"),
    ("BROKEN_AND_BAD", "파손 및 불량", "판매자"),
    ("UNDER_QUANTITY", "주문 수량 미달", "판매자"),
    ("NOT_YET_DELIVERY", "미배송", "모름"),
    ("NOT_YET_RECEIVE", "상품 미수취", "모름"),
    ("ETC", "기타", "모름"),
    ("NOT_YET_DISCUSSION", "상호 협의가 완료되지 않은 주문 건", "모름"),
    ("OUT_OF_STOCK", "재고 부족으로 인한 판매 불가", "모름"),
    ("SALE_INTENT_CHANGED", "판매 의사 변심으로 인한 거부", "모름"),
    ("NOT_YET_PAYMENT", "구매자의 미결제로 인한 거부", "모름"),
    ("RECEIVING_DUE_DATE_OVER", "수락 기한 만료", "모름"),
    ("RECEIVER_MISMATCHED", "수신인 불일치", "모름"),
    ("GIFT_INTENT_CHANGED", "보내기 취소", "모름"),
    ("GIFT_REFUSAL", "선물 거절", "모름"),
    ("FAMILY_PAY_REJECTED", "패밀리결제 거절", "모름"),
    ("BUSINESSMALL_PAY_REJECTED", "관리자 결제 거절", "모름"),
]
SHARED = [
    "배송 지연",
    "서비스 불만족",
    "상품 정보 상이",
    "상품 수신 불가",
    "결제 승인 실패",
]  # one label, several codes


def _space_free(label: str) -> str:
    return "".join(label.split())


def test_every_code_with_a_label_of_its_own_is_known_with_its_fault(book):
    known = {
        reason.code: (reason.fault_if_buyer, {_space_free(label) for label in reason.labels}) for reason in book.reasons
    }
    for code, label, fault in READABLE:
        assert known[code][0] == fault, code
        assert _space_free(label) in known[code][1], code
    assert set(known) == {None, *(code for code, _, _ in READABLE)}


def test_a_label_that_several_codes_share_has_no_code_and_no_fault(book):
    by_label = {_space_free(label): reason for reason in book.reasons for label in reason.labels}
    for label in SHARED:
        reason = by_label[_space_free(label)]
        assert (reason.code, reason.fault_if_buyer) == (None, "모름"), label


def test_no_label_stands_for_two_reasons(book):
    labels = [(_space_free(label), reason.name) for reason in book.reasons for label in reason.labels]
    assert len({label for label, _ in labels}) == len(set(labels))


def test_what_sellers_type_themselves_is_understood(book):
    labels = {label for reason in book.reasons for label in reason.labels}
    typed = [
        "단순변심",
        "변심",
        "오주문",
        "오입력",
        "중복주문",
        "옵션변경",
        "품절",
        "배송지연",
        "불량",
        "파손",
        "오배송",
        "누락",
        "정보불일치",
    ]
    assert [word for word in typed if word not in labels] == []


LATE = {
    "요청": "없음",
    "주문상태": "발송대기",
    "송장": "없음",
    "발송주체": "판매자",
    "세부상태": "보통",
    "판매방식": "일반",
}
PROMISED = {**LATE, "세부상태": "발송지연", "상품": "일반"}
SOLD_OUT = {"요청": "판매자취소", "조치": "판매자취소", "사유": "상품품절", "발송기한": 2}
BACK = {"요청": "반품진행", "수거": "완료", "보류": "아니오"}


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({**LATE, "발송기한": 0}, []),
        ({**LATE, "발송기한": -1}, [1]),
        ({**LATE, "발송기한": -4}, [1]),
        ({**LATE, "발송기한": -5}, [1, 3]),
        ({**LATE, "발송기한": UNKNOWN}, []),
        ({**LATE, "발송기한": -4, "송장": "입력", "주문상태": "배송중"}, [1]),
        ({**LATE, "발송기한": -5, "송장": "입력", "주문상태": "배송중"}, [1, 3]),
        ({**LATE, "발송기한": 0, "송장": "입력", "주문상태": "배송중"}, []),
        ({**LATE, "발송기한": -5, "세부상태": "수락대기"}, []),
        ({**LATE, "발송기한": -5, "발송주체": "물류사"}, []),
        ({**LATE, "발송기한": -1, "판매방식": "정기구독"}, [1]),
        ({**LATE, "발송기한": -5, "판매방식": "N판매자"}, [1]),
        ({**PROMISED, "발송기한": 0}, []),
        ({**PROMISED, "발송기한": -1}, [2]),
        ({**PROMISED, "발송기한": -1, "상품": "오늘출발"}, [3]),
        ({**PROMISED, "발송기한": -1, "상품": "정기구독"}, [3]),
        ({"문제송장": "예", "주문상태": "배송중", "송장": "입력"}, [3]),
        ({"문제송장": UNKNOWN, "주문상태": "배송중", "송장": "입력"}, []),
        ({**SOLD_OUT, "판매방식": "일반"}, [2]),
        ({**SOLD_OUT, "판매방식": "선물"}, [3]),
        ({**SOLD_OUT, "판매방식": "정기구독"}, [3]),
        ({**SOLD_OUT, "판매방식": "일반", "사유": "구매의사취소"}, []),
        ({**SOLD_OUT, "판매방식": "일반", "사유": "배송지연"}, []),
        ({**SOLD_OUT, "판매방식": "일반", "조치": "취소승인", "요청": "구매자취소"}, []),
        ({**BACK, "수거경과": 3}, []),
        ({**BACK, "수거경과": 4}, [1]),
        ({**BACK, "수거경과": 4, "보류": "예"}, []),
        ({**BACK, "수거경과": 3, "요청": "교환진행"}, []),
        ({**BACK, "수거경과": 4, "요청": "교환진행"}, [1]),
    ],
)
def test_points_are_those_of_the_sales_management_programme(book, facts, points):
    assert [row.points.on(TODAY) for row in book.penalties.table.all(facts)] == points


def test_only_a_sold_out_cancel_comes_from_todays_action_and_pierces_a_moratorium(book):
    by_event = {(row.event, row.by_action, row.moratorium_exempt) for row in book.penalties.table.rows}
    assert {event for event, by_action, _ in by_event if by_action} == {"sold_out_cancel"}
    assert {event for event, _, exempt in by_event if exempt} == {"sold_out_cancel"}


def test_late_delivery_by_the_sellers_own_fast_delivery_counts_each_day(book):
    (row,) = book.penalties.table.all({**LATE, "발송기한": -5, "판매방식": "N판매자"})
    assert row.per_day
    assert not any(row.per_day for row in book.penalties.table.all({**LATE, "발송기한": -5}))


def test_no_points_are_older_than_the_programme_that_gives_them(book):
    assert {row.points.on(date(2021, 2, 28)) for row in book.penalties.table.rows} == {None}
    assert [row.points.on(date(2021, 3, 1)) for row in book.penalties.table.all({**SOLD_OUT, "판매방식": "일반"})] == [
        2
    ]


def test_a_sanction_needs_ten_points_in_thirty_days_and_forty_percent(book):
    sanction = book.penalties.sanction
    assert (sanction.window_days, sanction.points, sanction.ratio_percent) == (30, 10, 40)


def test_the_one_known_moratorium(book):
    spans = [(span.first, span.last) for span in book.penalties.moratoria]
    assert spans == [(date(2025, 10, 1), date(2025, 10, 10))]


def test_deadlines_and_dispatch_days_are_those_of_the_policy(book):
    days = {name: dated.on(TODAY) for name, dated in book.calendar.dispatch_days.items()}
    assert days == {"일반": 3, "정기구독": 1, "오늘출발 마감 전": 0, "오늘출발 마감 후": 1}
    after = {name: (one.start, one.working_days.on(TODAY)) for name, one in book.calendar.deadlines.items()}
    assert after["반품처리"] == after["교환처리"] == ("collect_done", 3)
    assert after["취소응답"] == ("claim_requested", 2)
    assert after["발송기한"] == ("due_at", 0)
    assert (after["송장스캔"], after["송장스캔_해외"]) == (("dispatched_at", 2), ("dispatched_at", 15))
    assert (after["취소완료"], after["문제송장"]) == (("cancelled_at", 0), ("mistaken_at", 0))


def test_every_source_that_is_cited_is_described_and_every_described_one_is_cited(book):
    rows = [*book.impossible, *book.decisions.rows, *book.fees.rows, *book.penalties.table.rows]
    others = [book.penalties.sanction, *book.penalties.moratoria, *book.calendar.deadlines.values()]
    cited = [set(entry.sources) for entry in (*rows, *others)]
    assert all(cited)
    assert set().union(*cited) == set(book.sources)


def test_what_naver_and_the_law_say_is_to_be_looked_at_again(book):
    """Numbers of the programme and of the screens age faster than the law; our own judgement does not age."""
    due = {name: source.review_by for name, source in book.sources.items() if source.review_by}
    assert {due[name] for name in ("판매관리", "API", "화면")} == {date(2027, 3, 20)}
    assert {due[name] for name in ("실무", "블로그", "법")} == {date(2027, 9, 20)}
    assert len(due) == 6


def test_every_kind_of_export_is_described_once(book):
    assert [export.kind for export in book.exports.kinds] == list(Kind)


def test_ids_begin_with_the_letter_of_their_table(book):
    for table, letter in ((book.decisions, "C"), (book.fees, "F"), (book.penalties.table, "P")):
        assert {row.id[0] for row in table.rows} == {letter}
    assert {row.id[0] for row in book.impossible} == {"X"}


def test_every_id_stands_once(book):
    rows = [*book.impossible, *book.decisions.rows, *book.fees.rows, *book.penalties.table.rows]
    assert len({row.id for row in rows}) == len(rows)


@pytest.mark.parametrize("number", ["C-14", "C-16"])
def test_an_id_that_was_used_once_is_not_used_again(book, number):
    """Older workbooks name these rows, which are gone."""
    assert number not in {row.id for row in book.decisions.rows}


def test_the_store_starts_on_the_safe_side(book: Rulebook):
    store = book.store
    assert (store.packed, store.unknown_handover, store.no_invoice_means) == ("negotiate", "review", "미포장")
    assert store.return_fee is None
    assert store.today_cutoff is None


def test_the_same_text_gives_the_same_rulebook(rules_path, book):
    assert rulebook.read(rules_path, judge.WORDS) == book


# ── rules that were checked before ───────────────────────────────────────────────────────────────


@pytest.fixture
def checks(monkeypatch) -> list[str]:
    """Which checks are made."""
    made: list[str] = []
    for room, name in ((shape, "shape"), (sense, "sense")):
        monkeypatch.setattr(room, "check", lambda *_, name=name: made.append(name) or [])
    return made


def test_rules_that_were_found_sound_are_not_checked_again(rules_path, book, checks):
    assert rulebook.read(rules_path, WORDS, {book.sha256}) == book
    assert checks == []


def test_one_blank_more_and_they_are_checked(edited, book, checks):
    rulebook.read(edited("  packed: negotiate", "  packed:  negotiate"), WORDS, {book.sha256})
    assert checks == ["shape", "sense"]


def test_a_changed_line_is_another_program(monkeypatch, tmp_path):
    def told() -> str:
        program.program.cache_clear()
        return program.program()

    monkeypatch.setattr(program, "_SOURCES", tmp_path)
    (tmp_path / "room").mkdir()
    found = []
    for name, text in (("a.py", "x = 1"), ("a.py", "x = 2"), ("room/b.json", "{}"), ("room/c.txt", "no source")):
        (tmp_path / name).write_text(text)
        found.append(told())
    monkeypatch.undo()
    program.program.cache_clear()
    assert len({*found}) == 3
    assert found[2] == found[3]
    assert all(each.startswith("0.2.0+") for each in found)

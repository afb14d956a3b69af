"""The shop's settings as a seller says them: their names, their values, and how they stand in rules.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import examples

from processor import rulebook
from processor.judge import WORDS
from processor.model import Text
from processor.rulebook.settings import ANY, SETTINGS, Named, Setting, in_force, named
from processor.rulebook.shape import structure

# ── values ───────────────────────────────────────────────────────────────────────────────────────

UNDERSTOOD: dict[str, dict[str, Any]] = {
    "name": {"옷가게": "옷가게", " 옷가게 ": "옷가게", "": None, "없음": None},
    "no_invoice_means": {
        "미포장": "미포장",
        "포장 전": "미포장",
        "포장 전으로 봅니다": "미포장",
        "모름": "모름",
        "물어봄": "모름",
        "ask": "모름",
    },
    "packed": {
        **dict.fromkeys(
            ["negotiate", "협의", "고객협의", "고객 협의", "구매자와 이야기", "NEGOTIATE", "talk to the buyer"],
            "negotiate",
        ),
        **dict.fromkeys(["approve", "승인", "바로 승인", "취소승인", "approve at once"], "approve"),
    },
    "unknown_handover": {
        "물어봄": "review",
        "확인필요": "review",
        "review": "review",
        "포장 전으로 봄": "assume_unpacked",
        "미포장": "assume_unpacked",
    },
    "free_shipping_on_change_of_mind": {
        "청구": "charge",
        "받음": "charge",
        "charge": "charge",
        "면제": "waive",
        "안 받음": "waive",
        "안받음": "waive",
    },
    "return_fee": {
        **dict.fromkeys(
            ["3,000원", "3000", "3000원", "3천원", "3천", "３，０００ 원", "３천원", "₩3,000", "3,000 원"],
            3000,
        ),
        **dict.fromkeys(["만원", "1만원", "10,000", "1만"], 10000),
        **dict.fromkeys(["3만 5천원", "3만5천", "3만5,000원", "3만 5000원"], 35000),
        **{"1만2000원": 12000, "3천5백원": 3500, "천원": 1000, "100": 100, "99원": 99},
        **{"무료": 0, "0": 0, "0원": 0, "free": 0, "모름": None, "null": None, "미정": None},
    },
    "free_shipping_over": {"5만원": 50000, "50,000원": 50000, "모름": None},
    "today_cutoff": {
        **dict.fromkeys(
            [
                "오후 2시",
                "오후2시",
                "14시",
                "14:00",
                "2 PM",
                "2pm",
                "PM 2:00",
                "2:00 p.m.",
                "오후 2:00",
                "오후 2시까지",
                "낮 2시",
            ],
            "14:00",
        ),
        **dict.fromkeys(["오후 2시 30분", "오후 2시 반", "14시 30분", "2:30 PM", "１４：３０"], "14:30"),
        **dict.fromkeys(["낮 12시", "정오", "12:00", "오후 12시", "12 PM"], "12:00"),
        **{
            "오전 9시": "09:00",
            "09:00": "09:00",
            "오전 0시": "00:00",
            "0시": "00:00",
            "23:59": "23:59",
            "오후 11시 59분": "23:59",
        },
        **dict.fromkeys(["없음", "null", "끔", "안 함"], None),
    },
    "approve_limit": {
        "300건": 300,
        "300": 300,
        "３００ 건": 300,
        "1,000건": 1000,
        "끔": None,
        "없음": None,
        "off": None,
    },
    "personal": {"비움": "drop", "drop": "drop", "그대로": "keep", "keep": "keep"},
    "protect_outbox": {
        **dict.fromkeys(["켬", "예", "true", "True", "on", "yes"], True),
        **dict.fromkeys(["끔", "아니오", "아니요", "false", "off", "no"], False),
    },
    "penalty_now": {"없음": None, "null": None},
    "penalty_now.day": dict.fromkeys(
        ["2026-11-20", "2026.11.20", "2026. 11. 20.", "2026/11/20", "2026년 11월 20일", "２０２６-11-20"], "2026-11-20"
    ),
    "penalty_now.points": {"6점": 6, "6": 6, "6 점": 6},
    "penalty_now.ratio_percent": {"12%": 12, "12": 12, "12 퍼센트": 12},
    "penalty_now.stage": {"주의": "주의"},
    "penalty_now.stage_since": {"2026.8.1": "2026-08-01"},
    "products.1.상품": {"주문제작": "주문제작"},
    "products.1.제작동의": {"예": "예", "yes": "예", "아니요": "아니오", "모름": "모름"},
    "products.1.return_fee": {"5천원": 5000, "가게와 같음": None, "무료": 0},
    "products.1.outbound_fee": {"3,000원": 3000},
    "products.1.free_shipping_over": {"5만원": 50000},
}


def setting(name: str) -> Setting:
    found = named(name)
    assert isinstance(found, Named), found
    return found.setting


@pytest.mark.parametrize(
    ("name", "said", "value"), [(name, said, value) for name, its in UNDERSTOOD.items() for said, value in its.items()]
)
def test_a_value_is_understood_as_a_seller_says_it(name: str, said: str, value: Any) -> None:
    read = setting(name).read(said)

    assert (read, type(read)) == (value, type(value))


WON = "대신 '3,000원'처럼 적으세요. 그 밖에 쓸 수 있는 말: 무료(0)·모름(null)"
TIME = "대신 '오후 2시'처럼 적으세요. 그 밖에 쓸 수 있는 말: 없음(null)"
HALF = "만으로는 오전인지 오후인지 알 수 없습니다. '오후 2시'나 '14:00'처럼 적으세요."
NOON = "만으로는 낮인지 밤인지 알 수 없습니다. '낮 12시'나 '12:00'처럼 적으세요."
NOT_UNDERSTOOD = {
    **{("return_fee", said): f"'{said}' {WON}" for said in (
        "약 3000", "3000원 정도", "삼천원", "없음", "1.5만원", "3만5", "3천5", "3천5000원", "3.000", "3.000원", "3000.00", "1,2,3", "3000~5000", "$3", "③", "3,000,원",
    )},
    ("return_fee", "3"): "'3'이 몇 원인지 알 수 없습니다. '3,000원'처럼 단위까지 적으세요.",
    ("return_fee", "99"): "'99'가 몇 원인지 알 수 없습니다. '3,000원'처럼 단위까지 적으세요.",
    ("free_shipping_over", "무료"): "'무료' 대신 '3,000원'처럼 적으세요. 그 밖에 쓸 수 있는 말: 모름(null)",
    **{("today_cutoff", said): f"'{said}'{HALF}" for said in ("2시", "2:30", "9:00", "11시 30분", "1시 반")},
    **{("today_cutoff", said): f"'{said}'{NOON}" for said in ("12시", "오전 12시", "12:00 AM", "12시 30분")},
    **{("today_cutoff", said): f"'{said}' {TIME}" for said in (
        "14", "2", "1400", "자정", "24:00", "25시", "오전 14시", "오후 0시", "오후 2:60", "오후 3시 PM", "두시", "오후", "14:00:00", "2:3 PM", "오후 2시쯤",
    )},
    ("packed", "negociate"): "'negociate'는 여기에 쓸 수 없습니다. 'negotiate'를 쓰려던 것인가요? 쓸 수 있는 말: 구매자와 이야기(negotiate)·바로 승인(approve)",
    ("packed", "예"): "'예'는 여기에 쓸 수 없습니다. 쓸 수 있는 말: 구매자와 이야기(negotiate)·바로 승인(approve)",
    ("free_shipping_on_change_of_mind", "예"): "'예'는 여기에 쓸 수 없습니다. 쓸 수 있는 말: 받음(charge)·안 받음(waive)",
    ("protect_outbox", "1"): "'1'은 여기에 쓸 수 없습니다. 쓸 수 있는 말: 켬(true)·끔(false)",
    ("approve_limit", "300원"): "'300원' 대신 '300건'처럼 적으세요. 그 밖에 쓸 수 있는 말: 끔(null)",
    ("approve_limit", "1.000"): "'1.000' 대신 '300건'처럼 적으세요. 그 밖에 쓸 수 있는 말: 끔(null)",
    ("approve_limit", "no"): "'no' 대신 '300건'처럼 적으세요. 그 밖에 쓸 수 있는 말: 끔(null)",
    ("penalty_now.day", "11월 20일"): "'11월 20일' 대신 '2026-11-20'처럼 적으세요.",
    ("penalty_now.day", "26.11.20"): "'26.11.20' 대신 '2026-11-20'처럼 적으세요.",
    ("penalty_now.ratio_percent", "12.3%"): "'12.3%' 대신 '12%'처럼 적으세요.",
}  # fmt: skip


@pytest.mark.parametrize(("name", "said", "sentence"), [(*key, sentence) for key, sentence in NOT_UNDERSTOOD.items()])
def test_what_may_mean_two_things_or_nothing_is_never_guessed(name: str, said: str, sentence: str) -> None:
    answer = setting(name).read(said)

    assert isinstance(answer, Text)
    assert answer.ko == sentence
    assert said in answer.en


@examples(300)
@given(st.integers(100, 10_000_000_000))
def test_an_amount_is_said_back_so_that_it_is_understood(won: int) -> None:
    fee = setting("return_fee")

    assert fee.read(fee.said(won).ko) == fee.read(str(won)) == fee.read(f"{won:,}원") == won


@examples(100)
@given(st.integers(1, 9999), st.integers(0, 9))
def test_thousands_and_ten_thousands_are_added_up(ten_thousands: int, thousands: int) -> None:
    said = f"{ten_thousands}만 {thousands}천원" if thousands else f"{ten_thousands}만원"

    assert setting("free_shipping_over").read(said) == ten_thousands * 10_000 + thousands * 1_000


@examples(200)
@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_of_day_is_understood_in_each_way_that_is_sure(hour: int, minute: int) -> None:
    cutoff, time = setting("today_cutoff"), f"{hour:02}:{minute:02}"

    assert cutoff.read(time) == time
    if hour > 12:
        said = [
            f"오후 {hour - 12}시 {minute}분",
            f"{hour}시 {minute}분",
            f"{hour - 12}:{minute:02} PM",
            f"오후 {hour - 12}:{minute:02}",
        ]
        assert {cutoff.read(each) for each in said} == {time}
        assert isinstance(cutoff.read(f"{hour - 12}시 {minute}분"), Text)


@examples(300)
@given(st.text(st.sampled_from("0123456789０３,. 만천백원약~-+₩시분오전후:PMpm반모름무료"), max_size=8))
def test_whatever_is_said_of_money_or_time_is_a_number_a_time_or_a_sentence(said: str) -> None:
    fee, cutoff = setting("return_fee").read(said), setting("today_cutoff").read(said)

    assert fee is None or isinstance(fee, int | Text)
    assert cutoff is None or isinstance(cutoff, Text) or len(str(cutoff)) == 5
    digits = "".join(sign for sign in said.translate({0xFF10: "0", 0xFF13: "3"}) if sign.isdigit())
    if isinstance(fee, int) and not any(unit in said for unit in "만천백"):
        assert fee == 0 or str(abs(fee)) in digits.lstrip("0")  # no digit is lost or made up


# ── names ────────────────────────────────────────────────────────────────────────────────────────

NAMES = {
    "return_fee": "return_fee",
    "store.return_fee": "return_fee",
    "반품 배송비": "return_fee",
    "반품배송비": "return_fee",
    "반품 배송비 (편도)": "return_fee",
    "오늘출발 마감": "today_cutoff",
    "Shop Name": "name",
    "지금 벌점": "penalty_now",
    "지금 벌점.점수": "penalty_now.points",
    "penalty_now.stage_since": "penalty_now.stage_since",
    "products.1234567890.return_fee": "products.1234567890.return_fee",
    "상품별 예외.１２３.반품 배송비": "products.123.return_fee",
    "상품별 예외.123": "products.123",
}


@pytest.mark.parametrize(("name", "key"), NAMES.items())
def test_a_setting_has_the_name_of_the_file_and_its_label(name: str, key: str) -> None:
    found = named(name)

    assert isinstance(found, Named)
    assert found.key == key
    assert found.path == ("store", *key.split("."))


NO_NAMES = {
    "retrun_fee": "'retrun_fee'라는 설정은 없습니다. 'return_fee'를 쓰려던 것인가요?",
    "반품배송": "'반품배송'이라는 설정은 없습니다. '반품 배송비'를 쓰려던 것인가요?",
    "penalty_now.point": "'point'라는 설정은 없습니다. 'points'를 쓰려던 것인가요?",
    "penalty_now.zzz": "'zzz'라는 설정은 없습니다. 쓸 수 있는 말: day·points·ratio_percent·stage·stage_since",
    "products": "products는 한 번에 바꿀 수 없습니다. products.1234567890.상품처럼 칸마다 적으세요.",
    "products.양말.return_fee": "'양말'은 상품번호가 아닙니다. products.1234567890.return_fee처럼 적으세요.",
    "products.*.return_fee": "'*'는 상품번호가 아닙니다. products.1234567890.return_fee처럼 적으세요.",
    "return_fee.won": "이 설정에는 더 안쪽의 칸이 없습니다.",
}


@pytest.mark.parametrize(("name", "sentence"), NO_NAMES.items())
def test_a_name_that_is_no_setting_is_answered_with_the_nearest(name: str, sentence: str) -> None:
    found = named(name)

    assert isinstance(found, Text)
    assert found.ko == sentence


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def entries(schema: dict[str, Any], key: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """The keys of all values that the schema of `store:` knows."""
    found = {key} if key and "additionalProperties" not in schema else set()
    for name, inner in schema.get("properties", {}).items():
        found |= entries(inner, (*key, name))
    if isinstance(schema.get("additionalProperties"), dict):
        found |= entries(schema["additionalProperties"], (*key, ANY))
    return found


def test_every_setting_of_the_file_has_its_line_in_the_table() -> None:
    known = [each.key for each in SETTINGS]

    assert set(known) == entries(structure()["properties"]["store"]) | {("penalty_now",), ("products", ANY)}
    assert len(known) == len(set(known))


@pytest.mark.parametrize("found", SETTINGS, ids=lambda found: ".".join(found.key))
def test_no_word_of_a_setting_means_two_values(found: Setting) -> None:
    for choice in found.choices:
        assert [found.read(word) for word in choice.words] == [choice.value] * len(choice.words)
    if found.grammar:
        for example in found.grammar.example:
            assert not isinstance(found.read(example), Text)


def test_labels_are_different() -> None:
    labels = [(each.key[:-1], said) for each in SETTINGS for said in set(each.label)]

    assert len(labels) == len(set(labels))


# ── in the file ──────────────────────────────────────────────────────────────────────────────────

GENEROUS = {
    "  name: null ": "  name: 없음 ",
    "  no_invoice_means: 미포장 ": "  no_invoice_means: 물어봄 ",
    "  packed: negotiate ": "  packed: 바로 승인 ",
    "  unknown_handover: review ": "  unknown_handover: 물어봄 ",
    "  free_shipping_on_change_of_mind: charge ": "  free_shipping_on_change_of_mind: 면제 ",
    "  return_fee: null ": "  return_fee: 3,000원 ",
    "  outbound_fee: null ": "  outbound_fee: 무료 ",
    "  free_shipping_over: null ": "  free_shipping_over: 5만원 ",
    "  today_cutoff: null ": "  today_cutoff: 오후 2시 ",
    "  approve_limit: 300 ": "  approve_limit: 200건 ",
    "  personal: drop ": "  personal: 그대로 ",
    "  protect_outbox: false ": "  protect_outbox: 켬 ",
    "  penalty_now: null ": "  penalty_now: {day: 2026.11.20, points: 6점, ratio_percent: 12%} ",
    "  products: {} ": '  products: {"123": {상품: 주문제작, 제작동의: 네, return_fee: "5,000원", outbound_fee: 가게와 같음}} ',
}


@pytest.fixture(scope="module")
def generous(rules_path: Path) -> str:
    text = rules_path.read_text("utf-8")
    for old, new in GENEROUS.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_the_file_may_say_it_as_a_seller_does(generous: str) -> None:
    store = rulebook.read_text(generous, "rules.yaml", WORDS).store

    assert (store.name, store.no_invoice_means, store.packed, store.unknown_handover) == (
        "",
        "모름",
        "approve",
        "review",
    )
    assert (store.free_shipping_on_change_of_mind, store.return_fee, store.outbound_fee) == ("waive", 3000, 0)
    assert (store.free_shipping_over, store.today_cutoff, store.approve_limit) == (50000, "14:00", 200)
    assert (store.personal, store.protect_outbox) == ("keep", True)
    assert store.penalty_now is not None
    assert (store.penalty_now.day.isoformat(), store.penalty_now.points, store.penalty_now.ratio_percent) == (
        "2026-11-20",
        6,
        12,
    )
    product = store.products["123"]
    assert (product.goods, product.agreed, product.return_fee, product.outbound_fee) == ("주문제작", "예", 5000, None)


def test_rules_that_were_proved_before_are_understood_in_the_same_way(generous: str) -> None:
    book = rulebook.read_text(generous, "rules.yaml", WORDS)

    again = rulebook.read_text(generous, "rules.yaml", WORDS, {book.sha256})

    assert again.store == book.store


def test_what_is_said_back_is_what_is_in_force(generous: str) -> None:
    said = {
        found.key: found.setting.said(value).ko
        for found, value in in_force(rulebook.read_text(generous, "rules.yaml", WORDS))
    }

    assert said == {
        "name": "없음",
        "no_invoice_means": "물어봅니다",
        "packed": "바로 승인",
        "unknown_handover": "물어봅니다",
        "free_shipping_on_change_of_mind": "안 받음",
        "return_fee": "3,000원",
        "outbound_fee": "무료",
        "free_shipping_over": "50,000원",
        "today_cutoff": "14:00",
        "approve_limit": "200건",
        "personal": "그대로",
        "protect_outbox": "켬",
        "penalty_now.day": "2026-11-20",
        "penalty_now.points": "6점",
        "penalty_now.ratio_percent": "12%",
        "products.123.상품": "주문제작",
        "products.123.제작동의": "예",
        "products.123.return_fee": "5,000원",
    }


def test_a_stage_is_said_back_by_its_name(rules_path: Path) -> None:
    now = "penalty_now: {day: 2026-11-20, points: 40, stage: 경고, stage_since: 2026-08-01} "
    text = rules_path.read_text("utf-8").replace("penalty_now: null ", now)

    found = {each.key: value for each, value in in_force(rulebook.read_text(text, "rules.yaml", WORDS))}

    assert (found["penalty_now.stage"], found["penalty_now.stage_since"]) == ("경고", "2026-08-01")


def test_a_value_has_one_complaint_and_other_mistakes_theirs(rules_path: Path) -> None:
    text = (
        rules_path.read_text("utf-8")
        .replace("return_fee: null", "return_fee: 약 3000")
        .replace("personal: drop", "persnal: drop")
    )

    with pytest.raises(rulebook.RulesError) as refused:
        rulebook.read_text(text, "rules.yaml", WORDS)

    assert [complaint.message.ko for complaint in refused.value.complaints] == [
        NOT_UNDERSTOOD["return_fee", "약 3000"],
        "'persnal'이라는 칸은 없습니다. 'personal'을 쓰려던 것인가요?",
    ]

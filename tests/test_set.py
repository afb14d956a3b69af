"""`set` changes the shop's settings in a desk's rules.yaml: what is written, what stays, what is refused and how it is said."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from processor import app, ledger
from processor.app import errors
from processor.app.desk import Desk
from processor.rulebook import Rulebook

pytestmark = pytest.mark.slow

HALF = "만으로는 오전인지 오후인지 알 수 없습니다. '오후 2시'나 '14:00'처럼 적으세요."
WON = "대신 '3,000원'처럼 적으세요. 그 밖에 쓸 수 있는 말: 무료(0)·모름(null)"


@pytest.fixture
def desk_that_builds(tmp_path: Path) -> Desk:
    """A new desk, whose rules build on the default."""
    return app.new_desk(tmp_path / "desk")


def _version_of(desk: Desk) -> str:
    (line,) = (line for line in lines_of(desk) if line.startswith("based_on: "))
    return line.removeprefix("based_on: ")


def lines_of(desk: Desk) -> list[str]:
    return desk.rules.read_text("utf-8").splitlines()


def test_settings_are_changed_and_all_else_in_the_file_stays(empty_desk: Desk) -> None:
    before = lines_of(empty_desk)

    done = app.change_settings(
        empty_desk,
        {"반품 배송비": "3,000원", "today_cutoff": "오후 2시", "packed": "승인", "approve_limit": "300건"}.items(),
    )

    wanted = [
        line.replace("return_fee: null ", "return_fee: 3000 ", 1)
        .replace("today_cutoff: null ", "today_cutoff: 14:00 ")
        .replace("packed: negotiate ", "packed: approve ")
        if line.startswith("  ") and "#" in line
        else line
        for line in before
    ]
    assert lines_of(empty_desk) == wanted
    assert [line.ko for line in done.lines()] == [
        "반품 배송비 (편도): 모름 → 3,000원",
        "오늘출발 마감: 없음 → 14:00",
        "포장했지만 택배사가 가져가기 전의 취소요청: 구매자와 이야기 → 바로 승인",
        "한 번에 승인이 이보다 많으면 멈춤: 그대로 300건",
        "rules.yaml에 적었습니다. 다음 처리부터 이대로 합니다.",
    ]
    assert list(empty_desk.home.glob(".*")) == []  # nothing is left beside it


def test_what_stood_there_as_a_seller_says_it_is_understood(empty_desk: Desk) -> None:
    text = empty_desk.rules.read_text("utf-8")
    empty_desk.rules.write_text(text.replace("  packed: negotiate ", "  packed: 협의 "), "utf-8")

    done = app.change_settings(empty_desk, [("packed", "승인")])

    assert next(done.lines()).ko.endswith(": 구매자와 이야기 → 바로 승인")


def test_what_is_so_already_is_not_written(empty_desk: Desk) -> None:
    stamp = empty_desk.rules.stat().st_mtime_ns, empty_desk.rules.stat().st_ino

    done = app.change_settings(empty_desk, [("return_fee", "모름"), ("approve_limit", "300")])

    assert (empty_desk.rules.stat().st_mtime_ns, empty_desk.rules.stat().st_ino) == stamp
    assert [line.ko for line in done.lines()][-1] == "바뀐 것이 없어 rules.yaml을 그대로 두었습니다."


def test_a_file_of_notepad_keeps_its_line_ends_and_its_mark(empty_desk: Desk) -> None:
    text = b"\xef\xbb\xbf" + empty_desk.rules.read_bytes().replace(b"\n", b"\r\n")
    empty_desk.rules.write_bytes(text)

    app.change_settings(empty_desk, [("return_fee", "3,000원")])

    assert empty_desk.rules.read_bytes() == text.replace(b"  return_fee: null", b"  return_fee: 3000")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp949"])
def test_a_file_keeps_its_encoding(desk_that_builds: Desk, encoding: str) -> None:
    text = desk_that_builds.rules.read_text("utf-8").replace("─", "-").replace("…", "...")
    text = text if encoding == "cp949" else "\ufeff" + text
    desk_that_builds.rules.write_bytes(text.encode(encoding))

    app.change_settings(desk_that_builds, [("return_fee", "3,000원")])

    wanted = text.replace("  return_fee: null", "  return_fee: 3000")
    assert desk_that_builds.rules.read_bytes() == wanted.encode(encoding)


def test_a_name_that_the_old_encoding_lacks_makes_it_utf_8(desk_that_builds: Desk) -> None:
    text = "based_on: " + _version_of(desk_that_builds) + "\nstore:\n  name: 옷가게\n"
    desk_that_builds.rules.write_bytes(text.encode("cp949"))

    app.change_settings(desk_that_builds, [("name", "Café")])

    assert desk_that_builds.rules.read_bytes() == text.replace("옷가게", "Café").encode()


def test_a_setting_that_a_desk_left_to_the_default_is_added(desk_that_builds: Desk) -> None:
    text = "based_on: " + _version_of(desk_that_builds) + "\n# 내 가게\nstore:\n  packed: 승인  # 바로\n"
    desk_that_builds.rules.write_text(text, "utf-8")

    done = app.change_settings(
        desk_that_builds, [("approve_limit", "200건"), ("today_cutoff", "없음"), ("products.7.return_fee", "5천원")]
    )

    added = '  approve_limit: 200\n  today_cutoff: null\n  products:\n    "7":\n      return_fee: 5000\n'
    assert desk_that_builds.rules.read_text("utf-8") == text + added
    assert [line.ko for line in done.lines()][:3] == [
        "한 번에 승인이 이보다 많으면 멈춤: 300건 → 200건",
        "오늘출발 마감: 그대로 없음",
        "상품별 예외 › 7 › 반품 배송비 (편도): 가게와 같음 → 5,000원",
    ]


def test_a_product_and_the_points_are_told_by_their_parts(empty_desk: Desk) -> None:
    said = {
        "products.1234567890.상품": "주문제작",
        "products.1234567890.return_fee": "5천원",
        "penalty_now.points": "6점",
        "penalty_now.day": "2026.11.20",
    }

    done = app.change_settings(empty_desk, said.items())

    store = app.rules(empty_desk.rules).store
    assert (store.products["1234567890"].goods, store.products["1234567890"].return_fee) == ("주문제작", 5000)
    assert store.penalty_now is not None
    assert store.penalty_now.points == 6
    assert [line.ko for line in done.lines()][:3] == [
        "상품별 예외 › 1234567890 › 상품: 없음 → 주문제작",
        "상품별 예외 › 1234567890 › 반품 배송비 (편도): 가게와 같음 → 5,000원",
        "지금 벌점 › 점수: 없음 → 6점",
    ]


def test_a_product_that_no_longer_differs_is_taken_out_whole(empty_desk: Desk) -> None:
    before = empty_desk.rules.read_bytes()
    app.change_settings(empty_desk, [("products.7.상품", "주문제작"), ("products.7.return_fee", "5천원")])
    app.change_settings(empty_desk, [("products.8.상품", "해외")])

    done = app.change_settings(empty_desk, [("products.7", "없음")])

    assert done.written
    assert [*app.rules(empty_desk.rules).store.products] == ["8"]
    app.change_settings(empty_desk, [("products.8", "없음")])
    assert empty_desk.rules.read_bytes() == before
    assert not app.change_settings(empty_desk, [("products.8", "없음")]).written


def test_what_is_dangerous_is_said_with_it(empty_desk: Desk) -> None:
    done = app.change_settings(empty_desk, [("unknown_handover", "포장 전으로 봄")])

    assert [line.ko for line in done.lines()][1] == "! 이미 나간 상품이 환불될 수 있습니다."


REFUSED = {
    "a value that may mean two things": ([("today_cutoff", "2시")], "rules.yaml:{today_cutoff: null}: '2시'" + HALF),
    "one of several": ([("return_fee", "3,000원"), ("outbound_fee", "약 3000")], "rules.yaml:{outbound_fee: null}: '약 3000' " + WON),
    "a number out of bounds": ([("return_fee", "-3,000원")], "rules.yaml:{return_fee: null}: '-3000' 대신 0 이상인 정수를 적으세요."),
    "a limit of nothing": ([("approve_limit", "0건")], "rules.yaml:{approve_limit: 300}: '0' 대신 1 이상인 정수를 적으세요."),
    "a part without the others": ([("penalty_now.points", "6점")], "rules.yaml:{penalty_now: null}: 'day' 칸이 빠졌습니다. 적어 주세요."),
    "a kind of goods that there is not": (
        [("products.1.상품", "주문 제작")],
        "'주문 제작'은 여기에 쓸 수 없습니다. '주문제작'을 쓰려던 것인가요?",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("said", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_check_would_refuse_is_refused_in_its_words_and_nothing_is_written(
    empty_desk: Desk, said: list[tuple[str, str]], sentence: str
) -> None:
    before = empty_desk.rules.read_bytes()
    if "{" in sentence:
        entry = sentence[sentence.index("{") + 1 : sentence.index("}")]
        line = next(number for number, text in enumerate(lines_of(empty_desk), 1) if text.startswith(f"  {entry}"))
        sentence = sentence.replace(f"{{{entry}}}", f"{line}:{3 + entry.index(' ') + 1}")

    with pytest.raises(errors.RulesBroken) as refused:
        app.change_settings(empty_desk, said)

    assert sentence in refused.value.message.ko
    assert len(refused.value.complaints) == 1
    assert empty_desk.rules.read_bytes() == before


def test_other_mistakes_in_the_file_are_named_and_nothing_is_written(empty_desk: Desk) -> None:
    text = empty_desk.rules.read_text("utf-8").replace("  personal: drop", "  personal: 아무렇게나")
    empty_desk.rules.write_text(text, "utf-8")

    with pytest.raises(errors.RulesBroken) as refused:
        app.change_settings(empty_desk, [("return_fee", "3,000원")])

    assert "'아무렇게나'는 여기에 쓸 수 없습니다." in refused.value.message.ko
    assert empty_desk.rules.read_text("utf-8") == text


def test_a_setting_that_could_not_be_read_can_be_set_right(empty_desk: Desk) -> None:
    text = empty_desk.rules.read_text("utf-8")
    empty_desk.rules.write_text(text.replace("  return_fee: null", "  return_fee: 약 3000원"), "utf-8")

    done = app.change_settings(empty_desk, [("return_fee", "3,000원")])

    assert empty_desk.rules.read_text("utf-8") == text.replace("  return_fee: null", "  return_fee: 3000")
    assert next(done.lines()).ko == "반품 배송비 (편도): 약 3000원 → 3,000원"


@pytest.mark.parametrize(
    ("said", "sentences"),
    [
        ([("retrun_fee", "1"), ("pakced", "승인")], ["'retrun_fee'라는 설정은 없습니다. 'return_fee'를 쓰려던 것인가요?", "'pakced'라는 설정은 없습니다. 'packed'를 쓰려던 것인가요?"]),
        ([("return_fee", "3천원"), ("반품 배송비", "4천원")], ["return_fee를 두 번 다르게 적었습니다."]),
    ],
)  # fmt: skip
def test_names_that_are_no_settings_are_all_named_at_once(
    empty_desk: Desk, said: list[tuple[str, str]], sentences: list[str]
) -> None:
    with pytest.raises(errors.WrongUse) as refused:
        app.change_settings(empty_desk, said)

    assert [line.ko for line in refused.value.lines] == sentences


def test_a_setting_may_be_said_twice_if_it_is_the_same(empty_desk: Desk) -> None:
    assert app.change_settings(empty_desk, [("return_fee", "3천원"), ("반품 배송비", "3000")]).written


def test_nothing_is_changed_while_a_run_works(empty_desk: Desk) -> None:
    before = empty_desk.rules.read_bytes()

    with ledger.alone(empty_desk.outbox), pytest.raises(errors.Busy):
        app.change_settings(empty_desk, [("return_fee", "3,000원")])

    assert empty_desk.rules.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_rules_that_are_a_link_are_not_written_through(empty_desk: Desk, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    empty_desk.rules.rename(elsewhere)
    empty_desk.rules.symlink_to(elsewhere)

    with pytest.raises(errors.RulesBroken):
        app.change_settings(empty_desk, [("return_fee", "3,000원")])

    assert empty_desk.rules.is_symlink()


# ── typed ────────────────────────────────────────────────────────────────────────────────────────


def test_set_tells_what_it_changed(empty_desk: Desk, typed: Any) -> None:
    ended = typed("set", "--home", empty_desk.home, "return_fee=3,000원", "오늘출발 마감=오후 2시")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "반품 배송비 (편도): 모름 → 3,000원",
        "오늘출발 마감: 없음 → 14:00",
        "rules.yaml에 적었습니다. 다음 처리부터 이대로 합니다.",
    ]


def test_set_tells_it_in_english(empty_desk: Desk, typed: Any) -> None:
    ended = typed("set", "--home", empty_desk.home, "--lang", "en", "return_fee=free", "today_cutoff=2:30 PM")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "return shipping (one way): unknown → free",
        "cut-off of same-day dispatch: none → 14:30",
        "Written to rules.yaml. The next run goes by it.",
    ]


def test_set_tells_programs(empty_desk: Desk, typed: Any) -> None:
    ended = typed("set", "--home", empty_desk.home, "--json", "return_fee=3,000원")

    assert json.loads(ended.out) == {
        "type": "set",
        "written": True,
        "changes": [
            {"key": "return_fee", "label": "반품 배송비 (편도)", "value": 3000, "said": "3,000원", "before": None}
        ],
    }


def test_set_alone_tells_the_settings_and_what_may_be_written(empty_desk: Desk, typed: Any) -> None:
    ended = typed("set", "--home", empty_desk.home)

    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[lines.index("반품 배송비 (편도): 모름") + 1] == "  return_fee = 3,000원 · 무료(0) · 모름(null)"
    assert lines[lines.index("처리목록 잠그기: 끔") + 1] == "  protect_outbox = 켬(true) · 끔(false)"
    command = f"{sys.executable} -m processor set --home {empty_desk.home}"
    assert lines[-3] == f'바꾸려면: {command} return_fee=3,000원 "today_cutoff=오후 2시"'
    assert typed("set", "--home", empty_desk.home, "--json").lines[0]["settings"][5] == {
        "key": "return_fee",
        "label": "반품 배송비 (편도)",
        "value": None,
        "said": "모름",
        "possible": ["3,000원", "무료(0)", "모름(null)"],
        "free": True,
        "choices": [
            {"word": "0", "said": "무료", "warning": ""},
            {"word": "null", "said": "모름", "warning": ""},
        ],
    }


def test_the_english_words_of_set_hold_no_korean_but_the_names_of_the_file(empty_desk: Desk, typed: Any) -> None:
    ended = typed("set", "--home", empty_desk.home, "--lang", "en")

    korean = {word for word in ended.out.replace("=", " ").split() if any("가" <= sign <= "힣" for sign in word)}
    assert korean == {"(미포장)", "(모름)", "3,000원", "5,000원", "상품", "제작동의"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["반품", "배송비=3000"], "'반품'은 '설정=값'이 아닙니다. 빈칸이나 쉼표가 있으면 \"today_cutoff=오후 2시\"처럼 따옴표로 감싸세요."),
        (["return_fee=3", "000원"], "'000원'은 '설정=값'이 아닙니다. 빈칸이나 쉼표가 있으면 \"today_cutoff=오후 2시\"처럼 따옴표로 감싸세요."),
        (["=3000"], "'=3000'은 '설정=값'이 아닙니다. 빈칸이나 쉼표가 있으면 \"today_cutoff=오후 2시\"처럼 따옴표로 감싸세요."),
        (["retrun_fee=3000"], "'retrun_fee'라는 설정은 없습니다. 'return_fee'를 쓰려던 것인가요?"),
        (["today_cutoff=2시"], "'2시'" + HALF),
    ],
)  # fmt: skip
def test_code_2_and_nothing_written_when_it_cannot_be_so(
    empty_desk: Desk, typed: Any, words: list[str], said: str
) -> None:
    before = empty_desk.rules.read_bytes()

    ended = typed("set", "--home", empty_desk.home, *words)

    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert empty_desk.rules.read_bytes() == before


def test_code_2_where_there_is_no_desk(tmp_path: Path, typed: Any) -> None:
    assert typed("set", "--home", tmp_path, "return_fee=3000").code == 2


def test_the_rulebook_is_the_same_as_with_the_values_of_the_file(empty_desk: Desk, book: Rulebook) -> None:
    app.change_settings(empty_desk, [("return_fee", "3,000원")])
    app.change_settings(empty_desk, [("return_fee", "모름")])

    assert app.rules(empty_desk.rules) == book

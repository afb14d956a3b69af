"""Bounds of what rules.yaml and the command line may say: size, depth, digits, won, days. Beyond them: a complaint.

Many mistakes stand in one file, because it has all its complaints at once.
"""

from __future__ import annotations

import random
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from processor import judge, rulebook
from processor.cli import clock
from processor.intake.cells import Bad, won
from processor.model import MOST_WON, YEARS
from processor.rulebook import RulesError, cover
from processor.rulebook.load import MOST_BYTES, Complaint, load
from processor.rulebook.read import ONLY_AFTER_DECIDING
from processor.rulebook.shape import structure

pytestmark = pytest.mark.slow

RULES = (Path(__file__).parent.parent / "rules.yaml").read_text("utf-8")
MOST = 10_000_000_000  # won
SHEET = 1_048_576
"""Rows of a full sheet."""


def complaints(path: Path, text: str, *changes: tuple[str, str]) -> dict[str, str]:
    """What each complaint points at (the text from there to the next comma, brace, colon or comment), and its sentence."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    with pytest.raises(RulesError) as caught:
        rulebook.read(path, judge.WORDS)
    lines = text.split("\n")
    told = {}
    for complaint in caught.value.complaints:
        at = lines[complaint.line - 1][complaint.column - 1 :]
        told[at[: min((at.find(end) for end in ",}] #" if end in at), default=len(at))]] = complaint.message.ko
    assert len(told) == len(caught.value.complaints)
    return told


def said(text: str) -> list[Complaint]:
    found: list[Complaint] = []
    load(text, found)
    return found


def test_a_number_that_is_none_or_out_of_bounds_is_a_complaint_where_it_stands(tmp_path: Path):
    whole = "대신 숫자만 쓴 정수를 적으세요."
    assert complaints(
        tmp_path / "rules.yaml",
        RULES,
        ("  return_fee: null", "  return_fee: -3000"),
        ("  outbound_fee: null", "  outbound_fee: 10000000001"),
        ("  approve_limit: 300", "  approve_limit: 1e400"),
        ("window_days: 30", "window_days: 99999"),
        ("memory_days: 365", "memory_days: .inf"),
        ("{percent: {2016-01-01: 15}", "{percent: {2016-01-01: 101}"),
        ("{from: claim_requested, working_days: {2020-01-01: 2}", "{from: due_at, working_days: {2020-01-01: -2}"),
        ("file_mib: 50, unpacked_mib: 400, ratio: 200", "file_mib: 0x10, unpacked_mib: 99999999, ratio: 0o17"),
        ("columns: 500, seconds: 60, memory_mib: 2048", "columns: 1_000, seconds: 1:30, memory_mib: .nan"),
    ) == {
        "-3000": "'-3000' 대신 0 이상인 정수를 적으세요.",
        "10000000001": "'10000000001' 대신 10000000000 이하인 정수를 적으세요.",
        "1e400": "'1e400' 대신 '300건'처럼 적으세요. 그 밖에 쓸 수 있는 말: 끔(null)",
        "99999": "'99999' 대신 3650 이하인 정수를 적으세요.",
        ".inf": f"'.inf' {whole}",
        "101": "'101' 대신 100 이하인 정수를 적으세요.",
        "-2": "'-2' 대신 0 이상인 정수를 적으세요.",
        "0x10": f"'0x10' {whole}",
        "99999999": "'99999999' 대신 65536 이하인 정수를 적으세요.",
        "0o17": f"'0o17' {whole}",
        "1_000": f"'1_000' {whole}",
        "1:30": f"'1:30' {whole}",
        ".nan": f"'.nan' {whole}",
    }


def test_a_number_of_more_digits_than_python_reads_is_a_complaint():
    nines = "9" * 5000
    told = said(f"a: {nines}\nb: [1, -{nines}]\nc: 100000000000000\n")
    assert [(each.line, each.column) for each in told] == [(1, 4), (2, 8)]
    assert {each.message.ko for each in told} == {
        "숫자가 너무 깁니다. 15자리 안으로 적으세요. 번호나 글자로 쓰려면 따옴표로 감싸세요."
    }


def test_a_condition_counts_at_most_9999_days_and_in_plain_digits(tmp_path: Path):
    told = complaints(
        tmp_path / "rules.yaml",
        RULES,
        (
            "{id: C-60, when: {요청: 없음, 발송기한: -5 이하}",
            f"{{id: C-60, when: {{요청: 없음, 발송기한: {'9' * 5000} 이상}}",
        ),
        ("{id: C-61, when: {요청: 없음, 발송기한: -4~-1}", "{id: C-61, when: {요청: 없음, 발송기한: ٣ 이상}"),
        ("{id: C-62, when: {요청: 없음, 발송기한: 0~1}", "{id: C-62, when: {요청: 없음, 발송기한: 10000}"),
        ("세부상태: 발송지연, 발송기한: 0~1}", "세부상태: 발송지연, 발송기한: -10000~9999}"),
    )
    forms = "값은 쓸 수 없습니다. 3 · 3 이상 · 3 초과 · 3 이하 · 3 미만 · 1~3 · 모름 중에서 적으세요."
    assert list(told.values()) == [
        f"숫자 칸에 '-10000~9999' {forms}",
        f"숫자 칸에 '{'9' * 39}…' {forms}",
        f"숫자 칸에 '٣ 이상' {forms}",
        f"숫자 칸에 '10000' {forms}",
    ]


def test_a_day_beyond_its_century_is_a_complaint(tmp_path: Path):
    far = "너무 먼 날입니다. 2000년부터 2099년 사이의 날을 적으세요."
    assert complaints(
        tmp_path / "rules.yaml",
        RULES,
        ("version: 2026-11-30", "version: 0001-01-01"),
        ("{id: C-64, when: {요청: 없음}, ", "{id: C-64, when: {요청: 없음}, 까지: 9999-12-31, "),
        ("{percent: {2016-01-01: 15}", "{percent: {1999-12-31: 15}"),
        ("  store_closed: []", "  store_closed: [2100-01-01]"),
    ) == {
        "0001-01-01": f"'0001-01-01'은 {far}",
        "9999-12-31": f"'9999-12-31'은 {far}",
        "1999-12-31:": f"'1999-12-31'은 {far}",
        "2100-01-01": f"'2100-01-01'은 {far}",
    }


def test_rules_larger_than_a_mebibyte_are_not_read(tmp_path: Path):
    path = tmp_path / "rules.yaml"
    just = RULES.encode() + b"#" * (MOST_BYTES - len(RULES.encode()))
    path.write_bytes(just)
    assert rulebook.read(path, judge.WORDS, sound={sha256(just).hexdigest()}).version
    assert complaints(path, "[" * (MOST_BYTES + 1)) == {
        "["
        * (
            MOST_BYTES + 1
        ): "규칙 파일이 1MiB보다 커서 읽지 않았습니다. 다른 파일이 아닌지 보고, 쓰지 않는 내용을 지우세요."
    }


@pytest.mark.parametrize(
    ("text", "place", "begins"),
    [
        ("[" * 1_000_000, (1, 33), "괄호나 들여쓰기가 너무 깊습니다."),
        ("- " * 500_000, (1, 65), "괄호나 들여쓰기가 너무 깊습니다."),
        ("".join(" " * depth + "a:\n" for depth in range(1000)), (32, 32), "괄호나 들여쓰기가 너무 깊습니다."),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", (1, 4), "'&', '*', '<<'는 쓸 수 없습니다"),
        ("a: &a [*a]\n", (1, 4), "'&', '*', '<<'는 쓸 수 없습니다"),
        ("a: {<<: [x]}\n", (1, 5), "'&', '*', '<<'는 쓸 수 없습니다"),
        ("a: !!python/name:os.system x\n", (1, 4), "'!'로 시작하는 말은 쓸 수 없습니다."),
        ("a: 1\n---\nb: 2\n", (2, 1), "'---' 뒤로 두 번째 문서가 시작합니다."),
        ("a: \0\n", (1, 4), "보이지 않는 특수 문자가 들어 있습니다."),
    ],
    ids=["brackets", "dashes", "indentation", "laughs", "of itself", "merged", "tag", "two documents", "NUL"],
)
def test_what_yaml_could_do_and_rules_never_need_is_a_complaint(text: str, place: tuple[int, int], begins: str):
    first, *_ = sorted(said(text))
    assert (first.line, first.column) == place
    assert first.message.ko.startswith(begins)


def test_laughs_by_the_billion_are_never_made():
    """Ten lines of aliases would be ten to the tenth values."""
    lines = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 300)]
    told = said("\n".join(["a0: &a0 x", *lines]))
    assert told[0].line == 1
    assert {each.message.ko[:14] for each in told} == {"'&', '*', '<<'"}


def test_a_day_whose_holidays_nobody_knows_is_no_day_to_judge_by(typed):
    for day in ("0001-01-01", "2014-12-31", "2041-01-01", "9999-12-31"):
        for words in (["status", "--as-of"], ["check", "--as-of"], ["forget", "--before"], ["decide", "x", "--as-of"]):
            told = typed(*words, day)
            assert told.code == 2
            assert (
                f"({day})은 공휴일을 알 수 없는 해입니다. 2015년부터 2040년 사이의 날을 적으세요."
                in told.out + told.err
            )
    for first_and_last in ("2015-01-01", "2040-12-31"):
        assert clock.moment(first_and_last) == datetime.fromisoformat(first_and_last)


def test_won_beyond_ten_billion_are_read_as_no_number():
    assert [won(cell) for cell in (MOST, -MOST, float(MOST), "10,000,000,000원")] == [MOST, -MOST, MOST, MOST]
    for cell in (MOST + 1, -MOST - 1, 1e400, float("nan"), 10**20, "10,000,000,001", "9" * 15, "9" * 5000):
        assert won(cell) == Bad("number_unreadable")


def test_a_hundred_years_of_interest_on_full_sheets_of_the_largest_orders_stay_in_64_bits():
    """Percent, days and won each at their bound, as `delay_interest` multiplies and sums them; of eight full sheets."""
    percent, days = structure()["$defs"]["dated"]["additionalProperties"]["maximum"], len(YEARS) * 366
    assert MOST_WON * percent * days < 2**63
    assert MOST_WON * percent * days // 36_500 * SHEET * 8 < 2**63


def tangled(rows: int) -> str:
    """The default rules with first decisions that each leave out one value of eight words, drawn by a seed."""
    dice = random.Random(1)
    known = [word for word in judge.WORDS.values() if word.values is not None and len(word.values) >= 3]
    words = [word for word in known if not word.more and word.name not in ONLY_AFTER_DECIDING][:8]
    written = []
    for number in range(rows):
        cells = (f"{word.name}: [{', '.join(dice.sample(word.possible, len(word.possible) - 1))}]" for word in words)
        written.append(
            f"  - {{id: {'YZW'[number // 100]}-{number % 100:02}, when: {{{', '.join(cells)}}}, 조치: 확인필요, 이유: x, en: x, 출처: [판단]}}\n"
        )
    head, mark, tail = RULES.partition("  - {id: C-71,")
    assert mark
    return f"{head}{''.join(written)}{mark}{tail}"


def test_a_proof_that_grows_is_given_up_and_names_the_rows_that_make_it_so(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(cover, "MOST_STEPS", 20_000)
    path, texts = tmp_path / "rules.yaml", []
    path.write_text(tangled(200), "utf-8")
    for _ in range(2):
        with pytest.raises(RulesError) as caught:
            rulebook.read(path, judge.WORDS)
        (told,) = (each for each in caught.value.complaints if "얽혀" in each.message.ko)
        texts.append((told.line, told.message.ko))
    assert texts[0] == texts[1], "the same step on every machine"
    names, _, rest = texts[0][1].partition(": ")
    assert rest.startswith("조건이 너무 많이 얽혀 있어 빠진 상황이 없는지 모두 확인할 수 없습니다.")
    assert len(names.split(" · ")) == 5
    assert {name[0] for name in names.split(" · ")} <= {"Y", "Z"}, "the rows that are added"
    assert names.split(" · ")[0] in path.read_text("utf-8").split("\n")[texts[0][0] - 1]


def test_the_default_rules_need_a_fiftieth_of_the_work_that_is_allowed(book, monkeypatch):
    """So what a seller adds is not refused for being much."""
    monkeypatch.setattr(cover, "MOST_STEPS", cover.MOST_STEPS // 50)
    path = Path(__file__).parent.parent / "rules.yaml"
    assert rulebook.read(path, judge.WORDS).sha256 == book.sha256


def test_more_rows_than_a_thousand_are_not_proved(tmp_path: Path):
    row = "  - {id: Y-00, when: {수량: 일부}, 이유: x, en: x, 출처: [판단]}\n"
    head, mark, tail = RULES.partition("  - {id: X-01,")
    own = RULES.count("\n  - {id: X-")
    told = complaints(tmp_path / "rules.yaml", f"{head}{row * 1000}{mark}{tail}")
    assert list(told.values()) == [f"{1000 + own}줄은 너무 많습니다. 1000줄까지만 적으세요."]

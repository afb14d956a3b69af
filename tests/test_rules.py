"""Every example in rules.yaml is one test, and so is every way to break the file: tests/broken_rules/*.txt.

An example speaks of many situations; each of them must hit its row, whatever the proofs of the rulebook say.

A file there says: a text that stands once in rules.yaml, a line `---`, what a seller made of it, a line `---`, exactly
what the seller reads. Only the place is written in words: `rules.yaml:+1@집하: …` points at the line one below that where
the changed text begins, and there at the column where 집하 begins. 집하 must stand on that line exactly once; `집하#2` is
the second of several. The test makes line and column of it, as in `rules.yaml:371:42: …`, before it compares. `쓸 수 있는
말: …` at the end stands for a list of names that other parts of rules.yaml define.

Reading takes some tenths of a second. So several of these mistakes are read in one text, as far as the program then says of
each exactly what it should; all others, and with THOROUGH all of them, are read alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import inf, prod
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import made
import pytest
from trials import THOROUGH

from processor import judge, rulebook
from processor.model import Action
from processor.rulebook import Rulebook, RulesError
from processor.rulebook.types import Example, Row, Table, Word

HERE = Path(__file__).parent
RULES = HERE.parent / "rules.yaml"
BROKEN = sorted((HERE / "broken_rules").glob("*.txt"))
MANY = 40 if not THOROUGH else 400
"""So many situations of an example are tried where it speaks of more; `check` proves it for all of them."""
NAMES = "쓸 수 있는 말: …"
PLACE = re.compile(r"^rules\.yaml:\+(?P<below>\d+)@(?P<text>.+?)(?:#(?P<nth>\d+))?: ")


def _tables(book: Rulebook) -> list[Table[Row]]:
    return [book.decisions, book.fees, book.penalties.table]


def _examples() -> list[object]:
    """A rulebook that does not load has no examples: then `test_the_default_rules_have_no_complaint` tells why."""
    try:
        book = made.default_rules()
    except RulesError:
        return []
    return [
        pytest.param(table.name, example, id=f"{table.name}-{'+'.join(example.expect) or '없음'}-{example.name}")
        for table in _tables(book)
        for example in table.examples
    ]


def _situations(example: Example, book: Rulebook) -> Iterator[dict[str, str | int]]:
    """What the example speaks of and can be: all of it, or a seeded sample when it is much."""
    choices = {name: _choices(word, example) for name, word in book.words.items()}
    if prod(len(values) for values in choices.values()) <= MANY:
        found = (dict(zip(choices, values, strict=True)) for values in product(*choices.values()))
        yield from (each for each in found if not any(row.fits(each) for row in book.impossible))
    else:
        dice = random.Random(example.name)
        yield from filter(None, (_possible(choices, book, dice) for _ in range(MANY)))


def _possible(choices: Mapping[str, Sequence[str | int]], book: Rulebook, dice: random.Random) -> dict[str, str | int]:
    """A random situation; what makes it impossible is drawn anew. Empty when that does not help."""
    situation = {word: dice.choice(values) for word, values in choices.items()}
    for _ in range(MANY):
        row = next((row for row in book.impossible if row.fits(situation)), None)
        if row is None:
            return situation
        word = dice.choice([*row.when])
        situation[word] = dice.choice(choices[word])
    return {}


def _choices(word: Word, example: Example) -> list[str | int]:
    """Of a range the numbers at and inside its borders."""
    if word.name not in example.given:
        return (
            [*word.possible, *([-9, -1, 0, 1, 9] if word.values is None else [])] if example.anything else [word.usual]
        )
    cell = example.given[word.name]
    numbers: set[int] = set()
    for low, high in cell.ranges:
        first = int(low if low > -inf else high - 9)
        last = int(high if high < inf else first + 9)
        numbers |= {first, min(first + 1, last), (first + last) // 2, max(last - 1, first), last}
    return [*sorted(cell.values), *sorted(numbers)]


class Mistake(NamedTuple):
    name: str
    begins: int  # where the text stands in rules.yaml
    old: str
    new: str
    said: list[str]


def _mistake(path: Path) -> Mistake:
    old, new, said = path.read_text("utf-8").removesuffix("\n").split("\n---\n")
    text = RULES.read_text("utf-8")
    assert text.count(old) == 1, f"rules.yaml has {text.count(old)} × {old!r}; it must have exactly one"
    return Mistake(path.stem, text.index(old), old, new, said.split("\n"))


def _compared(mistakes: Sequence[Mistake], path: Path) -> tuple[list[str], list[list[str]]]:
    """What the seller reads of a text with all these mistakes, in the order of the text, and what he should of each."""
    text = RULES.read_text("utf-8")
    for mistake in reversed(mistakes):
        text = text[: mistake.begins] + mistake.new + text[mistake.begins + len(mistake.old) :]
    path.write_text(text, "utf-8")
    lines, longer, wanted = text.split("\n"), 0, []
    for mistake in mistakes:
        begins = text.count("\n", 0, mistake.begins + longer) + 1
        wanted.append([_exactly(sentence, lines, begins) for sentence in mistake.said])
        longer += len(mistake.new) - len(mistake.old)
    shortened = {line for sentences in wanted for line in sentences if line.endswith(NAMES)}
    return [_short(line) if _short(line) in shortened else line for line in _spoken(path)], wanted


def _short(line: str) -> str:
    return re.sub("쓸 수 있는 말: .+", NAMES, line)


def _spoken(path: Path) -> list[str]:
    """The complaints as the command line prints them."""
    try:
        rulebook.read(path, judge.WORDS)
    except RulesError as error:  # not by pytest.raises, which keeps all that was read up to the end of the file
        assert error.complaints == sorted(error.complaints)
        return [f"{error.file}:{one.line}:{one.column}: {one.message.ko}" for one in error.complaints]
    pytest.fail("these rules are sound")


def _exactly(sentence: str, lines: list[str], begins: int) -> str:
    """What the seller reads, where the catalogue says which text is pointed at: `lines` are those of the broken file."""
    place = PLACE.match(sentence)
    assert place, f"no place, as rules.yaml:+0@집하: begins, in {sentence!r}"
    number, text = begins + int(place["below"]), place["text"]
    columns = [found.start() + 1 for found in re.finditer(re.escape(text), lines[number - 1])]
    assert columns if place["nth"] else len(columns) == 1, f"{len(columns)} × {text!r} in {lines[number - 1]!r}"
    return f"rules.yaml:{number}:{columns[int(place['nth'] or 1) - 1]}: {sentence[place.end() :]}"


def _in_groups(mistakes: Iterable[Mistake]) -> list[list[Mistake]]:
    """Mistakes that stand far from each other, in the order of the text."""
    groups: list[list[Mistake]] = [[] for _ in range(8)]
    for number, mistake in enumerate(sorted(mistakes, key=lambda one: one.begins)):
        group = groups[number % len(groups)]
        if not group or "\n" in RULES.read_text("utf-8")[group[-1].begins + len(group[-1].old) : mistake.begins]:
            group.append(mistake)
    return groups


def _right_together(mistakes: list[Mistake], path: Path) -> Iterator[str]:
    """As a seller mends: what a reading complains about is taken out, and the rest read again.

    Of mistakes that stand in each other's way, so that a reading says anything else, the halves are read apart.
    """
    while len(mistakes) > 1:
        try:
            spoken, wanted = _compared(mistakes, path)
        except AssertionError:  # a place that a mistake points at has been moved by another
            spoken, wanted = [], [[""]] * len(mistakes)
        mended = [one for one, its in zip(mistakes, wanted, strict=True) if set(its) <= set(spoken)]
        told = sorted(line for its in wanted if set(its) <= set(spoken) for line in its)
        if not mended or told != sorted(spoken):
            middle = len(mistakes) // 2
            yield from _right_together(mistakes[:middle], path)
            yield from _right_together(mistakes[middle:], path)
            return
        yield from (one.name for one in mended)
        mistakes = [one for one in mistakes if one not in mended]


@pytest.fixture(scope="module")
def right_together(tmp_path_factory) -> set[str]:
    """The names of mistakes of which the program said exactly what it should, read with others."""
    path = tmp_path_factory.mktemp("together") / "rules.yaml"
    groups = [] if THOROUGH else _in_groups(map(_mistake, BROKEN))
    return {name for group in groups for name in _right_together(group, path)}


def test_the_default_rules_have_no_complaint(rules_path):
    assert rulebook.read(rules_path, judge.WORDS).decisions.rows


@pytest.mark.parametrize(("table", "example"), _examples())
def test_the_example_hits_its_row(book: Rulebook, table: str, example: Example):
    rules = next(one for one in _tables(book) if one.name == table).on(example.day)
    tried = list(_situations(example, book))
    assert tried, "an example must show something that can be"
    for situation in tried:
        hits = (row.id for row in rules.rows if row.fits(situation))
        assert list(hits if table == "penalties" else islice(hits, 1)) == sorted(example.expect), situation


def test_each_row_has_an_example(book):
    for table in _tables(book):
        shown = {rule for example in table.examples for rule in example.expect}
        assert {row.id for row in table.rows} == shown


def test_an_example_of_what_is_impossible_fits_its_row_and_no_other(book: Rulebook):
    for example in book.ruled_out:
        choices = {name: _choices(word, example) for name, word in book.words.items()}
        for values in product(*choices.values()):
            situation = dict(zip(choices, values, strict=True))
            assert [row.id for row in book.impossible if row.fits(situation)] == [*example.expect], situation


def test_each_row_of_what_is_impossible_has_an_example_and_some_show_what_is_possible(book: Rulebook):
    expected = [example.expect for example in book.ruled_out]
    assert {rule for rules in expected for rule in rules} == {row.id for row in book.impossible}
    assert () in expected


def _older() -> str:
    """The default rules with `impossible` as a list of its rows alone, as it was before 2026-11-30."""
    text = RULES.read_text("utf-8")
    head, _, rest = text.partition("\nimpossible:\n  rows:\n")
    rows, _, rest = rest.partition("  examples:\n")
    _, mark, rest = rest.partition("\n# ── decisions: ")
    return f"{head}\nimpossible:\n{dedent(rows)}{mark}{rest}"


def test_what_is_impossible_may_be_a_list_without_examples_as_in_older_files(book: Rulebook):
    older = rulebook.read_text(_older(), "rules.yaml", judge.WORDS)

    assert [(row.id, row.when, row.why.ko) for row in older.impossible] == [
        (row.id, row.when, row.why.ko) for row in book.impossible
    ]
    assert older.ruled_out == ()


@pytest.mark.parametrize(
    ("old", "new", "column", "en"),
    [
        (
            "- {id: X-02, when: {주문상태: 결제대기, 송장: [출력, 입력]}",
            "- {id: X-02, when: {주문상태: [배송완료, 배송중], 송장: [없음, 출력]}",
            3,
            "X-02: X-01 already rules out all that this row does. Mend or delete it.",
        ),
        (
            "- {id: X-06, when: {요청: 교환진행, 수거: 없음}",
            "- {id: X-06, when: {요청: 교환진행}",
            3,
            "X-06: rules out what 24 examples ('교환품이 돌아옴' …) show. See whether it is too wide and narrow it.",
        ),
        (
            "- {id: X-06, when: {요청: 교환진행, 수거: 없음}",
            "- {id: X-06, when: {보류: [예, 아니오, 모름]}",
            3,
            "X-06: after this no order at all can be. Narrow the conditions or delete a row.",
        ),
        ("- {id: X-06, when:", "- {id: X-05, when:", 3, "The id X-05 stands twice. Use a new one."),
    ],
    ids=["needless", "too wide", "nothing is left", "id twice"],
)
def test_the_rows_of_an_older_file_are_proved_too(old: str, new: str, column: int, en: str):
    text = _older()
    assert text.count(old) == 1
    with pytest.raises(RulesError) as caught:
        rulebook.read_text(text.replace(old, new), "rules.yaml", judge.WORDS)
    line = text[: text.index(old)].count("\n") + 1
    assert [(one.line, one.column, one.message.en) for one in caught.value.complaints] == [(line, column, en)]


@pytest.mark.parametrize(
    ("old", "new", "en"),
    [
        (
            "  examples:\n  - {name: 배송 중인데 발송처리가 안 됨,",
            "  - {id: X-17, when: {수량: 일부, 상품: 선물, 보류: 예}, 이유: 없음, en: no such order, 출처: [판단]}\n"
            "  examples:\n  - {name: 배송 중인데 발송처리가 안 됨,",
            "X-17: no example. Add one to the `examples` of `impossible` that this row alone rules out.",
        ),
        (
            "given: {요청: 교환진행, 수거: 없음}, expect: X-06",
            "given: {요청: 교환진행, 수거: [없음, 완료]}, expect: X-06",
            "Example '수거하지 않는 교환' expects X-06, which does not fit in {수거: 완료}. "
            "Conditions that did not fit: 수거: 없음.",
        ),
        (
            "given: {요청: 교환진행, 수거: 없음}, expect: X-06",
            "given: {요청: 교환진행, 수거: 없음, 주문상태: 결제대기}, expect: X-06",
            "Example '수거하지 않는 교환' expects X-06, but X-03 fits too. Write a situation that only one row fits.",
        ),
        (
            "given: {요청: 교환진행, 수거: 없음}, expect: X-06",
            "given: {요청: 교환진행, 수거: 없음}, expect: []",
            "Example '수거하지 않는 교환' expects no row, but X-06 fits. Mend the example or X-06.",
        ),
        (
            "given: {요청: 교환진행, 수거: 없음}, expect: X-06",
            "given: {요청: 교환진행, 수거: 없음}, expect: [X-06, X-05]",
            "An example of `impossible` expects one row, or [] if it shows what is possible.",
        ),
        (
            "{name: 세 개 중 한 개만 취소,            given: {수량: 일부, 요청: 구매자취소,",
            "{name: 세 개 중 한 개만 취소,            given: {수량: 일부, 요청: [구매자취소, 반품진행],",
            "In example '세 개 중 한 개만 취소' what stands for 요청 · 수거 can't be in {요청: 반품진행}, says X-05: "
            "a running return is being collected or has been. Mend the example or X-05.",
        ),
    ],
    ids=["no example", "in no row", "in another row", "possible", "two answers", "a value of an example"],
)
def test_what_is_impossible_is_complained_about_in_english(old: str, new: str, en: str):
    text = RULES.read_text("utf-8")
    assert text.count(old) == 1
    with pytest.raises(RulesError) as caught:
        rulebook.read_text(text.replace(old, new), "rules.yaml", judge.WORDS)
    assert en in [one.message.en for one in caught.value.complaints]


@pytest.mark.parametrize(
    ("more", "action", "screen", "act_by", "flags"),
    [
        ({"지난기록": "목록에없음"}, Action.REVIEW, "주문상세", "열린것", ("gone",)),
        ({"지난기록": "답변모순"}, Action.REVIEW, "확인필요", "열린것", ("answers_differ",)),
        ({"지난기록": "요청사라짐"}, Action.SHIP, "발송", "발송기한", ("alive_again", "verify")),
        ({"지난기록": "요청불명"}, Action.REVIEW, "취소확인", "발송기한", ("verify",)),
        ({"지난기록": "그대로"}, Action.NONE, "조치없음", None, ()),
        ({"세부상태": "발송지연"}, Action.NONE, "조치없음", None, ()),
        ({"세부상태": "발송지연", "발송기한": -1}, Action.SHIP, "발송", "발송기한", ("late", "promise_passed")),
    ],
    ids=["목록에없음", "답변모순", "요청사라짐", "요청불명", "그대로", "약속한 날이 남음", "약속한 날이 지남"],
)
def test_what_earlier_days_left_decides_an_order_that_seems_to_wait(
    book: Rulebook, more: dict[str, str | int], action: Action, screen: str, act_by: str | None, flags: tuple[str, ...]
):
    waits = {
        "요청": "없음",
        "주문상태": "발송대기",
        "세부상태": "보통",
        "송장": "없음",
        "출고": "미포장",
        "발송기한": 2,
    }
    row = book.decisions.first({name: word.usual for name, word in book.words.items()} | waits | more)
    assert (row.action, row.screen, row.deadline, row.flags) == (action, screen, act_by, flags)


def test_answers_that_differ_are_asked_for_again(book: Rulebook):
    row = book.decisions.first({name: word.usual for name, word in book.words.items()} | {"지난기록": "답변모순"})
    assert row.asks == ("출고상태", "구매자동의", "실제사유")


@pytest.mark.slow
@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_rulebook_says_what_to_mend(path: Path, right_together: set[str], tmp_path: Path):
    if path.stem not in right_together:
        spoken, wanted = _compared([_mistake(path)], tmp_path / "rules.yaml")
        assert spoken == wanted[0]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_complaint_is_plain_korean_and_short(path: Path):
    """What is read here is, to the letter, what the test above compares with the program's words."""
    said = path.read_text("utf-8").removesuffix("\n").split("\n---\n")[2].split("\n")
    assert len(said) <= 6
    for line in said:
        sentence = PLACE.sub("", line)
        assert sentence != line
        assert re.search("[가-힣]", sentence)
        assert len(sentence) <= 200
        assert not re.search(r"oneOf|anyOf|\['|\{'|None|True|False|expected|found|is not|must|Error", sentence)


MAY_BE = {
    "이하를 붙여 씀": ("{id: C-60, when: {요청: 없음, 발송기한: -5 이하}", "{id: C-60, when: {요청: 없음, 발송기한: -5이하}"),
    "물결표 둘레의 빈칸": ("{id: C-61, when: {요청: 없음, 발송기한: -4~-1}", "{id: C-61, when: {요청: 없음, 발송기한: -4 ~ -1}"),
    "시각": ("  today_cutoff: null", "  today_cutoff: 14:00"),
    "반품비 0원": ("  return_fee: null", "  return_fee: 0"),
    "따옴표 없는 상품번호": ("  products: {}", "  products: {1234567890: {상품: 주문제작, 제작동의: 예, return_fee: 5000}}"),
}  # fmt: skip


def test_what_a_seller_may_write(tmp_path: Path):
    text = RULES.read_text("utf-8")
    for how, (old, new) in MAY_BE.items():
        assert text.count(old) == 1, how
        text = text.replace(old, new)
    path = tmp_path / "rules.yaml"
    path.write_text(text, "utf-8")

    book = rulebook.read(path, judge.WORDS)

    assert (book.store.today_cutoff, book.store.return_fee) == ("14:00", 0)
    assert [*book.store.products] == ["1234567890"]
    short, spaced = (row.when["발송기한"] for row in book.decisions.rows if row.id in ("C-60", "C-61"))
    assert (short.ranges, spaced.ranges) == (((-inf, -5),), ((-4, -1),))

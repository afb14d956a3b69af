"""Every example in rules.yaml is one test, and so is every way to break the file: tests/broken_rules/*.txt.

A file there says: a text that stands once in rules.yaml, a line `---`, what a seller made of it, a line `---`, exactly
what the seller reads. `rules.yaml:+1:` means one line below the one where the changed text begins; `쓸 수 있는 말: …` at the
end stands for a list of names that other parts of rules.yaml define.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from processor import judge, rulebook
from processor.model import RuleId
from processor.rulebook import Rulebook, RulesError
from processor.rulebook.types import Example, Row, Table

HERE = Path(__file__).parent
RULES = HERE.parent / "rules.yaml"
BROKEN = sorted((HERE / "broken_rules").glob("*.txt"))


def _tables(book: Rulebook) -> list[Table[Row]]:
    return [book.decisions, book.fees, book.penalties.table]


def _examples() -> list[object]:
    """A rulebook that does not load has no examples: then `test_the_default_rules_have_no_complaint` tells why."""
    try:
        book = rulebook.read(RULES, judge.WORDS)
    except RulesError:
        return []
    return [
        pytest.param(table.name, example, id=f"{'+'.join(example.expect) or '없음'}-{example.name}")
        for table in _tables(book)
        for example in table.examples
    ]


def _spoken(path: Path) -> list[str]:
    """The complaints as the command line prints them."""
    with pytest.raises(RulesError) as caught:
        rulebook.read(path, judge.WORDS)
    error = caught.value
    assert error.complaints == sorted(error.complaints)
    return [f"{error.file}:{complaint.line}: {complaint.message.ko}" for complaint in error.complaints]


def test_the_default_rules_have_no_complaint(rules_path):
    assert rulebook.read(rules_path, judge.WORDS).decisions.rows


@pytest.mark.parametrize(("table", "example"), _examples())
def test_the_example_hits_its_row(book: Rulebook, table: str, example: Example):
    rules = next(one for one in _tables(book) if one.name == table)
    all_hits: list[RuleId] = [row.id for row in rules.rows if row.fits(example.given)]
    hits = all_hits if table == "penalties" else all_hits[:1]
    assert hits == sorted(example.expect)


def test_each_row_has_an_example(book):
    for table in _tables(book):
        shown = {rule for example in table.examples for rule in example.expect}
        assert {row.id for row in table.rows} == shown


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_rulebook_says_what_to_mend(path: Path, edited: Callable[[str, str], Path]):
    old, new, said = path.read_text("utf-8").removesuffix("\n").split("\n---\n")
    spoken = _spoken(edited(old, new))
    text = RULES.read_text("utf-8")
    begins = text[: text.index(old)].count("\n") + 1
    expected = [
        re.sub(r"^rules\.yaml:\+(\d+):", lambda match: f"rules.yaml:{begins + int(match[1])}:", line)
        for line in said.split("\n")
    ]
    shortened = [
        re.sub("쓸 수 있는 말: .+", "쓸 수 있는 말: …", line) if wanted.endswith("쓸 수 있는 말: …") else line
        for line, wanted in zip(spoken, expected, strict=True)
    ]
    assert shortened == expected


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_complaint_is_plain_korean_and_short(path: Path):
    """What is read here is, to the letter, what the test above compares with the program's words."""
    said = path.read_text("utf-8").removesuffix("\n").split("\n---\n")[2].split("\n")
    assert len(said) <= 6
    for line in said:
        sentence = re.sub(r"^rules\.yaml:\+\d+: ", "", line)
        assert sentence != line
        assert re.search("[가-힣]", sentence)
        assert len(sentence) <= 200
        assert not re.search(r"oneOf|anyOf|\['|\{'|None|True|False|expected|found|is not|must|Error", sentence)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{id: C-60, when: {요청: 없음, 발송기한: -5 이하}", "{id: C-60, when: {요청: 없음, 발송기한: -5이하}"),
        ("{id: C-61, when: {요청: 없음, 발송기한: -4~-1}", "{id: C-61, when: {요청: 없음, 발송기한: -4 ~ -1}"),
        ("  today_cutoff: null", "  today_cutoff: 14:00"),
        ("  return_fee: null", "  return_fee: 0"),
        ("  products: {}", "  products: {1234567890: {상품: 주문제작, 제작동의: 예, return_fee: 5000}}"),
    ],
    ids=["이하를 붙여 씀", "물결표 둘레의 빈칸", "시각", "반품비 0원", "따옴표 없는 상품번호"],
)
def test_what_a_seller_may_write(old: str, new: str, edited: Callable[[str, str], Path]):
    assert rulebook.read(edited(old, new), judge.WORDS).version

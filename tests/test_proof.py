"""The proof that every row is reached agrees with trying all situations, one by one."""

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.model import UNKNOWN, RuleId, Text
from processor.rulebook.cells import cell
from processor.rulebook.proof import Space, hiding, uncovered
from processor.rulebook.types import Cell, Row, Word

NOTHING = Text("", "")
WORDS = {
    "출고": Word("출고", ("미포장", "포장", "집화"), NOTHING),
    "동의": Word("동의", ("예", "아니오"), NOTHING),
    "날": Word("날", None, NOTHING),
}
EVERYTHING = [
    dict(zip(WORDS, values, strict=True))
    for values in product((*WORDS["출고"].values, UNKNOWN), (*WORDS["동의"].values, UNKNOWN), [*range(-9, 10), UNKNOWN])
]


def row(number: int, **when: object) -> Row:
    cells = {word: cell(value, WORDS[word]) for word, value in when.items()}
    assert all(isinstance(one, Cell) for one in cells.values())
    return Row(RuleId(f"C-{number:02}"), cells, NOTHING, (), 1)


def table(*rows: dict[str, object]) -> list[Row]:
    return [row(number, **when) for number, when in enumerate(rows, start=1)]


def hidden(rows: list[Row], index: int) -> list[str]:
    return hiding(index, rows, Space.of(rows, WORDS))


@pytest.mark.parametrize(
    ("rows", "by"),
    [
        ([{"날": "3 이상"}, {"날": "5 이상"}], ["C-01"]),
        ([{"날": "5 이상"}, {"날": "3 이상"}], []),
        ([{"출고": ["미포장", "포장", "집화"]}, {"출고": "미포장"}], ["C-01"]),
        ([{"날": "1~3"}, {"날": "4 이상"}, {"날": "2 이상"}], ["C-01", "C-02"]),
        ([{"날": "1~3"}, {"날": "4 이상"}, {"날": "0 이상"}], []),  # 0 is left
        ([{"출고": "미포장"}, {"출고": ["포장", "집화"]}, {"동의": "예"}], []),  # 출고 모름 is left
        ([{"출고": "미포장"}, {"출고": ["포장", "집화", "모름"]}, {"동의": "예"}], ["C-01", "C-02"]),
        ([{"출고": "미포장", "동의": "예"}, {"동의": ["아니오", "모름"]}, {"출고": "미포장"}], ["C-01", "C-02"]),
        ([{"동의": "예"}, {"출고": "미포장"}, {"출고": "미포장", "동의": "예"}], ["C-02"]),  # one that does it alone
        ([{}, {"동의": "예"}], ["C-01"]),
    ],
)
def test_rows_above_that_leave_nothing_are_named(rows, by):
    found = table(*rows)
    assert hidden(found, len(found) - 1) == by


def test_what_is_left_is_shown_as_a_situation():
    rows = table({"날": "1~3"}, {"날": "4 이상"}, {"날": "-1 이하"}, {"날": "모름"})
    space = Space.of([*rows, row(9)], WORDS)
    left = uncovered(space.box(row(9)), [space.box(one) for one in rows])
    assert space.situation(left) == {"날": 0}


SOME = st.lists(st.sampled_from(["미포장", "포장", "집화", "모름"]), min_size=1, max_size=3, unique=True)
AGREED = st.sampled_from(["예", "아니오", "모름", ["예", "모름"]])
DAYS = st.one_of(
    st.integers(-4, 4),
    st.just("모름"),
    st.builds("{} {}".format, st.integers(-4, 4), st.sampled_from(["이상", "초과", "이하", "미만"])),
    st.integers(-4, 4).flatmap(lambda low: st.builds("{}~{}".format, st.just(low), st.integers(low, 5))),
)
ROWS = st.lists(st.fixed_dictionaries({}, optional={"출고": SOME, "동의": AGREED, "날": DAYS}), min_size=1, max_size=7)


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_the_proof_agrees_with_trying_every_situation(rows):
    found = table(*rows)
    for index, last in enumerate(found):
        reached = any(
            last.fits(situation) and not any(above.fits(situation) for above in found[:index])
            for situation in EVERYTHING
        )
        assert (hidden(found, index) == []) is reached
        for situation in EVERYTHING if not reached else []:
            named = [above for above in found if above.id in hidden(found, index)]
            assert not last.fits(situation) or any(above.fits(situation) for above in named)
            break


def test_a_large_table_is_proved_without_listing_its_situations():
    """150 rows over 15 words of six values each: 470 billion situations."""
    words = {f"말{n}": Word(f"말{n}", tuple("가나다라마"), NOTHING) for n in range(15)}
    dice = random.Random(20261122)
    rows = [
        Row(
            RuleId(f"C-{number}"),
            {
                word: Cell(frozenset(dice.sample("가나다라마", dice.choice([1, 2, 4]))))
                for word in dice.sample([*words], 3)
            },
            NOTHING,
            (),
            1,
        )
        for number in range(150)
    ]
    space = Space.of(rows, words)
    unreached = {row.id for index, row in enumerate(rows) if hiding(index, rows, space)}
    assert unreached
    for _ in range(20_000):
        situation = {word: dice.choice("가나다라마") for word in words}
        first = next((row.id for row in rows if row.fits(situation)), None)
        assert first not in unreached

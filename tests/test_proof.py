"""The proofs about a table agree with trying all situations, one by one."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from trials import examples

from processor.model import UNKNOWN, RuleId, Text
from processor.rulebook import Rulebook, impossible
from processor.rulebook.cells import cell
from processor.rulebook.cover import Cover, Work
from processor.rulebook.load import Document
from processor.rulebook.proof import Proof, differ
from processor.rulebook.space import Box, Space, meet
from processor.rulebook.tables import Notes
from processor.rulebook.types import Cell, Example, Row, Table, Word

pytestmark = pytest.mark.slow

NOTHING = Text("", "")
WORDS = {
    "출고": Word("출고", ("미포장", "포장", "집화"), NOTHING),
    "동의": Word("동의", ("예", "아니오"), NOTHING),
    "자료": Word("자료", ("온전", "모순"), NOTHING, usual="온전"),
    "날": Word("날", None, NOTHING),
}
NUMBERS = range(-9, 10)
TODAY = date(2026, 11, 23)
When = dict[str, object]


def cells(when: When, words: dict[str, Word] = WORDS) -> dict[str, Cell]:
    understood = {word: cell(value, words[word]) for word, value in when.items()}
    assert all(isinstance(one, Cell) for one in understood.values())
    return understood


def row(number: int, when: When, *, says: str = "", words: dict[str, Word] = WORDS, kind: str = "C") -> Row:
    """Rows that say the same have the same outcome; else each row has its own."""
    return Row(RuleId(f"{kind}-{number:02}"), cells(when, words), Text(says or f"{kind}{number}", ""), (), 1)


def table(*whens: When) -> Table[Row]:
    rows = tuple(row(number, when) for number, when in enumerate(whens, start=1))
    return Table("decisions", NOTHING, rows, ())


def proof(*whens: When, impossible: Sequence[When] = (), meant_for: Sequence[When] = ()) -> Proof[Row]:
    never = [row(number, when, kind="X") for number, when in enumerate(impossible, start=1)]
    return Proof(replace(table(*whens), meant_for=tuple(cells(when) for when in meant_for)), never, WORDS)


def hidden(whole: Proof[Row]) -> list[str]:
    """The ids of what hides the last row."""
    return [one.id for one in whole.hiding(whole.rows[-1])]


# ── one thing at a time ──────────────────────────────────────────────────────────────────────────


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
        ([{"자료": "모순"}, {"자료": "온전"}, {"동의": "예"}], ["C-01", "C-02"]),  # 자료 is never 모름
        ([{"출고": "미포장", "동의": "예"}, {"동의": ["아니오", "모름"]}, {"출고": "미포장"}], ["C-01", "C-02"]),
        (
            [{"동의": "예"}, {"출고": "미포장"}, {"출고": "미포장", "동의": "예"}],
            ["C-01"],
        ),  # the first that does it alone
        ([{}, {"동의": "예"}], ["C-01"]),
    ],
)
def test_rows_above_that_leave_nothing_are_named(rows, by):
    assert hidden(proof(*rows)) == by


@pytest.mark.parametrize(
    ("rows", "impossible", "by"),
    [
        ([{"출고": "집화", "동의": "예"}], [{"출고": "집화"}], ["X-01"]),
        ([{"출고": ["포장", "집화"]}], [{"출고": "집화"}], []),
        ([{"출고": "포장"}, {"출고": ["포장", "집화"]}], [{"출고": "집화"}], ["C-01", "X-01"]),
        ([{"날": "1~3"}], [{"날": "2 이하"}, {"날": "3 이상"}], ["X-01", "X-02"]),
        ([{"날": "1~3"}], [{"날": "1 이하"}, {"날": "3 이상"}], []),  # 2 is left
    ],
)
def test_a_row_for_what_cannot_be_is_never_reached(rows, impossible, by):
    assert hidden(proof(*rows, impossible=impossible)) == by


@pytest.mark.parametrize(
    ("rows", "holes"),
    [
        ([{"날": "1~3"}, {"날": "4 이상"}, {"날": ["-1 이하", "모름"]}], [{"날": 0}]),
        ([{"날": "1~3"}, {"날": "4 이상"}, {"날": ["0 이하", "모름"]}], []),
        ([{"출고": ["미포장", "포장", "집화"]}], [{"출고": "모름"}]),  # named, as it is all that is left
        ([{"출고": "포장", "날": "1 이상"}, {"출고": ["미포장", "집화", "모름"]}, {"출고": "포장", "날": "0 이하"}],
         [{"출고": "포장", "날": "모름"}]),
        ([{"날": ["0 이상", "모름"]}, {"날": "-3 이하"}], [{"날": -2}]),  # what may have its usual value is not named
        ([{"출고": ["미포장", "포장", "모름"]}], [{"출고": "집화"}]),
        ([{"자료": "온전"}], [{"자료": "모순"}]),
        ([{"출고": ["미포장", "모름"]}, {"출고": "포장", "동의": "예"}, {"출고": "집화", "동의": "아니오"}],
         [{"출고": "포장"}, {"출고": "집화"}]),
    ],
)  # fmt: skip
def test_what_no_row_answers_is_shown_as_a_situation(rows, holes):
    assert sorted(proof(*rows, {}).holes(3), key=str) == sorted(holes, key=str)


def test_a_hole_may_be_what_cannot_be_or_what_the_last_row_is_meant_for():
    gone = {"출고": ["미포장", "포장", "모름"]}
    assert [*proof(gone, {}, impossible=[{"출고": "집화"}]).holes(3)] == []
    assert [*proof(gone, {}, meant_for=[{"출고": "집화"}]).holes(3)] == []
    assert [*proof(gone, {}, meant_for=[{"출고": "집화", "동의": "예"}]).holes(3)] == [{"출고": "집화"}]


def test_a_hole_opens_on_the_day_when_a_row_ends():
    ends, begins = date(2026, 12, 31), date(2027, 2, 1)
    whole = table({"출고": ["미포장", "포장", "모름"]}, {"출고": "집화"}, {"출고": "집화"}, {})
    rows = (whole.rows[0], replace(whole.rows[1], until=ends), replace(whole.rows[2], since=begins), whole.rows[3])
    whole = replace(whole, rows=rows)
    for day, open_then in [
        (date.min, []),
        (ends, []),
        (date(2027, 1, 1), [{"출고": "집화"}]),
        (date(2027, 1, 31), [{"출고": "집화"}]),
        (begins, []),
    ]:
        assert [*Proof(whole.on(day), (), WORDS).holes(3)] == open_then, day


def test_a_row_may_be_reached_in_one_period_only():
    whole = table({"출고": "집화"}, {"출고": "집화", "동의": "예"})
    whole = replace(whole, rows=(replace(whole.rows[0], until=date(2026, 12, 31)), whole.rows[1]))
    assert hidden(Proof(whole.on(date(2026, 12, 31)), (), WORDS)) == ["C-01"]
    assert hidden(Proof(whole.on(date(2027, 1, 1)), (), WORDS)) == []


def test_a_word_is_idle_when_no_answer_depends_on_it():
    assert [*proof({"출고": "집화", "동의": ["예", "아니오", "모름"]}, {}).idle_words()] == ["동의"]
    assert [*proof({"출고": "집화", "동의": "예"}, {}).idle_words()] == []
    assert [*proof({"출고": "집화", "동의": "예"}, {}, impossible=[{"동의": ["아니오", "모름"]}]).idle_words()] == [
        "동의"
    ]


def test_a_word_that_only_tells_rows_apart_that_say_the_same_is_idle():
    rows = (
        row(1, {"출고": "집화", "동의": "예"}, says="기다린다"),
        row(2, {"출고": "집화"}, says="기다린다"),
        row(3, {}),
    )
    assert [*Proof(Table("decisions", NOTHING, rows, ()), (), WORDS).idle_words()] == ["동의"]


def test_rows_without_any_condition_meet_everywhere():
    whole = proof({}, {})
    assert [(one.id, other.id, shown) for one, other, shown in whole.clashes()] == [("C-01", "C-02", {})]
    example = Example("아무 때나", {}, (RuleId("C-02"),), 1, TODAY)
    assert whole.counterexample(example) == ()
    assert [one.id for one in whole.answers(())] == ["C-01"]


@pytest.mark.parametrize(
    ("given_", "impossible", "wrong"),
    [
        ({"출고": ["미포장", "포장"]}, [], {"출고": "포장"}),
        ({"출고": ["미포장", "포장"]}, [{"출고": "포장"}], None),
        ({"출고": "미포장", "동의": ["예", "모름"]}, [], {"출고": "미포장", "동의": "예"}),
        ({"출고": "미포장", "날": "1 이상"}, [], None),
    ],
)
def test_one_wrong_situation_makes_an_example_wrong(given_, impossible, wrong):
    example = Example("미포장", cells(given_), (RuleId("C-02"),), 1, TODAY)
    never = [row(number, when, kind="X") for number, when in enumerate(impossible, start=1)]
    rows = table({"동의": "예"}, {"출고": "미포장"}, {})
    whole = Proof(replace(rows, examples=(example,)), never, WORDS)
    found = whole.counterexample(example)
    assert (None if found is None else whole.space.situation(found)) == wrong


def test_an_example_of_what_cannot_be_does_not_make_a_word_decide():
    """출고 집화 can't be: whatever 동의 is there, nobody sees it."""
    shown = Example("집화", cells({"출고": ["포장", "집화"], "동의": "아니오"}), (RuleId("C-01"),), 1, TODAY)
    rows = (row(1, {"출고": "포장"}), row(2, {"출고": "집화", "동의": "예"}), row(3, {}))
    whole = Table("decisions", NOTHING, rows, (replace(shown, given=cells({"출고": "집화", "동의": "아니오"})), shown))
    never = [row(1, {"출고": "집화"}, kind="X")]
    assert [*Proof(whole, never, WORDS).idle_words()] == ["동의"]


# ── against trying everything ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class World:
    """A few words, all situations they make, and a table about them."""

    words: dict[str, Word]
    table: Table[Row]
    impossible: list[Row]

    @property
    def proof(self) -> Proof[Row]:
        return Proof(self.table, self.impossible, self.words)

    def possible(self) -> Iterator[dict[str, str | int]]:
        numbers = [*NUMBERS, UNKNOWN]
        values = [numbers if word.values is None else word.possible for word in self.words.values()]
        for chosen in product(*values):
            situation = dict(zip(self.words, chosen, strict=True))
            if not any(never.fits(situation) for never in self.impossible):
                yield situation

    def answers(self, rows: Sequence[Row], situation: dict[str, str | int]) -> list[Row]:
        hits = [one for one in rows if one.fits(situation)]
        return hits if self.table.adds_up else hits[:1]

    def completed(self, situation: dict[str, str | int]) -> dict[str, str | int]:
        """What is left out has its usual value."""
        return {name: word.usual for name, word in self.words.items()} | situation


DAYS = st.one_of(
    st.integers(-4, 4),
    st.just("모름"),
    st.builds("{} {}".format, st.integers(-4, 4), st.sampled_from(["이상", "초과", "이하", "미만"])),
    st.integers(-4, 4).flatmap(lambda low: st.builds("{}~{}".format, st.just(low), st.integers(low, 5))),
)


def written(word: Word) -> st.SearchStrategy[object]:
    if word.values is None:
        return DAYS | st.lists(DAYS, min_size=1, max_size=3, unique=True)
    return st.lists(st.sampled_from(word.possible), min_size=1, max_size=len(word.possible), unique=True)


def whens(words: dict[str, Word]) -> st.SearchStrategy[When]:
    return st.fixed_dictionaries({}, optional={name: written(word) for name, word in words.items()})


@st.composite
def vocabularies(draw: st.DrawFn) -> dict[str, Word]:
    words = {"날": Word("날", None, NOTHING)}
    for name in ("출고", "동의", "자료")[: draw(st.integers(2, 3))]:
        values = tuple("가나다라"[: draw(st.integers(2, 4))])
        words[name] = Word(name, values, NOTHING, usual=draw(st.sampled_from([UNKNOWN, UNKNOWN, values[0]])))
    return words


def tables(words: dict[str, Word]) -> st.SearchStrategy[Table[Row]]:
    """Up to six rows, some of which say the same, and a last row that catches the rest."""
    said = st.sampled_from("갑을병")
    rows = st.lists(st.tuples(whens(words), said), max_size=6).map(lambda found: [*found, ({}, "나머지")])
    rows = rows.filter(lambda found: any(when for when, _ in found))
    examples = st.lists(whens(words), max_size=2)
    return st.builds(
        lambda found, shown, caught: Table(
            "decisions",
            NOTHING,
            tuple(row(number, when, says=says, words=words) for number, (when, says) in enumerate(found, start=1)),
            tuple(Example("예", cells(when, words), (RuleId("C-01"),), 1, TODAY) for when in shown),
            meant_for=tuple(cells(when, words) for when in caught),
        ),
        rows,
        examples,
        st.lists(whens(words), max_size=2),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    words = draw(vocabularies())
    never = draw(st.lists(whens(words).filter(bool), max_size=2))
    rows = [row(number, when, words=words, kind="X") for number, when in enumerate(never, start=1)]
    return World(words, draw(tables(words)), rows)


@examples(24)
@given(worlds())
def test_rows_are_reached_that_some_situation_reaches(world):
    rows = world.table.rows
    reached = {world.answers(rows, situation)[0].id for situation in world.possible()}
    for one in rows:
        hiding = world.proof.hiding(one)
        assert (hiding == []) is (one.id in reached)
        fitting = [situation for situation in World(world.words, world.table, []).possible() if one.fits(situation)]
        leaves = {
            other.id: any(not any(rest.fits(each) for rest in hiding if rest != other) for each in fitting)
            for other in hiding
        }
        assert not hiding or all(any(other.fits(each) for other in hiding) for each in fitting)
        assert all(leaves.values()), "each one that is named is needed"


@examples(24)
@given(worlds())
def test_holes_are_situations_that_nobody_answers(world):
    *above, _ = world.table.rows
    caught = [row(number, {}, kind="M") for number in range(len(world.table.meant_for))]
    caught = [replace(one, when=when) for one, when in zip(caught, world.table.meant_for, strict=True)]
    left = [each for each in world.possible() if not any(one.fits(each) for one in [*above, *caught])]
    holes = [world.completed(hole) for hole in world.proof.holes(3)]
    assert bool(holes) is bool(left)
    assert [hole for hole in holes if hole not in left] == []
    assert all(one != other for one, other in combinations(holes, 2))


@examples(24)
@given(worlds())
def test_clashes_are_rows_that_meet_and_differ(world):
    said = {(one.id, other.id): world.completed(shown) for one, other, shown in world.proof.clashes()}
    met = {
        (one.id, other.id): [each for each in world.possible() if one.fits(each) and other.fits(each)]
        for one, other in combinations(world.table.rows, 2)
        if one.why != other.why
    }
    assert said.keys() == {pair for pair, situations in met.items() if situations}
    assert [pair for pair, situation in said.items() if situation not in met[pair]] == []


@examples(24)
@given(worlds(), st.booleans())
def test_idle_words_can_be_struck_out(world, adds_up):
    """A table that adds up answers with its rows; one that is read from the top, with what its row says."""
    world = replace(world, table=replace(world.table, adds_up=adds_up))

    def answer(rows: Sequence[Row], situation: dict[str, str | int]) -> list[object]:
        return [one.id if adds_up else one.why for one in world.answers(rows, situation)]

    idle = set()
    for word in {word for one in world.table.rows for word in one.when}:
        struck = [
            replace(one, when={name: cell for name, cell in one.when.items() if name != word})
            for one in world.table.rows
        ]
        if all(answer(world.table.rows, each) == answer(struck, each) for each in world.possible()):
            idle.add(word)
    assert set(world.proof.idle_words()) == idle


@examples(24)
@given(st.data())
def test_two_tables_differ_where_some_situation_tells_them_apart(data):
    world = data.draw(worlds())
    one, other = world.table, data.draw(tables(world.words))
    within = data.draw(st.none() | whens(world.words).map(lambda when: row(1, when, words=world.words)))
    space = Space(
        world.words,
        [each.when for each in (*one.rows, *other.rows, *world.impossible, *([within] if within else []))],
    )
    sides = [(side.rows, [space.box(each.when) for each in side.rows]) for side in (one, other)]
    found = differ(
        space.whole,
        *sides,
        never=[space.box(each.when) for each in world.impossible],
        within=space.box(within.when) if within else None,
    )
    apart = [
        each
        for each in world.possible()
        if one.first(each).why != other.first(each).why and (within is None or within.fits(each))
    ]
    assert (found is not None) is bool(apart)
    assert found is None or world.completed(space.situation(found)) in apart


@examples(24)
@given(st.data())
def test_an_example_holds_unless_some_situation_of_it_says_otherwise(data):
    world = data.draw(worlds())
    adds_up = data.draw(st.booleans())
    world = replace(world, table=replace(world.table, adds_up=adds_up))
    rows = world.table.rows
    given_, anything = cells(data.draw(whens(world.words)), world.words), data.draw(st.booleans())
    unsaid = {} if anything else {name: Cell(frozenset([word.usual])) for name, word in world.words.items()}
    meant = replace(row(1, {}), when={**unsaid, **given_})
    spoken_of = [each for each in world.possible() if meant.fits(each)]
    shown = data.draw(st.sampled_from(spoken_of or [{}]))
    expected = [one.id for one in world.answers(rows, shown)]  # right for one situation of it at least
    if data.draw(st.sampled_from([False, False, True])):
        expected = data.draw(st.lists(st.sampled_from([one.id for one in rows]), max_size=3, unique=True))
    example = Example("예", given_, tuple(expected), 1, TODAY, anything=anything)
    wrong = [each for each in spoken_of if {one.id for one in world.answers(rows, each)} != set(expected)]

    whole = Proof(replace(world.table, examples=(example,)), world.impossible, world.words)
    found = whole.counterexample(example)
    assert (found is not None) is bool(wrong)
    if found:
        situation = world.completed(whole.space.situation(found))
        assert situation in wrong
        assert whole.answers(found) == world.answers(rows, situation)


@examples(24)
@given(worlds(), st.booleans())
def test_the_values_that_matter_are_those_of_some_situation(world, adds_up):
    world = replace(world, table=replace(world.table, adds_up=adds_up))
    rows = world.table.rows
    seen = {
        (one.id, word, situation[word])
        for situation in world.possible()
        for one in world.answers(rows, situation)
        for word in one.when
    }
    found = [(one.id, word, value) for one, word, value, _ in world.proof.values()]
    assert len(set(found)) == len(found)
    assert {entry for entry in found if entry[1] != "날"} == {entry for entry in seen if entry[1] != "날"}
    assert set(found) <= seen  # of a stretch of numbers one stands, so it need not be the one that is seen


# ── how large it may be ──────────────────────────────────────────────────────────────────────────

VALUES = "가나다라마"
DICE = 20261122


def test_a_large_table_is_proved_without_listing_its_situations():
    """500 rows over 15 words of six values each: 470 billion situations."""
    words = {f"말{n}": Word(f"말{n}", tuple(VALUES), NOTHING) for n in range(15)}
    dice = random.Random(DICE)
    rows = [
        row(
            number,
            {word: dice.sample(VALUES, dice.choice([1, 2, 4])) for word in dice.sample([*words], 3)},
            words=words,
        )
        for number in range(500)
    ]
    whole = Proof(Table("decisions", NOTHING, tuple(rows), ()), (), words)
    unreached = {one.id for one in rows if whole.hiding(one)}
    assert unreached
    for _ in range(20_000):
        situation = {word: dice.choice(VALUES) for word in words}
        first = next((one.id for one in rows if one.fits(situation)), None)
        assert first not in unreached


# ── the parts it is made of ──────────────────────────────────────────────────────────────────────


def test_a_stretch_of_numbers_ends_where_some_cell_does():
    space = Space(WORDS, [cells({"날": "1~3"}), cells({"날": "3 이상"})])
    assert space.atoms == {"날": ((float("-inf"), 0), (1, 2), (3, 3), (4, float("inf")), UNKNOWN)}


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [((0b11, 0b1), (0b10, 0b1), (0b10, 0b1)), ((0b11, 0b1), (0b11, 0b10), None), ((), (), ())],
)
def test_boxes_meet_word_by_word(one: Box, other: Box, shared: Box | None):
    assert meet(one, other) == shared


def test_what_some_boxes_leave_open_is_asked_of_any_of_them():
    cover = Cover((0b111, 0b11), [(0b011, 0b11), (0b110, 0b01), (0b100, 0b10)])
    assert cover.open(cover.whole, cover.all) is None
    assert cover.open(cover.whole, 0b101) == (0b100, 0b01)
    assert cover.open((0b001, 0b11), 0b110) == (0b001, 0b11)
    assert cover.open((0, 0b11), 0) is None  # an empty box has nothing to leave open
    assert cover.fewest((0b010, 0b01), cover.all) == 0b001


PLACES = (4, 3, 3, 2)
BOXES = st.lists(st.tuples(*(st.integers(1, (1 << atoms) - 1) for atoms in PLACES)), max_size=16)


@examples(48)
@example(
    (15, 7, 7, 3), [(7, 7, 7, 1), (11, 7, 7, 2), (14, 7, 7, 1)], 0b111
)  # open only at the third value of the first
@given(st.tuples(*(st.integers(0, (1 << atoms) - 1) for atoms in PLACES)), BOXES, st.integers(0, (1 << 16) - 1))
def test_what_is_open_is_what_no_box_touches(box: Box, boxes: list[Box], chosen: int):
    whole = tuple((1 << atoms) - 1 for atoms in PLACES)
    cover = Cover(whole, boxes)
    among = chosen & cover.all
    of_them = [one for number, one in enumerate(boxes) if among >> number & 1]
    left = [
        point
        for point in product(
            *([1 << atom for atom in range(atoms) if bits >> atom & 1] for bits, atoms in zip(box, PLACES, strict=True))
        )
        if not any(meet(point, one) for one in of_them)
    ]
    found = cover.open(box, among)
    assert (found is not None) is bool(left)
    if found is not None:
        assert all(bits and bits & ~its == 0 for bits, its in zip(found, box, strict=True))
        assert not any(meet(found, one) for one in of_them)
        grown = cover.widened(found, among)
        assert all(bits & ~wide == 0 for bits, wide in zip(found, grown, strict=True))
        assert not any(meet(grown, one) for one in of_them)
    elif all(box):
        fewest = cover.fewest(box, among)
        assert fewest & ~among == 0
        assert cover.open(box, fewest) is None
        assert all(cover.open(box, fewest & ~(1 << n)) is not None for n in range(len(boxes)) if fewest >> n & 1)


# ── what is impossible ───────────────────────────────────────────────────────────────────────────


def said_of_impossible(
    book: Rulebook, words: dict[str, Word], rows: Sequence[Row], shown: Sequence[Example] = ()
) -> dict[int, str]:
    """The complaints, by line: the rows stand in lines 10, 11 …, the examples of decisions in lines 20, 21 …"""
    lines: dict[tuple[str | int, ...], tuple[int, int]] = {(): (1, 1)}
    lines |= {("impossible", place): (10 + place, 1) for place in range(len(rows))}
    lines |= {("decisions", "examples", place): (20 + place, 1) for place in range(len(shown))}
    empty = Table("decisions", NOTHING, (), ())
    notes, penalties = Notes(Document({}, lines, {})), replace(book.penalties, table=empty)
    ruled_out = replace(
        book,
        words=words,
        impossible=tuple(rows),
        ruled_out=(),
        decisions=replace(empty, examples=tuple(shown)),
        fees=empty,
        penalties=penalties,
    )
    sound = impossible.check(ruled_out, Work(), notes)
    assert sound is (notes.complaints == [])
    return {complaint.line: complaint.message.ko for complaint in notes.complaints}


def none_is_empty(rows: Sequence[Row]) -> list[Row]:
    return [replace(one, id=RuleId(f"X-{place:02}")) for place, one in enumerate(rows) if one.when]


@examples(48)
@given(world=worlds())
def test_rows_that_rule_out_nothing_of_their_own_are_named_with_those_that_do_it(book, world):
    rows = none_is_empty(world.table.rows)
    everything = [*World(world.words, world.table, []).possible()]
    left, needless = list(rows), []
    for one in reversed(rows):
        others = [other for other in left if other is not one]
        if all(any(other.fits(each) for other in others) for each in everything if one.fits(each)):
            left, needless = others, [*needless, one]

    said = said_of_impossible(book, world.words, rows)

    if all(any(one.fits(each) for one in rows) for each in everything):
        assert len(said) == 1
        assert "어떤 주문도 있을 수 없습니다" in next(iter(said.values()))
        return
    assert sorted(said) == sorted(10 + rows.index(one) for one in needless)
    for one in needless:
        names = said[10 + rows.index(one)].split("이 줄의 상황은 모두 ")[1].split(" 줄에 이미")[0].split(" · ")
        named = [other for other in rows if other.id in names]
        fitting = [each for each in everything if one.fits(each)]
        assert all(other in left for other in named)
        assert all(any(other.fits(each) for other in named) for each in fitting)
        for spared in named:
            assert not all(any(other.fits(each) for other in named if other is not spared) for each in fitting)


@examples(48)
@given(data=st.data(), world=worlds())
def test_an_example_is_denied_if_it_or_a_value_that_it_names_cannot_be(book, data, world):
    rows = none_is_empty(world.impossible)
    drawn = data.draw(st.lists(st.tuples(whens(world.words), st.booleans()), min_size=1, max_size=3))
    shown = [
        Example("예", cells(when, world.words), (RuleId("C-01"),), 1, TODAY, anything=anything)
        for when, anything in drawn
    ]
    everything = [*World(world.words, world.table, []).possible()]
    possible = [each for each in everything if not any(one.fits(each) for one in rows)]
    denied = set()
    for line, speaks in enumerate(shown, start=20):
        unsaid = {} if speaks.anything else {n: Cell(frozenset([word.usual])) for n, word in world.words.items()}
        meant = replace(row(1, {}), when={**unsaid, **speaks.given})
        left = [each for each in possible if meant.fits(each)]
        for word in speaks.given:
            values = {each[word] for each in everything if meant.fits(each)}
            if len(values) < len({each[word] for each in everything}) and values != {each[word] for each in left}:
                denied.add(line)
        if not left:
            denied.add(line)

    said = said_of_impossible(book, world.words, rows, shown)

    if possible:
        assert {line for line, text in said.items() if text.startswith("예시 ")} == denied

"""An action, an answer cell and a kind of export have one entry each: other rooms ask the entry, and seldom name one."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from processor.judge.facts.words import FACTS, IN_ORDER, About
from processor.model import ANSWER_CELLS, ANSWER_COLUMNS, Action, Col, Kind
from processor.model.tables import CLAIMS, READ
from processor.rulebook.shape import structure

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
CELLS = frozenset(name for name, column in vars(Col).items() if column in ANSWER_COLUMNS) | {
    name for base in Col.__mro__ for name, column in vars(base).items() if column in ANSWER_COLUMNS
}

ALLOWED: dict[str, dict[str, set[str]]] = {
    "Action": {
        "processor/model/actions.py": {action.name for action in Action},  # the entries
        "processor/rulebook/sense.py": {action.name for action in Action},  # what a row must know: a `match`
        "processor/outbox/actions.py": {action.name for action in Action},  # the sentence above each sheet
        "processor/outbox/groups.py": {"APPROVE", "SELLER_CANCEL"},  # what is risky to approve; one reason at a time
        "processor/app/foreseeing.py": {"NONE"},  # where an order stands that is on no list
        "processor/outbox/summary.py": {"NONE"},  # its line stands last
        "processor/outbox/spoken.py": {
            "REVIEW",
            "NONE",
        },  # questions make exit code 1; its count stands last, in brackets
        "processor/outbox/drafts.py": {"SHIP"},  # a deadline that has passed is not promised
        "processor/outbox/penalties.py": {
            "SELLER_CANCEL",
            "NONE",
        },  # to send them does not avoid their points; on no list
        "processor/rulebook/types.py": {"REVIEW"},  # what a row says that says nothing
        "processor/judge/decide/doubted.py": {"SELLER_CANCEL"},  # a cancel of one's own that looks like a stock-out
        "processor/judge/money/fees.py": {"RETURN", "NEGOTIATE"},  # which fees are given back
        "processor/judge/true_reason.py": {"SELLER_CANCEL"},  # what its points would be
        "processor/judge/verdict.py": {"SELLER_CANCEL"},  # its screen sends a code of its own
        "processor/judge/warnings.py": {
            "SHIP",
            "APPROVE",
        },  # a dispatch refuses a request for good; what no proof judges
        "processor/judge/missing.py": {"REVIEW"},  # asked for want of an export
    },
    "Kind": {
        "processor/model/kinds.py": set(),  # the entries
        "processor/intake/reading.py": {"CANCEL", "DISPATCH"},  # since when a list reaches back; what lacks an invoice
        "processor/recall/yesterday.py": {"CANCEL"},  # a request that a newer list does not show
        "processor/judge/missing.py": {"DISPATCH"},  # without it nobody knows what is packed or has left
        "processor/outbox/accounting.py": {"ANSWERS"},  # a returned workbook is one line
        "processor/judge/lost.py": {"CANCEL"},  # without it 주문조회 alone tells of requests
        "processor/judge/facts/words.py": {"SOLD_OUT"},  # where the word comes from
    },
    "Col": {
        "processor/judge/facts/claim.py": {"TRUE_REASON", "SELLER_REASON", "CONSENT"},  # what they say of a claim
        "processor/judge/facts/words.py": {
            "TRUE_REASON",
            "SELLER_REASON",
            "CONSENT",
        },  # where it comes from
        "processor/judge/decide/asking.py": {"SELLER_REASON"},  # whose place an answer takes
        "processor/judge/missing.py": {"HANDOVER"},  # what is asked where no export tells it
        "processor/judge/report.py": {"TRUE_REASON"},  # what the list says beside what the seller wrote
        "processor/recall/answers.py": {"TRUE_REASON", "SELLER_REASON"},  # one takes the place of the other
        "processor/recall/recall.py": {"RESULT"},  # what was called done
        "processor/recall/cautions.py": {"RESULT"},  # work that was not
        "processor/recall/yesterday.py": {"RESULT"},
    },
}
"""Where a member is named outside its entry, and why: a decision of that place about that one."""
MEMBERS = {"Action": {action.name for action in Action}, "Kind": {kind.name for kind in Kind}, "Col": CELLS}


@cache
def sources() -> list[tuple[str, ast.Module]]:
    """Each file of the program; samples invents files of each kind, and so names them all."""
    files = [path for path in sorted((ROOT / "processor").rglob("*.py")) if "samples" not in path.parts]
    return [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))) for path in files]


@cache
def named(nouns: str) -> Counter[tuple[str, str]]:
    """(file, member) of each place in which a member of the class is named."""
    found: Counter[tuple[str, str]] = Counter()
    for file, source in sources():
        for node in ast.walk(source):
            if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
                continue
            if node.value.id == nouns and node.attr in MEMBERS[nouns]:
                found[file, node.attr] += 1
    return found


@pytest.mark.parametrize("nouns", ALLOWED)
def test_members_are_named_only_where_a_place_decides_about_that_one(nouns):
    places = {(file, member) for file, members in ALLOWED[nouns].items() for member in members}

    assert set(named(nouns)) - places == set()


@pytest.mark.parametrize("nouns", ALLOWED)
def test_no_exception_outlives_its_place(nouns):
    entries = {"Action": "processor/model/actions.py"}
    places = {
        (file, member) for file, members in ALLOWED[nouns].items() for member in members if file != entries.get(nouns)
    }

    assert places - set(named(nouns)) == set()


def test_headers_of_answer_cells_are_written_in_their_entries_alone():
    """Elsewhere the name of a cell is the name of a word of the rules, or stands inside a sentence."""
    words = {*FACTS, *(ground for fact in FACTS.values() for ground in fact.grounds)}
    headers = {cell.header.ko for cell in ANSWER_CELLS} - words
    found = {
        file
        for file, source in sources()
        for node in ast.walk(source)
        if isinstance(node, ast.Constant) and node.value in headers
    }

    assert found == {"processor/model/answer_cells.py"}


def test_every_answer_cell_is_a_column_that_is_read_and_joined():
    assert set(ANSWER_COLUMNS) <= set(READ) & set(CLAIMS)
    assert len(set(ANSWER_COLUMNS)) == len(ANSWER_CELLS)


def test_a_cell_that_settles_something_names_the_word_that_it_answers():
    assert all(cell.word in FACTS for cell in ANSWER_CELLS if cell.settles)
    assert not any(cell.word for cell in ANSWER_CELLS if not cell.settles)


@pytest.mark.parametrize("cell", [cell for cell in ANSWER_CELLS if cell.closed], ids=lambda cell: cell.header.ko)
def test_the_choices_of_a_cell_are_the_values_of_its_word(cell):
    """In both languages: what is chosen in an English workbook is what its word is called in English."""
    word = FACTS[cell.word].word

    assert tuple(choice.ko for choice in cell.choices) == word.values
    assert [choice.en.lower() for choice in cell.choices] == [word.named(choice.ko).en for choice in cell.choices]


def test_the_structure_of_the_rules_takes_its_names_from_the_entries():
    sections = structure()["properties"]
    decisions = sections["decisions"]["properties"]["rows"]["items"]["properties"]
    exports = sections["exports"]["properties"]

    assert decisions["조치"] == {"enum": [action.ko for action in Action]}
    assert decisions["묻기"]["items"] == {"enum": [cell.header.ko for cell in ANSWER_CELLS if cell.asked]}
    assert exports["kinds"]["items"]["properties"]["kind"] == {"enum": [kind.value for kind in Kind]}
    assert list(exports["columns"]["properties"]) == list(READ)


def test_facts_are_found_after_those_that_they_are_worked_out_from():
    before: set[str] = set()
    for fact in IN_ORDER:
        assert {*fact.word.facts} <= before, fact.word.name
        before.add(fact.word.name)

    assert before == {name for name, fact in FACTS.items() if fact.about is not About.DECISIONS}

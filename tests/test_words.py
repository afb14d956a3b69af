"""The vocabulary that `processor words` prints, also for editors, agrees with the code that finds the facts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib import resources
from pathlib import Path

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from processor import rulebook
from processor.judge import WORDS
from processor.judge.decide.decided import decide
from processor.judge.facts.claims import Claims
from processor.judge.facts.finders import found as found_of
from processor.judge.facts.words import IN_ORDER
from processor.judge.money import fees
from processor.model import UNKNOWN, Batch, Col, Kind
from processor.model.tables import CLAIMS
from processor.rulebook import editor, vocabulary
from processor.rulebook.cells import cell
from processor.rulebook.load import load
from processor.rulebook.types import Cell, Product

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
COLUMNS = {*CLAIMS}
SOLD_OUT_KEYS = {Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION_CODE, Col.OPTION}  # of the order, compared with the list
NOTHING = {"columns": set(), "lists": set(), "settings": set(), "facts": set()}


# ── where the facts come from: what a finder asks for is what its word declares ──────────────────


class Watched:
    """Stands before a thing and writes down what is taken out of it."""

    def __init__(self, thing, taken, **parts):
        self.thing, self.taken, self.parts = thing, taken, parts

    def __getitem__(self, key):
        self.taken.add(key)
        return self.thing[key]

    def __setitem__(self, key, value):
        self.thing[key] = value

    def __len__(self):
        return len(self.thing)

    def __getattr__(self, name):
        self.taken.add(name)
        return self.parts[name] if name in self.parts else getattr(self.thing, name)


@dataclass
class Taken:
    """What has been taken out of the claims and the rules."""

    table: set = field(default_factory=set)
    batch: set = field(default_factory=set)
    facts: set = field(default_factory=set)
    book: set = field(default_factory=set)
    store: set = field(default_factory=set)
    calendar: set = field(default_factory=set)

    def forget(self):
        for taken in vars(self).values():
            taken.clear()

    def origins(self) -> dict[str, set]:
        """In the fields of a Word. Of `exports` only labels are taken: what a column says, not where it stands."""
        return {
            "columns": self.table & COLUMNS,
            "lists": {Kind.SOLD_OUT} if "sold_out" in self.batch else set(),
            "settings": {f"store.{name}" for name in self.store}
            | {f"calendar.{name}" for name in self.calendar}
            | self.book - {"store", "calendar", "exports"},
            "facts": self.facts & set(WORDS),
        }


def told_nothing(taken, book, workdays) -> Claims:
    """One order of which no file tells anything, an entry of the sold-out list, and a product with settings of its own;
    all of it watched."""
    blank = {role: pd.Series([None], dtype=kind) for role, kind in CLAIMS.items()}
    table = pd.DataFrame({**blank, Col.INVOICE_SEEN: False, Col.DISPATCH_SEEN: False, Col.TROUBLE: ""})
    entries = pd.DataFrame({key: ["1"] for key in (Col.PRODUCT_NO, Col.SELLER_SKU, Col.OPTION_CODE, Col.OPTION)})
    batch = Watched(Batch(table, entries, (), (), (), ()), taken.batch, claims=Watched(table, taken.table))
    product = Product("1", goods=None, agreed=UNKNOWN, return_fee=None, outbound_fee=None)
    store = replace(book.store, products={product.product_no: product})
    parts = {"store": Watched(store, taken.store), "calendar": Watched(book.calendar, taken.calendar)}
    facts, because = Watched({}, taken.facts), Watched({}, taken.facts)
    return Claims(batch, Watched(book, taken.book, **parts), datetime(2026, 11, 23, 9), workdays, facts, because)


def unwatched(claims: Claims) -> Batch:
    """The same batch, of which copies can be made with other answers."""
    return vars(claims.batch)["thing"]


@pytest.fixture(scope="module")
def asked(book, workdays) -> dict[str, dict[str, set]]:
    """For each word what is taken to find it, by running what finds it."""
    taken = Taken()
    claims = told_nothing(taken, book, workdays)
    found = {}

    def forget() -> None:
        taken.forget()
        claims.asked.clear()  # what one finder has asked for, the next one asks for again

    for fact in IN_ORDER:
        forget()
        claims.facts[fact.word.name] = found_of(fact, claims)
        found[fact.word.name] = taken.origins()
    forget()
    fees.bundle_goes(claims, pd.Series(["발송"]))
    found["묶음"] = taken.origins()
    found["묶음"]["facts"].add("조치")  # handed to it
    forget()
    fees.still_free(claims, pd.Series(["발송"]))
    found["무료기준"] = taken.origins()
    found["무료기준"]["facts"].add("조치")  # handed to it
    forget()
    decide(replace(claims, batch=unwatched(claims)))
    settings = taken.origins()["settings"] - {"words", "reasons"}  # to say it in English, and to try possible answers
    found["조치"] = {**NOTHING, "settings": settings & {"decisions"}}
    found["승인한도"] = {**NOTHING, "settings": settings - {"decisions"}}
    return found


def test_every_word_is_found_somewhere(asked):
    assert set(asked) == set(WORDS)


@pytest.mark.parametrize("word", WORDS.values(), ids=lambda word: word.name)
def test_a_word_declares_exactly_what_its_finder_asks_for(word, asked):
    declared = {name: set(getattr(word, name)) for name in NOTHING}
    if word.lists:
        declared["columns"] |= SOLD_OUT_KEYS

    assert declared == asked[word.name]


@pytest.mark.parametrize("word", WORDS.values(), ids=lambda word: word.name)
def test_every_word_comes_from_somewhere(word, book):
    assert vocabulary.origins(word, book.exports)


# ── in the seller's words ────────────────────────────────────────────────────────────────────────

ORIGINS = [
    ("접수", ["접수채널", "취소 처리상태"]),
    ("자료", ["같은 주문의 모든 줄"]),
    ("포장정책", ["가게 설정 (store.packed)"]),
    ("조치", ["규칙 파일 (decisions)"]),
    ("출고", ["출고상태", "가게 설정 (store.no_invoice_means, store.unknown_handover)", "다른 사실에서 (송장)"]),
    ("귀책", ["규칙 파일 (reasons)", "다른 사실에서 (접수, 요청, 사유)"]),
    ("실제사유", ["실제사유", "〈품절상품〉 시트", "규칙 파일 (reasons)", "다른 사실에서 (요청, 사유)"]),
    (
        "송장",
        ["발송처리일", "송장출력일", "송장번호", "이 열들이 파일에 있었는지", "지난 파일의 주문상태", "다른 사실에서 (주문상태)"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("word", "origins"), ORIGINS, ids=[word for word, _ in ORIGINS])
def test_where_a_word_comes_from_is_said_in_headers_settings_and_words(word, origins, book):
    assert [origin.ko for origin in vocabulary.origins(WORDS[word], book.exports)] == origins


def test_a_column_is_named_by_the_first_header_of_the_desks_own_rules(edited):
    path = edited("    claim_channel:         [접수채널]", "    claim_channel:         [접수한 곳, 접수채널]")
    book = rulebook.read(path, WORDS)

    assert vocabulary.origins(WORDS["접수"], book.exports)[0].ko == "접수한 곳"


def paragraph(book, word, lang="ko") -> list[str]:
    """What is printed of one word."""
    paragraphs = "\n".join(vocabulary.lines(book, lang)).split("\n\n")
    (found,) = (text for text in paragraphs if text.startswith(f"{word} — "))
    return found.split("\n")


def test_a_word_is_printed_with_values_usual_value_and_origin(book):
    assert paragraph(book, "추가상품") == [
        "추가상품 — 같은 주문의 추가구성상품도 함께 취소되는지",
        "    값         없음 · 함께 · 빠짐",
        "    평소       없음",
        "    나오는 곳  상품종류 · 주문번호 · 상품주문번호 · 다른 사실에서 (요청, 주문상태)",
    ]


def test_a_counted_word_says_how_numbers_are_written(book):
    assert paragraph(book, "수거경과") == [
        "수거경과 — 수거완료 뒤 지난 영업일. 쉬는 날은 그다음 영업일로 봄",
        "    값         숫자 (영업일) · 모름",
        "    쓰는 법    3 · 3 이상 · 3 초과 · 3 이하 · 3 미만 · 1~3",
        "    나오는 곳  수거완료일 · 취소요청일 · 다른 사실에서 (수거)",
    ]


def test_the_list_is_printed_in_english_too(book):
    assert paragraph(book, "수거경과", "en") == [
        "수거경과 — working days since it came back; a day off counts as the next one",
        "    values   a number (working days) · 모름",
        "    written  3 · '3 이상' (and over) · '3 초과' (over) · '3 이하' (and under) ·",
        "             '3 미만' (under) · '1~3'",
        "    from     수거완료일 · 취소요청일 · other facts (수거)",
    ]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_line_fits_a_terminal(book, lang):
    lines = list(vocabulary.lines(book, lang))
    width = {line: sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in line) for line in lines}

    assert [line for line in lines if width[line] > 95 or line != line.rstrip()] == []
    assert max(width.values()) > 80


def test_the_list_shows_the_reasons_of_the_desk(edited):
    path = edited(
        "# 읽을 수만 있는 사유\n", "- {name: 창고이전, en: moving, code: null, 귀책: 판매자, labels: [창고 이전]}\n"
    )
    book = rulebook.read(path, WORDS)

    assert "창고이전" in " ".join(paragraph(book, "사유"))
    assert "창고이전" in " ".join(paragraph(book, "실제사유"))


def test_programs_get_the_same_as_json(book):
    words = {word["word"]: word for word in vocabulary.as_json(book, "ko")["words"]}

    assert list(words) == list(WORDS)
    assert words["출고"] == {
        "word": "출고",
        "values": ["미포장", "포장", "집화"],
        "counted": False,
        "unknown": True,
        "usual": "모름",
        "meaning": "물건이 어디까지 나갔는지",
        "from": ["출고상태", "가게 설정 (store.no_invoice_means, store.unknown_handover)", "다른 사실에서 (송장)"],
    }
    assert (words["수거경과"]["values"], words["수거경과"]["counted"]) == ([], True)
    assert (words["자료"]["unknown"], words["자료"]["usual"]) == (False, "온전")
    assert vocabulary.as_json(book, "en")["words"][0]["meaning"] == "who asked for what"


# ── the schema that editors complete from ────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def schema() -> dict:
    return json.loads(resources.files("processor.rulebook").joinpath("schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def rules(rules_path) -> dict:
    return load(rules_path.read_text("utf-8"), []).data


@pytest.fixture(params=["complete", "a desk's"])
def few(rules, request) -> dict:
    """The rules with no more of each table than its first and last row and an example; also as those of a desk."""
    few = deepcopy(rules)
    if request.param == "a desk's":
        few["based_on"] = few.pop("version")
    for table in ("decisions", "fees", "penalties"):
        few[table] |= {
            "rows": few[table]["rows"][:: len(few[table]["rows"]) - 1],
            "examples": few[table]["examples"][:1],
        }
    return few


def complaints(schema, rules) -> list[str]:
    return ["/".join(map(str, error.absolute_path)) for error in Draft202012Validator(schema).iter_errors(rules)]


def test_the_schema_is_what_the_command_prints():
    printed = subprocess.run(
        [sys.executable, "-m", "processor", "words", "--schema"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    ).stdout.decode("utf-8")

    kept = (ROOT / "processor/rulebook/schema.json").read_text("utf-8")

    assert printed.splitlines() == kept.splitlines(), (
        "python -m processor words --schema > processor/rulebook/schema.json"
    )


def test_the_schema_is_one_and_the_default_rules_fit_it(schema, rules):
    Draft202012Validator.check_schema(schema)

    assert complaints(schema, rules) == []


PLACES = {
    "impossible rows": lambda rules: rules["impossible"]["rows"][0]["when"],
    "impossible examples": lambda rules: rules["impossible"]["examples"][0]["given"],
    "decisions rows": lambda rules: rules["decisions"]["rows"][0]["when"],
    "decisions meant_for": lambda rules: rules["decisions"]["rows"][-1]["meant_for"][0],
    "decisions examples": lambda rules: rules["decisions"]["examples"][0]["given"],
    "fees rows": lambda rules: rules["fees"]["rows"][0]["when"],
    "fees meant_for": lambda rules: rules["fees"]["rows"][-1]["meant_for"][0],
    "fees examples": lambda rules: rules["fees"]["examples"][0]["given"],
    "penalties rows": lambda rules: rules["penalties"]["rows"][0]["when"],
    "penalties examples": lambda rules: rules["penalties"]["examples"][0]["given"],
}
EARLY = ("impossible", "decisions")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("word", "value", "good"),
    [
        ("출고", "집화", True),
        ("출고", ["포장", "집화"], True),
        ("출고", "모름", True),
        ("출고", "집하", False),
        ("출고", ["포장", "집하"], False),
        ("출고", [], False),
        ("출고상태", "집화", False),
        ("자료", "모름", False),  # always known
        ("발송기한", -3, True),
        ("발송기한", "3 이상", True),
        ("발송기한", "-4 이하", True),
        ("발송기한", ["-3~-1", 2, "모름"], True),
        ("발송기한", "3 넘게", False),
        ("발송기한", "3", False),
        ("사유", "상품품절", True),
        ("사유", "창고이전", True),  # perhaps a reason of the seller's own
        ("실제사유", "창고이전", True),
        ("사유", 3, False),
    ],
)
def test_an_editor_marks_misspelt_words_and_values(schema, few, place, word, value, good):
    PLACES[place](few)[word] = value

    assert (complaints(schema, few) == []) is good


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("word", "value"), [("조치", "반품"), ("묶음", "전부"), ("무료기준", "이상")])
def test_what_decisions_bring_about_is_no_condition_of_theirs(schema, few, place, word, value):
    PLACES[place](few)[word] = value

    assert (complaints(schema, few) == []) is not place.startswith(EARLY)


def test_every_word_says_what_it_means(schema):
    properties = schema["$defs"]["when"]["properties"]

    assert {name: entry["description"] for name, entry in properties.items()} == {
        word.name: word.meaning.ko for word in WORDS.values()
    }


@pytest.mark.parametrize("word", WORDS.values(), ids=lambda word: word.name)
def test_an_editor_takes_the_same_cells_as_check(schema, book, word):
    """Any value of any word, and numbers in every form, in a cell of this word."""
    written = {value for other in WORDS.values() for value in other.possible}
    written |= {"3 이상", "3이상", "-3 초과", "0 이하", "1 미만", "1~3", "-3 ~ -1", "이상 3", "3 ≤", "", "3,", 3, 0, -3}
    one = {"$ref": f"#/$defs/when/properties/{word.name}", "$defs": schema["$defs"]}
    known = book.words[word.name]

    taken = {value for value in written if Draft202012Validator(one).is_valid(value)}
    understood = {value for value in written if isinstance(cell(value, known), Cell)}

    if word.more:  # an editor cannot know all reasons
        assert understood <= taken
    else:
        assert taken == understood


def test_the_schema_of_a_desk_knows_its_own_reasons(edited):
    path = edited(
        "# 읽을 수만 있는 사유\n", "- {name: 창고이전, en: moving, code: null, 귀책: 판매자, labels: [창고 이전]}\n"
    )
    words = rulebook.read(path, WORDS).words

    listed = json.loads(editor.schema(words))["$defs"]["when"]["properties"]["사유"]["anyOf"][0]["anyOf"][0]["enum"]

    assert "창고이전" in listed

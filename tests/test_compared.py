"""Where two rulebooks answer differently: against trying all situations, and ten edits of the default rules by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import reason
from test_proof import NUMBERS, cells, vocabularies, whens
from trials import examples

from processor.model import UNKNOWN, Action, Payer, RuleId, Text
from processor.rulebook import Rulebook, cover
from processor.rulebook.acts import IMPOSSIBLE
from processor.rulebook.changes import ABSENT, Change, changes
from processor.rulebook.compared import Difference, different
from processor.rulebook.types import (
    OPEN_DEADLINE,
    Dated,
    Decision,
    FeeRow,
    OpenDeadline,
    PenaltyRow,
    R,
    Row,
    Table,
    When,
    Word,
)

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 30)
ALWAYS = date(2020, 1, 1)


def with_rows(book: Rulebook, table: str, edit: Callable[[list[Row]], list[Row]]) -> Rulebook:
    """The rulebook with other rows in a table."""
    if table == "impossible":
        return replace(book, impossible=tuple(edit([*book.impossible])))
    its = book.penalties.table if table == "penalties" else getattr(book, table)
    its = replace(its, rows=tuple(edit([*its.rows])))
    if table == "penalties":
        return replace(book, penalties=replace(book.penalties, table=its))
    return replace(book, **{table: its})


def with_row(book: Rulebook, table: str, rule: str, **changed: object) -> Rulebook:
    """The rulebook with one row changed."""

    def edit(rows: list[Row]) -> list[Row]:
        assert [row.id for row in rows].count(RuleId(rule)) == 1
        return [replace(row, **changed) if row.id == rule else row for row in rows]

    return with_rows(book, table, edit)


def without(book: Rulebook, table: str, rule: str) -> Rulebook:
    return with_rows(book, table, lambda rows: [row for row in rows if row.id != rule])


def written(when: When) -> dict[str, str]:
    return {word: cell.written for word, cell in when.items()}


def rules(difference: Difference) -> tuple[str, str, str]:
    before, after = difference.before, difference.after
    return difference.table, before.id if before else "", after.id if after else ""


def said(difference: Difference) -> dict[str, tuple[str, str]]:
    return {change.name: (change.before.ko, change.after.ko) for change in difference.changes}


# ── against trying everything ────────────────────────────────────────────────────────────────────

ACTS = [Action.APPROVE, Action.NEGOTIATE, Action.REVIEW]
DEADLINES = [OPEN_DEADLINE, "취소응답", None]


def row_of(table: str, number: int, when: When, picked: int) -> Row:
    """A row of any table; `picked` chooses among a few outcomes."""
    common = {"id": RuleId(f"R-{number:02}"), "when": when, "why": Text("", ""), "sources": (), "line": 1}
    if table == "decisions":
        return Decision(**common, action=ACTS[picked % 3], deadline=DEADLINES[picked // 3], screen="화면")
    if table == "fees":
        return FeeRow(**common, payer=[*Payer][picked % 3])
    return PenaltyRow(**common, event=f"event_{picked % 2}", points=Dated(((ALWAYS, picked // 2),)))


def rows_of(table: str, words: Mapping[str, Word]) -> st.SearchStrategy[tuple[Row, ...]]:
    drawn = st.lists(st.tuples(whens(dict(words)), st.integers(0, 8)), min_size=1, max_size=5)
    return drawn.map(
        lambda found: tuple(
            row_of(table, number, cells(when, words), picked)
            for number, (when, picked) in enumerate([*found, *([({}, 0)] if table != "penalties" else [])])
        )
    )


@st.composite
def edits(draw: st.DrawFn, table: str, words: Mapping[str, Word]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """A table, and the same after an edit, or another table."""
    before = draw(rows_of(table, words))
    other = draw(rows_of(table, words))
    if draw(st.booleans()) or len(before) < 2:
        return before, other
    one, two = (draw(st.integers(0, len(before) - 2)) for _ in range(2))
    after = [*before]
    match draw(st.sampled_from(["swap", "drop", "cell", "outcome", "add"])):
        case "swap":
            after[one], after[two] = after[two], after[one]
        case "drop":
            del after[one]
        case "cell":
            after[one] = replace(after[one], when=other[0].when)
        case "outcome":
            after[one] = replace(other[0], id=after[one].id, when=after[one].when)
        case "add":
            after.insert(one, replace(other[0], id=RuleId("R-90")))
    return before, tuple(after)


def table_of(name: str, rows: tuple[R, ...], *, unique: bool = False) -> Table[R]:
    return Table(name, Text("", ""), rows, (), adds_up=name == "penalties", unique=unique)


def impossible_of(words: Mapping[str, Word]) -> st.SearchStrategy[tuple[Row, ...]]:
    return st.lists(whens(dict(words)).filter(bool), max_size=2).map(
        lambda found: tuple(
            Row(RuleId(f"X-{number:02}"), cells(when, words), Text("", ""), (), 1) for number, when in enumerate(found)
        )
    )


@dataclass(frozen=True)
class Pair:
    """What two rulebooks say: the rows of one table, what is impossible, and the open deadlines, each twice."""

    table: str
    words: dict[str, Word]
    rows: tuple[tuple[Row, ...], tuple[Row, ...]]
    impossible: tuple[tuple[Row, ...], tuple[Row, ...]]
    open_deadlines: tuple[tuple[OpenDeadline, ...], tuple[OpenDeadline, ...]]
    unique: bool

    def books(self, book: Rulebook) -> tuple[Rulebook, Rulebook]:
        """The two rulebooks; their other tables are empty."""
        made = []
        for rows, impossible, open_deadlines in zip(self.rows, self.impossible, self.open_deadlines, strict=True):
            tables = {
                name: table_of(name, rows if name == self.table else (), unique=self.unique)
                for name in ("decisions", "fees", "penalties")
            }
            penalties = replace(book.penalties, table=tables.pop("penalties"))
            said = {"words": self.words, "impossible": impossible, "open_deadlines": open_deadlines}
            made.append(replace(book, penalties=penalties, **said, **tables))
        return made[0], made[1]


@st.composite
def pairs(draw: st.DrawFn, table: str) -> Pair:
    words = draw(vocabularies())
    rows = draw(edits(table, words))
    if unique := table == "penalties" and draw(st.booleans()):  # no event comes twice
        rows = tuple(tuple({row.event: row for row in its if isinstance(row, PenaltyRow)}.values()) for its in rows)
    never = draw(impossible_of(words))
    nevers = draw(st.sampled_from([(never, never), (never, never), (never, draw(impossible_of(words)))]))
    names = ["취소응답", "발송기한"][: draw(st.integers(0, 2))]
    opened = tuple(OpenDeadline(cells(draw(whens(words)), words), name) for name in names)
    opens = draw(st.sampled_from([(opened, opened), (opened, opened[1:])]))
    return Pair(table, words, rows, nevers, opens, unique)


def situations(words: Mapping[str, Word]) -> Iterator[dict[str, str | int]]:
    values = [[*NUMBERS, UNKNOWN] if word.values is None else word.possible for word in words.values()]
    return (dict(zip(words, chosen, strict=True)) for chosen in product(*values))


def is_impossible(book: Rulebook, situation: Mapping[str, str | int]) -> bool:
    return any(row.fits(situation) for row in book.impossible)


def acted(book: Rulebook, row: Row | None, situation: Mapping[str, str | int]) -> object:
    """What the row brings there: written once more, without the program's own list of what a row says."""
    match row:
        case Decision():
            return row.action, book.deadline(row, situation)
        case FeeRow():
            return row.payer
        case PenaltyRow():
            return row.event, row.points.on(TODAY)
        case _:
            return "impossible" if row else None


def answers(book: Rulebook, table: str, situation: Mapping[str, str | int]) -> list[Row]:
    if table == "penalties":
        return [*book.penalties.table.all(situation)]
    rows = book.decisions.rows if table == "decisions" else book.fees.rows
    return [next(row for row in ([*book.impossible] if table == "decisions" else []) + [*rows] if row.fits(situation))]


def is_asked(before: Rulebook, after: Rulebook, table: str, situation: Mapping[str, str | int]) -> bool:
    """Is the situation possible? For decisions in one of the rulebooks, for what follows from them in both."""
    never = [is_impossible(book, situation) for book in (before, after)]
    return not (all(never) if table == "decisions" else any(never))


def fits(when: When, situation: Mapping[str, str | int]) -> bool:
    return all(cell.fits(situation[word]) for word, cell in when.items())


def is_told(difference: Difference, before: Rulebook, after: Rulebook, situation: Mapping[str, str | int]) -> bool:
    """Do the two rows of a difference answer there as it tells, and does the other table not?"""
    told = []
    for book, other, row in ((before, after, difference.before), (after, before, difference.after)):
        told.append(acted(book, row, situation))
        hits, others = (
            [(hit.id, acted(its, hit, situation)) for hit in answers(its, difference.table, situation)]
            for its in (book, other)
        )
        if row and ((row.id, told[-1]) not in hits or told[-1] in [said for _, said in others]):
            return False
    return told[0] != told[1]


@pytest.mark.slow
@pytest.mark.parametrize("table", ["decisions", "fees", "penalties"])
@examples(40)
@given(st.data())
def test_the_boxes_are_the_situations_that_are_answered_differently(table: str, book: Rulebook, data: st.DataObject):
    before, after = data.draw(pairs(table)).books(book)
    found = different(before, after, TODAY)
    asked = [each for each in situations(before.words) if is_asked(before, after, table, each)]
    differing = []
    for each in asked:
        one, other = ({acted(its, row, each) for row in answers(its, table, each)} for its in (before, after))
        if one != other:
            differing.append(each)

    assert found.unfinished == ()
    assert {difference.table for difference in found.found} <= {table}
    boxes = [difference.conditions for difference in found.found]
    assert [each for each in asked if any(fits(box, each) for box in boxes)] == differing
    for difference in found.found:
        inside = [each for each in asked if fits(difference.conditions, each)]
        assert inside
        assert all(is_told(difference, before, after, each) for each in inside)
        example = {name: word.usual for name, word in before.words.items()} | difference.example
        assert example in inside


@pytest.mark.slow
@examples(40)
@given(pair=pairs("decisions"))
def test_no_condition_can_be_left_out_and_no_value_added(book: Rulebook, pair: Pair):
    before, after = replace(pair, impossible=pair.impossible[:1] * 2).books(book)
    asked = [each for each in situations(before.words) if is_asked(before, after, "decisions", each)]
    for difference in different(before, after, TODAY).found:
        for word in difference.conditions:
            rest = {name: cell for name, cell in difference.conditions.items() if name != word}
            wider = [each for each in asked if fits(rest, each)]
            values = {each[word] for each in wider if not fits(difference.conditions, each)}
            assert values, f"{word} is needed"
            for value in values:
                part = [each for each in wider if each[word] == value]
                assert not all(is_told(difference, before, after, each) for each in part), (word, value)


def test_of_answers_that_lead_to_what_cannot_be_undone_one_hears_first(book: Rulebook):
    other = with_row(book, "decisions", "C-02", action=Action.REVIEW)
    other = with_row(other, "decisions", "C-11", action=Action.APPROVE)
    other = with_row(other, "fees", "F-01", payer=Payer.UNDECIDED)
    found = different(book, other, TODAY).found
    assert [(rules(each), each.irreversible) for each in found] == [
        (("decisions", "C-11", "C-11"), True),
        (("decisions", "C-02", "C-02"), False),
        (("fees", "F-01", "F-01"), False),
    ]


# ── edits of the default rules, by hand ──────────────────────────────────────────────────────────

# Before any row about a request stand C-71 (지난기록 목록에없음), C-01 and C-70 (자료), C-02 (주문상태 종료), C-03 (수량 일부) and
# C-72 (지난기록 답변모순). So each box below has what they leave over.
LEFT_OVER = {
    "자료": "온전",
    "수량": "전체 · 모름",
    "지난기록": "없음 · 요청사라짐 · 요청불명 · 그대로",
}
# An order that waits for its payment has no return and no exchange.
RUNNING = LEFT_OVER | {"주문상태": "신규 · 발송대기 · 배송중 · 배송완료 · 구매확정 · 모름"}


def test_equal_rules_answer_alike(book: Rulebook):
    found = different(book, book, TODAY)
    assert (found.found, found.unfinished, found.only_before, found.only_after) == ((), (), {}, {})
    assert changes(book, book) == ()


def test_two_rows_swapped(book: Rulebook):
    """C-53 takes any running return, so it takes from C-52 those that came back, but not those of C-87 and C-77 above."""

    def swap(rows: list[Row]) -> list[Row]:
        one, two = ([row.id for row in rows].index(RuleId(rule)) for rule in ("C-52", "C-53"))
        rows[one], rows[two] = rows[two], rows[one]
        return rows

    (found,) = different(book, with_rows(book, "decisions", swap), TODAY).found
    assert rules(found) == ("decisions", "C-52", "C-53")
    assert written(found.conditions) == RUNNING | {
        "요청": "반품진행",
        "수거": "완료",
        "수거경과": "3 이하 · 모름",
        "보류": "아니오 · 모름",
    }
    assert found.example == {"요청": "반품진행", "수거": "완료"}
    assert said(found) == {
        "기한": ("반품처리", "없음"),
        "화면": ("반품완료", "반품수거"),
        "안내문": ("반품도착", "없음"),
    }


def test_a_border_moved_by_a_day(book: Rulebook):
    """On the fourth day a return is no longer late. Days are counted only of parcels that are back (X-07): no 수거."""
    (row,) = [row for row in book.decisions.rows if row.id == "C-77"]
    later = cells({"수거경과": "5 이상"}, book.words)
    (found,) = different(book, with_row(book, "decisions", "C-77", when={**row.when, **later}), TODAY).found
    assert rules(found) == ("decisions", "C-77", "C-52")
    assert written(found.conditions) == RUNNING | {"요청": "반품진행", "수거경과": "4", "보류": "아니오 · 모름"}
    assert found.example == {"요청": "반품진행", "수거": "완료", "수거경과": 4}
    assert said(found) == {"flags": ("late", "없음")}


def test_a_row_taken_out(book: Rulebook):
    """Without C-50 a withdrawn cancel is nothing to dispatch. What is on its way has an invoice (X-01): C-49 before."""
    (found,) = different(book, without(book, "decisions", "C-50"), TODAY).found
    assert rules(found) == ("decisions", "C-50", "C-51")
    assert written(found.conditions) == LEFT_OVER | {
        "요청": "취소철회",
        "주문상태": "신규 · 발송대기",
        "송장": "없음 · 출력 · 모름",
    }
    assert found.example == {"요청": "취소철회", "주문상태": "신규"}
    assert said(found) == {
        "조치": ("발송", "조치없음"),
        "기한": ("발송기한", "없음"),
        "안내문": ("철회", "없음"),
        "flags": ("alive_again", "없음"),
    }


def test_a_row_added(book: Rulebook):
    """Only an exchange is redispatched (X-04, X-05), so nothing is said of 요청."""

    def add(rows: list[Row]) -> list[Row]:
        place = [row.id for row in rows].index(RuleId("C-55"))
        when = cells({"요청": "교환진행", "수거": "재배송"}, book.words)
        own = Decision(RuleId("M-01"), when, Text("", ""), (), 1, action=Action.REVIEW, screen="확인필요")
        return [*rows[:place], own, *rows[place:]]

    (found,) = different(book, with_rows(book, "decisions", add), TODAY).found
    assert rules(found) == ("decisions", "C-55", "M-01")
    assert written(found.conditions) == RUNNING | {"수거": "재배송"}
    assert found.example == {"요청": "교환진행", "수거": "재배송"}
    assert said(found) == {"조치": ("조치없음", "확인필요")}


def test_an_action_changed(book: Rulebook):
    """Before C-11 stand C-69 and C-08 (다른클레임), and C-09 (사유일치), which is told of the seller's cancels only (X-08)."""
    (found,) = different(
        book, with_row(book, "decisions", "C-11", action=Action.REVIEW, screen="확인필요"), TODAY
    ).found
    assert rules(found) == ("decisions", "C-11", "C-11")
    assert written(found.conditions) == LEFT_OVER | {
        "요청": "구매자취소 · 판매자취소",
        "주문상태": "결제대기",
        "다른클레임": "없음",
        "사유일치": "예 · 모름",
    }
    assert found.example == {"요청": "구매자취소", "주문상태": "결제대기"}
    assert [*found.conditions][:2] == ["요청", "주문상태"]  # the row's own words first
    assert said(found) == {"조치": ("조치없음", "확인필요")}


def test_a_fee_paid_by_somebody_else(book: Rulebook):
    (found,) = different(book, with_row(book, "fees", "F-01", payer=Payer.SELLER), TODAY).found
    assert rules(found) == ("fees", "F-01", "F-01")
    assert written(found.conditions) == {"조치": "조치없음"}
    assert found.example == {}  # 조치없음 is usual
    assert said(found) == {"부담": ("없음", "판매자")}


def test_points_from_a_day_on(book: Rulebook):
    """P-10 is alone with its event for these ways of selling: its own conditions are the box."""
    begins = date(2027, 1, 1)
    other = with_row(book, "penalties", "P-10", points=Dated(((date(2021, 3, 1), 1), (begins, 2))))
    (found,) = different(book, other, begins).found
    assert rules(found) == ("penalties", "P-10", "P-10")
    assert written(found.conditions) == {
        "요청": "반품진행",
        "보류": "아니오 · 모름",
        "판매방식": "일반 · 선물 · 정기구독 · 모름",
        "수거경과": "4 이상",
    }
    assert found.example == {"요청": "반품진행", "수거": "완료", "수거경과": 4}
    assert said(found) == {"점수": ("1", "2")}
    assert different(book, other, begins - timedelta(days=1)).found == ()
    assert changes(book, other) == (
        Change(
            "penalties.table.P-10.points",
            Text.same("{2021-03-01: 1}"),
            Text.same("{2021-03-01: 1, 2027-01-01: 2}"),
        ),
    )


def test_points_that_are_repealed_come_no_more(book: Rulebook):
    other = with_row(book, "penalties", "P-10", points=Dated(((date(2021, 3, 1), 1), (TODAY, None))))
    (found,) = different(book, other, TODAY).found
    assert (rules(found), said(found)) == (("penalties", "P-10", ""), {"점수": ("1", "없음")})
    (back,) = different(other, book, TODAY).found
    assert (rules(back), said(back)) == (("penalties", "", "P-10"), {"점수": ("없음", "1")})


def test_a_row_that_ends(book: Rulebook):
    """A running return that is not back is being collected (X-05). Without C-53 only the last row answers it."""
    last = date(2026, 12, 31)
    other = with_row(book, "decisions", "C-53", until=last)
    assert different(book, other, last).found == ()
    (found,) = different(book, other, last + timedelta(days=1)).found
    assert rules(found) == ("decisions", "C-53", "C-99")
    assert written(found.conditions) == RUNNING | {"요청": "반품진행", "수거": "진행"}
    assert changes(book, other) == (Change("decisions.C-53.until", Text.same("null"), Text.same("2026-12-31")),)


def test_a_reason_told_in_other_words_is_no_other_answer(book: Rulebook):
    (row,) = [row for row in book.decisions.rows if row.id == "C-53"]
    told = Text("반품 중입니다", "being returned")
    other = with_row(book, "decisions", "C-53", why=told)
    assert different(book, other, TODAY).found == ()
    assert changes(book, other) == (Change("decisions.C-53.why", row.why, told),)


def test_another_number_of_a_row_is_no_other_answer(book: Rulebook):
    other = with_row(book, "decisions", "C-53", id=RuleId("M-53"))
    assert different(book, other, TODAY).found == ()
    assert [change.name for change in changes(book, other)] == ["decisions.C-53", "decisions.M-53"]


def test_what_may_be_from_now_on_was_a_problem_before(book: Rulebook):
    """A running return without collection (X-05): C-53 answers it, and the rows above that look at no request."""
    other = without(book, "impossible", "X-05")
    found = different(book, other, TODAY).found
    after = ["C-71", "C-01", "C-70", "C-02", "C-03", "C-72", "C-53"]
    assert [rules(each) for each in found] == [("decisions", "X-05", rule) for rule in after]
    assert written(found[-1].conditions) == RUNNING | {"요청": "반품진행", "수거": "없음 · 재배송"}
    assert found[-1].changes == (Change("조치", IMPOSSIBLE, Action.RETURN.text),)
    back = different(other, book, TODAY).found
    assert {rules(each) for each in back} == {("decisions", rule, "X-05") for rule in after}


def test_a_deadline_by_situation_is_that_of_the_situation(book: Rulebook):
    """What is open of a buyer's request is 취소응답, which C-08 says by name; without that line it has no deadline."""
    same = with_row(book, "decisions", "C-08", deadline=OPEN_DEADLINE)
    assert different(book, same, TODAY).found == ()
    short = [with_rows(each, "decisions", named_or_last) for each in (book, same)]
    found = different(short[0], replace(short[1], open_deadlines=same.open_deadlines[1:]), TODAY).found
    assert [(rules(each)[1:], written(each.conditions)) for each in found] == [
        (("C-08", "C-08"), {"요청": "구매자취소", "다른클레임": "반품 · 교환"}),
        (("C-99", "C-99"), {"요청": "구매자취소", "다른클레임": "없음"}),
    ]
    assert [said(each) for each in found] == [{"기한": ("취소응답", "없음")}] * 2


def named_or_last(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.id in ("C-08", "C-99")]


def test_reasons_that_only_one_has_are_named_and_not_compared(book: Rulebook):
    word = book.words["사유"]
    more = replace(word, values=("포장불량", *(word.values or ())))
    reasons = (*book.reasons, reason("포장불량", "Badly packed", "판매자", "포장불량", "포장 불량"))
    other = replace(book, words={**book.words, "사유": more}, reasons=reasons)
    found = different(book, other, TODAY)
    assert (found.found, found.only_before, found.only_after) == ((), {}, {"사유": ("포장불량",)})
    found = different(other, book, TODAY)
    assert (found.found, found.only_before, found.only_after) == ((), {"사유": ("포장불량",)}, {})

    named = cells({"요청": "구매자취소", "사유": ["포장불량", "오배송"]}, other.words)
    row = replace(book.decisions.rows[0], id=RuleId("M-01"), when=named, action=Action.APPROVE)
    other = with_rows(other, "decisions", lambda rows: [row, *rows])
    for each in different(book, other, TODAY).found:
        assert each.conditions["사유"].values == {"오배송"}


def test_a_list_that_is_not_complete_says_so(book: Rulebook, monkeypatch: pytest.MonkeyPatch):
    """The rows in turned order differ nearly everywhere. The tables that are not tangled are still compared."""
    other = with_rows(book, "decisions", lambda rows: [*rows[-2::-1], rows[-1]])
    other = with_row(other, "fees", "F-01", payer=Payer.SELLER)
    monkeypatch.setattr(cover, "MOST_STEPS", 10_000)
    found = different(book, other, TODAY)
    assert found.unfinished == ("decisions",)
    assert [each.table for each in found.found][-1] == "fees"
    assert found.found[0].irreversible  # what cannot be undone is looked for first


def test_rows_that_are_only_looked_at_count_too(book: Rulebook, monkeypatch: pytest.MonkeyPatch):
    """120 rows in turned order: nothing is asked of any situation, but each row is held against each other one."""
    words = {"날": Word("날", None, Text("", ""))}
    rows = tuple(row_of("fees", number, cells({"날": number}, words), 0) for number in range(120))
    one, other = (
        replace(book, words=words, impossible=(), open_deadlines=(), fees=table_of("fees", its))
        for its in (rows, rows[::-1])
    )
    one, other = (replace(each, decisions=table_of("decisions", ())) for each in (one, other))
    one, other = (with_rows(each, "penalties", lambda _: []) for each in (one, other))
    monkeypatch.setattr(cover, "MOST_STEPS", 1_000)
    assert different(one, other, TODAY).unfinished == ("fees",)
    assert different(one, one, TODAY).unfinished == ()


def test_a_small_edit_takes_few_steps(book: Rulebook, monkeypatch: pytest.MonkeyPatch):
    """A hundredth of what any proof may take."""
    monkeypatch.setattr(cover, "MOST_STEPS", 2_000)
    assert different(book, without(book, "decisions", "C-77"), TODAY).unfinished == ()
    assert different(book, book, TODAY).unfinished == ()


# ── settings and other sections ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (lambda book: {"store": replace(book.store, packed="approve")}, ("store.packed", "negotiate", "approve")),
        (lambda book: {"store": replace(book.store, return_fee=1)}, ("store.return_fee", "null", "1")),
        (lambda book: {"store": replace(book.store, protect_outbox=True)}, ("store.protect_outbox", "false", "true")),
        (
            lambda book: {"calendar": replace(book.calendar, closed=(date(2026, 12, 31),))},
            ("calendar.closed", "[]", "[2026-12-31]"),
        ),
        (
            lambda book: {
                "exports": replace(
                    book.exports,
                    states={**book.exports.states, "consent": {**book.exports.states["consent"], "좋아요": "예"}},
                )
            },
            ("exports.states.consent.좋아요", "없음", "예"),
        ),
        (
            lambda book: {"reasons": tuple(reversed(book.reasons))},
            ("reasons", None, None),
        ),
        (
            lambda book: {
                "reasons": tuple(
                    replace(each, fault_if_buyer="판매자") if each.name == "기타" else each for each in book.reasons
                )
            },
            ("reasons.기타.fault_if_buyer", "모름", "판매자"),
        ),
        (
            lambda book: {"messages": replace(book.messages, limits={**book.messages.limits, "발송지연": 7})},
            ("messages.limits.발송지연", None, "7"),
        ),
        (
            lambda book: {"penalties": replace(book.penalties, early=replace(book.penalties.early, points=8))},
            ("penalties.early.points", "7", "8"),
        ),
    ],
)
def test_a_setting_that_differs_is_named(
    edit: Callable[[Rulebook], dict[str, object]], found: tuple[str, str | None, str | None], book: Rulebook
):
    (change,) = changes(book, replace(book, **edit(book)))
    name, before, after = found
    assert change.name == name
    assert before is None or change.before.ko == before
    assert after is None or change.after.ko == after


def test_a_message_is_told_as_the_rules_have_it(book: Rulebook):
    other = replace(book, messages=replace(book.messages, drafts={}))
    found = {change.name: change for change in changes(book, other)}
    assert set(found) == {f"messages.drafts.{name}" for name in book.messages.drafts}
    assert all(change.after == ABSENT for change in found.values())

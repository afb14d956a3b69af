"""Change the default rules in any one place: the change is refused, or it changes nothing, and then we can say why.

Mutants: a row deleted; a value added to a cell, or taken out; a border of numbers moved by one; a condition dropped; two
rows swapped; a row of `impossible` repeated; a word misspelt. An equivalent mutant is explained when the situations that it touches are impossible, are
answered by rows above, or get the same answer from another row.

Of all mutants the suite tries a part, spread evenly; with THOROUGH (see `trials`) it tries each of them, which takes minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from trials import THOROUGH, some

from processor import judge, rulebook
from processor.model import NOTHING, UNKNOWN, RuleId
from processor.rulebook import Complaint, Rulebook, RulesError, impossible
from processor.rulebook.cover import Cover, Work
from processor.rulebook.load import Document
from processor.rulebook.proof import Proof, differ
from processor.rulebook.sense import check
from processor.rulebook.space import Box, Space
from processor.rulebook.tables import Notes
from processor.rulebook.types import Cell, Row, Table, When, Word

pytestmark = pytest.mark.slow

RULES = Path(__file__).parent.parent / "rules.yaml"
TABLES = ["decisions", "fees", "penalties"]


def table_of(book: Rulebook, name: str) -> Table[Row]:
    return {"decisions": book.decisions, "fees": book.fees, "penalties": book.penalties.table}[name]


def with_rows(table: Table[Row], rows: list[Row]) -> Table[Row]:
    return replace(table, rows=tuple(rows))


def examples_fail(table: Table[Row], book: Rulebook, touched: Container[str] = ()) -> bool:
    """Those of the touched rows are tried first: they are the likeliest to fail."""
    proof = Proof(table, book.impossible, book.words)
    tried = sorted(table.examples, key=lambda example: not any(rule in touched for rule in example.expect))
    return any(proof.counterexample(example) is not None for example in tried)


def refused(table: Table[Row], book: Rulebook) -> bool:
    return bool(complaints(table, book))


def complaints(table: Table[Row], book: Rulebook) -> list[Complaint]:
    """What `check` says of the rulebook with this table in place of its own; the other two are as short as can be."""
    notes = Notes(Document({}, {(): (1, 1)}, {}))
    tables = {name: _short(table_of(book, name)) for name in TABLES} | {table.name: table}
    penalties = replace(book.penalties, table=tables.pop("penalties"))
    check(replace(book, **tables, penalties=penalties), notes)
    return notes.complaints


def _short(table: Table[Row]) -> Table[Row]:
    """A sound table that is proved in no time: its last row alone, meant for everything; no row where they add up."""
    rows = table.rows[-1:] if not table.adds_up else ()
    shown = [example for example in table.examples if rows and set(example.expect) == {rows[0].id}]
    return replace(table, rows=rows, examples=tuple(shown), meant_for=({},) if rows else table.meant_for)


def never_of(space: Space, book: Rulebook) -> list[Box]:
    return [space.box(row.when) for row in book.impossible]


def sides(space: Space, one: Table[Row], other: Table[Row]) -> list[tuple[list[Row], list[Box]]]:
    return [(list(table.rows), [space.box(row.when) for row in table.rows]) for table in (one, other)]


def common_space(book: Rulebook, *tables: Table[Row]) -> Space:
    """Fine enough for the cells of all these tables."""
    return Space(
        book.words, [row.when for rows in (*(table.rows for table in tables), book.impossible) for row in rows]
    )


@pytest.mark.parametrize("name", TABLES)
def test_what_is_not_changed_is_not_refused(name: str, book: Rulebook) -> None:
    assert complaints(table_of(book, name), book) == []


# ── cells ────────────────────────────────────────────────────────────────────────────────────────


def changed_cells(cell: Cell, word: Word) -> Iterator[Cell | None]:
    """All that differ from the cell in one value or one border; None = no condition at all."""
    yield None
    for value in word.possible:
        yield replace(cell, values=cell.values ^ {value})
    for place, (low, high) in enumerate(cell.ranges):
        for ends in ((low - 1, high), (low + 1, high), (low, high - 1), (low, high + 1)):
            if ends != (low, high) and ends[0] <= ends[1]:  # infinity stays where it is
                yield replace(cell, ranges=(*cell.ranges[:place], ends, *cell.ranges[place + 1 :]))


def mutants_of_cells(table: Table[Row], book: Rulebook) -> Iterator[tuple[int, Table[Row]]]:
    for index, row in enumerate(table.rows):
        for word, cell in row.when.items():
            for changed in changed_cells(cell, book.words[word]):
                if changed is not None and not changed.values and not changed.ranges:
                    continue  # an empty list of values, which the shape refuses: broken_rules/condition_list_empty.txt
                when = {name: one for name, one in row.when.items() if name != word}
                if changed is not None:
                    when[word] = changed
                rows = [*table.rows[:index], replace(row, when=when), *table.rows[index + 1 :]]
                yield index, with_rows(table, rows)


def first_hit_changes(table: Table[Row], mutant: Table[Row], book: Rulebook, touched: list[int]) -> bool:
    """Is some possible situation answered differently? Only situations of the touched rows can be."""
    space = common_space(book, table, mutant)
    one, other = sides(space, table, mutant)
    boxes = [side[1][index] for side in (one, other) for index in touched]
    return any(differ(space.whole, one, other, never=never_of(space, book), within=box) for box in boxes)


def is_touched(table: Table[Row], mutant: Table[Row], book: Rulebook, index: int, *, reached: bool = False) -> bool:
    """Does the row fit some possible situation before or after, but not both? `reached`: one that no row above answers."""
    space = common_space(book, table, mutant)
    above = [space.box(row.when) for row in table.rows[:index]] if reached else []
    cover = Cover(space.whole, [*never_of(space, book), *above])
    before, after = (space.box(one.rows[index].when) for one in (table, mutant))
    for box, other in ((before, after), (after, before)):
        for place, bits in enumerate(box):
            part = (*box[:place], bits & ~other[place], *box[place + 1 :])
            if cover.open(part, cover.all) is not None:
                return True
    return False


@pytest.mark.parametrize("name", TABLES)
def test_each_wider_or_narrower_cell_is_refused_or_changes_nothing(name: str, book: Rulebook) -> None:
    table = table_of(book, name)
    survivors, fates = [], Counter[str]()
    for index, mutant in some([*mutants_of_cells(table, book)], 80):
        if examples_fail(mutant, book, [table.rows[index].id]):
            fates["an example hits another row"] += 1
        elif not is_touched(table, mutant, book, index):
            fates["equivalent: only impossible situations are touched"] += 1
        elif not table.adds_up and not is_touched(table, mutant, book, index, reached=True):
            fates["equivalent: rows above answer them"] += 1
        elif refused(mutant, book):
            fates["check refuses it"] += 1
        elif table.adds_up or first_hit_changes(table, mutant, book, [index]):
            survivors.append((table.rows[index].id, mutant.rows[index].when))
        else:
            fates["equivalent: another row gives the same answer"] += 1
    assert survivors == []
    assert fates["an example hits another row"] > fates.total() / 3, fates


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", TABLES)
def test_each_deleted_row_is_missed(name: str, book: Rulebook) -> None:
    table = table_of(book, name)
    for index, row in some([*enumerate(table.rows)], 12):
        assert refused(with_rows(table, [*table.rows[:index], *table.rows[index + 1 :]]), book), row.id


@pytest.mark.parametrize("name", ["decisions", "fees"])
def test_a_row_deleted_with_its_examples_leaves_no_hole_unnoticed(name: str, book: Rulebook) -> None:
    """Nothing remembers such a row. But a situation that no other row answers may not slip through to the last one."""
    table = table_of(book, name)
    space = common_space(book, table, replace(table, rows=(*table.rows, *_caught(table))))
    never = never_of(space, book)
    noticed = 0
    for index, row in some([*enumerate(table.rows[:-1])], 12):
        others = [*table.rows[:index], *table.rows[index + 1 : -1], *_caught(table)]
        cover = Cover(space.whole, [*(space.box(one.when) for one in others), *never])
        left = replace(
            with_rows(table, [*table.rows[:index], *table.rows[index + 1 :]]),
            examples=tuple(one for one in table.examples if row.id not in one.expect),
        )
        hole = cover.open(space.box(row.when), cover.all) is not None
        assert refused_for_holes(left, book) is hole, row.id
        noticed += hole
    assert noticed


def _caught(table: Table[Row]) -> list[Row]:
    """What the last row is meant for, as rows."""
    return [replace(table.rows[-1], when=when) for when in table.meant_for]


def refused_for_holes(table: Table[Row], book: Rulebook) -> bool:
    return any("답하는 줄이 없습니다" in complaint.message.ko for complaint in complaints(table, book))


@pytest.mark.parametrize("name", ["decisions", "fees"])
def test_each_swap_of_two_rows_is_refused_or_changes_nothing(name: str, book: Rulebook) -> None:
    table = table_of(book, name)
    survivors, equivalent, total = [], 0, 0
    for one, other in some([*combinations(range(len(table.rows)), 2)], 80):
        total += 1
        rows = list(table.rows)
        rows[one], rows[other] = rows[other], rows[one]
        mutant = with_rows(table, rows)
        if other == len(rows) - 1:
            assert refused(mutant, book)  # the last row must be the last
        elif not examples_fail(mutant, book, [table.rows[one].id, table.rows[other].id]):
            if not first_hit_changes(table, mutant, book, [one, other]):
                equivalent += 1
            elif not refused(mutant, book):
                survivors.append((table.rows[one].id, table.rows[other].id))
    assert survivors == []
    assert 0 < equivalent < total / 2


def test_the_order_of_rows_that_add_up_means_nothing(book: Rulebook) -> None:
    """Swapping two penalty rows is an equivalent mutant, always."""
    table = book.penalties.table
    for one, other in some([*combinations(range(len(table.rows)), 2)], 10):
        rows = list(table.rows)
        rows[one], rows[other] = rows[other], rows[one]
        assert not examples_fail(with_rows(table, rows), book)
    situations = [{word: next(iter(cell.values), UNKNOWN) for word, cell in row.when.items()} for row in table.rows]
    backwards = with_rows(table, list(reversed(table.rows)))
    for situation in situations:
        assert {row.id for row in table.all(situation)} == {row.id for row in backwards.all(situation)}


# ── impossible ───────────────────────────────────────────────────────────────────────────────────


def impossible_table(book: Rulebook) -> Table[Row]:
    return Table("impossible", NOTHING, book.impossible, book.ruled_out, adds_up=True)


def rows_refused(rows: Iterable[Row], book: Rulebook) -> bool:
    notes = Notes(Document({}, {(): (1, 1)}, {}))
    return not impossible.check(replace(book, impossible=tuple(rows)), Work(), notes)


def rule_out_the_same(one: Sequence[Row], other: Sequence[Row], book: Rulebook, beside: Sequence[When] = ()) -> bool:
    """beside: situations that are not compared."""
    space = Space(book.words, [*(row.when for row in (*one, *other)), *beside])
    (boxes, others), rest = ([space.box(row.when) for row in rows] for rows in (one, other)), map(space.box, beside)
    cover = Cover(space.whole, [*boxes, *others, *rest])
    mine, all_of = (1 << len(boxes)) - 1, cover.all
    its = (1 << len(boxes) + len(others)) - 1 & ~mine
    return all(cover.open(box, all_of & ~mine) is None for box in boxes) and all(
        cover.open(box, all_of & ~its) is None for box in others
    )


def never_found(book: Rulebook) -> list[When]:
    """What no order has by the meaning of 사유일치: a reason that is true though its cause is another, or not known."""
    causes = {reason.name: reason.cause for reason in book.reasons} | {"목록에없음": "일곱 사유에 없음"}
    true = Cell(frozenset(["예"]))
    others = {name: frozenset(book.words["실제사유"].possible) - {cause} for name, cause in causes.items()}
    return [
        {"사유": Cell(frozenset([UNKNOWN])), "사유일치": true},
        *({"사유": Cell(frozenset([name])), "실제사유": Cell(its), "사유일치": true} for name, its in others.items()),
    ]


def test_each_changed_row_of_what_is_impossible_is_refused_or_changes_nothing(book: Rulebook) -> None:
    table = impossible_table(book)
    survivors, fates = [], Counter[str]()
    for index, mutant in some([*mutants_of_cells(table, book)], 80):
        if rows_refused(mutant.rows, book):
            fates["refused"] += 1
        elif rule_out_the_same(table.rows, mutant.rows, book):
            fates["equivalent: the same is ruled out"] += 1
        elif rule_out_the_same(table.rows, mutant.rows, book, never_found(book)):
            fates["equivalent: no order is found to be so"] += 1
        else:
            survivors.append((table.rows[index].id, mutant.rows[index].when))
    assert survivors == []
    assert fates["refused"] > fates.total() * 0.8, fates


def test_a_row_of_what_is_impossible_that_repeats_another_or_a_part_of_it_is_refused(book: Rulebook) -> None:
    table = impossible_table(book)
    assert not rows_refused(table.rows, book)
    for row in table.rows:
        again = replace(row, id=RuleId("X-98"))
        word, cell = max(row.when.items(), key=lambda entry: len(entry[1].values))
        part = replace(again, when={**row.when, word: replace(cell, values=frozenset([min(cell.values)]))})
        for more in (again, part):
            assert rows_refused([*table.rows, more], book), row.id
            assert rows_refused([more, *table.rows], book), row.id


def test_a_deleted_row_of_what_is_impossible_is_missed(book: Rulebook) -> None:
    rows = book.impossible
    for index, row in enumerate(rows):
        assert rows_refused([*rows[:index], *rows[index + 1 :]], book), row.id


# ── words ────────────────────────────────────────────────────────────────────────────────────────

FREE = {
    "version",
    "name",
    "en",
    "ko",
    "이유",
    "question",
    "labels",
    "sheets",
    "required",
    "any_of",
    "none_of",
    "personal",
}
"""Entries whose value is a text of its own, or a header or label as Naver writes it."""
NAMED = {("messages", "drafts"), ("messages", "costs"), ("messages", "screens"), ("calendar", "deadlines"), ("sources",), ("store", "products"),
         ("exports", "states", "*"), ("exports", "hints", "*"), ("exports", "columns", "*")}  # fmt: skip
"""Whose entries are names of the seller's own, or labels as Naver writes them: misspelt they are other names."""


def scalars(node: yaml.Node, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool, yaml.ScalarNode]]:
    """Every word of the file: (path, is it an entry's name, where it stands)."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not any(
                len(path) == len(named) and all(n in ("*", p) for n, p in zip(named, path, strict=True))
                for named in NAMED
            ):
                yield (*path, key.value), True, key
            if key.value not in FREE or isinstance(value, yaml.MappingNode):
                yield from scalars(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from scalars(item, path)
    else:
        yield path, False, node


def is_word(path: tuple[str, ...], node: yaml.ScalarNode) -> bool:
    """Not a number, a day, `null`, an API code or the store's name: those have no spelling to miss."""
    plain = node.value.replace("-", "").replace("~", "").replace(" ", "")
    outside = (
        (path[:1] == ("store",) and node.value == "null")
        or path[-1] in ("code", "판매자코드", "event")
        or path[:2] == ("exports", "columns")
    )
    return not outside and not plain.isdigit() and node.value not in ("null", "true", "false", "")


def misspelt(text: str, nodes: list[yaml.ScalarNode]) -> str:
    for node in sorted(nodes, key=lambda node: node.start_mark.index, reverse=True):
        end = node.end_mark.index - (1 if node.style else 0)
        text = text[:end] + "엇" + text[end:]
    return text


def complaints_at(text: str, tmp_path: Path) -> set[int]:
    """The places in the text, counted in characters, that the complaints point at."""
    path = tmp_path / "rules.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(RulesError) as caught:
        rulebook.read(path, judge.WORDS)
    lines = text.splitlines(keepends=True)
    return {sum(map(len, lines[: one.line - 1])) + one.column - 1 for one in caught.value.complaints}


def _wordlike() -> list[tuple[tuple[str, ...], bool, yaml.ScalarNode]]:
    root = yaml.compose(RULES.read_text("utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return [(path, key, node) for path, key, node in scalars(root, ()) if is_word(path, node)]


def _groups() -> list[object]:
    """Words that are misspelt together: by depth, names and values apart.

    With THOROUGH also each section and each word apart, so that no complaint can be owed to another misspelt word.
    """
    found: dict[str, list[yaml.ScalarNode]] = {}
    for path, key, node in _wordlike():
        kind = "" if path[0] == "exports" else path[2] if path[0] in TABLES and len(path) > 2 else path[-1]
        word = " (낱말)" if path[-2:-1] in (("when",), ("given",)) else ""  # a complaint of a later step
        entry = f"{len(path)}층의 이름{word}" if key else f"{kind} 값"
        together = f"{len(path)}층의 {'이름' if key else '값'}{word}"
        found.setdefault(f"{path[0]} · {entry}" if THOROUGH else together, []).append(node)
    return [pytest.param(nodes, id=f"{name} ({len(nodes)}개)") for name, nodes in found.items()]


@pytest.mark.parametrize("nodes", _groups())
def test_each_misspelt_word_is_pointed_at(nodes: list[yaml.ScalarNode], tmp_path: Path) -> None:
    """Complaints of a later step come when those of the earlier ones are mended: then the rest are misspelt alone."""
    text, left = RULES.read_text("utf-8"), sorted(nodes, key=lambda node: node.start_mark.index)
    while left:
        places = complaints_at(misspelt(text, left), tmp_path)
        missed = [node for shift, node in enumerate(left) if node.start_mark.index + shift not in places]
        assert len(missed) < len(left), [
            text[node.start_mark.index : node.end_mark.index] + f" (줄 {node.start_mark.line + 1})" for node in missed
        ]
        left = missed

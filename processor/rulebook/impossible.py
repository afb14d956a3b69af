"""Checks the rows of `impossible`: each rules out something that no other does, and nothing that an example shows.

It is a step before the tables, which are proved without the situations that these rows rule out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from processor.model import NOTHING, Text
from processor.rulebook import sayings
from processor.rulebook.cover import Boxes, TooMuchWork, Work, members
from processor.rulebook.examples import missed, picked
from processor.rulebook.load import Path_
from processor.rulebook.proof import Proof, with_
from processor.rulebook.space import Box
from processor.rulebook.tables import Notes
from processor.rulebook.types import Example, Row, Rulebook, Table

_FEW = 3
"""If one row rules out more examples than this, that row is reported as the mistake, and not the examples."""


def check(book: Rulebook, work: Work, notes: Notes) -> bool:
    """Adds the complaints about `impossible`, those of the first step that has any. True if there is none."""
    table = Table("impossible", NOTHING, book.impossible, book.ruled_out, adds_up=True)
    words = {word for row in book.impossible for word in row.when}
    asked = [{word: cell for word, cell in example.given.items() if word in words} for _, example in _examples(book)]
    proof: Proof[Row] | None = None
    try:
        proof = Proof(table, (), book.words, asked, work)
        rows = place(book)
        return (
            _something_is_left(proof, rows, notes)
            and _no_example_is_ruled_out(book, proof, rows, notes)
            and _each_row_adds_something(proof, rows, notes)
            and _examples_hold(proof, rows, notes)
        )
    except TooMuchWork as stopped:
        tangled = (proof and proof.rows_of(stopped.boxes)) or list(book.impossible)
        notes.say_line(tangled[0].line, sayings.tangled(tangled))
        return False


def _examples(book: Rulebook) -> Iterator[tuple[Path_, Example]]:
    """The examples of all tables, each with its place."""
    penalties = book.penalties.table.examples
    tables = {"decisions": book.decisions.examples, "fees": book.fees.examples, "penalties": penalties}
    for name, examples in tables.items():
        for index, example in enumerate(examples):
            yield (name, "examples", index), example


def place(book: Rulebook) -> Path_:
    """Where the rows stand in the file. Only the form with `rows` has examples."""
    return ("impossible", "rows") if book.ruled_out else ("impossible",)


def _blamed(rows: Path_, boxes: Boxes, notes: Notes) -> Path_:
    """The place of one of these rows: of the last that the seller has written, or of the last if he has written none."""
    paths: list[Path_] = [(*rows, number) for number in members(boxes)]
    return [*paths[-1:], *(path for path in paths if not notes.document.is_default(path))][-1]


def _named(proof: Proof[Row], boxes: Boxes) -> list[Row]:
    return [proof.rows[number] for number in members(boxes)]


def _something_is_left(proof: Proof[Row], rows: Path_, notes: Notes) -> bool:
    """Complains about rows that together rule out every situation."""
    whole, cover = proof.space.whole, proof.cover
    if cover.open(whole, cover.all) is not None:
        return True
    needed = cover.fewest(whole, cover.all)
    notes.say(_blamed(rows, needed, notes), sayings.nothing_left(_named(proof, needed)))
    return False


# ── examples of the tables ───────────────────────────────────────────────────────────────────────


class _Denied(NamedTuple):
    """An example of which a value, or the whole if there is no such value, is ruled out by these rows."""

    path: Path_
    example: Example
    value: dict[str, str | int]
    rows: Boxes


def _no_example_is_ruled_out(book: Rulebook, proof: Proof[Row], rows: Path_, notes: Notes) -> bool:
    """Complains about examples that lie in what is impossible, or name a value that is impossible beside the rest.

    An example with other impossible situations is judged on those that are left. Beside an example of the default it
    is the seller's row that is wrong.
    """
    denied = list(_denied(book, proof))
    alone = Counter(one.rows for one in denied)
    too_wide = 0
    for index, row in enumerate(proof.rows):
        if alone[1 << index] > _FEW and not notes.document.is_default((*rows, index)):
            too_wide |= 1 << index
            first = next(one for one in denied if one.rows == 1 << index)
            notes.say((*rows, index), sayings.rules_out_examples(row.id, alone[1 << index], first.example))
    for path, example, value, ruling in denied:
        if not ruling & too_wide:
            at = _blamed(rows, ruling, notes) if notes.document.is_default(path) else path
            notes.say(at, sayings.impossible_example(example, value, _named(proof, ruling)))
    return not denied


def _denied(book: Rulebook, proof: Proof[Row]) -> Iterator[_Denied]:
    known: dict[tuple[Box, Box], Box | None] = {}
    for path, example in _examples(book):
        box, named = proof.situations(example), proof.space.box(example.given)
        if (box, named) not in known:
            known[box, named] = _impossible_part(proof, box, named)
        part = known[box, named]
        if part is not None:
            yield _Denied(path, example, _value(proof, part, box), proof.cover.fewest(part, proof.cover.all))


def _value(proof: Proof[Row], part: Box, box: Box) -> dict[str, str | int]:
    """The value that the part has alone; none if it is the whole box."""
    return {
        word: proof.space.shown(word, bits.bit_length() - 1)
        for word, bits, all_of in zip(proof.space.atoms, part, box, strict=True)
        if bits != all_of
    }


def _impossible_part(proof: Proof[Row], box: Box, named: Box) -> Box | None:
    """The situations of an example, or those with one of the values that it names, if all of them are impossible.

    named: the values that it names; a word that it does not name has them all.
    """
    cover = proof.cover
    possible = cover.open(box, cover.all)
    if possible is None:
        return box
    for place, (bits, whole) in enumerate(zip(named, cover.whole, strict=True)):
        while bits != whole and (unseen := bits & ~possible[place]):
            found = cover.open(with_(box, place, unseen), cover.all)
            if found is None:
                return with_(box, place, unseen & -unseen)
            possible = tuple(seen | more for seen, more in zip(possible, found, strict=True))
    return None


# ── the rows and their own examples ──────────────────────────────────────────────────────────────


def _each_row_adds_something(proof: Proof[Row], rows: Path_, notes: Notes) -> bool:
    """Complains about rows that rule out nothing more than others. Of two that rule out the same, the later is named.

    A row of the default is named only if none of the seller's can be spared.
    """
    kept, needless = proof.cover.all, []
    default = [notes.document.is_default((*rows, index)) for index in range(len(proof.rows))]
    for index in sorted(range(len(proof.rows)), key=lambda index: (default[index], -index)):
        others = kept & ~(1 << index)
        if proof.cover.open(proof.boxes[index], others) is None:
            kept = others
            needless.append(index)
    for index in needless:
        rule, covering = proof.rows[index].id, proof.cover.fewest(proof.boxes[index], kept)
        if default[index]:
            notes.say(_blamed(rows, covering, notes), sayings.makes_default_needless(rule, _named(proof, covering)))
        else:
            notes.say((*rows, index), sayings.rules_out_nothing_more(rule, _named(proof, covering)))
    return not needless


def _examples_hold(proof: Proof[Row], rows: Path_, notes: Notes) -> bool:
    """Complains about an example that its row does not rule out, or others do too, and about rows without an example.

    An example that expects no row shows what is possible. One of the default that the seller's rows make untrue is
    overruled; but what the default shows to be possible, no row of his rules out.
    """
    known = {row.id for row in proof.rows}
    faults: list[tuple[Path_, Text]] = []
    shown: set[str] = set()
    for index, example in enumerate(proof.table.examples):
        path: Path_ = ("impossible", "examples", index)
        strangers = [(place, rule) for place, rule in enumerate(example.expect) if rule not in known]
        fault = None if strangers else _amiss(example, proof)
        if notes.document.is_default(path):
            if fault and not example.expect:
                faults.append(
                    (_blamed(rows, proof.cover.meeting(proof.situations(example), proof.cover.all), notes), fault)
                )
            elif fault or strangers:
                notes.overruled.add(("impossible", index))
                continue
        else:
            faults += [((*path, "expect", place), sayings.no_such_row(rule)) for place, rule in strangers]
            faults += [(path, fault)] if fault else []
        shown |= {*example.expect}
    for index, row in enumerate(proof.rows) if proof.table.examples and shown <= known else ():
        if row.id not in shown and not notes.document.is_default((*rows, index)):
            faults.append(((*rows, index), sayings.rules_out_without_example(row.id)))
    for path, fault in faults:
        notes.say(path, fault)
    return not faults


def _amiss(example: Example, proof: Proof[Row]) -> Text | None:
    if len(example.expect) > 1:
        return sayings.RULED_OUT_TWICE
    point = proof.counterexample(example)
    if point is None:
        return None
    answers = [row.id for row in proof.answers(point)]
    at = picked(example, point, proof)
    if not example.expect:
        return sayings.not_possible(example, answers, at)
    (expected,) = (row for row in proof.rows if row.id == example.expect[0])
    if expected.id not in answers:
        misses = {word: expected.when[word].written for word in missed(expected, point, proof)}
        return sayings.not_ruled_out(example, misses, at)
    return sayings.ruled_out_by_others(example, [rule for rule in answers if rule != expected.id], at)

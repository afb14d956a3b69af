"""Checks the examples of a table, which are its manual and its tests: each must be true, and each row needs one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from processor.model import Text
from processor.rulebook import sayings
from processor.rulebook.proof import Proof
from processor.rulebook.space import Box
from processor.rulebook.tables import Notes
from processor.rulebook.types import Cell, Example, R, Row, Table


def check(table: Table[R], proofs: Mapping[date, Proof[R]], notes: Notes) -> None:
    """Complains about examples that other rows answer, and about rows without an example.

    Each is tested on its own day. What a seller lays over the default may answer an example of the default otherwise:
    that is what he wants, and the example is overruled.
    """
    rows: dict[str, Row] = {row.id: row for row in table.rows}
    for index, example in enumerate(table.examples):
        path = (table.name, "examples", index)
        if notes.document.is_default(path):
            if not rows.keys() >= set(example.expect) or _amiss(example, _proof_of(example, proofs), rows):
                notes.overruled.add((table.name, index))
            continue
        strangers = [rule for rule in example.expect if rule not in rows]
        for rule in strangers:
            notes.say((*path, "expect", example.expect.index(rule)), sayings.no_such_row(rule))
        if not strangers and (fault := _amiss(example, _proof_of(example, proofs), rows)):
            notes.say(path, fault)
    overruled = {index for name, index in notes.overruled if name == table.name}
    shown = {rule for at, example in enumerate(table.examples) if at not in overruled for rule in example.expect}
    if shown <= rows.keys():  # otherwise the missing example may be the one with the unknown id
        for index, row in enumerate(table.rows):
            path = (table.name, "rows", index)
            if row.id not in shown and not notes.document.is_default(path):
                notes.say(path, sayings.no_example(row.id))


def _proof_of(example: Example, proofs: Mapping[date, Proof[R]]) -> Proof[R]:
    """The proof of the rows that are in force on the day of the example."""
    return proofs[max(day for day in proofs if day <= example.day)]


def _amiss(example: Example, proof: Proof[R], rows: Mapping[str, Row]) -> Text | None:
    if not proof.table.adds_up and len(example.expect) != 1:
        return sayings.not_one_row(example)
    asleep = [rule for rule in example.expect if not rows[rule].holds(example.day)]
    if asleep:
        return sayings.not_in_force(example, asleep[0])
    point = proof.counterexample(example)
    if point is None:
        return None
    misses = {
        word: rows[rule].when[word].written for rule in example.expect for word in missed(rows[rule], point, proof)
    }
    return sayings.other_row(example, [row.id for row in proof.answers(point)], misses, picked(example, point, proof))


def missed(row: Row, point: Box, proof: Proof[R]) -> list[str]:
    """The words whose condition in the row is not met by the situation."""
    box = proof.space.box(row.when)
    return [word for word, own, its in zip(proof.space.atoms, point, box, strict=True) if not own & its]


def picked(example: Example, point: Box, proof: Proof[R]) -> dict[str, str | int]:
    """The values, in this situation, of words that the example leaves open, as far as the rows test them."""
    open_words = [word for word, cell in example.given.items() if _is_open(cell)]
    if example.anything:
        open_words += [word for row in proof.answers(point) for word in row.when if word not in example.given]
    situation = proof.space.situation(point)
    return {word: situation[word] for word in dict.fromkeys(open_words) if word in situation}


def _is_open(cell: Cell) -> bool:
    """Does the condition allow more than one value?"""
    return len(cell.values) + sum(1 if low == high else 2 for low, high in cell.ranges) > 1

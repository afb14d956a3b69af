"""Is anything left for a row, once the rows above it have answered? Proved by splitting boxes, not by listing situations.

A condition is a set of atoms: values of a word, stretches of numbers between two borders of the table, 모름. So a row is a
box: one set of atoms for each word. A box minus a row is at most one smaller box for each condition that cuts it; what
remains after all rows is a situation that none of them answers. This is the disjoint sharp operation of many-valued logic
minimisation (Brayton, Hachtel, McMullen and Sangiovanni-Vincentelli, Logic Minimization Algorithms for VLSI Synthesis,
1984). Only boxes that still meet a row are split, so a table costs little however many situations it has.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from processor.model import UNKNOWN, RuleId
from processor.rulebook.types import Cell, Row, Word

Atom = str | tuple[float, float]
Box = tuple[int, ...]
"""For each word of the space, in order, the set of its atoms as bits."""


@dataclass(frozen=True, slots=True)
class Space:
    """All situations that the words of a table can make."""

    atoms: Mapping[str, tuple[Atom, ...]]

    @classmethod
    def of(cls, rows: Iterable[Row], words: Mapping[str, Word]) -> Space:
        rows = list(rows)
        used = dict.fromkeys(name for row in rows for name in row.when)
        return cls({name: _atoms(words[name], [row.when[name] for row in rows if name in row.when]) for name in used})

    def box(self, row: Row) -> Box:
        return tuple(
            sum(1 << place for place, atom in enumerate(atoms) if name not in row.when or _holds(row.when[name], atom))
            for name, atoms in self.atoms.items()
        )

    def situation(self, box: Box) -> dict[str, str | int]:
        """One concrete situation of a box; a word that may be anything is left out."""
        picked = {}
        for (name, atoms), bits in zip(self.atoms.items(), box, strict=True):
            if bits != (1 << len(atoms)) - 1:
                picked[name] = _shown(next(atom for place, atom in enumerate(atoms) if bits >> place & 1))
        return picked


def uncovered(box: Box, rows: Sequence[Box]) -> Box | None:
    """A part of the box that no row answers; None when together they answer all of it."""
    meeting = [row for row in rows if all(own & other for own, other in zip(box, row, strict=True))]
    if not meeting:
        return box
    for place, own in enumerate(box):  # an atom that no row meets settles it at once
        if bare := own & ~reduce(or_, (row[place] for row in meeting)):
            return (*box[:place], bare, *box[place + 1 :])
    widest = min(meeting, key=lambda row: len(_cuts(box, row)))
    others = [row for row in meeting if row is not widest]
    rest = list(box)
    for place in _cuts(box, widest):
        outside = (*rest[:place], rest[place] & ~widest[place], *rest[place + 1 :])
        if (left := uncovered(outside, others)) is not None:
            return left
        rest[place] &= widest[place]
    return None


def hiding(index: int, rows: Sequence[Row], space: Space) -> list[RuleId]:
    """The rows above that together answer everything this row could answer: as few as will do. [] when it is reached."""
    box = space.box(rows[index])
    above = [row for row in rows[:index] if all(a & b for a, b in zip(box, space.box(row), strict=True))]
    if uncovered(box, [space.box(row) for row in above]) is not None:
        return []
    for row in list(above):
        fewer = [other for other in above if other is not row]
        if uncovered(box, [space.box(other) for other in fewer]) is None:
            above = fewer
    return [row.id for row in above]


def _cuts(box: Box, row: Box) -> list[int]:
    """The places where the row leaves a part of the box outside."""
    return [place for place, (own, other) in enumerate(zip(box, row, strict=True)) if own & ~other]


def _atoms(word: Word, cells: Sequence[Cell]) -> tuple[Atom, ...]:
    """Numbers fall into stretches at whose borders some cell begins or ends; inside one all cells agree."""
    if word.values is not None:
        return (*word.values, UNKNOWN)
    starts = {-math.inf} | {low for cell in cells for low, _ in cell.ranges}
    starts |= {high + 1 for cell in cells for _, high in cell.ranges if high < math.inf}
    ordered = sorted(starts)
    return (*zip(ordered, [*(start - 1 for start in ordered[1:]), math.inf], strict=True), UNKNOWN)


def _holds(cell: Cell, atom: Atom) -> bool:
    if isinstance(atom, str):
        return atom in cell.values
    return any(low <= atom[0] and atom[1] <= high for low, high in cell.ranges)


def _shown(atom: Atom) -> str | int:
    """A number that stands for its stretch: the end that is finite."""
    if isinstance(atom, str):
        return atom
    return int(atom[0] if atom[0] > -math.inf else min(atom[1], 0))

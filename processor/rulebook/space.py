"""The space of all situations of a table, divided into atoms that no condition of the table divides further.

An atom is a value of a word, a range of numbers between two bounds in the table, or 모름. A condition is a set of atoms,
and a row is a box: one set of atoms for each word, stored as bits. Boxes are intersected and compared word by word.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

from processor.rulebook.types import Cell, When, Word

Atom = str | tuple[float, float]
Box = tuple[int, ...]
"""For each word of the space, in order, a set of its atoms as bits."""


class Space:
    """The words in some conditions, each with its atoms."""

    def __init__(self, words: Mapping[str, Word], conditions: Iterable[When]) -> None:
        conditions = list(conditions)
        used = {name: words[name] for when in conditions for name in when}
        self.atoms = {
            name: _atoms(word, [when[name] for when in conditions if name in when]) for name, word in used.items()
        }
        self.whole: Box = tuple((1 << len(atoms)) - 1 for atoms in self.atoms.values())
        self._plain: Box = tuple(
            _bits(Cell(frozenset([used[name].usual])), atoms) for name, atoms in self.atoms.items()
        )

    def box(self, when: When) -> Box:
        """The situations that fit these conditions. A word without a condition may have any value."""
        return self._box(when, self.whole)

    def when(self, box: Box) -> When:
        """The conditions of a box, as a row would have them. A word that may have any value has none."""
        return {
            name: _cell([atom for place, atom in enumerate(self.atoms[name]) if bits >> place & 1])
            for name, bits, whole in zip(self.atoms, box, self.whole, strict=True)
            if bits != whole
        }

    def usual(self, when: When) -> Box:
        """The same, but a word without a condition has its usual value."""
        return self._box(when, self._plain)

    def _box(self, when: When, unsaid: Box) -> Box:
        return tuple(
            _bits(when[name], atoms) if name in when else bits
            for (name, atoms), bits in zip(self.atoms.items(), unsaid, strict=True)
        )

    def situation(self, box: Box) -> dict[str, str | int]:
        """One situation of a box as an example would write it, without words that may have their usual value."""
        return {
            name: self.shown(name, (bits & -bits).bit_length() - 1)
            for name, bits, usual in zip(self.atoms, box, self.usual({}), strict=True)
            if not bits & usual
        }

    def shown(self, word: str, atom: int) -> str | int:
        """A value as a seller would write it. A range is shown as one number, its finite bound."""
        value = self.atoms[word][atom]
        if isinstance(value, str):
            return value
        return int(value[0] if value[0] > -math.inf else min(value[1], 0))


def meet(one: Box, other: Box) -> Box | None:
    """The intersection of two boxes; None if it is empty."""
    shared = tuple(a & b for a, b in zip(one, other, strict=True))
    return shared if all(shared) else None


def _bits(cell: Cell, atoms: Sequence[Atom]) -> int:
    return reduce(or_, (1 << place for place, atom in enumerate(atoms) if _holds(cell, atom)), 0)


def _atoms(word: Word, cells: Sequence[Cell]) -> tuple[Atom, ...]:
    """The atoms of a word. Numbers are divided into ranges at the bounds of all conditions."""
    if word.values is not None:
        return word.possible
    starts = {-math.inf} | {low for cell in cells for low, _ in cell.ranges}
    starts |= {high + 1 for cell in cells for _, high in cell.ranges if high < math.inf}
    stretches = [(start, after - 1) for start, after in pairwise([*sorted(starts), math.inf])]
    return (*stretches, *word.possible)


def _cell(atoms: Sequence[Atom]) -> Cell:
    """The condition that these atoms fit and no others. Ranges next to each other become one."""
    ranges: list[tuple[float, float]] = []
    for low, high in (atom for atom in atoms if not isinstance(atom, str)):
        begins = ranges.pop()[0] if ranges and ranges[-1][1] + 1 == low else low
        ranges.append((begins, high))
    values = [atom for atom in atoms if isinstance(atom, str)]
    return Cell(frozenset(values), tuple(ranges), " · ".join([*map(_span, ranges), *values]))


def _span(span: tuple[float, float]) -> str:
    """A range as a cell of rules.yaml has it."""
    low, high = span
    if low == -math.inf:
        return "-1 이하 · 0 이상" if high == math.inf else f"{high:.0f} 이하"
    if high == math.inf:
        return f"{low:.0f} 이상"
    return f"{low:.0f}" if low == high else f"{low:.0f}~{high:.0f}"


def _holds(cell: Cell, atom: Atom) -> bool:
    if isinstance(atom, str):
        return atom in cell.values
    return any(low <= atom[0] and atom[1] <= high for low, high in cell.ranges)

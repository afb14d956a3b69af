"""Decides whether some boxes together cover another box. The proof splits cases and does not list the situations.

Three rules keep the number of cases small. If one box contains everything that is left, the proof is complete. If a box
leaves out values of one word only, it covers all other values of that word, so only the values left out are examined.
If all boxes that accept one value of a word also accept another value, only the first is examined: if it is covered, so
is the other. This is the test for tautology of many-valued covers by the unate recursive paradigm (Brayton, Hachtel,
McMullen and Sangiovanni-Vincentelli, Logic Minimization Algorithms for VLSI Synthesis, 1984, chapter 4; for words of
many values Rudell and Sangiovanni-Vincentelli, Multiple-Valued Minimization for PLA Optimization, IEEE Transactions on
CAD 6(5), 1987).

A set of boxes is one integer with a bit for each box, so that a whole table is tested in one operation.

No rule keeps every table easy: the cases may still grow with each further word. So all steps of a proof are counted by
one `Work`, and one that takes too many is given up, at the same step on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import and_, or_
from typing import Final

from processor.rulebook.space import Box

Boxes = int
"""A set of boxes of a cover: bit n stands for box n."""

MOST_STEPS: Final = 200_000
"""The most steps of a proof. The default rules take 3,000; so many take a few seconds."""
_BITS_OF_A_STEP: Final = 200
"""So many values of a word can be compared with a box in the time of one step."""
_READABLE = 40
"""If a proof uses more boxes than this, `fewest` does not reduce them, because nobody would read so many names."""


class TooMuchWork(Exception):
    """A proof was given up. `boxes`: those for which cases were split most often, the worst first; may be empty."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        super().__init__(boxes)
        self.boxes = boxes


class Work:
    """Counts the steps of all covers of a proof."""

    def __init__(self) -> None:
        self.steps = 0

    def done(self, steps: int) -> bool:
        """Adds steps; False if they are too many."""
        self.steps += steps
        return self.steps <= MOST_STEPS


class Cover:
    """A list of boxes, with methods that find what some of them leave uncovered.

    Each raises TooMuchWork if `work` has counted more than `MOST_STEPS`; without `work`, the cover counts its own steps.
    """

    def __init__(self, whole: Box, boxes: Sequence[Box], work: Work | None = None) -> None:
        self.whole, self.boxes, self._work = whole, boxes, work or Work()
        self._split: Counter[Boxes] = Counter()  # how often cases were split because of these boxes
        self._spend(1 + len(boxes) * sum(bits.bit_count() for bits in whole) // _BITS_OF_A_STEP)
        self.all: Boxes = (1 << len(boxes)) - 1
        self._taking = [
            [
                reduce(or_, (1 << number for number, box in enumerate(boxes) if box[place] >> atom & 1), 0)
                for atom in range(bits.bit_length())
            ]
            for place, bits in enumerate(whole)
        ]
        self._known: dict[tuple[int, int], tuple[Boxes, Boxes]] = {}

    def open(self, box: Box, among: Boxes) -> Box | None:
        """A part of the box that none of these boxes meets; None if together they cover it."""
        return self._open(list(box), self.meeting(box, among), []) if all(box) else None

    def meeting(self, box: Box, among: Boxes) -> Boxes:
        """Those of these boxes that have a situation in common with the box."""
        return reduce(and_, (self._some_and_all(place, bits)[0] for place, bits in enumerate(box)), among)

    def widened(self, box: Box, among: Boxes) -> Box:
        """The box extended as far as possible without meeting one of these boxes. The last words are extended first."""
        grown = list(box)
        for place in reversed(range(len(box))):
            for bits in (self.whole[place], *(grown[place] | 1 << atom for atom in members(self.whole[place]))):
                before, grown[place] = grown[place], bits | grown[place]
                if self.meeting(tuple(grown), among):
                    grown[place] = before
        return tuple(grown)

    def fewest(self, box: Box, among: Boxes) -> Boxes:
        """A small set of these boxes that still covers the box: no box in it can be left out.

        If the proof needs more than `_READABLE` boxes, they are not reduced.
        """
        used: list[Boxes] = []
        self._open(list(box), self.meeting(box, among), used)
        needed = reduce(or_, used, 0)
        size = needed.bit_count() if needed.bit_count() <= _READABLE else 0
        while size:
            numbers = list(members(needed))
            for start in range(0, len(numbers), size):
                spared = needed & ~reduce(or_, (1 << number for number in numbers[start : start + size]))
                if self.open(box, spared) is None:
                    needed = spared
            size //= 2
        return needed

    def _open(self, box: list[int], alive: Boxes, used: list[Boxes]) -> Box | None:
        """Like `open`. First shrinks the box without splitting cases, then splits it by the values of one word.

        `alive`: the boxes that meet the box. The boxes that the proof uses are added to `used`.
        """
        while alive:
            self._spend(1)
            cut = {place: out for place, bits in enumerate(box) if (out := alive & ~self._some_and_all(place, bits)[1])}
            once, twice, often = _counted(cut.values())
            if holding := alive & ~once:
                used.append(holding & -holding)
                return None
            near = once & ~twice
            for place, out in cut.items() if near else ():
                box[place] &= ~self._taken(place, box[place], out & near, used)
            if not all(box):
                return None
            if near:
                alive = self.meeting(tuple(box), alive)
                continue
            place = max(cut, key=lambda place: ((cut[place] & twice & ~often).bit_count(), cut[place].bit_count()))
            self._split[cut[place]] += 1
            for taking, bits in self._cases(place, box[place], alive):
                if (found := self._open([*box[:place], bits, *box[place + 1 :]], taking, used)) is not None:
                    return found
            return None
        return tuple(box)

    def _spend(self, steps: int) -> None:
        if not self._work.done(steps):
            often: Counter[int] = Counter()
            for boxes, times in self._split.items():
                often.update(dict.fromkeys(members(boxes), times))
            raise TooMuchWork([self.boxes[number] for number, _ in often.most_common()])

    def _taken(self, place: int, bits: int, boxes: Boxes, used: list[Boxes]) -> int:
        """The values of a word that at least one of these boxes accepts. Adds one such box for each value to `used`."""
        taken = 0
        for atom in members(bits):
            if accepting := self._taking[place][atom] & boxes:
                taken |= 1 << atom
                used.append(accepting & -accepting)
        return taken

    def _cases(self, place: int, bits: int, alive: Boxes) -> list[tuple[Boxes, int]]:
        """The values to examine, grouped by the boxes that accept them, with these boxes.

        Easier groups are left out.
        """
        alike: dict[Boxes, int] = {}
        for atom in members(bits):
            taking = alive & self._taking[place][atom]
            alike[taking] = alike.get(taking, 0) | 1 << atom
        cases: list[tuple[Boxes, int]] = []
        for taking, atoms in sorted(alike.items(), key=lambda case: case[0].bit_count()):
            if all(fewer & ~taking for fewer, _ in cases):
                cases.append((taking, atoms))
        return cases

    def _some_and_all(self, place: int, bits: int) -> tuple[Boxes, Boxes]:
        """The boxes that accept at least one of these values of a word, and the boxes that accept all of them."""
        if (place, bits) not in self._known:
            taking = [self._taking[place][atom] for atom in members(bits)]
            self._known[place, bits] = reduce(or_, taking, 0), reduce(and_, taking, self.all)
        return self._known[place, bits]


def _counted(sets: Iterable[Boxes]) -> tuple[Boxes, Boxes, Boxes]:
    """The boxes that are in at least one, at least two and at least three of these sets."""
    once = twice = often = 0
    for members in sets:
        often |= twice & members
        twice |= once & members
        once |= members
    return once, twice, often


def members(bits: int) -> Iterator[int]:
    """The positions of the bits that are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest

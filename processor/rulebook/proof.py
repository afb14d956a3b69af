"""Proves facts about a table over all situations: holes, rows never reached, contradicting rows, words without effect.

The proof is about the table on one day. Situations that `impossible` rules out are ignored: no row need answer them,
and a row that answers only such situations is never reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Generic

from processor.model import UNKNOWN
from processor.rulebook.cover import Boxes, Cover, Work, members
from processor.rulebook.space import Box, Space, meet
from processor.rulebook.types import Cell, Example, R, Row, Situation, Table, When, Word


class Proof(Generic[R]):
    """One table with the impossible situations, prepared for questions about sets of situations.

    Each question raises TooMuchWork if `work`, which several proofs may share, has counted too many steps.
    """

    def __init__(
        self,
        table: Table[R],
        impossible: Sequence[Row],
        words: Mapping[str, Word],
        asked: Sequence[When] = (),
        work: Work | None = None,
    ) -> None:
        """`asked`: further conditions, not in the table, that will be given to the methods."""
        self._work = work or Work()
        self.table, self.impossible, self.rows = table, impossible, table.rows
        conditions = [*(row.when for row in self.rows), *(row.when for row in impossible), *table.meant_for]
        self.space = Space(words, [*conditions, *(example.given for example in table.examples), *asked])
        boxes = [self.space.box(when) for when in conditions]
        self.boxes = boxes[: len(self.rows)]
        self.cover = Cover(self.space.whole, boxes, self._work)
        self._never: Boxes = ((1 << len(impossible)) - 1) << len(self.rows)
        self._caught: Boxes = self.cover.all >> (len(self.rows) + len(impossible)) << (len(self.rows) + len(impossible))

    def holes(self, most: int) -> Iterator[Situation]:
        """Situations that only the last row answers and that are not among those it is meant for."""
        answered = self._chosen(self._above(len(self.rows) - 1) | self._caught)
        for _ in range(most):
            cover = Cover(self.space.whole, [*answered, *self._chosen(self._never)], self._work)
            hole = cover.open(self.space.whole, cover.all)
            if hole is None:
                return
            answered.append(cover.widened(hole, (1 << len(answered)) - 1))
            yield self._plainest(answered[-1])

    def hiding(self, row: R) -> list[Row]:
        """A small set of rows that together hide this row, `impossible` rows last; [] if the row is reached."""
        index = self.rows.index(row)
        others = self._above(index) | self._never
        if self.cover.open(self.boxes[index], others) is not None:
            return []
        hiding = self.cover.fewest(self.boxes[index], others)
        everything: list[Row] = [*self.rows, *self.impossible]
        return [everything[number] for number in members(hiding)]

    def clashes(self, contradict: Callable[[Row, Row], bool] = Row.differs) -> Iterator[tuple[R, R, Situation]]:
        """Pairs of contradicting rows that both fit the same situation, with the situation."""
        for (one, box), (other, its_box) in combinations(zip(self.rows, self.boxes, strict=True), 2):
            if contradict(one, other) and (shared := meet(box, its_box)) is not None:
                left = self.cover.open(shared, self._never)
                if left is not None:
                    yield one, other, self._plainest(shared)

    def rows_of(self, boxes: Sequence[Box]) -> list[Row]:
        """The rows with these boxes, in their order; a box that is no row's is left out."""
        everything: list[Row] = [*self.rows, *self.impossible]
        named = dict(zip(self.cover.boxes, everything, strict=False))
        return [named[box] for box in boxes if box in named]

    def used_words(self) -> set[str]:
        """The words with a condition in the table."""
        return {word for row in self.rows for word in row.when}

    def idle_words(self) -> Iterator[str]:
        """The words with a condition in the table on which no answer depends."""
        used = self.used_words()
        return (word for place, word in enumerate(self.space.atoms) if word in used and not self._decides(place))

    def answers(self, point: Box) -> list[R]:
        """The rows that answer one situation: the first that fits, or all that fit if the table adds up."""
        found = [self.rows[number] for number in members(self.cover.meeting(point, self._above(len(self.rows))))]
        return found if self.table.adds_up else found[:1]

    def values(self) -> Iterator[tuple[R, str, str | int, bool]]:
        """Each value of each condition that can have an effect, and whether an example shows it.

        A range of numbers counts as one value.
        """
        spoken = [(set(example.expect), self.situations(example)) for example in self.table.examples]
        for index, (row, box) in enumerate(zip(self.rows, self.boxes, strict=True)):
            others = self._never if self.table.adds_up else self._never | self._above(index)
            for place, word in enumerate(self.space.atoms):
                for atom in members(box[place]) if word in row.when else ():
                    part = with_(box, place, 1 << atom)
                    if self.cover.open(part, others) is not None:
                        shown = any(row.id in expected and its[place] >> atom & 1 for expected, its in spoken)
                        yield row, word, self.space.shown(word, atom), shown

    def beyond(self, row: R, when: When) -> Situation | None:
        """A situation that the row answers and that does not meet these conditions; None if there is none."""
        index = self.rows.index(row)
        box, admitted, others = self.boxes[index], self.space.box(when), self._above(index) | self._never
        for place, bits in enumerate(box):
            part = with_(box, place, bits & ~admitted[place])
            if self.cover.open(part, others) is not None:
                return self._plainest(part)
        return None

    def situations(self, example: Example) -> Box:
        """The set of situations that an example describes."""
        return self.space.box(example.given) if example.anything else self.space.usual(example.given)

    def counterexample(self, example: Example) -> Box | None:
        """A situation of the example that rows other than the expected ones answer; None if there is none."""
        box, expected = self.situations(example), set(example.expect)
        parts = [box]
        for number in members(self.cover.meeting(box, self._above(len(self.rows)))):
            its_box = self.boxes[number]
            if self.rows[number].id not in expected:
                parts.append(tuple(a & b for a, b in zip(box, its_box, strict=True)))
                continue
            parts += [with_(box, place, bits & ~its_box[place]) for place, bits in enumerate(box)]
            if not self.table.adds_up:  # rows below it do not count
                break
        points = (_point(left) for part in parts if (left := self.cover.open(part, self._never)) is not None)
        return next((point for point in points if {row.id for row in self.answers(point)} != expected), None)

    def _plainest(self, box: Box) -> Situation:
        """A possible situation of the box with as many usual values as possible; words that must be 모름 are listed."""
        return told(self.space, box, plainest(self.space, self.cover, self._never, box))

    @cached_property
    def _shown(self) -> list[Box]:
        """One possible situation of each example."""
        left = (self.cover.open(self.situations(example), self._never) for example in self.table.examples)
        return [_point(box) for box in left if box is not None]

    def _decides(self, place: int) -> bool:
        """Would any answer change without this word?

        The examples are tested first, because they are faster than the proof.
        """
        if self.table.adds_up:
            return any(self._can_fail(box, place) for box in self.boxes)
        whole = self.space.whole[place]
        for point in self._shown:
            if self.answers(point)[0].differs(self.answers(with_(point, place, whole))[0]):
                return True
        without = [with_(box, place, whole) for box in self.boxes]
        never = self._chosen(self._never)
        found = differ(self.space.whole, (self.rows, self.boxes), (self.rows, without), never=never, work=self._work)
        return found is not None

    def _can_fail(self, box: Box, place: int) -> bool:
        """Is there a possible situation that does not fit the box because of this word alone?"""
        outside = with_(box, place, self.space.whole[place] & ~box[place])
        return self.cover.open(outside, self._never) is not None

    def _above(self, index: int) -> Boxes:
        return (1 << index) - 1

    def _chosen(self, boxes: Boxes) -> list[Box]:
        return [self.cover.boxes[number] for number in members(boxes)]


Side = tuple[Sequence[Row], Sequence[Box]]


def differ(
    whole: Box,
    one: Side,
    other: Side,
    *,
    never: Sequence[Box],
    within: Box | None = None,
    work: Work | None = None,
) -> Box | None:
    """A possible situation that two first-hit tables answer differently; None if their answers are always equal."""
    (rows, boxes), (its_rows, its_boxes) = one, other
    cover = Cover(whole, [*boxes, *its_boxes, *never], work)
    ruled_out = cover.all >> (len(rows) + len(its_rows)) << (len(rows) + len(its_rows))
    for index, (row, box) in enumerate(zip(rows, boxes, strict=True)):
        part = meet(box, within or whole)
        for place, (its_row, its_box) in enumerate(zip(its_rows, its_boxes, strict=True)):
            shared = meet(part, its_box) if part is not None and row.differs(its_row) else None
            if shared is not None:
                above = (1 << index) - 1 | ((1 << place) - 1) << len(rows)
                if (left := cover.open(shared, above | ruled_out)) is not None:
                    return left
    return None


def plainest(space: Space, cover: Cover, others: Boxes, box: Box) -> Box:
    """One situation of the box that none of the other boxes has, with as many usual values as possible."""
    plain = box
    for place, usual in enumerate(space.usual({})):
        plainer = with_(plain, place, plain[place] & usual)
        if cover.open(plainer, others) is not None:
            plain = plainer
    return _point(cover.open(plain, others) or plain)


def told(space: Space, box: Box, point: Box) -> Situation:
    """One situation of the box as an example would write it. Words that must be 모름 in the box are listed too."""
    picked = space.situation(point)
    unknown = space.box({word: Cell(frozenset([UNKNOWN])) for word in space.atoms})
    has_to_be = {word for word, bits, its in zip(space.atoms, box, unknown, strict=True) if bits == its}
    return {word: picked.get(word, UNKNOWN) for word in space.atoms if word in picked or word in has_to_be}


def _point(box: Box) -> Box:
    return tuple(bits & -bits for bits in box)


def with_(point: Box, place: int, atom: int) -> Box:
    return (*point[:place], atom, *point[place + 1 :])

"""Finds, for two tables, the situations that one row answers before and one row after, and differently.

In a table of which the first row counts, only a row that was added, taken out, moved or changed can make a
difference: two rows that stand in both tables in the same order cannot both be the first to fit one situation. So a
small edit takes few questions, each about the situations of one row before and one row after without those of the
rows above them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from processor.rulebook.acts import DEADLINE, EVENT, NO_POINTS, Acts, acts, differing, named
from processor.rulebook.changes import Change
from processor.rulebook.cover import Boxes, Cover, TooMuchWork, Work
from processor.rulebook.space import Box, Space, meet
from processor.rulebook.types import OPEN_DEADLINE, Decision, OpenDeadline, Row, When, Word

_ROWS_OF_A_STEP: Final = 5
"""So many rows can be compared with one in the time of one step of a proof."""


@dataclass(frozen=True, slots=True)
class Side:
    """One table: its rows, and for decisions the deadlines by situation.

    adds_up: all rows that fit count. once: of those, only one at a time has points for one event.
    """

    rows: Sequence[Row]
    open_deadlines: Sequence[OpenDeadline] = ()
    adds_up: bool = False
    once: bool = False


class _Answer(NamedTuple):
    """A row as a part of the proof. `above`: the boxes of the rows that stand before it."""

    row: Row
    box: Box
    above: Boxes
    said: Acts


class Region(NamedTuple):
    """Situations in a box and outside other boxes, which one row answers before and one after.

    place: where the rows stand, that after first.
    """

    before: Row | None
    after: Row | None
    changes: tuple[Change, ...]
    inside: Box
    outside: Boxes
    place: tuple[int, int] = (0, 0)


class TwoTables:
    """Two tables, prepared for the question where they answer differently. `never`: situations left out of it.

    Making it and asking for its regions raises TooMuchWork if `work` has counted too many steps.
    """

    def __init__(self, words: Mapping[str, Word], before: Side, after: Side, never: Sequence[When], day: date) -> None:
        self.before, self.after = before, after
        sides = before, after
        conditions = [row.when for side in sides for row in side.rows]
        conditions += [each.when for side in sides for each in side.open_deadlines]
        conditions += never
        self.space = Space(words, conditions)
        self.boxes = [*dict.fromkeys(map(self.space.box, conditions))]
        self._bits = {box: 1 << number for number, box in enumerate(self.boxes)}
        self.work = Work()
        self.cover = Cover(self.space.whole, self.boxes, self.work)
        self.never = self._among(map(self.space.box, never))
        self._answers = [[*self._in_order(side, day)] for side in sides]

    def regions(self) -> Iterator[Region]:
        """Regions of which some may be empty: each possible situation that is answered differently is in one."""
        return self._hits() if self.before.adds_up else self._first_hits()

    def _first_hits(self) -> Iterator[Region]:
        """For each two rows that answer differently, the situations that fit both and no row above them."""
        before, after = self._answers
        kept_before, kept_after = self._kept()
        moved = [place for place in range(len(after)) if place not in kept_after]
        for index, one in enumerate(before):
            places = moved if index in kept_before else range(len(after))
            if not self.work.done(len(places) // _ROWS_OF_A_STEP):
                raise TooMuchWork(())
            for place in places:
                other = after[place]
                if (shared := meet(one.box, other.box)) is not None:
                    for region in self._apart(one, other, shared):
                        yield region._replace(place=(place, index))

    def _apart(self, one: _Answer, other: _Answer, shared: Box) -> Iterator[Region]:
        """The part of these situations in which the two answers differ: all, or those in which their deadlines do."""
        above = one.above | other.above
        if not self._deadline_decides(one, other):
            if changes := differing(one.said, other.said):
                yield Region(one.row, other.row, changes, shared, above)
            return
        for before, its_box, its_above in self._by_deadline(one.row, self.before):
            for after, other_box, other_above in self._by_deadline(other.row, self.after):
                either = meet(its_box, other_box)
                inside = None if either is None else meet(shared, either)
                if before.deadline != after.deadline and inside is not None:
                    changes = (Change(DEADLINE, named(before.deadline), named(after.deadline)),)
                    yield Region(before, after, changes, inside, above | its_above | other_above)

    def _deadline_decides(self, one: _Answer, other: _Answer) -> bool:
        """Do the answers differ at most by a deadline that depends on the situation?"""
        opened = [_has_open_deadline(each.row) for each in (one, other)]
        unlike = {change.name for change in differing(one.said, other.said)}
        return (unlike == {DEADLINE} and any(opened)) or (not unlike and all(opened))

    def _by_deadline(self, row: Row, side: Side) -> Iterator[tuple[Decision, Box, Boxes]]:
        """The row once for each deadline that it may have, with a box in which it has it and the boxes in which not."""
        if not isinstance(row, Decision):
            return
        if not _has_open_deadline(row):
            yield row, self.space.whole, 0
            return
        above: Boxes = 0
        for each in side.open_deadlines:
            box = self.space.box(each.when)
            yield replace(row, deadline=each.name), box, above
            above |= self._bits[box]
        yield replace(row, deadline=None), self.space.whole, above

    def _kept(self) -> tuple[set[int], set[int]]:
        """The places of rows that have the same conditions and answer alike, in one order in both tables."""
        same_deadlines = self.before.open_deadlines == self.after.open_deadlines
        before, after = (
            [
                (each.box, *each.said.items(), None if same_deadlines or not _has_open_deadline(each.row) else side)
                for each in answers
            ]
            for side, answers in enumerate(self._answers)
        )
        blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        return (
            {place for block in blocks for place in range(block.a, block.a + block.size)},
            {place for block in blocks for place in range(block.b, block.b + block.size)},
        )

    def _hits(self) -> Iterator[Region]:
        """For each row, the situations in which it brings points that no row of the other table brings.

        Two rows with points for one event make one region where both fit.
        """
        before, after = self._answers
        gone = [one for one in before if (one.box, one.said) not in [(each.box, each.said) for each in after]]
        come = [one for one in after if (one.box, one.said) not in [(each.box, each.said) for each in before]]
        once = self.before.once and self.after.once
        pairs = [(one, other) for one in gone for other in come if once and one.said[EVENT] == other.said[EVENT]]
        for one, other in pairs:
            shared, changes = meet(one.box, other.box), differing(one.said, other.said)
            if shared is not None and changes:
                yield Region(one.row, other.row, changes, shared, 0, (after.index(other), before.index(one)))
        for one in gone:
            instead = [other.box for its, other in pairs if its is one]
            still = [each.box for each in after if each.said == one.said]
            changes, outside = differing(one.said, NO_POINTS), self._among([*instead, *still])
            yield Region(one.row, None, changes, one.box, outside, (before.index(one), 0))
        for other in come:
            instead = [one.box for one, its in pairs if its is other]
            already = [each.box for each in before if each.said == other.said]
            changes, outside = differing(NO_POINTS, other.said), self._among([*instead, *already])
            yield Region(None, other.row, changes, other.box, outside, (after.index(other), 0))

    def _in_order(self, side: Side, day: date) -> Iterator[_Answer]:
        above: Boxes = 0
        for row in side.rows:
            box = self.space.box(row.when)
            yield _Answer(row, box, above, acts(row, day))
            above |= self._bits[box]

    def _among(self, boxes: Iterable[Box]) -> Boxes:
        return reduce(or_, (self._bits[box] for box in boxes), 0)


def _has_open_deadline(row: Row) -> bool:
    return isinstance(row, Decision) and row.deadline == OPEN_DEADLINE

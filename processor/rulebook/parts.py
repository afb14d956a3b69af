"""Describes a region of situations by a few boxes, each as large as it can be, so that it takes few words to tell."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from processor.rulebook.cover import Boxes, Cover, members
from processor.rulebook.proof import plainest, with_
from processor.rulebook.regions import Region, TwoTables
from processor.rulebook.space import Box, meet


def parts(tables: TwoTables, region: Region, own: Container[str]) -> Iterator[tuple[Box, Box]]:
    """Boxes that together have all possible situations of a region, each as large as it can be, with the plainest
    situation that no box before it has. Words of `own` keep the most values.
    """
    words = [*tables.space.atoms]
    order = sorted(range(len(words)), key=lambda place: words[place] not in own)
    cover, others = tables.cover, region.outside | tables.never
    if cover.open(region.inside, others) is None:
        return
    region = region._replace(outside=_touching(tables, region))
    found: list[Box] = []
    while cover.open(region.inside, others) is not None:
        point = plainest(tables.space, cover, others, region.inside)
        found.append(_grown(tables, point, region, order))
        yield found[-1], point
        left_out = members(tables.cover.meeting(region.inside, region.outside | tables.never))
        cover = Cover(tables.space.whole, [*(tables.boxes[number] for number in left_out), *found], tables.work)
        others = cover.all


def _touching(tables: TwoTables, region: Region) -> Boxes:
    """Of the boxes outside of a region, those that take possible situations from its box."""
    touching = members(tables.cover.meeting(region.inside, region.outside))
    shared = ((number, meet(region.inside, tables.boxes[number])) for number in touching)
    return sum(1 << number for number, box in shared if box is not None and _is_possible(tables, box))


def _grown(tables: TwoTables, point: Box, region: Region, order: Sequence[int]) -> Box:
    """The largest box around a situation of which all possible situations are in the region.

    A word loses its condition if it can. Else it gets each value that some possible situation has. Values that had
    none are tried again, because other words have more values by then.
    """
    values = [(place, bits) for place in order for bits in _steps(tables, place)]
    box, tried = point, 0
    while len(values) != tried:
        again, tried, values = values, len(values), []
        for place, bits in again:
            more = bits & ~box[place]
            part = with_(box, place, more)
            if not more or not _holds(tables, region, part):
                continue
            if bits == tables.space.whole[place] or _is_possible(tables, part):
                box = with_(box, place, box[place] | more)
            else:
                values.append((place, bits))
    return box


def _steps(tables: TwoTables, place: int) -> Iterator[int]:
    """What a word may get: all values at once, or one."""
    yield tables.space.whole[place]
    yield from (1 << atom for atom in members(tables.space.whole[place]))


def _holds(tables: TwoTables, region: Region, box: Box) -> bool:
    """Are all possible situations of the box in the region?"""
    for place, bits in enumerate(box):
        beyond = bits & ~region.inside[place]
        if beyond and _is_possible(tables, with_(box, place, beyond)):
            return False
    within = meet(box, region.inside)
    if within is None:
        return True
    outside = members(tables.cover.meeting(within, region.outside))
    shared = (meet(within, tables.boxes[number]) for number in outside)
    return not any(each is not None and _is_possible(tables, each) for each in shared)


def _is_possible(tables: TwoTables, box: Box) -> bool:
    return tables.cover.open(box, tables.never) is not None

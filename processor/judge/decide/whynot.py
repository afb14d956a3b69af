"""Explains why another action was not chosen: the nearest earlier row, and the condition that it missed."""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from processor.model import UNKNOWN, Condition, Text, WhyNot, josa
from processor.rulebook.cells import in_words
from processor.rulebook.types import Cell, Decision, Row, Rulebook, Situation, Word

_SHOWN: Final = 4
"""How many of the accepted values are named in a sentence."""


def why_not(book: Rulebook, hit: Decision, situation: Situation) -> WhyNot | None:
    """Among the rows above the hit that lead to another action, the one with the fewest unmet conditions.

    Of several such rows it takes one whose action does something before one that asks or waits, then the lowest one.
    None when no row above the hit leads to another action.
    """
    above = takewhile(lambda row: row is not hit, book.decisions.rows)
    near = book.decisions.nearest(situation, [row.action is not hit.action for row in above])
    if not near:
        return None
    acting = [row for row in near if row.action.decides]
    nearest = (acting or near)[-1]
    missed = conditions(nearest, situation, book, met=False)[0].said
    return WhyNot(
        nearest.id,
        Text(
            f"{josa(nearest.action.ko, '이/가')} 아닌 이유: {missed.ko}.",
            f"Not '{nearest.action.en}': {missed.en}.",
        ),
    )


def conditions(row: Row, situation: Situation, book: Rulebook, *, met: bool | None = None) -> tuple[Condition, ...]:
    """The conditions of a row, in the order written, each met or not in this situation.

    met: True or False returns only the met or only the unmet ones; None returns all.
    """
    known = ((book.words[word], cell, situation.get(word, UNKNOWN)) for word, cell in row.when.items())
    return tuple(_tried(word, cell, value) for word, cell, value in known if met is None or cell.fits(value) is met)


def _tried(word: Word, cell: Cell, value: str | int) -> Condition:
    met, name, wanted = cell.fits(value), Text(josa(word.name, "이/가"), word.text.en), _wanted(cell.written, word)
    given = Text(*(f"'{said}'" for said in word.named(value)))
    if not met:
        said = Text(
            f"{name.ko} {wanted.ko} 하는데, {given.ko}입니다",
            f"{name.en} would have to be {wanted.en} but is {given.en}",
        )
    elif cell.written == str(value):
        said = Text(f"{name.ko} {wanted.ko} 하고, 그렇습니다", f"{name.en} has to be {wanted.en}, and it is")
    else:
        said = Text(
            f"{name.ko} {wanted.ko} 하고, {given.ko}입니다", f"{name.en} has to be {wanted.en} and is {given.en}"
        )
    return Condition(word.name, cell.written, value, met, said)


def _wanted(written: str, word: Word) -> Text:
    words = [Text(*(f"'{said}'" for said in in_words(part, word))) for part in written.split(" · ")]
    if len(words) == 1:
        return Text(josa(words[0].ko, "이어야/여야"), words[0].en)
    rest = ["…"] if len(words) > _SHOWN else []
    ko, en = (" · ".join([*said, *rest]) for said in zip(*words[:_SHOWN], strict=True))
    return Text(f"{ko} 가운데 하나여야", f"one of {en}")

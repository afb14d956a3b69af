"""Conditions of the rules as clauses of a sentence: 구매자가 취소를 요청했고, 송장이 없고, 포장 전이면.

A Korean clause is kept without its ending, so that 고, 거나 or 면 can follow it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from processor.model import UNKNOWN, Text, josa, several
from processor.outbox.phrases import DUE, PHRASES, SINCE
from processor.rulebook.types import Cell, When, Word

_MOST_JOINED: Final = 3
"""More values of one word than this are listed by their names, and not told as a clause each."""
_IS: Final = "이"
"""The stem of 이다, to which 고, 거나 and 면 are added."""
_RIEUL: Final = 8
"""The place of the final consonant ㄹ in Unicode's order of syllables."""

Span = tuple[float, float]


def when(conditions: When, words: Mapping[str, Word]) -> Text:
    """All conditions of a row as the first half of a sentence. A row without conditions is the last of its table."""
    if not conditions:
        return Text("위의 어느 줄에도 맞지 않으면", "if no row above fits")
    clauses = [_clause(words[name], cell) for name, cell in conditions.items()]
    ko = ", ".join([*(f"{clause.ko}고" for clause in clauses[:-1]), _if(clauses[-1].ko)])
    return Text(ko, "if " + ", and ".join(clause.en for clause in clauses))


def exactly(value: str | int) -> Cell:
    """The condition that only this value meets."""
    return Cell(ranges=((value, value),)) if isinstance(value, int) else Cell(frozenset([value]))


def _if(stem: str) -> str:
    final = (ord(stem[-1]) - ord("가")) % 28
    return stem + ("면" if final in (0, _RIEUL) else "으면")


def _clause(word: Word, cell: Cell) -> Text:
    values = [*(value for value in word.possible if value in cell.values), *sorted(cell.values - {*word.possible})]
    clauses = [*(_days(word.name, span) for span in _apart(cell.ranges)), *(_value(word, value) for value in values)]
    if len(clauses) <= _MOST_JOINED:
        return Text("거나 ".join(clause.ko for clause in clauses), " or ".join(clause.en for clause in clauses))
    others = [value for value in word.possible if value not in cell.values]
    if word.values is not None and len(others) < len(values):
        ko, en = _listed(word, others)
        return Text(f"{josa(word.name, '이/가')} {josa(ko, '이/가')} 아니", f"{word.text.en} is not {en}")
    ko, en = _listed(word, values)
    return Text(f"{josa(word.name, '이/가')} {ko} 가운데 하나이", f"{word.text.en} is {en}")


def _listed(word: Word, values: list[str]) -> tuple[str, str]:
    return "·".join(values), " or ".join(word.named(value).en for value in values)


def _value(word: Word, value: str) -> Text:
    if value in (phrases := PHRASES.get(word.name, {})):
        return phrases[value]
    if value == UNKNOWN:
        return Text(f"{josa(word.name, '을/를')} 모르", f"{word.text.en} is unknown")
    return Text(f"{josa(word.name, '이/가')} {value}{_IS}", f"{word.text.en} is {word.named(value).en}")


def _apart(spans: tuple[Span, ...]) -> list[Span]:
    """The intervals of whole numbers in order, those that touch each other as one."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def _days(word: str, span: Span) -> Text:
    return _due(span) if word == DUE else _since(SINCE[word], span)


def _due(span: Span) -> Text:
    """Working days that are left until the 발송기한; from the day after it on they are negative."""
    low, high = span
    if span == (-math.inf, math.inf):
        return Text("발송기한을 알", "the dispatch deadline is known")
    if high < 0:
        late = _between(-high, -low)
        if late is None:
            return Text("발송기한이 지났", "the dispatch deadline has passed")
        return Text(f"발송기한이 {late.ko} 지났", f"the dispatch deadline passed {late.en} ago")
    if span == (0, 0):
        return Text("발송기한이 오늘이", "the dispatch deadline is today")
    if low >= 0:
        left = _between(low, high)
        if left is None:
            return Text("발송기한이 아직 지나지 않았", "the dispatch deadline has not passed")
        return Text(f"발송기한까지 {left.ko} 남았", f"{left.en} are left until the dispatch deadline")
    past = (
        Text("", "")
        if low == -math.inf
        else Text(f"지난 지 {-low:g}영업일까지이거나 ", f"passed {-low:g} working days ago or less, or ")
    )
    return Text(
        f"발송기한이 {past.ko}{high:g}영업일까지 남았",
        f"the dispatch deadline {past.en}is {high:g} working days away or less",
    )


def _since(event: tuple[Text, Text], span: Span) -> Text:
    """Working days since an event. event: how it is said that so much time has passed, and that its day is known."""
    passed, known = event
    low, high = span
    if low <= 0 and high == math.inf:
        return known
    days = _between(low, high) or Text(f"{low:g}영업일 이상", f"{low:g} working days or more")
    return Text(f"{passed.ko} {days.ko} 됐", f"{days.en} have passed since {passed.en}")


def _between(low: float, high: float) -> Text | None:
    """A number of working days between two bounds; None for every number from 0 or 1 on."""
    if low == high:
        return Text(f"{low:g}영업일", several(int(low), "working day"))
    if high == math.inf:
        return None if low <= 1 else Text(f"{low:g}영업일 이상", f"{low:g} working days or more")
    if low == -math.inf:
        return Text(f"{high:g}영업일 이하", f"{high:g} working days or less")
    return Text(f"{low:g}~{high:g}영업일", f"{low:g} to {high:g} working days")

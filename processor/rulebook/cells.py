"""Reads conditions. Allowed forms: one value · a list · `n 이상/초과/이하/미만` · `a~b` · left out (anything).

Numbers become closed intervals, so that shadowed rows and holes can be computed. The bounds are words because words
cannot be misread: 이상 is "and over", 초과 is "over". They have at most four digits.
"""

from __future__ import annotations

import math
import re
from typing import Final

from processor.model import UNKNOWN, Text, josa
from processor.rulebook.nearest import not_one_of, written
from processor.rulebook.types import Cell, Word

_MOST: Final = 9999
END: Final = re.compile(r"^(-?[0-9]{1,4})\s*(이상|초과|이하|미만)$")
SPAN: Final = re.compile(r"^(-?[0-9]{1,4})\s*~\s*(-?[0-9]{1,4})$")
FORMS: Final = (
    Text("3", "3"),
    Text("3 이상", "'3 이상' (and over)"),
    Text("3 초과", "'3 초과' (over)"),
    Text("3 이하", "'3 이하' (and under)"),
    Text("3 미만", "'3 미만' (under)"),
    Text("1~3", "'1~3'"),
)
"""The allowed forms of a condition on a counted word, each by an example."""
_ENDS: Final = {"이상": "{} or more", "초과": "more than {}", "이하": "{} or less", "미만": "less than {}"}


def cell(parts: str | int | list[str | int], word: Word) -> Cell | dict[int, Text]:
    """The condition as written for this word; or, for each bad value by its place (from 0), what is wrong with it."""
    values: set[str] = set()
    ranges: list[tuple[float, float]] = []
    wrong: dict[int, Text] = {}
    for place, part in enumerate(parts if isinstance(parts, list) else [parts]):
        if part in word.possible:
            values.add(str(part))
        elif word.values is None:
            span = _interval(part)
            if isinstance(span, Text):
                wrong[place] = span
            else:
                ranges.append(span)
        else:
            wrong[place] = _always_known(word) if part == UNKNOWN else not_one_of(part, word.possible)
    if wrong:
        return wrong
    shown = " · ".join(str(part) for part in parts) if isinstance(parts, list) else str(parts)
    return Cell(frozenset(values), tuple(ranges), shown)


def in_words(part: str, word: Word) -> Text:
    """One value or range of a condition in words, for a sentence."""
    if match := END.match(part):
        return Text(part, _ENDS[match[2]].format(match[1]))
    if match := SPAN.match(part):
        return Text(part, f"{match[1]} to {match[2]}")
    return word.named(part)


def _always_known(word: Word) -> Text:
    name = f"'{word.name}'"
    return Text(
        f"{josa(name, '은/는')} 언제나 알 수 있어 '모름'이 될 수 없습니다. 쓸 수 있는 말: {'·'.join(word.possible)}",
        f"{name} is always known and never 모름. Possible: {'·'.join(word.possible)}",
    )


def _interval(part: str | int) -> tuple[float, float] | Text:
    if isinstance(part, int):
        if abs(part) <= _MOST:
            return part, part
    elif match := END.match(part):
        number = int(match[1])
        return {
            "이상": (number, math.inf),
            "초과": (number + 1, math.inf),
            "이하": (-math.inf, number),
            "미만": (-math.inf, number - 1),
        }[match[2]]
    elif match := SPAN.match(part):
        low, high = int(match[1]), int(match[2])
        if low <= high:
            return low, high
        span, meant = f"'{part}'", f"'{high}~{low}'"
        return Text(
            f"{josa(span, '은/는')} 앞이 뒤보다 큽니다. {josa(meant, '을/를')} 쓰려던 것인가요?",
            f"In {span} the first number is larger. Did you mean {meant}?",
        )
    quoted = f"'{written(part)}'"
    return Text(
        f"숫자 칸에 {quoted} 값은 쓸 수 없습니다. {' · '.join(form.ko for form in FORMS)} · 모름 중에서 적으세요.",
        f"{quoted} can't stand in a number cell. Write {', '.join(form.en for form in FORMS)} or 모름.",
    )

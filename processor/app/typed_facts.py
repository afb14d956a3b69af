"""Reads the facts of a supposed order, as they are typed after --facts: `요청=구매자취소 송장=없음`, in one text or several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from processor.app.errors import WrongUse
from processor.model import UNKNOWN, Text, josa, space_free
from processor.model.numbers import narrow, whole_number
from processor.rulebook.nearest import not_one_of, unknown
from processor.rulebook.types import Word

_ANSWER = "조치"
_MOST_DAYS = 9999


def facts_of(typed: Iterable[str], words: Mapping[str, Word]) -> dict[str, str | int]:
    """The typed facts: word → value. Raises WrongUse with every complaint at once."""
    facts: dict[str, str | int] = {}
    wrong: list[Text] = []
    for pair in narrow(" ".join(typed)).replace(",", " ").split():
        written, equals, value = pair.partition("=")
        name = space_free(written)
        fact = _fact(name, value, words) if equals and value else _no_pair(pair)
        if isinstance(fact, Text):
            wrong.append(fact)
        elif facts.setdefault(name, fact) != fact:
            wrong.append(_twice(f"'{name}'"))
    if wrong:
        raise WrongUse(*wrong)
    return facts


def _fact(name: str, value: str, words: Mapping[str, Word]) -> str | int | Text:
    if name == _ANSWER:
        return Text("'조치'는 이 명령이 답하는 것이라 적을 수 없습니다.", "'조치' is what this command answers.")
    if name not in words:
        return unknown(Text("낱말", "word"), name, [word for word in words if word != _ANSWER])
    word = words[name]
    named = space_free(value)
    if word.values is None and named != UNKNOWN:
        days = whole_number(value)
        return _no_number(name, value) if days is None or abs(days) > _MOST_DAYS else days
    if named not in word.possible:
        wrong = not_one_of(named, word.possible)
        return Text(f"{name}: {wrong.ko}", f"{name}: {wrong.en}")
    return named


def _no_pair(pair: str) -> Text:
    quoted = f"'{pair}'"
    return Text(
        f"{josa(quoted, '은/는')} '항목=값'이 아닙니다. 요청=구매자취소처럼 적으세요.",
        f"{quoted} is no word=value. Write it like 요청=구매자취소.",
    )


def _twice(name: str) -> Text:
    return Text(f"{josa(name, '을/를')} 두 번 다르게 적었습니다.", f"{name} is given twice.")


def _no_number(name: str, value: str) -> Text:
    return Text(
        f"{name}: '{value}' 값은 쓸 수 없습니다. 2나 -1처럼 영업일 수를 적거나 모름이라고 적으세요.",
        f"{name}: '{value}' can't stand here. Write working days like 2 or -1, or 모름.",
    )

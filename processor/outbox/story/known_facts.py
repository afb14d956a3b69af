"""The facts of the order, each with the cells in which it stands or the facts from which it was inferred."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from processor.model import UNKNOWN, Col, Origin, Place, Text, josa, several
from processor.outbox.story.story import Case, Story
from processor.outbox.wording import where

_SETTINGS: Final = frozenset({"포장정책", "변심배송비", "승인한도"})
_SETTING: Final = Text("가게 설정", "the store's settings")
_WORKED_OUT: Final = Text("다른 사실로 판단", "worked out from other facts")


def place_lines(case: Case, lang: str) -> Iterator[str]:
    """Every source row of the order, newest first, with the number by which the lines of facts refer to it."""
    for place, number in _numbered(case).items():
        yield f"[{number}] {where(place).said(lang)}"


def fact_lines(story: Story, words: Iterable[str], lang: str) -> Iterator[str]:
    """A line for each word whose value is known, with the origin of that value."""
    for word in words:
        if _is_known(story, word):
            origin = _origin(story, word, lang)
            yield f"{_name(story, word, lang)}: {_value(story, word, lang)}" + (f" — {origin}" if origin else "")


def more_facts(story: Story, words: Sequence[str], lang: str) -> Iterator[str]:
    """The same lines, except that words without a cell of their own share a line."""
    if story.case is None:
        yield _together(story, [word for word in words if _is_known(story, word)], lang)
        return
    founded = [word for word in words if origins_of(story, word) or word in story.verdict.grounds]
    yield from fact_lines(story, founded, lang)
    rest = [word for word in words if word not in founded and _is_known(story, word)]
    for why, same in groupby(sorted(rest, key=_SETTINGS.__contains__), _SETTINGS.__contains__):
        yield f"{(_SETTING if why else _WORKED_OUT).said(lang)}: {_together(story, same, lang)}"


def unknown(story: Story, lang: str) -> list[str]:
    return [_name(story, word, lang) for word, value in story.verdict.facts.items() if value == UNKNOWN]


def _name(story: Story, word: str, lang: str) -> str:
    """The word; in English with its name in rules.yaml behind it."""
    return Text(word, f"{story.book.words[word].text.en} ({word})").said(lang)


def _together(story: Story, words: Iterable[str], lang: str) -> str:
    pairs = ((_name(story, word, lang), _value(story, word, lang)) for word in words)
    return ", ".join(Text(f"{name} {value}", f"{name}: {value}").said(lang) for name, value in pairs)


def origins_of(story: Story, word: str) -> list[Origin]:
    """The cells by which the word was found: the filled ones, or the blank ones if none is filled."""
    if story.case is None:
        return []
    origins = [story.case.origins[role] for role in story.book.words[word].columns if role in story.case.origins]
    return list(dict.fromkeys([origin for origin in origins if origin.text] or origins))


def _value(story: Story, word: str, lang: str) -> str:
    if word in story.verdict.grounds:
        return story.verdict.grounds[word].said(lang)
    value = story.verdict.facts[word]
    if isinstance(value, str):
        return story.book.words[word].named(value).said(lang)
    over = value < 0
    ko, en = (
        f"{abs(value)}영업일{' 지남' if over else ''}",
        several(abs(value), "working day") + (" over" if over else ""),
    )
    return Text(ko, en).said(lang)


def _is_known(story: Story, word: str) -> bool:
    return story.verdict.facts.get(word, UNKNOWN) != UNKNOWN


def _origin(story: Story, word: str, lang: str) -> str:
    """The places of the word's cells, each with its cells; else the settings or facts that it comes from."""
    if story.case is None or (word in story.verdict.grounds and not origins_of(story, word)):
        return ""
    if not origins_of(story, word):
        return (_SETTING if word in _SETTINGS else _worked_out(story, word)).said(lang)
    numbers = _numbered(story.case)
    by_place = groupby(sorted(origins_of(story, word), key=lambda o: numbers[o.place]), key=lambda o: o.place)
    return " · ".join(f"{_short(place, numbers, lang)} {_cells([*cells], lang)}" for place, cells in by_place)


def _worked_out(story: Story, word: str) -> Text:
    facts = [story.book.words[fact].text for fact in story.book.words[word].facts]
    if not facts:
        return _WORKED_OUT
    ko, en = zip(*facts, strict=True)
    return Text(f"{josa('·'.join(ko), '으로/로')} 판단", f"worked out from {', '.join(en)}")


def _numbered(case: Case) -> Mapping[Place, int]:
    places: tuple[Place, ...] = case.row[Col.SOURCE].iloc[0]
    return {place: number for number, place in enumerate(dict.fromkeys(places), start=1)}


def _short(place: Place, numbers: Mapping[Place, int], lang: str) -> str:
    row = Text(f"{place.row}행", f"row {place.row}").said(lang)
    return f"[{numbers[place]}] {place.sheet} {row}"


def _cells(cells: list[Origin], lang: str) -> str:
    """Headers and texts of the cells; the blank ones are listed together."""
    filled = [f"'{cell.header}' = {cell.text}" for cell in cells if cell.text]
    blank = " · ".join(f"'{cell.header}'" for cell in cells if not cell.text)
    return ", ".join([*filled, *([Text(f"{blank}: 비어 있음", f"{blank}: blank").said(lang)] if blank else [])])

"""Reads the text of a message into a template. Complains about unknown variables, open brackets and blanks to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from processor.model import Text, josa
from processor.rulebook.drafts import COSTS, PARTICLES, VARIABLES, Draft, Segment, Slot, Template
from processor.rulebook.load import Document, Path_
from processor.rulebook.nearest import unknown
from processor.rulebook.tables import Notes

_BRACKET: Final = re.compile(r"(\[\[|\]\])")
_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")


def draft(written: Mapping[str, str], path: Path_, notes: Notes) -> Draft:
    """Reads both languages of a message. Only Korean has particles. A message without English is Korean in both."""
    ko = _template(written["ko"], PARTICLES, (*path, "ko"), notes)
    return Draft(ko, ko if written["en"] == written["ko"] else _template(written["en"], (), (*path, "en"), notes))


def read_text(text: str) -> tuple[Template, list[Text]]:
    """The template of a Korean message that stands in no file yet, and what is wrong with it."""
    notes = Notes(Document({}, {(): (1, 1)}, {}))
    return _template(text, PARTICLES, (), notes), [complaint.message for complaint in notes.complaints]


def cost(written: Mapping[str, str], path: Path_, notes: Notes) -> Draft:
    """Reads a sentence that replaces {비용} in drafts. It may not contain {비용} itself."""
    for lang, text in written.items():
        if f"{{{COSTS}}}" in text:
            notes.say((*path, lang), _COSTS_IN_COSTS)
            return Draft((), ())
    return draft(written, path, notes)


def _template(text: str, particles: tuple[str, ...], path: Path_, notes: Notes) -> Template:
    words, brackets = _BRACKET.split(text)[::2], _BRACKET.findall(text)
    wrong = _wrong_brackets(brackets)
    if wrong:
        notes.say(path, wrong)
        return ()
    template = tuple(Segment(tuple(_pieces(part)), bool(number % 2)) for number, part in enumerate(words))
    complaints = [
        complaint for segment in template for piece in segment.pieces for complaint in _wrong(piece, segment, particles)
    ]
    for complaint in complaints:
        notes.say(path, complaint)
    if not complaints and not any(_stays(segment) for segment in template):
        notes.say(path, _NOTHING_STAYS)
    return template


def _wrong_brackets(brackets: list[str]) -> Text | None:
    if any(one == other == "[[" for one, other in pairwise(brackets)):
        return _NESTED
    return None if brackets == ["[[", "]]"] * (len(brackets) // 2) else _NOT_CLOSED


def _pieces(text: str) -> Iterator[str | Slot]:
    for number, part in enumerate(_VARIABLE.split(text)):  # words and variables alternate; words are first and last
        if number % 2:
            variable, bar, particle = part.partition("|")
            yield Slot(variable, particle if bar else None)
        elif part:
            yield part


def _wrong(piece: str | Slot, segment: Segment, particles: tuple[str, ...]) -> Iterator[Text]:
    if isinstance(piece, str):
        if "{" in piece or "}" in piece:
            yield _BRACE
        return
    if piece.variable not in VARIABLES:
        yield unknown(_A_VARIABLE, piece.variable, list(VARIABLES))
    elif not segment.optional and VARIABLES[piece.variable] is None:
        yield _not_always_known(piece.variable)
    elif piece.variable == COSTS and segment.variables != (COSTS,):
        yield _COSTS_ALONE
    if piece.particle is not None and not particles:
        yield _no_particle(piece.variable)
    elif piece.particle is not None and piece.particle not in particles:
        yield _no_such_particle(piece.particle)


def _stays(segment: Segment) -> bool:
    """Does the segment stay in the message for every order?"""
    return not segment.optional and any(isinstance(piece, Slot) or piece.strip() for piece in segment.pieces)


def _not_always_known(variable: str) -> Text:
    name = f"{{{variable}}}"
    return Text(
        f"{name} 값은 주문에 따라 모를 수 있습니다. 모를 때 함께 빠질 말까지 [[ ]]로 감싸세요.",
        f"Not every order tells {name}. Put it into [[ ]], with the words that go when it is not known.",
    )


def _no_such_particle(pair: str) -> Text:
    quoted, possible = f"'{pair}'", " · ".join(PARTICLES)
    return Text(
        f"{josa(quoted, '이라는/라는')} 조사는 없습니다. 받침 뒤에 오는 것을 앞에 적으세요: {possible}",
        f"There are no particles {quoted}. The one after a consonant stands first: {possible}",
    )


def _no_particle(variable: str) -> Text:
    return Text(
        f"영어 글에는 조사를 붙이지 않습니다. {{{variable}}}만 적으세요.",
        f"English has no particles. Write {{{variable}}} only.",
    )


_A_VARIABLE: Final = Text("변수", "variable")
_NESTED: Final = Text(
    "[[ ]] 안에 [[ ]]를 또 쓸 수 없습니다. 앞의 것을 먼저 닫으세요.",
    "A segment [[ ]] can't stand inside another. Close the first one before.",
)
_NOT_CLOSED: Final = Text(
    "[[와 ]]의 짝이 맞지 않습니다. 빠진 쪽을 적거나 남는 쪽을 지우세요.",
    "[[ and ]] do not match. Write the one that is missing or delete the one too many.",
)
_BRACE: Final = Text(
    "{와 }의 짝이 맞지 않습니다. 변수는 {상품}처럼 적으세요.",
    "{ and } do not match. A variable is written {상품}.",
)
_COSTS_ALONE: Final = Text(
    "{비용}은 다른 변수 없이 [[ {비용}]]처럼 적으세요.",
    "Write {비용} into a segment of its own: [[ {비용}]].",
)
_COSTS_IN_COSTS: Final = Text(
    "costs의 글에는 {비용}을 쓸 수 없습니다. 이 글이 {비용} 자리에 들어갑니다.",
    "A text of costs can't hold {비용}: it is what stands there.",
)
_NOTHING_STAYS: Final = Text(
    "[[ ]] 밖에 말이 없어 빈 글이 될 수 있습니다. 언제나 남을 말을 [[ ]] 밖에 적으세요.",
    "There are no words outside [[ ]], so the message may be empty. Write outside what is always said.",
)

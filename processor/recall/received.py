"""Says which answers of today were received, and why an answer is not used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from processor.model import CELL_OF, RememberedAnswer, Text
from processor.recall.cell_history import Words

CLAIM_OVER: Final = Text("그때의 취소 건은 끝났습니다.", "the cancel that it was about is over.")


def requested_later(at: datetime) -> Text:
    return Text(
        f"그 뒤 {at:%m-%d %H:%M}에 취소요청이 들어왔습니다.", f"the cancel was requested later, at {at:%m-%d %H:%M}."
    )


def sent_later(at: datetime) -> Text:
    return Text(
        f"그 뒤에 받은 파일({at:%m-%d %H:%M})에는 발송된 것으로 나옵니다.",
        f"a later file ({at:%m-%d %H:%M}) shows the order as sent.",
    )


def received(answers: Iterable[RememberedAnswer], words: Words) -> Text:
    """The sentence that these answers to one order have come. What follows from them is said after the decision."""
    said = Text.joined(" · ", (_named(answer, words) for answer in answers))
    return Text(f"적으신 답({said.ko})을 받았습니다.", f"Your answer ({said.en}) was received.")


def not_used(answer: RememberedAnswer, when: datetime, because: Text, words: Words) -> Text:
    """when: the time at which the answer was written."""
    said = _named(answer, words)
    return Text(
        f"{when:%m-%d %H:%M}에 적으신 답({said.ko})은 쓰지 않았습니다. {because.ko}",
        f"Your answer of {when:%m-%d %H:%M} ({said.en}) is not used: {because.en}",
    )


def _named(answer: RememberedAnswer, words: Words) -> Text:
    """The cell with its answer. A text that the rules do not know is not repeated, for anything may stand in it."""
    cell, word = CELL_OF[answer.cell], words.of(answer.cell, answer.value)
    if not words.knows(answer.cell, answer.value):
        return cell.header
    chosen = next((choice for choice in cell.choices if choice.ko == word), None)
    value = chosen or words.in_both_languages(answer.cell, answer.value)
    return Text(f"{cell.header.ko}: {value.ko}", f"{cell.header.en}: {value.en}")

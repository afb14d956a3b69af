"""Says at a cell what each of its answers leads to, as far as the message of a drop-down list has room."""

from __future__ import annotations

from typing import Final

from processor.model import CELL_NAMED, Answer, Text, Verdict

_LONGEST: Final = 255  # characters that the message may have
_MANY: Final = 3  # so many answers with one outcome are named one by one; more are the others
_ASKED: Final = Text("← 골라 주세요", "← Please choose")
_IF_UNLIKE: Final = Text("← 골라 주세요 (사실이 다를 때만)", "← Please choose (only if it is otherwise)")
_TO_CHANGE: Final = Text("바꾸려면 골라 주세요", "Choose another to change it")
_STAYS: Final = Text("그대로", "stays as it is")
_OTHERS: Final = Text("그 밖", "any other")


def leads(verdict: Verdict, cell: str, letter: str, *, blank: bool) -> Text:
    """The message at this cell of an order of this situation. letter: of its group. blank: nothing is answered yet."""
    choose = _ASKED if cell in verdict.asks else _IF_UNLIKE
    first = choose if blank else _TO_CHANGE
    head = Text(f"{first.ko} · 묶음 {letter}", f"{first.en} · group {letter}")
    outcomes: dict[Text, list[Answer]] = {}
    for answer in verdict.answers:
        if answer.cell == cell:
            said = _STAYS if answer.rule == verdict.rule else _outcome(answer, verdict)
            outcomes.setdefault(said, []).append(answer)
    most = max(map(len, outcomes.values()))
    lines = [
        Text.joined(" → ", [_said(answers, others=len(answers) == most > _MANY), said])
        for said, answers in sorted(outcomes.items(), key=lambda pair: len(pair[1]) == most > _MANY)
    ]
    for short in ([head, *lines, CELL_NAMED[cell].hint], [head, *lines]):
        whole = Text.joined("\n", short)
        if max(map(len, whole)) <= _LONGEST:
            return whole
    return head


def _outcome(answer: Answer, verdict: Verdict) -> Text:
    """The action; where it is the same and only its reason differs, this is said."""
    text = answer.action.text
    if answer.action is verdict.action:
        return Text(f"{text.ko} (이유와 할 일이 바뀜)", f"{text.en} (for another reason)")
    return text


def _said(answers: list[Answer], *, others: bool) -> Text:
    return _OTHERS if others else Text.joined(", ", [named for _, _, named, *_ in answers])

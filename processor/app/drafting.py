"""Tells and changes the messages to buyers: `messages: drafts:` of the desk's rules.yaml, in its text as a whole.

A message that the desk has changed is its own, and stays with the next default too. Its English goes: it is the English of
other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from processor import disk
from processor.app import own_rules, proofs
from processor.app.checking import read
from processor.app.desk import Desk
from processor.app.errors import WrongValues
from processor.model import Text
from processor.outbox import drafts as filling
from processor.rulebook import Rulebook
from processor.rulebook.default import default, newest
from processor.rulebook.drafts import VARIABLES, Template, least_of, text_of, with_costs
from processor.rulebook.editing import entry, with_value, without
from processor.rulebook.load import Path_, load
from processor.rulebook.nearest import unknown
from processor.rulebook.sayings import too_long
from processor.rulebook.templates import read_text


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `default`: what the default says instead; None if only the desk has it. `limit`: in characters."""

    name: str
    text: str
    default: str | None
    used: tuple[Text, ...]  # why the rules send it
    limit: int | None
    sample: str  # filled for an invented order of which everything is known

    def values(self, lang: str) -> dict[str, Any]:
        return {
            "name": self.name,
            "text": self.text,
            "default": self.default,
            "used": [why.said(lang) for why in self.used],
            "limit": self.limit,
            "sample": self.sample,
        }


@dataclass(frozen=True, slots=True)
class Messages:
    """All messages of a desk. `variables`: what may stand in braces, and whether it is known of every order."""

    messages: tuple[Message, ...]
    variables: tuple[tuple[str, bool], ...]

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        variables = [
            {"name": name, "always": always, "sample": _SAMPLE.get(name, "")} for name, always in self.variables
        ]
        return {
            "type": "messages",
            "messages": [message.values(lang) for message in self.messages],
            "variables": variables,
        }


@dataclass(frozen=True, slots=True)
class Tried:
    """What another text of a message would be: filled for an invented order, or why it can't be a message."""

    filled: str | None
    wrong: tuple[Text, ...]
    limit: int | None

    def values(self, lang: str) -> dict[str, Any]:
        wrong = [text.said(lang) for text in self.wrong]
        return {"type": "message_tried", "filled": self.filled, "wrong": wrong, "limit": self.limit}


def messages(desk: Desk, marks: Path | None) -> Messages:
    """The messages in force. Raises RulesBroken."""
    book = read(desk.rules, proofs.proved(marks))
    theirs = _defaults(book)
    return Messages(
        tuple(
            Message(
                name,
                text_of(draft.ko),
                theirs.get(name),
                _used(book, name),
                min(_limits(book, name).values(), default=None),
                _filled(draft.ko, book, name),
            )
            for name, draft in book.messages.drafts.items()
        ),
        tuple((name, instead is not None) for name, instead in VARIABLES.items()),
    )


def try_message(desk: Desk, name: str, text: str, marks: Path | None) -> Tried:
    """What this text would be as that message; nothing is written. Raises RulesBroken and WrongValues."""
    book = read(desk.rules, proofs.proved(marks))
    _known(book, [name])
    return _tried(book, name, text)


def change(desk: Desk, said: Mapping[str, str | None], marks: Path | None) -> Messages:
    """Gives messages other texts if the rules are sound with them, else changes nothing. None: the default's text.

    Raises WrongValues, RulesBroken, Busy and OSError.
    """
    book = read(desk.rules, proofs.proved(marks))
    _known(book, said)
    found = {name: _tried(book, name, text) for name, text in said.items() if text is not None}
    if wrong := {name: Text.joined(" ", each.wrong) for name, each in found.items() if each.wrong}:
        raise WrongValues(wrong)
    own_rules.change(desk, lambda text: _edited(text, said, book), marks)
    return messages(desk, marks)


def _tried(book: Rulebook, name: str, text: str) -> Tried:
    template, wrong = read_text(text)
    limits = _limits(book, name)
    length = least_of(template, [sentence.ko for sentence in book.messages.costs.values()])
    wrong += [too_long(length, screen, limit) for screen, limit in limits.items() if length > limit]
    return Tried(None if wrong else _filled(template, book, name), tuple(wrong), min(limits.values(), default=None))


def _edited(text: str, said: Mapping[str, str | None], book: Rulebook) -> str:
    """The text of rules.yaml with these messages. Raises NotEdited."""
    theirs = _defaults(book)
    for name, written in said.items():
        path: Path_ = ("messages", "drafts", name)
        wanted = theirs.get(name) if written is None else written
        if wanted is None:
            continue  # only the desk has this message
        if book.based_on and wanted == theirs.get(name):
            text = _emptied(without(text, (*path, "ko")), path)
        else:
            text = with_value(without(text, (*path, "en")), (*path, "ko"), wanted)
    return text


def _emptied(text: str, path: Path_) -> str:
    """The text without the entry at `path` and the sections around it, as far as nothing is left in them."""
    for depth in range(len(path), 0, -1):
        document = load(text.removeprefix(disk.BOM), [])
        if document is None or entry(document, path[:depth]) != ({}, ()):
            break
        text = without(text, path[:depth])
    return text


def _defaults(book: Rulebook) -> dict[str, str]:
    """The default's text of each message."""
    data = default(book.based_on) if book.based_on else newest()
    return {name: written["ko"] for name, written in data["messages"]["drafts"].items()} if data else {}


def _known(book: Rulebook, names: Iterable[str]) -> None:
    known = [*book.messages.drafts]
    if wrong := {name: unknown(_MESSAGE, name, known) for name in names if name not in known}:
        raise WrongValues(wrong)


def _used(book: Rulebook, name: str) -> tuple[Text, ...]:
    decisions = [row.why for row in book.decisions.rows if row.message == name]
    return tuple(dict.fromkeys([*decisions, *(row.why for row in book.fees.rows if row.message == name)]))


def _limits(book: Rulebook, name: str) -> dict[str, int]:
    """The most characters that each screen takes on which that message is typed."""
    screens = {row.screen for row in book.decisions.rows if row.message == name}
    return {screen: limit for screen, limit in book.messages.limits.items() if screen in screens}


def _filled(template: Template, book: Rulebook, name: str) -> str:
    """The message for an invented order of which everything is known, with one of the sentences about costs."""
    sentence = next((each.ko for each in book.messages.costs.values()), None)
    limit = min(_limits(book, name).values(), default=None)
    return filling.written(with_costs(template, sentence), _SAMPLE, limit)


_MESSAGE: Final = Text("글", "message")
_SAMPLE: Final = {
    "상품": "데일리 양말 5켤레",
    "수량": "2",
    "주문번호": "2026112312345671",
    "금액": "15,900",
    "편도": "3,000",
    "왕복": "6,000",
    "편도/왕복": "6,000",
    "기한": "2026-11-25",
    "택배사": "CJ대한통운",
    "송장": "123456789012",
    "일자": "2026-11-23",
    "기준": "50,000",
    "처음배송비": "3,000",
}

"""The rules in force, what the desk has changed of them, what they say about a supposed order, and newer default rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor import app
from processor.app import Passwords
from processor.page.errors import Untold
from processor.page.requests.asking import Entry, Request, Values, Work
from processor.page.requests.stories import story

_FIRST: Final = ("요청", "주문상태", "송장", "출고", "배송", "사유", "귀책", "실제사유", "동의", "상품")
"""The words that are asked for first: with them most orders are described."""


def _rules(request: Request, work: Work) -> Values:
    return app.in_force(work.desk.rules, request.as_of.date(), marks=work.marks).told(request.lang)


def _rules_used(request: Request, work: Work) -> Values:
    return {"type": "rules_used", "used": app.today(work.desk, request.as_of, work.kept).rules_used}


def _rule_changes(request: Request, work: Work) -> Values:
    return app.desk_changes(work.desk.rules, request.as_of.date(), work.marks).values(request.lang)


def _words(request: Request, work: Work) -> Values:
    """The words by which an order is supposed, each with its values; none = a number of working days."""
    words = app.rules(work.desk.rules, work.marks).words
    asked = [*_FIRST, *(name for name in words if name not in (*_FIRST, "조치"))]
    return {
        "type": "words",
        "words": [
            {
                "name": name,
                "said": words[name].text.said(request.lang),
                "meaning": words[name].meaning.said(request.lang),
                "counted": words[name].values is None,
                "values": [[value, words[name].named(value).said(request.lang)] for value in words[name].possible],
                "first": name in _FIRST,
            }
            for name in asked
        ],
    }


def _suppose(request: Request, work: Work) -> Values:
    """The story of an order that is only supposed, by its facts: word → value."""
    from processor import outbox  # noqa: PLC0415 - a heavy room
    from processor.app.typed_facts import facts_of  # noqa: PLC0415 - so is what it knows of the rules

    book = app.rules(work.desk.rules, work.marks)
    facts = facts_of((f"{word}={value}" for word, value in request.pairs("facts").items()), book.words)
    found = app.suppose(facts, book, request.as_of)
    if isinstance(found, outbox.Story):
        return story(found, request.lang)
    raise Untold(found.code, found.message)


def _upgrade(request: Request, work: Work) -> Values:
    """What the newest default rules would change here."""
    return _upgraded(request, work, yes=False)


def _swap_rules(request: Request, work: Work) -> Values:
    return _upgraded(request, work, yes=True)


def _upgraded(request: Request, work: Work, *, yes: bool) -> Values:
    passwords = Passwords(request.passwords)
    return app.upgrade(work.desk, request.as_of, passwords, work.marks, yes=yes).told(request.lang)


ENTRIES: Final[Mapping[str, Entry]] = {
    "rules": Entry(_rules),
    "rules_used": Entry(_rules_used),
    "rule_changes": Entry(_rule_changes),
    "words": Entry(_words),
    "suppose": Entry(_suppose),
    "upgrade": Entry(_upgrade, opens_files=True),
    "swap_rules": Entry(_swap_rules, changes=True, opens_files=True),
}

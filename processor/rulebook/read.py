"""Turns rules.yaml into a checked Rulebook, or into the list of all complaints.

The steps are: settings as the seller writes them, with the shape → known words and values → protected words → sound tables → true
examples. A step runs only if the step before had no complaints, so that one mistake gives one complaint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from processor.model import Text, space_free
from processor.rulebook import default, english, merging, protected, sanctions, sections, sense, settings, tables
from processor.rulebook.load import Complaint, Document, RulesError, load, text_of
from processor.rulebook.reasons import by_label
from processor.rulebook.types import R, Reason, Rulebook, Table, Word

ONLY_AFTER_DECIDING: Final = ("조치", "묶음", "무료기준")
"""Words whose values are known only after decisions. Only fees and penalties may use them."""


def read(path: Path, words: Mapping[str, Word], sound: Container[str] = ()) -> Rulebook:
    """Reads and checks rules.yaml. `words`: the facts that rules may use. Raises RulesError with all complaints.

    sound: the SHA-256 of texts that exactly this program has checked before, by the word of somebody who can't be the
    maker of the desk. They are not proved again, because a morning must take no more than 4.5 × `import pandas`: the
    median of 7 mornings took 4.4 × its CPU time this way and 5.4 × with the proof.
    """
    complaints: list[Complaint] = []
    text = text_of(path, complaints)
    if text is None:
        raise RulesError(path.name, complaints)
    return read_text(text, path.name, words, sound)


def sha256_of(path: Path) -> str | None:
    """The SHA-256 of the text of rules.yaml, by which it is known as proved; None if it can't be read."""
    text = text_of(path, [])
    return None if text is None else _sha256(text)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_text(text: str, name: str, words: Mapping[str, Word], sound: Container[str] = ()) -> Rulebook:
    """The same for a text. `name`: as complaints name it."""
    complaints: list[Complaint] = []
    sha256 = _sha256(text)
    document = load(text, complaints)
    if document and not complaints:
        document, unread = settings.understood(document)
        document = _in_force(document, text, complaints)
        if not complaints and sha256 not in sound:
            complaints.extend(_misshapen(document, unread))
            complaints.extend(_outgrown(document) if complaints else ())
        complaints.extend(unread)
    if document is None or complaints:
        raise RulesError(name, complaints)
    notes = tables.Notes(document)
    book = _understand(document, words, text, sha256, notes)
    if not notes.complaints and sha256 not in sound:
        protected.check(book.exports, book.reasons, notes)
    if not notes.complaints and sha256 not in sound:
        sense.check(book, notes)
    if notes.complaints:
        raise RulesError(name, notes.complaints)
    return _without(book, notes.overruled)


def _outgrown(document: Document) -> Iterator[Complaint]:
    """The way out for a complete file of an earlier version, which lacks what rules must say today."""
    version, newest = document.data.get("version"), default.newest()["version"]
    if document.default is None and isinstance(version, str) and version < newest:
        yield Complaint(*document.mark(("version",)), _upgrade(version))


def _without(book: Rulebook, overruled: Container[tuple[str, int]]) -> Rulebook:
    """The rules without the default's examples that the seller's own rows answer otherwise."""

    def kept(table: Table[R]) -> Table[R]:
        left = tuple(each for at, each in enumerate(table.examples) if (table.name, at) not in overruled)
        return replace(table, examples=left)

    penalties = replace(book.penalties, table=kept(book.penalties.table))
    ruled_out = tuple(each for at, each in enumerate(book.ruled_out) if ("impossible", at) not in overruled)
    return replace(book, ruled_out=ruled_out, decisions=kept(book.decisions), fees=kept(book.fees), penalties=penalties)


def _in_force(document: Document, text: str, complaints: list[Complaint]) -> Document:
    """The rules that a file stands for, with English beside each Korean text: its own, or those it builds on and changes."""
    if "based_on" in document.data:
        version = document.data["based_on"]
        base = default.default(version) if isinstance(version, str) else None
        if base is None:
            complaints.append(Complaint(*document.mark(("based_on",)), default.no_default()))
            return document
        document = merging.merged(document, base, complaints)
        english.filled(document.data, base)
    elif text == default.default_text():
        english.completed(document.data)
    elif not english.is_complete(document.data):
        english.filled(document.data, default.newest())
    return document


def _misshapen(document: Document, known: list[Complaint]) -> list[Complaint]:
    """The complaints about the shape, but none about a place that has one."""
    from processor.rulebook import shape  # noqa: PLC0415 - jsonschema is loaded only if the rules must be checked

    places = {(each.line, each.column) for each in known}
    return [each for each in shape.check(document) if (each.line, each.column) not in places]


def _understand(document: Document, words: Mapping[str, Word], text: str, sha256: str, notes: tables.Notes) -> Rulebook:
    data: dict[str, Any] = document.data
    reasons = sections.reasons(data["reasons"], notes)
    words = _with_reasons(words, reasons)
    calendar = sections.calendar(data["calendar"], notes)
    messages = sections.messages(data["messages"], words, notes)
    sources = sections.sources(data["sources"], notes)
    sections.cited(data, notes)
    version = tables.day(data["version"], ("version",), notes.say) or date.min
    names = tables.Names(sources, calendar.deadlines, messages.drafts, messages.costs, messages.screens, version)
    before = {name: word for name, word in words.items() if name not in ONLY_AFTER_DECIDING}
    impossible, ruled_out = tables.impossible(data["impossible"], before, names, notes)
    return Rulebook(
        version=data["version"],
        sha256=sha256,
        text=text,
        store=sections.store(
            data["store"], words["상품"].values or (), sanctions.steps(data["penalties"]["steps"]), notes
        ),
        exports=sections.exports(data["exports"]),
        reasons=reasons,
        words=words,
        impossible=impossible,
        ruled_out=ruled_out,
        decisions=tables.decisions(data["decisions"], before, names, notes),
        open_deadlines=tables.open_deadlines(data["decisions"], before, names, notes),
        fees=tables.fees(data["fees"], words, names, notes),
        delay_interest=sections.delay_interest(
            data["fees"]["delay_interest"], calendar.deadlines, words["요청"].values or (), notes
        ),
        penalties=sanctions.penalties(
            data["penalties"], tables.penalties(data["penalties"], words, names, notes), notes
        ),
        calendar=calendar,
        messages=messages,
        sources=sources,
        based_on=document.default,
    )


def _with_reasons(words: Mapping[str, Word], reasons: tuple[Reason, ...]) -> dict[str, Word]:
    """The words, where 사유 and 실제사유 get their values from the reasons in the same file."""
    english = {label: reason.label.en for label, reason in by_label(reasons).items()}
    names = {"reasons": [reason.name for reason in reasons], "causes": [reason.cause for reason in reasons], "": []}
    more = {part: {name: english[space_free(name)] for name in found} for part, found in names.items()}
    return {
        name: replace(
            word,
            values=(*more[word.more], *(value for value in word.values if value not in more[word.more])),
            english=(*word.english[:1], *more[word.more].values(), *word.english[1:]),
        )
        if word.values is not None
        else word
        for name, word in words.items()
    }


def _upgrade(version: str) -> Text:
    return Text(
        f"{version}의 규칙을 통째로 적은 파일이라 그 뒤에 생긴 칸이 없습니다. 내 설정과 고친 것을 새 기본 규칙으로 옮기려면: python -m processor upgrade",
        f"These are the complete rules of {version}, which lack what came later. To take your settings and changes to the newest "
        "default rules: python -m processor upgrade",
    )

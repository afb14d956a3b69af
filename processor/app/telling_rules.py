"""The rules that are in force at a desk, as sentences: whose each row is, and what stands beside the rows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from processor.app import checking
from processor.app.errors import WrongUse
from processor.judge import WORDS
from processor.model import Text, josa
from processor.model.columns import wrapped
from processor.outbox.rule_sections import SECTIONS
from processor.outbox.rule_sentences import details, sentence
from processor.rulebook import Rulebook, settings
from processor.rulebook.acts import acts
from processor.rulebook.changes import written
from processor.rulebook.drafts import Draft
from processor.rulebook.nearest import unknown
from processor.rulebook.owners import Owner, default_of, owners, tables
from processor.rulebook.types import Cell, Dated, Row

_OWNERS: Final = {
    Owner.DEFAULT: Text("기본", "default"),
    Owner.CHANGED: Text("바꿈", "changed"),
    Owner.OWN: Text("내 줄", "own"),
}
_POINTS: Final = ("sanction", "early", "steps", "repeats", "moratoria")
"""What stands beside the rows of the penalties."""
_STORE: Final = "store"
_SHOP: Final = Text("가게 설정", "Settings of the shop")


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules of a desk on a day. only: the ids of rows and names of sections that are wanted; none = all."""

    book: Rulebook
    default: Rulebook  # that on which the file builds; of a complete file, the newest
    day: date
    only: tuple[str, ...] = ()

    def lines(self, lang: str) -> Iterator[str]:
        """The rules for a person."""
        whose = owners(self.book, self.default)
        yield from (line for text in self._head(whose) for line in wrapped(text.said(lang)))
        if store := [line for text in self._settings() for line in wrapped(text.said(lang), 2, 4)]:
            yield from ("", f"■ {_SHOP.said(lang)}", *store)
        for section, (heading, beside) in SECTIONS.items():
            chapter = [line for row in self._rows(section) for line in self._row(row, whose[row.id], lang)]
            if self._wants(section):
                chapter += [line for text in beside(self.book, self.day) for line in wrapped(text.said(lang), 2, 4)]
            if chapter:
                yield from ("", f"■ {heading.said(lang)}", *chapter)

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        book, whose = self.book, owners(self.book, self.default)
        rows = [
            {"table": table, "owner": whose[row.id].value, **of_row(row, book, self.day, lang)}
            for table in tables(book)
            for row in self._rows(table)
        ]
        beside = {
            "store": ("store", book.store),
            "exports": ("exports", book.exports),
            "reasons": ("reasons", book.reasons),
            "decisions": ("open_deadlines", book.open_deadlines),
            "fees": ("delay_interest", book.delay_interest),
            "penalties": ("penalties", {name: getattr(book.penalties, name) for name in _POINTS}),
            "calendar": ("calendar", book.calendar),
            "messages": ("messages", book.messages),
            "sources": ("sources", book.sources),
        }
        return {
            "type": "rules",
            "version": book.version,
            "based_on": book.based_on,
            "default": self.default.version,
            "sha256": book.sha256,
            "as_of": self.day.isoformat(),
            "rows": rows,
            **{key: plain(value, lang) for name, (key, value) in beside.items() if self._wants(name)},
        }

    def told(self, lang: str) -> dict[str, Any]:
        """The rules for a face that shows them by section: the rows of each, and sentences about what stands beside them."""
        whose = owners(self.book, self.default)

        def section(name: str, heading: Text, beside: Iterable[Text]) -> dict[str, Any]:
            rows = [_told_row(row, whose[row.id], self.book, self.day, lang) for row in self._rows(name)]
            said = [text.said(lang) for text in beside if self._wants(name)]
            return {"name": name, "heading": heading.said(lang), "rows": rows, "beside": said}

        sections = [
            section(_STORE, _SHOP, self._settings()),
            *(section(name, heading, beside(self.book, self.day)) for name, (heading, beside) in SECTIONS.items()),
        ]
        return {
            "type": "rules_told",
            "as_of": self.day.isoformat(),
            "summary": [text.said(lang) for text in self._head(whose)],
            "sections": [each for each in sections if each["rows"] or each["beside"]],
        }

    def _wants(self, name: str) -> bool:
        return not self.only or name in self.only

    def _rows(self, table: str) -> list[Row]:
        rows = tables(self.book).get(table, ())
        return [row for row in rows if self._wants(table) or row.id in self.only]

    def _head(self, whose: Mapping[str, Owner]) -> Iterator[Text]:
        book = self.book
        if book.based_on:
            yield Text(
                f"기본 규칙 {josa(book.based_on, '과/와')} 내 가게의 rules.yaml로 정해진 규칙입니다 ({self.day}).",
                f"The rules of this desk: the default {book.based_on} and its own rules.yaml, on {self.day}.",
            )
        else:
            yield Text(
                f"이 rules.yaml 하나로 정해진 규칙입니다 ({self.day}). 줄마다 {josa(f'기본 규칙 {self.default.version}', '과/와')} 비교해 적었습니다.",
                f"The rules of this rules.yaml, which is complete by itself, on {self.day}; each row beside the default "
                f"{self.default.version}.",
            )
        counts = [[*whose.values()].count(owner) for owner in Owner]
        yield Text(
            "줄 {}개: 기본 규칙 그대로 {} · 바꾼 줄 {} · 내 줄 {}".format(sum(counts), *counts),
            "{} rows: {} as in the default, {} changed, {} of your own".format(sum(counts), *counts),
        )

    def _settings(self) -> Iterator[Text]:
        if self._wants(_STORE):
            for found, value in settings.in_force(self.book):
                label, said = found.label, found.setting.said(value)
                yield Text(f"{label.ko}: {said.ko}", f"{label.en}: {said.en}")

    def _row(self, row: Row, owner: Owner, lang: str) -> Iterator[str]:
        yield from row_lines(row, f"[{_OWNERS[owner].said(lang)}]", self.book, self.day, lang)
        message = getattr(row, "message", None)
        if message and row.id in self.only:
            yield from wrapped(f"{message}: {written(self.book.messages.drafts[message]).said(lang)}", 6, 2)


def row_lines(row: Row, tag: str, book: Rulebook, day: date, lang: str, indent: int = 2) -> Iterator[str]:
    """A row for a person: the sentence, and below it what else it says. tag: what stands behind its id."""
    asleep = "" if row.holds(day) else _ASLEEP.said(lang)
    yield from wrapped(f"{row.id} {tag}{asleep} {sentence(row, book, day).said(lang)}", indent, 4)
    for name, value in details(row, book):
        yield from wrapped(f"{name.said(lang)}: {value.said(lang)}", indent + 4, 2)


def of_row(row: Row, book: Rulebook, day: date, lang: str) -> dict[str, Any]:
    """A row for programs."""
    return {
        "id": row.id,
        "in_force": row.holds(day),
        "when": {word: cell.written for word, cell in row.when.items()},
        "says": {name: value.said(lang) for name, value in acts(row, day).items()},
        "sentence": sentence(row, book, day).said(lang),
        "details": {name.said(lang): value.said(lang) for name, value in details(row, book)},
        "why": row.why.said(lang),
        "sources": [{"name": name, "certainty": book.sources[name].certainty} for name in row.sources],
        "from": plain(row.since, lang),
        "until": plain(row.until, lang),
        "review_by": plain(row.review_by, lang),
    }


def _told_row(row: Row, owner: Owner, book: Rulebook, day: date, lang: str) -> dict[str, Any]:
    return {"owner": owner.value, "owner_name": _OWNERS[owner].said(lang), **of_row(row, book, day, lang)}


def plain(value: object, lang: str) -> Any:  # noqa: ANN401 - any part of the rules
    """A part of the rules as plain values, by the names of its fields."""
    match value:
        case Text() | Draft():
            return written(value).said(lang)
        case Cell():
            return value.written
        case Dated():
            return {begins.isoformat(): number for begins, number in value.steps}
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case Mapping():
            return {str(key): plain(each, lang) for key, each in value.items()}
        case tuple():
            return [plain(each, lang) for each in value]
        case _ if is_dataclass(value):
            return {each.name: plain(getattr(value, each.name), lang) for each in fields(value)}
    return value


def in_force(rules: Path, day: date, only: tuple[str, ...] = (), sound: Container[str] = ()) -> InForce:
    """The rules on a day. sound: as for `checking.read`.

    Raises RulesBroken, and WrongUse if `only` names what is not there.
    """
    book = checking.read(rules, sound)
    known = [_STORE, *SECTIONS, *(row.id for rows in tables(book).values() for row in rows)]
    for name in only:
        if name not in known:
            raise WrongUse(unknown(Text("줄이나 부분", "row or section"), name, known))
    return InForce(book, default_of(book, WORDS), day, only)


_ASLEEP: Final = Text(" (이날은 쓰지 않음)", " (not in force on this day)")

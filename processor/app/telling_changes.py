"""What the rules of a desk have otherwise than the default on which they build, each beside the default's."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from processor.app import checking
from processor.app.telling_rules import of_row, row_lines
from processor.app.trying import of_change, of_situation
from processor.judge import WORDS
from processor.model import Text, josa, several
from processor.model.columns import wrapped
from processor.outbox.clauses import exactly, when
from processor.outbox.impact import condition
from processor.outbox.rule_sections import SECTIONS
from processor.outbox.rule_sentences import open_deadline, outcome
from processor.rulebook import Rulebook, settings
from processor.rulebook.changes import ABSENT, Change, changes, written
from processor.rulebook.compared import Difference, Differences, different
from processor.rulebook.owners import RowChange, default_of, row_changes, same
from processor.rulebook.types import Example, Row, Table

_SHOWN: Final = 20
"""Situations that are told to a person; programs get all of them."""
_TOLD_APART: Final = ("store.", "impossible.", "decisions.", "fees.", "penalties.table.")
"""The entries of `changes` about settings and rows, which are told in other words."""


@dataclass(frozen=True, eq=False, slots=True)
class DeskChanges:
    """All that the rules of a desk have otherwise than the default, and what they answer otherwise on a day."""

    book: Rulebook
    default: Rulebook  # that on which the file builds; of a complete file, the newest
    day: date
    settings: tuple[tuple[Text, Change], ...]  # of the shop, each with its label
    entries: tuple[Change, ...]  # beside settings and rows, by their names in rules.yaml
    rows: tuple[RowChange, ...]
    examples: tuple[Change, ...]  # by table and name
    differences: Differences

    @property
    def none(self) -> bool:
        return not (self.settings or self.entries or self.rows or self.examples)

    def lines(self, lang: str) -> Iterator[str]:
        """The changes for a person, the default's above the desk's."""
        yield from wrapped(self._head.said(lang))
        for heading, chapter in (
            (Text("가게 설정", "Settings of the shop"), self._settings(lang)),
            (Text("그 밖의 항목", "Other entries"), self._entries(lang)),
            (Text("줄", "Rows"), self._rows(lang)),
            (_OTHERWISE, self._situations(lang)),
        ):
            if told := list(chapter):
                yield from ("", f"■ {heading.said(lang)}", *told)

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        return {
            "type": "rule_changes",
            "version": self.book.version,
            "based_on": self.book.based_on,
            "default": self.default.version,
            "sha256": self.book.sha256,
            "as_of": self.day.isoformat(),
            "settings": [{"label": label.said(lang), **of_change(each, lang)} for label, each in self.settings],
            "entries": [of_change(each, lang) for each in self.entries],
            "rows": [self._of_row(each, lang) for each in self.rows],
            "examples": [of_change(each, lang) for each in self.examples],
            "situations": [of_situation(each, lang) for each in self.differences.found],
            "unfinished": [*self.differences.unfinished],
        }

    @property
    def _head(self) -> Text:
        version = self.default.version
        if self.none and self.book.based_on:
            return Text(
                f"기본 규칙 {josa(version, '을/를')} 그대로 씁니다. 이 가게가 바꾼 것은 없습니다.",
                f"This desk uses the default rules {version} as they are. It changes nothing.",
            )
        if self.none:
            return Text(
                f"이 rules.yaml은 가장 새 기본 규칙 {josa(version, '과/와')} 똑같습니다. 바꾼 것은 없습니다.",
                f"This rules.yaml says the same as the newest default rules {version}. It changes nothing.",
            )
        ko = f"설정 {len(self.settings)}개, 줄 {len(self.rows)}개, 그 밖의 항목 {len(self.entries)}개"
        en = ", ".join(
            (
                several(len(self.settings), "setting"),
                several(len(self.rows), "row"),
                several(len(self.entries), "other entry", "other entries"),
            )
        )
        if self.book.based_on:
            return Text(
                f"기본 규칙 {josa(version, '과/와')} 다르게 한 것: {ko}",
                f"Otherwise than the default rules {version}: {en}",
            )
        return Text(
            f"이 rules.yaml이 가장 새 기본 규칙 {josa(version, '과/와')} 다른 것: {ko}",
            f"This rules.yaml beside the newest default rules {version}: {en}",
        )

    def _settings(self, lang: str) -> Iterator[str]:
        for label, each in self.settings:
            yield from wrapped(label.said(lang), 2)
            yield from self._both(each, lang)

    def _entries(self, lang: str) -> Iterator[str]:
        for each in self.entries:
            yield from wrapped(each.name, 2)
            yield from self._both(each, lang)

    def _both(self, each: Change, lang: str) -> Iterator[str]:
        yield from wrapped(f"{_DEFAULT.said(lang)}: {each.before.said(lang)}", 6, 2)
        yield from wrapped(f"{_DESK.said(lang)}: {each.after.said(lang)}", 6, 2)

    def _rows(self, lang: str) -> Iterator[str]:
        for each in self.rows:
            if each.before is not None and not _only_moved(each):
                yield from row_lines(each.before, f"[{_DEFAULT.said(lang)}]", self.default, self.day, lang)
            if each.after is None:
                yield from wrapped(f"{each.rule} [{_DESK.said(lang)}] {_NOT_USED.said(lang)}", 2, 4)
            else:
                yield from row_lines(each.after, f"[{_tag(each).said(lang)}]", self.book, self.day, lang)
        for heading, names in self._names_of_examples():
            if names:
                yield from wrapped(f"{heading.said(lang)}: {' · '.join(names)}", 2, 4)

    def _names_of_examples(self) -> Iterator[tuple[Text, list[str]]]:
        added, dropped = (
            (each.before == ABSENT for each in self.examples),
            (each.after == ABSENT for each in self.examples),
        )
        kinds = [*zip(self.examples, added, dropped, strict=True)]
        for kind, heading in _OF_EXAMPLES.items():
            yield heading, [each.name.split(".", 2)[2] for each, *its in kinds if tuple(its) == kind]

    def _situations(self, lang: str) -> Iterator[str]:
        """For each two rows the plainest situation that they answer differently; the first is the plainest."""
        plainest: dict[tuple[str, str], Difference] = {}
        for each in self.differences.found:
            sides = tuple(self._answer(row, lang) for row in (each.before, each.after))
            plainest.setdefault((sides[0], sides[1]), each)
        for (before, after), each in [*plainest.items()][:_SHOWN]:
            yield from wrapped(f"{before} → {after}", 2, 4)
            yield from wrapped(f"{_EXAMPLE.said(lang)}: {self._example(each).said(lang)}", 6, 2)
            said = " · ".join(
                f"{change.name} {change.before.said(lang)} → {change.after.said(lang)}" for change in each.changes
            )
            yield from wrapped(f"{_OTHER.said(lang)}: {said}", 6, 2)
        if (more := len(plainest) - _SHOWN) > 0:
            yield from wrapped(_more(more).said(lang), 2)
        for table in self.differences.unfinished:
            yield from wrapped(_unfinished(SECTIONS[table][0]).said(lang), 2)

    def _example(self, each: Difference) -> Text:
        words = {**self.default.words, **self.book.words}
        return when({word: exactly(value) for word, value in each.example.items()}, words)

    def _answer(self, row: Row | None, lang: str) -> str:
        return _NO_ROW.said(lang) if row is None else f"{row.id} {outcome(row, self.day).said(lang)}"

    def _of_row(self, each: RowChange, lang: str) -> dict[str, Any]:
        sides = {"default": (each.before, self.default), "desk": (each.after, self.book)}
        return {
            "table": each.table,
            "id": each.rule,
            "change": "off" if each.after is None else "own" if each.before is None else "changed",
            "moved": each.moved,
            "stands_before": each.stands_before,
            **{name: row and of_row(row, book, self.day, lang) for name, (row, book) in sides.items()},
        }


def desk_changes(rules: Path, day: date, sound: Container[str] = ()) -> DeskChanges:
    """What the rules of that file have otherwise than the default. sound: as for `checking.read`. Raises RulesBroken."""
    book = checking.read(rules, sound)
    default = default_of(book, WORDS)
    beside = (change for change in changes(default, book) if not change.name.startswith(_TOLD_APART))
    return DeskChanges(
        book,
        default,
        day,
        tuple(_settings(default, book)),
        (*beside, *_beside_rows(default, book)),
        row_changes(book, default),
        tuple(_examples(default, book)),
        different(default, book, day),
    )


def _settings(before: Rulebook, after: Rulebook) -> Iterator[tuple[Text, Change]]:
    theirs, own = (dict(settings.in_force(book)) for book in (before, after))
    for found in dict.fromkeys([*theirs, *own]):
        sides = [found.setting.said(side[found]) if found in side else ABSENT for side in (theirs, own)]
        if sides[0] != sides[1]:
            yield found.label, Change(f"store.{found.key}", *sides)


def _beside_rows(before: Rulebook, after: Rulebook) -> Iterator[Change]:
    """What stands otherwise in the tables beside rows and examples, and when the deadline of what is open falls."""
    for name, one in _tables(before).items():
        for entry in ("question", "meant_for", "unique"):
            sides = getattr(one, entry), getattr(_tables(after)[name], entry)
            if sides[0] != sides[1]:
                yield Change(f"{name}.{entry}", *map(written, sides))
    if before.open_deadlines != after.open_deadlines:
        said = (
            Text.joined("; ", [open_deadline(its, book) for its in book.open_deadlines]) for book in (before, after)
        )
        yield Change("decisions.열린것", *said)


def _examples(before: Rulebook, after: Rulebook) -> Iterator[Change]:
    for table in ("impossible", *_tables(before)):
        theirs, own = (
            {
                each.name: _example(each)
                for each in (book.ruled_out if table == "impossible" else _tables(book)[table].examples)
            }
            for book in (before, after)
        )
        for name in dict.fromkeys([*theirs, *own]):
            sides = theirs.get(name, ABSENT), own.get(name, ABSENT)
            if sides[0] != sides[1]:
                yield Change(f"{table}.examples.{name}", *sides)


def _tables(book: Rulebook) -> dict[str, Table[Any]]:
    return {"decisions": book.decisions, "fees": book.fees, "penalties": book.penalties.table}


def _example(example: Example) -> Text:
    given = ", ".join(f"{word}: {condition(cell)}" for word, cell in example.given.items())
    anything = ", 나머지: 아무거나" if example.anything else ""
    return Text.same(f"{{{given}{anything}}} → {' · '.join(example.expect) or '[]'} ({example.day})")


def _tag(each: RowChange) -> Text:
    """Whose the row of the desk is, and where it stands if that is the desk's choice."""
    whose = Text("내 줄", "its own") if each.before is None else _DESK
    if each.stands_before is None:
        return whose
    return Text(f"{whose.ko}, {each.stands_before} 앞", f"{whose.en}, before {each.stands_before}")


def _only_moved(each: RowChange) -> bool:
    return each.moved and each.before is not None and each.after is not None and same(each.before, each.after)


def _more(count: int) -> Text:
    return Text(
        f"… 그 밖에 {count:,}가지. 모두 보려면 --json을 붙이세요.", f"… and {count:,} more; --json has all of them."
    )


def _unfinished(table: Text) -> Text:
    return Text(
        f"너무 복잡해 다 찾지 못한 표: {table.ko}. 여기에 없는 차이가 더 있을 수 있습니다.",
        f"Too much work to find all of: {table.en}. There may be more than is listed.",
    )


_OTHERWISE: Final = Text(
    "다르게 답하는 상황 (있을 수 있는 상황을 모두 따져 찾은 것)",
    "Situations that are answered otherwise (found by proof among all that can be)",
)
_OF_EXAMPLES: Final = {
    (True, False): Text("더한 예시", "examples added"),
    (False, False): Text("바꾼 예시", "examples changed"),
    (False, True): Text("기본 규칙의 예시 가운데 쓰지 않는 것", "examples of the default that are not used"),
}
"""Has only the desk such an example? Has only the default one?"""
_DEFAULT: Final = Text("기본", "default")
_DESK: Final = Text("내 가게", "this desk")
_NOT_USED: Final = Text("쓰지 않음", "not used")
_OTHER: Final = Text("다른 것", "otherwise")
_EXAMPLE: Final = Text("예", "example")
_NO_ROW: Final = Text("답하는 줄 없음", "no row")

"""Reads and checks the rules of a desk, and reports how complete and up to date they are on a day."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from processor import rulebook
from processor.app.errors import RulesBroken
from processor.judge import WORDS
from processor.model import Text
from processor.rulebook import Overdue, Rulebook, Standing


def read(path: Path, sound: Container[str] = ()) -> Rulebook:
    """The checked rules of a file. sound: the sha256 of rules that this very program has checked before.

    Raises RulesBroken with every complaint.
    """
    try:
        return rulebook.read(path, WORDS, sound)
    except rulebook.RulesError as error:
        raise RulesBroken(error.file, error.complaints) from error


def read_text(text: str, name: str, sound: Container[str] = ()) -> Rulebook:
    """The same for a text without BOM. `name`: as complaints name it. Raises RulesBroken."""
    try:
        return rulebook.read_text(text, name, WORDS, sound)
    except rulebook.RulesError as error:
        raise RulesBroken(error.file, error.complaints) from error


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of checking sound rules for one day."""

    book: Rulebook
    day: date
    tables: tuple[Standing, ...]
    overdue: tuple[Overdue, ...]  # entries whose day of review has passed
    doubt: Text | None  # about what was added to `exports` and no check can judge

    def lines(self) -> Iterator[Text]:
        """The lines for a person: how much was proved, and which values no example shows."""
        decisions, fees, penalties = (table.rows for table in self.tables)
        examples, values = sum(table.examples for table in self.tables), sum(table.values for table in self.tables)
        hidden = [entry for table in self.tables for entry in table.hidden]
        yield Text(
            f"규칙에 문제가 없습니다: 판단 {decisions}줄 · 배송비 {fees}줄 · 벌점 {penalties}줄, 예시 {examples}개가 모두 맞습니다.",
            f"The rules are sound: {decisions + fees + penalties} rows in three tables, and all {examples} examples hold.",
        )
        yield Text(
            "  답이 없는 상황도, 가려져 쓰이지 않는 줄도, 쓸모없는 칸도 없습니다 (모든 상황을 확인했습니다).",
            "  No situation is left open, no row is hidden by others, no cell is idle (proved for all situations).",
        )
        yield Text(
            f"  예시로 확인되는 칸의 값: {values}개 가운데 {values - len(hidden)}개",
            f"  Values of cells that the examples show: {values - len(hidden)} of {values}",
        )
        for rule, word, value in hidden:
            yield Text(
                f"  - {rule}: {word} '{value}'의 예시가 없습니다.", f"  - {rule}: no example of {word} '{value}'."
            )
        if asleep := [rule for table in self.tables for rule in table.asleep]:
            names = " · ".join(asleep)
            yield Text(f"  {self.day}에는 쓰이지 않는 줄: {names}", f"  Rows not in force on {self.day}: {names}")
        for warning in [*(old.text for old in self.overdue), *filter(None, [self.doubt])]:
            yield Text(f"! {warning.ko}", f"! {warning.en}")

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        return {
            "ok": True,
            "version": self.book.version,
            "sha256": self.book.sha256,
            "as_of": self.day.isoformat(),
            "overdue": [old.text.said(lang) for old in self.overdue],
            "doubt": self.doubt.said(lang) if self.doubt else None,
            **{table.table: _of_table(table) for table in self.tables},
        }


def _of_table(table: Standing) -> dict[str, Any]:
    hidden = [{"rule": rule, "word": word, "value": value} for rule, word, value in table.hidden]
    return {
        "rows": table.rows,
        "not_in_force": list(table.asleep),
        "examples": table.examples,
        "values": table.values,
        "values_without_example": hidden,
    }


def check(rules: Path, day: date) -> Checked:
    """Checks the rules for a day. Raises RulesBroken."""
    book = read(rules)
    return Checked(
        book,
        day,
        tuple(rulebook.standing(book, day)),
        tuple(rulebook.overdue(book, day)),
        rulebook.doubt_about(book.exports),
    )

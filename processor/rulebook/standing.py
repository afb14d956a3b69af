"""Reports about sound rules on a day: which rows are in force, what the examples show, and what is due for review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from processor.model import RuleId, Text, josa
from processor.rulebook import sayings
from processor.rulebook.cover import TooMuchWork
from processor.rulebook.load import Complaint, RulesError
from processor.rulebook.proof import Proof
from processor.rulebook.types import R, Row, Rulebook, Table


@dataclass(frozen=True, slots=True)
class Standing:
    """One table on one day. `hidden`: values of conditions that no example shows, though an order may have them."""

    table: str
    rows: int
    asleep: tuple[RuleId, ...]  # rows that are not yet, or no longer, in force
    examples: int
    values: int
    hidden: tuple[tuple[RuleId, str, str | int], ...]


def standing(book: Rulebook, day: date) -> list[Standing]:
    """The standing of each table. Raises RulesError if that takes too much work."""
    return [
        _standing(book.decisions, book, day),
        _standing(book.fees, book, day),
        _standing(book.penalties.table, book, day),
    ]


class Overdue(NamedTuple):
    """A source or a row that was due for review by that day, so its numbers may be outdated."""

    what: Text
    by: date

    @property
    def text(self) -> Text:
        return Text(
            f"{josa(self.what.ko, '은/는')} {self.by}까지 다시 확인하기로 했는데 그날이 지났습니다. 바뀐 것이 없는지 확인하고 rules.yaml의 "
            "review_by를 고치세요. 그때까지 벌점과 기한이 예전 기준일 수 있습니다.",
            f"{self.what.en} was to be looked at again by {self.by}. See whether anything changed and mend review_by in "
            "rules.yaml; until then points and deadlines may be old.",
        )


def overdue(book: Rulebook, day: date) -> Iterator[Overdue]:
    """All sources and rows in force whose `review_by` has passed."""
    for source in book.sources.values():
        if source.review_by and source.review_by < day:
            yield Overdue(Text(f"출처 {source.title.ko}", f"the source {source.title.en}"), source.review_by)
    rows: list[Row] = [*book.decisions.rows, *book.fees.rows, *book.penalties.table.rows]
    for row in rows:
        if row.review_by and row.review_by < day and row.holds(day):
            yield Overdue(Text(f"규칙 {row.id} 줄", f"rule {row.id}"), row.review_by)


def _standing(table: Table[R], book: Rulebook, day: date) -> Standing:
    proof = Proof(table.on(day), book.impossible, book.words)
    try:
        values = list(proof.values())
    except TooMuchWork as stopped:
        tangled = proof.rows_of(stopped.boxes) or list(table.rows)
        raise RulesError("rules.yaml", [Complaint(tangled[0].line, 1, sayings.tangled(tangled))]) from stopped
    return Standing(
        table=table.name,
        rows=len(table.rows),
        asleep=tuple(row.id for row in table.rows if not row.holds(day)),
        examples=len(table.examples),
        values=len(values),
        hidden=tuple((row.id, word, value) for row, word, value, shown in values if not shown),
    )

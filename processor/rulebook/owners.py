"""Who says a row of the rules: the default on which a desk builds, or the desk, which has changed it or made its own."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from processor.rulebook import default
from processor.rulebook.read import read_text
from processor.rulebook.types import Cell, Row, Rulebook, Word


class Owner(StrEnum):
    """Whose a row is that is in force."""

    DEFAULT = "default"
    CHANGED = "changed"  # the default has a row of this id that says something else
    OWN = "own"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that a desk has otherwise than the default: taken out, changed, its own, or only moved.

    before: the default's row; None = the row is the desk's own. after: the desk's; None = it is taken out. stands_before:
    the id of the row below, if the place of the row is the desk's choice; None if it is not, or if no row is below.
    """

    table: str
    before: Row | None
    after: Row | None
    moved: bool
    stands_before: str | None

    @property
    def rule(self) -> str:
        row = self.after or self.before
        return row.id if row else ""


def default_of(book: Rulebook, words: Mapping[str, Word]) -> Rulebook:
    """The default on which these rules build; of rules that are complete by themselves, the newest.

    words: the facts that rules may use.
    """
    version = book.based_on or default.versions()[-1]
    text = f"based_on: {version}\n"
    released = hashlib.sha256(text.encode()).hexdigest()  # a default was proved before it was released
    return read_text(text, "rules.yaml", words, [released])


def tables(book: Rulebook) -> dict[str, tuple[Row, ...]]:
    """The rows of each table, in the order of rules.yaml."""
    return {
        "impossible": book.impossible,
        "decisions": book.decisions.rows,
        "fees": book.fees.rows,
        "penalties": book.penalties.table.rows,
    }


def owners(book: Rulebook, its_default: Rulebook) -> dict[str, Owner]:
    """The owner of each row in force, by its id."""
    theirs = {row.id: row for rows in tables(its_default).values() for row in rows}
    return {
        row.id: Owner.OWN if row.id not in theirs else Owner.DEFAULT if same(row, theirs[row.id]) else Owner.CHANGED
        for rows in tables(book).values()
        for row in rows
    }


def row_changes(book: Rulebook, its_default: Rulebook) -> tuple[RowChange, ...]:
    """All rows that differ, table by table, in the order of the desk; those that it has taken out come first."""
    theirs = tables(its_default)
    return tuple(change for name, rows in tables(book).items() for change in _of_table(name, theirs[name], rows))


def _of_table(table: str, before: tuple[Row, ...], after: tuple[Row, ...]) -> Iterator[RowChange]:
    theirs, own = ({row.id: row for row in rows} for rows in (before, after))
    yield from (RowChange(table, row, None, moved=False, stands_before=None) for row in before if row.id not in own)
    moved = _moved([row.id for row in before if row.id in own], [row.id for row in after if row.id in theirs])
    below = [*(row.id for row in after[1:]), None]
    for row, next_row in zip(after, below, strict=True):
        its = theirs.get(row.id)
        if its is None or row.id in moved:
            yield RowChange(table, its, row, moved=its is not None, stands_before=next_row)
        elif not same(row, its):
            yield RowChange(table, its, row, moved=False, stands_before=None)


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The rows of both orders that do not stand in the longest common run of blocks."""
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept: Iterable[str] = (name for at, _, size in blocks for name in before[at : at + size])
    return {*before} - {*kept}


def same(one: Row, other: Row) -> bool:
    """Do both say the same? The line on which a row stands does not count, nor the order of values in a condition."""
    return replace(one, line=0, when=_meant(one)) == replace(other, line=0, when=_meant(other))


def _meant(row: Row) -> dict[str, Cell]:
    return {word: replace(cell, written="") for word, cell in row.when.items()}

"""Finds by proof the situations that two rulebooks answer differently, whether or not an order was ever in one.

The tables are compared as they are in force on one day. Two rows answer alike if a seller has to do the same, by the
same day and with the same words to the buyer (`processor.rulebook.acts`). Whatever else stands otherwise in the two
rulebooks is named by `processor.rulebook.changes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from processor.rulebook.changes import Change
from processor.rulebook.cover import TooMuchWork
from processor.rulebook.parts import parts
from processor.rulebook.proof import told
from processor.rulebook.regions import Side, TwoTables
from processor.rulebook.types import Cell, Decision, Row, Rulebook, Situation, When, Word


@dataclass(frozen=True, slots=True)
class Difference:
    """Situations that one table answers by one row before and by one row after, and differently.

    before, after: the rows. In decisions one of them may be a row of `impossible`: there the order becomes a problem.
    In penalties one may be None: no points of this kind come.
    changes: what is different, by its name in rules.yaml, such as 조치.
    conditions: all situations that are possible and meet them are answered so. No word can be left out, and no value
    of a word added; if only a deadline by situation differs, the lines of 열린것 are told one by one. The words of the
    two rows stand first.
    example: the plainest of these situations. A word that is left out has its usual value.
    """

    table: str
    before: Row | None
    after: Row | None
    changes: tuple[Change, ...]
    conditions: When
    example: Situation

    @property
    def irreversible(self) -> bool:
        """Does it lead to an action that cannot be undone?"""
        return _is_irreversible(self.after)


@dataclass(frozen=True, slots=True)
class Differences:
    """All differences of two rulebooks on a day: those that lead to what cannot be undone first, then in the order of
    tables and rows.

    unfinished: the tables for which the proof took too much work, so that some of their differences are not listed.
    only_before, only_after: values of words that only one rulebook has. An order that has one of them by one rulebook
    has another value by the other, so situations with them are not compared.
    """

    found: tuple[Difference, ...]
    unfinished: tuple[str, ...]
    only_before: Mapping[str, tuple[str, ...]]
    only_after: Mapping[str, tuple[str, ...]]


def different(before: Rulebook, after: Rulebook, day: date) -> Differences:
    """Compares the answers of decisions, fees and penalties on that day."""
    only_before, only_after = _missing(after.words, before.words), _missing(before.words, after.words)
    one, other = before.on(day), after.on(day)
    lacking = [{name: Cell(frozenset(values))} for only in (only_before, only_after) for name, values in only.items()]
    impossible = [row.when for row in (*before.impossible, *after.impossible)]
    in_both = [row.when for row in before.impossible if row.when in [its.when for its in after.impossible]]
    sides: dict[str, tuple[Side, Side, list[When]]] = {
        "decisions": (_decisions(one), _decisions(other), in_both),
        "fees": (Side(one.fees.rows), Side(other.fees.rows), impossible),
        "penalties": (_penalties(one, day), _penalties(other, day), impossible),
    }
    found: list[Difference] = []
    unfinished: list[str] = []
    for table, (its_before, its_after, never) in sides.items():
        try:
            tables = TwoTables(_joined(before.words, after.words), its_before, its_after, [*never, *lacking], day)
            found.extend(_differences(table, tables))
        except TooMuchWork:
            unfinished.append(table)
    ordered = sorted(found, key=lambda difference: not difference.irreversible)
    return Differences(tuple(ordered), tuple(unfinished), only_before, only_after)


def _decisions(book: Rulebook) -> Side:
    """The impossible situations stand first, because an order in one of them is not decided."""
    return Side([*book.impossible, *book.decisions.rows], book.open_deadlines)


def _penalties(book: Rulebook, day: date) -> Side:
    """The rows that bring points on that day."""
    table = book.penalties.table.on(day)
    rows = [row for row in table.rows if row.points.on(day) is not None]
    return Side(rows, adds_up=True, once=table.unique)


def _missing(words: Mapping[str, Word], others: Mapping[str, Word]) -> dict[str, tuple[str, ...]]:
    """The values of the others that these words lack."""
    shared = {name: (word.possible, others[name].possible) for name, word in words.items() if name in others}
    found = {name: tuple(value for value in its if value not in own) for name, (own, its) in shared.items()}
    return {name: values for name, values in found.items() if values}


def _joined(words: Mapping[str, Word], others: Mapping[str, Word]) -> dict[str, Word]:
    """All words with all values that one of the rulebooks has."""
    more = _missing(words, others)
    joined = {**others, **words}
    return joined | {name: replace(words[name], values=(*(words[name].values or ()), *more[name])) for name in more}


def _differences(table: str, tables: TwoTables) -> Iterator[Difference]:
    """All differences of the tables, the most important first. Raises TooMuchWork."""
    for region in sorted(tables.regions(), key=lambda region: (not _is_irreversible(region.after), region.place)):
        own = dict.fromkeys(word for row in (region.before, region.after) if row for word in row.when)
        for box, point in parts(tables, region, own):
            said = tables.space.when(box)
            conditions = {word: said[word] for word in (*own, *said) if word in said}
            example = told(tables.space, box, point)
            yield Difference(table, region.before, region.after, region.changes, conditions, example)


def _is_irreversible(row: Row | None) -> bool:
    return isinstance(row, Decision) and row.action.irreversible

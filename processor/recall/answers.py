"""Weighs the seller's answers of today and before: which cells say something new, and which answers contradict others.

A workbook of ours shows the answers that its run knew. A cell with the same answer was not touched. A cell with another
answer was overwritten by a seller who saw the old one, so the new one replaces it. An answer contradicts another one
that its workbook did not show (an older copy of a workbook, a sheet written by hand, two answers at once), and the
seller is asked. Each run of a day weighs all answers of that day together, starting from those that held when the day
began. So the result does not depend on the number of drops in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, assert_never

from processor.model import (
    ANSWER_COLUMNS,
    CELL_OF,
    NOTHING,
    SETTLING,
    AnswerRow,
    Col,
    Contradiction,
    Past,
    PastOrder,
    RememberedAnswer,
    Text,
    Told,
    Weighing,
    standing,
)
from processor.model.recalled import CellKey
from processor.recall.cell_history import Cell, Words
from processor.rulebook.types import Rulebook

_NOW: Final = 2**62
"""The number of the present run in comparisons: greater than that of every earlier run."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The result of weighing, for every order of the batch and every remembered order."""

    now: Mapping[CellKey, RememberedAnswer]  # the answers that hold from this run on
    new: tuple[RememberedAnswer, ...]  # those of them that this run changed
    contradictions: Mapping[str, tuple[Contradiction, ...]]  # by 상품주문번호
    settled: frozenset[str]  # orders with a new answer of today that may change their decision
    rows: tuple[AnswerRow, ...]  # the rows with answers, without cells that only repeat what their workbook showed


def settle(rows: Iterable[AnswerRow], past: Past, book: Rulebook, as_of: datetime) -> Answers:
    rows = sorted(
        (_since_its_workbook(row, past) for row in standing(rows)),
        key=lambda row: (row.at, row.run or _NOW, row.place),
    )
    words = Words(book)
    cells = _cells(rows, past, as_of)
    new: list[RememberedAnswer] = []
    contradictions: dict[str, tuple[Contradiction, ...]] = {}
    for cell in cells.values():
        answer, contradiction = _weighed(cell, past, words)
        if answer is not None:
            new.append(answer)
        if contradiction is not None:
            order = cell.key[0]
            contradictions[order] = (*contradictions.get(order, ()), contradiction)
    new += [
        RememberedAnswer(answer.product_order_no, Col.SELLER_REASON, value="", run=0, at=answer.at)
        for answer in new
        if answer.cell == Col.TRUE_REASON and answer.value and _takes_the_stated_place(cells, answer, past, words)
    ]
    now = {key: cell.before for key, cell in cells.items() if cell.before.run}
    return Answers(
        now | {(answer.product_order_no, answer.cell): answer for answer in new},
        tuple(new),
        contradictions,
        frozenset(answer.product_order_no for answer in new if answer.cell in SETTLING),
        tuple(_saying_something(rows, cells, past, words)),
    )


def _since_its_workbook(row: AnswerRow, past: Past) -> AnswerRow:
    """The row with a time not before its workbook's run, whatever time its file has: an answer cannot be older."""
    run = past.runs.get(row.workbook or "")
    return row if run is None else row._replace(at=max(row.at, run.as_of))


def _takes_the_stated_place(cells: Mapping[CellKey, Cell], answer: RememberedAnswer, past: Past, words: Words) -> bool:
    """Whether 실제사유 was filled in a workbook that asked for it: answers differed, or the stated reason was none.

    Then it replaces an earlier 판매취소사유, which has no cell in the workbook and so could not be changed there.
    """
    stated, own = cells.get((answer.product_order_no, Col.SELLER_REASON)), cells[answer.product_order_no, answer.cell]
    if stated is None:
        return False
    runs = [
        run
        for *_, run in own.touched(past, words)
        if ((shown := own.held_at(run)) is not None and shown.asked) or not words.is_reason(stated.shown(run))
    ]
    if not runs:
        return False
    known = [value for row, value in stated.entries if value and 0 < row.run <= max(runs)]
    later = [value for row, value in stated.entries if value and not 0 < row.run <= max(runs)]
    return bool(known or stated.before.value) and not later


def _cells(rows: Iterable[AnswerRow], past: Past, as_of: datetime) -> dict[CellKey, Cell]:
    today = frozenset(run.number for run in past.runs.values() if run.as_of.date() == as_of.date())
    history: dict[CellKey, list[RememberedAnswer]] = {}
    for answer in past.answers:
        history.setdefault((answer.product_order_no, answer.cell), []).append(answer)
    cells = {key: Cell(key, entries, today) for key, entries in history.items()}
    for row in rows:
        for role in ANSWER_COLUMNS:
            if (value := row.cells[role]) is not None:
                key = (row.product_order_no, role)
                cells.setdefault(key, Cell(key, (), today)).entries.append((row, value))
    return cells


def _saying_something(
    rows: Iterable[AnswerRow], cells: Mapping[CellKey, Cell], past: Past, words: Words
) -> Iterator[AnswerRow]:
    """The rows with only those cells that say something: hand-written, or different from what their workbook showed."""
    for row in rows:
        run = past.runs.get(row.workbook or "")
        spoken = {
            role: value
            for role, value in row.cells.items()
            if value is not None
            and _speaks(role, value, "" if run is None else cells[row.product_order_no, role].shown(run.number), words)
        }
        if spoken or row.action:
            yield row._replace(cells=dict.fromkeys(ANSWER_COLUMNS) | spoken)


def _speaks(role: str, value: str, shown: str, words: Words) -> bool:
    return words.of(role, value) != words.of(role, shown)


def _weighed(cell: Cell, past: Past, words: Words) -> tuple[RememberedAnswer | None, Contradiction | None]:
    """The new answer of the cell, if any, and the answers that contradict each other, if any."""
    weighing = CELL_OF[cell.key[1]].weighing
    match weighing:
        case Weighing.SETTLES:
            return _settling(cell, past, words)
        case Weighing.NOTE:
            return _memo(cell, past, words)
        case Weighing.RESULT:
            return _result(cell, past, words)
        case _:
            assert_never(weighing)


def _settling(cell: Cell, past: Past, words: Words) -> tuple[RememberedAnswer | None, Contradiction | None]:
    """The same for a cell whose answer can change a decision."""
    role = cell.key[1]
    way = CELL_OF[role].way
    before = words.of(role, cell.before.value)
    fresh = sorted(_fresh(cell, past, words), key=lambda entry: entry[0].at)
    if not fresh:
        return None, Contradiction(role, ()) if cell.before.asked else None
    value = fresh[-1][1]
    agreed = len({words.of(role, said) for _, said, _ in fresh}) == 1 and all(over for *_, over in fresh)
    agreed |= bool(way) and _moved_on(cell, fresh, words)
    back = bool(way) and value == "" and before not in ("", way[0])
    at = fresh[-1][0].at
    if agreed and not back:
        return RememberedAnswer(*cell.key, value=value, run=0, at=at), None
    return RememberedAnswer(*cell.key, value="", run=0, asked=True, at=at), _contradiction(cell, fresh, past, words)


def _fresh(cell: Cell, past: Past, words: Words) -> Iterator[tuple[AnswerRow, str, bool]]:
    """The new entries: row, value, and whether the seller wrote it in view of the answer that holds."""
    role, before = cell.key[1], cell.before
    for row, value in cell.alive(past, words):
        word = words.of(role, value)
        workbook = past.runs.get(row.workbook or "")
        if workbook is not None:
            untouched = word == words.of(role, cell.shown(workbook.number))
            known = word == words.of(role, before.value) and not before.asked
            if not (untouched or known):
                yield row, value, before.run <= workbook.number
        elif word and (word != words.of(role, before.value) or before.asked):
            yield row, value, not before.value and not before.asked


def _moved_on(cell: Cell, fresh: Sequence[tuple[AnswerRow, str, bool]], words: Words) -> bool:
    """Whether the answers follow the usual way (미포장 → 포장 → 집화) in the order in which they were written."""
    role = cell.key[1]
    way = CELL_OF[role].way
    new = [words.of(role, value) for _, value, _ in fresh]
    erased = "" in new
    passed = [word for word in (words.of(role, cell.before.value), *new) if word or erased]
    if cell.before.asked or any(word not in way for word in passed):
        return False
    stations = [way.index(word) for word in passed]
    at_once = any(
        one.at == other.at and here != there and not _saved_again(one, other)
        for (one, *_), (other, *_), here, there in zip(fresh, fresh[1:], new, new[1:], strict=False)
    )
    return stations == sorted(stations) and not at_once


def _saved_again(one: AnswerRow, other: AnswerRow) -> bool:
    """Whether both rows are of one workbook that two runs read: it was filled further in between."""
    return one.workbook is not None and one.workbook == other.workbook and one.run != other.run


def _contradiction(cell: Cell, fresh: Sequence[tuple[AnswerRow, str, bool]], past: Past, words: Words) -> Contradiction:
    role, before = cell.key[1], cell.before
    moments = {run.number: run.as_of for run in past.runs.values()}

    def said(value: str) -> Text:
        return words.in_both_languages(role, value) if value else NOTHING

    held = [Told(said(before.value), before.at or moments.get(before.run), None)] if before.value else []
    return Contradiction(role, (*held, *(Told(said(value), row.at, row.place) for row, value, _ in fresh)))


def _memo(cell: Cell, past: Past, words: Words) -> tuple[RememberedAnswer | None, None]:
    """The same for a free note of the seller: it decides nothing, so the last one counts."""
    fresh = [(row, value) for row, value, over in _fresh(cell, past, words) if over or row.workbook is None]
    return (RememberedAnswer(*cell.key, value=fresh[-1][1], run=0, at=fresh[-1][0].at) if fresh else None), None


def _result(cell: Cell, past: Past, words: Words) -> tuple[RememberedAnswer | None, None]:
    """The same for 처리결과: it is about the action in its own workbook, else about the last one before it was written."""
    order = cell.key[0]
    last = max(
        (known.loc[[order], PastOrder.RUN].tolist()[0] for known in (past.orders, past.latest) if order in known.index),
        default=0,
    )
    found = [(_about(row, last, past), row.at, value) for row, value in cell.entries if value]
    if not found:
        return None, None
    about, at, value = max(found)
    before = cell.before
    if (before.value, before.about) == (value, about):
        return None, None
    return RememberedAnswer(*cell.key, value=value, run=0, about=about, at=at), None


def _about(row: AnswerRow, last: int, past: Past) -> int:
    if row.workbook in past.runs:
        return past.runs[row.workbook].number
    return min(last, row.run - 1) if row.run else last

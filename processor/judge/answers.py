"""What the seller has answered, now and before: which cells say something new, and where answers contradict each other.

A workbook of ours shows the answers of its own run. A cell that still says that was not touched; one that says something
else was written over in full view of the old answer, and counts. But an answer that meets another one which it did not
show (an older copy of a workbook, a sheet written by hand, two at once) is a contradiction: it is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from processor.judge.claims import space_free
from processor.model import ANSWER_COLUMNS, HEADERS, UNKNOWN, Col, Given, Kept, Past, Text, Told
from processor.rulebook.reasons import causes
from processor.rulebook.types import Rulebook

Key = tuple[str, str]
"""상품주문번호 and a name of ANSWER_COLUMNS."""

_NAMES: Final = {
    Col.HANDOVER: "출고상태",
    Col.CONSENT: "구매자동의",
    Col.TRUE_REASON: "실제사유",
    Col.SELLER_REASON: "판매취소사유",
}
_FACTS: Final = {
    Col.HANDOVER: "출고",
    Col.CONSENT: "동의",
    Col.TRUE_REASON: "실제사유",
    Col.SELLER_REASON: "사유",
}
"""The words of the rules that the answers speak of."""
_ON_ITS_WAY: Final = ("미포장", "포장", "집화")
"""A parcel goes this way by itself; the other way is a contradiction."""
_SETTLING: Final = tuple(_NAMES)


@dataclass(frozen=True, slots=True)
class Answers:
    """The outcome, for every order of the batch and every remembered one."""

    now: Mapping[Key, Given]  # what holds from this run on
    new: tuple[Given, ...]  # what this run was told
    notes: Mapping[str, Text]  # 상품주문번호 → the answers that contradict each other
    settled: frozenset[str]  # orders about which something new was told that may settle them


@dataclass(slots=True)
class _Cell:
    """One cell of one order: what was remembered, and what the inputs say."""

    key: Key
    history: Sequence[Given]
    told: list[tuple[Told, str]] = field(default_factory=list)

    @property
    def before(self) -> Given:
        return self.history[-1] if self.history else Given(*self.key, value="", run=0)

    def shown(self, run: int) -> str:
        """What the workbook of that run had in this cell."""
        given = next((given for given in reversed(self.history) if given.run <= run), None)
        return "" if given is None or given.asked else given.value


def settle(told: Iterable[Told], past: Past, book: Rulebook) -> Answers:
    cells = _cells(told, past)
    words = _Words(book)
    new: list[Given] = []
    notes: dict[str, list[Text]] = {}
    for cell in cells.values():
        given, note = _RULES[cell.key[1]](cell, past, words)
        if given is not None:
            new.append(given)
        if note is not None:
            notes.setdefault(cell.key[0], []).append(note)
    new += [
        Given(given.product_order_no, Col.SELLER_REASON, value="", run=0)
        for given in new
        if given.cell == Col.TRUE_REASON and given.value and _has_a_stated_reason(cells, given)
    ]
    now = {key: cell.history[-1] for key, cell in cells.items() if cell.history}
    return Answers(
        now | {(given.product_order_no, given.cell): given for given in new},
        tuple(new),
        {order: Text(*(" · ".join(part) for part in zip(*said, strict=True))) for order, said in notes.items()},
        frozenset(given.product_order_no for given in new if given.cell in _SETTLING),
    )


def _has_a_stated_reason(cells: Mapping[Key, _Cell], given: Given) -> bool:
    """Was 실제사유 filled where it was asked? Then it takes the place of 판매취소사유, which has no cell in the workbook."""
    stated = cells.get((given.product_order_no, Col.SELLER_REASON))
    asked = cells[given.product_order_no, given.cell].before.asked
    return asked and stated is not None and bool(stated.before.value) and not stated.told


def _cells(told: Iterable[Told], past: Past) -> dict[Key, _Cell]:
    history: dict[Key, list[Given]] = {}
    for given in past.answers:
        history.setdefault((given.product_order_no, given.cell), []).append(given)
    cells = {key: _Cell(key, entries) for key, entries in history.items()}
    for row in told:
        for role in ANSWER_COLUMNS:
            if (value := row.cells[role]) is not None:
                key = (row.product_order_no, role)
                cells.setdefault(key, _Cell(key, ())).told.append((row, value))
    return cells


class _Words:
    """Which spellings say the same."""

    def __init__(self, book: Rulebook) -> None:
        states = book.exports.states
        self._known = {
            Col.HANDOVER: space_free(states[Col.HANDOVER]),
            Col.CONSENT: space_free(states[Col.CONSENT]),
            Col.TRUE_REASON: causes(book.reasons),
        }
        self._facts = {cell: book.words[word] for cell, word in _FACTS.items()}

    def said(self, cell: str, value: str) -> Text:
        """An answer as it was given, and its word in English."""
        return Text(value, self._facts[cell].named(self.of(cell, value)).en)

    def of(self, cell: str, value: str) -> str:
        word = self._known.get(cell, {}).get("".join(value.split()), value)
        return "" if word == UNKNOWN else word


def _settling(cell: _Cell, past: Past, words: _Words) -> tuple[Given | None, Text | None]:
    """A cell on which decisions hang."""
    role = cell.key[1]
    before = words.of(role, cell.before.value)
    fresh = sorted(_fresh(cell, past, words), key=lambda entry: entry[0].at)
    if not fresh:
        return None, _still_asked(cell) if cell.before.asked else None
    value = fresh[-1][1]
    agreed = len({words.of(role, said) for _, said, _ in fresh}) == 1 and all(over for *_, over in fresh)
    agreed |= role == Col.HANDOVER and _moved_on(cell, fresh, words)
    unpacked = role == Col.HANDOVER and value == "" and before not in ("", _ON_ITS_WAY[0])
    if agreed and not unpacked:
        return Given(*cell.key, value=value, run=0), None
    return Given(*cell.key, value="", run=0, asked=True), _contradiction(cell, fresh, words)


def _fresh(cell: _Cell, past: Past, words: _Words) -> Iterator[tuple[Told, str, bool]]:
    """Each entry that says something new, and whether it was written over the answer that holds."""
    role, before = cell.key[1], cell.before
    for row, value in cell.told:
        said = words.of(role, value)
        workbook = past.runs.get(row.workbook or "")
        if workbook is not None:
            untouched = said == words.of(role, cell.shown(workbook.number))
            known = said == words.of(role, before.value) and not before.asked
            if not (untouched or known):
                yield row, value, before.run <= workbook.number
        elif said and (said != words.of(role, before.value) or before.asked):
            yield row, value, not before.value and not before.asked


def _moved_on(cell: _Cell, fresh: Sequence[tuple[Told, str, bool]], words: _Words) -> bool:
    """The parcel has gone its way from the answer before to the latest, each later than the one before it."""
    told = [words.of(Col.HANDOVER, said) for _, said, _ in fresh]
    way = [word for word in (words.of(Col.HANDOVER, cell.before.value), *told) if word or word in told]
    if cell.before.asked or any(word not in _ON_ITS_WAY for word in way):
        return False
    stations = [_ON_ITS_WAY.index(word) for word in way]
    at_once = any(
        one.at == other.at and here != there
        for (one, *_), (other, *_), here, there in zip(fresh, fresh[1:], told, told[1:], strict=False)
    )
    return stations == sorted(stations) and not at_once


def _contradiction(cell: _Cell, fresh: Sequence[tuple[Told, str, bool]], words: _Words) -> Text:
    role = cell.key[1]
    name, before = _NAMES[role], words.said(role, cell.before.value)
    ko = [f"전에 적으신 '{before.ko}'"] if before.ko else []
    en = [f"'{before.en}' told before"] if before.ko else []
    for row, value, _ in fresh:
        file, sheet, number = row.place
        said = Text(*(f"'{word}'" for word in words.said(role, value))) if value else Text("지워짐", "erased")
        ko.append(f"{said.ko} ({file} › {sheet} › {number}행)")
        en.append(f"{said.en} ({file} › {sheet} › row {number})")
    return Text(f"{name}: {' ↔ '.join(ko)}", f"{HEADERS[name]}: {' ↔ '.join(en)}")


def _still_asked(cell: _Cell) -> Text:
    name = _NAMES[cell.key[1]]
    return Text(
        f"{name}: 엇갈린 답 가운데 맞는 것을 기다립니다",
        f"{HEADERS[name]}: still waiting for the right one of several answers",
    )


def _memo(cell: _Cell, past: Past, words: _Words) -> tuple[Given | None, Text | None]:
    """A note of the seller's own: it decides nothing, so the last one stands."""
    fresh = [value for row, value, over in _fresh(cell, past, words) if over or row.workbook is None]
    return (Given(*cell.key, value=fresh[-1], run=0) if fresh else None), None


def _result(cell: _Cell, past: Past, words: _Words) -> tuple[Given | None, Text | None]:
    """What was clicked: it tells of the action in the workbook that it stands in, else of the last one."""
    order = cell.key[0]
    last = past.orders.loc[[order], Kept.RUN].tolist()[0] if order in past.orders.index else 0
    found = [
        (past.runs[row.workbook].number if row.workbook in past.runs else last, value)
        for row, value in cell.told
        if value
    ]
    if not found:
        return None, None
    about, value = max(found, key=lambda pair: pair[0])
    before = cell.before
    if (before.value, before.about) == (value, about):
        return None, None
    return Given(*cell.key, value=value, run=0, about=about), None


_RULES: Final = {
    Col.HANDOVER: _settling,
    Col.CONSENT: _settling,
    Col.TRUE_REASON: _settling,
    Col.SELLER_REASON: _settling,
    Col.MEMO: _memo,
    Col.RESULT: _result,
}

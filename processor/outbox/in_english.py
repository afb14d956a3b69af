"""The sheets in English: the names that are Korean in the code, put into English in one pass over the finished sheets.

The sentences are English already; inside 〈〉 they name sheets and columns. What came from a file stays as it came: a
cell is only touched where its column is named here, and then only if it says one of our own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from processor.model import HEADERS, RESULTS, SHEETS
from processor.outbox.sheet import Block, Chart, Charts, Column, Line, Look, Sheet, Table, Tally, Term, Value
from processor.rulebook.types import Word

Say = Callable[[str], str]
"""What a column says → the same in English."""

_FACTS: Final = {
    "주문상태": "주문상태",
    "귀책": "귀책",
    "배송비 유형": "배송비",
    "출고상태": "출고",
    "구매자동의": "동의",
}
"""Columns that hold values of a word of the rules."""
_REASONS: Final = {"실제사유": "실제사유", "판매취소사유": "사유"}
"""The same for reasons, which are spelled as rules.yaml spells them."""
_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "할 일 (급한 것부터)": SHEETS,
    "어느 시트": SHEETS,
    "조치": SHEETS,
    "처리결과": RESULTS,
    "파일": {"지난 실행의 기억": "What earlier runs left"},
}
_SENTENCES: Final = frozenset(
    {
        "사유", "이유", "왜 다른 조치가 아닌가", "배송비 부담", "패널티", "되돌리기", "화면 순서", "출처", "오늘의 합계",
        "모르는 것과 알려 주는 방법", "종류", "덧붙임", "항목", "단계", "지금", "무엇이 막히나", "무엇을", "원인", "어떤 점수",
        "사건", "막는 길", "많으면", "구간", "부담", "근거", "확실도", "부담하는 쪽", "맞추기", "표", "무엇이 문제인가", "어떻게 하나",
    }
)  # fmt: skip  # columns that are written in our own words
_REFERENCE: Final = re.compile("〈([^〉]*)〉")
_BEGINNING: Final = re.compile(r"(?:^|\n)(?:\d+\. )?[a-z]")
_FILTER_BUTTON: Final = 4
_ROOMY: Final = 20  # English takes more room than Korean, and may wrap


def in_english(sheets: Iterable[Sheet], words: Mapping[str, Word]) -> tuple[Sheet, ...]:
    """`words`: those of the rules, whose values stand in some of the columns."""
    says = _says(words)
    return tuple(
        replace(
            sheet, name=SHEETS.get(sheet.name, sheet.name), blocks=tuple(_block(block, says) for block in sheet.blocks)
        )
        for sheet in sheets
    )


def _says(words: Mapping[str, Word]) -> dict[str, Say]:
    """For each column that holds words of ours what becomes of them."""

    def named(names: Mapping[str, str]) -> Say:
        return lambda text: names.get(text, text)

    def valued(word: str, shown: Say) -> Say:
        return lambda text: shown(words[word].named(text).en) if text in words[word].possible else text

    return {
        **dict.fromkeys(_SENTENCES, _sentence),
        **{header: named(names) for header, names in _NAMES.items()},
        **{header: valued(word, _capital) for header, word in _FACTS.items()},
        **{header: valued(word, str) for header, word in _REASONS.items()},
    }


def _sentence(text: str) -> str:
    return _capital(_referring(text))


def _capital(text: str) -> str:
    """Each line of a cell begins with a capital letter, behind its number if it has one."""
    return _BEGINNING.sub(lambda found: found[0].upper(), text)


def _referring(text: str) -> str:
    """A name inside 〈〉 is that of a sheet or of a column."""
    return _REFERENCE.sub(lambda found: f"〈{SHEETS.get(found[1]) or HEADERS.get(found[1], found[1])}〉", text)


def _block(block: Block, says: Mapping[str, Say]) -> Block:
    match block:
        case Line():
            return replace(block, text=_referring(block.text), link=SHEETS.get(block.link, block.link))
        case Table():
            return _table(block, says)
        case Charts():
            return Charts(tuple(map(_chart, block.charts)))


def _chart(chart: Chart) -> Chart:
    return replace(
        chart,
        category=_header(chart.category),
        columns=tuple(map(_header, chart.columns)),
        lines=tuple(map(_header, chart.lines)),
    )


def _header(name: str) -> str:
    return HEADERS.get(name, name)


def _table(table: Table, says: Mapping[str, Say]) -> Table:
    def said(header: str, text: str) -> str:
        return says.get(header, str)(text)

    return replace(
        table,
        columns=(
            *(_column(column, says) for column in table.columns[:-1]),
            _column(table.columns[-1], says, last=True),
        ),
        cells=tuple(
            _cells(cells, says.get(column.header), says)
            for column, cells in zip(table.columns, table.cells, strict=True)
        ),
        totals=tuple(map(_header, table.totals)),
        total_name="Total",
        part_total_name="Total of this sheet",
        marks={_header(header): marks for header, marks in table.marks.items()},
        done=table.done and (_header(table.done[0]), said(*table.done)),
        blocks=table.blocks and _header(table.blocks),
    )


def _column(column: Column, says: Mapping[str, Say], *, last: bool = False) -> Column:
    """Words that are longer in English wrap, and the longest one of them still fits; in the last column nothing cuts them."""
    header, say = _header(column.header), says.get(column.header)
    look = _look(column.look, wraps=say is not None and not last)
    choices = tuple(map(say, column.choices)) if say else column.choices
    room = max([len(word) + _FILTER_BUTTON for word in header.split()] + [len(choice) + 2 for choice in choices])
    return replace(
        column,
        header=header,
        look=look,
        narrow=max(column.narrow, room),
        wide=max(column.wide, room, _ROOMY if look is not column.look is Look.TEXT else 0),
        choices=choices,
        hint=_referring(column.hint),
    )


def _look(look: Look, *, wraps: bool) -> Look:
    match look:
        case Look.WON:
            return Look.KRW
        case Look.TEXT if wraps:
            return Look.LONG
        case _:
            return look


def _cells(cells: Sequence[Value], say: Say | None, says: Mapping[str, Say]) -> list[Value]:
    """Each text once, however often it stands there."""
    known = {text: say(text) for text in set(cells) if isinstance(text, str)} if say else {}

    def cell(value: Value) -> Value:
        if isinstance(value, Tally):
            return Tally(int(value), *(_term(term, says) for term in value.terms))
        return known.get(value, value) if isinstance(value, str) else value

    return list(map(cell, cells))


def _term(term: Term, says: Mapping[str, Say]) -> Term:
    """What a formula looks for is what the cells of that column say now."""

    def met(header: str, wanted: str) -> tuple[str, str]:
        sign = "<>" if wanted.startswith("<>") else ""
        return _header(header), sign + says.get(header, str)(wanted.removeprefix(sign))

    return replace(term, column=_header(term.column), where=tuple(met(*one) for one in term.where))

"""One opened file: which of its sheets are exports, with their rows; which are not; and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from processor.intake.container import refused
from processor.intake.layout import Layout
from processor.intake.problems import problem
from processor.intake.recognise import SEARCHED_ROWS, recognise
from processor.intake.rows import rows
from processor.intake.sheet import Book, ExportSheet
from processor.model import SHEETS, Action, Kind, Place, Problem, SheetCount, Text
from processor.opener.reply import Refusal

_OWN_SHEETS = frozenset({"요약", "패널티", "비용부담", "규칙", "입력파일"})
"""A workbook with all of these, in one language, is one of ours that came back: only its action sheets hold answers."""
_PROBLEM_LISTS = frozenset({"문제목록", "Problems"})
"""The sheet that a correction copy has in front, in either language."""

_OUR_OWN = Text("이 프로그램이 만든 시트라서 읽지 않았습니다.", "Made by this program, so it was not read.")
_NO_ORDERS = Text(
    "상품주문번호 열이 없어 읽지 않았습니다.",
    "It has no column 상품주문번호 (or Product order no.), so it was not read.",
)


@dataclass(frozen=True, eq=False)
class Examined:
    """The outcome of one file."""

    sheets: list[ExportSheet] = field(default_factory=list)
    tables: list[pd.DataFrame] = field(default_factory=list)  # one for each of `sheets`
    skipped: list[SheetCount] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def examine(book: Book, layout: Layout) -> Examined:
    """Read every sheet of a file; one that the file as a whole was lost over gives nothing but that problem."""
    done = Examined()
    returned = any(own <= set(book.names) for own in (_OWN_SHEETS, {SHEETS[name] for name in _OWN_SHEETS}))
    for name in book.names:
        refusal = _sheet(name, book, returned, layout, done)
        if refusal is not None and not refusal.sheet:
            return Examined(problems=[refused(refusal, book.file)])
        if refusal is not None:
            _refuse(refused(refusal, book.file), done)
    if not done.sheets and not done.problems:
        done.problems.append(problem("unknown_export", Place(book.file)))
    elif done.sheets and all(table.empty for table in done.tables) and not done.problems:
        done.problems.append(problem("no_rows", Place(book.file)))
    return done


def _sheet(name: str, book: Book, returned: bool, layout: Layout, done: Examined) -> Refusal | None:
    place = Place(book.file, name)
    if name in _PROBLEM_LISTS or (returned and Action.of_sheet(name) is None):
        done.skipped.append(SheetCount(*place[:2], kind=None, note=_OUR_OWN))
        return None
    first = book.opener.head(name, SEARCHED_ROWS)
    if isinstance(first, Refusal):
        return first
    found = recognise(first, place, layout)
    if isinstance(found, Problem):
        _refuse(found, done)
    elif found is None or (returned and found.kind is not Kind.ANSWERS):
        done.skipped.append(SheetCount(*place[:2], kind=None, note=_OUR_OWN if returned else _NO_ORDERS))
    else:
        below = book.opener.columns(name, found.header_row + 1, [*found.places.values()])
        if isinstance(below, Refusal):
            return below
        export = ExportSheet(book.file, name, book.taken_at, found, book.typed)
        told = rows(export, below, layout)
        done.sheets.append(replace(export, not_orders=told.not_orders))
        done.tables.append(told.table)
    return None


def _refuse(found: Problem, done: Examined) -> None:
    done.problems.append(found)
    done.skipped.append(SheetCount(found.place.file, found.place.sheet, kind=None, note=found.message))

"""One opened file: which of its sheets are exports, with their rows; which are not; and what is wrong with it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import chain, islice

import pandas as pd

from processor.intake.layout import Layout
from processor.intake.problems import problem
from processor.intake.recognise import SEARCHED_ROWS, recognise
from processor.intake.rows import rows
from processor.intake.sheet import Book, ExportSheet, Sheet
from processor.model import SHEETS, Action, Kind, Place, Problem, SheetCount, Text

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


def examine(book: Book, layout: Layout, seconds: int) -> Examined:
    """Read every sheet of a file; one that takes too long gives nothing but the problem."""
    done = Examined()
    began = time.monotonic()
    returned = any(own <= set(book.names) for own in (_OWN_SHEETS, {SHEETS[name] for name in _OWN_SHEETS}))
    for sheet in book.sheets:
        _sheet(sheet, book, returned, layout, done)
        if time.monotonic() - began > seconds:
            return Examined(problems=[problem("file_too_slow", Place(book.file), n=seconds)])
    if not done.sheets and not done.problems:
        done.problems.append(problem("unknown_export", Place(book.file)))
    elif done.sheets and all(table.empty for table in done.tables) and not done.problems:
        done.problems.append(problem("no_rows", Place(book.file)))
    return done


def _sheet(sheet: Sheet | Problem, book: Book, returned: bool, layout: Layout, done: Examined) -> None:
    if isinstance(sheet, Problem):
        _refuse(sheet, done)
        return
    place = Place(book.file, sheet.name)
    if sheet.name in _PROBLEM_LISTS or (returned and Action.of_sheet(sheet.name) is None):
        done.skipped.append(SheetCount(*place[:2], kind=None, note=_OUR_OWN))
        return
    first = list(islice(sheet.rows, SEARCHED_ROWS))
    found = recognise(first, place, layout)
    if isinstance(found, Problem):
        _refuse(found, done)
    elif found is None or (returned and found.kind is not Kind.ANSWERS):
        done.skipped.append(SheetCount(*place[:2], kind=None, note=_OUR_OWN if returned else _NO_ORDERS))
    else:
        export = ExportSheet(book.file, sheet.name, book.taken_at, found, book.typed)
        done.sheets.append(export)
        done.tables.append(rows(export, chain(first[found.header_row + 1 :], sheet.rows), layout))


def _refuse(found: Problem, done: Examined) -> None:
    done.problems.append(found)
    done.skipped.append(SheetCount(found.place.file, found.place.sheet, kind=None, note=found.message))

"""Reads every sheet of one opened file: rows of exports, sheets that are not exports, and problems."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from processor.intake import cells
from processor.intake.contents import refused
from processor.intake.layout import Layout
from processor.intake.problems import problem
from processor.intake.recognise import Recognised, header_of, lacking, recognise, without_key
from processor.intake.rows import rows
from processor.intake.sheet import Book, ExportSheet
from processor.model import Action, Holds, InputSheet, Place, Problem, Text
from processor.opener.reply import Refusal

_PROBLEM_LISTS = frozenset({"문제목록", "Problems"})
"""The name of the first sheet of a correction copy, in Korean and in English."""

_MOST_TABLES = 100
"""The largest number of tables, one below another, that are read from one sheet.

Each costs one more pass over the sheet.
"""
_OUR_OWN = Text("이 프로그램이 만든 시트라서 읽지 않았습니다.", "Made by this program, so it was not read.")
_NO_ORDERS = Text(
    "상품주문번호 열이 없어 읽지 않았습니다.",
    "It has no column 상품주문번호 (or Product order no.), so it was not read.",
)


@dataclass(frozen=True, eq=False)
class Examined:
    """What was read of one file, and its problems."""

    sheets: list[ExportSheet] = field(default_factory=list)
    tables: list[pd.DataFrame] = field(default_factory=list)  # the rows of each of `sheets`
    skipped: list[InputSheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # order numbers in tables that were refused


def examine(book: Book, layout: Layout) -> Examined:
    """Reads every sheet of a file. If one sheet makes the whole file unreadable, the result is that one problem."""
    done = Examined()
    for name in book.names:
        refusal = _sheet(name, book, layout, done)
        if refusal is not None and not refusal.sheet:
            return Examined(problems=[refused(refusal, book.file)])
        if refusal is not None:
            _refuse(refused(refusal, book.file), done)
    if not done.sheets and not done.problems:
        done.problems.append(_unknown(book, layout))
    elif done.sheets and all(table.empty for table in done.tables) and not done.problems:
        done.problems.append(problem("no_rows", Place(book.file)))
    return done


def is_our_own(name: str, book: Book) -> bool:
    """Is it a sheet of a correction copy or a returned workbook in which the seller answers nothing?"""
    return name in _PROBLEM_LISTS or (book.returned and Action.of_sheet(name) is None)


def _sheet(name: str, book: Book, layout: Layout, done: Examined) -> Refusal | None:
    place, returned = Place(book.file, name), book.returned
    if is_our_own(name, book):
        done.skipped.append(InputSheet(*place[:2], kind=None, note=_OUR_OWN))
        return None
    first = book.opener.head(name, book.searched_rows)
    if isinstance(first, Refusal):
        return first
    found = recognise(first, place, layout)
    if isinstance(found, Problem):
        _refuse(found, done)
    elif found is None or (returned and found.kind.holds is not Holds.ANSWERS):
        done.skipped.append(InputSheet(*place[:2], kind=None, note=_OUR_OWN if returned else _NO_ORDERS))
    else:
        return _tables(ExportSheet(book.file, name, book.taken_at, found, book.typed), book, layout, done)
    return None


def _unknown(book: Book, layout: Layout) -> Problem:
    """The problem of a file without a known sheet: the missing 상품주문번호, if a sheet lacks nothing else, or that it is unknown."""
    for name in book.names:
        rows = [] if is_our_own(name, book) else book.opener.head(name, book.searched_rows)
        for row in () if isinstance(rows, Refusal) else rows:
            if (found := without_key(frozenset(map(header_of, row)), name, layout)) is not None:
                return lacking(*found, Place(book.file, name))
    return problem("unknown_export", Place(book.file))


def _tables(sheet: ExportSheet, book: Book, layout: Layout, done: Examined) -> Refusal | None:
    """Reads the table of a sheet and any tables below it.

    A further table of the same screen may have other columns, or another order of them. A table of another screen is
    refused together with all tables below it.
    """
    for further in range(1, _MOST_TABLES + 1):
        found = sheet.found
        positions = [*found.columns.values()]
        below = book.opener.columns(sheet.name, found.header_row + 1, positions, layout.headers(found.key))
        if isinstance(below, Refusal):
            return below
        read = rows(sheet, below, layout)
        done.sheets.append(replace(sheet, not_orders=read.not_orders, cut=below.cut))
        done.tables.append(read.table)
        if below.header is None:
            return None
        another = _further(sheet, below.header, book, layout) if further < _MOST_TABLES else None
        if isinstance(another, Refusal):
            return another
        if another is None:
            _refuse(problem("second_table", sheet.place(below.header + 1)), done)
            return _named_below(sheet, below.header, book, done)
        sheet = replace(sheet, found=another)
    return None


def _further(sheet: ExportSheet, row: int, book: Book, layout: Layout) -> Recognised | Refusal | None:
    """The table whose headers are in this row (counted from 0); None if it is not a table of the same screen."""
    header = book.opener.rows(sheet.name, [row + 1])
    if isinstance(header, Refusal):
        return header
    found = recognise([header.get(row + 1, ())], sheet.place(), layout)
    return replace(found, header_row=row) if isinstance(found, Recognised) and found.kind is sheet.kind else None


def _named_below(sheet: ExportSheet, row: int, book: Book, done: Examined) -> Refusal | None:
    """Adds every order number in a refused table to `unread`, so that these orders are not decided."""
    numbers = book.opener.numbers(sheet.name, row + 1)
    if isinstance(numbers, Refusal):
        return numbers
    done.unread.update(number for number in numbers if isinstance(cells.order_no(number), str))
    return None


def _refuse(found: Problem, done: Examined) -> None:
    done.problems.append(found)
    done.skipped.append(InputSheet(found.place.file, found.place.sheet, kind=None, note=found.message))

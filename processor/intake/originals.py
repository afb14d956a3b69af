"""Reads the files with unusable rows once more, so that correction copies can be made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from processor.intake import cells
from processor.intake.contents import Content, again, opened
from processor.intake.layout import Layout, layout
from processor.intake.recognise import SEARCHED_ROWS, Recognised, recognise
from processor.intake.sheet import Book
from processor.model import Batch, Col, Original, OriginalSheet, Place, Problem, space_free
from processor.opener.passwords import Passwords
from processor.opener.process import Opener, Opening
from processor.opener.reply import Lacking, RawCell, Refusal, Unfinished
from processor.rulebook.types import Rulebook

CORRECTED_ROWS: Final = 1_000
"""The most bad rows of one sheet in a correction copy. With more of them the seller should download the file again."""
_NO_VALUE: Final = "#N/A"


def with_bad_rows(batch: Batch) -> list[str]:
    """The names of the files that have unusable rows."""
    bad = {problem.place.file for problem in batch.row_problems}
    return [file.name for file in batch.contents if file.name in bad]


def originals(
    batch: Batch, rules: Rulebook, opening: Opening
) -> Iterator[tuple[str, Callable[[], tuple[Original, Opener] | None]]]:
    """Opens each file with unusable rows once more. Gives its name, and what reads it before the next file is taken.

    A file that has changed meanwhile is left out. So are rows of a second table in a sheet, because its columns differ.
    A file that cannot be read again gives None.
    """
    bad: dict[str, list[Problem]] = {}
    for problem in batch.row_problems:
        bad.setdefault(problem.place.file, []).append(problem)
    for _, files in groupby((file for file in batch.contents if file.name in bad), key=lambda file: file.path):
        for content in again([*files], rules.exports.limits, opening.process):
            problems = tuple(bad[content.file.name])
            yield content.file.name, partial(_original, content, problems, batch, rules, opening.passwords)


def _original(
    content: Content, problems: tuple[Problem, ...], batch: Batch, rules: Rulebook, passwords: Passwords
) -> tuple[Original, Opener] | None:
    file, book = content.file, opened(content, passwords)
    if isinstance(book, Problem):
        return None
    form = layout(rules.exports, rules.reasons)
    personal = frozenset(map(space_free, rules.exports.personal if rules.store.personal == "drop" else ()))
    read = {sheet.sheet for sheet in batch.sheets if sheet.file == file.name and sheet.kind is not None}
    found = (_sheet(name, book, problems, form, personal) for name in book.names if name in read)
    sheets = tuple(sheet for sheet in found if sheet is not None)
    whole = not _has_further_tables(file.name, batch)
    return Original(file.name, file.taken_at, passwords.that_opened(file.name), whole, sheets, problems), book.opener


def _has_further_tables(file: str, batch: Batch) -> bool:
    """Has a sheet of this file several tables?

    Then only rows are copied: the buyer's columns of the later tables differ.
    """
    return any(sheet.file == file and sheet.tables > 1 for sheet in batch.sheets) or any(
        problem.place.file == file and problem.code == "second_table" for problem in batch.file_problems
    )


def _sheet(
    name: str, book: Book, problems: Sequence[Problem], form: Layout, personal: frozenset[str]
) -> OriginalSheet | None:
    bad = [problem.place.row for problem in problems if problem.place.sheet == name and problem.place.row]
    first = book.opener.head(name, SEARCHED_ROWS)
    if isinstance(first, Refusal):
        return None
    found = recognise(first, Place(book.file, name), form)
    if not isinstance(found, Recognised):
        return None
    rows = book.opener.rows_below(name, found.header_row + 1, bad[:CORRECTED_ROWS], form.headers(found.key))
    if isinstance(rows, Refusal):
        return None
    headers = tuple(map(cells.text, first[found.header_row]))
    about_the_buyer = frozenset(at for at, header in enumerate(headers) if space_free(header) in personal)
    texts = {number: _texts(row, about_the_buyer) for number, row in rows.items()}
    key = found.places.get(Col.PRODUCT_ORDER_NO, min(found.places.values()))
    return OriginalSheet(name, found.header_row + 1, headers, key, about_the_buyer, texts)


def _texts(row: Sequence[RawCell], about_the_buyer: frozenset[int]) -> tuple[str, ...]:
    """The row as text without the columns about the buyer.

    A cell that the file does not hold becomes #N/A, not a blank.
    """
    return tuple(
        "" if at in about_the_buyer else _NO_VALUE if isinstance(cell, (Lacking, Unfinished)) else cells.text(cell)
        for at, cell in enumerate(row)
    )

"""Reads the files with unusable rows once more, so that correction copies can be made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final, NamedTuple

from processor.intake import cells
from processor.intake.contents import Content, again, opened
from processor.intake.layout import Layout, layout
from processor.intake.recognise import Recognised, recognise
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
    known = _Known(
        layout(rules.exports, rules.reasons),
        frozenset(map(space_free, rules.exports.personal if rules.store.personal == "drop" else ())),
        frozenset((sheet.file, sheet.sheet) for sheet in batch.sheets if sheet.kind is not None),
        frozenset(
            [
                *(sheet.file for sheet in batch.sheets if sheet.tables > 1),
                *(problem.place.file for problem in batch.file_problems if problem.code == "second_table"),
            ]
        ),
    )
    for _, files in groupby((file for file in batch.contents if file.name in bad), key=lambda file: file.path):
        for content in again([*files], rules.exports.limits, opening.process):
            problems = tuple(bad[content.file.name])
            yield content.file.name, partial(_original, content, problems, known, opening.passwords)


class _Known(NamedTuple):
    """What is known of all files, from the rules and from the first reading."""

    form: Layout
    personal: frozenset[str]  # headers of the columns about the buyer, without spaces
    read: frozenset[tuple[str, str]]  # file and sheet of each export
    with_further_tables: frozenset[str]
    """Files in which a sheet has several tables.

    Of these only rows are copied: the buyer's columns of the later tables differ.
    """


def _original(
    content: Content, problems: tuple[Problem, ...], known: _Known, passwords: Passwords
) -> tuple[Original, Opener] | None:
    file, book = content.file, opened(content, passwords)
    if isinstance(book, Problem):
        return None
    bad: dict[str, list[int]] = {}
    for problem in problems:
        if problem.place.row:
            bad.setdefault(problem.place.sheet, []).append(problem.place.row)
    names = (name for name in book.names if (file.name, name) in known.read)
    found = (_sheet(name, book, bad.get(name, ()), known) for name in names)
    sheets = tuple(sheet for sheet in found if sheet is not None)
    whole = file.name not in known.with_further_tables
    return Original(file.name, file.taken_at, passwords.that_opened(file.name), whole, sheets, problems), book.opener


def _sheet(name: str, book: Book, bad: Sequence[int], known: _Known) -> OriginalSheet | None:
    first, form = book.opener.head(name, book.searched_rows), known.form
    if isinstance(first, Refusal):
        return None
    found = recognise(first, Place(book.file, name), form)
    if not isinstance(found, Recognised):
        return None
    rows = book.opener.rows_below(name, found.header_row + 1, bad[:CORRECTED_ROWS], form.headers(found.key))
    if isinstance(rows, Refusal):
        return None
    headers = tuple(map(cells.text, first[found.header_row]))
    about_the_buyer = frozenset(at for at, header in enumerate(headers) if space_free(header) in known.personal)
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

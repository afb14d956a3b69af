"""The code of the reading process: it answers requests about the file that it has open."""

from __future__ import annotations

import hashlib
import os
import signal
import zipfile
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from multiprocessing.connection import Connection
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import Any, Final, TypeVar

from processor.market.order_numbers import has_all_digits
from processor.opener.container import Container, archive_of, take
from processor.opener.correction import Correction, NewSheet, OwnSheet
from processor.opener.cut import LONGEST_NAME, SHORT, cut, cut_cell
from processor.opener.delimited import decoded, table_of
from processor.opener.encryption import Lock, lock_of, spin
from processor.opener.faults import findings_in_ole, findings_in_zip
from processor.opener.header_rows import Headers, is_notice
from processor.opener.headstart import HeadStart, head_start
from processor.opener.held import Merge, Table, beside, completed, covered
from processor.opener.reply import Bounds, Cell, Columns, Found, Locked, Opened, RawCell, Refusal
from processor.opener.sniff import OLE, SECTOR, is_zip, no_spreadsheet
from processor.opener.spawned import READY, Ahead
from processor.opener.webpage import is_old_xml, is_webpage, table_in
from processor.opener.workbook import Workbook, open_workbook

C = TypeVar("C", Cell, RawCell)

_BEGINNING: Final = 4096  # characters that are enough to recognise the format of a text
_PAUSE: Final = 0.01  # seconds without a request, after which it works ahead
_AT_ONCE: Final = (
    64  # rows per step: their cells fit into the processor's cache, which takes half the time of 4,096 rows
)


def serve(pipe: Connection, ahead: Ahead) -> None:
    """Answers requests until the main program closes the pipe, and works ahead while no request waits.

    Output of the libraries is discarded.
    """
    for name in ("SIGINT", "SIGHUP", "SIGBREAK"):  # Windows has no SIGHUP, others no SIGBREAK
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    first, others = ahead.files[:1], deque(ahead.files[1:])
    reader = Reader(*(head_start(path, ahead.password) for path in first))
    pipe.send(READY)
    while True:
        try:
            while others and not pipe.poll(_PAUSE):
                spin(others.popleft(), ahead.password)
            question, arguments = pipe.recv()
            pipe.send(getattr(reader, question)(*arguments))
        except (EOFError, OSError):
            return


class Reader:
    def __init__(self, start: HeadStart | None = None) -> None:
        self._start = start
        self._bounds: Bounds
        self._container: Container
        self._name = ""
        self._data = b""
        self._lock: Lock
        self._book: _Text | Workbook

    def take(self, path: Path, sha256: str, bounds: Bounds) -> tuple[str | None, ...] | Refusal:
        """Loads a file. Gives the paths of the members of a zip; (None,) for any other file."""
        self._bounds = bounds
        self._name = path.name.encode("utf-8", "replace").decode(
            "utf-8"
        )  # on some disks a name may be bytes that are not valid text
        taken = take(path, sha256, bounds)
        if isinstance(taken, Refusal):
            return taken
        self._container = taken
        return taken.members

    def content(self, at: int) -> Found | Refusal:
        """Selects the file itself or a member of the zip, by its place in the answer of `take`."""
        data = self._container.content(at)
        if isinstance(data, Refusal):
            return data
        self._data = data
        self._name = self._container.members[at] or self._name
        return Found(self._container.sha256 or hashlib.sha256(data).hexdigest(), self._container.changed(at))

    def open(self) -> Opened | Locked | Refusal:
        return self._open_ole() if self._data.startswith(OLE) else self._open_plain()

    def unlock(self, password: str) -> Opened | Locked | Refusal:
        start = self._start
        known = start is not None and (start.locked, start.password) == (self._data, password)
        plain = start.plain if start is not None and known else self._lock.opened_with(password)
        if plain is None:
            return Locked()
        if isinstance(plain, Refusal):
            return plain
        self._data = plain
        return self._open_old() if plain.startswith(OLE) else self._open_plain()

    def head(self, sheet: str, rows: int) -> list[Sequence[Cell]] | Refusal:
        """The first rows of a sheet."""
        found = self._book.rows(sheet)
        return found if isinstance(found, Refusal) else [_cut(row) for row in islice(found, rows)]

    def columns(self, sheet: str, below: int, positions: Sequence[int], headers: Headers) -> Columns | Refusal:
        """These columns, without the first `below` rows. Other columns do not leave this process."""
        found = self._book.below(sheet, below, headers)
        if isinstance(found, Refusal):
            return found
        table = _OneTable(*found, below, headers)
        merges = [merge for merge in self._book.merges(sheet) if merge.bottom >= below - 1]
        some = _in_chunks(_held(table, below, merges, positions)) if merges else table
        columns = _numbered(some, positions)
        return replace(columns, may_lack=bool(merges) or isinstance(self._book, _Text), header=table.end)

    def rows(self, sheet: str, numbers: Sequence[int]) -> dict[int, Sequence[Cell]] | Refusal:
        """The rows with these numbers, as Excel counts. Rows below the last of them are not read."""
        found = self._book.rows(sheet)
        if isinstance(found, Refusal):
            return found
        wanted, last = set(numbers), max(numbers, default=0)
        return {at: _cut(row) for at, row in enumerate(islice(found, last), start=1) if at in wanted}

    def rows_below(
        self, sheet: str, below: int, numbers: Sequence[int], headers: Headers
    ) -> dict[int, Sequence[RawCell]] | Refusal:
        """The rows with these numbers in the table that begins after `below` rows.

        Cells that it does not hold are marked.
        """
        found = self._book.below(sheet, below, headers)
        if isinstance(found, Refusal):
            return found
        header, rows = found
        table = _OneTable(header, rows, below, headers)
        held = _held(table, below, self._book.merges(sheet), range(len(header)))
        wanted, last = set(numbers), max(numbers, default=0)
        some = enumerate(islice(held, max(last - below, 0)), start=below + 1)
        return {at: _cut(row) for at, row in some if at in wanted}

    def numbers(self, sheet: str, below: int) -> set[str] | Refusal:
        """All texts of 16 digits, which may be order numbers, in any column, without the first `below` rows."""
        found = self._book.rows(sheet)
        if isinstance(found, Refusal):
            return found
        texts = {str(cell).removesuffix(".0") for row in islice(found, below, None) for cell in row if cell != ""}
        return {each for each in texts if has_all_digits(each)}

    def marked(self, sheets: Sequence[OwnSheet], correction: Correction) -> bytes | Refusal:
        """The open file as a correction copy."""
        from processor.opener import marking  # noqa: PLC0415 - openpyxl is loaded only if there is a bad row

        if isinstance(self._book, _Text):
            return Refusal("file_unreadable")
        return marking.own_file(self._data, self._book, sheets, correction)

    def copied(self, sheets: Sequence[NewSheet], correction: Correction) -> bytes:
        """A correction copy with only these rows. No file needs to be open."""
        from processor.opener import marking  # noqa: PLC0415 - as above

        return marking.new_file(sheets, correction)

    def _open_ole(self) -> Opened | Locked | Refusal:
        lock = lock_of(self._data)
        if isinstance(lock, Lock):
            self._lock = lock
            return Locked()
        opened = lock or self._open_old()
        if opened == Refusal("file_unreadable") and len(self._data) % SECTOR:
            return Refusal("file_unreadable.half")
        return opened

    def _open_old(self) -> Opened | Refusal:
        found = findings_in_ole(self._data)
        return found if isinstance(found, Refusal) else self._keep(open_workbook(self._data, found, self._bounds))

    def _open_plain(self) -> Opened | Refusal:
        if (other := no_spreadsheet(self._data)) is not None:
            return Refusal(f"file_unreadable.{other}")
        if is_zip(self._data):
            archive = archive_of(self._data, self._bounds)
            return archive if isinstance(archive, Refusal) else self._keep(self._workbook_in(archive))
        return self._open_text()

    def _workbook_in(self, archive: zipfile.ZipFile) -> Workbook | Refusal:
        start, self._start = self._start, None  # it serves one file only; its memory is needed for the next
        if start is not None and start.plain is self._data:
            return start.book.within(start.findings, self._bounds)
        found = findings_in_zip(archive)
        return found if isinstance(found, Refusal) else open_workbook(self._data, found, self._bounds)

    def _open_text(self) -> Opened | Refusal:
        text = decoded(self._data)
        if text is None:
            return Refusal("file_unreadable")
        if is_old_xml(text[:_BEGINNING]):
            return Refusal("file_unreadable.old_xml")
        page = is_webpage(text[:_BEGINNING])
        table = table_in(text, self._bounds) if page else table_of(text, self._bounds)
        return table if isinstance(table, Refusal) else self._keep(_Text(PurePosixPath(self._name).stem, table))

    def _keep(self, book: _Text | Workbook | Refusal) -> Opened | Refusal:
        if isinstance(book, Refusal):
            return book
        if any(cut(name, LONGEST_NAME) != name for name in book.names):
            return Refusal("file_unreadable")
        self._book = book
        return Opened(book.names, typed=isinstance(book, Workbook))


class _Text:
    """A text file as a workbook with one sheet, named after the file."""

    def __init__(self, name: str, table: Table) -> None:
        self.names = (name,)
        self._table = table

    def rows(self, _name: str) -> Iterator[Sequence[Cell]] | Refusal:
        """The rows, filled up with blanks to equal length."""
        width = max(map(len, self._table.rows), default=0)
        return (row + [""] * (width - len(row)) for row in self._table.rows)

    def below(
        self, _name: str, row: int, headers: Headers
    ) -> tuple[Sequence[Cell], Iterator[Sequence[RawCell]]] | Refusal:
        return self._table.rows[row - 1], completed(self._table, row, headers)

    def merges(self, _name: str) -> list[Merge]:
        return self._table.merges


class _OneTable:
    """The rows of one table, in steps of some rows. Repeated headers become blanks; different headers end the table."""

    def __init__(self, header: Sequence[Cell], rows: Iterator[Sequence[RawCell]], below: int, headers: Headers) -> None:
        self.end: int | None = None
        self._rows, self._below, self._headers = rows, below, headers
        self._shape = headers.shape(header)

    def __iter__(self) -> Iterator[list[Sequence[RawCell]]]:
        begin, key = self._below, self._headers.key
        for some in _in_chunks(self._rows):
            for at in _without_key(some, key):
                row = some[at]
                if is_notice(row):
                    some[at] = [""] * len(row)
                elif any(row) and not self._headers.is_keyed(row) and self._headers.among(row):
                    if self._headers.shape(row) != self._shape:
                        self.end = begin + at
                        yield some[:at]
                        return
                    some[at] = [""] * len(row)
            yield some
            begin += len(some)


def _held(
    table: _OneTable, below: int, merges: Sequence[Merge], positions: Sequence[int]
) -> Iterator[Sequence[RawCell]]:
    rows = beside(chain.from_iterable(table), below - 1, merges, positions)
    return covered(rows, below, merges, positions)


def _in_chunks(rows: Iterable[Sequence[RawCell]]) -> Iterator[list[Sequence[RawCell]]]:
    rows = iter(rows)
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def _without_key(some: Sequence[Sequence[RawCell]], key: int | None) -> Sequence[int]:
    """Indexes of rows that may not be rows of the table, as they have no order number.

    Fast, because nearly all rows have one.
    """
    if key is None:
        return range(len(some))
    return [at for at, row in enumerate(some) if type(cell := row[key]) is not str or not has_all_digits(cell)]


class _Numbers(dict[Any, int]):
    """Gives each distinct cell a number, in the order of first occurrence."""

    def __missing__(self, cell: RawCell) -> int:
        self[cell] = number = len(self)
        return number


def _numbered(chunks: Iterable[Sequence[Sequence[RawCell]]], positions: Sequence[int]) -> Columns:
    pick = itemgetter(*positions, positions[0])  # at least two positions, so that it always gives a tuple
    numbers = [_Numbers() for _ in positions]
    codes = [array("I") for _ in positions]
    for some in chunks:
        for known, coded, cells in zip(numbers, codes, zip(*map(pick, some), strict=True), strict=False):
            coded.extend(map(known.__getitem__, _without_truths(cells)))
    distinct = tuple([*known] for known in numbers)
    shown = tuple(_cut(cells) for cells in distinct)
    return Columns(tuple(codes), shown, cut=shown != distinct)


def _cut(cells: Sequence[C]) -> list[C]:
    """The cells, with each text cut that Excel could not hold. Looks closer at few of them, as most texts are short."""
    return [cell if type(cell) is str and len(cell) <= SHORT else cut_cell(cell) for cell in cells]


def _without_truths(cells: Sequence[RawCell]) -> Sequence[RawCell]:
    """The cells with True and False as text, because as keys they would equal 1 and 0."""
    if bool in set(map(type, cells)):
        return [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
    return cells

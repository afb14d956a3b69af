"""The reading process: it answers one question after another about the one file that it has open."""

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
from typing import Any, Final

from processor.market.order_numbers import has_all_digits
from processor.opener.container import Container, archive_of, take
from processor.opener.correction import Correction, NewSheet, OwnSheet
from processor.opener.delimited import decoded, table_of
from processor.opener.encryption import Lock, lock_of, spin
from processor.opener.faults import faults_in_ole, faults_in_zip
from processor.opener.header_rows import Headers, is_notice
from processor.opener.headstart import HeadStart, head_start
from processor.opener.held import Merge, Table, beside, completed, covered
from processor.opener.reply import Bounds, Cell, Columns, Found, Locked, Opened, RawCell, Refusal
from processor.opener.sniff import OLE, SECTOR, is_zip, no_spreadsheet
from processor.opener.spawned import READY, Ahead
from processor.opener.webpage import is_old_xml, is_webpage, table_in
from processor.opener.workbook import Workbook, open_workbook

_BEGINNING: Final = 4096  # characters in which a text shows what it is
_PAUSE: Final = 0.01  # seconds without a question, after which it works ahead
_AT_ONCE: Final = 64  # rows: so few that their cells stay near the processor, which halves the time of 4,096


def serve(pipe: Connection, ahead: Ahead) -> None:
    """Answers questions until the other side is gone, and works ahead while there are none.

    Whatever the libraries print is thrown away.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
        """What the file holds: itself, or the members of a zip."""
        self._bounds = bounds
        self._name = path.name.encode("utf-8", "replace").decode("utf-8")  # on some disks a name is any bytes
        taken = take(path, sha256, bounds)
        if isinstance(taken, Refusal):
            return taken
        self._container = taken
        return taken.members

    def content(self, at: int) -> Found | Refusal:
        """Turn to one of them."""
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
        """Its first rows."""
        found = self._book.rows(sheet)
        return found if isinstance(found, Refusal) else list(islice(found, rows))

    def columns(self, sheet: str, below: int, positions: Sequence[int], headers: Headers) -> Columns | Refusal:
        """These columns, from the row after so many. Nothing of the others leaves this process."""
        found = self._book.below(sheet, below, headers)
        if isinstance(found, Refusal):
            return found
        table = _OneTable(*found, below, headers)
        merges = [merge for merge in self._book.merges(sheet) if merge.bottom >= below - 1]
        some = _in_chunks(_held(table, below, merges, positions)) if merges else table
        columns = _numbered(some, positions)
        return replace(columns, may_lack=bool(merges) or isinstance(self._book, _Text), header=table.end)

    def rows(self, sheet: str, numbers: Sequence[int]) -> dict[int, Sequence[Cell]] | Refusal:
        """The rows of these numbers, as Excel counts; what lies below the last of them is not read."""
        found = self._book.rows(sheet)
        if isinstance(found, Refusal):
            return found
        wanted, last = set(numbers), max(numbers, default=0)
        return {at: row for at, row in enumerate(islice(found, last), start=1) if at in wanted}

    def rows_below(
        self, sheet: str, below: int, numbers: Sequence[int], headers: Headers
    ) -> dict[int, Sequence[RawCell]] | Refusal:
        """The same of the one table that begins after so many rows, with what it does not hold marked."""
        found = self._book.below(sheet, below, headers)
        if isinstance(found, Refusal):
            return found
        header, rows = found
        table = _OneTable(header, rows, below, headers)
        held = _held(table, below, self._book.merges(sheet), range(len(header)))
        wanted, last = set(numbers), max(numbers, default=0)
        return {at: row for at, row in enumerate(islice(held, max(last - below, 0)), start=below + 1) if at in wanted}

    def numbers(self, sheet: str, below: int) -> set[str] | Refusal:
        """What may be an order number in the rows after so many, in whatever column: 16 digits."""
        found = self._book.rows(sheet)
        if isinstance(found, Refusal):
            return found
        texts = {str(cell).removesuffix(".0") for row in islice(found, below, None) for cell in row if cell != ""}
        return {each for each in texts if each.isascii() and has_all_digits(each)}

    def marked(self, sheets: Sequence[OwnSheet], correction: Correction) -> bytes | Refusal:
        """The file that is open as a correction copy, unlocked."""
        from processor.opener import marking  # noqa: PLC0415 - a morning without a bad row does not wait for openpyxl

        return marking.own_file(self._data, sheets, correction)

    def copied(self, sheets: Sequence[NewSheet], correction: Correction) -> bytes:
        """A correction copy of these rows alone; it needs no file."""
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
        faults = faults_in_ole(self._data)
        return faults if isinstance(faults, Refusal) else self._keep(open_workbook(self._data, faults, self._bounds))

    def _open_plain(self) -> Opened | Refusal:
        if (other := no_spreadsheet(self._data)) is not None:
            return Refusal(f"file_unreadable.{other}")
        if is_zip(self._data):
            archive = archive_of(self._data, self._bounds)
            return archive if isinstance(archive, Refusal) else self._keep(self._workbook_in(archive))
        return self._open_text()

    def _workbook_in(self, archive: zipfile.ZipFile) -> Workbook | Refusal:
        start, self._start = self._start, None  # it is for one file, and its memory is wanted for the next
        if start is not None and start.plain is self._data:
            return start.book.within(start.faults, self._bounds)
        faults = faults_in_zip(archive)
        return faults if isinstance(faults, Refusal) else open_workbook(self._data, faults, self._bounds)

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
        self._book = book
        return Opened(book.names, typed=isinstance(book, Workbook))


class _Text:
    """One sheet, named after the file."""

    def __init__(self, name: str, table: Table) -> None:
        self.names = (name,)
        self._table = table

    def rows(self, _name: str) -> Iterator[Sequence[Cell]] | Refusal:
        """Rows of equal length."""
        width = max(map(len, self._table.rows), default=0)
        return (row + [""] * (width - len(row)) for row in self._table.rows)

    def below(
        self, _name: str, row: int, headers: Headers
    ) -> tuple[Sequence[Cell], Iterator[Sequence[RawCell]]] | Refusal:
        return self._table.rows[row - 1], completed(self._table, row, headers)

    def merges(self, _name: str) -> list[Merge]:
        return self._table.merges


class _OneTable:
    """The rows of one table, some at a time: up to headers of another shape, which end it; those of its own are
    blanked.
    """

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
    """Which of them may be something else than a row of the table: nearly none, so this is what it costs."""
    if key is None:
        return range(len(some))
    return [at for at, row in enumerate(some) if type(cell := row[key]) is not str or not has_all_digits(cell)]


class _Numbers(dict[Any, int]):
    """Numbers for cells, in the order in which they are met."""

    def __missing__(self, cell: RawCell) -> int:
        self[cell] = number = len(self)
        return number


def _numbered(chunks: Iterable[Sequence[Sequence[RawCell]]], positions: Sequence[int]) -> Columns:
    pick = itemgetter(*positions, positions[0])  # at least two, so that it always gives a tuple
    numbers = [_Numbers() for _ in positions]
    codes = [array("I") for _ in positions]
    for some in chunks:
        for known, coded, cells in zip(numbers, codes, zip(*map(pick, some), strict=True), strict=False):
            coded.extend(map(known.__getitem__, _without_truths(cells)))
    return Columns(tuple(codes), tuple([*known] for known in numbers))


def _without_truths(cells: Sequence[RawCell]) -> Sequence[RawCell]:
    """True equals 1 as a key, so a ticked box becomes its text before distinct cells are sought."""
    if bool in set(map(type, cells)):
        return [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
    return cells

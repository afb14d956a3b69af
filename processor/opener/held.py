"""Finds the cells that a table does not hold: covered by a merge, or after the end of a row that breaks off.

They must be distinguished from blank cells: a blank 발송처리일 proves that nothing was sent, a covered one proves nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from processor.opener.header_rows import Headers
from processor.opener.reply import Cell, Lacking, RawCell, Unfinished

_BLOCK: Final = 16  # Excel saves text in blocks of so many rows, each row as long as the longest of its block


class Merge(NamedTuple):
    """A range of cells shown as one cell, with the value of the first.

    Counted from 0; the last row and column belong to it.
    """

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a text or a web page as written; they may differ in length."""

    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)
    delimited: bool = (
        True  # are its cells separated by commas or tabs, so that a missing or extra one shifts the others?
    )
    broken: frozenset[int] = frozenset()
    """Rows that may break off: at the end of the file, or at a quotation mark that is never closed."""
    closed: bool = False  # is the very last cell complete, even if its row may break off?


# ── merges ──


class _Cover(NamedTuple):
    begin: int
    end: int
    how: Lacking
    value: RawCell


def covered(
    rows: Iterable[Sequence[RawCell]], first: int, merges: Iterable[Merge], positions: Iterable[int]
) -> Iterator[Sequence[RawCell]]:
    """The rows from number `first` on, with the cells marked that merges cover in these columns.

    A merge down one column that begins in these rows gives COVERED. A merge over several columns, or one that begins
    above the headers, gives ABSENT. Merges are handled row by row and not expanded: a hundred thousand of them, or one
    over the whole sheet, cost no more time than the requested cells.
    """
    coming = sorted((merge for merge in merges if merge.bottom >= first), reverse=True)
    wanted = sorted(set(positions))
    over: dict[int, _Cover] = {}
    for number, row in enumerate(rows, start=first):
        while coming and coming[-1].top <= number:
            _begin(coming.pop(), row, first, wanted, over)
        yield _under(over, number, row) if over else row


def _under(over: dict[int, _Cover], number: int, row: Sequence[RawCell]) -> Sequence[RawCell]:
    """The row with its covered cells marked. Merges that end in this row are removed from `over`."""
    shown = [*row]
    for position, cover in [*over.items()]:
        if cover.begin <= number and position < len(shown):
            shown[position] = _what(shown[position], cover)
        if cover.end <= number:
            del over[position]
    return shown


def beside(
    rows: Iterable[Sequence[RawCell]], header: int, merges: Iterable[Merge], positions: Iterable[int]
) -> Iterator[Sequence[RawCell]]:
    """The rows, with a blank marked as absent if its header spans several columns and another of these is filled.

    The value under the header's other column may be the one that the header names.
    """
    wanted = set(positions)
    wide = {each.left: each.right for each in merges if each.top <= header <= each.bottom and each.left < each.right}
    wide = {left: right for left, right in wide.items() if left in wanted}
    for row in rows:
        doubtful = [
            left
            for left, right in wide.items()
            if left < len(row) and _is_blank(row[left]) and not all(map(_is_blank, row[left + 1 : right + 1]))
        ]
        yield [Lacking.ABSENT if at in doubtful else cell for at, cell in enumerate(row)] if doubtful else row


def _begin(merge: Merge, row: Sequence[RawCell], first: int, wanted: Sequence[int], over: dict[int, _Cover]) -> None:
    down = merge.left == merge.right and merge.top >= first
    for position in wanted[bisect_left(wanted, merge.left) : bisect_right(wanted, merge.right)]:
        begin = merge.top + (position == merge.left)
        if begin > merge.bottom:
            continue  # a merge of one row: nothing is left to cover below its first cell
        value = row[position] if down and position < len(row) else ""
        cover = _Cover(begin, merge.bottom, Lacking.COVERED if down else Lacking.ABSENT, value)
        other = over.get(position)
        if other is not None:  # overlapping merges, which no spreadsheet makes
            cover = _Cover(min(other.begin, begin), max(other.end, merge.bottom), Lacking.ABSENT, "")
        over[position] = cover


def _what(beneath: RawCell, cover: _Cover) -> RawCell:
    if isinstance(beneath, Lacking) or _is_blank(beneath) or (cover.how is Lacking.COVERED and beneath == cover.value):
        return cover.how
    return Lacking.HIDDEN


def _is_blank(cell: RawCell) -> bool:
    return isinstance(cell, str) and not cell.strip()


# ── rows that are longer or shorter than their headers ──


def completed(table: Table, below: int, headers: Headers) -> Iterator[Sequence[RawCell]]:
    """The rows below the headers, each at least as long as the headers.

    Some programs leave out blank cells at the end of a row, so a short row may be complete. Such programs can be
    recognised: they do it in every row, so that no row of the file ends with a blank. Excel does it for blocks of
    sixteen rows, which then have one length. In any other file a short row breaks off, and its missing cells are
    unknown.

    A short row breaks off even in such a file in two cases. It is the last row and the file ends in the middle of a
    line. Or the next row does not begin with an order number: then it is the rest of this row, after a line break in a
    cell without quotes.

    If a row has more cells than the headers, a comma inside a cell was read as a separator. It is unknown which one, so
    only the order number is used, because its form shows whether it is an order number.
    """
    header = table.rows[below - 1] if below else []
    rows = table.rows[below:]
    width = max((at + 1 for at, cell in enumerate(header) if not _is_blank(cell)), default=0)
    lengths = [*map(len, rows)]
    if not table.broken and min(lengths, default=width) >= width and max(lengths, default=0) <= len(header):
        yield from rows
        return
    yield from _Ragged(table, below, width, headers).rows()


class _Ragged:
    """Completes the rows of a table in which some rows are shorter or longer than the headers."""

    def __init__(self, table: Table, below: int, width: int, headers: Headers) -> None:
        self._rows, self._width, self._headers = table.rows[below:], width, headers
        self._written = len(table.rows[below - 1]) if below else 0
        self._broken, self._delimited, self._closed = {at - below for at in table.broken}, table.delimited, table.closed
        sure = [row for at, row in enumerate(table.rows) if at not in table.broken]
        self._drops = table.delimited and (_drops_blanks(sure) or _drops_by_blocks(sure))

    def rows(self) -> Iterator[Sequence[RawCell]]:
        pieces = 0  # how many of the next rows are the rest of an earlier row
        for at, row in enumerate(self._rows):
            short = len(row) < self._width
            if pieces:
                pieces -= 1
                yield [_beneath(cell) for cell in row] + self._missing(row)
            elif self._is_no_order(row):
                yield row + [""] * (self._width - len(row))
            elif self._delimited and len(row) > self._written:
                yield [cell if place == self._headers.key else _beneath(cell) for place, cell in enumerate(row)]
            elif short and not self._is_whole(at):
                pieces = self._pieces(at)
                yield self._broken_off(at) + self._missing(row)
            elif at in self._broken:
                yield self._broken_off(at)
            else:
                yield row + [""] * (self._width - len(row))

    def _is_no_order(self, row: list[Cell]) -> bool:
        looked_at = not self._headers.is_keyed(row) or len(row) > self._written
        return not any(row) or (looked_at and self._headers.among(row))

    def _broken_off(self, at: int) -> list[RawCell]:
        *others, last = self._rows[at]
        return [*others, last if self._closed and at == len(self._rows) - 1 else Unfinished(last)]

    def _missing(self, row: Sequence[Cell]) -> list[RawCell]:
        return [Lacking.ABSENT] * (self._width - len(row))

    def _is_whole(self, at: int) -> bool:
        return self._drops and at not in self._broken and self._is_row_of_its_own(at + 1)

    def _is_row_of_its_own(self, at: int) -> bool:
        following = next((row for row in self._rows[at : at + _BLOCK] if any(row)), None)
        if following is None or self._headers.key is None or self._headers.among(following):
            return True
        return self._headers.is_keyed(following)

    def _pieces(self, at: int) -> int:
        """How many of the following rows are the rest of this row, as together they have the length of one row."""
        length = max(len(self._rows[at]), 1)
        for further, row in enumerate(self._rows[at + 1 : at + 1 + _BLOCK], start=1):
            length += max(len(row), 1) - 1
            if length == self._written and not self._drops:
                return further
            if length > self._written or self._headers.among(row):
                break
        return 0


def _beneath(cell: Cell) -> RawCell:
    return Lacking.ABSENT if _is_blank(cell) else Lacking.HIDDEN


def _drops_blanks(rows: Iterable[Sequence[Cell]]) -> bool:
    return all(row[-1] != "" for row in rows if any(row))


def _drops_by_blocks(rows: Sequence[Sequence[Cell]]) -> bool:
    """Does each block have rows of one length, with at least one row filled to its end?"""
    longest = max(map(len, rows), default=0)
    for begin in range(0, len(rows), _BLOCK):
        block = rows[begin : begin + _BLOCK]
        lengths = set(map(len, block))
        if len(lengths) > 1 or (lengths - {0, longest} and all(row[-1] == "" for row in block)):
            return False
    return True

"""Which cells a table does not hold: those that a merge covers, and those after the end of a row that breaks off.

They are told apart from cells that are there and blank: a blank 발송처리일 proves that nothing was sent, a covered one
proves nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from processor.opener.header_rows import Headers
from processor.opener.reply import Cell, Lacking, RawCell, Unfinished

_BLOCK: Final = 16  # rows that Excel saves as text in one go, each as long as the longest of them


class Merge(NamedTuple):
    """Cells that are shown as one, with the value of the first; all from 0, the last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a text or a web page as they are written: they may differ in length."""

    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)
    delimited: bool = True  # do commas or tabs part its cells, so that one too many or too few shifts the others?
    broken: frozenset[int] = frozenset()
    """Rows that may break off: where the file ends, or a quotation mark does not."""
    closed: bool = False  # is the last cell of all whole, though its row may break off?


# ── merges ──


class _Cover(NamedTuple):
    begin: int
    end: int
    how: Lacking
    value: RawCell


def covered(
    rows: Iterable[Sequence[RawCell]], first: int, merges: Iterable[Merge], positions: Iterable[int]
) -> Iterator[Sequence[RawCell]]:
    """The rows from number `first` on, with what merges cover in these columns marked.

    A merge down one column that begins among these rows gives COVERED. One over several columns, or from above the
    headers, gives ABSENT. Merges are met row by row and never unfolded: a hundred thousand of them, or one over the whole
    sheet, cost no more than the cells that are asked for.
    """
    coming = sorted((merge for merge in merges if merge.bottom >= first), reverse=True)
    wanted = sorted(set(positions))
    over: dict[int, _Cover] = {}
    for number, row in enumerate(rows, start=first):
        while coming and coming[-1].top <= number:
            _begin(coming.pop(), row, first, wanted, over)
        yield _under(over, number, row) if over else row


def _under(over: dict[int, _Cover], number: int, row: Sequence[RawCell]) -> Sequence[RawCell]:
    """The row with what is over it marked; what ends here is over."""
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
    """The rows, with blanks marked that stand below headers of several columns where another of these is filled.

    What stands there may be what the header names.
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
            continue  # the one cell that shows the value
        value = row[position] if down and position < len(row) else ""
        cover = _Cover(begin, merge.bottom, Lacking.COVERED if down else Lacking.ABSENT, value)
        other = over.get(position)
        if other is not None:  # merges that overlap, which no spreadsheet makes
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
    """The rows below the headers, each at least as long as those.

    Some programs leave out blank cells at the end of a row, so a short row may be a whole one. They can be told: one that
    does so does it in every row, and then no row of the file ends with a blank; Excel does it for sixteen rows at a time,
    which are then of one length. In any other file a short row breaks off, and what is missing is not held. So it is even
    in such a file where the row is the last one of a file that ends in the middle of a line, or where the next row is the
    rest of it, after a line break that stood in a cell without quotes: it begins with no order number.

    In a row with more cells than the row of headers a comma in some cell was taken for the end of it. Which one cannot be
    told, so only its order number, which shows by itself whether it is one, is held.
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
    """The rows of one table, some of which are not as long as the headers."""

    def __init__(self, table: Table, below: int, width: int, headers: Headers) -> None:
        self._rows, self._width, self._headers = table.rows[below:], width, headers
        self._written = len(table.rows[below - 1]) if below else 0
        self._broken, self._delimited, self._closed = {at - below for at in table.broken}, table.delimited, table.closed
        sure = [row for at, row in enumerate(table.rows) if at not in table.broken]
        self._drops = table.delimited and (_drops_blanks(sure) or _drops_by_blocks(sure))

    def rows(self) -> Iterator[Sequence[RawCell]]:
        pieces = 0  # how many of the next rows are the rest of the last one
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
        """How many rows together with this one are as long as one row; they are pieces of it, whatever they look like."""
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
    """Rows of one block are of one length, and one of them is filled to its end."""
    longest = max(map(len, rows), default=0)
    for begin in range(0, len(rows), _BLOCK):
        block = rows[begin : begin + _BLOCK]
        lengths = set(map(len, block))
        if len(lengths) > 1 or (lengths - {0, longest} and all(row[-1] == "" for row in block)):
            return False
    return True

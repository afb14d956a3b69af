"""Decides the value of cells that the file does not hold: covered by a merge, or after the end of a broken row.

Such a cell is unknown; only a blank cell means "none". Sellers merge 송장번호, 발송처리일 or 주문번호 down over the lines of one
parcel, and a spreadsheet shows the value beside each line. So each line takes the value if all lines under the merge
are of one order (주문번호) or one bundle (배송비 묶음번호). These two columns themselves are taken as a spreadsheet shows them.
상품주문번호 names one line and is never taken from another line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from processor.intake import cells
from processor.intake.columns import Column, Mask
from processor.intake.layout import Layout
from processor.intake.recognise import PARCEL
from processor.intake.sheet import ExportSheet
from processor.model import DATE_COLUMNS, NOTE_COLUMNS, Col, Holds
from processor.model.tables import Mark
from processor.opener.reply import Cell, Columns, Lacking, RawCell, Unfinished

_EVIDENCE: Final = frozenset({Col.DISPATCHED_AT, Col.INVOICE_PRINTED_AT})
"""Dates that prove a parcel.

If such a date is cut off, the row becomes a problem; it does not count as a row without a date.
"""
_AS_WRITTEN: Final = frozenset({Col.PRODUCT_ORDER_NO, Col.ORDER_NO, Col.TRACKING_NO, *NOTE_COLUMNS})
"""Columns whose last cell is used even if its row breaks off.

The length of an order number shows whether it is whole; part of a 송장번호 still proves a parcel; a note proves nothing.
"""
Codes = NDArray[np.uint32]


class Held(NamedTuple):
    """The columns of a sheet by role, and which of its rows have any content."""

    columns: dict[str, Column]
    filled: Mask
    products: Column | None  # beside answers: the names of the products, for messages


def held(sheet: ExportSheet, below: Columns, layout: Layout) -> Held:
    roles = [*sheet.found.columns]
    raw = {
        role: (np.frombuffer(codes, dtype=np.uint32), distinct)
        for role, codes, distinct in zip(roles, below.codes, below.distinct, strict=True)
    }
    if not below.may_lack:
        plain = {role: Column(codes, _plain(distinct)) for role, (codes, distinct) in raw.items()}
        return _held(sheet, plain, _filled([plain[role] for role in roles if _counts(role, sheet)]))
    marked = {role: _Marked(role, *each, layout) for role, each in raw.items()}
    filled = _filled([marked[role].column for role in roles if _counts(role, sheet)])
    for role in roles:
        if _counts(role, sheet):
            filled |= marked[role].hidden
    if sheet.kind.holds is Holds.GOODS:
        return Held({role: each.shown() for role, each in marked.items()}, filled, None)
    parcels = [_groups(marked[role].shown()) for role in PARCEL if role in marked]
    return _held(sheet, {role: _resolved(role, each, parcels, filled) for role, each in marked.items()}, filled)


def _counts(role: str, sheet: ExportSheet) -> bool:
    """Is a row with a value in this column a row of the table? The name of a product beside no answer is not."""
    return role in sheet.found.places or role in PARCEL


def _held(sheet: ExportSheet, columns: dict[str, Column], filled: Mask) -> Held:
    """Without the columns that were read only to understand the rows."""
    products = columns[Col.PRODUCT_NAME] if Col.PRODUCT_NAME in sheet.found.beside else None
    return Held({role: columns[role] for role in sheet.found.places}, filled, products)


def _plain(distinct: Sequence[RawCell]) -> list[Cell]:
    return [cell for cell in distinct if not isinstance(cell, (Lacking, Unfinished))]


def _filled(columns: Sequence[Column]) -> Mask:
    """Rows with at least one cell that is not blank. Stops early, as the first column is mostly filled in every row."""
    first, *others = columns
    filled = ~first.which(cells.is_blank)
    for column in others:
        if filled.all():
            break
        filled |= ~column.which(cells.is_blank)
    return filled


class _Marked:
    """One column in which the file does not hold some cells; these are stored as blanks."""

    def __init__(self, role: str, codes: Codes, raw: Sequence[RawCell], layout: Layout) -> None:
        kinds = [cell if isinstance(cell, Lacking) else None for cell in raw]
        distinct: list[Cell] = ["" if isinstance(cell, Lacking) else _whole(cell) for cell in raw]
        unheld = [kind in (Lacking.ABSENT, Lacking.HIDDEN) for kind in kinds]
        doubtful, halves = set(), np.zeros(len(raw), dtype=bool)
        for at, cell in enumerate(raw):
            if isinstance(cell, Unfinished):
                believed = _is_believed(role, cell.cell, raw, layout)
                if not believed and role in _EVIDENCE and not cells.is_blank(cell.cell):
                    doubtful.add(at)
                elif not believed:
                    distinct[at], unheld[at], halves[at] = "", True, not cells.is_blank(cell.cell)
        self.hidden = (_which(kinds, Lacking.HIDDEN) | halves)[codes]
        self.covered = _which(kinds, Lacking.COVERED)[codes]
        self.column = Column(codes, distinct, np.array(unheld, dtype=bool)[codes], frozenset(doubtful))

    @property
    def above(self) -> NDArray[np.intp]:
        """For each row the index of the row whose cell is shown there: its own, or the first of its merge; -1 if none."""
        rows = np.arange(len(self.covered))
        return np.maximum.accumulate(np.where(self.covered, -1, rows)) if len(rows) else rows

    def taken(self, takes: Mask) -> Column:
        """The column where these covered rows take the value of their merge unless it is blank; other covered cells are
        unknown.
        """
        above = self.above
        from_above = self.covered & takes & (above >= 0)
        codes = np.where(from_above, self.column.codes[above], self.column.codes)
        none = self.column.which(cells.is_blank)[above] | self.column.unheld[above]
        unheld = self.column.unheld | (self.covered & ~from_above) | (from_above & none)
        return Column(codes, self.column.distinct, unheld, self.column.unfinished)

    def shown(self) -> Column:
        """The column as a spreadsheet shows it."""
        return self.taken(self.covered) if self.covered.any() else self.column


def _which(kinds: Sequence[Lacking | None], kind: Lacking) -> Mask:
    return np.fromiter((each is kind for each in kinds), dtype=bool, count=len(kinds))


def _whole(cell: Cell | Unfinished) -> Cell:
    return cell.cell if isinstance(cell, Unfinished) else cell


def _is_believed(role: str, cell: Cell, column: Sequence[RawCell], layout: Layout) -> bool:
    """May the last cell of a row that breaks off be used?

    Yes for an order number of 16 digits, a known label with which no label of another meaning begins, and a date as long
    as the others in its column. Also for an unknown label, so that it becomes a problem. No for amounts and names: they may be
    cut.
    """
    written, labels = cells.label(cell), layout.labels.get(role, frozenset())
    if labels:
        words = layout.words.get(role, {})
        others = [label for label in labels if words.get(label, label) != words.get(written, written)]
        return bool(written) and not (written in labels and any(_begins(written, label) for label in others))
    if role in DATE_COLUMNS:
        longest = max((len(each) for each in column if isinstance(each, str)), default=0)
        return 0 < longest == len(cells.text(cell))
    return bool(written) and role in _AS_WRITTEN


def _begins(beginning: str, label: str) -> bool:
    return label != beginning and label.startswith(beginning)


def _groups(column: Column) -> NDArray[np.int64]:
    """For each row an index of its order or bundle; -1 if it is unknown."""
    numbers: dict[str, int] = {"": -1}
    for cell in column.distinct:
        numbers.setdefault(cells.identifier(cell), len(numbers))
    groups = np.fromiter((numbers[cells.identifier(cell)] for cell in column.distinct), np.int64, len(column.distinct))
    return np.where(column.unheld, -1, groups[column.codes])


def _resolved(role: str, marked: _Marked, parcels: Sequence[NDArray[np.int64]], filled: Mask) -> Column:
    if not marked.covered.any():
        return marked.column
    if role == Col.PRODUCT_ORDER_NO:
        return marked.taken(np.zeros_like(filled))
    if role in PARCEL:
        return marked.shown()
    above = marked.above
    takes = np.zeros_like(filled)
    for groups in parcels:
        same = (groups == groups[above]) & (groups >= 0)
        stranger = marked.covered & filled & ~same & (above >= 0)
        takes |= np.bincount(above[stranger], minlength=len(filled))[above] == 0
    return marked.taken(takes)


def lacks(rows: pd.DataFrame, role: str) -> pd.Series[bool]:
    """Rows whose cell in this column the file does not hold, though the sheet has the column."""
    if not rows[Mark.UNHELD].ne("").any():
        return pd.Series(data=False, index=rows.index)
    return rows[Mark.UNHELD].str.split(" ").map(lambda names: role in names).astype("bool")

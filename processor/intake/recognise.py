"""Recognises which kind of export a sheet is, by its name and headers.

If two kinds fit, that is a problem, not a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from processor.intake.cells import text
from processor.intake.layout import Layout, Signature
from processor.intake.problems import problem
from processor.market.notices import may_be_header
from processor.model import Col, Holds, Kind, Place, Problem, space_free
from processor.opener.reply import Cell

PARCEL = (Col.ORDER_NO, Col.BUNDLE_NO)
"""Columns that show which rows are lines of one parcel."""
SEARCHED_ROWS = 10
"""So many rows of a sheet are searched for its header."""
OWN_ROWS = 200
"""The same for the lists of a workbook of this program, whose orders stand below their groups."""


@dataclass(frozen=True, slots=True)
class Recognised:
    kind: Kind
    header_row: int  # from 0
    places: Mapping[str, int]  # role → column
    headers: Mapping[str, str]  # role → header as written in the sheet
    beside: Mapping[str, int]  # as _beside

    @property
    def columns(self) -> dict[str, int]:
        """All columns that are read: role → column."""
        return {**self.places, **self.beside}

    @property
    def key(self) -> int | None:
        """The column of 상품주문번호; None for a list of goods."""
        return self.places.get(Col.PRODUCT_ORDER_NO)


def recognise(first_rows: Sequence[Sequence[Cell]], place: Place, layout: Layout) -> Recognised | Problem | None:
    """The kind and the columns of a sheet, or a problem if no kind or several fit. first_rows: those that may be its header.

    None: this is not a table of orders.
    """
    row = header_row(first_rows, space_free(place.sheet), layout)
    if row is None:
        return None
    headers = [header_of(cell) for cell in first_rows[row]]
    signature = signature_of(frozenset(headers), place, layout)
    if isinstance(signature, Problem):
        return signature
    kind = signature.export.kind
    wanted = {
        role: next((h for h in layout.roles.get(role, ()) if h in headers), None) for role in layout.roles_of(kind)
    }
    found = {role: header for role, header in wanted.items() if header is not None}
    counts = Counter(headers)
    if twice := sorted({str(first_rows[row][headers.index(h)]) for h in found.values() if counts[h] > 1}):
        return problem("column_ambiguous", place, names=", ".join(twice))
    places = {role: headers.index(header) for role, header in found.items()}
    written = {role: text(first_rows[row][at]) for role, at in places.items()}
    return Recognised(kind, row, places, written, _beside(kind, headers, places, layout))


def _beside(kind: Kind, headers: Sequence[str], places: Mapping[str, int], layout: Layout) -> dict[str, int]:
    """The columns that are read only to understand the rows: those of PARCEL, and the product's name beside an answer.

    A returned workbook has 주문번호 and 상품명, but neither is read as evidence.
    """
    if kind.holds is Holds.GOODS:
        return {}
    roles = (*PARCEL, Col.PRODUCT_NAME) if kind.holds is Holds.ANSWERS else PARCEL
    wanted = {role: [h for h in layout.roles.get(role, ()) if h in headers] for role in roles if role not in places}
    return {role: headers.index(names[0]) for role, names in wanted.items() if names}


def header_of(cell: Cell) -> str:
    """The space-free header in a cell; "" for the notice above the table and any other text that cannot be a header."""
    if not isinstance(cell, str) or not may_be_header(cell):
        return ""
    return space_free(text(cell))


def header_row(rows: Sequence[Sequence[Cell]], sheet: str, layout: Layout) -> int | None:
    lists = [signature for signature in layout.signatures if signature.by_name and sheet in signature.sheets]
    listed = frozenset[str]().union(*(signature.any_of for signature in lists))
    for number, row in enumerate(rows):
        headers = frozenset(map(header_of, row))
        if headers & listed or (headers & layout.keys and (headers & layout.known) - layout.keys):
            return number
    return None


def signature_of(headers: frozenset[str], place: Place, layout: Layout) -> Signature | Problem:
    sheet = space_free(place.sheet)
    fitting = [signature for signature in layout.signatures if signature.fits(sheet, headers)]
    if len(fitting) > 1:
        fitting = [signature for signature in fitting if sheet in signature.sheets] or fitting
    match fitting:
        case [signature]:
            return signature
        case []:
            return _columns_missing(headers, place, layout)
        case _:
            names = [signature.export.label for signature in fitting]
            ko, en = ", ".join(name.ko for name in names), ", ".join(name.en for name in names)
            return problem("ambiguous_export", place, names=ko, names_en=en)


def _columns_missing(headers: frozenset[str], place: Place, layout: Layout) -> Problem:
    """The problem that names the missing columns of the most likely kind."""
    found = likely(headers, place, layout)
    return problem("unknown_export", place) if found is None else lacking(*found, place)


def lacking(signature: Signature, missing: Sequence[Sequence[str]], place: Place) -> Problem:
    """The problem of a sheet that is of this kind but for the columns that are missing."""
    label, names = signature.export.label, ", ".join(map(" / ".join, missing))
    return problem("columns_missing", place, kind=label.ko, kind_en=label.en, names=names)


def likely(headers: frozenset[str], place: Place, layout: Layout) -> tuple[Signature, Sequence[Sequence[str]]] | None:
    """The most likely kind of a sheet that fits none, and the columns that it lacks, each with all its names.

    That is the kind in the sheet's name, else the kind in the file's name, else the kind with the fewest missing
    columns.
    """
    gaps = [(signature, _gaps(signature, headers)) for signature in layout.signatures if not signature.by_name]
    lacking = [(signature, missing) for signature, missing in gaps if missing]
    sheet, file = space_free(place.sheet), space_free(place.file)
    by_sheet = [pair for pair in lacking if sheet in pair[0].sheets]
    by_file = [pair for pair in lacking if space_free(pair[0].export.label.ko) in file]
    return min(by_sheet or by_file or lacking, key=lambda pair: len(pair[1]), default=None)


def without_key(
    headers: frozenset[str], sheet: str, layout: Layout
) -> tuple[Signature, Sequence[Sequence[str]]] | None:
    """The kind whose columns are all there but 상품주문번호, and that column; None if there is no such kind, or several."""
    whole = headers | layout.keys
    fitting = [each for each in layout.signatures if not each.by_name and each.fits(space_free(sheet), whole)]
    if headers & layout.keys or len(fitting) != 1:
        return None
    return fitting[0], _gaps(fitting[0], headers)


def _gaps(signature: Signature, headers: frozenset[str]) -> list[Sequence[str]]:
    """The missing required columns of a kind, as rules.yaml writes them; any of the last ones is enough."""
    export = signature.export
    gaps: list[Sequence[str]] = [
        (name,) for name, names in zip(export.required, signature.required, strict=True) if headers.isdisjoint(names)
    ]
    return [*gaps, export.any_of] if export.any_of and headers.isdisjoint(signature.any_of) else gaps

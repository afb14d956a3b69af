"""Names the claim files and rows that could not be read or used: any order may have a request in them (law 5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from processor.model import CLAIM_KINDS, Batch, Kind, Text
from processor.rulebook.types import Export, Rulebook

_REQUESTS: Final = frozenset(kind for kind in Kind if kind.entry.tells_of_requests)
_NOTHING_LOST: Final = ("no_rows",)
_NO_EXPORT: Final = ("unknown_export",)
"""Codes of readable files that are no export known to rules.yaml: they count only if named like a claim export."""
_OUR_LIST: Final = "처리목록"
_SHOWN: Final = 3


class Lost(NamedTuple):
    """A claim file of which some rows, or everything, could not be read."""

    file: str
    rows: int  # 0 = the whole file, or a whole sheet of it

    @property
    def text(self) -> Text:
        if not self.rows:
            return Text(self.file, self.file)
        return Text(f"{self.file} {self.rows}줄", f"{self.file} ({self.rows} row{'s' * (self.rows > 1)})")


def lost(batch: Batch, book: Rulebook) -> list[Lost]:
    """One entry per file. 주문조회 counts only where no 취소관리 was read, for then no other file shows requests."""
    seen = {sheet.kind for sheet in batch.sheets}
    claims = frozenset(CLAIM_KINDS) | (_REQUESTS if Kind.CANCEL not in seen else frozenset())
    kinds = {(sheet.file, sheet.sheet): sheet.kind for sheet in batch.sheets}
    bad = [problem.place for problem in batch.row_problems if kinds.get(problem.place[:2]) in claims]
    rows = [*{place for place in bad if place.row}, *(place for place in bad if not place.row)]
    whole = dict.fromkeys(_whole(batch, book, claims))
    counts: dict[str, int] = {}
    for place in sorted(rows):
        if place.file not in whole:
            counts[place.file] = counts.get(place.file, 0) + 1
    return [*(Lost(file, 0) for file in whole), *(Lost(file, count) for file, count in counts.items())]


def names(found: list[Lost]) -> Text:
    """The first few names, with an ellipsis if there are more."""
    shown, more = [each.text for each in found[:_SHOWN]], " …" if len(found) > _SHOWN else ""
    return Text(", ".join(text.ko for text in shown) + more, ", ".join(text.en for text in shown) + more)


def _whole(batch: Batch, book: Rulebook, claims: frozenset[Kind]) -> Iterator[str]:
    """Files that could not be read and that are named after a claim export, or after nothing that is known."""
    for problem in batch.file_problems:
        file, sheet, _ = problem.place
        named = [export.kind for export in book.exports.kinds if _named_after(export, file, sheet)]
        other = bool(named) or _OUR_LIST in file
        may_be = not other and problem.code not in _NO_EXPORT
        if problem.code not in _NOTHING_LOST and (may_be or claims.intersection(named)):
            yield file


def _named_after(export: Export, file: str, sheet: str) -> bool:
    """Whether the file's name contains the export's label, or the sheet's name is one of the export's own."""
    return export.label.ko in "".join(file.split()) or sheet in export.sheets

"""Rows that the seller corrects outside of Excel: what he says becomes a correction copy in the inbox, as if it came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from processor import disk, intake, ledger, outbox
from processor.app.desk import Desk
from processor.app.desks import unused
from processor.app.errors import NotCorrected, PasswordNeeded
from processor.app.morning import ledger_troubles
from processor.app.teaching import file_of
from processor.model import Batch, InputFile, Original, Text
from processor.rulebook import Rulebook

Cells = Mapping[tuple[str, int], Mapping[str, str]]
"""Sheet and row → header → value."""
_HIDDEN: Final = ".corrected.tmp"  # `intake` passes over such names; what a killed one left is removed by the next
_NOT_OPENED: Final = Text(
    "열지 못해 고칠 수 없습니다. 아무것도 적지 않았습니다.",
    "They could not be opened, so nothing can be corrected. Nothing was written.",
)
_NOTHING_LEFT: Final = Text(
    "이 파일에 고칠 줄이 더는 없거나, 파일이 바뀌었습니다. 화면을 새로 고침해 보세요.",
    "There is nothing left to correct in this file, or it has changed. Load the page again.",
)


def correct(
    desk: Desk, book: Rulebook, file: str, cells: Cells, as_of: datetime, opening: intake.Opening, lang: str
) -> Path:
    """Lays a copy with the corrected rows into the inbox, if they can be used now; returns its path.

    Raises NotCorrected, FileMissing, PasswordNeeded, Busy and OSError; then nothing was written.
    """
    path = file_of(desk, file)
    shown = next(
        (str(each) for each in (PurePosixPath(file), *PurePosixPath(file).parents) if each.name == path.name), file
    )
    batch = _read(intake.input_file(path, shown), book, as_of, opening)
    if locked := [each for each in batch.file_problems if each.code.startswith("password_")]:
        raise PasswordNeeded(locked, _NOT_OPENED)
    hidden = desk.inbox / _HIDDEN
    with ledger_troubles(), ledger.alone(desk.outbox):
        try:
            name, original, content = _made(file, batch, book, cells, opening, lang)
            hidden.unlink(missing_ok=True)
            disk.write_new(hidden, content)
            copy = _read(intake.input_file(hidden, name), book, as_of, opening)
            if wrong := [*_still_wrong(copy, original, cells)]:
                raise NotCorrected(*wrong)
            place = unused(desk.inbox / name)
            disk.publish(hidden, place)
        finally:
            hidden.unlink(missing_ok=True)
    return place


def _read(file: InputFile, book: Rulebook, as_of: datetime, opening: intake.Opening) -> Batch:
    return intake.read([file], book.exports, book.reasons, opening, as_of)


def _made(
    file: str, batch: Batch, book: Rulebook, cells: Cells, opening: intake.Opening, lang: str
) -> tuple[str, Original, bytes]:
    """The name of the copy, the original and the content of the copy. Raises NotCorrected."""
    for name, read in intake.originals(batch, book, opening):
        found = read() if name == file else None
        if found is None:
            continue
        there = {(sheet.name, row) for sheet in found[0].sheets for row in sheet.rows}
        content = outbox.corrected(*found, cells, lang) if there.issuperset(cells) else None
        if content is not None:
            return outbox.name_of_copy(found[0]), found[0], content
    raise NotCorrected(_NOTHING_LEFT)


def _still_wrong(copy: Batch, original: Original, cells: Cells) -> Iterator[Text]:
    """Why corrected rows can't be used yet. In the copy the rows of a sheet stand one below another."""
    yield from (problem.message for problem in copy.file_problems)
    with_rows = [sheet for sheet in original.sheets if sheet.rows]
    names = [*dict.fromkeys(sheet.sheet for sheet in copy.sheets if sheet.kind is not None)]
    places = {
        (title, at): (sheet.name, row)
        for title, sheet in zip(names, with_rows, strict=False)
        for at, row in enumerate(sheet.rows, start=2)
    }
    for problem in copy.row_problems:
        where = places.get((problem.place.sheet, problem.place.row))
        if where is not None and where in cells:
            for cell in problem.cells:
                yield Text(
                    f"{where[1]}행: {cell.message.ko} {cell.fix.ko}", f"Row {where[1]}: {cell.message.en} {cell.fix.en}"
                )

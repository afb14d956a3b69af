"""What lies in the inbox and what the day still lacks, as a run would read it. Nothing is decided, moved or written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final

import pandas as pd

from processor import intake, ledger, outbox
from processor.app.desk import Desk
from processor.app.morning import ledger_troubles
from processor.app.progress import UNHEARD, OnProgress, Stage, counted
from processor.model import Batch, Col, InputSheet, Kind, Place, Problem, Repeat, Text
from processor.model.tables import Mark
from processor.rulebook import Rulebook

_MOST_ROWS: Final = 200
"""So many rows to correct are told; with more of them another download is quicker."""
_TEACHABLE: Final = frozenset({"unknown_export", "columns_missing", "unknown_state", "unknown_reason"})
_CONTRADICTION: Final = "conflicting_rows"
_NO_REQUESTS: Final = Text(
    "취소관리가 없습니다. 발송하면 들어온 취소요청이 거절됩니다.",
    "There is no 취소관리. A dispatch refuses the cancel requests that have come in.",
)


@dataclass(frozen=True, slots=True)
class RowToCorrect:
    """A row that cannot be used until the seller corrects it. `product`: with its option, "" = not known."""

    problem: Problem
    product: str

    def values(self, lang: str) -> dict[str, Any]:
        cells = [{**outbox.of_problem(cell, lang), "teachable": cell.code in _TEACHABLE} for cell in self.problem.cells]
        return {
            "sheet": self.problem.place.sheet,
            "row": self.problem.place.row,
            "product": self.product,
            "cells": cells,
        }


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file of the inbox. `needed`: it is locked, and a run decides nothing before it can be opened."""

    name: str
    sheets: tuple[tuple[InputSheet, Text, list[str]], ...]  # with its screen, and the columns that are switched off
    problems: tuple[Problem, ...]  # of the file and its sheets
    repeats: tuple[Repeat, ...]
    needed: bool

    def values(self, lang: str) -> dict[str, Any]:
        return {
            "name": self.name,
            "locked": any(problem.code.startswith("password_") for problem in self.problems),
            "needed": self.needed,
            "sheets": [
                {
                    "sheet": sheet.sheet,
                    "screen": screen.said(lang),
                    "rows": sheet.read - sheet.listed if sheet.kind and sheet.kind.is_export else sheet.read,
                    "taken_at": sheet.taken_at.isoformat(timespec="minutes") if sheet.taken_at else None,
                    "switched_off": off,
                    "note": sheet.note.said(lang),
                }
                for sheet, screen, off in self.sheets
            ],
            "problems": [
                {**outbox.of_problem(problem, lang), "teachable": problem.code in _TEACHABLE}
                for problem in self.problems
            ],
            "repeats": [repeat.text.said(lang) for repeat in self.repeats],
        }


@dataclass(frozen=True, slots=True)
class Recognised:
    """The files of the inbox, and the exports and rows of this day, those of earlier runs included."""

    as_of: datetime
    files: tuple[SeenFile, ...]
    passed_over: tuple[str, ...]  # names of links, which are never followed
    exports: Mapping[Kind, datetime | None]  # each that a day needs or has, with the time of its newest file
    labels: Mapping[Kind, Text]
    to_correct: tuple[RowToCorrect, ...]
    further: int  # rows to correct that are not among them

    @property
    def warning(self) -> Text | None:
        """That no file of this day tells of cancel requests, if there is any export at all."""
        there = [kind for kind, made in self.exports.items() if made is not None]
        return _NO_REQUESTS if there and not any(kind.entry.tells_of_requests for kind in there) else None

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        by_file: dict[str, list[RowToCorrect]] = {}
        for row in self.to_correct:
            by_file.setdefault(row.problem.place.file, []).append(row)
        return {
            "type": "recognised",
            "as_of": self.as_of.isoformat(timespec="minutes"),
            "files": [file.values(lang) for file in self.files],
            "passed_over": [*self.passed_over],
            "exports": [
                {
                    "kind": kind.value,
                    "screen": self.labels[kind].said(lang),
                    "taken_at": made.isoformat(timespec="minutes") if made else None,
                    "unseen": kind.entry.unseen.said(lang),
                }
                for kind, made in self.exports.items()
            ],
            "warning": self.warning.said(lang) if self.warning else None,
            "to_correct": [
                {"file": file, "rows": [row.values(lang) for row in rows]} for file, rows in by_file.items()
            ],
            "further_to_correct": self.further,
        }


def recognise(
    desk: Desk, book: Rulebook, as_of: datetime, opening: intake.Opening, on_progress: OnProgress = UNHEARD
) -> Recognised:
    """What a run would read now. Raises LedgerUnusable and OSError."""
    files = intake.find(desk.inbox)
    with ledger_troubles(), ledger.opened(desk.ledger, writing=False) as memory:
        known, evidence = memory.handled(book.sha256), memory.evidence(as_of)
    reading = counted(Stage.FILES_READ, on_progress)
    found = intake.gather(files, book.exports, book.reasons, opening, known, reading)
    checked = intake.checked(intake.recalled(found, evidence))
    batch = intake.joined(checked, as_of)
    labels = {export.kind: export.label for export in book.exports.kinds}
    rows = [*_rows_to_correct(batch, checked)]
    return Recognised(
        as_of=as_of,
        files=tuple(_seen(file.name, batch, found, book) for file in files),
        passed_over=tuple(path.name for path in desk.links_in_inbox),
        exports=_exports(batch),
        labels=labels,
        to_correct=tuple(rows[:_MOST_ROWS]),
        further=len(batch.row_problems) - len(rows[:_MOST_ROWS]),
    )


def opens(desk: Desk, book: Rulebook, name: str, password: str, process: intake.ReadingProcess) -> bool:
    """Does the password open that file of the inbox, or a file in that zip? False too if it is gone."""
    path = intake.lying(desk.inbox, name)
    if path is None:
        return False
    passwords = intake.Passwords([password])
    found = intake.gather([intake.input_file(path)], book.exports, book.reasons, intake.Opening(process, passwords))
    return not any(problem.code.startswith("password_") for problem in found.problems) or any(
        passwords.that_opened(file.name) for file in found.contents
    )


def _seen(name: str, batch: Batch, found: intake.Gathered, book: Rulebook) -> SeenFile:
    labels = {export.kind: export.label for export in book.exports.kinds}
    off = {(sheet.file, sheet.name): intake.switched_off(sheet) for sheet in found.sheets}
    problems = [problem for problem in batch.file_problems if _is_in(problem.place.file, name)]
    return SeenFile(
        name=name,
        sheets=tuple(
            (sheet, labels[sheet.kind], off.get((sheet.file, sheet.sheet), []))
            for sheet in batch.sheets
            if sheet.kind is not None and _is_in(sheet.file, name)
        ),
        problems=tuple(problems),
        repeats=tuple(repeat for repeat in batch.repeats if _is_in(repeat.name, name)),
        needed=bool(intake.locked_and_needed(problems, book.exports)),
    )


def _is_in(place: str, name: str) -> bool:
    """Is it that file, or a file in that zip?"""
    return place == name or any(str(above) == name for above in PurePosixPath(place).parents)


def _exports(batch: Batch) -> dict[Kind, datetime | None]:
    made: dict[Kind, datetime | None] = {kind: None for kind in Kind if kind.is_export and not kind.entry.dispensable}
    for sheet in batch.sheets:
        if sheet.kind is not None and sheet.kind.is_export and sheet.taken_at is not None:
            made[sheet.kind] = max(made.get(sheet.kind) or sheet.taken_at, sheet.taken_at)
    return made


def _rows_to_correct(batch: Batch, checked: intake.Gathered) -> Iterator[RowToCorrect]:
    """The rows that have a place and a cell to correct. Files that contradict each other are mended by a new download."""
    problems = [each for each in batch.row_problems if each.place.row and each.code != _CONTRADICTION]
    products = _products(checked) if problems else {}
    return (RowToCorrect(problem, products.get(problem.place, "")) for problem in problems)


def _products(checked: intake.Gathered) -> dict[Place, str]:
    """The product and option of each row that has a problem, as far as the row tells them."""
    bad = checked.rows[checked.failed]
    told = zip(bad[Mark.SHEET], bad[Mark.ROW], _texts(bad, Col.PRODUCT_NAME), _texts(bad, Col.OPTION), strict=True)
    return {checked.sheets[sheet].place(int(row)): " · ".join(filter(None, texts)) for sheet, row, *texts in told}


def _texts(rows: pd.DataFrame, column: str) -> Sequence[str]:
    return ["" if pd.isna(each) else str(each) for each in rows[column]]

"""Files into the batch: open, recognise, read, check, join; and an account of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from processor.intake.answers import told
from processor.intake.checks import believed, consistent
from processor.intake.container import Content, contents, opened
from processor.intake.examine import Examined, examine
from processor.intake.join import join
from processor.intake.layout import LIST_COLUMNS, Layout, layout
from processor.intake.sheet import ExportSheet
from processor.intake.table import MARKS, READ, Mark, empty
from processor.model import NOTHING, Batch, Col, InputFile, Kind, Problem, Repeat, SheetCount, Text
from processor.opener.passwords import Passwords
from processor.rulebook.types import Exports, Limits, Reason


@dataclass(frozen=True, eq=False)
class Gathered:
    """Every row of all files, before the rows of one order become one."""

    files: tuple[InputFile, ...]
    form: Layout
    rows: pd.DataFrame  # the columns of `table.READ` and `table.MARKS`
    sheets: list[ExportSheet]
    skipped: list[SheetCount]
    problems: list[Problem]  # of whole files and sheets
    contents: list[InputFile]
    repeats: list[Repeat]
    unread: frozenset[str] = frozenset()  # order numbers in tables that were refused, though their sheet was read

    @property
    def failed(self) -> pd.Series[bool]:
        return self.rows[Mark.PROBLEM].notna()

    @property
    def listed(self) -> pd.Series[bool]:
        """Rows of a list of goods: they speak of no order."""
        return self.rows[Mark.SHEET].isin([at for at, sheet in enumerate(self.sheets) if sheet.kind is Kind.SOLD_OUT])


Known = Mapping[str, Repeat]
"""What earlier runs have handled, by its hash."""
_ALL_NEW: Final[Known] = {}


def read(
    files: Sequence[InputFile],
    exports: Exports,
    reasons: Sequence[Reason],
    passwords: Passwords,
    known: Known = _ALL_NEW,
) -> Batch:
    """Everything new that the files say, whatever their order: one row per order, and what could not be one."""
    return joined(gather(files, exports, reasons, passwords, known))


def gather(
    files: Sequence[InputFile],
    exports: Exports,
    reasons: Sequence[Reason],
    passwords: Passwords,
    known: Known = _ALL_NEW,
) -> Gathered:
    form = layout(exports, reasons)
    files = sorted(files, key=lambda file: (file.name, file.sha256))
    found = _Reading(form, exports.limits, passwords, dict(known))
    for file in files:
        found.take(file)
    sheets = [sheet for outcome in found.outcomes for sheet in outcome.sheets]
    return Gathered(
        files=tuple(files),
        form=form,
        rows=consistent(believed(_all_rows(found.outcomes), sheets), sheets),
        sheets=sheets,
        skipped=[*(count for outcome in found.outcomes for count in outcome.skipped), *map(_named, found.repeats)],
        problems=[each for outcome in found.outcomes for each in outcome.problems],
        contents=found.contents,
        repeats=found.repeats,
        unread=frozenset().union(*(outcome.unread for outcome in found.outcomes)),
    )


@dataclass(slots=True)
class _Reading:
    """File after file: what is read of it, or why not."""

    form: Layout
    limits: Limits
    passwords: Passwords
    known: dict[str, Repeat]
    outcomes: list[Examined] = field(default_factory=list)
    contents: list[InputFile] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)

    def take(self, file: InputFile) -> None:
        for content in contents(file, self.limits):
            if isinstance(content, Problem):
                self.outcomes.append(Examined(problems=[content]))
            elif (before := self.known.get(content.file.sha256)) is not None:
                self.repeats.append(before._replace(name=content.file.name))
            else:
                self._open(content)

    def _open(self, content: Content) -> None:
        file, book = content.file, opened(content, self.passwords)
        outcome = Examined(problems=[book]) if isinstance(book, Problem) else examine(book, self.form)
        self.outcomes.append(outcome)
        if outcome.sheets:  # what nobody could read may become readable, with another password for one
            self.known[file.sha256] = Repeat(file.name, file.name, None)
            self.contents.append(file)


def joined(gathered: Gathered) -> Batch:
    rows, sheets, failed, listed = gathered.rows, gathered.sheets, gathered.failed, gathered.listed
    orders = ~failed & ~listed
    spoken = orders & rows[Col.PRODUCT_ORDER_NO].isin(rows.loc[orders & ~rows[Mark.SILENT], Col.PRODUCT_ORDER_NO])
    claims = _doubted(join(rows[spoken], rows[failed], sheets, gathered.form), gathered.unread)
    return Batch(
        claims=claims,
        sold_out=rows.loc[~failed & listed, list(LIST_COLUMNS)].fillna("").reset_index(drop=True),
        files=gathered.files,
        sheets=(*_counts(rows, sheets, failed, spoken, claims), *gathered.skipped),
        row_problems=tuple(rows.loc[failed, Mark.PROBLEM]),
        file_problems=tuple(gathered.problems),
        told=told(rows[orders], sheets, gathered.form),
        contents=tuple(gathered.contents),
        repeats=tuple(gathered.repeats),
        unread=frozenset(rows.loc[failed, Col.PRODUCT_ORDER_NO].dropna()) | gathered.unread,
    )


def _doubted(claims: pd.DataFrame, unread: frozenset[str]) -> pd.DataFrame:
    """Orders, and all lines of an order, that stand in a table which was refused are in trouble like those of a bad row."""
    named = claims[Col.PRODUCT_ORDER_NO].isin(unread) | claims[Col.ORDER_NO].isin(unread)
    return claims.assign(**{Col.TROUBLE: claims[Col.TROUBLE].mask(named & claims[Col.TROUBLE].eq(""), "problem")})


def _all_rows(outcomes: Sequence[Examined]) -> pd.DataFrame:
    """The rows of all sheets, each with the number of its sheet."""
    tables = [table for outcome in outcomes for table in outcome.tables]
    numbered = [table.assign(**{Mark.SHEET: number}) for number, table in enumerate(tables)]
    return pd.concat(numbered, ignore_index=True) if numbered else empty(READ | MARKS)


def _counts(
    rows: pd.DataFrame, sheets: Sequence[ExportSheet], failed: pd.Series, spoken: pd.Series, claims: pd.DataFrame
) -> list[SheetCount]:
    """The law `read = decided + merged + listed + problems`; a decided order counts where its newest row stands."""

    def per_sheet(chosen: pd.Series) -> list[int]:
        return [int(count) for count in np.bincount(rows.loc[chosen, Mark.SHEET], minlength=len(sheets))]

    decided = Counter(source[0][:2] for source in claims[Col.SOURCE])
    listed = per_sheet(~failed & ~spoken)
    joined, problems = per_sheet(spoken), per_sheet(failed)
    unheld = per_sheet(rows[Mark.UNHELD] != "")
    tables: dict[tuple[str, str], list[int]] = {}
    for number, sheet in enumerate(sheets):
        tables.setdefault((sheet.file, sheet.name), []).append(number)
    return [
        SheetCount(
            *place,
            sheets[numbers[0]].kind,
            read=sum(joined[n] + listed[n] + problems[n] for n in numbers),
            decided=decided[place],
            merged=sum(joined[n] for n in numbers) - decided[place],
            listed=sum(listed[n] for n in numbers),
            problems=sum(problems[n] for n in numbers),
            note=_together(*map(_blind, (sheets[n] for n in numbers)), _unheld(sum(unheld[n] for n in numbers))),
            taken_at=sheets[numbers[0]].taken_at,
            tables=len(numbers),
        )
        for place, numbers in tables.items()
    ]


def _together(*notes: Text) -> Text:
    said = list(dict.fromkeys(note for note in notes if note != NOTHING))
    return Text(" ".join(note.ko for note in said), " ".join(note.en for note in said))


def _unheld(rows: int) -> Text:
    """Rows with a cell that the file does not hold: what they do not say is asked, and this says why."""
    if not rows:
        return NOTHING
    return Text(
        f"{rows}줄에 병합되었거나 줄이 끊겨서 알 수 없는 칸이 있습니다. 빈칸으로 보지 않았습니다.",
        f"{rows} rows have cells that are merged or cut off, so what they say is not known. They were not taken for blank ones.",
    )


def _named(repeat: Repeat) -> SheetCount:
    """A file that is not read again, said in the account of the inputs."""
    return SheetCount(repeat.name, "", kind=None, note=repeat.text)


def _blind(sheet: ExportSheet) -> Text:
    """Columns that the seller switched off, without which nobody can tell whether a parcel has left."""
    lacking = {"발송처리일": Col.DISPATCHED_AT, "송장출력일": Col.INVOICE_PRINTED_AT, "송장번호": Col.TRACKING_NO}
    off = " · ".join(header for header, role in lacking.items() if not sheet.saw(role))
    if sheet.kind is not Kind.DISPATCH or not off:
        return NOTHING
    return Text(
        f"꺼진 항목: {off}. 이것이 없으면 나갔는지 알 수 없어 확인필요가 늘어납니다. 판매자센터의 Grid 항목 설정에서 켜고 다시 받아 주세요.",
        f"Switched off: {off}. Without them nobody can tell what has left, so more orders become questions. Switch them on "
        "in the Seller Center (Grid 항목 설정) and download again.",
    )

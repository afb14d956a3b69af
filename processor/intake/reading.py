"""Turns input files into the batch: opens, recognises, reads, checks and joins them, and counts their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import numpy as np
import pandas as pd

from processor.intake.ahead import none_ahead
from processor.intake.answers import answer_rows
from processor.intake.checks import believed, consistent, noted
from processor.intake.contents import Content, contents, opened
from processor.intake.examine import Examined, examine
from processor.intake.join import join, made_good, whole_lists
from processor.intake.layout import LIST_COLUMNS, Layout, layout
from processor.intake.not_orders import note_on
from processor.intake.problems import RowProblems
from processor.intake.recognise import Recognised
from processor.intake.sheet import ExportSheet
from processor.market.downloads import named_moment, not_later_than
from processor.model import (
    NOTHING,
    AnswerRow,
    Batch,
    Col,
    Evidence,
    Holds,
    InputFile,
    InputSheet,
    Kind,
    Problem,
    ReadSheet,
    Repeat,
    Text,
)
from processor.model.tables import ROWS, Mark
from processor.opener.process import Opening
from processor.rulebook.types import Exports, Limits, Reason, Rulebook


@dataclass(frozen=True, eq=False)
class Gathered:
    """All rows of these files and of files that earlier runs read, before the rows of each order are joined."""

    files: tuple[InputFile, ...]
    form: Layout
    rows: pd.DataFrame  # tables.ROWS
    sheets: list[ExportSheet]
    skipped: list[InputSheet]
    problems: list[Problem]  # of whole files and sheets
    contents: list[InputFile]
    repeats: list[Repeat]
    unread: frozenset[str] = frozenset()  # order numbers in refused tables of sheets that were read
    answer_rows: tuple[AnswerRow, ...] = ()  # from files that earlier runs of this day read
    new: Evidence | None = None  # what this run read, without the rows of earlier runs; set by `recalled`

    @property
    def numbers(self) -> list[str]:
        """The numbers of all orders that occur in any row."""
        return self.rows[Col.PRODUCT_ORDER_NO].dropna().unique().tolist()

    @property
    def failed(self) -> pd.Series[bool]:
        return self.rows[Mark.PROBLEM].notna()

    @property
    def listed(self) -> pd.Series[bool]:
        """Is the row an entry of a list of goods, and so not about an order?"""
        return self._of(lambda sheet: sheet.kind.holds is Holds.GOODS)

    @property
    def earlier(self) -> pd.Series[bool]:
        """Was the row read by a run of an earlier day, which has counted it?"""
        return self._of(lambda sheet: sheet.earlier)

    def _of(self, test: Callable[[ExportSheet], bool]) -> pd.Series[bool]:
        return self.rows[Mark.SHEET].isin([at for at, sheet in enumerate(self.sheets) if test(sheet)])


Known = Mapping[str, Repeat]
"""Files that earlier runs have handled, by their SHA-256."""
_ALL_NEW: Final[Known] = {}


def read(
    files: Sequence[InputFile],
    exports: Exports,
    reasons: Sequence[Reason],
    opening: Opening,
    as_of: datetime,
    known: Known = _ALL_NEW,
) -> Batch:
    """Reads all new files: one row per order, and the problems. The order of the files makes no difference."""
    return joined(checked(gather(files, exports, reasons, opening, known)), as_of)


def gather(
    files: Sequence[InputFile],
    exports: Exports,
    reasons: Sequence[Reason],
    opening: Opening,
    known: Known = _ALL_NEW,
    on_file: Callable[[int, int], None] = lambda _done, _all: None,
) -> Gathered:
    """Reads the rows of all files without joining them. `on_file(done, all)` is called after each file."""
    form = layout(exports, reasons)
    files = sorted(files, key=lambda file: (file.name, file.sha256))
    found = _Reading(form, exports.limits, opening, dict(known))
    for done, file in enumerate(files, start=1):
        found.take(file)
        on_file(done, len(files))
    sheets = [sheet for outcome in found.outcomes for sheet in outcome.sheets]
    tables = [table for outcome in found.outcomes for table in outcome.tables]
    numbered = [table.assign(**{Mark.SHEET: number}) for number, table in enumerate(tables)]
    sheets, rows = _united([(sheets, pd.concat(numbered, ignore_index=True) if numbered else ROWS.empty())])
    return Gathered(
        files=tuple(files),
        form=form,
        rows=rows,
        sheets=sheets,
        skipped=[*(count for outcome in found.outcomes for count in outcome.skipped), *map(_named, found.repeats)],
        problems=[each for outcome in found.outcomes for each in outcome.problems],
        contents=found.contents,
        repeats=found.repeats,
        unread=frozenset().union(*(outcome.unread for outcome in found.outcomes)),
    )


def nothing_new(book: Rulebook) -> Gathered:
    """What is gathered of no file at all."""
    return Gathered((), layout(book.exports, book.reasons), ROWS.empty(), [], [], [], [], [])


def recalled(gathered: Gathered, earlier: Evidence) -> Gathered:
    """Adds the rows that earlier runs read, so that all rows are joined at once.

    If a file is read again by other rules, its new rows replace those that were read before.
    """
    again = {file.sha256 for file in gathered.contents}
    kept = [at for at, sheet in enumerate(earlier.sheets) if sheet.sha256 not in again]
    names = _own_names([earlier.sheets[at] for at in kept], {sheet.file for sheet in gathered.sheets})
    before = [_export_sheet(earlier.sheets[at], name) for at, name in zip(kept, names, strict=True)]
    numbers = earlier.rows[Mark.SHEET].map({at: number for number, at in enumerate(kept)})
    rows_before = earlier.rows[numbers.notna()].assign(**{Mark.SHEET: numbers.dropna().astype("int64")})
    sheets, rows = _united([(before, rows_before), (gathered.sheets, gathered.rows)])
    names_read = {file.name for file in gathered.files}
    lost = [problem for problem in earlier.lost if problem.place.file not in names_read]
    return replace(
        gathered,
        rows=_understood(rows, sheets, gathered.form),
        sheets=sheets,
        problems=[*lost, *gathered.problems],
        answer_rows=earlier.answer_rows,
        unread=gathered.unread | earlier.unread,
        new=Evidence(
            tuple(map(_remembered, gathered.sheets)),
            gathered.rows,
            lost=tuple(gathered.problems),
            unread=gathered.unread,
        ),
    )


def _united(parts: Sequence[tuple[Sequence[ExportSheet], pd.DataFrame]]) -> tuple[list[ExportSheet], pd.DataFrame]:
    """All sheets of all parts, sorted by file, and all their rows, with Mark.SHEET as the index of their sheet."""
    sheets = [sheet for some, _ in parts for sheet in some]
    order = sorted(range(len(sheets)), key=lambda at: (sheets[at].file, sheets[at].sha256))
    place = {at: number for number, at in enumerate(order)}
    tables, first = [], 0
    for some, rows in parts:
        if len(rows):
            tables.append(rows.assign(**{Mark.SHEET: (rows[Mark.SHEET] + first).map(place)}))
        first += len(some)
    together = pd.concat(tables) if tables else ROWS.empty()
    return [sheets[at] for at in order], together.sort_values(Mark.SHEET, kind="stable", ignore_index=True)


def _own_names(sheets: Sequence[ReadSheet], taken: set[str]) -> list[str]:
    """The file name of each sheet. If different files share a name, the beginning of the file's hash is added."""
    owners: dict[str, set[str]] = {}
    for sheet in sheets:
        owners.setdefault(sheet.file, set()).add(sheet.sha256)
    shared = {name for name, hashes in owners.items() if len(hashes) > 1 or name in taken}
    return [f"{sheet.file} ({sheet.sha256[:6]})" if sheet.file in shared else sheet.file for sheet in sheets]


def _export_sheet(sheet: ReadSheet, name: str) -> ExportSheet:
    found = Recognised(sheet.kind, 0, {}, sheet.headers, {})
    return ExportSheet(
        name,
        sheet.name,
        sheet.taken_at,
        found,
        sheet.typed,
        sheet.dated,
        sheet.sha256,
        sheet.earlier,
        sheet.whole,
        remembered=True,
        stamp=sheet.stamp,
    )


def reads_alike(one: Rulebook, other: Rulebook) -> bool:
    """Do these rules read each file in the same way?"""
    if (one.exports, one.reasons) == (other.exports, other.reasons):
        return True
    return one.exports.limits == other.exports.limits and (
        layout(one.exports, one.reasons) == layout(other.exports, other.reasons)
    )


def remembered_sheets(gathered: Gathered) -> list[ReadSheet]:
    """The sheets in the form in which they are remembered, in the order of their numbers in the rows."""
    return [_remembered(sheet) for sheet in gathered.sheets]


def _remembered(sheet: ExportSheet) -> ReadSheet:
    return ReadSheet(
        sheet.file, sheet.name, sheet.kind, sheet.taken_at, sheet.dated, sheet.typed, sheet.found.headers,
        sheet.sha256, sheet.whole, sheet.earlier, stamp=sheet.stamp,
    )  # fmt: skip


def _understood(rows: pd.DataFrame, sheets: Sequence[ExportSheet], form: Layout) -> pd.DataFrame:
    """The rows, where remembered rows with a label that today's rules do not know become problems."""
    found: dict[int, Problem] = {}
    problems = RowProblems()
    usable = rows[Mark.PROBLEM].isna()
    for role, labels in form.labels.items():
        strange = set(rows[role].dropna().unique()) - {"", *labels}
        if not strange:
            continue
        here = rows.loc[usable & rows[role].isin(strange), [Mark.SHEET, Mark.ROW, role]]
        code = "unknown_reason" if role == Col.CLAIM_REASON else "unknown_state"
        for at, number, row, value in here.itertuples():
            sheet = sheets[number]
            if at not in found:
                found[at] = problems.make(code, sheet.place(row), column=sheet.header(role), value=value)
    return noted(rows, found)


@dataclass(slots=True)
class _Reading:
    """Reads one file after another and collects the outcomes."""

    form: Layout
    limits: Limits
    opening: Opening
    known: dict[str, Repeat]
    outcomes: list[Examined] = field(default_factory=list)
    contents: list[InputFile] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)

    def take(self, file: InputFile) -> None:
        for content in contents(file, self.limits, self.opening.process):
            if isinstance(content, Problem):
                self.outcomes.append(Examined(problems=[content]))
            elif (before := self.known.get(content.file.sha256)) is not None:
                self.repeats.append(before._replace(name=content.file.name))
            else:
                self._open(content)

    def _open(self, content: Content) -> None:
        file, book = content.file, opened(content, self.opening.passwords)
        outcome = Examined(problems=[book]) if isinstance(book, Problem) else examine(book, self.form)
        dated = named_moment(file.name) is not None
        refused = {problem.place[:2] for problem in outcome.problems}
        named = [
            replace(_dated(sheet, dated), sha256=file.sha256, listed_whole=sheet.place()[:2] not in refused)
            for sheet in outcome.sheets
        ]
        self.outcomes.append(replace(outcome, sheets=named))
        if outcome.sheets:  # an unreadable file is not kept: a later run may read it, for example with another password
            self.known[file.sha256] = Repeat(file.name, file.name, None)
            self.contents.append(file)


def _dated(sheet: ExportSheet, by_its_name: bool) -> ExportSheet:
    """The sheet with the time from its file name, if that has one.

    The seller's own sheets keep the time of their last change.
    """
    latest = None if by_its_name or not sheet.kind.is_export else not_later_than(sheet.file.rsplit("/", 1)[-1])
    return replace(sheet, dated=by_its_name, taken_at=min(sheet.taken_at, latest or sheet.taken_at))


def checked(gathered: Gathered) -> Gathered:
    """Adds the problems that only all rows together show. Rows of earlier days are not checked again."""
    rows, earlier = gathered.rows, gathered.earlier
    today = consistent(believed(rows[~earlier], gathered.sheets), gathered.sheets)
    problems = rows[Mark.PROBLEM].where(earlier, today[Mark.PROBLEM]) if earlier.any() else today[Mark.PROBLEM]
    return replace(
        gathered,
        rows=rows.assign(
            **{Mark.PROBLEM: problems, Mark.ROUNDED: today[Mark.ROUNDED].reindex(rows.index, fill_value=False)}
        ),
    )


def timed(gathered: Gathered, as_of: datetime) -> Gathered:
    """The same with no sheet newer than the run, whatever time its file has."""
    return replace(gathered, sheets=none_ahead(gathered.sheets, as_of))


def joined(gathered: Gathered, as_of: datetime) -> Batch:
    """Joins all rows into one row per order, and counts the rows of each sheet of this day."""
    gathered = timed(gathered, as_of)
    sheets, form = gathered.sheets, gathered.form
    rows, failed, listed, earlier = gathered.rows, gathered.failed, gathered.listed, gathered.earlier
    orders = ~failed & ~listed & ~earlier
    spoken = orders & rows[Col.PRODUCT_ORDER_NO].isin(rows.loc[orders & ~rows[Mark.SILENT], Col.PRODUCT_ORDER_NO])
    bad = failed & ~earlier
    faulty, speaking = rows[bad], rows.loc[spoken, [Mark.SHEET, Col.PRODUCT_ORDER_NO]]
    everything = _doubted(join(rows[spoken | (earlier & ~failed)], faulty, sheets, form, as_of), gathered.unread)
    today = everything[Col.PRODUCT_ORDER_NO].isin(speaking[Col.PRODUCT_ORDER_NO])
    claims = everything[today].reset_index(drop=True)
    whole = frozenset(whole_lists(faulty, sheets))
    wrong = bad.copy()
    if not faulty.empty:
        wrong[bad] = ~made_good(speaking, faulty, sheets)
    return Batch(
        claims=claims,
        sold_out=rows.loc[~bad & listed, list(LIST_COLUMNS)].fillna("").reset_index(drop=True),
        files=gathered.files,
        sheets=(*_input_sheets(rows, sheets, spoken, wrong), *gathered.skipped),
        row_problems=tuple(rows.loc[wrong, Mark.PROBLEM]),
        file_problems=tuple(gathered.problems),
        answer_rows=(*gathered.answer_rows, *answer_rows(rows, orders, sheets, form)),
        contents=tuple(gathered.contents),
        repeats=tuple(gathered.repeats),
        unread=frozenset(faulty[Col.PRODUCT_ORDER_NO].dropna()) | gathered.unread,
        earlier=everything[~today].reset_index(drop=True),
        lists=tuple(_listings(rows, sheets, whole)),
        new=gathered.new,
        fresh=gathered.new is None or _has_more_than_answers(gathered.new),
    )


def _has_more_than_answers(new: Evidence) -> bool:
    exports = any(sheet.kind.holds is not Holds.ANSWERS for sheet in new.sheets)
    return exports or bool(new.lost) or bool(new.rows[Mark.PROBLEM].notna().any())


def _listings(rows: pd.DataFrame, sheets: Sequence[ExportSheet], whole: frozenset[int]) -> Iterator[ReadSheet]:
    """The sheets with two facts about them as lists: is the list whole, and when was its earliest request made?"""
    since = rows.groupby(Mark.SHEET)[Col.CLAIM_REQUESTED].min().dropna()
    for number, sheet in enumerate(sheets):
        first = since.get(number) if sheet.kind is Kind.CANCEL else None
        yield replace(_remembered(sheet), whole=number in whole, since=None if first is None else first.to_pydatetime())


def _doubted(claims: pd.DataFrame, unread: frozenset[str]) -> pd.DataFrame:
    """Marks orders in refused tables, with all lines of these orders, as doubtful, like orders with a bad row."""
    if not unread:
        return claims
    named = claims[Col.PRODUCT_ORDER_NO].isin(unread) | claims[Col.ORDER_NO].isin(unread)
    return claims.assign(**{Col.TROUBLE: claims[Col.TROUBLE].mask(named & claims[Col.TROUBLE].eq(""), "problem")})


def _input_sheets(
    rows: pd.DataFrame, sheets: Sequence[ExportSheet], spoken: pd.Series, wrong: pd.Series
) -> list[InputSheet]:
    """The sheets of this day with their row counts.

    `listed` counts rows that are neither part of an order nor a problem.
    """

    def per_sheet(chosen: pd.Series) -> list[int]:
        return [int(count) for count in np.bincount(rows[Mark.SHEET][chosen], minlength=len(sheets))]

    every, unheld = per_sheet(rows[Mark.ROW].notna()), per_sheet(rows[Mark.UNHELD] != "")
    listed = per_sheet(~spoken & ~wrong)
    tables: dict[tuple[str, str], list[int]] = {}
    for number, sheet in enumerate(sheets):
        if not sheet.earlier:
            tables.setdefault((sheet.file, sheet.name), []).append(number)
    return [
        InputSheet(
            *place,
            sheets[numbers[0]].kind,
            read=sum(every[n] + len(sheets[n].not_orders) for n in numbers),
            listed=sum(listed[n] + len(sheets[n].not_orders) for n in numbers),
            note=_together(*map(_noted, (sheets[n] for n in numbers)), _unheld(sum(unheld[n] for n in numbers))),
            taken_at=sheets[numbers[0]].taken_at,
            tables=len(numbers),
        )
        for place, numbers in tables.items()
    ]


def _together(*notes: Text) -> Text:
    distinct = list(dict.fromkeys(note for note in notes if note != NOTHING))
    return Text(" ".join(note.ko for note in distinct), " ".join(note.en for note in distinct))


def _unheld(rows: int) -> Text:
    """The note that some rows have cells that the file does not hold, and that therefore the seller may be asked."""
    if not rows:
        return NOTHING
    return Text(
        f"{rows}줄에 병합되었거나 줄이 끊겨서 알 수 없는 칸이 있습니다. 빈칸으로 보지 않았습니다.",
        f"{rows} rows have cells that are merged or cut off, so what they say is not known. They were not taken for blank ones.",
    )


def _named(repeat: Repeat) -> InputSheet:
    """The line for a file that is not read again, in the account of the inputs."""
    return InputSheet(repeat.name, "", kind=None, note=repeat.text)


_CUT: Final = Text(
    "엑셀 한 칸에 담을 수 없는 긴 글이 있어 앞부분만 읽었습니다. 그런 글은 '…'으로 끝납니다.",
    "Some cells hold more text than Excel can, so only its beginning was read. It ends in '…'.",
)


def _noted(sheet: ExportSheet) -> Text:
    sums = note_on(sheet.not_orders) if sheet.not_orders else NOTHING
    return _together(_blind(sheet), sums, _CUT if sheet.cut else NOTHING)


def switched_off(sheet: ExportSheet) -> list[str]:
    """The columns that the seller switched off and that are needed to know whether a parcel has left."""
    if sheet.kind is not Kind.DISPATCH:
        return []
    wanted = {"발송처리일": Col.DISPATCHED_AT, "송장출력일": Col.INVOICE_PRINTED_AT, "송장번호": Col.TRACKING_NO}
    return [header for header, role in wanted.items() if not sheet.saw(role)]


def _blind(sheet: ExportSheet) -> Text:
    """The note about such columns."""
    off = " · ".join(switched_off(sheet))
    if not off:
        return NOTHING
    return Text(
        f"꺼진 항목: {off}. 이것이 없으면 나갔는지 알 수 없어 확인필요가 늘어납니다. 판매자센터의 Grid 항목 설정에서 켜고 다시 받아 주세요.",
        f"Switched off: {off}. Without them nobody can tell what has left, so more orders become questions. Switch them on "
        "in the Seller Center (Grid 항목 설정) and download again.",
    )

"""Reads the files of past runs again by other rules, where the brief of a run was read by rules that read otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

import pandas as pd

from processor import intake
from processor.app.errors import Refused
from processor.app.past_runs import PastRuns
from processor.ledger import Brief
from processor.model import Batch, Col, Evidence, ReadSheet
from processor.model.tables import Mark
from processor.rulebook import Rulebook


class _Filed(NamedTuple):
    """The files that a run has put away: as it named them, and the hashes of all that it read in them."""

    run: str
    files: Mapping[str, tuple[str, datetime]]  # SHA-256 → name and time
    read: frozenset[str]


def _filed(brief: Brief) -> _Filed:
    files = {file.sha256: (file.name, file.taken_at) for file in brief.batch.files}
    return _Filed(brief.run, files, frozenset(file.sha256 for file in brief.batch.contents))


class Reread(NamedTuple):
    """The batch of a past run, read anew, and the orders of which not every file is there any more."""

    batch: Batch
    unseen: frozenset[str]


@dataclass(slots=True)
class Rereading:
    """The files that past runs have put away, each read once for each rulebook. `opening`: with the passwords to try."""

    runs: PastRuns
    opening: intake.Opening
    _filed: dict[str, _Filed | None] = field(default_factory=dict)  # by run; None = its brief can't be read
    _read: dict[tuple[str, str], intake.Gathered] = field(default_factory=dict)

    def needed(self, then: Rulebook | None, book: Rulebook) -> bool:
        """Do these rules read files in another way than those of then?"""
        return then is None or not intake.reads_alike(then, book)

    def batch(self, brief: Brief, book: Rulebook) -> Reread:
        """The batch of a run, of its own files, of those that it knew by earlier runs, and of what it knew of answers."""
        lists = {(sheet.sha256, sheet.name): sheet for sheet in brief.batch.lists}
        hashes = {sheet.sha256 for sheet in brief.batch.lists}
        own = self._of(_filed(brief), book)
        others = [self._of(each, book) for each in self._before(brief.run) if not each.read.isdisjoint(hashes)]
        sheets: list[ReadSheet] = []
        tables: list[pd.DataFrame] = []
        for gathered in others:
            for number, sheet in enumerate(intake.remembered_sheets(gathered)):
                known = lists.get((sheet.sha256, sheet.name))
                if known is not None:
                    rows = gathered.rows[gathered.rows[Mark.SHEET].eq(number)]
                    tables.append(self._kept(rows, brief, known).assign(**{Mark.SHEET: len(sheets)}))
                    sheets.append(replace(known, headers=sheet.headers, kind=sheet.kind))
        empty = own.rows.iloc[:0]
        evidence = Evidence(
            tuple(sheets),
            pd.concat(tables, ignore_index=True) if tables else empty,
            tuple(row for row in brief.batch.answer_rows if row.run),
        )
        batch = intake.joined(intake.checked(intake.recalled(own, evidence)), brief.as_of)
        there = {file.sha256 for gathered in (own, *others) for file in gathered.contents}
        gone = [sheet for sheet in brief.batch.lists if sheet.sha256 not in there]
        return Reread(replace(batch, fresh=brief.batch.fresh), frozenset(_told_of_by(gone, brief)))

    def _before(self, run: str) -> Iterator[_Filed]:
        """The runs before that one of which a brief can be read, the oldest first."""
        names = self.runs.names()
        for name in reversed(names[names.index(run) + 1 :]):
            if name not in self._filed:
                try:
                    self._filed[name] = _filed(self.runs.brief(name))
                except Refused:
                    self._filed[name] = None
            if (earlier := self._filed[name]) is not None:
                yield earlier

    def _of(self, run: _Filed, book: Rulebook) -> intake.Gathered:
        key = run.run, book.sha256
        if key not in self._read:
            inbox = self.runs.desk.inbox
            there = (inbox / "done" / run.run).is_dir()
            files = intake.inputs_of(inbox, run.run, run.files) if there else []
            self._read[key] = intake.gather(files, book.exports, book.reasons, self.opening)
        return self._read[key]

    @staticmethod
    def _kept(rows: pd.DataFrame, brief: Brief, sheet: ReadSheet) -> pd.DataFrame:
        """What the ledger had kept of a sheet: of earlier days only the rows of orders that were still open."""
        if not sheet.earlier:
            return rows
        return rows[rows[Col.PRODUCT_ORDER_NO].isin(list(_numbers(brief)))]


def _numbers(brief: Brief) -> Iterator[str]:
    for table in (brief.batch.claims, brief.batch.earlier):
        if table is not None:
            yield from table[Col.PRODUCT_ORDER_NO]


def _told_of_by(gone: list[ReadSheet], brief: Brief) -> set[str]:
    """The orders that may have had rows in these sheets, and those that ship or were bought with them."""
    files = {sheet.file for sheet in gone}
    claims = brief.batch.claims
    today = [any(place.file in files for place in places) for places in claims[Col.SOURCE]]
    before = claims[Col.PRODUCT_ORDER_NO].isin(list(brief.past.orders.index)) & any(sheet.earlier for sheet in gone)
    told = claims[pd.Series(today, index=claims.index, dtype="bool") | before]
    family = claims[Col.ORDER_NO].isin(told[Col.ORDER_NO].dropna()) | claims[Col.BUNDLE_NO].isin(
        told[Col.BUNDLE_NO].replace("", pd.NA).dropna()
    )
    found = {*told[Col.PRODUCT_ORDER_NO], *claims.loc[family, Col.PRODUCT_ORDER_NO]}
    if any(sheet.earlier for sheet in gone) and brief.batch.earlier is not None:
        found |= set(brief.batch.earlier[Col.PRODUCT_ORDER_NO])
    return found

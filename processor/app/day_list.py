"""The list of the day for a face that shows it all the time, and answers given there instead of in a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from processor import disk, intake, judge, ledger, outbox
from processor.app.arrivals import put_whole
from processor.app.desk import Desk
from processor.app.errors import NotOfToday, NotTold, UnknownAnswer
from processor.app.kept import Kept
from processor.app.morning import RunOptions, ledger_troubles, remembered, run_on
from processor.app.outcomes import Done, NothingNew
from processor.app.think import think
from processor.model import ACTION_HEADER, CELL_NAMED, RESULT, TAKING_BACK, standing
from processor.outbox import captions
from processor.rulebook import Rulebook

_WHEN: Final = "답한 때"
"""A column that nothing reads: the run that took the answer. So no two of these files are alike, for a file that was
handled is never read again."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the seller told was handled: the run, the list after it, and the name of the file by which it is taken back."""

    name: str
    done: Done | NothingNew
    listing: outbox.Listing

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        return {"type": "told", "told": self.name, "run": self.done.values(lang), "today": self.listing.values(lang)}


@dataclass(frozen=True, slots=True)
class OrderOfToday:
    number: str
    listing: outbox.Listing

    def values(self, lang: str) -> dict[str, Any]:
        """Everything about the order; the keys are a contract. Raises NotOfToday."""
        found = self.listing.order(self.number, lang)
        if found is None:
            raise NotOfToday(self.number)
        return found


def listed(desk: Desk, book: Rulebook, as_of: datetime) -> outbox.Listing:
    """The list by all that the runs of this day have read and all answers, as of a moment. Changes nothing."""
    with ledger_troubles(), ledger.opened(desk.ledger, writing=False) as memory:
        batch, past = remembered(intake.nothing_new(book), memory, as_of)
        return outbox.Listing(think(batch, book, as_of, judge.Workdays(book.calendar), past), book)


def today(desk: Desk, as_of: datetime, kept: Kept) -> outbox.Listing:
    """The same; that of a moment ago, if nothing has changed since: a page asks again after each answer."""
    return kept.just_seen(desk, as_of) or kept.seen(desk, listed(desk, kept.rules(desk), as_of))


def order(desk: Desk, number: str, as_of: datetime, kept: Kept) -> OrderOfToday:
    return OrderOfToday(number, today(desk, as_of, kept))


def answer(desk: Desk, orders: Sequence[str], cells: Mapping[str, str], as_of: datetime, kept: Kept) -> Told:
    """Tells the same answers about some orders. They lie in done/ like a returned workbook.

    Who answers here has seen the list as of the newest run, so the file is named as if that run's workbook came back.
    cells: header of an answer cell → the answer. Raises UnknownAnswer, and what a run raises.
    """
    if unknown := [header for header in cells if header not in CELL_NAMED]:
        raise UnknownAnswer(unknown)
    return _told(desk, orders, "답변", cells, as_of, kept)


def take_back(desk: Desk, orders: Sequence[str], told: str, as_of: datetime, kept: Kept) -> Told:
    """Takes back what a file of this day told about some orders. Raises NotTold, and what a run raises."""
    with ledger_troubles(), ledger.opened(desk.ledger, writing=False) as memory:
        known = {row.product_order_no for row in standing(memory.told(as_of)) if row.place.file == told}
    if not orders or not known.issuperset(orders):
        raise NotTold
    return _told(desk, orders, "되돌림", {ACTION_HEADER.ko: f"{TAKING_BACK}{told}"}, as_of, kept)


def _told(desk: Desk, orders: Sequence[str], what: str, cells: Mapping[str, str], as_of: datetime, kept: Kept) -> Told:
    name = ""

    def lay_down(memory: ledger.Memory) -> Path:
        nonlocal name
        run = outbox.run_of(outbox.next_place(desk.outbox, as_of, memory.run_names()))
        seen = memory.last_run()
        name = f"{outbox.workbook_of(seen, desk.outbox).stem}_{what}_{run}.csv" if seen else f"{what}_{run}.csv"
        disk.folder(desk.inbox)
        laid = put_whole(desk.inbox / name, _table(orders, {**cells, _WHEN: run}))
        name = laid.name
        return laid

    book, opening = kept.rules(desk), kept.opening()
    done = run_on(lay_down, desk, book, RunOptions(as_of, opening.passwords, listing=False), opening.process)
    if not isinstance(done, Done):
        return Told(name, done, today(desk, as_of, kept))
    return Told(name, done, kept.seen(desk, outbox.Listing(done.report, book)))


def _table(orders: Sequence[str], cells: Mapping[str, str]) -> bytes:
    """The answers as a returned list has them. A blank 처리결과 makes it known as one, also where there is only a note."""
    told = {RESULT.header.ko: ""} | dict(cells)
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow([captions.PRODUCT_ORDER_NO.ko, *told])
    sheet.writerows([number, *told.values()] for number in orders)
    return text.getvalue().encode("utf-8-sig")

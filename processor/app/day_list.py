"""The list of the day for a face that shows it all the time, and answers given there instead of in a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from processor import disk, intake, judge, ledger, outbox
from processor.app.desk import Desk
from processor.app.desks import unused
from processor.app.errors import UnknownAnswer
from processor.app.morning import RunOptions, ledger_troubles, remembered, run
from processor.app.outcomes import Done, NothingNew
from processor.app.think import think
from processor.model import CELL_NAMED, RESULT
from processor.outbox import captions
from processor.rulebook import Rulebook

_NOT_YET: Final = "아직"
"""What takes 완료 back: in a returned workbook a blank 처리결과 says nothing, for it is blank in every new list."""


def today(desk: Desk, book: Rulebook, as_of: datetime, opening: intake.Opening) -> outbox.Listing:
    """The list by all that the runs of this day have read and all answers, as of a moment. Changes nothing."""
    with ledger_troubles(), ledger.opened(desk.ledger, writing=False) as memory:
        batch, past = remembered(intake.gather([], book.exports, book.reasons, opening), memory, as_of)
        return outbox.Listing(think(batch, book, as_of, judge.Workdays(book.calendar), past), book)


def answer(
    desk: Desk,
    book: Rulebook,
    orders: Sequence[str],
    cells: Mapping[str, str],
    options: RunOptions,
    process: intake.ReadingProcess,
) -> Done | NothingNew:
    """Tells the same answers about some orders, and runs. They lie in done/ like a returned workbook.

    Who answers here has seen the list as of the newest run, so the file is named as if that run's workbook came back.
    cells: header of an answer cell → the answer; a blank takes an answer back. No workbook is made unless other new
    files lie in the inbox too. Raises UnknownAnswer, and what a run raises.
    """
    if unknown := [header for header in cells if header not in CELL_NAMED]:
        raise UnknownAnswer(unknown)
    listing = intake.anything(desk.inbox)
    with ledger_troubles(), ledger.opened(desk.ledger, writing=False) as memory:
        seen = memory.last_run()
    shown = f"{outbox.workbook_of(seen, desk.outbox).stem}_" if seen else ""
    disk.folder(desk.inbox)
    disk.write_new(unused(desk.inbox / f"{shown}답변_{options.as_of:%Y%m%d_%H%M%S}.csv"), _table(orders, cells))
    return run(desk, book, replace(options, listing=listing), process)


def _table(orders: Sequence[str], cells: Mapping[str, str]) -> bytes:
    """The answers as a returned list has them. A blank 처리결과 makes it known as one, also where there is only a note."""
    told = {RESULT.header.ko: ""} | {
        header: answer or (_NOT_YET if header == RESULT.header.ko else "") for header, answer in cells.items()
    }
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow([captions.PRODUCT_ORDER_NO.ko, *told])
    sheet.writerows([number, *told.values()] for number in orders)
    return text.getvalue().encode("utf-8-sig")

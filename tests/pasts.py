"""Pasts of a desk that several tests read: hand-made stories in three runs, and some days of a busier desk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
from benchmarks.month import a_month
from opened import run
from trials import THOROUGH

from processor import samples
from processor.app.desk import Desk
from processor.app.morning import RunOptions
from processor.app.outcomes import Done
from processor.intake import Passwords
from processor.rulebook import Rulebook
from processor.samples import Order

FRIDAY = datetime.fromisoformat("2026-11-20T09:00")
MONDAY = datetime.fromisoformat("2026-11-23T09:00")
AFTERNOON = MONDAY.replace(hour=15)
ON_FRIDAY = ("8 취소요청 · 송장 없음 · 미포장", "24 발송기한 오늘")
"""Stories of Friday. Their orders are in no file of Monday, for they were cancelled and sent as the list said."""
AGREED = "9 취소요청 · 구매자 사유 · 포장"
"""The story of which the seller writes on Monday afternoon that the buyer agrees."""
DONE = "27 앞서 승인한 취소요청"
"""The story that he then reports as done, so that the afternoon's run decides it no more."""
DAYS, ORDERS = (30, 1_000) if THOROUGH else (9, 60)

Files = Mapping[str, Sequence[Order]]


@dataclass(frozen=True, slots=True)
class Past:
    """A desk after its runs.

    done, rules: run → its outcome, and the rules that it was made with. before: a folder with a copy of the desk before
    each run, by run.
    """

    desk: Desk
    done: dict[str, Done]
    rules: dict[str, Rulebook]
    before: Path

    @property
    def runs(self) -> list[str]:
        """The oldest first."""
        return sorted(self.done)


def of_stories(folder: Path, book: Rulebook) -> Past:
    """Friday with two stories, Monday with all of them, and two answers on Monday afternoon."""
    past = Past(Desk(folder / "desk"), {}, {}, folder / "before")
    for made in (past.desk.inbox, past.desk.outbox):
        made.mkdir(parents=True)
    past.desk.rules.write_text(book.text, "utf-8")
    friday = [order for name, order in samples.stories(FRIDAY) if name in ON_FRIDAY]
    _drop(past.desk.inbox, friday, FRIDAY)
    _ran(past, book, FRIDAY)
    _drop(past.desk.inbox, [order for _, order in samples.stories(MONDAY)], MONDAY)
    samples.write_answers(past.desk.inbox / "답변.xlsx", samples.story_answers(MONDAY))
    samples.write_sold_out(past.desk.inbox / "품절상품.xlsx", samples.story_sold_out())
    _ran(past, book, MONDAY)
    numbers = {name: order.product_order_no for name, order in samples.stories(MONDAY)}
    answers = openpyxl.Workbook()
    for row in (
        ("상품주문번호", "구매자동의", "처리결과"),
        (numbers[AGREED], "예", ""),
        (numbers[DONE], "", "완료"),
    ):
        answers.worksheets[0].append(row)
    answers.worksheets[0].title = "답변"
    answers.save(past.desk.inbox / "오후 답변.xlsx")
    _ran(past, book, AFTERNOON)
    return past


def of_days(folder: Path) -> Past:
    """Some days of a busier desk."""
    before = folder / "before"

    def kept(desk: Desk, book: Rulebook, options: RunOptions) -> object:
        shutil.copytree(desk.home, before / f"{options.as_of:%Y%m%d_%H%M%S}")
        return run(desk, book, options)

    month = a_month(folder / "desk", kept, days=DAYS, orders=ORDERS)
    return Past(month.desk, month.done, month.rules, before)


def _drop(inbox: Path, orders: Sequence[Order], as_of: datetime) -> None:
    at = as_of - timedelta(minutes=5)
    writers = (
        ("전체주문발주발송관리", samples.write_dispatch),
        ("취소관리", samples.write_cancel),
        ("반품관리", samples.write_return),
        ("교환관리", samples.write_exchange),
        ("주문조회", samples.write_search),
    )
    for screen, write in writers:
        path = inbox / samples.file_name(screen, at)
        if not write(path, [*orders], downloaded_at=at):
            path.unlink()


def _ran(past: Past, book: Rulebook, as_of: datetime) -> None:
    for path in past.desk.inbox.glob(
        "*.xlsx"
    ):  # they have lain there for a while: nobody waits whether they still grow
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
    name = f"{as_of:%Y%m%d_%H%M%S}"
    shutil.copytree(past.desk.home, past.before / name)
    done = run(past.desk, book, RunOptions(as_of, Passwords()))
    assert isinstance(done, Done)
    past.done[name], past.rules[name] = done, book

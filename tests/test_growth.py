"""What grows with the number of inputs, copies, lists or runs grows no faster: work is counted at two sizes."""

from __future__ import annotations

import cProfile
import hashlib
import json
import os
import pstats
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from made import batch
from opened import explain, run

import processor
from processor import ledger
from processor.app.desk import Desk
from processor.app.explaining import NotFound
from processor.app.morning import RunOptions
from processor.intake import Passwords, finding
from processor.ledger.entry import no_rows
from processor.model import ANSWER_COLUMNS, PAST_ORDERS, AnswerRow, Col, PastOrder, Place
from processor.model.nothing import NOTHING_BEFORE
from processor.model.tables import CLAIMS
from processor.model.tables.ledger import (
    ANSWER_ROWS,
    ANSWERS,
    EVIDENCE,
    FILES,
    GIVEN,
    LOST,
    ORDERS,
    SHEETS,
    SheetColumn,
)
from processor.opener import container
from processor.opener.reply import Bounds
from processor.outbox import publish
from processor.recall.recall import recall

OURS = str(Path(processor.__file__).parent)
MONDAY = datetime.fromisoformat("2026-11-23T09:00")
HEADERS = "상품주문번호,주문번호,취소 처리상태,취소사유,취소요청일"


def calls(work: Callable[[], object]) -> dict[str, int]:
    """How often each of our own functions was called."""
    profile = cProfile.Profile()
    profile.enable()
    work()
    profile.disable()
    counted = pstats.Stats(profile).stats  # type: ignore[attr-defined]  # typeshed does not know it
    return {
        f"{Path(file).relative_to(OURS).as_posix()}:{line} {name}": count
        for (file, line, name), (_, count, *_) in counted.items()
        if file.startswith(OURS)
    }


def a_desk(home: Path) -> Desk:
    desk = Desk(home)
    desk.inbox.mkdir(parents=True)
    desk.outbox.mkdir()
    return desk


def put(path: Path, *rows: str) -> None:
    """An hour old, so that nobody waits whether it still grows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("\n".join([HEADERS, *rows, ""]).encode())
    os.utime(path, (time.time() - 3600,) * 2)


def request(at: int) -> str:
    number = f"20261120{at:08}"
    return f"{number},{number},취소요청,단순변심,2026-11-22 20:{at % 60:02}"


DAMAGED = "2.02E+15,2026112012345678,취소요청,단순변심,2026-11-22 20:00"


@pytest.mark.slow
def test_of_four_times_as_many_inputs_no_step_is_done_six_times_as_often(tmp_path, book):
    """Each input is a list with a request and a damaged row, and beside it lies a file that nobody knows."""

    def counted(inputs: int) -> dict[str, int]:
        desk = a_desk(tmp_path / f"{inputs}")
        for at in range(inputs):
            put(desk.inbox / f"취소관리_20261123_08{at:02}00.csv", request(at + 11), DAMAGED)
            (desk.inbox / f"엉망 {at}.csv").write_bytes(f"가,나\n{at},1\n".encode())
            os.utime(desk.inbox / f"엉망 {at}.csv", (time.time() - 3600,) * 2)
        found = calls(lambda: run(desk, book, RunOptions(MONDAY, Passwords())))
        assert len([*desk.outbox.glob("수정필요_*.xlsx")]) == inputs
        return found

    counted(1)  # what is worked out only once
    few, many = counted(6), counted(24)
    steep = {name: (few.get(name, 0), count) for name, count in many.items() if count > 6 * max(few.get(name, 0), 48)}
    assert not steep


@pytest.mark.slow
def test_an_unknown_order_is_sought_in_no_file_that_was_put_away(tmp_path, book):
    """Runs are known by their briefs, however many files they have put away."""

    def opened(runs: int) -> int:
        desk = a_desk(tmp_path / f"{runs}")
        for at in range(runs):
            put(desk.inbox / f"done/20261122_09{at:02}00/취소관리_20261122_08{at:02}00.csv", request(at + 11))
        made = calls(
            lambda: found.append(explain("2026112099999999", desk, book, RunOptions(MONDAY, Passwords()), then=True))
        )
        assert isinstance(found[-1], NotFound)
        return sum(count for name, count in made.items() if name.endswith((" sha256", " _take")))

    found: list[object] = []
    assert opened(12) == opened(3) == 0


@pytest.mark.slow
def test_an_order_in_the_inbox_is_judged_once_to_be_explained(tmp_path, book):
    desk = a_desk(tmp_path)
    put(desk.inbox / "취소관리_20261123_080000.csv", request(11))
    run(desk, book, RunOptions(MONDAY, Passwords()))
    put(desk.inbox / "취소관리_20261123_083000.csv", request(11), request(12))
    made = calls(lambda: explain("2026112000000011", desk, book, RunOptions(MONDAY, Passwords()), then=True))
    assert sum(count for name, count in made.items() if name.endswith(" judge")) == 1


def test_of_ten_times_as_many_copies_of_one_name_ten_times_as_many_names_are_tried(tmp_path, monkeypatch):
    tried: list[int] = []
    numbered = publish._numbered
    monkeypatch.setattr(publish, "_numbered", lambda stem, number: tried.append(number) or numbered(stem, number))

    def names_tried(copies: int) -> int:
        tried.clear()
        names = publish._Names(tmp_path)
        given = [names.unused("수정필요_목록.xlsx") for _ in range(copies)]
        assert given[-1] == f"수정필요_목록_{copies}.xlsx"
        return len(tried)

    assert names_tried(200) == 10 * names_tried(20)


def test_of_four_times_as_many_sheets_the_ledger_takes_four_times_as_many_steps(tmp_path):
    def entry(name: str, sheets: int) -> ledger.Entry:
        filled = {
            **{column: [""] * sheets for column in no_rows(SHEETS)},
            SheetColumn.SHA256: [hashlib.sha256(f"{name} {at}".encode()).hexdigest() for at in range(sheets)],
            SheetColumn.KIND: ["cancel"] * sheets,
            SheetColumn.TAKEN_AT: ["2026-11-23T08:00:00"] * sheets,
            SheetColumn.HEADERS: ["{}"] * sheets,
            **{column: [1] * sheets for column in (SheetColumn.DATED, SheetColumn.TYPED, SheetColumn.WHOLE)},
        }
        return ledger.Entry(
            name=name, as_of="2026-11-23T09:00:00", rules="", version="", listed=True, gone=[], files=no_rows(FILES),
            orders=no_rows(ORDERS), answers=no_rows(ANSWERS), points=no_rows(GIVEN), sheets=filled,
            evidence=no_rows(EVIDENCE), answer_rows=no_rows(ANSWER_ROWS), lost=no_rows(LOST),
        )  # fmt: skip

    def steps(sheets: int) -> int:
        taken: list[None] = []
        with ledger.opened(tmp_path / f"{sheets}.sqlite3", writing=True) as memory:
            memory.record(entry("20261123_090000", sheets))
            memory._base.set_progress_handler(lambda: taken.append(None), 100)
            memory.record(entry("20261123_090001", sheets))
        return len(taken)

    assert steps(400) < 8 * steps(100)


def test_answers_about_closed_orders_cost_as_much_each_however_many_there_are(book):
    """The time of the processor is compared, for what was slow was not a call that could be counted."""

    def seconds(orders: int) -> float:
        numbers = [f"20261120{at:08}" for at in range(orders)]
        rows = tuple(
            AnswerRow(number, Place("답변.csv", "답변", at), MONDAY, None, dict.fromkeys(ANSWER_COLUMNS), None)
            for at, number in enumerate(numbers, start=2)
        )
        closed = NOTHING_BEFORE.orders.reindex(pd.Index(numbers, name=Col.PRODUCT_ORDER_NO))
        closed = closed.assign(**{PastOrder.OPEN: False, PastOrder.ACTION: "", PastOrder.RUN: 1})
        past = replace(NOTHING_BEFORE, orders=closed.astype(dict(PAST_ORDERS)))
        began = time.process_time()
        recall(batch(CLAIMS.empty(), answer_rows=rows), past, book, MONDAY)
        return time.process_time() - began

    seconds(10)
    assert min(seconds(16_000) for _ in range(2)) < 8 * max(seconds(4_000) for _ in range(2))


def test_a_file_that_grows_while_it_is_read_is_read_as_far_as_it_reached(tmp_path, monkeypatch):
    sound, path, begun = hashlib.sha256, tmp_path / "취소관리.csv", b"0123456789"
    path.write_bytes(begun)

    class Growing:
        def __init__(self) -> None:
            self.hash, self.times = sound(), 0

        def update(self, some: bytes) -> None:
            self.hash.update(some)
            self.times += 1
            assert self.times < 100, "it never ends"
            with path.open("ab") as stream:
                stream.write(b"and on")

        def hexdigest(self) -> str:
            return self.hash.hexdigest()

    monkeypatch.setattr(finding, "_AT_ONCE", 4)
    monkeypatch.setattr(finding.hashlib, "sha256", Growing)
    told = finding.sha256(path)
    monkeypatch.undo()
    assert told == hashlib.sha256(begun).hexdigest()


def test_of_a_file_beyond_every_limit_only_the_beginning_is_read(tmp_path, monkeypatch):
    path = tmp_path / "취소관리.csv"
    path.write_bytes(b"0123456789")
    monkeypatch.setattr(finding, "_LARGEST", 4)
    assert finding.sha256(path) == hashlib.sha256(b"0123").hexdigest()


def test_every_file_that_rules_may_let_in_is_read_whole_for_its_hash():
    limits = json.loads((Path(OURS) / "rulebook/structure.json").read_text("utf-8"))
    found = [each["file_mib"]["maximum"] for each in _objects(limits) if isinstance(each.get("file_mib"), dict)]
    assert found == [finding._LARGEST >> 20]


def test_the_opener_takes_no_more_of_a_file_than_it_measured(tmp_path, monkeypatch):
    path = tmp_path / "취소관리.csv"
    path.write_bytes(b"0123456789")
    monkeypatch.setattr(container.os, "fstat", lambda _: SimpleNamespace(st_size=4))
    bounds = Bounds(file_mib=1, unpacked_mib=1, ratio=1, rows=1, columns=1, seconds=1, memory_mib=1)
    taken = container.take(path, "", bounds)
    monkeypatch.undo()
    assert isinstance(taken, container.Container)
    assert taken.content(0) == b"0123"


def _objects(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)

"""The plan of a run: void until the workbook exists, carried out from then on."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime

import pytest
from opened import opening

from processor import intake, ledger, outbox, samples
from processor.app import plan
from processor.app.desk import Desk
from processor.app.think import think

pytestmark = pytest.mark.slow  # most are runs of whole desks

MORNING = datetime.fromisoformat("2026-11-23T09:00")
RUN = "20261123_090000"
WORKBOOK = f"처리목록_{RUN}.xlsx"
PROBLEM = json.dumps(
    {
        "code": "file_unreadable",
        "place": ["가.xlsx", "", 0],
        "message": ["가", "a"],
        "fix": ["나", "b"],
        "column": "",
        "value": "",
        "more": [],
    }
)
COPY = "수정필요_취소관리_20261123_090000.xlsx"


@pytest.fixture
def desk(tmp_path, rules_path) -> Desk:
    desk = Desk(tmp_path)
    desk.inbox.mkdir()
    desk.outbox.mkdir()
    shutil.copy(rules_path, desk.rules)
    samples.write_cancel(
        desk.inbox / "취소관리.xlsx", [order for _, order in samples.stories(MORNING)], downloaded_at=MORNING
    )
    return desk


@pytest.fixture
def written(desk, book, workdays) -> plan.Plan:
    """A plan that lies there, as a run leaves it that dies right after writing it down."""
    files = [intake.input_file(path, path.name) for path in desk.inbox.iterdir()]
    batch = intake.read(files, book.exports, book.reasons, opening(), MORNING)
    report = think(batch, book, MORNING, workdays)
    one = plan.Plan(
        WORKBOOK,
        outbox.manifest(report, book, WORKBOOK, {}),
        ledger.entry(report, book.sha256, RUN, "tests"),
        intake.moves(batch, desk.inbox, RUN),
        [COPY],
    )
    plan.write_down(desk, one)
    outbox.lay_out({COPY: b"a copy"}, desk.outbox)
    intake.make_way(desk.inbox, one.moves)
    return one


def left(folder) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_nothing_begun_is_nothing_to_finish(desk):
    assert plan.nothing_begun(desk)
    assert plan.finish(desk) == plan.NOTHING_LEFT
    assert left(desk.outbox) == []


def test_without_its_workbook_a_plan_is_void(desk, written):
    assert not plan.nothing_begun(desk)
    assert plan.finish(desk) == plan.NOTHING_LEFT
    assert plan.nothing_begun(desk)
    assert (left(desk.outbox), left(desk.inbox)) == ([], ["취소관리.xlsx"])
    assert not (desk.inbox / "done").exists()


def test_with_its_workbook_a_plan_is_carried_out(desk, written):
    (desk.outbox / WORKBOOK).write_bytes(b"a workbook")
    assert plan.finish(desk) == plan.Earlier(desk.outbox / WORKBOOK)
    assert left(desk.outbox) == ["ledger.sqlite3", COPY, f"처리목록_{RUN}.json", WORKBOOK]
    assert (desk.outbox / COPY).read_bytes() == b"a copy"
    assert left(desk.inbox) == [f"done/{RUN}/취소관리.xlsx"]
    assert json.loads((desk.outbox / f"처리목록_{RUN}.json").read_text("utf-8"))["workbook"] == WORKBOOK
    with ledger.opened(desk.ledger, writing=False) as memory:
        assert list(memory.past((), MORNING).runs) == [RUN]
    assert plan.finish(desk) == plan.NOTHING_LEFT


def test_a_copy_never_takes_the_place_of_another_file(desk, written):
    (desk.outbox / WORKBOOK).write_bytes(b"a workbook")
    (desk.outbox / COPY).write_bytes(b"somebody's own")
    plan.finish(desk)
    assert (desk.outbox / COPY).read_bytes() == b"somebody's own"
    assert left(desk.outbox) == ["ledger.sqlite3", COPY, f"처리목록_{RUN}.json", WORKBOOK]


def test_a_plan_of_a_version_without_copies_is_carried_out(desk, written):
    path = desk.outbox / ".unfinished.json"
    older = json.loads(path.read_text("utf-8"))
    del older["copies"]
    path.write_text(json.dumps(older), "utf-8")
    (desk.outbox / WORKBOOK).write_bytes(b"a workbook")
    assert plan.finish(desk) == plan.Earlier(desk.outbox / WORKBOOK)
    assert left(desk.inbox) == [f"done/{RUN}/취소관리.xlsx"]


AT_THEIR_PLACES = {  # how version 0.1.0 wrote an entry before it named its columns: everything by its place
    "name": None,
    "as_of": None,
    "rules": None,
    "version": None,
    "files": ["sha256", "name"],
    "orders": [
        "product_order_no", "order_no", "bundle_no", "open", "action", "rule", "asks", "flags", "act_by", "dispatched",
        "seen_at", "product", "product_no", "paid_on", "own_cancel",
    ],
    "answers": ["product_order_no", "cell", "value", "asked", "about", "at"],
    "points": ["product_order_no", "event", "granted_on", "rule", "points", "by_action"],
    "gone": None,
    "listed": None,
    "sheets": ["sha256", "file", "name", "kind", "taken_at", "dated", "typed", "headers", "whole"],
    "evidence": ["product_order_no", "sheet", "row", "cells", "problem"],
    "answer_rows": ["product_order_no", "file", "sheet", "row", "at", "workbook", "cells", "action"],
    "lost": ["problem", "numbers"],
}  # fmt: skip
ORDERS_BEFORE = [
    "product_order_no", "order_no", "bundle_no", "open", "action", "rule", "asks", "flags", "act_by", "request_open",
    "requested_at", "dispatched", "earlier", "seen_at", "seen_in", "product", "product_no", "paid_on", "own_cancel", "state",
]  # fmt: skip


def by_place(entry, places) -> list:
    return [
        entry[name] if columns is None else [list(row) for row in zip(*map(entry[name].get, columns), strict=True)]
        for name, columns in places.items()
    ]


def entered(desk) -> dict[str, list]:
    """All rows of the ledger's tables."""
    with closing(sqlite3.connect(desk.ledger)) as base:
        return {
            table: base.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("runs", "files", "orders", "answers", "points", "sheets", "evidence", "told", "lost")
        }


def finished(desk, change) -> dict[str, list]:
    """What the ledger holds once a plan is carried out whose entry was written down in another way."""
    path = desk.outbox / ".unfinished.json"
    plan_ = json.loads(path.read_text("utf-8"))
    plan_["entry"] = change(plan_["entry"])
    path.write_text(json.dumps(plan_), "utf-8")
    (desk.outbox / WORKBOOK).write_bytes(b"a workbook")
    assert plan.finish(desk) == plan.Earlier(desk.outbox / WORKBOOK)
    return entered(desk)


@pytest.fixture
def telling(desk, written, tmp_path) -> tuple[Desk, dict[str, list]]:
    """A desk with a plan in every table of whose entry something stands; and what becomes of it."""
    path = desk.outbox / ".unfinished.json"
    plan_ = json.loads(path.read_text("utf-8"))
    entry, number = plan_["entry"], plan_["entry"]["orders"]["product_order_no"][0]
    rows = {
        "answers": {"product_order_no": number, "cell": "memo", "value": "전화함", "asked": 0, "about": 0, "at": None},
        "points": {
            "product_order_no": number, "event": "late", "granted_on": "2026-11-24", "rule": "P-01", "points": 1,
            "by_action": 0,
        },
        "sheets": {
            "sha256": "1a", "file": "발주.xlsx", "name": "발주발송관리", "kind": "dispatch",
            "taken_at": "2026-11-23T08:55:00", "dated": 1, "typed": 1, "headers": "{}", "whole": 1,
        },
        "evidence": {"product_order_no": number, "sheet": 0, "row": 3, "cells": "{}", "problem": None},
        "answer_rows": {
            "product_order_no": number, "file": "답변.csv", "sheet": "", "row": 2, "at": MORNING.isoformat(),
            "workbook": None, "cells": '{"memo": "전화함"}', "action": None,
        },
        "lost": {"problem": PROBLEM, "numbers": number},
    }  # fmt: skip
    entry |= {table: {column: [value] for column, value in row.items()} for table, row in rows.items()}
    path.write_text(json.dumps(plan_), "utf-8")
    twin = Desk(tmp_path / "twin")
    shutil.copytree(desk.inbox, twin.inbox)
    shutil.copytree(desk.outbox, twin.outbox)
    return desk, finished(twin, lambda entry: entry)


def test_a_plan_whose_entry_went_by_places_is_carried_out_as_well(telling):
    desk, expected = telling
    assert [table for table, rows in expected.items() if not rows] == []

    assert finished(desk, lambda entry: by_place(entry, AT_THEIR_PLACES)) == expected


def test_a_plan_of_a_version_that_remembered_no_rows_is_carried_out_as_well(telling):
    desk, expected = telling

    def of_ten(entry) -> list:
        orders = {**dict.fromkeys(ORDERS_BEFORE, ["?"] * len(entry["orders"]["open"])), **entry["orders"]}
        places = dict(list(AT_THEIR_PLACES.items())[:10]) | {
            "orders": ORDERS_BEFORE,
            "answers": AT_THEIR_PLACES["answers"][:5],
        }
        return by_place({**entry, "orders": orders}, places)

    assert finished(desk, of_ten) == expected | {table: [] for table in ("sheets", "evidence", "told", "lost")}


HALF_AN_ENTRY = b'{"workbook": null, "manifest": {}, "entry": {"name": "20261123_090000"}, "moves": []}'


@pytest.mark.parametrize("half", [b"{", b"\xff\xfe", b"[]", b"{}", b"null", b"", HALF_AN_ENTRY], ids=repr)
def test_half_a_plan_is_void(desk, half):
    (desk.outbox / ".unfinished.json").write_bytes(half)
    assert plan.finish(desk) == plan.Earlier(discarded=True)
    assert (left(desk.outbox), left(desk.inbox)) == ([], ["취소관리.xlsx"])


@pytest.mark.parametrize("many", [0, 1, 1_000, 1_001, 2_500])
def test_a_plan_of_many_orders_which_is_written_in_pieces_is_whole(desk, written, many):
    gone = [f"{2026112000000000 + at}" for at in range(many)]
    plan.write_down(desk, written._replace(entry=replace(written.entry, gone=gone)))

    saved = json.loads((desk.outbox / ".unfinished.json").read_text("ascii"))

    assert saved["entry"] == {**ledger.written(written.entry), "gone": gone}
    assert (saved["workbook"], saved["copies"]) == (WORKBOOK, [COPY])


def test_a_plan_that_was_still_being_written_goes(desk):
    (desk.outbox / ".unfinished.json.tmp").write_text("{")
    assert plan.finish(desk) == plan.NOTHING_LEFT
    assert left(desk.outbox) == []

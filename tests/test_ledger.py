"""The ledger alone: what an entry adds, what is kept, removed, or never stored. All orders are invented."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from lists import order_values
from opened import run
from test_cli import QUESTION, put_exports, told
from test_run import aged, filled, names, options

from processor import ledger, samples
from processor.app.desk import Desk
from processor.ledger.entry import filled as entry_columns
from processor.ledger.store import MIGRATIONS
from processor.model import (
    PAST_ORDERS,
    POINT,
    Col,
    Kind,
    PastOrder,
    Place,
    Point,
    Problem,
    RememberedAnswer,
    Repeat,
    Text,
)
from processor.model.tables import ROWS, Mark
from processor.model.tables.ledger import ANSWER_ROWS, ANSWERS, EVIDENCE, FILES, GIVEN, LOST, ORDERS, SHEETS

MONDAY = datetime.fromisoformat("2026-11-23T09:00")
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
RULES = "rules of today"
A, B, C = "2026112300000011", "2026112300000022", "2026112300000033"


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def desk(empty_desk) -> Desk:
    return empty_desk


SCREENS = {
    "전체주문발주발송관리": samples.write_dispatch,
    "취소관리": samples.write_cancel,
    "반품관리": samples.write_return,
    "교환관리": samples.write_exchange,
}


def downloaded(inbox, orders, morning, screens=tuple(SCREENS)) -> None:
    """What the Seller Center shows of these orders five minutes before."""
    moment = morning - timedelta(minutes=5)
    for screen in screens:
        SCREENS[screen](inbox / samples.file_name(screen, moment), orders, downloaded_at=moment)
    aged(inbox)


def order(product_order_no=A, **differing) -> dict:
    """A row of an entry: an open order that is to be sent and was seen on Monday."""
    row = {
        "product_order_no": product_order_no,
        "order_no": "2026112300000001",
        "bundle_no": "",
        "open": 1,
        "action": "ship",
        "rule": "C-52",
        "asks": "",
        "flags": "",
        "act_by": "2026-11-25",
        "dispatched": 0,
        "seen_at": "2026-11-23T08:55:00",
        "product": "기본 면 티셔츠",
        "product_no": "8100000001",
        "paid_on": "2026-11-20",
        "own_cancel": "",
    }
    assert differing.keys() <= row.keys()
    return row | differing


def entry(as_of=MONDAY, orders=(), *, rules=RULES, files=(), answers=(), points=(), gone=(), **more) -> ledger.Entry:
    """Orders as `order` makes them; files, answers and points by place, as FILE, ANSWER and POINTS name them."""
    return ledger.Entry(
        name=f"{as_of:%Y%m%d_%H%M%S}",
        as_of=as_of.isoformat(),
        rules=rules,
        version="0",
        listed=True,
        gone=list(gone),
        files=columns(FILES, (dict(zip(FILE, file, strict=True)) for file in files)),
        orders=columns(ORDERS, orders),
        answers=columns(ANSWERS, (dict(zip(ANSWER, answer, strict=True)) | {"at": None} for answer in answers)),
        points=columns(GIVEN, (dict(zip(POINTS, event, strict=True)) for event in points)),
        **{
            name: columns(table, more.get(name, ()))
            for name, table in {
                "sheets": SHEETS,
                "evidence": EVIDENCE,
                "answer_rows": ANSWER_ROWS,
                "lost": LOST,
            }.items()
        },
    )


def columns(table, rows) -> dict[str, list]:
    rows = list(rows)
    return {column: [row[column] for row in rows] for column in entry_columns(table)}


FILE = ("sha256", "name")
ANSWER = ("product_order_no", "cell", "value", "asked", "about")
POINTS = ("product_order_no", "event", "granted_on", "rule", "points", "by_action")


def recorded(path, *entries) -> None:
    for each in entries:
        with ledger.opened(path, writing=True) as memory:
            memory.record(each)


def rows(path, query) -> list[tuple]:
    with closing(sqlite3.connect(path)) as base:
        return base.execute(query).fetchall()


def kept(path, *columns, of=A) -> tuple:
    (row,) = rows(path, f"SELECT {', '.join(columns)} FROM orders WHERE product_order_no = '{of}'")
    return row


TABLES = ("runs", "files", "orders", "answers", "points", "sheets", "evidence", "told", "lost")


def everything(path) -> dict[str, list[tuple]]:
    return {table: rows(path, f"SELECT * FROM {table}") for table in TABLES}


def evidence(path, as_of):
    with ledger.opened(path, writing=False) as memory:
        return memory.evidence(as_of)


def past(path, *numbers, as_of=WEDNESDAY + timedelta(days=1)):
    with ledger.opened(path, writing=False) as memory:
        return memory.past(numbers, as_of)


# ── versions ─────────────────────────────────────────────────────────────────────────────────────


def of_version(path, version, scripts) -> Path:
    with closing(sqlite3.connect(path)) as base:
        for script in scripts:
            base.executescript(script)
        base.execute(f"PRAGMA user_version = {version}")
    return path


def make(path) -> None:
    with ledger.opened(path, writing=True):
        pass


def test_a_new_ledger_knows_its_version(path):
    make(path)

    assert rows(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_an_older_ledger_is_brought_up_to_date(tmp_path, version):
    path = of_version(tmp_path / "old.sqlite3", version, MIGRATIONS[:version])
    make(tmp_path / "new.sqlite3")

    make(path)

    tables = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
    assert rows(path, tables) == rows(tmp_path / "new.sqlite3", tables)
    assert rows(path, "PRAGMA user_version") == [(len(MIGRATIONS),)]


def test_what_an_older_ledger_knows_of_an_order_stays_known(path):
    """Version 2 remembered how an order stood: that becomes a row of each screen that showed it."""
    of_version(path, 2, MIGRATIONS[:2])
    state = '{"order_status":"발송대기","courier":null,"tracking_no":"","paid_at":"2026-11-20T10:00:00.000"}'
    old = {
        "product_order_no": A, "order_no": "", "bundle_no": "", "open": 1, "action": "ship", "rule": "C-52", "run": 1,
        "decided_at": MONDAY.isoformat(), "since": MONDAY.isoformat(), "act_by": None, "asks": "", "flags": "",
        "request_open": 0, "requested_at": None, "dispatched": 0, "earlier": "", "seen_at": "2026-11-23T08:55:00",
        "seen_in": "cancel dispatch", "product": "", "product_no": "", "paid_on": None, "own_cancel": "",
    }  # fmt: skip
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("INSERT INTO runs VALUES (1, '20261123_090000', ?, ?, '0', 1)", (MONDAY.isoformat(), RULES))
        base.execute(f"INSERT INTO orders ({', '.join(old)}) VALUES ({', '.join('?' * len(old))})", (*old.values(),))
        base.execute("INSERT INTO states VALUES (?, ?)", (A, state))

    make(path)

    assert past(path, A).orders.loc[A, [PastOrder.ACTION, PastOrder.RULE]].tolist() == ["ship", "C-52"]
    known = evidence(path, TUESDAY)
    assert {sheet.kind for sheet in known.sheets} == {Kind.CANCEL, Kind.DISPATCH}
    assert {sheet.taken_at for sheet in known.sheets} == {datetime.fromisoformat("2026-11-23T08:55")}
    assert all(sheet.earlier and not sheet.whole for sheet in known.sheets)
    columns = [Col.PRODUCT_ORDER_NO, Col.ORDER_STATUS, Col.TRACKING_NO, Col.PAID_AT]
    assert known.rows[columns].to_numpy().tolist() == [[A, "발송대기", "", datetime(2026, 11, 20, 10)]] * 2
    assert known.rows[Col.CLAIM_REASON].isna().all()  # no file had that column


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_an_older_ledger_can_be_read_and_stays_as_it_is(path, version):
    of_version(path, version, MIGRATIONS[:version])
    before = path.read_bytes()

    assert past(path, A).orders.empty
    assert ledger.waiting(path) == ledger.Waiting([], 0, None)
    assert ledger.forgettable(path, MONDAY.date()) == ledger.Forgettable(0, 0, 0, 0)
    assert path.read_bytes() == before


@pytest.mark.parametrize("writing", [True, False], ids=["to write", "to read"])
def test_a_ledger_of_a_newer_version_is_left_alone(path, writing):
    of_version(path, len(MIGRATIONS) + 1, MIGRATIONS)
    before = path.read_bytes()

    with pytest.raises(ledger.Unusable) as refused, ledger.opened(path, writing=writing):
        pass

    assert (refused.value.path, refused.value.newer) == (path, True)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("writing", [True, False], ids=["to write", "to read"])
@pytest.mark.parametrize("length", [0, 100, 5000])
def test_a_damaged_ledger_is_left_alone(path, length, writing):
    path.write_bytes(random.Random(length).randbytes(length))
    before = path.read_bytes()

    with pytest.raises(ledger.Unusable) as refused, ledger.opened(path, writing=writing):
        pass

    assert (refused.value.path, refused.value.newer) == (path, False)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_ledger_that_is_damaged_further_inside_is_found_out_too(path):
    recorded(path, entry(orders=[order(f"20261123{tail:08}") for tail in range(500)]))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))

    with pytest.raises(ledger.Unusable) as refused:
        past(path)

    assert refused.value.newer is False


def test_to_look_at_a_ledger_needs_none(path):
    with ledger.opened(path, writing=False) as memory:
        assert memory.past([A], MONDAY).orders.empty
        assert memory.past([A], MONDAY).orders.dtypes.to_dict() == PAST_ORDERS
        assert memory.past([A], MONDAY).answers == ()
        assert memory.past([A], MONDAY).runs == {}
        assert memory.handled(RULES) == {}
        assert memory.last_decision(A) is None
        with pytest.raises(ValueError, match="to be read"):
            memory.record(entry())
    assert ledger.waiting(path) == ledger.Waiting([], 0, None)
    assert ledger.forgettable(path, MONDAY.date()) == ledger.Forgettable(0, 0, 0, 0)
    ledger.forget(path, MONDAY.date())
    assert not path.exists()


# ── an entry ─────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_made_twice_is_there_once(path):
    both = entry(
        orders=[order(A), order(B, action="review", asks="handover")],
        files=[("1a", "취소관리.xlsx")],
        answers=[(B, "consent", "예", 0, 0)],
        points=[(A, "late_dispatch", "2026-11-24", "P-10", 1, 0)],
    )
    recorded(path, both)
    before = everything(path)
    assert [len(table) for table in before.values()] == [1, 1, 2, 1, 1, 0, 0, 0, 0]

    recorded(path, both)

    assert everything(path) == before


def test_an_entry_of_the_same_name_changes_nothing_whatever_it_says(path):
    recorded(path, entry(orders=[order()]))
    before = everything(path)

    recorded(path, entry(orders=[order(action="approve"), order(B)], gone=[A]))

    assert everything(path) == before


@pytest.mark.parametrize(
    "bad",
    [
        {"orders": [order(A, action="approve"), order(B, product=None), order(C)]},
        {"orders": [order(A, action="approve")], "answers": [(A, "consent", "예", 0, 0), (A, "memo", None, 0, 0)]},
        {"orders": [order(A, action="approve")], "points": [(A, "late", "", "P-10", None, 0)]},
        {"orders": [order(A, action="approve")], "files": [("1a", "취소관리.xlsx"), ("2b", None)]},
    ],
    ids=["an order", "an answer", "points", "a file"],
)
def test_an_entry_with_a_bad_row_in_it_leaves_no_trace(path, bad):
    recorded(path, entry(orders=[order()], answers=[(A, "handover", "포장", 0, 0)]))
    before = everything(path)

    with pytest.raises(sqlite3.IntegrityError):
        recorded(path, entry(TUESDAY, **bad))

    assert everything(path) == before


@pytest.mark.slow
def test_an_entry_that_was_broken_off_by_death_leaves_no_trace_even_for_who_only_reads(path):
    recorded(path, entry(orders=[order(f"20261123{tail:08}") for tail in range(500)]))
    before = everything(path)
    dying = f"""
import os, sqlite3
base = sqlite3.connect({str(path)!r}, isolation_level=None)
base.execute("PRAGMA cache_size = 1")
base.execute("BEGIN IMMEDIATE")
base.execute("UPDATE orders SET product = product || hex(randomblob(500)), action = 'none'")
os._exit(1)  # nothing is rolled back, as in a program that is killed
"""
    subprocess.run([sys.executable, "-c", dying], check=False)
    assert path.with_name("ledger.sqlite3-journal").stat().st_size > 0

    assert set(past(path).orders[PastOrder.ACTION]) == {"ship"}

    assert everything(path) == before
    assert list(path.parent.iterdir()) == [path]


# ── what an order keeps ──────────────────────────────────────────────────────────────────────────


def test_since_stays_while_the_action_is_the_same_and_moves_when_it_changes(path):
    said = []
    for as_of, action in ((MONDAY, "ship"), (TUESDAY, "ship"), (WEDNESDAY, "review")):
        recorded(path, entry(as_of, [order(action=action)]))
        said.append(kept(path, "since", "decided_at", "run"))

    assert said == [
        ("2026-11-23T09:00:00", "2026-11-23T09:00:00", 1),
        ("2026-11-23T09:00:00", "2026-11-24T09:00:00", 2),
        ("2026-11-25T09:00:00", "2026-11-25T09:00:00", 3),
    ]


def test_what_an_entry_does_not_know_stays_as_it_was(path):
    recorded(path, entry(orders=[order()]))

    recorded(path, entry(TUESDAY, [order(seen_at=None)]))

    assert kept(path, "seen_at", "run") == ("2026-11-23T08:55:00", 2)


def test_what_an_entry_knows_better_takes_its_place(path):
    recorded(path, entry(orders=[order()]))
    newer = {"seen_at": "2026-11-24T08:55:00", "product": "기본 면 티셔츠 (새 이름)"}

    recorded(path, entry(TUESDAY, [order(**newer)]))

    assert kept(path, *newer) == tuple(newer.values())


def test_what_has_left_once_has_left_for_good(path):
    recorded(path, entry(orders=[order(dispatched=1)]), entry(TUESDAY, [order(dispatched=0)]))

    assert kept(path, "dispatched") == (1,)


# ── closing ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "closing_entry",
    [entry(TUESDAY, [order(open=0)]), entry(TUESDAY, gone=[A])],
    ids=["decided as closed", "gone from the lists"],
)
def test_of_a_closed_order_rows_and_answers_are_remembered_to_the_end_of_its_day(path, closing_entry):
    """Later on that day a file may show that it is open after all."""
    answers = [(each, "consent", "예", 0, 0) for each in (A, B)]
    recorded(path, entry(orders=[order(A), order(B)], answers=answers, **one_sheet(A, B)))

    recorded(path, closing_entry)

    assert kept(path, "open") == (0,)
    assert evidence(path, TUESDAY).rows[Col.PRODUCT_ORDER_NO].tolist() == [A, B]
    assert {each.product_order_no for each in past(path, as_of=TUESDAY).answers} == {A, B}

    recorded(path, entry(WEDNESDAY))

    assert evidence(path, WEDNESDAY).rows[Col.PRODUCT_ORDER_NO].tolist() == [B]
    assert rows(path, "SELECT product_order_no FROM answers") == [(B,)]


@pytest.mark.parametrize(
    ("seen_at", "still_open"),
    [
        ("2026-08-25T23:59:00", 1),  # 90 days before 2026-11-23
        ("2026-08-25T00:00:00", 1),
        ("2026-08-24T23:59:00", 0),  # 91 days
    ],
)
def test_an_order_that_no_export_has_shown_for_more_than_90_days_is_closed(path, seen_at, still_open):
    august = datetime.fromisoformat(seen_at)
    recorded(path, entry(august, [order(seen_at=seen_at)], answers=[(A, "handover", "포장", 0, 0)]))

    recorded(path, entry(MONDAY, [order(B)]))

    assert kept(path, "open") == (still_open,)
    recorded(path, entry(TUESDAY))
    assert len(rows(path, "SELECT * FROM answers")) == still_open
    assert kept(path, "open", of=B) == (1,)


@pytest.mark.parametrize(("decided_at", "still_open"), [("2026-08-25T09:00", 1), ("2026-08-24T09:00", 0)])
def test_where_no_export_has_ever_shown_an_order_the_day_of_its_decision_counts(path, decided_at, still_open):
    recorded(path, entry(datetime.fromisoformat(decided_at), [order(seen_at=None)]))

    recorded(path, entry(MONDAY))

    assert kept(path, "open") == (still_open,)


# ── points ───────────────────────────────────────────────────────────────────────────────────────


def test_points_that_were_only_foreseen_are_foreseen_anew_and_granted_ones_stay(path):
    def points(of, event, day):
        return (of, event, day, "P-01", 1, 0)

    first = [
        points(A, "late", "2026-11-20"),
        points(A, "later", "2026-11-24"),  # granted by the time of the second run
        points(A, "not yet", "2026-11-25"),
        points(A, "some day", ""),
        points(B, "not yet", "2026-11-25"),
    ]
    recorded(path, entry(orders=[order(A), order(B)], points=first))

    recorded(path, entry(TUESDAY, [order(A)], points=[points(A, "new", "2026-11-26")]))

    assert sorted(rows(path, "SELECT product_order_no, event, granted_on, run FROM points")) == [
        (A, "late", "2026-11-20", 1),
        (A, "later", "2026-11-24", 1),
        (A, "new", "2026-11-26", 2),
        (B, "not yet", "2026-11-25", 1),  # nothing was found out about B
    ]


def test_an_event_is_kept_once_and_one_that_comes_daily_once_a_day(path):
    def late(day, points=1):
        return (A, "late", day, "P-01", points, 0)

    recorded(path, entry(orders=[order(A)], points=[late("2026-11-20")]))
    recorded(path, entry(TUESDAY, [order(A)], points=[late("2026-11-23", 2), late("2026-11-24", 2)]))

    assert rows(path, "SELECT granted_on, points FROM points ORDER BY granted_on") == [
        ("2026-11-23", 2),
        ("2026-11-24", 2),
    ]


@pytest.mark.parametrize(("open_still", "left"), [(1, []), (0, [("cancel", "2026-11-24")])])
def test_a_planned_cancel_brought_points_only_if_the_order_is_over(path, open_still, left):
    recorded(path, entry(orders=[order(A, action="seller_cancel")], points=[(A, "cancel", "2026-11-24", "P-06", 2, 1)]))

    recorded(path, entry(WEDNESDAY, [order(A, open=open_still)]))

    assert rows(path, "SELECT event, granted_on FROM points") == left


def test_the_past_has_the_points_with_their_product(path):
    recorded(
        path,
        entry(orders=[order(A)], points=[(A, "late", "2026-11-20", "P-01", 1, 0), (A, "cancel", "", "P-06", 2, 1)]),
    )

    points = past(path).points

    assert points.dtypes.to_dict() == POINT
    known = [
        Point.PRODUCT_ORDER_NO,
        Point.PRODUCT_NO,
        Point.PRODUCT,
        Point.RULE,
        Point.EVENT,
        Point.POINTS,
        Point.STATE,
    ]
    assert points.sort_values(Point.EVENT)[known].to_numpy().tolist() == [
        [A, "8100000001", "기본 면 티셔츠", "P-06", "cancel", 2, "by_action"],
        [A, "8100000001", "기본 면 티셔츠", "P-01", "late", 1, "given"],
    ]
    assert points.sort_values(Point.EVENT)[Point.DAY].isna().tolist() == [True, False]
    assert points[Point.REMEMBERED].all()


def test_the_past_has_the_orders_paid_on_each_day_less_those_that_are_named(path):
    paid = [(A, "2026-11-20"), (B, "2026-11-20"), (C, "2026-11-21"), ("2026112300000044", None)]
    recorded(path, entry(orders=[order(number, paid_on=day) for number, day in paid]))

    assert past(path).paid == {date(2026, 11, 20): 2, date(2026, 11, 21): 1}
    assert past(path, B, "2026112399999999").paid == {date(2026, 11, 20): 1, date(2026, 11, 21): 1}
    assert past(path, as_of=MONDAY + timedelta(days=500)).paid == {}


def test_the_past_has_the_sellers_own_cancels_by_product_less_those_that_are_named(path):
    own = [order(number, own_cancel="구매의사취소") for number in (A, B)]
    recorded(path, entry(orders=[*own, order(C)]))

    assert past(path).own_cancels == {"8100000001": [MONDAY.date()] * 2}
    assert past(path, A).own_cancels == {"8100000001": [MONDAY.date()]}


# ── what was read ────────────────────────────────────────────────────────────────────────────────


def one_sheet(*numbers, taken_at="2026-11-23T08:55:00", sha="1a", **cells) -> dict:
    """A 발주발송관리 with a row for each of these orders."""
    headers = json.dumps({Col.ORDER_STATUS: "주문상태", Col.TRACKING_NO: "송장번호", Col.PAID_AT: "결제일"})
    said = json.dumps({Col.ORDER_STATUS: "발송대기"} | cells)
    return {
        "sheets": [
            {
                "sha256": sha,
                "file": "발주.xlsx",
                "name": "발주발송관리",
                "kind": "dispatch",
                "taken_at": taken_at,
                "dated": 1,
                "typed": 1,
                "headers": headers,
                "whole": 1,
            }
        ],
        "evidence": [
            {"product_order_no": number, "sheet": 0, "row": at, "cells": said, "problem": None}
            for at, number in enumerate(numbers, start=3)
        ],
    }


def test_rows_come_back_as_they_were_read(path):
    """A column that was there and said nothing is blank; one that was not there, or a cell not held, is missing."""
    unheld = {"#unheld": "tracking_no", "paid_at": "2026-11-20T10:00:00.000000"}
    both = one_sheet(A), one_sheet(B, sha="2b", **unheld)
    recorded(path, entry(orders=[order(A), order(B)], **both[0]), entry(MONDAY + timedelta(hours=1), **both[1]))

    known = evidence(path, MONDAY)

    assert known.rows.dtypes.to_dict() == ROWS
    assert [sheet.sha256 for sheet in known.sheets] == ["1a", "2b"]
    assert not any(sheet.earlier for sheet in known.sheets)
    assert known.rows[Mark.ROW].tolist() == [3, 3]
    assert known.rows[Col.ORDER_STATUS].tolist() == ["발송대기"] * 2
    assert known.rows[Col.TRACKING_NO].fillna("없음").tolist() == ["", "없음"]
    assert known.rows[Col.PAID_AT].isna().tolist() == [True, False]
    assert known.rows[Col.CLAIM_REASON].isna().all()
    assert known.rows[Mark.UNHELD].tolist() == ["", "tracking_no"]


def test_problems_answers_and_lost_files_come_back_on_their_day_only(path):
    problem = {
        "code": "order_no_damaged", "place": ["발주.xlsx", "발주발송관리", 3], "message": ["가", "a"], "fix": ["나", "b"],
        "column": "상품주문번호", "value": "2.02E+15", "more": [],
    }  # fmt: skip
    damaged = one_sheet("")
    damaged["evidence"][0]["problem"] = json.dumps(problem)
    said = {
        "product_order_no": A, "file": "답변.xlsx", "sheet": "답변", "row": 2, "at": MONDAY.isoformat(), "workbook": None,
        "cells": json.dumps({"consent": "예"}), "action": None,
    }  # fmt: skip
    lost = [{"problem": json.dumps(problem), "numbers": f"{A} {B}"}]
    recorded(path, entry(orders=[order(A)], answer_rows=[said], lost=lost, **damaged))

    known = evidence(path, MONDAY)

    assert known.lost == (Problem("order_no_damaged", Place("발주.xlsx", "발주발송관리", 3), Text("가", "a"), Text("나", "b"),
                                  "상품주문번호", "2.02E+15"),)  # fmt: skip
    assert known.unread == {A, B}
    assert known.rows[Mark.PROBLEM].tolist() == list(known.lost)
    assert known.rows[Col.PRODUCT_ORDER_NO].isna().all()
    (row,) = known.answer_rows
    assert (row.product_order_no, row.cells["consent"], row.cells["handover"], row.run) == (A, "예", None, 1)

    later = evidence(path, TUESDAY)

    assert (later.lost, later.unread, later.answer_rows, len(later.rows)) == ((), frozenset(), (), 0)


def test_a_file_that_is_read_again_by_other_rules_takes_its_own_place(path):
    recorded(path, entry(orders=[order(A)], **one_sheet(A)))

    recorded(
        path, entry(MONDAY + timedelta(hours=1), [order(A)], rules="others", **one_sheet(A, order_status="배송중"))
    )

    known = evidence(path, MONDAY)
    assert (len(known.sheets), known.rows[Col.ORDER_STATUS].tolist()) == (1, ["배송중"])


def test_of_rows_that_say_the_same_the_newest_is_kept_when_a_day_begins(path):
    days = [MONDAY + timedelta(days=number) for number in range(4)]
    for number, (day, status) in enumerate(zip(days, ("결제완료", "발송대기", "발송대기", "발송대기"), strict=True)):
        moment = f"{day:%Y-%m-%d}T08:55:00"
        recorded(
            path,
            entry(
                day, [order(A, seen_at=moment)], **one_sheet(A, taken_at=moment, sha=str(number), order_status=status)
            ),
        )

    recorded(path, entry(MONDAY + timedelta(days=4)))

    known = evidence(path, MONDAY + timedelta(days=4))
    assert known.rows[Col.ORDER_STATUS].tolist() == ["결제완료", "발송대기"]
    assert [sheet.sha256 for sheet in known.sheets] == ["0", "1", "2", "3"]  # that there was a list is remembered


# ── the day ──────────────────────────────────────────────────────────────────────────────────────

NOON = TUESDAY + timedelta(hours=3)


def test_each_run_of_a_day_begins_from_how_things_stood_as_it_began(path):
    recorded(
        path,
        entry(orders=[order(A)], points=[(A, "late", "2026-11-20", "P-01", 1, 0)], answers=[(A, "consent", "예", 0, 0)]),
        entry(TUESDAY, [order(A, action="review"), order(B)], points=[(A, "late", "2026-11-23", "P-01", 1, 0)],
              answers=[(A, "consent", "아니오", 0, 0)]),
    )  # fmt: skip

    known = past(path, A, B, as_of=NOON)

    assert known.orders[PastOrder.ACTION].to_dict() == {A: "ship"}
    assert known.latest[PastOrder.ACTION].to_dict() == {A: "review", B: "ship"}
    assert known.points[Point.DAY].tolist() == [datetime(2026, 11, 20)]
    assert [(each.value, each.run, each.held) for each in known.answers] == [("예", 1, True), ("아니오", 2, True)]

    recorded(path, entry(NOON, [order(A)]))

    assert rows(path, "SELECT granted_on FROM points") == [("2026-11-20",)]
    assert rows(path, "SELECT value, held FROM answers ORDER BY run") == [("예", 1), ("아니오", 0)]
    assert past(path, A, as_of=WEDNESDAY).orders[PastOrder.ACTION].to_dict() == {A: "ship", B: "ship"}


def test_what_one_run_of_a_day_has_closed_the_next_may_find_open(path):
    recorded(path, entry(orders=[order(A)]), entry(TUESDAY, gone=[A]))
    assert kept(path, "open") == (0,)
    assert past(path, as_of=NOON).orders[PastOrder.OPEN].to_dict() == {A: True}

    recorded(path, entry(NOON, [order(A, action="review")]))

    assert kept(path, "open", "action") == (1, "review")


# ── what it tells ────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_known_only_under_the_rules_that_handled_it(path):
    recorded(path, entry(files=[("1a", "취소관리.xlsx")]), entry(TUESDAY, files=[("2b", "발주.xlsx")], rules="others"))

    with ledger.opened(path, writing=False) as memory:
        assert memory.handled(RULES) == {"1a": Repeat("취소관리.xlsx", "취소관리.xlsx", MONDAY)}
        assert memory.handled("others") == {"2b": Repeat("발주.xlsx", "발주.xlsx", TUESDAY)}
        assert memory.handled("rules of tomorrow") == {}


def test_a_file_handled_by_new_rules_is_known_under_both(path):
    recorded(path, entry(files=[("1a", "취소관리.xlsx")]), entry(TUESDAY, files=[("1a", "어제.xlsx")], rules="others"))

    with ledger.opened(path, writing=False) as memory:
        assert memory.handled(RULES)["1a"].handled_at == MONDAY
        assert memory.handled("others")["1a"].handled_at == TUESDAY


def test_the_past_is_every_open_order_and_the_named_ones_whatever_became_of_them(path):
    recorded(path, entry(orders=[order(A), order(B, open=0), order(C, open=0)]))

    assert sorted(past(path).orders.index) == [A]
    assert sorted(past(path, B, "2026112399999999").orders.index) == [A, B]
    assert sorted(past(path, A, B, C, C).orders.index) == [A, B, C]
    assert past(path, B).orders[PastOrder.OPEN].to_dict() == {A: True, B: False}


def test_the_past_has_the_kept_columns_as_they_were_entered(path):
    recorded(path, entry(orders=[order(asks="출고상태 구매자동의", flags="addon_first")]))

    orders = past(path).orders

    assert orders.dtypes.to_dict() == PAST_ORDERS
    assert orders.loc[A].to_dict() == {
        PastOrder.ORDER_NO: "2026112300000001",
        PastOrder.BUNDLE_NO: "",
        PastOrder.OPEN: True,
        PastOrder.ACTION: "ship",
        PastOrder.RULE: "C-52",
        PastOrder.RUN: 1,
        PastOrder.DECIDED_AT: MONDAY,
        PastOrder.SINCE: MONDAY,
        PastOrder.ACT_BY: datetime.fromisoformat("2026-11-25"),
        PastOrder.ASKS: "출고상태 구매자동의",
        PastOrder.FLAGS: "addon_first",
        PastOrder.DISPATCHED: False,
        PastOrder.SEEN_AT: datetime.fromisoformat("2026-11-23T08:55"),
        PastOrder.PRODUCT: "기본 면 티셔츠",
        PastOrder.PRODUCT_NO: "8100000001",
        PastOrder.PAID_ON: datetime.fromisoformat("2026-11-20"),
        PastOrder.OWN_CANCEL: "",
    }


def test_the_past_has_the_answers_about_open_orders_the_oldest_first(path):
    recorded(
        path,
        entry(orders=[order(A), order(B)], answers=[(A, "consent", "예", 0, 0), (B, "memo", "전화함", 0, 0)]),
        entry(TUESDAY, [order(A)], answers=[(A, "consent", "", 1, 0), (A, "result", "보류", 0, 1)]),
        entry(WEDNESDAY, gone=[B]),
    )

    answers, runs = past(path, B).answers, past(path, B).runs

    assert answers[0] == RememberedAnswer(A, "consent", "예", run=1)
    assert set(answers[1:]) == {
        RememberedAnswer(A, "consent", "", run=2, asked=True),
        RememberedAnswer(A, "result", "보류", run=2, about=1),
    }
    assert {name: (earlier.number, earlier.as_of) for name, earlier in runs.items()} == {
        "20261123_090000": (1, MONDAY),
        "20261124_090000": (2, TUESDAY),
        "20261125_090000": (3, WEDNESDAY),
    }


def test_the_last_decision_names_its_run_and_its_rule(path):
    recorded(path, entry(orders=[order()]), entry(TUESDAY, [order(rule="C-30")]))

    with ledger.opened(path, writing=False) as memory:
        assert memory.last_decision(A) == ("20261124_090000", "C-30")
        assert memory.last_decision(B) is None


# ── people ───────────────────────────────────────────────────────────────────────────────────────

PEOPLE = {
    "a buyer": r"구매자\d{4}",
    "a buyer's id": r"demo\*{5}",
    "a receiver": r"수취인\d{4}",
    "a phone": "010-0000-0000",
    "an address": "가상시 예시구",
    "a door": r"\b\d{4}호",
    "a word to the courier": "문 앞에 놓아 주세요",
}


def written(folder) -> str:
    """Every name and every text in the files of a folder, unpacked; a database as it lies on the disk, and as it is read."""
    said = names(folder)
    for path in folder.rglob("*"):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as book:
                said += [book.read(part).decode("utf-8", "replace") for part in book.namelist()]
        elif path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            said.append(re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text))  # JSON in ASCII
        if path.suffix == ".sqlite3":
            with closing(sqlite3.connect(path)) as base:
                said += base.iterdump()
    return "\n".join(said)


def people_in(folder) -> list[str]:
    text = written(folder)
    return [name for name, pattern in PEOPLE.items() if re.search(pattern, text)]


@pytest.mark.slow
def test_of_people_nothing_leaves_the_inputs(desk, book):
    stories = [order for _, order in samples.stories(MONDAY)]
    downloaded(desk.inbox, [*stories, *samples.orders(40, seed=7, as_of=MONDAY)], MONDAY)
    assert people_in(desk.inbox) == [*PEOPLE]

    run(desk, book, options(MONDAY))

    assert [name for name in names(desk.outbox) if not name.startswith(".history/rules/")] == [
        ".history/20261123_090000.json.gz",
        "ledger.sqlite3",
        "처리목록_20261123_090000.json",
        "처리목록_20261123_090000.xlsx",
    ]
    assert len(rows(desk.ledger, "SELECT * FROM orders")) > 80
    assert people_in(desk.outbox) == []


def memo_in(workbook) -> set[str]:
    """What stands in the memo cells of the order that is asked about."""
    header, *lines = order_values(openpyxl.load_workbook(workbook)["확인필요"])
    memo = header.index("메모")
    return {line[memo] for line in lines if told(QUESTION)[0].product_order_no in line}


@pytest.mark.slow
def test_a_phone_and_an_address_typed_into_a_memo_are_remembered_without_themselves(desk, book):
    put_exports(desk.inbox, QUESTION)
    first = run(desk, book, options(MONDAY)).workbook
    asked = told(QUESTION)[0].product_order_no
    filled(first, "확인필요", asked, {"메모": "010-1234-5678로 전화함, hong.gildong@example.com에 메일 보냄"})
    shutil.move(first, desk.inbox)
    samples.write_cancel(desk.inbox / "취소관리_20261124_0855.xlsx", told(QUESTION), downloaded_at=TUESDAY)
    aged(desk.inbox)

    second = run(desk, book, options(TUESDAY)).workbook

    masked = "(전화번호)로 전화함, (이메일)에 메일 보냄"
    assert memo_in(second) == {masked}
    assert rows(desk.ledger, "SELECT product_order_no, cell, value, run FROM answers") == [(asked, "memo", masked, 2)]
    assert [
        typed for typed in ("1234", "5678", "hong", "gildong", "example.com") if typed in written(desk.outbox)
    ] == []


# ── a long time ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_after_many_days_only_orders_that_still_stand_in_a_list_are_open(desk, book):
    """Each day fifty orders come, are listed on that day and the next, and leave every list after that."""
    listed, still_open = [], []
    for day in range(5):
        morning = MONDAY + timedelta(days=day)
        listed = [*listed[-50:], *samples.orders(50, seed=day, as_of=morning)]
        downloaded(desk.inbox, listed, morning, ("전체주문발주발송관리", "취소관리"))
        run(desk, book, options(morning))
        still_open.append({number for (number,) in rows(desk.ledger, "SELECT product_order_no FROM orders WHERE open")})

    assert len(rows(desk.ledger, "SELECT * FROM orders")) > 200
    assert max(map(len, still_open)) <= 100
    assert still_open[-1] <= {each.product_order_no for each in listed}

"""Plans and ledgers as this program writes them, and the same with something wrong in them. All orders are invented."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from copy import deepcopy
from datetime import datetime
from pathlib import Path

from processor import ledger
from processor.ledger.entry import filled
from processor.model.tables import LEDGER

MORNING = datetime.fromisoformat("2026-11-23T09:00")
RUN = "20261123_090000"
WORKBOOK = f"처리목록_{RUN}.xlsx"
COPY = f"수정필요_취소관리_{RUN}.xlsx"
INPUT = "취소관리.csv"
ORDER, GONE = "2026112300000011", "2026112300000099"
PROBLEM = json.dumps(
    {
        "code": "date_unreadable", "place": ["취소관리.csv", "취소관리", 3], "message": ["가", "a"], "fix": ["나", "b"],
        "column": "요청일", "value": "어제", "more": [],
    }
)  # fmt: skip
CELLS = '{"order_no":"2026112300000001","order_status":"발송대기","product_name":"기본 면 티셔츠"}'
ROWS: dict[str, list[dict]] = {
    "files": [{"sha256": "1a", "name": INPUT}],
    "orders": [
        {
            "product_order_no": ORDER, "order_no": "2026112300000001", "bundle_no": "", "open": 1, "action": "ship",
            "rule": "C-52", "asks": "출고상태", "flags": "", "act_by": "2026-11-25", "dispatched": 0,
            "seen_at": "2026-11-23T08:55:00", "product": "기본 면 티셔츠", "product_no": "8100000001", "paid_on": "2026-11-20",
            "own_cancel": "",
        }
    ],
    "answers": [
        {"product_order_no": ORDER, "cell": "memo", "value": "전화함", "asked": 0, "about": 0, "at": "2026-11-23T08:50:00"}
    ],
    "points": [
        {
            "product_order_no": ORDER, "event": "late", "granted_on": "2026-11-24", "rule": "P-10", "points": 1,
            "by_action": 0,
        }
    ],
    "sheets": [
        {
            "sha256": "1a", "file": INPUT, "name": "취소관리", "kind": "cancel", "taken_at": "2026-11-23T08:55:00",
            "dated": 1, "typed": 0, "headers": '{"order_no": "주문번호"}', "whole": 1,
        }
    ],
    "evidence": [
        {"product_order_no": ORDER, "sheet": 0, "row": 2, "cells": CELLS, "problem": None},
        {"product_order_no": ORDER, "sheet": 0, "row": 3, "cells": "{}", "problem": PROBLEM},
    ],
    "told": [
        {
            "product_order_no": ORDER, "file": "답변.csv", "sheet": "", "row": 2, "at": "2026-11-23T08:50:00",
            "workbook": None, "cells": '{"memo": "전화함"}', "action": None,
        }
    ],
    "lost": [{"problem": PROBLEM, "numbers": GONE}],
}  # fmt: skip
ODD = [
    None, True, -1, 0, 2, 1 << 31, 1 << 63, -(1 << 63), 10**40, 1.5, float("inf"), "", "a", "\0", "../../secret", "/etc/passwd",
    "\ud800", "{", "[]", "{}", "[[", "null", PROBLEM, [], [[]], {}, {"a": 1}, "2026-11-23", "0001-01-01", "9999-12-31T23:59:59",
    "2026-11-23T09:00:00+09:00", "가" * 5000, ORDER, RUN, WORKBOOK, "approve", "[" * 5000,
]  # fmt: skip


def entry() -> ledger.Entry:
    """What a run adds to the ledger: a row in every table."""
    columns = {
        table.name: {column: [row[column] for row in ROWS[table.name]] for column in filled(table)}
        for table in LEDGER
        if table.name in ROWS
    }
    return ledger.Entry(
        name=RUN,
        as_of=MORNING.isoformat(),
        rules="rules of then",
        version="0",
        listed=True,
        gone=[GONE],
        answer_rows=columns.pop("told"),
        **columns,
    )


def plan(sha256: str) -> dict:
    """The plan of that run as it is saved. sha256: of the one input."""
    return {
        "workbook": WORKBOOK,
        "manifest": {"workbook": WORKBOOK},
        "entry": ledger.written(entry()),
        "moves": [{"path": INPUT, "sha256": sha256, "target": f"done/{RUN}/{INPUT}", "letter": ""}],
        "copies": [COPY],
    }


def make_ledger(path: Path) -> None:
    with ledger.opened(path, writing=True) as memory:
        memory.record(entry())


# ── something wrong, by chance ──


def spoilt_plan(dice: random.Random, sound: dict) -> bytes:
    """The plan with one or a few values replaced, removed or doubled, or with some of its bytes changed."""
    changed = deepcopy(sound)
    for _ in range(dice.choice([1, 1, 2, 4])):
        inside, key = dice.choice([*_places(changed)])
        match dice.randrange(4):
            case 0:
                del inside[key]
            case 1 if isinstance(inside, list):
                inside.insert(key, dice.choice(ODD))
            case 2:
                inside[key] = dice.choice(ODD)
            case _:
                inside[key] = dice.choice([odd for odd in ODD if type(odd) is type(inside[key])] or ODD)
        if not changed:
            break
    written = json.dumps(changed).encode()
    return spoilt_bytes(dice, written) if dice.random() < 0.2 else written


def _places(value) -> Iterator[tuple]:
    """Each place inside of a value: what it lies in, and its key there."""
    for key in range(len(value)) if isinstance(value, list) else value:
        yield value, key
        if isinstance(value[key], list | dict):
            yield from _places(value[key])


def spoilt_bytes(dice: random.Random, content: bytes) -> bytes:
    data = bytearray(content)
    for _ in range(dice.choice([1, 1, 2, 8])):
        at = dice.randrange(len(data))
        match dice.randrange(4):
            case 0:
                data[at] ^= 1 << dice.randrange(8)
            case 1:
                data[at : at + 4] = dice.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\0\0\0\1", b"\x7f\xff\xff\xff"])
            case 2:
                begin = dice.randrange(len(data))
                data[at : at + 64] = data[begin : begin + 64]
            case _:
                del data[max(1, at) :]
    return bytes(data)


def spoilt_ledger(dice: random.Random, sound: bytes) -> bytes:
    """The ledger with some values that are never stored, with other tables, or with some of its bytes changed."""
    if dice.random() < 0.4:
        return spoilt_bytes(dice, sound)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.deserialize(sound)
        for _ in range(dice.choice([1, 1, 2, 4])):
            table = dice.choice(LEDGER)
            with suppress(sqlite3.Error, OverflowError, UnicodeEncodeError):  # what the tables themselves forbid
                if dice.random() < 0.9:
                    value = dice.choice([*ODD, b"\xff", b"2026-11-23"])
                    value = json.dumps(value) if isinstance(value, list | dict) else value
                    base.execute(f"UPDATE {table.name} SET {dice.choice([*table])} = ?", (value,))
                else:
                    base.execute(dice.choice(STRANGE).format(table=table.name))
        return base.serialize()


STRANGE = (
    "DROP TABLE {table}",
    "ALTER TABLE {table} ADD COLUMN more",
    "ALTER TABLE {table} RENAME TO other",
    "CREATE TABLE more (a)",
    "CREATE VIEW more AS SELECT * FROM {table}",
    "CREATE TRIGGER more AFTER INSERT ON {table} BEGIN DELETE FROM runs; END",
    "CREATE INDEX more ON {table} (run)",
    "DROP INDEX open_orders",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = -1",
    "PRAGMA user_version = 3",
)
"""Statements after which a ledger is none of this program's."""

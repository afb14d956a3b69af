"""A desk that somebody else has prepared: its plan, its ledger, and links and pipes where files and folders belong."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import stat
import struct
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import crafted
import pytest
import trials
from crafted import INPUT, MORNING, ORDER, PROBLEM, RUN, WORKBOOK
from test_run import aged

from processor import intake, ledger
from processor.app import plan
from processor.app.desk import Desk
from processor.ledger import store
from processor.ledger.values import _MAY_BE_MISSING
from processor.model import josa
from processor.model.tables.ledger import LEDGER

pytestmark = pytest.mark.slow

POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="links need a privilege there, and there are no pipes in folders"
)
VOID = plan.Earlier(discarded=True)


def everything(folder: Path) -> dict[str, object]:
    """Each path below the folder with what is there; links are not followed."""
    return {path.relative_to(folder).as_posix(): what(path) for path in sorted(folder.rglob("*"))}


def what(path: Path) -> object:
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        return f"link to {os.readlink(path)}"  # noqa: PTH115 - as it is written
    return path.read_bytes() if stat.S_ISREG(found.st_mode) else stat.S_IFMT(found.st_mode)


# ── the plan ──


@pytest.fixture
def desk(tmp_path) -> Desk:
    """A desk with an input, whose run has died after its workbook appeared; beside it what is none of its business."""
    desk = Desk(tmp_path / "desk")
    desk.inbox.mkdir(parents=True)
    desk.outbox.mkdir()
    (desk.inbox / INPUT).write_bytes(b"an export")
    (desk.outbox / WORKBOOK).write_bytes(b"a workbook")
    (tmp_path / "secret").write_bytes(b"an export")
    return desk


def sound_plan(desk) -> dict:
    """The plan that a run has left there."""
    return crafted.plan(intake.input_file(desk.inbox / INPUT).sha256)


def laid_down(desk, saved) -> Path:
    path = desk.outbox / ".unfinished.json"
    path.write_text(json.dumps(saved), "utf-8")
    return path


def test_a_plan_that_this_program_has_written_is_carried_out(desk):
    laid_down(desk, sound_plan(desk))

    assert plan.finish(desk) == plan.Earlier(desk.outbox / WORKBOOK)

    assert (desk.inbox / "done" / RUN / INPUT).exists()
    with ledger.opened(desk.ledger, writing=False) as memory:
        assert memory.last_decision(ORDER) == (RUN, "C-52")
        assert len(memory.evidence(MORNING).rows) == 2


MOVES = {
    "an input elsewhere": {"path": "../../secret"},
    "an input at an absolute path": {"path": "/etc/passwd"},
    "an input that was put away": {"path": f"done/{RUN}/a.csv"},
    "an input without a name": {"path": ""},
    "an input behind a link": {"path": "link/secret"},
    "an input that no disk can name": {"path": "\udfff\ud800"},
    "an input with a zero in its name": {"path": "a\0b"},
    "a number as an input": {"path": 5},
    "a target elsewhere": {"target": "../../stolen"},
    "a target at an absolute path": {"target": "/tmp/stolen"},
    "a target in the folder of another run": {"target": "done/20261122_090000/취소관리.csv"},
    "a target beside the runs": {"target": "done/취소관리.csv"},
    "a target in another folder": {"target": f"kept/{RUN}/취소관리.csv"},
    "a target above its run": {"target": f"done/{RUN}/.."},
    "a target deeper down": {"target": f"done/{RUN}/a/b"},
    "no target": {"target": None},
    "a hash that is none": {"sha256": 5},
    "a letter that is none": {"letter": ["a"]},
    "a letter with half a character": {"letter": "\ud800"},
    "one value more": {"and": 1},
}
PARTS = {
    "a workbook elsewhere": {"workbook": f"../{WORKBOOK}"},
    "a workbook of another name": {"workbook": "ledger.sqlite3"},
    "a workbook of another run": {"workbook": "처리목록_20261122_090000.xlsx"},
    "a number as the workbook": {"workbook": 5},
    "a copy elsewhere": {"copies": ["../수정필요_a.xlsx"]},
    "a copy of another name": {"copies": ["ledger.sqlite3"]},
    "copies in a text": {"copies": "수정필요_a.xlsx"},
    "no copies": {"copies": None},
    "a manifest that is none": {"manifest": ["a"]},
    "moves that are none": {"moves": 5},
    "a move that is none": {"moves": [5]},
    "a move of three values": {"moves": [[INPUT, "", "a"]]},
    "an entry that is none": {"entry": 5},
    "an entry of nine": {"entry": [None] * 9},
}
FIELDS = {
    "name": ["../a", "", 5, None, "20261123_090000 "],
    "as_of": ["", "today", 5, None, "2026-11-23T09:00+09:00", "20261123"],
    "rules": [5, None],
    "version": [5, None],
    "listed": [1, "yes", None],
    "gone": [5, [5], [None], [["a"]]],
}
VALUES = {  # what may not stand in a column of the entry
    ("files", "name"): [5, None],
    ("orders", "open"): [2, -1, "1", None],
    ("orders", "action"): ["refuse", 5],
    ("orders", "asks"): ["메모 비밀"],
    ("orders", "act_by"): ["soon", 5, "2026-02-30"],
    ("orders", "product"): [None, ["a"], {"a": 1}, "\ud800"],
    ("answers", "cell"): ["password"],
    ("points", "points"): [-1, 1 << 63, 1.5, "1"],
    ("points", "granted_on"): ["soon"],
    ("sheets", "kind"): ["secret"],
    ("sheets", "headers"): ["{", "[]", '{"a": 1}'],
    ("evidence", "sheet"): [1, -1, "0"],
    ("evidence", "row"): [1 << 40],
    ("evidence", "cells"): ["{", "[]", "{},{}", "5"],
    ("evidence", "problem"): ["{", "{}", PROBLEM.replace("3]", '"3"]')],
    ("answer_rows", "cells"): ['{"password": "a"}', '{"memo": 5}'],
    ("answer_rows", "at"): [None],
    ("lost", "problem"): ["[" * 100_000, PROBLEM.replace('"more": []', '"more": [5]')],
}


def crafted_plans(desk) -> dict[str, dict]:
    """What is wrong with it → a plan that is sound but for that."""
    sound = sound_plan(desk)
    plans = {name: sound | {"moves": [sound["moves"][0] | wrong]} for name, wrong in MOVES.items()}
    plans |= {name: sound | wrong for name, wrong in PARTS.items()}
    for name, wrong in FIELDS.items():
        for at, value in enumerate(wrong):
            plans[f"{name} {at}"] = sound | {"entry": sound["entry"] | {name: value}}
    for (table, column), wrong in VALUES.items():
        columns = sound["entry"][table]
        for at, value in enumerate(wrong):
            changed = columns | {column: [value, *columns[column][1:]]}
            plans[f"{table}.{column} {at}"] = sound | {"entry": sound["entry"] | {table: changed}}
        plans[f"no {table}.{column}"] = sound | {
            "entry": sound["entry"] | {table: {name: values for name, values in columns.items() if name != column}}
        }
        plans[f"too many {table}.{column}"] = sound | {
            "entry": sound["entry"] | {table: columns | {column: [*columns[column], columns[column][0]]}}
        }
    return plans


@POSIX
def test_a_plan_that_this_program_could_not_have_written_is_void_and_nothing_is_touched(desk):
    (desk.inbox / "link").symlink_to(desk.home.parent)
    plans, before, wrong = crafted_plans(desk), everything(desk.home.parent), []

    for name, saved in plans.items():
        path = laid_down(desk, saved)
        told = plan.finish(desk)
        if told != VOID or path.exists() or everything(desk.home.parent) != before:
            wrong.append(name)

    assert wrong == []
    assert len(plans) > 80


def test_a_plan_larger_than_any_of_this_program_is_void(desk, monkeypatch):
    path = laid_down(desk, sound_plan(desk))
    monkeypatch.setattr(plan, "_LARGEST", path.stat().st_size - 1)

    assert plan.finish(desk) == VOID
    assert not path.exists()


def test_whatever_the_plan_says_nothing_happens_outside_of_the_desk(desk):
    """Some plans are void, some are carried out, and some cannot be; none does more."""
    sound, dice, outside, ends = sound_plan(desk), random.Random(22), desk.home.parent / "secret", Counter()
    shutil.copytree(desk.home, fresh := desk.home.with_name("fresh"))

    for _ in trials.some(range(1000), 60):
        shutil.rmtree(desk.home)
        shutil.copytree(fresh, desk.home)
        (desk.outbox / ".unfinished.json").write_bytes(crafted.spoilt_plan(dice, sound))
        ends[plan.finish(desk)] += 1
        assert sorted(path.name for path in desk.home.parent.iterdir()) == ["desk", "fresh", "secret"]
        assert outside.read_bytes() == b"an export"
        asked(desk.ledger)

    assert ends.keys() >= {VOID, plan.Earlier(desk.outbox / WORKBOOK)}


# ── the ledger ──


@pytest.fixture(scope="module")
def sound_ledger(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite3"
    crafted.make_ledger(path)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path, sound_ledger) -> Path:
    path = tmp_path / "outbox" / "ledger.sqlite3"
    path.parent.mkdir()
    path.write_bytes(sound_ledger)
    return path


def changed(content: bytes, *statements: str | tuple) -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.deserialize(content)
        base.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            base.execute(*(statement if isinstance(statement, tuple) else (statement,)))
        return base.serialize()


def asked(path: Path) -> None:
    """Every question that a command asks."""
    with ledger.opened(path, writing=False) as memory:
        for day in (MORNING, MORNING + timedelta(days=1)):
            memory.evidence(day)
            memory.past([ORDER], day)
        memory.handled("rules of then")
        memory.last_moment()
        memory.last_decision(ORDER)
    ledger.waiting(path)
    ledger.forgettable(path, date(2027, 1, 1))


def is_refused(path: Path) -> bool:
    """Is the ledger called unusable by whoever reads and by whoever writes, and left as it is?"""
    before, told = everything(path.parent), []
    for question in (lambda: asked(path), lambda: ledger.opened(path, writing=True).__enter__()):
        try:
            question()
        except ledger.Unusable as error:
            told.append((error.path, error.newer))
    return told == [(path, False)] * 2 and everything(path.parent) == before


NEVER_ENDS = "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more)"
STRANGE: dict[str, Callable[[bytes], bytes]] = {
    "it is empty": lambda _: b"",
    "it has only a header": lambda sound: sound[:100],
    "its end is missing": lambda sound: sound[: len(sound) // 2],
    "it is no database": lambda sound: b"PK\3\4" + bytes(5000),
    "it is encrypted": lambda sound: random.Random(5).randbytes(len(sound)),
    "a page is lost": lambda sound: sound[:8192] + bytes(4096) + sound[12288:],
    "the name of a table is no text": lambda sound: changed(
        sound, "UPDATE sqlite_master SET name = CAST(x'ff' AS TEXT), sql = 'CREATE TABLE' WHERE name = 'lost'"
    ),
    "a table is missing": lambda sound: changed(sound, "DROP TABLE points"),
    "an index is missing": lambda sound: changed(sound, "DROP INDEX own_cancels"),
    "a column is missing": lambda sound: changed(sound, "ALTER TABLE told DROP COLUMN action"),
    "a column is of another type": lambda sound: changed(
        sound,
        "UPDATE sqlite_master SET sql = replace(sql, 'order_no     TEXT', 'order_no     INTEGER') WHERE name = 'orders'",
    ),
    "it has no tables at all": lambda _: changed(changed_to_nothing(), "PRAGMA user_version = 4"),
    "its version is of another schema": lambda sound: changed(sound, "PRAGMA user_version = 2"),
    "its version is negative": lambda sound: changed(sound, "PRAGMA user_version = -1"),
    "a view stands for a table, and never ends": lambda sound: changed(
        sound,
        "DROP TABLE runs",
        f"CREATE VIEW runs AS {NEVER_ENDS} SELECT n AS number, n AS name, n AS as_of, n AS rules FROM more",
    ),
    "a view more": lambda sound: changed(sound, f"CREATE VIEW more AS {NEVER_ENDS} SELECT n FROM more"),
    "a trigger": lambda sound: changed(
        sound, "CREATE TRIGGER more AFTER INSERT ON runs BEGIN DELETE FROM answers; END"
    ),
    "a check that is never met": lambda sound: changed(
        sound,
        "UPDATE sqlite_master SET sql = replace(sql, 'orders    INTEGER', 'orders    INTEGER CHECK (0)') WHERE name = 'runs'",
    ),
    "a table is another's": lambda sound: changed(
        sound,
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'orders') WHERE name = 'told'",
    ),
    "a number is missing where there must be one": lambda sound: changed(
        sound,
        "UPDATE sqlite_master SET sql = replace(sql, 'open         INTEGER NOT NULL', 'open         INTEGER') WHERE name = 'orders'",
    ),
    "a table of a module": lambda sound: changed(
        sound,
        "UPDATE sqlite_master SET sql = 'CREATE VIRTUAL TABLE lost USING fts5(problem)', rootpage = 0 WHERE name = 'lost'",
    ),
}


def changed_to_nothing() -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("VACUUM")
        return base.serialize()


def test_a_ledger_with_other_tables_or_pages_is_unusable_to_everybody(path, sound_ledger):
    accepted = []
    for name, make in STRANGE.items():
        path.write_bytes(make(sound_ledger))
        if not is_refused(path):
            accepted.append(name)
    path.write_bytes(sound_ledger)
    asked(path)
    assert accepted == []


UNSTORED: dict[str, list] = {  # column → what may not stand there
    "runs.name": ["../a", b"a"],
    "runs.as_of": ["soon", 5, "2026-11-23T09:00+09:00", b"2026"],
    "runs.rules": [b"rules of then"],
    "files.name": [b"a"],
    "orders.action": ["refuse"],
    "orders.asks": ["비밀"],
    "orders.since": ["soon", 5],
    "orders.act_by": ["2026-02-30"],
    "orders.run": [-1, 1 << 40],
    "orders.open": [7, "yes"],
    "orders.product": [b"\xff"],
    "answers.cell": ["password"],
    "answers.at": ["soon"],
    "answers.value": [b"a"],
    "points.points": [-5, 1 << 62, "many", 1.5],
    "points.granted_on": ["soon"],
    "sheets.kind": ["secret"],
    "sheets.headers": ["[" * 100_000, "[]", "{", '{"a": 1}'],
    "sheets.number": [1 << 62],
    "evidence.sheet": [99, "a"],
    "evidence.cells": ["[]", "{},{}", "5", '{"paid_at": "soon"}', '{"quantity": "many"}'],
    "evidence.problem": ["{}", "5", "a"],
    "told.cells": ['{"password": "a"}', '{"memo": [1]}', "a"],
    "told.row": ["two"],
    "lost.problem": ['{"code": 5}', "a"],
    "lost.numbers": [b"a"],
}


def test_a_ledger_with_values_that_are_never_stored_is_unusable(path, sound_ledger):
    accepted = []
    for place, values in UNSTORED.items():
        table, column = place.split(".")
        for value in values:
            path.write_bytes(changed(sound_ledger, (f"UPDATE {table} SET {column} = ?", (value,))))
            with closing(sqlite3.connect(path)) as base:
                assert base.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] > 0
            try:
                asked(path)
            except ledger.Unusable:
                continue
            accepted.append((place, value))
    assert accepted == []


def test_the_columns_that_may_be_missing_are_those_that_the_tables_let_be_missing():
    with store.nothing() as base:
        for table in LEDGER:
            if table.name not in ("orders_before", "points_before"):
                found = base.execute(f"PRAGMA table_info({table.name})").fetchall()
                nullable = {name for _, name, _, needed, _, key in found if not (needed or key)}
                assert nullable == _MAY_BE_MISSING.get(table.name, set()), table.name


def test_whatever_a_ledger_says_it_is_answered_or_refused(path, sound_ledger):
    dice, ends = random.Random(22), Counter()
    for _ in trials.some(range(2000), 60):
        path.write_bytes(crafted.spoilt_ledger(dice, sound_ledger))
        try:
            asked(path)
            with ledger.opened(path, writing=True) as memory:
                memory.record(crafted.entry())
        except ledger.Unusable:
            ends["refused"] += 1
        else:
            ends["answered"] += 1
    assert ends["refused"] > 20
    assert ends["answered"] > 5


def test_a_question_that_does_not_end_is_ended(path, monkeypatch):
    monkeypatch.setattr(store, "_MOST_STEPS", 200)
    monkeypatch.setattr(store, "_BETWEEN", 100)

    with pytest.raises(ledger.Unusable):
        asked(path)


def test_a_ledger_beyond_its_bound_is_not_opened(path, monkeypatch):
    monkeypatch.setattr(store, "_LARGEST", path.stat().st_size - 1)

    assert is_refused(path)


def test_a_value_beyond_its_bound_is_not_read(path, monkeypatch):
    path.write_bytes(changed(path.read_bytes(), ("UPDATE orders SET product = ?", ("가" * 5000,))))
    asked(path)
    monkeypatch.setattr(store, "_LONGEST_VALUE", 10_000)

    with pytest.raises(ledger.Unusable):
        asked(path)


def test_one_page_that_is_reached_by_many_ways_is_found_out(tmp_path):
    """Read one after another, the rows of such a table would be endlessly many."""
    path = tmp_path / "ledger.sqlite3"
    with ledger.opened(path, writing=True):
        pass
    with closing(sqlite3.connect(path)) as base, base:
        base.executemany("INSERT INTO evidence VALUES ('', 0, ?, ?, NULL)", ((row, "{}" * 40) for row in range(2000)))
        (page,) = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'evidence'").fetchone()
    asked(path)
    data = bytearray(path.read_bytes())
    top = (page - 1) * 4096
    assert data[top] == 5  # an inner page of a table
    (cells,) = struct.unpack_from(">H", data, top + 3)
    places = struct.unpack_from(f">{cells}H", data, top + 12)
    for place in places:
        data[top + place : top + place + 4] = data[top + places[0] : top + places[0] + 4]
    path.write_bytes(data)

    assert is_refused(path)


def test_a_journal_that_names_another_file_deletes_nothing(path):
    """SQLite deletes the file whose name stands at the end of a journal, once it has rolled back."""
    secret = path.parent.parent / "secret"
    secret.write_bytes(b"my own")
    magic, pages = bytes.fromhex("d9d505f920a163d7"), path.stat().st_size // 4096
    name = os.fsencode(secret)
    header = (magic + struct.pack(">IIIII", 0, 0, pages, 512, 4096)).ljust(512, b"\0")
    ending = struct.pack(">I", (1 << 30) // 4096 + 1) + name + struct.pack(">II", len(name), sum(name)) + magic
    path.with_name("ledger.sqlite3-journal").write_bytes(header + ending)

    assert is_refused(path)
    assert secret.read_bytes() == b"my own"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_command_says_what_to_do_about_a_ledger_that_it_cannot_use(empty_desk, sound_ledger, typed, language):
    empty_desk.ledger.write_bytes(
        changed(sound_ledger, "UPDATE orders SET since = 'soon'", "UPDATE orders SET action = 'refuse'")
    )
    (empty_desk.inbox / "메모.csv").write_text("이름,값\n가,1\n", "utf-8")
    before = everything(aged(empty_desk.home))
    commands = [["run"], ["run", "--dry-run"], ["run", "--catchup"], ["status"], ["explain", ORDER]]

    ended = [typed(*words, "--home", empty_desk.home, "--lang", language) for words in commands]

    assert [(end.code, end.out) for end in ended] == [(3, "")] * len(commands)
    assert {end.err.splitlines()[-1] for end in ended} == {
        {
            "ko": f"기록 파일 {empty_desk.ledger}이 망가져 읽을 수 없습니다. 다른 이름으로 옮겨 두고 다시 실행하면 새로 시작합니다(그때까지의 답과 "
            "처리 기록은 쓰지 않습니다). 아무것도 옮기지 않았습니다.",
            "en": f"{empty_desk.ledger} is damaged. Move it away and run again to start afresh (earlier answers and actions are "
            "forgotten). Nothing was moved.",
        }[language]
    }
    assert everything(empty_desk.home) == before


# ── links, pipes and the like ──


def link(path: Path, elsewhere: Path) -> None:
    path.symlink_to(elsewhere)


def pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def second_name(path: Path, elsewhere: Path) -> None:
    os.link(elsewhere, path)


def a_file(path: Path, _: Path) -> None:
    path.write_bytes(b"no folder")


def a_folder(path: Path, _: Path) -> None:
    path.mkdir()


IS_A_LINK = (
    "{} 다른 곳을 가리키는 링크라서 열지 않았습니다. 링크를 지우거나 실제 파일이나 폴더로 바꾼 뒤 다시 실행하세요. 아무것도 옮기지 않았습니다.\n",
    "{} is a link to another place and was not followed. Delete it, or put a real file or folder there, and run again. Nothing was moved.\n",
)
IS_NO_FILE = (
    "{} 일반 파일이 아니라서 열지 않았습니다. 다른 곳으로 옮기고 다시 실행하세요. 아무것도 옮기지 않았습니다.\n",
    "{} is no regular file and was not opened. Move it away and run again. Nothing was moved.\n",
)
IS_ELSEWHERE_TOO = (
    "{} 다른 곳의 파일과 연결되어 있어(하드 링크) 쓰지 않았습니다. 복사본을 만들어 이 파일과 바꾼 뒤 다시 실행하세요. 아무것도 옮기지 않았습니다.\n",
    "{} is one with a file elsewhere (a hard link), so it was left alone. Replace it by a copy and run again. Nothing was moved.\n",
)
IS_NO_FOLDER = (
    "{} 폴더가 아닙니다. 다른 곳으로 옮기고 다시 실행하세요. 아무것도 옮기지 않았습니다.\n",
    "{} is no folder. Move it away and run again. Nothing was moved.\n",
)
READ, RUN_ONLY = ("run", "status", "explain", "forget", "template"), ("run", "forget")
PLACES = [  # what stands there, what it is made of, what is said, and by which commands
    ("inbox", link, "folder", IS_A_LINK, READ),
    ("inbox", a_file, "", IS_NO_FOLDER, READ),
    ("inbox/done", link, "folder", IS_A_LINK, READ),
    ("inbox/failed", link, "folder", IS_A_LINK, READ),
    ("outbox", link, "folder", IS_A_LINK, READ),
    ("outbox/ledger.sqlite3", link, "ledger", IS_A_LINK, READ[:4]),
    ("outbox/ledger.sqlite3", link, "nowhere", IS_A_LINK, READ[:4]),
    ("outbox/ledger.sqlite3", second_name, "ledger", IS_ELSEWHERE_TOO, READ[:4]),
    ("outbox/ledger.sqlite3", pipe, "", IS_NO_FILE, READ[:4]),
    ("outbox/ledger.sqlite3", a_folder, "", IS_NO_FILE, READ[:4]),
    ("outbox/.unfinished.json", link, "plan", IS_A_LINK, RUN_ONLY),
    ("outbox/.unfinished.json", pipe, "", IS_NO_FILE, RUN_ONLY),
    ("outbox/.running.lock", link, "secret", IS_A_LINK, RUN_ONLY),
    ("outbox/.running.lock", link, "nowhere", IS_A_LINK, RUN_ONLY),
    ("outbox/.running.lock", second_name, "secret", IS_ELSEWHERE_TOO, RUN_ONLY),
    ("outbox/.running.lock", pipe, "", IS_NO_FILE, RUN_ONLY),
    ("outbox/.running.lock", a_folder, "", IS_NO_FILE, RUN_ONLY),
    *(
        (f"outbox/ledger.sqlite3{beside}", link, "secret", IS_A_LINK, READ[:4])
        for beside in ("-journal", "-wal", "-shm")
    ),
    *((f"outbox/ledger.sqlite3{beside}", pipe, "", IS_NO_FILE, READ[:4]) for beside in ("-journal", "-wal", "-shm")),
]
WORDS = {
    "run": ("--quiet",),
    "status": (),
    "explain": (ORDER,),
    "forget": ("--before", "2026-12-01", "--yes"),
    "template": (),
}


@pytest.fixture
def elsewhere(tmp_path, sound_ledger) -> Path:
    """What is none of the desk's business."""
    folder = tmp_path / "elsewhere"
    (folder / "folder" / RUN).mkdir(parents=True)
    (folder / "folder" / RUN / "a.csv").write_bytes(b"my own")
    (folder / "secret").write_bytes(b"my own")
    (folder / "plan").write_text("{}")
    (folder / "ledger").write_bytes(sound_ledger)
    return folder


@POSIX
def test_a_desk_with_links_and_pipes_in_its_places_is_refused_by_every_command_that_uses_them(
    empty_desk, elsewhere, sound_ledger, typed
):
    (empty_desk.inbox / "메모.csv").write_text("이름,값\n가,1\n", "utf-8")
    aged(empty_desk.home)
    shutil.copytree(empty_desk.home, fresh := empty_desk.home.with_name("fresh"))

    for place, make, of, (ko, en), commands in PLACES:
        shutil.rmtree(empty_desk.home)
        shutil.copytree(fresh, empty_desk.home)
        path = empty_desk.home / place
        if path.is_dir():
            shutil.rmtree(path)
        if "sqlite3-" in place:
            empty_desk.ledger.write_bytes(sound_ledger)
        make(path, elsewhere / of)
        before = everything(empty_desk.home.parent)
        for lang, sentence in (("ko", ko), ("en", en)):
            for command in commands if lang == "ko" else commands[:1]:
                ended = typed(command, *WORDS[command], "--home", empty_desk.home, "--lang", lang)
                said = ended.err.splitlines(keepends=True)[-1]
                assert (ended.code, said) == (3, sentence.format(josa(str(path), "은/는") if lang == "ko" else path)), (
                    place,
                    command,
                )
                assert everything(empty_desk.home.parent) == before, (place, command)


@POSIX
@pytest.mark.parametrize("make", [link, pipe])
def test_rules_that_are_a_link_or_a_pipe_are_not_read(empty_desk, elsewhere, typed, make, rules_path):
    (elsewhere / "secret").write_bytes(rules_path.read_bytes() + b"# read by no other test\n")
    empty_desk.rules.unlink()
    make(empty_desk.rules, elsewhere / "secret")
    (empty_desk.inbox / "메모.csv").write_text("이름,값\n가,1\n", "utf-8")
    before = everything(empty_desk.home)
    commands = [["run", "--quiet"], ["check"], ["explain", ORDER]]

    ended = [typed(*words, "--home", empty_desk.home) for words in commands]
    ended += [typed("decide", empty_desk.inbox / "메모.csv", "--rules", empty_desk.rules)]

    sentence = {link: IS_A_LINK, pipe: IS_NO_FILE}[make][0].format(f"{empty_desk.rules}은")
    assert [end.code for end in ended] == [2] * 4
    assert {end.err for end in ended if "{" not in end.out} == {f"rules.yaml:1:1: {sentence}"}
    assert everything(empty_desk.home) == before


@POSIX
def test_nothing_is_written_through_a_name_that_somebody_has_taken_before(empty_desk, elsewhere, typed):
    """Links and second names under every name that a run writes, whether it is a hidden one or not."""
    (empty_desk.inbox / "메모.csv").write_text("이름,값\n가,1\n", "utf-8")
    aged(empty_desk.home)
    for name in (f".{WORKBOOK}.tmp", f".처리목록_{RUN}.json.tmp", ".unfinished.json.tmp", ".ledger.sqlite3.tmp"):
        (empty_desk.outbox / name).symlink_to(elsewhere / "secret")
    (empty_desk.outbox / f".{WORKBOOK}.parts.tmp").symlink_to(elsewhere / "folder")
    (empty_desk.inbox / "failed" / RUN).mkdir(parents=True)
    (empty_desk.inbox / "failed" / RUN / "메모.csv.txt").symlink_to(elsewhere / "new")
    (empty_desk.inbox / "월요일").symlink_to(elsewhere / "folder")
    before = everything(elsewhere)

    ended = typed("run", "--home", empty_desk.home, "--as-of", "2026-11-23T09:00")

    assert ended.code == 1
    assert everything(elsewhere) == before
    assert (empty_desk.outbox / WORKBOOK).lstat().st_nlink == 1
    assert sorted(path.name for path in empty_desk.outbox.iterdir()) == [
        ".history",
        "ledger.sqlite3",
        f"처리목록_{RUN}.json",
        WORKBOOK,
    ]
    put_away = sorted(path.name for path in (empty_desk.inbox / "failed" / RUN).iterdir())
    assert put_away == ["메모 (2).csv", "메모 (2).csv.txt", "메모.csv.txt"]


@POSIX
def test_inputs_that_were_put_away_are_not_looked_for_behind_links(empty_desk, elsewhere, typed):
    done = empty_desk.inbox / "done"
    done.mkdir()
    (done / RUN).symlink_to(elsewhere / "folder" / RUN)
    before = everything(elsewhere)

    (told,) = typed("forget", "--home", empty_desk.home, "--before", "2026-12-01", "--yes", "--json").lines

    assert told["folders"] == []
    assert everything(elsewhere) == before


@POSIX
def test_the_desk_itself_may_be_a_link(empty_desk, typed):
    link(home := empty_desk.home.with_name("link"), empty_desk.home)
    (empty_desk.inbox / "메모.csv").write_text("이름,값\n가,1\n", "utf-8")
    aged(empty_desk.home)

    assert typed("run", "--home", home, "--as-of", "2026-11-23T09:00").code == 1
    assert (empty_desk.outbox / WORKBOOK).exists()


@POSIX
def test_a_new_desk_is_not_made_through_links(tmp_path, typed):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "rules.yaml").symlink_to(tmp_path / "new")
    assert typed("init", tmp_path / "desk").code == 2
    (tmp_path / "desk" / "rules.yaml").unlink()
    (tmp_path / "desk" / "inbox").symlink_to(tmp_path)
    assert typed("init", tmp_path / "desk").code == 3
    assert everything(tmp_path) == {"desk": stat.S_IFDIR, "desk/inbox": f"link to {tmp_path}"}


DISCARDED = (
    "작업 계획 파일(outbox/.unfinished.json)이 이 프로그램이 여기서 만든 것이 아니어서 따르지 않고 지웠습니다. "
    "그 계획에 따라 옮기거나 적은 것은 없고, inbox의 파일은 처음부터 다시 읽습니다."
)


def test_a_seller_is_told_of_a_plan_that_was_not_followed(empty_desk, typed):
    foreign = empty_desk.outbox / ".unfinished.json"
    for words in (["run"], ["forget", "--before", "2026-12-01", "--yes"]):
        foreign.write_text("{}")
        assert typed(*words, "--home", empty_desk.home).out.splitlines()[0] == DISCARDED
        foreign.write_text("{}")
        (told,) = typed(*words, "--home", empty_desk.home, "--json").lines
        assert told["discarded"] == DISCARDED
        (told,) = typed(*words, "--home", empty_desk.home, "--json").lines
        assert told["discarded"] is None

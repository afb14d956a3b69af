"""The warm process carries out what is asked, and is replaced when it dies."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import chain
from pathlib import Path
from types import ModuleType

import psutil
import pytest

from processor import app
from processor.app.attempt import Failed
from processor.page import requests, words
from processor.page.engine import Engine
from processor.page.requests.asking import Answered, Request

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped and killed by signals"),
]

AT = datetime.fromisoformat("2026-11-23T09:00")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return app.demo_desk(tmp_path_factory.mktemp("engine") / "desk", AT)


@pytest.fixture(scope="module")
def engine(demo, marks: Path):
    engine = Engine(demo.desk, marks)
    yield engine
    engine.end()


def asked(engine, name, passwords=(), heard=lambda _progress: None, **values):
    return engine.carry_out(Request(name, values, AT, "ko", passwords), heard)


def test_a_morning_goes_by_the_same_functions_as_on_the_command_line(engine, demo):
    locked = asked(engine, "run")
    assert isinstance(locked, Failed)
    assert locked.code == "password_needed"

    heard = []
    done = asked(engine, "run", (demo.password,), heard.append)
    assert isinstance(done, Answered)
    assert done.values["workbook"] == str(next(iter(demo.desk.workbooks.values())))
    assert done.values["needs_you"] is True
    assert {progress.stage.value for progress in heard} == {"files_read", "orders_judged", "sheets_written"}

    listed = asked(engine, "today").values
    assert listed == app.today(demo.desk, AT).values("ko")
    status = asked(engine, "status").values
    assert status.items() >= app.status(demo.desk, AT.date()).values().items()
    assert {each["action"]: each["count"] for each in status["open"]} == {
        outcome["action"]: sum(len(group["orders"]) for group in outcome["groups"]) for outcome in listed["outcomes"]
    }


def test_an_answer_moves_its_order(engine):
    listed = asked(engine, "today").values
    order, answer = next(
        (order, answer)
        for outcome in listed["outcomes"]
        for group in outcome["groups"]
        for order in group["orders"]
        for answer in order["answers"]
        if answer["leads_to"] != outcome["action"]
    )

    told = asked(engine, "answer", orders=[order["number"]], cells={answer["cell"]: answer["value"]})

    assert told.values["run"]["workbook"] is None
    assert told.values["today"] == asked(engine, "today").values
    moved = [
        outcome["action"]
        for outcome in asked(engine, "today").values["outcomes"]
        for group in outcome["groups"]
        for each in group["orders"]
        if each["number"] == order["number"]
    ]
    assert moved == ([] if answer["leads_to"] == "none" else [answer["leads_to"]])


def test_an_error_of_app_is_a_sentence_in_both_languages(engine):
    refused = asked(engine, "answer", orders=["2026112090001644"], cells={"없는 칸": "예"})

    assert (refused.code, refused.wrong_use) == ("unknown_answer", True)
    assert refused.message.ko.startswith("'없는 칸'")
    assert refused.message.en.startswith("No cell")


def test_an_order_that_nobody_knows_is_told(engine):
    refused = asked(engine, "explain", number="1234567890123456")

    assert refused.code == "order_not_found"
    assert refused.message.ko


def test_an_idle_process_that_died_is_replaced_unseen(engine):
    os.kill(engine.process_id, signal.SIGKILL)
    os.waitid(os.P_PID, engine.process_id, os.WEXITED | os.WNOWAIT)  # dead, and whoever started it does not know yet

    assert isinstance(asked(engine, "status"), Answered)


def test_a_request_whose_process_dies_has_failed_and_the_next_is_carried_out(engine):
    dying = engine.process_id
    os.kill(dying, signal.SIGSTOP)
    with ThreadPoolExecutor() as threads:
        lost = threads.submit(asked, engine, "status")
        while not engine.busy:
            pass
        waiting = threads.submit(asked, engine, "status")
        os.kill(dying, signal.SIGKILL)
        answers = {type(lost.result()), type(waiting.result())}

    assert answers in ({Failed, Answered}, {Answered})  # it may have died before it was asked
    assert engine.process_id != dying
    assert isinstance(asked(engine, "status"), Answered)


def test_the_process_does_not_outlive_the_page(demo, marks: Path):
    engine = Engine(demo.desk, marks)
    process = psutil.Process(engine.process_id)
    engine.end()

    assert not process.is_running()
    assert isinstance(asked(engine, "status"), Failed)


def test_a_name_is_used_once_on_the_whole_page():
    for room in (requests, words):
        parts = [module for module in vars(room).values() if isinstance(module, ModuleType)]
        names = [*chain.from_iterable(getattr(part, "ENTRIES", getattr(part, "WORDS", ())) for part in parts)]
        assert names
        assert len(set(names)) == len(names)

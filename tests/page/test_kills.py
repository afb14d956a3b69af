"""The page, its worker or the browser may be killed at any instant of a morning: nothing is lost, and nothing is done twice."""

from __future__ import annotations

import hashlib
import http.client
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import psutil
import pytest
from forked import started
from page_starts import Running, Visitor, come_in, ended
from trials import THOROUGH

from processor import app, samples
from processor.cli import clock

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the page with a clock of the test's is a fork"),
]

MONDAY, TUESDAY, *_ = samples.mornings(datetime.fromisoformat("2026-11-23T09:00"))
AN_HOUR = timedelta(hours=1)
VICTIMS = ("page", "worker", "browser")
KILLS = 50 if THOROUGH else 6


class Scene(NamedTuple):
    before: Path  # the desk after Monday
    files: tuple[Path, ...]  # Tuesday's exports
    asked: str  # an order whose 출고상태 is answered on Tuesday
    seconds: dict[str, float]  # that the drops take, and such a morning as a whole
    listed: dict[str, tuple]  # the list at its end: order → what is to be done by which rule, and what was told
    done: Counter  # what lies in done/ then


def served(home: Path) -> Running:
    """The page of a desk on Tuesday at nine."""

    def on_tuesday() -> None:
        clock.moment = lambda _written=None, _option="": TUESDAY.as_of

    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = ["page", "--home", str(home), "--json"]
    process = started(command, environment, within=on_tuesday, stdout=subprocess.PIPE)
    return Running(process, json.loads(process.stdout.readline())["url"], app.Desk(home))


def in_slices(visitor: Visitor, file: Path) -> int:
    """Sends a file as a browser sends a large one. Returns the status of the answer."""
    content, page = file.read_bytes(), visitor.page
    connection = http.client.HTTPConnection(page.host)
    connection.putrequest("POST", f"/api/files?name={quote(file.name)}", skip_host=True)
    for name, value in {"Host": page.host, "Origin": page.origin, "Cookie": visitor.cookie}.items():
        connection.putheader(name, value)
    connection.putheader("Content-Length", str(len(content)))
    connection.endheaders()
    for start in range(0, len(content), len(content) // 8):
        connection.send(content[start : start + len(content) // 8])
        time.sleep(0.01)
    status = connection.getresponse().status
    connection.close()
    return status


def morning(page: Running, files: tuple[Path, ...], asked: str, told: Path) -> None:
    """What a browser asks for on Tuesday; it writes down which drops were answered. It goes on when its worker dies."""
    visitor = come_in(page)
    visitor.get("/api/files")  # its answer waits for the worker
    told.touch()
    for file in files:
        if in_slices(visitor, file) == 201:
            with told.open("a") as notes:
                print(digest(file), file=notes)
    number = visitor.post("/api/run", {}).values["number"]
    while visitor.get(f"/api/run/{number}").values["state"] == "working":
        time.sleep(0.02)
    visitor.post("/api/answer", {"orders": [asked], "cells": {"출고상태": "미포장"}})


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def lying(desk: app.Desk) -> Counter:
    """The content of the inputs that wait or were put away, but for answers given on the page."""
    files = (path for path in desk.inbox.rglob("*") if path.is_file() and "답변" not in path.name)
    return Counter(map(digest, files))


def listed(desk: app.Desk) -> dict[str, tuple]:
    values = app.today(desk, TUESDAY.as_of + 3 * AN_HOUR).values("ko")
    return {
        order["number"]: (outcome["action"], order["rule"], order["told"])
        for outcome in values["outcomes"]
        for group in outcome["groups"]
        for order in group["orders"]
    }


def in_its_process(scene_or_files, page: Running, told: Path, asked: str) -> multiprocessing.Process:
    browser = multiprocessing.get_context("fork").Process(target=morning, args=(page, scene_or_files, asked, told))
    browser.start()
    return browser


@pytest.fixture(scope="module")
def scene(tmp_path_factory, marks: Path) -> Scene:
    folder = tmp_path_factory.mktemp("kills")
    desk = app.new_desk(folder / "before")
    samples.write_morning(desk.inbox, MONDAY)
    app.run(desk, MONDAY.as_of, app.Passwords(), marks=marks)
    downloads = folder / "downloads"
    downloads.mkdir()
    samples.write_morning(downloads, TUESDAY)
    files = tuple(sorted(downloads.iterdir()))
    asked = next(order.product_order_no for story, order in MONDAY.lines if story == "6 출고 모름에 답함")

    whole = app.Desk(shutil.copytree(desk.home, folder / "whole"))
    page = served(whole.home)
    began, told = time.time(), folder / "told"
    browser = in_its_process(files, page, told, asked)
    while not told.exists():
        time.sleep(0.001)
    dropping = time.time()
    browser.join()
    seconds = {"drops": told.stat().st_mtime - dropping, "whole": time.time() - began}
    assert browser.exitcode == 0
    assert ended(page) == 0
    assert len(told.read_text().split()) == len(files)
    return Scene(desk.home, files, asked, seconds, listed(whole), lying(whole))


def kills() -> list[tuple[str, str, float]]:
    """Whom, and when: as a share of the time that the drops take, or such a morning as a whole."""
    dice = random.Random(1)
    return [(VICTIMS[number % 3], ("drops", "whole")[number // 3 % 2], dice.uniform(0, 1)) for number in range(KILLS)]


def test_a_morning_that_nobody_disturbs_answers_and_files_all_away(scene):
    assert scene.done.total() == len(scene.files) + len([*(scene.before / "inbox").rglob("done/*/*")])
    assert scene.listed
    assert set(scene.done.values()) == {1}


@pytest.mark.parametrize(("victim", "of", "share"), kills())
def test_after_a_kill_the_command_line_comes_to_the_same_end(scene, victim, of, share, tmp_path, marks):
    desk, told = app.Desk(shutil.copytree(scene.before, tmp_path / "desk")), tmp_path / "told"
    page = served(desk.home)
    ours = psutil.Process(page.process.pid).children(recursive=True)
    browser = in_its_process(scene.files, page, told, scene.asked)
    while of == "drops" and not told.exists():
        time.sleep(0.001)
    time.sleep(share * scene.seconds[of])
    if victim == "worker":
        next(each for each in ours if "spawn_main" in " ".join(each.cmdline())).kill()
        browser.join()
    else:
        os.kill(page.process.pid if victim == "page" else browser.pid, signal.SIGKILL)
    browser.kill()
    browser.join()
    page.process.terminate()
    page.process.communicate()
    psutil.wait_procs(ours)  # they end with the page, however it ends

    again = served(desk.home)  # a second start works at once
    assert come_in(again).get("/api/files").status == 200
    assert ended(again) == 0
    whole = {digest(file) for file in scene.files}
    waiting = [path for path in desk.inbox.iterdir() if path.is_file() and "답변" not in path.name]
    assert {digest(path) for path in waiting} <= whole  # none is half there, none has been left hidden
    there = lying(desk)
    answered = told.read_text().split() if told.exists() else []
    assert {*answered} <= there.keys()  # what was answered has not been lost

    for file in scene.files:  # the seller drops what has not arrived, and says what has not been told
        if digest(file) not in there:
            shutil.copy(file, desk.inbox)
    app.run(desk, TUESDAY.as_of + AN_HOUR, app.Passwords(), marks=marks)
    if listed(desk) != scene.listed:
        app.answer(desk, [scene.asked], {"출고상태": "미포장"}, TUESDAY.as_of + 2 * AN_HOUR)
    assert listed(desk) == scene.listed
    assert lying(desk) == scene.done
    assert [path.name for path in desk.inbox.iterdir() if path.is_file()] == []

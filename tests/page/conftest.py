"""A real Chromium, which all tests of the page share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import page_starts
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from processor import app
from processor.cli import clock

A_LONG_TIME = int(os.environ.get("PATIENCE", "600000"))  # milliseconds: a busy machine makes the tests slow, never red
LATENCY = int(os.environ.get("LATENCY", "0"))  # milliseconds by which the page hears its server late
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")


@pytest.fixture(scope="session")
def browser():
    """The Chromium of the system, else the one that Playwright has downloaded. CI has one of them."""
    own = next(filter(None, map(shutil.which, BROWSERS)), None)
    expect.set_options(timeout=A_LONG_TIME)
    with sync_playwright() as playwright:
        if own is None and not Path(playwright.chromium.executable_path).exists() and not os.environ.get("CI"):
            pytest.skip("this computer has no Chromium: `python -m playwright install chromium` gets one")
        opened = playwright.chromium.launch(executable_path=own, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def tab(browser):
    """A tab that knows nobody yet; what it asks for, and what it complains of, is written down."""
    with _tab(browser) as tab:
        yield tab


@pytest.fixture(scope="module")
def tab_of_the_file(browser):
    """The same, for all tests of a file."""
    with _tab(browser) as tab:
        yield tab


@contextmanager
def _tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True)
    context.set_default_timeout(A_LONG_TIME)
    tab = context.new_page()
    if LATENCY:
        late = {"offline": False, "latency": LATENCY, "downloadThroughput": -1, "uploadThroughput": -1}
        context.new_cdp_session(tab).send("Network.emulateNetworkConditions", late)
    tab.asked, tab.complaints = [], []
    context.on("request", lambda request: tab.asked.append(request.url))
    tab.on("console", lambda said: tab.complaints.append(said.text) if said.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    yield tab
    context.close()


_CHANGED = """
decisions:
  rows:
  - {id: C-84, off: true}
  - {id: M-01, before: C-37, when: {요청: 구매자취소, 출고: 미포장, 상품: 예약}, 조치: 고객협의, 이유: 예약 상품은 먼저 물어봅니다, 출처: [판단]}
  examples:
  - {name: 예약 상품의 취소, given: {요청: 구매자취소, 주문상태: 발송대기, 송장: 없음, 출고: 미포장, 상품: 예약}, expect: M-01}
"""


@pytest.fixture(scope="session")
def worked(tmp_path_factory, marks: Path) -> Iterator[page_starts.Running]:
    """The page of a desk after the demo's morning in two runs, with a rule of its own and without another; to be read only."""
    now = clock.moment(None)
    demo = app.demo_desk(tmp_path_factory.mktemp("worked") / "옷가게", now)
    demo.desk.rules.write_text(demo.desk.rules.read_text("utf-8") + _CHANGED, "utf-8")
    late = [path.rename(demo.desk.home / path.name) for path in demo.desk.lying_in_inbox[1:]]
    for moment, arriving in ((now - timedelta(seconds=2), ()), (now - timedelta(seconds=1), late)):
        for path in arriving:
            path.rename(demo.desk.inbox / path.name)
        app.run(demo.desk, moment, app.Passwords([demo.password]), marks=marks)
    page = page_starts.started(demo.desk)
    page_starts.stays(page)
    yield page
    assert page_starts.ended(page) == 0

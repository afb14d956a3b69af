"""A real Chromium, which all tests of the page share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

A_LONG_TIME = int(os.environ.get("PATIENCE", "600000"))  # milliseconds: a busy machine makes the tests slow, never red
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
    context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True)
    context.set_default_timeout(A_LONG_TIME)
    tab = context.new_page()
    tab.asked, tab.complaints = [], []
    context.on("request", lambda request: tab.asked.append(request.url))
    tab.on("console", lambda said: tab.complaints.append(said.text) if said.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    yield tab
    context.close()

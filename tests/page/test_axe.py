"""No screen hinders whoever works with a keyboard or a screen reader, as far as axe-core can tell, and none is too wide.

Each is looked at in both languages, and with text of twice the size.
"""

from __future__ import annotations

import shutil

import page_starts
import pytest
from hindrances import TWICE, found_on, needs_axe
from page_starts import another_address
from playwright.sync_api import expect

from processor.app import Desk
from processor.page import site

pytestmark = [pytest.mark.slow, needs_axe]

AS_USUAL = "document.documentElement.style.fontSize = ''"


@pytest.fixture(scope="module")
def worked_in_english(worked, tmp_path_factory):
    home = tmp_path_factory.mktemp("english") / "옷가게"
    shutil.copytree(worked.desk.home, home, ignore=shutil.ignore_patterns(".page.lock"))
    page = page_starts.started(Desk(home), "--lang", "en")
    yield page
    assert page_starts.ended(page) == 0


@pytest.mark.parametrize("language", ["worked", "worked_in_english"])
def test_no_screen_hinders_anybody(language, request, tab):
    page = request.getfixturevalue(language)
    tab.goto(another_address(page) if language == "worked" else page.url)
    expect(tab.locator("#outcomes a").first).to_be_visible()
    number = tab.evaluate(
        "async () => (await (await fetch('/api/today')).json()).outcomes[0].groups[0].orders[0].number"
    )
    found = []
    for screen in site._SCREENS:
        tab.goto(f"{page.origin}/#{screen}{f'/{number}' if screen == 'order' else ''}")
        expect(tab.locator(f"#{screen}")).to_be_visible()
        tab.wait_for_load_state("networkidle")
        found += found_on(tab, screen)
        tab.evaluate(TWICE)
        found += found_on(tab, f"{screen} at 200 %")
        tab.evaluate(AS_USUAL)
    assert found == []


def test_the_dialogs_and_a_new_desk_hinder_nobody(page, worked, tab):
    tab.goto(another_address(page))
    expect(tab.locator("#no-files")).to_be_visible()
    found = found_on(tab, "a new desk")
    tab.goto(another_address(worked))
    expect(tab.locator("#outcomes a").first).to_be_visible()
    tab.keyboard.press("?")
    found += found_on(tab, "the keys")
    tab.keyboard.press("Escape")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("양말")
    found += found_on(tab, "search")

    assert found == []

"""What hinders whoever works with a keyboard, a screen reader or large letters, as far as axe-core can tell."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import Page

TWICE = "document.documentElement.style.fontSize = '200%'"

needs_axe = pytest.mark.skipif(sys.platform == "win32", reason="axe reads its script in the code page of the system")


def found_on(tab: Page, name: str) -> list[str]:
    """What axe finds on the screen as it is, and whether it goes beyond the window."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - which reads its script at once

    violations = Axe().run(tab).response["violations"]
    said = [f"{name}: {each['id']} at {each['nodes'][0]['html'][:120]}" for each in violations]
    wide = tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    return said + [f"{name}: wider than the window"] * wide

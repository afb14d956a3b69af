"""The pictures of the README show the page as it is: beside each lies the text that stood on it, which must still stand there.

`pytest tests/page/test_pictures.py --bless` takes them anew, for a person to look at.
"""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path

import page_starts
import pytest
from playwright.sync_api import expect

from processor import app

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "processor/page/pictures"
MORNING = datetime.fromisoformat("2026-11-23T09:00")


@pytest.fixture(scope="module")
def morning(tmp_path_factory, marks):
    """The page of the demo's morning, five minutes after its run."""
    demo = app.demo_desk(tmp_path_factory.mktemp("pictures") / "옷가게", MORNING)
    app.run(demo.desk, MORNING, app.Passwords([demo.password]), marks=marks)
    script = str(Path(__file__).with_name("page_at.py"))
    running = page_starts.answering([sys.executable, script, str(demo.desk.home), "ko", "2026-11-23T09:05"], demo.desk)
    yield running
    assert page_starts.ended(running) == 0


@pytest.fixture(scope="module")
def screen(morning, tab_of_the_file):
    tab_of_the_file.clock.set_fixed_time(datetime.fromisoformat("2026-11-23T09:05+09:00"))
    tab_of_the_file.goto(morning.url)
    return tab_of_the_file


def on_the_page(screen) -> str:
    return re.sub(r"\n\s*\n+", "\n", screen.locator("body").inner_text()).strip() + "\n"


def number_of_one_to_ask(screen) -> str:
    """The first order to talk about, of which the buyer's consent is asked."""
    listed = screen.evaluate("async () => (await fetch('/api/today')).json()")
    return next(
        order["number"]
        for outcome in listed["outcomes"]
        if outcome["action"] == "negotiate"
        for group in outcome["groups"]
        for order in group["orders"]
        if any(answer["cell"] == "구매자동의" for answer in order["answers"])
    )


@pytest.mark.parametrize("name", ["today", "order"])
def test_a_picture_shows_what_stands_on_the_page(screen, name, golden, request):
    if name == "today":
        screen.locator("#outcomes a[href='#today/approve']").click()
        expect(screen.locator("#today-title")).to_contain_text("취소 승인")
    else:
        screen.evaluate("number => { location.hash = `#order/${number}`; }", number_of_one_to_ask(screen))
        expect(screen.locator("#order")).to_contain_text("취소에 동의")
    if request.config.getoption("--bless"):
        PICTURES.mkdir(exist_ok=True)
        screen.screenshot(path=PICTURES / f"{name}.png")
    golden(PICTURES / f"{name}.txt", on_the_page(screen))
    assert (PICTURES / f"{name}.png").stat().st_size < 150_000


def test_every_picture_is_one_of_the_readme():
    readme = (ROOT / "README.md").read_text("utf-8")

    assert {path.name for path in PICTURES.glob("*.png")} == {
        Path(target).name for target in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", readme)
    }

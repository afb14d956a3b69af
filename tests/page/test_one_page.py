"""One desk, one page: a second start opens the first one's; what a killed one leaves is no hindrance."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest
from page_starts import come_in, ended, started

from processor import app
from processor.page.presence import TICK, Presence

pytestmark = pytest.mark.slow


def test_a_second_start_opens_the_page_that_is_there(page, visitor):
    other = started(page.desk)

    other.process.communicate()
    assert other.process.returncode == 0
    assert other.host == page.host
    assert other.url != page.url
    assert come_in(page, other.url).cookie == visitor.cookie


def test_a_port_that_is_taken_is_told(page, tmp_path):
    desk = app.new_desk(tmp_path / "다른 가게")
    port = page.host.partition(":")[2]
    command = [sys.executable, "-m", "processor", "page", "--home", str(desk.home), "--port", port, "--json"]

    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 3
    assert json.loads(done.stdout)["code"] == "port_taken"


def test_a_folder_without_rules_has_no_page(tmp_path, typed):
    said = typed("page", "--home", tmp_path, "--json")

    assert said.code == 2
    assert [line["code"] for line in said.lines] == ["no_desk"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals")
@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGKILL"])  # by name: Windows has not all of them
def test_however_a_page_ends_the_next_start_opens_a_new_one(tmp_path, how):
    desk = app.new_desk(tmp_path / "가게")
    (desk.inbox / ".arriving-0123456789abcdef.tmp").write_bytes(b"half")
    (desk.inbox / ".other.tmp").write_bytes(b"not ours")

    first = started(desk)
    first.process.send_signal(signal.Signals[how])
    first.process.communicate()
    second = started(desk)
    status = come_in(second).get("/api/files").status

    assert first.process.returncode == (-9 if how == "SIGKILL" else 0)
    assert second.url != first.url
    assert status == 200
    assert ended(second) == 0
    assert [path.name for path in desk.inbox.iterdir()] == [".other.tmp"]
    assert list(desk.outbox.iterdir()) == []


# ── it ends itself ──


def test_the_page_stays_until_the_first_tab_has_come():
    presence = Presence()

    assert not any(presence.gone(busy=False) for _ in range(1000))


def test_the_page_ends_five_minutes_after_the_last_tab_has_gone():
    presence = Presence()
    presence.heard()
    ticks = int(300 / TICK)

    assert not any(presence.gone(busy=False) for _ in range(ticks - 1))
    presence.heard()
    assert not any(presence.gone(busy=False) for _ in range(ticks - 1))
    assert presence.gone(busy=False)


def test_the_page_never_ends_while_a_run_is_at_work():
    presence = Presence()
    presence.heard()

    assert not any(presence.gone(busy=True) for _ in range(1000))
    assert not presence.gone(busy=False)


def silent(presence: Presence, seconds: float) -> bool:
    """Has everybody gone after so many seconds in which nobody asked for anything?"""
    return any(presence.gone(busy=False) for _ in range(int(seconds / TICK)))


MINUTES, HOURS = 60, 3600


def test_a_tab_that_says_goodbye_has_gone_and_one_that_is_loaded_anew_has_not():
    presence = Presence()
    presence.heard()
    presence.here("a", hidden=True)
    presence.left("a")
    assert not silent(presence, 4 * MINUTES)
    presence.heard()
    presence.here("b", hidden=False)
    assert not silent(presence, 4 * MINUTES)
    presence.left("b")
    assert silent(presence, 5 * MINUTES)


def test_a_tab_in_the_background_may_be_silent_all_day():
    """Browsers freeze it, or unload it until somebody comes back to it."""
    presence = Presence()
    presence.heard()
    presence.here("seen", hidden=False)
    presence.here("in the background", hidden=True)

    assert not silent(presence, 11 * HOURS)
    assert silent(presence, 2 * HOURS)


def test_a_tab_that_was_seen_last_and_is_silent_has_gone():
    """The browser was killed, or has crashed."""
    presence = Presence()
    presence.heard()
    presence.here("a", hidden=True)
    presence.here("a", hidden=False)

    assert not silent(presence, 4 * MINUTES)
    assert silent(presence, 1 * MINUTES)


def test_while_a_run_is_at_work_no_tab_grows_older():
    presence = Presence()
    presence.heard()
    presence.here("a", hidden=False)
    assert not any(presence.gone(busy=True) for _ in range(1000))

    assert not silent(presence, 4 * MINUTES)

"""What arrives while the page is open is offered, what the seller allows is done and can be taken back, and what is due is said once."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from forked import started
from page_starts import Running, another_address, come_in, ended
from playwright.sync_api import Page, Route, expect

from processor import app, samples
from processor.cli import clock
from processor.page.presence import Presence

pytestmark = pytest.mark.slow

MONDAY = datetime(2026, 11, 23, 9)
EXPORT = "스마트스토어_취소관리_20261124_0855.xlsx"


class Watched:
    """A page whose clock and downloads folder are the test's, and of which it hears which tabs have left."""

    def __init__(self, folder: Path, marks: Path) -> None:
        self.desk = app.new_desk(folder / "옷가게")
        samples.write_morning(self.desk.inbox, samples.mornings(MONDAY)[0])
        app.run(self.desk, MONDAY, app.Passwords(), marks=marks)
        self.downloads = folder / "다운로드"
        self.downloads.mkdir()
        self._clock = folder / "clock"
        self.goodbyes = folder / "goodbyes"  # of tabs, as the server has heard them
        self.goodbyes.touch()
        self.set("2026-11-24T09:30")
        command = ["page", "--home", str(self.desk.home), "--json"]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "XDG_DOWNLOAD_DIR": str(self.downloads)}
        process = started(command, environment, within=self._by_its_clock, stdout=subprocess.PIPE)
        self.page = Running(process, json.loads(process.stdout.readline())["url"], self.desk)

    def _by_its_clock(self) -> None:
        clock.moment = lambda _written=None, _option="": datetime.fromisoformat(self._clock.read_text())
        really_left = Presence.left

        def left(presence: Presence, tab: str) -> None:
            really_left(presence, tab)
            with self.goodbyes.open("a") as file:
                print(tab, file=file)

        Presence.left = left

    def set(self, moment: str) -> None:
        self._clock.write_text(moment)

    def download(self, name: str, day: int = 24) -> Path:
        """A file that was downloaded on that day of November."""
        file = self.downloads / name
        file.write_bytes(f"상품주문번호\n{name}".encode())
        os.utime(file, (datetime(2026, 11, day, 0).timestamp(),) * 2)  # at this hour it is the same day in Korea
        return file


@pytest.fixture(scope="module")
def watched(tmp_path_factory, marks):
    watched = Watched(tmp_path_factory.mktemp("watched"), marks)
    yield watched
    assert ended(watched.page) == 0


def asked(tab, path: str) -> int:
    """How often the tab has asked for it."""
    return sum(path in url for url in tab.asked)


def wait_for(tab: Page, path: str, times: int) -> None:
    while asked(tab, path) < times:
        tab.wait_for_timeout(50)


@pytest.fixture
def shown(watched, tab):
    """The page in a tab that has asked for its list."""
    tab.add_init_script(
        "const later = setTimeout; window.setTimeout = (then, after) => later(then, Math.min(after, 300));"  # it looks often
        "window.noticed = []; window.Notification = class { static permission = 'default';"
        " static async requestPermission() { this.permission = 'granted'; }"
        " constructor(title, { body, tag }) { window.noticed.push([title, body, tag]); } };"
    )
    tab.goto(another_address(watched.page))
    wait_for(tab, "/api/today", 1)
    return tab


def test_a_file_that_is_put_into_the_inbox_folder_is_offered_and_handled_by_a_click(watched, shown):
    samples.write_morning(watched.desk.inbox, samples.mornings(MONDAY)[1])
    number = len([path for path in watched.desk.inbox.iterdir() if path.is_file()])

    offer = shown.locator("#arrivals")
    expect(offer).to_contain_text(f"새 파일 {number}개가 inbox에 들어왔습니다.")
    shown.route("**/api/alive", lambda route: None)  # it needs no further look around to know that they are handled
    offer.get_by_role("button", name="실행").click()

    expect(shown.locator("#files-title")).to_be_visible()
    expect(offer).to_be_empty()
    assert len(watched.desk.workbooks) == 2
    assert shown.complaints == []


def test_a_file_that_was_handled_before_is_not_offered_again_after_the_run(watched, shown):
    handled = next(path for path in watched.desk.inbox.glob("done/20261124*/*") if "취소관리" in path.name)
    (watched.desk.inbox / "또.xlsx").write_bytes(handled.read_bytes())

    offer = shown.locator("#arrivals")
    expect(offer).to_contain_text("새 파일 1개")
    offer.get_by_role("button", name="실행").click()

    expect(offer).to_be_empty()
    assert (watched.desk.inbox / "또.xlsx").exists()
    before = asked(shown, "/api/alive")
    shown.reload()
    wait_for(shown, "/api/alive", before + 2)
    expect(offer).to_be_empty()
    (watched.desk.inbox / "또.xlsx").unlink()


def test_the_downloads_folder_is_looked_at_only_while_that_is_allowed(watched, shown):
    visitor = come_in(watched.page, another_address(watched.page))
    watched.download(EXPORT)
    watched.download("스마트스토어_취소관리_20261123_0855.xlsx", day=23)
    watched.download("가계부.xlsx")
    for _ in range(2):
        assert visitor.post("/api/alive", {"tab": "a"}).values["downloads"] == []

    shown.get_by_role("link", name="새 파일과 알림").click()
    expect(shown.locator("#watch-folder")).to_have_text(str(watched.downloads))
    allow = shown.get_by_label("다운로드 폴더에 오늘 받은 판매자센터 엑셀이 있으면 알려 주기")
    expect(allow).not_to_be_checked()
    allow.check()
    expect(shown.locator("#watch-said")).to_have_text("바꿨습니다.")
    offer = shown.locator("#arrivals")
    expect(offer).to_contain_text("다운로드 폴더에서 새 파일 1개를 찾았습니다.")
    expect(offer).to_contain_text(EXPORT)
    offer.get_by_role("button", name="이번엔 아니요").click()
    expect(offer).to_be_empty()
    assert not (watched.desk.inbox / EXPORT).exists()

    later = watched.download("스마트스토어_취소관리_20261124_0905.xlsx")
    expect(offer).to_contain_text(later.name)
    expect(offer).not_to_contain_text(EXPORT)
    offer.get_by_role("button", name="가져오기").click()
    expect(shown.locator("#notice")).to_contain_text("파일 1개를 복사해 왔습니다.")
    assert (watched.desk.inbox / later.name).read_bytes() == later.read_bytes()
    expect(offer).to_contain_text("새 파일 1개가 inbox에 들어왔습니다.")
    expect(offer).not_to_contain_text("다운로드")
    (watched.desk.inbox / later.name).unlink()

    shown.get_by_role("link", name="새 파일과 알림").click()
    allow.uncheck()
    expect(shown.locator("#watch-said")).to_have_text("바꿨습니다.")
    watched.download("스마트스토어_취소관리_20261124_0915.xlsx")
    expect(offer).to_be_empty()
    assert visitor.get("/api/choices").values["downloads"] is False
    assert shown.complaints == []


@contextmanager
def held_back(tab: Page) -> Iterator[list[Route]]:
    """What the page asks of the choices is not answered but held here."""
    held: list[Route] = []
    tab.route("**/api/choices", lambda route: held.append(route) if route.request.method == "GET" else route.fallback())
    yield held
    tab.unroute("**/api/choices")


def test_no_choice_is_offered_before_it_is_known_what_was_chosen(shown):
    boxes = shown.locator("#watch input")
    with held_back(shown) as held:
        with shown.expect_request("**/api/choices"):
            shown.get_by_role("link", name="새 파일과 알림").click()
        expect(shown.locator("#watch-title")).to_be_visible()
        assert [boxes.nth(place).is_disabled() for place in range(2)] == [True, True]
        for late in held:
            late.continue_()
    expect(boxes.first).to_be_enabled()
    expect(boxes.last).to_be_enabled()


def test_a_choice_is_not_taken_back_by_an_answer_that_is_older(watched, shown):
    shown.get_by_role("link", name="새 파일과 알림").click()
    remind = shown.get_by_label("남은 일과 아직 안 넣은 파일 알려 주기")
    expect(remind).to_be_enabled()
    before = come_in(watched.page, another_address(watched.page)).get("/api/choices").values
    assert not before["reminders"]
    with held_back(shown) as held:
        with shown.expect_request("**/api/choices"):
            shown.evaluate("import('/static/js/screens.js').then(({ refresh }) => void refresh())")
        with shown.expect_request(lambda request: request.url.endswith("/api/choices") and request.method == "POST"):
            remind.check()
        while len(held) < 2:  # it has been told, and is asked for anew
            shown.wait_for_timeout(50)
        with shown.expect_response("**/api/choices"):
            held[0].fulfill(json=before)
        shown.evaluate("new Promise(requestAnimationFrame)")  # it has been taken note of
        assert remind.is_checked()
        for late in held[1:]:
            late.continue_()
    expect(shown.locator("#watch-said")).to_have_text("바꿨습니다.")
    remind.uncheck()
    expect(shown.locator("#watch-said")).to_have_text("바꿨습니다.")


def test_what_is_due_is_said_once_for_its_time_of_the_day(watched, shown):
    watched.set("2026-11-25T14:05")
    shown.get_by_role("link", name="새 파일과 알림").click()
    shown.get_by_label("남은 일과 아직 안 넣은 파일 알려 주기").check()

    offer = shown.locator("#arrivals")
    expect(offer).to_contain_text("오늘 파일을 아직 안 넣었습니다.")
    ((title, body, tag),) = shown.evaluate("noticed")
    assert title.startswith("옷가게")
    assert body.startswith("오늘 파일을 아직 안 넣었습니다.")
    assert "2026" not in body
    assert tag == "2026-11-25T14:00:00"
    offer.get_by_role("button", name="닫기").click()
    expect(offer).to_be_empty()

    visitor = come_in(watched.page, another_address(watched.page))
    assert visitor.post("/api/alive", {"tab": "a"}).values["due"] is None
    watched.set("2026-11-25T17:00")
    due = visitor.post("/api/alive", {"tab": "a"}).values["due"]
    assert due is None or due["at"] == "2026-11-25T17:00:00"

    shown.get_by_label("남은 일과 아직 안 넣은 파일 알려 주기").uncheck()
    expect(shown.locator("#watch-said")).to_have_text("바꿨습니다.")
    watched.set("2026-11-26T10:00")
    assert visitor.post("/api/alive", {"tab": "a"}).values["due"] is None
    watched.set("2026-11-24T09:30")


def test_what_a_run_of_the_command_line_has_changed_is_shown(watched, shown):
    visitor = come_in(watched.page, another_address(watched.page))
    before = visitor.post("/api/alive", {"tab": "a"}).values
    again = visitor.post("/api/alive", {"tab": "a"}).values
    assert (again["changes"], again["elsewhere"]) == (before["changes"], before["elsewhere"])

    lists = asked(shown, "/api/today")
    samples.write_morning(watched.desk.inbox, samples.mornings(MONDAY)[2])
    app.run(watched.desk, datetime(2026, 11, 25, 9), app.Passwords())

    assert visitor.post("/api/alive", {"tab": "a"}).values["elsewhere"] > before["elsewhere"]
    wait_for(shown, "/api/today", lists + 1)


@pytest.mark.parametrize("told", [{}, {"downloads": True}, {"downloads": 1, "reminders": False}])
def test_only_a_clear_yes_or_no_is_taken(watched, told):
    visitor = come_in(watched.page, another_address(watched.page))

    assert visitor.post("/api/choices", told).values["code"] == "not_understood"
    assert visitor.get("/api/choices").values["downloads"] is False


def test_a_tab_says_that_it_is_in_the_background_and_says_goodbye(watched, shown):
    told = []
    shown.context.on("request", lambda asked: "/api/alive" in asked.url and told.append(json.loads(asked.post_data)))
    shown.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true}); document.dispatchEvent(new Event('visibilitychange'))"
    )
    while not told:
        shown.wait_for_timeout(50)
    assert told[0]["hidden"] is True

    shown.goto("about:blank")  # as if it were closed

    while told[0]["tab"] not in watched.goodbyes.read_text().splitlines():
        shown.wait_for_timeout(50)

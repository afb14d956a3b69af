"""A whole morning from the double click to the workbook, by mouse alone and by keys alone; the command line decides the same."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import lists
import openpyxl
import psutil
import pytest
from field_desk import fill
from page_starts import starter_command
from playwright.sync_api import FileChooser, Page, expect

from processor import app, samples
from processor.app import Desk, starters
from processor.cli import clock
from processor.samples import Claim, Order

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the starter of Windows is no words for a test"),
]

HANDOVER, RESULT, DONE = "출고상태", "처리결과", "완료"


class Seller:
    """What the seller does at the page, however he does it. `answers`: of each order, as a returned workbook has them."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.answers: dict[str, dict[str, str]] = {}

    def day(self) -> dict:
        return self.tab.evaluate("async () => await (await fetch('/api/today')).json()")

    def asked(self) -> list[dict]:
        """The orders whose first answer is what became of the parcel, and leads elsewhere."""
        return [
            order
            for outcome in self.day()["outcomes"]
            if outcome["action"] == "review"
            for group in outcome["groups"]
            for order in group["orders"]
            if order["asks"] == [HANDOVER]
        ]

    def first_group(self, action: str) -> list[str]:
        outcome = next(each for each in self.day()["outcomes"] if each["action"] == action)
        return [order["number"] for order in outcome["groups"][0]["orders"]]

    def told(self, number: str) -> None:
        """The answer was taken: the notice says where the order has gone."""
        expect(self.tab.locator("#notice")).to_contain_text("미포장 → 취소 승인")
        expect(self.tab.locator(f"li.order[data-number='{number}']")).to_have_count(0)
        self.answers[number] = {HANDOVER: "미포장"}


class ByMouse(Seller):
    def drops(self, files: list[Path]) -> None:
        self.tab.get_by_role("link", name="파일 넣기").first.click()
        with self.tab.expect_file_chooser() as chooser:
            self.tab.locator("label[for=choose]").click()
        chooser.value.set_files(files)

    def unlocks(self) -> None:
        self.tab.locator("#lying input[type=password]").first.fill(samples.DEMO_PASSWORD)
        self.tab.get_by_role("button", name="열기", exact=True).first.click()

    def runs(self) -> None:
        self.tab.get_by_role("button", name="실행", exact=True).click()

    def sees_today(self) -> None:
        self.tab.get_by_role("link", name="오늘 목록 보기").click()

    def goes_to(self, action: str) -> None:
        self.tab.locator(f"#outcomes a[href='#today/{action}']").click()

    def answers_one(self) -> None:
        number = self.asked()[0]["number"]
        row = self.tab.locator(f"li.order[data-number='{number}']")
        if not row.is_visible():
            self.tab.locator(".group:not([open]) > summary").first.click()
        row.get_by_role("button", name="미포장 → 취소 승인").click()
        self.told(number)

    def ticks_a_group(self) -> list[str]:
        numbers = self.first_group("ship")
        self.tab.locator(".group").first.get_by_role("button", name="모두 완료", exact=True).click()
        return numbers

    def takes_the_last_back(self) -> None:
        self.tab.locator("#notice").get_by_role("button", name="되돌리기").click()

    def downloads(self) -> bytes:
        with self.tab.expect_download() as download:
            self.tab.get_by_role("link", name="엑셀로 받기").click()
        return Path(download.value.path()).read_bytes()


class ByKeys(Seller):
    def __init__(self, tab: Page) -> None:
        super().__init__(tab)
        self.choosers: list[FileChooser] = []  # heard all the time: a key is quicker than one that begins to listen
        tab.on("filechooser", lambda chooser: self.choosers.append(chooser))  # noqa: PLW0108 - no built-in is heard

    def tab_to(self, selector: str, text: str = "") -> None:
        """Presses Tab until something of that kind, with that text in it, has the focus."""
        there = "([selector, text]) => { const at = document.activeElement; return at.matches(selector) && at.textContent.includes(text); }"
        for _ in range(300):
            if self.tab.evaluate(there, [selector, text]):
                return
            self.tab.keyboard.press("Tab")
        raise AssertionError(f"no Tab reaches {selector} {text}")

    def presses(self, selector: str, text: str = "") -> None:
        self.tab_to(selector, text)
        self.tab.keyboard.press("Enter")

    def drops(self, files: list[Path]) -> None:
        self.presses("header a", "파일 넣기")
        expect(self.tab.get_by_role("heading", name="파일 넣기")).to_be_focused()
        self.tab_to("#choose")
        self.tab.keyboard.press("Enter")
        while not self.choosers:
            self.tab.wait_for_timeout(50)
        self.choosers.pop().set_files(files)

    def unlocks(self) -> None:
        self.tab_to("#lying input[type=password]")
        self.tab.keyboard.type(samples.DEMO_PASSWORD)
        self.tab.keyboard.press("Enter")

    def runs(self) -> None:
        self.presses("#run")

    def sees_today(self) -> None:
        expect(self.tab.locator("#see-today")).to_be_visible()
        self.presses("#see-today")

    def goes_to(self, action: str) -> None:
        self.presses(f"#outcomes a[href='#today/{action}']")

    def answers_one(self) -> None:
        wanted = {order["number"] for order in self.asked()}
        for _ in range(50):
            if (number := self.focused()) in wanted:
                break
            self.tab.keyboard.press("j")
        self.tab.keyboard.press("1")
        self.told(number)

    def focused(self) -> str | None:
        return self.tab.evaluate("document.activeElement.closest('li.order')?.dataset.number")

    def ticks_a_group(self) -> list[str]:
        numbers = self.first_group("ship")
        self.presses(".group .acts button", "모두 완료")
        return numbers

    def takes_the_last_back(self) -> None:
        self.tab.keyboard.press("z")

    def downloads(self) -> bytes:
        self.tab_to("#newest")
        with self.tab.expect_download() as download:
            self.tab.keyboard.press("Enter")
        return Path(download.value.path()).read_bytes()


@pytest.fixture(scope="module")
def downloads(tmp_path_factory) -> tuple[datetime, list[Path], Path]:
    """The moment of the morning, the files that were downloaded before it, and one with a request that came late.

    Whether the demo has enough to ask depends on the day; two requests for orders that nobody may have packed are added.
    """
    now, folder = clock.moment(None), tmp_path_factory.mktemp("downloads")
    files = [folder / name for name in samples.demo_desk(folder, as_of=now)]
    waiting = [
        order
        for order in samples.orders(300, seed=20260101, as_of=now)
        if order.claim is None and order.confirmed_at and not (order.dispatched_at or order.invoice_printed_at)
    ]

    def requested(orders: list[Order], at: datetime) -> Path:
        path = folder / samples.file_name("선택주문취소관리", at)
        claim = Claim("cancel", "취소요청", "단순 변심", at - timedelta(minutes=3))
        asked = [replace(order, claim=claim) for order in orders]
        samples.write_cancel(path, asked, downloaded_at=at, password=samples.DEMO_PASSWORD)
        return path

    files.append(requested(waiting[:2], now - timedelta(minutes=1)))
    late = requested(waiting[2:3], now)
    return now, files, late


@contextmanager
def double_clicked(desk: Desk, folder: Path, monkeypatch) -> Iterator[str]:
    """The page as the starter of the desk opens it; gives the address that the browser is sent to."""
    address, browser = folder / "address", folder / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{address}.tmp" && mv "{address}.tmp" "{address}"\n')
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    starter = desk.home / starters.name(starters.ONE, sys.platform)
    words = starter_command(sys.platform, starter.read_text("utf-8"), desk.home)
    opened = subprocess.Popen(words, stdin=subprocess.DEVNULL, cwd=folder, env={**os.environ, "LANG": "ko_KR.UTF-8"})
    try:
        while not address.exists():
            assert opened.poll() is None
            time.sleep(0.05)
        yield address.read_text()
    finally:
        for program in psutil.Process(opened.pid).children():
            program.terminate()
        assert opened.wait() == 0


def placed(workbook: bytes) -> dict[str, tuple[str, str]]:
    """Each order of the lists with the name of its list and the number of its rule."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    found = {}
    for name in book.sheetnames[1:7]:
        if any(table.startswith("claims_") for table in book[name].tables):
            header, *rows = lists.order_values(book[name])
            found |= {row[header.index("상품주문번호")]: (name, row[header.index("규칙")]) for row in rows}
    return found


def by_command_line(typed, desk: Desk, downloads: tuple[datetime, list[Path], Path], answers: dict) -> dict:
    """The same morning by files and commands: the answers come back in the workbook, together with the late file."""
    now, files, late = downloads
    for moment, arriving in ((now, files), (now + timedelta(minutes=1), [late])):
        for path in arriving:
            shutil.copy(path, desk.inbox)
        words = ["run", "--home", desk.home, "--as-of", f"{moment:%Y-%m-%dT%H:%M}", "--json"]
        ended = typed(*words, PROCESSOR_PASSWORDS=samples.DEMO_PASSWORD)
        assert ended.code in (0, 1), ended.err
        if arriving is files:
            (workbook,) = desk.workbooks.values()
            book = openpyxl.load_workbook(workbook)
            for number, cells in answers.items():
                fill(book, number, cells)
            book.save(desk.inbox / workbook.name)
    return placed(next(iter(desk.workbooks.values())).read_bytes())


@pytest.mark.parametrize("how", [ByMouse, ByKeys])
def test_a_whole_morning(how, tab, typed, downloads, tmp_path, marks, monkeypatch):
    desk = app.new_desk(tmp_path / "옷가게")
    _, files, late = downloads
    with double_clicked(desk, tmp_path, monkeypatch) as address:
        tab.goto(address)
        expect(tab.get_by_text("아직 오늘 파일이 없습니다.")).to_be_visible()
        seller = how(tab)
        seller.drops(files)
        expect(tab.locator("#lying")).to_contain_text("비밀번호 필요")
        seller.unlocks()
        expect(tab.locator("#lying")).to_contain_text("취소관리 42건")
        expect(tab.locator("#lying")).to_contain_text("취소관리 2건")
        expect(tab.locator("#lying")).to_contain_text("발주발송관리")
        seller.runs()
        expect(tab.locator("#said")).to_contain_text("주문 360건 확인 · 할 일")
        seller.sees_today()

        expect(tab.locator("#groups li.order").first).to_be_visible()
        seller.goes_to("review")
        seller.answers_one()
        seller.answers_one()
        seller.goes_to("ship")
        before = tab.locator("#done-link").inner_text()
        done = seller.ticks_a_group()
        expect(tab.locator("#done-link")).to_contain_text(str(len(done)))
        seller.answers |= {number: {RESULT: DONE} for number in done}
        another = seller.ticks_a_group()
        expect(tab.locator("#done-link")).to_contain_text(str(len(done) + len(another)))
        seller.takes_the_last_back()
        expect(tab.locator("#notice")).to_contain_text("되돌렸습니다")
        expect(tab.locator("#done-link")).to_contain_text(str(len(done)))
        assert before != tab.locator("#done-link").inner_text()

        seller.drops([late])
        expect(tab.locator("#lying")).to_contain_text("취소관리 1건")
        seller.runs()
        expect(tab.locator("#said")).to_contain_text("대신합니다")
        seller.sees_today()
        expect(tab.locator("#groups li.order").first).to_be_visible()
        decided = placed(seller.downloads())
        assert tab.complaints == []
        assert {url.split("/")[2] for url in tab.asked} == {address.split("/")[2]}

    assert decided == by_command_line(typed, app.new_desk(tmp_path / "other"), downloads, seller.answers)
    assert [decided[number][0] for number in seller.answers if RESULT not in seller.answers[number]] == ["취소승인"] * 2
    assert not set(done) & set(decided)
    assert set(another) <= set(decided)

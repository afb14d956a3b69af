"""The page of all desks: what waits where, the way from one desk to another, and what keeps them apart."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import page_starts
import pytest
from hindrances import TWICE, found_on, needs_axe
from many_desks import AT, a_desk
from playwright.sync_api import Page, expect

from processor import app, disk
from processor.app import Desk, Passwords, starters
from processor.cli import clock
from processor.page import Given, GivenOfAll, keys, one_page
from processor.page.all_desks import AllDesks
from processor.page.desks_worker import Waiting
from processor.page.presence import TICK

pytestmark = pytest.mark.slow

BROKEN = "version: [\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory, marks) -> Path:
    """Two stores after their morning, of which 옷가게 has done one order; one never run; and one whose rules are broken."""
    root, now = tmp_path_factory.mktemp("all") / "가게들", clock.moment(None)
    demo = app.demo_desk(root / "옷가게", now - timedelta(minutes=2))
    app.run(demo.desk, now - timedelta(minutes=2), Passwords([demo.password]), marks=marks)
    shutil.copytree(demo.desk.home, root / "부산" / "신발가게")
    first = next(item for item in app.status(demo.desk, now.date()).waiting.items if item.turn == "seller")
    app.answer(demo.desk, [first.product_order_no], {"처리결과": "완료"}, now - timedelta(minutes=1))
    a_desk(root / "새 가게")
    (a_desk(root / "고장난 가게") / "rules.yaml").write_text(BROKEN, "utf-8")
    return root


@pytest.fixture(scope="module")
def pages(root):
    running = page_starts.started_for_all(root)
    yield running
    assert page_starts.ended(running) == 0


@pytest.fixture(scope="module")
def pages_in_english(root, tmp_path_factory):
    copied = tmp_path_factory.mktemp("english") / "가게들"
    shutil.copytree(root, copied, ignore=shutil.ignore_patterns(".page.lock"))
    running = page_starts.started_for_all(copied, "--lang", "en")
    yield running
    assert page_starts.ended(running) == 0


@pytest.fixture(scope="module")
def seller(pages) -> page_starts.Visitor:
    """Who has come in, and has the page open in the background as long as the tests take."""
    visitor = page_starts.come_in(pages)
    visitor.post("/api/alive", {"tab": "in the background", "hidden": True})
    return visitor


def told(visitor: page_starts.Visitor) -> dict[str, dict]:
    return {each["name"]: each for each in visitor.get("/api/desks").values["desks"]}


def come_in_by(tab: Page, pages: page_starts.Running) -> None:
    tab.goto(one_page.address_of_the_other(pages.desk.home))
    expect(tab.locator("#desks a").first).to_be_visible()


# ── what waits where ──


def test_all_desks_are_told_the_broken_one_first_and_it_hinders_no_other(seller, root):
    found = told(seller)

    assert [*found] == ["고장난 가게", "부산/신발가게", "옷가게", "새 가게"]
    assert found["고장난 가게"]["trouble"].startswith("rules.yaml:2:1: ")
    assert [each["trouble"] for each in found.values()][1:] == [None] * 3
    assert (found["새 가게"]["last_run"], found["새 가게"]["inbox"]) == (None, 2)
    shoes, clothes = found["부산/신발가게"]["waiting"], found["옷가게"]["waiting"]
    assert clothes == {**shoes, "seller": shoes["seller"] - 1}
    assert seller.get(found["고장난 가게"]["page"]).status == 200
    assert seller.get(f"{found['고장난 가게']['page']}api/today").values["code"] == "rules_broken"


def test_a_mended_desk_is_told_at_once(pages, seller, root):
    rules = root / "고장난 가게" / "rules.yaml"
    try:
        shutil.copy(root / "새 가게" / "rules.yaml", rules)
        assert told(seller)["고장난 가게"]["trouble"] is None
    finally:
        rules.write_text(BROKEN, "utf-8")
    assert told(seller)["고장난 가게"]["trouble"] is not None


def test_the_screen_hears_of_a_change_at_a_desk(seller, root):
    before = seller.post("/api/alive", {"tab": "a"}).values
    assert seller.post("/api/alive", {"tab": "a"}).values == before
    note = root / "새 가게" / "inbox" / "메모.txt"
    note.write_text("a", "utf-8")
    after = seller.post("/api/alive", {"tab": "a"}).values
    note.unlink()

    assert after["changes"] == before["changes"] + 1


def test_no_desk_below_the_folder_is_told(tmp_path, typed):
    said = typed("page", "--every", tmp_path, "--json")

    assert (said.code, [line["code"] for line in said.lines]) == (2, ["no_desks"])
    assert [*tmp_path.iterdir()] == []


def test_one_desk_and_all_of_them_cant_be_named_together(tmp_path, typed):
    said = typed("page", "--every", tmp_path, "--home", tmp_path, "--json")

    assert (said.code, [line["code"] for line in said.lines]) == (2, ["usage"])


def said_in_the_terminal(root: Path) -> list[str]:
    """What the page of all desks says until it is ended, which is asked for when it has said two lines."""
    command = [sys.executable, "-m", "processor", "page", "--every", str(root), "--no-browser"]
    surroundings = {**os.environ, "PYTHONIOENCODING": "utf-8", "LANG": "ko_KR.UTF-8"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings, bufsize=0)
    first = [process.stdout.readline() for _ in range(2)]
    process.terminate()
    rest, _ = process.communicate()
    return b"".join([*first, rest]).decode().splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="a program that is asked to end is killed there, whatever it does")
def test_whose_page_was_opened_once_is_opened_by_a_double_click(tmp_path):
    a_desk(tmp_path / "가게들" / "옷가게")
    name = starters.name(starters.ALL, sys.platform)
    starter = tmp_path / "가게들" / name
    said = f"다음부터는 그 폴더의 {name} 파일을 두 번 누르면 이 화면이 열립니다."

    assert said_in_the_terminal(tmp_path / "가게들")[2:] == [said]
    assert starter.read_bytes().decode() == starters.text(
        starters.ALL, sys.platform, sys.executable, tmp_path / "가게들"
    )
    starter.write_text("mine", "utf-8")
    assert said_in_the_terminal(tmp_path / "가게들")[2:] == []
    assert starter.read_text("utf-8") == "mine"


# ── what the browser knows, and what it may ask ──


def test_no_path_of_a_desk_goes_to_the_browser(seller, root):
    page = told(seller)["옷가게"]["page"]
    for path in ("/", "/api/desks", page, f"{page}api/status"):
        assert str(root) not in seller.get(path).body.decode()
    assert ">옷가게 <span" in seller.get(page).body.decode()
    assert 'href="/desk/' in seller.get(page).body.decode()


@pytest.mark.parametrize("number", ["0", "99", "-1", "a", "1e0", "..", "%2e%2e", "옷가게".encode().hex(), "1/../../x"])
def test_only_numbers_of_desks_lead_anywhere(seller, number):
    assert seller.get(f"/desk/{number}/").status == 404
    assert seller.get(f"/desk/{number}/api/status").status == 404


def test_a_desk_that_is_gone_cannot_be_opened_and_its_number_is_no_others(tmp_path, seller, root):
    home = root / "가 가게"
    shutil.copytree(root / "새 가게", home, ignore=shutil.ignore_patterns(".page.lock"))
    page = told(seller)["가 가게"]["page"]
    home.rename(tmp_path / "elsewhere")

    assert seller.get(page).status == 404
    assert page not in {each["page"] for each in told(seller).values()}


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": None},
        {"Host": "shop.example.com"},
        {"Origin": "http://shop.example.com"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/api/desks", "/desk/1/", "/desk/1/api/today", "/desk/1/static/js/main.js"])
def test_nobody_else_reads_anything(seller, path, headers):
    answer = seller.get(path, **headers)

    assert answer.status == 403
    assert "가게" not in answer.body.decode()


# ── one desk, one page ──


def test_a_second_start_opens_the_page_of_all_desks_that_is_there(pages, seller):
    second = page_starts.started_for_all(pages.desk.home)
    second.process.communicate()

    assert (second.process.returncode, second.host) == (0, pages.host)
    assert page_starts.come_in(pages, second.url).cookie == seller.cookie


def test_a_start_of_one_of_them_opens_its_page_there(pages, seller, root):
    page = told(seller)["부산/신발가게"]["page"]
    assert seller.get(page).status == 200

    alone = page_starts.started(Desk(root / "부산" / "신발가게"))
    alone.process.communicate()
    answer = pages.asked("GET", alone.url.removeprefix(pages.origin), {})

    assert (alone.process.returncode, alone.host) == (0, pages.host)
    assert (answer.status, answer.headers["Location"]) == (303, page)


def elsewhere(visitor: page_starts.Visitor, page: str) -> str:
    """The address to which the page of a desk leads that is open elsewhere."""
    answer = visitor.get(page)
    assert answer.status == 303
    return answer.headers["Location"]


def test_a_desk_that_is_open_alone_is_shown_there(seller, root, tmp_path, tab, pages):
    home = root / "나 가게"
    shutil.copytree(root / "새 가게", home, ignore=shutil.ignore_patterns(".page.lock"))
    alone = page_starts.started(Desk(home))
    page = told(seller)["나 가게"]["page"]

    url = elsewhere(seller, page)
    led = {"Sec-Fetch-Site": "same-site"}
    foreign = alone.asked("GET", url.removeprefix(alone.origin), {"Sec-Fetch-Site": "cross-site"})
    url = elsewhere(seller, page)
    shown = alone.asked("GET", url.removeprefix(alone.origin), led)
    again = alone.asked("GET", url.removeprefix(alone.origin), led)
    cookie = {"Cookie": shown.headers["Set-Cookie"].split(";")[0]}
    come_in_by(tab, pages)
    tab.get_by_role("link", name="나 가게").click()
    expect(tab.get_by_role("heading", name="나 가게")).to_be_visible()
    at, behind = tab.url, seller.get(f"{page}api/today").status
    ended = page_starts.ended(alone)
    shutil.rmtree(home)

    assert url.startswith(f"{alone.origin}/?token=")
    assert (foreign.status, shown.status, again.status) == (403, 200, 403)
    assert 'content="0;url=/"' in shown.body.decode()
    assert alone.origin in at
    assert "token" not in at
    assert behind == 403
    assert ended == 0
    assert cookie["Cookie"].startswith("desk_")


def test_what_leads_to_a_page_elsewhere_opens_nothing_else(pages, seller):
    """A page at another port may lead here with a ticket alone, not with the cookie that it has its visitor send."""
    led = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}

    assert seller.get("/?token=guessed", **led).status == 403
    assert seller.get("/", **led).status == 403


@pytest.mark.skipif(sys.platform == "win32", reason="the lock of another process is made in this one")
def test_a_desk_that_is_open_on_another_computer_says_so_with_a_way_back(seller, root, tab, pages):
    lock = root / "새 가게" / "outbox" / ".page.lock"
    page = told(seller)["새 가게"]["page"]
    with disk.held(lock, json.dumps({"computer": "창고 PC", "port": 1, "key": "a"}).encode()):
        come_in_by(tab, pages)
        tab.get_by_role("link", name="새 가게").click()
        expect(tab.get_by_role("main")).to_contain_text("다른 컴퓨터(창고 PC)에 열려 있습니다")
        assert found_on(tab, "not opened") == []
        assert seller.get(page).status == 409
        tab.get_by_role("link", name="모든 가게로 돌아가기").click()
        expect(tab.locator("#desks")).to_be_visible()
    assert seller.get(page).status == 200


# ── how long a desk's page stays ──


@contextmanager
def all_desks(root: Path):
    """The pages of all desks without a server."""

    def at(desk: Desk) -> Given:
        return Given(desk, "ko", lambda: AT, Passwords([]), lambda _password: False, None, None, root)

    waiting = Waiting(root, None)
    try:
        yield AllDesks(GivenOfAll(root, "ko", lambda: AT, None, at), waiting, keys.Keys(1), no_practice)
    finally:
        waiting.end()


async def no_practice(*_given):
    raise AssertionError


async def status_of(pages: AllDesks, path: str) -> int:
    answers: list[dict] = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        answers.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [], "root_path": ""}
    await pages.site(scope, receive, send)
    return answers[0]["status"]


def test_the_page_of_a_desk_ends_when_nobody_looks_at_it_and_is_begun_again_when_somebody_does(tmp_path):
    a_desk(tmp_path / "가")
    a_desk(tmp_path / "나")
    locks = [tmp_path / name / "outbox" / ".page.lock" for name in ("가", "나")]
    five_minutes = int(300 / TICK)

    async def story(pages: AllDesks) -> list[object]:
        seen: list[object] = [await status_of(pages, "/desk/1/"), [lock.exists() for lock in locks]]
        pages.presence.heard()
        seen.append([await pages.gone() for _ in range(five_minutes - 1)].count(True))
        seen.append(await status_of(pages, "/desk/2/"))
        seen.append((await pages.gone(), [lock.exists() for lock in locks]))
        seen.append([await pages.gone() for _ in range(five_minutes - 2)].count(True))
        seen.append((await pages.gone(), [lock.exists() for lock in locks]))
        seen.append([await pages.gone() for _ in range(five_minutes - 1)][-1])
        seen += [await status_of(pages, "/desk/1/"), [lock.exists() for lock in locks]]
        await pages.end()
        seen.append([lock.exists() for lock in locks])
        return seen

    with (
        all_desks(tmp_path) as pages,
        ThreadPoolExecutor() as aside,
    ):  # the browser of other tests has a loop in this thread
        seen = aside.submit(lambda: asyncio.run(story(pages))).result()

    assert seen[:2] == [200, [True, False]]
    assert seen[2:5] == [0, 200, (False, [False, True])]  # 가 ends, 나 has just been opened
    assert seen[5:7] == [0, (False, [False, False])]
    assert seen[7] is True  # all of it, five minutes after its last desk
    assert seen[8:] == [200, [True, False], [False, False]]


# ── in a browser ──


def switch(tab: Page, name: str) -> None:
    tab.locator("#shop button").click()
    tab.locator("#beside").get_by_role("link", name=name, exact=True).click()


def count(tab: Page, name: str) -> int:
    return int(tab.locator("#outcomes a", has_text=name).locator(".count").inner_text())


def answers_at(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "inbox").rglob("처리목록_*_답변_*"))


def test_the_switch_leads_from_desk_to_desk_and_an_answer_stays_at_its_own(pages, tab, root):
    clothes, shoes = root / "옷가게", root / "부산" / "신발가게"
    before = answers_at(clothes), answers_at(shoes)
    come_in_by(tab, pages)
    tab.get_by_role("link", name="옷가게", exact=True).click()
    expect(tab.get_by_role("main")).to_contain_text("완료 1 / ")
    questions = count(tab, "답해 주세요")

    switch(tab, "부산/신발가게")
    expect(tab).to_have_title("부산/신발가게 · 오늘 할 일")
    expect(tab.get_by_role("main")).to_contain_text("완료 0 / ")
    tab.locator("#outcomes a", has_text="답해 주세요").click()
    tab.locator("li.order").first.get_by_role("button", name="미포장").click()
    expect(tab.locator("#notice")).to_contain_text("되돌리기")
    assert count(tab, "답해 주세요") == questions - 1

    switch(tab, "옷가게")
    expect(tab).to_have_title("옷가게 · 오늘 할 일")
    expect(tab.get_by_role("main")).to_contain_text("완료 1 / ")
    assert count(tab, "답해 주세요") == questions
    assert answers_at(clothes) == before[0]
    assert len(answers_at(shoes)) == len(before[1]) + 1
    tab.go_back()
    expect(tab.get_by_role("heading", name="부산/신발가게")).to_be_visible()
    expect(tab.get_by_role("main")).to_contain_text("완료 0 / ")
    assert {url.split("/")[2] for url in tab.asked} == {pages.host}
    assert tab.complaints == []


def test_the_switch_is_worked_by_keys_alone(pages, tab):
    come_in_by(tab, pages)
    tab.get_by_role("link", name="옷가게", exact=True).focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#outcomes a").first).to_be_visible()
    button, names = tab.locator("#shop button"), tab.locator("#beside a")
    tab.keyboard.press("Tab")  # past the way to the content
    tab.keyboard.press("Tab")
    expect(button).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("#beside")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.locator("#beside")).to_be_hidden()
    expect(button).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(names.first).to_be_focused()
    tab.keyboard.press("KeyJ")  # moves among the orders only where no list lies above them
    expect(names.first).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="모든 가게")).to_be_visible()


def test_the_list_stays_as_it_is_read_when_a_desk_changes(pages, tab, root):
    come_in_by(tab, pages)
    tab.get_by_role("link", name="새 가게").focus()
    note = root / "새 가게" / "inbox" / "메모.txt"
    note.write_text("a", "utf-8")
    expect(tab.get_by_role("row", name="새 가게")).to_contain_text("3")
    note.unlink()

    expect(tab.get_by_role("link", name="새 가게")).to_be_focused()


@needs_axe
@pytest.mark.parametrize("language", ["pages", "pages_in_english"])
def test_neither_the_list_nor_the_switch_hinders_anybody(language, request, tab):
    come_in_by(tab, request.getfixturevalue(language))
    found = found_on(tab, "all desks")
    tab.evaluate(TWICE)
    found += found_on(tab, "all desks at 200 %")
    tab.get_by_role("link", name="옷가게", exact=True).click()
    expect(tab.locator("#outcomes a").first).to_be_visible()
    tab.locator("#shop button").click()
    found += found_on(tab, "the switch")
    tab.evaluate(TWICE)
    found += found_on(tab, "the switch at 200 %")

    assert found == []

"""파일 넣기: a card for each file, what the day lacks, rows to correct, names to teach, and whatever can go wrong at a drop."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import suppress
from datetime import timedelta
from urllib.parse import quote

import page_starts
import psutil
import pytest
from build import HEADERS, TABLE, table, xlsx
from page_starts import another_address
from playwright.sync_api import Page, expect

from processor import app
from processor.cli import clock
from processor.ledger import alone
from processor.opener.seal import sealed

try:
    import resource
except ImportError:  # on Windows
    resource = None
pytestmark = pytest.mark.slow

MIB = 1 << 20
SECRET, WRONG = "tiger-9963", "아무도모르는암호7391"
DAMAGED, MENDED = "2.02611E+15", "2026112010000003"
NEW_NAME = "새로운 상품주문번호"


@pytest.fixture(scope="module")
def shop(tmp_path_factory, marks):
    """The page of a desk, which each test leaves without files in the inbox."""
    page = page_starts.started(app.new_desk(tmp_path_factory.mktemp("files") / "옷가게"))
    yield page
    assert page_starts.ended(page) == 0


@pytest.fixture(scope="module")
def guest(shop):
    return page_starts.come_in(shop)


@pytest.fixture(autouse=True)
def inbox(shop):
    """The inbox of the desk, which is emptied afterwards."""
    folder = shop.desk.inbox
    yield folder
    shutil.rmtree(folder)
    folder.mkdir()


def name(screen: str, hours_ago: int = 1) -> str:
    return f"{screen}_{clock.moment(None) - timedelta(hours=hours_ago):%Y%m%d_%H%M}.xlsx"


def lay(inbox, named: str, content: bytes) -> None:
    path = inbox / named
    path.write_bytes(content)
    os.utime(path, (path.stat().st_mtime - 3600,) * 2)


def outcome(guest, what: str, told: dict | None = None) -> dict:
    """What comes of something that is begun and asked after."""
    number = guest.post(f"/api/{what}", told or {}).values["number"]
    while (run := guest.get(f"/api/{what}/{number}").values)["state"] == "working":
        time.sleep(0.05)
    return run


def go_to_files(shop, tab: Page) -> None:
    tab.goto(another_address(shop))
    tab.get_by_role("link", name="파일 넣기").first.click()


def card(tab: Page, named: str):
    return tab.locator("#lying li").filter(has_text=named)


# ── in the browser ──


def test_cards_say_what_a_file_is_and_what_to_do_about_it(shop, tab, inbox):
    go_to_files(shop, tab)
    expect(tab.locator("#needed li").filter(has_text="반품관리")).to_contain_text("없으면 반품 기한을 볼 수 없습니다")
    cancels, orders = name("취소관리"), name("발주발송관리")
    headers = ["상품주문번호", "주문번호", "주문상태", "배송방법", "택배사", "송장번호", "발송기한"]
    dispatch = xlsx([headers, [TABLE[1][0], TABLE[1][1], "결제완료", "택배", "", "", ""]], names=["발주발송관리"])
    files = {
        cancels: sealed(xlsx([HEADERS, TABLE[1], table(상품주문번호=DAMAGED)[1]]), SECRET),
        orders: dispatch,
        "메모.pdf": b"%PDF-1.4 x",
    }
    tab.set_input_files(
        "#choose", [{"name": each, "mimeType": "", "buffer": content} for each, content in files.items()]
    )

    expect(card(tab, "메모.pdf")).to_contain_text("PDF 파일은 읽을 수 없습니다.")
    expect(card(tab, orders)).to_contain_text("항목 2개가 꺼져 있습니다: 발송처리일 · 송장출력일")
    card(tab, orders).get_by_text("켜는 법").click()
    expect(card(tab, orders).get_by_text("Grid 항목 설정에서 켜고")).to_be_visible()
    expect(tab.locator("#files-warning")).to_contain_text("취소관리가 없습니다. 발송하면 들어온 취소요청이 거절됩니다.")
    expect(tab.get_by_role("button", name="실행", exact=True)).to_be_hidden()
    with tab.expect_file_chooser():
        tab.get_by_role("button", name="취소관리 넣기").click()

    field = tab.get_by_label(f"{cancels} 비밀번호")
    field.fill(WRONG)
    field.press("Enter")
    expect(card(tab, cancels).get_by_role("alert")).to_have_text("비밀번호가 맞지 않습니다.")
    expect(field).to_be_focused()
    field.fill(SECRET)
    field.press("Enter")
    expect(card(tab, cancels)).to_contain_text("취소관리 2건")
    expect(tab.locator("#files-warning")).to_be_hidden()

    card(tab, "메모.pdf").get_by_role("button", name="빼기").click()
    expect(tab.locator("#notice")).to_contain_text("메모.pdf 파일을 뺐습니다. inbox/failed/")
    expect(card(tab, "메모.pdf")).to_have_count(0)
    ((kept),) = inbox.glob("failed/*/메모.pdf")
    assert kept.read_bytes() == files["메모.pdf"]

    card(tab, cancels).get_by_role("button", name="고칠 줄 1").click()
    number = tab.get_by_label("상품주문번호 3행")
    expect(number).to_be_focused()
    number.fill("123")
    number.press("Enter")
    expect(tab.locator("#to-correct").get_by_role("alert")).to_contain_text("3행: '상품주문번호' 칸의 값은")
    number.fill(MENDED)
    tab.get_by_role("button", name=f"저장: {cancels}").click()
    expect(card(tab, f"수정필요_{cancels}")).to_contain_text("취소관리 1건")
    expect(tab.get_by_role("heading", name="고칠 줄")).to_be_hidden()

    tab.get_by_role("button", name="실행", exact=True).click()
    expect(tab.locator("#said")).to_contain_text("주문 2건 확인 · 할 일")
    expect(tab.locator("#said details")).not_to_have_attribute("open", "")
    tab.reload()
    expect(tab.locator("#said")).to_contain_text("주문 2건 확인 · 할 일")
    assert [each for each in tab.complaints if "400 (Bad Request)" not in each] == [], "what was refused alone"
    everything = b"".join(path.read_bytes() for path in shop.desk.home.rglob("*") if path.is_file())
    assert not any(text.encode(code) in everything for text in (SECRET, WRONG) for code in ("utf-8", "utf-16-le"))


def test_new_names_are_taught_after_a_preview(shop, tab, inbox):
    rows = [[NEW_NAME, *HEADERS[1:]], ["2026112010000007", *TABLE[1][1:]]]
    named = name("취소관리", hours_ago=2)
    lay(inbox, named, xlsx(rows))
    before = shop.desk.rules.read_bytes()
    go_to_files(shop, tab)
    card(tab, named).get_by_role("link", name="가르치기").first.click()
    expect(tab.get_by_role("heading", name="바뀐 이름 가르치기")).to_be_focused()

    tab.get_by_role("button", name="미리 보기").click()
    expect(tab.locator("#teach-preview")).to_have_text("먼저 하나라도 골라 주세요.")
    tab.get_by_label(f"처음 보는 열 '{NEW_NAME}'").select_option("상품주문번호")
    tab.get_by_role("button", name="미리 보기").click()
    expect(tab.locator("#teach-preview")).to_contain_text(f"'{NEW_NAME}' 열을 '상품주문번호' 열로 읽습니다.")
    expect(tab.locator("#teach-preview")).to_contain_text("읽은 줄: 0 → 1")
    assert shop.desk.rules.read_bytes() == before
    tab.get_by_role("button", name="저장", exact=True).click()

    expect(tab.locator("#notice")).to_contain_text("다음 실행부터 이렇게 읽습니다.")
    tab.get_by_role("link", name="파일 넣기로").click()
    expect(card(tab, named)).to_contain_text("취소관리 1건")
    (kept,) = shop.desk.home.glob("rules_*까지.yaml")
    assert kept.read_bytes() == before
    shop.desk.rules.write_bytes(before)
    assert tab.complaints == []


def test_what_is_no_file_or_too_large_is_refused_before_it_is_sent(shop, tab, inbox, edited):
    rules = shop.desk.rules.read_bytes()
    shop.desk.rules.write_bytes(edited("file_mib: 50", "file_mib: 1").read_bytes())
    try:
        go_to_files(shop, tab)
        expect(tab.locator("#needed li").first).to_be_visible()
        transfer = tab.evaluate_handle(
            """() => {
                const transfer = new DataTransfer();
                transfer.items.add(new File([new Uint8Array(1024 * 1024 + 1)], "큰.xlsx"));
                transfer.items.add(new File([], "빈.csv"));
                transfer.items.add(new File(["a"], "바로가기.lnk"));
                transfer.items.add(new File(["a"], "메\\u0007\\u202e모.csv"));
                return transfer;
            }"""
        )
        tab.dispatch_event("#files", "drop", {"dataTransfer": transfer})
        expect(card(tab, "큰.xlsx")).to_contain_text("파일이 너무 커서 넣지 않았습니다 (1 MiB)")
        expect(card(tab, "빈.csv")).to_contain_text("내용이 없는 파일이라 넣지 않았습니다")
        expect(card(tab, "바로가기.lnk")).to_contain_text("바로가기라서 넣지 않았습니다")
        expect(card(tab, "메모.csv")).to_contain_text("판매자센터 엑셀도, 답변 시트도 아닌 파일입니다.")
        assert [url for url in tab.asked if quote("큰.xlsx") in url] == []
        assert [path.name for path in inbox.iterdir()] == ["메모.csv"]

        link = tab.evaluate_handle(
            """() => {
                const transfer = new DataTransfer();
                transfer.setData("text/uri-list", "https://example.com/a.xlsx");
                return transfer;
            }"""
        )
        tab.dispatch_event("#files", "drop", {"dataTransfer": link})
        expect(tab.locator("#lying")).to_contain_text("링크는 넣을 수 없습니다.")
    finally:
        shop.desk.rules.write_bytes(rules)


def test_five_hundred_files_at_once_arrive_while_the_page_stays_usable(shop, tab, inbox):
    go_to_files(shop, tab)
    files = [{"name": f"{number}.csv", "mimeType": "", "buffer": b"a,b"} for number in range(500)]
    tab.set_input_files("#choose", files)
    expect(tab.locator("#arriving")).to_contain_text("/ 500")
    tab.locator("h1").click()
    tab.goto(f"{shop.origin}/#today")
    expect(tab.locator("#today-title")).to_be_visible()
    while len([*inbox.glob("*.csv")]) < 500:
        time.sleep(0.05)
    tab.get_by_role("link", name="파일 넣기").first.click()
    expect(tab.locator("#lying li")).to_have_count(500)
    expect(tab.locator("#lying li").last).to_contain_text("판매자센터 엑셀도, 답변 시트도 아닌 파일입니다.")


# ── by requests: what goes wrong is a sentence, and nothing is lost ──


def broken(guest, what: str = "recognise") -> tuple[str, str]:
    run = outcome(guest, what)
    assert run["state"] == "refused", run
    return run["error"]["code"], run["error"]["message"]


def test_broken_rules_name_their_line(shop, guest, inbox):
    lay(inbox, name("취소관리"), xlsx(TABLE))
    rules = shop.desk.rules.read_bytes()
    try:
        shop.desk.rules.write_bytes(rules.replace(b"store:\n", b"store: [\n", 1))
        answers = [broken(guest), broken(guest, "run")]
    finally:
        shop.desk.rules.write_bytes(rules)
    line = rules.decode().splitlines().index("store:") + 1
    assert [code for code, _ in answers] == ["rules_broken"] * 2
    assert all(message.startswith(f"rules.yaml:{line}:") or "rules.yaml:" in message for _, message in answers)
    assert len([*inbox.iterdir()]) == 1


def test_a_ledger_of_a_newer_version_is_left_alone(shop, guest, inbox):
    lay(inbox, name("취소관리"), xlsx(TABLE))
    ledger = shop.desk.ledger
    aside = ledger.rename(ledger.with_suffix(".aside")) if ledger.exists() else None
    try:
        with sqlite3.connect(ledger) as base:
            base.execute("PRAGMA user_version = 9999")
        base.close()
        content = ledger.read_bytes()
        assert [broken(guest)[0], broken(guest, "run")[0]] == ["ledger_unusable"] * 2
        assert "더 새로운 버전의 프로그램" in broken(guest)[1]
        assert ledger.read_bytes() == content
    finally:
        ledger.unlink()
        if aside:
            aside.rename(ledger)
    assert len([*inbox.iterdir()]) == 1


def test_a_desk_that_another_run_holds_says_so_and_may_be_tried_again(shop, tab, inbox):
    named = name("취소관리", hours_ago=3)
    lay(inbox, named, xlsx(TABLE))
    go_to_files(shop, tab)
    expect(card(tab, named)).to_contain_text("취소관리 1건")
    with alone(shop.desk.outbox):
        tab.get_by_role("button", name="실행", exact=True).click()
        expect(tab.locator("#said")).to_contain_text("프로그램이 이미 실행 중입니다")
        card(tab, named).get_by_role("button", name="빼기").click()
        expect(tab.locator("#notice")).to_contain_text("프로그램이 이미 실행 중입니다")
        assert (inbox / named).exists()

    tab.get_by_role("button", name="다시", exact=True).click()

    expect(tab.locator("#said")).to_contain_text("건 확인 · 할 일")
    assert not (inbox / named).exists()


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="the size of files of another process cannot be bounded")
def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path, marks, monkeypatch):
    """The disk takes no file of more than some KiB, for the page and for the process that carries out its requests."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")  # else Python would keep halves of compiled modules
    page = page_starts.started(app.new_desk(tmp_path / "가게"))
    guest, inbox = page_starts.come_in(page), page.desk.inbox
    content, named = xlsx(TABLE), name("취소관리")
    lay(inbox, named, content)
    outcome(guest, "recognise")
    processes = [main := psutil.Process(page.process.pid), *main.children(recursive=True)]
    before = [resource.prlimit(each.pid, resource.RLIMIT_FSIZE) for each in processes]
    for each in processes:
        resource.prlimit(each.pid, resource.RLIMIT_FSIZE, (4 << 10, before[0][1]))
    dropped = guest.post(f"/api/files?name={quote('취소.xlsx')}", bytes(100 << 10))
    told = broken(guest, "run")
    for each, limits in zip(processes, before, strict=True):
        with suppress(ProcessLookupError):  # what opened the files has ended
            resource.prlimit(each.pid, resource.RLIMIT_FSIZE, limits)
    assert (dropped.status, dropped.values["code"], told[0]) == (409, "could_not_finish", "could_not_finish")
    assert [(path.name, path.read_bytes()) for path in inbox.iterdir() if path.is_file()] == [(named, content)]
    assert page.desk.workbooks == {}

    assert outcome(guest, "run")["state"] == "done"
    assert len(page.desk.workbooks) == 1
    assert not (inbox / named).exists()
    assert page_starts.ended(page) == 0


def test_an_inbox_that_is_no_folder_is_told(shop, guest, inbox):
    inbox.rmdir()
    inbox.write_bytes(b"no folder")
    try:
        answers = [guest.get("/api/files"), guest.post("/api/files?name=a.csv", b"a")]
        told = broken(guest)
        assert inbox.read_bytes() == b"no folder"
    finally:
        inbox.unlink()
        inbox.mkdir()
    assert told[0] == "could_not_finish"
    assert "폴더가 아닙니다" in told[1]
    assert (answers[1].status, answers[1].values["code"]) == (409, "could_not_finish")


@pytest.mark.parametrize("file", ["../rules.yaml", "/etc/passwd", "", "..", "done"])
def test_a_name_from_the_browser_leads_nowhere_else(shop, guest, file):
    rows = [{"sheet": "취소관리", "row": 3, "cells": {"상품주문번호": MENDED}}]
    asked = [
        guest.get(f"/api/teachable?file={quote(file)}"),
        guest.post("/api/set_aside", {"file": file}),
        guest.post("/api/correct", {"file": file, "rows": rows}),
        guest.post("/api/teach", {"file": file, "columns": {"a": "b"}, "labels": {}}),
        guest.post("/api/try_teaching", {"file": file, "columns": {"a": "b"}, "labels": {}}),
    ]
    assert {answer.values["code"] for answer in asked} == {"file_missing"}
    password = guest.post("/api/password", {"password": "a", "file": file}).values
    assert (password["opens"], shop.desk.rules.exists()) == (False, True)


@pytest.mark.parametrize(
    "rows", [None, [], [{}], [{"sheet": 1, "row": 3, "cells": {}}], [{"sheet": "a", "row": 3, "cells": {"a": 1}}], "a"]
)
def test_corrections_of_another_shape_are_not_understood(guest, rows):
    assert guest.post("/api/correct", {"file": "a", "rows": rows}).values["code"] == "not_understood"


def test_a_password_that_opens_nothing_is_neither_tried_again_nor_kept(guest, inbox):
    named = name("취소관리", hours_ago=4)
    lay(inbox, named, sealed(xlsx(TABLE), SECRET + "2"))

    wrong = guest.post("/api/password", {"password": WRONG, "file": named, "keep": True})
    assert wrong.values == {"type": "password", "opens": False}
    assert outcome(guest, "recognise")["outcome"]["files"][0]["locked"]
    right = guest.post("/api/password", {"password": SECRET + "2", "file": named})
    assert right.values == {"type": "password", "opens": True, "kept": False}
    assert not outcome(guest, "recognise")["outcome"]["files"][0]["locked"]


def test_a_file_of_three_hundred_megabytes_is_told_and_leaves_nothing(guest, inbox):
    answer = guest.post(f"/api/files?name={quote('큰.xlsx')}", bytes(300 * MIB))

    assert (answer.status, answer.values["code"]) == (400, "file_not_taken")
    assert answer.values["message"].startswith("50 MiB가 넘어 넣지 않았습니다: 큰.xlsx.")
    assert [*inbox.iterdir()] == []

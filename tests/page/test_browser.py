"""The page in a real browser: a morning by drops and clicks, and nothing that leaves this computer."""

from __future__ import annotations

from pathlib import Path

import page_starts
import pytest
from page_starts import another_address
from playwright.sync_api import Page, expect

from processor import app, samples
from processor.cli import clock

pytestmark = pytest.mark.slow

WRONG = "아무도모르는암호7391"


@pytest.fixture(scope="module")
def morning(tmp_path_factory, marks):
    """The page of a new desk, and the demo's files of this morning with their password."""
    folder = tmp_path_factory.mktemp("downloads")
    names = samples.demo_desk(folder, as_of=clock.moment(None))
    page = page_starts.started(app.new_desk(tmp_path_factory.mktemp("morning") / "옷가게"))
    yield page, [folder / name for name in names]
    assert page_starts.ended(page) == 0


def files_of(tab: Page) -> list[str]:
    return tab.locator("#lying li").all_inner_texts()


def unlock(tab: Page, password: str) -> None:
    """Types a password into the first card that asks for one."""
    field = tab.locator("#lying input[type=password]").first
    field.fill(password)
    field.press("Enter")


def test_a_morning_by_drops_and_clicks(morning, tab):
    page, files = morning
    tab.goto(page.url)
    expect(tab.get_by_text("아직 오늘 파일이 없습니다.")).to_be_visible()

    tab.get_by_role("link", name="파일 넣기").click()
    tab.set_input_files("#choose", files)
    expect(tab.locator("#lying")).to_contain_text("비밀번호 필요")
    assert sorted(path.name for path in page.desk.inbox.iterdir()) == sorted(path.name for path in files)
    tab.get_by_role("button", name="실행", exact=True).click()
    expect(tab.locator("#said")).to_contain_text("아무것도 판단하지 않았고")
    expect(tab.locator("#lying input[type=password]").first).to_be_focused()

    unlock(tab, WRONG)
    expect(tab.get_by_text("비밀번호가 맞지 않습니다.")).to_be_visible()
    unlock(tab, samples.DEMO_PASSWORD)
    expect(tab.locator("#lying")).to_contain_text("취소관리 42건")
    expect(tab.locator("#lying input[type=password]")).to_have_count(0)
    tab.get_by_role("button", name="실행", exact=True).click()
    expect(tab.locator("#said")).to_contain_text("주문 360건 확인 · 할 일")
    expect(tab.locator("#outcomes")).to_contain_text("취소 승인")
    expect(tab.locator("#lying li")).to_have_count(0)

    tab.get_by_role("link", name="오늘 목록 보기").click()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="엑셀로 받기").click()
    ((run, workbook),) = page.desk.workbooks.items()
    assert download.value.suggested_filename == f"처리목록_{run}.xlsx"
    assert Path(download.value.path()).read_bytes() == workbook.read_bytes()

    assert tab.complaints == []
    assert {url.split("/")[2] for url in tab.asked} == {page.host}
    everything = b"".join(path.read_bytes() for path in page.desk.home.rglob("*") if path.is_file())
    assert not any(form in everything for form in (WRONG.encode(), WRONG.encode("utf-16-le")))


def test_a_file_dropped_anywhere_on_the_page_is_taken(page, tab):
    tab.goto(another_address(page))
    transfer = tab.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["a,b"], "메모.csv"));
            transfer.items.add(new File([], "빈.csv"));
            transfer.items.add(new File(["a"], "바로가기.lnk"));
            return transfer;
        }"""
    )

    tab.dispatch_event("h1", "drop", {"dataTransfer": transfer})

    expect(tab.get_by_text("바로가기라서")).to_be_visible()
    assert len(files_of(tab)) == 3
    assert [path.name for path in page.desk.inbox.iterdir()] == ["메모.csv"]
    (page.desk.inbox / "메모.csv").unlink()


def test_a_window_hears_what_another_one_has_done(page, tab):
    tab.goto(another_address(page))
    expect(tab.get_by_text("아직 오늘 파일이 없습니다.")).to_be_visible()
    tab.clock.install()
    tab.reload()
    tab.get_by_role("link", name="파일 넣기").click()
    other = tab.context.new_page()
    other.goto(page.origin)
    other.set_input_files("#choose", {"name": "메모.csv", "mimeType": "text/csv", "buffer": b"a"})
    expect(other.get_by_text("메모.csv")).to_be_visible()

    while not tab.get_by_text("메모.csv").is_visible():
        tab.clock.fast_forward(60_000)

    (page.desk.inbox / "메모.csv").unlink()


def test_the_page_is_read_by_names_and_worked_by_keys_alone(page, tab):
    tab.goto(another_address(page))
    expect(tab.get_by_role("heading", name="옷가게")).to_be_visible()
    tab.get_by_role("link", name="파일 넣기").press("Enter")
    expect(tab.get_by_role("heading", name="파일 넣기")).to_be_focused()

    reached = []
    for _ in range(2):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.id"))

    assert reached == ["choose", "run"]
    tab.keyboard.press("Enter")
    expect(tab.locator("#said")).to_contain_text("새 파일이 없습니다")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_page_that_has_ended_says_so(tmp_path, tab, marks):
    page = page_starts.started(app.new_desk(tmp_path / "가게"), "--lang", "en")
    tab.goto(page.url)
    expect(tab.get_by_text("No files yet today.")).to_be_visible()
    tab.get_by_role("link", name="Add files").click()
    assert page_starts.ended(page) == 0

    tab.get_by_role("button", name="Run", exact=True).click()

    expect(tab.locator("#gone")).to_contain_text("The program has ended.")

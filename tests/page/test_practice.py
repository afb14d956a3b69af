"""Practice on invented orders: a page of its own beside the seller's, which it leaves alone, and nothing stays of it."""

from __future__ import annotations

from pathlib import Path

import page_starts
import pytest
from playwright.sync_api import expect

from processor import app

pytestmark = pytest.mark.slow


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch) -> Path:
    """Where the page puts what is temporary."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def test_practice_is_marked_as_such_leaves_the_desk_alone_and_is_thrown_away(tmp_path, temporary, marks, tab):
    page = page_starts.started(app.new_desk(tmp_path / "옷가게"))
    before = {path: path.read_bytes() for path in page.desk.home.rglob("*") if path.is_file()}
    tab.goto(page.url)
    tab.get_by_role("link", name="설정").click()
    tab.locator("#settings").get_by_role("button", name="연습 주문으로 보기").click()
    url = tab.get_by_label("새 탭을 열고 이 주소를 붙여 넣으세요").input_value()
    assert url.split("/")[2] != page.host

    other = tab.context.new_page()
    other.goto(url)
    expect(other).to_have_title("연습 · 연습 가게 · 오늘 할 일")
    expect(other.locator("#outcomes")).to_contain_text("취소 승인")
    for screen in ("files", "settings", "messages", "today"):
        other.evaluate(f"location.hash = '{screen}'")
        expect(other.locator(f"#{screen}")).to_be_visible()
        expect(other.get_by_text("진짜 주문이 아닙니다.")).to_be_visible()
    expect(other.get_by_role("button", name="연습 주문으로 보기")).to_have_count(0)
    (folder,) = temporary.iterdir()

    again = page_starts.come_in(page, page_starts.another_address(page)).post("/api/practice").values
    assert again["url"].split("/")[2] == url.split("/")[2]
    assert [*temporary.iterdir()] == [folder]

    other.get_by_role("button", name="연습 끝내기").click()
    while folder.exists():
        tab.wait_for_timeout(100)
    if not other.is_closed():
        expect(other.get_by_role("alert")).to_contain_text("연습을 끝내고 연습 주문을 지웠습니다.")
    expect(tab.get_by_role("heading", name="옷가게")).to_be_visible()
    after = {path: path.read_bytes() for path in page.desk.home.rglob("*") if path.is_file()}
    assert {path: content for path, content in after.items() if not path.name.startswith(".")} == {
        path: content for path, content in before.items() if not path.name.startswith(".")
    }
    assert page_starts.ended(page) == 0


def test_practice_ends_with_the_page_beside_which_it_was_begun(tmp_path, temporary, marks):
    page = page_starts.started(app.new_desk(tmp_path / "옷가게"))
    url = page_starts.come_in(page).post("/api/practice").values["url"]
    practice = page_starts.Running(page.process, url, page.desk)
    inside = page_starts.come_in(practice)
    assert inside.get("/api/today").values["orders"] == 360
    assert inside.post("/api/practice").status == 404  # none beside a practice
    assert page_starts.come_in(page, page_starts.another_address(page)).post("/api/end_practice").status == 404

    assert page_starts.ended(page) == 0

    assert [*temporary.iterdir()] == []
    with pytest.raises(ConnectionRefusedError):
        inside.get("/")


def test_who_may_not_come_in_begins_no_practice(page):
    for headers in ({"Origin": page.origin}, {"Origin": "http://127.0.0.1:1"}, {}):
        assert page.asked("POST", "/api/practice", headers).status == 403

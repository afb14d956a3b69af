"""정리 on the page: what is old is shown, asked about, and then removed; nothing else is."""

from __future__ import annotations

from datetime import timedelta

import page_starts
import pytest
from playwright.sync_api import expect

from processor import app
from processor.cli import clock

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def aged(tmp_path_factory, marks):
    """The page of a desk that was last worked four months ago, in two runs of one day."""
    then = clock.moment(None) - timedelta(days=124)
    demo = app.demo_desk(tmp_path_factory.mktemp("aged") / "옷가게", then)
    app.run(demo.desk, then, app.Passwords([demo.password]), marks=marks)
    page = page_starts.started(demo.desk)
    yield page
    assert page_starts.ended(page) == 0


def names_of(found, home) -> list[str]:
    return [path.relative_to(home).as_posix() for path in (*found.folders, *found.history)]


def test_what_is_old_is_shown_and_removed_only_when_it_is_asked_for(aged, tab):
    desk, today = aged.desk, clock.moment(None).date()
    tab.goto(f"{aged.url}#tidy")
    expect(tab.locator("#tidy-told")).to_contain_text("끝난 주문")
    before = tab.locator("#tidy-told p").first.inner_text().split(" ")[0]
    found = app.old(desk, today.fromisoformat(before))
    inputs = sum(path.is_file() for folder in found.folders for path in folder.rglob("*"))
    expect(tab.locator("#tidy-told p").first).to_have_text(
        f"{before} 전의 것: 원본 파일 {inputs}개 · 끝난 주문 {found.entries.orders}건 · 벌점 기록 {found.entries.points}건 · "
        f"파일 기록 {found.entries.files}개 · 지난 목록 기록 {len(found.history)}개"
    )
    assert inputs == 7  # as the demo has them
    expect(tab.locator("#tidy-told")).to_contain_text(f"아직 끝나지 않은 주문 {found.entries.still_open}건은")
    tab.get_by_text("무엇을 지우는지 보기").click()
    names = tab.locator("#tidy-told li").all_inner_texts()
    assert names == names_of(found, desk.home)
    assert all((desk.home / name).exists() for name in names)

    tab.get_by_label("얼마나 지난 것을 지울까요?").select_option("6개월이 지난 것")
    expect(tab.locator("#tidy-told")).to_contain_text("전의 것은 없습니다.")
    expect(tab.get_by_role("button", name="지우기", exact=True)).to_be_hidden()
    tab.get_by_label("얼마나 지난 것을 지울까요?").select_option("3개월이 지난 것")

    tab.get_by_role("button", name="지우기", exact=True).click()
    expect(tab.get_by_text("지우면 되돌릴 수 없고")).to_be_visible()
    tab.get_by_role("button", name="아직이요").click()
    assert names_of(app.old(desk, today.fromisoformat(before)), desk.home) == names
    others = {path for path in desk.home.rglob("*") if not any(path.is_relative_to(desk.home / name) for name in names)}
    tab.get_by_role("button", name="지우기", exact=True).click()
    tab.get_by_role("button", name="네, 지우기").click()

    expect(tab.locator("#notice")).to_contain_text(
        f"{before} 전의 기록을 지웠습니다: 끝난 주문 {found.entries.orders}건"
    )
    expect(tab.locator("#tidy-told")).to_contain_text("전의 것은 없습니다.")
    expect(tab.get_by_role("button", name="지우기", exact=True)).to_be_hidden()
    assert not any((desk.home / name).exists() for name in names)
    assert {path for path in desk.home.rglob("*") if path.name != ".lock"} == {
        path for path in others if path.name != ".lock"
    }
    assert app.old(desk, today.fromisoformat(before)).entries.orders == 0
    assert tab.complaints == []


def test_what_is_no_age_or_day_removes_nothing(aged, tab):
    visitor = page_starts.come_in(aged, page_starts.another_address(aged))
    for values in ({"before": "내일"}, {"before": "2999-01-01"}, {}):
        assert visitor.post("/api/forget", values).status == 400
    assert visitor.post("/api/old", {"months": 0}).status == 400

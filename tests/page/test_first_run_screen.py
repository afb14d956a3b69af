"""The five cards above the list of a new desk: each answered or put off, and the rest asked again another time."""

from __future__ import annotations

import page_starts
import pytest
from page_starts import another_address
from playwright.sync_api import expect

from processor import app, samples
from processor.cli import clock

pytestmark = pytest.mark.slow


def test_a_new_desk_begins_with_five_cards(tmp_path, marks, tab):
    desk = app.new_desk(tmp_path / "옷가게")
    samples.demo_desk(desk.inbox, as_of=clock.moment(None))
    page = page_starts.started(desk)
    tab.goto(page.url)
    cards = tab.locator("#first-run .card:visible")
    expect(cards).to_have_count(5)

    tab.locator("#card-practice").get_by_role("button", name="나중에").click()
    expect(cards).to_have_count(4)
    expect(tab.get_by_role("button", name="다섯 가지 정하기")).to_be_focused()
    tab.get_by_role("button", name="다섯 가지 정하기").click()
    expect(tab.get_by_label("반품 배송비 (편도)")).to_be_visible()
    expect(tab.locator("#settings-form .field:visible")).to_have_count(5)
    tab.get_by_label("반품 배송비 (편도)").fill("3천원")
    tab.get_by_role("button", name="바꾸면 어떻게 되나 보기").click()
    tab.get_by_role("button", name="저장", exact=True).click()
    expect(cards).to_have_count(3)
    assert app.rules(desk.rules).store.return_fee == 3000

    password = tab.locator("#card-password")
    password.get_by_label("비밀번호", exact=True).fill(samples.DEMO_PASSWORD)
    password.get_by_role("checkbox").uncheck()
    password.get_by_role("button", name="알려 주기").click()
    expect(cards).to_have_count(2)

    points = tab.locator("#card-points")
    points.get_by_label("벌점", exact=True).fill("여섯")
    points.get_by_role("button", name="적어 두기").click()
    expect(points.get_by_role("alert")).to_contain_text("'여섯' 대신")
    expect(points.get_by_label("벌점", exact=True)).to_be_focused()
    points.get_by_label("벌점", exact=True).fill("6점")
    points.get_by_label("지금 단계").select_option("주의")
    points.get_by_label("제재를 받은 날").fill("2026.8.1")
    points.get_by_role("button", name="적어 두기").click()
    expect(cards).to_have_count(1)
    now = app.rules(desk.rules).store.penalty_now
    assert (now.day, now.points, now.ratio_percent, now.stage) == (clock.moment(None).date(), 6, None, 1)

    other = tab.context.new_page()  # another time: only what is left is asked
    other.goto(another_address(page))
    expect(other.locator("#first-run .card:visible")).to_have_count(1)
    other.close()

    tab.get_by_label("이미 처리했습니다").check()
    tab.get_by_role("button", name="이대로 시작").click()
    expect(tab.locator("#said")).to_contain_text("지금 상태만 기록했습니다.")
    assert desk.workbooks == {}
    assert desk.lying_in_inbox == []
    tab.evaluate("location.hash = 'today'")
    expect(tab.locator("#today")).to_be_visible()
    expect(tab.locator("#first-run")).to_be_hidden()
    assert tab.complaints == ["Failed to load resource: the server responded with a status of 400 (Bad Request)"]
    assert page_starts.ended(page) == 0

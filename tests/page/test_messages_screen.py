"""보낼 글: a message is changed with a filled sample beside it, saved, and put back to the default."""

from __future__ import annotations

import page_starts
import pytest
from playwright.sync_api import expect

from processor import app

pytestmark = pytest.mark.slow


def test_a_message_is_changed_with_a_sample_beside_it_and_put_back(tmp_path, marks, tab):
    page = page_starts.started(app.new_desk(tmp_path / "옷가게"))
    before = page.desk.rules.read_bytes()
    tab.goto(page.url)
    tab.get_by_role("link", name="보낼 글").click()
    tab.get_by_label("어느 글").select_option("품절취소")
    text, sample = tab.get_by_label("글", exact=True), tab.locator("#messages-sample")
    default = text.input_value()
    expect(sample).to_contain_text("데일리 양말 5켤레를 취소합니다.")
    expect(tab.get_by_role("button", name="기본 글로")).to_be_disabled()

    text.fill("{상푸}")
    with tab.expect_response("**/api/messages"):
        tab.evaluate(
            "dispatchEvent(new HashChangeEvent('hashchange'))"
        )  # shown anew, as after a change of another window
    tab.wait_for_timeout(200)
    expect(text).to_have_value("{상푸}")
    expect(tab.locator("#messages-wrong")).to_contain_text("'상품'을 쓰려던 것인가요?")
    tab.get_by_label("어느 글").select_option("회수")
    expect(tab.get_by_label("어느 글")).to_have_value("품절취소")  # what has been begun is not lost
    expect(tab.locator("#messages-said")).to_have_text("고친 글을 먼저 저장하거나 취소하세요.")
    text.fill("{상품|을/를} 취소합니다.")
    expect(sample).to_have_text("데일리 양말 5켤레를 취소합니다.")
    expect(tab.locator("#messages-length")).to_have_text("18자 / 500자까지")
    assert page.desk.rules.read_bytes() == before
    tab.get_by_role("button", name="저장", exact=True).click()
    expect(tab.locator("#notice")).to_contain_text("글을 저장했습니다.")
    assert {each.name: each.text for each in app.messages(page.desk).messages}["품절취소"] == "{상품|을/를} 취소합니다."
    expect(tab.locator("#messages-choose option:checked")).to_have_text("품절취소 (고친 글)")

    tab.get_by_role("button", name="기본 글로").click()
    expect(text).to_have_value(default)
    expect(tab.locator("#messages-said")).to_have_text("기본 글입니다.")
    assert page.desk.rules.read_bytes() == before
    assert tab.complaints == []
    assert page_starts.ended(page) == 0

"""새 기본 규칙 on the page: what it changes is shown, asked about, and then done as by `upgrade --yes`."""

from __future__ import annotations

import json
import lzma
from copy import deepcopy

import page_starts
import pytest
from playwright.sync_api import expect

from processor import app
from processor.rulebook import complete, default
from processor.rulebook.editing import written

pytestmark = pytest.mark.slow

NEWEST = default.newest()["version"]
OWN = "우리 가게의 글입니다."


@pytest.fixture(scope="module")
def old(tmp_path_factory, marks):
    """The page of a shop whose rules.yaml is a whole file of an earlier version, with a text and a fee of its own."""
    rules = deepcopy(json.loads(lzma.decompress(complete.PACKED.read_bytes()))[40])
    rules["store"]["return_fee"] = 3000
    rules["messages"]["drafts"]["철회"]["ko"] = OWN
    desk = app.new_desk(tmp_path_factory.mktemp("old") / "옷가게")
    desk.rules.write_text(written(rules), "utf-8")
    page = page_starts.started(desk)
    yield page
    assert page_starts.ended(page) == 0


def test_what_a_new_default_changes_is_shown_and_swapped_only_when_it_is_asked_for(old, tab):
    before = old.desk.rules.read_bytes()
    tab.goto(f"{old.url}#upgrade")
    expect(tab.locator("#upgrade-told")).to_contain_text(
        f"새 파일은 기본 규칙 {NEWEST}에 내 설정과 고친 것만 더합니다."
    )
    expect(tab.locator("#upgrade-told")).to_contain_text("지난 30일의 처리 기록이 없어서")
    line = 1 + next(at for at, text in enumerate(before.decode().splitlines()) if OWN in text)
    expect(tab.locator("#upgrade-told dt").first).to_have_text(f"rules.yaml {line}줄, messages › drafts › 철회 › ko")
    expect(tab.locator("#upgrade-told dd").first).to_contain_text(f"내 것: {OWN}")
    expect(tab.locator("#upgrade-told summary").first).to_have_text("새 줄 9")

    tab.get_by_role("button", name="바꾸기", exact=True).click()
    tab.get_by_role("button", name="아직이요").click()
    assert old.desk.rules.read_bytes() == before
    tab.get_by_role("button", name="바꾸기", exact=True).click()
    tab.get_by_role("button", name="네, 바꾸기").click()

    expect(tab.locator("#notice")).to_contain_text("rules.yaml을 바꿨습니다.")
    (kept,) = old.desk.home.glob("rules_*")
    assert kept.read_bytes() == before
    expect(tab.locator("#notice")).to_contain_text(f"예전 파일은 {kept}에 그대로 있습니다.")
    book, text = app.rules(old.desk.rules), old.desk.rules.read_text("utf-8")
    assert (book.based_on, book.store.return_fee, OWN in text) == (NEWEST, 3000, True)

    tab.get_by_role("link", name="규칙", exact=True).last.click()
    tab.get_by_role("link", name="새 기본 규칙 보기").click()
    expect(tab.locator("#upgrade-told")).to_contain_text(f"이미 가장 새 기본 규칙({NEWEST})을 쓰고 있습니다.")
    expect(tab.get_by_role("button", name="바꾸기", exact=True)).to_be_hidden()

    old.desk.rules.write_bytes(before.replace("취소승인".encode(), "승인취소".encode(), 1))
    tab.reload()
    expect(tab.locator("#notice")).to_contain_text("rules.yaml:")
    assert [said for said in tab.complaints if "400" not in said] == []

"""No message of rules.yaml can print an unfilled variable, whatever an order tells and whatever its product is called."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, combinations

import made
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opened import opening
from trials import examples

from processor import intake, judge, outbox, samples
from processor.app.think import think
from processor.model import Action, Report, josa
from processor.outbox.drafts import written
from processor.outbox.sheet import Table
from processor.rulebook.drafts import COSTS, PRODUCT, Slot, Template

pytestmark = pytest.mark.slow

AS_OF = datetime.fromisoformat("2026-11-23T09:00")
LIMIT = 500
"""Characters of cancelDetailedReason (policy §4.1)."""
CANCELS = {"구매자취소", "판매자취소"}
ATTACHED_LATER = {"부분취소"}
"""Belongs to a fee, not to a decision."""
SIGNS = "{}〔〕[]|"
"""No message needs any of them: in a filled one they could only be the template's."""
ODD = re.compile(r"원를|원가|원는|  |\(\s*\)|\( | \)|,\s*[.,)]|\.\.|\s[.,]|^\s|\s$")
"""What a segment that goes must not leave behind."""
LONG = "가" * 2 * LIMIT
NAMES = st.one_of(
    st.sampled_from(["머그컵", "접시", "{금액}", "{", "[[", "]]", "〔상품〕", "[특가] 컵 (2개)", "Mug", "0", "★"]),
    st.text(min_size=1, max_size=40),
)


book = made.default_rules


def told(name: str, lang: str) -> Iterator[tuple[str, Template]]:
    """A draft as it stands, and with each sentence on the costs."""
    messages = book().messages
    for says in (None, *messages.costs):
        if says is None or any(COSTS in segment.variables for segment in messages.drafts[name].said(lang)):
            yield f"{name}-{lang}" + (f"-{says}" if says else ""), messages.draft(name, says, lang)


def templates() -> list[object]:
    return [
        pytest.param(template, id=called)
        for name in book().messages.drafts
        for lang in ("ko", "en")
        for called, template in told(name, lang)
    ]


def limited() -> list[object]:
    """Those that are typed where only so many characters may stand."""
    messages = book().messages
    names = dict.fromkeys(row.message for row in book().decisions.rows if row.screen in messages.limits)
    return [
        pytest.param(template, id=called)
        for name in names
        if name
        for lang in ("ko", "en")
        for called, template in told(name, lang)
    ]


def known(template: Template, name: str) -> Iterator[dict[str, str]]:
    """Whatever an order may tell: each set of the variables, with the product that always has some name."""
    others = sorted({variable for segment in template for variable in segment.variables} - {PRODUCT})
    for told in chain.from_iterable(combinations(others, count) for count in range(len(others) + 1)):
        yield {PRODUCT: name} | dict.fromkeys(told, "1,000")


def slots(template: Template, told: dict[str, str]) -> list[Slot]:
    """Those that stay."""
    kept = [segment for segment in template if {*segment.variables} <= told.keys()]
    return [piece for segment in kept for piece in segment.pieces if isinstance(piece, Slot)]


@pytest.mark.parametrize("template", templates())
@examples(12)
@given(name=NAMES)
def test_nothing_of_the_template_shows_whatever_is_known(template, name):
    for told in known(template, name):
        text = written(template, told, None)
        products = [slot for slot in slots(template, told) if slot.variable == PRODUCT]
        assert text.strip()
        assert {sign: text.count(sign) for sign in SIGNS} == {sign: name.count(sign) * len(products) for sign in SIGNS}
        assert all((josa(name, slot.particle) if slot.particle else name) in text for slot in products)


@pytest.mark.parametrize("template", templates())
def test_the_sentence_is_whole_whatever_is_known(template):
    for told in known(template, "머그컵"):
        text = written(template, told, None)
        assert not ODD.search(text), text
        assert text.count("(") == text.count(")")
        assert text.endswith((".", "?"))
        assert text.count("1,000") == sum(slot.variable != PRODUCT for slot in slots(template, told))


def test_the_text_of_a_seller_cancel_is_limited_as_the_screen_is():
    assert book().messages.limits == {"판매자취소": LIMIT}
    assert len(limited()) >= 6


@pytest.mark.parametrize("template", limited())
@examples(12)
@given(name=st.text(min_size=1, max_size=2 * LIMIT))
def test_a_limited_message_fits_its_screen(template, name):
    for told in known(template, name):
        assert 0 < len(written(template, told, LIMIT)) <= LIMIT
    for told in known(template, LONG):
        assert len(written(template, told, LIMIT)) == LIMIT


# ── every order that needs a message has one ─────────────────────────────────────────────────────


def test_whatever_is_negotiated_or_refused_has_a_message():
    for row in book().decisions.rows:
        asked = row.when["요청"].values if "요청" in row.when else frozenset()
        refused = row.screen == "발송거절" or (row.action is Action.RETURN and asked & CANCELS)
        assert row.message or not (refused or row.action is Action.NEGOTIATE), row.id


def test_what_the_seller_types_when_he_cancels_is_never_missing():
    assert all(row.message for row in book().decisions.rows if row.action is Action.SELLER_CANCEL)


def test_every_message_is_used():
    used = {row.message for row in book().decisions.rows}
    assert set(book().messages.drafts) - used == ATTACHED_LATER


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Report:
    """All stories and a day of orders, read from files and judged."""
    folder = tmp_path_factory.mktemp("desk")
    orders = [order for _, order in samples.stories(AS_OF)] + samples.orders(150, seed=7, as_of=AS_OF)
    samples.write_dispatch(folder / "a.xlsx", orders, downloaded_at=AS_OF)
    samples.write_cancel(folder / "b.xlsx", orders, downloaded_at=AS_OF)
    samples.write_return(folder / "c.xlsx", orders, downloaded_at=AS_OF)
    samples.write_search(folder / "d.xlsx", orders, downloaded_at=AS_OF)
    samples.write_answers(folder / "e.xlsx", samples.story_answers(AS_OF))
    samples.write_sold_out(folder / "f.xlsx", samples.story_sold_out())
    for file in folder.iterdir():
        os.utime(file, (AS_OF.timestamp(), AS_OF.timestamp()))  # long enough ago to be whole
    batch = intake.read(intake.find(folder), book().exports, book().reasons, opening(), AS_OF)
    return think(batch, book(), AS_OF, judge.Workdays(book().calendar))


@pytest.mark.parametrize(
    ("lang", "action", "message"),
    [("ko", "조치", "안내문"), ("en", "Action", "Message to paste"), ("en", "Action", "The message in English")],
)
def test_no_message_of_a_day_leaves_a_blank_to_fill(report, lang, action, message):
    said = {
        (row[headers.index(action)], row[headers.index(message)])
        for sheet in outbox.grid(report, book(), lang)
        for table in sheet.blocks
        if isinstance(table, Table) and {action, message} <= {*(headers := [column.header for column in table.columns])}
        for row in zip(*table.cells, strict=True)
    }
    texts = {text for _, text in said if text}
    assert len(texts) > 20
    assert not [text for text in texts if any(sign in text for sign in SIGNS) or ODD.search(text)]
    silent = (Action.APPROVE, Action.RETURN, Action.SHIP, Action.REVIEW, Action.NONE)
    assert {done for done, text in said if not text} <= {name for one in silent for name in (one.ko, one.en)}

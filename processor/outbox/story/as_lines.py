"""The story as lines for a person: headings, each with the lines below it. A heading without lines is left out."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from processor.model import Col, Text
from processor.outbox import drafts
from processor.outbox.spoken import problem_lines
from processor.outbox.story import known_facts, outcome, tried_rows
from processor.outbox.story.story import Case, Story
from processor.outbox.wording import steps


def story_lines(story: Story, lang: str) -> Iterator[str]:
    yield from _opening(story, lang)
    for heading, lines in _chapters(story, lang):
        if chapter := list(lines):
            yield ""
            yield f"■ {heading.said(lang)}"
            yield from (f"  {line}" for line in chapter)


def _opening(story: Story, lang: str) -> Iterator[str]:
    moment = f"{story.as_of:%Y-%m-%d %H:%M}"
    if story.case is None:
        yield Text("이런 주문이 있다면 (가정한 상황)", "If there were such an order").said(lang)
    else:
        yield Text("상품주문번호", "Product order").said(lang) + f" {' · '.join(_order(story.case, lang))}"
    yield Text(f"{moment} 기준으로 판단합니다.", f"Judged as of {moment}.").said(lang)
    yield from (note.said(lang) for note in story.notes)


def _order(case: Case, lang: str) -> Iterator[str]:
    row = case.row.iloc[0]
    yield row[Col.PRODUCT_ORDER_NO]
    if not pd.isna(row[Col.ORDER_NO]) and row[Col.ORDER_NO]:
        yield Text(f"주문번호 {row[Col.ORDER_NO]}", f"order {row[Col.ORDER_NO]}").said(lang)
    yield from (row[role] for role in (Col.PRODUCT_NAME, Col.OPTION) if not pd.isna(row[role]) and row[role])
    if not pd.isna(row[Col.QUANTITY]):
        yield Text(f"{row[Col.QUANTITY]}개", f"quantity {row[Col.QUANTITY]}").said(lang)


def _chapters(story: Story, lang: str) -> Iterator[tuple[Text, Iterator[str]]]:
    verdict, case = story.verdict, story.case
    yield Text("무엇을 해야 하는지", "What to do"), outcome.action_lines(story, lang)
    if case is not None:
        yield Text("어디에 적혀 있는지", "Where it stands"), known_facts.place_lines(case, lang)
        unread = (line for problem in case.unread for line in problem_lines(problem, lang))
        yield Text("읽지 못한 줄", "Rows that could not be read"), unread
    yield Text("무엇을 보고 판단했는지", "What was known"), _known(story, lang)
    yield Text("어느 규칙에 따랐는지", "Which rule fits"), tried_rows.row_lines(story, lang)
    yield Text("배송비", "Shipping fee"), outcome.fee_lines(story, lang)
    yield Text("벌점", "Penalty points"), outcome.point_lines(story, lang)
    yield Text("무엇이 다르면 바뀌는지", "What would change it"), outcome.change_lines(story, lang)
    yield Text("근거가 무엇인지", "Who says so"), outcome.source_lines(story, lang)
    yield (
        Text("판매자센터 처리 순서", "What to click"),
        iter(steps(story.book.messages.screens.get(verdict.screen, ())).said(lang).split("\n")),
    )
    if case is not None:
        for one, heading in _drafts(lang):
            written = drafts.fill(case.row, [0], [verdict], story.book.messages, one)
            yield heading, (line for text in written if text for line in text.split("\n"))
    rest = [word for word in verdict.facts if word not in story.asked]
    yield Text("그 밖에 아는 것", "What else is known"), known_facts.more_facts(story, rest, lang)


def _drafts(lang: str) -> Iterator[tuple[str, Text]]:
    """The message to the buyer, which is Korean; for English readers its English meaning too."""
    yield "ko", Text("구매자에게 보낼 안내문", "Message to the buyer, to paste")
    if lang == "en":
        yield "en", Text("안내문의 뜻", "What it says")


def _known(story: Story, lang: str) -> Iterator[str]:
    yield from known_facts.fact_lines(story, story.asked, lang)
    if missing := known_facts.unknown(story, lang):
        yield Text(f"모르는 것: {', '.join(missing)}", f"Not known: {', '.join(missing)}").said(lang)

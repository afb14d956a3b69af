"""The story as JSON values: those of `decide`, and everything that led to the verdict. The keys are a contract."""

from __future__ import annotations

from typing import Any

import pandas as pd

from processor.model import Col, Origin, Out, PenaltyEvent, Tried
from processor.outbox import drafts
from processor.outbox.lines import of_place, of_problem, of_verdict
from processor.outbox.story.known_facts import origins_of
from processor.outbox.story.story import Case, Story
from processor.outbox.wording import CERTAINTIES


def story_values(story: Story, lang: str) -> dict[str, Any]:
    verdict, trail = story.verdict, story.trail
    shared = of_verdict(verdict, lang)
    return {
        "type": "explanation",
        "product_order_no": None,
        "order_no": None,
        "as_of": story.as_of.isoformat(timespec="seconds"),
        "notes": [note.said(lang) for note in story.notes],
        **shared,
        **(_of_case(story, story.case, shared, lang) if story.case else {}),
        "evidence": [_of_fact(story, word, lang) for word in dict.fromkeys([*story.asked, *verdict.facts])],
        "tried": [_of_row(row, lang) for row in trail.above],
        "hit": _of_row(trail.hit, lang),
        "deadline": _of_deadline(story, lang),
        "fee_rule": verdict.fee.rule,
        "points": [_of_event(story, event, lang) for event in verdict.penalties],
        "points_not_brought": [_of_row(row, lang) for row in trail.points],
        "asks": [
            {"cell": one.cell, "answer": one.value, "action": one.action.value, "rule": one.rule}
            for one in trail.answers
        ],
        "sources": _of_sources(story, lang),
        "screen": [step.said(lang) for step in story.book.messages.screens.get(verdict.screen, ())],
    }


def _of_case(story: Story, case: Case, shared: dict[str, Any], lang: str) -> dict[str, Any]:
    row = case.row.iloc[0]
    amount, by = row[Out.FEE_AMOUNT], row[Out.ACT_BY]
    return {
        "product_order_no": row[Col.PRODUCT_ORDER_NO],
        "order_no": None if pd.isna(row[Col.ORDER_NO]) else row[Col.ORDER_NO],
        "fee": shared["fee"] | {"amount": None if pd.isna(amount) else int(amount)},
        "act_by": None if pd.isna(by) else f"{by:%Y-%m-%d}",
        "source": [of_place(place) for place in row[Col.SOURCE]],
        "unread": [of_problem(problem, lang) for problem in case.unread],
        "draft": drafts.fill(case.row, [0], [story.verdict], story.book.messages, "ko")[0],  # buyers read Korean
    }


def _of_fact(story: Story, word: str, lang: str) -> dict[str, Any]:
    ground = story.verdict.grounds.get(word)
    return {
        "word": word,
        "value": story.verdict.facts[word],
        "meaning": story.book.words[word].meaning.said(lang),
        "inferred": ground.said(lang) if ground else None,
        "from": [_of_origin(origin) for origin in origins_of(story, word)],
    }


def _of_origin(origin: Origin) -> dict[str, Any]:
    return {**of_place(origin.place), "column": origin.header, "text": origin.text}


def _of_row(row: Tried, lang: str) -> dict[str, Any]:
    return {
        "rule": row.rule,
        "outcome": row.outcome.said(lang),
        "met": [condition.word for condition in row.conditions if condition.met],
        "unmet": [
            {"word": one.word, "wanted": one.wanted, "value": one.value, "because": one.said.said(lang)}
            for one in row.misses
        ],
    }


def _of_deadline(story: Story, lang: str) -> dict[str, Any] | None:
    if story.verdict.deadline is None:
        return None
    deadline = story.book.calendar.deadlines[story.verdict.deadline]
    return {"name": deadline.name, "because": deadline.text.said(lang)}


def _of_event(story: Story, event: PenaltyEvent, lang: str) -> dict[str, Any]:
    day = story.case.granted[event.rule] if story.case else pd.NaT
    return {
        "rule": event.rule,
        "event": event.event,
        "name": event.name.said(lang),
        "points": event.points,
        "by_action": event.by_action,
        "granted": None if pd.isna(day) else f"{day:%Y-%m-%d}",
    }


def _of_sources(story: Story, lang: str) -> list[dict[str, Any]]:
    verdict = story.verdict
    names = dict.fromkeys([*verdict.sources, *verdict.fee.sources, *(n for e in verdict.penalties for n in e.sources)])
    sources = [story.book.sources[name] for name in names]
    return [
        {
            "title": source.title.said(lang),
            "certainty": source.certainty,
            "meaning": CERTAINTIES[source.certainty].said(lang),
            "checked": source.checked.isoformat() if source.checked else None,
        }
        for source in sources
    ]

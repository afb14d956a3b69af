"""The story of an order as the page shows it: that of `explain`, with the names of what it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.page.requests.asking import Values

if TYPE_CHECKING:
    from processor.outbox import Story


def story(found: Story, lang: str) -> Values:
    from processor import outbox  # noqa: PLC0415 - a heavy room

    verdict, words = found.verdict, found.book.words
    told = outbox.story_values(found, lang)
    evidence = [
        {**fact, "said": [(word := words[fact["word"]]).text.said(lang), word.named(fact["value"]).said(lang)]}
        for fact in told["evidence"]
    ]
    return {
        **told,
        "evidence": evidence,
        "action_name": verdict.action.text.said(lang),
        "payer_name": verdict.fee.payer.text.said(lang),
    }

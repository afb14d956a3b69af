"""Says with a verdict why it is no other action, which answers are asked, and what each of them would lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from processor.judge.decide.asking import ASKED, Brings, Told, Tried, plainly, told, tried
from processor.judge.decide.whynot import why_not
from processor.judge.facts import Claims
from processor.judge.situations import Codes
from processor.model import UNKNOWN, Verdict
from processor.rulebook.types import Decision, Rulebook


def explained(verdicts: Sequence[Verdict], claims: Claims, codes: Codes, brings: Sequence[Brings]) -> list[Verdict]:
    """The same verdicts, explained. codes: the number of each order's verdict. brings: for each verdict."""
    book = claims.book
    rows = {row.id: row for row in book.decisions.rows}
    could_tell = told(claims, np.unique(codes, return_index=True)[1].tolist())
    return [
        _explained(verdict, rows[verdict.rule], could, book, points)
        for verdict, could, points in zip(verdicts, could_tell, brings, strict=True)
    ]


def explained_alone(verdict: Verdict, row: Decision, book: Rulebook, brings: Brings) -> Verdict:
    """The verdict on a situation that is only supposed: answers change no other word than their own."""
    return _explained(verdict, row, plainly(book), book, brings)


def _explained(verdict: Verdict, row: Decision, could: Told, book: Rulebook, brings: Brings) -> Verdict:
    found = tried(verdict.facts, row, could, book, brings)
    return replace(
        verdict,
        why_not=why_not(book, row, verdict.facts),
        asks=tuple(_asked(verdict, row, found)),
        answers=found.answers,
    )


def _asked(verdict: Verdict, row: Decision, found: Tried) -> Iterator[str]:
    """The cells that the row asks for, without those that are known already or whose answer changes nothing."""
    for cell in row.asks:
        if verdict.facts[ASKED[cell].word] == UNKNOWN and cell not in found.idle:
            yield cell

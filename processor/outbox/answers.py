"""What the seller has told already, for the yellow cells: a returned workbook then brings it back without its old lists."""

from __future__ import annotations

from typing import Final

from processor.model import UNKNOWN, Col, Verdict
from processor.outbox.part import Part, held
from processor.outbox.sheet import Value

_WORD: Final = "실제사유"


def true_reasons(part: Part) -> list[Value]:
    """The seller's answer, else what the sold-out list or the wish to cancel says.

    Blank where the seller's own words contradict each other: there the cell is a question, not a memory.
    """
    verdicts = part.report.verdicts
    implied = [_implied(verdict) for verdict in verdicts]
    contradicted = [verdict.facts.get("사유일치") == "아니오" for verdict in verdicts]
    answers = held(Col.TRUE_REASON)(part)
    return [
        None if contradicted[situation] else answer or implied[situation]
        for situation, answer in zip(part.situations, answers, strict=True)
    ]


def _implied(verdict: Verdict) -> str | None:
    cause = str(verdict.facts.get(_WORD, UNKNOWN))
    return cause if verdict.facts.get("요청") == "판매자취소" and cause != UNKNOWN else None

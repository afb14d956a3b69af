"""What the seller has told already, for the yellow cells: a returned workbook then brings it back without its old lists."""

from __future__ import annotations

from processor.model import UNKNOWN, Col
from processor.outbox.part import Fill, Part, held
from processor.outbox.sheet import Value


def true_reasons(part: Part) -> list[Value]:
    """The seller's answer, else what the sold-out list or the wish to cancel says.

    Blank where the seller's own words contradict each other: there the cell is a question, not a memory.
    """
    asked = [verdict.contradicted for verdict in part.report.verdicts]
    implied = [verdict.implied_cause for verdict in part.report.verdicts]
    answers = answered(Col.TRUE_REASON)(part)
    return [
        None if asked[situation] else answer or implied[situation]
        for situation, answer in zip(part.situations, answers, strict=True)
    ]


def answered(name: str) -> Fill:
    """An answer as it was given; blank where it is a question (모름)."""
    return lambda part: [None if value == UNKNOWN else value for value in held(name)(part)]

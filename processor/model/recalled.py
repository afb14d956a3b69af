"""Today's batch combined with what the ledger knows of earlier runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.model.contradictions import Contradiction
    from processor.model.inputs import AnswerRow, Batch
    from processor.model.past import RememberedAnswer
    from processor.model.report import Caution
    from processor.model.text import Text

CellKey = tuple[str, str]
"""An answer cell of one order: 상품주문번호, and a name of ANSWER_COLUMNS."""


@dataclass(frozen=True, eq=False, slots=True)
class Recalled:
    """The batch with facts from earlier runs added, and what follows from them."""

    batch: Batch
    answers: tuple[RememberedAnswer, ...]  # new answers, to be stored from this run on
    now: Mapping[CellKey, RememberedAnswer]  # all answers that count now, including the new ones
    answer_rows: tuple[AnswerRow, ...]  # all rows of this day with an answer; later runs of this day settle them again
    gone: tuple[str, ...]  # orders that left the exports as expected
    news: bool  # as in Report
    done: frozenset[str]  # orders that the seller marked as done and no newer export contradicts
    received: Mapping[str, Text]  # 상품주문번호 → that its answers of today have come
    contradictions: Mapping[str, tuple[Contradiction, ...]]  # by 상품주문번호: answers that contradict each other
    warnings: tuple[Caution, ...]

"""Today's batch in the light of what earlier runs left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.model.inputs import AnswerRow, Batch
    from processor.model.past import RememberedAnswer
    from processor.model.report import Caution

CellKey = tuple[str, str]
"""An answer cell of one order: 상품주문번호, and a name of ANSWER_COLUMNS."""


@dataclass(frozen=True, eq=False, slots=True)
class Recalled:
    """The batch with what memory adds, and what it leads to."""

    batch: Batch
    answers: tuple[RememberedAnswer, ...]  # to be remembered from this run on
    now: Mapping[CellKey, RememberedAnswer]  # all that hold, with those
    answer_rows: tuple[AnswerRow, ...]  # those of this day that say something, settled anew with what comes later today
    gone: tuple[str, ...]  # orders that left the exports as was to be expected
    news: bool  # as in Report
    done: frozenset[str]  # orders of the batch whose action the seller called done, and no newer export tells otherwise
    warnings: tuple[Caution, ...]

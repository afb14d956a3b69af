"""The sheets of a report, in their order. A new sheet is a module of its own, and an entry of the list here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from processor.model import Action, Report
from processor.outbox.actions import action_sheet
from processor.outbox.costs import cost_sheet
from processor.outbox.inputs import input_sheet
from processor.outbox.part import NONE_RETURNED, Part, Returned, whole
from processor.outbox.penalties import penalty_sheet
from processor.outbox.rendering import rendered
from processor.outbox.rules import rule_sheet
from processor.outbox.sheet import Sheet
from processor.outbox.summary import summary_sheet
from processor.rulebook.types import Rulebook

_SHEETS: Final[tuple[Callable[[Part], Sheet], ...]] = (
    summary_sheet,
    *(partial(action_sheet, action) for action in Action),
    penalty_sheet,
    cost_sheet,
    rule_sheet,
    input_sheet,
)
"""The sheets from left to right: each function makes its sheet, with its name, of the whole report."""


def sheets(report: Report, book: Rulebook, returned: Returned = NONE_RETURNED) -> tuple[Sheet, ...]:
    """The sheets in both languages. returned: the correction copies that lie beside the workbook."""
    part = whole(report, book, returned)
    return tuple(make(part) for make in _SHEETS)


def grid(report: Report, book: Rulebook, lang: str, returned: Returned = NONE_RETURNED) -> tuple[Sheet, ...]:
    """The sheets in one language, as the workbook shows them."""
    return rendered(sheets(report, book, returned), lang)

"""The twelve sheets of a report as a plain value: what the workbook shows, and what tests compare."""

from __future__ import annotations

from collections.abc import Sequence

from processor.model import Report
from processor.outbox.actions import action_sheets
from processor.outbox.costs import cost_sheet
from processor.outbox.in_english import in_english
from processor.outbox.inputs import input_sheet
from processor.outbox.part import whole
from processor.outbox.penalties import penalty_sheet
from processor.outbox.rules import rule_sheet
from processor.outbox.sheet import Sheet
from processor.outbox.summary import summary_sheet
from processor.rulebook.types import Rulebook


def grid(report: Report, book: Rulebook, lang: str, copies: Sequence[str] = ()) -> tuple[Sheet, ...]:
    """copies: the names of the correction copies that lie beside the workbook."""
    part = whole(report, book, lang)
    sheets = (
        summary_sheet(part),
        *action_sheets(part),
        penalty_sheet(part),
        cost_sheet(part),
        rule_sheet(part),
        input_sheet(part, copies),
    )
    return in_english(sheets, book.words) if lang == "en" else sheets

"""The sheets of a report in their order. A new sheet is a module of its own, and an entry here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from processor.model import Action, Report, Text
from processor.outbox import totals
from processor.outbox.actions import action_sheet
from processor.outbox.costs import cost_sheet
from processor.outbox.inputs import input_sheet
from processor.outbox.part import NONE_RETURNED, Part, Returned, whole
from processor.outbox.penalties import penalty_sheet
from processor.outbox.rendering import rendered
from processor.outbox.rules import rule_sheet
from processor.outbox.sheet import Sheet, Tab
from processor.outbox.summary import summary_sheet
from processor.rulebook.types import Rulebook

_MONEY: Final = (penalty_sheet, cost_sheet)
_QUIET: Final = tuple(partial(action_sheet, action) for action in Action if not action.to_do)
_LOOK_UP: Final[tuple[Callable[[Part], Sheet], ...]] = (*_QUIET, rule_sheet, input_sheet)
_NOT_PRINTED: Final = (*_MONEY, *_QUIET, rule_sheet)
"""The sheets whose last table, with a row for each order or rule, is read on the screen alone."""
_ON_SCREEN: Final = Text("한 줄씩 적은 표는 화면에서만 봅니다", "The table of single rows is on the screen only")


def sheets(report: Report, book: Rulebook, returned: Returned = NONE_RETURNED) -> tuple[Sheet, ...]:
    """The sheets in both languages, from left to right. returned: the correction copies that lie beside the workbook."""
    part = whole(report, book, returned)
    lists = [partial(action_sheet, action) for action in totals.order_of_work(report)]
    kinds: tuple[tuple[Tab, Sequence[Callable[[Part], Sheet]]], ...] = (
        (Tab.SUMMARY, (summary_sheet,)),
        (Tab.LIST, lists),
        (Tab.MONEY, _MONEY),
        (Tab.LOOK_UP, _LOOK_UP),
    )
    return tuple(
        replace(make(part), tab=tab, on_screen=_ON_SCREEN if make in _NOT_PRINTED else "")
        for tab, made in kinds
        for make in made
    )


def grid(report: Report, book: Rulebook, lang: str, returned: Returned = NONE_RETURNED) -> tuple[Sheet, ...]:
    """The sheets in one language, as the workbook shows them."""
    return rendered(sheets(report, book, returned), lang)

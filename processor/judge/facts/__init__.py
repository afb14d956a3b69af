"""Finds the facts: for each word of the rules a column with its value for every order of the claims table."""

from processor.judge.facts.claims import Claims, Column
from processor.judge.facts.deadlines import days_after, deadline_column
from processor.judge.facts.finders import find
from processor.judge.facts.goods import held_by_addons, initial_fee, is_addon
from processor.judge.facts.order import clock_stopped_at
from processor.judge.facts.words import FACTS, WORDS

__all__ = [
    "FACTS",
    "WORDS",
    "Claims",
    "Column",
    "clock_stopped_at",
    "days_after",
    "deadline_column",
    "find",
    "held_by_addons",
    "initial_fee",
    "is_addon",
]

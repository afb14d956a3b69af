"""Finds the facts: for each word of the rules a column with its value for every order of the claims table."""

from processor.judge.facts.claims import Claims, Moments
from processor.judge.facts.columns import Flags, among, any_alike, count_alike, surely
from processor.judge.facts.deadlines import days_after, deadline_column
from processor.judge.facts.finders import find, found
from processor.judge.facts.goods import held_by_addons, initial_fee, is_addon
from processor.judge.facts.order import clock_stopped_at
from processor.judge.facts.words import FACTS, IN_ORDER, WORDS, Fact

__all__ = [
    "FACTS",
    "IN_ORDER",
    "WORDS",
    "Claims",
    "Fact",
    "Flags",
    "Moments",
    "among",
    "any_alike",
    "clock_stopped_at",
    "count_alike",
    "days_after",
    "deadline_column",
    "find",
    "found",
    "held_by_addons",
    "initial_fee",
    "is_addon",
    "surely",
]

"""Judges a table of claims by a Rulebook, a moment and a calendar: returns a Report. Pure: no file, clock or print."""

from processor.judge.facts import WORDS
from processor.judge.report import judge
from processor.judge.sides import sides
from processor.judge.suppose import cannot_be, suppose, supposed
from processor.judge.trail import trail
from processor.judge.workdays import Workdays

__all__ = ["WORDS", "Workdays", "cannot_be", "judge", "sides", "suppose", "supposed", "trail"]

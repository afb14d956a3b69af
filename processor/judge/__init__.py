"""PURE: a table of claims, a Rulebook, a moment and a calendar go in; a Report comes out."""

from processor.judge.facts import WORDS
from processor.judge.report import judge
from processor.judge.suppose import cannot_be, suppose, supposed
from processor.judge.trail import trail
from processor.judge.workdays import Workdays

__all__ = ["WORDS", "Workdays", "cannot_be", "judge", "suppose", "supposed", "trail"]

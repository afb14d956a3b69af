"""What to do in each situation, and why nothing else."""

from processor.judge.decide.asking import ASKED, plainly, tried
from processor.judge.decide.decided import Decided, decide
from processor.judge.decide.doubted import doubts, in_doubt, own_cancels
from processor.judge.decide.impossible import possible
from processor.judge.decide.whynot import conditions, why_not

__all__ = [
    "ASKED",
    "Decided",
    "conditions",
    "decide",
    "doubts",
    "in_doubt",
    "own_cancels",
    "plainly",
    "possible",
    "tried",
    "why_not",
]

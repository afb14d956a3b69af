"""What to do in each situation, and why nothing else."""

from processor.judge.decide.decided import Decided, decide
from processor.judge.decide.doubted import doubts, in_doubt, own_cancels
from processor.judge.decide.explaining import explained, explained_alone
from processor.judge.decide.impossible import possible
from processor.judge.decide.whynot import conditions

__all__ = [
    "Decided",
    "conditions",
    "decide",
    "doubts",
    "explained",
    "explained_alone",
    "in_doubt",
    "own_cancels",
    "possible",
]

"""A brief of every run: what it knew and what it decided, so that it can be told and tried again at any time."""

from processor.ledger.history.brief import Brief, Decided, Decision, decisions, differing
from processor.ledger.history.folder import Damaged, History, NoBrief, NoRules, is_hash, moment_of

__all__ = [
    "Brief",
    "Damaged",
    "Decided",
    "Decision",
    "History",
    "NoBrief",
    "NoRules",
    "decisions",
    "differing",
    "is_hash",
    "moment_of",
]

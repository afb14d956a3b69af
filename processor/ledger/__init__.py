"""Stores files, runs, orders, answers and points of earlier runs in outbox/ledger.sqlite3. It makes no decisions."""

from processor.ledger.entry import Entry, entry
from processor.ledger.forgetting import Forgettable, forget, forgettable
from processor.ledger.history import (
    Brief,
    Damaged,
    Decided,
    Decision,
    History,
    NoBrief,
    NoRules,
    decisions,
    differing,
    is_hash,
    moment_of,
)
from processor.ledger.lock import Busy, Owner, alone, locked
from processor.ledger.memory import Memory, opened
from processor.ledger.store import Unusable
from processor.ledger.waiting import Item, Waiting, waiting
from processor.ledger.written import read_back, written

__all__ = [
    "Brief",
    "Busy",
    "Damaged",
    "Decided",
    "Decision",
    "Entry",
    "Forgettable",
    "History",
    "Item",
    "Memory",
    "NoBrief",
    "NoRules",
    "Owner",
    "Unusable",
    "Waiting",
    "alone",
    "decisions",
    "differing",
    "entry",
    "forget",
    "forgettable",
    "is_hash",
    "locked",
    "moment_of",
    "opened",
    "read_back",
    "waiting",
    "written",
]

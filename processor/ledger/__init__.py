"""Stores files, runs, orders, answers and points of earlier runs in outbox/ledger.sqlite3. It makes no decisions."""

from processor.ledger.entry import Entry, entry
from processor.ledger.forgetting import Forgettable, forget, forgettable
from processor.ledger.lock import Busy, Owner, alone, locked
from processor.ledger.memory import Memory, opened
from processor.ledger.store import Unusable
from processor.ledger.waiting import Item, Waiting, waiting
from processor.ledger.written import read_back, written

__all__ = [
    "Busy",
    "Entry",
    "Forgettable",
    "Item",
    "Memory",
    "Owner",
    "Unusable",
    "Waiting",
    "alone",
    "entry",
    "forget",
    "forgettable",
    "locked",
    "opened",
    "read_back",
    "waiting",
    "written",
]

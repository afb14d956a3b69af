"""Reads and checks rules.yaml. Only `read` makes a Rulebook, so every Rulebook has been checked."""

from processor.rulebook.changes import Change, changes
from processor.rulebook.compared import Difference, Differences, different
from processor.rulebook.default import default_rules
from processor.rulebook.load import Complaint, RulesError
from processor.rulebook.protected import doubt_about
from processor.rulebook.read import read, read_text
from processor.rulebook.standing import Overdue, Standing, overdue, standing
from processor.rulebook.types import Rulebook

__all__ = [
    "Change",
    "Complaint",
    "Difference",
    "Differences",
    "Overdue",
    "Rulebook",
    "RulesError",
    "Standing",
    "changes",
    "default_rules",
    "different",
    "doubt_about",
    "overdue",
    "read",
    "read_text",
    "standing",
]

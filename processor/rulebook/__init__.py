"""Reads and checks rules.yaml. Only `read` makes a Rulebook, so every Rulebook has been checked."""

from processor.rulebook.default import default_rules, default_text, starting_rules
from processor.rulebook.load import Complaint, RulesError
from processor.rulebook.protected import doubt_about
from processor.rulebook.read import read, read_text, sha256_of
from processor.rulebook.standing import Overdue, Standing, overdue, standing
from processor.rulebook.types import Rulebook

__all__ = [
    "Complaint",
    "Overdue",
    "Rulebook",
    "RulesError",
    "Standing",
    "default_rules",
    "default_text",
    "doubt_about",
    "overdue",
    "read",
    "read_text",
    "sha256_of",
    "standing",
    "starting_rules",
]

"""Turns input files into one table of claims and a list of problems.

Change this room when Naver changes its exports.
"""

from processor.intake.earlier import earlier_runs, inputs_of, put_away_before
from processor.intake.filing import Move, file_away, is_sound, leave, make_way, moves, set_aside
from processor.intake.finding import anything, find, input_file, lying
from processor.intake.lookalikes import lookalikes
from processor.intake.originals import originals, with_bad_rows
from processor.intake.origins import origins, unread
from processor.intake.reading import (
    Gathered,
    checked,
    gather,
    joined,
    nothing_new,
    read,
    reads_alike,
    recalled,
    remembered_sheets,
    switched_off,
    timed,
)
from processor.intake.unopened import locked_and_needed
from processor.opener.passwords import Passwords
from processor.opener.process import Opening, ReadingProcess

__all__ = [
    "Gathered",
    "Move",
    "Opening",
    "Passwords",
    "ReadingProcess",
    "anything",
    "checked",
    "earlier_runs",
    "file_away",
    "find",
    "gather",
    "input_file",
    "inputs_of",
    "is_sound",
    "joined",
    "leave",
    "locked_and_needed",
    "lookalikes",
    "lying",
    "make_way",
    "moves",
    "nothing_new",
    "originals",
    "origins",
    "put_away_before",
    "read",
    "reads_alike",
    "recalled",
    "remembered_sheets",
    "set_aside",
    "switched_off",
    "timed",
    "unread",
    "with_bad_rows",
]

"""A report on disk: the workbook that the seller works through, and its manifest. It computes nothing about claims."""

from processor.outbox.grid import grid
from processor.outbox.lines import lines, summary
from processor.outbox.manifest import Record, recorded
from processor.outbox.publish import next_place, tidy, write
from processor.outbox.sheet import Sheet
from processor.outbox.spoken import needs_you, problem_lines, spoken
from processor.outbox.story import Case, Story, story_lines, story_values
from processor.outbox.template import write_template

__all__ = [
    "Case",
    "Record",
    "Sheet",
    "Story",
    "grid",
    "lines",
    "needs_you",
    "next_place",
    "problem_lines",
    "recorded",
    "spoken",
    "story_lines",
    "story_values",
    "summary",
    "tidy",
    "write",
    "write_template",
]

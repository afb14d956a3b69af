"""Writes a report to disk: the workbook that the seller works through, and its manifest. It judges nothing."""

from processor.outbox.corrections import corrected
from processor.outbox.corrections import name_of as name_of_copy
from processor.outbox.grid import grid
from processor.outbox.inputs import to_correct
from processor.outbox.lines import lines, of_problem, of_repeat, summary
from processor.outbox.listing import Listing
from processor.outbox.manifest import manifest
from processor.outbox.part import NONE_RETURNED, Returned
from processor.outbox.publish import (
    Copies,
    correction_copies,
    is_correction_copy,
    is_workbook,
    issue,
    lay_out,
    next_place,
    run_of,
    tidy,
    workbook_of,
    write,
    write_manifest,
)
from processor.outbox.sheet import Sheet
from processor.outbox.spoken import in_short, needs_you, problem_lines, spoken, spoken_repeats
from processor.outbox.story import Case, Story, story_lines, story_values
from processor.outbox.template import write_template

__all__ = [
    "NONE_RETURNED",
    "Case",
    "Copies",
    "Listing",
    "Returned",
    "Sheet",
    "Story",
    "corrected",
    "correction_copies",
    "grid",
    "in_short",
    "is_correction_copy",
    "is_workbook",
    "issue",
    "lay_out",
    "lines",
    "manifest",
    "name_of_copy",
    "needs_you",
    "next_place",
    "of_problem",
    "of_repeat",
    "problem_lines",
    "run_of",
    "spoken",
    "spoken_repeats",
    "story_lines",
    "story_values",
    "summary",
    "tidy",
    "to_correct",
    "workbook_of",
    "write",
    "write_manifest",
    "write_template",
]

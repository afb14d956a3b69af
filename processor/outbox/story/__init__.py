"""The explanation of one judgement in full, as lines for a person and as values for programs. `explain` prints it."""

from processor.outbox.story.as_lines import story_lines
from processor.outbox.story.as_values import story_values
from processor.outbox.story.story import Case, Story

__all__ = ["Case", "Story", "story_lines", "story_values"]

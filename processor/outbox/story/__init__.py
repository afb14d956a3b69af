"""The whole story of one judgement, for a person to read and for programs: `explain` prints it."""

from processor.outbox.story.as_lines import story_lines
from processor.outbox.story.as_values import story_values
from processor.outbox.story.story import Case, Story

__all__ = ["Case", "Story", "story_lines", "story_values"]

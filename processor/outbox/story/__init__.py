"""The whole story of one judgement, for a person to read and for programs: `explain` prints it."""

from processor.outbox.story.lines import story_lines
from processor.outbox.story.story import Case, Story
from processor.outbox.story.values import story_values

__all__ = ["Case", "Story", "story_lines", "story_values"]

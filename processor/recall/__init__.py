"""Today's batch in the light of memory: answers that hold, orders that come back, what has changed. PURE."""

from processor.recall.recall import recall

__all__ = ["recall"]

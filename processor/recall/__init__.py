"""Completes today's batch with what earlier runs remember: valid answers, orders that come back, changes. Pure."""

from processor.recall.recall import recall

__all__ = ["recall"]

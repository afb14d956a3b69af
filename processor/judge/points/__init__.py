"""Penalty points: which come, when, and how near a sanction is."""

from processor.judge.points.forecast import forecast
from processor.judge.points.penalties import events, granted_on, worth
from processor.judge.points.points import Judged, points, that_count

__all__ = ["Judged", "events", "forecast", "granted_on", "points", "that_count", "worth"]

"""Penalty points: which are given and when, and how near a sanction is."""

from processor.judge.points.days_ahead import forecast
from processor.judge.points.order_points import Judged, points, that_count
from processor.judge.points.penalties import events, granted_on, worth

__all__ = ["Judged", "events", "forecast", "granted_on", "points", "that_count", "worth"]

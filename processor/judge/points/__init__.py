"""Penalty points: which come, when, and how near a sanction is."""

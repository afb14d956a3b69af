"""What the page may ask of the warm process: one module for each part of the page, and all of it in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.page.requests import days, drops, first_run, messages, money, past, practice, rules, settings, watch
from processor.page.requests.asking import Entry

REQUESTS: Final[Mapping[str, Entry]] = {
    **days.ENTRIES,
    **drops.ENTRIES,
    **settings.ENTRIES,
    **messages.ENTRIES,
    **practice.ENTRIES,
    **first_run.ENTRIES,
    **rules.ENTRIES,
    **past.ENTRIES,
    **money.ENTRIES,
    **watch.ENTRIES,
}
"""All that can be asked, by name, which is also the end of its address: /api/NAME."""

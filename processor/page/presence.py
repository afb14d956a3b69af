"""Whether anybody still looks at the page."""

from __future__ import annotations

from typing import Final

TICK: Final = 5.0  # seconds between two looks at it
_PATIENCE: Final = 300.0  # seconds; a tab in the background tells of itself once a minute


class Presence:
    """The page ends when no tab has told of itself for some minutes and nothing is at work. Before the first tab came, it stays.

    Seconds are counted by ticks, not by a clock: while the computer sleeps nobody ticks, and no tab has gone.
    """

    def __init__(self) -> None:
        self._came = False
        self._quiet = 0.0

    def heard(self) -> None:
        self._came, self._quiet = True, 0.0

    def gone(self, busy: bool) -> bool:
        """Called every TICK. Has everybody gone?"""
        self._quiet = 0.0 if busy or not self._came else self._quiet + TICK
        return self._quiet >= _PATIENCE

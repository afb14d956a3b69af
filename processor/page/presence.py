"""Whether anybody still has the page open.

A tab tells of itself every few seconds while it is seen, and says goodbye when it is closed. In the background browsers let it
speak once a minute, later not at all (they freeze it), and may unload it until somebody comes back to it: such a tab is silent,
and still there. So silence means something else of a tab that was seen last than of one in the background.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

TICK: Final = 5.0  # seconds between two looks at it
_PATIENCE: Final = 300.0  # seconds after the last tab has gone, and in which one that is seen must tell of itself
_LONGEST_NAME: Final = 64  # letters of what a tab calls itself
_A_DAY_OF_WORK: Final = 12 * 3600.0  # seconds in which one in the background may be silent


@dataclass(slots=True)
class _Tab:
    patience: float
    silent: float = 0.0


class Presence:
    """The page ends some minutes after the last tab has gone, when nothing is at work. Before the first tab came, it stays.

    Seconds are counted by ticks, not by a clock: while the computer sleeps nobody ticks, and no tab has gone.
    """

    def __init__(self) -> None:
        self._came = False
        self._quiet = 0.0
        self._tabs: dict[str, _Tab] = {}

    def heard(self) -> None:
        """Somebody has asked for something."""
        self._came, self._quiet = True, 0.0

    def told(self, said: Mapping[str, Any]) -> bool:
        """Takes note of what a tab says of itself. Is it still there?"""
        tab = str(said.get("tab", ""))[:_LONGEST_NAME]
        if said.get("left") is True:
            self.left(tab)
            return False
        self.here(tab, hidden=said.get("hidden") is True)
        return True

    def here(self, tab: str, *, hidden: bool) -> None:
        """A tab tells of itself. `hidden`: it is in the background."""
        self._tabs[tab] = _Tab(_A_DAY_OF_WORK if hidden else _PATIENCE)

    def left(self, tab: str) -> None:
        """A tab says goodbye."""
        self._tabs.pop(tab, None)

    def gone(self, busy: bool) -> bool:
        """Called every TICK. Has everybody gone?"""
        self._quiet = 0.0 if busy or not self._came else self._quiet + TICK
        for tab in self._tabs.values():
            tab.silent = 0.0 if busy else tab.silent + TICK
        self._tabs = {name: tab for name, tab in self._tabs.items() if tab.silent < tab.patience}
        return not self._tabs and self._quiet >= _PATIENCE

"""What one page sees of the computer around it while it is open: files that arrive, exports in the downloads folder, what is due.

The downloads folder is looked at, and anything is reminded of, only while the seller allows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from processor.app import reminding
from processor.app.arrivals import Watched, around, inputs
from processor.app.choices import choices, choose
from processor.app.downloads import exports, fetch, not_yet_there
from processor.model import one_line
from processor.page.given import Given


class Due(NamedTuple):
    """What is said of a time of the day."""

    at: datetime
    lines: tuple[str, ...]


class Lookout:
    """Each method may wait for the disk, and is called by one thread at a time."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._inbox = Watched(partial(inputs, given.desk))
        self._downloads = Watched(self._exports_of_today)
        self._chosen = choices(given.choices, given.desk)
        self._kept = True
        self._found: tuple[Path, ...] = ()
        self._passed_over: set[Path] = set()
        self._due: Due | None = None
        self._around = around(given.desk)
        self._changes = 0
        self.new: tuple[Path, ...] = ()  # whole files of the inbox that no run has looked at
        self.elsewhere = 0  # how often something else than this page has changed the desk

    def look(self, at: float, changes: int, *, busy: bool) -> None:
        """`at`: the seconds of a clock that only goes forward. `changes`: how often this page has changed anything.
        `busy`: it is changing something.
        """
        seen = self._inbox.look(at)
        whole = {*seen.whole}
        self.new = tuple(path for path in dict.fromkeys((*self.new, *seen.new)) if path in whole)
        if self._chosen.downloads:
            there = self._downloads.look(at).whole
            offered = (path for path in there if path not in self._passed_over)
            self._found = tuple(not_yet_there(self._given.desk, offered, self._given.now().date()))
        if not busy:
            now = around(self._given.desk)
            self.elsewhere += now != self._around and changes == self._changes
            self._around, self._changes = now, changes

    def handled(self, files: Iterable[Path]) -> None:
        """A run has looked at these files. Those that were handled before still lie there."""
        done = {*files}
        self.new = tuple(path for path in self.new if path not in done)

    def values(self) -> dict[str, Any]:
        """What a tab is told."""
        return {
            "new": len(self.new),
            "downloads": [one_line(path.name) for path in self._found] if self._chosen.downloads else [],
            "due": {"at": self._due.at.isoformat(), "lines": self._due.lines} if self._due else None,
            "reminders": self._chosen.reminders,
        }

    # ── what the seller allows ──

    def allowed(self) -> dict[str, Any]:
        folder = one_line(str(self._given.downloads))
        return {
            "type": "choices",
            "downloads": self._chosen.downloads,
            "reminders": self._chosen.reminders,
            "folder": folder,
            "kept": self._kept,
        }

    def allow(self, *, downloads: bool, reminders: bool) -> None:
        """From now on, and the next time too if it can be kept."""
        self._chosen = self._chosen._replace(downloads=downloads, reminders=reminders)
        self._kept = choose(self._given.choices, self._given.desk, self._chosen)
        self._due = self._due if reminders else None
        self._found = self._found if downloads else ()

    # ── the downloads folder ──

    def fetch(self) -> list[str]:
        """Copies the exports that were found into the inbox; returns the names that they got. Raises OSError."""
        names = []
        while self._found:  # what has been copied is not copied once more if the next one fails
            names.append(one_line(fetch(self._given.desk, self._found[0]).name))
            self._found = self._found[1:]
        return names

    def pass_over(self) -> None:
        """The exports that were found are not offered again by this page."""
        self._passed_over |= {*self._found}
        self._found = ()

    def _exports_of_today(self) -> list[Path]:
        return [*exports(self._given.downloads, self._given.now().date())]

    # ── reminders ──

    def to_remind(self, now: datetime) -> datetime | None:
        """The time of the day of which nothing has been said yet, if it has begun and the seller wants to hear of it."""
        last = reminding.time_of_day(now)
        return None if not self._chosen.reminders or last == self._chosen.reminded else last

    def remind(self, at: datetime, lines: Iterable[str]) -> None:
        """Nothing else is said of that time of the day."""
        self._chosen = self._chosen._replace(reminded=at)
        self._kept = choose(self._given.choices, self._given.desk, self._chosen)
        said = tuple(lines)
        self._due = Due(at, said) if said else None

    def heard(self) -> None:
        """The seller has read what is due."""
        self._due = None

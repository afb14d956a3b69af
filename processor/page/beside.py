"""The desks below a folder by numbers, so that no path of a desk goes to the browser, and none comes from it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import NamedTuple

from processor.app import Desk, find_desks
from processor.app.finding import called
from processor.model import one_line


class Beside(NamedTuple):
    """A desk in the list from which one is chosen."""

    name: str  # its path below the folder of all desks
    page: str  # the path of its page
    here: bool = False  # is it the desk whose page shows the list?


class Numbered:
    """A number means the same desk as long as the page of all desks is open. Each method waits for the disk.

    Raises NoDesks where there is none any more.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._homes: list[Path] = []
        self._numbering = threading.Lock()

    def desks(self) -> dict[int, Desk]:
        """Those that are there now."""
        found = {desk.home: desk for desk in find_desks(self._root).desks}
        with self._numbering:
            self._homes += [home for home in found if home not in self._homes]
            return {number: found[home] for number, home in enumerate(self._homes, start=1) if home in found}

    def beside(self, number: int) -> list[Beside]:
        """The list on the page of one of them, by names."""
        found = ((self.name(desk), page(each), each == number) for each, desk in self.desks().items())
        return [Beside(*each) for each in sorted(found)]

    def name(self, desk: Desk) -> str:
        return one_line(called(desk.home, self._root))


def page(number: int) -> str:
    """The path of a desk's page."""
    return f"/desk/{number}/"

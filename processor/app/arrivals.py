"""Notices files that have arrived whole, by looking at a folder again and again.

The system's own notices are not used: folders on a network have none. Whoever calls this waits between two looks, and says
how many seconds his clock shows, by whatever clock.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from processor import disk
from processor.app.desk import Desk
from processor.model import PUT_AWAY
from processor.opener.litter import meant

_SETTLED: Final = 3.0  # seconds in which a whole file has not changed
_AGAIN: Final = (
    300.0  # seconds after which a run that was refused is tried again though nothing is seen to have changed
)

ARRIVING: Final = ".arriving-"
"""The beginning of the hidden name under which a file comes into the inbox until it is whole."""

State = tuple[int, int, int]
"""Size in bytes, time of the last change, and number of a file."""


class Seen(NamedTuple):
    """What one look has shown. Empty files are passed over: nobody means them, or they have just begun to arrive."""

    whole: tuple[Path, ...]  # in the order in which they are listed
    new: tuple[Path, ...]  # those of them that no look before has shown whole, as they are now
    arriving: bool  # others have changed a moment ago


class Watched:
    """Files that are looked at again and again. `listed` lists those that are meant, by their names."""

    def __init__(self, listed: Callable[[], Iterable[Path]]) -> None:
        self._listed = listed
        self._since: dict[Path, tuple[State, float]] = {}  # and since when it has looked so
        self._shown: set[tuple[Path, State]] = set()

    def look(self, at: float) -> Seen:
        """`at`: the seconds that the caller's clock shows. A folder that can't be read now has nothing in it."""
        try:
            states = {path: state for path in self._listed() if (state := _state(path))}
        except OSError:
            return Seen((), (), arriving=False)
        before, self._since = self._since, {}
        for path, state in states.items():
            known = before.get(path)
            self._since[path] = known if known and known[0] == state else (state, at)
        self._shown &= {*states.items()}
        settled = [path for path, (_, since) in self._since.items() if at - since >= _SETTLED]
        new = tuple(path for path in settled if (path, states[path]) not in self._shown and _opens(path))
        self._shown |= {(path, states[path]) for path in new}
        whole = tuple(path for path in settled if (path, states[path]) in self._shown)
        return Seen(whole, new, arriving=len(settled) < len(states))


class Waiting:
    """Says when the inbox of a desk is to be handled: when new files lie there whole and nothing more arrives.

    After a run that was refused: when anything at the desk has changed, or after some minutes.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._inbox = Watched(partial(inputs, desk))
        self._wanted = False
        self._in_vain: tuple[float, object] | None = None

    def due(self, at: float) -> tuple[Path, ...]:
        """The files that wait, if they are to be handled now."""
        seen = self._inbox.look(at)
        again = self._in_vain and (at - self._in_vain[0] >= _AGAIN or self._in_vain[1] != around(self._desk))
        self._wanted = self._wanted or bool(seen.new) or bool(again)
        if not self._wanted or seen.arriving or not seen.whole:
            return ()
        self._wanted, self._in_vain = False, None
        return seen.whole

    def in_vain(self, at: float) -> None:
        """The run was refused."""
        self._in_vain = at, around(self._desk)


def inputs(desk: Desk) -> Iterable[Path]:
    """The files of the inbox that a run would look at, whole or not. Raises OSError."""
    return meant(disk.files(desk.inbox, but=PUT_AWAY), desk.inbox)


def put_whole(place: Path, content: bytes | Iterable[bytes]) -> Path:
    """Puts a file into the inbox, where it appears whole or not at all; one of its name is never overwritten.

    Returns the path that it got. Raises OSError.
    """
    hidden = place.with_name(f"{ARRIVING}{secrets.token_hex(8)}.tmp")
    try:
        disk.write_new(hidden, content)
        return disk.publish_beside(hidden, place)
    finally:
        hidden.unlink(missing_ok=True)


def around(desk: Desk) -> object:
    """Equal as long as no run, answer, setting or hand has changed anything at the desk: names, and what is written in place.

    Excel's own file beside an open workbook counts, so that it is seen when the workbook is closed. What is just being
    copied into the inbox does not.
    """
    names = [
        {path.name for path in folder.iterdir() if not path.name.startswith(ARRIVING)}
        if disk.is_folder(folder)
        else None
        for folder in (desk.inbox, desk.outbox)
    ]
    return names, _state(desk.rules), _state(desk.ledger)


def _state(path: Path) -> State | None:
    """None of a file that is gone, or empty."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ino) if found.st_size else None


def _opens(path: Path) -> bool:
    """Can it be opened? On Windows it cannot while another program writes it."""
    try:
        with path.open("rb"):
            return True
    except OSError:
        return False

"""What a face that asks again and again keeps between two calls, so that the second answer comes sooner."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from processor import disk
from processor.app.desk import Desk
from processor.opener.passwords import Passwords
from processor.opener.process import Opening, ReadingProcess

if TYPE_CHECKING:
    from datetime import datetime

    from processor.outbox import Listing
    from processor.rulebook import Rulebook

_A_MOMENT: Final = timedelta(minutes=1)
_LARGEST: Final = 1 << 20  # bytes of a rules.yaml; of a larger one there is no checked text to compare with


class Kept:
    """The rules and the list that were read last, and a process that opens files. It serves one caller at a time; `with` ends the process.

    `marks`: a folder of the user's own, outside every desk, where it is kept which rules were proved; None = they are
    proved whenever their text has changed.
    """

    def __init__(self, marks: Path | None = None) -> None:
        self._marks = marks
        self._book: Rulebook | None = None
        self._process: ReadingProcess | None = None
        self._seen: tuple[object, Listing | None] = None, None

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._process is not None:
            self._process.end()

    def seen(self, desk: Desk, listing: Listing) -> Listing:
        """Keeps a list of the day that was just made."""
        self._seen = _state(desk.ledger), listing
        return listing

    def just_seen(self, desk: Desk, as_of: datetime) -> Listing | None:
        """The list of a moment ago, if nothing has changed since."""
        ledger, listing = self._seen
        if listing is None or listing.book is not self.rules(desk) or ledger != _state(desk.ledger):
            return None
        then = listing.report.as_of
        return listing if then <= as_of < then + _A_MOMENT and then.date() == as_of.date() else None

    def opening(self, passwords: Passwords | None = None) -> Opening:
        """The process that opens files; it is started when it is wanted first."""
        if self._process is None:
            self._process = ReadingProcess()
        return Opening(self._process, passwords or Passwords([]))

    def rules(self, desk: Desk) -> Rulebook:
        """The checked rules of the desk: the same as the last time, unless their text has changed. Raises RulesBroken."""
        from processor.app import checking, proofs  # noqa: PLC0415 - heavy rooms

        if self._book is None or self._book.text != _text(desk.rules):
            self._book = checking.read(desk.rules, proofs.proved(self._marks))
        return self._book


def _state(ledger: Path) -> object:
    """What changes with every run."""
    try:
        stat = ledger.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _text(rules: Path) -> str | None:
    """The text of rules.yaml; None if it can't be read like one that was checked."""
    try:
        return disk.read(rules, _LARGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, disk.TooLarge):
        return None

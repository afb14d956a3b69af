"""The desk: the folder in which a seller works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with rules.yaml, inbox/ and outbox/."""

    home: Path

    @property
    def rules(self) -> Path:
        return self.home / "rules.yaml"

    @property
    def inbox(self) -> Path:
        return self.home / "inbox"

    @property
    def outbox(self) -> Path:
        return self.home / "outbox"

    @property
    def lying_in_inbox(self) -> list[Path]:
        """The visible files directly in the inbox, of any type."""
        return sorted(path for path in self.inbox.iterdir() if path.is_file()) if self.inbox.is_dir() else []

    @property
    def folders_overlap(self) -> bool:
        """Whether inbox and outbox are one folder, or one lies in the other, also through a link.

        Then results would be read as inputs, and moved.
        """
        inbox, outbox = self.inbox.resolve(), self.outbox.resolve()
        return inbox.is_relative_to(outbox) or outbox.is_relative_to(inbox)

    @property
    def ledger(self) -> Path:
        return self.outbox / "ledger.sqlite3"

"""The desk: the folder in which a seller works."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from processor import disk

_MOST_PASSWORDS: Final = 1 << 16  # bytes of a file of passwords
_WORKBOOK: Final = re.compile(r"처리목록_([0-9]{8}_[0-9]{6}(?:_[0-9]+)?)\.xlsx")


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
        """The files directly in the inbox, of any type."""
        return sorted(filter(disk.is_file, self.inbox.iterdir())) if disk.is_folder(self.inbox) else []

    def own_passwords(self) -> list[str]:
        """The passwords that lie in the desk, one a line of passwords.txt. Raises OSError if it can't be read."""
        path = self.home / "passwords.txt"
        try:
            text, _ = disk.decoded(disk.read(path, _MOST_PASSWORDS))
        except FileNotFoundError:
            return []
        except UnicodeDecodeError:
            raise disk.NotPlain(
                path, "글이 아닙니다. 비밀번호를 한 줄에 하나씩 적어 저장하고", "is no text. Write one password a line"
            ) from None
        return [line.strip() for line in text.removeprefix(disk.BOM).splitlines()]

    @property
    def links_in_inbox(self) -> list[Path]:
        """The links directly in the inbox. They are never followed, so what they lead to is not read."""
        found = self.inbox.iterdir() if disk.is_folder(self.inbox) else ()
        return sorted(path for path in found if path.is_symlink() and not path.name.startswith("."))

    def check_folders(self) -> None:
        """Raises disk.NotPlain if a folder of the desk is a link or no folder: what it holds would lie elsewhere.

        Then results could be read as inputs, and moved. The desk itself may be a link, which its user has chosen.
        """
        theirs = (
            self.inbox,
            self.inbox / "done",
            self.inbox / "failed",
            self.outbox,
            self.history,
            self.history / "rules",
        )
        for folder in theirs:
            disk.check_folder(folder)

    @property
    def workbooks(self) -> dict[str, Path]:
        """The workbooks in the outbox by the name of their run, such as 20261123_090000, the newest first."""
        found = self.outbox.iterdir() if disk.is_folder(self.outbox) else ()
        runs = {name[1]: path for path in found if (name := _WORKBOOK.fullmatch(path.name)) and disk.is_file(path)}
        return {
            run: runs[run] for run in sorted(runs, key=lambda run: (run.split("_")[:2], len(run), run), reverse=True)
        }

    @property
    def ledger(self) -> Path:
        return self.outbox / "ledger.sqlite3"

    @property
    def history(self) -> Path:
        """The folder of the briefs."""
        return self.outbox / ".history"

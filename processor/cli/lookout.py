"""What a command that watches a desk does at each look: it fetches, runs and reminds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from processor import app
from processor.app import could_not_finish, reminding
from processor.app.arrivals import Waiting, Watched
from processor.app.choices import choices, choose
from processor.app.desk import Desk
from processor.app.downloads import exports, fetch, not_yet_there
from processor.app.errors import Refused
from processor.app.progress import UNHEARD
from processor.cli import clock
from processor.cli.deciding import begun, tell_outcome
from processor.cli.notifying import notify
from processor.cli.own_folders import choices_folder, downloads_folder, proof_marks
from processor.cli.terminal import Terminal
from processor.model import Text
from processor.opener.passwords import Passwords


class Lookout:
    """What one command that watches remembers from look to look."""

    def __init__(self, terminal: Terminal, desk: Desk, passwords: Callable[[], Passwords]) -> None:
        """`passwords` finds those that are known by now; it raises WrongUse."""
        self._terminal, self._desk, self._find_passwords = terminal, desk, passwords
        self._passwords = passwords()
        self._waiting = Waiting(desk)
        self._downloads = Watched(partial(_exports_of_today, downloads_folder()))
        self._refusal: object = None  # the last one that was said
        self._reminded: datetime | None = None  # the last time of day of which anything was said

    def tell(self, event: Mapping[str, Any], sentence: Text) -> None:
        self._terminal.tell([self._terminal.json_line(event) if self._terminal.as_json else sentence])

    def run(self) -> None:
        """Handles the inbox if new files lie there whole. What is refused is said once."""
        if not self._waiting.due(clock.seconds()):
            return
        terminal, hear = self._terminal, UNHEARD if self._terminal.as_json else partial(begun, self._terminal)
        try:
            moment = clock.moment(None)
            done = app.run(self._desk, moment, self._passwords, terminal.lang, marks=proof_marks(), on_progress=hear)
        except (Refused, OSError) as error:
            self._waiting.in_vain(clock.seconds())
            self._passwords = self._find_passwords()  # one may have been kept meanwhile
            said, self._refusal = self._refusal, (type(error), str(error))
            if said != self._refusal:
                self._say(error)
            return
        self._refusal = None
        tell_outcome(terminal, done)

    def fetch(self) -> None:
        """Copies exports of today that have arrived whole in the downloads folder."""
        try:
            moment = clock.moment(None)
            for export in not_yet_there(self._desk, self._downloads.look(clock.seconds()).new, moment.date()):
                got = fetch(self._desk, export)
                self.tell(
                    {"type": "fetched", "file": got.name},
                    Text(
                        f"다운로드 폴더에서 복사해 왔습니다: {got.name}",
                        f"Copied from the downloads folder: {got.name}",
                    ),
                )
        except (Refused, OSError) as error:
            self._say(error)

    def remind(self) -> None:
        """Says what is due at this time of the day, unless it has been said, here or on the page."""
        try:
            now = clock.moment(None)
            last = reminding.time_of_day(now)
            if last is None or last == self._reminded:
                return
            self._reminded, chosen = last, choices(choices_folder(), self._desk)
            if last == chosen.reminded:
                return
            for text in app.reminders(self._desk, now, proof_marks()):
                self.tell({"type": "reminder", "message": text.said(self._terminal.lang)}, text)
                notify(self._desk.home.resolve().name, text.said(self._terminal.lang))
            choose(choices_folder(), self._desk, chosen._replace(reminded=last))
        except (Refused, OSError):
            return  # a run says what is wrong

    def _say(self, error: Refused | OSError) -> None:
        if isinstance(error, Refused):
            self._terminal.refused(error)
        else:
            self._terminal.complain(3, "could_not_finish", could_not_finish(error))


def _exports_of_today(folder: Path) -> list[Path]:
    return [*exports(folder, clock.moment(None).date())]

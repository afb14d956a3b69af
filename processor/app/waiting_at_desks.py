"""The open work of many desks, by their last runs: what waits where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from processor.app.attempt import Failed, attempted
from processor.app.desk import Desk
from processor.app.errors import could_not_finish
from processor.app.finding import called, find_desks
from processor.app.waiting import Status, status
from processor.model import Text, Turn, several


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits at one desk. status: why it cannot be told, if it cannot."""

    name: str
    status: Status | Failed
    inbox: int  # files that no run has handled yet
    newest: Path | None  # its newest list

    @property
    def first(self) -> date | None:
        """The most urgent deadline."""
        if isinstance(self.status, Failed):
            return None
        return next((item.act_by for item in self.status.waiting.items), None)

    @property
    def late(self) -> int:
        if isinstance(self.status, Failed):
            return 0
        today = self.status.today
        return sum(item.act_by is not None and item.act_by < today for item in self.status.waiting.items)

    @property
    def line(self) -> Text:
        """The line for a person."""
        if isinstance(self.status, Failed):
            why = self.status.message
            return Text(f"! {self.name}: {why.ko}", f"! {self.name}: {why.en}")
        told = Text.joined(" · ", [*self._waiting(self.status), *self._further(self.status)])
        return Text(f"  {self.name}: {told.ko}", f"  {self.name}: {told.en}")

    def _waiting(self, found: Status) -> Iterator[Text]:
        counts = Counter(item.turn for item in found.waiting.items)
        if found.waiting.last_run is not None and not counts:
            yield Text("기다리는 일 없음", "nothing waits")
        for turn in Turn:
            if counts[turn]:
                yield Text(f"{turn.text.ko} {counts[turn]:,}건", f"{counts[turn]:,} {turn.text.en}")
        if self.late:
            yield Text(f"기한 지남 {self.late:,}건", f"{self.late:,} late")
        if self.first is not None:
            yield Text(f"가장 급한 기한 {self.first}", f"most urgent {self.first}")

    def _further(self, found: Status) -> Iterator[Text]:
        last = found.waiting.last_run
        if last is None:
            yield Text("아직 한 번도 처리하지 않음", "nothing handled yet")
        else:
            yield Text(f"마지막 처리 {last:%m-%d %H:%M}", f"last run {last:%m-%d %H:%M}")
        if self.inbox:
            yield Text(f"inbox에 파일 {self.inbox:,}개", f"{several(self.inbox, 'file')} in inbox")

    def values(self, lang: str) -> dict[str, Any]:
        """The same for programs; the keys are a contract."""
        found = self.status
        if isinstance(found, Failed):
            return {
                "desk": self.name,
                "type": "error",
                "code": found.code,
                "message": found.message.said(lang),
                **found.details,
            }
        counts = Counter(item.turn for item in found.waiting.items)
        last = found.waiting.last_run
        return {
            "desk": self.name,
            "type": "desk",
            "waiting": {turn.value: counts[turn] for turn in Turn},
            "late": self.late,
            "first": self.first.isoformat() if self.first else None,
            "last_run": last.isoformat(timespec="seconds") if last else None,
            "inbox": self.inbox,
            "newest": str(self.newest) if self.newest else None,
        }


def all_waiting(root: Path, today: date, lang: str) -> list[Waits]:
    """What waits at each desk below a folder: those that cannot be told first, then by the most urgent deadline.

    Reads only the ledgers. Raises NoDesks.
    """
    found = find_desks(root)
    closed = [
        Waits(called(folder, root), Failed("could_not_finish", could_not_finish(error), {}, wrong_use=False), 0, None)
        for folder, error in found.closed
    ]
    return sorted([*closed, *(_of(desk, root, today, lang) for desk in found.desks)], key=_by_urgency)


def _of(desk: Desk, root: Path, today: date, lang: str) -> Waits:
    def told() -> tuple[Status, int]:
        desk.check_folders()
        files = [path for path in desk.lying_in_inbox if not path.name.startswith(".")]
        return status(desk, today), len(files)

    answer = attempted(told, "desks", desk.outbox, lang)
    known, files = (answer, 0) if isinstance(answer, Failed) else answer
    return Waits(called(desk.home, root), known, files, next(iter(desk.workbooks.values()), None))


def _by_urgency(one: Waits) -> tuple[bool, date, str]:
    return not isinstance(one.status, Failed), one.first or date.max, one.name

"""Reminders of a day: what must be done before it ends, and that its files are missing. They tell counts, never orders.

They belong to times of the day, and each is said once; whoever says it remembers the last time of day that he has said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from processor.model import Text

if TYPE_CHECKING:
    from processor.ledger import Waiting

_FILES_ARE_MISSED: Final = (time(10), time(14))
_DEADLINES_ARE_NEAR: Final = (time(14), time(17))


def time_of_day(now: datetime) -> datetime | None:
    """The last time of today at which there may have been something to remind of; None before the first."""
    begun = [time for time in (*_FILES_ARE_MISSED, *_DEADLINES_ARE_NEAR) if time <= now.time()]
    return datetime.combine(now, max(begun)) if begun else None


def reminders(found: Waiting, now: datetime, *, workday: bool) -> Iterator[Text]:
    """What is to be said at the last time of day before `now`. `workday`: is today one?"""
    last = time_of_day(now)
    if last is None or found.last_run is None:
        return
    today = now.date()
    due = sum(item.act_by == today for item in found.items)
    late = sum(item.act_by is not None and item.act_by < today for item in found.items)
    if workday and last.time() in _FILES_ARE_MISSED and found.last_run.date() < today:
        yield Text("오늘 파일을 아직 안 넣었습니다.", "Today's files have not been added yet.")
    if last.time() not in _DEADLINES_ARE_NEAR:
        return
    if due:
        over = Text(f" 기한이 지난 것도 {late:,}건 있습니다.", f" {late:,} more are late.") if late else Text("", "")
        yield Text(f"오늘 안에 {due:,}건 남았습니다.{over.ko}", f"{due:,} to be done today.{over.en}")
    elif late:
        yield Text(f"기한이 지난 일이 {late:,}건 남았습니다.", f"{late:,} are late.")

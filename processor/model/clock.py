"""When the clock of this computer, or the time of a file, cannot be right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from processor.model.text import Text

_CLOCKS_DIFFER: Final = timedelta(hours=1)
_LONGEST_PAUSE: Final = timedelta(days=40)


def on_a_later_day(moment: datetime, as_of: datetime) -> bool:
    """Whether the moment is on a later day than `as_of`: the hour matters less, as all is decided for a day.

    Around midnight the clocks of two computers may differ by an hour.
    """
    return moment.date() > as_of.date() and moment - as_of > _CLOCKS_DIFFER


def odd_pause(last: datetime, as_of: datetime) -> Text | None:
    """The sentence about a last run that was on a later day, or more than 40 days ago; None if it was neither."""
    now, then = f"{as_of:%Y-%m-%d %H:%M}", f"{last:%Y-%m-%d %H:%M}"
    if on_a_later_day(last, as_of):
        return Text(
            f"기준 시각은 {now}인데 마지막 실행은 그보다 뒤인 {then}에 있었습니다.",
            f"Today is taken to be {now}, but the last run was later than that, at {then}.",
        )
    if as_of - last > _LONGEST_PAUSE:
        days = (as_of.date() - last.date()).days
        return Text(
            f"기준 시각은 {now}인데 마지막 실행은 {then}, {days:,}일 전이었습니다.",
            f"Today is taken to be {now}, but the last run was at {then}, {days:,} days ago.",
        )
    return None

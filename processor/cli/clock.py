"""The moment to judge by, in Korean wall time whatever the computer's time zone. Only this module reads the clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from time import monotonic
from typing import Final

from processor.app.errors import no_day, too_far
from processor.model import YEARS_WITH_HOLIDAYS

_KST: Final = timezone(timedelta(hours=9))


def moment(written: str | None, option: str = "--as-of") -> datetime:
    """The moment that an option names; the present one without it.

    Raises WrongUse if it cannot be read, or lies in a year whose holidays are not known.
    """
    if written is None:
        found = datetime.now(_KST).replace(tzinfo=None, microsecond=0)
    else:
        try:
            parsed = datetime.fromisoformat(written)
            found = parsed.astimezone(_KST).replace(tzinfo=None) if parsed.tzinfo else parsed
        except (ValueError, OverflowError):
            raise no_day(written, option) from None
    if found.year not in YEARS_WITH_HOLIDAYS:
        raise too_far(found, option if written else None)
    return found


def seconds() -> float:
    """A clock that only goes forward, for what is waited for. It means nothing as a time of day."""
    return monotonic()

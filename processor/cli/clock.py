"""The moment to judge by, in Korean wall time whatever the computer's time zone. Only this module reads the clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

from processor.app.errors import no_day

_KST: Final = timezone(timedelta(hours=9))


def moment(written: str | None, option: str = "--as-of") -> datetime:
    """The moment that an option names; the present one without it. Raises WrongUse if it cannot be read."""
    if written is None:
        return datetime.now(_KST).replace(tzinfo=None, microsecond=0)
    try:
        parsed = datetime.fromisoformat(written)
        return parsed.astimezone(_KST).replace(tzinfo=None) if parsed.tzinfo else parsed
    except (ValueError, OverflowError):
        raise no_day(written, option) from None

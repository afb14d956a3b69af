"""The moment to judge by, in Korean wall time whatever the computer's zone: the only look at the clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

from processor.cli.errors import stop
from processor.model import Text, josa

_KST: Final = timezone(timedelta(hours=9))


def moment(written: str | None, option: str = "--as-of") -> datetime:
    """What an option says; now, where it says nothing."""
    if written is None:
        return datetime.now(_KST).replace(tzinfo=None, microsecond=0)
    try:
        parsed = datetime.fromisoformat(written)
        return parsed.astimezone(_KST).replace(tzinfo=None) if parsed.tzinfo else parsed
    except (ValueError, OverflowError):
        subject = josa(f"'{written}'", "은/는")
        wrong = Text(
            f"{option}에 적은 {subject} 날짜가 아닙니다. 2026-11-22처럼 적으세요.",
            f"{option} '{written}' is no date. Write it like 2026-11-22.",
        )
        stop(2, "usage", wrong)

"""The names that the Seller Center gives to downloads: `스마트스토어_전체주문발주발송관리_20260803_0921.xlsx` (exports §1.1).

A name is a hint about the time and the screen, never about the content.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

_STORE: Final = "스마트스토어"
ALL_ORDERS: Final = "전체주문"
"""Stands before the screen's name in a download of all that it shows, as 선택주문 does in one of the rows ticked."""
_SELECTION: Final = "선택주문"
_CLOCK: Final = "%Y%m%d_%H%M"
_DOWNLOADED: Final = re.compile(r"_(\d{8})_(\d{6}|\d{4})(?!\d)")
_DAY_TOLD: Final = re.compile(r"(?<!\d)(20\d{2})(?:[-._ ]|년 ?)?(\d{2})(?:[-._ ]|월 ?)?(\d{2})(?!\d)")


def file_name(screen: str, downloaded_at: datetime) -> str:
    """The name of a download, such as 스마트스토어_취소관리_20261123_0905.xlsx."""
    return f"{_STORE}_{screen}_{clock(downloaded_at)}.xlsx"


def clock(moment: datetime) -> str:
    """A moment as names of downloads tell it, to the minute."""
    return f"{moment:{_CLOCK}}"


def is_selection(name: str) -> bool:
    """Was it downloaded as 선택주문? Then it lists the rows that were ticked, and not all that the screen shows."""
    return _SELECTION in name


def taken_at(path: str) -> datetime | None:
    """The download time in a path, Korean wall time; the last one, where folders or the seller added others."""
    for day, time in reversed(_DOWNLOADED.findall(path)):
        try:
            return datetime.strptime(day + time.ljust(6, "0"), "%Y%m%d%H%M%S")  # noqa: DTZ007 - Korean wall time
        except ValueError:  # digits that are no time
            continue
    return None


def named_moment(path: str) -> datetime | None:
    """The download time in the name of the file itself, or of a member of a zip (`zip/file`)."""
    return taken_at(PurePosixPath(path).name)


def not_later_than(name: str) -> datetime | None:
    """The end of the day that the seller's own name tells, the last one of a period: saved again, a list is no younger."""
    days = []
    for parts in _DAY_TOLD.findall(name):
        try:
            days.append(datetime.strptime("".join([*parts, "2359"]), "%Y%m%d%H%M"))  # noqa: DTZ007 - Korean wall time
        except ValueError:  # digits that are no day
            continue
    return max(days, default=None)

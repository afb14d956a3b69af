"""The names that the Seller Center gives to downloads: `스마트스토어_전체주문발주발송관리_20260803_0921.xlsx` (exports §1.1).

A name is used as a hint about the time and the screen only, never about the content.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

_STORE: Final = "스마트스토어"
ALL_ORDERS: Final = "전체주문"
"""The word before the screen's name in a download of all orders. A download of the ticked rows has 선택주문 there."""
_SELECTION: Final = "선택주문"
_BEGINNINGS: Final = (_STORE, "스토어팜", "네이버페이")
_ENDINGS: Final = (".xlsx", ".xls")
_CLOCK: Final = "%Y%m%d_%H%M"
_DOWNLOADED: Final = re.compile(r"_(\d{8})_(\d{6}|\d{4})(?!\d)", re.ASCII)
_DAY_TOLD: Final = re.compile(r"(?<!\d)(20\d{2})(?:[-._ ]|년 ?)?(\d{2})(?:[-._ ]|월 ?)?(\d{2})(?!\d)", re.ASCII)


def file_name(screen: str, downloaded_at: datetime) -> str:
    """The name of a download, such as 스마트스토어_취소관리_20261123_0905.xlsx."""
    return f"{_STORE}_{screen}_{clock(downloaded_at)}.xlsx"


def clock(moment: datetime) -> str:
    """A moment as names of downloads write it, to the minute."""
    return f"{moment:{_CLOCK}}"


def is_download(name: str, screens: Iterable[str]) -> bool:
    """Does it look like the name of a download of one of these screens? Browsers add ` (1)`, sellers the name of their store."""
    if not name.lower().endswith(_ENDINGS):
        return False
    name = unicodedata.normalize("NFC", name)
    return any(beginning in name for beginning in _BEGINNINGS) and any(screen in name for screen in screens)


def is_selection(name: str) -> bool:
    """Was it downloaded as 선택주문? Then it has only the rows that the seller ticked."""
    return _SELECTION in name


def taken_at(path: str) -> datetime | None:
    """The last download time in a path, in Korean wall time; None if there is none.

    Folders may have other times before it.
    """
    for day, time in reversed(_DOWNLOADED.findall(path)):
        try:
            return datetime.strptime(day + time.ljust(6, "0"), "%Y%m%d%H%M%S")  # noqa: DTZ007 - Korean wall time
        except ValueError:  # digits that are not a time
            continue
    return None


def named_moment(path: str) -> datetime | None:
    """The download time in the name of the file itself, or of a member of a zip (`zip/file`)."""
    return taken_at(PurePosixPath(path).name)


def not_later_than(name: str) -> datetime | None:
    """The end of the last day that a file name contains; None if it contains none.

    A list that the seller names after a day is no newer than that day, even if he saves it again later.
    """
    days = []
    for parts in _DAY_TOLD.findall(name):
        try:
            days.append(datetime.strptime("".join([*parts, "2359"]), "%Y%m%d%H%M"))  # noqa: DTZ007 - Korean wall time
        except ValueError:  # digits that are not a day
            continue
    return max(days, default=None)

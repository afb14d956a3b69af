"""The words of 벌점."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "points": Text("벌점", "Penalty points"),
    "points_avoidable": Text("오늘 피할 수 있는 벌점", "Points that can be avoided today"),
    "points_nothing": Text("지금 해서 피할 수 있는 벌점이 없습니다.", "There are no points that could be avoided now."),
    "points_list": Text("오늘 목록 보기", "See today's list"),
    "points_task": Text("할 일", "Task"),
    "points_days": Text("그래프를 표로 보기", "The chart as a table"),
    "points_more": Text("자세히", "More"),
}

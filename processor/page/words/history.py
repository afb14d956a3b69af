"""The words of 기록, and of a past list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "history": Text("기록", "History"),
    "history_none": Text("아직 기록이 없습니다.", "There is nothing yet."),
    "history_orders": Text("주문 {n}건", "{n} orders"),
    "history_see": Text("그때 목록 보기", "See the list of then"),
    "history_others": Text("그날의 다른 처리 {n}번", "Other runs of that day: {n}"),
    "history_older": Text("더 오래된 기록 보기", "Show older days"),
    "history_past": Text(
        "지난 목록입니다. {at}에 본 그대로이고, 여기서는 아무것도 바뀌지 않습니다.",
        "This is a past list, as it was at {at}. Nothing can be changed here.",
    ),
    "history_back": Text("기록으로 돌아가기", "Back to the history"),
    "history_why": Text("왜 그랬는지 보기", "Why"),
}

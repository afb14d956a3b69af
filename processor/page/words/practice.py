"""The words of practice on invented orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "practice": Text("연습", "Practice"),
    "practice_about": Text(
        "진짜 주문이 아닙니다. 무엇을 눌러도 내 가게에는 아무 일도 없습니다. 내 화면은 다른 탭에 그대로 있습니다.",
        "No real orders. Nothing that you do here reaches your shop. Your own page is still there, in another tab.",
    ),
    "practice_end": Text("연습 끝내기", "End the practice"),
    "practice_ended": Text(
        "연습을 끝내고 연습 주문을 지웠습니다. 이 탭을 닫고 내 화면으로 돌아가세요.",
        "The practice has ended and its orders are gone. Close this tab and go back to your own page.",
    ),
    "practice_begin": Text("연습 주문으로 보기", "Look at practice orders"),
    "practice_beginning": Text("연습 주문을 준비하는 중입니다…", "Making practice orders…"),
    "practice_shown": Text("연습 화면을 새 탭에 열었습니다.", "The practice is open in a new tab."),
    "practice_address": Text(
        "새 탭을 열고 이 주소를 붙여 넣으세요 (한 번만 쓸 수 있습니다):",
        "Open a new tab and paste this address, which is good once:",
    ),
}

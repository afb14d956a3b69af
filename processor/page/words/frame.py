"""What stands around every screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "title": Text("오늘 할 일", "Today's work"),
    "excel": Text("엑셀로 받기", "Get the workbook"),
    "last_run": Text("마지막 실행", "Last run"),
    "never_run": Text("아직 실행하지 않았습니다.", "Nothing has been run yet."),
    "page_gone": Text(
        "프로그램이 끝났습니다. 작업 폴더의 '시작'을 다시 두 번 눌러 여세요.",
        "The program has ended. Open it again by a double click on 시작 in the folder of the desk.",
    ),
    "screens": Text("다른 화면", "Other screens"),
    "more_screens": Text("더 보기", "More"),
    "settings": Text("설정", "Settings"),
    "find": Text("주문 찾기", "Find an order"),
    "help": Text("도움말", "Help"),
    "loading": Text("읽는 중입니다…", "Loading…"),
    "skip": Text("본문으로 건너뛰기", "Skip to the content"),
}

"""What stands around every screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "title": Text("오늘 할 일", "Today's work"),
    "excel": Text("엑셀로 받기", "Get the workbook"),
    "files_as_of": Text("파일 기준 {at}", "By files of {at}"),
    "fresh": Text("최신", "up to date"),
    "out_of_date": Text("오래됨", "out of date"),
    "page_gone": Text(
        "프로그램이 끝났습니다. 작업 폴더의 '시작'을 다시 두 번 눌러 여세요.",
        "The program has ended. Open it again by a double click on 시작 in the folder of the desk.",
    ),
    "screens": Text("다른 화면", "Other screens"),
    "more_screens": Text("더 보기", "More"),
    "settings": Text("설정", "Settings"),
    "help": Text("도움말", "Help"),
    "loading": Text("읽는 중입니다…", "Loading…"),
    "outcomes": Text("오늘의 할 일", "Today's work by kind"),
    "skip": Text("본문으로 건너뛰기", "Skip to the content"),
}

"""The words of 파일 넣기 and of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "files": Text("파일 넣기", "Add files"),
    "drop": Text(
        "여기에 끌어다 놓으세요. 받은 그대로, 여러 개를 한꺼번에 넣어도 됩니다.",
        "Drop files here, as you downloaded them, as many as you like.",
    ),
    "choose": Text("파일 고르기", "Choose files"),
    "run": Text("실행", "Run"),
    "running": Text("읽고 판단하는 중입니다…", "Reading and deciding…"),
    "files_read": Text("파일을 읽는 중입니다", "Reading files"),
    "orders_judged": Text("주문을 판단하는 중입니다", "Deciding orders"),
    "sheets_written": Text("처리목록을 쓰는 중입니다", "Writing the workbook"),
    "arriving": Text("넣는 중", "arriving"),
    "arrived": Text("넣었습니다", "added"),
    "not_arrived": Text("넣지 못했습니다", "not added"),
    "no_folder": Text(
        "폴더는 넣을 수 없습니다. 안의 파일을 골라 넣으세요", "A folder can't be added. Choose the files inside it"
    ),
    "empty": Text("내용이 없는 파일이라 넣지 않았습니다", "Not added, for it is empty"),
    "too_large": Text("파일이 너무 커서 넣지 않았습니다", "Not added, for it is too large"),
    "lying": Text("inbox에 있는 파일", "Files in inbox"),
    "waiting": Text("실행을 기다립니다", "waits for a run"),
    "password": Text("엑셀 비밀번호", "Password of the files"),
    "keep": Text("이 컴퓨터에 기억하기", "Remember on this computer"),
    "give_password": Text("비밀번호 넣고 실행", "Run with this password"),
    "not_kept": Text(
        "이 컴퓨터에 기억하지 못했습니다. 화면을 닫을 때까지는 기억합니다.",
        "It could not be kept on this computer. It is remembered until the page is closed.",
    ),
    "clock_right": Text("날짜가 맞습니다. 실행하기", "The date is right: run"),
    "see_today": Text("오늘 목록 보기", "See today's list"),
}

"""The words of the page, for its template and its scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "title": Text("오늘 할 일", "Today's work"),
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
    "excel": Text("엑셀로 받기", "Get the workbook"),
    "no_files": Text(
        "아직 오늘 파일이 없습니다. 판매자센터에서 받아 끌어다 놓으세요.",
        "No files yet today. Download them from the Seller Center and drop them here.",
    ),
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
    "open_work": Text("남은 일", "Open work"),
    "nothing_open": Text("남은 일이 없습니다.", "Nothing is open."),
    "last_run": Text("마지막 실행", "Last run"),
    "never_run": Text("아직 실행하지 않았습니다.", "Nothing has been run yet."),
    "outcome": Text("결과", "Outcome"),
    "password": Text("엑셀 비밀번호", "Password of the files"),
    "keep": Text("이 컴퓨터에 기억하기", "Remember on this computer"),
    "give_password": Text("비밀번호 넣고 실행", "Run with this password"),
    "not_kept": Text(
        "이 컴퓨터에 기억하지 못했습니다. 화면을 닫을 때까지는 기억합니다.",
        "It could not be kept on this computer. It is remembered until the page is closed.",
    ),
    "clock_right": Text("날짜가 맞습니다. 실행하기", "The date is right: run"),
    "page_gone": Text(
        "프로그램이 끝났습니다. 작업 폴더의 '시작'을 다시 두 번 눌러 여세요.",
        "The program has ended. Open it again by a double click on 시작 in the folder of the desk.",
    ),
    "nothing_to_do": Text("할 일 없음", "Nothing to do"),
    "irreversible": Text(
        "되돌릴 수 없습니다. 번호를 한 번 더 보세요.", "This can't be undone. Look at the numbers once more."
    ),
    "orders": Text("{n}건", "{n} orders"),
    "copy_numbers": Text("상품주문번호 복사", "Copy the order numbers"),
    "copy_message": Text("글 복사", "Copy the message"),
    "copied": Text("복사했습니다", "Copied"),
    "done": Text("완료", "Done"),
    "all_done": Text("모두 완료", "All done"),
    "really_done": Text(
        "{n}건을 판매자센터에서 끝까지 처리하셨나요?", "Are all {n} done in the Seller Center, to the last step?"
    ),
    "yes_all_done": Text("네, 모두 완료", "Yes, all done"),
    "not_yet": Text("아직이요", "Not yet"),
    "take_back": Text("되돌리기", "Take it back"),
    "taken_back": Text("되돌렸습니다", "Taken back"),
}

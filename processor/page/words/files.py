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
    "arriving": Text("넣는 중 {done} / {of}", "adding {done} of {of}"),
    "arrived": Text("{n}개를 넣었습니다.", "{n} added."),
    "not_arrived": Text("넣지 못했습니다", "not added"),
    "no_folder": Text(
        "폴더는 넣을 수 없습니다. 안의 파일을 골라 넣으세요", "A folder can't be added. Choose the files inside it"
    ),
    "no_link": Text(
        "링크는 넣을 수 없습니다. 파일을 내려받아 넣으세요.", "A link can't be added. Download the file and add that."
    ),
    "dropped_link": Text("끌어다 놓은 것", "What was dropped"),
    "empty": Text("내용이 없는 파일이라 넣지 않았습니다", "Not added, for it is empty"),
    "too_large": Text("파일이 너무 커서 넣지 않았습니다", "Not added, for it is too large"),
    "lying": Text("넣은 파일", "Files that were added"),
    "files_reading": Text("읽는 중", "Reading"),
    "rows_of": Text("{screen} {n}건", "{screen}: {n}"),
    "made_at": Text("{time} 기준", "as of {time}"),
    "file_link": Text(
        "다른 곳을 가리키는 링크라 읽지 않습니다. 파일 자체를 넣어 주세요.",
        "A link to another place, which is not read. Add the file itself.",
    ),
    "take_out": Text("빼기", "Take out"),
    "taken_out": Text("{file} 파일을 뺐습니다. {place}에 있습니다.", "{file} was taken out. It lies in {place}."),
    "password_needed": Text("비밀번호 필요", "Password needed"),
    "password_needed_first": Text(
        "비밀번호 필요 (이 파일을 열어야 처리할 수 있습니다)", "Password needed (nothing is decided without this file)"
    ),
    "passwords_first": Text(
        "비밀번호를 알아야 열 수 있는 파일이 있어 아무것도 판단하지 않았고, 파일은 모두 그대로 있습니다: {files}. 파일마다 비밀번호를 적어 주세요.",
        "Some files need a password, so nothing was decided, and every file is where it was: {files}. Type the password beside each.",
    ),
    "password_wrong": Text("비밀번호가 맞지 않습니다.", "The password is wrong."),
    "password_of": Text("{file} 비밀번호", "Password of {file}"),
    "open_file": Text("열기", "Open"),
    "password": Text("엑셀 비밀번호", "Password of the files"),
    "keep": Text("이 컴퓨터에 기억하기", "Remember on this computer"),
    "give_password": Text("비밀번호 넣고 실행", "Run with this password"),
    "not_kept": Text(
        "이 컴퓨터에 기억하지 못했습니다. 화면을 닫을 때까지는 기억합니다.",
        "It could not be kept on this computer. It is remembered until the page is closed.",
    ),
    "switched_off": Text("항목 {n}개가 꺼져 있습니다", "{n} columns are switched off"),
    "switch_on": Text("켜는 법", "How to switch them on"),
    "teach_columns": Text("가르치기", "Teach it"),
    "to_correct_in": Text("고칠 줄 {n}", "Rows to correct: {n}"),
    "files_needed": Text("오늘 필요한 파일", "Files that today needs"),
    "file_there": Text("있음", "there"),
    "file_lacking": Text("없음", "missing"),
    "rows_to_correct": Text("고칠 줄", "Rows to correct"),
    "rows_to_correct_how": Text(
        "판매자센터에 보이는 대로 고쳐 저장하면 이어서 처리합니다. 받은 파일은 그대로 둡니다.",
        "Correct them as the Seller Center shows them, and save. The file that you downloaded stays as it is.",
    ),
    "row_number": Text("{row}행", "row {row}"),
    "product_unknown": Text("상품을 알 수 없음", "product not known"),
    "leave_row_out": Text("이 줄 빼기", "Leave this row out"),
    "row_left_out": Text(
        "이 줄은 빼고 처리합니다. 판매자센터에서 직접 확인하세요.",
        "It is decided without this row. Look at this order in the Seller Center.",
    ),
    "further_to_correct": Text(
        "고칠 줄이 {n}개 더 있습니다. 이렇게 많으면 판매자센터에서 다시 내려받는 것이 빠릅니다.",
        "There are {n} more. With so many, another download is quicker.",
    ),
    "save": Text("저장", "Save"),
    "corrected": Text("고친 줄을 저장했습니다. 실행하면 이어서 처리합니다.", "Saved. The next run goes on with them."),
    "add_cancels": Text("취소관리 넣기", "Add 취소관리"),
    "run_anyway": Text("그래도 보기", "Go on anyway"),
    "clock_in_doubt": Text(
        "지난번에는 {last}에 실행했는데, 이 컴퓨터의 시계는 지금 {now}입니다. 날짜가 틀리면 끝나지 않은 주문과 답을 잃게 되어 멈췄습니다. "
        "틀렸으면 컴퓨터의 날짜를 맞춘 뒤 다시 하세요.",
        "The last run was at {last}, and this computer's clock now says {now}. With a wrong date, open orders and answers would be "
        "forgotten, so nothing was done. If it is wrong, set the date and try again.",
    ),
    "clock_right": Text("날짜가 맞습니다. 실행하기", "The date is right: run"),
    "try_again": Text("다시", "Try again"),
    "details": Text("자세히", "Details"),
    "see_today": Text("오늘 목록 보기", "See today's list"),
}

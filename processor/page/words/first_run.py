"""The words of the first run's five cards. `first_CARD` is a card's title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "first_run": Text("처음이시면 이 다섯 가지부터", "Five things to begin with"),
    "first_later": Text("나중에", "Later"),
    "first_practice": Text("연습부터 할까요?", "Practise first?"),
    "first_practice_about": Text(
        "연습용 주문 360건으로 먼저 눌러 볼 수 있습니다. 내 가게에는 아무 일도 없습니다.",
        "360 practice orders to click through first. Nothing of it reaches your shop.",
    ),
    "first_own_files": Text("내 파일로 시작", "Begin with my own files"),
    "first_settings": Text("내 가게는 어떤가요?", "How does your shop work?"),
    "first_settings_about": Text(
        "가장 많이 쓰이는 다섯 가지만 정하면 됩니다. 나머지는 처음 값이 안전합니다.",
        "Only the five that matter most. The others are safe as they are.",
    ),
    "first_settings_set": Text("다섯 가지 정하기", "Set the five"),
    "first_settings_all": Text("나머지도 모두 보기", "Show all the others too"),
    "first_password": Text("받은 엑셀의 비밀번호", "The password of your downloads"),
    "first_password_about": Text(
        "판매자센터에서 엑셀을 받을 때 정한 비밀번호입니다. 이 컴퓨터 밖으로 나가지 않습니다.",
        "The one that you chose in the Seller Center for its spreadsheets. It does not leave this computer.",
    ),
    "first_password_text": Text("비밀번호", "Password"),
    "first_password_keep": Text("다음에도 쓰게 이 컴퓨터에 기억하기", "Remember it here for the next time"),
    "first_password_give": Text("알려 주기", "Tell it"),
    "first_password_told": Text("알겠습니다.", "Thank you."),
    "first_orders": Text("지금 넣은 주문들은", "The orders that you have added"),
    "first_orders_none": Text("파일을 넣으면 고를 수 있습니다.", "You can choose once you have added files."),
    "first_orders_add": Text("파일 넣으러 가기", "Go and add some"),
    "first_orders_today": Text("오늘부터 처리합니다", "are to be handled from today on"),
    "first_orders_done": Text(
        "이미 처리했습니다 (기준으로만 저장: 처리목록은 만들지 않고, 다음 파일과 비교합니다)",
        "were handled already (kept only to compare the next files with: no workbook is made)",
    ),
    "first_orders_go": Text("이대로 시작", "Begin so"),
    "first_points": Text("지금 벌점", "Your points now"),
    "first_points_about": Text(
        "판매자센터의 판매자정보 › 판매정책 준수 현황에 보이는 값입니다.",
        "As the Seller Center shows it under 판매자정보 › 판매정책 준수 현황.",
    ),
    "first_points_points": Text("벌점", "Points"),
    "first_points_ratio": Text("벌점 비율 (%)", "Share of points (%)"),
    "first_points_stage": Text("지금 단계", "Stage now"),
    "first_points_save": Text("적어 두기", "Note it"),
    "first_points_saved": Text("적어 두었습니다.", "Noted."),
}

"""The words of the search, and of the help about keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "find": Text("주문 찾기", "Find an order"),
    "find_hint": Text("번호, 상품, 옵션으로 찾기", "By number, product or option"),
    "found": Text("{n}건", "{n} found"),
    "found_more": Text("{n}건 가운데 처음 {most}건", "The first {most} of {n}"),
    "found_none": Text("오늘 목록에 그런 주문이 없습니다", "No such order is in today's list"),
    "close": Text("닫기", "Close"),
    "all_keys": Text("단축키", "Keys"),
    "key_move": Text("위·아래 주문으로", "Previous or next order"),
    "key_within": Text("주문의 단추 사이로", "Among an order's buttons"),
    "key_group": Text("다음 묶음으로", "Next group"),
    "key_open": Text("주문 보기", "See the order"),
    "key_answer": Text("보이는 답 가운데 고르기", "Give one of the answers shown"),
    "key_done": Text("완료", "Done"),
    "key_back": Text("마지막 것 되돌리기", "Take back the last"),
    "key_message": Text("글 복사", "Copy the message"),
    "key_number": Text("번호 복사", "Copy the number"),
    "key_there": Text("판매자센터에서 열기", "Open in the Seller Center"),
    "key_hold": Text("보류", "Put on hold"),
    "key_memo": Text("메모 적기", "Write a memo"),
    "key_select": Text("고르기", "Select"),
    "key_range": Text("여러 건 고르기", "Select several"),
    "key_find": Text("주문 찾기", "Find an order"),
    "key_help": Text("이 도움말", "This help"),
}

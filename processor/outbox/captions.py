"""Headers that several tables share, written once so that they are the same everywhere in both languages."""

from __future__ import annotations

from typing import Final

from processor.model import Text

PRODUCT_ORDER_NO: Final = Text("상품주문번호", "Product order no.")
ORDER_NO: Final = Text("주문번호", "Order no.")
PRODUCT_NAME: Final = Text("상품명", "Product")
PRODUCT_NO: Final = Text("상품번호", "Product no.")
OPTION: Final = Text("옵션정보", "Option")
MESSAGE: Final = Text("안내문", "Message to paste")
WHY: Final = Text("이유", "Why")
UNDO: Final = Text("되돌리기", "Undo")
RULE: Final = Text("규칙", "Rule")
SOURCE: Final = Text("출처", "Source")
COUNT: Final = Text("건수", "Count")
CONCERNED: Final = Text("해당 주문", "Orders")
FILE: Final = Text("파일", "File")
SHEET: Final = Text("시트", "Sheet")
DAY: Final = Text("날", "Day")
UP_TO: Final = Text("많으면", "Up to")
POINTS: Final = Text("점수", "Points")
UNTIL: Final = Text("언제까지", "Until")
EVENT: Final = Text("사건", "Event")
AVOID: Final = Text("피하는 방법", "How to avoid it")
SUPPORT: Final = Text("플랫폼 지원", "Naver may pay")

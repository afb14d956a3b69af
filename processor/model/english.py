"""What the workbook's sheets and columns are called in English, each once. In the code their Korean names are the names.

A new sheet or column gets its line here; the words of the rules and their values have their English in `judge/words.py`.
What comes back filled is recognised by `exports` in rules.yaml, where the columns for answers stand under these names too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model.actions import Action
from processor.model.answer_cells import ANSWER_CELLS, RESULT

SHEETS: Final[Mapping[str, str]] = {
    "요약": "Summary",
    **{action.ko: action.en for action in Action},
    "패널티": "Penalties",
    "비용부담": "Costs",
    "규칙": "Rules",
    "입력파일": "Inputs",
    "답변": "Answers",
    "품절상품": "Sold-out products",
}

HEADERS: Final[Mapping[str, str]] = {
    **{cell.header.ko: cell.header.en for cell in ANSWER_CELLS},
    # the sheets to work through
    "상품주문번호": "Product order no.",
    "주문번호": "Order no.",
    "상품명": "Product",
    "옵션정보": "Option",
    "수량": "Quantity",
    "주문상태": "Order state",
    "사유": "Reason",
    "귀책": "Fault",
    "조치": "Action",
    "이유": "Why",
    "왜 다른 조치가 아닌가": "Why nothing else",
    "배송비 부담": "Who pays shipping",
    "부담금액": "Shipping amount",
    "패널티": "Penalty",
    "처리기한": "Act by",
    "되돌리기": "Undo",
    "화면 순서": "Screen steps",
    "안내문": "Message to paste",
    "안내문 뜻": "The message in English",
    "규칙": "Rule",
    "출처": "Source",
    # 요약
    "할 일 (급한 것부터)": "To do (most urgent first)",
    "건수": "Count",
    "끝낸 것": "Done",
    "가장 급한 기한": "Most urgent",
    "기한 지남": "Late",
    "막을 점수": "Points avoided",
    "붙을 점수": "Points brought",
    "오늘의 합계": "Today's totals",
    "값": "Value",
    "단위": "Unit",
    "모르는 것과 알려 주는 방법": "What is not known, and how to tell it",
    "걸린 주문": "Orders",
    "어느 시트": "On sheet",
    "품절로 바꿀 상품": "Product to mark sold out",
    "상품번호": "Product no.",
    "옵션": "Options",
    # where the rows went
    "파일": "File",
    "시트": "Sheet",
    "종류": "Kind",
    "읽은 줄": "Rows read",
    "결정": "Decided",
    "합침": "Merged",
    "목록": "Listed",
    "문제": "Problems",
    "덧붙임": "Note",
    # 패널티
    "항목": "Figure",
    "점·건": "Number",
    "많으면": "Up to",
    "날": "Day",
    "단계": "Stage",
    "지금": "Now",
    "무엇이 막히나": "What it restricts",
    "언제까지": "Until",
    "점수": "Points",
    "무엇을": "What to do by then",
    "원인": "Cause",
    "상품": "Product",
    "있는 점수": "Points now",
    "오늘 조치로": "By today's actions",
    "막을 수 있음": "Avoidable",
    "막을 수 없음": "Unavoidable",
    "정해지지 않음": "Unsettled",
    "사라지는 점수": "Expiring",
    "새로 붙을 점수": "Coming",
    "아무것도 안 하면": "Nothing done",
    "오늘 목록만 하면": "Today's lists done",
    "목록을 늘 다 하면": "Every list done",
    "제재 기준": "Sanction from",
    "비율: 안 하면": "Ratio: nothing done",
    "비율: 다 하면": "Ratio: all done",
    "어떤 점수": "Standing",
    "붙는 날": "Given on",
    "다른 해석": "Or, by another reading",
    "사라지는 날": "Gone on",
    "사건": "Event",
    "막는 길": "How to avoid it",
    # 비용부담
    "묶음번호": "Bundle no.",
    "구간": "Leg",
    "부담": "Borne by",
    "금액": "Amount",
    "플랫폼 지원": "Naver may pay",
    "배송비 유형": "Shipping fee",
    "근거": "Basis",
    "확실도": "Certainty",
    "부담하는 쪽": "Payer",
    "줄 수": "Lines",
    "배송비": "Shipping",
    "환불 지연배상": "Late-refund interest",
    "금액 모름": "Amount unknown",
    "맞추기": "Balance",
    "부담별 합계": "Sum of the payers",
    "장부 합계": "Sum of the ledger",
    "차이": "Difference",
    # 규칙
    "표": "Table",
    # 입력파일
    "파일 이름": "File name",
    "받은 때": "Downloaded at",
    "지문 (sha256)": "Hash (sha256)",
    "행": "Row",
    "열": "Column",
    "무엇이 문제인가": "What is wrong",
    "어떻게 하나": "How to mend it",
    "코드": "Code",
    # the form for answers
    "판매자 상품코드": "Seller's product code",
    "옵션관리코드": "Option code",
}

RESULTS: Final[Mapping[str, str]] = {choice.ko: choice.en for choice in RESULT.choices}
"""What 처리결과 may say."""

"""The words of 정리."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "tidy": Text("정리", "Tidying up"),
    "tidy_about": Text(
        "오래된 원본 파일에는 구매자 정보가 들어 있습니다. 필요 없어지면 지우세요.",
        "Old files hold information about buyers. Remove them when you do not need them any more.",
    ),
    "tidy_age": Text("얼마나 지난 것을 지울까요?", "How old must it be?"),
    "tidy_months": Text("{n}개월이 지난 것", "older than {n} months"),
    "tidy_month": Text("1개월이 지난 것", "older than a month"),
    "tidy_found": Text(
        "{before} 전의 것: 원본 파일 {inputs}개 · 끝난 주문 {orders}건 · 벌점 기록 {points}건 · 파일 기록 {files}개 · 지난 목록 기록 {history}개",
        "Older than {before}: {inputs} files as you dropped them, {orders} closed orders, {points} entries of points, "
        "{files} records of files, {history} files of the history",
    ),
    "tidy_nothing": Text("{before} 전의 것은 없습니다.", "There is nothing older than {before}."),
    "tidy_open": Text(
        "아직 끝나지 않은 주문 {n}건은 오래됐어도 남깁니다.", "Orders that are still open stay, however old: {n}"
    ),
    "tidy_see": Text("무엇을 지우는지 보기", "See what is removed"),
    "tidy_remove": Text("지우기", "Remove"),
    "tidy_really": Text(
        "지우면 되돌릴 수 없고, 그날의 목록도 다시 볼 수 없습니다. 지울까요?",
        "What is removed can't be brought back, nor can the lists of those days be seen again. Remove it?",
    ),
    "tidy_yes": Text("네, 지우기", "Yes, remove"),
}

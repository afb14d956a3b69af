"""The words of the page of all desks, and of the switch between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "all_desks": Text("모든 가게", "All stores"),
    "switch": Text("다른 가게로", "Another store"),
    "desks_store": Text("가게", "Store"),
    "desks_seller": Text("처리할 일", "To do"),
    "desks_buyer": Text("구매자와 대화", "Talk to buyers"),
    "desks_answer": Text("답해 주세요", "Please answer"),
    "desks_late": Text("기한 지남", "Late"),
    "desks_first": Text("가장 급한 기한", "Most urgent"),
    "desks_inbox": Text("새 파일", "New files"),
    "desks_last_run": Text("마지막 처리", "Last run"),
    "desks_never": Text("아직 없음", "none yet"),
    "desks_about": Text(
        "마지막으로 처리한 목록에서 아직 기다리는 일입니다. 급한 가게부터 보여 드립니다. 가게 이름을 누르면 그 가게의 화면이 열립니다.",
        "What still waits, by each store's last run, the most urgent store first. A store's name opens its page.",
    ),
    "desks_gone": Text(
        "프로그램이 끝났습니다. 처음에 여신 대로 다시 여세요.",
        "The program has ended. Open it again as you opened it.",
    ),
    "desks_back": Text("모든 가게로 돌아가기", "Back to all stores"),
    "desks_not_opened": Text("이 가게를 열지 못했습니다", "This store could not be opened"),
}

"""The words of the list of the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "open_work": Text("남은 일", "Open work"),
    "nothing_open": Text("남은 일이 없습니다.", "Nothing is open."),
    "no_files": Text(
        "아직 오늘 파일이 없습니다. 판매자센터에서 받아 끌어다 놓으세요.",
        "No files yet today. Download them from the Seller Center and drop them here.",
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

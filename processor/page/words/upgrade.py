"""The words of 새 기본 규칙."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "upgrade": Text("새 기본 규칙", "New default rules"),
    "upgrade_see": Text("새 기본 규칙 보기", "See the new default rules"),
    "upgrade_meets": Text(
        "직접 고치신 곳을 새 기본 규칙도 고쳤습니다. 고치신 것을 그대로 둡니다.",
        "The new default rules change entries that you have changed too. Yours stay.",
    ),
    "upgrade_line": Text("rules.yaml {line}줄, {name}", "rules.yaml, line {line}, {name}"),
    "upgrade_own": Text("내 것", "Yours"),
    "upgrade_default": Text("새 기본 규칙", "New default"),
    "upgrade_flips": Text("지난 주문이 어떻게 달라지는지", "Past orders that come out otherwise"),
    "upgrade_number": Text("상품주문번호", "Order number"),
    "upgrade_product": Text("상품", "Product"),
    "upgrade_before": Text("지금 규칙", "Rules of now"),
    "upgrade_after": Text("새 규칙", "New rules"),
    "upgrade_final": Text("되돌릴 수 없음", "can't be undone"),
    "upgrade_swap": Text("바꾸기", "Change to them"),
    "upgrade_really": Text(
        "rules.yaml을 새 기본 규칙으로 바꿀까요? 예전 파일은 이름을 바꿔 그대로 둡니다.",
        "Change rules.yaml to the new default rules? The old file is kept under another name.",
    ),
    "upgrade_yes": Text("네, 바꾸기", "Yes, change"),
}

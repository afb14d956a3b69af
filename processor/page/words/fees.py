"""The words of 배송비."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    "fees": Text("배송비", "Shipping fees"),
    "fees_orders": Text("주문마다 보기", "Order by order"),
}

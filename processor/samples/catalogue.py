"""The goods of an invented shop, on a few shelves. Goods of one shelf have the same delivery and shipping fees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PARCEL: Final = "택배,등기,소포"


@dataclass(frozen=True, slots=True)
class Good:
    no: str
    name: str
    sku: str
    price: int
    options: tuple[tuple[str, int], ...] = ()  # 옵션정보 and its surcharge in won
    addon: Good | None = None

    @property
    def kind(self) -> str:
        return "조합형옵션상품" if self.options else "단일상품"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Goods with the same delivery, the same dispatch time and the same shipping fees."""

    goods: tuple[Good, ...]
    weight: int
    policy: str  # 배송비 유형: 무료 · 유료 · 조건부무료 · 수량별
    fee: int = 0
    free_from: int = 0  # 조건부무료: free from this amount (won) on
    collect: bool = False  # 착불
    method: str = PARCEL
    attribute: str = "일반배송"
    weekdays_to_ship: int = 3
    subscription: bool = False

    def charge(self, amount: int, quantity: int) -> tuple[str, int]:
        """배송비 형태 and 배송비 합계 of one bundle."""
        if self.policy == "무료" or (self.policy == "조건부무료" and amount >= self.free_from):
            return "무료", 0
        fee = self.fee * -(-quantity // 2) if self.policy == "수량별" else self.fee
        return ("착불" if self.collect else "선불"), fee


CURTAIN_ROD = Good("8100000102", "[추가구성] 커튼봉 세트", "CUR-ROD", 9_900)
CURTAIN = Good(
    "8100000101", "암막 커튼 2장 세트", "CUR-01", 45_000, (("색상: 베이지", 0), ("색상: 차콜", 0)), CURTAIN_ROD
)
SHIRT = Good(
    "8100000001",
    "기본 면 티셔츠",
    "TS-01",
    15_900,
    (("색상: 화이트 / 사이즈: M", 0), ("색상: 화이트 / 사이즈: L", 0), ("색상: 블랙 / 사이즈: XL", 2_000)),
)
TROUSERS = Good(
    "8100000002",
    "밴딩 와이드 팬츠",
    "PT-07",
    32_000,
    (("색상: 네이비 / 사이즈: S", 0), ("색상: 네이비 / 사이즈: M", 0)),
)
SOCKS = Good("8100000003", "데일리 양말 5켤레", "SK-05", 8_900)
PAN = Good("8100000201", "주물 프라이팬 26cm", "PAN-26", 28_500)
SHELF_UNIT = Good("8100000301", "원목 3단 선반", "FN-310", 189_000, (("색상: 오크", 0), ("색상: 월넛", 15_000)))
BATTERY = Good("8100000401", "보조배터리 10000mAh", "BT-10", 24_900)
CAKE = Good("8100000501", "생크림 케이크 1호", "CK-01", 33_000)
CALENDAR = Good("8100000601", "내년 탁상 달력 예약판", "CAL-27", 12_000)
COFFEE = Good("8100000701", "원두 정기구독 500g", "CF-500", 18_000, (("분쇄: 홀빈", 0), ("분쇄: 드립", 0)))
RICE = Good("8100000801", "햅쌀 10kg", "RC-10", 36_000)
RING = Good("8100000901", "이니셜 각인 반지 (주문제작)", "RG-MADE", 59_000, (("호수: 11 / 각인: 요청대로", 0),))
SUPPLEMENT = Good("8100000902", "해외직구 비타민 200정", "VT-US", 27_000)
SCARF = Good("8100000903", "울 머플러", "SC-03", 21_000, (("색상: 그레이", 0), ("색상: 버건디", 0)))

CLOTHES = Shelf((SHIRT, TROUSERS, SOCKS), 52, "조건부무료", 3_000, 50_000)
HOME = Shelf((CURTAIN,), 14, "유료", 3_000)
KITCHEN = Shelf((PAN,), 10, "무료")
FURNITURE = Shelf((SHELF_UNIT,), 4, "유료", 25_000, collect=True, method="직접전달")
TODAY = Shelf((BATTERY,), 7, "유료", 3_000, attribute="오늘출발", weekdays_to_ship=0)
HOPED_DAY = Shelf((CAKE,), 3, "유료", 5_000, method="퀵서비스", attribute="희망일배송", weekdays_to_ship=4)
PREORDER = Shelf((CALENDAR,), 3, "유료", 3_000, attribute="예약구매", weekdays_to_ship=10)
SUBSCRIPTION = Shelf((COFFEE,), 4, "무료", weekdays_to_ship=1, subscription=True)
GRAIN = Shelf((RICE,), 3, "수량별", 3_000)
# Goods for the hand-made stories only; random orders never have them.
MADE_TO_ORDER = Shelf((RING,), 0, "무료", weekdays_to_ship=10)
OVERSEAS = Shelf((SUPPLEMENT,), 0, "무료", weekdays_to_ship=10)
SOLD_OUT = Shelf((SCARF,), 0, "유료", 3_000)

SHELVES: Final = (CLOTHES, HOME, KITCHEN, FURNITURE, TODAY, HOPED_DAY, PREORDER, SUBSCRIPTION, GRAIN)

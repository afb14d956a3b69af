"""Hand-made stories: an order, with one line or several, for every kind of case that the desk must decide.

The number before a story is its row in the table of cases. The expected decisions are in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from processor.samples.cart import Line
from processor.samples.catalogue import (
    CLOTHES,
    CURTAIN,
    CURTAIN_ROD,
    FURNITURE,
    GRAIN,
    HOME,
    KITCHEN,
    MADE_TO_ORDER,
    OVERSEAS,
    RICE,
    SCARF,
    SOLD_OUT,
    SUBSCRIPTION,
    TODAY,
    TROUSERS,
)
from processor.samples.order import Order
from processor.samples.stage import Stage, Story


def stories(as_of: datetime) -> list[tuple[str, Order]]:
    """The name of each story with its order. A story of several lines is repeated for each line."""
    return [(story.name, order) for story in hand_made(as_of) for order in story.orders]


def story_answers(as_of: datetime) -> list[dict[str, str]]:
    """The rows that the seller writes on the 답변 sheet for these stories."""
    return [{"상품주문번호": s.orders[0].product_order_no, **s.answer} for s in hand_made(as_of) if s.answer]


def story_sold_out() -> list[dict[str, str]]:
    """The rows that the seller writes on the 품절상품 sheet: one sold-out option of one product."""
    return [{"상품번호": SCARF.no, "판매자 상품코드": SCARF.sku, "옵션정보": SCARF.options[0][0]}]


def hand_made(as_of: datetime) -> list[Story]:
    stage = Stage(as_of)
    return [
        *_nothing_to_cancel(stage),
        *_before_dispatch(stage),
        *_after_dispatch(stage),
        *_seller_cancels(stage),
        *_goods_come_back(stage),
        *_bundles(stage),
        *_no_claim(stage),
    ]


def _nothing_to_cancel(at: Stage) -> Iterator[Story]:
    yield at.story("1 취소완료", at.waiting(), CLOTHES, at.cancel(status="취소완료"))
    yield at.story(
        "2 수량 일부 취소요청", at.waiting(), GRAIN, at.cancel(partial=True), lines=(Line(RICE, quantity=3),)
    )
    yield at.story("7 결제대기 · 취소요청", at.unpaid(), CLOTHES, at.cancel())
    yield at.story("17 취소철회 · 미발송", at.waiting(paid=2), CLOTHES, at.cancel(status="취소철회"))
    yield at.story("17 취소철회 · 이미 발송", at.on_the_way(), CLOTHES, at.early_cancel(status="취소철회"))


def _before_dispatch(at: Stage) -> Iterator[Story]:
    waiting = at.waiting()
    yield at.story("8 취소요청 · 송장 없음 · 미포장", waiting, CLOTHES, at.cancel())
    yield at.story("8 취소요청 · 발주확인 전", at.new(), KITCHEN, at.cancel("색상 및 사이즈 변경"))
    yield at.story("8 취소요청 · 상품품절 사유", waiting, CLOTHES, at.cancel("상품품절"))
    yield at.story("8 취소요청 · 누구 잘못인지 모르는 배송지연", waiting, CLOTHES, at.cancel("배송지연"))
    yield at.story("8 취소요청 · 직접전달 · 미포장", waiting, FURNITURE, at.cancel())
    yield at.story("9 취소요청 · 구매자 사유 · 포장", waiting, HOME, at.cancel(), answer={"출고상태": "포장"})
    yield at.story(
        "10 취소요청 · 판매자 사유 · 포장", waiting, HOME, at.cancel("배송누락"), answer={"출고상태": "포장"}
    )
    yield at.story("11 취소요청 · 송장 출력", at.printed(), CLOTHES, at.cancel())
    yield at.story(
        "12 취소요청 · 집화 · 택배 · 구매자 사유", waiting, KITCHEN, at.cancel(), answer={"출고상태": "집화"}
    )
    yield at.story(
        "12 취소요청 · 집화 · 택배 · 판매자 사유", waiting, KITCHEN, at.cancel("배송누락"), answer={"출고상태": "집화"}
    )
    yield at.story("13 취소요청 · 집화 · 직접전달", waiting, FURNITURE, at.cancel(), answer={"출고상태": "집화"})
    yield at.story("14 취소요청 · 출고 모름", waiting | {"ticked": False}, CLOTHES, at.cancel())
    yield at.story("15 취소요청 · 주문제작", waiting, MADE_TO_ORDER, at.cancel())
    yield at.story("15 취소요청 · 해외", waiting, OVERSEAS, at.cancel())
    yield at.story("27 앞서 승인한 취소요청", waiting, CLOTHES, at.cancel())


def _after_dispatch(at: Stage) -> Iterator[Story]:
    yield at.story("6 취소요청 · 배송중", at.on_the_way(), CLOTHES, at.early_cancel())
    yield at.story("6 취소요청 · 배송중 · 무료배송", at.on_the_way(), KITCHEN, at.early_cancel())
    yield at.story("6 취소요청 · 배송완료 · 판매자 사유", at.delivered(), HOME, at.early_cancel("배송누락"))
    yield at.story("16 취소요청 · 구매확정", at.decided(), CLOTHES, at.early_cancel())


def _seller_cancels(at: Stage) -> Iterator[Story]:
    waiting, sold_out = at.waiting(), {"판매취소사유": "상품품절", "실제사유": "품절"}
    subscribed = waiting | {"subscription": 6, "subscription_round": 2}
    agreed = {"구매자동의": "예"}
    disguised = {"판매취소사유": "구매의사취소", "실제사유": "품절"}
    changed_mind = {"판매취소사유": "구매의사취소", "실제사유": "구매의사취소"}
    yield at.story("4 품절을 변심으로 취소", waiting, CLOTHES, answer=disguised | agreed)
    yield at.story("5 품절 · 동의 모름", waiting, CLOTHES, answer=sold_out)
    yield at.story("5 품절 · 동의 아니오", waiting, CLOTHES, answer=sold_out | {"구매자동의": "아니오"})
    yield at.story("18 품절 · 동의 예", waiting, CLOTHES, answer=sold_out | agreed)
    yield at.story("18 품절 · 동의 예 · 정기구독", subscribed, SUBSCRIPTION, answer=sold_out | agreed)
    yield at.story("18 품절 · 동의 예 · 선물", waiting | {"channel": "선물하기"}, CLOTHES, answer=sold_out | agreed)
    yield at.story("18 품절 · 동의 예 · 오늘출발", at.waiting(paid=0), TODAY, answer=sold_out | agreed)
    yield at.story("19 구매자 변심 대리 · 동의 예", waiting, CLOTHES, answer=changed_mind | agreed)
    yield at.story("20 일곱 사유에 없음", waiting, CLOTHES, answer=agreed | {"판매취소사유": "가격 오기재"})
    yield at.story("21 품절인데 집화", waiting, CLOTHES, answer=sold_out | agreed | {"출고상태": "집화"})
    yield at.story("21 품절인데 배송중", at.on_the_way(), CLOTHES, answer=sold_out | agreed)
    lost = (Line(SCARF),)
    yield at.story("26 품절상품 · 동의 모름", waiting, SOLD_OUT, lines=lost)
    yield at.story("26 품절상품 · 동의 예", waiting, SOLD_OUT, lines=lost, answer=agreed)
    yield at.story("25 품절상품의 다른 옵션", waiting, SOLD_OUT, lines=(Line(SCARF, option=1),))


def _goods_come_back(at: Stage) -> Iterator[Story]:
    here = at.delivered()
    back = at.sent_back
    yield at.story("1 반품완료", here, CLOTHES, back("return", "반품완료", "구매의사취소", 2))
    yield at.story(
        "3 반품 진행 중 판매자취소",
        here,
        CLOTHES,
        back("return", "수거중", "구매의사취소"),
        answer={"판매취소사유": "구매의사취소"},
    )
    yield at.story("22 반품요청 · 구매자 사유", here, CLOTHES, back("return", "반품요청", "구매의사취소"))
    yield at.story("22 반품 수거중 · 판매자 사유", here, HOME, back("return", "수거중", "상품파손"))
    yield at.story("22 반품 수거완료 · 어제", here, CLOTHES, back("return", "수거완료", "구매의사취소", 1))
    yield at.story("22 반품 수거완료 · 기한 지남", here, KITCHEN, back("return", "수거완료", "오배송", 5))
    yield at.story("22b 교환 수거중", here, CLOTHES, back("exchange", "수거중", "색상 및 사이즈 변경"))
    yield at.story("22b 교환 수거완료", here, CLOTHES, back("exchange", "수거완료", "색상 및 사이즈 변경", 1))


def _bundles(at: Stage) -> Iterator[Story]:
    with_rod = (Line(CURTAIN), Line(CURTAIN_ROD, addon=True))
    two = (Line(CLOTHES.goods[0], quantity=2), Line(TROUSERS, option=1))
    waiting = at.waiting()
    yield at.story("23 본상품만 취소요청 · 추가상품 빠짐", waiting, HOME, at.cancel(), lines=with_rod)
    yield at.story("23 본상품과 추가상품 함께 취소요청", waiting, HOME, at.cancel(), lines=with_rod, claimed=2)
    yield at.story("8 묶음 가운데 하나만 취소요청", waiting, CLOTHES, at.cancel(), lines=two)
    yield at.story("8 묶음 모두 취소요청", waiting, CLOTHES, at.cancel(), lines=two, claimed=2)


def _no_claim(at: Stage) -> Iterator[Story]:
    yield at.story("24 발송기한 오늘", at.waiting(paid=3), CLOTHES)
    yield at.story("24 발송기한 다음 영업일", at.waiting(paid=2), CLOTHES)
    yield at.story("24 발송기한 하루 지남", at.waiting(paid=4), CLOTHES)
    yield at.story("24 발송기한 닷새 지남", at.waiting(paid=8), CLOTHES)
    yield at.story("25 여유 있는 주문", at.waiting(paid=1), CLOTHES)
    yield at.story("25 새 주문", at.new(paid=0), CLOTHES)

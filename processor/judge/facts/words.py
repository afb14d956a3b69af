"""The words of rules.yaml, one entry each: its values, what it means, where it comes from and how it is found.

A new word is an entry here, beside the function that finds it in `claim`, `order` or `goods`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, auto
from typing import Final

from processor.judge.facts import claim, goods, order
from processor.judge.facts.claims import Claims, Column
from processor.model import ANSWER_CELLS, Action, Col, Kind, Text
from processor.rulebook.types import Rulebook, Word


class About(IntEnum):
    """The topic of a word. Facts are found and shown topic by topic, in this order."""

    FILES = auto()
    ORDER = auto()
    GOODS = auto()
    DAYS = auto()
    REQUEST = auto()
    CLAIM = auto()
    AFTER = auto()
    FEES = auto()
    STORE = auto()
    DECISIONS = auto()  # found after all decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A word and how it is found."""

    word: Word
    about: About = About.DECISIONS
    find: Callable[[Claims], Column] | None = (
        None  # finds it for all orders at once; None = it comes from a setting, or from the seller's answer alone
    )
    setting: Callable[[Rulebook], str] | None = None  # the store's setting that answers it for every order
    grounds: Mapping[str, Text] = field(default_factory=dict)
    """What it was inferred from: key of `Claims.because` → sentence. A key without an entry is not explained."""
    said: Mapping[str, Text] = field(default_factory=dict)
    """Values that are said otherwise in a sentence than they are named in rules.yaml."""


_ALL: Final = (
    Fact(
        word=Word("요청", ("없음", "구매자취소", "판매자취소", "취소처리중", "취소철회", "반품진행", "교환진행", "완료"),
             Text("누가 무엇을 요청했는지", "who asked for what"),
             english=("request", "none", "cancel by the buyer", "cancel by the seller", "cancel under way", "cancel withdrawn", "return under way", "exchange under way", "finished"),
             columns=(Col.CANCEL_STATUS, Col.RETURN_STATUS, Col.EXCHANGE_STATUS, Col.CLAIM_STATUS, Col.CLAIM_CHANNEL,
                      Col.SELLER_REASON, Col.TRUE_REASON, Col.CONSENT, Col.EARLIER), lists=(Kind.SOLD_OUT,),
             facts=("주문상태", "송장")),
        about=About.REQUEST, find=claim.request,
        grounds={
            "판매취소사유": Text("적어 주신 판매취소사유로 봤습니다", "from the cancel reason that you gave"),
            "실제사유": Text("적어 주신 실제사유로 봤습니다", "from the true reason that you gave"),
            "품절목록": Text("품절상품 목록에 있습니다", "it is on your sold-out list"),
            "구매자동의": Text("적어 주신 구매자동의로 봤습니다", "from your answer that the buyer agrees"),
        },
    ),
    Fact(
        word=Word("다른클레임", ("없음", "반품", "교환"), Text("취소 말고 진행 중인 반품이나 교환", "another claim that is running"),
             english=("other claim", "none", "return", "exchange"),
             usual="없음",
             columns=(Col.RETURN_STATUS, Col.EXCHANGE_STATUS, Col.ORDER_NO, Col.PRODUCT_ORDER_NO)),
        about=About.CLAIM, find=claim.other_claim,
    ),
    Fact(
        word=Word("접수", ("구매자", "판매자", "직권"), Text("누가 판매자센터에서 접수했는지. 직권 = 구매확정 후 취소", "who filed the claim on the screen"),
             english=("filed by", "buyer", "seller", "undone after confirmation"),
             columns=(Col.CLAIM_CHANNEL, Col.CANCEL_STATUS)),
        about=About.REQUEST, find=claim.filed_by,
    ),
    Fact(
        word=Word("자료", ("온전", "모순", "일부문제"),
             Text("같은 주문의 줄들이 서로 맞는지", "do the rows of this order agree with each other"),
             english=("files", "sound", "contradicting", "partly unreadable"),
             usual="온전", columns=(Col.TROUBLE,)),
        about=About.FILES, find=claim.agreement_of_rows,
    ),
    Fact(
        word=Word("지난기록", ("없음", "답변모순", "목록에없음", "요청사라짐", "요청불명", "그대로"),
             Text("지난 실행과 비교해 알게 된 것", "what comparing with earlier runs shows"),
             english=("earlier runs", "nothing", "answers differ", "gone from every list", "request gone", "request unclear", "unchanged"),
             usual="없음", columns=(Col.EARLIER,)),
        about=About.FILES, find=claim.earlier_runs,
    ),
    Fact(
        word=Word("주문상태", ("결제대기", "신규", "발송대기", "배송중", "배송완료", "구매확정", "종료"),
             Text("주문이 어디까지 진행됐는지", "how far the order has come"),
             english=("order state", "awaiting payment", "new", "awaiting dispatch", "on its way", "delivered", "purchase confirmed", "closed"),
             columns=(Col.ORDER_STATUS, Col.CONFIRMED_AT, Col.CANCEL_STATUS)),
        about=About.ORDER, find=order.order_status,
        grounds={
            "취소요청": Text("취소요청이 남아 있어 발주확인된 것으로 봤습니다", "an open cancel request implies that the order was confirmed"),
        },
    ),
    Fact(
        word=Word("세부상태", ("보통", "발송지연", "수락대기"),
             Text("발송지연 처리를 했는지, 선물 수락을 기다리는지", "dispatch delay notified; gift waiting to be accepted"),
             english=("sub-state", "ordinary", "delay notified", "gift awaiting acceptance"),
             columns=(Col.ORDER_SUBSTATUS,)),
        about=About.ORDER, find=order.substatus,
    ),
    Fact(
        word=Word("송장", ("없음", "출력", "입력"), Text("입력 = 발송처리됨, 출력 = 송장만 뽑음", "입력 = dispatched, 출력 = only printed"),
             english=("invoice", "none", "printed", "dispatched"),
             columns=(Col.DISPATCHED_AT, Col.INVOICE_PRINTED_AT, Col.TRACKING_NO, Col.INVOICE_SEEN, Col.DISPATCH_SEEN), facts=("주문상태",)),
        about=About.ORDER, find=order.invoice,
        grounds={
            "주문상태": Text("주문상태를 보고 알았습니다", "from the order's state"),
            "송장번호": Text("송장번호가 적혀 있어 발송한 것으로 봤습니다", "an invoice number was typed, so dispatched"),
        },
    ),
    Fact(
        word=Word("출고", ("미포장", "포장", "집화"), Text("물건이 어디까지 나갔는지", "how far the parcel has gone"),
             english=("handover", "not packed", "packed", "picked up"),
             settings=("store.no_invoice_means", "store.unknown_handover"), facts=("송장",)),
        about=About.ORDER, find=order.handover,
        grounds={
            "송장없음": Text("송장이 없어 그렇게 봤습니다", "there is no invoice"),
            "송장출력": Text("송장을 뽑아서 그렇게 봤습니다", "its invoice is printed"),
            "송장입력": Text("발송처리되어 그렇게 봤습니다", "it is dispatched"),
            "설정": Text("store.unknown_handover 설정대로 봤습니다", "from the setting store.unknown_handover"),
        },
        said={"미포장": Text("포장 전", "not packed")},
    ),
    Fact(
        word=Word("배송", ("택배", "직접전달", "퀵", "방문수령", "없음"), Text("보내는 방법", "delivery method"),
             english=("delivery", "courier", "by the seller", "quick service", "collected by the buyer", "none"),
             columns=(Col.SHIP_METHOD, Col.SHIP_METHOD_REQUESTED)),
        about=About.ORDER, find=order.delivery,
        grounds={
            "구매자요청": Text("구매자가 고른 배송방법으로 봤습니다", "from the delivery that the buyer chose"),
        },
    ),
    Fact(
        word=Word("발송주체", ("판매자", "물류사"), Text("누가 발송하는지", "who dispatches: the seller or a logistics firm"),
             english=("dispatcher", "seller", "logistics firm"),
             columns=(Col.FULFILLMENT, Col.SHIP_ATTRIBUTE)),
        about=About.ORDER, find=order.dispatcher,
    ),
    Fact(
        word=Word("사유", ("목록에없음",), Text("취소·반품·교환 사유", "the stated reason"),
             english=("reason", "not on the list"),
             more="reasons",
             columns=(Col.CLAIM_REASON, Col.SELLER_REASON, Col.TRUE_REASON), settings=("reasons",), facts=("요청",)),
        about=About.CLAIM, find=claim.reason,
    ),
    Fact(
        word=Word("사유선택", ("가능", "불가"),
             Text("판매자 취소의 일곱 사유 가운데 맞는 것이 있는지", "does one of the seller's seven reasons fit"),
             english=("a fitting cancel reason", "there is one", "there is none"),
             settings=("reasons",), facts=("사유",)),
        about=About.CLAIM, find=claim.reason_fits,
    ),
    Fact(
        word=Word("귀책", ("구매자", "판매자"), Text("누구 책임인지", "whose fault it is"),
             english=("fault", "buyer", "seller"),
             settings=("reasons",), facts=("접수", "요청", "사유")),
        about=About.CLAIM, find=claim.fault,
    ),
    Fact(
        word=Word("실제사유", (), Text("판매자가 답한 진짜 이유", "the true cause, by the seller's answer or lists"),
             english=("true reason",),
             more="causes",
             columns=(Col.TRUE_REASON,), lists=(Kind.SOLD_OUT,), settings=("reasons",), facts=("요청", "사유")),
        about=About.CLAIM, find=claim.true_cause,
        grounds={
            "품절목록": Text("품절상품 목록에 있습니다", "it is on your sold-out list"),
            "판매취소사유": Text("적어 주신 사유 그대로 봤습니다", "taken as you stated it"),
        },
    ),
    Fact(
        word=Word("사유일치", ("예", "아니오"), Text("적은 사유가 실제사유와 같은지", "does the stated reason equal the true cause"),
             english=("stated reason is true", "yes", "no"),
             lists=(Kind.SOLD_OUT,), settings=("reasons",), facts=("요청", "사유", "실제사유")),
        about=About.CLAIM, find=claim.reason_is_true,
    ),
    Fact(
        word=Word("동의", ("예", "아니오"), Text("구매자가 취소에 동의했는지", "did the buyer agree to the cancel"),
             english=("buyer agrees", "yes", "no")),
        about=About.CLAIM,
    ),
    Fact(
        word=Word("수량", ("전체", "일부"), Text("수량 일부만 취소·반품·교환하는지", "is only a part of the quantity claimed"),
             english=("quantity claimed", "all", "a part"),
             columns=(Col.QUANTITY_CLAIM,)),
        about=About.CLAIM, find=claim.quantity,
    ),
    Fact(
        word=Word("추가상품", ("없음", "함께", "빠짐"),
             Text("같은 주문의 추가구성상품도 함께 취소되는지", "are the order's add-ons cancelled with it"),
             english=("add-ons", "none", "cancelled too", "left out"),
             usual="없음",
             columns=(Col.PRODUCT_KIND, Col.ORDER_NO, Col.PRODUCT_ORDER_NO), facts=("요청", "주문상태")),
        about=About.CLAIM, find=goods.addons,
    ),
    Fact(
        word=Word("상품", ("일반", "주문제작", "해외", "예약", "정기구독", "선물", "오늘출발"), Text("어떤 상품인지", "kind of goods"),
             english=("goods", "ordinary", "made to order", "from abroad", "pre-order", "subscription", "gift", "today's dispatch"),
             columns=(Col.PRODUCT_NO, Col.SHIP_ATTRIBUTE, Col.CHANNEL), settings=("store.products",), facts=("판매방식",)),
        about=About.GOODS, find=goods.goods,
    ),
    Fact(
        word=Word("제작동의", ("예", "아니오"),
             Text("주문제작: 미리 알리고 서면 동의를 받았는지", "made to order: told beforehand and agreed in writing"),
             english=("written consent to made-to-order", "yes", "no"),
             columns=(Col.PRODUCT_NO,), settings=("store.products",)),
        about=About.GOODS, find=goods.made_to_order_agreed,
    ),
    Fact(
        word=Word("판매방식", ("일반", "선물", "정기구독", "N판매자"), Text("벌점이 다른 판매 방식", "way of selling, as penalties know it"),
             english=("way of selling", "ordinary", "gift", "subscription", "N seller delivery"),
             columns=(Col.SUBSCRIPTION, Col.CHANNEL, Col.SHIP_ATTRIBUTE)),
        about=About.GOODS, find=goods.selling,
    ),
    Fact(
        word=Word("발송기한", None,
             Text("남은 영업일. 지나면 다음 날부터 (쉬는 날도) 음수. 발송하거나 취소요청이 온 날까지만",
                  "working days left, negative from the day after on; up to the dispatch or the request"),
             english=("working days to the dispatch deadline",),
             columns=(Col.DUE_AT, Col.PAID_AT, Col.HOPED_AT, Col.SHIP_ATTRIBUTE, Col.DISPATCHED_AT, Col.CANCEL_STATUS,
                      Col.CLAIM_CHANNEL, Col.CLAIM_REQUESTED, Col.CANCELLED_AT),
             settings=("store.today_cutoff", "calendar.dispatch_days"), facts=("판매방식", "세부상태", "송장", "주문상태")),
        about=About.DAYS, find=order.days_left,
        grounds={
            "계산": Text("결제일로 계산했습니다", "computed from the payment day"),
            "희망일": Text("배송희망일로 봤습니다", "from the day that the buyer hopes for"),
        },
    ),
    Fact(
        word=Word("기한단서", ("결제일", "마감시각", "발송기한"),
             Text("발송기한을 모를 때 무엇이 있으면 알 수 있는지", "what would tell a dispatch deadline that is not known"),
             english=("what would tell the deadline", "the payment day", "the cut-off of today's dispatch", "the deadline itself"),
             usual="발송기한",
             columns=(Col.PAID_AT, Col.SHIP_ATTRIBUTE), settings=("store.today_cutoff",), facts=("판매방식", "세부상태", "송장", "발송기한")),
        about=About.DAYS, find=order.missing_for_the_deadline,
    ),
    Fact(
        word=Word("송장경과", None,
             Text("발송처리 뒤 지난 영업일. 이 주문이 나오는 가장 새 파일의 날까지 셈",
                  "working days since dispatch, up to the newest file that shows the order"),
             english=("working days since dispatch",),
             columns=(Col.DISPATCHED_AT, Col.SEEN_AT), facts=("송장",)),
        about=About.DAYS, find=order.days_since_invoice,
    ),
    Fact(
        word=Word("배송비", ("무료", "유료", "조건부무료", "수량별", "착불"), Text("배송비 정책", "shipping fee policy"),
             english=("shipping fee", "free", "paid", "free above a minimum", "by quantity", "cash on delivery"),
             columns=(Col.FEE_KIND, Col.FEE_POLICY), facts=("처음배송비",)),
        about=About.FEES, find=goods.fee_policy,
        grounds={
            "배송비합계": Text("배송비 합계를 보고 알았습니다", "from the shipping fee that was paid"),
        },
    ),
    Fact(
        word=Word("처음배송비", ("받음", "무료"), Text("구매자가 처음 배송비를 냈는지", "did the buyer pay the outbound fee"),
             english=("outbound fee", "paid", "free"),
             columns=(Col.SHIPPING_FEE, Col.SHIPPING_DISCOUNT)),
        about=About.FEES, find=goods.initial_fee_paid,
    ),
    Fact(
        word=Word("묶음", ("전부", "일부"),
             Text("이 주문이 빠지면 묶음배송이 모두 빠지는지 (보이는 줄 기준. 비용·벌점 표에서만)",
                  "does the whole known bundle go with this line (fees and penalties only)"),
             english=("lines of the bundle that go", "all", "some"),
             columns=(Col.BUNDLE_NO, Col.ORDER_NO, Col.CANCEL_STATUS, Col.RETURN_STATUS, Col.EXCHANGE_STATUS), facts=("조치", "요청", "주문상태")),
    ),
    Fact(
        word=Word("무료기준", ("이상", "미만"),
             Text("구매자 책임으로 빠지는 것을 빼도 묶음이 무료배송 기준 이상인지 (비용·벌점 표에서만)",
                  "is the bundle above the minimum without the buyer's lines (fees and penalties only)"),
             english=("what stays of the bundle, to the free-shipping minimum", "at or above", "below"),
             columns=(Col.BUNDLE_NO, Col.ORDER_NO, Col.TOTAL_AMOUNT, Col.PRODUCT_NO, Col.CANCEL_STATUS, Col.RETURN_STATUS, Col.EXCHANGE_STATUS),
             settings=("store.free_shipping_over", "store.products", "reasons"),
             facts=("조치", "요청", "주문상태", "귀책", "실제사유", "자료", "다른클레임")),
    ),
    Fact(
        word=Word("반품지원", ("안심케어", "멤버십", "없음"),
             Text("반품 배송비를 네이버가 대신 낼 수 있는 주문인지", "may Naver pay the return shipping of this order"),
             english=("return support", "return care", "membership", "none"),
             columns=(Col.RETURN_CARE, Col.MEMBERSHIP_DELIVERY)),
        about=About.FEES, find=goods.return_support,
    ),
    Fact(
        word=Word("반품청구", ("예", "아니오"),
             Text("반품관리가 구매자에게 반품배송비를 청구했는지", "does the screen of returns charge the buyer for the return"),
             english=("return charged to the buyer", "yes", "no"),
             columns=(Col.RETURN_FEE_CHARGED,)),
        about=About.FEES, find=claim.return_charged,
    ),
    Fact(
        word=Word("취소경과", None, Text("취소완료 뒤 지난 영업일", "working days since the cancel was completed"),
             english=("working days since the cancel was completed",),
             columns=(Col.CANCELLED_AT, Col.CANCEL_STATUS)),
        about=About.AFTER, find=claim.days_since_cancelled,
    ),
    Fact(
        word=Word("수거", ("없음", "진행", "완료", "재배송"), Text("반품·교환 물건을 회수했는지", "has the returned parcel come back"),
             english=("collection", "none", "under way", "done", "redispatched"),
             usual="없음",
             columns=(Col.COLLECT_STATUS, Col.COLLECT_DONE, Col.CLAIM_REQUESTED, Col.RETURN_STATUS, Col.EXCHANGE_STATUS), facts=("요청",)),
        about=About.AFTER, find=claim.collected,
    ),
    Fact(
        word=Word("수거경과", None,
             Text("수거완료 뒤 지난 영업일. 쉬는 날은 그다음 영업일로 봄", "working days since it came back; a day off counts as the next one"),
             english=("working days since collection",),
             columns=(Col.COLLECT_DONE, Col.CLAIM_REQUESTED), facts=("수거",)),
        about=About.AFTER, find=claim.days_since_collected,
    ),
    Fact(
        word=Word("보류", ("예", "아니오"), Text("환불보류 중인지", "is the refund on hold"),
             english=("refund on hold", "yes", "no"),
             columns=(Col.HOLDBACK,)),
        about=About.AFTER, find=claim.on_hold,
    ),
    Fact(
        word=Word("문제송장", ("예", "아니오"), Text("문제송장으로 등록됐는지", "is the invoice registered as wrong"),
             english=("wrong invoice", "yes", "no"),
             columns=(Col.MISTAKEN_INVOICE,)),
        about=About.AFTER, find=claim.mistaken_invoice,
    ),
    Fact(
        word=Word("포장정책", ("협의", "승인"),
             Text("포장했지만 안 나간 주문의 취소요청을 어떻게 하는지", "what to do with cancel requests of packed orders: talk first, or approve"),
             english=("packed orders", "talk first", "approve"),
             usual="협의", settings=("store.packed",)),
        about=About.STORE, setting=lambda book: {"negotiate": "협의", "approve": "승인"}[book.store.packed],
    ),
    Fact(
        word=Word("변심배송비", ("청구", "면제"), Text("변심 반품에서 처음 배송비도 청구하는지", "is the outbound fee charged too when the buyer has a change of mind"),
             english=("outbound fee at a change of mind", "charged", "waived"),
             usual="청구", settings=("store.free_shipping_on_change_of_mind",)),
        about=About.STORE, setting=lambda book: {"charge": "청구", "waive": "면제"}[book.store.free_shipping_on_change_of_mind],
    ),
    Fact(
        word=Word("승인한도", ("이내", "초과"), Text("오늘의 취소승인과 판매자취소가 한도 이내인지", "are the cancels of today within the limit"),
             english=("cancels of today", "within the limit", "over the limit"),
             usual="이내", settings=("store.approve_limit",)),
    ),
    Fact(
        word=Word("조치", tuple(action.ko for action in Action), Text("정해진 조치 (비용·벌점 표에서만)", "the action decided (fees and penalties only)"),
             english=("action", *(action.en for action in Action)),
             usual="조치없음", settings=("decisions",)),
    ),
)  # fmt: skip  # a word is its values, its meaning and where it is found

ANSWERED: Final = {cell.word: cell.column for cell in ANSWER_CELLS if cell.closed}
"""Words that the seller answers from a closed list → the column of the answer, which counts before the files."""


def _with_its_answer(fact: Fact) -> Fact:
    answer = ANSWERED.get(fact.word.name)
    return replace(fact, word=replace(fact.word, columns=(answer, *fact.word.columns))) if answer else fact


FACTS: Final = {fact.word.name: _with_its_answer(fact) for fact in _ALL}
WORDS: Final = {word: fact.word for word, fact in FACTS.items()}


def _first_to_last() -> Iterator[Fact]:
    """The facts topic by topic, each after the facts that it is computed from."""
    begun: set[str] = set()

    def placed(fact: Fact) -> Iterator[Fact]:
        if fact.word.name not in begun:
            begun.add(fact.word.name)
            for name in fact.word.facts:
                yield from placed(FACTS[name])
            yield fact

    for fact in sorted(FACTS.values(), key=lambda fact: fact.about):
        yield from placed(fact)


IN_ORDER: Final = tuple(fact for fact in _first_to_last() if fact.about is not About.DECISIONS)
"""The facts that are found before the decisions. A fact may use those that stand before it here."""

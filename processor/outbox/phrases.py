"""How the values of the words of the rules are said in a sentence; Korean without the ending.

A value that is not here is said by its name: 사유가 상품품절이(면).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import UNKNOWN, Text

PHRASES: Final[Mapping[str, Mapping[str, Text]]] = {
    "요청": {
        "없음": Text("취소·반품·교환 요청이 없", "nothing is requested"),
        "구매자취소": Text("구매자가 취소를 요청했", "the buyer asks to cancel"),
        "판매자취소": Text("판매자가 취소하려 하", "the seller wants to cancel"),
        "취소처리중": Text("취소가 처리되는 중이", "a cancel is under way"),
        "취소철회": Text("취소요청이 철회됐", "the cancel request was withdrawn"),
        "반품진행": Text("반품이 진행 중이", "a return is under way"),
        "교환진행": Text("교환이 진행 중이", "an exchange is under way"),
        "완료": Text("취소·반품·교환이 끝났", "the claim is finished"),
        UNKNOWN: Text("무엇을 요청했는지 모르", "nobody knows what is requested"),
    },
    "다른클레임": {
        "없음": Text("따로 진행 중인 반품이나 교환이 없", "no return or exchange is running beside it"),
        "반품": Text("반품도 진행 중이", "a return is running too"),
        "교환": Text("교환도 진행 중이", "an exchange is running too"),
    },
    "접수": {
        "구매자": Text("구매자가 접수했", "the buyer filed it"),
        "판매자": Text("판매자가 판매자센터에서 접수했", "the seller filed it on the screen"),
        "직권": Text("구매확정 뒤의 취소(직권)로 접수됐", "it is a cancel after the purchase was confirmed"),
        UNKNOWN: Text("누가 접수했는지 모르", "nobody knows who filed it"),
    },
    "자료": {
        "온전": Text("파일의 줄들이 서로 맞", "the rows of the files agree"),
        "모순": Text("파일의 줄들이 서로 다르", "the rows of the files contradict each other"),
        "일부문제": Text("읽지 못한 줄이 있", "a row could not be read"),
    },
    "지난기록": {
        "없음": Text("지난 기록에 볼 것이 없", "earlier runs left nothing to mind"),
        "답변모순": Text("적어 주신 답이 서로 다르", "your answers differ"),
        "목록에없음": Text("새로 받은 모든 파일에서 사라졌", "it is gone from every new file"),
        "요청사라짐": Text("취소요청이 새 파일에서 사라졌", "the cancel request is gone from the new files"),
        "요청불명": Text("취소요청이 아직 있는지 알 수 없", "nobody can tell whether the cancel request is still there"),
        "그대로": Text("지난번에 하라고 한 일이 그대로 남아 있", "what the last list said is not done yet"),
    },
    "주문상태": {
        "결제대기": Text("입금 전이", "it is not paid yet"),
        "신규": Text("새 주문이", "it is a new order"),
        "발송대기": Text("발송을 기다리는 주문이", "it awaits dispatch"),
        "배송중": Text("배송 중이", "it is on its way"),
        "배송완료": Text("배송이 끝났", "it is delivered"),
        "구매확정": Text("구매확정됐", "the purchase is confirmed"),
        "종료": Text("끝난 주문이", "the order is closed"),
        UNKNOWN: Text("주문상태를 모르", "the order's state is unknown"),
    },
    "세부상태": {
        "보통": Text("발송지연 처리를 하지 않았", "no delay was notified"),
        "발송지연": Text("발송지연 처리를 했", "a delay was notified"),
        "수락대기": Text("선물 수락을 기다리는 중이", "the gift awaits acceptance"),
        UNKNOWN: Text("발송지연 처리를 했는지 모르", "nobody knows whether a delay was notified"),
    },
    "송장": {
        "없음": Text("송장이 없", "there is no invoice"),
        "출력": Text("송장만 뽑았", "the invoice is only printed"),
        "입력": Text("발송처리했", "it is dispatched"),
        UNKNOWN: Text("송장이 있는지 모르", "nobody knows whether there is an invoice"),
    },
    "출고": {
        "미포장": Text("포장 전이", "it is not packed"),
        "포장": Text("포장했", "it is packed"),
        "집화": Text("택배사가 가져갔", "it is picked up"),
        UNKNOWN: Text("포장했는지 모르", "nobody knows whether it is packed"),
    },
    "배송": {
        "택배": Text("택배로 보내", "it goes by courier"),
        "직접전달": Text("직접 전하", "the seller brings it"),
        "퀵": Text("퀵으로 보내", "it goes by quick service"),
        "방문수령": Text("구매자가 찾아가", "the buyer collects it"),
        "없음": Text("보낼 것이 없", "there is nothing to send"),
        UNKNOWN: Text("보내는 방법을 모르", "the way of delivery is unknown"),
    },
    "발송주체": {
        "판매자": Text("판매자가 보내", "the seller dispatches it"),
        "물류사": Text("물류사가 보내", "a logistics firm dispatches it"),
        UNKNOWN: Text("누가 보내는지 모르", "nobody knows who dispatches it"),
    },
    "사유": {"목록에없음": Text("사유가 목록에 없", "the reason is not on the list")},
    "사유선택": {
        "가능": Text("판매자 취소의 일곱 사유 가운데 맞는 것이 있", "one of the seller's seven reasons fits"),
        "불가": Text("판매자 취소의 일곱 사유 가운데 맞는 것이 없", "none of the seller's seven reasons fits"),
        UNKNOWN: Text("일곱 사유 가운데 맞는 것이 있는지 모르", "nobody knows whether one of the seven reasons fits"),
    },
    "귀책": {
        "구매자": Text("구매자 책임이", "it is the buyer's fault"),
        "판매자": Text("판매자 책임이", "it is the seller's fault"),
        UNKNOWN: Text("누구 책임인지 모르", "nobody knows whose fault it is"),
    },
    "실제사유": {
        "일곱 사유에 없음": Text("실제사유가 일곱 사유에 없", "the true reason is none of the seven"),
        UNKNOWN: Text("실제사유를 모르", "the true reason is unknown"),
    },
    "사유일치": {
        "예": Text("적은 사유가 실제와 같", "the stated reason is the true one"),
        "아니오": Text("적은 사유가 실제와 다르", "the stated reason is not the true one"),
        UNKNOWN: Text("적은 사유가 실제와 같은지 모르", "nobody knows whether the stated reason is the true one"),
    },
    "동의": {
        "예": Text("구매자가 취소에 동의했", "the buyer agrees to the cancel"),
        "아니오": Text("구매자가 취소를 원하지 않", "the buyer does not want the cancel"),
        UNKNOWN: Text("구매자가 취소에 동의했는지 모르", "nobody knows whether the buyer agrees"),
    },
    "수량": {
        "전체": Text("수량을 모두 취소·반품·교환하", "the whole quantity is claimed"),
        "일부": Text("수량 일부만 취소·반품·교환하", "only a part of the quantity is claimed"),
        UNKNOWN: Text("수량을 모두 취소·반품·교환하는지 모르", "nobody knows whether the whole quantity is claimed"),
    },
    "추가상품": {
        "없음": Text("추가구성상품이 없", "there are no add-on goods"),
        "함께": Text("추가구성상품도 함께 취소되", "the add-on goods are cancelled too"),
        "빠짐": Text("함께 취소되지 않은 추가구성상품이 있", "add-on goods are left out of the cancel"),
    },
    "상품": {
        "일반": Text("일반 상품이", "the goods are ordinary"),
        "주문제작": Text("주문제작 상품이", "the goods are made to order"),
        "해외": Text("해외 상품이", "the goods come from abroad"),
        "예약": Text("예약 상품이", "the goods are pre-ordered"),
        "정기구독": Text("정기구독 상품이", "the goods are a subscription"),
        "선물": Text("선물하기 상품이", "the goods are a gift"),
        "오늘출발": Text("오늘출발 상품이", "the goods are of same-day dispatch"),
        UNKNOWN: Text("어떤 상품인지 모르", "the kind of goods is unknown"),
    },
    "제작동의": {
        "예": Text("주문제작 동의를 받았", "the buyer agreed to made-to-order"),
        "아니오": Text("주문제작 동의를 받지 않았", "the buyer did not agree to made-to-order"),
        UNKNOWN: Text("주문제작 동의를 받았는지 모르", "nobody knows whether the buyer agreed to made-to-order"),
    },
    "판매방식": {
        "일반": Text("일반 판매이", "it is an ordinary sale"),
        "선물": Text("선물하기로 팔았", "it was sold as a gift"),
        "정기구독": Text("정기구독으로 팔았", "it was sold as a subscription"),
        "N판매자": Text("N판매자배송이", "it goes by N판매자배송"),
        UNKNOWN: Text("판매 방식을 모르", "the way of selling is unknown"),
    },
    "발송기한": {UNKNOWN: Text("발송기한을 모르", "the dispatch deadline is unknown")},
    "기한단서": {
        "결제일": Text("결제일이 없어 발송기한을 알 수 없", "for lack of the day of payment the dispatch deadline is unknown"),
        "마감시각": Text(
            "오늘출발 마감 시각이 없어 발송기한을 알 수 없",
            "for lack of the cut-off of same-day dispatch the dispatch deadline is unknown",
        ),
        "발송기한": Text("발송기한 열이 있어야 발송기한을 알 수 있", "only the column 발송기한 can tell the dispatch deadline"),
    },
    "송장경과": {UNKNOWN: Text("언제 발송처리했는지 모르", "the day of dispatch is unknown")},
    "배송비": {
        "무료": Text("무료배송이", "shipping is free"),
        "유료": Text("유료배송이", "shipping is paid"),
        "조건부무료": Text("조건부 무료배송이", "shipping is free from a sum on"),
        "수량별": Text("배송비를 수량별로 받", "shipping is paid by quantity"),
        "착불": Text("착불이", "shipping is paid on arrival"),
        UNKNOWN: Text("배송비 정책을 모르", "the shipping policy is unknown"),
    },
    "처음배송비": {
        "받음": Text("구매자가 처음 배송비를 냈", "the buyer paid the first shipping"),
        "무료": Text("처음 배송비가 무료였", "the first shipping was free"),
        UNKNOWN: Text("구매자가 처음 배송비를 냈는지 모르", "nobody knows whether the buyer paid the first shipping"),
    },
    "묶음": {
        "전부": Text("묶음배송이 모두 빠지", "the whole parcel goes"),
        "일부": Text("묶음배송에 남는 상품이 있", "a part of the parcel stays"),
        UNKNOWN: Text("묶음배송에 남는 상품이 있는지 모르", "nobody knows whether a part of the parcel stays"),
    },
    "무료기준": {
        "이상": Text("남는 금액이 무료배송 기준 이상이", "what stays is enough for free shipping"),
        "미만": Text("남는 금액이 무료배송 기준에 못 미치", "what stays is not enough for free shipping"),
        UNKNOWN: Text("남는 금액이 무료배송 기준 이상인지 모르", "nobody knows whether what stays is enough for free shipping"),
    },
    "반품지원": {
        "안심케어": Text("반품안심케어 대상이", "반품안심케어 covers the return"),
        "멤버십": Text("멤버십N배송 대상이", "멤버십N배송 covers the return"),
        "없음": Text("네이버가 대신 내는 반품 배송비가 없", "Naver pays no return shipping"),
        UNKNOWN: Text("네이버가 반품 배송비를 대신 내는지 모르", "nobody knows whether Naver pays the return shipping"),
    },
    "반품청구": {
        "예": Text("판매자센터가 구매자에게 반품 배송비를 청구했", "the Seller Center charged the buyer for the return"),
        "아니오": Text("판매자센터가 구매자에게 반품 배송비를 청구하지 않았", "the Seller Center did not charge the buyer for the return"),
        UNKNOWN: Text("구매자에게 반품 배송비를 청구했는지 모르", "nobody knows whether the buyer was charged for the return"),
    },
    "취소경과": {UNKNOWN: Text("취소가 끝난 날을 모르", "the day of the cancel is unknown")},
    "수거": {
        "없음": Text("수거하지 않았", "nothing is being collected"),
        "진행": Text("수거 중이", "it is being collected"),
        "완료": Text("수거가 끝났", "it is collected"),
        "재배송": Text("다시 보내는 중이", "it is being sent again"),
    },
    "수거경과": {UNKNOWN: Text("수거가 끝난 날을 모르", "the day of collection is unknown")},
    "보류": {
        "예": Text("환불이나 교환을 보류했", "the refund or exchange is on hold"),
        "아니오": Text("보류하지 않았", "it is not on hold"),
        UNKNOWN: Text("보류했는지 모르", "nobody knows whether it is on hold"),
    },
    "문제송장": {
        "예": Text("문제송장으로 등록됐", "the invoice is registered as wrong"),
        "아니오": Text("문제송장이 아니", "the invoice is not registered as wrong"),
        UNKNOWN: Text("문제송장인지 모르", "nobody knows whether the invoice is registered as wrong"),
    },
    "포장정책": {
        "협의": Text("포장한 주문의 취소는 협의하는 가게이", "the shop negotiates cancels of packed orders"),
        "승인": Text("포장한 주문의 취소도 승인하는 가게이", "the shop approves cancels of packed orders"),
    },
    "변심배송비": {
        "청구": Text("변심 반품에서 처음 배송비도 받는 가게이", "the shop charges the first shipping for a change of mind"),
        "면제": Text("변심 반품에서 처음 배송비를 받지 않는 가게이", "the shop waives the first shipping for a change of mind"),
    },
    "승인한도": {
        "이내": Text("오늘의 취소가 한도 안이", "today's cancels are within the limit"),
        "초과": Text("오늘의 취소가 한도를 넘었", "today's cancels exceed the limit"),
    },
}  # fmt: skip
"""Word → value → how it is said."""

DUE: Final = "발송기한"
"""The counted word that looks ahead; the others look back."""
SINCE: Final[Mapping[str, tuple[Text, Text]]] = {
    "송장경과": (Text("발송처리한 지", "the dispatch"), Text("발송처리한 날을 알", "the day of dispatch is known")),
    "취소경과": (Text("취소가 끝난 지", "the cancel"), Text("취소가 끝난 날을 알", "the day of the cancel is known")),
    "수거경과": (
        Text("수거가 끝난 지", "the collection"),
        Text("수거가 끝난 날을 알", "the day of collection is known"),
    ),
}
"""Counted word → how it is said that so much time has passed since its event, and that the day of the event is known."""

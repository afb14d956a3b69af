"""The vocabulary of rules.yaml: each fact, its values and what it means. `facts.py` finds the values."""

from __future__ import annotations

from processor.model import Action, Text
from processor.rulebook.types import Word

_ALL = (
    Word("요청", ("없음", "구매자취소", "판매자취소", "취소처리중", "취소철회", "반품진행", "교환진행", "완료"),
         Text("누가 무엇을 해 달라고 했나", "who asked for what")),
    Word("다른클레임", ("없음", "반품", "교환"), Text("취소 말고 진행 중인 클레임", "another claim that is running"), usual="없음"),
    Word("접수", ("구매자", "판매자"), Text("접수채널: 누가 화면에서 접수했나", "who filed the claim on the screen")),
    Word("자료", ("온전", "모순", "일부문제"),
         Text("같은 주문의 줄들이 서로 맞나", "do the rows of this order agree with each other"), usual="온전"),
    Word("주문상태", ("결제대기", "신규", "발송대기", "배송중", "배송완료", "구매확정", "종료"),
         Text("주문이 어디까지 왔나", "how far the order has come")),
    Word("세부상태", ("보통", "발송지연", "수락대기"),
         Text("발송지연 처리를 했나, 선물 수락을 기다리나", "dispatch delay notified; gift waiting to be accepted")),
    Word("송장", ("없음", "출력", "입력"),
         Text("입력 = 발송처리됨, 출력 = 뽑기만 함", "입력 = dispatched, 출력 = only printed")),
    Word("출고", ("미포장", "포장", "집화"), Text("물건이 어디까지 나갔나", "how far the parcel has gone")),
    Word("배송", ("택배", "직접전달", "퀵", "방문수령", "없음"), Text("보내는 방법", "delivery method")),
    Word("발송주체", ("판매자", "물류사"), Text("누가 발송하나", "who dispatches: the seller or a logistics firm")),
    Word("사유", ("목록에없음",), Text("취소·반품·교환 사유", "the stated reason"), more="reasons"),
    Word(
        "사유선택",
        ("가능", "불가"),
        Text("판매자 취소의 일곱 사유 가운데 맞는 것이 있나", "does one of the seller's seven reasons fit"),
    ),
    Word("귀책", ("구매자", "판매자"), Text("누구 책임인가", "whose fault it is")),
    Word("실제사유", (), Text("판매자가 답한 진짜 까닭", "the true cause, by the seller's answer or lists"), more="causes"),
    Word("사유일치", ("예", "아니오"), Text("적은 사유가 실제사유와 같은가", "does the stated reason equal the true cause")),
    Word("동의", ("예", "아니오"), Text("구매자가 취소에 동의했나", "did the buyer agree to the cancel")),
    Word("수량", ("전체", "일부"), Text("수량 일부만의 클레임인가", "is only a part of the quantity claimed")),
    Word("추가상품", ("없음", "함께", "빠짐"),
         Text("같은 주문의 추가구성상품도 함께 취소되나", "are the order's add-ons cancelled with it"), usual="없음"),
    Word("상품", ("일반", "주문제작", "해외", "예약", "정기구독", "선물", "오늘출발"), Text("어떤 상품인가", "kind of goods")),
    Word("제작동의", ("예", "아니오"),
         Text("주문제작: 미리 알리고 서면 동의를 받았나", "made to order: told beforehand and agreed in writing")),
    Word("판매방식", ("일반", "선물", "정기구독", "N판매자"), Text("벌점이 다른 판매 방식", "way of selling, as penalties know it")),
    Word("발송기한", None,
         Text("남은 영업일. 지나면 음수. 발송했으면 발송한 날에 남아 있던 날",
              "working days left, negative when over; for dispatched orders, on the day of dispatch")),
    Word("배송비", ("무료", "유료", "조건부무료", "수량별", "착불"), Text("배송비 정책", "shipping fee policy")),
    Word("처음배송비", ("받음", "무료"), Text("구매자가 처음 배송비를 냈나", "did the buyer pay the outbound fee")),
    Word("묶음", ("전부", "일부"),
         Text("묶음배송의 모든 줄이 취소·반품되나 (보이는 줄 기준)", "do all known lines of the bundle go")),
    Word("수거", ("없음", "진행", "완료", "재배송"), Text("반품·교환 물건을 거두었나", "has the returned parcel come back"), usual="없음"),
    Word("수거경과", None, Text("수거완료 뒤 지난 영업일", "working days since it came back")),
    Word("보류", ("예", "아니오"), Text("환불보류 중인가", "is the refund on hold")),
    Word("문제송장", ("예", "아니오"), Text("문제송장으로 등록됐나", "is the invoice registered as wrong")),
    Word("포장정책", ("협의", "승인"), Text("store.packed", "store.packed"), usual="협의"),
    Word("변심배송비", ("청구", "면제"), Text("store.free_shipping_on_change_of_mind", "store.free_shipping_on_change_of_mind"), usual="청구"),
    Word("승인한도", ("이내", "초과"), Text("store.approve_limit", "store.approve_limit"), usual="이내"),
    Word("조치", tuple(action.ko for action in Action), Text("정해진 조치 (비용·벌점 표에서만)", "the action decided (fees and penalties only)"), usual="조치없음"),
)  # fmt: skip  # one word, one line or two

WORDS = {word.name: word for word in _ALL}

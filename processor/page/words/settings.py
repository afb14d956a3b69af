"""The words of 설정. `settings_KEY` is the label of a setting, `settings_KEY_WORD` what is added to one of its choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

_RETURN: Final = Text("반품 배송비 (편도)", "Return shipping (one way)")
_OUTBOUND: Final = Text("처음 배송비 (편도)", "First shipping (one way)")
_FREE_OVER: Final = Text("무료배송 기준", "Free shipping from")

WORDS: Final[Mapping[str, Text]] = {
    "settings_packing": Text("포장과 송장", "Packing and invoices"),
    "settings_no_invoice_means": Text("송장이 없는 주문은", "Orders without an invoice are"),
    "settings_no_invoice_means_모름": Text("(송장보다 먼저 포장하는 가게)", "(shops that pack before the invoice)"),
    "settings_packed": Text(
        "포장했지만 택배사가 가져가기 전의 취소요청은", "Cancel requests for what is packed and not picked up yet"
    ),
    "settings_unknown_handover": Text("포장했는지 알 수 없으면", "Where nobody knows whether it is packed"),
    "settings_unknown_handover_review": Text("(권장)", "(recommended)"),
    "settings_shipping": Text("배송비", "Shipping fees"),
    "settings_return_fee": _RETURN,
    "settings_outbound_fee": _OUTBOUND,
    "settings_free_shipping_over": _FREE_OVER,
    "settings_free_shipping_on_change_of_mind": Text(
        "무료배송 상품의 변심 반품: 처음 배송비도",
        "Free-shipping goods returned for a change of mind: the first shipping is",
    ),
    "settings_limits": Text("마감과 멈춤", "Cut-off and limit"),
    "settings_today_cutoff": Text("오늘출발 마감", "Cut-off of same-day dispatch"),
    "settings_approve_limit": Text(
        "한 번에 승인이 이보다 많으면 멈춤", "Stop if more than this many would be approved"
    ),
    "settings_files": Text("파일", "Files"),
    "settings_personal": Text("수정 파일의 구매자 정보", "Buyers' data in correction copies"),
    "settings_protect_outbox": Text("처리목록 잠그기", "Lock the workbooks"),
    "settings_shop": Text("가게와 벌점", "Shop and points"),
    "settings_name": Text("가게 이름", "Name of the shop"),
    "settings_penalty_now_day": Text("벌점을 본 날", "Day on which you saw your points"),
    "settings_penalty_now_points": Text("그날의 벌점", "Points on that day"),
    "settings_penalty_now_ratio_percent": Text("비율 (%)", "Ratio (%)"),
    "settings_penalty_now_stage": Text("단계", "Stage"),
    "settings_penalty_now_stage_since": Text("제재를 받은 날", "Day of the sanction"),
    "settings_products": Text("상품별 예외", "Products that differ"),
    "settings_no_products": Text("모든 상품이 가게 설정을 따릅니다.", "All products go by the settings of the shop."),
    "settings_product": Text("상품번호 {n}", "Product {n}"),
    "settings_product_상품": Text("어떤 상품인가요", "Kind of goods"),
    "settings_product_제작동의": Text(
        "제작 전에 취소 제한을 알리고 서면 동의를 받았나요", "Told and agreed in writing that it can't be cancelled"
    ),
    "settings_product_return_fee": _RETURN,
    "settings_product_outbound_fee": _OUTBOUND,
    "settings_product_free_shipping_over": _FREE_OVER,
    "settings_agreed_예": Text("예", "yes"),
    "settings_agreed_아니오": Text("아니오", "no"),
    "settings_agreed_모름": Text("모름", "unknown"),
    "settings_as_the_shop": Text("가게와 같음", "as the shop"),
    "settings_not_told": Text("정하지 않음", "not told"),
    "settings_take_out": Text("예외에서 빼기", "No longer differs"),
    "settings_taken_out": Text("저장하면 예외에서 빠집니다.", "It no longer differs once you save."),
    "settings_find_product": Text("상품 찾기", "Find a product"),
    "settings_find_by": Text("오늘 목록의 상품 이름이나 번호", "Name or number of a product of today's list"),
    "settings_products_found": Text("찾은 상품", "Products found"),
    "settings_no_product_found": Text("그런 상품이 오늘 목록에 없습니다.", "No such product is on today's list."),
    "settings_number_as_it_is": Text("상품번호 {n} 넣기", "Take product {n}"),
    "settings_orders_of_it": Text("주문 {n}건", "{n} orders"),
    "settings_try": Text("바꾸면 어떻게 되나 보기", "See what this would change"),
    "settings_trying": Text("오늘 목록으로 해 보는 중입니다…", "Trying it on today's list…"),
    "settings_nothing_changed": Text("바꾼 것이 없습니다.", "Nothing is changed."),
    "settings_would": Text("저장하면 이렇게 됩니다", "What this would change"),
    "settings_moved": Text(
        "오늘 목록에서 {n}건이 '{before}'에서 '{after}' 쪽으로 바뀝니다.",
        "On today's list {n} would go from '{before}' to '{after}'.",
    ),
    "settings_see": Text("보기", "See them"),
    "settings_see_otherwise": Text("달라지는 주문 보기", "See what would differ"),
    "settings_save": Text("저장", "Save"),
    "settings_cancel": Text("취소", "Cancel"),
    "settings_saved": Text(
        "저장했습니다. 오늘 목록은 이제 이 설정대로이고, 엑셀로 받는 목록도 그렇습니다.",
        "Saved. Today's list goes by it now, and so does the workbook that you get.",
    ),
    "settings_wrong": Text("고칠 칸이 있습니다.", "Some fields need another value."),
}

"""The words of 보낼 글. `messages_of_VARIABLE` says what stands in the place of a variable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

_VARIABLES: Final = {
    "상품": Text("상품 이름", "the product's name"),
    "수량": Text("개수", "how many"),
    "주문번호": Text("주문번호", "the order number"),
    "금액": Text("돌려 드릴 금액", "the refund"),
    "편도": Text("구매자가 낼 편도 배송비", "what the buyer pays one way"),
    "왕복": Text("구매자가 낼 왕복 배송비", "what the buyer pays both ways"),
    "편도/왕복": Text("구매자가 낼 배송비 (편도나 왕복)", "what the buyer pays, one way or both"),
    "기한": Text("보내야 하는 날", "the day until which it is to be sent"),
    "택배사": Text("택배사", "the courier"),
    "송장": Text("송장번호", "the tracking number"),
    "일자": Text("보낸 날", "the day on which it was sent"),
    "기준": Text("무료배송 기준", "from which sum it ships free"),
    "처음배송비": Text("돌려 드릴 처음 배송비", "the first shipping that goes back"),
    "비용": Text("비용에 대한 문장 (상황에 맞게 골라 넣습니다)", "the sentence about costs, as the case is"),
}
WORDS: Final[Mapping[str, Text]] = {
    "messages": Text("보낼 글", "Messages"),
    "messages_about": Text(
        "구매자에게 보낼 글입니다. 여기에서 고친 글은 오늘 목록에도 바로 쓰입니다.",
        "What buyers are told. A text that you change here is used on today's list at once.",
    ),
    "messages_choose": Text("어느 글", "Which message"),
    "messages_own": Text("(고친 글)", "(yours)"),
    "messages_used": Text("이럴 때 씁니다", "It is sent when"),
    "messages_unused": Text("지금 규칙에서는 쓰이지 않습니다.", "The rules do not use it now."),
    "messages_text": Text("글", "Text"),
    "messages_sample": Text("이렇게 나갑니다 (연습용 주문)", "As it is sent (for an invented order)"),
    "messages_length": Text("{n}자", "{n} characters"),
    "messages_length_of": Text("{n}자 / {limit}자까지", "{n} of {limit} characters"),
    "messages_variables": Text("글에 넣을 수 있는 것", "What the text can name"),
    "messages_how": Text(
        "주문에 따라 모를 수 있는 것은 함께 빠질 말까지 [[ ]]로 감쌉니다. 예: [[ 택배사는 {택배사}입니다.]] 받침에 따라 바뀌는 말은 {상품|을/를}처럼 적습니다.",
        "What not every order tells stands in [[ ]], with the words that go when it is not known: [[ The courier is {택배사}.]]",
    ),
    "messages_always": Text("언제나 압니다", "always known"),
    "messages_put_in": Text("{name} 넣기", "Put in {name}"),
    "messages_save": Text("저장", "Save"),
    "messages_default": Text("기본 글로", "Back to the default text"),
    "messages_cancel": Text("취소", "Cancel"),
    "messages_saved": Text("글을 저장했습니다.", "The message is saved."),
    "messages_is_default": Text("기본 글입니다.", "This is the default text."),
    "messages_unsaved": Text("고친 글을 먼저 저장하거나 취소하세요.", "Save or cancel what you have changed first."),
    **{f"messages_of_{name}": text for name, text in _VARIABLES.items()},
}

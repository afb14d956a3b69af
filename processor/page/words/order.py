"""The words of one order and of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import CELL_OF, RESULT, Text

WORDS: Final[Mapping[str, Text]] = {
    "order": Text("고른 주문", "The order"),
    "order_none": Text("목록에서 주문을 골라 주세요.", "Choose an order in the list."),
    "order_to_list": Text("목록으로", "To the list"),
    "order_before": Text("이전 주문", "Previous order"),
    "order_next": Text("다음 주문", "Next order"),
    "order_now": Text("지금: {state}", "Now: {state}"),
    "order_due": Text("기한 {day}", "By {day}"),
    "order_late": Text("기한이 {n}일 지났습니다 ({day})", "{n} days late (by {day})"),
    "order_today": Text("오늘까지 ({day})", "By today ({day})"),
    "order_points": Text("벌점 {n}점", "{n} penalty points"),
    "order_finished": Text("완료한 주문입니다", "Done"),
    "order_copy_number": Text("복사", "Copy"),
    "order_copy_number_long": Text("상품주문번호 복사", "Copy the order number"),
    "order_open": Text("판매자센터에서 열기", "Open in the Seller Center"),
    "order_number_copied": Text("번호를 복사했습니다", "The number is copied"),
    "order_task": Text("할 일", "To do"),
    "order_why": Text("왜", "Why"),
    "order_seen": Text("{screen} {at} · {row}행", "{screen} {at} · row {row}"),
    "order_more": Text("자세히", "More"),
    "order_reading": Text("찾는 중입니다…", "Looking it up…"),
    "order_blank": Text("비어 있음", "blank"),
    "order_message": Text("보낼 글", "Message to the buyer"),
    "order_letters": Text("{n}자", "{n} characters"),
    "order_too_long": Text("{n}자 · 500자가 넘어 나누어 보내야 합니다", "{n} characters · over 500: send it in parts"),
    "order_copy": Text("글 복사", "Copy the message"),
    "order_edit": Text("고쳐서 복사", "Change and copy"),
    "order_copy_edited": Text("고친 글 복사", "Copy the changed message"),
    "order_copied": Text("✓ 복사했습니다", "✓ Copied"),
    "order_goes": Text("{answer} → {outcome}", "{answer} → {outcome}"),
    "order_goes_points": Text("{answer} → {outcome} · 벌점 {n}점", "{answer} → {outcome} · {n} points"),
    "order_steps": Text("처리 순서", "The steps"),
    "order_money": Text("배송비", "Shipping"),
    "order_won": Text("{payer} · {won}원", "{payer} · ₩{won}"),
    "order_memo": CELL_OF["memo"].header,
    "order_memo_hint": Text(
        "이름·연락처는 적지 마세요. 다음 처리목록에도 옮겨 적힙니다.",
        "No names or phone numbers. It is carried into the next workbook.",
    ),
    "order_save_memo": Text("메모 저장", "Save the memo"),
    "order_memo_saved": Text("메모를 저장했습니다", "The memo is saved"),
    "order_done": Text("완료", "Done"),
    "order_hold": Text("보류", "On hold"),
    "order_failed": Text("안 됐어요", "It did not work"),
    "order_results": RESULT.header,
    "order_really": Text(
        "판매자센터에서 마지막 확인 창까지 누르셨나요?", "Did you go through to the last step in the Seller Center?"
    ),
    "order_yes": Text("네, 완료", "Yes, done"),
    "order_not_yet": Text("아직이요", "Not yet"),
    "order_told_today": Text("오늘 적으신 것", "What you told today"),
    "order_told": Text("{header}: {value} ({at})", "{header}: {value} ({at})"),
    "again": Text("다시", "Try again"),
    "answer_handover_미포장": Text("포장 전", "Not packed"),
    "answer_handover_포장": Text("포장함", "Packed"),
    "answer_handover_집화": Text("택배사가 가져감", "Picked up"),
    "answer_consent": Text("구매자 답", "The buyer's answer"),
    "answer_consent_예": Text("취소에 동의", "Agrees to the cancel"),
    "answer_consent_아니오": Text("원하지 않음", "Does not want it"),
    "answer_true_reason": Text("실제 이유", "The true reason"),
    "answer_true_reason_일곱 사유에 없음": Text("이 가운데 없음", "None of these"),
}

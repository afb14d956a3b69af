"""The words of the list of the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from processor.model import Text

WORDS: Final[Mapping[str, Text]] = {
    # ── the outcomes, as the page calls them, by the values of Action ──
    "outcome_review": Text("답해 주세요", "Please answer"),
    "outcome_approve": Text("취소 승인", "Approve cancels"),
    "outcome_seller_cancel": Text("판매자 취소", "Seller cancels"),
    "outcome_negotiate": Text("구매자와 대화", "Talk to buyers"),
    "outcome_return": Text("반품·교환", "Returns, exchanges"),
    "outcome_ship": Text("발송", "Ship"),
    "outcome_none": Text("할 일 없음", "Nothing to do"),
    "outcome_late": Text("기한 지남 있음", "some are late"),
    "count_done": Text("완료", "Done"),
    # ── the day ──
    "due_late": Text("기한 지남 {n}", "Late {n}"),
    "due_today": Text("오늘 {n}", "Today {n}"),
    "due_tomorrow": Text("내일 {n}", "Tomorrow {n}"),
    "due_later": Text("그 뒤 {n}", "Later {n}"),
    "done_of": Text("완료 {n} / {of}", "Done {n} / {of}"),
    "stale_hours": Text(
        "파일이 {n}시간 지났습니다. 새 취소요청이 있을 수 있습니다.",
        "The files are {n} hours old. There may be new cancel requests.",
    ),
    "stale_day": Text(
        "오늘 받은 취소관리가 없습니다. 새 취소요청이 있을 수 있습니다.",
        "There is no 취소관리 of today. There may be new cancel requests.",
    ),
    "newer_files": Text("새 파일 넣기", "Add newer files"),
    "no_files": Text(
        "아직 오늘 파일이 없습니다. 판매자센터에서 받아 끌어다 놓으세요.",
        "No files yet today. Download them from the Seller Center and drop them here.",
    ),
    "earlier": Text(
        "{day}에 만든 목록에서 아직 기다리는 일 {n}건 (기한 지남 {late}건). 오늘 파일을 넣으면 지금 상태로 다시 나옵니다.",
        "{n} still wait by the list of {day} ({late} late). Add today's files, and they come again as they are now.",
    ),
    "choose_downloads": Text("받은 파일 고르기", "Choose the downloads"),
    "nothing_open": Text("오늘 할 일을 모두 마쳤습니다.", "Today's work is all done."),
    "finished": Text("{name} {n}건을 모두 끝냈습니다.", "{name}: all {n} are done."),
    "none_left": Text("{name}에 남은 일이 없습니다.", "{name}: nothing is left."),
    "next_outcome": Text("다음: {name} {n}건 →", "Next: {name} {n} →"),
    "task_review": Text(
        "지금 아는 것만으로는 정할 수 없는 주문입니다. 답을 고르면 바로 정해집니다.",
        "What is known does not settle these. Your answer settles them at once.",
    ),
    # ── a group ──
    "irreversible": Text(
        "취소 승인은 되돌릴 수 없습니다. 번호를 한 번 더 보세요.",
        "An approval can't be undone. Look at the numbers once more.",
    ),
    "irreversible_own": Text(
        "판매자 취소는 되돌릴 수 없습니다. 번호를 한 번 더 보세요.",
        "A cancel can't be undone. Look at the numbers once more.",
    ),
    "risky_first": Text("먼저 볼 것", "Look at these first"),
    "routine": Text("나머지", "The others"),
    "orders": Text("{n}건", "{n} orders"),
    "head_late": Text("기한 지남 {n}건", "{n} late"),
    "head_today": Text("오늘까지 {n}건", "{n} until today"),
    "head_tomorrow": Text("내일까지 {n}건", "{n} until tomorrow"),
    "head_later": Text("{day}까지 {n}건", "{n} until {day}"),
    "averts_ship": Text("오늘 보내면 벌점 {n}점을 막습니다", "Shipped today, {n} penalty points are averted"),
    "averts": Text("오늘 하면 벌점 {n}점을 막습니다", "Done today, {n} penalty points are averted"),
    "brings": Text("벌점 합계 {n}점", "{n} penalty points in all"),
    "steps": Text("처리 순서", "Steps"),
    "copy_numbers": Text("상품주문번호 {n}개 복사", "Copy {n} order numbers"),
    "copy_message": Text("글 복사", "Copy the message"),
    "numbers_copied": Text("상품주문번호 {n}개를 복사했습니다", "Copied {n} order numbers"),
    "message_copied": Text("글을 복사했습니다", "Copied the message"),
    "no_message": Text("이 주문에는 보낼 글이 없습니다", "There is no message for this order"),
    "choose_reason": Text("사유 '{reason}'", "Reason “{reason}”"),
    "all_done": Text("모두 완료", "All done"),
    "really_done": Text(
        "{n}건을 판매자센터에서 '취소(환불) 처리 완료'까지 보셨나요?",
        "Have you seen “취소(환불) 처리 완료” in the Seller Center for all {n}?",
    ),
    "really_done_own": Text(
        "{n}건을 판매자센터에서 '처리 완료'까지 보셨나요?",
        "Have you seen “처리 완료” in the Seller Center for all {n}?",
    ),
    "yes_all_done": Text("네, 모두 완료", "Yes, all done"),
    "not_yet": Text("아직이요", "Not yet"),
    "more_orders": Text("{n}건 더 보기", "Show {n} more"),
    "orders_of": Text("주문", "Orders"),
    # ── an order ──
    "late_days": Text("지남 {n}일", "{n} d late"),
    "row_today": Text("오늘", "today"),
    "row_tomorrow": Text("내일", "tomorrow"),
    "row_points": Text("벌점 {n}", "{n} points"),
    "open_there": Text("열기", "Open"),
    "open_there_long": Text("판매자센터에서 열기 (새 창)", "Open in the Seller Center (new window)"),
    "done": Text("완료", "Done"),
    "on_hold": Text("보류", "On hold"),
    "failed": Text("안 됐어요", "It failed"),
    "choose_order": Text("고르기", "Select"),
    "which_is_right": Text("서로 다른 답이 있습니다. 어느 쪽이 맞나요?", "The answers differ. Which is right?"),
    "erased": Text("지움", "erased"),
    # ── some orders ──
    "selected": Text("{n}건을 골랐습니다", "{n} selected"),
    "select_none": Text("고르기 취소", "Select none"),
    "copy_selected": Text("번호 복사", "Copy the numbers"),
    "take_back": Text("되돌리기", "Take it back"),
    "taken_back": Text("되돌렸습니다", "Taken back"),
    "nothing_to_take_back": Text("되돌릴 것이 없습니다", "There is nothing to take back"),
    "done_today": Text("오늘 완료한 주문", "Done today"),
    "done_stays": Text(
        "더 나중에 받은 파일에 그대로 있으면 목록에 다시 나옵니다.",
        "They come back if a newer file shows them unchanged.",
    ),
}

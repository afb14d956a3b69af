"""Names the reason to choose where the stated one is not the true cause, and its penalty points (law 4)."""

from __future__ import annotations

from processor.judge.points import events
from processor.judge.situations import Consequences, completed
from processor.model import Action, Text, josa
from processor.rulebook import reasons
from processor.rulebook.types import Rulebook, Situation


def true_reason(facts: Situation, follows: Consequences, book: Rulebook) -> Text:
    """The sentence with the reason to choose, by the seller's answer, and its points.

    Where the answer repeats the stated reason, the sold-out list contradicts both, and the cause is 품절.
    """
    answered = str(facts["실제사유"])
    stated = next((reason.cause for reason in book.reasons if reason.name == facts["사유"]), None)
    cause = reasons.sold_out(book.reasons).cause if answered == stated else answered
    true = next((r for r in book.reasons if r.cause == cause and r.seller_chooses == r.name), None)
    said = book.words["실제사유"].named(cause)
    if true is None:
        return Text(
            f"알려 주신 이유: {said.ko}. 일곱 사유 가운데 맞는 것이 없으니 고르지 말고 구매자와 이야기하세요",
            f"the cause that you told: {said.en}; none of the seven reasons fits, so choose none and talk to the buyer",
        )
    cancel = completed(facts, Action.SELLER_CANCEL, follows.late) | {"사유": true.name}
    brought = sum(event.points for event in events(book, cancel, follows.worth) if event.by_action)
    label = josa(f"'{true.label.ko}'", "을/를")
    return Text(
        f"알려 주신 이유: {said.ko}. 사유는 {label} 골라야 하고, {f'벌점 {brought}점이 붙습니다' if brought else '취소 벌점은 없습니다'}",
        f"the cause that you told: {said.en}; the reason to choose is {true.label.en} ({true.label.ko}), and "
        + (f"it brings points: {brought}" if brought else "it brings no points"),
    )

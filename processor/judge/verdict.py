"""Makes the verdict on one situation: the action and why, who pays, and which points come."""

from __future__ import annotations

from collections.abc import Iterator

from processor.judge.decide import Decided, in_doubt
from processor.judge.money import ruling
from processor.judge.points import events
from processor.judge.situations import Consequences, completed
from processor.judge.true_reason import true_reason
from processor.model import Action, Text, Verdict
from processor.rulebook.types import Reason, Rulebook, Situation


def verdict_on(decided: Decided, follows: Consequences, book: Rulebook) -> Verdict:
    """The verdict that all orders with this decision and these consequences share, not explained yet."""
    row = decided.row
    situation = completed(decided.facts, row.action, follows.late)
    paid_by = book.fees.first(situation)
    reason = next((reason for reason in book.reasons if reason.name == decided.facts["사유"]), None)
    acting = row.action.entry.shows_when_done
    still_open = acting and decided.facts["지난기록"] == "그대로"
    return Verdict(
        action=row.action,
        rule=row.id,
        why=_why(row.why, _more(decided.facts, follows, book), still_open=still_open),
        facts=decided.facts,
        grounds=decided.grounds,
        reason_code=_code(reason, row.action),
        reason_label=reason.label if reason else Text(str(decided.facts["사유"]), "unknown"),
        flags=(*row.flags, *(["still_open"] if still_open else []), *(["doubtful_reason"] if follows.doubt else [])),
        fee=ruling(paid_by),
        penalties=events(book, situation, follows.worth),
        deadline=book.deadline(row, decided.facts),
        message=row.message or paid_by.message,
        screen=row.screen,
        sources=row.sources,
    )


def brought(follows: Consequences, book: Rulebook, facts: Situation, action: Action) -> int:
    """The points that an action brings in a situation, with these consequences."""
    found = events(book, completed(facts, action, follows.late), follows.worth)
    return sum(event.points for event in found if event.by_action)


def _code(reason: Reason | None, action: Action) -> str | None:
    """The API's code of the reason; for a seller's own cancel the code that the cancel popup sends."""
    if reason is None:
        return None
    return reason.code_if_seller if action is Action.SELLER_CANCEL else reason.code


def _why(why: Text, more: Iterator[Text], *, still_open: bool) -> Text:
    why = _again(why) if still_open else why
    for said in more:
        why = Text(f"{why.ko}. {said.ko}", f"{why.en}; {said.en}")
    return why


def _more(facts: Situation, follows: Consequences, book: Rulebook) -> Iterator[Text]:
    """Sentences that the rule's row cannot hold, because they depend on the order's reason."""
    if facts["사유일치"] == "아니오":
        yield true_reason(facts, follows, book)
    if follows.doubt:
        yield in_doubt(follows.doubt, book)


def _again(why: Text) -> Text:
    """The reason, with a reminder that an earlier workbook asked for this and it is not done (policy §11.3 row 27)."""
    return Text(
        f"{why.ko}. 지난 처리목록에도 있던 주문입니다: 아직 안 했으면 지금 하고, 했으면 마지막 확인 창까지 눌렀는지 확인하세요",
        f"{why.en}; an earlier workbook said so too: do it now, or if you did, see whether a confirm step was missed",
    )

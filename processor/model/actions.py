"""What may be decided of an order: one entry for each action, with all that depends on the action alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from processor.model.text import Text


class Turn(StrEnum):
    """Whose turn it is."""

    SELLER = "seller"
    BUYER = "buyer"
    ANSWER = "answer"
    NOBODY = "nobody"

    @property
    def text(self) -> Text:
        return _WHOM[self]


_WHOM: Final = {
    Turn.SELLER: Text("화면에서 할 일", "to be done on the screen"),
    Turn.BUYER: Text("구매자와 이야기할 일", "to be settled with the buyer"),
    Turn.ANSWER: Text("알려 주시면 풀리는 일", "questions to you"),
    Turn.NOBODY: Text("하실 일 없음", "nothing to do"),
}


class Goes(StrEnum):
    """Does the order line leave the order, and how."""

    CANCELLED = "cancelled"
    SENT_BACK = "sent_back"
    OPEN = "open"  # a talk or an answer settles whether it goes
    STAYS = "stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEntry:
    """What is true of one action whatever the order."""

    text: Text  # the name of its sheet; in Korean also that of the outcome in rules.yaml
    turn: Turn
    goes: Goes
    undo: Text  # how it can be taken back, as the workbook says it
    irreversible: bool = False  # no screen takes it back (policy §3.3)
    leaves_exports: bool = False  # once done the order is in no list of open work any more, and nobody need ask why
    shows_when_done: bool = False  # a newer export shows whether it was done
    ends_points: bool = False  # done, it ends what brings points for being late


_NEVER: Final = Text("되돌릴 수 없음", "cannot be undone")
_NOTHING_TO_UNDO: Final = Text("해당 없음", "does not apply")


class Action(StrEnum):
    """The outcomes, in the order of their sheets. Refusing a cancel is none: the Seller Center has no such button."""

    entry: ActionEntry

    def __new__(cls, value: str, *entry: ActionEntry) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        (member.entry,) = entry  # an action without its entry is refused as the program starts
        return member

    APPROVE = (
        "approve",
        ActionEntry(
            text=Text("취소승인", "Approve cancel"),
            turn=Turn.SELLER,
            goes=Goes.CANCELLED,
            undo=_NEVER,
            irreversible=True,
            leaves_exports=True,
            shows_when_done=True,
            ends_points=True,
        ),
    )
    SELLER_CANCEL = (
        "seller_cancel",
        ActionEntry(
            text=Text("판매자취소", "Seller cancel"),
            turn=Turn.SELLER,
            goes=Goes.CANCELLED,
            undo=_NEVER,
            irreversible=True,
            leaves_exports=True,
            shows_when_done=True,
            ends_points=True,
        ),
    )
    RETURN = (
        "return",
        ActionEntry(
            text=Text("반품", "Return"),
            turn=Turn.SELLER,
            goes=Goes.SENT_BACK,
            undo=Text("환불하면 되돌릴 수 없음", "a refund cannot be undone"),
            ends_points=True,
        ),
    )
    NEGOTIATE = (
        "negotiate",
        ActionEntry(
            text=Text("고객협의", "Negotiate"),
            turn=Turn.BUYER,
            goes=Goes.OPEN,
            undo=_NOTHING_TO_UNDO,
        ),
    )
    SHIP = (
        "ship",
        ActionEntry(
            text=Text("발송", "Ship"),
            turn=Turn.SELLER,
            goes=Goes.STAYS,
            undo=Text("발송처리는 되돌리기 어려움", "a dispatch is hard to undo"),
            leaves_exports=True,
            shows_when_done=True,
            ends_points=True,
        ),
    )
    REVIEW = (
        "review",
        ActionEntry(
            text=Text("확인필요", "Review"),
            turn=Turn.ANSWER,
            goes=Goes.OPEN,
            undo=_NOTHING_TO_UNDO,
        ),
    )
    NONE = (
        "none",
        ActionEntry(
            text=Text("조치없음", "No action"),
            turn=Turn.NOBODY,
            goes=Goes.STAYS,
            undo=_NOTHING_TO_UNDO,
            leaves_exports=True,
        ),
    )

    @property
    def text(self) -> Text:
        return self.entry.text

    @property
    def ko(self) -> str:
        """The seller's word: the name of its sheet, and of the outcome in rules.yaml."""
        return self.entry.text.ko

    @property
    def en(self) -> str:
        """The name of its sheet in English."""
        return self.entry.text.en

    @property
    def turn(self) -> Turn:
        return self.entry.turn

    @property
    def irreversible(self) -> bool:
        return self.entry.irreversible

    @property
    def to_do(self) -> bool:
        """Somebody has something to do."""
        return self.turn is not Turn.NOBODY

    @property
    def clicked(self) -> bool:
        """It is done on a screen, and so it may be called done; a talk with the buyer is not over because it was had."""
        return self.turn is Turn.SELLER

    @property
    def decides(self) -> bool:
        """It does something, where others ask the seller or wait."""
        return self.turn in (Turn.SELLER, Turn.BUYER)

    @property
    def cancels(self) -> bool:
        return self.entry.goes is Goes.CANCELLED

    @classmethod
    def of_sheet(cls, name: str) -> Action | None:
        """The action that a sheet is for, whichever language it is in; a long one goes on in `발송 (2)`."""
        bare = name.rstrip(" ()_0123456789")
        return next((action for action in cls if bare in action.entry.text), None)

"""The actions that may be decided for an order, each with one entry for all facts that depend on the action alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from processor.model.text import Text


class Turn(StrEnum):
    """Who has to act next."""

    SELLER = "seller"
    BUYER = "buyer"
    ANSWER = "answer"
    NOBODY = "nobody"

    @property
    def text(self) -> Text:
        return _WHOM[self]


_WHOM: Final = {
    Turn.SELLER: Text("판매자센터에서 할 일", "to be done on the screen"),
    Turn.BUYER: Text("구매자와 이야기할 일", "to be settled with the buyer"),
    Turn.ANSWER: Text("알려 주시면 정해지는 일", "questions to you"),
    Turn.NOBODY: Text("하실 일 없음", "nothing to do"),
}


class Goes(StrEnum):
    """Whether and how the order line leaves the order."""

    CANCELLED = "cancelled"
    SENT_BACK = "sent_back"
    OPEN = "open"  # not known yet: a talk or an answer decides it
    STAYS = "stays"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEntry:
    """The facts about one action that are the same for every order."""

    text: Text  # the name of its sheet; the Korean name is also used in rules.yaml
    turn: Turn
    goes: Goes
    undo: Text  # how it can be undone, as the workbook says it
    irreversible: bool = False  # no screen can undo it (policy §3.3)
    leaves_exports: bool = False  # when it is done, the order is expected to leave the lists of open work
    shows_when_done: bool = False  # newer exports show whether it was done
    ends_points: bool = False  # when it is done, no more points for lateness can come


_NEVER: Final = Text("되돌릴 수 없음", "cannot be undone")
_NOTHING_TO_UNDO: Final = Text("해당 없음", "does not apply")


class Action(StrEnum):
    """The actions, in the order in which reports count them.

    None refuses a cancel, because the Seller Center has no such button.
    """

    entry: ActionEntry

    def __new__(cls, value: str, *entry: ActionEntry) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        (member.entry,) = entry  # raises an error at program start if an action has no entry
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
        """The Korean name: of its sheet, and in rules.yaml."""
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
        """Does somebody have something to do?"""
        return self.turn is not Turn.NOBODY

    @property
    def clicked(self) -> bool:
        """Is it done on a screen, so that the seller may mark it as done?

        A talk with the buyer may not be finished after one call.
        """
        return self.turn is Turn.SELLER

    @property
    def decides(self) -> bool:
        """Does it carry something out, instead of asking the seller or waiting?"""
        return self.turn in (Turn.SELLER, Turn.BUYER)

    @property
    def cancels(self) -> bool:
        return self.entry.goes is Goes.CANCELLED

    @classmethod
    def of_sheet(cls, name: str) -> Action | None:
        """The action of a sheet, by its Korean or English name. A long list continues in a sheet such as `발송 (2)`."""
        bare = name.rstrip(" ()_0123456789")
        return next((action for action in cls if bare in action.entry.text), None)

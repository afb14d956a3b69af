"""The cells that the seller fills, one entry for each, in the order of the form.

To add a cell, add an entry here. rules.yaml has its headers (`exports.columns`), the allowed words (`exports.states`)
and the rows that ask for it (`묻기`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from processor.model.text import Text


class Weighing(StrEnum):
    """How a new answer in a cell is weighed against earlier answers."""

    SETTLES = "settles"  # decisions depend on it: if answers contradict each other, the seller is asked
    NOTE = "note"  # the seller's own note: it decides nothing, and the last one counts
    RESULT = "result"  # whether the action in the same workbook was done


class Spelling(StrEnum):
    """Where rules.yaml lists the words for a cell."""

    STATES = "states"  # exports.states: only listed words and 모름 are allowed
    HINTS = "hints"  # exports.hints: other words are kept as written
    CAUSES = "causes"  # the true causes of `reasons`
    REASONS = "reasons"  # the names of `reasons`
    FREE = "free"  # no list: any text is allowed


_YELLOW: Final = Text("노란 칸에 적기", "the yellow cells")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCell:
    """The facts about one cell that are the same in every workbook and form."""

    column: str  # the column of the claims table, and the key in `exports.columns`
    header: Text
    meaning: str
    hint: Text  # shown beside the cell
    how: Text = _YELLOW  # how to give the answer, as the summary says
    weighing: Weighing
    spelling: Spelling
    choices: tuple[Text, ...] = ()  # the drop-down list; for causes and reasons it is made from rules.yaml
    word: str = ""  # the word of the rules that it gives a value; "" = none
    listed: bool = True  # it is in the action sheets
    in_form: bool = True  # it is in the empty form
    width: int  # in characters
    of_the_claim: bool = False  # the answer is about a claim and is dropped when the claim is over
    way: tuple[str, ...] = ()  # words in their natural sequence; going back is a contradiction
    before_request: tuple[str, ...] = ()  # words that no longer count after a later request
    before_dispatch: tuple[str, ...] = ()  # words that no longer count if a later export shows the order as sent

    @property
    def settles(self) -> bool:
        """Do decisions depend on it?"""
        return self.weighing is Weighing.SETTLES

    @property
    def closed(self) -> bool:
        """Are only listed words allowed?"""
        return self.spelling is Spelling.STATES

    @property
    def asked(self) -> bool:
        """May a row of the rules ask for it?

        If its answers contradict each other, the fact is 모름 despite other evidence.
        """
        return self.settles and self.listed


RESULT: Final = AnswerCell(
    column="result",
    header=Text("처리결과", "Result"),
    meaning="what became of the action",
    hint=Text("판매자센터에서 끝냈으면 완료를 골라 주세요.", "Choose Done once it is done on the screen."),
    weighing=Weighing.RESULT,
    spelling=Spelling.HINTS,
    choices=(Text("완료", "Done"), Text("보류", "On hold"), Text("실패", "Failed")),
    in_form=False,
    width=10,
)
TRUE_REASON: Final = AnswerCell(
    column="true_reason",
    header=Text("실제사유", "True reason"),
    meaning="why the order really is to be cancelled",
    hint=Text("실제로 있었던 일을 적어 주세요.", "What really happened."),
    weighing=Weighing.SETTLES,
    spelling=Spelling.CAUSES,
    word="실제사유",
    width=14,
    of_the_claim=True,
)
ANSWER_CELLS: Final = (
    AnswerCell(
        column="handover",
        header=Text("출고상태", "Handover"),
        meaning="where the parcel is",
        hint=Text(
            "미포장: 포장 전 · 포장: 포장했지만 택배사가 안 가져감 · 집화: 택배사가 가져감",
            "Packed: but not yet picked up · Picked up: by the courier",
        ),
        how=Text(
            "노란 칸에 적거나, 발주발송관리 파일을 함께 넣기", "the yellow cells, or drop 발주발송관리 in as well"
        ),
        weighing=Weighing.SETTLES,
        spelling=Spelling.STATES,
        choices=(Text("미포장", "Not packed"), Text("포장", "Packed"), Text("집화", "Picked up")),
        word="출고",
        width=10,
        way=("미포장", "포장", "집화"),
        before_request=("미포장",),  # the box may have been packed in the meantime
        before_dispatch=("미포장", "포장"),
    ),
    AnswerCell(
        column="consent",
        header=Text("구매자동의", "Buyer agrees"),
        meaning="does the buyer agree",
        hint=Text(
            "구매자가 취소에 동의했으면 예. 답이 없으면 비워 두세요.",
            "Yes if the buyer agreed to the cancel. No answer yet: leave it blank.",
        ),
        how=Text("구매자에게 물은 뒤 노란 칸에 적기", "ask the buyer, then the yellow cells"),
        weighing=Weighing.SETTLES,
        spelling=Spelling.STATES,
        choices=(Text("예", "Yes"), Text("아니오", "No")),
        word="동의",
        width=12,
        of_the_claim=True,
        before_request=("예",),  # the buyer agreed to an earlier request
    ),
    TRUE_REASON,
    AnswerCell(
        column="seller_reason",
        header=Text("판매취소사유", "Cancel reason"),
        meaning="why the seller himself wants to cancel",
        hint=Text("판매자센터의 판매취소 사유를 그대로 적어 주세요.", "The seller's cancel reason, as on the screen."),
        weighing=Weighing.SETTLES,
        spelling=Spelling.REASONS,
        word="사유",
        listed=False,
        width=20,
        of_the_claim=True,
    ),
    RESULT,
    AnswerCell(
        column="memo",
        header=Text("메모", "Memo"),
        meaning="a note of the seller's own, which decides nothing",
        hint=Text(
            "구매자 이름과 전화번호는 적지 마세요. 이름은 가려지지 않고 그대로 옮겨 적힙니다. 그 밖에는 자유롭게 적으세요. 판단에는 쓰이지 않고 다음 처리목록에 "
            "옮겨 적힙니다.",
            "No names or phone numbers of buyers, please: names are not masked. Anything else: it decides nothing and is "
            "carried into the next workbook.",
        ),
        weighing=Weighing.NOTE,
        spelling=Spelling.FREE,
        width=20,
    ),
)
SETTLING: Final = tuple(cell.column for cell in ANSWER_CELLS if cell.settles)
"""Columns of the cells on which decisions depend."""
NOTE_COLUMNS: Final = tuple(cell.column for cell in ANSWER_CELLS if cell.weighing is Weighing.NOTE)
"""Columns of the seller's own notes."""
CELL_OF: Final = {cell.column: cell for cell in ANSWER_CELLS}
"""The cell of a column."""
CELL_NAMED: Final = {cell.header.ko: cell for cell in ANSWER_CELLS}
"""The cell by its Korean header, which rules and verdicts use as its name."""
ACTION_HEADER: Final = Text("조치", "Action")
"""The header of the only other column that is read from a returned workbook.

Nobody fills it, and it decides nothing, but for `TAKING_BACK`.
"""
TAKING_BACK: Final = "되돌림 "
"""How 조치 begins in a file that takes an answer back; the name of the file that gave it follows.

What that file answers about the order of this row counts as never told.
"""

"""The cells that the seller fills: one entry for each, in the order in which they stand in the form.

A new cell is an entry here; rules.yaml gives its headers (`exports.columns`), what may be written in it (`exports.states`)
and the rows that ask for it (`묻기`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from processor.model.text import Text


class Weighing(StrEnum):
    """How what a cell says is weighed against what it said before."""

    SETTLES = "settles"  # decisions hang on it: answers that contradict each other are asked about
    NOTE = "note"  # the seller's own note: it decides nothing, and the last one stands
    RESULT = "result"  # what was clicked, of the action in the workbook that it stands in


class Spelling(StrEnum):
    """Where rules.yaml says what may be written in a cell."""

    STATES = "states"  # exports.states: a closed list; 모름 can be said
    HINTS = "hints"  # exports.hints: what is not listed there is kept as it was written
    CAUSES = "causes"  # the true causes of `reasons`
    REASONS = "reasons"  # the reasons themselves
    FREE = "free"  # nowhere: anything may be written


_YELLOW: Final = Text("노란 칸에 적기", "the yellow cells")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCell:
    """What is true of one cell in every workbook and form."""

    column: str  # of the claims table, and its key under `exports.columns`
    header: Text
    meaning: str
    hint: Text  # beside the cell
    how: Text = _YELLOW  # how to tell it, as the summary says
    weighing: Weighing
    spelling: Spelling
    choices: tuple[Text, ...] = ()  # to choose from; for causes and reasons they are those of rules.yaml
    word: str = ""  # the word of the rules that it answers; "" = none
    listed: bool = True  # it stands in the sheets to work through
    in_form: bool = True  # it stands in the empty form
    width: int  # in characters
    of_the_claim: bool = False  # it speaks of a claim, and ends with it
    way: tuple[str, ...] = ()  # words that follow one upon the other by themselves; the way back is a contradiction
    before_request: tuple[str, ...] = ()  # words that a later request outdates
    before_dispatch: tuple[str, ...] = ()  # words that a later export outdates where it shows the order as sent

    @property
    def settles(self) -> bool:
        """Decisions hang on it."""
        return self.weighing is Weighing.SETTLES

    @property
    def closed(self) -> bool:
        """Only words of a list may be written in it."""
        return self.spelling is Spelling.STATES

    @property
    def asked(self) -> bool:
        """A row of the rules may ask for it; where its answers contradict each other it is 모름, whatever else would tell."""
        return self.settles and self.listed


RESULT: Final = AnswerCell(
    column="result",
    header=Text("처리결과", "Result"),
    meaning="what became of the action",
    hint=Text("화면에서 끝냈으면 완료를 골라 주세요.", "Choose Done once it is done on the screen."),
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
            "미포장: 아직 안 쌌음 · 포장: 쌌지만 택배사가 안 가져감 · 집화: 택배사가 가져감",
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
        before_request=("미포장",),  # the box may have been packed since
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
        before_request=("예",),  # the buyer agreed to something else
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
            "자유롭게 적으세요. 판단에는 쓰이지 않고 다음 처리목록에 옮겨 적힙니다. 구매자 이름·연락처는 적지 마세요.",
            "Anything: it decides nothing and is carried into the next workbook. No names or phone numbers of buyers, please.",
        ),
        weighing=Weighing.NOTE,
        spelling=Spelling.FREE,
        width=20,
    ),
)
SETTLING: Final = tuple(cell.column for cell in ANSWER_CELLS if cell.settles)
"""Columns of the cells on which decisions hang."""
NOTE_COLUMNS: Final = tuple(cell.column for cell in ANSWER_CELLS if cell.weighing is Weighing.NOTE)
"""Columns of the seller's own notes."""
CELL_OF: Final = {cell.column: cell for cell in ANSWER_CELLS}
"""The cell of a column."""
CELL_NAMED: Final = {cell.header.ko: cell for cell in ANSWER_CELLS}
"""The cell by its Korean header, as the rules and verdicts name it."""
ACTION_HEADER: Final = Text("조치", "Action")
"""The one column beside them that is read back: nobody is to fill it, and it decides nothing."""

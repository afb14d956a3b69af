"""The seven sheets with orders, one for each action; their rows stand in the order to work in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import chain
from typing import Final

from processor.model import INPUTS, Action, Caution, Out, Text, several
from processor.outbox.action_columns import ACT_BY, ACTION_COLUMNS, DONE, REASON, with_choices
from processor.outbox.by_reason import FILLS, block_lines, by_reason
from processor.outbox.part import Fill, Part, days, some
from processor.outbox.sheet import LINKS, Column, Later, Line, Look, Loud, Mark, Sheet, Table, Tone, Value, table_of

_FROZEN: Final = 2  # columns that stay visible when the sheet is scrolled: 처리결과 and 상품주문번호
_ANSWER: Final = Text(
    "노란 칸에 답을 고르고 저장한 뒤, 이 파일을 그대로 inbox 폴더에 넣으면 이어서 처리합니다.",
    "Choose the answers in the yellow cells, save, and drop this very file into the inbox folder to go on.",
)
_ASKED: Final = Text(" 짙은 주황색 칸은 꼭 적어 주세요.", " Please do fill the dark orange cells.")
_FOLDED: Final = Text(
    " 왼쪽 위의 [2]를 누르면 접어 둔 열(주문번호, 왜 다른 조치가 아닌가, 출처 …)이 펼쳐집니다.",
    " The [2] at the top left opens the folded columns (order number, why nothing else, sources …).",
)
_LINKS_END: Final = Text(
    f" 주문 화면으로 가는 연결은 위에서부터 {LINKS:,}줄까지만 있습니다.",
    f" Only the first {LINKS:,} rows lead to their order's screen.",
)
_TASKS: Final = {
    Action.APPROVE: Text(
        "취소 요청을 승인할 주문입니다. 한번 승인하면 되돌릴 수 없으니 상품주문번호를 다시 확인해 주세요.",
        "Cancel requests to approve. An approval cannot be undone: check each order number again.",
    ),
    Action.SELLER_CANCEL: Text(
        "판매자가 직접 취소할 주문입니다. 되돌릴 수 없습니다. 화면에서는 한 번에 한 가지 사유와 글만 쓸 수 있어 사유별로 모았습니다.",
        "Orders that you cancel yourself. This cannot be undone. They stand by reason, for the screen takes one reason and one text at a time.",
    ),
    Action.RETURN: Text(
        "이미 보낸 주문이라 취소가 아니라 반품으로 처리합니다.",
        "Already dispatched: these are handled as returns, not as cancels.",
    ),
    Action.NEGOTIATE: Text(
        "먼저 구매자와 이야기해야 하는 주문입니다. 답을 받기 전에는 취소하지 마세요.",
        "Talk to the buyer first. Do not cancel before there is an answer.",
    ),
    Action.SHIP: Text(
        "보내야 하는 주문입니다. 처리기한이 빠른 것부터 적었습니다.",
        "Orders to dispatch, the most urgent first.",
    ),
    Action.REVIEW: Text(
        "알려진 것만으로는 정할 수 없는 주문입니다. ‘이유’ 칸이 무엇을 알려 주시면 되는지 말합니다.",
        "What is known does not settle these. 〈이유〉 says what is needed.",
    ),
    Action.NONE: Text(
        "지금은 하실 일이 없는 주문입니다. 참고로만 보세요.",
        "Nothing to do for these now; for your information.",
    ),
}
_EMPTY: Final = Text(
    "오늘 이 시트에는 처리할 주문이 한 건도 없습니다.", "Today there is not a single order on this sheet."
)


def action_sheet(action: Action, part: Part) -> Sheet:
    here = some(part, [verdict.action is action for verdict in part.report.verdicts])
    if action is Action.SELLER_CANCEL:
        here = by_reason(here)
    table = _table(action, here)
    printed = [column.name for column in table.columns].index(ACT_BY.name) + 1
    lines = (Line(_title(action, here), Tone.TITLE), *_lines(action, here, table))
    return Sheet(action.text, (*lines, table), _FROZEN, printed)


def _title(action: Action, part: Part) -> Text:
    count = len(part.situations)
    name = Text(f"{action.ko} {count:,}건", f"{action.en}: {several(count, 'order')}")
    return Text.joined(" — ", [name, _TASKS[action] if count else _EMPTY])


def _lines(action: Action, part: Part, table: Table) -> Iterator[Line]:
    """The lines above the table: how to answer, and what the seller must know before working through this sheet."""
    sentences = [_ANSWER]
    sentences += (
        [_ASKED] if any(mark.loud is Loud.ASKED for marks in table.marks.values() for mark in marks.values()) else []
    )
    sentences += [_FOLDED]
    sentences += [_LINKS_END] if len(part.situations) > LINKS else []
    yield Line(Text.joined("", sentences))
    problems = len(part.report.batch.row_problems) + len(part.report.batch.file_problems)
    if action is Action.REVIEW and problems:
        yield Line(problem_notice(problems), Tone.WARNING, INPUTS)
    if part.situations:
        yield from caution_lines([one for one in part.report.warnings if one.before is action])
    if action is Action.SELLER_CANCEL:
        yield from block_lines(part)


def caution_lines(cautions: Sequence[Caution]) -> list[Line]:
    return [Line(Text(f"※ {caution.text.ko}", f"※ {caution.text.en}"), Tone.WARNING) for caution in cautions]


def problem_notice(problems: int) -> Text:
    return Text(
        f"이 밖에 읽지 못한 줄이나 파일이 {problems:,}개 있습니다. 여기를 누르면 〈{INPUTS.ko}〉 시트의 문제 목록으로 갑니다.",
        f"Besides these, {several(problems, 'row or file', 'rows or files')} could not be read. Click here for the list on 〈{INPUTS.ko}〉.",
    )


def table_name(action: Action) -> str:
    return f"claims_{action.value}"


def _table(action: Action, part: Part) -> Table:
    one_reason_a_time = action is Action.SELLER_CANCEL
    fills = FILLS if one_reason_a_time else {}
    table = table_of(
        table_name(action),
        [
            (with_choices(column, part.book), _cells(column, fills.get(column.name, fill), part))
            for column, fill in ACTION_COLUMNS
        ],
    )
    marks = _asked(part)
    if action.to_do:
        marks[ACT_BY.name] = urgent(days(part.rows[Out.ACT_BY]), part.report.as_of.date())
    return replace(table, marks=marks, done=DONE, blocks=REASON.name if one_reason_a_time else None)


def _cells(column: Column, fill: Fill, part: Part) -> Sequence[Value]:
    return Later(partial(fill, part)) if column.english_only else fill(part)


def _asked(part: Part) -> dict[str, dict[int, Mark]]:
    """Marks the answer cells whose answer would settle the order: column → row → mark."""
    answers = {column.name for column, _ in ACTION_COLUMNS if column.look is Look.ANSWER}
    asks = [verdict.asks for verdict in part.report.verdicts]
    wanted = answers & set(chain.from_iterable(asks[situation] for situation in set(part.situations)))
    return {
        name: {row: Mark(Loud.ASKED) for row, situation in enumerate(part.situations) if name in asks[situation]}
        for name in sorted(wanted)
    }


def urgent(deadlines: Iterable[date | None], today: date) -> dict[int, Mark]:
    """Marks of the rows whose deadline has passed, or is today or tomorrow, by row."""
    by_row = list(deadlines)
    marks = {day: urgency(day, today) for day in set(by_row)}
    return {row: mark for row, day in enumerate(by_row) if (mark := marks[day]) is not None}


def urgency(day: date | None, today: date) -> Mark | None:
    """The mark of a deadline that has passed, or is today or tomorrow; None for every other."""
    if day is None or day > today + timedelta(days=1):
        return None
    if day < today:
        return Mark(Loud.LATE, Text("지남", "late"))
    if day == today:
        return Mark(Loud.TODAY, Text("오늘", "today"))
    return Mark(Loud.TOMORROW, Text("내일", "tomorrow"))

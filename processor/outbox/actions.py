"""The seven sheets with orders, one for each action; their rows stand in the order to work in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from typing import Final

from processor.model import INPUTS, Action, Caution, Out, Text, several
from processor.outbox.action_columns import (
    ACT_BY,
    ASKED,
    DONE,
    DRAFT,
    MEANING,
    REASON,
    answers,
    columns_of,
    drafted,
    with_choices,
)
from processor.outbox.groups import (
    GROUP,
    Group,
    chosen,
    deadlines,
    group_table,
    grouped,
    letters,
    of_groups,
    on_paper,
)
from processor.outbox.leading import leads
from processor.outbox.part import Part, days, some
from processor.outbox.sheet import (
    LINKS,
    Block,
    Captions,
    Column,
    Later,
    Line,
    Loud,
    Mark,
    Paragraph,
    Sheet,
    Table,
    Tone,
    Value,
    table_of,
)

ROOM: Final = 1_228
"""The width, in pixels, of what a row needs: the grid of a laptop of 14 inches at 150 %."""
_ANSWER: Final = Text(
    "노란 칸에 답을 고르고 저장한 뒤, 이 파일을 그대로 inbox 폴더에 넣으면 이어서 처리합니다.",
    "Choose the answers in the yellow cells, save, and drop this very file into the inbox folder to go on.",
)
_TICK: Final = Text(
    "판매자센터에서 끝낸 주문은 처리결과에서 완료를 고르고 저장해서 이 파일을 inbox 폴더에 넣으면 다음 목록에서 빠집니다.",
    "Choose Done on the rows that you finished, save, and drop this file into the inbox folder: the next list leaves them out.",
)
_ASKED: Final = Text(" 짙은 주황색 칸은 꼭 적어 주세요.", " Please do fill the dark orange cells.")
_FOLDED: Final = Text(
    " 왼쪽 위의 [2]를 누르면 접어 둔 열이 펼쳐집니다.", " The [2] at the top left opens the folded columns."
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
        "판매자가 직접 취소할 주문입니다. 되돌릴 수 없습니다. 한 번에 한 가지 사유만 고를 수 있어서 사유별로 모았습니다.",
        "Orders that you cancel yourself. This cannot be undone. They stand by reason: the screen takes one at a time.",
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
        "지금 아는 것만으로는 정할 수 없는 주문입니다. 무엇을 알려 주시면 되는지 ‘이유’ 칸에 적혀 있습니다.",
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


def task(action: Action) -> Text:
    """What is to be done with the orders of a list, in a sentence."""
    return _TASKS[action]


def action_sheet(action: Action, part: Part) -> Sheet:
    here, groups = grouped(action, some(part, [verdict.action is action for verdict in part.report.verdicts]))
    own = [Later(partial(drafted, here, lang)) for lang in ("ko", "en")]
    shared = [
        Later(partial(of_groups, texts, here, groups, lang)) for texts, lang in zip(own, ("ko", "en"), strict=True)
    ]
    of_rows = own
    if action is Action.SELLER_CANCEL:  # its screen sends one message to all ticked orders
        of_rows = [Later(partial(_to_all, *texts, groups)) for texts in zip(shared, own, strict=True)]
    table = _table(action, here, groups, of_rows)
    needed = [column for column in table.columns if not column.folded]
    lines = (Line(_title(action, here), Tone.TITLE), _how(action, here, table))
    blocks: list[Block] = [*lines, *_lines(action, here)]
    if groups:
        first_days = deadlines(here, groups)
        told = group_table(f"groups_{action.value}", groups, first_days, *shared)
        if action.to_do:
            told = replace(told, marks={ACT_BY.name: urgent(first_days, here.report.as_of.date())})
        blocks[2:2] = [Captions(tuple(_caption(column) for column in needed))]
        blocks += [told]
    paper = on_paper(2, groups, *shared) if groups and action.to_do else ()
    return Sheet(action.text, (*blocks, table, *paper), frozen=0, printed=len(needed), room=ROOM)


def _to_all(shared: Sequence[Value], own: Sequence[Value], groups: Sequence[Group]) -> list[Value]:
    """The message of each row: that of its group, or its own where the group has none."""
    return [
        text if text is not None else own[row]
        for text, group in zip(shared, groups, strict=True)
        for row in range(group.first, group.last)
    ]


def _caption(column: Column) -> Text:
    """The name of a column of the orders, as it stands above the groups: not to be taken for the header of a table."""
    header = column.header if isinstance(column.header, Text) else Text.same(column.header)
    return Text(f"↓ {header.ko}", f"↓ {header.en}")


def _title(action: Action, part: Part) -> Text:
    count = len(part.situations)
    name = Text(f"{action.ko} {count:,}건", f"{action.en}: {several(count, 'order')}")
    return Text.joined(" — ", [name, task(action) if count else _EMPTY])


def _how(action: Action, part: Part, table: Table) -> Line:
    """The line that says how to answer and what else this sheet holds."""
    marks = [mark.loud for name in ASKED for mark in table.marks.get(name, {}).values()]
    sentences = [_ANSWER if marks or not (part.situations and action.clicked) else _TICK]
    sentences += [_ASKED] if Loud.ASKED in marks else []
    sentences += [_FOLDED]
    sentences += [_LINKS_END] if len(part.situations) > LINKS else []
    return Line(Text.joined("", sentences))


def _lines(action: Action, part: Part) -> Iterator[Block]:
    """What the seller must know before working through this sheet."""
    problems = len(part.report.batch.row_problems) + len(part.report.batch.file_problems)
    if action is Action.REVIEW and problems:
        yield Line(problem_notice(problems), Tone.WARNING, INPUTS)
    if part.situations:
        for line in caution_lines([one for one in part.report.warnings if one.before is action]):
            yield Paragraph(line.text, line.tone)


def caution_lines(cautions: Sequence[Caution]) -> list[Line]:
    return [Line(Text(f"※ {caution.text.ko}", f"※ {caution.text.en}"), Tone.WARNING) for caution in cautions]


def problem_notice(problems: int) -> Text:
    return Text(
        f"이 밖에 읽지 못한 줄이나 파일이 {problems:,}개 있습니다. 여기를 누르면 〈{INPUTS.ko}〉 시트의 문제 목록으로 갑니다.",
        f"Besides these, {several(problems, 'row or file', 'rows or files')} could not be read. Click here for the list on 〈{INPUTS.ko}〉.",
    )


def table_name(action: Action) -> str:
    return f"claims_{action.value}"


def _table(action: Action, part: Part, groups: Sequence[Group], messages: Sequence[Sequence[Value]]) -> Table:
    """The table of orders. messages: of each row, in Korean and in English."""
    marks = _asked(part, letters(groups))
    cells: dict[str, Sequence[Value]] = {
        GROUP.name: letters(groups),
        **dict(zip((DRAFT.name, MEANING.name), messages, strict=True)),
        **({REASON.name: chosen(action, part)} if action is Action.SELLER_CANCEL else {}),
    }
    table = table_of(
        table_name(action),
        [
            (with_choices(column, part.book), cells[column.name] if column.name in cells else fill(part))
            for column, fill in columns_of(marks)
        ],
    )
    if action.to_do:
        marks[ACT_BY.name] = urgent(days(part.rows[Out.ACT_BY]), part.report.as_of.date())
    return replace(table, marks=marks, done=DONE, blocks=GROUP.name)


def _asked(part: Part, letters: Sequence[str]) -> dict[str, dict[int, Mark]]:
    """Marks the cells where an answer changes something: column → row → mark, which says what each answer leads to."""
    verdicts = part.report.verdicts
    held = {
        name: answers(part, name) for name in ASKED if any(name in verdicts[one].cells for one in set(part.situations))
    }

    @cache
    def mark(situation: int, name: str, letter: str, *, blank: bool) -> Mark:
        asked = name in verdicts[situation].asks
        return Mark(Loud.ASKED if asked else Loud.ANSWER, hint=leads(verdicts[situation], name, letter, blank=blank))

    return {
        name: {
            row: mark(situation, name, letters[row], blank=not values[row])
            for row, situation in enumerate(part.situations)
            if name in verdicts[situation].cells
        }
        for name, values in held.items()
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
